"""Report and Extraction as plain values for machines: the shapes of ``schemas/*.json``.

Fields may be added; none is renamed or dropped without a new schema number.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from mcgap.coverage import shared_groups
from mcgap.records import (
    Amount,
    Ask,
    Cost,
    Credential,
    DocumentKind,
    Education,
    Evidence,
    Extraction,
    Gap,
    Gate,
    Have,
    Hours,
    Mention,
    Nearest,
    PhraseGap,
    Plan,
    Proof,
    Ranked,
    Report,
    SkillType,
    Span,
    Strength,
)
from mcgap.taxonomy import Taxonomy

Payload = dict[str, Any]
REPORT_SCHEMA = "mcgap.report/1"
EXTRACT_SCHEMA = "mcgap.extract/1"
SKILLS_SOURCE = "--skills"  # the source of a document that stands for skills given in place of a résumé
CREDENTIAL_TYPES = frozenset({SkillType.CERTIFICATION, SkillType.LICENCE})
_STRENGTHS = [str(s) for s in Strength]
_EVIDENCES = [str(e) for e in Evidence]
_NO_HAVES: tuple[Have, ...] = ()


def to_json(payload: object) -> str:
    """A payload as indented JSON; the same payload gives the same bytes."""
    return json.dumps(payload, ensure_ascii=False, indent=2)


def to_line(payload: object) -> str:
    """A payload as one line of JSON."""
    return json.dumps(payload, ensure_ascii=False)


def load_schema(name: str) -> Payload:
    """The JSON Schema of a shape: ``extract`` or ``report``."""
    schema: Payload = json.loads((Path(__file__).parent / "schemas" / f"{name}.json").read_text(encoding="utf-8"))
    return schema


# ── report ──────────────────────────────────────────────────────────────────────────────────────


def report_payload(report: Report, taxonomy: Taxonomy) -> Payload:
    """A report in the shape ``mcgap.report/1``."""
    posting = report.posting.document
    return {
        "schema": REPORT_SCHEMA,
        "today": report.today.isoformat(),
        "posting": {"source": posting.source, "title": posting.title, "countries": _countries(report.posting)},
        "resume": None if report.resume is None else {"source": report.resume.document.source},
        "readiness": report.readiness,
        "verdict": {"name": str(report.verdict.name), "sentence": report.verdict.sentence},
        "needs": [_need(gap, taxonomy) for gap in report.gaps],
        "gates": [_gate(gate) for gate in report.gates],
        "credentials": [_ranked(ranked) for ranked in report.credentials],
        "plan": stack_payload(report.plan),
        "unlisted": [_phrase(phrase) for phrase in report.phrases],
        "warnings": list(report.warnings),
    }


def _need(gap: Gap, taxonomy: Taxonomy) -> Payload:
    need = gap.need
    skill = taxonomy.get(need.skill)
    return {
        "skill": {"id": need.skill, "name": taxonomy.name(need.skill), "type": str(skill.type) if skill else None},
        "requirement": str(need.strength),
        "importance": need.importance,
        "group": need.group,
        "years": number(need.years),
        "level": _word(need.level),
        "experience": need.experience,
        "status": str(gap.status),
        "nearest": None if gap.nearest is None else _nearest(gap.nearest, taxonomy),
        "shortfall": gap.shortfall,
        "closed_by_group": gap.closed_by_group,
        "detail": gap.detail,
        "advice": gap.advice,
        "badge": None if gap.have is None or gap.have.badge is None else {"name": gap.have.badge, "signature": "not checked"},
        "posting_evidence": [_mention_span(ask.mention) for ask in need.asks],
        "resume_evidence": [{**_mention_span(p.mention), "how": str(p.evidence)} for p in gap.have.proofs] if gap.have else [],
    }


def _countries(posting: Extraction) -> list[Payload]:
    """Where a posting's job seems to be; without evidence where you named it."""
    return [{"code": country.code, "evidence": [_span(span) for span in country.evidence]} for country in posting.countries]


def _nearest(nearest: Nearest, taxonomy: Taxonomy) -> Payload:
    return {"id": nearest.skill, "name": taxonomy.name(nearest.skill), "kin": nearest.kin}


def _gate(gate: Gate) -> Payload:
    return {
        "kind": str(gate.kind),
        "name": gate.name,
        "requirement": str(gate.strength),
        "met": gate.met,
        "evidence": [_span(s) for s in gate.posting_evidence],
        "resume_evidence": [_span(s) for s in gate.resume_evidence],
        "detail": gate.detail,
    }


