"""A catalog to fill in: the columns and one filled example."""

from __future__ import annotations

import csv
import io
import json

from mcgap.catalog.fields import COLUMNS, credential_of, plain_of, plain_of_cells
from mcgap.catalog.own import SCHEMA

FORMATS = ("csv", "json", "yaml")
# An invented credential of an invented issuer, so that nobody takes the example for a fact.
EXAMPLE = {
    "id": "example-data-basics",
    "title": "Example Data Basics",
    "aliases": "EDB",
    "exam_code": "EX-101",
    "issuer": "Example Academy",
    "type": "certificate",
    "issuer_label": "certificate of completion",
    "skills": "SQL:0.5:working:assessed|Microsoft Excel:0.3:basic:taught|data visualisation:0.2:basic:taught",
    "level": "basic",
    "prerequisites_recommended": "text: school mathematics",
    "hours_min": "20",
    "hours_max": "30",
    "hours_basis": "issuer",
    "weeks": "4",
    "cost_min": "0",
    "cost_max": "49",
    "currency": "EUR",
    "cost_kind": "course",
    "assessment": "artifact",
    "applied": "2",
    "proctored": "no",
    "validity_months": "36",
    "renewal": "repeat the project",
    "last_revised": "2026-05",
    "status": "active",
    "stacks_into": "example-data-analyst:designation",
    "credit_ects": "1",
    "credit_by": "Example University",
    "recognition": "employer:Example Ltd:named in its postings:2026-05",
    "industries": "data-science",
    "roles": "data assistant",
    "countries": "EU",
    "languages": "en",
    "delivery": "online",
    "url": "https://academy.example/data-basics",
    "provenance": "cost=verified;2026-05;https://academy.example/data-basics|hours=verified;2026-05;https://academy.example/data-basics|assessment=estimate;2026-05;",
}


def template_text(kind: str = "csv", *, short: bool = False) -> str:
    """A catalog file with one example, as CSV, JSON or YAML. ``short`` keeps only the four columns that are needed."""
    columns = ("id", "title", "issuer", "skills") if short else COLUMNS
    cells = {column: EXAMPLE.get(column, "") for column in columns}
    if kind == "csv":
        out = io.StringIO()
        writer = csv.DictWriter(out, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerow(cells)
        return out.getvalue()
    plain = plain_of_cells(cells, "template", None)
    if not short:
        plain = plain_of(credential_of(plain, "template", None))
    data = {"schema": SCHEMA, "credentials": [plain]}
    # JSON is YAML, too; block style is for people.
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n" if kind == "json" else "\n".join(_yaml(data, 0)) + "\n"


def _yaml(value: object, depth: int) -> list[str]:
    """The template as block YAML; every text is quoted, so none is taken for a number or a date."""
    pad = "  " * depth
    if isinstance(value, dict):
        lines: list[str] = []
        for key, inner in value.items():
            lines += [f"{pad}{key}:", *_yaml(inner, depth + 1)] if isinstance(inner, dict | list) else [f"{pad}{key}: {json.dumps(inner, ensure_ascii=False)}"]
        return lines
    if isinstance(value, list):
        lines = []
        for inner in value:
            block = _yaml(inner, depth + 1) if isinstance(inner, dict | list) else [f"{pad}  {json.dumps(inner, ensure_ascii=False)}"]
            lines += [f"{pad}- {block[0].strip()}", *block[1:]]
        return lines
    return [f"{pad}{json.dumps(value, ensure_ascii=False)}"]
