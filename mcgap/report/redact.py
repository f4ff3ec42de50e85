"""Blacking out who a person is, in everything that is printed or exported.

A masked text is as long as the text was, so every offset still counts in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, is_dataclass, replace
from enum import Enum
from typing import Any, TypeVar

from mcgap.records import Document, DocumentKind, Extraction, Gap, Gate, PhraseGap, Report

MASK = "\u2588"
REDACTED_SOURCE = "redacted"
T = TypeVar("T")

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_DATE = rf"(?:{_DAY}[\s./-]+(?:{_MONTH}|\d{{1,2}})[\s.,/-]+\d{{2,4}}|{_MONTH}\s+{_DAY},?\s+\d{{4}}|\d{{4}}-\d\d-\d\d|(?:19|20)\d\d)"
_STREETS = (
    "street|st|road|rd|avenue|ave|lane|ln|drive|dr|boulevard|blvd|close|court|ct|crescent|way|terrace|square|highway|hwy|parkway|pkwy"
    r"|nagar|colony|marg|stra(?:ss|\u00df)e|allee|platz"
)
_SITES = "linkedin|github|gitlab|bitbucket|behance|dribbble|twitter|facebook|instagram|medium|stackoverflow|kaggle|hackerrank|leetcode|xing"
_PLACES = (
    r"(?:(?:permanent|present|current|home|postal|mailing|residential|correspondence) )?address|(?:current )?location|city|residence"
    r"|residing (?:at|in)|place of birth|birth ?place|post ?code|zip(?: code)?|pin ?code"
)
_NAMES = r"(?:full |first |last |given |family |middle |candidate(?:'s)? )?(?:sur)?name|(?:father|mother|husband|wife|spouse)(?:['\u2019]?s)?(?: name)?"
_ORIGINS = r"nationality|citizenship|ethnicity|race|religion|caste|native(?: place)?|mother tongue|visa status|passport(?: (?:no|number))?\.?"
_IDENTITIES = r"ssn|social security(?: number)?|aadhaar|pan(?: card)?|nric|national id|ni number|national insurance(?: number)?"
_BORN = r"date of birth|d\.?\s?o\.?\s?b\.?|birth ?(?:date|day)"
_LABEL = r"(?:^|(?<=[\n|;,\u2022\t(])|(?<=\. ))[ \t*\-]*"


@dataclass(frozen=True, slots=True)
class Pattern:
    """One thing that says who somebody is. ``group`` is the part to mask; ``everywhere`` holds for postings too."""

    name: str
    regex: re.Pattern[str]
    group: int | str = 0
    everywhere: bool = False


def _pattern(name: str, regex: str, *, group: int | str = 0, everywhere: bool = False, cased: bool = False) -> Pattern:
    return Pattern(name, re.compile(regex, re.MULTILINE | (re.NOFLAG if cased else re.IGNORECASE)), group, everywhere)


def _labelled(name: str, labels: str) -> Pattern:
    """A line or table cell "Label: value": the value is masked, to the end of the line or the next "|"."""
    return _pattern(name, rf"{_LABEL}(?:{labels})[ \t]*(?:[:=\u2013\u2014]|\s-\s)[ \t]*(?P<value>[^\n|\u2022;]+)", group="value")


PATTERNS = (
    _pattern("email", r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+", everywhere=True),
    _pattern("profile", r"(?:https?://|www\.)[^\s<>()|,;]+", everywhere=True),
    _pattern("profile", rf"\b(?:[\w-]+\.)?(?:{_SITES})\.(?:com|io|org)/[^\s<>()|,;]+", everywhere=True),
    _labelled("profile", r"linked-?in|github|twitter|skype(?: id)?|facebook|instagram|portfolio|website|web ?site|blog"),
    _pattern("phone", r"(?<![\w.])\+\d{1,3}[\s.()-]*(?:\d[\s.()-]{0,2}){6,12}\d(?!\w)", everywhere=True),
    _pattern("phone", r"(?<![\w.])\(?\d{3,5}\)?[\s.-]{1,2}\d{3,4}[\s.-]\d{3,4}(?!\w)", everywhere=True),
    _pattern("phone", r"(?<![\w.,$\u00a3\u20ac])(?:\d{10,12}|0\d{3,4}[\s-]?\d{5,7})(?!\w)", everywhere=True),
    _labelled("phone", r"(?:mobile|mob|phone|tel(?:ephone)?|cell|contact|fax|whatsapp)(?: ?(?:no|number|#))?\.?"),
    _labelled("name", _NAMES),
    _labelled("address", _PLACES),
    _pattern(
        "address", rf"\b\d{{1,5}}[a-z]?,?[ ]+(?:[A-Z][\w'\u2019.-]*[ ]+){{1,4}}(?:{_STREETS})\b\.?(?:,?[ ]*(?:apt|apartment|suite|unit|flat|#)\.?[ ]*\w+)?"
    ),
    _pattern("address", r"\b(?:flat|apt|apartment|suite|plot|door no)\.?[ ]*(?:no\.?[ ]*)?#?\d+[\w/-]*(?:,[^\n|]{0,60})?"),
    _pattern("address", r"\bp\.?\s?o\.?\s?box\s+\d+"),
    _pattern("postcode", r"[^\n|\u2022]{0,60}\b(?:[A-Z]{1,2}\d[A-Z\d]?[ ]\d[A-Z]{2}|[A-Z]\d[A-Z][ ]\d[A-Z]\d)\b", cased=True),
    _pattern("postcode", r"(?:[A-Z][A-Za-z.'\u2019-]+[ ]){0,2}[A-Z][A-Za-z.'\u2019-]+,\s*[A-Z]{2}[\s,]+\d{5}(?:-\d{4})?\b", cased=True),
    _pattern("date of birth", rf"\b(?:{_BORN}|born(?: on| in)?)[ \t]*[:=\u2013-]*[ \t]*(?P<value>{_DATE})", group="value"),
    _labelled("date of birth", _BORN),
    _labelled("age", r"age"),
    _pattern("age", r"\b(?:aged?\s+)?(?P<value>\d{2})[\s-]*(?:years?|yrs?)[\s-]*(?:old|of age)\b", group="value"),
    _pattern("age", r"\baged?[ \t]+(?P<value>\d{2})\b", group="value"),
    _pattern("age", r"\b(?:man|woman|male|female) of (?P<value>\d{2})\b", group="value"),
    _pattern(
        "gender",
        r"\b(?:male|female)\b(?!\s*(?:ward|patients?|prison|prisoners|inmates|health|clients|students|line))|\b(?:i am|i'm) an? (?P<value>man|woman)\b",
    ),
    _labelled("gender", r"gender|sex|(?:preferred )?pronouns?|salutation"),
    _pattern("gender", r"\(?\b(?:she|he|they)\s*/\s*(?:her|him|hers|his|them|they|theirs)(?:\s*/\s*(?:hers|his|theirs))?\b\)?"),
    _pattern("gender", r"(?<![\w.])(?:mr|mrs|ms|miss|mx)\.?(?=\s+[A-Z])"),
    _labelled("family", r"marital status|civil status|family status|children|dependants?|dependents"),
    _labelled("origin", _ORIGINS),
    _labelled("photo", r"photo(?:graph)?|picture|image"),
    _pattern("photo", r"!\[[^\]\n]*\]\([^)\n]*\)|\b[\w-]+\.(?:jpe?g|png|gif|webp|heic)\b"),
    _pattern("identity number", rf"\b(?:{_IDENTITIES})[ \t]*(?:no\.?|number)?[ \t]*[:#=-]?[ \t]*(?P<value>[\w-]*\d[\w-]*)", group="value"),
)

_NAME_WORD = r"[A-Z][A-Za-z\u00c0-\u024f'\u2019.-]*"
_NAME_LINE = re.compile(rf"{_NAME_WORD}(?:[ \t]+(?:{_NAME_WORD}|de|da|del|van|von|der|bin|binti|al|el|la|le)(?!\w)){{1,4}}")
_NAME_END = re.compile(r"\s*(?:[,|(\u2013\u2014\u2022\t]| - |\s{3,})")
_TITLE_WORDS = """engineer developer manager analyst designer consultant administrator specialist nurse teacher accountant assistant officer director
executive technician architect scientist coordinator supervisor representative associate lead senior junior intern student clerk driver sales marketing
software project product business human resources customer service web full stack java python sql data network system systems support operations finance
financial health care it hr qa university college school institute ltd inc llc bachelor master degree"""
_HEADING_WORDS = """resume résumé curriculum vitae cv profile summary objective experience education skills contact personal details information
professional career about me page confidential"""
# Words that stand at the top of a résumé and are no name.
_NOT_NAMES = frozenset((_TITLE_WORDS + " " + _HEADING_WORDS).split())
_TOP_LINES = 4
_AROUND = " \t*#_|\ufeff"


def redact_report(report: Report) -> Report:
    """The same report with the person blacked out in every text that it carries."""
    resume, posting = report.resume, redact_extraction(report.posting)
    if resume is None:
        return replace(report, posting=posting)
    raw, masked = resume.document.text, masked_text(resume.document)

    def again(value: T) -> T:
        return _again(value, raw, masked)

    def gap(old: Gap) -> Gap:
        return replace(old, have=again(old.have), detail=_mask_quotes(old.detail, raw, masked), advice=_mask_quotes(old.advice, raw, masked))

    def gate(old: Gate) -> Gate:
        return replace(old, resume_evidence=again(old.resume_evidence))

    def phrase(old: PhraseGap) -> PhraseGap:
        return replace(old, evidence=again(old.evidence))

    return replace(
        report,
        posting=posting,
        resume=redact_extraction(resume),
        gaps=_each(gap, report.gaps),
        gates=_each(gate, report.gates),
        phrases=_each(phrase, report.phrases),
        haves=again(report.haves),
        warnings=tuple(w.replace(resume.document.source, REDACTED_SOURCE) if len(resume.document.source) > 1 else w for w in report.warnings),
    )


def redact_extraction(extraction: Extraction, source: str | None = None) -> Extraction:
    """The same extraction with the person blacked out; a résumé's file name goes too, for ``source``."""
    document = extraction.document
    masked = masked_text(document)
    name = document.source
    if document.kind is DocumentKind.RESUME and name not in ("-", "--skills"):
        name = source or REDACTED_SOURCE
    again = _again(replace(extraction, document=replace(document, text="")), document.text, masked)
    warnings = tuple(w.replace(document.source, name) if len(document.source) > 1 else w for w in extraction.warnings)
    return replace(again, document=replace(document, text=masked, source=name, warnings=()), warnings=warnings)


