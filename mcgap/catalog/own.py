"""Our own catalog format: entries of a CSV, JSON or YAML file as plain values, and back."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from mcgap.catalog.fields import COLUMNS, OPTIONAL_COLUMNS, REQUIRED_COLUMNS, cells_of_plain, plain_of, plain_of_cells
from mcgap.catalog.sources import check_size, parse_json, parse_yaml, read_text
from mcgap.errors import TableError
from mcgap.files import read_table
from mcgap.records import Credential

SCHEMA = "mcgap.catalog/1"
Raw = Callable[[], Mapping[str, Any]]
_FOREIGN = ("@context", "@graph", "@type", "certifications", "mergedCertifications", "modules", "learningPaths")


def read_own(path: Path) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """The entries of a catalog file as (row, plain values). The row of a JSON entry is its place, from 1.

    Raises TableError where the file cannot be read or is no catalog of ours.
    """
    for row, raw in raw_entries(path):
        yield row, raw()


def raw_entries(path: Path) -> Iterator[tuple[int, Raw]]:
    """The entries as (row, function that gives its plain values), so that one bad row does not hide the others."""
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        problem = "a catalog is a file named .csv, .json, .yaml or .yml; rename it, or see mcgap catalog import --help for other formats"
        raise TableError(path.name, None, None, problem)
    return reader(path)


def _read_csv(path: Path) -> Iterator[tuple[int, Raw]]:
    check_size(path)
    for row, cells in read_table(path, REQUIRED_COLUMNS, OPTIONAL_COLUMNS):
        yield row, _RawCells(cells, path.name, row)


class _RawCells:
    __slots__ = ("cells", "file", "row")

    def __init__(self, cells: dict[str, str], file: str, row: int) -> None:
        self.cells, self.file, self.row = cells, file, row

    def __call__(self) -> Mapping[str, Any]:
        return plain_of_cells(self.cells, self.file, self.row)


def _read_json(path: Path) -> Iterator[tuple[int, Raw]]:
    return entries_of(parse_json(read_text(path), path.name), path.name)


def _read_yaml(path: Path) -> Iterator[tuple[int, Raw]]:
    return entries_of(parse_yaml(read_text(path), path.name), path.name)


def entries_of(data: Any, name: str) -> Iterator[tuple[int, Raw]]:
    """The entries of parsed JSON or YAML: a list of credentials, or an object that holds one under ``credentials``."""
    if isinstance(data, dict) and any(key in data for key in _FOREIGN):
        raise TableError(name, None, None, "this is a catalog of another format; turn it into ours with: mcgap catalog import FILE")
    entries = data.get("credentials") if isinstance(data, dict) else data
    if not isinstance(entries, list):
        raise TableError(name, None, None, "there is no list of credentials in the file; see mcgap catalog template --format json")
    for row, entry in enumerate(entries, 1):
        yield row, _RawEntry(entry, name, row)


class _RawEntry:
    __slots__ = ("entry", "file", "row")

    def __init__(self, entry: Any, file: str, row: int) -> None:
        self.entry, self.file, self.row = entry, file, row

    def __call__(self) -> Mapping[str, Any]:
        if not isinstance(self.entry, dict):
            raise TableError(self.file, self.row, None, "this entry is no object; write one object for each credential")
        return self.entry


_READERS: dict[str, Callable[[Path], Iterator[tuple[int, Raw]]]] = {".csv": _read_csv, ".json": _read_json, ".yaml": _read_yaml, ".yml": _read_yaml}


# ── writing ─────────────────────────────────────────────────────────────────────────────────────


def to_csv(credentials: Iterable[Credential]) -> tuple[str, tuple[str, ...]]:
    """A CSV table, and the names of what its cells cannot hold."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    lost: list[str] = []
    for credential in credentials:
        cells, missing = cells_of_plain(plain_of(credential))
        writer.writerow(cells)
        lost.extend(missing)
    return out.getvalue(), tuple(dict.fromkeys(lost))


def to_json(credentials: Iterable[Credential]) -> tuple[str, tuple[str, ...]]:
    """Our JSON; it holds everything."""
    return json.dumps({"schema": SCHEMA, "credentials": [plain_of(c) for c in credentials]}, ensure_ascii=False, indent=1) + "\n", ()
