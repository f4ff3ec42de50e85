"""Reading CSV files as people have them: any encoding, any separator, quotes left open, cells of megabytes."""

from __future__ import annotations

import codecs
import csv
import glob
import io
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol, TextIO

from mcgap.errors import TableError

# The largest cell that is read; a larger one is a quote that was never closed.
MAX_CELL = 20 * 1024 * 1024
_SEPARATORS = ",;\t|"
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_FALLBACK = "mcgap-cp1252"


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    """Bytes that are not UTF-8 are read as Windows-1252, the usual case in exports; the rest of the file stays UTF-8."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", errors="replace"), error.end


codecs.register_error(_FALLBACK, _as_cp1252)


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table: its number (the first after the header is 1), its cells, or why it has none."""

    number: int
    cells: tuple[str, ...]
    error: str = ""


class Rows(Protocol):
    """A table of any format: its column names, its rows as often as it is iterated, and how much of its ``size`` in bytes has been read."""

    name: str
    paths: list[Path]
    header: tuple[str, ...]
    size: int
    at: int

    def __iter__(self) -> Iterator[Line]: ...

    def sample(self, count: int) -> list[Line]:
        """The first rows."""
        ...


class Table:
    """One or more CSV files with the same header, read as a stream as often as it is iterated.

    ``name`` may be a pattern ("postings/*.csv"); the files then follow each other by name. Raises TableError.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.paths = find_paths(name)
        self.size = sum(path.stat().st_size for path in self.paths)
        self.at = 0
        with _open(self.paths[0]) as (_, stream):
            self.header, self._separator = _header(stream, self.paths[0])

    def __iter__(self) -> Iterator[Line]:
        number = done = 0
        for path in self.paths:
            with _open(path) as (raw, stream):
                header, separator = _header(stream, path)
                if header != self.header:
                    raise TableError(str(path), 1, None, f"the header differs from that of {self.paths[0]}; give files with the same columns")
                for cells, error in _records(stream, separator):
                    number += 1
                    self.at = done + min(raw.tell(), path.stat().st_size)
                    yield _line(number, cells, len(header), error)
            done += path.stat().st_size
        self.at = self.size

    def sample(self, count: int) -> list[Line]:
        """The first rows."""
        found = []
        for line in self:
            found.append(line)
            if len(found) == count:
                break
        return found


def find_paths(name: str) -> list[Path]:
    """The files that a name or pattern stands for, by name. Raises TableError where there is none."""
    path = Path(name)
    if path.is_dir():
        raise TableError(name, None, None, "this is a folder; name a CSV file, or a pattern such as folder/*.csv in quotes")
    if path.exists():
        return [path]
    found = [Path(p) for p in sorted(glob.glob(name)) if Path(p).is_file()]  # noqa: PTH207 - a pattern may be absolute
    if not found:
        raise TableError(name, None, None, "there is no such file; check the path")
    return found


class _open:
    """A file as (bytes, text), decoded by its byte order mark, else as UTF-8 with Windows-1252 where that fails."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> tuple[BinaryIO, TextIO]:
        try:
            raw = self.path.open("rb")
        except OSError as error:
            raise TableError(str(self.path), None, None, f"the file cannot be read ({error.strerror}); check its permissions") from None
        head = raw.read(4)
        raw.seek(0)
        if head[:2] == b"PK" or head[:4] == b"\xd0\xcf\x11\xe0":
            raw.close()
            raise TableError(str(self.path), None, None, "this is a spreadsheet or an archive; open it and save it as CSV")
        wide = head[:2] in _UTF16
        self.stream = io.TextIOWrapper(raw, encoding="utf-16" if wide else "utf-8-sig", errors="replace" if wide else _FALLBACK, newline="")
        return raw, self.stream

    def __exit__(self, *problem: object) -> None:
        self.stream.close()


def _header(stream: TextIO, path: Path) -> tuple[tuple[str, ...], str]:
    """The column names and the separator. Excel's own "sep=;" line is obeyed."""
    csv.field_size_limit(min(MAX_CELL, sys.maxsize))
    first = stream.readline()
    separator = ""
    if first.lower().startswith("sep=") and len(first.strip()) == 5:
        separator = first[4]
        first = stream.readline()
    while first and not first.strip():
        first = stream.readline()
    if not first.strip():
        raise TableError(str(path), None, None, "the file is empty; give a CSV file with a header")
    separator = separator or _separator_of(first)
    while first.count('"') % 2 and (more := stream.readline()):
        first += more  # a column name with a line break in it
    header = tuple(cell.strip() for cell in next(csv.reader(first.splitlines(keepends=True), delimiter=separator)))
    return header, separator


def _separator_of(line: str) -> str:
    bare = "".join(part for n, part in enumerate(line.split('"')) if n % 2 == 0)
    return max(_SEPARATORS, key=bare.count)


class _Lines:
    """Lines of a stream that remember those of the record being read, so that they can be given back."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.record: list[str] = []
        self.waiting: list[str] = []
        self.ended = False

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self.waiting.pop() if self.waiting else next(self.stream, "")
        if not line:
            self.ended = True
            raise StopIteration
        self.record.append(line)
        return line

    def give_back(self) -> None:
        """All lines of this record but its first are to be read again."""
        self.waiting.extend(reversed(self.record[1:]))


def _records(stream: TextIO, separator: str) -> Iterator[tuple[list[str], str]]:
    """Each record's cells and "", or nothing and a sentence. A quote that is never closed costs its own line, not the rest of the file."""
    lines = _Lines(stream)
    reader = csv.reader(lines, delimiter=separator)
    while True:
        lines.record, lines.ended = [], False
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if len(lines.record) > 1:
                lines.give_back()
                yield [], "a quote is opened and not closed; close it, or double it where it is part of the text"
            else:
                yield [], f"this row cannot be read ({error}); mend it and run again"
            continue
        if lines.ended and len(lines.record) > 1:  # the file ended inside quotes
            lines.give_back()
            yield [], "a quote is opened and not closed; close it, or double it where it is part of the text"
        elif cells:
            yield cells, ""


def _line(number: int, cells: Sequence[str], width: int, error: str) -> Line:
    if error:
        return Line(number, (), _sentence(number, error))
    while len(cells) > width and not cells[-1].strip():
        cells = cells[:-1]
    if len(cells) > width:
        problem = f"{len(cells)} cells where the header has {width}; put quotes around text that holds the separator"
        return Line(number, tuple(cells), _sentence(number, problem))
    return Line(number, (*cells, *[""] * (width - len(cells))))


def _sentence(number: int, problem: str) -> str:
    return f"Row {number}: {problem}."
