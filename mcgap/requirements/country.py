"""The countries where a posting's job is, by the posting's own words: places, currencies, and the bodies, laws and licences of a country."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from mcgap.files import shipped_rows
from mcgap.records import Country, Section, SectionKind, Span
from mcgap.text import PhraseTable, Words, WordTest, lies_in

# What a cue is worth. A place is worth little by itself, for employers name many; one more where it is named again. A place that the text
# says the job is at is enough, and counts before all else.
_POINTS = {"sure": 2, "weak": 1}
_PLACE, _SITE, _AGAIN, _ENOUGH = 1, 2, 1, 2
# More countries than these are those of an employer that is everywhere: nothing tells where the job is.
_MOST = 2
_SHORT_LINE, _HEAD_LINES, _BEFORE = 100, 4, 70
# Letters in capitals are a code or an abbreviation: "us", "in" and "or" are words.
_CASED = 6
_LOCATION_LINE = re.compile(
    r"\W*(?:job |work |office |primary )?(?:locations?|based in|place of work|workplace|where|job site|address|city|country|region)\b", re.IGNORECASE
)
_AT = re.compile(
    r"\b(?:based|located|situated|on-?site|hybrid|remote|relocat\w+|position|role|job|vacancy|working|work|live|living|resid\w+|commut\w+|office|hospital"
    r"|school|clinic|plant|warehouse|store|branch|campus|home|practice|restaurant|hotel|farm|depot)\b[^.\n;!?]{0,40}?"
    r"(?:\b(?:in|at|near|around|from|within)\b|[:(\u2013|-])\s*(?:(?:the|our|central|downtown|greater|north|south|east|west)\s+){0,2}$",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*(?:,|/|\||\u2013|-|\(|\bor\b|\band\b|&)?\s*(?:the\s+)?")
_OF_A_NAME = re.compile(r"\s+(?:University|College|Business School|Press|Times|Post|Stock|School of|Consulting|Airlines|Bank|State University|style|GAAP)\b")
# A city is a surname or a firm's name too ("Austin Fraser"): two capitalised words of a sentence are no place, unless the second is one.
_NAME = re.compile(r" [A-Z]\w+")
_COMMA = re.compile(r",\s*")
_LINE = re.compile(r"[^\n]*\S[^\n]*(?:\n|$)")
_DIGIT, _DIGIT_LETTER = re.compile(r"\d"), re.compile(r"\d[a-z]")
# Looked up by its comma: a pattern that begins with what stands before is tried at each letter.
_CODE = re.compile(r",(?<=[a-z.],)\s{0,2}([A-Z]{2,3})(?=\s+\d{5}\b|\s*(?:$|[\n.;)|/\u2013-]|,\s*(?:USA?|United States|Canada|Australia)\b))", re.MULTILINE)
# The second half of a British or Canadian postcode, and what its first half may be: a text has few digits before capitals.
_INWARD = re.compile(r"\d(?:[ABD-HJLNP-UW-Z]{2}|[A-Z]\d)\b")
_MAY_BE_POSTCODE = WordTest(lambda word: _DIGIT_LETTER.search(word) is not None)
_OUTWARD = (
    ("GB", re.compile(r"(?:^|\W)(?P<out>[A-Z]{1,2}\d[A-Z\d]?)\s$"), str.isalpha),
    ("CA", re.compile(r"(?:^|\W)(?P<out>[ABCEGHJ-NPRSTVXY]\d[A-Z])\s$"), str.isdigit),
)
_SIGN = re.compile("\u00a3|\u20b9|\\b(?:CA?|AU?|NZ|HK|US|S)\\$|\\bU\\.S\\.(?:A\\.)?|\\bU\\.K\\.|\\b40[13]\\([kKbB]\\)")
_SIGNS = ("\u00a3", "\u20b9", "$", "U.S.", "U.K.", "401(", "403(")  # what these cannot do without
_DOTTED = {"U.S.": "US", "U.S.A.": "US", "U.K.": "GB"}


@dataclass(frozen=True, slots=True)
class _Cue:
    country: str
    points: int
    start: int
    end: int
    is_place: bool
    is_site: bool = False


def find_countries(words: Words, sections: Sequence[Section]) -> tuple[Country, ...]:
    """Where the job is, with the words that say so; empty where nothing tells, or where more countries are named than one job has.

    Places that the job is said to be at decide, where there are any; else all cues together. Each cue counts once, however often it stands.
    """
    cues = _cues(words, sections)
    return _decided([cue for cue in cues if cue.is_site], words) or _decided(cues, words)


def _decided(cues: Sequence[_Cue], words: Words) -> tuple[Country, ...]:
    points: dict[str, dict[str, int]] = {}
    for cue in cues:
        said, text = points.setdefault(cue.country, {}), words.text[cue.start : cue.end].casefold()
        said[text] = cue.points + _AGAIN if text in said and cue.is_place else max(cue.points, said.get(text, 0))
    sums = {country: sum(said.values()) for country, said in points.items()}
    most = max(sums.values(), default=0)
    found = sorted((country for country, total in sums.items() if total >= _ENOUGH and 2 * total >= most), key=lambda c: (-sums[c], c))
    if len(found) > _MOST:
        return ()
    return tuple(Country(country, _spans([cue for cue in cues if cue.country == country], words)) for country in found)


def _spans(cues: Sequence[_Cue], words: Words) -> tuple[Span, ...]:
    """The first place of each cue's words, in order."""
    first: dict[str, Span] = {}
    for cue in sorted(cues, key=lambda cue: (cue.start, cue.end)):
        text = words.text[cue.start : cue.end]
        first.setdefault(text.casefold(), Span(cue.start, cue.end, text))
    return tuple(first.values())


