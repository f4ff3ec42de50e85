"""The result file: written beside its name, with a journal, and renamed when it is whole."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO

from mcgap.batch.parquet import load_pyarrow, write_parquet
from mcgap.batch.records import LISTS, Cell, Row
from mcgap.errors import SettingsError

FORMATS = {".csv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".parquet": "parquet", ".pq": "parquet"}
ERROR_COLUMNS = ("posting_id", "resume_id", "error")
# What makes a spreadsheet run a cell as a formula, in plain and in full width.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_QUOTED = frozenset(',;\t|"\n\r')


@dataclass(frozen=True, slots=True)
class Mark:
    """A point from which a run can go on: what is done, and how long the files were then."""

    tasks: int = 0
    rows: int = 0
    failed: int = 0
    bytes: int = 0
    error_bytes: int = 0


class Output:
    """Rows on their way to ``path``: first in ``path.part`` with the journal ``path.journal``, under its own name when finished.

    ``job`` tells one batch from another; ``going_on`` takes up an unfinished one of the same job. Raises SettingsError.
    """

    def __init__(self, path: Path, columns: Sequence[str], *, job: str, day: str, errors: Path | None = None, going_on: bool = False) -> None:
        self.path, self.columns, self.errors = path, tuple(columns), errors
        self.form = form_of(path)
        if self.form == "parquet":
            load_pyarrow()
        self.part, self.journal = path.with_name(path.name + ".part"), path.with_name(path.name + ".journal")
        self.error_part = errors.with_name(errors.name + ".part") if errors is not None else None
        try:
            self._start(job, day, going_on)
        except OSError as error:
            raise SettingsError(f"{path} cannot be written ({error.strerror}); name another file with -o.") from None

    def _start(self, job: str, day: str, going_on: bool) -> None:
        self.mark = self._last_mark(job) if going_on else Mark()
        fresh = self.mark.tasks == 0
        self._rows = _open_at(self.part, self.mark.bytes)
        self._errors = _open_at(self.error_part, self.mark.error_bytes) if self.error_part is not None else None
        self._log = self.journal.open("w" if fresh else "a", encoding="utf-8", newline="\n")
        if fresh:
            self._note({"job": job, "day": day})
            if self.form == "csv":
                self._rows.write(csv_line(self.columns))
            if self._errors is not None:
                self._errors.write(csv_line(ERROR_COLUMNS))
        else:
            self._note(asdict(self.mark))  # a line that was cut short stands before it

    def add(self, rows: Iterable[Row]) -> None:
        """The rows of one task. What is added when a process is killed later is not lost."""
        count = failed = 0
        line = csv_of if self.form == "csv" else json_of
        for row in rows:
            count += 1
            self._rows.write(line(row, self.columns))
            if row["error"]:
                failed += 1
                if self._errors is not None:
                    self._errors.write(csv_of({name: row.get(name) for name in ERROR_COLUMNS}, ERROR_COLUMNS))
        self._rows.flush()
        if self._errors is not None:
            self._errors.flush()
        m = self.mark
        self.mark = Mark(m.tasks + 1, m.rows + count, m.failed + failed, self._rows.tell(), self._errors.tell() if self._errors is not None else 0)
        self._note(asdict(self.mark))

    def finish(self) -> None:
        """Everything is there: put the files under their own names."""
        self.stop()
        if self.form == "parquet":
            whole = self.path.with_name(self.path.name + ".whole")
            write_parquet(self.part, self.columns, whole)
            whole.replace(self.path)
            self.part.unlink()
        else:
            self.part.replace(self.path)
        if self.error_part is not None and self.errors is not None:
            self.error_part.replace(self.errors)
        self.journal.unlink()

    def stop(self) -> None:
        """Close the files as they are, for a later --continue."""
        for stream in (self._rows, self._errors, self._log):
            if stream is not None:
                stream.close()

    def _note(self, entry: dict[str, Any]) -> None:
        self._log.write("\n" + json.dumps(entry))
        self._log.flush()

    def _last_mark(self, job: str) -> Mark:
        """The last point of an unfinished run that both files still reach; none without an unfinished run."""
        entries = read_journal(self.journal)
        if not entries or not self.part.exists():
            return Mark()
        if entries[0].get("job") != job:
            raise SettingsError(f"{self.part} was begun with other input or options; repeat the same command with --continue, or leave it out to begin anew.")
        size = self.part.stat().st_size
        error_size = self.error_part.stat().st_size if self.error_part is not None and self.error_part.exists() else 0
        marks = [Mark(**entry) for entry in entries[1:]]
        return next((m for m in reversed(marks) if m.bytes <= size and m.error_bytes <= error_size), Mark())


def form_of(path: Path) -> str:
    """csv, jsonl or parquet, by the suffix. Raises SettingsError."""
    form = FORMATS.get(path.suffix.lower())
    if form is None:
        raise SettingsError(f"{path} has no suffix that says what to write; name it .csv, .jsonl or .parquet.")
    return form


def read_journal(path: Path) -> list[dict[str, Any]]:
    """The whole lines of a journal; the last one may have been cut short."""
    entries = []
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except OSError:
        return []
    for line in filter(None, lines):
        try:
            entries.append(json.loads(line))
        except ValueError:
            continue
    return entries


def _open_at(path: Path, size: int) -> BinaryIO:
    """A file to write from ``size`` on; what stood after it is cut off."""
    stream = path.open("r+b" if size and path.exists() else "wb")
    stream.seek(size)
    stream.truncate()
    return stream


# ── cells ───────────────────────────────────────────────────────────────────────────────────────


def csv_of(row: Row, columns: Sequence[str]) -> bytes:
    """A row as a line of CSV: names joined with "; ", nothing that a spreadsheet would run."""
    return csv_line([harmless(cell_text(row.get(name))) for name in columns])


def csv_line(cells: Iterable[str]) -> bytes:
    return (",".join(_csv_cell(cell) for cell in cells) + "\n").encode("utf-8", errors="replace")


def json_of(row: Row, columns: Sequence[str]) -> bytes:
    """A row as a line of JSON, with lists and numbers as such."""
    plain = {name: _json_cell(name, row.get(name)) for name in columns}
    return (json.dumps(plain, ensure_ascii=False) + "\n").encode("utf-8", errors="replace")


def cell_text(cell: Cell) -> str:
    """A cell as text.

    >>> cell_text(("Python", "SQL")), cell_text(12.0), cell_text(0.625), cell_text(None)
    ('Python; SQL', '12', '0.625', '')
    """
    if cell is None:
        return ""
    if isinstance(cell, tuple):
        return "; ".join(cell)
    if isinstance(cell, str):
        return cell
    return str(int(cell)) if cell == int(cell) else repr(float(cell))


def harmless(text: str) -> str:
    """A cell that a spreadsheet shows and does not run: one that begins like a formula gets an apostrophe before it.

    >>> harmless('=HYPERLINK("x")'), harmless("C++")
    ('\\'=HYPERLINK("x")', 'C++')
    """
    return "'" + text if text.startswith(FORMULA) else text


def _csv_cell(text: str) -> str:
    # Other separators are quoted, too: where a semicolon separates, "x;=1" must stay one cell.
    return text if _QUOTED.isdisjoint(text) else '"' + text.replace('"', '""') + '"'


def _json_cell(name: str, cell: Cell) -> Any:
    if name in LISTS:
        return list(cell) if isinstance(cell, tuple) else []
    return cell
