"""Which column holds the text, the title and the id: as given, else guessed by name, else the longest text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mcgap.batch.tables import Line, Rows
from mcgap.errors import SettingsError
from mcgap.records import DocumentKind

# Names as people write them, likeliest first; compared without case, spaces and signs.
_TEXT = {
    DocumentKind.POSTING: (
        "description", "job description", "posting", "posting text", "job posting", "jobdesc", "job desc", "jd", "full description", "job text", "vacancy",
        "text", "body", "content", "details", "job details", "requirements", "summary",
    ),
    DocumentKind.RESUME: (
        "resume", "resume text", "resume str", "cv", "cv text", "resume content", "profile", "text", "body", "content", "summary", "description",
    ),
}  # fmt: skip
_TITLE = ("title", "job title", "position", "position title", "job", "role", "vacancy title", "jobtitle")
_ID = {
    DocumentKind.POSTING: ("posting id", "job id", "vacancy id", "id", "ref", "reference", "uid", "uuid", "key", "number", "no"),
    DocumentKind.RESUME: ("resume id", "candidate id", "applicant id", "cv id", "person id", "id", "ref", "reference", "uid", "uuid", "key", "number", "no"),
}
_SAMPLE = 50
# A column whose cells are shorter than this on average is no text.
_MIN_TEXT = 20


@dataclass(frozen=True, slots=True)
class Columns:
    """Column numbers: the text (several are joined by a blank line), the title and the id; None where there is none."""

    text: tuple[int, ...]
    title: int | None
    id: int | None

    def say(self, header: Sequence[str]) -> str:
        """Which columns are used, for people."""
        parts = [f"text from {' + '.join(_quoted(header[n]) for n in self.text)}"]
        if self.title is not None:
            parts.append(f"title from {_quoted(header[self.title])}")
        parts.append(f"id from {_quoted(header[self.id])}" if self.id is not None else "id: the row number")
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Column names that the user gave; empty where they are to be guessed. ``text`` may name several with "+" between."""

    text: str = ""
    title: str = ""
    id: str = ""


def find_columns(table: Rows, kind: DocumentKind, wanted: Wanted) -> Columns:
    """The columns of a table of postings or résumés. Raises SettingsError where a name is not there or no text can be found."""
    keys = [_key(name) for name in table.header]
    text = tuple(_given(table, name, kind) for name in _several(table, wanted.text)) if wanted.text else _guessed_text(table, kind, keys)
    title = _given(table, wanted.title, kind) if wanted.title else _first(keys, _TITLE) if kind is DocumentKind.POSTING else None
    number = _given(table, wanted.id, kind) if wanted.id else _first(keys, _ID[kind])
    return Columns(text, title if title not in text else None, number if number not in text else None)


def _several(table: Rows, names: str) -> list[str]:
    return [names] if names in table.header else [name.strip() for name in names.split("+")]


def _given(table: Rows, name: str, kind: DocumentKind) -> int:
    keys = [_key(column) for column in table.header]
    if name in table.header:
        return table.header.index(name)
    if _key(name) in keys:
        return keys.index(_key(name))
    raise SettingsError(f"{table.name} has no column {name!r}; it has {', '.join(_quoted(c) for c in table.header)}. Name one of them for the {_NAMES[kind]}.")


def _first(keys: list[str], names: Sequence[str]) -> int | None:
    return next((keys.index(_key(name)) for name in names if _key(name) in keys), None)


def _guessed_text(table: Rows, kind: DocumentKind, keys: list[str]) -> tuple[int, ...]:
    named = _first(keys, _TEXT[kind])
    if named is not None:
        return (named,)
    lengths = _lengths(table.sample(_SAMPLE), len(keys))
    longest = max(range(len(keys)), key=lambda n: (lengths[n], -n))
    if lengths[longest] < _MIN_TEXT:
        option = "--posting-column" if kind is DocumentKind.POSTING else "--resume-column"
        names = ", ".join(_quoted(c) for c in table.header)
        raise SettingsError(f"No column of {table.name} reads like the text of a {_NAMES[kind][:-1]}; name it with {option}: {names}.")
    return (longest,)


def _lengths(lines: Sequence[Line], width: int) -> list[float]:
    """The mean length of the cells of each column."""
    rows = [line.cells for line in lines if not line.error]
    return [sum(len(cells[n]) for cells in rows) / max(1, len(rows)) for n in range(width)]


_NAMES = {DocumentKind.POSTING: "postings", DocumentKind.RESUME: "résumés"}


def _key(name: str) -> str:
    return "".join(c for c in name.casefold().replace("\u00e9", "e") if c.isalnum())


def _quoted(name: str) -> str:
    return f"\u201c{name}\u201d"