@cache
def load_country_cues() -> tuple[PhraseTable, tuple[dict[str, str], ...], dict[str, tuple[str, int]]]:
    """The phrases with their rows, and the codes and signs, as (country, points)."""
    rows = shipped_rows("data/country_cues.csv", ("country", "cue", "kind", "weight"))
    marks = {row["cue"]: (row["country"], _POINTS[row["weight"]]) for row in rows if row["kind"] == "code" or _SIGN.fullmatch(row["cue"])}
    return PhraseTable.of((row["cue"], n) for n, row in enumerate(rows) if row["cue"] not in marks), rows, marks


def _cues(words: Words, sections: Sequence[Section]) -> list[_Cue]:
    places: list[_Cue] = []
    others: list[_Cue] = []
    for cue in sorted((*_phrases(words), *_marks(words)), key=lambda cue: (cue.start, -cue.end)):
        (places if cue.is_place else others).append(cue)
    return [*_sited(places, words.text, sections), *others]


def _phrases(words: Words) -> list[_Cue]:
    table, rows, _ = load_country_cues()
    found, taken = [], 0
    for i, ends in table.find(words):
        if i < taken:
            continue
        for j, numbers in reversed(ends):
            start, end = words.starts[i], words.ends[j - 1]
            text = words.text[start:end]
            row = next((rows[n] for n in numbers if _is_written(text, rows[n]) and (rows[n]["kind"] != "sign" or _is_amount(words.text, start, end))), None)
            if row is not None:
                taken = j
                found.append(_Cue(row["country"], _POINTS[row["weight"]], start, end, row["kind"] == "place"))
                break
    return found


def _is_written(text: str, row: dict[str, str]) -> bool:
    cue = row["cue"]
    if cue.isupper() and len(cue) <= _CASED:
        return text == cue
    return row["kind"] != "place" or text[:1].isupper()


def _is_amount(text: str, start: int, end: int) -> bool:
    """Whether a number stands beside the code of a currency: CAD is a way of drawing, too."""
    return _DIGIT.search(text[max(0, start - 2) : start] + text[end : end + 2]) is not None


def _marks(words: Words) -> list[_Cue]:
    """State codes, postcodes and signs of money."""
    text, marks = words.text, load_country_cues()[2]
    found = []
    for match in _CODE.finditer(text):
        if match.group(1) in marks:
            country, points = marks[match.group(1)]
            found.append(_Cue(country, points, match.start(1), match.end(1), True))
    for i in words.those(_MAY_BE_POSTCODE):
        for match in _INWARD.finditer(text, words.starts[i], words.ends[i]):
            for country, pattern, ends in _OUTWARD:
                first = pattern.search(text[max(0, match.start() - 6) : match.start()])
                if first is not None and ends(text[match.end() - 1]):
                    start = match.start() - len(first["out"]) - 1
                    found.append(_Cue(country, _POINTS["sure"], start, match.end(), True))
    for match in _signs(text) if any(sign in text for sign in _SIGNS) else ():
        sign = match.group().lower() if match.group()[0].isdigit() else match.group()
        if sign in _DOTTED:
            found.append(_Cue(_DOTTED[sign], _POINTS["sure"], match.start(), match.end(), True))
        elif sign in marks:
            country, points = marks[sign]
            found.append(_Cue(country, points, match.start(), match.end(), False))
    return found


def _signs(text: str) -> Iterator[re.Match[str]]:
    """As ``_SIGN.finditer``, tried only where one of ``_SIGNS`` stands, or its letters before it."""
    places: set[int] = set()
    for sign in _SIGNS:
        at = text.find(sign)
        while at >= 0:
            places.update((at, at - 1, at - 2) if sign == "$" else (at,))
            at = text.find(sign, at + 1)
    taken = 0
    for at in sorted(places):
        if at >= taken and (match := _SIGN.match(text, at)):
            taken = match.end()
            yield match


def _sited(places: Sequence[_Cue], text: str, sections: Sequence[Section]) -> list[_Cue]:
    """The places with whether the job is said to be at them. "London" of "London, Ontario" is in Canada, and "Boston University" is no place."""
    if not places:
        return []
    lines = _head_lines(text)
    asides = [(s.start, s.end) for s in sections if s.kind is SectionKind.COMPANY]
    found: list[_Cue] = []
    before: _Cue | None = None
    for n, cue in enumerate(places):
        after = places[n + 1] if n + 1 < len(places) else None
        named = cue.points < _POINTS["sure"] and _NAME.match(text, cue.end) and (after is None or after.start > cue.end + 1)
        if named or _OF_A_NAME.match(text, cue.end):
            continue
        if after is not None and after.country != cue.country and after.points == _POINTS["sure"] and _COMMA.fullmatch(text, cue.end, after.start):
            continue
        joined = before is not None and before.is_site and _BETWEEN.fullmatch(text, before.end, cue.start) is not None
        aside = lies_in(cue.start, asides)
        is_site = joined or (not aside and _is_site(cue, text, lines))
        before = _Cue(cue.country, _SITE if is_site else _PLACE, cue.start, cue.end, True, is_site)
        found.append(before)
    return found


def _is_site(cue: _Cue, text: str, head: int) -> bool:
    start = text.rfind("\n", 0, cue.start) + 1
    end = text.find("\n", cue.end)
    line = text[start : end if end >= 0 else len(text)]
    if len(line) <= _SHORT_LINE and (cue.start < head or _LOCATION_LINE.match(line)):
        return True
    return _AT.search(text[max(start, cue.start - _BEFORE) : cue.start]) is not None


def _head_lines(text: str) -> int:
    """Where the first few lines that hold something end: title, employer and place stand there."""
    at = 0
    for _ in range(_HEAD_LINES):
        match = _LINE.search(text, at)
        if match is None:
            break
        at = match.end()
    return at
