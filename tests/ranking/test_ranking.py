"""Scores are the sums of their reasons, and each factor does what its sentence says."""

from __future__ import annotations

import random
from datetime import date

import pytest
from factories import make_credential, make_gap, make_have, make_need, make_posting, make_skill, make_taxonomy

from mcgap.catalog import Catalog, load_catalog
from mcgap.ranking import FACTORS, checklist, counterfactual, load_weights, rank_credentials, sensitivity
from mcgap.records import (
    Ask,
    Assessment,
    Credential,
    Credit,
    FactStatus,
    Gap,
    Have,
    Issuer,
    Level,
    Mention,
    Need,
    Provenance,
    Ranked,
    Recognition,
    SectionKind,
    SkillType,
    Stack,
    Status,
    Strength,
    TaughtSkill,
)
from mcgap.settings import GOALS, Settings
from mcgap.taxonomy import load_taxonomy

DAY = date(2026, 1, 5)
TAXONOMY = make_taxonomy(
    make_skill("marketing"),
    make_skill("seo", broader=("marketing",)),
    make_skill("seo-analytics", broader=("seo",)),
    make_skill("docker"),
    make_skill("kubernetes", related=("docker",), half_life=3.0),
    make_skill("excel", kind=SkillType.TOOL, aliases=("Microsoft Excel",)),
    make_skill("patience", kind=SkillType.SOFT, teachable=False),
    make_skill("sql", kind=SkillType.TOOL),
    make_skill("cpa", "CPA", kind=SkillType.CERTIFICATION),
)


def make_ranking(
    gaps: tuple[Gap, ...],
    *credentials: Credential,
    text: str = "",
    goal: str = "fill-gap",
    held: frozenset[str] = frozenset(),
    haves: tuple[Have, ...] = (),
    **options: object,
) -> tuple[Ranked, ...]:
    settings = Settings(today=DAY, goal=goal, **options)  # type: ignore[arg-type]
    return rank_credentials(
        gaps,
        Catalog(credentials, taxonomy=TAXONOMY),
        TAXONOMY,
        weights=load_weights(goal=goal),
        settings=settings,
        posting=make_posting(text),
        haves=haves,
        held=held,
    )


def ids(ranked: tuple[Ranked, ...]) -> list[str]:
    return [item.credential.id for item in ranked]


def part(item: Ranked, factor: str) -> tuple[float, str]:
    return next((reason.points, reason.detail) for reason in item.reasons if reason.factor == factor)


# ── laws ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("goal", GOALS)
@pytest.mark.parametrize("seed", range(20))
def test_reasons_sum_to_the_score_in_order(goal: str, seed: int) -> None:
    rng = random.Random(seed)
    names = [skill.id for skill in TAXONOMY]
    gaps = tuple(
        make_gap(make_need(n, rng.random(), level=rng.choice((None, *Level)), group=rng.choice((None, None, "g"))), rng.choice((0.3, 1.0)))
        for n in rng.sample(names, 5)
    )
    credentials = [
        make_credential(
            f"c{n:02}", rng.sample(names, rng.randint(1, 6)), hours=rng.choice((None, 4, 90)), cost=rng.choice((None, 0, 395)),
            level=rng.choice((None, *Level)),
            last_revised=rng.choice((None, "2020", "2025-06")), assessment=rng.choice((None, Assessment("exam", rng.randint(0, 3)))),
        )
        for n in range(40)
    ]  # fmt: skip
    ranked = make_ranking(gaps, *credentials, goal=goal)
    assert ranked
    for item in ranked:
        assert [reason.factor for reason in item.reasons] == list(FACTORS)
        assert item.score == pytest.approx(sum(reason.points for reason in item.reasons), abs=1e-9)
        assert all(reason.points >= 0 and reason.detail for reason in item.reasons)
        assert item.closes
        assert all(0 < closing.share <= 1 for closing in item.closes)
    assert [item.rank for item in ranked] == list(range(1, len(ranked) + 1))
    assert [(-round(i.score, 9), i.credential.id) for i in ranked] == sorted((-round(i.score, 9), i.credential.id) for i in ranked)


