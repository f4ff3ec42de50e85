"""What each credential, and the best stack, would do for all postings of a portfolio."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from mcgap.catalog import Catalog
from mcgap.coverage import best_shares, counted, is_open, is_short_of_years, open_units, readiness_of, years_left
from mcgap.limits import own_currency, refusal, typical_of
from mcgap.pipeline import Analyzer
from mcgap.plan import plan_stack
from mcgap.portfolio.records import Collection, Lift, Portfolio, PostingRow, SkillCount, Summary, is_within
from mcgap.ranking import rank_credentials
from mcgap.ranking.matching import match_credentials
from mcgap.records import Closing, Credential, Document, DocumentKind, Extraction, Gap, LeftOver, Level, Need, Plan, Strength
from mcgap.taxonomy import Taxonomy

_ASKED = (Strength.REQUIRED, Strength.PREFERRED)
# The plan is chosen for the weightiest needs of all postings together; more of them would add little weight and much search.
_POOLED = 200
# A gap as far as credentials are concerned: its skill, the level asked for, whether only years are short, the years that are, the words of a certification,
# where the job is, and whether time in a field is asked for.
Key = tuple[str, Level | None, bool, float, frozenset[str], tuple[str, ...], bool]


def weigh(collection: Collection, analyzer: Analyzer) -> Portfolio:
    """Counts of skills, the lift of every credential, and the best stack for the pooled needs, under the analyzer's settings."""
    read = [posting for posting in collection.postings if posting.readiness is not None]
    effects = _Effects(analyzer, collection.held)
    lifts = _lifts(read, effects, analyzer.catalog)
    pool = _pool(read, effects)
    plan = _plan(pool, analyzer, collection.held)
    steps = [step.credential.id for step in plan.steps]
    best = lifts[0].credential.id if lifts else None
    rows = tuple(_row(posting, effects, best, steps) for posting in collection.postings)
    after = _mean(row.with_plan for row in rows)
    return Portfolio(
        rows,
        collection.copies,
        collection.has_resume,
        _skill_counts(read),
        _certifications(collection.postings),
        lifts,
        replace(plan, readiness_after=after or 0.0),
        len(pool.gaps),
        pool.share,
        _mean(row.readiness for row in rows),
        after,
        own_currency(analyzer.settings, typical_of(analyzer.catalog)),
        collection.warnings,
    )


