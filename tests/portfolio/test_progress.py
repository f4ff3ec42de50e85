"""What moved between two reports."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from mcgap.errors import DocumentError
from mcgap.portfolio import compare_reports, read_report
from mcgap.portfolio.payloads import progress_payload
from mcgap.portfolio.views import progress_view
from mcgap.report import text_of


def make_need(skill: str, status: str, **fields: Any) -> dict[str, Any]:
    return {"skill": {"id": skill, "name": skill.title()}, "requirement": "required", "status": status, "closed_by_group": False, **fields}


def make_step(credential: str, *closes: str) -> dict[str, Any]:
    return {"credential": credential, "title": credential.title(), "closes": list(closes)}


def make_report(*needs: dict[str, Any], readiness: float | None = 0.5, steps: tuple[dict[str, Any], ...] = (), **fields: Any) -> dict[str, Any]:
    return {
        "schema": "mcgap.report/1",
        "today": "2026-03-01",
        "posting": {"source": "posting.txt", "title": "Analyst"},
        "resume": {"source": "cv.txt"},
        "readiness": readiness,
        "verdict": {"name": "stack", "sentence": "Open: much."},
        "needs": list(needs),
        "gates": [],
        "credentials": [],
        "plan": {"steps": list(steps), "hours": 10.0 * len(steps), "coverage": 0.5},
        **fields,
    }


CASES = [
    # (status before, status after, where it is told); None is not asked for
    ("missing", "met", "closed"),
    ("missing", "claimed", "closed"),
    ("partial", "met", "closed"),
    ("learning", "claimed", "closed"),
    ("met", "stale", "opened"),
    ("claimed", "missing", "opened"),
    (None, "missing", "opened"),
    ("missing", "learning", "moved"),
    ("missing", "partial", "moved"),
    ("claimed", "met", "moved"),
    ("missing", None, "moved"),
    (None, "met", "moved"),
    ("met", "met", None),
    ("missing", "missing", None),
]


@pytest.mark.parametrize(("before", "after", "where"), CASES)
def test_each_move_is_told_once(before: str | None, after: str | None, where: str | None) -> None:
    old = make_report(*([make_need("sql", before)] if before else []))
    new = make_report(*([make_need("sql", after)] if after else []))
    found = compare_reports(old, new)
    told = {name: [(m.before, m.after) for m in getattr(found, name)] for name in ("closed", "opened", "moved")}
    assert told == {name: [(before, after)] if name == where else [] for name in told}


def test_an_alternative_closes_a_gap() -> None:
    found = compare_reports(make_report(make_need("r", "missing")), make_report(make_need("r", "missing", closed_by_group=True)))
    assert [(m.id, m.after) for m in found.closed] == [("r", "met by an alternative")]


def test_a_report_against_itself_moves_nothing() -> None:
    report = make_report(make_need("sql", "missing"), steps=(make_step("course", "sql"),))
    found = compare_reports(report, copy.deepcopy(report))
    assert (found.closed, found.opened, found.moved, found.gates, found.dropped, found.added, found.facts, found.change) == ((), (), (), (), (), (), (), 0)
    assert "Nothing moved." in text_of(progress_view(found))


def test_why_a_credential_left_the_plan() -> None:
    old = make_report(
        make_need("sql", "missing"), make_need("r", "missing"), steps=(make_step("one", "sql"), make_step("two", "sql", "r"), make_step("three", "r"))
    )
    new = make_report(make_need("sql", "met"), make_need("r", "missing"), steps=(make_step("four", "r"),))
    found = compare_reports(old, new)
    assert [(c.id, c.why) for c in found.dropped] == [
        ("one", "what it was for is closed"),
        ("two", "1 of the 2 gaps it was for are closed"),
        ("three", "another choice is better now"),
    ]
    assert [(c.id, c.why) for c in found.added] == [("four", "for R")]


def test_facts_that_changed() -> None:
    def credential(fee: float, status: str) -> dict[str, Any]:
        cost = {"min": fee, "max": fee, "currency": "USD", "as_of": "2026-01", "kind": "exam", "recurring": None}
        return {"id": "cka", "title": "CKA", "hours": None, "cost": cost, "facts": [{"field": "cost", "status": status, "as_of": "2026-01"}]}

    found = compare_reports(make_report(credentials=[credential(395, "reported")]), make_report(credentials=[credential(445, "verified")]))
    assert {(f.fact, f.before, f.after) for f in found.facts} == {
        ("fee", "395 USD as of 2026-01", "445 USD as of 2026-01"),
        ("status of cost", "reported, 2026-01", "verified, 2026-01"),
    }


def test_gates() -> None:
    gate = {"kind": "degree", "name": "Bachelor's degree", "requirement": "required"}
    found = compare_reports(make_report(gates=[{**gate, "met": None}]), make_report(gates=[{**gate, "met": True}]))
    assert [(m.name, m.before, m.after) for m in found.gates] == [("Bachelor's degree", "cannot tell", "met")]


def test_another_posting_is_said() -> None:
    found = compare_reports(make_report(make_need("sql", "missing")), make_report(make_need("r", "missing")))
    assert not found.same_posting
    assert "ask for different skills" in " ".join(text_of(progress_view(found)).split())


@pytest.mark.parametrize(
    ("before", "after", "says"), [(0.4, 0.6, "rose from 40% to 60%"), (0.6, 0.4, "fell from 60% to 40%"), (None, 0.4, "cannot be compared")]
)
def test_readiness_in_words(before: float | None, after: float, says: str) -> None:
    found = compare_reports(make_report(make_need("sql", "missing"), readiness=before), make_report(make_need("sql", "met"), readiness=after))
    assert says in " ".join(text_of(progress_view(found)).split())
    assert progress_payload(found)["readiness"]["before"] == before


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("not json", "is not JSON"),
        ("[]", "no report of mcgap"),
        ("{}", "no report of mcgap"),
        ('{"schema": "mcgap.extract/1"}', "mcgap.extract/1"),
        ('{"schema": "mcgap.report/1", "needs": []}', "no whole report"),
    ],
)
def test_what_is_no_report(text: str, says: str, tmp_path: Path) -> None:
    path = tmp_path / "old.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DocumentError, match="mcgap analyze") as error:
        read_report(path)
    assert says in str(error.value)


def test_an_absent_report(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="cannot be read"):
        read_report(tmp_path / "absent.json")


def test_a_damaged_report() -> None:
    damaged = make_report(make_need("sql", "missing"))
    damaged["needs"][0].pop("skill")
    with pytest.raises(DocumentError, match="damaged"):
        compare_reports(damaged, make_report())


def test_a_report_as_written_is_read(tmp_path: Path) -> None:
    path = tmp_path / "old.json"
    path.write_text("\ufeff" + json.dumps(make_report()), encoding="utf-8")
    assert read_report(path)["readiness"] == 0.5
