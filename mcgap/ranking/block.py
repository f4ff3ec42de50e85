"""The scores of all credentials for one posting against many résumés: the same as ``rank_credentials``, in whole arrays.

What differs between two résumés of a posting is which of its needs are open, how far, and where only years are short. A credential
bears on few needs, so its nine factors beside coverage take few different values: each is worked out once, by the factors themselves,
and looked up. Coverage is worked out for all pairs at once.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mcgap.catalog import Catalog
from mcgap.levels import LEVELS
from mcgap.limits import refusal, typical_of
from mcgap.ranking.desk import FULL_NEEDS, Desk, phrase_words
from mcgap.ranking.factors import FACTORS, FIELDS, Case, bearing_share, covered
from mcgap.ranking.matching import certificates_for, kin_of
from mcgap.ranking.ranker import PLACES, points
from mcgap.ranking.weights import Weights
from mcgap.records import Closing, Credential, Extraction, Gap, Level, Need, Ranked, Span, Status
from mcgap.settings import Settings
from mcgap.taxonomy import Taxonomy
from mcgap.text import phrase_key

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
# Scores are whole numbers here: millionths of a point.
MICRO = 10**PLACES
# Below every score: closes nothing, or is ruled out. An entry of a table that is not worked out yet.
_NONE = -(1 << 45)
_UNKNOWN = -1
# Larger tables of one credential are looked up by the patterns that occur.
_MOST_PATTERNS = 1 << 10
# States that are kept for the postings to come: points with their parts, and numbers alone.
_KEPT = 1 << 15
_KEPT_NUMBERS = 1 << 22
# What an array takes beside its numbers, in numbers.
_OVERHEAD = 64
_SHIFT = 1 << 16
# Weights that add up to more leave no room below.
MOST_POINTS = 1e6
# So near the middle between two roundings the exact sum decides.
_CLOSE = 1e-5

# The points of the factors beside coverage: their sum in millionths, each, and the share of its content that bears on an open gap.
Parts = tuple[int, tuple[float, ...], float]
_Closings = tuple[Closing, ...]
_WAYS = 4


@dataclass(frozen=True, slots=True)
class Crowd:
    """R people: ``held`` are the catalog ids that each holds, ``holders`` who holds each."""

    held: tuple[frozenset[str], ...]
    holders: Mapping[str, list[int]]

    @classmethod
    def of(cls, held: Iterable[frozenset[str]]) -> Crowd:
        each = tuple(held)
        holders: dict[str, list[int]] = {}
        for person, names in enumerate(each):
            for name in names:
                holders.setdefault(name, []).append(person)
        return cls(each, holders)

    def some(self, people: Ints) -> Crowd:
        """Those with these numbers, in this order."""
        return self.of(self.held[n] for n in people.tolist())


@dataclass(frozen=True, slots=True)
class _Offer:
    """What each of n credentials closes of one need, for each of the four ways to be short of years: ``counted`` (n, 4) and as closings."""

    number: int
    credentials: Ints
    counted: Floats
    closings: tuple[_Closings, ...]


class Rater:
    """Rates all credentials of a catalog for many pairs. Made once; what it works out for one posting serves the next."""

    def __init__(self, catalog: Catalog, taxonomy: Taxonomy, weights: Weights, settings: Settings) -> None:
        self.catalog, self.taxonomy, self.weights, self.settings = catalog, taxonomy, weights, settings
        self.credentials = tuple(catalog)
        self.numbers = {credential.id: n for n, credential in enumerate(self.credentials)}
        self.typical = typical_of(catalog)
        nobody: frozenset[str] = frozenset()
        refused = [refusal(c, settings, nobody, catalog.get, self.typical) is not None for c in self.credentials]
        # What is held can only let in what requires it.
        self.opened = [n for n, c in enumerate(self.credentials) if refused[n] and c.prerequisites_required]
        self.usable = ~np.array(refused, dtype=np.bool_)
        self.usable[self.opened] = True
        self._kin = kin_of(catalog, taxonomy)
        self._offers: dict[object, _Offer] = {}
        self._parts: dict[object, Parts] = {}
        self._states: dict[object, Ints] = {}
        self._kept = 0
        self._first_words: dict[str, list[int]] = {}
        for n, c in enumerate(self.credentials):
            for word in {key[0] for name in (c.title, *c.aliases, c.exam_code or "") if (key := phrase_key(name))}:
                self._first_words.setdefault(word, []).append(n)
        self._let_in: dict[frozenset[str], frozenset[int]] = {}

    def table(self, posting: Extraction, needs: tuple[Need, ...]) -> Table:
        """What the catalog can do for the needs of a posting, whoever asks."""
        return Table(self, posting, needs)

    def offer(self, need: Need) -> _Offer:
        certificates = certificates_for(need, self.catalog)
        # Which of them the posting asks for by their own names.
        named = frozenset(name for ask in need.asks for name in self.catalog.meant(need.skill, (ask.mention.text,))) if certificates else None
        key = (need.skill, need.level, need.years, need.countries, need.experience, tuple(certificates.items()), named)
        found = self._offers.get(key)
        if found is None:
            ways = [self._kin.offers(need, (need.years or 0.0) if way & 2 else 0.0, only_years=bool(way & 1)) for way in range(_WAYS if need.years else 1)]
            ids = [name for name in ways[0] if self.usable[self.numbers[name]]]
            closings = tuple(tuple(way[name] for way in ways) for name in ids)
            counted = np.array([[closing.counted for closing in each] for each in closings]).reshape(len(ids), len(ways))
            found = self._offers[key] = _Offer(
                len(self._offers),
                np.array([self.numbers[name] for name in ids], dtype=np.int64),
                np.broadcast_to(counted, (len(ids), _WAYS)) if len(ways) == 1 else counted,
                closings,
            )
        return found

    def states(self, line: _Line) -> Ints:
        """The points of each state of a line in millionths, filled as they are worked out; the same line of another posting shares them."""
        key = (line.number, line.offers, line.radix, line.flags, line.always, line.size)
        found = self._states.get(key)
        if found is None:
            if self._kept > _KEPT_NUMBERS:
                self._states.clear()
                self._kept = 0
            self._kept += line.size + _OVERHEAD
            found = self._states[key] = np.full(line.size, _UNKNOWN, dtype=np.int64)
        return found

    def perhaps_named(self, vocabulary: Iterable[str]) -> set[int]:
        """The numbers of credentials that have a name whose first word is among these."""
        words = self._first_words
        return {number for word in vocabulary if word in words for number in words[word]}

    def let_in(self, held: frozenset[str]) -> frozenset[int]:
        """The numbers of credentials that are open to whoever holds these, and to nobody else."""
        found = self._let_in.get(held)
        if found is None:
            inside = (n for n in self.opened if refusal(self.credentials[n], self.settings, held, self.catalog.get, self.typical) is None)
            found = self._let_in[held] = frozenset(inside)
        return found

    def parts(self, key: object, case: Case) -> Parts:
        """The points of all factors but coverage, and their sum in millionths."""
        found = self._parts.get(key)
        if found is None:
            if len(self._parts) >= _KEPT:
                self._parts.clear()
            fit = case.fit
            each = tuple(points(self.weights, name, factor(case)[0], fit) for name, factor in FACTORS.items() if name != "coverage")
            found = self._parts[key] = (sum(round(part * MICRO) for part in each), each, bearing_share(case))
        return found


class _View(Desk):
    """A posting's desk as one credential sees it: the open gaps that it closes, and what else of a pair its factors ask for."""

    def __init__(self, base: Desk, gaps: dict[str, Gap], level: Level | None, in_field: bool) -> None:
        self.catalog, self.taxonomy, self.settings, self.posting, self.haves = base.catalog, base.taxonomy, base.settings, base.posting, ()
        self.gaps, self.units, self.full, self.typical = gaps, (), 0.0, base.typical
        self._base, self._level, self._in_field = base, level, in_field

    def names(self, credential: Credential) -> Span | None:
        return self._base.names(credential)

    def product_in_posting(self, credential: Credential) -> Span | None:
        return self._base.product_in_posting(credential)

    @property
    def academic_employer(self) -> str | None:
        return self._base.academic_employer

    def is_in_field(self, fields: Iterable[str], closes: Iterable[Closing] | None = None) -> str | None:
        """Of all open gaps the pair knows it, not the view."""
        if closes is not None:
            return super().is_in_field(fields, closes)
        return next(iter(fields), None) if self._in_field else None

    def _shown_level(self, closes: Iterable[Closing]) -> tuple[Level | None, str]:
        return self._level, ""