def test_ties_go_by_id() -> None:
    ranked = make_ranking((make_gap("sql"),), *(make_credential(name, ["sql"], hours=10, cost=0, title="Same") for name in ("c", "a", "b")))
    assert ids(ranked) == ["a", "b", "c"]
    assert len({item.score for item in ranked}) == 1


@pytest.mark.parametrize("gaps", [(), (make_gap("sql", 0.0),), (make_gap("sql", closed_by_group=True),), (make_gap("patience"),)])
def test_nothing_open_to_teach_ranks_nothing(gaps: tuple[Gap, ...]) -> None:
    assert make_ranking(gaps, make_credential("a", ["sql", "patience"])) == ()


def test_empty_catalog_ranks_nothing() -> None:
    assert make_ranking((make_gap("sql"),)) == ()


# ── coverage ─────────────────────────────────────────────────────────────────────────────────────


def test_exact_then_child_then_parent_then_relative() -> None:
    exact, child, parent = (make_credential(name, [skill]) for name, skill in (("z-exact", "seo"), ("y-child", "seo-analytics"), ("x-parent", "marketing")))
    ranked = make_ranking((make_gap("seo"),), exact, child, parent)
    assert ids(ranked) == ["z-exact", "y-child", "x-parent"]
    assert [(item.closes[0].match, item.closes[0].share) for item in ranked] == [("exact", 1.0), ("narrower", 0.85), ("broader", 0.5)]
    assert "No gap is closed beyond 50%" in part(ranked[2], "coverage")[1]
    related = make_ranking((make_gap("kubernetes"),), make_credential("d", ["docker"], hours=1, cost=0))[0]
    assert related.closes[0].match == "related"
    assert related.closes[0].share <= 0.5


def test_the_certification_asked_for_is_the_credential() -> None:
    ranked = make_ranking((make_gap("cpa"),), make_credential("us-cpa", ["sql"], title="Certified Accountant", aliases=("CPA",)))
    assert ranked[0].closes[0].share == 1.0
    assert "is CPA" in part(ranked[0], "coverage")[1]


def test_a_basic_course_narrows_an_advanced_need_and_a_fifty_fifth_touches_it() -> None:
    need = make_need("sql", level=Level.ADVANCED)
    basic = make_ranking((make_gap(need),), make_credential("a", [TaughtSkill("sql", 1.0, Level.BASIC)]))[0]
    assert basic.closes[0].share == 0.5
    touched = make_ranking((make_gap("sql"),), make_credential("a", [TaughtSkill("sql", 0.02), TaughtSkill("docker", 0.98)]))[0]
    assert touched.closes[0].share == 0.55


def test_no_credential_gives_years() -> None:
    gap = make_gap(make_need("sql", years=5.0), 0.6, status=Status.PARTIAL, have=make_have("sql", years=2.0))
    assert make_ranking((gap,), make_credential("a", ["sql"]))[0].closes[0].share == 0.3


def test_sentences_cite_posting_resume_and_dated_fact() -> None:
    text = "We need\nstrong SQL"
    gap = make_gap(make_need("sql", text=text), 0.5, have=make_have("excel"))
    ranked = make_ranking((gap,), make_credential("a", ["sql"], hours=20, cost=99), text=text)
    assert part(ranked[0], "coverage")[1] == "teaches Sql (required: “SQL”, line 2; your résumé has “Excel”)"
    assert part(ranked[0], "cost")[1] == "99 USD (exam), as of 2025-11"
    assert part(ranked[0], "brevity")[1] == "20 hours (issuer)"


# ── the other factors ────────────────────────────────────────────────────────────────────────────


def test_focus_beats_sprawl() -> None:
    narrow, wide = make_credential("z-narrow", ["sql"]), make_credential("a-wide", ["sql", "docker", "excel", "marketing"])
    ranked = make_ranking((make_gap("sql"),), narrow, wide)
    assert ids(ranked) == ["z-narrow", "a-wide"]
    assert "1 of the 4 skills" in part(ranked[1], "focus")[1]


