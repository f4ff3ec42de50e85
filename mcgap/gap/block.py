"""Many résumés against one need at a time: the same standings as ``find_gaps``, each worked out once."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial, reduce
from operator import or_

import numpy as np
from numpy.typing import NDArray

from mcgap.coverage import groups_of, lacks_years, years_unshown
from mcgap.gap.gaps import MOST_MONTHS, Asked, Month, Shown, asked_of, bearing, distance_of, merit, named_by, nearest_of, said_by, shown_of, stand, unshown
from mcgap.gap.shown import ENGLISH_SKILL, Work, beginnings, best_shown, is_paper, load_fields, own_words, patterns_toward, show_field
from mcgap.levels import LEVELS, level_of
from mcgap.records import Gap, Have, Need, Status
from mcgap.taxonomy import NearIndex, Taxonomy

Ints = NDArray[np.int64]
_STATUSES = list(Status)
# The kin of a have with a need: a number in the rows; 0 is no have at all, 1 a have that the words of the résumé show.
_KIN = ["", "shown", "same", "implies", "narrower", "broader", "related"]
# Bytes of answers that are kept; one takes 7 for each résumé.
_KEPT = 32 << 20
_ENTRY = 7


@dataclass(frozen=True, slots=True)
class Row:
    """One need against R résumés. ``code`` (R) is a number in ``Codes``, ``have`` (R) one of ``Held.haves``, -1 where there is none, ``kin`` (R) one of _KIN.

    ``shown`` are the haves that the words of a résumé show, by résumé; ``have`` is -1 there.
    """

    code: NDArray[np.int16]
    have: NDArray[np.int32]
    kin: NDArray[np.int8]
    shown: dict[int, Have]


class Codes:
    """The few different outcomes of a need, numbered as they are met: status, shortfall, what is short of years, the level that years show.

    Short of years is a number: 1 where nothing else is short, + 2 where years asked for are not shown. A level is a number of LEVELS.
    """

    def __init__(self) -> None:
        self._numbers: dict[tuple[Status, float, int, int], int] = {}
        self.outcomes: list[tuple[Status, float, int, int]] = []
        self._arrays: tuple[NDArray[np.uint8], NDArray[np.float64], NDArray[np.int8], NDArray[np.int8]] | None = None

    def number(self, status: Status, shortfall: float, short: int, level: int) -> int:
        key = (status, shortfall, short, level)
        found = self._numbers.get(key)
        if found is None:
            found = self._numbers[key] = len(self.outcomes)
            self.outcomes.append(key)
            self._arrays = None
        return found

    @property
    def arrays(self) -> tuple[NDArray[np.uint8], NDArray[np.float64], NDArray[np.int8], NDArray[np.int8]]:
        """By code: the status as a number of ``list(Status)``, the shortfall, what is short of years, the level."""
        if self._arrays is None:
            self._arrays = (
                np.array([_STATUSES.index(status) for status, _, _, _ in self.outcomes], dtype=np.uint8),
                np.array([shortfall for _, shortfall, _, _ in self.outcomes]),
                np.array([short for _, _, short, _ in self.outcomes], dtype=np.int8),
                np.array([level for _, _, _, level in self.outcomes], dtype=np.int8),
            )
        return self._arrays


class Held:
    """What R résumés show, side by side: made once, asked for one need at a time. Answers are kept while there is room."""

    def __init__(self, haves: Sequence[tuple[Have, ...]], works: Sequence[Work], taxonomy: Taxonomy, *, today: Month, stale_after: float | None) -> None:
        self.size, self.taxonomy, self.today, self.stale_after = len(works), taxonomy, today, stale_after
        self.works = works
        self._people = haves
        self.haves: list[Have] = [have for group in haves for have in group]
        self.codes = Codes()
        self._resumes: Ints = np.repeat(np.arange(len(works)), [len(group) for group in haves])
        self._classes, self._shown = _numbered(shown_of(have, taxonomy) for have in self.haves)
        by_skill: dict[str, list[int]] = {}
        said: dict[str, dict[str, list[int]]] = {}
        for number, have in enumerate(self.haves):
            by_skill.setdefault(have.skill, []).append(number)
            for skill in said_by(have, taxonomy) - {have.skill}:
                said.setdefault(skill, {}).setdefault(have.skill, []).append(number)
        self._by_skill = {skill: np.array(numbers) for skill, numbers in by_skill.items()}
        self._said = said
        self._near = NearIndex(self._by_skill.keys(), taxonomy)
        self._standings: dict[tuple[Asked, float, int], tuple[NDArray[np.int16], NDArray[np.float64]]] = {}
        self._rows: dict[object, Row] = {}
        self._works_shown: dict[str, dict[int, tuple[Have, ...]]] = {}
        self._holding: dict[str, int] = {}  # of each pattern the résumés that may match it, as a bit mask

    def row(self, need: Need) -> Row:
        """One need against all résumés."""
        asked = asked_of(need, self.taxonomy, self.stale_after)
        named = named_by(need, self.taxonomy)
        phrases = own_words(need, self.taxonomy)
        key = (need.skill, asked, named, phrases)
        found = self._rows.get(key)
        if found is None:
            if len(self._rows) * self.size * _ENTRY > _KEPT:
                self._rows.clear()
                self._standings.clear()
            found = self._rows[key] = self._row(need.skill, asked, named, phrases)
        return found

    def gap(self, need: Need, row: Row, resume: int, closed_by_group: bool) -> Gap:
        """One entry as a gap without its sentences (``detail``, ``advice``)."""
        status, shortfall, _, _ = self.codes.outcomes[row.code[resume]]
        kin = _KIN[row.kin[resume]]
        have = None if not kin else row.shown[resume] if kin == "shown" else self.haves[row.have[resume]]
        nearest = None if have is None else nearest_of(have, kin, self._grade(have.skill, need.skill, kin))
        return Gap(need, status, shortfall, have, nearest, closed_by_group=closed_by_group)

    def _grade(self, held: str, needed: str, kin: str) -> float:
        found = self.taxonomy.kin(held, needed)
        return found.grade if found is not None and found.name == kin else 1.0

    # ── one need ────────────────────────────────────────────────────────────────────────────────

    def _row(self, skill: str, asked: Asked, named: frozenset[str], phrases: tuple[frozenset[str], ...]) -> Row:
        best = np.full(self.size, np.inf)
        code = np.full(self.size, self.codes.number(Status.MISSING, unshown(skill), 2 * bool(asked.years), 0), dtype=np.int16)
        have = np.full(self.size, -1, dtype=np.int32)
        kin = np.zeros(self.size, dtype=np.int8)
        # In the order of the skills' ids: of two that are as good, the first stays.
        for _, numbers, name, grade in sorted(self._bearing(skill, named), key=lambda part: part[0]):
            codes, merits = self._stand(asked, grade, distance=distance_of(name), numbers=numbers)
            resumes = self._resumes[numbers]
            better = merits < best[resumes]
            at = resumes[better]
            best[at], code[at], have[at], kin[at] = merits[better], codes[better], numbers[better], _KIN.index(name)
        shown = self._words_show(skill, phrases)
        taken = {}
        for resume, found in shown.items():
            number, value = self._settle(asked, shown_of(found, self.taxonomy), 1.0, distance=distance_of("shown"))
            held = self.haves[have[resume]].skill if have[resume] >= 0 else ""
            if value < best[resume] or (value == best[resume] and found.skill < held):
                code[resume], have[resume], kin[resume], taken[resume] = number, -1, 1, found
        return Row(code, have, kin, taken)

    def _bearing(self, skill: str, named: frozenset[str]) -> Iterable[tuple[str, Ints, str, float]]:
        """(held skill, haves, kin, grade) of what bears on a need; the haves of one skill may come in two parts."""
        near, paper = dict(self._near.near(skill)), is_paper(skill, self.taxonomy)
        said = self._said.get(skill, {})
        for held in dict.fromkeys((*near, *(s for s in named if s in self._by_skill), *said)):
            everyone = self._by_skill[held]
            naming = everyone if held in named else np.array(said.get(held, ()), dtype=np.int64)
            others = np.setdiff1d(everyone, naming, assume_unique=True) if len(naming) else everyone
            for numbers, is_named in ((naming, True), (others, False)):
                kin = bearing(near.get(held), named=is_named, paper=paper and not is_paper(held, self.taxonomy))
                if kin is not None and len(numbers):
                    yield held, numbers, kin.name, kin.grade

    def _stand(self, asked: Asked, grade: float, *, distance: int, numbers: Ints) -> tuple[NDArray[np.int16], NDArray[np.float64]]:
        """Codes and merits (less is better) of haves. Haves that show the same are worked out once."""
        table = self._standings.get((asked, grade, distance))
        if table is None:
            table = self._standings[asked, grade, distance] = (np.full(len(self._shown), -1, dtype=np.int16), np.zeros(len(self._shown)))
        codes, merits = table
        classes = self._classes[numbers]
        for number in np.unique(classes[codes[classes] < 0]):
            codes[number], merits[number] = self._settle(asked, self._shown[number], grade, distance=distance)
        return codes[classes], merits[classes]

    def _settle(self, asked: Asked, shown: Shown, grade: float, *, distance: int) -> tuple[int, float]:
        near = distance == distance_of("implies")
        standing = stand(asked, shown, grade, self.today)
        only = not near and lacks_years(standing.status, asked.years, shown.years)
        short = only + 2 * bool(years_unshown(asked.years, None if near else shown.years))
        shortfall, order, _, kind, months = merit(standing.status, standing.shortfall, distance, shown)
        code = self.codes.number(standing.status, standing.shortfall, short, LEVELS.index(level_of(shown.years)))
        # One number for the five, in their order: a shortfall has four places.
        return code, (((round(shortfall * 10_000) * 10 + order) * 10 + distance) * 10 + kind) * (MOST_MONTHS + 1) + months

    # ── what the words of a résumé show ─────────────────────────────────────────────────────────

    def _words_show(self, skill: str, phrases: tuple[frozenset[str], ...]) -> dict[int, Have]:
        """As ``find_shown``: by the need's own words, the writing or the work described, or its field."""
        paper = is_paper(skill, self.taxonomy)
        said: dict[int, list[Have]] = {}
        for phrase in phrases:
            masks = [self._stems.get(stem, 0) for stem in phrase]
            together = masks[0]
            for mask in masks[1:]:
                together &= mask
            for number in _numbers(together):
                if (have := self.works[number].says(skill, phrase, named=paper)) is not None:
                    said.setdefault(number, []).append(have)
        works = self._by_work(skill)
        found = {number: best_shown(*said.get(number, ()), *works.get(number, ())) for number in said.keys() | works.keys()}
        return {number: have for number, have in found.items() if have is not None}

    def _by_work(self, skill: str) -> dict[int, tuple[Have, ...]]:
        """What the work described shows, and the field, by résumé; kept, for it is the same for all needs of this skill."""
        works = self._works_shown.get(skill)
        if works is None:
            taxonomy, is_field = self.taxonomy, skill in load_fields()
            works = {}
            everybody = (1 << len(self.works)) - 1
            holders = everybody if is_field or skill == ENGLISH_SKILL else reduce(or_, map(self._holders, patterns_toward(taxonomy).get(skill, ())), 0)
            for number in _numbers(holders):
                shown = self.works[number].shows(skill, taxonomy, partial(self._may_hold, number))
                ways = (shown, show_field(skill, self._people[number], taxonomy) if is_field else None)
                if haves := tuple(have for have in ways if have is not None):
                    works[number] = haves
            self._works_shown[skill] = works
        return works

    def _may_hold(self, number: int, pattern: str) -> bool:
        return bool(self._holders(pattern) >> number & 1)

    def _holders(self, pattern: str) -> int:
        """The résumés, as a bit mask, that hold words which a pattern cannot do without."""
        found = self._holding.get(pattern)
        if found is None:
            found = 0
            for needed in beginnings(pattern):
                together = (1 << len(self.works)) - 1
                for letters in needed:
                    together &= reduce(or_, map(self._beginning, letters), 0)
                found |= together
            self._holding[pattern] = found
        return found

    def _beginning(self, letters: str) -> int:
        """The résumés, as a bit mask, in which a word begins with some letters."""
        words, masks = self._vocabulary
        at, found = bisect_left(words, letters), 0
        while at < len(words) and words[at].startswith(letters):
            found |= masks[at]
            at += 1
        return found

    @cached_property
    def _vocabulary(self) -> tuple[list[str], list[int]]:
        """The words of all résumés in order, and for each the résumés that hold it, as a bit mask."""
        found: dict[str, int] = {}
        for number, work in enumerate(self.works):
            for word in work.distinct_words():
                found[word] = found.get(word, 0) | 1 << number
        words = sorted(found)
        return words, [found[word] for word in words]

    @cached_property
    def _stems(self) -> dict[str, int]:
        """For each stem the résumés that hold it, as a bit mask."""
        found: dict[str, int] = {}
        for number, work in enumerate(self.works):
            for stem in set(work.stems):
                found[stem] = found.get(stem, 0) | 1 << number
        return found


