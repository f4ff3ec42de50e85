"""``many``: tables of postings of any length."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from mcgap.files import shipped


@pytest.fixture
def many(tmp_path: Path) -> Callable[[int], str]:
    """The sample postings again and again, with every seventh in error, as a CSV file of so many rows."""

    def write(times: int) -> str:
        with shipped("data/samples/postings.csv").open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
        path = tmp_path / "many.csv"
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(("id", "title", "description"))
            for n in range(times):
                row = rows[n % len(rows)]
                writer.writerow((f"p{n}", row["title"], "" if n % 7 == 3 else row["description"]))
        return str(path)

    return write
