"""``mcgap analyze`` as a job seeker meets it."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from mcgap.report import load_schema

Run = Callable[..., Any]  # of conftest: status, out, err

POSTING = "Data Analyst\nRequirements:\nPython and SQL, 3+ years of Python\nA bachelor's degree\nNice to have: Tableau\n"
RESUME = "Jane Example\njane@example.org\nSkills\nPython\nExperience\nAnalyst, Some Ltd, Jan 2019 - Dec 2020\nBuilt reports in SQL\n"
START = ("--start", "2026-12-01")


def checked(out: str) -> dict[str, Any]:
    payload: dict[str, Any] = json.loads(out)
    Draft202012Validator(load_schema("report")).validate(payload)
    return payload


def test_json(posting: str, resume: str, run: Run) -> None:
    done = run("analyze", posting, "--resume", resume, "--format", "json", *START)
    payload = checked(done.out)
    assert (done.status, done.err) == (0, "")
    assert payload["posting"] == {"source": posting, "title": "Data Analyst", "countries": []}
    assert {n["skill"]["id"]: n["status"] for n in payload["needs"]}.items() >= {"sql": "met", "tableau": "missing"}.items()
    for need in payload["needs"]:
        assert all(POSTING[e["start"] : e["end"]] == e["text"] for e in need["posting_evidence"])
        assert all(RESUME[e["start"] : e["end"]] == e["text"] for e in need["resume_evidence"])


def test_the_same_input_gives_the_same_bytes(posting: str, resume: str, run: Run) -> None:
    for form in ("json", "text", "html", "markdown"):
        args = ("analyze", posting, "--resume", resume, "--format", form, *START)
        assert run(*args).out == run(*args).out


def test_text_is_plain_in_a_pipe_and_fits_80_columns(posting: str, resume: str, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    done = run("analyze", posting, "--resume", resume, *START)
    assert done.status == 0
    assert "\x1b" not in done.out
    assert done.out.startswith("Data Analyst\n")
    assert [line for line in done.out.splitlines() if len(line) > 80 and "http" not in line and resume not in line and posting not in line] == []


def test_columns_sets_the_width(posting: str, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    wide = run("analyze", posting).out
    monkeypatch.setenv("COLUMNS", "60")
    assert len(run("analyze", posting).out.splitlines()) > len(wide.splitlines())


def test_without_a_resume_it_shows_what_is_asked(posting: str, run: Run) -> None:
    done = run("analyze", posting)
    assert done.status == 0
    assert "--resume" in done.out
    assert checked(run("analyze", posting, "--format", "json").out)["readiness"] is None


def test_skills_stand_in_for_a_resume(posting: str, run: Run) -> None:
    done = run("analyze", posting, "--skills", "Python, SQL; Tableau", "--format", "json", *START)
    payload = checked(done.out)
    assert payload["resume"] == {"source": "--skills"}
    statuses = {n["skill"]["id"]: n["status"] for n in payload["needs"]}
    assert {statuses[skill] for skill in ("python", "sql", "tableau")} == {"claimed"}
    assert "You say you have".upper() in run("analyze", posting, "--skills", "Python, SQL", *START).out


def test_a_skill_that_no_list_knows_is_said(posting: str, run: Run) -> None:
    warnings = checked(run("analyze", posting, "--skills", "Python, Xyzzyplugh", "--format", "json").out)["warnings"]
    assert [w for w in warnings if "Xyzzyplugh" in w]
    assert not [w for w in warnings if "Python" in w]


@pytest.mark.parametrize("stdin_is", ["posting", "resume"])
def test_standard_input_is_one_of_the_two(stdin_is: str, posting: str, resume: str, run: Run) -> None:
    if stdin_is == "posting":
        done = run("analyze", "-", "--resume", resume, "--format", "json", stdin=POSTING)
    else:
        done = run("analyze", posting, "--resume", "-", "--format", "json", stdin=RESUME)
    payload = checked(done.out)
    assert payload[stdin_is]["source"] == "-"
    assert "sql" in {n["skill"]["id"] for n in payload["needs"]}


def test_on_a_terminal_it_asks_to_paste(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from mcgap.cli import analyze

    monkeypatch.setattr(analyze, "_at_a_terminal", lambda: True)
    done = run("analyze", stdin=POSTING)
    assert done.status == 0
    assert "Ctrl-D" in done.err
    assert "Ctrl-D" not in done.out
    assert "SQL" in done.out


@pytest.mark.parametrize(
    ("name", "begins"),
    [("r.html", "<!DOCTYPE html>"), ("r.md", "# Data Analyst"), ("r.json", "{"), ("r.csv", "skill,name"), ("r.txt", "Data Analyst"), ("r", "Data Analyst")],
)
def test_output_file_by_its_suffix(name: str, begins: str, posting: str, resume: str, tmp_path: Path, run: Run) -> None:
    path = tmp_path / name
    done = run("analyze", posting, "--resume", resume, "-o", str(path))
    assert (done.status, done.out) == (0, "")
    assert path.read_text(encoding="utf-8").startswith(begins)


def test_an_output_file_that_cannot_be_written(posting: str, tmp_path: Path, run: Run) -> None:
    done = run("analyze", posting, "-o", str(tmp_path / "absent" / "r.html"))
    assert done.status == 1
    assert done.err.startswith("Error: ")


@pytest.mark.parametrize("form", ["text", "json", "markdown", "html", "csv"])
def test_redact_names_nobody(form: str, posting: str, resume: str, run: Run) -> None:
    done = run("analyze", posting, "--resume", resume, "--redact", "--format", form)
    assert done.status == 0
    assert "Jane" not in done.out
    assert "jane@" not in done.out


def test_explain_walks_every_need(posting: str, resume: str, run: Run) -> None:
    out = " ".join(run("analyze", posting, "--resume", resume, "--explain", *START).out.split())
    payload = checked(run("analyze", posting, "--resume", resume, "--format", "json", *START).out)
    for need in payload["needs"]:
        assert f"{need['skill']['name']}: {need['status']} ({need['requirement']}, importance" in out
    for credential in payload["credentials"]:
        assert len(credential["reasons"]) == 10
        assert credential["score"] == pytest.approx(sum(r["points"] for r in credential["reasons"]), abs=1e-9)
        assert out.count(f"{credential['rank']}. {credential['title']}") == 2


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["analyze", "absent.txt"], "absent.txt"),
        (["analyze", "POSTING", "--resume", "absent.pdf"], "absent.pdf"),
        (["analyze", "POSTING", "--only-catalog"], "--catalog"),
        (["analyze", "POSTING", "--budget", "-1"], "--budget"),
        (["analyze", "POSTING", "--hours-per-week", "0"], "--hours-per-week"),
        (["analyze", "POSTING", "--taxonomy", "absent.csv"], "absent.csv"),
        (["analyze", "POSTING", "--catalog", "absent.csv"], "absent.csv"),
    ],
)
def test_a_users_error_is_one_sentence(args: list[str], says: str, posting: str, run: Run) -> None:
    done = run(*(posting if arg == "POSTING" else arg for arg in args))
    assert (done.status, done.out) == (1, "")
    assert done.err.startswith("Error: ")
    assert says in done.err
    assert len(done.err.splitlines()) == 1


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["analyze"], "Name a posting"),
        (["analyze", "-", "--resume", "-"], "not both"),
        (["analyze", "x", "--resume", "y", "--skills", "SQL"], "not both"),
        (["analyze", "x", "--skills", " , "], "names no skill"),
        (["analyze", "x", "--deadline", "31/03/2027"], "YYYY-MM-DD"),
        (["analyze", "x", "--deadline", "2027-02-30"], "YYYY-MM-DD"),
        (["analyze", "x", "--deadline", "20270331"], "YYYY-MM-DD"),
        (["analyze", "x", "--goal", "fame"], "fill-gap"),
        (["analyze", "x", "--top", "0"], "--top"),
        (["analyze", "x", "--nonsense"], "--nonsense"),
    ],
)
def test_wrong_usage_says_what_is_right(args: list[str], says: str, run: Run) -> None:
    done = run(*args)
    assert (done.status, done.out) == (2, "")
    assert says in done.err


def test_the_options_reach_the_settings(posting: str, resume: str, run: Run) -> None:
    payload = checked(run("analyze", posting, "--resume", resume, "--format", "json", "--top", "1", "--start", "2027-01-04").out)
    assert len(payload["credentials"]) <= 1
    assert payload["today"] == "2027-01-04"
    assert all(step["starts"] >= "2027-01-04" for step in payload["plan"]["steps"])


def test_json_needs_neither_rich_nor_jinja(posting: str, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [n for n in sys.modules if n.split(".")[0] in ("rich", "jinja2")]:
        monkeypatch.delitem(sys.modules, name)
    assert run("analyze", posting, "--format", "json").status == 0
    assert not {n.split(".")[0] for n in sys.modules} & {"rich", "jinja2"}
