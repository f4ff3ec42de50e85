"""Finding headings: table rows in places where a heading can stand."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from operator import attrgetter

from mcgap.files import shipped_rows, word_list
from mcgap.records import Document, DocumentKind, Section, SectionKind, Span
from mcgap.sections.lines import find_lines, line_features, load_heading_model
from mcgap.text import BULLET_SIGNS, BULLETS, PhraseTable, Words, WordTest, is_wide, phrase_key

_KINDS = tuple(SectionKind)
_START = attrgetter("start")
# "RequirementsAdditional Skillset:" - a heading glued to what follows.
_GLUED = "Requirements Responsibilities Qualifications Description Skills Benefits Duties Summary Overview Experience Education".split()
_GLUED_START = re.compile(r"(?<![^\W_])[A-Z][a-z]+(?=[A-Z][a-z])")
_MAY_BE_GLUED = WordTest(lambda word: any(word.startswith(heading.lower()) and len(word) > len(heading) for heading in _GLUED))
_BULLETS = BULLETS | set("*#>|\u2013\u2014-")
_MARKS = _BULLETS - {"-"}
_BREAKS = _MARKS | set(".!?:;\n\t")
_MAX_HEADING_WORDS = 7
_DECORATION = " \t#*:?!\u2022"
_BEFORE_HEADING, _AFTER_HEADING = " \t#*\u2022", " \t*:?!"
_LEAST_PATTERNED, _MOST_PATTERNED = 4, 120  # characters of a line that a pattern with "*" can fit
_FILLERS = frozenset(
    "the our your key and or for a an in of to this other general main additional specific basic minimum position job role we you are is with who at as".split()
)


# A heading of a résumé that holds one of these words is one wherever it stands; "Software:" inside a job is a label of one line.
_SURE = frozenset("skill skillset competency expertise proficiency strength summary objective profile experience education".split())
_PERSONAL = frozenset({"personal", "marital"})
_WORK = frozenset({SectionKind.EXPERIENCE, SectionKind.PROJECTS})
# "E D U C AT I O N": letters set apart.
_LETTERS = re.compile(r"(?m)^[ \t]*[A-Z]{1,3}(?:[ \t]{1,3}[A-Z]{1,3}){2,}[ \t:]*$")
_LINES_OF_RUN_ON = 80  # characters; a longer first line holds more than a title

# "Skills, knowledge and experience required:": a line of a posting that holds nothing but such words, two of them naming what is asked for.
_ASKING, _ASKING_FILLERS = word_list("asking_heading_words"), word_list("asking_heading_fillers")
_WISHES = frozenset("desirable desired preferred optional advantageous beneficial".split())
_LIST_ITEM = re.compile(rf"[ \t]*[-*{BULLET_SIGNS}][ \t]")
_ASIDE = re.compile(r"[ \t]*\([^()\n]{1,40}\)[ \t:]*(?=\n|$)")  # "Placements (1,500 hours)"
_MOST_COMPOSED = 80  # characters
_PLAIN_WORDS = re.compile(r"[A-Za-z'\u2019-]+")

# "SEA SERVICE", "DUTIES AS SECOND ENGINEER": a line of a résumé in capitals that begins or ends with a word for work, below an empty line.
_OF_WORK = word_list("work_heading_words")
_MOST_OF_WORK = 6  # words
_MOST_LABELLED = 400  # characters; a longer line holds more than what a label is for
_LEAST_OPENING = 5  # letters of a heading of one word before a paragraph

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
            re.compile(
                rf"(?im)^[{_BEFORE_HEADING}]*(" + r"[^\n.;]{1,40}?".join(re.escape(part) for part in row["heading"].split("*")) + rf")[{_AFTER_HEADING}]*$"
            ),
            SectionKind(row["section"]),
            tuple(part.lower() for part in row["heading"].split("*") if part),
        )
        for row in rows
        if row["document"] == kind and "*" in row["heading"]
    )


@cache
def _letters_of_headings() -> dict[str, SectionKind]:
    """The headings of résumés as their letters alone."""
    rows = shipped_rows("data/section_headings.csv", ("heading", "document", "section"))
    return {
        "".join(row["heading"].split()): SectionKind(row["section"]) for row in rows if row["document"] == DocumentKind.RESUME and "*" not in row["heading"]
    }


@cache
def _heading_plurals() -> frozenset[str]:
    """The plurals that stand in headings of résumés, such as "awards"."""
    rows = shipped_rows("data/section_headings.csv", ("heading", "document", "section"))
    return frozenset(word for row in rows if row["document"] == DocumentKind.RESUME for word in row["heading"].split() if word.endswith("s"))


def find_sections(document: Document, words: Words) -> tuple[Section, ...]:
    """Sections in order, covering the whole text; what stands before the first heading is the intro.

    The first line of a posting is its title where it is short.
    """
    ways = (_glued(document, words), _hits(document, words), _patterned(document), _spaced(document), _composed(document), _of_work(document))
    hits = sorted((hit for found in ways for hit in found), key=lambda h: (h.start, -h.end))
    if document.kind is DocumentKind.POSTING and (read := _read(words, hits)):
        hits = sorted([*hits, *read], key=_START)
    sections: list[Section] = []
    at, kind, heading = 0, SectionKind.INTRO, None
    if document.kind is DocumentKind.POSTING:
        end = _title_end(document)
        if end and not any(hit.start < end and hit.end >= end - 3 for hit in hits):
            sections.append(Section(SectionKind.TITLE, 0, end))
            at = end
    last = len(document.text.rstrip(" \n:.*#"))
    for hit in hits:
        if hit.end >= last:
            continue  # a last line is no heading: nothing stands under it
        if hit.start < at or (heading is not None and hit.start < heading.end):
            continue
        if heading is not None and document.kind is DocumentKind.RESUME and _is_item(document.text, hit, heading.text):
            continue
        if kind in _WORK and document.kind is DocumentKind.RESUME and (end := _label_end(document.text, hit)):
            label = Span(hit.start, hit.end, document.text[hit.start : hit.end])
            sections += [Section(kind, at, hit.start, heading), Section(hit.kind, hit.start, end, label)]
            at, heading = end, None
            continue
        sections += _parted(document, Section(kind, at, hit.start, heading), sections)
        at, kind = hit.start, hit.kind
        heading = Span(hit.start, hit.end, document.text[hit.start : hit.end]) if hit.end > hit.start else None
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


def _is_item(text: str, hit: _Hit, heading: str) -> bool:
    """Whether a heading is an item of the list that it stands in: "Databases", "Open source licensing" among courses."""
    name = text[hit.start : hit.end]
    if heading.lower() not in word_list("course_headings") or name.isupper() or not _SURE.isdisjoint(phrase_key(name)):
        return False
    if hit.kind is not SectionKind.SKILLS and not text[hit.end :].partition("\n")[0].strip(_DECORATION + "\r"):
        return False
    return bool(_line_above(text, hit.start)) and not text[hit.end :].lstrip(" \t").startswith(":")


def _line_above(text: str, offset: int) -> str:
    line = text.rfind("\n", 0, offset) + 1
    return text[text.rfind("\n", 0, max(line - 1, 0)) + 1 : line].strip()


def _label_end(text: str, hit: _Hit) -> int:
    """Where the line ends that a heading of skills inside a job only labels: "Platform: Linux"; 0 where it is no label."""
    if hit.kind is not SectionKind.SKILLS or not _SURE.isdisjoint(phrase_key(text[hit.start : hit.end])):
        return 0
    end = text.find("\n", hit.end)
    end = end if end >= 0 else len(text)
    return end if end - hit.end <= _MOST_LABELLED and text[hit.end : end].strip(_DECORATION + "-\r") else 0


def _title_end(document: Document) -> int:
    """Where the title's line ends; 0 where the text begins with something longer."""
    text = document.text
    start = len(text) - len(text.lstrip())
    end = text.find("\n", start)
    line = text[start : end if end >= 0 else len(text)]
    if end < 0 or len(line) > 120 or len(line.split()) > 14 or line.rstrip().endswith((".", ":", ";")):
        return 0
    return end


