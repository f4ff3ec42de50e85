"""Cost and hours against coverage: what each further hour or coin buys."""

from __future__ import annotations

from dataclasses import replace

from mcgap.catalog import Catalog
from mcgap.plan.build import build
from mcgap.plan.problem import Problem, bits
from mcgap.plan.solve import Choice, solve
from mcgap.records import FrontierPoint, Gap, Ranked
from mcgap.settings import Settings


def frontier(
    gaps: tuple[Gap, ...], ranked: tuple[Ranked, ...], catalog: Catalog, *, settings: Settings, held: frozenset[str], by: str = "hours", points: int = 12
) -> tuple[FrontierPoint, ...]:
    """The best stacks under rising limits of ``by`` ("hours" or "cost"), only those that cover more than the one before.

    The other limits of the settings hold throughout. The first point costs least; at most ``points`` limits are tried.
    """
    if not ranked:
        return ()
    problem = build(gaps, ranked, catalog, settings, held).problem
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
        point = _point(problem, choice, measure(choice.chosen))
        if point.credentials and (not found or point.coverage > found[-1].coverage + 1e-6):
            found.append(point)
    return tuple(found)


def _point(problem: Problem, choice: Choice, spent: float) -> FrontierPoint:
    chosen = choice.chosen
    names = tuple(sorted(problem.items[i].id for i in bits(chosen)))
    return FrontierPoint(
        round(spent, 2), round(problem.hours(chosen), 2), round(problem.money(chosen), 2), round(problem.coverage(chosen), 4), choice.optimal, names
    )