def masked_text(document: Document) -> str:
    """A document's text with everything that says who somebody is masked, as long as it was.

    >>> masked_text(Document("Ada King\\nada@king.org\\nSkills: Ada", "cv", DocumentKind.RESUME))
    '████████\\n████████████\\nSkills: ███'
    """
    text, resume = document.text, document.kind is DocumentKind.RESUME
    spans = [m.span(p.group) for p in PATTERNS if resume or p.everywhere for m in p.regex.finditer(text)]
    if resume:
        spans += _names(text)
    return _mask(text, spans)


def find_name(text: str) -> str | None:
    """The name at the top of a résumé: among the first lines that hold anything, the first that is 2 to 5 capitalised words and no heading or job title."""
    lines = [line.strip(_AROUND) for line in text.splitlines() if line.strip(_AROUND)]
    for line in lines[:_TOP_LINES]:
        match = _NAME_LINE.match(line)
        if match is None or not (match.end() == len(line) or _NAME_END.match(line, match.end())):
            continue
        if not any(word.strip(".,").lower() in _NOT_NAMES for word in match[0].split()):
            return match[0]
    return None


def _names(text: str) -> list[tuple[int, int]]:
    """Every place of the name at the top, whole or in part."""
    labelled = re.search(r"^[ \t*-]*(?:full |candidate )?name[ \t]*[:=][ \t]*([^\n|,;]+)", text, re.IGNORECASE | re.MULTILINE)
    names = [n for n in (find_name(text), labelled[1].strip() if labelled else None) if n]
    parts = {part.strip(".,'\u2019-") for name in names for part in name.split()}
    words = sorted((p for p in parts if len(p) > 2), key=lambda p: (-len(p), p))
    found = [m.span() for name in names for m in re.finditer(re.escape(name), text)]
    for word in words:
        forms = "|".join(dict.fromkeys(re.escape(form) for form in (word, word.capitalize(), word.upper())))
        found += [m.span() for m in re.finditer(rf"(?<!\w)(?:{forms})(?!\w)", text)]
    return found