def _glued(document: Document, words: Words) -> list[_Hit]:
    if not words.those(_MAY_BE_GLUED):
        return []
    table, text = load_headings(document.kind), document.text
    found = []
    for heading in _GLUED:
        at = text.find(heading)
        while at >= 0:
            match = _GLUED_START.match(text, at)
            values = table.get(phrase_key(heading)) if match and match[0] == heading else []
            if values:
                found.append(_Hit(_KINDS[values[0]], at, at + len(heading), at + len(heading)))
            at = text.find(heading, at + 1)
    return found


def _patterned(document: Document) -> list[_Hit]:
    """Lines of their own that a pattern fits; longer lines than the longest pattern can fit are passed over."""
    at, found = 0, []
    begin, end, inside = _may_fit(document.kind)
    for line in document.text.split("\n"):
        item = _LIST_ITEM.match(line) is not None and not line.rstrip().endswith(":")
        if not item and _LEAST_PATTERNED <= len(line.strip(_DECORATION)) <= _MOST_PATTERNED:
            lowered = line.lower()
            if lowered.lstrip(_BEFORE_HEADING).startswith(begin) or lowered.rstrip(_AFTER_HEADING).endswith(end) or any(part in lowered for part in inside):
                for pattern, kind, parts in load_patterns(document.kind):
                    if all(part in lowered for part in parts) and (m := pattern.match(document.text, at)) and _heads(m[1]):
                        found.append(_Hit(kind, m.start(1), m.end(1), m.end(1)))
        at += len(line) + 1
    return found


