"""``mcgap extract`` as a person or a script meets it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from mcgap.report import load_schema

Run = Callable[..., Any]  # of conftest: status, out, err

POSTING = "Data Analyst\nRequirements:\nPython and SQL, 3+ years of Python\nNice to have: Tableau\n"
RESUME = "Jane Example\njane@example.org\nSkills\nPython\nExperience\nAnalyst, Some Ltd, Jan 2019 - Dec 2020\nBuilt reports in SQL\n"


@pytest.fixture
def posting(tmp_path: Path) -> Path:
    path = tmp_path / "posting.txt"
    path.write_text(POSTING, encoding="utf-8")
    return path


@pytest.fixture
def resume(tmp_path: Path) -> Path:
    path = tmp_path / "Jane_Example.txt"
    path.write_text(RESUME, encoding="utf-8")
    return path


def valid(payload: object) -> bool:
    Draft202012Validator(load_schema("extract")).validate(payload)
    return True


def test_json_fits_its_schema_and_points_into_the_file(posting: Path, run: Run) -> None:
    done = run("extract", str(posting), "--format", "json")
    payload = json.loads(done.out)
    assert done.status == 0
    assert valid(payload)
    assert payload["source"] == str(posting)
    found = {s["id"]: s for s in payload["skills"]}
    assert found["python"]["requirement"] == "required"
    assert found["tableau"]["requirement"] == "preferred"
    assert all(POSTING[m["start"] : m["end"]] == m["text"] for s in payload["skills"] for m in s["mentions"])


def test_json_of_several_files_is_a_list(posting: Path, run: Run) -> None:
    done = run("extract", str(posting), str(posting), "--format", "json")
    assert [valid(payload) for payload in json.loads(done.out)] == [True, True]


def test_an_unreadable_file_does_not_stop_the_others(posting: Path, tmp_path: Path, run: Run) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_text("", encoding="utf-8")
    names = [str(tmp_path / "absent.txt"), str(posting), str(empty), str(tmp_path)]
    done = run("extract", *names, "--format", "jsonl")
    lines = [json.loads(line) for line in done.out.splitlines()]
    assert done.status == 1
    assert [valid(line) for line in lines] == [True] * 4
    assert [line["source"] for line in lines] == names
    assert ["error" in line for line in lines] == [True, False, True, True]


@pytest.mark.parametrize("form", ["text", "csv", "json"])
def test_an_unreadable_file_is_named_on_standard_error(form: str, posting: Path, tmp_path: Path, run: Run) -> None:
    done = run("extract", str(tmp_path / "absent.txt"), str(posting), "--format", form)
    assert done.status == 1
    assert done.err.startswith("Error: ")
    assert "absent.txt" in done.err
    assert "Python" in done.out
    assert "Traceback" not in done.err


def test_csv(posting: Path, run: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(run("extract", str(posting), "--format", "csv").out)))
    assert {"python", "sql", "tableau"} <= {row["id"] for row in rows}
    assert {row["source"] for row in rows} == {str(posting)}


def test_standard_input(run: Run) -> None:
    done = run("extract", "-", "--format", "json", stdin=POSTING)
    payload = json.loads(done.out)
    assert payload["source"] == "-"
    assert "python" in {s["id"] for s in payload["skills"]}


def test_with_text(posting: Path, run: Run) -> None:
    assert json.loads(run("extract", str(posting), "--format", "json", "--with-text").out)["text"] == POSTING


def test_explain_says_why_words_about_the_employer_are_left_out(posting: Path, run: Run) -> None:
    posting.write_text(POSTING + "Benefits:\nA pension scheme and private medical insurance\n", encoding="utf-8")
    dropped = json.loads(run("extract", str(posting), "--format", "json", "--explain").out)["dropped"]
    assert any("ask nothing" in m["why"] for m in dropped)
    assert len({(m["start"], m["end"], m["id"]) for m in dropped}) == len(dropped)


def test_explain_says_section_and_why(posting: Path, run: Run) -> None:
    payload = json.loads(run("extract", str(posting), "--format", "json", "--explain").out)
    assert valid(payload)
    assert payload["skills"][0]["mentions"][0]["section"]
    assert "dropped" in payload
    assert "in the part" in " ".join(run("extract", str(posting), "--explain").out.split())


def test_redact_hides_the_person_and_the_file_name(resume: Path, run: Run) -> None:
    for form in ("json", "jsonl", "text", "csv"):
        done = run("extract", str(resume), "--kind", "resume", "--redact", "--format", form, "--with-text")
        assert "SQL" in done.out
        assert "Jane" not in done.out
        assert "jane@" not in done.out


def test_redact_hides_the_file_name_in_an_error(tmp_path: Path, run: Run) -> None:
    done = run("extract", str(tmp_path / "Jane_Example.pdf"), "--kind", "resume", "--redact", "--format", "jsonl")
    assert json.loads(done.out)["source"] == "redacted-1.pdf"
    assert "Jane" not in done.out


def test_a_resume_says_how_each_skill_is_shown(resume: Path, run: Run) -> None:
    payload = json.loads(run("extract", str(resume), "--kind", "resume", "--format", "json").out)
    assert valid(payload)
    assert {s["id"]: s["requirement"] for s in payload["skills"]}.items() >= {"python": "listed", "sql": "used"}.items()


def test_nothing_found_is_said(tmp_path: Path, run: Run) -> None:
    path = tmp_path / "p.txt"
    path.write_text("Xyzzy plugh.", encoding="utf-8")
    assert json.loads(run("extract", str(path), "--format", "json").out)["warnings"]
    assert "No skill was recognised" in run("extract", str(path)).out


@pytest.mark.parametrize("args", [["extract"], ["extract", "-", "-"], ["extract", "x", "--format", "xml"], ["extract", "x", "--kind", "letter"]])
def test_wrong_usage(args: list[str], run: Run) -> None:
    assert run(*args).status == 2
