"""Pairs in blocks against the single path: the same standings, scores, ranks, gates, verdicts and plans."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from factories import make_credential

from mcgap.catalog import Catalog
from mcgap.documents import read_document
from mcgap.evaluation.texts import make_postings, make_resumes, sample_column
from mcgap.gap import find_gaps, find_shown, readiness_of
from mcgap.pairs import Matcher, Pairs
from mcgap.pipeline import Analyzer, brief_of, held_credentials
from mcgap.profile import needs_of
from mcgap.ranking import rank_credentials
from mcgap.records import Brief, DocumentKind, Extraction, Ranked, Status
from mcgap.settings import Settings

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
DAY = date(2026, 11, 2)
STATUSES = list(Status)
# Options that each change what a factor, a limit or a status looks at.
OPTIONS: dict[str, dict[str, Any]] = {
    "plain": {},
    "explore": {"goal": "explore", "industry": "health care", "target_employer": "Siemens", "verified_only": True},
    "limits": {"goal": "career-change", "budget": 300.0, "deadline": date(2027, 3, 1), "career_stage": "junior", "want_credit": True},
    "stale": {"goal": "currency", "stale_after": 1.0, "industry": "accounting", "max_hours": 200.0},
}


# Jobs in one country, in two, and where a licence of another country is asked for by name.
PLACED = (
    "Kitchen assistant\nLocation: Leeds, UK\n\nRequirements\n- Food hygiene\n- Forklift operation, 2 years\n- Bookkeeping",
    "Safety officer\nLocation: Austin, TX\n\nRequirements\n- Health and safety\n- OSHA 30\n- First aid or food hygiene",
    "Site manager\nLocation: London or New York\n\nRequirements\n- OSHA 30\n- Payroll\n- Tax preparation",
)


@cache
def texts(postings: int, resumes: int) -> tuple[tuple[Extraction, ...], tuple[Extraction, ...]]:
    """Generated ones and those of our samples, read once for all tests: no option here changes what a document says."""
    analyzer = Analyzer(Settings(today=DAY, fast=True))
    asked = [*make_postings(postings, analyzer.taxonomy, 3), *sample_column("postings.csv", "description"), "Cook wanted.", *PLACED]
    shown = [*make_resumes(resumes, analyzer.taxonomy, 4), *sample_column("resumes.csv", "text"), "Nothing to see.", "Skills\nenglish"]
    return read(analyzer, asked, DocumentKind.POSTING), read(analyzer, shown, DocumentKind.RESUME)


def read(analyzer: Analyzer, some: Sequence[str], kind: DocumentKind) -> tuple[Extraction, ...]:
    return tuple(analyzer.extract(read_document(text, kind)) for text in some)


def assert_same(pairs: Pairs, analyzer: Analyzer, top: int = 10) -> None:
    """Every need and every credential of every pair, to 1e-9."""
    settings, taxonomy, posting = analyzer.settings, analyzer.taxonomy, pairs.posting
    needs = needs_of(posting.asks, taxonomy, posting.countries)
    statuses, (numbers, scores) = pairs.standings.status(), pairs.best(top)
    for column, person in enumerate(pairs.standings.people.tolist()):
        resume = pairs.people.resumes[person]
        haves = analyzer.haves(resume)
        shown = find_shown(needs, resume, taxonomy, haves=haves)
        gaps = find_gaps(needs, haves, shown, taxonomy, today=(settings.day.year, settings.day.month), stale_after=settings.stale_after)
        assert [STATUSES[n] for n in statuses[:, column]] == [gap.status for gap in gaps]
        assert [replace(gap, detail="", advice="") for gap in gaps] == list(pairs.standings.gaps(column))
        open_shortfall = [0.0 if gap.closed_by_group else gap.shortfall for gap in gaps]
        assert pairs.standings.shortfall[:, column].tolist() == pytest.approx(open_shortfall, abs=1e-9)
        readiness = readiness_of(gaps)
        assert np.isnan(pairs.readiness[column]) if readiness is None else abs(pairs.readiness[column] - readiness) < 1e-9
        ranked = rank_credentials(
            gaps,
            analyzer.catalog,
            taxonomy,
            weights=analyzer.weights,
            settings=settings,
            posting=posting,
            haves=haves,
            held=held_credentials(haves, analyzer.catalog),
        )
        assert_ranked(pairs.scores.ranked(column), ranked)
        there = numbers[column] >= 0
        assert [analyzer.catalog.ids[n] for n in numbers[column][there]] == [item.credential.id for item in ranked[:top]]
        assert scores[column][there].tolist() == pytest.approx([item.score for item in ranked[:top]], abs=1e-9)
        assert np.isnan(scores[column][~there]).all()


def assert_ranked(found: tuple[Ranked, ...], wanted: tuple[Ranked, ...]) -> None:
    assert [(r.credential.id, r.rank, r.closes) for r in found] == [(r.credential.id, r.rank, r.closes) for r in wanted]
    # Plans compare scores: they are the same to the last bit.
    assert [r.score for r in found] == [r.score for r in wanted]


def in_short(brief: Brief) -> tuple[object, ...]:
    gaps = [replace(gap, detail="", advice="") for gap in brief.gaps]
    gates = [replace(gate, detail="") for gate in brief.gates]
    return brief.readiness, brief.verdict, gaps, gates, [c.id for c in brief.credentials], brief.plan


@pytest.mark.parametrize("options", OPTIONS.values(), ids=OPTIONS)
def test_thousands_of_pairs_are_as_the_single_path_has_them(options: dict[str, Any]) -> None:
    analyzer = Analyzer(Settings(today=DAY, fast=True, **options))
    postings, resumes = texts(22, 28)
    matcher = Matcher(analyzer)
    people = matcher.people(resumes)
    compared = 0
    for posting in postings:
        for pairs in matcher.compare(posting, people):
            assert_same(pairs, analyzer)
            compared += len(pairs.standings.people)
    assert compared == len(postings) * len(resumes) > 900


@pytest.mark.parametrize("options", [OPTIONS["plain"], OPTIONS["limits"]], ids=["plain", "limits"])
def test_a_brief_says_what_the_report_says(options: dict[str, Any]) -> None:
    analyzer = Analyzer(Settings(today=DAY, fast=True, **options))
    postings, resumes = texts(22, 28)
    matcher = Matcher(analyzer)
    people = matcher.people(resumes[-12:])
    for posting in postings[-14:]:
        for resume, brief in zip(people.resumes, matcher.briefs(posting, people), strict=True):
            assert in_short(brief()) == in_short(brief_of(analyzer.compare(posting, resume)))


@pytest.mark.skipif(not DATA.is_dir(), reason="../shared/data is absent: real postings and résumés were not compared")
def test_real_pairs_are_as_the_single_path_has_them() -> None:
    analyzer = Analyzer(Settings(today=DAY, fast=True))
    postings = read(analyzer, [path.read_text(encoding="utf-8") for path in sorted((DATA / "postings" / "text").glob("*.txt"))], DocumentKind.POSTING)
    resumes = read(analyzer, [path.read_text(encoding="utf-8") for path in sorted((DATA / "resumes" / "text").glob("*.txt"))], DocumentKind.RESUME)
    matcher = Matcher(analyzer)
    people = matcher.people(resumes)
    assert postings
    assert resumes
    for posting in postings:
        for pairs in matcher.compare(posting, people):
            assert_same(pairs, analyzer)


def test_blocks_tables_and_memories_of_any_size_give_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    analyzer = Analyzer(Settings(today=DAY, fast=True))
    postings, resumes = texts(22, 28)
    monkeypatch.setattr("mcgap.pairs.BLOCK", 5)
    monkeypatch.setattr("mcgap.ranking.block._MOST_PATTERNS", 3)
    monkeypatch.setattr("mcgap.ranking.block._KEPT", 2)
    monkeypatch.setattr("mcgap.ranking.block._KEPT_NUMBERS", 0)
    monkeypatch.setattr("mcgap.gap.block._KEPT", 0)
    matcher = Matcher(analyzer)
    people = matcher.people(resumes)
    chosen = [7, 3, *range(20, 29)]
    for posting in postings[-8:]:
        blocks = list(matcher.compare(posting, people, chosen))
        assert [person for pairs in blocks for person in pairs.standings.people.tolist()] == chosen
        for pairs in blocks:
            assert_same(pairs, analyzer)


def test_points_between_two_roundings_round_as_python_does(tmp_path: Path) -> None:
    # With these weights most points have a seventh place of 5, which numpy would round otherwise.
    own = tmp_path / "weights.json"
    own.write_text(json.dumps({"coverage": 0.5125005, "focus": 0.001, "applied": 0.000005, "cost": 0.0000125, "stack": 0.001001, "level_fit": 0.000003}))
    analyzer = Analyzer(Settings(today=DAY, fast=True, weights=own))
    postings, resumes = texts(22, 28)
    matcher = Matcher(analyzer)
    people = matcher.people(resumes[-9:])
    for posting in postings[-12:]:
        for pairs in matcher.compare(posting, people):
            assert_same(pairs, analyzer)


def test_weights_beyond_measure_go_the_single_way(tmp_path: Path) -> None:
    own = tmp_path / "weights.json"
    own.write_text(json.dumps({"coverage": 1e12}))
    analyzer = Analyzer(Settings(today=DAY, fast=True, weights=own))
    postings, resumes = texts(22, 28)
    matcher = Matcher(analyzer)
    people = matcher.people(resumes[:3])
    found = [in_short(brief()) for brief in matcher.briefs(postings[0], people, [2, 0])]
    assert found == [in_short(brief_of(analyzer.compare(postings[0], resumes[n]))) for n in (2, 0)]


def test_what_is_held_opens_what_requires_it_and_is_not_proposed() -> None:
    taxonomy = Analyzer(Settings(today=DAY, fast=True)).taxonomy
    first = make_credential("comptia-security", ["network-security"], title="CompTIA Security+", cost=900, hours=20)
    second = make_credential("second", ["kubernetes"], cost=10, hours=10, prerequisites_required=("comptia-security",))
    free = make_credential("free", ["kubernetes", "docker"], cost=0, hours=30)
    catalog = Catalog([first, second, free], taxonomy=taxonomy)
    analyzer = Analyzer(Settings(today=DAY, fast=True, budget=100.0), taxonomy=taxonomy, catalog=catalog)
    posting = read(analyzer, ["Requirements\n- Kubernetes\n- Docker\n- Network security"], DocumentKind.POSTING)[0]
    resumes = read(analyzer, ["Skills\nExcel", "Certifications\nCompTIA Security+, 2024", "Skills\nDocker"], DocumentKind.RESUME)
    matcher = Matcher(analyzer)
    pairs = next(matcher.compare(posting, matcher.people(resumes)))
    assert_same(pairs, analyzer)
    offered = [{item.credential.id for item in pairs.scores.ranked(n)} for n in range(3)]
    assert offered == [{"free"}, {"free", "second"}, {"free"}]
