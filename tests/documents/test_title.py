"""Titles of plain postings: rows of title.csv, where "|" stands for a new line."""

import csv
from pathlib import Path

import pytest

from mcgap.documents import find_title

with (Path(__file__).parent / "title.csv").open(encoding="utf-8", newline="") as table:
    ROWS = list(csv.DictReader(table))


@pytest.mark.parametrize("row", ROWS, ids=[row["note"] for row in ROWS])
def test_title(row: dict[str, str]) -> None:
    assert find_title(row["text"].replace("|", "\n")) == (row["title"] or None)
