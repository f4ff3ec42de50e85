"""Our own catalog format: entries of a CSV, JSON or YAML file as plain values."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from mcgap.catalog.fields import OPTIONAL_COLUMNS, REQUIRED_COLUMNS, plain_of_cells
from mcgap.catalog.sources import check_size, parse_json, parse_yaml, read_text
from mcgap.errors import TableError
from mcgap.files import read_table

SCHEMA = "mcgap.catalog/1"
Entry = tuple[int, dict[str, Any]]


def read_own(path: Path) -> Iterator[Entry]:
    """The entries of a catalog file as (row, plain values). The row of a JSON entry is its place, from 1.

    Raises TableError where the file cannot be read or is no catalog of ours.
    """
    suffix = path.suffix.lower()
    if suffix not in _READERS:
        raise TableError(path.name, None, None, f"a catalog is a file named .csv, .json, .yaml or .yml, not {suffix or 'without an ending'!s}; for other formats see mcgap catalog import --help")
    return _READERS[suffix](path)


def _read_csv(path: Path) -> Iterator[Entry]:
    check_size(path)
    for row, cells in read_table(path, REQUIRED_COLUMNS, OPTIONAL_COLUMNS):
        yield row, plain_of_cells(cells, path.name, row)


def _read_json(path: Path) -> Iterator[Entry]:
    yield from entries_of(parse_json(read_text(path), path.name), path.name)


def _read_yaml(path: Path) -> Iterator[Entry]:
    yield from entries_of(parse_yaml(read_text(path), path.name), path.name)


def entries_of(data: Any, name: str) -> Iterator[Entry]:
    """The entries of parsed JSON or YAML: a list of credentials, or an object that holds one under ``credentials``."""
    if isinstance(data, dict) and any(key in data for key in ("@context", "@graph", "@type", "certifications", "modules")):
        raise TableError(name, None, None, "this is a catalog of another format; turn it into ours with: mcgap catalog import FILE")
    entries = data.get("credentials") if isinstance(data, dict) else data
    if not isinstance(entries, list):
        raise TableError(name, None, None, "there is no list of credentials in the file; see mcgap catalog template --format json")
    for row, entry in enumerate(entries, 1):
        if not isinstance(entry, dict):
            raise TableError(name, row, None, "this entry is no object; write one object for each credential")
        yield row, entry


_READERS: dict[str, Callable[[Path], Iterator[Entry]]] = {".csv": _read_csv, ".json": _read_json, ".yaml": _read_yaml, ".yml": _read_yaml}
