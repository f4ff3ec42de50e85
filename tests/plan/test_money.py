"""Amounts of different currencies are never added, and a budget lets nothing through that it cannot be compared with."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from factories import make_credential, make_gap, make_posting, make_taxonomy

from mcgap.catalog import Catalog
from mcgap.errors import SettingsError
from mcgap.plan import frontier, plan_stack, stack_through
from mcgap.ranking import check_choices, load_weights, rank_credentials
from mcgap.records import Amount, Cost, Credential, FrontierPoint, Plan
from mcgap.report.payload import stack_payload
from mcgap.settings import Settings

DAY = date(2026, 1, 5)
TAXONOMY = make_taxonomy("alpha", "beta", "gamma")
GAPS = tuple(make_gap(skill) for skill in ("alpha", "beta", "gamma"))


def priced(name: str, skill: str, fee: float, currency: str) -> Credential:
    return make_credential(name, [skill], hours=10, cost=Cost(fee, fee, currency, "exam"))


DOLLARS, MORE, POUNDS = priced("dollars", "alpha", 100, "USD"), priced("more", "beta", 50, "USD"), priced("pounds", "gamma", 80, "GBP")
CATALOG = Catalog([DOLLARS, MORE, POUNDS])


def planned(catalog: Catalog = CATALOG, **options: object) -> tuple[Plan, tuple[FrontierPoint, ...], tuple[FrontierPoint, ...]]:
    """The plan, and the frontiers by hours and by cost."""
    settings = Settings(today=DAY, **options)  # type: ignore[arg-type]
    ranked = rank_credentials(GAPS, catalog, TAXONOMY, weights=load_weights(), settings=settings, posting=make_posting(), haves=(), held=frozenset())
    plan = plan_stack(GAPS, ranked, catalog, TAXONOMY, settings=settings, held=frozenset())
    by_hours, by_cost = (frontier(GAPS, ranked, catalog, settings=settings, held=frozenset(), by=by) for by in ("hours", "cost"))
    return plan, by_hours, by_cost


def ids(plan: Plan) -> list[str]:
    return sorted(step.credential.id for step in plan.steps)


def test_one_currency_is_one_number() -> None:
    plan, _, _ = planned(Catalog([DOLLARS, MORE]))
    assert (plan.cost, plan.currency, plan.costs) == (150, "USD", (Amount(150, "USD"),))
    assert stack_payload(plan)["cost"] == 150


def test_several_are_summed_apart() -> None:
    plan, by_hours, by_cost = planned()
    assert ids(plan) == ["dollars", "more", "pounds"]
    assert (plan.cost, plan.currency) == (None, "")
    assert plan.costs == (Amount(80, "GBP"), Amount(150, "USD"))
    told = stack_payload(plan)
    assert (told["cost"], told["costs"]) == (None, [{"currency": "GBP", "amount": 80}, {"currency": "USD", "amount": 150}])
    assert {step["credential"]: (step["cost"], step["currency"]) for step in told["steps"]}["pounds"] == (80, "GBP")
    assert any("are not added up" in note for note in plan.notes)
    assert (by_hours[-1].cost, by_hours[-1].costs) == (None, plan.costs)
    # A limit of money is in one currency: what has no rate to it is not compared by it.
    assert [(point.limit, point.cost, point.credentials) for point in by_cost] == [(50, 50, ("more",)), (150, 150, ("dollars", "more"))]


def test_a_rate_given_makes_one_sum() -> None:
    plan, _, by_cost = planned(rates=(("GBP", 1.25),))
    assert (plan.cost, plan.currency, plan.costs) == (250, "USD", (Amount(80, "GBP"), Amount(150, "USD")))
    assert "By the rates given, one GBP as 1.25 USD." in plan.notes
    assert by_cost[-1].limit == 250


@pytest.mark.parametrize(
    ("options", "chosen", "why"),
    [
        ({"budget": 500.0}, ["dollars", "more"], "cannot be compared with a budget in USD"),
        ({"budget": 500.0, "currency": "GBP"}, ["pounds"], "cannot be compared with a budget in GBP"),
        ({"budget": 500.0, "rates": (("GBP", 1.25),)}, ["dollars", "more", "pounds"], ""),
        # 80 GBP are within a budget of 90 by their number, and over it by their worth.
        ({"budget": 90.0, "rates": (("GBP", 1.25),)}, ["more"], "costs up to 80 GBP (100 USD), over the budget of 90"),
        ({"budget": 90.0, "currency": "GBP", "rates": (("USD", 0.8),)}, ["more"], "over the budget"),
    ],
)
def test_a_budget_lets_through_only_what_can_be_compared_with_it(options: dict[str, object], chosen: list[str], why: str) -> None:
    plan, _, _ = planned(**options)
    assert ids(plan) == chosen
    assert why in " | ".join(left.why for left in plan.left_over)
    assert any("left out" in note for note in plan.notes) is ("cannot be compared" in why)


def test_what_is_free_needs_no_rate() -> None:
    plan, _, _ = planned(Catalog([priced("free", "alpha", 0, "GBP"), MORE]), budget=60.0)
    assert ids(plan) == ["free", "more"]
    assert plan.costs == (Amount(50, "USD"),)


def test_an_unknown_fee_is_taken_as_typical_in_the_currency_of_the_budget() -> None:
    known = [priced(f"d{n}", "alpha", 900, "USD") for n in range(4)] + [priced(f"p{n}", "beta", 20, "GBP") for n in range(3)]
    catalog = Catalog([*known, make_credential("unknown", ["gamma"], hours=10)])
    assert "unknown" not in ids(planned(catalog, budget=100.0)[0])
    plan = planned(catalog, budget=100.0, currency="GBP")[0]
    assert "unknown" in ids(plan)
    assert any("counts it at 20 GBP" in note for note in plan.notes)


@pytest.mark.parametrize(
    ("options", "counted"),
    [
        ({"currency": "CHF"}, "cannot count it, for nothing in the catalog has a fee in CHF"),
        ({"currency": "CHF", "rates": (("GBP", 1.1),)}, "cannot count it"),
        ({"currency": "CHF", "rates": (("USD", 0.9),)}, "counts it at 810 CHF, the median of a certificate"),
        ({"currency": "GBP"}, "counts it at 20 GBP"),
        ({"currency": "GBP", "rates": (("USD", 0.8),)}, "counts it at 20 GBP"),
        ({}, "counts it at 900 USD"),
    ],
)
def test_no_median_stands_under_another_currency(options: dict[str, Any], counted: str) -> None:
    known = [priced(f"d{n}", "alpha", 900, "USD") for n in range(4)] + [priced(f"p{n}", "beta", 20, "GBP") for n in range(3)]
    catalog = Catalog([*known, make_credential("unknown", ["gamma"], hours=10)])
    (note,) = [note for note in planned(catalog, **options)[0].notes if "fee is unknown" in note]
    assert counted in note


def test_an_unknown_fee_rules_nothing_out_where_nothing_is_typical() -> None:
    catalog = Catalog([*(priced(f"d{n}", "alpha", 900, "USD") for n in range(4)), make_credential("unknown", ["gamma"], hours=10)])
    assert ids(planned(catalog, budget=10.0, currency="GBP")[0]) == ["unknown"]
    assert ids(planned(catalog, budget=10.0, currency="GBP", rates=(("USD", 0.8),))[0]) == []


def test_what_finishing_a_larger_one_takes_is_summed_apart() -> None:
    whole = make_credential("whole", ["alpha"], title="The Whole", components=("dollars", "more", "pounds"))
    catalog = Catalog([DOLLARS, MORE, POUNDS, whole])
    found = stack_through(planned()[0], catalog, held=frozenset(), toward="whole")[0]
    assert found.sentence == "3 of 3 parts of The Whole: complete."
    none = stack_through(planned(Catalog([make_credential("x", ["alpha"])]))[0], catalog, held=frozenset(), toward="whole")[0]
    assert (none.cost, none.costs) == (None, (Amount(80, "GBP"), Amount(150, "USD")))
    assert none.sentence.endswith("and up to 80 GBP and 150 USD.")


@pytest.mark.parametrize(
    "options",
    [
        {"currency": "dollars"},
        {"currency": ""},
        {"rates": (("E", 1.0),)},
        {"rates": (("EUR", 0.0),)},
        {"currency": "GBP", "rates": (("GBP", 1.0),)},
        {"currency": "GBP", "rates": (("USD", 0.8), ("GBP", 1.3))},
        {"rates": (("EUR", 1.1), ("EUR", 1.2))},
    ],
)
def test_what_is_no_currency_or_rate_is_said(options: dict[str, object]) -> None:
    with pytest.raises(SettingsError, match=r"currency|rate"):
        Settings(**options)  # type: ignore[arg-type]


@pytest.mark.parametrize("rates", [(("USD", 1.0),), (("GBP", 1.25), ("USD", 0.9))])
def test_a_rate_for_the_currency_of_most_fees_is_refused_unless_another_is_ones_own(rates: tuple[tuple[str, float], ...]) -> None:
    catalog, taxonomy = Catalog([DOLLARS, MORE, POUNDS]), make_taxonomy("alpha", "beta", "gamma")
    with pytest.raises(SettingsError, match="compared in USD unless"):
        check_choices(Settings(rates=rates), catalog, taxonomy)
    check_choices(Settings(rates=rates, currency="CHF"), catalog, taxonomy)
    check_choices(Settings(rates=(("GBP", 1.25),)), catalog, taxonomy)
