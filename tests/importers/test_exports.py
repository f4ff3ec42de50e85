"""Exports: the structure that the specifications ask for, and round trips that lose only what is said."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mcgap.catalog import load_catalog
from mcgap.catalog.fields import credential_of, plain_of
from mcgap.errors import SettingsError
from mcgap.importers import EXPORTS, export_catalog, import_catalog
from mcgap.records import Credential
from mcgap.taxonomy import Taxonomy, load_taxonomy

FULL: dict[str, Any] = {
    "id": "query-writer",
    "title": "Query Writer",
    "aliases": ["QW"],
    "exam_code": "QW-1",
    "issuer": "example-guild",
    "type": "certification",
    "issuer_label": "exam",
    "skills": [{"id": "sql", "weight": 0.7, "level": "working", "role": "assessed"}, {"id": "python", "weight": 0.3, "level": "basic", "role": "taught"}],
    "level": "working",
    "prerequisites_required": ["query-reader"],
    "prerequisites_recommended": ["text: a year of work"],
    "experience_months": 6,
    "hours": {"min": 60, "max": 120, "basis": "estimate"},
    "weeks": 8,
    "sittings": 2,
    "cost": {"min": 395, "max": 445, "currency": "USD", "kind": "exam", "recurring": "monthly", "as_of": "2026-03-01"},
    "assessment": {"kind": "performance", "applied": 3, "minutes": 120, "proctored": True},
    "validity_months": 24,
    "renewal": "sit it again",
    "last_revised": "2026-01",
    "status": "retiring",
    "retires_on": "2027-12-31",
    "stacks_into": [{"id": "query-master", "kind": "larger-certificate"}, {"id": "chartered", "kind": "designation"}, {"id": "msc", "kind": "degree-credit"}],
    "components": ["query-reader"],
    "credit": {"ects": 2, "us": 1.5, "by": "Example University"},
    "recognition": [{"scope": "field", "name": "Society of Tables"}, {"scope": "law", "name": "Office of Queries"}],
    "co_developers": ["Example Labs"],
    "industries": ["databases"],
    "countries": ["GB"],
    "roles": ["analyst"],
    "languages": ["en"],
    "delivery": "online",
    "url": "https://guild.example/qw",
    "provenance": [{"field": "hours", "status": "estimate", "as_of": "2026-03"}],
}
READER = {"id": "query-reader", "title": "Query Reader", "issuer": "example-guild", "skills": [{"id": "sql", "weight": 1, "role": "assessed"}]}
MINIMAL = {"id": "plain-one", "title": "Plain One", "issuer": "example-guild", "skills": [{"id": "sql", "weight": 1, "role": "assessed"}]}
# What may be said to be lost, and the field of ours that it means.
_FIELD = re.compile(r"[a-z_]+")


def credentials() -> list[Credential]:
    return [credential_of(plain, "f", n) for n, plain in enumerate((FULL, READER, MINIMAL))]


@pytest.mark.parametrize("format", EXPORTS)
def test_a_round_trip_loses_only_what_is_said(tmp_path: Path, skills: Taxonomy, format: str) -> None:
    before = credentials()
    text, lost = export_catalog(before, skills, format=format)
    path = tmp_path / ("out.csv" if format == "csv" else "out.json")
    path.write_text(text, encoding="utf-8")
    after = import_catalog(path, skills).credentials
    assert [c.id for c in after] == [c.id for c in before]
    said = {_FIELD.match(name)[0] for name in lost}  # type: ignore[index]
    for old, new in zip(before, after, strict=True):
        a, b = plain_of(old), plain_of(new)
        differing = {key for key in {*a, *b} if a.get(key) != b.get(key)}
        # Provenance says that the copy comes from the file; an issuer outside our table keeps its name only.
        differing -= {"provenance"}
        if "issuer" in differing and old.issuer.name == new.issuer.name:
            differing.discard("issuer")
        assert differing <= said, (format, {key: (a.get(key), b.get(key)) for key in differing - said})


def test_an_estimate_comes_back_from_ctdl_as_an_estimate(tmp_path: Path, skills: Taxonomy) -> None:
    told = [{"field": "hours", "status": "estimate", "as_of": "2026-03"}, {"field": "cost", "status": "verified", "source": "https://guild.example/fees;a=b"}]
    text, _ = export_catalog([credential_of({**FULL, "provenance": told}, "f", 1)], skills, format="ctdl")
    path = tmp_path / "ours.json"
    path.write_text(text, encoding="utf-8")
    found = import_catalog(path, skills, as_of="2026-11")
    facts = {fact.field: fact for fact in found.credentials[0].provenance}
    assert (facts["hours"].status, facts["hours"].as_of) == ("estimate", "2026-03")
    # A file cannot vouch that somebody looked at the source.
    assert (facts["cost"].status, facts["cost"].source) == ("reported", "https://guild.example/fees;a=b")
    assert (facts["assessment"].status, facts["assessment"].as_of) == ("reported", "2026-11")
    assert any("taken from the file" in note for note in found.notes)


@pytest.mark.parametrize("format", ["ctdl", "openbadges", "schema-org"])
def test_a_file_that_says_nothing_of_its_facts_is_named_for_it(tmp_path: Path, skills: Taxonomy, format: str) -> None:
    text, _ = export_catalog([credential_of(MINIMAL, "f", 1), credential_of(READER, "f", 2)], skills, format=format)
    path = tmp_path / "theirs.json"
    path.write_text(text, encoding="utf-8")
    found = import_catalog(path, skills)
    assert [note for note in found.notes if "how far its facts can be trusted" in note] == [
        "The file does not say how far its facts can be trusted: they count as reported by it, even where they were estimates."
    ]
    assert {fact.status for c in found.credentials for fact in c.provenance} == {"reported"}


LOST = {
    "csv": ["cost.as_of"],
    "json": [],
    "ctdl": ["issuer_label", "sittings", "co_developers", "provenance", "countries", "assessment.applied", "credit.by"],
}


@pytest.mark.parametrize(("format", "names"), LOST.items(), ids=LOST)
def test_exactly_this_is_lost(skills: Taxonomy, format: str, names: list[str]) -> None:
    plain = {**FULL, "provenance": [{"field": "cost", "status": "estimate", "as_of": "2026-04"}]}
    _, lost = export_catalog([credential_of(plain, "f", 1)], skills, format=format)
    assert sorted(n for n in lost if not n.startswith("issuer.")) == sorted(names)


@pytest.mark.parametrize("format", EXPORTS)
def test_a_minimal_credential_loses_nothing(skills: Taxonomy, format: str) -> None:
    assert export_catalog([credential_of(MINIMAL, "f", 1)], skills, format=format)[1] == ()


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from nodes(inner)


# Properties and classes of CTDL, by hand from https://credreg.net/ctdl/terms: what may stand on what.
CTDL: dict[str, set[str]] = {
    "Certification": set(
        """
        name description alternateName credentialType credentialId identifier ownedBy inLanguage subjectWebpage credentialStatusType
        expirationDate versionIdentifier audienceLevelType requires recommends estimatedDuration estimatedCost renewalFrequency renewal
        isPartOf isPreparationFor isAdvancedStandingFor hasPart recognizedBy regulatedBy industryType occupationType learningDeliveryType
        """.split()
    ),
    "ConditionProfile": set(
        "name description condition targetCompetency targetAssessment targetLearningOpportunity targetCredential yearsOfExperience creditValue".split()
    ),
    "CredentialAlignmentObject": set("targetNode targetNodeName targetNodeDescription weight".split()),
    "CostProfile": set("name price currency directCostType costDetails paymentPattern startDate".split()),
    "DurationProfile": set("description exactDuration minimumDuration maximumDuration".split()),
    "AssessmentProfile": set("name assesses assessmentMethodType estimatedDuration isProctored".split()),
    "LearningOpportunityProfile": set("name teaches".split()),
    "CredentialOrganization": {"name"},
    "IdentifierValue": set("identifierTypeName identifierValueCode".split()),
    "ValueProfile": set(),
}
CTDL["MicroCredential"] = CTDL["Certification"]


def test_ctdl_has_the_required_properties_and_only_terms_of_the_vocabulary(skills: Taxonomy) -> None:
    data = json.loads(export_catalog(credentials(), skills, format="ctdl")[0])
    assert data["@context"] == "https://credreg.net/ctdl/schema/context/json"
    for node in nodes(data["@graph"]):
        if "@type" in node:
            kind = node["@type"].removeprefix("ceterms:")
            assert {key.removeprefix("ceterms:") for key in node if key.startswith("ceterms:")} <= CTDL[kind], kind
    first = data["@graph"][0]
    assert {"@type", "@id", "ceterms:name", "ceterms:description", "ceterms:ownedBy", "ceterms:credentialStatusType", "ceterms:inLanguage"} <= set(first)
    assert first["ceterms:requires"][0]["ceterms:targetCompetency"][0]["ceterms:weight"] == 0.7
    ids = {node["@id"] for node in data["@graph"]}
    assert len(ids) == len(data["@graph"])
    assert set(first["ceterms:ownedBy"]) <= ids
    assert set(first["ceterms:requires"][0]["ceterms:targetAssessment"]) <= ids


# The required fields of the Achievement class and its parts: Open Badges 3.0, achievementcredential schema.
ACHIEVEMENT = {
    "type": "object",
    "required": ["id", "type", "criteria", "description", "name"],
    "properties": {
        "id": {"type": "string", "pattern": "^[a-z]+:"},
        "type": {"type": "array", "contains": {"const": "Achievement"}},
        "criteria": {"type": "object", "properties": {"id": {"type": "string"}, "narrative": {"type": "string"}}},
        "achievementType": {
            "anyOf": [
                {"enum": ["Badge", "Certificate", "Certification", "Course", "License", "MicroCredential"]},
                {"type": "string", "pattern": "^(ext:)[a-z|A-Z|0-9|.|-|_]+$"},
            ]
        },
        "creator": {"type": "object", "required": ["id", "type"]},
        "creditsAvailable": {"type": "number"},
        "tag": {"type": "array", "items": {"type": "string"}},
        "alignment": {
            "type": "array",
            "items": {
                "required": ["type", "targetName", "targetUrl"],
                "properties": {"targetType": {"type": "string", "pattern": "^(ext:)[a-z|A-Z|0-9|.|-|_]+$"}},
                "additionalProperties": {"type": ["string", "array"]},
            },
        },
        "otherIdentifier": {"type": "array", "items": {"required": ["type", "identifier", "identifierType"]}},
        "related": {"type": "array", "items": {"required": ["type", "id"]}},
        "humanCode": {"type": "string"},
        "version": {"type": "string"},
    },
}


def test_achievements_hold_to_the_schema(skills: Taxonomy) -> None:
    import jsonschema

    data = json.loads(export_catalog(credentials(), skills, format="openbadges")[0])
    assert data["@context"][:2] == ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"]
    for node in data["@graph"]:
        jsonschema.validate(node, ACHIEVEMENT)


def test_schema_org_has_its_types_and_terms(skills: Taxonomy) -> None:
    data = json.loads(export_catalog(credentials(), skills, format="schema-org")[0])
    terms = set(
        """
        @type @id identifier name alternateName description url credentialCategory provider contributor competencyRequired assesses
        teaches educationalLevel inLanguage about recognizedBy validFor timeRequired offers version creativeWorkStatus expires isPartOf
        hasPart
        """.split()
    )
    for node in data["@graph"]:
        assert node["@type"] == "EducationalOccupationalCredential"
        assert set(node) <= terms
    assert data["@graph"][0]["validFor"] == "P24M"
    assert data["@graph"][0]["offers"]["priceSpecification"] == {"@type": "PriceSpecification", "minPrice": 395, "maxPrice": 445, "priceCurrency": "USD"}


@pytest.mark.parametrize(
    ("format", "context", "predicate"),
    [
        ("ctdl", {"ceterms": "https://purl.org/ctdl/terms/", "schema": "https://schema.org/"}, "https://purl.org/ctdl/terms/name"),
        (
            "openbadges",
            {"@vocab": "https://purl.imsglobal.org/spec/vc/ob/vocab.html#", "id": "@id", "type": "@type"},
            "https://purl.imsglobal.org/spec/vc/ob/vocab.html#name",
        ),
        ("schema-org", {"@vocab": "https://schema.org/"}, "https://schema.org/name"),
    ],
)
def test_a_json_ld_library_expands_every_node(skills: Taxonomy, format: str, context: dict[str, str], predicate: str) -> None:
    jsonld = pytest.importorskip("pyld", reason="a JSON-LD library checks the exports where it is installed").jsonld
    data = json.loads(export_catalog(credentials(), skills, format=format)[0])
    # The published contexts lie on the network; a local one with the same base does for the structure.
    expanded = jsonld.expand({**data, "@context": context})
    named = [node for node in expanded if predicate in node]
    assert len(named) >= 3
    assert all(node["@id"].startswith("urn:mcgap:") for node in expanded)


def test_the_shipped_catalog_goes_through_every_format(tmp_path: Path) -> None:
    taxonomy = load_taxonomy()
    ours = list(load_catalog(taxonomy=taxonomy))
    for format in EXPORTS:
        path = tmp_path / ("out.csv" if format == "csv" else "out.json")
        path.write_text(export_catalog(ours, taxonomy, format=format)[0], encoding="utf-8")
        again = {c.id: c for c in import_catalog(path, taxonomy).credentials}
        assert sorted(again) == [c.id for c in ours]
        assert all(again[c.id].title == c.title and {s.skill for s in again[c.id].skills} == {s.skill for s in c.skills} for c in ours)


def test_an_unknown_format_is_said(skills: Taxonomy) -> None:
    with pytest.raises(SettingsError, match="choose one of csv, json, ctdl"):
        export_catalog([], skills, format="docx")