@dataclass(frozen=True, slots=True)
class _Line:
    """One credential of a table. ``needs`` are the numbers of those it bears on, ``radix`` in how many states each can be.

    The number of a state is that of its pattern + ``patterns`` · (level + levels · in the field); ``fields`` are the needs in its field.
    """

    number: int
    credential: Credential
    needs: tuple[int, ...]
    closings: tuple[_Closings, ...]
    offers: tuple[int, ...]
    radix: tuple[int, ...]
    patterns: int
    levels: int
    flags: tuple[bool, bool]
    always: bool
    fields: tuple[int, ...]

    @property
    def size(self) -> int:
        return self.patterns * self.levels * (2 if self.fields else 1)


class Table:
    """The credentials that bear on the needs of one posting (C rows), with what is known of them before any résumé is."""

    def __init__(self, rater: Rater, posting: Extraction, needs: tuple[Need, ...]) -> None:
        self.rater, self.needs = rater, needs
        self.desk = Desk((), rater.catalog, rater.taxonomy, rater.settings, posting, ())
        self.gaps = [Gap(need, Status.MISSING, 1.0) for need in needs]
        offers = [rater.offer(need) for need in needs]
        units: dict[str, int] = {}
        self.unit_of = [units.setdefault(f"\0{n}" if need.group is None else need.group, len(units)) for n, need in enumerate(needs)]
        self.importance = np.zeros(len(units))
        self.members: list[list[int]] = [[] for _ in units]
        for n, at in enumerate(self.unit_of):
            self.members[at].append(n)
            self.importance[at] = max(self.importance[at], needs[n].importance)
        # Entries (credential, need): by credential, then by unit.
        sizes = [len(offer.credentials) for offer in offers]
        number = np.repeat(np.arange(len(needs)), sizes)
        credential = np.concatenate([np.empty(0, dtype=np.int64), *(offer.credentials for offer in offers)])
        unit = np.array(self.unit_of, dtype=np.int64)[number]
        order = np.lexsort((number, unit, credential))
        self.entry_need, self.entry_unit = number[order], unit[order]
        self.counted = np.concatenate([np.empty((0, _WAYS)), *(offer.counted for offer in offers)])[order]
        ids, starts = np.unique(credential[order], return_index=True)
        self.credentials, self.starts = ids, starts
        joint = credential[order] * (len(units) + 1) + self.entry_unit
        self.unit_starts = np.flatnonzero(np.diff(joint, prepend=-1))
        self.unit_rows = np.searchsorted(self.unit_starts, starts)
        self.has_years = [bool(n.years) for n in needs]
        self._lay_out(offers, order, sizes)
        # The points and closings of states that were asked for one by one.
        self.known: dict[object, tuple[tuple[float, ...], tuple[Closing, ...], float]] = {}

    def _lay_out(self, offers: list[_Offer], order: Ints, sizes: list[int]) -> None:
        """The lines, and one table of states for all of them."""
        first = np.cumsum([0, *sizes])
        place = (order - first[self.entry_need]).tolist()
        needs, bounds = self.entry_need.tolist(), [*self.starts.tolist(), len(order)]
        self.lines: list[_Line] = []
        multipliers: list[int] = []
        # The first place stands for the lines that are looked up otherwise.
        offset, offsets = 1, []
        for row, number in enumerate(self.credentials.tolist()):
            inside = range(bounds[row], bounds[row + 1])
            line = self._line(number, [needs[e] for e in inside], [place[e] for e in inside], offers)
            self.lines.append(line)
            is_small = line.size <= _MOST_PATTERNS
            step = 1
            for radix in line.radix:
                multipliers.append(step if is_small else 0)
                step *= radix
            offsets.append(offset if is_small else 0)
            offset += line.size if is_small else 0
        self.multipliers = np.array(multipliers, dtype=np.int32)[:, None]
        self.wide = [row for row, at in enumerate(offsets) if not at]
        self.offsets = np.array(offsets, dtype=np.int32)[:, None]
        self.states = [self.rater.states(line) for line, at in zip(self.lines, offsets, strict=True) if at]
        self.flat = np.concatenate([np.array([_NONE]), *self.states])
        self.by_level = [row for row, line in enumerate(self.lines) if line.levels > 1 and offsets[row]]
        self.by_field = [row for row, line in enumerate(self.lines) if line.fields and offsets[row]]
        self.narrow = [(at, row) for row, at in enumerate(offsets) if at]

    def _line(self, number: int, needs: list[int], places: list[int], offers: list[_Offer]) -> _Line:
        rater, desk = self.rater, self.desk
        credential = rater.credentials[number]
        settings, kind = rater.settings, credential.issuer.kind
        radix = tuple(1 + _WAYS if self.has_years[n] else 2 for n in needs)
        by_level = credential.level is not None and settings.goal != "explore" and not settings.career_stage
        suits = desk.product_in_posting(credential) is not None if kind == "vendor" else kind == "university" and desk.academic_employer is not None
        always, fields = self._fields(credential)
        return _Line(
            number,
            credential,
            tuple(needs),
            tuple(offers[n].closings[place] for n, place in zip(needs, places, strict=True)),
            tuple(offers[n].number for n in needs),
            radix,
            math.prod(radix),
            len(LEVELS) if by_level else 1,
            (number in self._perhaps_named and desk.names(credential) is not None, suits),
            always,
            fields,
        )

    def _fields(self, credential: Credential) -> tuple[bool, tuple[int, ...]]:
        """Whether a credential is recognised in the industry that is named, and else the needs that make it recognised in their field."""
        names = [item.name for item in credential.recognition if item.scope in FIELDS]
        if not names:
            return False, ()
        if any(phrase_words(name) & self._industry for name in names):
            return True, ()
        return False, tuple(sorted({n for name in names for n in self._in_field(name)}))

    def _in_field(self, name: str) -> list[int]:
        found = self._field_needs.get(name)
        if found is None:
            words = phrase_words(name)
            found = self._field_needs[name] = [n for n, mine in enumerate(self._words) if words & mine]
        return found

    @cached_property
    def _perhaps_named(self) -> set[int]:
        return self.rater.perhaps_named(self.desk.vocabulary)

    @cached_property
    def _field_needs(self) -> dict[str, list[int]]:
        return {}

    @cached_property
    def _industry(self) -> frozenset[str]:
        return phrase_words(self.rater.settings.industry or "")

    @cached_property
    def _words(self) -> list[frozenset[str]]:
        rows = (self.rater.taxonomy.get(need.skill) for need in self.needs)
        return [phrase_words(row.category) | phrase_words(row.name) if row is not None else frozenset() for row in rows]

    # ── one state of one credential ─────────────────────────────────────────────────────────────

    def parts_of(self, line: _Line, digits: Sequence[int], level: int, in_field: bool) -> Parts | None:
        """The points beside coverage where the needs of a line are closed (0) or open (1 + how they are short of years); None where all are closed."""
        is_open = [n for n, digit in enumerate(digits) if digit]
        if not is_open:
            return None
        key = (line.number, tuple(line.offers[n] * 8 + digits[n] for n in is_open), level, in_field, line.flags)
        found = self.rater._parts.get(key)
        if found is not None:
            return found
        gaps = {self.needs[line.needs[n]].skill: self.gaps[line.needs[n]] for n in is_open}
        view = _View(self.desk, gaps, LEVELS[level], in_field)
        return self.rater.parts(key, Case(line.credential, line_closings(line, digits), view))

    def _decode(self, line: _Line, state: int) -> tuple[_Line, list[int], int, bool]:
        """A state of a line as (line, digits, level, in the field)."""
        rest, pattern = divmod(state, line.patterns)
        in_field, level = divmod(rest, line.levels)
        digits = []
        for radix in line.radix:
            pattern, digit = divmod(pattern, radix)
            digits.append(digit)
        return line, digits, level, bool(in_field) or line.always

    def fill(self, place: int) -> None:
        """Work out one place of the flat table."""
        at = bisect_right(self.narrow, (place, len(self.lines))) - 1
        offset, row = self.narrow[at]
        parts = self.parts_of(*self._decode(self.lines[row], place - offset))
        self.flat[place] = self.states[at][place - offset] = _NONE if parts is None else parts[0]


