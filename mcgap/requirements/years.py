"""Total experience that a posting asks for, tied to no one skill."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from mcgap.lengths import Length
from mcgap.records import Ask, Requirement, Span, Strength, YearsAsked

_EXPERIENCE = re.compile(
    r"experience|experienced|background|track record|working|work\b|practice|in the field|in a\b|in an\b|post[- ]qualif|post[- ]regist|pqe", re.IGNORECASE
)
# "Individual contributor role with 2-8 years of experience": told among duties, and asked for all the same. What an employer has is no such range.
_RANGE = re.compile(r"\d\s*\+|-|\u2013|\bto\b|\bplus\b|\bor more\b", re.IGNORECASE)
_LEAST = re.compile(r"\b(?:minimum|min\.?|at least)(?: of)?(?: an?)?\s*$", re.IGNORECASE)
_OF_EXPERIENCE = re.compile(r"['\u2019]?\s+(?:of\s+)?(?:[\w-]+\s+){0,3}experience\b", re.IGNORECASE)
_OF_EMPLOYER = re.compile(r"\b(?:we|our|us|its|company|firm|business|agency|team|group|client)\b[^.;\n]{0,40}$", re.IGNORECASE)
_BEFORE = 60


def find_years(text: str, requirements: tuple[Requirement, ...], asks: tuple[Ask, ...], lengths: tuple[Length, ...]) -> tuple[YearsAsked, ...]:
    """Total experience that is asked for: lengths that no skill of the same clause took. Among duties only what reads as a demand by itself."""
    found = []
    clauses, places = [r.start for r in requirements], [a.mention.start for a in asks]
    for length in lengths:
        number = bisect_right(clauses, length.start) - 1
        clause = requirements[number] if number >= 0 else None
        if clause is None or length.start >= clause.end or clause.aside:
            continue
        told = clause.strength in (Strength.MENTIONED, Strength.DUTY)
        if told and not _demands(text, length, clause.start):
            continue
        inside = asks[bisect_left(places, clause.start) : bisect_right(places, clause.end)]
        if any(a.years == length.years for a in inside):
            continue
        if _EXPERIENCE.search(text[length.start - 20 if length.start > 20 else 0 : min(clause.end + 40, length.end + 80)]):
            strength = Strength.REQUIRED if told else clause.strength
            found.append(YearsAsked(length.years, strength, Span(length.start, length.end, text[length.start : length.end])))
    return tuple(found)


def _demands(text: str, length: Length, start: int) -> bool:
    """Whether a length of experience reads as asked for wherever it is told: a range or a least one, not the employer's own."""
    before = text[max(start, length.start - _BEFORE) : length.start]
    asked = _RANGE.search(text, length.start, length.end) is not None or _LEAST.search(before) is not None
    return asked and _OF_EXPERIENCE.match(text, length.end) is not None and _OF_EMPLOYER.search(before) is None
