"""Cost and hours against coverage: what each further hour or coin buys."""

from __future__ import annotations

from dataclasses import replace

from mcgap.catalog import Catalog
from mcgap.limits import rate_of, sums_of, total_of, typical_of
from mcgap.plan.build import Desk, build, chain_of, worth_planning
from mcgap.plan.problem import bits
from mcgap.plan.solve import Choice, solve
from mcgap.records import Credential, FrontierPoint, Gap, Ranked
from mcgap.settings import Settings


def frontier(
    gaps: tuple[Gap, ...], ranked: tuple[Ranked, ...], catalog: Catalog, *, settings: Settings, held: frozenset[str], by: str = "hours", points: int = 12
) -> tuple[FrontierPoint, ...]:
    """The best stacks under rising limits of ``by`` ("hours" or "cost"), only those that cover more than the one before.

    The other limits of the settings hold throughout. The first point costs least; at most ``points`` limits are tried.
    A limit of money is in the currency of the settings: what cannot be compared with it, for want of a rate, is no candidate there.
    """
    ranked = worth_planning(ranked, gaps)
    if by == "cost":
        ranked = tuple(item for item in ranked if _is_comparable(item.credential, catalog, settings, held))
    if not ranked:
        return ()
    desk = build(gaps, ranked, catalog, settings, held)
    problem = desk.problem
    measure = problem.hours if by == "hours" else problem.money
    # Only the limit of the axis may make a stack shorter, so no other penalty than a step's own stays.
    problem = replace(problem, hour_rate=0.0001 if by == "hours" else 0.0, money_rate=0.00001 if by == "cost" else 0.0, most_steps=None)
    widest = solve(problem)
    most = measure(widest.chosen)
    found: list[FrontierPoint] = []
    for n in range(points):
        limit = most * (n + 1) / points
        limited = replace(problem, **{"most_hours" if by == "hours" else "most_money": limit})  # type: ignore[arg-type]
        choice = widest if n == points - 1 else solve(limited)
        point = _point(desk, choice, measure(choice.chosen), settings)
        if point.credentials and (not found or point.coverage > found[-1].coverage + 1e-6):
            found.append(point)
    return tuple(found)


def _is_comparable(credential: Credential, catalog: Catalog, settings: Settings, held: frozenset[str]) -> bool:
    chain = chain_of(credential, catalog, held, ())
    return chain is None or all(rate_of(c, settings, typical_of(catalog)) is not None for c in chain)


def _point(desk: Desk, choice: Choice, spent: float, settings: Settings) -> FrontierPoint:
    problem, chosen = desk.problem, bits(choice.chosen)
    names = tuple(sorted(problem.items[i].id for i in chosen))
    costs = sums_of(desk.fees(chosen))
    cost, currency = total_of(costs, settings, desk.typical)
    hours, coverage = round(problem.hours(choice.chosen), 2), round(problem.coverage(choice.chosen), 4)
    return FrontierPoint(round(spent, 2), hours, cost, coverage, choice.optimal, names, currency, costs)
