"""The formats by name: which one a file is, how it is read, how one is written."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from mcgap.catalog.own import SCHEMA, entries_of, to_csv, to_json
from mcgap.catalog.shelf import Linking, read_credentials
from mcgap.catalog.sources import parse_json, read_text
from mcgap.errors import SettingsError, TableError
from mcgap.importers.courses import read_courses
from mcgap.importers.ctdl import is_ctdl, read_ctdl, write_ctdl
from mcgap.importers.drafts import Draft, Notes, settle
from mcgap.importers.mslearn import is_ms_learn, read_ms_learn
from mcgap.importers.openbadges import is_badges, read_achievements, write_achievements
from mcgap.importers.schemaorg import is_schema_org, read_schema_org, write_schema_org
from mcgap.records import Credential, FactStatus, Provenance
from mcgap.taxonomy import Taxonomy

Reader = Callable[[Any, Taxonomy, Notes], list[Draft]]
# Name of the format, whether a document is one, and its reader. The first that says yes reads it.
_DOCUMENTS: dict[str, tuple[Callable[[Any], bool], Reader]] = {
    "ctdl": (is_ctdl, read_ctdl),
    "openbadges": (is_badges, read_achievements),
    "mslearn": (is_ms_learn, read_ms_learn),
    "schema-org": (is_schema_org, read_schema_org),
}
IMPORTS = ("auto", "own", *_DOCUMENTS, "courses")
_SCRIPT = re.compile(r"<script\b([^>]{0,600})>", re.IGNORECASE)
_SCRIPT_END = re.compile(r"</script", re.IGNORECASE)
_HTML = (".html", ".htm", ".xhtml")


@dataclass(frozen=True, slots=True)
class Imported:
    """What a file gave: credentials in the file's order, the format it was, and what was left out, in sentences."""

    credentials: tuple[Credential, ...]
    format: str
    notes: tuple[str, ...] = ()


def import_catalog(path: Path, taxonomy: Taxonomy, *, format: str = "auto", mapping: Mapping[str, str] | None = None, as_of: str | None = None) -> Imported:
    """The credentials of a file of any known format.

    ``mapping`` (our field → column) is for tables of courses. ``as_of`` (YYYY-MM) is the month of the copy: it
    dates the facts, which count as reported by the file. Raises TableError and SettingsError.
    """
    if format not in IMPORTS:
        raise SettingsError(f"There is no import format {format!r}; choose one of {', '.join(IMPORTS)}.")
    linker, notes = Linking(taxonomy), Notes()
    name, drafts = _drafts(path, format, mapping or {}, taxonomy, notes)
    if drafts is None:
        credentials = tuple(read_credentials(path, linker))
    else:
        credentials = tuple(_dated(c, path.name, as_of, notes) for c in settle(drafts, path.name, linker, notes))
        if not credentials:
            raise TableError(path.name, None, None, " ".join(("no credential was found in the file; check --from.", *notes.lines()[:3])))
    if linker.unlinked:
        shown = ", ".join(sorted(linker.unlinked)[:8])
        more = f" and {len(linker.unlinked) - 8} more" if len(linker.unlinked) > 8 else ""
        notes.say(f"Skills that the taxonomy does not know were kept as written and close no gap: {shown}{more}.")
    return Imported(credentials, name, notes.lines())


def _drafts(path: Path, format: str, mapping: Mapping[str, str], taxonomy: Taxonomy, notes: Notes) -> tuple[str, list[Draft] | None]:
    suffix = path.suffix.lower()
    if format == "courses" or (format == "auto" and (mapping or (suffix in (".csv", ".tsv") and not _is_own_table(path)))):
        return "courses", read_courses(path, mapping, notes)
    if mapping:
        raise SettingsError("--map is for tables of courses only; add --from courses.")
    if format == "own" or (format == "auto" and suffix in (".csv", ".yaml", ".yml")):
        return "own", None
    data = _linked_data(read_text(path), path.name) if suffix in _HTML else parse_json(read_text(path), path.name)
    for name, (is_one, read) in _DOCUMENTS.items():
        if format == name or (format == "auto" and is_one(data)):
            return name, read(data, taxonomy, notes)
    if format == "auto" and (isinstance(data, list) or (isinstance(data, dict) and (data.get("schema") == SCHEMA or "credentials" in data))):
        list(entries_of(data, path.name))
        return "own", None
    raise TableError(path.name, None, None, f"the file is none of the known formats; name its format with --from ({', '.join(IMPORTS[1:])})")


def _is_own_table(path: Path) -> bool:
    header = read_text(path).split("\n", 1)[0].strip().lower().split(",")
    return {"id", "title", "issuer", "skills"} <= {cell.strip().strip('"') for cell in header}


def _linked_data(text: str, name: str) -> list[Any]:
    """The JSON-LD of a saved web page, its damaged blocks left out."""
    found = []
    for block in _scripts(text):
        try:
            found.append(parse_json(block, name))
        except TableError:
            continue
    if not found:
        raise TableError(name, None, None, "there is no readable JSON-LD in the page; save the page as it was sent, with its scripts")
    return found


def _scripts(text: str) -> Iterator[str]:
    """The content of each JSON-LD script, in one pass."""
    opened = _SCRIPT.search(text)
    while opened is not None:
        closed = _SCRIPT_END.search(text, opened.end())
        if closed is None:
            return
        if "application/ld+json" in opened[1].lower():
            yield text[opened.end() : closed.start()]
        opened = _SCRIPT.search(text, closed.end())


_UNTOLD = "The file does not say how far its facts can be trusted: they count as reported by it, even where they were estimates."
_TOLD = "How far facts can be trusted is taken from the file, as mcgap wrote it there; what was verified counts as reported."
_DATED = ("hours", "cost", "assessment", "skills")


def _dated(c: Credential, source: str, as_of: str | None, notes: Notes) -> Credential:
    """The credential with the provenance of its imported facts: as the file tells it, else reported by the file."""
    filled = {"hours": c.hours, "cost": c.cost, "assessment": c.assessment, "skills": c.skills}
    told = {fact.field for fact in c.provenance}
    untold = tuple(Provenance(field, FactStatus.REPORTED, as_of, c.url or source) for field in _DATED if filled[field] and field not in told)
    notes.tell(_TOLD if told else _UNTOLD)
    facts = (*c.provenance, *untold)
    cost = replace(c.cost, as_of=c.cost.as_of or as_of) if c.cost else None
    return replace(c, provenance=facts, cost=cost)


# ── out ─────────────────────────────────────────────────────────────────────────────────────────

Writer = Callable[[Iterable[Credential], Taxonomy], tuple[Any, tuple[str, ...]]]
_WRITERS: dict[str, Writer] = {"ctdl": write_ctdl, "openbadges": write_achievements, "schema-org": write_schema_org}
EXPORTS = ("csv", "json", *_WRITERS)


def export_catalog(credentials: Iterable[Credential], taxonomy: Taxonomy, *, format: str = "csv") -> tuple[str, tuple[str, ...]]:
    """Credentials as a text of a format, and the names of our fields that the format cannot hold. Raises SettingsError."""
    if format == "csv":
        return to_csv(credentials)
    if format == "json":
        return to_json(credentials)
    if format not in _WRITERS:
        raise SettingsError(f"There is no export format {format!r}; choose one of {', '.join(EXPORTS)}.")
    data, lost = _WRITERS[format](credentials, taxonomy)
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n", lost
