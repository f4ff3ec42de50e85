"""Rankings, plans, portfolios and progress for people, in the blocks that text, Markdown and HTML lay out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from mcgap.catalog import Catalog
from mcgap.portfolio.names import Names
from mcgap.portfolio.progress import Moved, Progress
from mcgap.portfolio.records import Lift, Outlook, Portfolio, PostingRow
from mcgap.records import Check, Credential, FactStatus, Flip, FrontierPoint, RankRange, Report, SkillType, Status, Strength, WhatIf
from mcgap.report import explained, view_of, wording
from mcgap.report.view import FOOTER, Block, Item, Part, Tone, View
from mcgap.report.wording import joined, percent, sentence
from mcgap.settings import Settings
from mcgap.taxonomy import Taxonomy

_RANKED = frozenset({"Credentials that close it best", "Credentials", "Please note", "How each credential was scored"})
_PLANNED = frozenset({"Plan", "What stays open", "Not closable by a credential", "Please note", "How each credential was scored"})
_BAR = 20
_FLIPS, _IFS, _SKILLS, _POSTINGS, _CERTIFICATIONS, _LEFT, _FEW, _MOVES = 5, 8, 15, 10, 8, 12, 4, 3
_WHOLE = 0.995
_NO_DEMAND = "Counts are of the postings given here; they say nothing about demand elsewhere."
_NO_CHANCE = "Within reach means that 80% of the skills asked for, by weight, are shown; it is no chance of being hired."


# ── rank ────────────────────────────────────────────────────────────────────────────────────────


def rank_view(report: Report, taxonomy: Taxonomy, settings: Settings) -> View:
    """The ranking for gaps given by name."""
    view = view_of(report, taxonomy)
    if settings.explain:
        view = explained(view, report, taxonomy)
    blocks = [block for block in view.blocks if block.title in _RANKED]
    held = [taxonomy.name(gap.need.skill) for gap in report.gaps if gap.status in (Status.MET, Status.CLAIMED)]
    if held:
        blocks.insert(0, Block("You have already", paragraph=f"{joined(held)}.", tone=Tone.GOOD))
    return replace(
        view,
        title=f"Credentials for {joined([_named(gap.need.skill, gap.need.level, taxonomy) for gap in report.gaps])}",
        subtitle=f"Ranked for the goal {settings.goal}, {wording.day(report.today)}",
        verdict="" if report.credentials else "No credential in the catalog closes any of this within your limits.",
        tone=Tone.PLAIN,
        readiness=None,
        blocks=tuple(block for block in blocks if block.title != "Credentials"),
        footer=FOOTER if report.credentials else (),
    )


def _named(skill: str, level: object, taxonomy: Taxonomy) -> str:
    return f"{taxonomy.name(skill)} ({level})" if level else taxonomy.name(skill)


# ── plan ────────────────────────────────────────────────────────────────────────────────────────


def plan_view(outlook: Outlook, taxonomy: Taxonomy, catalog: Catalog, settings: Settings) -> View:
    """The plan in detail, and how firm it is."""
    report = outlook.report
    view = view_of(report, taxonomy)
    if settings.explain:
        view = explained(view, report, taxonomy)
    called = Names(catalog, taxonomy)
    kept = [block for block in view.blocks if block.title in _PLANNED]
    if not report.plan.steps:
        kept.insert(0, Block("Plan", paragraph=" ".join(sentence(note) for note in report.plan.notes) or "Nothing is planned."))
    if report.resume is None:  # such a report has no block for it
        kept.append(_left_over(report, taxonomy))
    blocks = [
        *kept,
        _frontier("What more hours would buy", outlook.by_hours, called),
        _frontier("What more money would buy", outlook.by_cost, called, _other_money(outlook, settings)),
        _sensitivity(outlook, called),
        _what_ifs(outlook.what_ifs, called, taxonomy),
        Block("Toward a larger certificate", parts=(Part("", tuple(Item(sentence(t.sentence)) for t in outlook.through)),)) if outlook.through else None,
        *(_checks(credential, checks) for credential, checks in outlook.checks),
    ]
    named = report.posting.document.source == "--gaps"
    title = f"Plan for {joined([taxonomy.name(gap.need.skill) for gap in report.gaps])}" if named else view.title
    return replace(
        view,
        title=title,
        subtitle=_limits(settings, outlook.currency) if named else f"{view.subtitle}; {_limits(settings, outlook.currency)}",
        verdict=view.verdict if report.resume is not None else "",
        blocks=tuple(block for block in blocks if block is not None),
        footer=FOOTER,
    )


def _limits(settings: Settings, currency: str) -> str:
    limits = [f"{wording.amount(settings.hours_per_week)} hours a week from {wording.day(settings.day)}"]
    limits += [f"until {wording.day(settings.deadline)}"] if settings.deadline else []
    limits += ["free only"] if settings.free_only else [f"budget {wording.money(settings.budget)} {currency}".rstrip()] if settings.budget is not None else []
    limits += [f"at most {wording.amount(settings.max_hours)} hours each"] if settings.max_hours is not None else []
    return ", ".join((*limits, f"{settings.prefer} choice"))


def _left_over(report: Report, taxonomy: Taxonomy) -> Block:
    """What the plan leaves open, by why."""
    asked = {gap.need.skill for gap in report.gaps if gap.need.strength in (Strength.REQUIRED, Strength.PREFERRED)}
    by_why: dict[str, list[str]] = {}
    for left in report.plan.left_over:
        if left.skill in asked:
            by_why.setdefault(left.why, []).append(left.skill)
    items = [Item(_shortened(skills, taxonomy, _LEFT), notes=(sentence(why),)) for why, skills in by_why.items()]
    if not items:
        return Block("What stays open", paragraph="Nothing that is required or preferred.", tone=Tone.GOOD)
    return Block("What stays open", parts=(Part("", tuple(items)),), tone=Tone.PART)


def _frontier(title: str, points: Sequence[FrontierPoint], called: Names, note: str = "") -> Block | None:
    """Each point as a bar of the coverage that it reaches."""
    if len(points) < 2:
        return None
    items = []
    for point in points:
        names = joined([called(name) for name in point.credentials])
        proven = "" if point.optimal else " or more"
        items.append(
            Item(f"{_bar(point.coverage)} {percent(point.coverage)}{proven} for {_hours(point.hours)} and {wording.amounts(point.costs)}", notes=(names,))
        )
    lead = "The best stack at each step; the bar is the share of the weighted gap that it closes."
    return Block(title, lead, parts=(Part("", tuple(items)),), notes=(note,) if note else ())


def _other_money(outlook: Outlook, settings: Settings) -> str:
    """Which currencies are left out of a comparison by money, where any are."""
    known = ("", outlook.currency, *dict(settings.rates))
    others = {c.cost.currency for r in outlook.report.credentials if (c := r.credential).cost is not None and c.cost.max > 0}
    others |= {item.currency for point in outlook.by_hours for item in point.costs}
    left = sorted(others - set(known))
    return f"In {outlook.currency}; what costs {' or '.join(left)} is left out here, for no rate was given." if left else ""


def _bar(share: float) -> str:
    filled = round(share * _BAR)
    return "\u2588" * filled + "\u2591" * (_BAR - filled)


def _hours(hours: float) -> str:
    return f"{wording.amount(hours)} hour{'' if hours == 1 else 's'}"


def _sensitivity(outlook: Outlook, called: Names) -> Block | None:
    found = outlook.sensitivity
    if found.first is None:
        return None
    flips = [Item(_flip(flip, called)) for flip in found.flips[:_FLIPS]]
    lead = "" if flips else "No change of a single weight, fee or length puts another credential first."
    ranges = [Item(_range(item, called)) for item in found.ranges if item.best != item.worst]
    parts = (Part("The smallest changes that put another first", tuple(flips)), Part("Ranks while facts are unknown", tuple(ranges)))
    return Block(f"How firm {called(found.first)} is in first place", lead, parts=tuple(part for part in parts if part.items))


def _flip(flip: Flip, called: Names) -> str:
    winner = f"{called(flip.first)} would be first."
    if flip.what == "weight":
        return f"If {flip.subject.replace('_', ' ')} weighed {flip.needed:.3g} instead of {flip.now:.3g}, {winner}"
    subject = called(flip.subject)
    winner = "it would be first." if flip.subject == flip.first else winner
    if flip.what == "fee":
        return f"If the fee of {subject} were {wording.money(round(flip.needed, 2))} instead of {wording.money(flip.now)}, {winner}"
    return f"If {subject} took {_hours(flip.needed)} instead of {wording.amount(flip.now)}, {winner}"


def _range(item: RankRange, called: Names) -> str:
    unknown = joined([name.replace("_", " ") for name in item.unknown])
    turn = "turns" if len(item.unknown) == 1 else "turn"
    return f"{called(item.credential)}: now {item.rank}; {item.best} to {item.worst}, whatever its {unknown} {turn} out to be."


def _what_ifs(found: Sequence[WhatIf], called: Names, taxonomy: Taxonomy) -> Block | None:
    """One item a skill, in the order asked about."""
    by_skill: dict[str, list[str]] = {}
    for item in found:
        moves = (
            "would close nothing more"
            if item.rank_then is None
            else f"{'falls' if item.rank_then > item.rank else 'rises'} from {item.rank} to {item.rank_then}"
        )
        by_skill.setdefault(item.skill, []).append(f"{called(item.credential)} {moves}.")
    items = [Item(taxonomy.name(skill), notes=tuple(moves[:_MOVES])) for skill, moves in by_skill.items()]
    notes = (f"{len(items) - _IFS} more stand in --format json.",) if len(items) > _IFS else ()
    return Block("If you already knew", parts=(Part("", tuple(items[:_IFS])),), notes=notes) if items else None


def _checks(credential: Credential, checks: Iterable[Check]) -> Block:
    items = [
        Item(check.question, notes=(f"{sentence(check.answer)} ({_trust(check)})",))
        if check.answer is not None
        else Item(check.question, notes=("Not recorded: ask the issuer.",), tone=Tone.PART)
        for check in checks
    ]
    return Block(f"Before you pay: {credential.title}", parts=(Part("", tuple(items)),))


def _trust(check: Check) -> str:
    if check.status is FactStatus.UNKNOWN:
        return "where this comes from is not recorded"
    return f"{check.status}{f', as of {check.as_of}' if check.as_of else ''}"


# ── portfolio ───────────────────────────────────────────────────────────────────────────────────


def portfolio_view(portfolio: Portfolio, taxonomy: Taxonomy, settings: Settings) -> View:
    """What many postings have in common, and what helps with most of them."""
    blocks = [
        _skills_block(portfolio, taxonomy),
        _missing_block(portfolio, taxonomy),
        _lifts_block(portfolio, taxonomy, settings),
        _stack_block(portfolio, taxonomy),
        _postings_block(portfolio),
        _certifications_block(portfolio, taxonomy),
        _errors_block(portfolio),
        Block("Please note", notes=portfolio.warnings, tone=Tone.PART) if portfolio.warnings else None,
    ]
    return View(
        title=f"{len(portfolio.postings)} posting{'' if len(portfolio.postings) == 1 else 's'}",
        subtitle=f"{wording.day(settings.day)}; {_limits(settings, portfolio.currency)}",
        verdict=_verdict(portfolio),
        tone=Tone.PLAIN,
        readiness=portfolio.mean_readiness if portfolio.has_resume else None,
        readiness_note="the mean over the postings of the share of skills asked for that your résumé shows or names.",
        blocks=tuple(block for block in blocks if block is not None),
        footer=(_NO_DEMAND, _NO_CHANCE, *FOOTER),
    )


def _verdict(portfolio: Portfolio) -> str:
    read = portfolio.read
    if not read:
        return "No skill was recognised in any of these postings, so nothing can be compared. Check that the files are postings."
    if not portfolio.has_resume:
        return "No résumé or skills were given, so all that is asked for counts as open. Add --resume FILE or --skills."
    left = read - portfolio.within
    if not left:
        return f"All {read} postings are within reach already: apply, no credential is needed first."
    best = portfolio.lifts[0] if portfolio.lifts else None
    head = f"{portfolio.within} of {read} postings are within reach now."
    if best is None:
        return f"{head} No credential in the catalog bears on the others within your limits."
    if not best.lifted:
        return f"{head} No single credential brings another one there; {best.credential.title} raises readiness most, by {_points(best.mean_gain)} on the mean."
    return f"{head} One credential, {best.credential.title}, brings {len(best.lifted)} more there."


def _points(gain: float) -> str:
    return f"{gain * 100:.1f} points"


def _skills_block(portfolio: Portfolio, taxonomy: Taxonomy) -> Block | None:
    counts = [c for c in portfolio.skills if c.asked][:_SKILLS]
    if not counts:
        return None
    width = max(c.asked for c in counts)
    items = [
        Item(
            f"{_bar(c.asked / width)} {taxonomy.name(c.skill)}",
            f"{c.asked} of {portfolio.read} postings" + (f"; open in {c.open}" if portfolio.has_resume and c.open else ""),
        )
        for c in counts
    ]
    return Block("Asked for most", "As required or preferred, not merely as a duty.", parts=(Part("", tuple(items)),))


def _missing_block(portfolio: Portfolio, taxonomy: Taxonomy) -> Block | None:
    """The open skills that most postings ask for; ways of working apart, which no course settles."""
    if not portfolio.has_resume:
        return None
    opened = sorted((c for c in portfolio.skills if c.open), key=lambda c: (-c.open, c.skill))
    soft = [c for c in opened if (row := taxonomy.get(c.skill)) is not None and row.type is SkillType.SOFT]
    hard = [c for c in opened if c not in soft]
    parts = [
        Part(heading, (Item(", ".join(f"{taxonomy.name(c.skill)} ({c.open})" for c in counts[:_SKILLS])),))
        for heading, counts in (("Skills", hard), ("Ways of working: show each by what you did", soft))
        if counts
    ]
    return Block("Open in your résumé", "With the number of postings in which each is open.", parts=tuple(parts), tone=Tone.BAD) if parts else None


def _lifts_block(portfolio: Portfolio, taxonomy: Taxonomy, settings: Settings) -> Block | None:
    items = [_lift_item(lift, portfolio.read, taxonomy) for lift in portfolio.lifts[: settings.top]]
    if not items:
        return None
    return Block(
        "What one credential would do",
        "By the postings that it brings within reach, then by the mean rise of readiness.",
        parts=(Part("", tuple(items)),),
        numbered=True,
    )


def _lift_item(lift: Lift, read: int, taxonomy: Taxonomy) -> Item:
    credential = lift.credential
    lifted = f"Brings {len(lift.lifted)} of {read} within reach" if lift.lifted else "Brings none within reach by itself"
    return Item(
        credential.title,
        credential.issuer.name,
        notes=(
            f"{lifted}; bears on {lift.bears_on}; mean rise {_points(lift.mean_gain)}.",
            f"For {_shortened([c.skill for c in lift.closes], taxonomy)}.",
            f"{wording.hours(credential.hours)}; {wording.cost(credential.cost)}.",
        ),
        link=credential.url or "",
    )


def _stack_block(portfolio: Portfolio, taxonomy: Taxonomy) -> Block | None:
    plan = portfolio.plan
    if not plan.steps:
        return Block("The best stack for all", paragraph=" ".join(sentence(note) for note in plan.notes)) if portfolio.read else None
    items = [
        Item(
            f"{wording.day(step.starts)} \u2013 {wording.day(step.ends)}: {step.credential.title}",
            f"{_hours(step.hours)}{'' if step.hours_known else ', assumed'}",
            notes=(
                *((f"For {_shortened(wanted, taxonomy)}.",) if (wanted := (*step.closes, *step.teaches)) else ()),
                sentence(wording.cost(step.credential.cost)),
            ),
        )
        for step in plan.steps
    ]
    return Block("The best stack for all", _stack_lead(portfolio), parts=(Part("", tuple(items)),), notes=_stack_notes(portfolio, taxonomy))


def _stack_lead(portfolio: Portfolio) -> str:
    plan, count = portfolio.plan, len(portfolio.plan.steps)
    ready = f"Mean readiness goes from {percent(portfolio.mean_readiness)} to {percent(portfolio.mean_with_plan)}"
    within = f"{portfolio.within_plan} of {portfolio.read} are then within reach, {portfolio.within} are now"
    best = "No better choice exists for the pooled needs under your limits."
    if not plan.optimal:
        best = f"A better choice may exist: this closes {percent(plan.coverage)} of the pooled gap, up to {percent(plan.bound)} could be closed."
    fees = f"{wording.amounts(plan.costs)}{'' if all(step.cost is not None for step in plan.steps) else ' as far as fees are known'}"
    return f"{count} credential{'' if count == 1 else 's'}, about {_hours(plan.hours)}, {fees}. {ready}; {within}. {best}"


def _stack_notes(portfolio: Portfolio, taxonomy: Taxonomy) -> tuple[str, ...]:
    plan = portfolio.plan
    notes = [sentence(note) for note in plan.notes]
    if portfolio.pooled_share < _WHOLE:
        share = percent(portfolio.pooled_share)
        notes.append(f"It is chosen for the weightiest needs of all postings that a credential bears on: {share} of the whole gap by weight.")
    if plan.left_over:
        notes.append(f"Still open after it: {_shortened([item.skill for item in plan.left_over], taxonomy, _LEFT)}.")
    return tuple(notes)


def _shortened(skills: Sequence[str], taxonomy: Taxonomy, most: int = _FEW) -> str:
    names = [taxonomy.name(skill) for skill in skills]
    return joined(names) if len(names) <= most else f"{', '.join(names[:most])} and {len(names) - most} more"


def _postings_block(portfolio: Portfolio) -> Block | None:
    rows = [row for row in portfolio.postings if row.readiness is not None]
    if not rows or not portfolio.has_resume:
        return None
    order = sorted(rows, key=lambda row: -(row.readiness or 0.0))
    notes = (f"The {len(rows) - _POSTINGS} others stand in --format json and csv.",) if len(rows) > _POSTINGS else ()
    lead = "Readiness now, with the best single credential, and with the stack."
    return Block("Your postings, nearest first", lead, parts=(Part("", tuple(map(_posting_item, order[:_POSTINGS]))),), notes=notes)


def _posting_item(row: PostingRow) -> Item:
    name = f"{row.title} ({row.id})" if row.title else row.id
    return Item(f"{percent(row.readiness)} \u2192 {percent(row.with_best)} \u2192 {percent(row.with_plan)}: {name}")


def _certifications_block(portfolio: Portfolio, taxonomy: Taxonomy) -> Block | None:
    if not portfolio.read:
        return None
    if not portfolio.naming:
        return Block("Certifications", paragraph=f"None of your {portfolio.read} postings names a certification.")
    named = list(portfolio.certifications.items())
    items = Item(", ".join(f"{taxonomy.name(skill)} ({count})" for skill, count in named[:_CERTIFICATIONS]))
    names = "names" if portfolio.naming == 1 else "name"
    return Block("Certifications", f"{portfolio.naming} of your {portfolio.read} postings {names} a certification.", parts=(Part("", (items,)),))


def _errors_block(portfolio: Portfolio) -> Block | None:
    notes = [f"{row.id}: {row.error}" for row in portfolio.postings if row.error][:_POSTINGS]
    if portfolio.failed > _POSTINGS:
        notes.append(f"{portfolio.failed - _POSTINGS} more could not be read; --format csv names them.")
    silent = sum(1 for row in portfolio.postings if row.readiness is None and not row.error)
    if silent:
        notes.append(f"In {silent} of the postings no skill was recognised; {'it counts' if silent == 1 else 'they count'} for nothing here.")
    if portfolio.copies:
        notes.append(f"{portfolio.copies} posting{' is a copy' if portfolio.copies == 1 else 's are copies'} of another, word for word, and counted once.")
    return Block("Please note", notes=tuple(notes), tone=Tone.PART) if notes else None


# ── progress ────────────────────────────────────────────────────────────────────────────────────


def progress_view(progress: Progress) -> View:
    """What moved since an earlier report."""
    blocks = [
        _moves("Closed since", progress.closed, Tone.GOOD),
        _moves("Opened since", progress.opened, Tone.BAD),
        _moves("Changed otherwise", progress.moved, Tone.PART),
        _moves("Conditions that changed", progress.gates, Tone.PART),
        _plan_changes(progress),
        _fact_changes(progress),
    ]
    kept = tuple(block for block in blocks if block is not None)
    return View(
        title=f"Progress: {progress.title or 'Job posting'}",
        subtitle=f"From {progress.since or 'an undated report'} to {progress.today or 'an undated report'}, {progress.source}",
        verdict=_progress_verdict(progress, bool(kept)),
        tone=Tone.GOOD if (progress.change or 0) > 0 else Tone.PLAIN,
        readiness=progress.readiness[1],
        readiness_note="the share of the skills asked for that your résumé shows or names, the more strongly asked counting more.",
        blocks=kept,
        footer=FOOTER,
    )


def _progress_verdict(progress: Progress, moved: bool) -> str:
    before, after = progress.readiness
    warning = "" if progress.same_posting else " The two reports ask for different skills: the posting changed, or what mcgap reads in it."
    if not moved and before == after:
        return f"Nothing moved.{warning}"
    if progress.change is None:
        return f"Readiness cannot be compared: one of the reports has no résumé.{warning}"
    way = "stayed at" if not progress.change else "rose" if progress.change > 0 else "fell"
    ready = f"Readiness {way} {percent(after)}." if not progress.change else f"Readiness {way} from {percent(before)} to {percent(after)}."
    return f"{ready} {progress.verdict[1]}{warning}"


def _moves(title: str, moves: Sequence[Moved], tone: Tone) -> Block | None:
    if not moves:
        return None
    items = [Item(m.name, m.requirement, notes=(f"{(m.before or 'not asked for').capitalize()} \u2192 {m.after or 'no longer asked for'}.",)) for m in moves]
    return Block(title, parts=(Part("", tuple(items)),), tone=tone)


def _plan_changes(progress: Progress) -> Block | None:
    parts = tuple(
        Part(heading, tuple(Item(c.title, notes=(sentence(c.why),)) for c in changes))
        for heading, changes in (("No longer in the plan", progress.dropped), ("New in the plan", progress.added))
        if changes
    )
    if not parts:
        return None
    lead = f"Hours still to go: {wording.amount(progress.hours[0])} before, {wording.amount(progress.hours[1])} now."
    return Block("The plan", lead, parts=parts)


def _fact_changes(progress: Progress) -> Block | None:
    if not progress.facts:
        return None
    items = [Item(f"{f.title}: {f.fact}", notes=(f"{f.before} \u2192 {f.after}.",)) for f in progress.facts]
    return Block("Facts of the catalog that changed", parts=(Part("", tuple(items)),), tone=Tone.PART)
