"""Any table of courses, with its columns named by the user or guessed from their headings."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from mcgap.catalog.clean import clean_text
from mcgap.catalog.fields import TYPES
from mcgap.catalog.sources import read_text
from mcgap.errors import SettingsError, TableError
from mcgap.files import largest_cell
from mcgap.importers.drafts import Draft, Notes
from mcgap.importers.words import length_in, level_in, price_in
from mcgap.text import squash

# Our field, and headings that mean it (as squashed), first match wins.
HEADINGS: dict[str, tuple[str, ...]] = {
    "title": ("title", "name", "course title", "course name", "course", "certificate", "certification", "program", "credential", "credential name"),
    "issuer": ("issuer", "provider", "organization", "institution", "university", "partner", "platform", "offered by", "vendor", "school", "site"),
    "skills": ("skills", "skill", "skills covered", "skills gained", "skills taught", "tags", "topics", "what you will learn", "keywords"),
    "id": ("id", "course id", "slug", "code"),
    "exam_code": ("exam code", "exam", "course code", "course number"),
    "url": ("url", "link", "course url", "course link", "website", "web page"),
    "hours": ("hours", "duration", "course duration", "length", "workload", "effort", "time", "time required", "estimated time"),
    "cost": ("cost", "price", "fee", "course price", "tuition", "fees"),
    "currency": ("currency",),
    "level": ("level", "difficulty", "course difficulty", "difficulty level"),
    "type": ("type", "certificate type", "credential type", "course certificate type"),
    "languages": ("language", "languages"),
    "delivery": ("delivery", "mode", "format"),
    "roles": ("roles", "role", "job role"),
}
FIELDS = tuple(HEADINGS)
# Not at the comma of "1,234" or of "Excel (basic, advanced)".
_SPLIT_SKILLS = re.compile(r"[|;\n]|,(?!\d{3}\b)(?![^()]*\))")
_JUNK = re.compile(r"^[\d\s.,%()k+-]*$|\b(?:reviews?|ratings?|students?|learners|enrolled|stars?)\b|\d{4,}", re.IGNORECASE)
_LONGEST_SKILL = 60
_LONGEST_CELL = 4_000
_MOST_ROWS = 200_000


def read_courses(path: Path, mapping: Mapping[str, str], notes: Notes) -> list[Draft]:
    """The rows of a CSV of courses. ``mapping`` is our field → its column, or "=text" for the same text in every row.

    Raises TableError on a file that is no table, SettingsError on a mapping that does not fit it.
    """
    text = read_text(path)
    rows = _rows(text, path.name)
    header = [clean_text(cell, 100) for cell in next(rows, [])]
    columns, constants = _columns(header, mapping, path.name)
    unused = [name for n, name in enumerate(header) if name and n not in columns.values()]
    if unused:
        notes.say(f"Columns that were not used: {', '.join(unused[:20])}{' …' if len(unused) > 20 else ''}. Name them with --map field=column.")
    drafts = []
    for number, cells in enumerate(rows, 2):
        if number > _MOST_ROWS:
            raise TableError(path.name, number, None, f"more than {_MOST_ROWS:,} rows; split the file")
        if not any(cells):
            continue
        values = {**constants, **{field: cells[n].strip() for field, n in columns.items() if n < len(cells) and cells[n].strip()}}
        if values.get("title"):
            drafts.append(_draft(values, notes))
        else:
            notes.say("Rows without a title were left out.")
    return drafts


def _rows(text: str, name: str) -> Any:
    first = text[:10_000].split("\n", 1)[0]
    delimiter = max((",", ";", "\t"), key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        with largest_cell():
            yield from reader
    except csv.Error as error:
        raise TableError(name, reader.line_num, None, f"this is not a CSV row: {error}") from None


def _columns(header: Sequence[str], mapping: Mapping[str, str], name: str) -> tuple[dict[str, int], dict[str, str]]:
    """Our field → column number, and our field → text for all rows."""
    by_name = {squash(cell): n for n, cell in reversed(list(enumerate(header))) if cell}
    columns: dict[str, int] = {}
    constants: dict[str, str] = {}
    for field, column in mapping.items():
        if field not in HEADINGS:
            raise SettingsError(f"--map knows no field {field!r}; it takes {', '.join(FIELDS)}.")
        if column.startswith("="):
            constants[field] = column[1:].strip()
        elif squash(column) in by_name:
            columns[field] = by_name[squash(column)]
        else:
            raise SettingsError(f"{name} has no column {column!r} for --map {field}; its columns are {', '.join(header[:30])}.")
    for field, headings in HEADINGS.items():
        if field not in mapping:
            guess = next((by_name[key] for h in headings if (key := squash(h)) in by_name and by_name[key] not in columns.values()), None)
            if guess is not None:
                columns[field] = guess
    if "title" not in columns and "title" not in constants:
        raise SettingsError(f"{name} has no column that reads as a title; name it with --map title=COLUMN. Its columns are {', '.join(header[:30])}.")
    return columns, constants


def _draft(values: Mapping[str, str], notes: Notes) -> Draft:
    hours, weeks = _length(values.get("hours", ""))
    kind = (values.get("type") or "").lower().replace(" ", "-")
    url = values.get("url", "")
    plain: dict[str, Any] = {
        "id": values.get("id") or values["title"],
        "title": values["title"],
        "exam_code": values.get("exam_code"),
        "issuer": values.get("issuer") or "unknown issuer",
        "type": kind if kind in TYPES else _like(kind),
        "issuer_label": values.get("type") if kind not in TYPES else None,
        "skills": [{"id": name, "role": "taught"} for name in _skills(values.get("skills", ""), notes)],
        "level": level_in(values.get("level")),
        "hours": {"min": hours[0], "max": hours[1], "basis": "third-party"} if hours else None,
        "weeks": weeks,
        "cost": _cost(values, notes),
        "languages": [w.strip() for w in re.split(r"[|;,]", values.get("languages", "")) if w.strip()],
        "roles": [w.strip() for w in re.split(r"[|;]", values.get("roles", "")) if w.strip()],
        "delivery": next((d for d in ("online", "in-person", "blended") if d in values.get("delivery", "").lower()), None),
        "url": url if re.fullmatch(r"https?://\S{3,500}", url) else None,
    }
    return Draft({key: value for key, value in plain.items() if value not in (None, [], "")})


def _like(kind: str) -> str:
    return next((ours for ours in ("professional-certificate", "certification", "micro-credential", "certificate", "badge") if ours in kind), "course")


def _length(cell: str) -> tuple[tuple[float, float] | None, float | None]:
    """A bare number counts as hours."""
    if re.fullmatch(r"\d+(?:\.\d+)?", cell):
        return (float(cell), float(cell)), None
    return length_in(cell)


def _cost(values: Mapping[str, str], notes: Notes) -> dict[str, Any] | None:
    price = price_in(values["cost"]) if values.get("cost") else None
    if price is None:
        return None
    currency = (values.get("currency") or "").upper() or price[2]
    if not re.fullmatch(r"[A-Z]{3}", currency):
        notes.say("Prices without a currency were left out; give it with --map currency==USD.")
        return None
    return {"min": price[0], "max": price[1], "currency": currency, "kind": "course"}


def _skills(cell: str, notes: Notes) -> list[str]:
    """The tags of a cell without the junk that scraped tables carry: counts, ratings, sentences."""
    # "['SQL', 'Python']" and "{SQL,Python}" are lists, too.
    tags = [clean_text(tag, 200).strip("[]{}'\" ") for tag in _SPLIT_SKILLS.split(cell[:_LONGEST_CELL])]
    kept = [tag for tag in tags if tag and len(tag) <= _LONGEST_SKILL and not _JUNK.search(tag)]
    for _ in range(len([t for t in tags if t]) - len(kept)):
        notes.say("Tags that are counts, ratings or sentences were left out.")
    return list(dict.fromkeys(kept))