def _mean(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return round(sum(known) / len(known), 4) if known else None


# ── counts ──────────────────────────────────────────────────────────────────────────────────────


def _skill_counts(postings: Iterable[Summary]) -> tuple[SkillCount, ...]:
    """Most asked first: as required or preferred, then as a duty; ties by id."""
    by: dict[str, Counter[str]] = {}
    for posting in postings:
        for gap in posting.gaps:
            found = by.setdefault(gap.need.skill, Counter())
            found[gap.need.strength] += 1
            found["open"] += is_open(gap) and gap.need.strength in _ASKED
    counts = [SkillCount(skill, n[Strength.REQUIRED], n[Strength.PREFERRED], n[Strength.DUTY], n["open"]) for skill, n in by.items()]
    return tuple(sorted(counts, key=lambda c: (-c.asked, -c.duty, c.skill)))


def _certifications(postings: Iterable[Summary]) -> dict[str, int]:
    """Certification -> how many postings name it, most named first."""
    named = Counter(skill for posting in postings for skill in posting.certifications)
    return dict(sorted(named.items(), key=lambda item: (-item[1], item[0])))


# ── what credentials do ─────────────────────────────────────────────────────────────────────────


class _Effects:
    """What each credential that the settings allow does for a gap, worked out once for each kind of gap."""

    def __init__(self, analyzer: Analyzer, held: frozenset[str]) -> None:
        self._catalog, self._taxonomy = analyzer.catalog, analyzer.taxonomy
        settings, typical = analyzer.settings, typical_of(analyzer.catalog)
        self._out = held | {c.id for c in analyzer.catalog if refusal(c, settings, held, analyzer.catalog.get, typical) is not None}
        self._known: dict[Key, Mapping[str, Closing]] = {}

    def of(self, gap: Gap) -> Mapping[str, Closing]:
        """Credential id -> what it closes of this gap; nothing where the gap is closed."""
        if not is_open(gap):
            return {}
        said = frozenset(ask.mention.text for ask in gap.need.asks)
        key = (gap.need.skill, gap.need.level, is_short_of_years(gap), years_left(gap), said, gap.need.countries, gap.need.experience)
        if key not in self._known:
            found = match_credentials((gap,), self._catalog, self._taxonomy)
            self._known[key] = {name: max(closings, key=lambda c: c.share) for name, closings in found.items() if name not in self._out}
        return self._known[key]

    def shares(self, posting: Summary) -> dict[str, dict[str, float]]:
        """Credential id -> share closed of each skill of one posting."""
        found: dict[str, dict[str, float]] = {}
        for gap in posting.gaps:
            for name, closing in self.of(gap).items():
                found.setdefault(name, {})[gap.need.skill] = closing.counted
        return found

    def readiness(self, posting: Summary, credentials: Iterable[str]) -> float | None:
        """The readiness of one posting once these credentials are earned."""
        chosen = set(credentials)
        closings = (closing for gap in posting.gaps for name, closing in self.of(gap).items() if name in chosen)
        return readiness_of(posting.gaps, best_shares(closings))


@dataclass(slots=True)
class _Sum:
    """The lift of one credential, while it is summed up."""

    lifted: list[str] = field(default_factory=list)
    bears_on: int = 0
    gain: float = 0.0
    closes: dict[str, Closing] = field(default_factory=dict)
    times: Counter[str] = field(default_factory=Counter)


def _lifts(postings: list[Summary], effects: _Effects, catalog: Catalog) -> tuple[Lift, ...]:
    """Most postings brought within reach first, then the greatest mean rise of readiness; ties by id."""
    sums: dict[str, _Sum] = {}
    for posting in postings:
        total = sum(importance for importance, _ in counted(posting.gaps))
        units = open_units(posting.gaps)
        before = 1 - sum(unit.weight for unit in units) / total
        for gap in posting.gaps:
            for name, closing in effects.of(gap).items():
                found = sums.setdefault(name, _Sum())
                found.times[closing.skill] += 1
                if closing.skill not in found.closes or closing.share > found.closes[closing.skill].share:
                    found.closes[closing.skill] = closing
        for name, shares in effects.shares(posting).items():
            gain = sum(unit.gain(shares) for unit in units if any(skill in shares for skill, _ in unit.members)) / total
            if gain <= 0:
                continue
            found = sums[name]
            found.bears_on += 1
            found.gain += gain
            if not is_within(posting.readiness) and is_within(round(before + gain, 4)):
                found.lifted.append(posting.id)
    lifts = [_lift(catalog[name], found, len(postings)) for name, found in sums.items() if found.bears_on]
    return tuple(sorted(lifts, key=lambda lift: (-len(lift.lifted), -lift.mean_gain, lift.credential.id)))


def _lift(credential: Credential, found: _Sum, count: int) -> Lift:
    closes = tuple(found.closes[skill] for skill in sorted(found.closes, key=lambda skill: (-found.times[skill], skill)))
    return Lift(credential, tuple(found.lifted), found.bears_on, round(found.gain / count, 4), closes)


def _row(posting: Summary, effects: _Effects, best: str | None, steps: list[str]) -> PostingRow:
    if posting.readiness is None:
        return PostingRow(posting.id, posting.title, None, None, None, posting.certifications, posting.error)
    with_best = effects.readiness(posting, (best,)) if best is not None else posting.readiness
    return PostingRow(posting.id, posting.title, posting.readiness, with_best, effects.readiness(posting, steps), posting.certifications)


# ── the stack for all ───────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Pool:
    """The open needs of all postings as one; ``share`` is the part of their whole weight that is in it."""

    gaps: tuple[Gap, ...]
    share: float


@dataclass(slots=True)
class _Unit:
    """One need, or one set of alternatives, over the postings that ask for it."""

    weight: float = 0.0
    shortfalls: dict[str, float] = field(default_factory=dict)
    levels: dict[str, Counter[Level | None]] = field(default_factory=dict)
    years: dict[str, Counter[float | None]] = field(default_factory=dict)
    gaps: dict[str, Gap] = field(default_factory=dict)
    countries: set[tuple[str, ...]] = field(default_factory=set)


def _pool(postings: list[Summary], effects: _Effects) -> _Pool:
    """Each open need weighs its share of its posting, so that the sum closed is the mean rise of readiness.

    Level and years are those asked for by most weight; only what some credential bears on can be planned for, so it goes first.
    """
    units: dict[tuple[str, ...], _Unit] = {}
    for posting in postings:
        total = sum(importance for importance, _ in counted(posting.gaps))
        for members in _open_members(posting.gaps):
            weight = max(gap.need.importance for gap in members) / total
            unit = units.setdefault(tuple(sorted({gap.need.skill for gap in members})), _Unit())
            unit.weight += weight
            for gap in members:
                skill = gap.need.skill
                unit.shortfalls[skill] = unit.shortfalls.get(skill, 0.0) + weight * gap.shortfall
                unit.levels.setdefault(skill, Counter())[gap.need.level] += round(weight * 1_000_000)
                unit.years.setdefault(skill, Counter())[years_left(gap) or None] += round(weight * 1_000_000)
                unit.gaps.setdefault(skill, gap)
                unit.countries.add(gap.need.countries)
    everything = sum(unit.weight for unit in units.values())
    order = sorted(units, key=lambda key: (not _is_taught(units[key], effects), -units[key].weight, key))[:_POOLED]
    most = max((units[key].weight for key in order), default=1.0)
    gaps = tuple(gap for number, key in enumerate(order) for gap in _pooled(units[key], most, f"p{number}" if len(key) > 1 else None))
    return _Pool(gaps, sum(units[key].weight for key in order) / everything if everything else 1.0)


def _open_members(gaps: tuple[Gap, ...]) -> list[list[Gap]]:
    """The open gaps one by one, alternatives together."""
    groups: dict[str, list[Gap]] = {}
    for number, gap in enumerate(gaps):
        if is_open(gap):
            groups.setdefault(gap.need.group or f"\0{number}", []).append(gap)
    return list(groups.values())


def _is_taught(unit: _Unit, effects: _Effects) -> bool:
    return any(effects.of(gap) for gap in unit.gaps.values())


def _pooled(unit: _Unit, most: float, group: str | None) -> list[Gap]:
    found = []
    # What counts in one of the countries helps there; where one job's is unknown, nothing is elsewhere.
    countries = tuple(sorted({code for codes in unit.countries for code in codes})) if all(unit.countries) else ()
    for skill, gap in unit.gaps.items():
        level = max(unit.levels[skill], key=lambda one: (unit.levels[skill][one], one is None, str(one)))
        years = max(unit.years[skill], key=lambda one: (unit.years[skill][one], -(one or 0)))
        need = Need(skill, Strength.REQUIRED, round(unit.weight / most, 6), (), group, years, level, countries, gap.need.experience, gap.need.soft)
        found.append(replace(gap, need=need, shortfall=round(unit.shortfalls[skill] / unit.weight, 4)))
    return found


def _plan(pool: _Pool, analyzer: Analyzer, held: frozenset[str]) -> Plan:
    catalog, taxonomy, settings = analyzer.catalog, analyzer.taxonomy, analyzer.settings
    nothing = Extraction(Document("", "portfolio", DocumentKind.POSTING), ())
    ranked = rank_credentials(pool.gaps, catalog, taxonomy, weights=analyzer.weights, settings=settings, posting=nothing, haves=(), held=held)
    plan = plan_stack(pool.gaps, ranked, catalog, taxonomy, settings=settings, held=held)
    return replace(plan, left_over=_once(plan.left_over, taxonomy))


def _once(left: Iterable[LeftOver], taxonomy: Taxonomy) -> tuple[LeftOver, ...]:
    """A skill that stays open in several sets of alternatives is said once."""
    return tuple({item.skill: item for item in reversed(list(left)) if item.skill in taxonomy}.values())[::-1]
