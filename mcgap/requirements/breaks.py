"""Where a text that lost its line breaks goes on with something else, read by a small trained model.

"... stress analysis Knowledge of Caesar II is a plus": of a word with a capital after a mere space, the words around say whether a new item
begins there or a name stands there ("experience with Apache Kafka", "good Communication skills"). A linear model: some twenty sums a posting.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from mcgap.errors import ModelError
from mcgap.files import shipped
from mcgap.text import Words, WordTable

SHIPPED = "models/breaks.json"
FORMAT = "mcgap.breaks/1"  # a change of break_features needs a new number and a new model
_NUMBER, _ENDING = "#", 3  # what any word with a digit is to the model; letters
_ROW, _FAR = 3, 5  # words with a capital; thirds of the words to the next sign
_SHAPES = "lUC#"


@dataclass(frozen=True, slots=True)
class BreakModel:
    """``weights`` holds a number for each feature, in hundredths of log odds; a break is where their sum and ``bias`` exceed 0."""

    bias: int
    weights: Mapping[str, int]


@cache
def load_break_model(path: Path | None = None) -> BreakModel:
    """The shipped model, or another of the same format. Raises ModelError."""
    path = path or shipped(SHIPPED)
    try:
        table = json.loads(path.read_text(encoding="utf-8"))
        made_for, model = table["format"], BreakModel(int(table["bias"]), dict(table["weights"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(f"{path} cannot be read as a model of line breaks ({error}); reinstall mcgap.") from None
    if made_for != FORMAT:
        raise ModelError(f"{path} was made for {made_for}; this version needs {FORMAT}. Reinstall mcgap.")
    return model


def places_of(words: Words, first: int, last: int) -> list[int]:
    """The words from ``first`` to ``last`` (exclusive) that a lost line break may stand before: with a capital, after a word and a mere space.

    The first and the last word of the text are none.
    """
    gaps = words.gaps
    return [k for k, word in enumerate(words.raw[first:last], first) if gaps[k] == " " and word[0].isupper() and 0 < k < len(words) - 1]


def break_features(words: Words, k: int) -> list[str]:
    """What the model sees of word ``k``, before which a mere space stands: the word, those beside it, how they are written, and the signs after it."""
    said = [_NUMBER if any(map(str.isdigit, word)) else word for word in words.folded[k - 1 : k + 2]]
    alone = words.gaps[k + 1] != " "
    return [
        f"before={said[0]}",
        f"ending={said[0][-_ENDING:]}",
        f"word={said[1]}",
        f"after={_sign(words.gaps[k + 1]) if alone else said[2]}",
        f"shape={_shapes(words, k)}",
        f"rows={_rows(words, k)}",
        f"sign={_far(words, k)}",
    ]


def _shape(word: str) -> str:
    if word[0].isdigit():
        return "#"
    return "l" if word.islower() else "U" if word.isupper() else "C"


def _shapes(words: Words, k: int) -> str:
    """How the word, the one before it and the one after it are written."""
    after = _shape(words.raw[k + 1]) if words.gaps[k + 1] == " " else "."
    return _shape(words.raw[k - 1]) + _shape(words.raw[k]) + after


def _rows(words: Words, k: int) -> str:
    """How many words with a capital stand in a row before and after."""
    raw, gaps = words.raw, words.gaps
    after = k
    while after - k < _ROW and gaps[after + 1] == " " and after + 1 < len(raw) and raw[after + 1][0].isupper():
        after += 1
    before = k
    while k - before < _ROW and before and gaps[before] == " " and raw[before - 1][0].isupper():
        before -= 1
    return f"{k - before} {after - k}"


def _far(words: Words, k: int) -> str:
    """How far the next sign stands, and which."""
    apart = words.apart
    n = bisect_right(apart, k)
    at = apart[n] if n < len(apart) else len(words)
    return f"{min((at - k) // 3, _FAR)} {_sign(words.gaps[at])}"


def _sign(gap: str) -> str:
    return gap.strip()[:1]


class _Weights:
    """The weights of a model by what they weigh: those of words are looked up by the number of the word."""

    def __init__(self, model: BreakModel) -> None:
        tables: dict[str, dict[str, int]] = {}
        for feature, weight in model.weights.items():
            role, _, value = feature.partition("=")
            tables.setdefault(role, {})[value] = weight
        before, ending, word, after = (tables.get(role, {}) for role in ("before", "ending", "word", "after"))
        self.bias = model.bias
        self.before = WordTable(lambda text: before.get(_said(text), 0) + ending.get(_said(text)[-_ENDING:], 0))
        self.word, self.after = WordTable(lambda text: word.get(_said(text), 0)), WordTable(lambda text: after.get(_said(text), 0))
        self.signs, self.shapes, self.rows, self.far = after, *(tables.get(role, {}) for role in ("shape", "rows", "sign"))


def _said(word: str) -> str:
    return _NUMBER if any(map(str.isdigit, word)) else word


@cache
def _load_weights() -> _Weights:
    return _Weights(load_break_model())


def find_breaks(words: Words, first: int, last: int) -> list[int]:
    """The words from ``first`` to ``last`` (exclusive), in order, before which a line break was lost."""
    places = places_of(words, first, last)
    if not places:
        return []
    weights, numbers, gaps = _load_weights(), words.numbers, words.gaps
    befores, openings, afters = weights.before.of(words), weights.word.of(words), weights.after.of(words)
    found = []
    for k in places:
        score = weights.bias + befores[numbers[k - 1]] + openings[numbers[k]] + weights.shapes.get(_shapes(words, k), 0)
        score += afters[numbers[k + 1]] if gaps[k + 1] == " " else weights.signs.get(_sign(gaps[k + 1]), 0)
        if score + weights.rows.get(_rows(words, k), 0) + weights.far.get(_far(words, k), 0) > 0:
            found.append(k)
    return found
