"""How far a plan goes toward a larger certificate, and what finishing it would add."""

from __future__ import annotations

from collections.abc import Iterable

from mcgap.catalog import Catalog
from mcgap.limits import hours_of, sums_of, typical_of
from mcgap.records import Amount, Credential, Plan, Through


def stack_through(plan: Plan, catalog: Catalog, *, held: frozenset[str], toward: str | None = None) -> tuple[Through, ...]:
    """Progress toward each larger certificate that a step or a held credential counts toward; ``toward`` always, first, where it has parts.

    ``hours`` and ``cost`` are those of the missing parts: the marginal effort of finishing after the plan; None where one is unknown.
    """
    had = {*held, *(step.credential.id for step in plan.steps)}
    larger = _larger(had, catalog)
    names = ([toward] if toward else []) + sorted(larger - {toward})
    return tuple(found for name in names if (found := _through(name, had, catalog)) is not None)


def _larger(had: Iterable[str], catalog: Catalog) -> set[str]:
    names: set[str] = set()
    for name in had:
        credential = catalog.get(name)
        if credential is not None:
            names.update(item.into for item in credential.stacks_into)
    names.update(c.id for c in catalog if set(c.components) & set(had))
    return names - set(had)


def _through(name: str, had: set[str], catalog: Catalog) -> Through | None:
    """None where the catalog names no parts and nothing that is had counts toward it."""
    whole = catalog.get(name)
    parts = dict.fromkeys((*(whole.components if whole else ()), *(c.id for c in catalog if any(item.into == name for item in c.stacks_into))))
    if not parts:
        return None
    done, missing = tuple(p for p in parts if p in had), tuple(p for p in parts if p not in had)
    complete = bool(whole and whole.components)
    rest = [catalog.get(p) for p in missing]
    hours, costs = (_hours(rest, catalog), _costs(rest)) if complete else (None, None)
    cost = None if costs is None or len(costs) > 1 else sum(item.amount for item in costs)
    return Through(name, done, missing, hours, cost, _sentence(whole.title if whole else name, done, missing, hours, costs, complete), costs or ())


def _hours(rest: list[Credential | None], catalog: Catalog) -> float | None:
    return round(sum(hours_of(c, typical_of(catalog)) for c in rest if c), 2) if all(c is not None and c.hours is not None for c in rest) else None


def _costs(rest: list[Credential | None]) -> tuple[Amount, ...] | None:
    """The fees in each currency; None where one is unknown."""
    fees = [Amount(c.cost.max, c.cost.currency) for c in rest if c is not None and c.cost is not None]
    return sums_of(fees) if len(fees) == len(rest) else None


def _sentence(title: str, done: tuple[str, ...], missing: tuple[str, ...], hours: float | None, costs: tuple[Amount, ...] | None, complete: bool) -> str:
    if not complete:
        if not done:
            return f"Nothing here counts toward {title} yet."
        count = "One of your steps counts" if len(done) == 1 else f"{len(done)} of your steps count"
        return f"{count} toward {title}; the catalog does not list all of its parts."
    head = f"{len(done)} of {len(done) + len(missing)} parts of {title}"
    if not missing:
        return f"{head}: complete."
    time = "hours unknown" if hours is None else f"about {hours:g} more hours"
    sums = " and ".join(f"{item.amount:g} {item.currency}".rstrip() for item in costs or ())
    money = "fees unknown" if costs is None else f"up to {sums}" if sums else "no fees"
    return f"{head}; the rest takes {time} and {money}."
