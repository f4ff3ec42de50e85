"""Plans as a person would read them: limits, order, shared parts, unknown facts, and what stays open."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from factories import make_credential, make_gap, make_need, make_posting, make_skill, make_taxonomy

from mcgap.catalog import Catalog, load_catalog
from mcgap.coverage import readiness_of
from mcgap.errors import SettingsError
from mcgap.plan import frontier, outline_stack, plan_stack, stack_through
from mcgap.plan.build import build
from mcgap.plan.solve import solve
from mcgap.ranking import load_weights, rank_credentials
from mcgap.records import Cost, Credential, Gap, Plan, Ranked, SkillType, Stack, Strength, TaughtSkill
from mcgap.settings import Settings
from mcgap.taxonomy import Taxonomy, load_taxonomy

DAY = date(2026, 1, 5)
TAXONOMY = make_taxonomy("alpha", "beta", "gamma", "delta")


def make_ranking(
    gaps: tuple[Gap, ...], catalog: Catalog, settings: Settings, held: frozenset[str] = frozenset(), taxonomy: Taxonomy = TAXONOMY
) -> tuple[Ranked, ...]:
    return rank_credentials(gaps, catalog, taxonomy, weights=load_weights(), settings=settings, posting=make_posting(), haves=(), held=held)


def make_plan(skills: str, *credentials: Credential, held: frozenset[str] = frozenset(), shortfall: float = 1.0, **options: object) -> Plan:
    settings = Settings(today=DAY, **options)  # type: ignore[arg-type]
    gaps = tuple(make_gap(skill, shortfall) for skill in skills.split())
    catalog = Catalog(credentials)
    return plan_stack(gaps, make_ranking(gaps, catalog, settings, held), catalog, TAXONOMY, settings=settings, held=held)


def ids(plan: Plan) -> list[str]:
    return [step.credential.id for step in plan.steps]


def test_steps_follow_each_other_at_the_hours_a_week() -> None:
    plan = make_plan("alpha beta", make_credential("a", ["alpha"], hours=16, cost=0), make_credential("b", ["beta"], hours=12, cost=100), hours_per_week=8.0)
    assert [(s.credential.id, s.starts, s.ends) for s in plan.steps] == [
        ("b", date(2026, 1, 5), date(2026, 1, 16)),
        ("a", date(2026, 1, 16), date(2026, 1, 30)),
    ]
    assert (plan.hours, plan.cost, plan.currency, plan.coverage, plan.readiness_after, plan.optimal, plan.bound) == (28, 100, "USD", 1.0, 1.0, True, 1.0)
    assert plan.left_over == ()


def test_empty_catalog_and_no_gap() -> None:
    plan = make_plan("alpha")
    assert plan.steps == ()
    assert [left.why for left in plan.left_over] == ["no credential in the catalog teaches it"]
    nothing = make_plan("", make_credential("a", ["alpha"]))
    assert (nothing.steps, nothing.left_over, nothing.readiness_after) == ((), (), 0.0)
    assert "Nothing is open" in nothing.notes[0]


def test_impossible_budget_says_so() -> None:
    plan = make_plan("alpha", make_credential("a", ["alpha"], hours=10, cost=300), budget=50.0)
    assert plan.steps == ()
    assert plan.left_over[0].why == "A would close it, but costs up to 300 USD, over the budget of 50"


def test_budget_for_one_of_two() -> None:
    plan = make_plan("alpha beta", make_credential("a", ["alpha"], hours=10, cost=300), make_credential("b", ["beta"], hours=10, cost=290), budget=400.0)
    assert ids(plan) == ["b"]
    assert plan.left_over[0].skill == "alpha"
    assert "over the budget" in plan.left_over[0].why


def test_past_the_deadline() -> None:
    # Two weeks at 8 hours hold one of the two, not both.
    plan = make_plan(
        "alpha beta", make_credential("a", ["alpha"], hours=10, cost=0), make_credential("b", ["beta"], hours=11, cost=0), deadline=date(2026, 1, 19)
    )
    assert ids(plan) == ["a"]
    assert plan.steps[-1].ends <= date(2026, 1, 19)
    assert "no time left" in plan.left_over[0].why
    with pytest.raises(SettingsError, match="not after the start"):
        make_plan("alpha", make_credential("a", ["alpha"], hours=10), deadline=date(2025, 1, 1))


def test_required_comes_first_and_is_counted() -> None:
    first, second = (
        make_credential("z-first", ["delta"], hours=5, cost=0),
        make_credential("a-second", ["alpha"], hours=5, cost=0, prerequisites_required=("z-first",)),
    )
    plan = make_plan("alpha", first, second)
    assert ids(plan) == ["z-first", "a-second"]
    assert any("closes no gap itself" in note for note in plan.notes)
    assert ids(make_plan("alpha", first, second, held=frozenset({"z-first"}))) == ["a-second"]
    assert make_plan("alpha", second).steps == ()
    assert make_plan("alpha", first, second, deadline=date(2026, 1, 12)).steps == ()


def test_required_of_each_other_is_no_plan() -> None:
    plan = make_plan(
        "alpha beta", make_credential("a", ["alpha"], prerequisites_required=("b",)), make_credential("b", ["beta"], prerequisites_required=("a",))
    )
    assert plan.steps == ()


def test_recommended_only_orders() -> None:
    a, b = make_credential("a", ["alpha"], hours=5, prerequisites_recommended=("b",)), make_credential("b", ["beta"], hours=50)
    assert ids(make_plan("alpha beta", a, b)) == ["b", "a"]
    assert ids(make_plan("alpha", a, b)) == ["a"]


def test_a_shared_part_is_studied_and_paid_for_once() -> None:
    part = make_credential("part", ["alpha"], hours=20, cost=100)
    one = make_credential("one", ["alpha", "beta"], hours=50, cost=250, components=("part",))
    two = make_credential("two", ["alpha", "gamma"], hours=60, cost=300, components=("part",))
    apart = make_plan("beta gamma", part, one, two, budget=1000.0)
    # Nothing asks for what the part teaches: it is no candidate, so nothing is known to be shared.
    assert (sorted(ids(apart)), apart.hours, apart.cost) == (["one", "two"], 110, 550)
    shared = make_plan("alpha beta gamma", part, one, two, budget=1000.0)
    assert (sorted(ids(shared)), shared.hours, shared.cost) == (["one", "two"], 90, 450)


def test_a_group_of_alternatives_counts_once() -> None:
    gaps = (make_gap("alpha", group="g"), make_gap("beta", group="g"), make_gap("gamma", importance=0.3))
    catalog = Catalog([make_credential("a", ["alpha"], hours=10, cost=0), make_credential("b", ["beta"], hours=10, cost=0)])
    settings = Settings(today=DAY)
    plan = plan_stack(gaps, make_ranking(gaps, catalog, settings), catalog, TAXONOMY, settings=settings, held=frozenset())
    assert len(plan.steps) == 1
    assert (plan.coverage, plan.readiness_after) == (0.7, 0.7)
    assert [left.skill for left in plan.left_over] == ["gamma"]


def test_unknown_fee_and_hours_are_said_and_never_zero() -> None:
    known = [make_credential(f"k{n}", ["delta"], hours=30, cost=200) for n in range(3)]
    plan = make_plan("alpha", make_credential("a", ["alpha"]), *known)
    step = plan.steps[0]
    assert (step.hours, step.hours_known, step.cost, plan.cost) == (30, False, None, 0)
    assert any("hours are unknown" in note for note in plan.notes)
    assert any("fee is unknown" in note for note in plan.notes)
    # A budget counts the unknown fee as the median.
    assert make_plan("alpha", make_credential("a", ["alpha"]), *known, budget=150.0).steps == ()


def test_without_limits_a_plan_is_short() -> None:
    names = [f"s{n}" for n in range(8)]
    taxonomy = make_taxonomy(*names)
    gaps = tuple(make_gap(name) for name in names)
    catalog = Catalog(make_credential(f"c-{name}", [name], hours=10, cost=0) for name in names)
    settings = Settings(today=DAY)
    plan = plan_stack(gaps, make_ranking(gaps, catalog, settings, taxonomy=taxonomy), catalog, taxonomy, settings=settings, held=frozenset())
    assert len(plan.steps) == 4
    assert any("at most 4 steps" in note for note in plan.notes)
    assert "stops at 4" in plan.left_over[0].why


def test_what_is_known_shortens_the_hours() -> None:
    gaps = (make_gap("alpha"), make_gap("beta", 0.0))
    catalog = Catalog([make_credential("a", [TaughtSkill("alpha", 0.5), TaughtSkill("beta", 0.5)], hours=40, cost=0)])
    settings = Settings(today=DAY)
    plan = plan_stack(gaps, make_ranking(gaps, catalog, settings), catalog, TAXONOMY, settings=settings, held=frozenset())
    assert plan.steps[0].hours == 20
    assert any("expect 20 to 40 hours" in note for note in plan.notes)


def test_prefer_moves_between_short_and_full() -> None:
    short, full = (
        make_credential("short", [TaughtSkill("alpha", 0.08), TaughtSkill("delta", 0.92)], hours=10, cost=0),
        make_credential("full", ["alpha"], hours=400, cost=0),
    )
    assert ids(make_plan("alpha", short, full, prefer="speed")) == ["short"]
    assert ids(make_plan("alpha", short, full, prefer="depth")) == ["full"]


def test_a_course_about_the_gap_is_taken_before_one_about_much_else() -> None:
    wide = make_credential("wide", [TaughtSkill("alpha", 0.2), *(TaughtSkill(name, 0.4) for name in ("beta", "gamma"))], hours=40, cost=0)
    narrow = make_credential("narrow", ["alpha"], hours=60, cost=100)
    for options in ({}, {"budget": 400.0}):
        assert ids(make_plan("alpha", wide, narrow, **options)) == ["narrow"]
        assert ids(make_plan("alpha beta gamma", wide, narrow, **options)) == ["wide"]
    assert ids(make_plan("alpha", wide, make_credential("long", ["alpha"], hours=600, cost=0))) == ["wide"]


def test_what_no_course_gives_is_offered_none() -> None:
    taxonomy = make_taxonomy("alpha", make_skill("calm", kind=SkillType.SOFT, teachable=False))
    gaps, catalog, settings = (make_gap("calm"),), Catalog([make_credential("retreat", ["calm"], hours=5, cost=2400)]), Settings(today=DAY, budget=100)
    assert make_ranking(gaps, catalog, settings, taxonomy=taxonomy) == ()
    plan = plan_stack(gaps, (), catalog, taxonomy, settings=settings, held=frozenset())
    assert [left.why for left in plan.left_over] == ["no course gives it: show it by what you did"]


def test_a_course_that_bears_on_duties_alone_is_not_planned() -> None:
    catalog, settings = Catalog([make_credential("a", ["alpha"], hours=5, cost=0)]), Settings(today=DAY)
    duty = make_gap(make_need("alpha", 0.15, strength=Strength.DUTY))
    for gaps, planned in (((make_gap("beta", 0.0), duty), 0), ((duty,), 1)):  # where nothing else is asked, duties are all there is
        ranked = make_ranking(gaps, catalog, settings)
        assert len(ranked) == 1
        assert len(plan_stack(gaps, ranked, catalog, TAXONOMY, settings=settings, held=frozenset()).steps) == planned


def test_ways_of_working_are_taught_by_courses_on_them() -> None:
    taxonomy = make_taxonomy("alpha", make_skill("calm", kind=SkillType.SOFT))
    shares = {"retreat": ["calm"], "exam": ["alpha", "calm"]}
    catalog = Catalog(make_credential(name, skills, hours=5, cost=0) for name, skills in shares.items())
    weighted = Catalog(
        replace(c, skills=tuple(replace(t, weight=0.3 if t.skill == "calm" else 0.7) for t in c.skills)) if c.id == "exam" else c for c in catalog
    )
    ranked = make_ranking((make_gap("calm"),), weighted, Settings(today=DAY), taxonomy=taxonomy)
    assert [item.credential.id for item in ranked] == ["retreat"]


def test_a_related_skill_never_closes() -> None:
    from mcgap.taxonomy import Skill

    taxonomy = make_taxonomy(Skill("alpha", "Alpha", TAXONOMY["alpha"].type, "testing", related=("beta",)), "beta")
    gaps = (make_gap("alpha"),)
    catalog = Catalog([make_credential("b", ["beta"], hours=5, cost=0)])
    settings = Settings(today=DAY)
    plan = plan_stack(gaps, make_ranking(gaps, catalog, settings, taxonomy=taxonomy), catalog, taxonomy, settings=settings, held=frozenset())
    assert plan.steps[0].closes == ()
    assert plan.coverage <= 0.5
    assert "only related" in plan.left_over[0].why


@pytest.mark.parametrize("seed", range(40))
def test_laws_on_random_cases(seed: int) -> None:
    rng = random.Random(seed)
    names = [f"s{n}" for n in range(rng.randint(1, 8))]
    taxonomy = make_taxonomy(*names)
    gaps = tuple(
        make_gap(make_need(name, rng.choice((0.15, 0.4, 0.7)), group=rng.choice((None, None, "g"))), rng.choice((0.0, 0.5, 1.0)), closed_by_group=False)
        for name in names
    )
    credentials = [
        make_credential(
            f"c{n}",
            rng.sample(names, rng.randint(1, len(names))),
            hours=rng.choice((None, 5, 30, 90)),
            cost=rng.choice((None, 0, 100, 400)),
            prerequisites_required=(f"c{n - 1}",) if n and rng.random() < 0.2 else (),
        )
        for n in range(rng.randint(1, 14))
    ]
    catalog = Catalog(credentials)
    settings = Settings(today=DAY, budget=rng.choice((None, 0, 300)), deadline=rng.choice((None, date(2026, 3, 1))))
    plan = plan_stack(gaps, make_ranking(gaps, catalog, settings, taxonomy=taxonomy), catalog, taxonomy, settings=settings, held=frozenset())
    assert plan.optimal
    assert plan.readiness_after >= (readiness_of(gaps) or 0) - 1e-9
    assert 0 <= plan.coverage <= 1
    if settings.budget is not None:
        assert plan.cost <= settings.budget
    if settings.deadline is not None and plan.steps:
        assert plan.steps[-1].ends <= settings.deadline
    taken: set[str] = set()
    for step in plan.steps:
        assert set(step.credential.prerequisites_required) <= taken
        taken.add(step.credential.id)
    # Readiness rises by exactly the weighted gap that is covered.
    weights = {g.need.group or g.need.skill: 0.0 for g in gaps}
    for gap in gaps:
        key = gap.need.group or gap.need.skill
        weights[key] = max(weights[key], gap.need.importance)
    best = {key: min(g.shortfall for g in gaps if (g.need.group or g.need.skill) == key) for key in weights}
    total, opened = sum(weights.values()), sum(weights[key] * best[key] for key in weights)
    assert plan.readiness_after == pytest.approx((readiness_of(gaps) or 0) + plan.coverage * opened / total, abs=3e-4)
    again = plan_stack(gaps, make_ranking(gaps, catalog, settings, taxonomy=taxonomy), catalog, taxonomy, settings=settings, held=frozenset())
    assert plan == again


def test_frontier_rises() -> None:
    gaps = tuple(make_gap(skill) for skill in ("alpha", "beta", "gamma"))
    catalog = Catalog(
        [make_credential(name, [skill], hours=h, cost=c) for name, skill, h, c in (("a", "alpha", 10, 500), ("b", "beta", 40, 0), ("c", "gamma", 90, 100))]
    )
    settings = Settings(today=DAY)
    ranked = make_ranking(gaps, catalog, settings)
    by_hours = frontier(gaps, ranked, catalog, settings=settings, held=frozenset())
    assert [p.credentials for p in by_hours] == [("a",), ("a", "b"), ("a", "b", "c")]
    by_cost = frontier(gaps, ranked, catalog, settings=settings, held=frozenset(), by="cost")
    assert [p.credentials for p in by_cost] == [("b",), ("b", "c"), ("a", "b", "c")]
    for points in (by_hours, by_cost):
        assert all(a.coverage < b.coverage for a, b in pairwise(points))
    assert frontier((), (), catalog, settings=settings, held=frozenset()) == ()


def test_stack_through_says_what_finishing_takes() -> None:
    parts = [make_credential(f"p{n}", [skill], hours=10 * n, cost=Cost(50, 60, "EUR", "exam")) for n, skill in enumerate(("alpha", "beta", "gamma"), 1)]
    whole = make_credential("whole", ["delta"], title="The Whole", components=("p1", "p2", "p3"))
    badge = make_credential("badge", ["alpha"], hours=10, stacks_into=(Stack("Some Diploma", "degree-credit"),))
    catalog = Catalog([*parts, whole, badge])
    plan = make_plan("alpha", parts[0])
    found = stack_through(plan, catalog, held=frozenset({"p2"}))
    assert [(t.larger, t.done, t.missing, t.hours, t.cost) for t in found] == [("whole", ("p1", "p2"), ("p3",), 30, 60)]
    assert found[0].sentence == "2 of 3 parts of The Whole; the rest takes about 30 more hours and up to 60 EUR."
    other = stack_through(plan, catalog, held=frozenset({"badge"}), toward="Some Diploma")
    assert other[0].larger == "Some Diploma"
    assert other[0].hours is None


@pytest.mark.parametrize("block", range(4))
def test_100_realistic_instances_equal_brute_force(block: int) -> None:
    """Gaps drawn from what the shipped catalog teaches, ten candidates, under budgets and deadlines as people have them."""
    taxonomy = load_taxonomy()
    catalog = load_catalog((), only=False, taxonomy=taxonomy)
    taught = sorted(catalog.taught)
    for seed in range(block * 25, block * 25 + 25):
        random_ = random.Random(seed)
        gaps = tuple(make_gap(make_need(skill, importance=random_.choice((0.7, 0.4))), random_.choice((1.0, 0.5))) for skill in random_.sample(taught, 5))
        settings = Settings(today=DAY, budget=random_.choice((300.0, 800.0, 2000.0)), deadline=date(2026, random_.choice((4, 8, 12)), 1), hours_per_week=6.0)
        ranked = make_ranking(gaps, catalog, settings, taxonomy=taxonomy)[:10]
        desk = build(gaps, ranked, catalog, settings, frozenset())
        choice = solve(desk.problem)
        assert len(desk.problem.items) <= 14, seed
        best = max(desk.problem.objective(chosen) for chosen in range(1 << len(desk.problem.items)) if desk.problem.fits(chosen))
        assert choice.optimal, seed
        assert choice.objective == pytest.approx(best, abs=1e-7), seed


SOFT = make_taxonomy(
    make_skill("alpha"),
    make_skill("beta"),
    make_skill("talking", "Talking", SkillType.SOFT),
    make_skill("calm", "Calm", SkillType.SOFT, teachable=False),
)
TALKS, ALPHA = make_credential("talks", ["talking"], hours=8, cost=50), make_credential("a", ["alpha"], hours=16, cost=100)
BOTH = make_credential("both", [TaughtSkill("alpha", 0.5, assessed=True), TaughtSkill("talking", 0.5, assessed=True)], hours=40, cost=400)


@pytest.mark.parametrize(
    ("asked", "duties", "credentials", "steps", "why"),
    [
        # Beside another gap, whether or not anything closes that, a way of working is no reason to pay.
        ("alpha talking", "", (TALKS, ALPHA), ["a"], "a way of working"),
        ("beta talking", "", (TALKS, ALPHA), [], "a way of working"),
        ("alpha talking", "", (ALPHA, BOTH), ["a"], "a way of working"),
        ("talking", "", (TALKS, ALPHA), ["talks"], ""),
        ("talking", "beta", (TALKS, ALPHA), ["talks"], ""),
        ("talking calm", "", (TALKS, ALPHA), ["talks"], "no course gives it"),
        ("", "beta talking", (TALKS, ALPHA), [], "a way of working"),
    ],
)
def test_no_money_for_ways_of_working_while_other_gaps_are_open(
    asked: str, duties: str, credentials: tuple[Credential, ...], steps: list[str], why: str
) -> None:
    named = [(skill, Strength.REQUIRED) for skill in asked.split()] + [(skill, Strength.DUTY) for skill in duties.split()]
    gaps = tuple(make_gap(make_need(skill, strength=strength, soft=SOFT[skill].type is SkillType.SOFT)) for skill, strength in named)
    catalog, settings = Catalog(credentials), Settings(today=DAY)
    ranked = make_ranking(gaps, catalog, settings, taxonomy=SOFT)
    plan = plan_stack(gaps, ranked, catalog, SOFT, settings=settings, held=frozenset())
    assert ids(plan) == steps
    assert why in " | ".join(left.why for left in plan.left_over)
    withheld = why == "a way of working"
    assert any("nothing is spent on courses in ways of working (Talking)" in note for note in plan.notes) is withheld
    outline = outline_stack(gaps, ranked, catalog, settings=settings, held=frozenset())
    assert (outline.steps, outline.coverage) == (len(steps), plan.coverage)
    points = frontier(gaps, ranked, catalog, settings=settings, held=frozenset(), by="cost")
    assert not (withheld and any("talks" in point.credentials or "both" in point.credentials for point in points))
