"""Where the shipped tables and models are, in a wheel as in a checkout, and how what was made of them is kept."""

from __future__ import annotations

import csv
import os
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

from mcgap.errors import TableError

_LARGEST_CELL = 131_072
# Of each kind of file in a cache folder so many stay: one for each of a user's tables and versions in turn, some ten megabytes each.
MOST_KEPT = 8
_LEFT_BEHIND = 86_400.0  # seconds: no process writes one file for so long
_HERE = Path(__file__).resolve().parent


def shipped(name: str) -> Path:
    """The path of a shipped file such as ``data/issuers.csv``.

    A wheel carries data/ and models/ in ``mcgap/_shipped``; in a checkout they stand beside the package.
    """
    inside = _HERE / "_shipped" / name
    return inside if inside.exists() else _HERE.parent / name


def keep(content: bytes | memoryview, path: Path) -> None:
    """Leave a file in a cache folder, and remove those of its kind that were used longest ago, down to ``MOST_KEPT``.

    Each process writes its own and renames it; a folder that cannot be written is no error.
    """
    import tempfile

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".part")
    except OSError:
        return
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        return
    _clear(path)


def mark_used(path: Path) -> None:
    """Say that a file of a cache folder was used now, so that others are removed before it. A folder that cannot be written is no error."""
    with suppress(OSError):
        os.utime(path)


def _clear(kept: Path) -> None:
    """Remove what is too many of the kind of a file just kept, "vectors-….npy", and halves that a process left which was ended.

    Whoever removes a file that another process is about to read makes it build that file anew; one that is open or mapped stays readable, or stays.
    """
    kind, dash, _ = kept.name.partition("-")
    if not dash:
        return
    known = _by_use(kept.parent.glob(f"{kind}-*{kept.suffix}"))
    halves = [(used, path) for used, path in _by_use(kept.parent.glob(f"{kind}-*.part")) if used < time.time() - _LEFT_BEHIND]
    for _, path in (*[item for item in known if item[1] != kept][: -MOST_KEPT + 1 or None], *halves):
        with suppress(OSError):
            path.unlink()


def _by_use(paths: Iterable[Path]) -> list[tuple[float, Path]]:
    """Files with when they were last used, longest ago first; what another process has just removed is left out."""
    found = []
    for path in paths:
        with suppress(OSError):
            found.append((path.stat().st_mtime, path))
    return sorted(found)


def read_table(path: Path, columns: tuple[str, ...], optional: tuple[str, ...] = ()) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a CSV table as (row number, cells); the header is row 1.

    Raises TableError where the file cannot be read, a column is absent or unknown, or a row has too
    many or too few cells. Cells are stripped.
    """
    name = path.name
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise TableError(str(path), None, None, "there is no such file; check the path") from None
    except IsADirectoryError:
        raise TableError(str(path), None, None, "this is a folder; name a CSV file") from None
    except UnicodeDecodeError as error:
        raise TableError(name, None, None, f"the file is not UTF-8 (byte {error.start}); save it as UTF-8") from None
    except OSError as error:
        raise TableError(str(path), None, None, f"the file cannot be read: {error.strerror}") from None
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    with largest_cell():
        yield from _rows(reader, name, columns, optional)


@contextmanager
def largest_cell(size: int = _LARGEST_CELL) -> Iterator[None]:
    """The most characters that ``csv`` takes in one cell, for a while: the limit is one for the whole process."""
    before = csv.field_size_limit(size)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _rows(reader: Any, name: str, columns: Sequence[str], optional: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        header = [cell.strip() for cell in next(reader, [])]
        for column in columns:
            if column not in header:
                raise TableError(name, 1, column, f"this column is absent; the header must have {', '.join(columns)}")
        for column in header:
            if column not in columns and column not in optional:
                raise TableError(name, 1, column, "this column is unknown; remove it or mend its name")
        absent = [column for column in optional if column not in header]
        for cells in reader:
            if not cells:
                continue
            if len(cells) != len(header):
                raise TableError(name, reader.line_num, None, f"{len(cells)} cells where the header has {len(header)}; quote cells that hold a comma")
            row = dict(zip(header, [cell.strip() for cell in cells], strict=True))
            for column in absent:
                row[column] = ""
            yield reader.line_num, row
    except csv.Error as error:
        raise TableError(name, reader.line_num, None, f"this is not a CSV row: {error}") from None


@lru_cache(maxsize=32)
def shipped_rows(name: str, columns: tuple[str, ...], optional: tuple[str, ...] = ()) -> tuple[dict[str, str], ...]:
    """The rows of a shipped table, read once."""
    return tuple(row for _, row in read_table(shipped(name), columns, optional))


@lru_cache(maxsize=64)
def word_list(name: str) -> frozenset[str]:
    """One list of data/word_lists.csv, as folded words."""
    return frozenset(row["word"] for row in shipped_rows("data/word_lists.csv", ("list", "word")) if row["list"] == name)
