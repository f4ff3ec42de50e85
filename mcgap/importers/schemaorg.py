"""schema.org JSON-LD: Course and EducationalOccupationalCredential in, EducationalOccupationalCredential out.

Field names are those of https://schema.org. Ratings are not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from mcgap.catalog.fields import COST_KINDS, TYPES, plain_of
from mcgap.importers.drafts import ISSUER_URN, SKILL_URN, URN, Draft, Notes
from mcgap.importers.jsonld import (
    Node,
    clock,
    day_of,
    duration_of,
    id_of,
    index_of,
    list_of,
    months_of,
    nodes_of,
    number_of,
    plain_number,
    resolve,
    text_of,
    texts_of,
    types_of,
    web_address,
)
from mcgap.importers.openbadges import describe
from mcgap.importers.words import level_in
from mcgap.records import Credential
from mcgap.taxonomy import Taxonomy

CONTEXT = "https://schema.org"
_ENTRIES = frozenset({"Course", "EducationalOccupationalCredential"})
_MODES = {"online": "online", "onsite": "in-person", "blended": "blended", "distance": "online", "in-person": "in-person"}
_SKILL_TERMS = ("competencyRequired", "assesses", "teaches")
_HELD = frozenset(
    {
        "id",
        "title",
        "aliases",
        "exam_code",
        "issuer",
        "type",
        "skills",
        "level",
        "validity_months",
        "last_revised",
        "status",
        "retires_on",
        "components",
        "co_developers",
    }
    | {"industries", "languages", "url", "cost", "hours", "stacks_into", "recognition"}
)


def is_schema_org(data: Any) -> bool:
    return any(types_of(node) & _ENTRIES for node in nodes_of(data))


def read_schema_org(data: Any, taxonomy: Taxonomy, notes: Notes) -> list[Draft]:
    """The Courses and EducationalOccupationalCredentials of a document."""
    index = index_of(data)
    found: dict[str, Node] = {}
    nested = {id(value) for node in nodes_of(data) for term in ("educationalCredentialAwarded", "isPartOf") for value in list_of(node.get(term))}
    for node in nodes_of(data):
        if types_of(node) & _ENTRIES and text_of(node.get("name")) and id(node) not in nested:
            found.setdefault(id_of(node) or str(len(found)), node)
    if any("aggregateRating" in node for node in found.values()):
        notes.say("Ratings were left out: mcgap does not rank by them.")
    return [_draft(node, index) for node in found.values()]


def _draft(node: Node, index: Mapping[str, Node]) -> Draft:
    course = "Course" in types_of(node)
    name = id_of(node)
    ids = {text_of(i.get("propertyID")): text_of(i.get("value")) for i in list_of(node.get("identifier")) if isinstance(i, Mapping)}
    plain_id = next((text_of(i) for i in list_of(node.get("identifier")) if isinstance(i, str)), None)
    issuer = next(
        (resolve(i, index) or {"name": i} for term in ("provider", "creator", "publisher", "sourceOrganization") for i in list_of(node.get(term))), {}
    )
    category = (text_of(node.get("credentialCategory")) or "").lower().replace(" ", "-")
    instances = [i for i in list_of(node.get("hasCourseInstance")) if isinstance(i, Mapping)]
    modes = [_MODES[m.lower()] for i in instances for m in texts_of(i.get("courseMode")) if m.lower() in _MODES]
    expires = day_of(node.get("expires"))
    status = text_of(node.get("creativeWorkStatus"))
    plain: dict[str, Any] = {
        "id": ids.get("mcgap id") or plain_id or text_of(node.get("name")),
        "title": text_of(node.get("name")),
        "aliases": texts_of(node.get("alternateName")),
        "exam_code": ids.get("exam code") or text_of(node.get("courseCode")),
        "issuer": text_of(issuer.get("name")) or "unknown issuer",
        "type": "course" if course else category if category in TYPES else _like_type(category),
        "issuer_label": text_of(node.get("credentialCategory")) if category and category not in TYPES else None,
        "skills": _skills(node),
        "level": level_in(text_of(node.get("educationalLevel"))),
        "prerequisites_recommended": [_prerequisite(p) for p in list_of(node.get("coursePrerequisites")) if _prerequisite(p)],
        "hours": _hours(node, instances),
        "weeks": _weeks(node, instances),
        "cost": _cost(node, instances),
        "validity_months": months_of(node.get("validFor")),
        "last_revised": _month(node.get("version")) or day_of(node.get("dateModified")),
        "status": status if status in ("active", "retiring", "retired") else None,
        "retires_on": expires,
        "stacks_into": [{"id": ref, "kind": "larger-certificate"} for value in list_of(node.get("isPartOf")) if (ref := id_of(value) or text_of(value))],
        "components": [ref for value in list_of(node.get("hasPart")) if (ref := id_of(value))],
        "credit": _credit(node),
        "recognition": [{"scope": "field", "name": n} for value in list_of(node.get("recognizedBy")) if (n := text_of(resolve(value, index).get("name")))],
        "co_developers": [n for value in list_of(node.get("contributor")) if (n := text_of(value))],
        "industries": [t for value in list_of(node.get("about")) if not course and (t := text_of(value))],
        "languages": texts_of(node.get("inLanguage")) or texts_of(node.get("availableLanguage")),
        "delivery": modes[0] if modes else None,
        "url": web_address(node.get("url")) or web_address(name),
    }
    return Draft({key: value for key, value in plain.items() if value not in (None, [], {})}, tuple(filter(None, [name])))


def _like_type(category: str) -> str:
    return next(
        (ours for ours in ("certification", "certificate", "badge", "licence", "micro-credential") if ours in category.replace("license", "licence")),
        "micro-credential",
    )


def _month(value: Any) -> str | None:
    text = text_of(value)
    return text if text and re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?", text) else None


def _skills(node: Node) -> list[dict[str, Any]]:
    """The skills named by competencyRequired, assesses and teaches; ``about`` of a Course where none is."""
    assessed = {_skill(v) for v in list_of(node.get("assesses"))}
    named = [_skill(v) for term in _SKILL_TERMS for v in list_of(node.get(term))]
    if not any(named) and "Course" in types_of(node):
        named = [_skill(v) for v in list_of(node.get("about"))]
    return [{"id": skill, "role": "assessed" if skill in assessed else "taught"} for skill in dict.fromkeys(filter(None, named))]


def _skill(value: Any) -> str | None:
    if isinstance(value, Mapping) and (term := id_of(value)) and term.startswith(SKILL_URN):
        return term.removeprefix(SKILL_URN)
    text = text_of(value)
    return None if text is None or text.startswith("http") or len(text) > 120 else text


def _prerequisite(value: Any) -> str | None:
    ref = id_of(value) if isinstance(value, Mapping) else None
    text = text_of(value)
    return ref if ref and ref.startswith(("urn:", "http")) and text is None else f"text: {text}" if text else None


def _hours(node: Node, instances: list[Node]) -> dict[str, Any] | None:
    for value in (*(i.get("courseWorkload") for i in instances), node.get("timeRequired")):
        parts = duration_of(value)
        if parts and parts[1] and not parts[0]:
            return {"min": plain_number(parts[1]), "max": plain_number(parts[1]), "basis": "issuer"}
    return None


def _weeks(node: Node, instances: list[Node]) -> float | None:
    for instance in instances:
        schedule = next((s for s in list_of(instance.get("courseSchedule")) if isinstance(s, Mapping)), {})
        count, unit = number_of(schedule.get("repeatCount")), (text_of(schedule.get("repeatFrequency")) or "").lower()
        length = {"daily": 1 / 7, "weekly": 1.0, "monthly": 4.348}.get(unit)
        if count and length:
            return round(count * length, 1)
    parts = duration_of(node.get("timeRequired"))
    return round(parts[0] / 7, 1) if parts and parts[0] and not parts[1] else None


def _cost(node: Node, instances: list[Node]) -> dict[str, Any] | None:
    offers = [o for owner in (node, *instances) for o in list_of(owner.get("offers")) if isinstance(o, Mapping)]
    found: list[tuple[float, float, str, Node]] = []
    for offer in offers:
        price = next((p for p in list_of(offer.get("priceSpecification")) if isinstance(p, Mapping)), offer)
        low, high = (number_of(price.get(k)) for k in ("minPrice", "maxPrice"))
        exact = number_of(price.get("price")) if price.get("price") is not None else number_of(offer.get("price"))
        low, high = (
            (exact, exact)
            if exact is not None
            else (low if low is not None else number_of(offer.get("lowPrice")), high if high is not None else number_of(offer.get("highPrice")))
        )
        if low is None and (text_of(offer.get("category")) or "").lower() == "free":
            low = high = 0.0
        currency = text_of(price.get("priceCurrency")) or text_of(offer.get("priceCurrency")) or ""
        if low is not None:
            found.append((low, low if high is None else high, currency if re.fullmatch(r"[A-Z]{3}", currency) else "", offer))
    if not found:
        return None
    # Prices in several currencies are several offers of the same thing: the first one counts.
    same = [f for f in found if f[2] == found[0][2]]
    category = (text_of(found[0][3].get("category")) or "").lower()
    kind = category if category in COST_KINDS else "subscription" if "subscription" in category else "course"
    cost = {
        "min": plain_number(min(f[0] for f in same)),
        "max": plain_number(max(f[1] for f in same)),
        "currency": found[0][2] or None,
        "kind": kind,
        "as_of": day_of(found[0][3].get("validFrom")),
    }
    if not cost["currency"] and not cost["max"]:
        cost["currency"] = "USD"  # free is free in any currency
    return {key: value for key, value in cost.items() if value is not None}


def _credit(node: Node) -> dict[str, Any] | None:
    value = next(iter(list_of(node.get("numberOfCredits"))), None)
    amount = number_of(value.get("value")) if isinstance(value, Mapping) else number_of(value)
    unit = (text_of(value.get("unitText")) or text_of(value.get("unitCode")) or "").lower() if isinstance(value, Mapping) else ""
    return {"ects" if "ects" in unit else "us": plain_number(amount)} if amount else None


# ── out ─────────────────────────────────────────────────────────────────────────────────────────


def write_schema_org(credentials: Iterable[Credential], taxonomy: Taxonomy) -> tuple[Any, tuple[str, ...]]:
    """EducationalOccupationalCredentials in one document, and the names of our fields that they do not hold."""
    lost: dict[str, None] = {}
    nodes = []
    for c in credentials:
        nodes.append(_node(c, taxonomy))
        lost.update(dict.fromkeys(_lost(c)))
    return {"@context": CONTEXT, "@graph": nodes}, tuple(lost)


def _lost(c: Credential) -> list[str]:
    lost = [key for key in plain_of(c) if key not in _HELD]
    lost += ["hours (a range)"] if c.hours and c.hours.min != c.hours.max else []
    lost += ["hours.basis"] if c.hours and c.hours.basis != "issuer" else []
    lost += ["cost.recurring"] if c.cost and c.cost.recurring else []
    lost += ["cost.as_of"] if c.cost and c.cost.as_of and len(c.cost.as_of) < 10 else []
    equal = {round(1 / len(c.skills), 4)} if c.skills else set()
    lost += ["skills.weight"] if {s.weight for s in c.skills} - equal else []
    lost += ["skills.level"] if any(s.level for s in c.skills) else []
    lost += ["stacks_into.kind"] if any(s.kind != "larger-certificate" for s in c.stacks_into) else []
    return lost + (["recognition (scope, evidence, as_of)"] if any(r.evidence or r.as_of or r.scope != "field" for r in c.recognition) else [])


def _node(c: Credential, taxonomy: Taxonomy) -> dict[str, Any]:
    terms = {s.skill: _term(s.skill, taxonomy) for s in c.skills}
    exact = c.hours is not None and c.hours.min == c.hours.max
    node: dict[str, Any] = {
        "@type": "EducationalOccupationalCredential",
        "@id": URN + c.id,
        "identifier": [_property("mcgap id", c.id), *([_property("exam code", c.exam_code)] if c.exam_code else [])],
        "name": c.title,
        "alternateName": list(c.aliases),
        "description": describe(c, taxonomy),
        "url": c.url,
        "credentialCategory": c.type,
        "provider": {"@type": "Organization", "@id": ISSUER_URN + c.issuer.id, "name": c.issuer.name},
        "contributor": [{"@type": "Organization", "name": name} for name in c.co_developers],
        "competencyRequired": list(terms.values()),
        "assesses": [terms[s.skill] for s in c.skills if s.assessed],
        "teaches": [terms[s.skill] for s in c.skills if not s.assessed],
        "educationalLevel": c.level,
        "inLanguage": list(c.languages),
        "about": list(c.industries),
        "recognizedBy": [{"@type": "Organization", "name": r.name} for r in c.recognition],
        "validFor": f"P{c.validity_months}M" if c.validity_months else None,
        "timeRequired": clock(c.hours.min) if c.hours and exact else None,
        "offers": _offer(c),
        "version": c.last_revised,
        "creativeWorkStatus": c.status,
        "expires": c.retires_on.isoformat() if c.retires_on else None,
        "isPartOf": [{"@id": URN + s.into} for s in c.stacks_into],
        "hasPart": [{"@id": URN + name} for name in c.components],
    }
    return {key: value for key, value in node.items() if value not in (None, [])}


def _term(skill: str, taxonomy: Taxonomy) -> dict[str, Any]:
    return {"@type": "DefinedTerm", "@id": SKILL_URN + skill, "name": taxonomy.name(skill), "termCode": skill}


def _property(name: str, value: str) -> dict[str, str]:
    return {"@type": "PropertyValue", "propertyID": name, "value": value}


def _offer(c: Credential) -> dict[str, Any] | None:
    if c.cost is None:
        return None
    offer: dict[str, Any] = {"@type": "Offer", "category": c.cost.kind}
    if c.cost.min == c.cost.max:
        offer |= {"price": plain_number(c.cost.min), "priceCurrency": c.cost.currency}
    else:
        offer["priceSpecification"] = {
            "@type": "PriceSpecification",
            "minPrice": plain_number(c.cost.min),
            "maxPrice": plain_number(c.cost.max),
            "priceCurrency": c.cost.currency,
        }
    if c.cost.as_of and len(c.cost.as_of) == 10:
        offer["validFrom"] = c.cost.as_of
    return offer
