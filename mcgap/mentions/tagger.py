"""The trained tagger at work: phrases that read as a skill though no list holds them, and how well listed mentions are supported."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from mcgap.files import shipped_rows
from mcgap.mentions.tagger_features import find_segments, gap_number, known_numbers
from mcgap.mentions.tagger_network import Floats, Numbers, Tagger, best_labels, load_tagger
from mcgap.records import Mention
from mcgap.taxonomy import Taxonomy
from mcgap.text import Words

__all__ = ["Reading", "Tagger", "find_phrases", "load_tagger", "read_words", "support"]


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """What the tagger makes of one text.

    ``inside`` is (words, 2): how likely each word stands in a skill span and in a knowledge span.
    ``spans`` are word ranges with their layer (0 skill, 1 knowledge) and score, in order of the text.
    """

    inside: Floats
    spans: tuple[tuple[int, int, int, float], ...]


def read_words(words: Words, spans: Sequence[tuple[int, int]], known: Sequence[Mention], taxonomy: Taxonomy, tagger: Tagger) -> Reading:
    """The tagger's reading of the characters in ``spans``; what lies outside them counts as no skill."""
    inside = np.zeros((len(words), 2), np.float32)
    segments = [segment for start, end in spans for segment in find_segments(words, *words.between(start, end))]
    if not segments:
        return Reading(inside, ())
    at = np.concatenate([np.arange(a, b) for a, b in segments])
    lengths = [b - a for a, b in segments]
    logs = tagger.read([words.raw[i] for i in at], _places(words, known, taxonomy)[at], lengths)
    inside[at] = 1 - np.exp(logs[:, :, 0])
    labels = best_labels(logs, lengths, tagger.meta["outside"])
    return Reading(inside, _spans(at, lengths, labels, inside))


def _places(words: Words, known: Sequence[Mention], taxonomy: Taxonomy) -> Numbers:
    gaps = [gap_number(gap) for gap in words.gaps]
    return np.column_stack([gaps[:-1], gaps[1:], known_numbers(words, known, taxonomy)])
