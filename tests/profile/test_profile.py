"""What a résumé shows: years (rows of years.csv) evidence (evidence.csv), items of lists (lists.csv) and titles of roles (titles.csv), on 1 November 2026.

years.csv ``expected``: "java=2; total=3" is two years of Java and three years of dated work; "java=none" is no length.
evidence.csv ``expected``: "java=used; sap=negated; !python"; of several proofs the strongest counts.
lists.csv ``expected``: the phrases kept though no list holds them, as "Foobar Studio; Barqux".
titles.csv ``expected``: the titles of the dated roles in the order of the text, as "Welder; Foreman".
"""

from datetime import date
from pathlib import Path
from time import process_time

import pytest
from tables import QUALITIES, case_params, read_rows

from mcgap.documents import read_document
from mcgap.pipeline import Analyzer
from mcgap.profile import haves_of, needs_of
from mcgap.profile.roles import years_of
from mcgap.records import Document, DocumentKind, Extraction
from mcgap.settings import Settings
from mcgap.taxonomy import Taxonomy

YEARS = Path(__file__).with_name("years.csv")
EVIDENCE = Path(__file__).with_name("evidence.csv")
TITLES = Path(__file__).with_name("titles.csv")
LISTS = Path(__file__).with_name("lists.csv")
QUARTER = 0.25
SECONDS = 10.0
SHARE_WITHIN_A_QUARTER = 0.9


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    return Analyzer(Settings(fast=True, today=date(2026, 11, 1)))


@pytest.mark.parametrize(("text", "expected"), case_params(YEARS, "input", "expected"))
def test_years(text: str, expected: str, analyzer: Analyzer) -> None:
    assert not judge_years(read(text, analyzer), expected, analyzer.taxonomy)


def test_years_are_within_a_quarter_nine_times_in_ten(analyzer: Analyzer) -> None:
    rows = read_rows(YEARS)
    right = sum(not judge_years(read(row["input"].replace("\\n", "\n"), analyzer), row["expected"], analyzer.taxonomy) for row in rows)
    assert len(rows) >= 60
    assert right / len(rows) >= SHARE_WITHIN_A_QUARTER


@pytest.mark.parametrize(("text", "expected"), case_params(EVIDENCE, "input", "expected"))
def test_evidence(text: str, expected: str, analyzer: Analyzer) -> None:
    assert not judge_evidence(read(text, analyzer), expected, analyzer.taxonomy)


@pytest.mark.parametrize(("text", "expected"), case_params(TITLES, "input", "expected"))
def test_titles(text: str, expected: str, analyzer: Analyzer) -> None:
    assert not judge_titles(read(text, analyzer), expected)


@pytest.mark.parametrize(("text", "expected"), case_params(LISTS, "input", "expected"))
def test_lists(text: str, expected: str, analyzer: Analyzer) -> None:
    phrases = [p.mention.text for p in read(text, analyzer).proofs if p.mention.skill is None]
    assert phrases == ([] if expected == "nothing" else [phrase.strip() for phrase in expected.split(";")])


@pytest.mark.parametrize("path", [YEARS, EVIDENCE, TITLES, LISTS])
def test_table_is_sound(path: Path) -> None:
    rows = read_rows(path)
    assert len({row["input"] for row in rows}) == len(rows)
    assert all(row["quality"] in QUALITIES and row["source"] and row["expected"] for row in rows)


@pytest.mark.parametrize("text", [p.values[0] for path in (YEARS, EVIDENCE, TITLES, LISTS) for p in case_params(path, "input")])
def test_spans_point_at_their_text(text: str, analyzer: Analyzer) -> None:
    found = read(text, analyzer)
    assert all(found.document.text[p.mention.start : p.mention.end] == p.mention.text for p in found.proofs)
    assert all(found.document.text[r.span.start :].startswith(r.span.text) for r in found.roles)


def read(text: str, analyzer: Analyzer) -> Extraction:
    return analyzer.extract(read_document(text, DocumentKind.RESUME))


def judge_titles(found: Extraction, expected: str) -> list[str]:
    """The titles found, where they are others than expected."""
    titles = [role.title or "" for role in found.roles]
    return [] if titles == [title.strip() for title in expected.split(";")] else titles


def judge_years(found: Extraction, expected: str, taxonomy: Taxonomy) -> list[str]:
    """Parts of ``expected`` that are off by more than a quarter of a year."""
    wrong = []
    for part in expected.split(";"):
        name, _, value = part.strip().rpartition("=")
        years = years_of(found.roles) if name == "total" else _years_of_skill(found, name, taxonomy)
        wanted = None if value == "none" else float(value)
        if (years is None) is not (wanted is None) or (years is not None and wanted is not None and abs(years - wanted) > QUARTER):
            wrong.append(f"{name}: {years} for {value}")
    return wrong


def judge_evidence(found: Extraction, expected: str, taxonomy: Taxonomy) -> list[str]:
    """Parts of ``expected`` that the proofs do not bear out."""
    wrong = []
    haves = {have.skill: have for have in haves_of((*found.proofs, *found.studied), taxonomy)}
    for part in (p.strip() for p in expected.split(";")):
        name, _, value = part.lstrip("!").rpartition("=") if "=" in part else (part.lstrip("!"), "", "")
        ids = set(taxonomy.named(name))
        assert ids, f"the taxonomy knows no skill {name!r}"
        shown = [haves[i].evidence.value for i in ids if i in haves]
        if value == "negated":
            negated = [p.mention.negated for p in found.proofs if p.mention.skill in ids]
            if not negated or not all(negated):
                wrong.append(f"{name} is not negated: {shown}")
        elif shown != ([] if part.startswith("!") else [value]):
            wrong.append(f"{name}: {shown} for {value or 'nothing'}")
    return wrong


def _years_of_skill(found: Extraction, name: str, taxonomy: Taxonomy) -> float | None:
    ids = set(taxonomy.named(name))
    assert ids, f"the taxonomy knows no skill {name!r}"
    return max((have.years for have in haves_of((*found.proofs, *found.studied), taxonomy) if have.skill in ids and have.years), default=None)


def test_a_choice_of_words_for_one_skill_is_no_choice_of_skills(analyzer: Analyzer) -> None:
    asked = analyzer.extract(Document("Requirements:\n- MRICS or FRICS\n- Tableau or Power BI", "posting", DocumentKind.POSTING)).asks
    assert {a.mention.text: a.group for a in asked} == {"MRICS": "g1", "FRICS": "g1", "Tableau": "g2", "Power BI": "g2"}
    needs = {need.skill: need.group for need in needs_of(asked, analyzer.taxonomy)}
    assert needs == {"mrics": None, "tableau": "g2", "power-bi": "g2"}


@pytest.mark.parametrize("part", ["2018 - 2020 ", "Clerk, Acme Ltd, 2018 - 2020, ", "BSc Chemistry in progress, reading for the CPA exam, "])
def test_a_text_without_lines_takes_no_long_time(part: str) -> None:
    document = read_document("Experience " + part * (60_000 // len(part)), DocumentKind.RESUME)
    analyzer = Analyzer(Settings(fast=True))
    analyzer.extract(read_document("Experience\nClerk 2018 - 2020", DocumentKind.RESUME))
    started = process_time()
    analyzer.extract(document)
    assert process_time() - started < SECONDS