def _heads(line: str) -> bool:
    """Whether a line that ends with its strength in brackets names a part: "Skills (preferred)", but not "Excel (preferred)"."""
    return not line.endswith(")") or not _ASKING.isdisjoint(word.lower() for word in _PLAIN_WORDS.findall(line))


@cache
def _may_fit(kind: DocumentKind) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """What a line begins with that a pattern fits, or else ends with, or else holds."""
    rows = shipped_rows("data/section_headings.csv", ("heading", "document", "section"))
    headings = [row["heading"].lower() for row in rows if row["document"] == kind and "*" in row["heading"]]
    begin = {heading.partition("*")[0] for heading in headings if not heading.startswith("*")}
    end = {heading.rpartition("*")[2] for heading in headings if heading.startswith("*") and not heading.endswith("*")}
    inside = {heading.strip("*").partition("*")[0] for heading in headings if heading.startswith("*") and heading.endswith("*")}
    return tuple(sorted(begin)), tuple(sorted(end)), tuple(sorted(inside))


def _read(words: Words, hits: list[_Hit]) -> list[_Hit]:
    """Lines of a posting in none of the table's words that a trained model takes for headings.

    Where the part begins on the line of its heading, it ends at an empty line, and a fact of the job ("Hours: 40") with its line.
    """
    found: list[_Hit] = []
    starts, text = [hit.start for hit in hits], words.text
    for first, last in find_lines(words):
        start, end = words.starts[first], words.ends[last - 1]
        n = bisect_left(starts, end)
        if n and max(hit.end for hit in hits[max(0, n - 3) : n]) > start:
            continue
        kind = load_heading_model().read(line_features(words, first, last))
        labels = kind is not None and "\n" not in words.gaps[last]
        close = text.find("\n" if kind is SectionKind.SALARY else "\n\n", end) if labels else -1
        if kind is None or (kind is SectionKind.SALARY and labels and not 0 <= close < end + _MOST_LABELLED):
            continue
        found.append(_Hit(kind, start, end, end))
        if close >= 0 and (n == len(starts) or close < starts[n]):
            found.append(_Hit(SectionKind.INTRO, close, close, close))
    return found