def test_named_in_the_posting_is_the_strongest_recognition() -> None:
    fields = {"recognition": (Recognition("employer", "Initech", "careers page", "2025-10"),)}
    named, target, unknown = make_credential("c", ["sql"], exam_code="DP-300"), make_credential("b", ["sql"], **fields), make_credential("a", ["sql"])
    ranked = make_ranking((make_gap("sql"),), named, target, unknown, text="DP-300 is welcome", target_employer="Initech GmbH")
    assert ids(ranked) == ["c", "b", "a"]
    assert part(ranked[0], "recognition")[1] == "the posting names it: “DP-300”, line 1"
    assert "careers page" in part(ranked[1], "recognition")[1]
    assert "not recorded" in part(ranked[2], "recognition")[1]


def test_a_short_alias_must_be_written_as_given() -> None:
    item = make_ranking((make_gap("sql"),), make_credential("a", ["sql"], aliases=("CAP",)), text="a cap on costs")[0]
    assert "not recorded" in part(item, "recognition")[1]


@pytest.mark.parametrize(("text", "credit"), [("Excel every day", True), ("We use Azure", False), ("Microsoft is our neighbour", False), ("", False)])
def test_vendor_credit_only_when_the_posting_names_the_product(text: str, credit: bool) -> None:
    vendor = Issuer("microsoft", "Microsoft", "vendor", products=("Excel", "Azure"))
    item = make_ranking((make_gap("excel"),), make_credential("a", ["excel"], title="Excel Expert", issuer=vendor), text=text)[0]
    assert ("no vendor credit" not in part(item, "issuer_fit")[1]) is credit


def test_university_for_academic_and_health_employers() -> None:
    issuer = Issuer("uni", "A University", "university")
    gap = (make_gap("sql"),)
    plain, health = (make_ranking(gap, make_credential("a", ["sql"], issuer=issuer), industry=industry)[0] for industry in (None, "healthcare"))
    assert part(health, "issuer_fit")[0] > part(plain, "issuer_fit")[0]


def test_industry_body_in_its_own_field_only() -> None:
    own, other = Issuer("own", "Own", "industry-body", ("testing",)), Issuer("other", "Other", "industry-body", ("beekeeping",))
    ranked = make_ranking((make_gap("sql"),), make_credential("a", ["sql"], issuer=other), make_credential("b", ["sql"], issuer=own))
    assert ids(ranked) == ["b", "a"]


def test_unknown_hours_and_fee_are_ranked_as_typical_and_said() -> None:
    known = [make_credential(f"k{n}", ["sql"], hours=h, cost=c) for n, (h, c) in enumerate(((10, 0), (40, 200), (160, 800)))]
    ranked = make_ranking((make_gap("sql"),), make_credential("u", ["sql"]), *known)
    assert ids(ranked) == ["k0", "k1", "u", "k2"]
    unknown = ranked[2]
    assert part(unknown, "brevity") == (part(ranked[1], "brevity")[0], "hours unknown: ranked as typical (40 hours, the median of a certificate here)")
    assert part(unknown, "cost")[1].startswith("fee unknown: ranked as typical (200")


def test_freshness_halves_with_the_field() -> None:
    fresh, old = make_credential("b", ["kubernetes"], last_revised="2026-01"), make_credential("a", ["kubernetes"], last_revised="2023-01")
    ranked = make_ranking((make_gap("kubernetes"),), fresh, old)
    assert ids(ranked) == ["b", "a"]
    assert part(ranked[1], "freshness")[0] == pytest.approx(part(ranked[0], "freshness")[0] / 2, abs=1e-5)


def test_toward_and_credit() -> None:
    stacks = make_credential("b", ["sql"], stacks_into=(Stack("diploma", "larger-certificate"),))
    credit = make_credential("c", ["sql"], credit=Credit(ects=5, recommender="A University"))
    plain = make_credential("a", ["sql"])
    assert ids(make_ranking((make_gap("sql"),), stacks, credit, plain, toward="diploma"))[0] == "b"
    assert ids(make_ranking((make_gap("sql"),), stacks, credit, plain, want_credit=True)) == ["c", "b", "a"]