def _numbers(mask: int) -> Iterator[int]:
    """The numbers of the bits that are set, in order."""
    while mask:
        yield (mask & -mask).bit_length() - 1
        mask &= mask - 1


def _numbered(items: Iterable[Shown]) -> tuple[Ints, list[Shown]]:
    """The number of each item among the different ones, and these."""
    numbers: dict[Shown, int] = {}
    places = [numbers.setdefault(item, len(numbers)) for item in items]
    return np.array(places, dtype=np.int64), list(numbers)


@dataclass(frozen=True, slots=True)
class Standings:
    """The needs of one posting (N) against R résumés: those of ``held`` with the numbers ``people`` (R).

    ``codes`` (N, R) are numbers in ``Codes``. ``shortfall`` (N, R) is 0 where a need is not open; ``short`` and ``levels`` (N, R) are
    as in ``Codes``; ``closed`` (N, R) what an alternative closes; ``readiness`` (R) is NaN where nothing is asked.
    """

    needs: tuple[Need, ...]
    rows: tuple[Row, ...]
    people: Ints
    codes: NDArray[np.int16]
    shortfall: NDArray[np.float64]
    short: NDArray[np.int8]
    levels: NDArray[np.int8]
    closed: NDArray[np.bool_]
    readiness: NDArray[np.float64]
    held: Held

    def status(self) -> NDArray[np.uint8]:
        """(N, R) numbers of ``list(Status)``."""
        statuses, _, _, _ = self.held.codes.arrays
        return np.take(statuses, self.codes)

    def gaps(self, column: int) -> tuple[Gap, ...]:
        """The gaps of one pair, without their sentences."""
        closed, resume = self.closed[:, column].tolist(), int(self.people[column])
        return tuple(self.held.gap(need, row, resume, by_group) for need, row, by_group in zip(self.needs, self.rows, closed, strict=True))