def _composed(document: Document) -> list[_Hit]:
    """Lines of a posting that are put together of the words of headings: "Experience, skills & attributes"."""
    if document.kind is not DocumentKind.POSTING:
        return []
    found, at = [], 0
    for line in document.text.split("\n"):
        name = line.strip(_DECORATION + "\r_-")
        item = _LIST_ITEM.match(line) is not None and not line.rstrip().endswith(":")
        if len(name) <= _MOST_COMPOSED and not item and not any(mark in name for mark in ".;("):
            words = [word.lower() for word in _PLAIN_WORDS.findall(name)]
            asked = len(_ASKING.intersection(words))
            if asked > 1 and all(word in _ASKING or word in _ASKING_FILLERS or word in _WISHES for word in words):
                start = at + line.index(name)
                kind = SectionKind.REQUIREMENTS if _WISHES.isdisjoint(words) or "essential" in words else SectionKind.PREFERRED
                found.append(_Hit(kind, start, start + len(name), start + len(name)))
        at += len(line) + 1
    return found


def _spaced(document: Document) -> list[_Hit]:
    """Headings of résumés with their letters set apart."""
    if document.kind is not DocumentKind.RESUME:
        return []
    matches = ((m, _letters_of_headings().get("".join(m[0].split()).lower().rstrip(":"))) for m in _LETTERS.finditer(document.text))
    return [_Hit(kind, m.start() + len(m[0]) - len(m[0].lstrip()), m.end(), m.end()) for m, kind in matches if kind is not None]


def _of_work(document: Document) -> list[_Hit]:
    """Lines of a résumé in capitals that tell of work in other words than the table's, with what was done right below them."""
    if document.kind is not DocumentKind.RESUME:
        return []
    found, at, above = [], 0, ""
    lines = document.text.split("\n")
    for line, below in zip(lines, [*lines[1:], ""], strict=True):
        name = line.strip(_DECORATION + "\r")
        if name.isupper() and not above.strip() and below.strip() and not below.isupper() and _tells_of_work(name):
            start = at + line.index(name)
            found.append(_Hit(SectionKind.EXPERIENCE, start, start + len(name), start + len(name)))
        at, above = at + len(line) + 1, line
    return found


def _tells_of_work(name: str) -> bool:
    words = name.lower().split()
    return 1 < len(words) <= _MOST_OF_WORK and all(_PLAIN_WORDS.fullmatch(word) for word in words) and (words[0] in _OF_WORK or words[-1] in _OF_WORK)


def _hits(document: Document, words: Words) -> list[_Hit]:
    table = load_headings(document.kind)
    posting = document.kind is DocumentKind.POSTING
    found: list[_Hit] = []
    taken = 0
    for i, ends in table.find(words):
        if i < taken or (posting and not _may_begin(words, i)):
            continue
        for j, values in reversed(ends):
            aside = not posting and (_KINDS[values[0]] is SectionKind.INTERESTS or words.folded[i] in _PERSONAL)
            if (_is_heading if posting else _is_resume_heading)(words, i, j) or (aside and _is_label(words, i, j)):
                found.append(_Hit(_KINDS[values[0]], words.starts[i], words.ends[j - 1], words.ends[j - 1]))
                taken = j
                break
    return found


def _is_label(words: Words, i: int, j: int) -> bool:
    """Whether words i to j stand before a colon, with a capital, or are several in capitals: "... travelling Hobbies: chess", a skill nowhere."""
    if j - i > 1 and all(word.isupper() for word in words.raw[i:j]):
        return not _in_capitals(words, i, j)
    if words.raw[i] == "Interest" and words.gaps[i] == " ":
        return False  # "Calculated Interest: ..."
    return words.raw[i][0].isupper() and words.gaps[j].lstrip().startswith(":")


