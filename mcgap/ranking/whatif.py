"""What would change the order: a weight, a fee, hours, an unknown fact, or a skill that you already have."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from mcgap.catalog import Catalog
from mcgap.coverage import is_open
from mcgap.limits import hours_of, rate_of
from mcgap.ranking.desk import Desk
from mcgap.ranking.factors import FACTORS, HALF_FEE, HALF_HOURS, Case
from mcgap.ranking.ranker import rank_credentials
from mcgap.ranking.weights import Weights
from mcgap.records import Credential, Extraction, Flip, Gap, Have, Ranked, RankRange, Sensitivity, Status, WhatIf
from mcgap.settings import Settings
from mcgap.taxonomy import Taxonomy

# An unknown fact by factor: whether it is unknown, and the values that it may turn out to have.
_UNKNOWN: Mapping[str, tuple[Callable[[Credential], bool], float, float]] = {
    "applied": (lambda c: c.assessment is None, 0.0, 1.0),
    "recognition": (lambda c: not c.recognition, 0.5, 0.9),
    "brevity": (lambda c: c.hours is None, HALF_HOURS / (HALF_HOURS + 400), HALF_HOURS / (HALF_HOURS + 2)),
    "cost": (lambda c: c.cost is None, HALF_FEE / (HALF_FEE + 3000), 1.0),
    "freshness": (lambda c: not c.last_revised, 0.0, 1.0),
    "level_fit": (lambda c: c.level is None, 0.1, 1.0),
}


@dataclass(frozen=True, slots=True)
class _Row:
    """A ranked credential with the points it would get at a weight of 1, by factor."""

    ranked: Ranked
    values: Mapping[str, float]


def sensitivity(
    ranked: tuple[Ranked, ...],
    gaps: tuple[Gap, ...],
    catalog: Catalog,
    taxonomy: Taxonomy,
    *,
    weights: Weights,
    settings: Settings,
    posting: Extraction,
    haves: tuple[Have, ...],
    top: int = 10,
) -> Sensitivity:
    """For each weight, fee and length the smallest change that puts another first, least change first; and rank ranges of the ``top``.

    Changes are compared by their size relative to the number now; a change that would need a negative number is left out.
    """
    if not ranked:
        return Sensitivity(None)
    desk = Desk(gaps, catalog, taxonomy, settings, posting, haves)
    rows = [_row(item, desk) for item in ranked]
    flips = [*_weight_flips(rows, weights), *_fact_flips(rows, weights, desk)]
    flips.sort(key=lambda f: (abs(f.needed - f.now) / max(abs(f.now), 1e-9), f.what, f.subject))
    ranges = tuple(_range(row, rows, weights) for row in rows[:top])
    return Sensitivity(ranked[0].credential.id, tuple(flips), ranges)


def _row(item: Ranked, desk: Desk) -> _Row:
    case = Case(item.credential, item.closes, desk)
    return _Row(item, {name: factor(case)[0] * (1.0 if name == "coverage" else case.fit) for name, factor in FACTORS.items()})


def _weight_flips(rows: list[_Row], weights: Weights) -> Iterable[Flip]:
    """The score is linear in a weight, so two scores are equal at one weight only."""
    first = rows[0]
    for name, now in weights.points.items():
        changes = []
        for other in rows[1:]:
            lead = first.ranked.score - other.ranked.score
            slope = other.values[name] - first.values[name]
            if abs(slope) > 1e-9 and now + lead / slope >= 0:
                changes.append((abs(lead / slope), other.ranked.credential.id, now + lead / slope))
        if changes:
            _, winner, needed = min(changes)
            yield Flip("weight", name, now, round(needed, 6), winner)


def _fact_flips(rows: list[_Row], weights: Weights, desk: Desk) -> Iterable[Flip]:
    """A fee or length of the first that costs it first place, or of another that gains it."""
    facts: tuple[tuple[str, str, float, Callable[[Credential], float | None]], ...] = (
        ("fee", "cost", HALF_FEE, lambda c: c.cost.middle if c.cost else None),
        ("hours", "brevity", HALF_HOURS, lambda c: hours_of(c, desk.typical) if c.hours else None),
    )
    for what, factor, half, read in facts:
        for n, row in enumerate(rows[:_FACT_ROWS]):
            now = read(row.ranked.credential)
            rival = rows[1] if n == 0 and len(rows) > 1 else rows[0]
            scale = weights.points[factor] * max(c.share for c in row.ranked.closes)
            if now is None or scale <= 0 or rival is row:
                continue
            value = row.values[factor] / max(c.share for c in row.ranked.closes) + (rival.ranked.score - row.ranked.score) / scale
            if 0 < value <= 1:
                winner = rival if n == 0 else row
                rate = (rate_of(row.ranked.credential, desk.settings, desk.typical) or 1.0) if what == "fee" else 1.0
                yield Flip(what, row.ranked.credential.id, now, round(half * (1 / value - 1) / rate, 2), winner.ranked.credential.id)


_FACT_ROWS = 10


def _range(row: _Row, rows: list[_Row], weights: Weights) -> RankRange:
    unknown, low, high = [], row.ranked.score, row.ranked.score
    fit = max(c.share for c in row.ranked.closes)
    for name, (is_unknown, least, most) in _UNKNOWN.items():
        if is_unknown(row.ranked.credential):
            now = row.values[name]
            if name == "recognition" and now > 0.9 * fit:
                continue  # named in this posting: that is known
            unknown.append(name)
            low += weights.points[name] * min(0.0, least * fit - now)
            high += weights.points[name] * max(0.0, most * fit - now)
    others = [other.ranked.score for other in rows if other is not row]
    best = 1 + sum(1 for score in others if score > high + 1e-9)
    worst = 1 + sum(1 for score in others if score > low + 1e-9)
    return RankRange(row.ranked.credential.id, row.ranked.rank, min(best, row.ranked.rank), max(worst, row.ranked.rank), tuple(unknown))


def counterfactual(
    ranked: tuple[Ranked, ...],
    skill: str,
    gaps: tuple[Gap, ...],
    catalog: Catalog,
    taxonomy: Taxonomy,
    *,
    weights: Weights,
    settings: Settings,
    posting: Extraction,
    haves: tuple[Have, ...],
    held: frozenset[str],
    top: int = 5,
) -> tuple[WhatIf, ...]:
    """Where each of the ``top`` would rank if ``skill`` were known: only those that would move. Empty where the skill is no open gap."""
    if not any(gap.need.skill == skill and is_open(gap) for gap in gaps):
        return ()
    then = rank_credentials(_with_known(gaps, skill), catalog, taxonomy, weights=weights, settings=settings, posting=posting, haves=haves, held=held)
    ranks = {item.credential.id: item.rank for item in then}
    first = then[0].credential.id if then else None
    return tuple(_what_if(item, skill, ranks.get(item.credential.id), first, taxonomy) for item in ranked[:top] if ranks.get(item.credential.id) != item.rank)


def _with_known(gaps: tuple[Gap, ...], skill: str) -> tuple[Gap, ...]:
    """The gaps as they would be: this one closed, and with it the alternatives of its group."""
    groups = {gap.need.group for gap in gaps if gap.need.skill == skill and gap.need.group}
    return tuple(
        replace(gap, status=Status.MET, shortfall=0.0) if gap.need.skill == skill else replace(gap, closed_by_group=True) if gap.need.group in groups else gap
        for gap in gaps
    )


def _what_if(item: Ranked, skill: str, rank: int | None, first: str | None, taxonomy: Taxonomy) -> WhatIf:
    moves = "would close nothing more" if rank is None else f"{'falls' if rank > item.rank else 'rises'} from {item.rank} to {rank}"
    sentence = f"If you already knew {taxonomy.name(skill)}, {item.credential.title} {moves}."
    return WhatIf(skill, item.credential.id, item.rank, rank, first, sentence)
