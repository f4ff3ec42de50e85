"""Postings one after the other, each kept as what it asks for; no text stays in memory."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import replace

from mcgap.gap import find_gaps, find_shown, readiness_of
from mcgap.pipeline import Analyzer, badge_warnings, held_credentials
from mcgap.portfolio.records import Collection, Summary
from mcgap.profile import needs_of
from mcgap.records import Extraction, Gap, Have, SkillType
from mcgap.text import Words

# A posting as read, or the sentence that says why it could not be.
Found = tuple[str, Extraction | str]
Tick = Callable[[int, int], None]


def collect(found: Iterable[Found], analyzer: Analyzer, resume: Extraction | None = None, *, tick: Tick = lambda done, failed: None) -> Collection:
    """Each posting against one résumé (without one all that is asked is open). ``tick`` is called after each with the counts so far.

    A text that was read before is counted as a copy and left out.
    """
    person = _Person(resume, analyzer)
    postings: list[Summary] = []
    seen: set[bytes] = set()
    copies = failed = 0
    for name, extraction in found:
        if isinstance(extraction, str):
            postings.append(Summary(name, error=extraction))
            failed += 1
        elif (mark := _mark(extraction.document.text)) in seen:
            copies += 1
        else:
            seen.add(mark)
            postings.append(_summary(name, extraction, person, analyzer))
        tick(len(postings) + copies, failed)
    is_compared = resume is not None or bool(analyzer.earned)
    return Collection(tuple(postings), copies, is_compared, held_credentials(person.haves, analyzer.catalog), badge_warnings(person.haves))


class _Person:
    """A résumé, and what is earned besides it, with what every comparison needs of them."""

    def __init__(self, resume: Extraction | None, analyzer: Analyzer) -> None:
        self.resume = resume
        self.haves: tuple[Have, ...] = analyzer.haves(resume)
        self.words = Words(resume.document.text) if resume is not None else None

    def gaps(self, posting: Extraction, analyzer: Analyzer) -> tuple[Gap, ...]:
        """The gaps of one posting, as in a report."""
        taxonomy, settings = analyzer.taxonomy, analyzer.settings
        needs = needs_of(posting.asks, taxonomy, posting.countries)
        shown = {}
        if self.resume is not None and self.words is not None:
            shown = find_shown(needs, self.resume, taxonomy, self.words, self.haves)
        return find_gaps(needs, self.haves, shown, taxonomy, today=(settings.day.year, settings.day.month), stale_after=settings.stale_after)


def _summary(name: str, posting: Extraction, person: _Person, analyzer: Analyzer) -> Summary:
    gaps = person.gaps(posting, analyzer)
    kept = tuple(_without_evidence(gap, analyzer) for gap in gaps)
    return Summary(name, posting.document.title or "", kept, readiness_of(gaps), _certifications(posting, analyzer))


def _without_evidence(gap: Gap, analyzer: Analyzer) -> Gap:
    """A gap without the asks and proofs, which would fill the memory; the words of a certification stay, they say which one is meant."""
    have = replace(gap.have, proofs=()) if gap.have is not None else None
    asks = gap.need.asks if analyzer.catalog.certifying(gap.need.skill) else ()
    return replace(gap, need=replace(gap.need, asks=asks), have=have, detail="", advice="")


def _certifications(posting: Extraction, analyzer: Analyzer) -> tuple[str, ...]:
    """The certifications that a posting names, wherever it does."""
    named = {ask.mention.skill for ask in posting.asks if ask.mention.skill is not None and not ask.mention.negated}
    return tuple(sorted(skill for skill in named if (row := analyzer.taxonomy.get(skill)) is not None and row.type is SkillType.CERTIFICATION))


def _mark(text: str) -> bytes:
    """A fingerprint of a text, white space aside."""
    return hashlib.blake2b(" ".join(text.split()).encode("utf-8", "surrogatepass"), digest_size=16).digest()
