"""The order of the steps for many pairs: the numbers of ``Analyzer.compare`` for one posting against many résumés at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from mcgap.gap import find_gates, give_verdict
from mcgap.gap.block import Held, Standings, find_standings
from mcgap.gap.shown import Work
from mcgap.pipeline import Analyzer, brief_of, held_credentials, years_shown
from mcgap.plan import outline_stack
from mcgap.profile import needs_of
from mcgap.ranking.block import MICRO, MOST_POINTS, Crowd, Rater, Scores, rate
from mcgap.records import Brief, Extraction

# Résumés of one block: its arrays stay in the processor's cache, and memory stays flat.
BLOCK = 512


@dataclass(frozen=True, slots=True)
class People:
    """Résumés, ready to be compared with many postings. ``years`` are those that their dated roles cover."""

    resumes: tuple[Extraction, ...]
    held: Held
    crowd: Crowd
    years: tuple[float | None, ...]

    def __len__(self) -> int:
        return len(self.resumes)


@dataclass(frozen=True, slots=True)
class Pairs:
    """One posting against R people, those with the numbers ``standings.people`` (R)."""

    analyzer: Analyzer
    posting: Extraction
    people: People
    standings: Standings
    scores: Scores

    @property
    def readiness(self) -> NDArray[np.float64]:
        """(R) 0–1; NaN where nothing is asked."""
        return self.standings.readiness

    def best(self, top: int) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """(R, top) numbers of credentials in ``catalog.ids`` and their scores, best first; -1 and NaN where there are fewer."""
        numbers, scores = self.scores.best(top)
        return numbers, np.where(numbers >= 0, scores / MICRO, np.nan)

    def brief(self, column: int) -> Brief:
        """One pair in short: what ``Analyzer.compare`` says of it, without the sentences."""
        analyzer, settings, person = self.analyzer, self.analyzer.settings, int(self.standings.people[column])
        gaps = self.standings.gaps(column)
        gates = find_gates(self.posting, self.people.resumes[person], gaps, self.people.years[person], analyzer.taxonomy)
        ranked = self.scores.ranked(column)
        plan = outline_stack(gaps, ranked, analyzer.catalog, settings=settings, held=self.people.crowd.held[person])
        verdict = give_verdict(gaps, gates, plan.steps, plan.coverage, analyzer.taxonomy, has_resume=True)
        value = float(self.readiness[column])
        readiness = None if np.isnan(value) else value
        return Brief(readiness, verdict, gaps, gates, tuple(item.credential for item in ranked[: settings.top]), plan)


class Matcher:
    """Compares many postings with many résumés. Made once for an analyzer; what it works out for one pair serves the next."""

    def __init__(self, analyzer: Analyzer) -> None:
        self.analyzer = analyzer
        self.rater = Rater(analyzer.catalog, analyzer.taxonomy, analyzer.weights, analyzer.settings)

    def people(self, resumes: Iterable[Extraction]) -> People:
        """Résumés side by side."""
        analyzer, settings = self.analyzer, self.analyzer.settings
        read = tuple(resumes)
        haves = [analyzer.haves(resume) for resume in read]
        works = [Work.of(resume) for resume in read]
        held = Held(haves, works, analyzer.taxonomy, today=(settings.day.year, settings.day.month), stale_after=settings.stale_after)
        crowd = Crowd.of(held_credentials(some, analyzer.catalog) for some in haves)
        return People(read, held, crowd, tuple(years_shown(resume) for resume in read))

    def compare(self, posting: Extraction, people: People, only: Sequence[int] | None = None) -> Iterator[Pairs]:
        """One posting against all of them, or those with the numbers ``only``: block after block, in this order."""
        numbers = np.arange(len(people)) if only is None else np.array(only, dtype=np.int64)
        needs = needs_of(posting.asks, self.analyzer.taxonomy, posting.countries)
        table = self.rater.table(posting, needs)
        for start in range(0, len(numbers), BLOCK):
            some = numbers[start : start + BLOCK]
            standings = find_standings(needs, people.held, some)
            crowd = people.crowd if len(some) == len(people) and only is None else people.crowd.some(some)
            yield Pairs(self.analyzer, posting, people, standings, rate(table, standings.shortfall, standings.short, standings.levels, crowd))

    def briefs(self, posting: Extraction, people: People, only: Sequence[int] | None = None) -> Iterator[Callable[[], Brief]]:
        """Each pair in short, made when it is asked for, in the order of the people."""
        if sum(self.analyzer.weights.points.values()) > MOST_POINTS:
            for number in range(len(people)) if only is None else only:
                yield partial(_single, self.analyzer, posting, people.resumes[number])
            return
        for pairs in self.compare(posting, people, only):
            for column in range(len(pairs.standings.people)):
                yield partial(pairs.brief, column)


def _single(analyzer: Analyzer, posting: Extraction, resume: Extraction) -> Brief:
    return brief_of(analyzer.compare(posting, resume))
