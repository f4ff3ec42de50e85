"""Total experience that a posting asks for, tied to no one skill."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from mcgap.lengths import Length
from mcgap.records import Ask, Requirement, Span, Strength, YearsAsked

_EXPERIENCE = re.compile(
    r"experience|experienced|background|track record|working|work\b|practice|in the field|in a\b|in an\b|post[- ]qualif|post[- ]regist|pqe", re.IGNORECASE
)


def find_years(text: str, requirements: tuple[Requirement, ...], asks: tuple[Ask, ...], lengths: tuple[Length, ...]) -> tuple[YearsAsked, ...]:
    """Total experience that is asked for: lengths that no skill of the same clause took."""
    found = []
    clauses, places = [r.start for r in requirements], [a.mention.start for a in asks]
    for length in lengths:
        number = bisect_right(clauses, length.start) - 1
        clause = requirements[number] if number >= 0 else None
        if clause is None or length.start >= clause.end or clause.strength in (Strength.MENTIONED, Strength.DUTY):
            continue
        inside = asks[bisect_left(places, clause.start) : bisect_right(places, clause.end)]
        if any(a.years == length.years for a in inside):
            continue
        if _EXPERIENCE.search(text[length.start - 20 if length.start > 20 else 0 : min(clause.end + 40, length.end + 80)]):
            found.append(YearsAsked(length.years, clause.strength, Span(length.start, length.end, text[length.start : length.end])))
    return tuple(found)
