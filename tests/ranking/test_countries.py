"""What counts in another country than that of the job ranks lower, says so, and is in no plan; what is unknown is neutral."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest
from factories import make_credential, make_gap, make_need, make_posting, make_skill, make_taxonomy

from mcgap.catalog import Catalog
from mcgap.cli.gaps import read_gaps
from mcgap.documents import read_document
from mcgap.pipeline import Analyzer
from mcgap.plan import plan_stack
from mcgap.ranking import load_weights, rank_credentials
from mcgap.ranking.matching import ABROAD, RELATED_AT_MOST
from mcgap.records import Country, DocumentKind, Ranked, Report, SkillType
from mcgap.settings import Settings

DAY = date(2026, 1, 5)


@cache
def analyzer(country: str | None = None) -> Analyzer:
    settings = Settings(today=DAY, fast=True, top=40, country=country)
    if country is None:
        return Analyzer(settings)
    return Analyzer(settings, taxonomy=analyzer().taxonomy, catalog=analyzer().catalog)


def ranked_for(gaps: str, country: str | None) -> tuple[Ranked, ...]:
    one = analyzer(country)
    return one.compare(read_gaps(gaps, one.taxonomy, one.countries), None).credentials


def first_abroad(ranked: tuple[Ranked, ...]) -> int:
    return next((n for n, item in enumerate(ranked) if any(c.abroad for c in item.closes)), len(ranked))


# A gap, the countries of what comes first there, and those of what must not be first elsewhere.
@pytest.mark.parametrize(
    ("gaps", "country", "first", "never_first"),
    [
        ("food hygiene", "GB", "GB", "US"),
        ("food hygiene", "US", "US", "GB"),
        ("forklift operation", "GB", "GB", "US"),
        ("forklift operation", "US", "US", "GB"),
        ("tax preparation", "GB", "", "US"),
        ("employment law", "GB", "", "US"),
        ("health and safety", "US", "", "GB"),
        ("bookkeeping", "US", "", "GB"),
    ],
)
def test_the_shipped_catalog_offers_what_counts_where_the_job_is(gaps: str, country: str, first: str, never_first: str) -> None:
    ranked = ranked_for(gaps, country)
    assert ranked
    best = ranked[0].credential.countries
    if first:
        assert first in best
    # Where the catalog has nothing of the job's own country, what counts elsewhere may lead, marked.
    at_home = max((c.share for item in ranked for c in item.closes if not c.abroad), default=0.0)
    assert never_first not in best or country in best or at_home <= RELATED_AT_MOST
    for item in ranked:
        away = any(closing.abroad for closing in item.closes)
        assert away == bool(item.credential.countries and country not in item.credential.countries)
        coverage = item.reasons[0].detail
        assert ("it counts in" in coverage) is away
        assert ("you name" in coverage) is away


@pytest.mark.parametrize("gaps", ["food hygiene", "bookkeeping", "tax preparation"])
def test_where_nothing_tells_nothing_is_abroad(gaps: str) -> None:
    ranked = ranked_for(gaps, None)
    assert any(item.credential.countries for item in ranked)
    assert first_abroad(ranked) == len(ranked)


POSTING = "Kitchen assistant\nLocation: {place}\n\nRequirements\n- Food hygiene\n- Forklift operation\n"
RESUME = "Jane Example\n{address}\n\nSkills\nFrench\n"


def analyzed(place: str, address: str = "", country: str | None = None) -> Report:
    one = analyzer(country)
    posting = read_document(POSTING.format(place=place), DocumentKind.POSTING)
    return one.analyze(posting, read_document(RESUME.format(address=address), DocumentKind.RESUME) if address else None)


def test_the_postings_own_words_place_it_and_are_cited() -> None:
    report = analyzed("Leeds, UK")
    assert [country.code for country in report.posting.countries] == ["GB"]
    away = [item for item in report.credentials if any(c.abroad for c in item.closes)]
    assert away
    for item in away:
        assert "this posting seems to be in the United Kingdom (“Leeds”, “UK”)" in item.reasons[0].detail
        assert all(closing.share <= ABROAD for closing in item.closes)
    assert not any(set(step.credential.countries) - {"GB", "EU"} for step in report.plan.steps)
    assert {c.id for c in (item.credential for item in report.credentials[:2])} & {
        "highfield-l2-food-safety",
        "safer-food-group-l2",
        "rtitb-counterbalance-novice",
    }


def test_the_option_goes_before_the_postings_words() -> None:
    report = analyzed("Leeds, UK", country="us")
    assert [(country.code, country.evidence) for country in report.posting.countries] == [("US", ())]
    assert not any("US" in item.credential.countries and any(c.abroad for c in item.closes) for item in report.credentials)


@pytest.mark.parametrize("address", ["12 Main Street, Austin, TX 78701, USA", "1 High Street, Leeds LS1 4AP, UK", "+44 20 7946 0000"])
def test_nothing_of_a_resumes_address_counts(address: str) -> None:
    plain = analyzed("our kitchen", "a street")
    there = analyzed("our kitchen", address)
    assert there.posting.countries == ()
    assert [(item.credential.id, item.score) for item in there.credentials] == [(item.credential.id, item.score) for item in plain.credentials]


TAXONOMY = make_taxonomy(make_skill("zapping"), make_skill("zap-licence", "ZAP Licence", SkillType.LICENCE))
HERE = make_credential("zap-here", ["zapping"], hours=20, cost=900, countries=("GB",))
THERE = make_credential("zap-there", ["zapping"], hours=10, cost=0, countries=("US",))


def test_a_plan_takes_nothing_of_another_country_and_says_why() -> None:
    gaps = (make_gap(make_need("zapping", countries=("GB",))),)
    posting = make_posting()
    for catalog, steps, why in (
        (Catalog([HERE, THERE]), ["zap-here"], ""),
        (Catalog([THERE]), [], "counts in other countries: Zap There (in the United States)"),
    ):
        ranked = rank_credentials(gaps, catalog, TAXONOMY, weights=load_weights(), settings=Settings(today=DAY), posting=posting, haves=(), held=frozenset())
        assert ranked[0].credential.id == "zap-here" if steps else ranked[0].closes[0].abroad
        plan = plan_stack(gaps, ranked, catalog, TAXONOMY, settings=Settings(today=DAY), held=frozenset())
        assert [step.credential.id for step in plan.steps] == steps
        assert why in "".join(left.why for left in plan.left_over)


@pytest.mark.parametrize(("country", "away"), [("GB", False), ("US", False), ("CA", False)])
def test_a_certificate_that_the_posting_names_is_wanted_wherever_it_counts(country: str, away: bool) -> None:
    licence = make_credential("zap-licence", ["zap-licence"], title="ZAP Licence", countries=("US",))
    gaps = (make_gap(make_need("zap-licence", text="You hold a ZAP licence.", countries=(country,))),)
    catalog = Catalog([licence], taxonomy=TAXONOMY)
    (ranked,) = rank_credentials(
        gaps,
        catalog,
        TAXONOMY,
        weights=load_weights(),
        settings=Settings(today=DAY),
        posting=make_posting("You hold a ZAP licence."),
        haves=(),
        held=frozenset(),
    )
    assert (ranked.closes[0].abroad, ranked.closes[0].share) == (away, 1.0)


def test_countries_of_a_posting_reach_the_block_path_and_json() -> None:
    from mcgap.pairs import Matcher
    from mcgap.report import report_payload

    one = analyzer()
    posting = one.extract(read_document(POSTING.format(place="Leeds, UK"), DocumentKind.POSTING))
    assert posting.countries[0].code == "GB"
    assert isinstance(posting.countries[0], Country)
    resume = one.extract(read_document("Skills\nFrench", DocumentKind.RESUME))
    matcher = Matcher(one)
    pairs = next(matcher.compare(posting, matcher.people([resume])))
    report = one.compare(posting, resume)
    assert [(r.credential.id, r.score, r.closes) for r in pairs.scores.ranked(0)[:40]] == [(r.credential.id, r.score, r.closes) for r in report.credentials]
    payload = report_payload(report, one.taxonomy)
    assert payload["posting"]["countries"][0]["code"] == "GB"
    assert any(closing["abroad"] for credential in payload["credentials"] for closing in credential["closes"])