def _mask(text: str, spans: Iterable[tuple[int, int]]) -> str:
    characters = list(text)
    for start, end in spans:
        for n in range(start, end):
            if not characters[n].isspace():
                characters[n] = MASK
    # Spaces inside a span would show how long each word was; a line break has to stay.
    for start, end in spans:
        for n in range(start + 1, end - 1):
            if characters[n] == " ":
                characters[n] = MASK
    return "".join(characters)


def _each(change: Callable[[T], T], values: Iterable[T]) -> tuple[T, ...]:
    return tuple(change(value) for value in values)


def _again(value: T, raw: str, masked: str) -> T:
    """A record with each text that it took from ``raw`` taken from ``masked`` instead."""
    return _rebuilt(value, raw, masked)  # type: ignore[no-any-return]


def _rebuilt(value: Any, raw: str, masked: str) -> Any:
    if isinstance(value, tuple):
        return tuple(_rebuilt(item, raw, masked) for item in value)
    if not is_dataclass(value) or isinstance(value, (type, Enum)):
        return value
    changes: dict[str, Any] = {}
    for field in fields(value):
        old = getattr(value, field.name)
        if field.name == "text" and hasattr(value, "start"):
            changes["text"] = masked[value.start : value.start + len(old)]
        elif field.name in ("title", "employer") and isinstance(old, str) and hasattr(value, "span"):
            at = raw.find(old, value.span.start)
            changes[field.name] = masked[at : at + len(old)] if at >= 0 else MASK * len(old)
        elif isinstance(old, tuple) or (is_dataclass(old) and not isinstance(old, type)):
            changes[field.name] = _rebuilt(old, raw, masked)
    return replace(value, **changes)


def _mask_quotes(sentence: str, raw: str, masked: str) -> str:
    """A sentence of ours with what it quotes from the text masked as there."""

    def quote(match: re.Match[str]) -> str:
        at = raw.find(match[1])
        return f"\u201c{masked[at : at + len(match[1])] if at >= 0 else match[1]}\u201d"

    return re.sub("\u201c([^\u201d]*)\u201d", quote, sentence)
