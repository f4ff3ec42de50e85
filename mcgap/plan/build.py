"""Ranked credentials and gaps as a problem: what each would close, what it still takes, what comes with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from mcgap.catalog import Catalog
from mcgap.coverage import Unit, best_shares, is_open, open_units
from mcgap.limits import Typical, fee_of, hours_of, hours_until, own_currency, rate_of, typical_fee, typical_of
from mcgap.plan.problem import Item, Piece, Problem
from mcgap.records import Amount, Closing, Credential, Gap, Ranked, Strength
from mcgap.settings import Settings

# A plan without any limit stays this short: more than four certificates is a programme of study, not a plan.
MOST_STEPS = 4
# What the objective loses for 100 hours, for 1,000 of money, and for each step, as a share of the whole gap, by --prefer.
RATES = {"speed": (0.12, 0.03, 0.05), "balanced": (0.05, 0.02, 0.03), "depth": (0.004, 0.002, 0.002)}
# What it loses for a step of which nothing bears on the gap: a web course is a poor way to SQL for an analyst.
_SPRAWL = 0.1
# Without limits each further step must be worth more.
_STEP_WITHOUT_LIMITS = 0.05
# What it loses for a step that bears on duties alone, where conditions are named too: all there is to gain. Nobody asks for it.
_UNASKED = 1.0
# Between two that close the same, the better ranked; the last of the ranking loses this much.
_MERIT = 0.02


@dataclass(frozen=True, slots=True)
class Desk:
    """The problem, and what its numbers stand for. ``credentials[i]`` is item i; ``known`` is the share of it that is known already.

    The money of the problem is in one currency: ``rates[i]`` is what one unit of ``currencies[i]`` counts there.
    """

    problem: Problem
    credentials: tuple[Credential, ...]
    closings: tuple[tuple[Closing, ...], ...]
    known: tuple[float, ...]
    units: tuple[Unit, ...]
    typical: Typical
    limited: bool
    rates: tuple[float, ...]
    currencies: tuple[str, ...]

    @property
    def total(self) -> float:
        """The whole weighted gap."""
        return sum(unit.weight for unit in self.units)

    def fees(self, order: Iterable[int]) -> Iterator[Amount]:
        """What each pays in its own currency, one after the other: a shared part is paid with the first that holds it."""
        paid = 0
        for n in order:
            fee = self.problem.money(paid | 1 << n) - self.problem.money(paid)
            paid |= 1 << n
            yield Amount(fee / self.rates[n], self.currencies[n])


def worth_planning(ranked: Iterable[Ranked], gaps: Iterable[Gap]) -> tuple[Ranked, ...]:
    """What money and hours may be spent on, with what of it counts toward a plan.

    Nothing that counts in other countries alone, and nothing for ways of working while other gaps are open.
    """
    shut = passed_over(gaps)
    kept = (_without(item, shut) for item in ranked)
    return tuple(item for item in kept if not all(closing.abroad for closing in item.closes))


def _without(item: Ranked, shut: frozenset[str]) -> Ranked:
    if shut.isdisjoint(closing.skill for closing in item.closes):
        return item
    return replace(item, closes=tuple(closing for closing in item.closes if closing.skill not in shut))


def passed_over(gaps: Iterable[Gap]) -> frozenset[str]:
    """The open ways of working, where the posting asks for anything else that is open: work shows them, and hardly a certificate.

    A duty is no condition: beside a way of working that is asked for, it is nothing else to be paid for first.
    """
    opened = [gap.need for gap in gaps if is_open(gap)]
    asked = [need for need in opened if need.strength is not Strength.DUTY] or opened
    return frozenset() if all(need.soft for need in asked) else frozenset(need.skill for need in opened if need.soft)


def build(gaps: tuple[Gap, ...], ranked: tuple[Ranked, ...], catalog: Catalog, settings: Settings, held: frozenset[str]) -> Desk:
    """The problem of choosing among ``ranked`` and whatever they require."""
    units, typical = open_units(gaps), typical_of(catalog)
    total = sum(unit.weight for unit in units)
    closings = {item.credential.id: item.closes for item in ranked}
    credentials = _with_required(ranked, catalog, held)
    numbers = {credential.id: n for n, credential in enumerate(credentials)}
    skills = _known_skills(gaps, catalog, held)
    known = tuple(_known_share(credential, skills) for credential in credentials)
    hours = {c.id: hours_of(c, typical) * (1 - share) for c, share in zip(credentials, known, strict=True)}
    # Without a rate a fee weighs as its number stands: it only steers the choice. A budget lets none of these through, and nothing adds them up.
    rates = {c.id: rate_of(c, settings, typical) or 1.0 for c in credentials}
    fees = {c.id: _fee(c, typical, catalog, held, settings) * rates[c.id] for c in credentials}
    pieces = _pieces(credentials, hours, fees)
    places = {name: n for n, name in enumerate(pieces)}
    limited = settings.deadline is not None or settings.budget is not None or settings.free_only or settings.max_hours is not None
    penalties = _penalties(gaps, ranked, settings, limited)
    unit_of = {skill: n for n, unit in enumerate(units) for skill, _ in unit.members}
    items = []
    for credential in credentials:
        parts = [name for name in (credential.id, *credential.components) if name in pieces] if pieces else []
        needed = [numbers[name] for name in credential.prerequisites_required if name not in held] if credential.prerequisites_required else []
        items.append(
            Item(
                credential.id,
                _gains(units, unit_of, best_shares(closings.get(credential.id, ())), total),
                max(0.0, hours[credential.id] - sum([pieces[p].hours for p in parts])),
                max(0.0, fees[credential.id] - sum([pieces[p].fee for p in parts])),
                penalties.get(credential.id, penalties[""]),
                tuple(needed),
                tuple([places[p] for p in parts]),
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
    own = own_currency(settings, typical)
    currencies = tuple(c.cost.currency if c.cost is not None and c.cost.max > 0 else own for c in credentials)
    taught = tuple(closings.get(c.id, ()) for c in credentials)
    return Desk(problem, credentials, taught, known, units, typical, limited, tuple(rates.values()), currencies)


def _gains(units: tuple[Unit, ...], unit_of: Mapping[str, int], shares: Mapping[str, float], total: float) -> tuple[float, ...]:
    """What ``shares`` gain of each unit, as a share of ``total``; most units are not touched."""
    gains = [0.0] * len(units)
    for n in {unit_of[skill] for skill in shares if skill in unit_of}:
        gains[n] = units[n].gain(shares) / total
    return tuple(gains)


def _with_required(ranked: tuple[Ranked, ...], catalog: Catalog, held: frozenset[str]) -> tuple[Credential, ...]:
    """The ranked credentials whose required ones can all be had, and those required, in rank order."""
    found: dict[str, Credential] = {}
    for item in ranked:
        if not item.credential.prerequisites_required:
            found.setdefault(item.credential.id, item.credential)
            continue
        chain = chain_of(item.credential, catalog, held, ())
        if chain is not None:
            found.update({c.id: c for c in chain if c.id not in found})
    return tuple(found.values())


def chain_of(credential: Credential, catalog: Catalog, held: frozenset[str], above: tuple[str, ...]) -> list[Credential] | None:
    """A credential with all that it requires; None where something is not in the catalog or requires itself."""
    chain = [credential]
    for name in credential.prerequisites_required:
        if name in held:
            continue
        other = catalog.get(name)
        below = None if other is None or name in (*above, credential.id) else chain_of(other, catalog, held, (*above, credential.id))
        if below is None:
            return None
        chain += below
    return chain


def _penalties(gaps: tuple[Gap, ...], ranked: tuple[Ranked, ...], settings: Settings, limited: bool) -> dict[str, float]:
    """What each step costs the objective, by id; under "" what one costs that is not ranked."""
    _, _, step = RATES[settings.prefer]
    if not limited:
        step = max(step, _STEP_WITHOUT_LIMITS)
    best = max((item.score for item in ranked), default=0.0)
    found = {item.credential.id: step + _MERIT * (1 - item.score / best if best > 0 else 1) + _SPRAWL * (1 - item.focus) for item in ranked}
    conditions = {gap.need.skill for gap in gaps if gap.need.strength is not Strength.DUTY}
    if conditions:
        for item in ranked:
            found[item.credential.id] += _UNASKED * all(closing.skill not in conditions for closing in item.closes)
    return {"": step + _MERIT, **found}


def _fee(credential: Credential, typical: Typical, catalog: Catalog, held: frozenset[str], settings: Settings) -> float:
    """What is still to be paid, in its currency: where the fee covers that of all parts, parts that are held are not paid again."""
    fee = fee_of(credential)
    if fee is None or credential.cost is None:
        # Where nothing tells what is typical, an unknown fee rules nothing out.
        return typical_fee(credential.type, settings, typical) or 0.0
    if not credential.components:
        return fee
    parts = {
        part.id: part.cost.max
        for name in credential.components
        if (part := catalog.get(name)) is not None and part.cost is not None and part.cost.currency == credential.cost.currency
    }
    paid = sum(parts[name] for name in parts if name in held)
    return fee - paid if fee >= sum(parts.values()) else fee


def _pieces(credentials: tuple[Credential, ...], hours: Mapping[str, float], fees: Mapping[str, float]) -> dict[str, Piece]:
    """The parts that two or more of the candidates share, by the id of the part.

    A part is never larger than its share of any whole that holds it, so that each whole's own hours and fee stay 0 or more.
    """
    owners: dict[str, list[Credential]] = {}
    for credential in credentials:
        for name in credential.components:
            if name in hours:
                owners.setdefault(name, []).append(credential)
    pieces = {}
    for name, wholes in owners.items():
        sizes = {}
        for table, key in ((hours, "hours"), (fees, "fee")):
            shares = [_part(table[whole.id], table[name], sum(table[c] for c in whole.components if c in table)) for whole in wholes]
            sizes[key] = min(table[name], *shares)
        pieces[name] = Piece(sizes["hours"], sizes["fee"])
    return pieces


def _part(whole: float, part: float, parts: float) -> float:
    """What a part takes of a whole when all its parts together may be larger than it."""
    return part if parts <= whole else whole * part / parts


def _known_skills(gaps: tuple[Gap, ...], catalog: Catalog, held: frozenset[str]) -> Mapping[str, float]:
    """How far each skill is known, above 0 to 1: from the gaps, and in full from held credentials."""
    known = {gap.need.skill: 1 - gap.shortfall for gap in gaps if gap.shortfall < 1}
    for name in sorted(held):
        credential = catalog.get(name)
        if credential is not None:
            known.update({taught.skill: 1.0 for taught in credential.skills})
    return known


def _known_share(credential: Credential, known: Mapping[str, float]) -> float:
    """The share of a credential's content that is known already."""
    mine = [taught.weight * known[taught.skill] for taught in credential.skills if taught.skill in known]
    total = sum([taught.weight for taught in credential.skills]) if mine else 0.0
    return sum(mine) / total if total > 0 else 0.0
