"""``mcgap progress``: two reports, or one and a new résumé."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from mcgap.report import load_schema

Run = Callable[..., Any]  # of conftest: status, out, err

POSTING = "Assistant\nRequirements:\nPython, SQL and Tableau\n"
START = ("--start", "2026-12-01")


@pytest.fixture
def posting(tmp_path: Path) -> str:
    path = tmp_path / "posting.txt"
    path.write_text(POSTING, encoding="utf-8")
    return str(path)


@pytest.fixture
def old(posting: str, tmp_path: Path, run: Run) -> str:
    path = tmp_path / "old.json"
    assert run("analyze", posting, "--skills", "SQL", "--format", "json", "-o", str(path), "--start", "2026-03-01").status == 0
    return str(path)


def checked(out: str) -> dict[str, Any]:
    payload: dict[str, Any] = json.loads(out)
    Draft202012Validator(load_schema("progress")).validate(payload)
    return payload


def test_a_new_resume_runs_the_posting_again(old: str, run: Run) -> None:
    payload = checked(run("progress", old, "--skills", "SQL, Tableau", "--format", "json", *START).out)
    assert [m["id"] for m in payload["closed"]] == ["tableau"]
    assert (payload["since"], payload["today"]) == ("2026-03-01", "2026-12-01")
    assert payload["readiness"]["change"] > 0
    assert payload["same_posting"] is True


def test_two_reports(old: str, posting: str, tmp_path: Path, run: Run) -> None:
    new = tmp_path / "new.json"
    run("analyze", posting, "--skills", "SQL, Tableau", "--format", "json", "-o", str(new), *START)
    by_file = run("progress", old, str(new), "--format", "json")
    assert checked(by_file.out) == checked(run("progress", old, posting, "--skills", "SQL, Tableau", "--format", "json", *START).out)
    back = checked(run("progress", str(new), old, "--format", "json").out)
    assert [m["id"] for m in back["opened"]] == ["tableau"]


def test_text(old: str, run: Run) -> None:
    done = run("progress", old, "--skills", "SQL, Tableau", *START)
    assert done.status == 0
    assert "CLOSED SINCE" in done.out
    assert "no guarantee of a job" in done.out
    assert "Nothing moved." in run("progress", old, old).out


def test_the_posting_is_gone(old: str, posting: str, run: Run) -> None:
    Path(posting).unlink()
    done = run("progress", old, "--skills", "SQL")
    assert (done.status, done.out) == (1, "")
    assert "name the posting after the report" in done.err


@pytest.mark.parametrize(("args", "says"), [(["absent.json", "b.json"], "absent.json"), (["POSTING", "POSTING"], "is not JSON")])
def test_a_users_error_is_one_sentence(args: list[str], says: str, posting: str, run: Run) -> None:
    done = run("progress", *(posting if arg == "POSTING" else arg for arg in args))
    assert (done.status, done.out) == (1, "")
    assert says in done.err
    assert len(done.err.splitlines()) == 1


@pytest.mark.parametrize("args", [[], ["a.json"], ["a.json", "--resume", "x", "--skills", "y"]])
def test_wrong_usage(args: list[str], run: Run) -> None:
    assert run("progress", *args).status == 2
