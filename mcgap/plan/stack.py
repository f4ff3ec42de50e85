"""The plan: the best stack, one step after the other from today, and what stays open."""

from __future__ import annotations

import math
from collections.abc import Callable

from mcgap.catalog import Catalog
from mcgap.countries import country_names, is_abroad
from mcgap.coverage import best_shares, closes, is_open, is_short_of_years, readiness_of, teaches, years_left
from mcgap.lengths import years_in_words
from mcgap.limits import day_after, fee_of, hours_of, own_currency, rate_of, refusal, sums_of, total_of, typical_fee, typical_of
from mcgap.plan.build import MOST_STEPS, Desk, build, passed_over, worth_planning
from mcgap.plan.problem import bits
from mcgap.plan.solve import Choice, solve
from mcgap.records import Amount, Closing, Gap, LeftOver, Outline, Plan, Ranked, Step
from mcgap.settings import Settings
from mcgap.taxonomy import Taxonomy

_FEW, _NAMED = 2, 3


def plan_stack(gaps: tuple[Gap, ...], ranked: tuple[Ranked, ...], catalog: Catalog, taxonomy: Taxonomy, *, settings: Settings, held: frozenset[str]) -> Plan:
    """The stack of ranked credentials that closes most of the weighted gap under the limits, in the order to take them.

    A gap counts once, with its best share; a group of alternatives once. ``coverage`` is of all that is open.
    """
    offered, ranked = ranked, worth_planning(ranked, gaps)
    withheld = _withheld(offered, gaps, taxonomy)
    if not ranked:
        return _empty(gaps, withheld, catalog, taxonomy, settings, held)
    desk = build(gaps, ranked, catalog, settings, held)
    choice = solve(desk.problem)
    order = _in_order(desk, choice.chosen)
    steps = _steps(desk, order, settings)
    chosen = [closing for n in order for closing in desk.closings[n]]
    shares = best_shares(chosen)
    outline = _outline(desk, choice, steps, settings)
    coverage = outline.coverage
    costs, currency = _costs(steps), _total(desk, steps, settings)[1]
    return Plan(
        steps,
        outline.hours,
        outline.cost,
        currency,
        coverage,
        readiness_of(gaps, shares) or 0.0,
        choice.optimal,
        coverage if choice.optimal else _bound(desk, choice, coverage),
        choice.method,
        _left_over(gaps, desk, order, catalog, taxonomy, settings, held),
        (*_notes(desk, order, steps, choice, settings), *withheld, *_notes_on_money(gaps, costs, catalog, settings)),
        costs,
    )


def _withheld(offered: tuple[Ranked, ...], gaps: tuple[Gap, ...], taxonomy: Taxonomy) -> tuple[str, ...]:
    """A note on ways of working that a course would teach, where the plan pays for none."""
    shut = passed_over(gaps)
    names = [taxonomy.name(skill) for skill in dict.fromkeys(c.skill for item in offered for c in item.closes if c.skill in shut)]
    if not names:
        return ()
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return (f"While other gaps are open, nothing is spent on courses in ways of working ({', '.join(names[:_NAMED])}{more}): show them by what you did.",)


def outline_stack(gaps: tuple[Gap, ...], ranked: tuple[Ranked, ...], catalog: Catalog, *, settings: Settings, held: frozenset[str]) -> Outline:
    """The numbers of ``plan_stack`` alone: the same choice, without dates, notes and what is left over."""
    ranked = worth_planning(ranked, gaps)
    if not ranked:
        return Outline(0, 0.0, 0.0, 0.0)
    desk = build(gaps, ranked, catalog, settings, held)
    choice = solve(desk.problem)
    return _outline(desk, choice, _steps(desk, _in_order(desk, choice.chosen), settings), settings)


def _outline(desk: Desk, choice: Choice, steps: tuple[Step, ...], settings: Settings) -> Outline:
    hours = math.fsum(step.hours for step in steps)
    return Outline(len(steps), round(hours, 2), _total(desk, steps, settings)[0], round(desk.problem.coverage(choice.chosen), 4))