@pytest.mark.parametrize(
    ("options", "better"),
    [({"career_stage": "entry"}, "b"), ({"career_stage": "senior"}, "a"), ({"haves": (make_have("docker", years=10.0),)}, "a"), ({"goal": "explore"}, "b")],
)
def test_level_by_career_stage(options: dict[str, object], better: str) -> None:
    basic, advanced = make_credential("b", ["sql"], level=Level.BASIC), make_credential("a", ["sql"], level=Level.ADVANCED)
    ranked = make_ranking((make_gap(make_need("sql", level=None)),), basic, advanced, **options)  # type: ignore[arg-type]
    assert max(ranked, key=lambda item: part(item, "level_fit")[0]).credential.id == better


def test_each_preset_moves_the_order_as_its_name_says() -> None:
    gap = (make_gap("kubernetes"), make_gap("docker"))
    common = {"hours": 40, "cost": 200}
    whole = make_credential("whole", ["kubernetes", "docker"], hours=120, cost=400)
    taste = make_credential("taste", ["kubernetes"], hours=3, cost=0, level=Level.BASIC)
    assert ids(make_ranking(gap, whole, taste))[0] == "whole"
    assert ids(make_ranking(gap, whole, taste, goal="explore"))[0] == "taste"
    fresh = make_credential("fresh", ["kubernetes", "seo"], last_revised="2026-01", **common)
    dated = make_credential("dated", ["kubernetes"], last_revised="2018-01", **common)
    assert ids(make_ranking(gap, fresh, dated))[0] == "dated"
    assert ids(make_ranking(gap, fresh, dated, goal="currency"))[0] == "fresh"
    made = make_credential("made", ["kubernetes", "seo"], assessment=Assessment("artifact", 3), **common)
    quiz = make_credential("quiz", ["kubernetes"], assessment=Assessment("exam", 0), level=Level.WORKING, cost=0, hours=10)
    assert ids(make_ranking(gap, made, quiz))[0] == "quiz"
    assert ids(make_ranking(gap, made, quiz, goal="career-change"))[0] == "made"
    addon = make_credential("addon", ["kubernetes"], **common)
    broad = make_credential(
        "broad", ["kubernetes", "seo", "sql"], assessment=Assessment("artifact", 3), recognition=(Recognition("field", "testing"),), hours=20, cost=0
    )
    assert ids(make_ranking(gap, addon, broad))[0] == "broad"
    assert ids(make_ranking(gap, addon, broad, goal="complement"))[0] == "addon"


# ── filters ──────────────────────────────────────────────────────────────────────────────────────

VERIFIED = tuple(Provenance(name, FactStatus.VERIFIED) for name in ("skills", "cost"))


@pytest.mark.parametrize(
    ("fields", "options"),
    [
        ({"cost": 300}, {"budget": 200.0}),
        ({"cost": 300}, {"free_only": True}),
        ({}, {"free_only": True}),
        ({"hours": 50}, {"max_hours": 40.0}),
        ({"hours": 50}, {"deadline": date(2026, 1, 20)}),
        ({"type": "badge"}, {"types": ("certification",)}),
        ({}, {"issuer_kinds": ("university",)}),
        ({}, {"language": "de"}),
        ({"assessment": Assessment("exam", 0)}, {"applied_only": True}),
        ({}, {"verified_only": True}),
        ({"prerequisites_required": ("nowhere",)}, {}),
        ({"status": "retired"}, {}),
        ({"retires_on": date(2026, 1, 6), "hours": 20}, {}),
        ({"validity_months": 6, "hours": 8}, {"deadline": date(2027, 1, 1)}),
    ],
)
def test_filters_rule_out(fields: dict[str, object], options: dict[str, object]) -> None:
    fine = {"hours": 8, "cost": 0, "type": "certification", "languages": ("en", "de"), "assessment": Assessment("performance", 3), "provenance": VERIFIED}
    good = make_credential("good", ["sql"], **{**fine, "issuer": Issuer("u", "U", "university")})
    ranked = make_ranking((make_gap("sql"),), make_credential("bad", ["sql"], **fields), good, **options)
    assert ids(ranked) == ["good"]