def _in_capitals(words: Words, i: int, j: int) -> bool:
    """Whether the next word of the line, or else the one before, is in capitals, too: "PROCESSED PERSONAL DATA IN SQL"."""
    k = j if j < len(words) and words.gaps[j] == " " else i - 1 if i and words.gaps[i] == " " else None
    return k is not None and len(words.raw[k]) > 1 and words.raw[k].isupper()


def _may_begin(words: Words, i: int) -> bool:
    """Whether a heading of a posting can begin at word i: with a capital or a digit, or on a line of its own."""
    first = words.raw[i][0]
    return first.isupper() or first.isdigit() or "\n" in words.gaps[i] or i == 0


def _is_heading(words: Words, i: int, j: int) -> bool:
    """Whether words i to j stand as a heading: where a line or sentence begins, and with nothing of the same sentence after them."""
    line_start = _starts_line(words, i)
    after = words.gaps[j]
    ends_line = j == len(words) or "\n" in after
    colon = ":" in after[:3] or (after.strip()[:1] in {"\u2013", "\u2014", "-"} and line_start and " " in after)
    if line_start and (ends_line or colon):
        return True
    bulleted = not _BULLETS.isdisjoint(words.gaps[i].rpartition("\n")[2])
    if line_start and not _goes_on(words, j) and not bulleted and (_short_line_rest(words, j) or _set_in_capitals(words, i, j)):
        return True
    if words.gaps[i].endswith("("):
        return False  # "Excel (an advantage: macros)"
    if colon:
        return _breaks(words, i) or words.raw[i][0].isupper()
    # What stood on a line of its own before the text lost its lines: "  Good to have  Experience with ..."
    return (j - i > 1 and is_wide(words.gaps[i]) and is_wide(after)) or _run_on_heading(words, i, j)


def _set_in_capitals(words: Words, i: int, j: int) -> bool:
    """Whether words i to j are in capitals and the line goes on in small letters or with a number: "PERKS flexible hours"; "WHAT YOU GET/ HGV licence"."""
    if j >= len(words) or words.gaps[j] not in {" ", "/ "} or not all(word.isupper() for word in words.raw[i:j]):
        return False
    following = words.raw[j]
    return sum(map(len, words.raw[i:j])) >= _LEAST_OPENING and (following.islower() or following[0].isdigit() or words.gaps[j] == "/ ")


def _is_resume_heading(words: Words, i: int, j: int) -> bool:
    """Whether words i to j stand as a heading of a résumé, where titles of jobs and ends of sentences stand on lines of their own too."""
    after = words.gaps[j]
    if after[:1] in {",", ".", ";"}:
        return False
    line_start = _starts_line(words, i)
    ends_line = j == len(words) or "\n" in after
    colon = ":" in after[:3] or (line_start and after[:1].isspace() and after.strip()[:1] in {"\u2013", "\u2014", "-"})
    if words.raw[i][0].islower():
        # "across the entire / platform" ends a sentence.
        return line_start and (colon or (ends_line and (i == 0 or "\n\n" in words.gaps[i])))
    if line_start and (ends_line or colon or _ASIDE.match(words.text, words.ends[j - 1])):
        return True
    bulleted = any(c in _BULLETS for c in words.gaps[i].rpartition("\n")[2])
    if line_start and not _goes_on(words, j) and not bulleted and _short_line_rest(words, j, _names_more if j - i == 1 else None):
        return True
    capitals = all(w.isupper() for w in words.raw[i:j])
    if capitals and _opens_paragraph(words, i, j):
        return True
    if any(c in _BULLETS and c not in "-|>" for c in after) and (capitals or (line_start and not _SURE.isdisjoint(words.folded[i:j]))):
        return True  # "KEY SKILLS \u2022 Baking \u2022 Icing"
    if i == 0 and words.folded[j - 1] in _SURE and words.raw[j][0].isupper() and words.text.find("\n", _LINES_OF_RUN_ON) == words.text.find("\n"):
        return True  # "Skills Baking, icing Education Details ..."
    # Run-on résumés: "... Education Details \n", "KEY SKILLS: ...".
    if ends_line and words.folded[j - 1] == "detail" and all(w[0].isupper() for w in words.raw[i:j]):
        return True
    return (colon or (ends_line and j - i > 1)) and (_breaks(words, i) or capitals)


