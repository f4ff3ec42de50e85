"""How well alternatives of one requirement are joined, and nothing else with them, over labels of our own."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from mcgap.errors import DocumentError
from mcgap.evaluation.extraction import Share
from mcgap.pipeline import Analyzer
from mcgap.records import Ask, Document, DocumentKind
from mcgap.text import fingerprint, overlaps

LABELS = Path(__file__).parent / "alternative_labels.csv"
_APART = 1500  # characters; of places further apart nobody asks whether they are one choice


@dataclass(frozen=True, slots=True)
class Choices:
    """A posting with the places that name a skill, in order, and the pairs of them (by number) that are alternatives of one requirement."""

    number: int
    text: str
    places: tuple[tuple[int, int], ...]
    pairs: frozenset[tuple[int, int]]


def read_choices(texts: Path, labels: Path = LABELS) -> Iterator[Choices]:
    """The labelled postings of a CSV with the columns title and description; offsets and numbers, no text.

    Raises DocumentError where a text is not the one labelled.
    """
    with texts.open(encoding="utf-8", errors="replace", newline="") as file:
        postings = [f"{row['title'].strip()}\n{row['description']}" for row in csv.DictReader(file)]
    with labels.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            n = int(row["posting"])
            if n >= len(postings) or fingerprint(postings[n]) != row["sha1"]:
                raise DocumentError(f"{texts} holds another text at row {n + 2} than the one labelled; name the file that was labelled.")
            places = tuple((int(start), int(end)) for start, end in (place.split("-") for place in row["places"].split()))
            groups = [sorted(map(int, group.split("+"))) for group in row["groups"].split()]
            yield Choices(n, postings[n], places, frozenset(pair for group in groups for pair in combinations(group, 2)))


def score_alternatives(choices: Iterator[Choices], analyzer: Analyzer, progress: Callable[[str], None] = lambda _: None) -> dict[str, float]:
    """Of pairs of alternatives of which both are found the share that is joined; of pairs that are joined the share that are alternatives."""
    joined, rightly = Share(), Share()
    for posting in choices:
        progress(f"alternatives of posting {posting.number}")
        asks = analyzer.extract(Document(posting.text, str(posting.number), DocumentKind.POSTING)).asks
        found = [[ask for ask in asks if not ask.mention.negated and overlaps((ask.mention.start, ask.mention.end), place)] for place in posting.places]
        for i, j in combinations(range(len(found)), 2):
            if not found[i] or not found[j] or posting.places[j][0] - posting.places[i][1] > _APART:
                continue
            together, meant = _share_group(found[i], found[j]), (i, j) in posting.pairs
            if meant:
                joined.add(together)
            if together and (meant or found[i][0].mention.skill != found[j][0].mention.skill):
                rightly.add(meant)
    return {"alternatives joined": round(joined.value, 4), "joined rightly": round(rightly.value, 4)}


def _share_group(some: Sequence[Ask], others: Sequence[Ask]) -> bool:
    return not {ask.group for ask in some if ask.group}.isdisjoint(ask.group for ask in others)