def test_unknown_facts_rule_nothing_out_and_held_ones_are_not_proposed() -> None:
    assert ids(make_ranking((make_gap("sql"),), make_credential("a", ["sql"]), budget=0.0, max_hours=1.0)) == ["a"]
    assert make_ranking((make_gap("sql"),), make_credential("a", ["sql"]), held=frozenset({"a"})) == ()
    needs = make_credential("a", ["sql"], prerequisites_required=("b",))
    assert ids(make_ranking((make_gap("sql"),), needs, held=frozenset({"b"}))) == ["a"]
    assert ids(make_ranking((make_gap("sql"),), needs, make_credential("b", ["docker"]))) == ["a"]
    assert make_ranking((make_gap("sql"),), needs, make_credential("b", ["docker"], status="retired")) == ()


# ── what would change it ─────────────────────────────────────────────────────────────────────────


def test_each_flip_is_exact() -> None:
    gaps = (make_gap("sql"), make_gap("docker", importance=0.4))
    credentials = (
        make_credential("a", ["sql"], hours=60, cost=300),
        make_credential("b", ["docker"], hours=5, cost=10),
        make_credential("c", ["sql", "seo"], hours=20, cost=0),
    )
    catalog, settings, weights = Catalog(credentials), Settings(today=DAY), load_weights()
    kept = {"settings": settings, "posting": make_posting(), "haves": ()}
    ranked = rank_credentials(gaps, catalog, TAXONOMY, weights=weights, held=frozenset(), **kept)
    found = sensitivity(ranked, gaps, catalog, TAXONOMY, weights=weights, **kept)
    assert found.first == ranked[0].credential.id
    flips = [flip for flip in found.flips if flip.what == "weight"]
    assert flips
    for flip in flips:
        for nudge, winner in ((1e-4, flip.first), (-1e-4, found.first)):
            sign = 1 if flip.needed > flip.now else -1
            points = {**weights.points, flip.subject: max(0.0, flip.needed + sign * nudge)}
            again = rank_credentials(gaps, catalog, TAXONOMY, weights=type(weights)(points), held=frozenset(), **kept)
            assert again[0].credential.id == winner, flip


def test_ranges_widen_with_what_is_unknown() -> None:
    gaps = (make_gap("sql"),)
    full = {
        "hours": 40,
        "cost": 200,
        "level": Level.WORKING,
        "last_revised": "2025-01",
        "assessment": Assessment("exam", 1),
        "recognition": (Recognition("field", "testing"),),
    }
    credentials = (*(make_credential(f"k{n}", ["sql"], **{**full, "hours": 30 + n}) for n in range(3)), make_credential("u", ["sql"]))
    catalog, settings = Catalog(credentials), Settings(today=DAY)
    kept = {"settings": settings, "posting": make_posting(), "haves": (), "weights": load_weights()}
    ranked = rank_credentials(gaps, catalog, TAXONOMY, held=frozenset(), **kept)
    ranges = {r.credential: r for r in sensitivity(ranked, gaps, catalog, TAXONOMY, **kept).ranges}
    assert (ranges["u"].best, ranges["u"].worst) == (1, 4)
    assert set(ranges["u"].unknown) == {"applied", "recognition", "brevity", "cost", "freshness", "level_fit"}
    assert ranges["k0"].unknown == ()
    assert ranges["k0"].best == ranges["k0"].worst == ranges["k0"].rank