def _ranked(ranked: Ranked) -> Payload:
    credential = ranked.credential
    return {
        "id": credential.id,
        "title": credential.title,
        "issuer": credential.issuer.name,
        "type": credential.type,
        "url": credential.url,
        "score": ranked.score,
        "rank": ranked.rank,
        "countries": list(credential.countries),
        "closes": [{"skill": c.skill, "share": c.share, "match": c.match, "years_left": number(c.years), "abroad": c.abroad} for c in ranked.closes],
        "reasons": [{"factor": r.factor, "points": r.points, "detail": r.detail} for r in ranked.reasons],
        "hours": hours_payload(credential.hours),
        "cost": cost_payload(credential.cost),
        "facts": _facts(credential),
    }


def _facts(credential: Credential) -> list[Payload]:
    return [{"field": p.field, "status": str(p.status), "as_of": p.as_of, "source": p.source} for p in credential.provenance]


def hours_payload(hours: Hours | None) -> Payload | None:
    """Study hours; null where they are unknown."""
    return None if hours is None else {"min": number(hours.min), "max": number(hours.max), "basis": hours.basis}


def cost_payload(cost: Cost | None) -> Payload | None:
    """What a credential costs; null where it is unknown."""
    if cost is None:
        return None
    return {"min": number(cost.min), "max": number(cost.max), "currency": cost.currency, "as_of": cost.as_of, "kind": cost.kind, "recurring": cost.recurring}


def amounts_payload(amounts: Iterable[Amount]) -> list[Payload]:
    """Amounts of money, each in its currency."""
    return [{"currency": item.currency, "amount": number(item.amount)} for item in amounts]


def stack_payload(plan: Plan) -> Payload:
    """A plan, as reports and portfolios carry it."""
    return {
        "steps": [
            {
                "credential": step.credential.id,
                "title": step.credential.title,
                "starts": step.starts.isoformat(),
                "ends": step.ends.isoformat(),
                "hours": number(step.hours),
                "hours_known": step.hours_known,
                "cost": number(step.cost),
                "currency": step.currency,
                "closes": list(step.closes),
                "teaches": list(step.teaches),
            }
            for step in plan.steps
        ],
        "hours": number(plan.hours),
        "cost": number(plan.cost),
        "currency": plan.currency,
        "costs": amounts_payload(plan.costs),
        "coverage": plan.coverage,
        "readiness_after": plan.readiness_after,
        "optimal": plan.optimal,
        "bound": plan.bound,
        "method": plan.method,
        "left_over": [left.skill for left in plan.left_over],
        "left_over_why": [{"skill": left.skill, "why": left.why} for left in plan.left_over],
        "notes": list(plan.notes),
    }


def _phrase(phrase: PhraseGap) -> Payload:
    mention = phrase.ask.mention
    return {
        "text": mention.text,
        "start": mention.start,
        "end": mention.end,
        "requirement": str(phrase.ask.strength),
        "group": phrase.ask.group,
        "years": number(phrase.ask.years),
        "score": mention.score,
        "suggests": _suggestion(mention),
        "shown": phrase.shown,
        "resume_evidence": None if phrase.evidence is None else _span(phrase.evidence),
    }


# ── extract ─────────────────────────────────────────────────────────────────────────────────────


def extraction_payload(
    extraction: Extraction, taxonomy: Taxonomy, *, haves: Iterable[Have] = _NO_HAVES, with_text: bool = False, explain: bool = False
) -> Payload:
    """An extraction in the shape ``mcgap.extract/1``.

    ``haves`` are those of a résumé: they carry the years that its dated roles cover. ``with_text`` adds the
    text that the offsets count in; ``explain`` adds section and cue to mentions, and the candidates dropped.
    """
    document = extraction.document
    years = {have.skill: have.years for have in haves}
    found: list[Ask | Proof] = [*extraction.asks, *extraction.proofs]
    shared = shared_groups(extraction.asks)
    skills = [_skill(skill, members, taxonomy, years, shared, explain) for skill, members in _by_skill(found).items()]
    payload: Payload = {
        "schema": EXTRACT_SCHEMA,
        "source": document.source,
        "kind": str(document.kind),
        "title": document.title,
        "skills": skills,
        "unlisted": [_unlisted(item, explain) for item in found if item.mention.skill is None],
        "education": [_education(e, document.kind) for e in extraction.education],
        "countries": _countries(extraction),
        "credentials": [_held_or_asked(skill) for skill in skills if skill["type"] in CREDENTIAL_TYPES and not skill["negated"]],
        "warnings": list(extraction.warnings),
    }
    if explain:
        payload["sections"] = [
            {"kind": str(s.kind), "start": s.start, "end": s.end, "heading": s.heading.text if s.heading else None} for s in extraction.sections
        ]
        payload["dropped"] = [{**_mention_span(m), "id": m.skill, "why": m.dropped} for m in extraction.dropped]
    if with_text:
        payload["text"] = document.text
    return payload


