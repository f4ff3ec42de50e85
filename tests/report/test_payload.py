"""JSON: the shapes of the contract, validated against the schemas that are shipped."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from mcgap.documents import read_document
from mcgap.pipeline import Analyzer
from mcgap.records import DocumentKind, Report
from mcgap.report import error_payload, extraction_payload, load_schema, mentions_csv, needs_csv, redact_report, report_payload, to_json, to_line
from mcgap.report.explain import HOW
from mcgap.settings import Settings
from mcgap.taxonomy import Taxonomy

REPORT_FIELDS = ["schema", "posting", "resume", "readiness", "verdict", "needs", "gates", "credentials", "plan", "unlisted", "warnings"]
NEED_FIELDS = ["skill", "requirement", "importance", "group", "years", "level", "status", "nearest", "shortfall", "posting_evidence", "resume_evidence"]
EXTRACT_FIELDS = ["schema", "source", "kind", "title", "skills", "unlisted", "education", "credentials", "warnings"]
SKILL_FIELDS = ["id", "name", "type", "requirement", "group", "years", "level", "negated", "mentions"]
MENTION_FIELDS = ["start", "end", "text", "requirement", "group", "years", "negated", "how", "score"]


def undescribed(value: Any, schema: dict[str, Any], root: dict[str, Any], path: str = "$") -> list[str]:
    """The keys of a payload that a schema says nothing about."""
    if "$ref" in schema:
        return undescribed(value, root["$defs"][schema["$ref"].rsplit("/", 1)[1]], root, path)
    choices = schema.get("anyOf")
    if choices:
        return min((undescribed(value, choice, root, path) for choice in choices), key=len)
    if isinstance(value, dict):
        known = schema.get("properties", {})
        missing = [f"{path}.{key}" for key in value if key not in known]
        return missing + [m for key in value if key in known for m in undescribed(value[key], known[key], root, f"{path}.{key}")]
    if isinstance(value, list):
        return [m for item in value for m in undescribed(item, schema.get("items", {}), root, f"{path}[]")]
    return []


SCHEMAS = ("extract", "plan", "portfolio", "progress", "rank", "report")


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_schemas_are_schemas(name: str) -> None:
    Draft202012Validator.check_schema(load_schema(name))


@pytest.mark.parametrize("part", ["span", "need", "gate", "plan", "phrase", "credential"])
def test_schemas_agree_on_what_they_share(part: str) -> None:
    parts = {name: load_schema(name).get("$defs", {}).get(part) for name in SCHEMAS if (name, part) != ("extract", "credential")}
    assert len({json.dumps(found, sort_keys=True) for found in parts.values() if found is not None}) == 1


def test_the_schema_knows_every_way_to_find_a_mention() -> None:
    ways = load_schema("extract")["$defs"]["mention"]["properties"]["how"]["enum"]
    assert set(HOW) == set(ways)


@pytest.mark.parametrize("kind", list(DocumentKind))
def test_what_is_found_in_short_or_in_a_list_fits_the_schema(kind: DocumentKind) -> None:
    text = "Requirements: written and verbal communication skills; Docker, Foobar Studio, Python and SQL\nSkills: Docker, Foobar Studio, Python, Kubernets"
    analyzer = Analyzer(Settings(fast=True))
    payload = extraction_payload(analyzer.extract(read_document(text, kind)), analyzer.taxonomy)
    Draft202012Validator(load_schema("extract")).validate(payload)
    assert {"exact", "coordination"} <= {mention["how"] for skill in payload["skills"] for mention in skill["mentions"]}


@pytest.mark.parametrize("which", ["report", "asked_only"])
def test_a_report_fits_its_schema(which: str, taxonomy: Taxonomy, request: pytest.FixtureRequest) -> None:
    payload = json.loads(to_json(report_payload(request.getfixturevalue(which), taxonomy)))
    schema = load_schema("report")
    Draft202012Validator(schema).validate(payload)
    assert undescribed(payload, schema, schema) == []
    assert [key for key in payload if key in REPORT_FIELDS] == REPORT_FIELDS
    assert [key for key in payload["needs"][0] if key in NEED_FIELDS] == NEED_FIELDS


def test_a_report_that_breaks_the_contract_is_refused_by_the_schema(report: Report, taxonomy: Taxonomy) -> None:
    payload = report_payload(report, taxonomy)
    payload["needs"][0]["status"] = "unknown"
    assert not Draft202012Validator(load_schema("report")).is_valid(payload)


def test_values_of_a_report(report: Report, taxonomy: Taxonomy) -> None:
    payload = report_payload(report, taxonomy)
    need = payload["needs"][0]
    assert need["skill"] == {"id": "kubernetes", "name": "Kubernetes", "type": "tool"}
    assert need["nearest"] == {"id": "docker", "name": "Docker", "kin": "related"}
    assert need["years"] == 3
    assert to_line(need["years"]) == "3"
    assert need["posting_evidence"][0]["text"] == "Kubernetes"
    assert payload["plan"]["left_over"] == ["tableau"]
    assert payload["plan"]["steps"][0]["starts"] == "2026-12-01"
    assert payload["credentials"][1]["cost"] is None
    assert payload["credentials"][0]["cost"]["as_of"] == "2025-11"


def test_a_score_is_the_sum_of_its_points(report: Report, taxonomy: Taxonomy) -> None:
    for credential in json.loads(to_json(report_payload(report, taxonomy)))["credentials"]:
        assert credential["score"] == pytest.approx(sum(r["points"] for r in credential["reasons"]), abs=1e-9)


def test_the_same_report_gives_the_same_bytes(report: Report, taxonomy: Taxonomy) -> None:
    assert to_json(report_payload(report, taxonomy)) == to_json(report_payload(replace(report), taxonomy))


@pytest.mark.parametrize("explain", [False, True])
@pytest.mark.parametrize("side", ["posting", "resume"])
def test_an_extraction_fits_its_schema(side: str, explain: bool, report: Report, taxonomy: Taxonomy) -> None:
    payload = json.loads(to_line(extraction_payload(getattr(report, side), taxonomy, haves=report.haves, with_text=True, explain=explain)))
    schema = load_schema("extract")
    Draft202012Validator(schema).validate(payload)
    assert undescribed(payload, schema, schema) == []
    assert [key for key in payload if key in EXTRACT_FIELDS] == EXTRACT_FIELDS
    assert [key for key in payload["skills"][0] if key in SKILL_FIELDS] == SKILL_FIELDS
    for skill in payload["skills"]:
        for found in skill["mentions"]:
            assert [key for key in found if key in MENTION_FIELDS] == MENTION_FIELDS
            assert payload["text"][found["start"] : found["end"]] == found["text"]


def test_an_unreadable_file_fits_the_schema() -> None:
    payload = error_payload("a.txt", "There is no file a.txt; check the path.")
    Draft202012Validator(load_schema("extract")).validate(payload)
    assert list(payload) == ["source", "error"]


def test_the_strongest_mention_decides(report: Report, taxonomy: Taxonomy) -> None:
    asks = report.posting.asks
    again = replace(asks[3], strength=asks[10].strength, group="g9")
    payload = extraction_payload(replace(report.posting, asks=(again, *asks)), taxonomy)
    terraform = next(s for s in payload["skills"] if s["id"] == "terraform")
    assert (terraform["requirement"], terraform["group"], len(terraform["mentions"])) == ("required", None, 2)


def test_negated_mentions_are_printed_and_marked(report: Report, taxonomy: Taxonomy) -> None:
    payload = extraction_payload(report.posting, taxonomy)
    java = next(s for s in payload["skills"] if s["id"] == "java")
    assert java["negated"]
    assert java["mentions"][0]["negated"]


def test_a_resume_says_years_by_its_roles(report: Report, taxonomy: Taxonomy) -> None:
    assert report.resume is not None
    payload = extraction_payload(report.resume, taxonomy, haves=report.haves)
    assert {s["id"]: (s["requirement"], s["years"]) for s in payload["skills"]}["sql"] == ("used", 2)


def test_csv_has_a_row_for_each_need(report: Report, taxonomy: Taxonomy) -> None:
    rows = list(csv.DictReader(io.StringIO(needs_csv(report_payload(report, taxonomy)))))
    assert [row["skill"] for row in rows] == [gap.need.skill for gap in report.gaps]
    assert rows[0]["nearest"] == "docker"


def test_csv_has_a_row_for_each_mention_and_runs_no_formula(report: Report, taxonomy: Taxonomy) -> None:
    payload = extraction_payload(report.posting, taxonomy)
    payload["unlisted"][0]["text"] = "=1+1"
    rows = list(csv.DictReader(io.StringIO(mentions_csv([payload]))))
    assert len(rows) == len(report.posting.asks)
    assert rows[-1]["text"] == "'=1+1"


def test_a_redacted_report_fits_the_schema_and_names_nobody(report: Report, taxonomy: Taxonomy) -> None:
    text = to_json(report_payload(redact_report(report), taxonomy))
    Draft202012Validator(load_schema("report")).validate(json.loads(text))
    assert "Jane" not in text


def test_the_schemas_are_shipped_beside_the_code() -> None:
    folder = Path(__file__).parents[2] / "mcgap" / "report" / "schemas"
    assert {"extract.json", "report.json"} <= {path.name for path in folder.iterdir()}