def line_closings(line: _Line, digits: Sequence[int]) -> tuple[Closing, ...]:
    """What a credential closes in a state, in the order of the needs."""
    found = [(need, pair[digit - 1]) for need, pair, digit in zip(line.needs, line.closings, digits, strict=True) if digit]
    return tuple(closing for _, closing in sorted(found, key=lambda item: item[0]))


@dataclass(frozen=True, slots=True)
class Scores:
    """C credentials against R résumés: ``total`` (C, R) in millionths, below 0 where one closes nothing or is ruled out.

    ``states`` (C, R) are places of the table's states; 0 where a credential bears on too many needs to have them numbered.
    """

    table: Table
    crowd: Crowd
    digits: NDArray[np.int8]
    levels: NDArray[np.int8]
    in_field: NDArray[np.bool_]
    states: NDArray[np.int32]
    coverage: Ints
    total: Ints

    def best(self, top: int) -> tuple[Ints, Ints]:
        """(R, top) numbers of credentials in the catalog and scores in millionths, best first, ties by id; -1 where there are fewer."""
        rows, people = self.total.shape
        numbers, scores = np.full((people, top), -1, dtype=np.int64), np.full((people, top), -1, dtype=np.int64)
        if not rows:
            return numbers, scores
        # Of two with the same score the one of the lower id comes first, and rows stand in the order of the ids.
        keys = np.ascontiguousarray((self.total * _SHIFT - np.arange(rows)[:, None]).T)
        if rows > top:
            keys = -np.partition(-keys, top - 1, axis=1)[:, :top]
        keys = -np.sort(-keys, axis=1)
        at = -keys % _SHIFT
        value = (keys + at) // _SHIFT
        there = value >= 0
        width = keys.shape[1]
        numbers[:, :width] = np.where(there, self.table.credentials[at], -1)
        scores[:, :width] = np.where(there, value, -1)
        return numbers, scores

    def ranked(self, resume: int) -> tuple[Ranked, ...]:
        """All credentials for one résumé as ``rank_credentials`` gives them, without the reasons."""
        totals = self.total[:, resume]
        rows = np.flatnonzero(totals >= 0)
        ordered = rows[np.lexsort((rows, -totals[rows]))].tolist()
        table, levels = self.table, self.levels[:, resume].tolist()
        digits, covered_by = self.digits[:, resume].tolist(), self.coverage[:, resume].tolist()
        states, in_field = self.states[:, resume].tolist(), self.in_field[:, resume].tolist()
        found = []
        for rank, row in enumerate(ordered, 1):
            line = table.lines[row]
            state = (row, states[row] or (*digits, levels[row], in_field[row]))
            known = table.known.get(state)
            if known is None:
                own = [digits[n] for n in line.needs]
                parts = table.parts_of(line, own, levels[row] if line.levels > 1 else 0, line.always or in_field[row])
                each, focus = parts[1:] if parts is not None else ((), 1.0)
                known = table.known[state] = (each, line_closings(line, own), focus)
            each, closings, focus = known
            found.append(Ranked(line.credential, math.fsum((covered_by[row] / MICRO, *each)), rank, closings, (), focus))
        return tuple(found)


