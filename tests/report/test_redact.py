"""What says who somebody is goes; what counts for the gap stays."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from mcgap.records import Document, DocumentKind, Report
from mcgap.report import redact_extraction, redact_report
from mcgap.report.redact import MASK, PATTERNS, masked_text

CASES = list(csv.DictReader((Path(__file__).parent / "redact.csv").read_text(encoding="utf-8").splitlines(keepends=True)))


@pytest.mark.parametrize("case", CASES, ids=[case["note"] for case in CASES])
def test_cases(case: dict[str, str]) -> None:
    masked = masked_text(Document(case["text"], "cv", DocumentKind.RESUME))
    for words in filter(None, case["hidden"].split("|")):
        assert words not in masked
    assert case["kept"] in masked
    assert len(masked) == len(case["text"])
    assert masked.count("\n") == case["text"].count("\n")
    assert bool(case["hidden"]) == (MASK in masked)


def test_every_kind_of_pattern_has_a_case() -> None:
    texts = [case["text"] for case in CASES]
    assert [p.name for p in PATTERNS if not any(p.regex.search(text) for text in texts)] == []


def test_a_posting_keeps_its_words_but_not_its_contacts() -> None:
    text = "Jane Example Ltd seeks a nurse. Age: any. Mail jobs@example.org"
    masked = masked_text(Document(text, "p", DocumentKind.POSTING))
    assert masked == text.replace("jobs@example.org", MASK * 16)


def test_masking_twice_changes_nothing(report: Report) -> None:
    once = redact_report(report)
    assert once.resume is not None
    assert masked_text(once.resume.document) == once.resume.document.text


def test_no_result_changes(report: Report) -> None:
    hidden = redact_report(report)
    assert (hidden.readiness, hidden.verdict, hidden.credentials, hidden.plan) == (report.readiness, report.verdict, report.credentials, report.plan)
    assert [(g.need, g.status, g.shortfall, g.nearest) for g in hidden.gaps] == [(g.need, g.status, g.shortfall, g.nearest) for g in report.gaps]


def test_evidence_still_points_at_its_text(report: Report) -> None:
    hidden = redact_report(report)
    assert hidden.resume is not None
    text = hidden.resume.document.text
    for proof in (*hidden.resume.proofs, *(p for have in hidden.haves for p in have.proofs)):
        assert text[proof.mention.start : proof.mention.end] == proof.mention.text


def test_roles_and_file_names_lose_the_name(report: Report) -> None:
    hidden = redact_report(report)
    assert hidden.resume is not None
    assert hidden.resume.document.source == "redacted"
    assert "Jane" not in str(hidden.resume.roles)
    assert hidden.warnings == ("redacted has two columns.",)


def test_a_source_can_be_given(report: Report) -> None:
    assert report.resume is not None
    assert redact_extraction(report.resume, "redacted-2.pdf").document.source == "redacted-2.pdf"
