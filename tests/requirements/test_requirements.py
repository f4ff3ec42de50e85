"""How strongly a posting asks, for how long, as an alternative of what: rows of cases.csv (notation: tests/tables.py)."""

from datetime import date
from pathlib import Path

import pytest
from tables import QUALITIES, case_params, judge, read_rows

from mcgap.documents import read_document
from mcgap.pipeline import Analyzer
from mcgap.records import DocumentKind, Strength
from mcgap.settings import Settings

CASES = Path(__file__).with_name("cases.csv")


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    return Analyzer(Settings(fast=True, today=date(2026, 11, 1)))


@pytest.mark.parametrize(("text", "expected"), case_params(CASES, "input", "expected"))
def test_case(text: str, expected: str, analyzer: Analyzer) -> None:
    extraction = analyzer.extract(read_document(text, DocumentKind.POSTING))
    assert not judge(extraction, expected, analyzer.taxonomy)


def test_what_one_must_be_able_to_do_is_asked_for_however_long_the_phrase() -> None:
    text = "Manager\nRequirements\n- SQL\n- Ability to manage a complex set of stakeholders\nResponsibilities\n- Manage a complex set of stakeholders\n"
    extraction = Analyzer(Settings(today=date(2026, 11, 1))).extract(read_document(text, DocumentKind.POSTING))
    strengths = [ask.strength for ask in extraction.asks if "complex set" in ask.mention.text]
    assert strengths == [Strength.REQUIRED, Strength.DUTY]


def test_table_is_sound() -> None:
    rows = read_rows(CASES)
    assert len({row["input"] for row in rows}) == len(rows)
    assert all(row["quality"] in QUALITIES and row["source"] and row["expected"] for row in rows)


@pytest.mark.parametrize("text", [p.values[0] for p in case_params(CASES, "input")])
def test_spans_point_at_their_text(text: str, analyzer: Analyzer) -> None:
    found = analyzer.extract(read_document(text, DocumentKind.POSTING))
    marks = [*(a.mention for a in found.asks), *(a.cue for a in found.asks), *(y.span for y in found.years), *(e.span for e in found.education)]
    assert all(found.document.text[mark.start : mark.end] == mark.text for mark in marks if mark is not None)