def rate(table: Table, shortfall: Floats, short: NDArray[np.int8], levels: NDArray[np.int8], crowd: Crowd) -> Scores:
    """The scores of a table's credentials for R people.

    ``shortfall`` (N, R) is 0 where a need is closed; ``short`` (N, R) is 1 where only years are short, + 2 where years asked for are not
    shown; ``levels`` (N, R) are numbers of LEVELS: what the years of what is held toward a need show.
    """
    is_open = shortfall > 0
    digits = is_open * (short + np.int8(1))
    rows, people = len(table.lines), shortfall.shape[1]
    in_field = np.zeros((rows, people), dtype=np.bool_)
    if not rows:
        empty = np.zeros((0, people), dtype=np.int64)
        return Scores(table, crowd, digits, empty.astype(np.int8), in_field, empty.astype(np.int32), empty, empty)
    in_field = _fields(table, digits, in_field)
    level: NDArray[np.int8] = np.maximum.reduceat((is_open * levels)[table.entry_need], table.starts, axis=0)
    coverage = _coverage(table, shortfall, short if short.any() else None)
    states = _states(table, digits, level, in_field)
    total = coverage + _others(table, states, digits, level, in_field)
    _rule_out(table, crowd, total)
    return Scores(table, crowd, digits, level, in_field, states, coverage, total)


