"""Which part of a posting or résumé a text stands in: rows of cases.csv.

``expected`` is a list of parts separated by ";": the kind of the section, then words that stand in it ("requirements "Java"").
"""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from tables import QUALITIES, case_params, read_rows

from mcgap.documents import read_document
from mcgap.records import DocumentKind, Section
from mcgap.sections import find_sections
from mcgap.text import Words

CASES = Path(__file__).with_name("cases.csv")
_PART = re.compile(r'(\w+) "([^"]+)"')


@pytest.mark.parametrize(("kind", "text", "expected"), case_params(CASES, "document", "input", "expected"))
def test_case(kind: str, text: str, expected: str) -> None:
    sections = read(text, DocumentKind(kind))
    parts = _PART.findall(expected)
    assert parts
    found = [(next(s.kind.value for s in sections if s.start <= text.rindex(words) < s.end), words) for _, words in parts]
    assert found == parts


@pytest.mark.parametrize(("kind", "text"), [case.values for case in case_params(CASES, "document", "input")])
def test_sections_cover_the_text_in_order(kind: str, text: str) -> None:
    sections = read(text, DocumentKind(kind))
    assert sections[0].start == 0
    assert sections[-1].end == len(text)
    assert all(a.end == b.start for a, b in pairwise(sections))
    headings = [s.heading for s in sections if s.heading is not None]
    assert all(text[h.start : h.end] == h.text for h in headings)


def test_table_is_sound() -> None:
    rows = read_rows(CASES)
    assert len({(row["document"], row["input"]) for row in rows}) == len(rows)
    assert all(row["quality"] in QUALITIES and row["source"] and row["expected"] for row in rows)


def read(text: str, kind: DocumentKind) -> tuple[Section, ...]:
    document = read_document(text, kind)
    return find_sections(document, Words(document.text))