def test_counterfactual() -> None:
    gaps = (make_gap("sql", importance=0.9), make_gap("docker", importance=0.4))
    catalog = Catalog(
        [make_credential("a", ["sql", "docker"], hours=50, cost=300), make_credential("b", ["docker"], hours=5, cost=0), make_credential("c", ["sql"])]
    )
    kept = {"settings": Settings(today=DAY), "posting": make_posting(), "haves": (), "held": frozenset(), "weights": load_weights()}
    ranked = rank_credentials(gaps, catalog, TAXONOMY, **kept)
    found = {what.credential: what for what in counterfactual(ranked, "sql", gaps, catalog, TAXONOMY, **kept)}
    assert ids(ranked) == ["a", "c", "b"]
    assert found["a"].sentence == "If you already knew Sql, A falls from 1 to 2."
    assert (found["b"].rank_then, found["c"].rank_then, found["a"].first_then) == (1, None, "b")
    assert counterfactual(ranked, "seo", gaps, catalog, TAXONOMY, **kept) == ()


def test_checklist_shows_its_blanks() -> None:
    bare = checklist(make_credential("a", ["sql"]), today=DAY)
    answers = {check.question: check for check in bare}
    assert answers["What does it cost in all?"].answer is None
    assert answers["What does it cost in all?"].status is FactStatus.UNKNOWN
    full = checklist(
        make_credential("a", ["sql"], cost=300, hours=20, provenance=(Provenance("cost", FactStatus.VERIFIED, "2025-11", "https://example.org"),)), today=DAY
    )
    assert [check.question for check in full] == [check.question for check in bare]
    cost = next(check for check in full if "cost" in check.question)
    assert (cost.answer, cost.status, cost.as_of) == ("300 USD (exam)", FactStatus.VERIFIED, "2025-11")


def test_every_factor_is_described() -> None:
    assert len(FACTORS) == 10
    assert all(factor.__doc__ and factor.__doc__.endswith(".") for factor in FACTORS.values())


def test_reasons_sum_to_scores_over_the_whole_catalog() -> None:
    """Every shipped credential that closes something of gaps drawn from all that the catalog teaches."""
    taxonomy = load_taxonomy()
    catalog = load_catalog((), only=False, taxonomy=taxonomy)
    gaps = tuple(make_gap(make_need(skill)) for skill in sorted(catalog.taught))
    settings = Settings(today=DAY)
    ranked = rank_credentials(gaps, catalog, taxonomy, weights=load_weights(), settings=settings, posting=make_posting(), haves=(), held=frozenset())
    assert len(ranked) > 0.95 * len(catalog)
    for item in ranked:
        assert item.score == pytest.approx(sum(reason.points for reason in item.reasons), abs=1e-9)
    assert [item.rank for item in ranked] == list(range(1, len(ranked) + 1))


# ── several certificates under one skill ─────────────────────────────────────────────────────────

WELDERS = make_taxonomy(
    make_skill("welder-certification", kind=SkillType.CERTIFICATION, aliases=("AWS D1.1 certified", "ASME IX certified", "coded welder")),
    make_skill("cma", "CMA", kind=SkillType.CERTIFICATION, aliases=("Certified Management Accountant",)),
    make_skill("medical-assistant", "Certified Medical Assistant", kind=SkillType.CERTIFICATION, aliases=("CMA",)),
)
WELDING = (
    make_credential("d1-1", ["steel"], aliases=("AWS D1.1 certified",)),
    make_credential("asme-ix", ["steel"], aliases=("ASME IX certified",)),
    make_credential("management", ["books"], title="Certified Management Accountant"),
    make_credential("medical", ["care"], title="Certified Medical Assistant", aliases=("CMA",)),
)


def asked_as(skill: str, words: str) -> tuple[Ranked, ...]:
    """The ranking where a posting asks for a certification in these words."""
    ask = Ask(Mention(0, len(words), words, skill), Strength.REQUIRED, SectionKind.REQUIREMENTS)
    catalog = Catalog(WELDING, taxonomy=WELDERS)
    settings, posting = Settings(today=DAY), make_posting(words, (ask,))
    gap = make_gap(Need(skill, Strength.REQUIRED, 0.7, (ask,)))
    return rank_credentials((gap,), catalog, WELDERS, weights=load_weights(), settings=settings, posting=posting, haves=(), held=frozenset())