def _fields(table: Table, digits: NDArray[np.int8], in_field: NDArray[np.bool_]) -> NDArray[np.bool_]:
    is_open = digits > 0
    known: dict[tuple[int, ...], Any] = {}
    for row, line in enumerate(table.lines):
        if line.fields:
            if line.fields not in known:
                known[line.fields] = is_open[list(line.fields)].any(axis=0)
            in_field[row] = known[line.fields]
    return in_field


def _states(table: Table, digits: NDArray[np.int8], level: NDArray[np.int8], in_field: NDArray[np.bool_]) -> NDArray[np.int32]:
    """The place of each credential's state in the flat table (C, R)."""
    state: NDArray[np.int32] = np.add.reduceat(digits[table.entry_need] * table.multipliers, table.starts, axis=0, dtype=np.int32)
    state += table.offsets
    for row in table.by_level:
        state[row] += level[row] * np.int32(table.lines[row].patterns)
    for row in table.by_field:
        line = table.lines[row]
        state[row] += (in_field[row] * (line.patterns * line.levels)).astype(np.int32)
    return state


def _others(table: Table, states: NDArray[np.int32], digits: NDArray[np.int8], level: NDArray[np.int8], in_field: NDArray[np.bool_]) -> Ints:
    """The sum of all factors but coverage, in millionths (C, R): each different state is worked out once."""
    found = table.flat[states]
    new = np.unique(states[found == _UNKNOWN])
    for place in new.tolist():
        table.fill(place)
    if len(new):
        found = table.flat[states]
    for row in table.wide:
        found[row] = _wide(table.lines[row], digits, level[row], in_field[row], table)
    return found