def find_standings(needs: tuple[Need, ...], held: Held, people: Ints) -> Standings:
    """All needs of a posting against the résumés with these numbers."""
    rows = tuple(held.row(need) for need in needs)
    codes = np.array([row.code[people] for row in rows], dtype=np.int16).reshape(len(needs), len(people))
    statuses, shortfalls, shorts, levels = held.codes.arrays
    shortfall = shortfalls[codes]
    is_closed = ((statuses == _STATUSES.index(Status.MET)) | (statuses == _STATUSES.index(Status.CLAIMED)))[codes]
    closed = np.zeros(codes.shape, dtype=np.bool_)
    groups: dict[str, list[int]] = {}
    for n, need in enumerate(needs):
        for group in groups_of(need):
            groups.setdefault(group, []).append(n)
    for group, members in groups.items():
        closed[[n for n in members if needs[n].group == group]] = is_closed[members].any(axis=0)
    closed &= ~is_closed
    left = np.where(closed, 0.0, shortfall)
    return Standings(needs, rows, people, codes, left, shorts[codes], levels[codes], closed, _readiness(needs, left), held)


def _readiness(needs: tuple[Need, ...], shortfall: NDArray[np.float64]) -> NDArray[np.float64]:
    """As ``coverage.readiness_of``: groups once, with their best member."""
    units: dict[str, list[int]] = {}
    for n, need in enumerate(needs):
        units.setdefault(f"\0{n}" if need.group is None else need.group, []).append(n)
    total, reached = 0.0, np.zeros(shortfall.shape[1])
    for members in units.values():
        importance = max(needs[n].importance for n in members)
        total += importance
        reached += importance * (1 - shortfall[members].min(axis=0))
    if not total:
        return np.full(shortfall.shape[1], np.nan)
    return np.array([round(value, 4) for value in (reached / total).tolist()])
