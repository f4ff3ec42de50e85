"""Values that name nothing are refused with what there is, and a file's suffix names its format or is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]  # of conftest: status, out, err

GAPS = ("--gaps", "SQL", "--start", "2026-12-01")


@pytest.mark.parametrize(
    ("option", "value", "hint"),
    [
        ("--toward", "aat-l4-acounting", "aat-l4-accounting"),
        ("--toward", "zzzz", "mcgap catalog search"),
        ("--language", "english", "en for English"),
        ("--language", "xx", " es, "),
        ("--career-stage", "wizard", "entry"),
        ("--career-stage", "", "senior"),
        ("--industry", "marketng", "marketing"),
        ("--industry", "zzzz", "accounting-bookkeeping"),
    ],
)
@pytest.mark.parametrize("command", ["rank", "plan"])
def test_a_value_that_names_nothing_is_refused(command: str, option: str, value: str, hint: str, run: Run) -> None:
    done = run(command, *GAPS, option, value)
    assert (done.status, done.out) == (1, "")
    assert option in done.err
    assert hint in " ".join(done.err.split())


@pytest.mark.parametrize(
    ("option", "value"),
    [("--language", "EN"), ("--career-stage", "Mid-level manager"), ("--industry", "healthcare"), ("--industry", "data"), ("--toward", "aat-l4-accounting")],
)
def test_a_value_that_names_something_is_taken(option: str, value: str, run: Run) -> None:
    assert run("rank", *GAPS, option, value).status == 0


@pytest.mark.parametrize("command", ["rank", "plan"])
def test_an_unknown_suffix_is_refused_with_those_there_are(command: str, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    done = run(command, *GAPS, "-o", str(path))
    assert done.status == 2
    assert ".txt, .json" in done.err
    assert not path.exists()
    assert run(command, *GAPS, "-o", str(path), "--format", "json").status == 0
    assert json.loads(path.read_text(encoding="utf-8"))["credentials"]


def test_the_suffix_names_the_format(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "sql.csv"
    assert run("rank", *GAPS, "-o", str(path)).status == 0
    assert path.read_text(encoding="utf-8").startswith("rank,id,title")
    bare = tmp_path / "sql"
    assert run("rank", *GAPS, "-o", str(bare)).status == 0
    assert bare.read_text(encoding="utf-8").startswith("Credentials for SQL")


def test_an_unknown_suffix_of_a_report_is_refused(run: Run, tmp_path: Path) -> None:
    posting = tmp_path / "posting.txt"
    posting.write_text("Analyst\nRequirements:\nSQL\n", encoding="utf-8")
    done = run("analyze", str(posting), "-o", str(tmp_path / "report.docx"))
    assert done.status == 2
    assert ".md" in done.err
