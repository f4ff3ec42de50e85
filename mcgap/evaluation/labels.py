"""Hand labels as written by people: skills with spans, strengths, groups and years, traps, gaps.

A label file is JSON: ``skills`` with text, nth (which occurrence of that text), skill, kind,
requirement (posting) or evidence (résumé), group, years, negated; ``not_skills`` with text and nth.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mcgap.errors import DocumentError
from mcgap.text import fingerprint

KEPT_ASIDE = Path(__file__).parent / "kept_aside.jsonl"


@dataclass(frozen=True, slots=True)
class Labelled:
    """One labelled mention. ``level`` is a posting's requirement or a résumé's evidence."""

    skill: str
    start: int
    end: int
    kind: str
    level: str | None
    group: str | None = None
    years: float | None = None
    negated: bool = False


@dataclass(frozen=True, slots=True)
class LabelledDocument:
    stem: str
    text: str
    path: Path
    mentions: tuple[Labelled, ...]
    degrees: tuple[tuple[int, int], ...]
    traps: tuple[tuple[int, int], ...]
    raw: dict[str, Any] = field(default_factory=dict)


def read_labels(labels: Path, texts: Path) -> Iterator[LabelledDocument]:
    """The labelled documents of a folder, in name order. Raises DocumentError where there are none."""
    files = sorted(labels.glob("*.json"))
    if not files:
        raise DocumentError(f"There are no label files in {labels}; name the folder that holds them.")
    for file in files:
        yield _read(file, texts / f"{file.stem}.txt")


def labelled_rows(texts: Path, labels: Path) -> Iterator[tuple[int, str, dict[str, str]]]:
    """The rows of a table of labels (columns posting, sha1 and its own) with the number and text of the posting, from a CSV with title and description.

    Raises DocumentError where a text is not the one labelled.
    """
    with texts.open(encoding="utf-8", errors="replace", newline="") as file:
        postings = [f"{row['title'].strip()}\n{row['description']}" for row in csv.DictReader(file)]
    with labels.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            n = int(row["posting"])
            if n >= len(postings) or fingerprint(postings[n]) != row["sha1"]:
                raise DocumentError(f"{texts} holds another text at row {n + 2} than the one labelled; name the file that was labelled.")
            yield n, postings[n], row


def read_kept_aside(texts: Path, which: str = "watched", *, labels: Path = KEPT_ASIDE) -> Iterator[LabelledDocument]:
    """Our own labels of unlabelled postings, over the CSV that holds their texts (columns title and description); offsets and names, no text.

    ``which`` names a set: of "read" the errors were read while rules were written; "watched" was only scored, but after every change;
    "sealed" is scored before and after a stretch of work. Raises DocumentError where a text is not the one labelled.
    """
    with texts.open(encoding="utf-8", errors="replace", newline="") as file:
        postings = [f"{row['title'].strip()}\n{row['description']}" for row in csv.DictReader(file)]
    for line in labels.read_text(encoding="utf-8").splitlines():
        raw = json.loads(line)
        n = raw["posting"]
        if n >= len(postings) or fingerprint(postings[n]) != raw["sha1"]:
            raise DocumentError(f"Row {n + 1} of {texts} is not the posting that was labelled; give the file that the labels were made on.")
        if raw["set"] == which:
            mentions = [(start, end, kind, Labelled(skill.casefold(), start, end, kind, *rest)) for start, end, skill, kind, *rest in raw["skills"]]
            yield LabelledDocument(
                f"posting {n}",
                postings[n],
                texts,
                tuple(mention for _, _, kind, mention in mentions if kind != "degree"),
                tuple((start, end) for start, end, kind, _ in mentions if kind == "degree"),
                tuple((start, end) for start, end in raw["traps"]),
            )


def _read(file: Path, path: Path) -> LabelledDocument:
    raw = json.loads(file.read_text(encoding="utf-8"))
    text = path.read_bytes().decode("utf-8", errors="replace")
    mentions, degrees = [], []
    for entry in raw.get("skills", ()):
        start, end = span_of(text, entry)
        if entry["kind"] == "degree":
            degrees.append((start, end))
            continue
        level = entry.get("requirement") or entry.get("evidence")
        mentions.append(
            Labelled(entry["skill"].casefold(), start, end, entry["kind"], level, entry.get("group"), entry.get("years"), entry.get("negated", False))
        )
    traps = tuple(span_of(text, entry) for entry in raw.get("not_skills", ()))
    return LabelledDocument(file.stem, text, path, tuple(mentions), tuple(degrees), traps, raw)


def span_of(text: str, entry: dict[str, Any]) -> tuple[int, int]:
    """Where the nth occurrence of an entry's text stands."""
    at = -1
    for _ in range(entry.get("nth", 1)):
        at = text.find(entry["text"], at + 1)
    return at, at + len(entry["text"])
