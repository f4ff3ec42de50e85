"""Records for tests, with only what a test cares about spelled out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mcgap.records import (
    Ask,
    Cost,
    Credential,
    Document,
    DocumentKind,
    Evidence,
    Extraction,
    Gap,
    Have,
    Hours,
    Issuer,
    Mention,
    Need,
    SectionKind,
    SkillType,
    Status,
    Strength,
    TaughtSkill,
)
from mcgap.taxonomy import Skill, Taxonomy


def make_skill(skill: str, name: str | None = None, kind: SkillType = SkillType.TECHNICAL, **fields: Any) -> Skill:
    return Skill(skill, name or skill.replace("-", " ").title(), kind, fields.pop("category", "testing"), **fields)


def make_taxonomy(*skills: Skill | str) -> Taxonomy:
    return Taxonomy.of(skill if isinstance(skill, Skill) else make_skill(skill) for skill in skills)


def make_credential(name: str, skills: Sequence[str | TaughtSkill] = (), **fields: Any) -> Credential:
    """``hours`` and ``cost`` may be one number; skills given by id share the weight equally."""
    taught = tuple(s if isinstance(s, TaughtSkill) else TaughtSkill(s, 1 / len(skills), assessed=True) for s in skills)
    hours, cost = fields.pop("hours", None), fields.pop("cost", None)
    if isinstance(hours, int | float):
        hours = Hours(hours, hours, "issuer")
    if isinstance(cost, int | float):
        cost = Cost(cost, cost, "USD", "exam", as_of="2025-11")
    issuer = fields.pop("issuer", None) or Issuer("school", "The School", "platform")
    return Credential(
        name, fields.pop("title", name.replace("-", " ").title()), issuer, fields.pop("type", "certificate"), taught, hours=hours, cost=cost, **fields
    )


def make_need(skill: str, importance: float = 0.7, *, text: str = "", strength: Strength = Strength.REQUIRED, **fields: Any) -> Need:
    """``text`` is the posting: where it names the skill (its id with spaces), the need cites that place."""
    words = skill.replace("-", " ")
    start = text.casefold().find(words)
    asks = ()
    if start >= 0:
        mention = Mention(start, start + len(words), text[start : start + len(words)], skill)
        asks = (Ask(mention, strength, SectionKind.REQUIREMENTS),)
    return Need(skill, strength, importance, asks, **fields)


def make_gap(need: Need | str, shortfall: float = 1.0, importance: float = 0.7, **fields: Any) -> Gap:
    if isinstance(need, str):
        need = make_need(need, importance, group=fields.pop("group", None))
    status = Status.MET if shortfall == 0 else Status.MISSING if shortfall == 1 else Status.PARTIAL
    return Gap(need, fields.pop("status", status), shortfall, **fields)


def make_have(skill: str, evidence: Evidence = Evidence.USED, **fields: Any) -> Have:
    return Have(skill, evidence, fields.pop("strength", 1.0), (), **fields)


def make_posting(text: str = "", asks: tuple[Ask, ...] = ()) -> Extraction:
    return Extraction(Document(text, "posting.txt", DocumentKind.POSTING), (), asks)
