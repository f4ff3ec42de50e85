"""Ranked credentials and gaps as a problem: what each would close, what it still takes, what comes with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mcgap.catalog import Catalog
from mcgap.coverage import Unit, best_shares, open_units
from mcgap.limits import Typical, fee_of, hours_of, hours_until, typical_of
from mcgap.plan.problem import Item, Piece, Problem
from mcgap.records import Closing, Credential, Gap, Ranked
from mcgap.settings import Settings

# A plan without any limit stays this short: more than four certificates is a programme of study, not a plan.
MOST_STEPS = 4
# What the objective loses for 100 hours, for 1,000 of money, and for each step, as a share of the whole gap, by --prefer.
RATES = {"speed": (0.10, 0.02, 0.01), "balanced": (0.02, 0.01, 0.005), "depth": (0.002, 0.001, 0.0005)}
# Without limits each further step must be worth more.
_STEP_WITHOUT_LIMITS = 0.02
# Between two that close the same, the better ranked; the last of the ranking loses this much.
_MERIT = 0.02


@dataclass(frozen=True, slots=True)
class Desk:
    """The problem, and what its numbers stand for. ``credentials[i]`` is item i; ``known`` is the share of it that is known already."""

    problem: Problem
    credentials: tuple[Credential, ...]
    closings: tuple[tuple[Closing, ...], ...]
    known: tuple[float, ...]
    units: tuple[Unit, ...]
    typical: Typical
    limited: bool

    @property
    def total(self) -> float:
        """The whole weighted gap."""
        return sum(unit.weight for unit in self.units)


def build(gaps: tuple[Gap, ...], ranked: tuple[Ranked, ...], catalog: Catalog, settings: Settings, held: frozenset[str]) -> Desk:
    """The problem of choosing among ``ranked`` and whatever they require."""
    units = open_units(gaps)
    typical = typical_of(catalog)
    closings = {item.credential.id: item.closes for item in ranked}
    credentials = _with_required(ranked, catalog, held)
    numbers = {credential.id: n for n, credential in enumerate(credentials)}
    skills = _known_skills(gaps, catalog, held)
    known = tuple(_known_share(credential, skills) for credential in credentials)
    limited = settings.deadline is not None or settings.budget is not None or settings.free_only or settings.max_hours is not None
    pieces = _pieces(credentials, catalog, typical, held)
    penalties = _penalties(ranked, settings, limited)
    total = sum(unit.weight for unit in units)
    items = []
    for credential, share in zip(credentials, known, strict=True):
        own = [name for name in credential.components if name in pieces]
        scale = 1 - share
        hours = max(0.0, hours_of(credential, typical) - sum(pieces[p].hours for p in own) - sum(_held_hours(p, catalog, typical) for p in credential.components if p in held))
        fee = max(0.0, _fee(credential, typical) - sum(pieces[p].fee for p in own))
        shares = best_shares(closings.get(credential.id, ()))
        items.append(
            Item(
                credential.id,
                tuple(unit.gain(shares) / total for unit in units),
                hours * scale,
                fee,
                penalties.get(credential.id, penalties[""]),
                tuple(numbers[name] for name in credential.prerequisites_required if name not in held),
                tuple(list(pieces).index(p) for p in own),
            )
        )
    hour_rate, money_rate, _ = RATES[settings.prefer]
    problem = Problem(
        tuple(items),
        tuple(pieces.values()),
        hours_until(settings),
        0.0 if settings.free_only else settings.budget,
        None if limited else MOST_STEPS,
        hour_rate / 100,
        money_rate / 1000,
        len(units),
    )
    return Desk(problem, credentials, tuple(closings.get(c.id, ()) for c in credentials), known, units, typical, limited)


def _with_required(ranked: tuple[Ranked, ...], catalog: Catalog, held: frozenset[str]) -> tuple[Credential, ...]:
    """The ranked credentials whose required ones can all be had, and those required, in rank order."""
    found: dict[str, Credential] = {}
    for item in ranked:
        chain = _chain(item.credential, catalog, held, ())
        if chain is not None:
            found.update({c.id: c for c in chain if c.id not in found})
    return tuple(found.values())


def _chain(credential: Credential, catalog: Catalog, held: frozenset[str], above: tuple[str, ...]) -> list[Credential] | None:
    """A credential with all that it requires; None where something is not in the catalog or requires itself."""
    chain = [credential]
    for name in credential.prerequisites_required:
        if name in held:
            continue
        other = catalog.get(name)
        below = None if other is None or name in (*above, credential.id) else _chain(other, catalog, held, (*above, credential.id))
        if below is None:
            return None
        chain += below
    return chain


def _penalties(ranked: tuple[Ranked, ...], settings: Settings, limited: bool) -> dict[str, float]:
    """What each step costs the objective, by id; under "" what one costs that is not ranked."""
    _, _, step = RATES[settings.prefer]
    if not limited:
        step = max(step, _STEP_WITHOUT_LIMITS)
    best = max((item.score for item in ranked), default=0.0)
    found = {item.credential.id: step + _MERIT * (1 - item.score / best if best > 0 else 1) for item in ranked}
    return {"": step + _MERIT, **found}


def _fee(credential: Credential, typical: Typical) -> float:
    fee = fee_of(credential)
    return typical.fee_for(credential.type) if fee is None else fee


def _held_hours(name: str, catalog: Catalog, typical: Typical) -> float:
    credential = catalog.get(name)
    return hours_of(credential, typical) if credential is not None else 0.0


def _pieces(credentials: tuple[Credential, ...], catalog: Catalog, typical: Typical, held: frozenset[str]) -> dict[str, Piece]:
    return {}


def _known_skills(gaps: tuple[Gap, ...], catalog: Catalog, held: frozenset[str]) -> Mapping[str, float]:
    """How far each skill is known, 0–1: from the gaps, and in full from held credentials."""
    known = {gap.need.skill: 1 - gap.shortfall for gap in gaps}
    for name in sorted(held):
        credential = catalog.get(name)
        if credential is not None:
            known.update({taught.skill: 1.0 for taught in credential.skills})
    return known


def _known_share(credential: Credential, known: Mapping[str, float]) -> float:
    """The share of a credential's content that is known already."""
    total = sum(taught.weight for taught in credential.skills)
    return sum(taught.weight * known.get(taught.skill, 0.0) for taught in credential.skills) / total if total > 0 else 0.0
