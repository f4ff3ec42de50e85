"""A posting against a résumé: rows of cases.csv, on 1 November 2026.

``expected`` is a list of parts separated by ";":

    python=met                 the status of a need; "absent" where there is no such need
    java=met,implies           with the kin of the held skill that shows it
    tableau=missing,closed     another member of its group closes it
    gate degree=unmet          met · unmet · unknown · absent, by the kind of gate
    verdict=apply-now
    readiness=1  readiness<0.5  readiness>0.2
"""

import re
from datetime import date
from pathlib import Path

import pytest
from factories import make_gap, make_taxonomy
from tables import QUALITIES, case_params, read_rows

import mcgap
from mcgap.documents import read_document
from mcgap.gap import give_verdict
from mcgap.pipeline import Analyzer
from mcgap.records import DocumentKind, Report
from mcgap.settings import Settings
from mcgap.taxonomy import Taxonomy

CASES = Path(__file__).with_name("cases.csv")
_PART = re.compile(r"(.+?)\s*([=<>])\s*(.+)")
_MET = {"met": True, "unmet": False, "unknown": None}


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    return Analyzer(Settings(fast=True, today=date(2026, 11, 1)))


@pytest.mark.parametrize(("posting", "resume", "expected"), case_params(CASES, "posting", "resume", "expected"))
def test_case(posting: str, resume: str, expected: str, analyzer: Analyzer) -> None:
    report = analyzer.analyze(read_document(posting, DocumentKind.POSTING), read_document(resume, DocumentKind.RESUME))
    assert not judge(report, expected, analyzer.taxonomy)


def test_table_is_sound() -> None:
    rows = read_rows(CASES)
    assert len({(row["posting"], row["resume"]) for row in rows}) == len(rows)
    assert all(row["quality"] in QUALITIES and row["source"] and row["expected"] for row in rows)


def judge(report: Report, expected: str, taxonomy: Taxonomy) -> list[str]:
    """Parts of ``expected`` that a report does not bear out."""
    wrong = []
    for part in expected.split(";"):
        match = _PART.fullmatch(part.strip())
        assert match is not None, f"{part!r} is no part of the notation"
        found = _found(report, match[1], match[2], match[3], taxonomy)
        if found is not None:
            wrong.append(f"{part.strip()}: found {found}")
    return wrong


def _found(report: Report, key: str, sign: str, value: str, taxonomy: Taxonomy) -> str | None:
    """What the report says instead; None where it says what is expected."""
    if key == "verdict":
        return None if report.verdict.name == value else report.verdict.name.value
    if key == "readiness":
        found = report.readiness
        assert found is not None
        right = {"=": abs(found - float(value)) < 1e-6, "<": found < float(value), ">": found > float(value)}[sign]
        return None if right else f"{found:.4f}"
    if key.startswith("gate "):
        gates = [gate for gate in report.gates if gate.kind == key[5:]]
        right = not gates if value == "absent" else any(gate.met is _MET[value] for gate in gates)
        return None if right else str([(gate.name, gate.met) for gate in gates])
    return _status(report, key, [word.strip() for word in value.split(",")], taxonomy)


def _status(report: Report, name: str, wanted: list[str], taxonomy: Taxonomy) -> str | None:
    ids = set(taxonomy.named(name))
    assert ids, f"the taxonomy knows no skill {name!r}"
    gaps = [gap for gap in report.gaps if gap.need.skill in ids]
    if wanted == ["absent"]:
        return str([gap.need.skill for gap in gaps]) if gaps else None
    for gap in gaps:
        kin = {"closed"} if gap.closed_by_group else set()
        kin |= {gap.nearest.kin} if gap.nearest else set()
        if gap.status == wanted[0] and set(wanted[1:]) <= kin:
            return None
    return str([(gap.need.skill, gap.status.value, gap.nearest and gap.nearest.kin, gap.closed_by_group, gap.detail) for gap in gaps])


def test_a_verdict_names_alternatives_as_one() -> None:
    taxonomy = make_taxonomy("sql", "tableau", "looker", "python", "r")
    gaps = tuple(make_gap(skill, group="g" if skill in ("tableau", "looker") else None) for skill in ("sql", "tableau", "looker", "python", "r"))
    verdict = give_verdict(gaps, (), 2, 0.5, taxonomy, has_resume=True)
    assert verdict.sentence.startswith("Open: Sql; Tableau or Looker; Python; and 1 more. A stack of 2 credentials would close 50%")
    assert give_verdict(gaps[:2], (), 1, 0.5, taxonomy, has_resume=True).sentence.startswith("Open: Sql, Tableau. One credential")


def test_time_in_a_field_is_advised_and_left_open_as_such() -> None:
    report = mcgap.analyze("Requirements\n- Manufacturing background\n- SQL", "Skills\nFrench", settings=Settings(today=date(2026, 11, 1), fast=True))
    gap = next(gap for gap in report.gaps if gap.need.skill == "manufacturing")
    assert gap.need.experience
    assert "no course gives" in gap.advice
    assert "no course gives" in next(left.why for left in report.plan.left_over if left.skill == "manufacturing")
    assert not any(closing.skill == "manufacturing" for item in report.credentials for closing in item.closes)
    assert "manufacturing" not in {skill for step in report.plan.steps for skill in (*step.closes, *step.teaches)}


QUOTED = (
    # Work comes before a list, a profile and a course, wherever they stand.
    ("SQL", "Skills\nSQL\n\nExperience\nAnalyst, Northmoor\nJan 2020 - Present\nTuned slow SQL of the tills.", "SQL of the tills"),
    ("Linux", "Summary\nLinux administrator.\n\nExperience\nAdministrator, Northmoor\nJan 2020 - Present\nPatched Linux hosts.", "Linux hosts"),
    ("Welding", "Courses\nWelding\n\nWork history\nFabricator, Northmoor\nJan 2020 - Present\nWelding of gates.", "Welding of gates"),
    # Of two kinds of what is asked for, that of more years.
    (
        "Welding",
        "Experience\nFabricator, Northmoor\nJan 2012 - Dec 2021\nTIG welding of rails.\n\nHand, Southmoor\nJan 2022 - Mar 2022\nMIG welding of skips.",
        "TIG welding of rails",
    ),
    # The need's own words come before a chance word of work.
    (
        "Working independently",
        "Experience\nEditor, Northmoor\nJan 2020 - Present\nSole editor of two titles. Used to working independently at night.",
        "working independently at night",
    ),
)


@pytest.mark.parametrize(("asked", "resume", "quote"), QUOTED)
def test_the_best_proof_is_quoted_first(asked: str, resume: str, quote: str) -> None:
    gap = mcgap.analyze(f"Requirements\n- {asked}", resume, settings=Settings(today=date(2026, 11, 1), fast=True)).gaps[0]
    assert gap.have is not None
    mention = gap.have.proofs[0].mention
    assert resume[mention.start :].startswith(quote), resume[mention.start : mention.start + 40]
