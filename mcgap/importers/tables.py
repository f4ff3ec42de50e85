"""Tables of others, read row by row: they may be large, and have columns that we do not use."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from mcgap.errors import TableError
from mcgap.files import largest_cell

_LARGEST_CELL = 16 * 1024 * 1024  # characters; csv's own limit of 131,072 is below the longest ESCO cells


def stream(path: Path, columns: Sequence[str], *, delimiter: str = ",") -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a table as (line number, cells by column), stripped. Columns beyond ``columns`` may be there or not.

    Raises TableError where the file cannot be read, is not UTF-8, lacks a column, or a row has too many or too few cells.
    """
    tabs = delimiter == "\t"
    with _opened(path) as file:
        reader = csv.reader(file, delimiter=delimiter, quoting=csv.QUOTE_NONE if tabs else csv.QUOTE_MINIMAL, strict=not tabs)
        yield from _rows(reader, path.name, columns, delimiter)


def header(path: Path, *, delimiter: str = ",") -> tuple[str, ...]:
    """The column names of a table; () for an empty file. Raises TableError where the file cannot be read."""
    with _opened(path) as file:
        return tuple(cell.strip() for cell in next(csv.reader(file, delimiter=delimiter), []))


@contextmanager
def _opened(path: Path) -> Iterator[TextIO]:
    """The file as text, with every failure to read it as a sentence."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file, largest_cell(_LARGEST_CELL):
            yield file
    except FileNotFoundError:
        raise TableError(str(path), None, None, "there is no such file; check the path") from None
    except IsADirectoryError:
        raise TableError(str(path), None, None, "this is a folder; name a file in it") from None
    except UnicodeDecodeError:
        raise TableError(path.name, None, None, "the file is not UTF-8; save it as UTF-8") from None
    except OSError as error:
        raise TableError(str(path), None, None, f"the file cannot be read: {error.strerror}") from None


def _rows(reader: Iterator[list[str]], name: str, columns: Sequence[str], delimiter: str) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        head = [cell.strip() for cell in next(reader, [])]
        for column in columns:
            if column not in head:
                separated = "tabs" if delimiter == "\t" else "commas"
                raise TableError(name, 1, column, f"this column is absent; expected a table with {separated} and the columns {', '.join(columns)}")
        for number, cells in enumerate(reader, 2):
            line: int = getattr(reader, "line_num", number)
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(head):
                raise TableError(name, line, None, f"{len(cells)} cells where the header has {len(head)}; download the file again or mend the row")
            yield line, dict(zip(head, (cell.strip() for cell in cells), strict=True))
    except csv.Error as error:
        raise TableError(name, getattr(reader, "line_num", None), None, f"this is not a row of the table: {error}") from None
