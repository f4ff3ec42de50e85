"""Entries from where they lie: the rows of a table, the files of a folder, and pairs of both by id."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

from mcgap.batch.columns import Columns, Wanted, find_columns
from mcgap.batch.parquet import ParquetTable, is_parquet
from mcgap.batch.records import Entry
from mcgap.batch.tables import Line, Rows, Table
from mcgap.errors import SettingsError
from mcgap.records import DocumentKind

_PAIR_COLUMNS = (("posting_id", "posting", "job_id", "job"), ("resume_id", "resume", "candidate_id", "candidate", "cv_id"))
_COMMIT = 5000


class TableSource:
    """The rows of a table as entries. ``note`` says which columns are used."""

    def __init__(self, name: str, kind: DocumentKind, wanted: Wanted) -> None:
        self.kind = kind
        self.table: Rows = ParquetTable(name) if is_parquet(name) else Table(name)
        self.columns = find_columns(self.table, kind, wanted)
        what = "Postings" if kind is DocumentKind.POSTING else "R\u00e9sum\u00e9s"
        self.note = f"{what} from {name}: {self.columns.say(self.table.header)}."

    def __iter__(self) -> Iterator[Entry]:
        for line in self.table:
            yield _entry(line, self.columns, self.kind)

    @property
    def paths(self) -> list[Path]:
        return self.table.paths

    @property
    def share(self) -> float | None:
        """The part of the bytes that has been read."""
        return self.table.at / self.table.size if self.table.size else None


class FolderSource:
    """The files of a folder as entries, by name; hidden files are left out. The id is the path in the folder."""

    def __init__(self, folder: Path, kind: DocumentKind) -> None:
        self.kind, self.folder = kind, folder
        self.paths = sorted(p for p in folder.rglob("*") if p.is_file() and not any(part.startswith(".") for part in p.relative_to(folder).parts))
        if not self.paths:
            raise SettingsError(f"{folder} holds no files; name a folder with r\u00e9sum\u00e9s (pdf, docx, txt, html) or a CSV file.")
        self.note = f"R\u00e9sum\u00e9s from {folder}: {len(self.paths)} files."
        self.share: float | None = None

    def __iter__(self) -> Iterator[Entry]:
        for number, path in enumerate(self.paths, 1):
            yield Entry(number, path.relative_to(self.folder).as_posix(), path=str(path))


Source = TableSource | FolderSource


def open_source(name: str, kind: DocumentKind, wanted: Wanted) -> Source:
    """A table, or for r\u00e9sum\u00e9s a folder of files. Raises McgapError."""
    path = Path(name)
    if path.is_dir() and kind is DocumentKind.RESUME:
        return FolderSource(path, kind)
    return TableSource(name, kind, wanted)


def same_rows(postings: Source, resumes: Source) -> Iterator[tuple[Entry, Entry]]:
    """Row by row; where one table is longer, the partner of a row is an entry in error."""
    for number, (posting, resume) in enumerate(zip_longest(postings, resumes), 1):
        yield (
            posting or Entry(number, "", error=f"Row {number}: there is no posting in this row; the table of r\u00e9sum\u00e9s is longer."),
            resume or Entry(number, "", error=f"Row {number}: there is no r\u00e9sum\u00e9 in this row; the table of postings is longer."),
        )


class PairSource:
    """Pairs named by id in a table of their own. Both sides lie in a file on disk, so that memory stays flat. Close it after use."""

    def __init__(self, name: str, postings: Source, resumes: Source) -> None:
        self.table = Table(name)
        self.postings, self.resumes = postings, resumes
        self.places = [_pair_column(self.table, names, n) for n, names in enumerate(_PAIR_COLUMNS)]
        chosen = [self.table.header[n] for n in self.places]
        self.note = f"Pairs from {name}: postings by \u201c{chosen[0]}\u201d, r\u00e9sum\u00e9s by \u201c{chosen[1]}\u201d."
        self._folder = tempfile.TemporaryDirectory(prefix="mcgap-")
        self._store = sqlite3.connect(Path(self._folder.name) / "entries.db")

    def close(self) -> None:
        self._store.close()
        self._folder.cleanup()

    @property
    def share(self) -> float | None:
        return self.table.at / self.table.size if self.table.size else None

    def __iter__(self) -> Iterator[tuple[Entry, Entry]]:
        self._fill("posting", self.postings)
        self._fill("resume", self.resumes)
        for line in self.table:
            if line.error:
                yield Entry(line.number, "", error=line.error), Entry(line.number, "")
                continue
            names = [line.cells[n].strip() for n in self.places]
            yield self._find("posting", names[0], self.postings), self._find("resume", names[1], self.resumes)

    def _fill(self, kind: str, source: Source) -> None:
        self._store.execute("pragma journal_mode=off")
        self._store.execute(f"create table {kind} (number integer primary key, id text, text text, title text, path text, error text)")
        for n, e in enumerate(source):
            self._store.execute(f"insert into {kind} values (?, ?, ?, ?, ?, ?)", (e.number, e.id, e.text, e.title, e.path, e.error))
            if n % _COMMIT == 0:
                self._store.commit()
        self._store.execute(f"create index {kind}_id on {kind} (id)")
        self._store.commit()

    def _find(self, kind: str, name: str, source: Source) -> Entry:
        found = self._store.execute(f"select number, id, text, title, path, error from {kind} where id = ? order by number limit 2", (name,)).fetchall()
        what = "posting" if kind == "posting" else "r\u00e9sum\u00e9"
        if not found:
            return Entry(0, name, error=f"There is no {what} with the id {name!r}; mend the pair, or name the id column of the {what}s.")
        if len(found) > 1:
            return Entry(0, name, error=f"The id {name!r} stands on rows {found[0][0]} and {found[1][0]} of the {what}s; make ids unique.")
        return Entry(*found[0])


def _pair_column(table: Table, names: tuple[str, ...], place: int) -> int:
    keys = [column.casefold().replace(" ", "_").replace("\u00e9", "e") for column in table.header]
    found = next((keys.index(name) for name in names if name in keys), None)
    if found is not None:
        return found
    if len(table.header) == 2 and not any(key in known for key in keys for known in _PAIR_COLUMNS):
        return place
    raise SettingsError(f"{table.name} has no column {names[0]!r}; give a CSV file with the columns posting_id and resume_id.")


def _entry(line: Line, columns: Columns, kind: DocumentKind) -> Entry:
    name = line.cells[columns.id].strip() if columns.id is not None and columns.id < len(line.cells) else ""
    if line.error:
        return Entry(line.number, name or str(line.number), error=line.error)
    text = "\n\n".join(part for n in columns.text if (part := line.cells[n]).strip())
    title = " ".join(line.cells[columns.title].split()) if columns.title is not None else ""
    if not text.strip("\ufeff \t\r\n\f\v\0\xa0"):
        what = "posting" if kind is DocumentKind.POSTING else "r\u00e9sum\u00e9"
        empty = f"Row {line.number}: the text of this {what} is empty; fill it in or remove the row."
        return Entry(line.number, name or str(line.number), title=title, error=empty)
    return Entry(line.number, name or str(line.number), text, title)
