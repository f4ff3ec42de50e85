"""The postings that our own labels are of: offsets and letters stand in our tables, the texts in the CSV that was labelled."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from mcgap.errors import TableError
from mcgap.files import read_table
from mcgap.text import fingerprint


def labelled_postings(texts: Path, labels: Path, column: str) -> Iterator[tuple[str, str, str]]:
    """The fingerprint and text (title, line break, description) of each labelled posting of a CSV with the columns title and description, and what
    stands in a column of the table of labels, in its order.

    Raises TableError where a text is not the one labelled.
    """
    with texts.open(encoding="utf-8", errors="replace", newline="") as file:
        postings = [f"{row['title'].strip()}\n{row['description']}" for row in csv.DictReader(file)]
    for number, row in read_table(labels, ("posting", "sha1", column)):
        n = int(row["posting"])
        if n >= len(postings) or fingerprint(postings[n]) != row["sha1"]:
            raise TableError(labels.name, number, "posting", "the CSV holds another text at this row; give the file that was labelled")
        yield row["sha1"], postings[n], row[column]
