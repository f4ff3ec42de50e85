"""Rankings, plans, portfolios and progress as plain values for machines: the shapes of ``report/schemas``."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any

from mcgap.portfolio.progress import Progress
from mcgap.portfolio.records import Lift, Outlook, Portfolio, PostingRow, SkillCount
from mcgap.records import Check, FrontierPoint, Report, Sensitivity
from mcgap.report import report_payload, to_json
from mcgap.report.payload import amounts_payload, cost_payload, hours_payload, number, stack_payload
from mcgap.settings import Settings
from mcgap.taxonomy import Taxonomy

Payload = dict[str, Any]
RANK_SCHEMA, PLAN_SCHEMA, PORTFOLIO_SCHEMA, PROGRESS_SCHEMA = "mcgap.rank/1", "mcgap.plan/1", "mcgap.portfolio/1", "mcgap.progress/1"
RANK_COLUMNS = (
    *("rank", "id", "title", "issuer", "type", "score", "closes", "hours_min", "hours_max", "hours_basis"),
    *("cost_min", "cost_max", "currency", "cost_kind", "cost_as_of", "url", "reasons"),
)
POSTING_COLUMNS = ("posting", "title", "readiness", "with_best", "with_plan", "certifications", "error")
SKILL_COLUMNS = ("skill", "name", "required", "preferred", "duty", "open", "postings")
LIFT_COLUMNS = (
    "credential",
    "title",
    "lifted",
    "bears_on",
    "postings",
    "mean_gain",
    "hours_min",
    "hours_max",
    "cost_min",
    "cost_max",
    "currency",
    "cost_as_of",
)
_BETWEEN = " | "
# A cell that a spreadsheet would run as a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

__all__ = ["lifts_csv", "plan_payload", "portfolio_payload", "postings_csv", "progress_payload", "rank_csv", "rank_payload", "skills_csv", "to_json"]


# ── rank ────────────────────────────────────────────────────────────────────────────────────────


def rank_payload(report: Report, taxonomy: Taxonomy, settings: Settings) -> Payload:
    """A ranking in the shape ``mcgap.rank/1``."""
    whole = report_payload(report, taxonomy)
    return {
        "schema": RANK_SCHEMA,
        "today": whole["today"],
        "goal": settings.goal,
        "gaps": [
            {**need["skill"], "requirement": need["requirement"], "level": need["level"], "status": need["status"], "shortfall": need["shortfall"]}
            for need in whole["needs"]
        ],
        "credentials": whole["credentials"],
        "warnings": whole["warnings"],
    }


def rank_csv(report: Report, taxonomy: Taxonomy) -> str:
    """A ranking as CSV, a row for each credential."""
    return _csv(RANK_COLUMNS, (_rank_row(credential) for credential in report_payload(report, taxonomy)["credentials"]))


def _rank_row(credential: Payload) -> Payload:
    hours, cost = credential["hours"] or {}, credential["cost"] or {}
    return {
        **credential,
        "closes": _BETWEEN.join(f"{c['skill']} {c['share']:.0%} {c['match']}" for c in credential["closes"]),
        "hours_min": hours.get("min"),
        "hours_max": hours.get("max"),
        "hours_basis": hours.get("basis"),
        "cost_min": cost.get("min"),
        "cost_max": cost.get("max"),
        "currency": cost.get("currency"),
        "cost_kind": cost.get("kind"),
        "cost_as_of": cost.get("as_of"),
        "reasons": _BETWEEN.join(f"{r['factor']} {r['points']:.4f}: {r['detail']}" for r in credential["reasons"]),
    }


# ── plan ────────────────────────────────────────────────────────────────────────────────────────


def plan_payload(outlook: Outlook, taxonomy: Taxonomy, settings: Settings) -> Payload:
    """A report with what would change it, in the shape ``mcgap.plan/1``: the keys of ``mcgap.report/1`` and more."""
    return {
        **report_payload(outlook.report, taxonomy),
        "schema": PLAN_SCHEMA,
        "limits": {
            "start": settings.day.isoformat(),
            "hours_per_week": number(settings.hours_per_week),
            "deadline": settings.deadline.isoformat() if settings.deadline else None,
            "budget": 0 if settings.free_only else number(settings.budget),
            "currency": outlook.currency,
            "rates": dict(settings.rates),
            "max_hours": number(settings.max_hours),
            "prefer": settings.prefer,
        },
        "frontier": {"hours": [_point(p) for p in outlook.by_hours], "cost": [_point(p) for p in outlook.by_cost]},
        "sensitivity": _sensitivity(outlook.sensitivity),
        "counterfactual": [
            {"skill": w.skill, "credential": w.credential, "rank": w.rank, "rank_then": w.rank_then, "first_then": w.first_then, "sentence": w.sentence}
            for w in outlook.what_ifs
        ],
        "stack_through": [
            {
                "larger": t.larger,
                "done": list(t.done),
                "missing": list(t.missing),
                "hours": t.hours,
                "cost": t.cost,
                "costs": amounts_payload(t.costs),
                "sentence": t.sentence,
            }
            for t in outlook.through
        ],
        "checklist": [{"credential": c.id, "title": c.title, "checks": [_check(check) for check in checks]} for c, checks in outlook.checks],
    }


def _point(point: FrontierPoint) -> Payload:
    return {
        "limit": number(point.limit),
        "hours": number(point.hours),
        "cost": number(point.cost),
        "currency": point.currency,
        "costs": amounts_payload(point.costs),
        "coverage": point.coverage,
        "optimal": point.optimal,
        "credentials": list(point.credentials),
    }


def _sensitivity(found: Sensitivity) -> Payload:
    return {
        "first": found.first,
        "flips": [{"what": f.what, "subject": f.subject, "now": f.now, "needed": f.needed, "first": f.first} for f in found.flips],
        "ranges": [{"credential": r.credential, "rank": r.rank, "best": r.best, "worst": r.worst, "unknown": list(r.unknown)} for r in found.ranges],
    }


def _check(check: Check) -> Payload:
    return {"question": check.question, "answer": check.answer, "status": str(check.status), "as_of": check.as_of, "source": check.source}


# ── portfolio ───────────────────────────────────────────────────────────────────────────────────


def portfolio_payload(portfolio: Portfolio, taxonomy: Taxonomy, settings: Settings) -> Payload:
    """A portfolio in the shape ``mcgap.portfolio/1``. Credentials are cut to ``settings.top``; skills and postings are all there."""
    return {
        "schema": PORTFOLIO_SCHEMA,
        "today": settings.day.isoformat(),
        "resume": portfolio.has_resume,
        "counts": {
            "postings": len(portfolio.postings),
            "recognised": portfolio.read,
            "failed": portfolio.failed,
            "copies": portfolio.copies,
            "within_reach": portfolio.within,
            "within_reach_with_plan": portfolio.within_plan,
            "naming_certification": portfolio.naming,
        },
        "readiness": {"mean": portfolio.mean_readiness, "mean_with_plan": portfolio.mean_with_plan},
        "skills": [_skill(count, taxonomy) for count in portfolio.skills],
        "certifications": [{"id": skill, "name": taxonomy.name(skill), "postings": count} for skill, count in portfolio.certifications.items()],
        "credentials": [_lift(lift) for lift in portfolio.lifts[: settings.top]],
        "plan": {**stack_payload(portfolio.plan), "pooled_needs": portfolio.pooled, "pooled_share": round(portfolio.pooled_share, 4)},
        "postings": [_posting(row) for row in portfolio.postings],
        "warnings": list(portfolio.warnings),
    }


def _skill(count: SkillCount, taxonomy: Taxonomy) -> Payload:
    row = taxonomy.get(count.skill)
    return {
        "id": count.skill,
        "name": taxonomy.name(count.skill),
        "type": str(row.type) if row else None,
        "required": count.required,
        "preferred": count.preferred,
        "duty": count.duty,
        "open": count.open,
    }


def _lift(lift: Lift) -> Payload:
    credential = lift.credential
    return {
        "id": credential.id,
        "title": credential.title,
        "issuer": credential.issuer.name,
        "lifted": len(lift.lifted),
        "lifted_postings": list(lift.lifted),
        "bears_on": lift.bears_on,
        "mean_gain": lift.mean_gain,
        "closes": [c.skill for c in lift.closes],
        "hours": hours_payload(credential.hours),
        "cost": cost_payload(credential.cost),
    }


def _posting(row: PostingRow) -> Payload:
    return {
        "posting": row.id,
        "title": row.title,
        "readiness": row.readiness,
        "with_best": row.with_best,
        "with_plan": row.with_plan,
        "certifications": list(row.certifications),
        "error": row.error,
    }


def postings_csv(portfolio: Portfolio) -> str:
    """A row for each posting, in the order read: readiness now, with the best single credential, with the plan."""
    return _csv(POSTING_COLUMNS, ({**_posting(row), "certifications": _BETWEEN.join(row.certifications)} for row in portfolio.postings))


def skills_csv(portfolio: Portfolio, taxonomy: Taxonomy) -> str:
    """A row for each skill asked for; ``postings`` is how many were recognised in all."""
    return _csv(SKILL_COLUMNS, ({**_skill(count, taxonomy), "skill": count.skill, "postings": portfolio.read} for count in portfolio.skills))


def lifts_csv(portfolio: Portfolio) -> str:
    """A row for each credential that bears on any posting."""
    return _csv(LIFT_COLUMNS, (_lift_row(lift, portfolio.read) for lift in portfolio.lifts))


def _lift_row(lift: Lift, postings: int) -> Payload:
    credential = lift.credential
    hours, cost = credential.hours, credential.cost
    return {
        "credential": credential.id,
        "title": credential.title,
        "lifted": len(lift.lifted),
        "bears_on": lift.bears_on,
        "postings": postings,
        "mean_gain": lift.mean_gain,
        **({"hours_min": hours.min, "hours_max": hours.max} if hours else {}),
        **({"cost_min": cost.min, "cost_max": cost.max, "currency": cost.currency, "cost_as_of": cost.as_of} if cost else {}),
    }


# ── progress ────────────────────────────────────────────────────────────────────────────────────


def progress_payload(progress: Progress) -> Payload:
    """What moved, in the shape ``mcgap.progress/1``."""
    return {
        "schema": PROGRESS_SCHEMA,
        "since": progress.since,
        "today": progress.today,
        "posting": {"source": progress.source, "title": progress.title},
        "same_posting": progress.same_posting,
        "readiness": {"before": progress.readiness[0], "after": progress.readiness[1], "change": progress.change},
        "verdict": {"before": progress.verdict[0], "after": progress.verdict[1]},
        "closed": [_moved(m) for m in progress.closed],
        "opened": [_moved(m) for m in progress.opened],
        "moved": [_moved(m) for m in progress.moved],
        "gates": [_moved(m) for m in progress.gates],
        "plan": {
            "dropped": [{"id": c.id, "title": c.title, "why": c.why} for c in progress.dropped],
            "added": [{"id": c.id, "title": c.title, "why": c.why} for c in progress.added],
            "hours": {"before": progress.hours[0], "after": progress.hours[1]},
            "coverage": {"before": progress.coverage[0], "after": progress.coverage[1]},
        },
        "facts": [{"credential": f.credential, "title": f.title, "fact": f.fact, "before": f.before, "after": f.after} for f in progress.facts],
    }


def _moved(moved: Any) -> Payload:
    return {"id": moved.id, "name": moved.name, "requirement": moved.requirement, "before": moved.before, "after": moved.after}


# ── small ───────────────────────────────────────────────────────────────────────────────────────


def _csv(columns: tuple[str, ...], rows: Iterable[Payload]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_cell(row.get(column)) for column in columns] for row in rows)
    return out.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return "" if value is None else value
