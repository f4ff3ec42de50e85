"""``mcgap plan``."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from mcgap.report import load_schema

Run = Callable[..., Any]  # of conftest: status, out, err

POSTING = "Data Analyst\nRequirements:\nPython, SQL and Tableau\nData visualization\nNice to have: Power BI\n"
RESUME = "Jane Example\njane@example.org\nExperience\nAnalyst, Some Ltd, Jan 2023 - Dec 2025\nBuilt reports in SQL\n"
START = ("--start", "2026-12-01")


def checked(out: str) -> dict[str, Any]:
    payload: dict[str, Any] = json.loads(out)
    Draft202012Validator(load_schema("plan")).validate(payload)
    return payload


def test_json(posting: str, resume: str, run: Run) -> None:
    done = run("plan", posting, "--resume", resume, "--checklist", "--format", "json", *START)
    payload = checked(done.out)
    assert (done.status, done.err) == (0, "")
    assert payload["plan"]["steps"]
    assert payload["sensitivity"]["first"] == payload["credentials"][0]["id"]
    assert [c["credential"] for c in payload["checklist"]] == [s["credential"] for s in payload["plan"]["steps"]]
    assert all(len(c["checks"]) == len(payload["checklist"][0]["checks"]) for c in payload["checklist"])
    for points in payload["frontier"].values():
        assert [p["coverage"] for p in points] == sorted(p["coverage"] for p in points)
        assert [p["limit"] for p in points] == sorted(p["limit"] for p in points)
    opened = {n["skill"]["id"] for n in payload["needs"] if n["shortfall"] > 0}
    assert {w["skill"] for w in payload["counterfactual"]} <= opened


def test_text_says_all_parts_at_80_columns(posting: str, resume: str, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    done = run("plan", posting, "--resume", resume, "--checklist", *START)
    assert done.status == 0
    assert "\x1b" not in done.out
    assert [line for line in done.out.splitlines() if len(line) > 80 and resume not in line and posting not in line and "http" not in line] == []
    for heading in ("PLAN", "WHAT MORE HOURS WOULD BUY", "WHAT MORE MONEY WOULD BUY", "IN FIRST PLACE", "IF YOU ALREADY KNEW", "BEFORE YOU PAY"):
        assert heading in done.out
    assert "no guarantee of a job" in done.out
    assert run("plan", posting, "--resume", resume, "--checklist", *START).out == done.out


@pytest.mark.parametrize(
    "options", [("--budget", "120"), ("--deadline", "2027-01-10"), ("--free-only",), ("--max-hours", "30", "--budget", "200"), ("--prefer", "speed")]
)
def test_a_plan_keeps_its_limits(options: tuple[str, ...], posting: str, run: Run) -> None:
    payload = checked(run("plan", posting, "--skills", "SQL", *options, "--format", "json", *START).out)
    plan, given = payload["plan"], payload["limits"]
    hours = {c["id"]: c["hours"] for c in payload["credentials"]}
    if given["budget"] is not None:
        assert plan["cost"] <= given["budget"]
    if given["deadline"] is not None:
        assert all(step["ends"] <= given["deadline"] for step in plan["steps"])
    if given["max_hours"] is not None:
        assert all((h := hours.get(s["credential"])) is None or (h["min"] + h["max"]) / 2 <= given["max_hours"] for s in plan["steps"])
    starts = [step["starts"] for step in plan["steps"]]
    assert starts == sorted(starts)
    assert all(start >= given["start"] for start in starts)


def test_gaps_stand_in_for_a_posting(run: Run) -> None:
    done = run("plan", "--gaps", "Kubernetes, Terraform", *START)
    assert done.status == 0
    assert done.out.startswith("Plan for Kubernetes and Terraform\n")
    assert "--gaps" not in done.out
    steps = checked(run("plan", "--gaps", "Kubernetes, Terraform", "--format", "json", *START).out)["plan"]["steps"]
    assert {skill for step in steps for skill in step["closes"]} == {"kubernetes", "terraform"}


def test_what_stays_open_is_said_without_a_resume(run: Run) -> None:
    out = " ".join(run("plan", "--gaps", "Kubernetes, patience", *START).out.split())
    assert "WHAT STAYS OPEN • Patience" in out


def test_if_known_asks_about_these_only(posting: str, run: Run) -> None:
    payload = checked(run("plan", posting, "--skills", "SQL", "--if-known", "Tableau", "--format", "json", *START).out)
    assert {w["skill"] for w in payload["counterfactual"]} == {"tableau"}
    assert all("If you already knew Tableau" in w["sentence"] for w in payload["counterfactual"])


def test_toward_a_larger_certificate(run: Run) -> None:
    payload = checked(run("plan", "--gaps", "bookkeeping", "--toward", "aat-l4-accounting", "--format", "json", *START).out)
    assert "stack_through" in payload
    done = run("plan", "--gaps", "bookkeeping", "--toward", "no-such-thing", *START)
    assert (done.status, done.out) == (1, "")
    assert "--toward" in done.err


def test_impossible_budget_is_said(run: Run) -> None:
    done = run("plan", "--gaps", "Terraform", "--budget", "1", "--max-hours", "1", *START)
    assert done.status == 0
    assert "No credential in the catalog closes an open gap within your limits" in " ".join(done.out.split())


def test_nothing_open_is_said(run: Run) -> None:
    done = run("plan", "--gaps", "SQL", "--skills", "SQL", *START)
    assert done.status == 0
    assert "nothing is planned" in done.out


def test_blanks_of_the_checklist_are_shown(run: Run) -> None:
    out = run("plan", "--gaps", "Terraform", "--checklist", *START).out
    assert "Not recorded: ask the issuer." in out
    assert "as of" in out


@pytest.mark.parametrize(("name", "begins"), [("p.html", "<!DOCTYPE html>"), ("p.md", "# "), ("p.json", "{"), ("p.txt", "Data Analyst")])
def test_output_file_by_its_suffix(name: str, begins: str, posting: str, tmp_path: Path, run: Run) -> None:
    path = tmp_path / name
    assert run("plan", posting, "--skills", "SQL", "-o", str(path), *START).status == 0
    assert path.read_text(encoding="utf-8").startswith(begins)


def test_redact_names_nobody(posting: str, resume: str, run: Run) -> None:
    for form in ("json", "text"):
        assert "Jane" not in run("plan", posting, "--resume", resume, "--redact", "--format", form, *START).out


@pytest.mark.parametrize(
    ("args", "says"),
    [
        ([], "--gaps"),
        (["x", "--gaps", "SQL"], "either"),
        (["-", "--resume", "-"], "not both"),
        (["x", "--resume", "a", "--skills", "b"], "not both"),
        (["x", "--prefer", "luck"], "speed"),
    ],
)
def test_wrong_usage(args: list[str], says: str, run: Run) -> None:
    done = run("plan", *args)
    assert (done.status, done.out) == (2, "")
    assert says in done.err


@pytest.mark.parametrize(
    ("args", "says"), [(["absent.txt"], "absent.txt"), (["--gaps", "Kubernets"], "Kubernetes"), (["--gaps", "SQL", "--if-known", "Kubernets"], "--if-known")]
)
def test_a_users_error_is_one_sentence(args: list[str], says: str, run: Run) -> None:
    done = run("plan", *args)
    assert (done.status, done.out) == (1, "")
    assert says in done.err
    assert len(done.err.splitlines()) == 1


def test_a_budget_has_a_currency(run: Run) -> None:
    asked = ("plan", "--gaps", "bookkeeping", "--budget", "500", "--format", "json", *START)
    dollars = checked(run(*asked).out)
    assert dollars["limits"]["currency"] == "USD"
    assert {step["currency"] for step in dollars["plan"]["steps"]} <= {"USD", ""}
    pounds = checked(run(*asked, "--currency", "gbp").out)
    assert (pounds["limits"]["currency"], pounds["limits"]["rates"]) == ("GBP", {})
    assert {step["currency"] for step in pounds["plan"]["steps"]} <= {"GBP", ""}
    both = checked(run(*asked, "--rate", "gbp=1.3").out)
    assert both["limits"]["rates"] == {"GBP": 1.3}
    for wrong in (("--rate", "GBP=x"), ("--rate", "GBP=0"), ("--currency", "dollars"), ("--rate", "USD=1.3"), ("--currency", "GBP", "--rate", "gbp=1.3")):
        done = run(*asked, *wrong)
        assert done.status in (1, 2)
        assert "GBP" in done.err or "EUR" in done.err