def _costs(steps: tuple[Step, ...]) -> tuple[Amount, ...]:
    """The fees in each currency."""
    return sums_of(Amount(step.cost, step.currency) for step in steps if step.cost is not None)


def _total(desk: Desk, steps: tuple[Step, ...], settings: Settings) -> tuple[float | None, str]:
    """All fees as one amount, and its currency."""
    return total_of(_costs(steps), settings, desk.typical)


def _empty(gaps: tuple[Gap, ...], withheld: tuple[str, ...], catalog: Catalog, taxonomy: Taxonomy, settings: Settings, held: frozenset[str]) -> Plan:
    shut = passed_over(gaps)
    left = tuple(LeftOver(gap.need.skill, _why_none(gap, shut, catalog, taxonomy, settings, held)) for gap in gaps if is_open(gap))
    note = "No credential in the catalog closes an open gap within your limits." if left else "Nothing is open, so nothing is planned."
    notes = (note, *withheld, *_notes_on_money(gaps, (), catalog, settings))
    return Plan((), 0.0, 0.0, "", 0.0, readiness_of(gaps) or 0.0, True, 0.0, "nothing to choose from", left, notes)


def _bound(desk: Desk, choice: Choice, coverage: float) -> float:
    """The highest coverage not ruled out: the plan's, plus what its objective may be short of, at most what all candidates reach."""
    everything = desk.problem.coverage((1 << len(desk.problem.items)) - 1)
    return round(min(everything, coverage + choice.bound - choice.objective), 4)


# ── order and dates ──────────────────────────────────────────────────────────────────────────────


def _in_order(desk: Desk, chosen: int) -> list[int]:
    """What is required or recommended before a step comes before it; else the most gap closed an hour first, ties by id."""
    numbers = {desk.credentials[n].id: n for n in bits(chosen)}
    before = {n: [numbers[p] for p in desk.credentials[n].prerequisites_required if p in numbers] for n in numbers.values()}
    softly = {n: [numbers[p] for p in desk.credentials[n].prerequisites_recommended if p in numbers] for n in numbers.values()}
    order: list[int] = []
    left = set(numbers.values())
    while left:
        ready = [n for n in left if not left & set(before[n])]
        calm = [n for n in ready if not left & set(softly[n])] or ready
        pick = min(calm, key=lambda n: (-_worth(desk, n), desk.credentials[n].id))
        order.append(pick)
        left.discard(pick)
    return order


def _worth(desk: Desk, n: int) -> float:
    item = desk.problem.items[n]
    return sum(item.gains) / (item.hours + sum(desk.problem.pieces[p].hours for p in item.pieces) + 1)


def _steps(desk: Desk, order: list[int], settings: Settings) -> tuple[Step, ...]:
    """One step at a time at the hours a week; a shared part is studied and paid for with the first that holds it."""
    steps: list[Step] = []
    spent, paid = 0.0, 0
    for n, amount in zip(order, desk.fees(order), strict=True):
        credential, mask = desk.credentials[n], paid | 1 << n
        hours = desk.problem.hours(mask) - desk.problem.hours(paid)
        fee = None if fee_of(credential) is None else round(amount.amount, 2)
        starts, spent = day_after(settings, spent), spent + hours
        currency = amount.currency if fee else ""
        known = credential.hours is not None
        closed, taught = _new(desk, order, n, closes), _new(desk, order, n, teaches)
        steps.append(Step(credential, starts, day_after(settings, spent), round(hours, 2), known, fee, closed, currency, taught))
        paid = mask
    return tuple(steps)


def _new(desk: Desk, order: list[int], n: int, does: Callable[[Closing], bool]) -> tuple[str, ...]:
    """The gaps that this step closes (or teaches) and no earlier one has."""
    earlier = {c.skill for m in order[: order.index(n)] for c in desk.closings[m] if does(c)}
    return tuple(dict.fromkeys(c.skill for c in desk.closings[n] if does(c) and c.skill not in earlier))


# ── what stays open, and notes ──────────────────────────────────────────────────────────────────


