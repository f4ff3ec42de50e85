"""Finding headings: table rows in places where a heading can stand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from mcgap.files import shipped_rows, word_list
from mcgap.records import Document, DocumentKind, Section, SectionKind, Span
from mcgap.text import PhraseTable, Words, phrase_key

_KINDS = tuple(SectionKind)
# "RequirementsAdditional Skillset:" - a heading glued to what follows.
_GLUED = re.compile(
    r"(?<![^\W_])(Requirements|Responsibilities|Qualifications|Description|Skills|Benefits|Duties|Summary|Overview|Experience|Education)(?=[A-Z][a-z])"
)
_BULLETS = "\u2022\u00b7\u25cf\u25aa\u25e6\u2023*\u2043\uf0b7#>|\u2013\u2014-"
_GLUE = re.compile(r"[a-z][A-Z]")  # without it nothing is glued; far quicker to look for
_MAX_HEADING_WORDS = 7
_DECORATION = " \t#*:?!\u2022"
_LEAST_PATTERNED, _MOST_PATTERNED = 4, 120  # characters of a line that a pattern with "*" can fit
_FILLERS = frozenset(
    "the our your key and or for a an in of to this other general main additional specific basic minimum position job role we you are is with who at as".split()
)


# "Knowledge of GDPR" is an item, no heading.
_GOES_ON = frozenset("of in with using to".split())


@dataclass(frozen=True, slots=True)
class _Hit:
    kind: SectionKind
    start: int
    end: int
    body: int


@cache
def load_headings(kind: DocumentKind) -> PhraseTable:
    """The headings of one kind of document; values are numbers of ``SectionKind``."""
    rows = shipped_rows("data/section_headings.csv", ("heading", "document", "section"))
    return PhraseTable.of((row["heading"], _KINDS.index(SectionKind(row["section"]))) for row in rows if row["document"] == kind and "*" not in row["heading"])


@cache
def load_patterns(kind: DocumentKind) -> tuple[tuple[re.Pattern[str], SectionKind, tuple[str, ...]], ...]:
    """Headings with a "*" for names: "about *" finds "About Northmoor Health" on a line of its own; with the words it must have."""
    rows = shipped_rows("data/section_headings.csv", ("heading", "document", "section"))
    return tuple(
        (
            re.compile(r"(?im)^[ \t#*\u2022]*(" + r"[^\n.;]{1,40}?".join(re.escape(part) for part in row["heading"].split("*")) + r")[ \t*:?!]*$"),
            SectionKind(row["section"]),
            tuple(part.lower() for part in row["heading"].split("*") if part),
        )
        for row in rows
        if row["document"] == kind and "*" in row["heading"]
    )


def find_sections(document: Document, words: Words) -> tuple[Section, ...]:
    """Sections in order, covering the whole text; what stands before the first heading is the intro.

    The first line of a posting is its title where it is short.
    """
    hits = sorted((*_glued(document), *_hits(document, words), *_patterned(document)), key=lambda h: (h.start, -h.end))
    sections: list[Section] = []
    at, kind, heading = 0, SectionKind.INTRO, None
    if document.kind is DocumentKind.POSTING:
        end = _title_end(document)
        if end and not any(hit.start < end and hit.end >= end - 3 for hit in hits):
            sections.append(Section(SectionKind.TITLE, 0, end))
            at = end
    for hit in hits:
        if not document.text[hit.end :].strip(" \n:.*#"):
            continue  # a last line is no heading: nothing stands under it
        if hit.start < at or (heading is not None and hit.start < heading.end):
            continue
        sections += _parted(document, Section(kind, at, hit.start, heading), sections)
        at, kind = hit.start, hit.kind
        heading = Span(hit.start, hit.end, document.text[hit.start : hit.end])
    sections += _parted(document, Section(kind, at, len(document.text), heading), sections)
    return tuple(s for s in sections if s.end > s.start)


def _parted(document: Document, section: Section, before: list[Section]) -> list[Section]:
    """A section in parts: what stands under "Location" is one line, after which the section before it goes on."""
    if section.heading is None or document.kind is not DocumentKind.POSTING or section.heading.text.lower() not in word_list("one_line_headings"):
        return [section]
    text, at = document.text, section.heading.end
    while at < section.end and text[at] in " \t\r\n:*#|-":
        at += 1
    end = text.find("\n", at, section.end)
    if end < 0:
        return [section]
    goes_on = next((s.kind for s in reversed(before) if s.heading is None or s.heading.text.lower() not in word_list("one_line_headings")), SectionKind.INTRO)
    resumed = SectionKind.INTRO if goes_on is SectionKind.TITLE else goes_on
    return [Section(section.kind, section.start, end, section.heading), Section(resumed, end, section.end)]


def _title_end(document: Document) -> int:
    """Where the title's line ends; 0 where the text begins with something longer."""
    text = document.text
    start = len(text) - len(text.lstrip())
    end = text.find("\n", start)
    line = text[start : end if end >= 0 else len(text)]
    if end < 0 or len(line) > 120 or len(line.split()) > 14 or line.rstrip().endswith((".", ":", ";")):
        return 0
    return end


