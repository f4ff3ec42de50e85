"""How well alternatives of one requirement are joined, and nothing else with them, over labels of our own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from mcgap.evaluation.extraction import Share
from mcgap.evaluation.labels import labelled_rows
from mcgap.pipeline import Analyzer
from mcgap.records import Ask, Document, DocumentKind
from mcgap.text import overlaps

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
    for n, text, row in labelled_rows(texts, labels):
        places = tuple((int(start), int(end)) for start, end in (place.split("-") for place in row["places"].split()))
        groups = [sorted(map(int, group.split("+"))) for group in row["groups"].split()]
        yield Choices(n, text, places, frozenset(pair for group in groups for pair in combinations(group, 2)))


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
