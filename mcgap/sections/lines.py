"""Which lines of a posting head a part of it, read by a small trained model: "You might thrive here if you", "The good stuff".

The table of headings (``data/section_headings.csv``) holds the usual wordings; no table holds all that people write. A linear model over the words of
a short line gives each kind of part a score, and one that no part has: most lines are items.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from mcgap.errors import ModelError
from mcgap.files import shipped
from mcgap.records import SectionKind
from mcgap.text import BULLETS, Words

SHIPPED = "models/headings.json"
FORMAT = "mcgap.headings/1"  # a change of line_features needs a new number and a new model
NONE = "none"  # a line that heads nothing
LONGEST, _LONGEST_LABEL = 11, 9  # words of a line, and of what stands before a colon or a dash
_NUMBER = "#"  # what any word with a digit is to the model
_LEAST = math.log(0.7 / 0.3)  # of the sum of a part over all others together, so a chance of 0.7
_ITEM_MARKS = BULLETS | set("*>\u2013\u2014-")
_DASHES = frozenset({"-", "\u2013", "\u2014", "--", "="})
_ENDS = frozenset(".!?;")


@dataclass(frozen=True, slots=True)
class HeadingModel:
    """``weights`` holds a number for each of ``kinds`` for each feature, in hundredths; the score of a kind is their sum with its bias."""

    kinds: tuple[SectionKind | None, ...]
    bias: tuple[int, ...]
    weights: Mapping[str, tuple[int, ...]]

    def read(self, features: Sequence[str]) -> SectionKind | None:
        """The part that a line heads; None where none is likely enough."""
        known = [self.weights[feature] for feature in features if feature in self.weights]
        scores = [sum(column) / 100 for column in zip(self.bias, *known, strict=True)]
        best = max(range(len(scores)), key=lambda n: (self.kinds[n] is not None, scores[n]))
        others = math.log(sum(math.exp(score - scores[best]) for n, score in enumerate(scores) if n != best))
        return self.kinds[best] if -others >= _LEAST else None


@cache
def load_heading_model(path: Path | None = None) -> HeadingModel:
    """The shipped model, or another of the same format. Raises ModelError."""
    path = path or shipped(SHIPPED)
    try:
        table = json.loads(path.read_text(encoding="utf-8"))
        made_for, model = table["format"], model_of(table)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(f"{path} cannot be read as a model of headings ({error}); reinstall mcgap.") from None
    if made_for != FORMAT:
        raise ModelError(f"{path} was made for {made_for}; this version needs {FORMAT}. Reinstall mcgap.")
    return model


def model_of(table: Mapping[str, Any]) -> HeadingModel:
    """A model as it is written in its file. Raises KeyError, ValueError and TypeError."""
    kinds = tuple(None if kind == NONE else SectionKind(kind) for kind in table["kinds"])
    return HeadingModel(kinds, tuple(map(int, table["bias"])), {feature: tuple(weights) for feature, weights in table["weights"].items()})


def line_features(words: Words, first: int, last: int) -> list[str]:
    """What the model sees of words ``first`` to ``last`` (exclusive): each, each with the next, the first, the last and how many."""
    said = [_NUMBER if any(map(str.isdigit, word)) else word for word in words.folded[first:last]]
    pairs = [f"{a} {b}" for a, b in pairwise(said)]
    return [*sorted({*said, *pairs}), f"^{said[0]}", f"{said[-1]}$", f"size={min(len(said), LONGEST)}"]


def find_lines(words: Words) -> Iterator[tuple[int, int]]:
    """The words (last exclusive) that could head a part, in order: a short line that is no item of a list, and what stands before a colon or a dash
    where a line begins. The first line is the title."""
    gaps, count = words.gaps, len(words)
    starts = [k for k in words.apart if k < count and "\n" in gaps[k] and k]
    for n, first in enumerate(starts):
        end = starts[n + 1] if n + 1 < len(starts) else count
        after = gaps[end].partition("\n")[0].strip()
        item = not _ITEM_MARKS.isdisjoint(gaps[first].rpartition("\n")[2]) and (not after or after[-1] not in "*-")  # "*** Requirements ***"
        last = next((k for k in range(first + 1, min(end, first + _LONGEST_LABEL + 1)) if _closes_label(gaps[k])), 0)
        if last:
            label = words.slice(first, last)
            if label.count("(") == label.count(")") and not (item and gaps[last].strip() in _DASHES):
                yield first, last
        elif not item and end - first <= LONGEST and end < count and _ENDS.isdisjoint(after):
            yield first, end


def _closes_label(gap: str) -> bool:
    return gap.lstrip(" *_)]")[:1] == ":" or (" " in gap and "\n" not in gap and gap.strip() in _DASHES)
