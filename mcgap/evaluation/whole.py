"""How well all that postings name is read, mention by mention, over postings labelled whole from which no model learnt."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from mcgap.evaluation.extraction import Share, Tally
from mcgap.evaluation.labels import labelled_rows
from mcgap.pipeline import Analyzer
from mcgap.records import Document, DocumentKind, Strength
from mcgap.text import overlaps, read_places

LABELS = Path(__file__).parent / "whole_labels.csv"
OWN_POSTINGS = Path(__file__).parent / "own_postings.jsonl"
_STRENGTHS = {"r": Strength.REQUIRED, "p": Strength.PREFERRED, "d": Strength.DUTY}
_ASKED = (Strength.REQUIRED, Strength.PREFERRED)


@dataclass(frozen=True, slots=True)
class Whole:
    """A posting with all places that a reader marked: its letter (r required, p preferred, d duty, g degree, n no skill, x not needed) and
    span each."""

    number: int
    text: str
    places: tuple[tuple[str, tuple[int, int]], ...]

    def spans(self, letters: str) -> list[tuple[int, int]]:
        return [span for letter, span in self.places if letter in letters]


def read_whole(texts: Path, labels: Path = LABELS) -> Iterator[Whole]:
    """The labelled postings of a CSV with the columns title and description, but for those whose places a model was trained on ("judged").

    Raises DocumentError where a text is not the one labelled.
    """
    for n, text, row in labelled_rows(texts, labels):
        if not row["judged"]:
            yield Whole(n, text, read_places(row["places"]))


def read_own(which: str, path: Path = OWN_POSTINGS) -> Iterator[Whole]:
    """The postings that we wrote to measure on, labelled whole: "read" those whose errors were read, "sealed" the others."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["set"] == which:
            yield Whole(row["id"], row["text"], read_places(row["places"]))


def score_whole(postings: Iterator[Whole], analyzer: Analyzer, progress: Callable[[str], None] = lambda _: None) -> dict[str, float]:
    """By mention, not by distinct skill: what is asked for, all that is named, the traps taken, and the strength of what is found.

    A mention is found where one of the other side overlaps it by at least 40 % of the longer. What stands in degrees is left out.
    """
    asked, named = Tally(), Tally()
    traps, strength = Share(), Share()
    for posting in postings:
        progress(f"posting {posting.number}")
        asks = analyzer.extract(Document(posting.text, str(posting.number), DocumentKind.POSTING)).asks
        degrees = posting.spans("g")
        found = [((a.mention.start, a.mention.end), a.strength) for a in asks if not a.mention.negated]
        found = [(span, level) for span, level in found if not _met(span, degrees)]
        _count(asked, posting.spans("rp"), [span for span, level in found if level in _ASKED])
        _count(named, posting.spans("rpd"), [span for span, _ in found])
        for span in posting.spans("n"):
            traps.add(_met(span, [other for other, _ in found]))
        for letter, span in posting.places:
            levels = [level for other, level in found if overlaps(other, span)]
            if letter in _STRENGTHS and levels:
                strength.add(min(levels, key=list(Strength).index) is _STRENGTHS[letter])
    return {
        "asked precision": round(asked.precision, 4),
        "asked recall": round(asked.recall, 4),
        "asked f1": round(asked.f1, 4),
        "all f1": round(named.f1, 4),
        "traps taken": round(traps.value, 4),
        "strength right": round(strength.value, 4),
    }


def _count(tally: Tally, wanted: list[tuple[int, int]], found: list[tuple[int, int]]) -> None:
    tally.gold += len(wanted)
    tally.gold_found += sum(_met(span, found) for span in wanted)
    tally.predicted += len(found)
    tally.predicted_right += sum(_met(span, wanted) for span in found)


def _met(span: tuple[int, int], others: list[tuple[int, int]]) -> bool:
    return any(overlaps(span, other) for other in others)
