"""The tagger's arithmetic in numpy: rows of numbers -> for each word how likely it begins, continues or stands outside a span.

A word is the sum of its vectors; blocks of three-word windows, each wider than the one before, let it see its neighbours.
Three layers of labels come out: skills ("develop go-to-market strategies") and knowledge ("Python", "employment law") as SkillSpan marks them, and
names, the shortest words that name a skill which is asked for or used, as we mark them ("go-to-market").
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from mcgap.errors import ModelError
from mcgap.files import shipped
from mcgap.mentions.tagger_features import FORMAT, OWN, PLACE, own_row

SHIPPED = "models/tagger.npz"
LAYERS = ("skill", "knowledge", "name")
LABELS = ("O", "B", "I")
# outside: taken off the log-probability of O · least: score of a phrase · support: of a listed mention that is kept ·
# aside: of anything that is kept in text which asks nothing · name: score of a name · doubt: chance of the likeliest word of a phrase to name a skill.
THRESHOLDS = ("outside", "least", "support", "term", "duty", "aside", "name", "doubt")
_EPSILON = np.float32(1e-5)

Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]
Labels = NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Block:
    """One window: ``weight`` is (3 * width, width) for the word ``reach`` before, itself and ``reach`` after."""

    weight: Floats
    bias: Floats
    gain: Floats
    offset: Floats
    reach: int


class Tagger:
    """A trained tagger with the thresholds that were calibrated for it. Made by ``load_tagger``."""

    def __init__(self, meta: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]]) -> None:
        words = arrays["words"].tobytes().decode().split("\n")
        self.thresholds: dict[str, float] = {name: float(meta["thresholds"][name]) for name in THRESHOLDS}
        self.vocabulary: dict[str, int] = dict(zip(words, range(1, len(words) + 1), strict=True))
        self._vectors = arrays["vectors word"]
        self._scales = _floats(arrays["scales word"])
        self._own = [_floats(arrays[f"vectors {name}"]) for name in OWN[1:]]
        self._place = [_floats(arrays[f"vectors {name}"]) for name in PLACE]
        self._gain, self._offset = _floats(arrays["gain"]), _floats(arrays["offset"])
        self.blocks = tuple(
            Block(_floats(arrays[f"weight {n}"]), _floats(arrays[f"bias {n}"]), _floats(arrays[f"gain {n}"]), _floats(arrays[f"offset {n}"]), reach)
            for n, reach in enumerate(meta["reaches"])
        )
        self._out, self._out_bias = _floats(arrays["out"]), _floats(arrays["out bias"])
        self.pad = max(meta["reaches"])

    @property
    def width(self) -> int:
        return int(self._out.shape[0])

    def _vectors_of(self, words: Iterable[str]) -> Floats:
        """The vectors of words as written: of itself where it is known, of its ending, beginning and shape in any case."""
        numbers = np.array([own_row(word, self.vocabulary) for word in words], np.int64)
        vectors = self._vectors[numbers[:, 0]] * self._scales[numbers[:, 0], None]
        for table, column in zip(self._own, numbers.T[1:], strict=True):
            vectors += table[column]
        return np.asarray(vectors, np.float32)

    def read(self, words: list[str], places: Numbers) -> Floats:
        """Log-probabilities (words, layer, label) of the ``words`` of one text. ``places`` is (words, 3): the columns of ``PLACE``."""
        size, pad = len(words), self.pad
        unique: dict[str, int] = {}
        numbers = [unique.setdefault(word, len(unique)) for word in words]
        at = self._vectors_of(unique)[numbers]
        for table, column in zip(self._place, places.T, strict=True):
            at += table[column]
        h = _normed(at, self._gain, self._offset)
        padded = np.zeros((size + 2 * pad, self.width), np.float32)
        for block in self.blocks:
            padded[pad : pad + size] = h
            before, after = (padded[pad + reach : pad + reach + size] for reach in (-block.reach, block.reach))
            seen = np.concatenate([before, h, after], axis=1) @ block.weight
            seen += block.bias
            h = _normed(h + np.maximum(seen, 0, out=seen), block.gain, block.offset)
        logits = (h @ self._out + self._out_bias).reshape(-1, len(LAYERS), len(LABELS))
        logits -= logits.max(axis=2, keepdims=True)
        logits -= np.log(np.exp(logits).sum(axis=2, keepdims=True))
        return np.asarray(logits, np.float32)


def _floats(array: NDArray[Any]) -> Floats:
    return np.ascontiguousarray(array, np.float32)


def _normed(h: Floats, gain: Floats, offset: Floats) -> Floats:
    mean = h.mean(axis=1, keepdims=True)
    h = h - mean
    variance = np.einsum("ij,ij->i", h, h)[:, None] / np.float32(h.shape[1])
    h *= 1 / np.sqrt(variance + _EPSILON)
    h *= gain
    h += offset
    return h


def best_labels(logs: Floats, lengths: list[int], outside: float) -> Labels:
    """The most likely labels (words, layer) in which I follows only B or I.

    ``outside`` is taken off the log-probability of O: more than 0 finds more spans.
    """
    order = np.argsort(-np.asarray(lengths), kind="stable")
    sizes = np.asarray(lengths)[order]
    starts: Numbers = (np.cumsum(lengths, dtype=np.int64) - np.asarray(lengths))[order]
    scores = logs.copy()
    scores[:, :, 0] -= np.float32(outside)
    longest = int(sizes[0]) if len(sizes) else 0
    back = np.zeros((longest, len(sizes), len(LAYERS), len(LABELS)), np.int8)
    current = scores[starts]
    current[:, :, 2] = -np.inf
    for t in range(1, longest):
        n = int(np.searchsorted(-sizes, -t, side="left"))  # segments longer than t
        before = current[:n]
        best = before.argmax(axis=2)
        value = before.max(axis=2)
        inside = np.where(before[:, :, 1] >= before[:, :, 2], 1, 2)
        step = scores[starts[:n] + t]
        back[t, :n, :, 0] = back[t, :n, :, 1] = best
        back[t, :n, :, 2] = inside
        step[:, :, :2] += value[:, :, None]
        step[:, :, 2] += np.maximum(before[:, :, 1], before[:, :, 2])
        current[:n] = step
    return _walked_back(back, current, sizes, starts, len(logs))


def _walked_back(back: Labels, last: Floats, sizes: Numbers, starts: Numbers, total: int) -> Labels:
    labels = np.zeros((total, len(LAYERS)), np.int8)
    state = last.argmax(axis=2)
    first, second = np.arange(len(sizes))[:, None], np.arange(len(LAYERS))
    for t in range(len(back) - 1, -1, -1):
        n = int(np.searchsorted(-sizes, -t, side="left"))
        labels[starts[:n] + t] = state[:n]
        if t:
            state[:n] = back[t, first[:n], second, state[:n]]
    return labels


@cache
def load_tagger(path: Path | None = None) -> Tagger:
    """The shipped tagger, or one trained by the user. Raises ModelError where the file is damaged or was made for other features."""
    file = path or shipped(SHIPPED)
    try:
        with file.open("rb") as stream, np.load(stream, allow_pickle=False) as arrays:
            meta = json.loads(arrays["meta"].tobytes())
            if meta.get("format") != FORMAT:
                raise ModelError(f"{file} was made for {meta.get('format')}; this version reads {FORMAT}. Reinstall mcgap, or run make train.")
            return Tagger(meta, {name: arrays[name] for name in arrays.files})
    except FileNotFoundError:
        raise ModelError(f"There is no tagger at {file}; reinstall mcgap, or analyse with --fast, which needs none.") from None
    except (OSError, EOFError, ValueError, KeyError, TypeError, AttributeError, BadZipFile) as error:
        raise ModelError(f"{file} cannot be read as a tagger ({error}); reinstall mcgap, or analyse with --fast, which needs none.") from None
