"""Lengths of experience: "2-3 years'", "five (5) years", "6 months", "a minimum of 12 months"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mcgap.records import Ask, Requirement, Span, Strength, YearsAsked

_NUMBERS = {
    word: n
    for n, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty".split()
    )
}
_N = r"(?:\d{1,2}(?:\.\d)?|" + "|".join(sorted(_NUMBERS, key=len, reverse=True)) + r")"
LENGTH = re.compile(
    rf"(?<![\w.$\u00a3/])(?P<least>{_N})\s*(?:\(\s*\d{{1,2}}\s*\)\s*)?(?:\+|plus|or more)?\s*(?:(?:-|\u2013|\u2014|to|or|/)\s*(?P<most>{_N})\s*\+?\s*(?:\(\s*\d{{1,2}}\s*\)\s*)?)?"
    r"(?:\+|plus|or more|full|calendar|consecutive)?[\s-]*(?P<unit>years?|yrs?|months?|mths?)\b(?:['\u2019]s?)?\+?",
    re.IGNORECASE,
)
# What follows or precedes a length that is no experience: an age, a contract, a course, a time limit.
_NOT_EXPERIENCE = re.compile(
    r"^\s*(?:old|of age|contract|fixed|degree|diploma|course|programme|program|warranty|maternity|rolling|ago|college|probation|leave|history|visa|bond|term|period|after|from (?:now|hire|start)|of (?:appointment|hire|age))",
    re.IGNORECASE,
)
_BEFORE_NOT = re.compile(r"(?:within|every|aged?|over the (?:last|past|next)|for the past|last|past|next|first|up to|after|each|per|between)\s+(?:the\s+)?$", re.IGNORECASE)
_EXPERIENCE = re.compile(r"experience|experienced|background|track record|working|work\b|practice|in the field|in a\b|in an\b|post[- ]qualif|post[- ]regist|pqe", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Length:
    """A stated length of experience, in years (the least where a range is given)."""

    years: float
    start: int
    end: int


def find_lengths(text: str) -> tuple[Length, ...]:
    """Every length that can be one of experience, in order."""
    if "ear" not in text and "onth" not in text and "EAR" not in text and "yr" not in text.lower() and "ONTH" not in text:
        return ()
    found = []
    for match in LENGTH.finditer(text):
        if _NOT_EXPERIENCE.match(text, match.end()) or _NOT_EXPERIENCE.match(text[match.end() : match.end() + 24]):
            continue
        if _BEFORE_NOT.search(text[max(0, match.start() - 24) : match.start()]):
            continue
        value = number(match["least"])
        years = value / 12 if match["unit"].lower().startswith("m") else value
        if years <= 40:
            found.append(Length(round(years, 2), match.start(), match.end()))
    return tuple(found)


def number(word: str) -> float:
    """A number in digits or in English words.

    >>> number("7"), number("three")
    (7.0, 3.0)
    """
    return float(_NUMBERS[word.lower()]) if word.lower() in _NUMBERS else float(word)


def find_years(text: str, requirements: tuple[Requirement, ...], asks: tuple[Ask, ...], lengths: tuple[Length, ...]) -> tuple[YearsAsked, ...]:
    """Total experience that is asked for: lengths that no skill of the same clause took."""
    found = []
    for length in lengths:
        clause = next((r for r in requirements if r.start <= length.start < r.end), None)
        if clause is None or clause.strength in (Strength.MENTIONED, Strength.DUTY):
            continue
        if any(a.years == length.years and clause.start <= a.mention.start <= clause.end for a in asks):
            continue
        if _EXPERIENCE.search(text[length.start - 20 if length.start > 20 else 0 : min(clause.end + 40, length.end + 80)]):
            found.append(YearsAsked(length.years, clause.strength, Span(length.start, length.end, text[length.start : length.end])))
    return tuple(found)