def test_only_the_certificate_that_the_words_name_is_named() -> None:
    named, other = asked_as("welder-certification", "ASME IX certified")
    assert named.credential.id == "asme-ix"
    assert (named.closes[0].match, named.closes[0].share) == ("exact", 1.0)
    assert part(named, "recognition")[1].startswith("the posting names it")
    assert other.closes[0].match == "related"
    assert "names it" not in part(other, "recognition")[1]
    assert "is a relative of Welder Certification" in part(other, "coverage")[1]


def test_words_for_all_of_them_name_none() -> None:
    ranked = asked_as("welder-certification", "coded welder")
    assert ids(ranked) == ["asme-ix", "d1-1"]
    for item in ranked:
        assert (item.closes[0].match, item.closes[0].share) == ("narrower", 0.85)
        assert "names it" not in part(item, "recognition")[1]


def test_letters_that_two_certifications_share_name_neither_credential_of_the_other() -> None:
    assert ids(asked_as("cma", "CMA")) == ["management"]
    assert ids(asked_as("medical-assistant", "CMA")) == ["medical"]


def test_no_shipped_credential_is_named_by_words_of_another_certificate() -> None:
    taxonomy = load_taxonomy()
    catalog = load_catalog(taxonomy=taxonomy)
    assert catalog.meant("asme-ix-welder-qualification", ("ASME IX certified",)) == ("asme-ix-welder-qualification",)
    assert catalog.meant("welder-certification", ("AWS D1.1 certified",)) == ("aws-certified-welder",)
    assert catalog.meant("welder-certification", ("welding tickets",)) == ()
    assert catalog.meant("microsoft-office-specialist", ("MOS Excel Expert",)) == ("mos-excel-expert",)
    assert catalog.meant("acls", ("ALS provider",)) == catalog.certifying("acls")
    assert "google-cloud-associate-cloud-engineer" not in catalog.certifying("personal-trainer-certification")
    assert "toefl-ibt" not in catalog.certifying("tefl")


# ── the level that suits ─────────────────────────────────────────────────────────────────────────


def test_only_years_of_the_skills_concerned_say_which_level_suits() -> None:
    course = make_credential("a", ["sql"], level=Level.ADVANCED)
    cook = (make_have("patience", years=20.0), make_have("excel", years=9.0))
    unknown = make_ranking((make_gap("sql"),), course, haves=cook)[0]
    assert part(unknown, "level_fit")[1] == "advanced level; which level suits you is unknown: ranked neutrally"
    held = make_gap("sql", 0.5, status=Status.STALE, have=make_have("sql", years=3.0))
    assert part(make_ranking((held,), course, haves=cook)[0], "level_fit")[1] == "advanced level, working suits (your résumé shows 3 years of Sql)"


def test_a_checklist_speaks_in_names() -> None:
    names = {"sql": "SQL", "first": "The First", "whole": "The Whole"}
    stacks = (Stack("whole", "larger-certificate"),)
    item = make_credential("a", ["sql"], prerequisites_required=("first",), prerequisites_recommended=("text: a year of work", "first"), stacks_into=stacks)
    answers = {check.question: check.answer for check in checklist(item, today=DAY, name=lambda one: names.get(one, one))}
    assert answers["Which skills does it assess, not only teach?"] == "SQL"
    assert answers["What must come before it?"] == "required: The First; recommended: a year of work, The First"
    assert answers["What does it count toward?"] == "The Whole (larger certificate)"


@pytest.mark.parametrize(("experience", "closed"), [(False, ["course"]), (True, [])])
def test_no_course_closes_time_in_a_field(experience: bool, closed: list[str]) -> None:
    gaps = (make_gap(make_need("marketing", experience=experience)),)
    ranked = make_ranking(gaps, make_credential("course", ["marketing"]), make_credential("kind-of-it", ["seo"]))
    assert [item.credential.id for item in ranked if item.closes[0].match == "exact"] == closed
    assert bool(ranked) is bool(closed)