def _glued(document: Document) -> list[_Hit]:
    table = load_headings(document.kind)
    found = []
    for match in _GLUED.finditer(document.text) if _GLUE.search(document.text) else ():
        values = table.get(phrase_key(match[1]))
        if values:
            found.append(_Hit(_KINDS[values[0]], match.start(), match.end(), match.end()))
    return found


def _patterned(document: Document) -> list[_Hit]:
    """Lines of their own that a pattern fits; longer lines than the longest pattern can fit are passed over."""
    text, at = document.text, 0
    patterns, found = load_patterns(document.kind), []
    for line in text.split("\n"):
        if _LEAST_PATTERNED <= len(line.strip(_DECORATION)) <= _MOST_PATTERNED:
            lowered = line.lower()
            for pattern, kind, parts in patterns:
                if all(part in lowered for part in parts) and (m := pattern.match(text, at)):
                    found.append(_Hit(kind, m.start(1), m.end(1), m.end(1)))
        at += len(line) + 1
    return found


def _hits(document: Document, words: Words) -> list[_Hit]:
    table = load_headings(document.kind)
    found: list[_Hit] = []
    taken = 0
    for i, ends in table.find(words):
        if i < taken:
            continue
        for j, values in reversed(ends):
            if _is_heading(words, i, j, strict=document.kind is DocumentKind.RESUME):
                found.append(_Hit(_KINDS[values[0]], words.starts[i], words.ends[j - 1], words.ends[j - 1]))
                taken = j
                break
    return found


def _is_heading(words: Words, i: int, j: int, *, strict: bool) -> bool:
    """Whether words i to j stand as a heading: where a line or sentence begins, and with nothing of the same sentence after them."""
    first = words.raw[i]
    if not (first[0].isupper() or first[0].isdigit()) and "\n" not in words.gaps[i] and i > 0:
        return False
    line_start = _starts_line(words, i)
    after = words.gaps[j]
    ends_line = j == len(words) or "\n" in after
    colon = ":" in after[:3] or (after.strip()[:1] in {"\u2013", "\u2014", "-"} and line_start and " " in after)
    if line_start and (ends_line or colon):
        return True
    bulleted = any(c in _BULLETS for c in words.gaps[i].rpartition("\n")[2])
    goes_on = j < len(words) and (words.folded[j] in _GOES_ON or words.folded[j - 1] in _GOES_ON)
    if line_start and not goes_on and not bulleted and _short_line_rest(words, j):
        return True
    if colon and not strict:
        return _breaks(words, i) or words.raw[i][0].isupper()
    if strict:
        # Run-on résumés: "... Education Details \n", "KEY SKILLS: •".
        return (colon or (ends_line and j - i > 1)) and (_breaks(words, i) or all(w.isupper() for w in words.raw[i:j]))
    return _run_on_heading(words, i, j)


def _starts_line(words: Words, i: int) -> bool:
    gap = words.gaps[i]
    if i == 0 or "\n" in gap:
        return True
    # "1. Requirements", "• Skills"
    return i > 0 and words.raw[i - 1].isdigit() and "\n" in words.gaps[i - 1] and len(words.raw[i - 1]) < 3


def _breaks(words: Words, i: int) -> bool:
    """Whether a sentence or a cell ends before word i."""
    gap = words.gaps[i]
    return i == 0 or any(c in gap for c in ".!?:;\n\t") or "  " in gap or any(c in _BULLETS and c != "-" for c in gap)


def _short_line_rest(words: Words, j: int) -> bool:
    """Whether the line ends within a few filler words: "Requirements for this role"."""
    for k in range(j, min(j + _MAX_HEADING_WORDS, len(words))):
        if "\n" in words.gaps[k] or ":" in words.gaps[k]:
            return True
        if any(c in words.gaps[k] for c in ".;!?,"):
            return False
        if words.folded[k] not in _FILLERS and not words.raw[k][0].isupper():
            return False
    return False


def _run_on_heading(words: Words, i: int, j: int) -> bool:
    """A heading inside run-on text: capitalised at a break and followed by a new start ("Requirements 2-3 years' …")."""
    if j >= len(words) or not all(w[0].isupper() or len(w) < 4 for w in words.raw[i:j]):
        return False
    if j - i >= 2 and words.raw[j] == "1" and words.gaps[j + 1].startswith((".", ")")):
        return True  # "... Spring Boot Preferred Skills 1. Kafka 2. Docker"
    if not _breaks(words, i):
        return False
    gap, following = words.gaps[j], words.raw[j]
    if any(c in gap for c in ",.)/'\u2019") or gap.strip() in {"-", "/", "&"}:
        return False
    if "  " in gap or any(c in _BULLETS and c != "-" for c in gap):
        return True
    long_enough = j - i >= 2 or len(words.raw[i]) > 8
    return long_enough and (following[0].isupper() or following[0].isdigit())
