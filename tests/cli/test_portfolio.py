"""``mcgap portfolio``: files, folders and tables."""

from __future__ import annotations

import csv
import io
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from mcgap.report import load_schema

Run = Callable[..., Any]  # of conftest: status, out, err

START = ("--start", "2026-12-01")
HELD = ("--skills", "SQL, Microsoft Excel")
TEXTS = {
    "analyst.txt": "Assistant\nRequirements:\n- SQL\n- Tableau\n",
    "cloud.txt": "Officer\nRequirements:\n- Terraform\n- Kubernetes\n",
    "platform.md": "Clerk\nRequirements:\n- Terraform\n- SQL\n- Microsoft Excel\n",
}
LARGE = Path(__file__).parents[3] / "shared" / "data" / "postings" / "unlabelled.csv"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inside = tmp_path / "saved"
    inside.mkdir()
    for name, text in TEXTS.items():
        (inside / name).write_text(text, encoding="utf-8")
    (inside / ".hidden").write_text("x", encoding="utf-8")
    return inside


@pytest.fixture
def table(tmp_path: Path) -> str:
    path = tmp_path / "jobs.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["id", "title", "description"])
        writer.writerows([[n, "", text] for n, text in enumerate(TEXTS.values(), 1)])
    return str(path)


def checked(out: str) -> dict[str, Any]:
    payload: dict[str, Any] = json.loads(out)
    Draft202012Validator(load_schema("portfolio")).validate(payload)
    return payload


def test_a_folder(folder: Path, run: Run) -> None:
    done = run("portfolio", str(folder), *HELD, "--format", "json", *START)
    payload = checked(done.out)
    assert done.status == 0
    assert payload["counts"]["postings"] == payload["counts"]["recognised"] == 3
    assert {s["id"]: (s["required"], s["open"]) for s in payload["skills"]} == {
        "sql": (2, 0),
        "terraform": (2, 2),
        "tableau": (1, 1),
        "kubernetes": (1, 1),
        "microsoft-excel": (1, 0),
    }
    best = payload["credentials"][0]
    assert best["lifted"] == len(best["lifted_postings"]) >= 1
    assert payload["counts"]["within_reach_with_plan"] >= payload["counts"]["within_reach"]


def test_files_and_a_table_together(folder: Path, table: str, run: Run) -> None:
    done = run("portfolio", str(folder / "analyst.txt"), table, *HELD, "--format", "json", *START)
    payload = checked(done.out)
    assert payload["counts"]["postings"] == 3
    assert payload["counts"]["copies"] == 1
    assert {p["posting"] for p in payload["postings"]} == {str(folder / "analyst.txt"), f"{table}:2", f"{table}:3"}


def test_the_columns_used_are_said(table: str, run: Run) -> None:
    done = run("portfolio", table, *HELD, *START)
    assert "text from “description”" in done.err
    assert "Postings from" not in done.out


def test_text_is_plain_and_fits_80_columns(folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    done = run("portfolio", str(folder), *HELD, *START)
    assert done.status == 0
    assert "\x1b" not in done.out
    assert [line for line in done.out.splitlines() if len(line) > 80 and "http" not in line and str(folder) not in line] == []
    for heading in (
        "ASKED FOR MOST",
        "OPEN IN YOUR RÉSUMÉ",
        "WHAT ONE CREDENTIAL WOULD DO",
        "THE BEST STACK FOR ALL",
        "YOUR POSTINGS, NEAREST FIRST",
        "CERTIFICATIONS",
    ):
        assert heading in done.out
    assert run("portfolio", str(folder), *HELD, *START).out == done.out


@pytest.mark.parametrize(("name", "rows", "column"), [("postings", 3, "readiness"), ("skills", 5, "required"), ("credentials", None, "lifted")])
def test_csv_tables(name: str, rows: int | None, column: str, folder: Path, run: Run) -> None:
    found = list(csv.DictReader(io.StringIO(run("portfolio", str(folder), *HELD, "--format", "csv", "--table", name, *START).out)))
    assert column in found[0]
    assert rows is None or len(found) == rows


def test_a_bad_file_is_kept_with_its_sentence(folder: Path, run: Run) -> None:
    (folder / "empty.txt").write_text("", encoding="utf-8")
    done = run("portfolio", str(folder), *HELD, "--format", "json", *START)
    payload = checked(done.out)
    assert done.status == 3
    assert payload["counts"]["failed"] == 1
    bad = next(p for p in payload["postings"] if p["error"])
    assert bad["posting"].endswith("empty.txt")
    assert bad["error"] in done.err
    assert "is empty" in run("portfolio", str(folder), *HELD, *START).out


def test_an_absent_file_beside_others(folder: Path, run: Run) -> None:
    done = run("portfolio", str(folder), "absent.txt", *HELD, *START)
    assert done.status == 3
    assert "absent.txt" in done.out


@pytest.mark.parametrize("args", [["absent.txt"], ["absent.csv"]])
def test_nothing_to_read_is_an_error(args: list[str], run: Run) -> None:
    done = run("portfolio", *args, *HELD)
    assert (done.status, done.out) == (1, "")
    assert len(done.err.splitlines()) == 1


def test_an_empty_folder(tmp_path: Path, run: Run) -> None:
    done = run("portfolio", str(tmp_path), *HELD)
    assert (done.status, done.out) == (1, "")
    assert "holds no files" in done.err


@pytest.mark.parametrize("args", [[], ["x", "--resume", "a", "--skills", "b"], ["x", "--format", "html"], ["x", "--table", "all"]])
def test_wrong_usage(args: list[str], run: Run) -> None:
    assert run("portfolio", *args).status == 2


def test_budget_holds_for_the_stack(folder: Path, run: Run) -> None:
    assert checked(run("portfolio", str(folder), *HELD, "--budget", "100", "--format", "json", *START).out)["plan"]["cost"] <= 100


@pytest.mark.slow
@pytest.mark.skipif(not LARGE.is_file(), reason="the large table of postings is not on this machine")
def test_thousands_of_postings_take_minutes_at_most(run: Run) -> None:
    began = time.monotonic()
    done = run("portfolio", str(LARGE), *HELD, "--format", "json", *START)
    counts = checked(done.out)["counts"]
    assert counts["postings"] + counts["copies"] == 3838
    assert time.monotonic() - began < 300
