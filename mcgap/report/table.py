"""Reports and extractions as CSV: a row for each need, a row for each mention."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from mcgap.report.payload import Payload

NEED_COLUMNS = (
    *("skill", "name", "type", "requirement", "importance", "group", "years", "level", "status", "shortfall", "closed_by_group"),
    *("nearest", "kin", "posting_evidence", "resume_evidence", "detail", "advice"),
)
MENTION_COLUMNS = ("source", "kind", "id", "name", "type", "requirement", "group", "years", "level", "negated", "start", "end", "text", "how", "score")
_BETWEEN = " | "
# A cell that a spreadsheet would run as a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def needs_csv(report: Payload) -> str:
    """A report payload as CSV, a row for each need."""
    return _csv(NEED_COLUMNS, (_need_row(need) for need in report["needs"]))


def mentions_csv(extractions: Iterable[Payload]) -> str:
    """Extraction payloads as CSV, a row for each mention; an unlisted phrase has no id."""
    return _csv(MENTION_COLUMNS, (row for extraction in extractions for row in _mention_rows(extraction)))


def _need_row(need: Payload) -> Payload:
    nearest = need["nearest"] or {}
    return {
        **need,
        "skill": need["skill"]["id"],
        "name": need["skill"]["name"],
        "type": need["skill"]["type"],
        "nearest": nearest.get("id"),
        "kin": nearest.get("kin"),
        "posting_evidence": _BETWEEN.join(span["text"] for span in need["posting_evidence"]),
        "resume_evidence": _BETWEEN.join(span["text"] for span in need["resume_evidence"]),
    }


def _mention_rows(extraction: Payload) -> Iterator[Payload]:
    same = {"source": extraction["source"], "kind": extraction["kind"]}
    for skill in extraction["skills"]:
        for mention in skill["mentions"]:
            yield {**same, "id": skill["id"], "name": skill["name"], "type": skill["type"], "level": skill["level"], **mention}
    for phrase in extraction["unlisted"]:
        yield {**same, **phrase, "how": "unlisted"}


def _csv(columns: tuple[str, ...], rows: Iterable[Payload]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_cell(row.get(column)) for column in columns] for row in rows)
    return out.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return "" if value is None else value
