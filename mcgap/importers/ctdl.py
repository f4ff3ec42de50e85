"""CTDL JSON-LD: the vocabulary of credreg.net, in and out.

Terms are those of https://credreg.net/ctdl/terms. No CTID is invented on export: the Credential Registry gives
one to its publishers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from mcgap.catalog.fields import ASSESSMENTS, BASES, COST_KINDS, plain_of
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
from mcgap.records import Credential, FactStatus, Level
from mcgap.taxonomy import Taxonomy

CONTEXT = "https://credreg.net/ctdl/schema/context/json"
_TYPES = {
    "Badge": "badge",
    "DigitalBadge": "badge",
    "OpenBadge": "badge",
    "Certificate": "certificate",
    "CertificateOfCompletion": "certificate",
    "CertificateOfParticipation": "certificate",
    "Certification": "certification",
    "License": "licence",
    "MicroCredential": "micro-credential",
    "Course": "course",
    "LearningOpportunityProfile": "course",
    "LearningProgram": "course",
}
_CLASSES = {
    "badge": "DigitalBadge",
    "certificate": "Certificate",
    "professional-certificate": "Certificate",
    "certification": "Certification",
    "licence": "License",
    "micro-credential": "MicroCredential",
    "course": "Course",
}
_LEVELS = {"audLevel:BeginnerLevel": "basic", "audLevel:IntermediateLevel": "working", "audLevel:AdvancedLevel": "advanced"}
_METHODS = {"assessMethod:Exam": "exam", "assessMethod:Performance": "performance", "assessMethod:Artifact": "artifact"}
_DELIVERIES = {"deliver:OnlineOnly": "online", "deliver:InPerson": "in-person", "deliver:BlendedDelivery": "blended"}
_STATUSES = {"credentialStat:Active": "active", "credentialStat:Deprecated": "retired", "credentialStat:Superseded": "retired"}
_STACKS = {"ceterms:isPartOf": "larger-certificate", "ceterms:isPreparationFor": "designation", "ceterms:isAdvancedStandingFor": "degree-credit"}
_DEFAULT_APPLIED = {"exam": 0, "performance": 2, "artifact": 2}
# CTDL has no term for where a fact comes from. A property of ours, by its whole name, carries it between our own exports
# and imports; who does not know it passes over it.
PROVENANCE = "urn:mcgap:term:provenance"
# Of our fields: those that have no term in CTDL, or only as prose.
_NOT_HELD = frozenset({"issuer_label", "sittings", "co_developers", "provenance", "countries"})


def is_ctdl(data: Any) -> bool:
    return any(str(key).startswith("ceterms:") for node in nodes_of(data) for key in node)


# ── in ──────────────────────────────────────────────────────────────────────────────────────────


def read_ctdl(data: Any, taxonomy: Taxonomy, notes: Notes) -> list[Draft]:
    """The credentials and courses of a CTDL document. What an entry only points to is no entry of its own."""
    index = index_of(data)
    parts = set(_parts(index))
    found: dict[str, Node] = {}
    for node in nodes_of(data):
        kinds = types_of(node)
        if kinds & set(_TYPES) and text_of(node.get("ceterms:name")) and id_of(node) not in parts:
            found.setdefault(id_of(node) or str(len(found)), node)
        elif kinds and not kinds & set(_TYPES) and "ceterms:credentialStatusType" in node:
            notes.say(f"Entries of type {min(kinds)} were left out: degrees and the like are no micro-credentials.")
    return [_draft(node, index, taxonomy) for node in found.values()]


def _parts(index: Mapping[str, Node]) -> Iterator[str]:
    """The identifiers of our own helper nodes: what is taught on the way to a credential."""
    for name, node in index.items():
        if name.startswith(URN) and name.endswith(("#learning", "#assessment")) and node:
            yield name


def _draft(node: Node, index: Mapping[str, Node], taxonomy: Taxonomy) -> Draft:
    name = id_of(node)
    kind = next(_TYPES[k] for k in sorted(types_of(node) & set(_TYPES)))
    requires = [c for c in list_of(node.get("ceterms:requires")) if isinstance(c, Mapping)]
    recommends = [c for c in list_of(node.get("ceterms:recommends")) if isinstance(c, Mapping)]
    tests = [resolve(a, index) for c in (*requires, node) for a in list_of(c.get("ceterms:targetAssessment"))]
    lessons = [resolve(a, index) for c in (*requires, node) for a in list_of(c.get("ceterms:targetLearningOpportunity"))]
    years = next((y for c in requires if (y := number_of(c.get("ceterms:yearsOfExperience"))) is not None), None)
    owner = next((resolve(a, index) for key in ("ceterms:ownedBy", "ceterms:offeredBy") for a in list_of(node.get(key))), {})
    identifiers = {
        text_of(i.get("ceterms:identifierTypeName")): text_of(i.get("ceterms:identifierValueCode"))
        for i in list_of(node.get("ceterms:identifier"))
        if isinstance(i, Mapping)
    }
    version = next((text_of(i.get("ceterms:identifierValueCode")) for i in list_of(node.get("ceterms:versionIdentifier")) if isinstance(i, Mapping)), None)
    expires = day_of(node.get("ceterms:expirationDate"))
    status = _concept(node.get("ceterms:credentialStatusType") or node.get("ceterms:lifeCycleStatusType"), _STATUSES) or "active"
    plain: dict[str, Any] = {
        "id": identifiers.get("mcgap id") or text_of(node.get("ceterms:name")),
        "title": text_of(node.get("ceterms:name")),
        "aliases": texts_of(node.get("ceterms:alternateName")),
        "exam_code": text_of(node.get("ceterms:credentialId")) or text_of(node.get("ceterms:codedNotation")),
        "issuer": text_of(owner.get("ceterms:name")) or "unknown issuer",
        "type": "professional-certificate" if text_of(node.get("ceterms:credentialType")) == "professional certificate" else kind,
        "skills": _skills(node, requires, tests, lessons, taxonomy),
        "level": _concept(node.get("ceterms:audienceLevelType"), _LEVELS),
        "prerequisites_required": [r for c in requires for r in _references(c, "ceterms:targetCredential")],
        "prerequisites_recommended": [
            *(r for c in recommends for r in _references(c, "ceterms:targetCredential")),
            *(f"text: {t}" for c in recommends for t in texts_of(c.get("ceterms:condition"))),
        ],
        "experience_months": round(years * 12) if years is not None else None,
        **_durations(node, lessons),
        "cost": _cost(node),
        "assessment": _assessment(tests, node),
        "validity_months": months_of(node.get("ceterms:renewalFrequency")),
        "renewal": next((text_of(c.get("ceterms:description")) for c in list_of(node.get("ceterms:renewal")) if isinstance(c, Mapping)), None),
        "last_revised": version if version and re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?", version) else None,
        "status": "retiring" if expires and status == "active" else status,
        "retires_on": expires,
        "stacks_into": [{"id": ref, "kind": kind} for term, kind in _STACKS.items() for ref in _stack_references(node, term)],
        "components": [ref for part in list_of(node.get("ceterms:hasPart")) if (ref := id_of(part))],
        "credit": _credit((*requires, *lessons, node)),
        "recognition": [
            {"scope": scope, "name": n}
            for term, scope in (("ceterms:recognizedBy", "field"), ("ceterms:regulatedBy", "law"))
            for n in _organisations(node, term, index)
        ],
        "industries": [t for a in list_of(node.get("ceterms:industryType")) if (t := _target(a))],
        "roles": [t for a in list_of(node.get("ceterms:occupationType")) if (t := _target(a))],
        "languages": texts_of(node.get("ceterms:inLanguage")),
        "delivery": _concept(node.get("ceterms:learningDeliveryType") or node.get("ceterms:deliveryType"), _DELIVERIES),
        "url": web_address(node.get("ceterms:subjectWebpage")),
        "provenance": _provenance(node),
    }
    titles = {
        ref: title
        for other in (*plain["prerequisites_required"], *plain["prerequisites_recommended"])
        if (ref := other) and (title := text_of(index.get(ref, {}).get("ceterms:name")))
    }
    names = tuple(filter(None, (name, text_of(node.get("ceterms:ctid")))))
    return Draft({key: value for key, value in plain.items() if value not in (None, [], {})}, names, titles)


def _provenance(node: Node) -> list[dict[str, str]]:
    """What an export of ours says of its facts. A file vouches for no check at the source: verified counts as reported."""
    found = []
    for entry in texts_of(node.get(PROVENANCE)):
        fact, _, rest = entry.partition("=")
        status, as_of, source = (*rest.split(";", 2), "", "")[:3]
        if fact and status in _STATUSES_OF_FACTS:
            kept = FactStatus.REPORTED if status == FactStatus.VERIFIED else status
            found.append({key: value for key, value in (("field", fact), ("status", str(kept)), ("as_of", as_of), ("source", source)) if value})
    return found


_STATUSES_OF_FACTS = frozenset(map(str, FactStatus))


def _target(value: Any) -> str | None:
    return text_of(value.get("ceterms:targetNodeName")) if isinstance(value, Mapping) else text_of(value)


def _concept(value: Any, table: Mapping[str, str]) -> str | None:
    """The first concept that we know, from its targetNode ("audLevel:BeginnerLevel") or its name."""
    tails = {node.rpartition(":")[2]: ours for node, ours in table.items()}
    for item in list_of(value):
        target = text_of(item.get("ceterms:targetNode")) if isinstance(item, Mapping) else text_of(item)
        found = tails.get(re.split(r"[:/]", target)[-1]) if target else None
        if found:
            return found
    return None


def _references(condition: Node, term: str) -> list[str]:
    return [ref for value in list_of(condition.get(term)) if (ref := id_of(value))]


def _stack_references(node: Node, term: str) -> list[str]:
    found = []
    for value in list_of(node.get(term)):
        if isinstance(value, Mapping) and "ceterms:targetCredential" in value:
            found += _references(value, "ceterms:targetCredential")
        elif isinstance(value, Mapping) and (name := text_of(value.get("ceterms:name"))):
            found.append(name)
        elif ref := id_of(value):
            found.append(ref)
    return found


def _organisations(node: Node, term: str, index: Mapping[str, Node]) -> list[str]:
    return [name for value in list_of(node.get(term)) if (name := text_of(resolve(value, index).get("ceterms:name")))]


def _skills(node: Node, requires: list[Node], tests: list[Node], lessons: list[Node], taxonomy: Taxonomy) -> list[dict[str, Any]]:
    """Competencies with their weight; those that an assessment assesses are assessed, the others taught."""
    assessed = {n for t in (*tests, node) for a in list_of(t.get("ceterms:assesses")) if (n := _target(a))}
    wanted = [a for c in (*requires, node) for a in list_of(c.get("ceterms:targetCompetency"))]
    taught = [a for part in (*lessons, node) for a in list_of(part.get("ceterms:teaches"))]
    examined = [a for part in (*tests, node) for a in list_of(part.get("ceterms:assesses"))]
    subjects = list_of(node.get("ceterms:subject"))
    named = [a for a in (*wanted, *taught, *examined) if isinstance(a, Mapping)]
    # Subjects are topics, not competencies: they count only where they name exactly one skill and nothing better is given.
    named += [s for s in subjects if isinstance(s, Mapping) and not named and len(taxonomy.named(_target(s) or "")) == 1]
    parts: dict[str, dict[str, Any]] = {}
    for alignment in named:
        name = _target(alignment)
        if name is None or name in parts:
            continue
        target = text_of(alignment.get("ceterms:targetNode")) or ""
        skill = target.removeprefix(SKILL_URN) if target.startswith(SKILL_URN) else name
        level = re.fullmatch(r"(basic|working|advanced) level", text_of(alignment.get("ceterms:targetNodeDescription")) or "")
        weight = number_of(alignment.get("ceterms:weight"))
        parts[name] = {"id": skill, "weight": weight, "level": level[1] if level else None, "role": "assessed" if name in assessed else "taught"}
    return list(parts.values())


def _durations(node: Node, lessons: list[Node]) -> dict[str, Any]:
    """Clock durations are study hours, calendar durations weeks."""
    found: dict[str, Any] = {}
    for profile in (p for part in (node, *lessons) for p in list_of(part.get("ceterms:estimatedDuration")) if isinstance(p, Mapping)):
        ends = [duration_of(profile.get(f"ceterms:{which}Duration")) for which in ("minimum", "maximum", "exact")]
        known = [end for end in ends if end is not None]
        hours, days = [h for d, h in known if h and not d], [d for d, h in known if d and not h]
        basis = re.search(r"basis: ([a-z-]+)", text_of(profile.get("ceterms:description")) or "")
        if hours and "hours" not in found:
            found["hours"] = {"min": plain_number(min(hours)), "max": plain_number(max(hours)), "basis": basis[1] if basis and basis[1] in BASES else "issuer"}
        if days and "weeks" not in found:
            found["weeks"] = plain_number(round(max(days) / 7, 2))
    return found


def _cost(node: Node) -> dict[str, Any] | None:
    """The total where one is given; else the sum over kinds of cost, each from its lowest to its highest price."""
    by_type: dict[str, list[tuple[float, Node]]] = {}
    for profile in list_of(node.get("ceterms:estimatedCost")):
        price = number_of(profile.get("ceterms:price")) if isinstance(profile, Mapping) else None
        if price is not None:
            kind = (
                text_of((profile.get("ceterms:directCostType") or {}).get("ceterms:targetNode"))
                if isinstance(profile.get("ceterms:directCostType"), Mapping)
                else None
            )
            by_type.setdefault(kind or "", []).append((price, profile))
    whole = {"costType:AggregateCost": by_type["costType:AggregateCost"]} if "costType:AggregateCost" in by_type else by_type
    if not whole:
        return None
    profiles = [profile for entries in whole.values() for _, profile in entries]
    currency = next((c for p in profiles if (c := text_of(p.get("ceterms:currency")))), None)
    name = text_of(profiles[0].get("ceterms:name")) or ""
    cost = {
        "min": plain_number(sum(min(price for price, _ in entries) for entries in whole.values())),
        "max": plain_number(sum(max(price for price, _ in entries) for entries in whole.values())),
        "currency": currency if currency and re.fullmatch(r"[A-Z]{3}", currency) else None,
        "kind": next((kind for kind in COST_KINDS if kind in name.lower()), "course"),
        "recurring": text_of(profiles[0].get("ceterms:paymentPattern")),
        "as_of": day_of(profiles[0].get("ceterms:startDate")),
    }
    return {key: value for key, value in cost.items() if value is not None}


def _assessment(tests: list[Node], node: Node) -> dict[str, Any] | None:
    for test in (*tests, node):
        kind = _concept(test.get("ceterms:assessmentMethodType"), _METHODS)
        if kind is None:
            continue
        time = next(
            (d for p in list_of(test.get("ceterms:estimatedDuration")) if isinstance(p, Mapping) and (d := duration_of(p.get("ceterms:exactDuration")))), None
        )
        proctored = test.get("ceterms:isProctored")
        found = {"kind": kind, "minutes": round(time[1] * 60) if time and time[1] else None, "proctored": proctored if isinstance(proctored, bool) else None}
        return {key: value for key, value in found.items() if value is not None}
    return None


def _credit(parts: Iterable[Node]) -> dict[str, Any] | None:
    found: dict[str, Any] = {}
    for value in (v for part in parts for v in list_of(part.get("ceterms:creditValue")) if isinstance(v, Mapping)):
        amount, unit = number_of(value.get("schema:value")), (text_of(value.get("schema:description")) or "").lower()
        if amount is not None:
            found["ects" if "ects" in unit else "us"] = plain_number(amount)
    return found or None


# ── out ─────────────────────────────────────────────────────────────────────────────────────────


def write_ctdl(credentials: Iterable[Credential], taxonomy: Taxonomy) -> tuple[Any, tuple[str, ...]]:
    """A CTDL graph, and the names of our fields that it does not hold."""
    graph: list[dict[str, Any]] = []
    organisations: dict[str, dict[str, Any]] = {}
    lost: dict[str, None] = {}
    for c in credentials:
        lost.update(dict.fromkeys(_lost(c)))
        graph.extend(_nodes(c, taxonomy, organisations))
    return {"@context": CONTEXT, "@graph": [*graph, *organisations.values()]}, tuple(lost)


def _lost(c: Credential) -> list[str]:
    lost = [key for key in plain_of(c) if key in _NOT_HELD]
    lost += ["assessment.applied"] if c.assessment and c.assessment.applied != _DEFAULT_APPLIED[c.assessment.kind] else []
    lost += ["cost.as_of"] if c.cost and c.cost.as_of and len(c.cost.as_of) < 10 else []
    lost += ["credit.by"] if c.credit and c.credit.recommender else []
    lost += ["recognition.scope"] if any(r.scope == "employer" for r in c.recognition) else []
    lost += ["recognition.evidence"] if any(r.evidence for r in c.recognition) else []
    return lost + (["recognition.as_of"] if any(r.as_of for r in c.recognition) else [])


def _said(text: str) -> dict[str, str]:
    return {"en": text}


def _alignment(name: str, node: str | None = None, **more: Any) -> dict[str, Any]:
    target = {"ceterms:targetNode": node} if node else {}
    return {"@type": "ceterms:CredentialAlignmentObject", **target, "ceterms:targetNodeName": _said(name), **more}


def _chosen(value: str | None, table: Mapping[str, str]) -> dict[str, Any] | None:
    node = next((n for n, ours in table.items() if ours == value), None)
    return _alignment(node.rpartition(":")[2], node) if node else None


def _nodes(c: Credential, taxonomy: Taxonomy, organisations: dict[str, dict[str, Any]]) -> Iterator[dict[str, Any]]:
    name = URN + c.id
    competencies = {s.skill: _competency(s.skill, s.weight, s.level, taxonomy) for s in c.skills}
    assessed = [competencies[s.skill] for s in c.skills if s.assessed]
    taught = [competencies[s.skill] for s in c.skills if not s.assessed]
    requires: dict[str, Any] = {
        "@type": "ceterms:ConditionProfile",
        "ceterms:name": _said("Requirements"),
        "ceterms:targetCompetency": list(competencies.values()),
    }
    parts = []
    if assessed or c.assessment:
        parts.append(_assessment_node(c, assessed))
        requires["ceterms:targetAssessment"] = [f"{name}#assessment"]
    if taught:
        parts.append(
            {
                "@type": "ceterms:LearningOpportunityProfile",
                "@id": f"{name}#learning",
                "ceterms:name": _said(f"Learning for {c.title}"),
                "ceterms:teaches": taught,
            }
        )
        requires["ceterms:targetLearningOpportunity"] = [f"{name}#learning"]
    if c.prerequisites_required:
        requires["ceterms:targetCredential"] = [URN + p for p in c.prerequisites_required]
    if c.experience_months is not None:
        requires["ceterms:yearsOfExperience"] = plain_number(round(c.experience_months / 12, 4))
    if c.credit:
        requires["ceterms:creditValue"] = [_value(v, unit) for v, unit in ((c.credit.ects, "ECTS credits"), (c.credit.us, "US credit hours")) if v is not None]
    node: dict[str, Any] = {
        "@type": f"ceterms:{_CLASSES[c.type]}",
        "@id": name,
        "ceterms:name": _said(c.title),
        "ceterms:description": _said(describe(c, taxonomy)),
        "ceterms:alternateName": {"en": list(c.aliases)} if c.aliases else None,
        "ceterms:credentialType": _said("professional certificate") if c.type == "professional-certificate" else None,
        "ceterms:credentialId": c.exam_code,
        "ceterms:identifier": [{"@type": "ceterms:IdentifierValue", "ceterms:identifierTypeName": _said("mcgap id"), "ceterms:identifierValueCode": c.id}],
        "ceterms:ownedBy": [_organisation(c.issuer.name, c.issuer.id, organisations)],
        "ceterms:inLanguage": list(c.languages),
        "ceterms:subjectWebpage": c.url,
        "ceterms:credentialStatusType": _chosen("retired" if c.status == "retired" else "active", _STATUSES),
        "ceterms:expirationDate": c.retires_on.isoformat() if c.retires_on else None,
        "ceterms:versionIdentifier": [
            {"@type": "ceterms:IdentifierValue", "ceterms:identifierTypeName": _said("revision"), "ceterms:identifierValueCode": c.last_revised}
        ]
        if c.last_revised
        else None,
        "ceterms:audienceLevelType": [found] if (found := _chosen(c.level, _LEVELS)) else None,
        "ceterms:requires": [requires],
        "ceterms:recommends": _recommends(c),
        "ceterms:estimatedDuration": _duration_profiles(c),
        "ceterms:estimatedCost": _cost_profiles(c),
        "ceterms:renewalFrequency": f"P{c.validity_months}M" if c.validity_months else None,
        "ceterms:renewal": [{"@type": "ceterms:ConditionProfile", "ceterms:description": _said(c.renewal)}] if c.renewal else None,
        **_stacks(c),
        "ceterms:hasPart": [URN + p for p in c.components],
        "ceterms:recognizedBy": [_organisation(r.name, None, organisations) for r in c.recognition if r.scope != "law"],
        "ceterms:regulatedBy": [_organisation(r.name, None, organisations) for r in c.recognition if r.scope == "law"],
        "ceterms:industryType": [_alignment(i) for i in c.industries],
        "ceterms:occupationType": [_alignment(r) for r in c.roles],
        "ceterms:learningDeliveryType": [found] if (found := _chosen(c.delivery, _DELIVERIES)) else None,
        PROVENANCE: [f"{p.field}={p.status};{p.as_of or ''};{p.source or ''}".rstrip(";") for p in c.provenance],
    }
    yield {key: value for key, value in node.items() if value not in (None, [])}
    yield from parts


def _competency(skill: str, weight: float, level: Level | None, taxonomy: Taxonomy) -> dict[str, Any]:
    more: dict[str, Any] = {"ceterms:targetNodeDescription": _said(f"{level} level")} if level else {}
    return _alignment(taxonomy.name(skill), SKILL_URN + skill, **more, **{"ceterms:weight": plain_number(weight)})


def _assessment_node(c: Credential, assessed: list[dict[str, Any]]) -> dict[str, Any]:
    node: dict[str, Any] = {
        "@type": "ceterms:AssessmentProfile",
        "@id": f"{URN}{c.id}#assessment",
        "ceterms:name": _said(f"Assessment for {c.title}"),
        "ceterms:assesses": assessed,
    }
    if c.assessment:
        assert c.assessment.kind in ASSESSMENTS
        node["ceterms:assessmentMethodType"] = [_chosen(c.assessment.kind, _METHODS)]
        if c.assessment.minutes:
            node["ceterms:estimatedDuration"] = [{"@type": "ceterms:DurationProfile", "ceterms:exactDuration": f"PT{c.assessment.minutes}M"}]
        if c.assessment.proctored is not None:
            node["ceterms:isProctored"] = c.assessment.proctored
    return node


def _value(amount: float, unit: str) -> dict[str, Any]:
    return {"@type": "ceterms:ValueProfile", "schema:value": plain_number(amount), "schema:description": _said(unit)}


def _organisation(name: str, known: str | None, organisations: dict[str, dict[str, Any]]) -> str:
    from mcgap.catalog.clean import slug_of

    ref = ISSUER_URN + (known or slug_of(name) or "unknown")
    organisations.setdefault(ref, {"@type": "ceterms:CredentialOrganization", "@id": ref, "ceterms:name": _said(name)})
    return ref


def _recommends(c: Credential) -> list[dict[str, Any]]:
    texts = [p.removeprefix("text:").strip() for p in c.prerequisites_recommended if p.startswith("text:")]
    ids = [URN + p for p in c.prerequisites_recommended if not p.startswith("text:")]
    if not texts and not ids:
        return []
    profile: dict[str, Any] = {"@type": "ceterms:ConditionProfile"}
    if ids:
        profile["ceterms:targetCredential"] = ids
    if texts:
        profile["ceterms:condition"] = {"en": texts}
    return [profile]


def _duration_profiles(c: Credential) -> list[dict[str, Any]]:
    profiles: list[dict[str, Any]] = []
    if c.hours:
        ends = {"exact": c.hours.min} if c.hours.min == c.hours.max else {"minimum": c.hours.min, "maximum": c.hours.max}
        durations = {f"ceterms:{which}Duration": clock(hours) for which, hours in ends.items()}
        profiles.append({"@type": "ceterms:DurationProfile", "ceterms:description": _said(f"Study hours, basis: {c.hours.basis}"), **durations})
    if c.weeks:
        whole = float(c.weeks).is_integer()
        profiles.append(
            {"@type": "ceterms:DurationProfile", "ceterms:exactDuration": f"P{plain_number(c.weeks)}W" if whole else f"P{plain_number(round(c.weeks * 7, 2))}D"}
        )
    return profiles


def _cost_profiles(c: Credential) -> list[dict[str, Any]]:
    if c.cost is None:
        return []
    ends = [("", c.cost.min)] if c.cost.min == c.cost.max else [("lowest ", c.cost.min), ("highest ", c.cost.max)]
    profiles = []
    for which, price in ends:
        profile: dict[str, Any] = {
            "@type": "ceterms:CostProfile",
            "ceterms:name": _said(f"{which}{c.cost.kind} fee"),
            "ceterms:price": plain_number(price),
            "ceterms:currency": c.cost.currency,
            "ceterms:directCostType": _alignment("Aggregate Cost", "costType:AggregateCost"),
            "ceterms:costDetails": c.url,
            "ceterms:paymentPattern": c.cost.recurring,
            "ceterms:startDate": c.cost.as_of if c.cost.as_of and len(c.cost.as_of) == 10 else None,
        }
        profiles.append({key: value for key, value in profile.items() if value not in (None, "")})
    return profiles


def _stacks(c: Credential) -> dict[str, Any]:
    found: dict[str, list[Any]] = {}
    for term, kind in _STACKS.items():
        refs = [URN + s.into for s in c.stacks_into if s.kind == kind]
        if refs and term == "ceterms:isPartOf":
            found[term] = refs
        elif refs:
            found[term] = [{"@type": "ceterms:ConditionProfile", "ceterms:targetCredential": refs}]
    return dict(found)
