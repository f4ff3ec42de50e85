"""Open Badges: 2.0 BadgeClass and Assertion, 3.0 Achievement and OpenBadgeCredential.

Field names are those of 1EdTech's Open Badges 2.0 and 3.0 (context 3.0.3). Signatures are not checked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from mcgap.importers.drafts import ISSUER_URN, SKILL_URN, URN, Draft, Notes
from mcgap.importers.jsonld import Node, id_of, index_of, list_of, nodes_of, number_of, plain_number, resolve, text_of, texts_of, types_of, web_address
from mcgap.records import Credential
from mcgap.taxonomy import Taxonomy

CONTEXT = ("https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json")
DEFINITIONS = frozenset({"BadgeClass", "Achievement"})
AWARDS = frozenset({"Assertion", "OpenBadgeCredential", "AchievementCredential"})
# achievementType of 3.0 and our types; what is not here is a badge.
_TYPES = {
    "Certification": "certification",
    "Certificate": "certificate",
    "CertificateOfCompletion": "certificate",
    "MicroCredential": "micro-credential",
    "License": "licence",
    "Course": "course",
    "Badge": "badge",
}
_ACHIEVEMENT_TYPES = {
    "certification": "Certification",
    "certificate": "Certificate",
    "professional-certificate": "ext:ProfessionalCertificate",
    "micro-credential": "MicroCredential",
    "licence": "License",
    "course": "Course",
    "badge": "Badge",
}
_OUR_TYPE = {label: kind for kind, label in _ACHIEVEMENT_TYPES.items()}
# Of our fields: those that an Achievement holds.
HELD = frozenset({"id", "title", "exam_code", "issuer", "type", "skills", "last_revised", "components", "credit", "roles", "languages", "url"})


def is_badges(data: Any) -> bool:
    return any(types_of(node) & (DEFINITIONS | AWARDS) for node in nodes_of(data))


def read_achievements(data: Any, taxonomy: Taxonomy, notes: Notes) -> list[Draft]:
    """The badge definitions of a document, once each, also those inside awarded badges."""
    index = index_of(data)
    drafts: dict[str, Draft] = {}
    for node in nodes_of(data):
        if types_of(node) & DEFINITIONS and text_of(node.get("name")):
            drafts.setdefault(id_of(node) or str(text_of(node.get("name"))), achievement_draft(node, index, taxonomy, notes))
    return list(drafts.values())


def achievement_draft(node: Node, index: Mapping[str, Node], taxonomy: Taxonomy, notes: Notes) -> Draft:
    """One BadgeClass or Achievement as plain values."""
    name = id_of(node)
    other = {str(e.get("identifierType")): text_of(e.get("identifier")) for e in list_of(node.get("otherIdentifier")) if isinstance(e, Mapping)}
    kind = text_of(node.get("achievementType")) or "Badge"
    issuer = resolve(node.get("creator") or node.get("issuer"), index)
    credits = number_of(node.get("creditsAvailable"))
    criteria = node.get("criteria")
    language = text_of(node.get("inLanguage") or node.get("@language"))
    plain: dict[str, Any] = {
        "id": other.get("ext:mcgapId") or (name.removeprefix(URN) if name and name.startswith(URN) else text_of(node.get("name"))),
        "title": text_of(node.get("name")),
        "exam_code": text_of(node.get("humanCode")),
        "issuer": text_of(issuer.get("name")) or web_address(node.get("issuer")) or "unknown issuer",
        "type": _OUR_TYPE.get(kind) or _TYPES.get(kind, "badge"),
        "issuer_label": kind if kind not in _OUR_TYPE else None,
        "skills": skill_parts(node, taxonomy, notes),
        "credit": {"us": credits} if credits else None,
        "roles": [tag.removeprefix("role: ") for tag in texts_of(node.get("tag") or node.get("tags")) if tag.startswith("role: ")],
        "components": [ref for related in list_of(node.get("related")) if (ref := id_of(related))],
        "languages": [language] if language else None,
        "url": web_address(criteria) or web_address(name),
        "last_revised": _revision(node.get("version")),
    }
    return Draft({key: value for key, value in plain.items() if value}, tuple(filter(None, [name])))


def _revision(value: Any) -> str | None:
    import re

    text = text_of(value)
    return text if text and re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?", text) else None


def skill_parts(node: Node, taxonomy: Taxonomy, notes: Notes) -> list[dict[str, Any]]:
    """The skills of a badge: its alignments, and those of its tags that name exactly one skill."""
    parts: dict[str, dict[str, Any]] = {}
    for alignment in list_of(node.get("alignment")):
        if not isinstance(alignment, Mapping):
            continue
        code, name = text_of(alignment.get("targetCode")), text_of(alignment.get("targetName"))
        target = text_of(alignment.get("targetUrl")) or ""
        skill = target.removeprefix(SKILL_URN) if target.startswith(SKILL_URN) else _linked(name, code, taxonomy)
        if skill:
            parts[skill] = {"id": skill, "role": "assessed"}
    for tag in texts_of(node.get("tag") or node.get("tags")):
        found = taxonomy.named(tag)
        if len(found) == 1:
            parts.setdefault(found[0], {"id": found[0], "role": "assessed"})
        elif not tag.startswith("role: "):
            notes.say("Tags that name no skill of the taxonomy were left out.")
    return list(parts.values())


def _linked(name: str | None, code: str | None, taxonomy: Taxonomy) -> str | None:
    for text in (name, code):
        found = taxonomy.named(text) if text else ()
        if len(found) == 1:
            return found[0]
    return name


# ── export ──────────────────────────────────────────────────────────────────────────────────────


def write_achievements(credentials: Iterable[Credential], taxonomy: Taxonomy) -> tuple[Any, tuple[str, ...]]:
    """Open Badges 3.0 Achievements in one document, and the names of our fields that an Achievement does not hold."""
    lost: dict[str, None] = {}
    nodes = []
    for credential in credentials:
        nodes.append(_achievement(credential, taxonomy))
        lost.update(dict.fromkeys(_not_held(credential)))
    return {"@context": list(CONTEXT), "@graph": nodes}, tuple(lost)


def _achievement(c: Credential, taxonomy: Taxonomy) -> dict[str, Any]:
    node: dict[str, Any] = {
        "id": URN + c.id,
        "type": ["Achievement"],
        "achievementType": _ACHIEVEMENT_TYPES[c.type],
        "name": c.title,
        "description": describe(c, taxonomy),
        "criteria": {"narrative": narrate(c)},
        "creator": {"id": ISSUER_URN + c.issuer.id, "type": ["Profile"], "name": c.issuer.name},
        "inLanguage": c.languages[0],
        "otherIdentifier": [{"type": "IdentifierEntry", "identifier": c.id, "identifierType": "ext:mcgapId"}],
    }
    if c.url:
        node["criteria"]["id"] = c.url
    if c.skills:
        node["alignment"] = [_alignment(s.skill, taxonomy) for s in c.skills]
    if c.roles:
        node["tag"] = [f"role: {role}" for role in c.roles]
    if c.exam_code:
        node["humanCode"] = c.exam_code
    if c.industries:
        node["fieldOfStudy"] = c.industries[0]
    if c.credit and c.credit.us:
        node["creditsAvailable"] = plain_number(c.credit.us)
    if c.last_revised:
        node["version"] = c.last_revised
    if c.components:
        node["related"] = [{"type": ["Related"], "id": URN + name} for name in c.components]
    return node


def _alignment(skill: str, taxonomy: Taxonomy) -> dict[str, Any]:
    return {
        "type": ["Alignment"],
        "targetName": taxonomy.name(skill),
        "targetUrl": SKILL_URN + skill,
        "targetCode": skill,
        "targetFramework": "mcgap taxonomy",
        "targetType": "ext:Skill",
    }


def describe(c: Credential, taxonomy: Taxonomy) -> str:
    """A sentence for formats that demand a description; ours keeps none."""
    skills = ", ".join(taxonomy.name(s.skill) for s in c.skills)
    return f"{c.title}: {c.type.replace('-', ' ')} of {c.issuer.name}" + (f". Skills: {skills}." if skills else ".")


def narrate(c: Credential) -> str:
    if c.assessment is None:
        return "How it is assessed is not known."
    kind = {"exam": "an exam", "performance": "a practical assessment", "artifact": "graded work"}[c.assessment.kind]
    return f"Assessed by {kind}" + (f" of {c.assessment.minutes} minutes." if c.assessment.minutes else ".")


def _not_held(c: Credential) -> list[str]:
    from mcgap.catalog.fields import plain_of

    lost = [key for key in plain_of(c) if key not in HELD and not (key == "status" and c.status == "active")]
    weights = {round(1 / len(c.skills), 4)} if c.skills else set()
    lost += ["skills.weight"] if {s.weight for s in c.skills} - weights else []
    lost += ["skills.level"] if any(s.level for s in c.skills) else []
    lost += ["skills.role"] if any(not s.assessed for s in c.skills) else []
    lost += ["credit.ects"] if c.credit and c.credit.ects else []
    lost += ["credit.by"] if c.credit and c.credit.recommender else []
    return lost + (["languages"] if len(c.languages) > 1 else [])
