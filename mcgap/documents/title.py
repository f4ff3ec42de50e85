"""The job title of a plain posting."""

from __future__ import annotations

import re
from functools import cache
from itertools import islice

from mcgap.files import shipped_rows, word_list
from mcgap.text import phrase_key

_LABEL = re.compile(r"^(?:job|position|role|vacancy|post)?\s*(?:title|position|role|vacancy|post|job)\s*[:\u2013\u2014\t-]\s*(.*)$", re.IGNORECASE)
_MARKS = re.compile(r"^#{1,6}\s+|^\*\*(?=.*\*\*$)|\*\*$|^__(?=.*__$)|__$|\s#+$")
_BULLET = re.compile(r"^(?:[\u2022\u00b7\u25cf\u25aa\u25e6\u2023\u2043*>|<{\[]|[-\u2013\u2014]\s|\d+[.)]\s)")
_SENTENCE = re.compile(r"[.:;!?,]$|^(?:we|you|are|do|join|our|as|if|this|looking|https?:)\b", re.IGNORECASE)
_LABELLED_LINES = 15  # a "Job Title:" label stands near the top
_MAX_CHARACTERS, _MAX_WORDS = 100, 12
_NAMES_JOB = word_list("title_nouns")


def find_title(text: str) -> str | None:
    """The title that a plain posting begins with: a labelled one near the top, else a short first line.

    >>> find_title("Job Title: Staff Nurse\\nThe ward cares for ...")
    'Staff Nurse'
    >>> find_title("About us\\nWe bake bread.") is None
    True
    """
    written = filter(None, (_bare(raw[:300]) for raw in text[:20_000].lstrip("\ufeff").splitlines()))
    lines = list(islice(written, _LABELLED_LINES + 1))  # a title can stand on the line after its label
    if len(lines) < 2:
        return None
    for number, line in enumerate(lines[:_LABELLED_LINES]):
        label = _LABEL.match(line)
        if label:
            title = label[1].strip() or (lines[number + 1] if number + 1 < len(lines) else "")
            if _may_be_title(title):
                return title
    return lines[0] if _may_be_title(lines[0]) else None


def _bare(line: str) -> str:
    bare = line.strip()
    while (less := _MARKS.sub("", bare).strip()) != bare:
        bare = less
    return bare


def _may_be_title(line: str) -> bool:
    if not line or len(line) > _MAX_CHARACTERS or sum(any(map(str.isalnum, word)) for word in line.split()) > _MAX_WORDS:
        return False
    if line.endswith("!") and not _NAMES_JOB.isdisjoint(phrase_key(line)):
        line = line.rstrip("! ")  # "Home Care Assistant - immediate start!!"
    if not any(c.isalpha() for c in line) or _BULLET.search(line) or _SENTENCE.search(line):
        return False
    return phrase_key(line) not in _headings()


@cache
def _headings() -> frozenset[tuple[str, ...]]:
    rows = shipped_rows("data/section_headings.csv", ("heading", "document", "section"))
    return frozenset(phrase_key(row["heading"]) for row in rows if row["document"] == "posting")