def _wide(line: _Line, digits: NDArray[np.int8], level: NDArray[np.int8], in_field: NDArray[np.bool_], table: Table) -> Ints:
    """One credential that bears on many needs: only the patterns that occur are worked out."""
    columns = np.vstack([digits[list(line.needs)], level if line.levels > 1 else np.zeros_like(level), in_field])
    patterns, places = np.unique(columns, axis=1, return_inverse=True)
    values = []
    for *own, one, field in patterns.T.tolist():
        parts = table.parts_of(line, own, one, bool(field) or line.always)
        values.append(_NONE if parts is None else parts[0])
    return np.take(np.array(values, dtype=np.int64), places.reshape(-1))


def _coverage(table: Table, shortfall: Floats, short: NDArray[np.int8] | None) -> Ints:
    """The points of coverage in millionths (C, R), by the arithmetic of ``Unit.gain`` and ``covered``."""
    weight = table.rater.weights.points["coverage"]
    of_unit = np.array([shortfall[members].min(axis=0) for members in table.members]) if len(table.members) < len(table.needs) else shortfall
    heaviest = -np.sort(-(of_unit * table.importance[:, None]), axis=0)[:FULL_NEEDS]
    full = heaviest.sum(axis=0) if len(heaviest) < FULL_NEEDS else heaviest[0] + heaviest[1] + heaviest[2]
    shares = table.counted[:, :1] if short is None else np.take_along_axis(table.counted, short[table.entry_need].astype(np.intp), axis=1)
    left = shortfall[table.entry_need] * (1 - shares)
    unit = table.entry_unit
    if len(table.unit_starts) < len(unit):
        left = np.minimum.reduceat(left, table.unit_starts, axis=0)
        unit = unit[table.unit_starts]
    gains = of_unit[unit]
    gains -= left
    np.maximum(gains, 0.0, out=gains)
    gains *= table.importance[unit][:, None]
    gained = np.add.reduceat(gains, table.unit_rows, axis=0)
    value = np.divide(gained, full, out=np.zeros_like(gained), where=full > 0)
    np.minimum(value, 1.0, out=value)
    value *= weight
    value *= MICRO
    found: Floats = np.rint(value)
    # numpy adds and rounds a little otherwise than Python: near the middle between two numbers Python's own sum decides.
    bounds = [*table.unit_rows.tolist(), len(gains)]
    for row, one in np.argwhere(np.abs(np.abs(value - found) - 0.5) < _CLOSE).tolist():
        exact = covered(gains[bounds[row] : bounds[row + 1], one].tolist(), float(full[one]))
        found[row, one] = round(points(table.rater.weights, "coverage", exact, 1.0) * MICRO)
    whole: Ints = found.astype(np.int64)
    return whole


def _rule_out(table: Table, crowd: Crowd, total: Ints) -> None:
    """What is held already, and what is open to holders only."""
    rater, place = table.rater, {number: row for row, number in enumerate(table.credentials.tolist())}
    closed = [(number, place[number]) for number in rater.opened if number in place]
    for number, row in closed:
        let_in = [bool(held) and number in rater.let_in(held) for held in crowd.held]
        total[row, ~np.array(let_in, dtype=np.bool_)] = _NONE
    for name in crowd.holders.keys() & {table.lines[row].credential.id for row in place.values()}:
        total[place[rater.numbers[name]], crowd.holders[name]] = _NONE
