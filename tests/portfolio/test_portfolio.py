"""Many postings: counts add up, a lift is what a report of that posting says, and the plan keeps the limits."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from factories import make_credential, make_skill, make_taxonomy
from hypothesis import given, settings
from hypothesis import strategies as st

from mcgap.catalog import Catalog
from mcgap.pipeline import Analyzer
from mcgap.portfolio import Portfolio, collect, weigh
from mcgap.portfolio.names import Names
from mcgap.portfolio.payloads import lifts_csv, portfolio_payload, postings_csv, skills_csv
from mcgap.portfolio.views import portfolio_view
from mcgap.records import Credential, Document, DocumentKind, Extraction, SkillType
from mcgap.report import text_of
from mcgap.report.payload import stack_payload
from mcgap.settings import Settings

DAY = date(2026, 12, 1)
SKILLS = ("Zorpal", "Quindle", "Brastic", "Flomper", "Grindlo", "Werbit")
TAXONOMY = make_taxonomy(
    *(make_skill(name.casefold(), name, SkillType.TOOL) for name in SKILLS),
    make_skill("meekness", "Meekness", SkillType.SOFT, teachable=False),
    make_skill("zap-certificate", "ZAP Certificate", SkillType.CERTIFICATION),
)
CREDENTIALS = (
    make_credential("zorpal-course", ("zorpal",), hours=20, cost=100),
    make_credential("quindle-course", ("quindle",), hours=30, cost=0),
    make_credential("brastic-exam", ("brastic",), hours=40, cost=300, prerequisites_required=("quindle-course",)),
    make_credential("both", ("zorpal", "quindle"), hours=45, cost=90),
    make_credential("flomper-old", ("flomper",), hours=10, cost=10, status="retired"),
    make_credential("grindlo-free", ("grindlo",), hours=None, cost=0),
)


def make_analyzer(*credentials: Credential, **options: object) -> Analyzer:
    chosen = Settings(today=DAY, **options)  # type: ignore[arg-type]
    return Analyzer(chosen, taxonomy=TAXONOMY, catalog=Catalog(credentials or CREDENTIALS, taxonomy=TAXONOMY))


def posting(*skills: str, note: str = "") -> str:
    return f"Operator {note}\n\nRequirements:\n" + "\n".join(f"- {skill}" for skill in skills) + "\n"


def resume(*skills: str) -> str:
    return "Skills\n" + "\n".join(skills) + "\n"


def read(text: str, analyzer: Analyzer, kind: DocumentKind = DocumentKind.POSTING) -> Extraction:
    return analyzer.extract(Document(text, "made.txt", kind))


def make_portfolio(texts: list[str], held: str | None = None, analyzer: Analyzer | None = None, errors: tuple[str, ...] = ()) -> Portfolio:
    one = analyzer or make_analyzer()
    found: list[tuple[str, Extraction | str]] = [(f"p{n}", read(text, one)) for n, text in enumerate(texts)]
    found += [(f"bad{n}", sentence) for n, sentence in enumerate(errors)]
    return weigh(collect(found, one, read(held, one, DocumentKind.RESUME) if held is not None else None), one)


def test_counts_are_of_postings() -> None:
    found = make_portfolio([posting("Zorpal", "Quindle"), posting("Zorpal", note="two"), posting("Brastic")], resume("Quindle"))
    assert [(c.skill, c.asked, c.open) for c in found.skills] == [("zorpal", 2, 2), ("brastic", 1, 1), ("quindle", 1, 0)]
    assert (found.read, found.failed, found.within, len(found.postings)) == (3, 0, 0, 3)


def test_the_best_single_credential_brings_most_within_reach() -> None:
    texts = [posting("Zorpal", "Quindle"), posting("Zorpal"), posting("Brastic", "Zorpal")]
    found = make_portfolio(texts, resume("Quindle"))
    best = found.lifts[0]
    assert best.credential.id in {"zorpal-course", "both"}
    assert set(best.lifted) == {"p0", "p1"}
    assert best.bears_on == 3
    assert {lift.credential.id for lift in found.lifts} >= {"zorpal-course", "both", "brastic-exam"}
    assert "flomper-old" not in {lift.credential.id for lift in found.lifts}


def test_a_copy_counts_once() -> None:
    found = make_portfolio([posting("Zorpal"), posting("Zorpal"), posting("Zorpal").replace("\n", " \n")])
    assert (found.copies, len(found.postings), found.skills[0].asked) == (2, 1, 1)


def test_what_cannot_be_read_is_kept_with_its_sentence() -> None:
    found = make_portfolio([posting("Zorpal")], resume("Zorpal"), errors=("bad.pdf is empty; give a file with words in it.",))
    assert (found.failed, found.read, len(found.postings)) == (1, 1, 2)
    assert found.postings[1].error.startswith("bad.pdf")
    text = text_of(portfolio_view(found, TAXONOMY, Settings(today=DAY)))
    assert "bad.pdf is empty" in text
    assert "All 1 postings" in text


def test_nothing_recognised_counts_for_nothing() -> None:
    found = make_portfolio(["Xyzzy plugh."], resume("Zorpal"))
    assert (found.read, found.mean_readiness, found.lifts, found.plan.steps) == (0, None, (), ())
    assert "No skill was recognised" in text_of(portfolio_view(found, TAXONOMY, Settings(today=DAY)))


def test_no_postings_at_all() -> None:
    found = make_portfolio([])
    assert (found.postings, found.skills, found.lifts, found.plan.steps) == ((), (), (), ())
    assert portfolio_payload(found, TAXONOMY, Settings(today=DAY))["counts"]["postings"] == 0


def test_without_a_resume_all_is_open_and_said() -> None:
    found = make_portfolio([posting("Zorpal")])
    assert found.postings[0].readiness == 0
    assert "No résumé or skills were given" in text_of(portfolio_view(found, TAXONOMY, Settings(today=DAY)))


def test_certifications_named_are_counted() -> None:
    found = make_portfolio([posting("Zorpal", "ZAP Certificate"), posting("ZAP Certificate", note="b"), posting("Zorpal", note="c")])
    assert dict(found.certifications) == {"zap-certificate": 2}
    assert found.naming == 2
    assert "2 of your 3 postings name a certification" in " ".join(text_of(portfolio_view(found, TAXONOMY, Settings(today=DAY))).split())


@pytest.mark.parametrize(
    ("options", "absent"),
    [
        ({"budget": 50.0}, {"zorpal-course", "both", "brastic-exam"}),
        ({"free_only": True}, {"zorpal-course", "both"}),
        ({"max_hours": 25.0}, {"both", "quindle-course"}),
    ],
)
def test_limits_rule_out(options: dict[str, object], absent: set[str]) -> None:
    found = make_portfolio([posting("Zorpal", "Quindle", "Brastic")], analyzer=make_analyzer(**options))
    assert not absent & {lift.credential.id for lift in found.lifts}
    assert not absent & {step.credential.id for step in found.plan.steps}


def test_the_same_postings_give_the_same_words() -> None:
    texts = [posting("Zorpal", "Quindle"), posting("Brastic")]
    first, again = (make_portfolio(texts, resume("Quindle")) for _ in range(2))
    assert portfolio_payload(first, TAXONOMY, Settings(today=DAY)) == portfolio_payload(again, TAXONOMY, Settings(today=DAY))
    assert text_of(portfolio_view(first, TAXONOMY, Settings(today=DAY))) == text_of(portfolio_view(again, TAXONOMY, Settings(today=DAY)))


def test_its_plan_says_what_the_plan_of_a_report_says() -> None:
    found = make_portfolio([posting("Zorpal", "Flomper")], resume("Quindle"))
    told = portfolio_payload(found, TAXONOMY, Settings(today=DAY))["plan"]
    assert {key: told[key] for key in stack_payload(found.plan)} == stack_payload(found.plan)
    assert told["left_over_why"] == [{"skill": "flomper", "why": "Flomper Old would close it, but is retired"}]


def test_tables_have_a_row_for_each() -> None:
    found = make_portfolio([posting("Zorpal"), posting("Quindle")], errors=("=cmd: no such file.",))
    assert len(postings_csv(found).splitlines()) == 1 + 3
    assert "'=cmd" in postings_csv(found)
    assert len(skills_csv(found, TAXONOMY).splitlines()) == 1 + len(found.skills)
    assert len(lifts_csv(found).splitlines()) == 1 + len(found.lifts)


def test_no_chance_of_being_hired_and_no_demand_is_claimed() -> None:
    text = " ".join(text_of(portfolio_view(make_portfolio([posting("Zorpal")], resume("Quindle")), TAXONOMY, Settings(today=DAY))).split())
    assert "they say nothing about demand elsewhere" in text
    assert "it is no chance of being hired" in text


some_skills = st.lists(st.sampled_from(SKILLS), min_size=1, max_size=4, unique=True)
limits = st.fixed_dictionaries(
    {},
    optional={
        "budget": st.sampled_from((0.0, 95.0, 400.0)),
        "max_hours": st.sampled_from((25.0, 60.0)),
        "deadline": st.sampled_from((DAY + timedelta(21), DAY + timedelta(90))),
    },
)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(wanted=st.lists(some_skills, min_size=1, max_size=6), held=some_skills, options=limits)
def test_what_holds_for_every_portfolio(wanted: list[list[str]], held: list[str], options: dict[str, object]) -> None:
    analyzer = make_analyzer(top=100, **options)
    texts = [posting(*names, note=f"number {n}") for n, names in enumerate(wanted)]
    found = make_portfolio(texts, resume(*held), analyzer)
    reports = {f"p{n}": analyzer.compare(read(text, analyzer), read(resume(*held), analyzer, DocumentKind.RESUME)) for n, text in enumerate(texts)}

    for count in found.skills:
        name = TAXONOMY.name(count.skill)
        assert count.asked + count.duty == sum(name in names for names in wanted)
        assert count.open <= count.asked <= found.read
    assert found.within == sum(1 for report in reports.values() if (report.readiness or 0) >= 0.8)
    for row in found.postings:
        assert row.readiness == reports[row.id].readiness
        assert (row.readiness or 0) <= (row.with_best or 0)
        assert (row.readiness or 0) <= (row.with_plan or 0) <= 1
    for lift in found.lifts:
        assert 0 <= len(lift.lifted) <= lift.bears_on <= found.read
        for name in lift.lifted:
            assert (reports[name].readiness or 0) < 0.8
            assert lift.credential.id in {item.credential.id for item in reports[name].credentials}
    assert list(found.lifts) == sorted(found.lifts, key=lambda lift: (-len(lift.lifted), -lift.mean_gain, lift.credential.id))
    if found.lifts:
        assert sum(1 for row in found.postings if (row.with_best or 0) >= 0.8) == found.within + len(found.lifts[0].lifted)
    _keeps_limits(found, analyzer.settings)


def _keeps_limits(found: Portfolio, chosen: Settings) -> None:
    plan = found.plan
    if chosen.budget is not None:
        assert plan.cost <= chosen.budget
    if chosen.deadline is not None:
        assert all(step.ends <= chosen.deadline for step in plan.steps)
    if chosen.max_hours is not None:
        assert all(step.credential.hours is None or step.credential.hours.middle <= chosen.max_hours for step in plan.steps)
    ids = [step.credential.id for step in plan.steps]
    for n, step in enumerate(plan.steps):
        assert set(step.credential.prerequisites_required) <= set(ids[:n])


@pytest.mark.parametrize(
    ("name", "called"),
    [("zorpal-course", "Zorpal Course"), ("meekness", "Meekness"), ("zap-certificate", "ZAP Certificate"), ("both", "Both"), ("unheard-of", "unheard-of")],
)
def test_a_credential_or_skill_is_called_by_its_title_or_name(name: str, called: str) -> None:
    assert Names(Catalog(CREDENTIALS, taxonomy=TAXONOMY), TAXONOMY)(name) == called
