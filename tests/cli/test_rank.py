"""``mcgap rank``."""

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

START = ("--start", "2026-12-01")
GAPS = "Kubernetes, Terraform (advanced), SQL (preferred)"


def checked(out: str) -> dict[str, Any]:
    payload: dict[str, Any] = json.loads(out)
    Draft202012Validator(load_schema("rank")).validate(payload)
    return payload


def test_json(run: Run) -> None:
    done = run("rank", "--gaps", GAPS, "--format", "json", "--top", "8", *START)
    payload = checked(done.out)
    assert (done.status, done.err) == (0, "")
    assert {(g["id"], g["requirement"], g["level"]) for g in payload["gaps"]} == {
        ("kubernetes", "required", None),
        ("terraform", "required", "advanced"),
        ("sql", "preferred", None),
    }
    assert len(payload["credentials"]) == 8
    for place, credential in enumerate(payload["credentials"], 1):
        assert credential["rank"] == place
        assert credential["score"] == pytest.approx(sum(r["points"] for r in credential["reasons"]), abs=1e-9)


def test_text_is_plain_and_fits_80_columns(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    done = run("rank", "--gaps", GAPS, *START)
    assert done.status == 0
    assert "\x1b" not in done.out
    assert [line for line in done.out.splitlines() if len(line) > 80 and "http" not in line] == []
    assert "as of" in done.out
    assert "no guarantee of a job" in done.out
    assert run("rank", "--gaps", GAPS, *START).out == done.out


def test_csv(run: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(run("rank", "--gaps", "SQL", "--format", "csv", "--top", "3", *START).out)))
    assert [row["rank"] for row in rows] == ["1", "2", "3"]
    assert all("sql" in row["closes"] and "coverage" in row["reasons"] for row in rows)


def test_explain_shows_all_ten_factors(run: Run) -> None:
    out = run("rank", "--gaps", "SQL", "--top", "1", "--explain", *START).out
    for factor in ("coverage", "focus", "applied", "recognition", "issuer fit", "brevity", "cost", "freshness", "stack", "level fit"):
        assert factor.split()[0] in out.casefold()


def test_what_is_held_is_no_gap(run: Run) -> None:
    done = run("rank", "--gaps", "SQL, Tableau", "--skills", "SQL", *START)
    assert "YOU HAVE ALREADY" in done.out
    closes = [
        c["skill"] for item in checked(run("rank", "--gaps", "SQL, Tableau", "--skills", "SQL", "--format", "json").out)["credentials"] for c in item["closes"]
    ]
    assert set(closes) == {"tableau"}


@pytest.mark.parametrize("gaps", ["sql", "SQL", " sql ; ", "structured-query-language, SQL"][:3])
def test_spelling_does_not_matter(gaps: str, run: Run) -> None:
    assert [g["id"] for g in checked(run("rank", "--gaps", gaps, "--format", "json").out)["gaps"]] == ["sql"]


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["--gaps", "Kubernets"], "did you mean Kubernetes"),
        (["--gaps", "Xyzzyplughqwert"], "no skill list"),
        (["--gaps", " , "], "names no skill"),
        (["--gaps", "SQL (tomorrow)"], "neither level nor strength"),
        (["--gaps", "AML"], "may mean"),
        (["--gaps", "SQL", "--budget", "-1"], "--budget"),
        (["--gaps", "SQL", "--resume", "absent.pdf"], "absent.pdf"),
    ],
)
def test_a_users_error_is_one_sentence(args: list[str], says: str, run: Run) -> None:
    done = run("rank", *args)
    assert (done.status, done.out) == (1, "")
    assert done.err.startswith("Error: ")
    assert says in done.err
    assert len(done.err.splitlines()) == 1


@pytest.mark.parametrize(
    "args", [[], ["--gaps", "SQL", "--resume", "a", "--skills", "b"], ["--gaps", "SQL", "--skills", " , "], ["--gaps", "SQL", "--format", "xml"]]
)
def test_wrong_usage(args: list[str], run: Run) -> None:
    assert run("rank", *args).status == 2


@pytest.mark.parametrize("command", [("rank", "--gaps", "Tableau"), ("plan", "--gaps", "Tableau")])
def test_a_skill_that_no_list_knows_is_said(command: tuple[str, ...], run: Run) -> None:
    done = run(*command, "--skills", "SQL, Xyzzyplugh", *START)
    assert done.status == 0
    assert "Xyzzyplugh" in done.err
    assert "SQL" not in done.err


def test_impossible_limits_are_said(run: Run) -> None:
    done = run("rank", "--gaps", "Terraform", "--max-hours", "0", "--free-only", *START)
    assert done.status == 0
    assert "No credential in the catalog closes any of this within your limits." in " ".join(done.out.split())


def test_a_file(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    assert run("rank", "--gaps", "SQL", "--format", "json", "-o", str(path)).status == 0
    checked(path.read_text(encoding="utf-8"))


def test_help_has_examples(run: Run) -> None:
    for command in ("rank", "plan", "portfolio", "progress"):
        done = run(command, "--help")
        assert done.status == 0
        assert f"mcgap {command} " in done.out[done.out.index("Examples:") :]
