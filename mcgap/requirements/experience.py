"""Whether a skill is asked for as time spent in its field: "manufacturing background", "experience in the retail sector"."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

from mcgap.records import Mention, SkillType
from mcgap.taxonomy import Skill
from mcgap.text import Words, holding

_REACH = 110
FIELDS = frozenset({SkillType.DOMAIN, SkillType.TECHNICAL})
# What a skill is also called where it names a field that people work in.
_OF_A_FIELD = (" industry", " sector")
_WORDS_OF_FIELD = re.compile(r"\b(?:industry|industries|sectors?)\b", re.IGNORECASE)
_FIELD_AFTER = re.compile(
    r"\s*(?:[\w/&-]+\s+)?(?:industry|industries|sectors?)\b(?!\s+(?:standards?|knowledge|regulations?|trends?|codes?|tools?|certif))", re.I
)
# Words that the patterns below cannot do without: most mentions have none near.
_SIGNS = holding(("experience", "background", "track", "work", "career", "history", "employment"))
_FIELD_SIGNS = holding(("industr", "sector"))
_TIME_AFTER = re.compile(r"\s*(?:[\w/&-]+\s+){0,2}?(?:experience|background|track record)\b(?!\s+(?:check|screening|investigation|design))", re.IGNORECASE)
_TIME_WITHIN = re.compile(r"\b(?:experience|background)\b", re.IGNORECASE)
_TIME_BEFORE = re.compile(
    r"\b(?:experienced?|background|track record|work(?:ed|ing)?|career|history|employment)\b[^.;:\n]{0,50}?\b(?:in|within|from|across|of)\s+"
    r"(?:(?:an?|the|any|either)\s+)?(?:(?:[\w&-]+\s+){0,2}[\w&-]+\s*(?:,|/|,?\s*\b(?:or|and)\b)\s*){0,4}(?:[\w&-]+\s+){0,1}$",
    re.IGNORECASE,
)
_KNOWING = re.compile(
    r"\b(?:knowledge|understanding|familiar\w*|interest\w*|passion\w*|aware\w*|learn\w*|certif\w*|degree|diploma|qualif\w*|train\w*)\b", re.IGNORECASE
)
_PART = re.compile(r"[.;\n\u2022]\s*(?=[^.;\n\u2022]*$)")


class TimeSigns:
    """Where words stand in a text that may speak of time spent in a field, and of fields that people work in; in order."""

    def __init__(self, words: Words) -> None:
        self.text = words.text
        starts, ends = words.starts, words.ends
        signs = words.those(_SIGNS)
        self.starts, self.ends = [starts[i] for i in signs], [ends[i] for i in signs]
        self.fields = [ends[i] for i in words.those(_FIELD_SIGNS)]

    def near(self, start: int, end: int) -> bool:
        """Whether time may be spoken of near characters start to end."""
        first = bisect_right(self.ends, start - _REACH)
        return first < len(self.starts) and self.starts[first] <= end + _REACH

    def names_field(self, start: int, end: int) -> bool:
        """Whether a field may be named in characters start to end, or soon after."""
        first = bisect_right(self.fields, start)
        return first < len(self.fields) and self.fields[first] <= end + 2 * _REACH


def asks_for_time(mention: Mention, row: Skill | None, start: int, times: TimeSigns) -> bool:
    """Whether a mention of the skill ``row``, in the clause that begins at ``start``, asks to have worked in a field, and not for what can be learnt of it.

    ``times`` are those of the text.
    """
    if row is None or row.type not in FIELDS or not times.near(mention.start, mention.end):
        return False
    if not times.names_field(mention.start, mention.end) and not _is_industry(row.name, row.aliases):
        return False
    text = times.text
    after = text[mention.end : mention.end + _REACH].split("\n", 1)[0]
    named = _FIELD_AFTER.match(after) or _WORDS_OF_FIELD.search(mention.text)
    if not named and not _is_industry(row.name, row.aliases):
        return False
    if _TIME_WITHIN.search(mention.text) or _TIME_AFTER.match(after):
        return True
    before = _PART.split(text[max(start, mention.start - _REACH) : mention.start])[-1]
    found = _TIME_BEFORE.search(before)
    return found is not None and not _KNOWING.search(before, found.start())


@lru_cache(maxsize=1 << 12)
def _is_industry(name: str, aliases: tuple[str, ...]) -> bool:
    return any(form.lower().endswith(_OF_A_FIELD) for form in (name, *aliases))
