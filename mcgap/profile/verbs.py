"""Work that a résumé tells in verbs where the skill is a noun: "Led", "coordinated", "fixed bugs"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache

from mcgap.files import shipped_rows
from mcgap.profile.roles import kind_at
from mcgap.records import Mention, Section, SectionKind
from mcgap.taxonomy import Taxonomy

_WORK = frozenset({SectionKind.EXPERIENCE, SectionKind.PROJECTS, SectionKind.SUMMARY, SectionKind.INTRO, SectionKind.SKILLS})
_SCORE = 0.8


@cache
def load_verbs() -> tuple[re.Pattern[str], tuple[tuple[str, re.Pattern[str]], ...]]:
    """All patterns as one, to find the places, and (skill, pattern) in the order of the table, to tell them apart."""
    rows = shipped_rows("data/work_verbs.csv", ("skill", "pattern", "note"))
    plain = "|".join(re.sub(r"\?P<\w+>", "?:", row["pattern"]) for row in rows)
    return re.compile(rf"\b(?:{plain})\b"), tuple((row["skill"], re.compile(rf"\b(?:{row['pattern']})\b")) for row in rows)


def find_verbs(text: str, sections: tuple[Section, ...], mentions: Sequence[Mention], taxonomy: Taxonomy) -> tuple[Mention, ...]:
    """Mentions of skills by verbs of work that no known mention (in order, without overlap) overlaps, in order; ``how`` is "meaning"."""
    anywhere, rows = load_verbs()
    starts = [m.start for m in mentions]  # in order, and none overlaps another
    found = []
    for place in anywhere.finditer(text):
        if kind_at(place.start(), sections) not in _WORK:
            continue
        skill, match = next((skill, m) for skill, pattern in rows if (m := pattern.match(text, place.start())))
        start, end = match.span("span") if "span" in match.re.groupindex else match.span()
        before = bisect_left(starts, end)
        if skill in taxonomy and (before == 0 or mentions[before - 1].end <= start):
            found.append(Mention(start, end, text[start:end], skill, "meaning", _SCORE))
    return tuple(found)
