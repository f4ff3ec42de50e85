"""What is written beside the result, and frames."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas
import pytest

import mcgap
from mcgap.batch import Batch, run_batch
from mcgap.batch.records import PAIR_COLUMNS, POSTING_COLUMNS
from mcgap.batch.views import candidate_reasons, cohort_of, read_rows
from mcgap.errors import SettingsError
from mcgap.files import shipped
from mcgap.pipeline import Analyzer
from mcgap.settings import Settings

POSTINGS, RESUMES = str(shipped("data/samples/postings.csv")), str(shipped("data/samples/resumes.csv"))
SETTINGS = Settings(today=date(2026, 11, 2))


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def row(**fields: Any) -> dict[str, Any]:
    empty: dict[str, Any] = dict.fromkeys(PAIR_COLUMNS, ())
    return empty | {"posting_id": "p", "resume_id": "r", "readiness": 0.5, "verdict": "stack", "error": ""} | fields


@pytest.fixture(scope="module")
def batch(tmp_path_factory: pytest.TempPathFactory) -> Batch:
    folder = tmp_path_factory.mktemp("views")
    todo = Batch(
        postings=POSTINGS,
        resumes=RESUMES,
        out=folder / "out.csv",
        candidates=folder / "c.csv",
        top_candidates=2,
        cohort=folder / "k.csv",
        summary=folder / "s.html",
    )
    run_batch(todo, SETTINGS)
    return todo


def test_candidates_are_ranked_with_reasons(batch: Batch) -> None:
    assert batch.candidates is not None
    found, result = read(batch.candidates), read(batch.out)
    for posting in {r["posting_id"] for r in result}:
        mine = [r for r in found if r["posting_id"] == posting]
        assert [r["rank"] for r in mine] == ["1", "2"]
        best = [float(r["readiness"]) for r in mine if r["verdict"] != "not-closable"]
        assert best == sorted(best, reverse=True)
    nurse = next(r for r in found if r["posting_id"] == "nurse")
    assert nurse["resume_id"] == "care-assistant"
    assert "does not show: " in nurse["reasons"]
    assert "Nursing registration" in nurse["reasons"]


def test_who_is_shut_out_stands_last() -> None:
    from mcgap.batch.views import _candidate_key

    rows = [row(resume_id="a", readiness=0.9, verdict="not-closable"), row(resume_id="b", readiness=0.2), row(resume_id="c", readiness=0.2, missing=("x",))]
    assert [r["resume_id"] for r in sorted(rows, key=_candidate_key)] == ["b", "c", "a"]
    assert candidate_reasons(row()) == "nothing of what is asked was recognised"


def test_rows_come_back_as_they_went_out(batch: Batch, tmp_path: Path) -> None:
    run_batch(replace(batch, out=tmp_path / "o.jsonl", candidates=None, cohort=None, summary=None), SETTINGS)
    assert list(read_rows(batch.out)) == list(read_rows(tmp_path / "o.jsonl"))


def test_the_cohort_counts_gaps_and_names_a_stack(batch: Batch) -> None:
    assert batch.cohort is not None
    lines = read(batch.cohort)
    gaps = {r["name"]: int(r["rows"]) for r in lines if r["kind"] == "gap"}
    open_rows = [r for r in read_rows(batch.out) if any(name.startswith("Forklift licence") for name in r["missing"])]
    assert gaps["Forklift licence"] == len(open_rows) > 0
    assert list(gaps.values()) == sorted(gaps.values(), reverse=True)
    assert any(r["kind"] == "credential" and r["closes"] for r in lines)


def test_a_cohort_of_alternatives_and_parts() -> None:
    rows = [row(missing=("Docker (partial)", "PHP or Ruby")), row(missing=("Docker",)), row(error="no")]
    cohort = cohort_of(rows, Analyzer(SETTINGS))
    assert cohort.gaps == (("Docker", 2), ("PHP or Ruby", 1))
    assert (cohort.rows, cohort.failed, cohort.mean) == (2, 1, 0.5)
    assert sum(cohort.readiness) == 2


def test_the_summary_is_one_safe_page(batch: Batch) -> None:
    assert batch.summary is not None
    page = batch.summary.read_text(encoding="utf-8")
    assert "18 rows" in page
    assert "<script" not in page
    assert "http" not in page
    cohort = cohort_of([row(missing=("<b>x</b>",))], Analyzer(SETTINGS))
    from mcgap.batch.views import summary_page

    assert "<b>x" not in summary_page(cohort, Analyzer(SETTINGS))


def test_postings_alone_have_a_summary_of_demand(tmp_path: Path) -> None:
    todo = Batch(postings=POSTINGS, out=tmp_path / "o.csv", summary=tmp_path / "s.html", cohort=tmp_path / "k.csv")
    run_batch(todo, SETTINGS)
    assert "Most asked for" in (tmp_path / "s.html").read_text(encoding="utf-8")
    with pytest.raises(SettingsError, match="--candidates needs --resumes"):
        run_batch(replace(todo, candidates=tmp_path / "c.csv"), SETTINGS)


def test_redacted_results_hold_no_names(tmp_path: Path) -> None:
    folder = tmp_path / "cvs"
    folder.mkdir()
    (folder / "Jane Roe.txt").write_text("Skills\nPython", encoding="utf-8")
    (folder / "John Doe.pdf").write_bytes(b"%PDF-1.4 nothing")
    todo = Batch(postings=POSTINGS, resumes=str(folder), out=tmp_path / "o.csv", candidates=tmp_path / "c.csv", redact=True)
    run_batch(todo, SETTINGS)
    for path in (tmp_path / "o.csv", tmp_path / "c.csv"):
        text = path.read_text(encoding="utf-8")
        assert "candidate-1" in text
        assert "Jane" not in text
        assert "Doe" not in text


def test_frames(tmp_path: Path) -> None:
    frame = pandas.DataFrame({"description": ["Requirements: Python", None, "Requirements: SQL"], "resume": ["Skills: Python", "x", ""]}, index=[10, 20, 30])
    asked = mcgap.extract_frame(frame)
    assert list(asked.index) == [10, 20, 30]
    assert list(asked.columns) == [c for c in POSTING_COLUMNS if c != "posting_id"]
    assert asked.loc[10, "required"] == ("Python",)
    assert "empty" in str(asked.loc[20, "error"])
    pairs = mcgap.analyze_frame(frame, settings=SETTINGS)
    assert pairs.loc[10, "claimed"] == ("Python",)
    assert [bool(e) for e in pairs["error"]] == [False, True, True]
    with pytest.raises(SettingsError, match="no column 'text'"):
        mcgap.extract_frame(frame, text="text")
    assert mcgap.extract_frame(frame.iloc[:0]).empty
    assert mcgap.analyze_frame(frame.iloc[:0]).empty
