"""The order of the steps for many pairs: the numbers of ``Analyzer.compare`` for one posting against many résumés at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from mcgap.gap import find_gates, give_verdict
from mcgap.gap.block import Held, Standings, find_standings
from mcgap.gap.shown import Work
from mcgap.pipeline import Analyzer, brief_of, held_credentials, years_shown
from mcgap.plan import outline_stack
from mcgap.profile import needs_of
from mcgap.ranking.block import MOST_POINTS, Crowd, Rater, Scores, rate
from mcgap.records import Brief, Extraction


@dataclass(frozen=True, slots=True)
class People:
    """R résumés, ready to be compared with many postings. ``years`` are those that their dated roles cover."""

    resumes: tuple[Extraction, ...]
    held: Held
    crowd: Crowd
    years: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Pairs:
    """One posting against R people."""

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
        return numbers, np.where(numbers >= 0, scores / 1e6, np.nan)

    def brief(self, resume: int) -> Brief:
        """One pair in short: what ``Analyzer.compare`` says of it, without the sentences."""
        analyzer, people, settings = self.analyzer, self.people, self.analyzer.settings
        gaps = self.standings.gaps(resume)
        gates = find_gates(self.posting, people.resumes[resume], gaps, people.years[resume], analyzer.taxonomy)
        ranked = self.scores.ranked(resume)
        plan = outline_stack(gaps, ranked, analyzer.catalog, settings=settings, held=people.crowd.held[resume])
        verdict = give_verdict(gaps, gates, plan.steps, plan.coverage, analyzer.taxonomy, has_resume=True)
        value = float(self.readiness[resume])
        readiness = None if np.isnan(value) else value
        return Brief(readiness, verdict, gaps, gates, tuple(item.credential for item in ranked[: settings.top]), plan)


class Matcher:
    """Compares many postings with many résumés. Made once for an analyzer; what it works out for one pair serves the next."""

    def __init__(self, analyzer: Analyzer) -> None:
        self.analyzer = analyzer

    @cached_property
    def _rater(self) -> Rater:
        analyzer = self.analyzer
        return Rater(analyzer.catalog, analyzer.taxonomy, analyzer.weights, analyzer.settings)

    def people(self, resumes: Iterable[Extraction]) -> People:
        """Résumés side by side."""
        analyzer, settings = self.analyzer, self.analyzer.settings
        read = tuple(resumes)
        haves = [analyzer.haves(resume) for resume in read]
        works = [Work(resume.document, resume.sections) for resume in read]
        held = Held(haves, works, analyzer.taxonomy, today=(settings.day.year, settings.day.month), stale_after=settings.stale_after)
        crowd = Crowd.of(haves, (held_credentials(some, analyzer.catalog) for some in haves))
        return People(read, held, crowd, tuple(years_shown(resume) for resume in read))

    def compare(self, posting: Extraction, people: People) -> Pairs:
        """One posting against all of them."""
        needs = needs_of(posting.asks, self.analyzer.taxonomy)
        standings = find_standings(needs, people.held)
        scores = rate(self._rater.table(posting, needs), standings.shortfall, standings.lacks, people.crowd)
        return Pairs(self.analyzer, posting, people, standings, scores)

    def briefs(self, posting: Extraction, people: People) -> Iterator[Brief]:
        """Every pair in short, in the order of the people."""
        if sum(self.analyzer.weights.points.values()) > MOST_POINTS:
            yield from (brief_of(self.analyzer.compare(posting, resume)) for resume in people.resumes)
            return
        pairs = self.compare(posting, people)
        yield from (pairs.brief(n) for n in range(len(people.resumes)))


def compare_all(analyzer: Analyzer, postings: Sequence[Extraction], resumes: Sequence[Extraction]) -> Iterator[Pairs]:
    """Every posting against all résumés, one posting at a time."""
    matcher = Matcher(analyzer)
    people = matcher.people(resumes)
    return (matcher.compare(posting, people) for posting in postings)
