"""Degrees and diplomas: what a posting asks for, what a résumé holds."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from functools import cache

from mcgap.files import shipped_rows
from mcgap.records import DocumentKind, Education, Requirement, Span, Strength
from mcgap.requirements.negation import find_negated
from mcgap.text import PhraseTable, Words

_EQUIVALENT = re.compile(
    r"or (?:an? )?(?:equivalent|related|relevant|comparable)?\s*(?:combination of )?(?:\w+ ){0,3}(?:experience|education and experience)"
    r"|or equivalent|equivalent (?:practical |work |combination)|in lieu of|in place of|substituted",
    re.IGNORECASE,
)
_EQUIVALENT_SIGNS = ("experience", "equivalent", "lieu", "in place of", "substituted")  # what that cannot do without
_FIELD = re.compile(
    r"^[\s,)]*(?:\(?(?:hons?|honou?rs)\)?\s*)?(?:degree\s*)?(?:in|of|\u2013|-|,|:)\s+(?:(?:a|an|the"
    r"|any)\s+)?(?P<field>[A-Za-z][A-Za-z&,/ -]{2,90}?)(?=\s*(?:[.;()\n]|$|\bor (?:a )?(?:related|equivalent|similar|relevant)\b|\bwith\b"
    r"|\brequired\b|\bpreferred\b|\bis\b|\bfrom\b|\bplus\b|\d))",
    re.IGNORECASE,
)
_SPLIT = re.compile(r"\s*(?:,|/|\bor\b|\band\b|&)\s*")
# Written otherwise these are words: "me", "bed", "March".
_CAPITALS = frozenset(
    (
        "BA BS BE MA MS ME MD JD SSC HSC ITE BSC HND HNC AAS ADN VCE QCE SACE WACE HSD HS BFA BDS BSW BPT BHM BMS BAF MPH MHA MPP PGDM"
        " DNP DPT DDS DMD DVM MARCH BED MED MRES MSCI MDES BDES BMID FDA MCOM"
    ).split()
)
# Without its apostrophe such a word is a degree before these, or with a capital at the end of an item: "Mandarin-speaking associates" are people,
# a "Master Mariner" is no master of science.
_BARE = frozenset({"associates", "masters", "bachelors"})
_AFTER_BARE = frozenset("degree of in or level preferred required program programme".split())
_SCHOOL_RANKS = frozenset({"1", "2"})
_TAUGHT = re.compile(r"\b(?:teach\w*|tutor\w*|deliver\w*|curriculum|lessons?|pupils?|up to|across)\b[^.;\n]*$", re.IGNORECASE)  # "teach physics to GCSE"
# "High School Teacher", "our profile for the High School": a place of work, where no word for what one gets there follows.
_PLACES = frozenset({"high school", "secondary school", "vocational school", "trade school"})
_OF_PLACES = frozenset("teacher teaching student pupil principal counselor counsellor coach campus faculty grade division math science english staff".split())
_AT_PLACES = re.compile(r"\b(?:for|in|at|of|with|our|within|to) (?:the|our|a local|local) $", re.IGNORECASE)
_SCHOOLS = frozenset({"hs", "school"})  # a diploma of these is one of a school
_NOT_A_DEGREE = re.compile(
    r"^\s*(?:of (?:autonomy|freedom|independence|accuracy|care|confidence|flexibility|difficulty|responsibility|detail)|\u00b0|s? (?:celsius|fahrenheit))",
    re.IGNORECASE,
)
# What stands before a degree that is not finished, and after it up to the next one; of a line below it only the dates or the word for it.
_BEGUN_BEFORE, _BEGUN_AFTER = 60, 140
_BEGINNING = re.compile(
    r"\b(?:started|starting|begun|beginning|(?:working|studying|reading) (?:for|towards)|pursuing|undertaking|enrolled (?:on|in|for)"
    r"|(?:currently|presently|now) (?:doing|taking|in|on)|(?:courses?|credits?|modules?|units?|hours) (?:from|short of|towards?|away from)"
    r"|did(?: not|n['\u2019]?t) (?:finish|complete)|dropped out of|left|(?:first|second|third|fourth|final|1st|2nd|3rd|4th)[ -]year)\s+"
    r"(?:(?:an?|my|the|his|her|part[- ]time|full[- ]time|online|evening|distance)[\s,]+){0,3}(?:[\w'\u2019.-]+[ ]){0,1}$",
    re.IGNORECASE,
)
_YEAR = r"(?:19|20)\d\d"
_UNFINISHED = re.compile(
    r"\b(?:in progress|ongoing|on-going|not (?:yet )?(?:finished|completed?|conferred|awarded|continued)|unfinished|incomplete|discontinued|withdrew"
    rf"|to be completed|(?:expected|anticipated|estimated|projected|graduating|due to (?:finish|complete|graduate))\b"
    rf"(?! (?:salary|pay|ctc))[^.;\n]{{0,30}}?\b{_YEAR}"
    rf"|{_YEAR}[\s,]*\(?(?:expected|anticipated)\b(?! (?:salary|pay|ctc))|(?:yr|year) \d (?:of|/) \d"
    r"|(?:first|second|third|fourth|final|last|penultimate|1st|2nd|3rd|4th)[ -]year(?=\s*(?:[,;.)(\n]|$|student|undergraduate|of\b))"
    r"|awaiting (?:the |my |final |exam )*results?|results? (?:awaited|pending)|thesis (?:pending|outstanding)|all but dissertation"
    r"|\d{1,3} of \d{1,3} (?:modules|units|courses|credits|papers)"
    rf"|{_YEAR}[ \t]*(?:-|\u2013|\u2014|to|until|till)[ \t]*(?:present|now|current|date|ongoing|today)\b|current(?:ly)? (?:studying|student|enrolled)"
    r"|enrolled)|^[ \t]*(?:level[ \t]+)?(?:units?|papers?|credits)\b",
    re.IGNORECASE,
)
_ENDS_DEGREE = re.compile(
    r"\n(?![ \t]*(?:\(?(?:expected|anticipated|graduating|in progress|ongoing|since|from)\b|\(?(?:[a-z]{3,9}\.? )?(?:19|20)\d\d))"
    r"|[.;](?= [A-Z][a-z])|[|\u2022]",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"\n\s*\n|\n\s*[\u2022*-]|[.;] (?=[A-Z])")
_JOINED = re.compile(r"[\s.]*(?:,|/|or|,\s*or|\(|and/or)\s*(?:a\s|an\s)?", re.IGNORECASE)
_NO_LETTER = re.compile(r"[^A-Za-z]")
_MIN_FIELD = 3
_OF_CODES = frozenset("en iec iso hood hoods cabinet cabinets".split())  # "BS EN 60601", "BSC hood"
_OTHER_SENSES = {
    "BMS": frozenset("trainee mla hvac building analyser analyzer system ahu plant chiller".split()),
    "MCA": frozenset("dol dols safeguarding mental capacity coshh prevent".split()),
}
_NEAR_CODE = 6  # words


@cache
def load_degrees() -> tuple[PhraseTable, tuple[dict[str, str], ...]]:
    rows = shipped_rows("data/education_levels.csv", ("form", "level", "rank", "kind"))
    return PhraseTable.of((row["form"], n) for n, row in enumerate(rows)), rows


def find_education(words: Words, kind: DocumentKind, requirements: tuple[Requirement, ...] = ()) -> tuple[Education, ...]:
    """Degrees and diplomas in order. In a posting, neighbours joined by "or" or "/" share a group, and what is said not to be needed is left out."""
    table, rows = load_degrees()
    starts = [r.start for r in requirements]
    found: list[Education] = []
    taken = group = 0
    for i, ends in table.find(words):
        if i < taken:
            continue
        j, row = next(((j, rows[n]) for j, numbers in reversed(ends) for n in numbers if _fits(words, i, j, rows[n], kind)), (0, None))
        if row is None:
            continue
        taken = j
        start, end = words.starts[i], words.ends[j - 1]
        strength = requirements[max(0, bisect_right(starts, start) - 1)].strength if requirements else Strength.MENTIONED
        tail = _SENTENCE_END.split(words.text[end : end + 220], maxsplit=1)[0]
        joined = bool(found) and _JOINED.fullmatch(words.text, found[-1].span.end, start)
        if joined and found[-1].group is None:
            group += 1
            found[-1] = Education(*_with_group(found[-1], f"e{group}"))
        found.append(
            Education(
                row["level"],
                int(row["rank"]),
                _fields(tail),
                strength,
                Span(start, end, words.text[start:end]),
                _or_experience(tail[:160]),
                f"e{group}" if joined else None,
            )
        )
    if kind is DocumentKind.RESUME:
        return _with_begun(found, words.text)
    spans = [education.span for education in found]
    gone = find_negated(words, spans, requirements, [max(0, bisect_right(starts, span.start) - 1) for span in spans]) if found else set()
    return tuple([education for n, education in enumerate(found) if n not in gone])


def _with_begun(found: list[Education], text: str) -> tuple[Education, ...]:
    """Degrees of a résumé, those marked that are not finished. What stands before the next one may speak of that."""
    limits = [*(e.span.start for e in found[1:]), len(text)]
    for n, limit in enumerate(limits[:-1]):
        cue = _BEGINNING.search(text, max(found[n].span.end, limit - _BEGUN_BEFORE), limit)
        limits[n] = limit if cue is None else cue.start()
    return tuple(replace(e, begun=_is_begun(text, e.span.start, e.span.end, limit)) for e, limit in zip(found, limits, strict=False))


def _is_begun(text: str, start: int, end: int, limit: int) -> bool:
    """Whether words on either side say that a degree is not finished: "Started BEng", "BSc, final year", "MBA (expected 2027)"."""
    line = text.rfind("\n", 0, start) + 1
    if _BEGINNING.search(text, max(line, start - _BEGUN_BEFORE), start):
        return True
    stop = _ENDS_DEGREE.search(text, end, end + 2 * _BEGUN_AFTER)  # farther than is read, for what it looks ahead at
    tail = text[end : min(end + _BEGUN_AFTER, limit, stop.start() if stop is not None else limit)]
    return _UNFINISHED.search(tail) is not None


def _or_experience(tail: str) -> bool:
    """Whether words after a degree take experience or the like for it."""
    lowered = tail.lower()
    return any(sign in lowered for sign in _EQUIVALENT_SIGNS) and _EQUIVALENT.search(tail) is not None


def _with_group(e: Education, group: str) -> tuple[str, int, tuple[str, ...], Strength, Span, bool, str]:
    return e.level, e.rank, e.fields, e.strength, e.span, e.or_experience, group


def _fits(words: Words, i: int, j: int, row: dict[str, str], kind: DocumentKind) -> bool:
    if row["kind"] == "diploma-resume":
        return False
    written = "".join(words.raw[i:j])
    form = _letters(row["form"])
    if form.upper() in _CAPITALS and written != form:
        return False
    if _is_code(words, i, j):
        return False
    if len(form) <= 3 and written.upper() == written and written in {"MA", "ME", "BE", "MD", "MS", "ITE"} and row["form"] == written:
        # "MS Excel", "Boston, MA", "MD 20850": bare capitals need a word that says degree.
        around = words.folded[max(0, i - 3) : i] + words.folded[j : j + 3]
        return any(w in {"degree", "in", "bs", "ba", "phd", "bsc", "bachelor", "or", "mba", "of", "from"} for w in around) and not any(
            w in {"excel", "office", "word", "project", "access", "sql", "powerpoint", "outlook", "windows", "visio", "teams"} for w in words.folded[j : j + 1]
        )
    if kind is DocumentKind.POSTING and row["rank"] in _SCHOOL_RANKS and _TAUGHT.search(words.text, max(0, words.starts[i] - 60), words.starts[i]):
        return False
    if row["form"] in _PLACES and kind is DocumentKind.POSTING and _is_place(words, i, j):
        return False
    if row["level"] == "master" and words.folded[j : j + 1] in (["certificate"], ["cert"]):
        return False
    if form in _BARE and not _stands_for_degree(words, j):
        return False
    if row["form"] == "diploma" and kind is DocumentKind.RESUME and not _SCHOOLS.isdisjoint(words.folded[max(0, i - 2) : i]):
        return False
    return not (row["form"] == "degree" and _NOT_A_DEGREE.match(words.text[words.ends[j - 1] :][:40]))


def _is_code(words: Words, i: int, j: int) -> bool:
    """Whether capitals are part of something else: "BS 7671", "Mindray BS-240", "LLMs", "BSC hoods", "MCA and DoLS"; "BS 2012" is a degree with its year."""
    if j - i > 1 or not words.raw[i][:2].isupper():
        return False
    following = words.raw[j] if j < len(words) else ""
    if words.gaps[j] in (" ", "-") and (following.lower() in _OF_CODES or (following[:1].isdigit() and not re.fullmatch(r"(?:19|20)\d\d", following))):
        return True
    if words.raw[i] == "LLMs":
        return True
    others = _OTHER_SENSES.get(words.raw[i])
    return others is not None and not others.isdisjoint(words.folded[max(0, i - _NEAR_CODE) : j + _NEAR_CODE])


def _is_place(words: Words, i: int, j: int) -> bool:
    """Whether a school is where the job is, rather than what somebody finished."""
    if not _OF_PLACES.isdisjoint(words.folded[j : j + 1]):
        return True
    return _AT_PLACES.search(words.text, max(0, words.starts[i] - 20), words.starts[i]) is not None


@cache
def _letters(form: str) -> str:
    return _NO_LETTER.sub("", form)


def _stands_for_degree(words: Words, j: int) -> bool:
    """Whether "masters", "associate" or such, which ends before word j, is a degree by what stands around it."""
    word = words.raw[j - 1]
    if words.gaps[j][:1] in {"'", "\u2019"}:
        return True
    if j < len(words) and words.gaps[j] == " ":
        return words.folded[j] in _AFTER_BARE and words.folded[j + 1 : j + 2] != ["the"]
    return word[0].isupper() and word.endswith("s")


def _fields(tail: str) -> tuple[str, ...]:
    match = _FIELD.match(tail[:140])
    if match is None:
        return ()
    parts = (part.strip(" -,") for part in _SPLIT.split(match["field"]))
    return tuple(part for part in parts if len(part) >= _MIN_FIELD and len(part.split()) <= 5)
