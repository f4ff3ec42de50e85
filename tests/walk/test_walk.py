"""Whole small postings of our own writing, and what a careful reader takes from them.

Beside each posting.txt stands a posting.json: skills by strength, ``years`` by skill, ``alternatives``, ``negated``,
``not_asked``, ``degrees``, ``total_years``; with ``no_total_years`` none may be read. Skills by any name that the taxonomy knows.
"""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mcgap.documents import read_document
from mcgap.pipeline import Analyzer
from mcgap.profile import needs_of
from mcgap.records import DocumentKind, Extraction, Need, Status, Strength
from mcgap.settings import Settings
from mcgap.taxonomy import Taxonomy

WALKS = sorted(Path(__file__).parent.glob("*.json"), key=lambda path: path.stem)
# Parts that the program does not yet read right: posting, part -> why.
KNOWN: dict[tuple[str, str], str] = {
    ("paralegal", "total_years"): '"law" takes the years of experience in a law firm',
}
PARTS = ("required", "preferred", "duty", "years", "alternatives", "negated", "not_asked", "degrees", "total_years", "no_total_years")


def cases() -> list[Any]:
    params = []
    for path in WALKS:
        for part in filter(json.loads(path.read_text(encoding="utf-8")).__contains__, PARTS):
            marks = [pytest.mark.xfail(reason=KNOWN[path.stem, part], strict=True)] if (path.stem, part) in KNOWN else []
            params.append(pytest.param(path, part, id=f"{path.stem}-{part}", marks=marks))
    return params


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    return Analyzer(Settings(fast=True, today=date(2026, 11, 1)))


@pytest.mark.parametrize(("path", "part"), cases())
def test_part(path: Path, part: str, analyzer: Analyzer) -> None:
    wanted = json.loads(path.read_text(encoding="utf-8"))[part]
    found = analyzer.extract(read_document(path.with_suffix(".txt").read_text(encoding="utf-8"), DocumentKind.POSTING))
    needs = {need.skill: need for need in needs_of(found.asks, analyzer.taxonomy)}
    assert not differences(part, wanted, found, needs, analyzer.taxonomy)


@pytest.mark.parametrize("path", WALKS, ids=lambda path: path.stem)
def test_the_posting_as_its_own_resume_leaves_no_required_skill_missing(path: Path, analyzer: Analyzer) -> None:
    text = path.with_suffix(".txt").read_text(encoding="utf-8")
    report = analyzer.analyze(read_document(text, DocumentKind.POSTING), read_document(text, DocumentKind.RESUME))
    missing = [g.need.skill for g in report.gaps if g.need.strength is Strength.REQUIRED and g.status is Status.MISSING and not g.closed_by_group]
    assert not missing


@pytest.mark.parametrize("path", WALKS, ids=lambda path: path.stem)
def test_every_ask_points_at_its_text(path: Path, analyzer: Analyzer) -> None:
    text = path.with_suffix(".txt").read_text(encoding="utf-8")
    found = analyzer.extract(read_document(text, DocumentKind.POSTING))
    assert found.asks
    assert all(text[a.mention.start : a.mention.end] == a.mention.text for a in found.asks)


def test_the_table_of_known_failures_names_what_stands_there() -> None:
    assert set(KNOWN) <= {(path.stem, part) for path in WALKS for part in json.loads(path.read_text(encoding="utf-8"))}


def differences(part: str, wanted: Any, found: Extraction, needs: dict[str, Need], taxonomy: Taxonomy) -> list[str]:
    """What differs from ``wanted`` in one part; empty where nothing does."""
    if part in ("required", "preferred", "duty"):
        return [f"{name} is {_strength(needs, ids(name, taxonomy))}" for name in wanted if _strength(needs, ids(name, taxonomy)) != part]
    if part == "years":
        return [f"{name}: {years}" for name, least in wanted.items() if least not in (years := [needs[i].years for i in ids(name, taxonomy) if i in needs])]
    if part == "alternatives":
        return [f"{names} have groups {groups}" for names in wanted if None in (groups := {_group(needs, ids(n, taxonomy)) for n in names}) or len(groups) > 1]
    if part == "negated":
        negated = {a.mention.skill for a in found.asks if a.mention.negated} - needs.keys()
        return [name for name in wanted if not ids(name, taxonomy) & negated]
    if part == "not_asked":
        return [f"{name} is asked" for name in wanted if ids(name, taxonomy) & needs.keys()]
    if part == "degrees":
        return [] if sorted(wanted) == sorted({e.level for e in found.education}) else [str([e.level for e in found.education])]
    total = [y.years for y in found.years]
    right = not total if part == "no_total_years" else wanted in total
    return [] if right else [f"total years {total}"]


def ids(name: str, taxonomy: Taxonomy) -> set[str]:
    found = set(taxonomy.named(name))
    assert found, f"the taxonomy knows no skill {name!r}"
    return found


def _strength(needs: dict[str, Need], wanted: set[str]) -> str:
    return next((needs[i].strength.value for i in sorted(wanted) if i in needs), "not asked")


def _group(needs: dict[str, Need], wanted: set[str]) -> str | None:
    return next((needs[i].group for i in sorted(wanted) if i in needs), None)
