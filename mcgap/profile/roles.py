"""Dated roles of a résumé, and the time they cover."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from datetime import date

from mcgap.records import Document, Role, Section, SectionKind, Span

Month = tuple[int, int]

_MONTHS = {name: n for n, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_MONTH = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
_SEASON = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
_YEAR = r"(?:(?:19|20)\d\d)"
_POINT = (
    rf"(?:(?:\d{{1,2}}(?:st|nd|rd|th)?\s+)?{_MONTH}\.?,?\s*(?:\d{{1,2}}(?:st|nd|rd|th)?,\s*)?(?:{_YEAR}|['\u2019]\d\d|-\d\d\b)"
    rf"|(?:\d{{1,2}}[/.-])?\d{{1,2}}[/.-]{_YEAR}|(?:0[1-9]|1[0-2])/\d\d(?![/\d])|{_YEAR}[/.-]\d{{1,2}}(?!\d)|(?:spring|summer|autumn|fall"
    rf"|winter)\s+{_YEAR}|{_YEAR})"
)
_NOW = r"(?:present|current(?:ly)?|now|today|to date|till date|till now|until now|date|ongoing|tilldate|heute|aujourd['\u2019]hui|actualidad|oggi|heden)"
RANGE = re.compile(
    rf"(?<![\w/])(?P<start>{_POINT})\s*(?:-|\u2013|\u2014|\u2212|~|to|until|till|through|thru|\u2192)+\s*(?P<end>{_NOW}|{_POINT})(?![\w/])", re.IGNORECASE
)
# "Nov 2024 -" with nothing after it: the last job still runs.
OPEN = re.compile(rf"(?<![\w/])(?P<start>{_POINT})\s*(?:-|\u2013|\u2014)\s*(?P<end>)(?=\n|$)", re.IGNORECASE)
SINCE = re.compile(rf"\b(?:since|from)\s+(?P<start>{_POINT})(?!\s*(?:-|\u2013|to|until|till))(?:\s*(?:-|\u2013|to)\s*(?P<end>{_NOW}))?", re.IGNORECASE)
_JOBS = frozenset({SectionKind.EXPERIENCE, SectionKind.PROJECTS})
_BULLETS, _MOST_HEAD = ("-", "*", "\u2022", "\u00b7", "\u25cf", "\u25aa", "\u2013"), 90
# "Period: 2019 - 2021": the line says no more than that dates follow.
_DATES_LABEL = re.compile(r"[ \t]*(?:period|dates?|duration|tenure|employed)[ \t]*:?[ \t]*", re.IGNORECASE)
_DATED = frozenset({SectionKind.EXPERIENCE, SectionKind.PROJECTS, SectionKind.INTRO, SectionKind.SUMMARY})


def find_roles(document: Document, sections: tuple[Section, ...], today: date) -> tuple[Role, ...]:
    """Roles in the order of the text. A role's span runs from the line above its dates to the next role.

    Dates outside experience and projects (a degree's, a certificate's) make no role.
    """
    text = document.text
    found = [
        m
        for m in sorted((*RANGE.finditer(text), *SINCE.finditer(text), *OPEN.finditer(text)), key=lambda m: m.start())
        if kind_at(m.start(), sections) in _DATED and not (m.re is SINCE and _is_told(m, sections))
    ]
    heads = [max(_head_start(text, m.start()), _floor(sections, found, n)) for n, m in enumerate(found)]
    roles = []
    for n, match in enumerate(found):
        start, end, present = parse_range(match["start"], match["end"], today)
        if start is None or (end is not None and end < start):
            continue
        section_end = _end_of_part(match.start(), sections, len(text))
        stop = min(heads[n + 1], section_end) if n + 1 < len(found) else section_end
        stop = max(stop, match.end())
        title, employer = _title_and_employer(text[heads[n] : match.start()], text[match.end() : match.end() + 120])
        roles.append(Role(title, employer, start, end, present, Span(heads[n], stop, text[heads[n] : min(stop, heads[n] + 80)])))
    return tuple(roles)


def _is_told(since: re.Match[str], sections: tuple[Section, ...]) -> bool:
    """Whether a "since 2017" stands in what is told of a job ("- Since 2017 I train the new starters") or an aside, and begins no job itself."""
    if kind_at(since.start(), sections) not in _JOBS:
        return False
    line = since.string[since.string.rfind("\n", 0, since.start()) + 1 : since.start()]
    return len(line) > _MOST_HEAD or line.lstrip().startswith(_BULLETS) or line.count("(") > line.count(")")


def parse_range(start: str, end: str | None, today: date) -> tuple[Month | None, Month | None, bool]:
    """The months of a written range, and whether it runs to the present. A bare year begins in January and ends in December.

    >>> parse_range("Jan 2019", "03/2021", date(2025, 6, 1))
    ((2019, 1), (2021, 3), False)
    """
    first = parse_month(start, end=False)
    if not end or re.fullmatch(_NOW, end.strip(), re.IGNORECASE):
        return first, (today.year, today.month), True
    last = parse_month(end, end=True)
    if last is not None and last > (today.year, today.month):
        last = (today.year, today.month)
    return first, last, False


def parse_month(written: str, *, end: bool) -> Month | None:
    """One written month or year; None where it is neither.

    >>> parse_month("Sept. '18", end=False), parse_month("2017", end=True)
    ((2018, 9), (2017, 12))
    """
    text = written.lower().strip()
    year = re.search(_YEAR, text)
    short = re.search(r"(?:['\u2019]|-|^\d\d/)(\d\d)$", text)
    if year:
        value = int(year[0])
    elif short:
        value = 2000 + int(short[1]) if int(short[1]) < 50 else 1900 + int(short[1])
    else:
        return None
    named = re.search(_MONTH, text)
    if named:
        return value, _MONTHS[named[0][:3]]
    for season, month in _SEASON.items():
        if season in text:
            return value, month
    if short and not year and "/" in text:
        return value, int(text[:2])
    numbers = [int(n) for n in re.findall(r"\d+", text.replace(year[0] if year else "", " "))]
    months = [n for n in numbers if 1 <= n <= 12]
    if year and months:
        # 15/03/2020 and 03/15/2020: the one that cannot be a day of more than 12 decides; else day first.
        return value, months[-1] if len(months) == len(numbers) else months[0]
    return value, 12 if end else 1


def months_covered(ranges: Iterable[tuple[Month, Month]]) -> int:
    """How many months the ranges cover, each month once.

    >>> months_covered([((2020, 1), (2020, 12)), ((2020, 7), (2021, 6))])
    18
    """
    spans = sorted((a[0] * 12 + a[1], b[0] * 12 + b[1] + 1) for a, b in ranges)
    total = 0
    reached = 0
    for start, stop in spans:
        total += max(0, stop - max(start, reached))
        reached = max(reached, stop)
    return total


def years_of(roles: Iterable[Role]) -> float:
    """Years that dated roles cover, overlaps once."""
    return round(months_covered((r.start, r.end) for r in roles if r.start and r.end) / 12, 2)


def _floor(sections: tuple[Section, ...], found: list[re.Match[str]], n: int) -> int:
    """What the head of the nth role may not reach into: the heading above it, the dates of the role before."""
    start = found[n].start()
    headings = [s.heading.end for s in sections if s.heading is not None and s.heading.end <= start]
    return min(start, max([*headings[-1:], *(m.end() for m in found[max(0, n - 1) : n])], default=0))


def kind_at(offset: int, sections: tuple[Section, ...]) -> SectionKind:
    """The kind of the section at an offset; a line of skills that a job goes on after is part of the job."""
    at = _section_at(offset, sections)
    if at < 0:
        return SectionKind.INTRO
    return sections[at + 1].kind if _goes_on(sections, at) else sections[at].kind


def _section_at(offset: int, sections: tuple[Section, ...]) -> int:
    """The number of the section at an offset, -1 where there is none; they cover the text in order."""
    return bisect_right(sections, offset, key=lambda s: s.start) - 1


def _goes_on(sections: tuple[Section, ...], n: int) -> bool:
    """Whether what stands before section n goes on after it, as a job does after a line of its tools."""
    return n + 1 < len(sections) and sections[n + 1].heading is None


def _end_of_part(offset: int, sections: tuple[Section, ...], size: int) -> int:
    """Where the section at an offset ends, lines of skills inside it and what follows them included."""
    n = _section_at(offset, sections)
    if n < 0:
        return size
    while _goes_on(sections, n) or (n + 1 < len(sections) and _goes_on(sections, n + 1)):
        n += 1
    return sections[n].end


def _head_start(text: str, offset: int) -> int:
    """Where the head of a role begins: its own line, or the one above when the dates stand alone or first."""
    line = text.rfind("\n", 0, offset) + 1
    for _ in range(2):
        if text[line:offset].strip(" \t\u2022|,()-\u2013") and line != offset and not _DATES_LABEL.fullmatch(text, line, offset):
            break
        above = text.rfind("\n", 0, max(0, line - 1)) + 1
        content = text[above : max(above, line - 1)].strip()
        if not content or line == 0:
            break
        line = above
        if len(content) < 90:
            break
    above = text.rfind("\n", 0, max(0, line - 1)) + 1
    previous = text[above : max(above, line - 1)].strip()
    if previous and len(previous) < 70 and not previous.startswith(("\u2022", "-", "*")) and not previous.endswith((".", ",", ";", ":")):
        return above
    return line


def _title_and_employer(before: str, after: str) -> tuple[str | None, str | None]:
    lines = [line.strip(" \t\u2022|,()-\u2013\u2014") for line in before.splitlines()]
    lines = [line for line in lines if line]
    if not lines:
        following = [line.strip(" \t\u2022|,()-\u2013") for line in after.splitlines() if line.strip()]
        return (following[0][:80] if following else None), None
    if len(lines) == 1:
        parts = re.split(r"\s*(?:\||,| at | - |\u2013|\u2014)\s*", lines[0], maxsplit=1)
        return parts[0][:80], parts[1][:80] if len(parts) > 1 else None
    return lines[0][:80], lines[1][:80]
