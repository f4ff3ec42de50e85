"""Laws that hold for every posting and résumé: more shown never counts less, and nothing but the text decides."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mcgap.documents import read_document
from mcgap.gap import find_gaps, readiness_of
from mcgap.pipeline import Analyzer
from mcgap.profile import haves_of, needs_of
from mcgap.records import DocumentKind, Extraction, Gap, Status, Strength
from mcgap.settings import Settings

CLOSED = frozenset({Status.MET, Status.CLAIMED})
# Skills of many professions, each a plain name that needs no context; some are kin of others.
SKILLS = (
    *("Python", "PyTorch", "SQL", "MySQL", "Power BI", "Kubernetes", "JavaScript", "TypeScript", "Google Analytics", "Google Tag Manager", "SEO"),
    *("bookkeeping", "payroll", "QuickBooks", "Xero", "conveyancing", "legal research", "lesson planning", "classroom management", "incident reporting"),
    *("wound care", "phlebotomy", "TIG welding", "MIG welding", "welding", "HVAC", "brazing", "forklift operation", "order picking", "military logistics"),
    *("menu planning", "food safety", "milking", "tractor driving", "cash handling", "stock control", "customer service", "time management"),
)
LINES = st.sampled_from(
    [
        "- {0}",
        "- {0} is a plus",
        "- 3 years of {0}",
        "- {0} or {1}",
        "- Experience with {0} and {1}",
        "- At least one of {0}, {1}",
        "- Strong {0}",
        "- No {0} required",
        "- Basic knowledge of {0}, ideally {1}",
    ]
)
SHOWN = st.sampled_from(
    [
        "Skills\n{0}, {1}",
        "Experience\nAssistant, Northmoor\nJan 2023 - Present\n{0}. {1}.",
        "Experience\nAssistant, Northmoor\nMar 2009 - Feb 2010\n{0}. {1}.",
        "Summary\n2 years of {0}.",
        "Summary\nCurrently learning {0}.",
        "Education\nDiploma. Modules: {0}, {1}.",
        "Certifications\n{0}",
        "Summary\nI have no experience with {0}.",
    ]
)
PAIR = st.tuples(st.sampled_from(SKILLS), st.sampled_from(SKILLS))
POSTINGS = st.lists(st.tuples(LINES, PAIR), min_size=1, max_size=5).map(lambda rows: "Requirements:\n" + "\n".join(line.format(*pair) for line, pair in rows))
RESUMES = st.lists(st.tuples(SHOWN, PAIR), min_size=1, max_size=4).map(lambda rows: "\n\n".join(block.format(*pair) for block, pair in rows) + "\n")
PIECES = (
    *"aAcCrR.,:;/-+#&()'\u2019\u2022\u00b7*\n\t 5",
    *("Python", "SQL", "no ", "not required", "Requirements", "Skills", " years", " of ", " or ", " and ", "2020", "Jan "),
    *("Go", " required", "IT skills", "\n- ", "Computer skills", "\u00e2\u20ac\u2122"),
)
few = settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    return Analyzer(Settings(fast=True, today=date(2026, 11, 1)))


def read(text: str, kind: DocumentKind, analyzer: Analyzer) -> Extraction:
    return analyzer.extract(read_document(text, kind))


def gaps_of(posting: str, resume: str, analyzer: Analyzer) -> tuple[Gap, ...]:
    """The gaps alone, by the skills that the résumé names: quicker than a whole report."""
    taxonomy = analyzer.taxonomy
    needs = needs_of(read(posting, DocumentKind.POSTING, analyzer).asks, taxonomy)
    haves = haves_of(read(resume, DocumentKind.RESUME, analyzer).proofs, taxonomy)
    return find_gaps(needs, haves, {}, taxonomy, today=(2026, 11))


def ready(gaps: tuple[Gap, ...]) -> float:
    """Readiness; 1 where nothing is asked for."""
    readiness = readiness_of(gaps)
    return 1.0 if readiness is None else readiness


def statuses(gaps: tuple[Gap, ...]) -> list[tuple[str, str, float, bool]]:
    return [(g.need.skill, g.status.value, g.shortfall, g.closed_by_group) for g in gaps]


@few
@given(POSTINGS, RESUMES, st.sampled_from(SKILLS))
def test_adding_a_held_skill_never_lowers_readiness_nor_opens_a_gap(analyzer: Analyzer, posting: str, resume: str, skill: str) -> None:
    before = gaps_of(posting, resume, analyzer)
    after = gaps_of(posting, f"{resume}\nExperience\nAssistant, Southmoor\nJan 2024 - Present\n{skill}.\n", analyzer)
    assert ready(after) >= ready(before) - 1e-9
    for old, new in zip(before, after, strict=True):
        assert new.shortfall <= old.shortfall + 1e-9, f"{new.need.skill}: {old.status} became {new.status}"
        assert not (old.status in CLOSED and new.status not in CLOSED)


@few
@given(POSTINGS, RESUMES)
def test_repeating_the_resume_changes_nothing(analyzer: Analyzer, posting: str, resume: str) -> None:
    assert statuses(gaps_of(posting, resume, analyzer)) == statuses(gaps_of(posting, f"{resume}\n\n{resume}", analyzer))


@few
@given(POSTINGS)
def test_the_posting_as_its_own_resume_leaves_no_required_skill_missing(analyzer: Analyzer, posting: str) -> None:
    report = analyzer.analyze(read_document(posting, DocumentKind.POSTING), read_document(posting, DocumentKind.RESUME))
    missing = [g.need.skill for g in report.gaps if g.need.strength is Strength.REQUIRED and g.status is Status.MISSING and not g.closed_by_group]
    assert not missing


@few
@given(POSTINGS, RESUMES)
def test_shortfalls_and_readiness_are_shares(analyzer: Analyzer, posting: str, resume: str) -> None:
    gaps = gaps_of(posting, resume, analyzer)
    assert all(0 <= g.shortfall <= 1 and 0 < g.need.importance <= 1 for g in gaps)
    assert all((g.shortfall == 0) is (g.status in CLOSED) for g in gaps)
    assert 0 <= ready(gaps) <= 1
    assert (readiness_of(gaps) is None) is (not gaps)


@few
@given(POSTINGS, RESUMES)
def test_a_closed_member_closes_its_group(analyzer: Analyzer, posting: str, resume: str) -> None:
    gaps = gaps_of(posting, resume, analyzer)
    for gap in gaps:
        mates = [g for g in gaps if g.need.group is not None and g.need.group == gap.need.group]
        expected = gap.status not in CLOSED and any(g.status in CLOSED for g in mates)
        assert gap.closed_by_group is expected


@settings(few, max_examples=15)
@given(POSTINGS, RESUMES)
def test_the_same_texts_give_the_same_report(analyzer: Analyzer, posting: str, resume: str) -> None:
    fresh = Analyzer(analyzer.settings, taxonomy=analyzer.taxonomy, catalog=analyzer.catalog)
    documents = read_document(posting, DocumentKind.POSTING), read_document(resume, DocumentKind.RESUME)
    assert analyzer.analyze(*documents) == fresh.analyze(*documents)


@few
@given(POSTINGS, RESUMES)
def test_evidence_points_at_its_text(analyzer: Analyzer, posting: str, resume: str) -> None:
    for gap in gaps_of(posting, resume, analyzer):
        assert all(posting[a.mention.start : a.mention.end] == a.mention.text for a in gap.need.asks)
        assert gap.have is None or all(resume[p.mention.start : p.mention.end] == p.mention.text for p in gap.have.proofs)


@settings(few, max_examples=150)
@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_any_text_is_read(analyzer: Analyzer, text: str) -> None:
    if not text.strip():
        return
    for kind in DocumentKind:
        found = read(text, kind, analyzer)
        marks = [*(a.mention for a in found.asks), *(p.mention for p in found.proofs)]
        assert all(text[m.start : m.end] == m.text for m in marks)
        assert [s.start for s in found.sections] == sorted(s.start for s in found.sections)
