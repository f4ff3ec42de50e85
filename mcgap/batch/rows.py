"""Pairs and extractions as rows of a table."""

from __future__ import annotations

from mcgap.batch.records import PAIR_COLUMNS, POSTING_COLUMNS, Cell, Row
from mcgap.coverage import is_open
from mcgap.gap.gaps import CLOSED
from mcgap.profile import needs_of
from mcgap.records import Brief, Extraction, Gap, Status, Strength
from mcgap.taxonomy import Taxonomy


def pair_row(posting: str, resume: str, brief: Brief, taxonomy: Taxonomy) -> Row:
    """One posting against one résumé."""
    found = {status: [taxonomy.name(g.need.skill) for g in brief.gaps if g.status is status] for status in CLOSED}
    return {
        "posting_id": posting,
        "resume_id": resume,
        "readiness": brief.readiness,
        "verdict": str(brief.verdict.name),
        "met": tuple(found[Status.MET]),
        "claimed": tuple(found[Status.CLAIMED]),
        "missing": open_names(brief.gaps, taxonomy),
        "gates_not_met": tuple(dict.fromkeys(gate.name for gate in brief.gates if gate.met is False)),
        "best_credentials": tuple(credential.title for credential in brief.credentials),
        "plan_hours": brief.plan.hours,
        "plan_cost": brief.plan.cost,
        "error": "",
    }


def open_names(gaps: tuple[Gap, ...], taxonomy: Taxonomy) -> tuple[str, ...]:
    """What stays open: alternatives as one ("PHP or Ruby"), and what is partly there with its status ("Docker (partial)")."""
    members: dict[str, list[str]] = {}
    for gap in gaps:
        if is_open(gap):
            status = "" if gap.status is Status.MISSING else f" ({gap.status})"
            members.setdefault(gap.need.group or f"\0{gap.need.skill}", []).append(taxonomy.name(gap.need.skill) + status)
    return tuple(dict.fromkeys(" or ".join(dict.fromkeys(names)) for names in members.values()))


def posting_row(posting: str, extraction: Extraction, taxonomy: Taxonomy) -> Row:
    """One posting alone: what it asks for, and how strongly."""
    needs = needs_of(extraction.asks, taxonomy)
    groups: dict[str, list[str]] = {}
    named: dict[Strength, list[str]] = {strength: [] for strength in Strength}
    for need in needs:
        name = taxonomy.name(need.skill)
        named[need.strength].append(name)
        if need.group:
            groups.setdefault(need.group, []).append(name)
    years = max((y.years for y in extraction.years), default=None)
    return {
        "posting_id": posting,
        "title": extraction.document.title or "",
        "required": tuple(named[Strength.REQUIRED]),
        "preferred": tuple(named[Strength.PREFERRED]),
        "duty": tuple(named[Strength.DUTY]),
        "alternatives": tuple(" or ".join(names) for names in groups.values() if len(names) > 1),
        "years": years,
        "education": tuple(dict.fromkeys(e.level + (f" in {', '.join(e.fields)}" if e.fields else "") for e in extraction.education)),
        "warnings": extraction.warnings,
        "error": "",
    }


def error_row(columns: tuple[str, ...], posting: str, resume: str, error: str) -> Row:
    """A row that could not be worked out, with its sentence."""
    empty: dict[str, Cell] = dict.fromkeys(columns, None)
    given: dict[str, Cell] = {"posting_id": posting, "resume_id": resume, "error": error}
    return empty | {name: cell for name, cell in given.items() if name in columns}


def columns_of(alone: bool) -> tuple[str, ...]:
    """The columns of postings alone, or of pairs."""
    return POSTING_COLUMNS if alone else PAIR_COLUMNS