def _left_over(
    gaps: tuple[Gap, ...], desk: Desk, order: list[int], catalog: Catalog, taxonomy: Taxonomy, settings: Settings, held: frozenset[str]
) -> tuple[LeftOver, ...]:
    chosen = [c for n in order for c in desk.closings[n]]
    closed = {c.skill for c in chosen if closes(c)}
    groups = {gap.need.group for gap in gaps if gap.need.group and gap.need.skill in closed}
    offered = {c.skill: max((o for row in desk.closings for o in row if o.skill == c.skill), key=lambda o: o.share) for row in desk.closings for c in row}
    shares, shut = best_shares(chosen), passed_over(gaps)
    left = []
    for gap in gaps:
        skill = gap.need.skill
        if not is_open(gap) or skill in closed or gap.need.group in groups:
            continue
        if is_short_of_years(gap):
            why = f"what is short is years of work ({years_in_words(gap.need.years or 0)} asked for), which no credential gives"
        elif any(c.skill == skill and teaches(c) for c in chosen):
            why = f"the plan teaches it; the {years_in_words(gap.need.years or 0)} of work asked for no credential gives"
        elif skill in shares:
            why = f"narrowed by {shares[skill]:.0%}, not closed: what the plan teaches is {_near(skill, chosen)}{_and_years(gap)}"
        elif skill not in offered:
            why = _why_none(gap, shut, catalog, taxonomy, settings, held)
        elif not (closes(offered[skill]) or teaches(offered[skill])):
            why = f"only related or partly fitting credentials are in the catalog{_and_years(gap)}"
        else:
            why = _why_not_taken(skill, desk, order) + _and_years(gap)
        left.append(LeftOver(skill, why))
    return tuple(left)


def _and_years(gap: Gap) -> str:
    years = years_left(gap)
    return f"; the {years_in_words(years)} of work asked for no credential gives" if years else ""


def _near(skill: str, chosen: list[Closing]) -> str:
    best = max((c for c in chosen if c.skill == skill), key=lambda c: c.share)
    return {"exact": "less than the level or depth asked for", "narrower": "only a kind of it", "broader": "broader than it", "related": "only related to it"}[
        best.match
    ]


def _why_none(gap: Gap, shut: frozenset[str], catalog: Catalog, taxonomy: Taxonomy, settings: Settings, held: frozenset[str]) -> str:
    """Why nothing ranked bears on a gap: what teaches it is ruled out by a limit, or nothing does."""
    skill = gap.need.skill
    if skill in shut:
        return "a way of working, on which the plan spends nothing while other gaps are open: show it by what you did"
    if gap.need.experience:
        return "what is asked for is time spent in the field, which no course gives"
    row = taxonomy.get(skill)
    if row is not None and not row.teachable:
        return "no course gives it: show it by what you did"
    certifying = catalog.meant(skill, (ask.mention.text for ask in gap.need.asks)) or catalog.certifying(skill)
    names = (*certifying, *(c.id for s in (skill, *taxonomy.descendants(skill)) for c in catalog.by_skill(s)))
    away = []
    for name in dict.fromkeys(names):
        credential = catalog.get(name)
        if credential is not None and name not in held and is_abroad(credential.countries, gap.need.countries):
            away.append(f"{credential.title} (in {country_names(credential.countries)})")
            continue
        why = None if credential is None or name in held else refusal(credential, settings, held, catalog.get, typical_of(catalog))
        if credential is not None and why is not None:
            return f"{credential.title} would close it, but {why}"
    if away:
        return (
            f"what the catalog has for it counts in other countries: {' and '.join(away[:_FEW])}{f' and {len(away) - _FEW} more' if len(away) > _FEW else ''}"
        )
    return "no credential in the catalog teaches it"


def _why_not_taken(skill: str, desk: Desk, order: list[int]) -> str:
    """Which limit keeps out the credential that fits beside the plan best."""
    problem, chosen = desk.problem, sum(1 << n for n in order)
    rivals = [n for n, row in enumerate(desk.closings) if any(c.skill == skill and (closes(c) or teaches(c)) for c in row)]
    title = desk.credentials[rivals[0]].title
    wider = [chosen | problem.closures[n] for n in rivals]
    if problem.most_hours is not None and all(problem.hours(w) > problem.most_hours for w in wider):
        return f"{title} would close it, but there is no time left for it before the deadline"
    if problem.most_money is not None and all(problem.money(w) > problem.most_money for w in wider):
        return f"{title} would close it, but it is over the budget beside the rest"
    if problem.most_steps is not None and len(order) >= problem.most_steps:
        return f"{title} would close it as a further step; the plan stops at {problem.most_steps}"
    return f"{title} would close it, but at its hours and fee it adds too little"


