"""Whether a skill is asked for as time spent in its field: "manufacturing background", "experience in the retail sector"."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache

from mcgap.records import Mention, SkillType
from mcgap.taxonomy import Taxonomy
from mcgap.text import find_all

_REACH = 110
_FIELDS = frozenset({SkillType.DOMAIN, SkillType.TECHNICAL})
# What a skill is also called where it names a field that people work in.
_OF_A_FIELD = (" industry", " sector")
_WORDS_OF_FIELD = re.compile(r"\b(?:industry|industries|sectors?)\b", re.IGNORECASE)
_FIELD_AFTER = re.compile(
    r"\s*(?:[\w/&-]+\s+)?(?:industry|industries|sectors?)\b(?!\s+(?:standards?|knowledge|regulations?|trends?|codes?|tools?|certif))", re.I
)
# Words that the patterns below cannot do without: most mentions have none near.
_SIGNS = ("experience", "background", "track record", "work", "career", "history", "employment")
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


def signs_of_time(text: str) -> list[int]:
    """Where words stand that may speak of time spent in a field, in order."""
    return sorted(find_all(text, _SIGNS))


def asks_for_time(text: str, mention: Mention, start: int, taxonomy: Taxonomy, times: Sequence[int]) -> bool:
    """Whether a mention, in the clause that begins at ``start``, asks to have worked in a field, and not for what can be learnt of it.

    ``times`` are the ``signs_of_time`` of the text.
    """
    if mention.skill is None or bisect_left(times, mention.start - _REACH) == bisect_right(times, mention.end + _REACH):
        return False
    row = taxonomy.get(mention.skill)
    if row is None or row.type not in _FIELDS:
        return False
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
