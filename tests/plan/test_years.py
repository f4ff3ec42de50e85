"""A course gives knowledge and no years of work: what plans close, what they leave open, and what readiness counts."""

from __future__ import annotations

from datetime import date

from factories import make_credential, make_gap, make_have, make_need, make_posting, make_taxonomy

from mcgap.catalog import Catalog
from mcgap.coverage import LEARNT_OF_BOTH, readiness_of
from mcgap.gap.verdicts import give_verdict
from mcgap.plan import plan_stack
from mcgap.ranking import load_weights, rank_credentials
from mcgap.records import Gap, Plan, Ranked, Status, VerdictName
from mcgap.report.payload import stack_payload
from mcgap.settings import Settings

TAXONOMY = make_taxonomy("alpha", "beta")
CATALOG = Catalog([make_credential("a", ["alpha"], hours=10, cost=0), make_credential("b", ["beta"], hours=10, cost=0)])
SETTINGS = Settings(today=date(2026, 1, 5))


def planned(*gaps: Gap) -> tuple[Plan, tuple[Ranked, ...]]:
    options = {"weights": load_weights(), "settings": SETTINGS, "posting": make_posting(), "haves": (), "held": frozenset()}
    ranked = rank_credentials(gaps, CATALOG, TAXONOMY, **options)  # type: ignore[arg-type]
    return plan_stack(gaps, ranked, CATALOG, TAXONOMY, settings=SETTINGS, held=frozenset()), ranked


def test_what_can_be_learnt_is_closed_and_the_years_remain() -> None:
    gaps = (make_gap(make_need("alpha", years=5.0)), make_gap("beta"))
    plan, ranked = planned(*gaps)
    steps = {step.credential.id: step for step in plan.steps}
    assert (steps["a"].closes, steps["a"].teaches) == ((), ("alpha",))
    assert (steps["b"].closes, steps["b"].teaches) == (("beta",), ())
    assert [(left.skill, left.why) for left in plan.left_over] == [("alpha", "the plan teaches it; the 5 years of work asked for no credential gives")]
    assert plan.readiness_after == (LEARNT_OF_BOTH + 1) / 2 == readiness_of(gaps, {"alpha": LEARNT_OF_BOTH, "beta": 1.0})
    assert plan.coverage == plan.readiness_after
    closing = next(item for item in ranked if item.credential.id == "a").closes[0]
    assert (closing.share, closing.years, closing.counted) == (1.0, 5.0, LEARNT_OF_BOTH)
    told = {step["credential"]: step for step in stack_payload(plan)["steps"]}["a"]
    assert (told["closes"], told["teaches"]) == ([], ["alpha"])


def test_where_only_years_are_short_nothing_is_planned_and_no_readiness_gained() -> None:
    gap = make_gap(make_need("alpha", years=5.0), 0.6, status=Status.PARTIAL, have=make_have("alpha", years=2.0))
    plan, ranked = planned(gap)
    assert plan.steps == ()
    assert plan.readiness_after == readiness_of((gap,))
    assert plan.left_over[0].why == "what is short is years of work (5 years asked for), which no credential gives"
    assert "what is short is years" in ranked[0].reasons[0].detail
    verdict = give_verdict((gap,), (), len(plan.steps), plan.coverage, TAXONOMY, has_resume=True)
    assert verdict.name is VerdictName.LEARN
    assert "years of work with Alpha, which no credential gives" in verdict.sentence


def test_years_that_are_shown_do_not_remain() -> None:
    stale = make_gap(make_need("alpha", years=4.0), 0.5, status=Status.STALE, have=make_have("alpha", years=4.0))
    plan, _ = planned(stale)
    assert plan.steps[0].closes == ("alpha",)
    assert (plan.readiness_after, plan.left_over) == (1.0, ())
