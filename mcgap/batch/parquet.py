"""Parquet in and out, with the extra mcgap[parquet]."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from mcgap.batch.records import LISTS, NUMBERS
from mcgap.batch.tables import Line, find_paths
from mcgap.errors import MissingExtraError, TableError

_ROWS = 2048
_SUFFIXES = (".parquet", ".pq")


def is_parquet(name: str) -> bool:
    return name.lower().endswith(_SUFFIXES)


def load_pyarrow() -> tuple[Any, Any]:
    """pyarrow and its parquet module. Raises MissingExtraError."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise MissingExtraError("Parquet", "parquet") from None
    return pyarrow, pyarrow.parquet


class ParquetTable:
    """One or more Parquet files with the same columns, read as a stream as often as it is iterated."""

    def __init__(self, name: str) -> None:
        arrow, self._parquet = load_pyarrow()
        self.name = name
        self.paths = find_paths(name)
        self.size = sum(path.stat().st_size for path in self.paths)
        self.at = 0
        try:
            self.header: tuple[str, ...] = tuple(self._parquet.read_schema(self.paths[0]).names)
        except arrow.ArrowInvalid:
            raise TableError(str(self.paths[0]), None, None, "this is no Parquet file, or it is damaged; write it again") from None

    def __iter__(self) -> Iterator[Line]:
        number = done = 0
        for path in self.paths:
            with self._parquet.ParquetFile(path) as file:
                if tuple(file.schema_arrow.names) != self.header:
                    raise TableError(str(path), None, None, f"the columns differ from those of {self.paths[0]}; give files with the same columns")
                size, rows, first = path.stat().st_size, max(1, file.metadata.num_rows), number
                for batch in file.iter_batches(_ROWS):
                    for cells in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                        number += 1
                        self.at = done + size * (number - first) // rows
                        yield Line(number, tuple("" if cell is None else str(cell) for cell in cells))
            done += size
        self.at = self.size

    def records(self) -> Iterator[dict[str, Any]]:
        """The rows with their values as they are."""
        for path in self.paths:
            with self._parquet.ParquetFile(path) as file:
                for batch in file.iter_batches(_ROWS):
                    yield from batch.to_pylist()

    def sample(self, count: int) -> list[Line]:
        """The first rows."""
        return [line for line, _ in zip(self, range(count), strict=False)]


def write_parquet(lines: Path, columns: Sequence[str], out: Path) -> None:
    """JSON lines as a Parquet file with these columns: lists of strings, doubles and strings."""
    arrow, parquet = load_pyarrow()
    kinds = {**dict.fromkeys(LISTS, arrow.list_(arrow.string())), **dict.fromkeys(NUMBERS, arrow.float64())}
    schema = arrow.schema([(name, kinds.get(name, arrow.string())) for name in columns])
    with parquet.ParquetWriter(out, schema) as writer, lines.open(encoding="utf-8") as stream:
        block: list[dict[str, Any]] = []
        for line in stream:
            block.append(json.loads(line))
            if len(block) == _ROWS:
                writer.write_table(arrow.Table.from_pylist(block, schema))
                block = []
        writer.write_table(arrow.Table.from_pylist(block, schema))