def _opens_paragraph(words: Words, i: int, j: int) -> bool:
    """Whether words i to j, in capitals, stand before what is written in small letters: "EMPLOYMENT Teller at ...", "... to site. EDUCATION A levels"."""
    if j >= len(words) or words.gaps[j].strip() or _goes_on(words, j):
        return False
    starts = _starts_line(words, i)
    if starts and is_wide(words.gaps[j]):
        return True
    if j - i == 1 and (len(words.raw[i]) < _LEAST_OPENING or words.folded[i] in word_list("no_opening_headings")):
        return False
    following = words.raw[j : j + 2]
    abbreviation = len(following) > 1 and len(following[0]) < _LEAST_OPENING and not following[1].isupper()  # "AAT Level 2"
    return (starts or not _BREAKS.isdisjoint(words.gaps[i])) and (not following[0].isupper() or abbreviation)


def _goes_on(words: Words, j: int) -> bool:
    return j < len(words) and (words.folded[j] in _GOES_ON or words.folded[j - 1] in _GOES_ON)


def _names_more(word: str) -> bool:
    """Whether a word after a heading of one word is a heading too, and no "Engineer" after "Software"."""
    return word.lower() in _heading_plurals() or word.lower() in _SURE


def _starts_line(words: Words, i: int) -> bool:
    gap = words.gaps[i]
    if i == 0 or "\n" in gap:
        return True
    # "1. Requirements", "• Skills"
    return i > 0 and words.raw[i - 1].isdigit() and "\n" in words.gaps[i - 1] and len(words.raw[i - 1]) < 3


def _breaks(words: Words, i: int) -> bool:
    """Whether a sentence or a cell ends before word i."""
    gap = words.gaps[i]
    return i == 0 or is_wide(gap) or not _BREAKS.isdisjoint(gap)


def _short_line_rest(words: Words, j: int, fits: Callable[[str], bool] | None = None) -> bool:
    """Whether the line ends within a few filler words, capitalised ones or those that ``fits`` lets pass: "Requirements for this role"."""
    for k in range(j, min(j + _MAX_HEADING_WORDS, len(words))):
        if "\n" in words.gaps[k] or ":" in words.gaps[k]:
            return True
        if any(c in words.gaps[k] for c in ".;!?,"):
            return False
        if words.folded[k] not in _FILLERS and not (fits(words.raw[k]) if fits else words.raw[k][0].isupper()):
            return False
    return False


def _run_on_heading(words: Words, i: int, j: int) -> bool:
    """A heading inside run-on text: capitalised at a break and followed by a new start ("Requirements 2-3 years' …")."""
    if j >= len(words) or not all(w[0].isupper() or len(w) < 4 for w in words.raw[i:j]):
        return False
    if j - i >= 2 and words.raw[j] == "1" and words.gaps[j + 1].startswith((".", ")")):
        return True  # "... Spring Boot Preferred Skills 1. Kafka 2. Docker"
    if not _breaks(words, i):
        # "... to hit the targets The Person You have ...": two capitals after small letters, and a new start.
        return j - i == 2 and words.raw[i] == "The" and words.raw[i - 1].islower() and words.gaps[j] == " " and words.raw[j][0].isupper()
    gap, following = words.gaps[j], words.raw[j]
    if any(c in gap for c in ",.)/'\u2019") or gap.strip() in {"-", "/", "&"}:
        return False
    if is_wide(gap) or not _MARKS.isdisjoint(gap):
        return True
    if words.folded[j - 1] in _GOES_ON:
        return False  # "  Knowledge of Java": an item
    long_enough = j - i >= 2 or len(words.raw[i]) > 8
    return long_enough and (following[0].isupper() or following[0].isdigit())