def error_payload(source: str, sentence: str) -> Payload:
    """What stands in place of a file that cannot be read."""
    return {"source": source, "error": sentence}


def requirement_of(item: Ask | Proof) -> str:
    """How strongly a mention is asked for, or how a résumé shows it."""
    return str(item.strength if isinstance(item, Ask) else item.evidence)


def strongest(items: Iterable[Ask | Proof]) -> str:
    """The strongest requirement of some mentions of one document."""
    return min((requirement_of(item) for item in items), key=(_STRENGTHS + _EVIDENCES).index)


def _by_skill(found: Iterable[Ask | Proof]) -> dict[str, list[Ask | Proof]]:
    """Mentions by skill, in the order in which the skills first stand in the text."""
    by_skill: dict[str, list[Ask | Proof]] = {}
    for item in found:
        if item.mention.skill is not None:
            by_skill.setdefault(item.mention.skill, []).append(item)
    return by_skill


def _skill(skill: str, members: list[Ask | Proof], taxonomy: Taxonomy, years: dict[str, float | None], shared: frozenset[str], explain: bool) -> Payload:
    counted = [m for m in members if not m.mention.negated] or members
    requirement = strongest(counted)
    leading = [m for m in counted if requirement_of(m) == requirement]
    groups = [m.group if m.group in shared else None for m in leading if isinstance(m, Ask)]
    row = taxonomy.get(skill)
    return {
        "id": skill,
        "name": taxonomy.name(skill),
        "type": str(row.type if row else SkillType.TECHNICAL),
        "requirement": requirement,
        # An alternative somewhere is no alternative where the skill is asked for by itself elsewhere.
        "group": groups[0] if groups and all(groups) else None,
        "years": number(years.get(skill) or max((m.years for m in counted if m.years), default=None)),
        "level": _word(next((m.level for m in leading if m.level), None)),
        "negated": all(m.mention.negated for m in members),
        "mentions": [_mention(m, explain) for m in members],
    }


def _mention(item: Ask | Proof, explain: bool) -> Payload:
    mention = item.mention
    payload = {
        **_mention_span(mention),
        "requirement": requirement_of(item),
        "group": item.group if isinstance(item, Ask) else None,
        "years": number(item.years),
        "negated": mention.negated,
        "how": mention.how,
        "score": mention.score,
    }
    return {**payload, **_why(item)} if explain else payload


def _why(item: Ask | Proof) -> Payload:
    cue = item.cue if isinstance(item, Ask) else None
    return {"section": str(item.section), "cue": _span(cue) if cue else None, "why": item.mention.why}


def _unlisted(item: Ask | Proof, explain: bool) -> Payload:
    mention = item.mention
    payload = {
        "text": mention.text,
        "start": mention.start,
        "end": mention.end,
        "requirement": requirement_of(item),
        "group": item.group if isinstance(item, Ask) else None,
        "years": number(item.years),
        "score": mention.score,
        "suggests": _suggestion(mention),
        "negated": mention.negated,
    }
    return {**payload, **_why(item)} if explain else payload


def _suggestion(mention: Mention) -> Payload | None:
    found = mention.suggestion
    return None if found is None else {"id": found.skill, "score": found.score, "how": found.how}


def _education(education: Education, kind: DocumentKind) -> Payload:
    requirement = Evidence.EDUCATION if kind is DocumentKind.RESUME else education.strength
    return {
        "level": education.level,
        "fields": list(education.fields),
        "requirement": str(requirement),
        "start": education.span.start,
        "end": education.span.end,
        "text": education.span.text,
        "or_experience": education.or_experience,
        "group": education.group,
    }


def _held_or_asked(skill: Payload) -> Payload:
    """A certification or licence at its first mention of that strength."""
    first = next(m for m in skill["mentions"] if m["requirement"] == skill["requirement"] and not m["negated"])
    return {"id": skill["id"], "name": skill["name"], "type": skill["type"], "requirement": skill["requirement"], "start": first["start"], "end": first["end"]}


def _mention_span(mention: Mention) -> Payload:
    return {"start": mention.start, "end": mention.end, "text": mention.text}


def _span(span: Span) -> Payload:
    return {"start": span.start, "end": span.end, "text": span.text}


def number(value: float | None) -> float | int | None:
    """A whole number without its ".0"."""
    return int(value) if value is not None and float(value).is_integer() else value


def _word(value: object) -> str | None:
    return None if value is None else str(value)
