"""The scores of a tagger on hand-labelled samples."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from mcgap.mentions.tagger import Tagger, read_words
from mcgap.mentions.tagger_network import LAYERS
from mcgap.taxonomy import Taxonomy
from mcgap.training.samples import Sample

_SCORES = ("precision", "recall", "f1")
_SPANS = LAYERS[:2]  # as SkillSpan has them


def score_tagger(tagger: Tagger, samples: Iterable[Sample], taxonomy: Taxonomy) -> dict[str, dict[str, dict[str, float]]]:
    """Exact and overlap precision, recall and F1 (0-100) of the bare tagger: each layer of SkillSpan by itself, and merged as SkillSpan merges."""
    counts = {name: np.zeros(6) for name in (*_SPANS, "merged")}
    for sample in samples:
        assert sample.labels is not None
        reading = read_words(sample.words, [(0, len(sample.words.text))], sample.known, taxonomy, tagger)
        found = [set(layer) for layer in reading.layers[: len(_SPANS)]]
        wanted = [set(label_spans(sample.labels[:, n])) for n in range(len(_SPANS))]
        for name, said, gold in zip(counts, [*found, _merged(*found)], [*wanted, _merged(*wanted)], strict=True):
            counts[name] += _counted(said, gold)
    return {name: {"exact": _rates(c[0], c[1], c[0], c[2]), "overlap": _rates(c[3], c[1], c[4], c[2])} for name, c in counts.items()}


def label_spans(labels: NDArray[np.int8]) -> list[tuple[int, int]]:
    """Word ranges of labels 0 O · 1 B · 2 I.

    >>> label_spans(np.array([0, 1, 2, 1, 0, 2], np.int8))
    [(1, 3), (3, 4), (5, 6)]
    """
    spans = []
    start: int | None = None
    for n, label in enumerate([*labels.tolist(), 0]):
        if start is not None and label != 2:
            spans.append((start, n))
            start = None
        if label == 1 or (label == 2 and start is None):
            start = n
    return spans


def _merged(skill: set[tuple[int, int]], knowledge: set[tuple[int, int]]) -> set[tuple[int, int]]:
    return skill | {k for k in knowledge if not any(_touch(k, s) for s in skill)}


def _touch(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _counted(said: set[tuple[int, int]], gold: set[tuple[int, int]]) -> NDArray[np.float64]:
    """Exact hits, said, wanted, said that touch, wanted that are touched, documents."""
    touching = sum(any(_touch(s, g) for g in gold) for s in said)
    touched = sum(any(_touch(s, g) for s in said) for g in gold)
    return np.array([len(said & gold), len(said), len(gold), touching, touched, 1], np.float64)


def _rates(right: float, said: float, met: float, wanted: float) -> dict[str, float]:
    precision, recall = right / said if said else 0.0, met / wanted if wanted else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {name: round(100 * value, 1) for name, value in zip(_SCORES, (precision, recall, f1), strict=True)}
