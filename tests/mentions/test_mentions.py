"""Which words name a skill, and which do not: rows of cases.csv (notation: tests/tables.py)."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tables import QUALITIES, case_params, judge, read_rows

from mcgap.documents import read_document
from mcgap.mentions import items
from mcgap.pipeline import Analyzer
from mcgap.records import DocumentKind
from mcgap.settings import Settings
from mcgap.text import Words

CASES = Path(__file__).with_name("cases.csv")


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    return Analyzer(Settings(fast=True, today=date(2026, 11, 1)))


@pytest.mark.parametrize(("text", "expected"), case_params(CASES, "input", "expected"))
def test_case(text: str, expected: str, analyzer: Analyzer) -> None:
    extraction = analyzer.extract(read_document(text, DocumentKind.POSTING))
    assert not judge(extraction, expected, analyzer.taxonomy)


def test_table_is_sound() -> None:
    rows = read_rows(CASES)
    assert len({row["input"] for row in rows}) == len(rows)
    assert all(row["quality"] in QUALITIES and row["source"] and row["expected"] for row in rows)


@pytest.mark.parametrize("text", [p.values[0] for p in case_params(CASES, "input")])
def test_spans_point_at_their_text(text: str, analyzer: Analyzer) -> None:
    found = analyzer.extract(read_document(text, DocumentKind.POSTING))
    marks = [*(a.mention for a in found.asks), *(a.cue for a in found.asks), *(y.span for y in found.years), *(e.span for e in found.education)]
    assert all(found.document.text[mark.start : mark.end] == mark.text for mark in marks if mark is not None)


PARTS = ["and", "or", "AND+", "_or", "Foobar", "experience", "Skilled", "with ", "in\t", " ", "  ", ", ", ",", "/", "&", "\n", "\u2022 ", ". ", "("]


@given(st.lists(st.sampled_from(PARTS), max_size=20), st.data())
def test_separators_are_tried_wherever_one_can_begin(parts: list[str], data: st.DataObject) -> None:
    text = "".join(parts)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    words = Words(text)
    offsets = items._offsets(words, items._parting(words), start, end)
    spans = [match.span() for match in items._separators(text, offsets, start, end)]
    assert spans == [match.span() for match in items._SEPARATOR.finditer(text, start, end)]
