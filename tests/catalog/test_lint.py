"""Each check of lint: one change to a clean catalog, one finding."""

from __future__ import annotations

import copy
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mcgap.catalog.fields import credential_of
from mcgap.catalog.lint import CHECKS, find_cycles, lint_credentials, lint_files
from mcgap.taxonomy import Taxonomy

TODAY = date(2026, 11, 22)
GOOD: dict[str, Any] = {
    "id": "good",
    "title": "Good",
    "issuer": {"name": "Example Body", "kind": "industry-body"},
    "skills": [{"id": "python", "weight": 0.6, "level": "working", "role": "assessed"}, {"id": "sql", "weight": 0.4, "level": "basic", "role": "assessed"}],
    "hours": {"min": 10, "max": 20, "basis": "issuer"},
    "cost": {"min": 10, "max": 20, "currency": "USD", "kind": "exam"},
    "exam_code": "G-1",
    "assessment": {"kind": "exam", "minutes": 60},
    "industries": ["databases"],
    "provenance": [{"field": f, "status": "verified", "as_of": "2026-05", "source": "https://x.example"} for f in ("hours", "cost", "assessment")],
}
EASY = {**GOOD, "id": "easy", "title": "Easy", "exam_code": "E-1", "skills": [{"id": "kubernetes", "weight": 1, "role": "assessed"}]}

ONE = [
    # check, changes to GOOD, words of the problem
    ("unlinked-tag", {"skills": [{"id": "basketry", "weight": 1}]}, "in no taxonomy"),
    ("unlinked-tag", {"skills": [{"id": "Spring", "weight": 1}]}, "'Spring'"),
    ("tag-count", {"skills": []}, "no skills"),
    ("tag-count", {"skills": [{"id": f"s{n}", "weight": 0.04} for n in range(25)]}, "25 skills"),
    ("weights", {"skills": [{"id": "python", "weight": 0.3}]}, "sum to 0.30"),
    ("weights", {"skills": [{"id": "python", "weight": 1}, {"id": "sql", "weight": 0}]}, "weight of sql is 0"),
    ("fee", {"cost": {"min": 30, "max": 20, "currency": "USD"}}, "above the highest"),
    ("fee", {"cost": {"min": 30, "max": 30}}, "no currency"),
    ("fee", {"cost": {"min": -1, "max": 30, "currency": "USD"}}, "negative"),
    ("hours", {"hours": {"min": 30, "max": 20}}, "above the most"),
    ("hours", {"hours": {"min": 0, "max": 20}}, "cannot be"),
    ("hours", {"hours": {"min": 3000, "max": 6000}}, "more than a year"),
    ("hours", {"hours": {"min": 200, "max": 200}, "weeks": 2}, "do not fit into 2 weeks"),
    ("number", {"validity_months": -3}, "validity_months is -3"),
    ("number", {"assessment": {"kind": "exam", "minutes": 90_000}}, "90000 minutes"),
    ("date", {"provenance": [p for p in GOOD["provenance"] if p["field"] != "cost"]}, "fee has no date"),
    ("date", {"last_revised": "2027-01"}, "in the future"),
    ("source", {"provenance": [*GOOD["provenance"], {"field": "title", "status": "reported", "as_of": "2026-01"}]}, "without a source"),
    ("source", {"provenance": [*GOOD["provenance"], {"field": "title", "status": "verified", "source": "x"}]}, "without a date"),
    ("provenance", {"provenance": [p for p in GOOD["provenance"] if p["field"] != "hours"]}, "where hours comes from"),
    ("provenance", {"provenance": [*GOOD["provenance"], GOOD["provenance"][0]]}, "names hours 2 times"),
    ("issuer", {"issuer": "Nobody Knows"}, "in no table"),
    ("industry", {"industries": ["basketry"]}, "no category"),
    ("retired", {"retires_on": "2026-01-01"}, "still active"),
    ("retired", {"status": "retiring"}, "without a date"),
    ("retired", {"status": "retired", "retires_on": "2027-01-01"}, "still to come"),
    ("dangling", {"prerequisites_required": ["absent"]}, "prerequisite 'absent'"),
    ("dangling", {"components": ["absent"]}, "component 'absent'"),
    ("dangling", {"stacks_into": [{"id": "absent", "kind": "larger-certificate"}]}, "stacks into 'absent'"),
    ("requires-itself", {"prerequisites_required": ["sql"]}, "requires sql"),
    ("requires-itself", {"prerequisites_required": ["easy"], "skills": [{"id": "kubernetes", "weight": 1}]}, "already covers"),
    ("cycle", {"prerequisites_required": ["good"]}, "good → good"),
    ("cycle", {"stacks_into": [{"id": "good", "kind": "larger-certificate"}]}, "stacks run in a circle"),
    ("fee-conflict", {"exam_code": "E-1", "cost": {"min": 11, "max": 20, "currency": "USD", "kind": "exam"}}, "different fees"),
    ("same-name", {"aliases": ["Easy"]}, "share the name"),
]


def lint(skills: Taxonomy, *plain: dict[str, Any]) -> list[tuple[str, str]]:
    return [(f.check, f.problem) for f in lint_credentials([credential_of(p, "f", n) for n, p in enumerate(plain)], skills, today=TODAY)]


def test_the_good_ones_are_clean(skills: Taxonomy) -> None:
    assert lint(skills, GOOD, EASY) == []


@pytest.mark.parametrize(("check", "changes", "words"), ONE, ids=[f"{c}-{w}" for c, _, w in ONE])
def test_one_change_gives_its_finding(skills: Taxonomy, check: str, changes: dict[str, Any], words: str) -> None:
    found = lint(skills, {**copy.deepcopy(GOOD), **changes}, EASY)
    assert any(name == check and words in problem for name, problem in found), found


def test_every_check_is_tried() -> None:
    assert set(CHECKS) - {check for check, _, _ in ONE} == {"row", "same-id", "common-tag"}  # these have tests of their own


def test_a_tag_on_over_a_third_of_the_rows_is_said(skills: Taxonomy) -> None:
    rows = [{**GOOD, "id": f"r{n}", "title": f"R{n}", "exam_code": f"R-{n}", "skills": [{"id": "python" if n < 5 else "sql", "weight": 1}]} for n in range(12)]
    said = [problem for check, problem in lint(skills, *rows) if check == "common-tag"]
    assert said == ["the skill python is on 5 of 12 credentials", "the skill sql is on 7 of 12 credentials"]


def test_a_long_chain_of_prerequisites_is_no_recursion() -> None:
    chain = {f"n{n:05}": [f"n{n + 1:05}"] for n in range(20_000)}
    assert find_cycles(chain) == []
    chain["n20000"] = ["n00000"]
    assert [len(c) for c in find_cycles(chain)] == [20_001]


def test_bad_rows_are_findings_and_do_not_hide_others(skills: Taxonomy, tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("id,title,issuer,skills\nBad Id,A,B,python\ngood,G,B,python:x\nok,O,B,basketry\nok,O2,B,python:1\n", encoding="utf-8")
    found = [(f.row, f.check) for f in lint_files([path], skills, today=TODAY)]
    assert (2, "row") in found
    assert (3, "row") in found
    assert (5, "same-id") in found


def test_the_shipped_catalog_has_no_errors() -> None:
    from mcgap.taxonomy import load_taxonomy

    errors = [f for f in lint_files([], load_taxonomy(), today=date.today()) if f.level == "error"]
    assert errors == []