def _notes(desk: Desk, order: list[int], steps: tuple[Step, ...], choice: Choice, settings: Settings) -> tuple[str, ...]:
    notes = []
    if not choice.optimal:
        notes.append("A better stack may exist: the search ended before all were ruled out.")
    if not desk.limited:
        notes.append(f"No deadline, budget or length was given, so the plan has at most {MOST_STEPS} steps and prefers few.")
    for n, step in zip(order, steps, strict=True):
        notes += _step_notes(desk, n, step, settings)
    if steps and not steps[-1].credential.validity_months and len(steps) == 1 and settings.career_stage in ("entry", "entrant", "student"):
        notes.append("For someone who enters a field a single credential rarely tells the full story: show a piece of work with it.")
    return tuple(notes)


def _notes_on_money(gaps: tuple[Gap, ...], costs: tuple[Amount, ...], catalog: Catalog, settings: Settings) -> tuple[str, ...]:
    """What several currencies mean for the sum, and for the budget."""
    typical, notes = typical_of(catalog), []
    own = own_currency(settings, typical)
    others = [item.currency for item in costs if item.currency != own]
    rates = dict(settings.rates)
    used = [f"one {name} as {rates[name]:g} {own}" for name in others if name in rates]
    if used and len(costs) > 1:
        notes.append(f"By the rates given, {' and '.join(used)}.")
    if len(costs) > 1 and any(name not in rates for name in others):
        notes.append("Fees in different currencies are not added up; --rate, for example --rate EUR=1.08, says what one is worth in the other.")
    if settings.budget is not None:
        taught = (c for gap in gaps if is_open(gap) for c in catalog.by_skill(gap.need.skill))
        beyond = {c.id: c.cost.currency for c in taught if c.cost is not None and rate_of(c, settings, typical) is None}
        if beyond:
            names, one = sorted(set(beyond.values())), len(beyond) == 1
            what = (
                f"{'One credential' if one else f'{len(beyond)} credentials'} for what is open {'has a fee' if one else 'have fees'} in {' and '.join(names)}"
            )
            help_ = f"add --rate, for example --rate {names[0]}=…, or --currency"
            notes.append(f"{what}, which cannot be compared with a budget in {own}, so {'it was' if one else 'they were'} left out: {help_}.")
    return tuple(notes)


def _step_notes(desk: Desk, n: int, step: Step, settings: Settings) -> list[str]:
    credential, known, notes = step.credential, desk.known[n], []
    if credential.hours is None:
        notes.append(
            f"{credential.title}: its hours are unknown; counted as {hours_of(credential, desk.typical):g}, the median of a {credential.type} in the catalog."
        )
    elif known > 0.005:
        low, high = credential.hours.min * (1 - known), credential.hours.max
        notes.append(f"{credential.title}: you know about {known:.0%} of it already, so expect {low:.0f} to {high:.0f} hours.")
    if credential.cost is None:
        own = own_currency(settings, desk.typical)
        fee = typical_fee(credential.type, settings, desk.typical)
        counts = f"cannot count it, for nothing in the catalog has a fee in {own}" if fee is None else f"counts it at {f'{fee:g} {own}'.rstrip()}"
        of_kind = "" if fee is None else f", the median of a {credential.type}"
        notes.append(f"{credential.title}: its fee is unknown and not in the total; a budget {counts}{of_kind}.")
    elif credential.cost.max > 0:
        notes.append(f"{credential.title}: fee as of {credential.cost.as_of or 'an unknown date'}; check it before you pay.")
    if not desk.closings[n]:
        notes.append(f"{credential.title} closes no gap itself; a later step requires it.")
    return notes
