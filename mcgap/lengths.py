"""Lengths of experience: "2-3 years'", "five (5) years", "6 months", "a minimum of 12 months"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter

from mcgap.text import Words, WordTest, holding, repaired

_WORDS = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
    nineteen twenty""".split()
_NUMBERS = {word: n for n, word in enumerate(_WORDS)}
_HAS_UNIT = holding(("year", "yr", "month", "mth"))
_BEGINS_NUMBER = WordTest(lambda word: word[:1].isdigit() or word.startswith(tuple(_NUMBERS)))
_LONGER_WHEN_SMALL = "\u0130"
_N = r"(?:\d{1,3}(?:\.\d)?|" + "|".join(sorted(_NUMBERS, key=len, reverse=True)) + r")"
LENGTH = re.compile(
    rf"(?<![\w.$\u00a3/])(?P<least>{_N})\s*(?:\(\s*\d{{1,2}}\s*\)\s*)?(?:\+|plus|or more)?\s*"
    rf"(?:(?:-|\u2013|\u2014|to|or|/)\s*(?P<most>{_N})\s*\+?\s*(?:\(\s*\d{{1,2}}\s*\)\s*)?)?"
    r"(?:\+|plus|or more|full|calendar|consecutive)?[\s-]*(?P<unit>years?|yrs?|months?|mths?)(?:\b|(?=(?-i:[A-Z])))(?:['\u2019]s?)?\+?",
    re.IGNORECASE,
)
# What follows or precedes a length that is no experience: an age, a contract, a course, a time limit.
_NOT_EXPERIENCE = re.compile(
    r"\s*(?:old|of age|contract|fixed|degree|diploma|course|programme|program|warranty"
    r"|of (?:[\w-]+ ){0,2}(?:data|backlog|records|archives?|transactions|invoices|statements|effort)"
    r"|(?:[\w-]+ ){0,2}(?:forecasts?|leases?|deals?|agreements?|subscriptions?|sales cycles?)"
    r"|maternity|rolling|ago|college|probation|leave|history|visa|bond|term|period|after(?![ -]sales)|from (?:now|hire|start)|of (?:appointment|hire|age))\b"
    # "5 years program management", "3 years contract negotiation experience"
    r"(?! (?:and |& )?(?:portfolio |project |planning )?(?:management|managing|manager|negotiation|administration|income|assets?|development|delivery)\b)"
    r"(?! (?:[\w/&-]+ ){1,2}experience\b)",
    re.IGNORECASE,
)
_BARE = re.compile(
    rf"[^.;\n\d]{{2,50}}?(?:,|\band)\s+(?:(?:with|including|of which)\s+)?(?:at least\s+|(?:a\s+)?min(?:imum)?\.?\s+(?:of\s+)?)?(?P<n>{_N})\+?\s+"
    r"(?:of (?:them|these|those|which|that)\s+)?(?=(?:of|in|with)\s)",
    re.IGNORECASE,
)
# "5-year leases", "a 3-year model": a length that says what a thing is; "3-year sales experience" is one all the same.
_OF_A_THING = re.compile(r"\w-(?:year|month)(?=-old\b| (?!(?:[\w/&-]+ ){0,3}(?:experience|background|track|exp)\b)[a-z])", re.IGNORECASE)
_BEFORE_NOT = re.compile(
    r"(?:less than|under|within|every|aged?|over the (?:last|past|next)|for the past|last|past|next|first|up to|after|each|per|between)\s+(?:the\s+)?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Length:
    """A stated length of experience, in years (the least where a range is given)."""

    years: float
    start: int
    end: int


def find_lengths(words: Words) -> tuple[Length, ...]:
    """Every length that can be one of experience, in order."""
    if not words.those(_HAS_UNIT) and _LONGER_WHEN_SMALL not in words.text:
        return ()
    text = repaired(words.text)
    found = []
    for match in _matches(words, text):
        if _NOT_EXPERIENCE.match(text, match.end()) or _OF_A_THING.match(text, match.start("unit") - 2):
            continue
        if _BEFORE_NOT.search(text[max(0, match.start() - 24) : match.start()]):
            continue
        value = number(match["least"])
        if match["most"] and number(match["most"]) < value:
            value = number(match["most"])  # "Analyst 10 - One year" is no range
        years = value / 12 if match["unit"].lower().startswith("m") else value
        if 0 < years <= 40:
            found.append(Length(round(years, 2), match.start(), match.end()))
            found += _bare_after(text, match.end(), match["unit"])
    # A number that shares a unit can stand behind the next length, and be reached from both.
    return tuple(sorted(dict.fromkeys(found), key=attrgetter("start")))


def _bare_after(text: str, at: int, unit: str) -> list[Length]:
    """Numbers that share the unit of a length before them: "5+ years of Java and 2 of Python"."""
    found = []
    while (match := _BARE.match(text, at)) is not None:
        value = number(match["n"])
        found.append(Length(round(value / 12 if unit.lower().startswith("m") else value, 2), match.start("n"), match.end("n")))
        at = match.end("n")
    return found


def _matches(words: Words, text: str) -> Iterator[re.Match[str]]:
    """As ``LENGTH.finditer``, tried only where a number stands: most words are none."""
    if _LONGER_WHEN_SMALL in text:
        yield from LENGTH.finditer(text)
        return
    taken = 0
    for i in words.those(_BEGINS_NUMBER):
        at = words.starts[i]
        if at >= taken and (match := LENGTH.match(text, at)):
            taken = match.end()
            yield match


def number(word: str) -> float:
    """A number in digits or in English words.

    >>> number("7"), number("three")
    (7.0, 3.0)
    """
    return float(_NUMBERS[word.lower()]) if word.lower() in _NUMBERS else float(word)


def years_in_words(years: float) -> str:
    """A length in words: months below two years, halves above.

    >>> years_in_words(0.5), years_in_words(1), years_in_words(10.5)
    ('6 months', '1 year', '10.5 years')
    """
    if years < 2 and years % 1:
        return f"{round(years * 12)} months"
    rounded = round(years * 2) / 2
    return f"{rounded:g} year{'' if rounded == 1 else 's'}"
