"""What each clause of a posting is for, read by a small trained model: it asks, tells a duty, says something aside, or heads other text.

A linear model over the words of a clause gives each kind a score; which kind follows which settles what one clause leaves open
(the best path by the Viterbi algorithm). Pure Python: a hundred sums of packed numbers a posting.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import repeat
from pathlib import Path
from typing import NamedTuple

from mcgap.errors import ModelError
from mcgap.files import shipped
from mcgap.records import Mention, SectionKind
from mcgap.taxonomy import Skill
from mcgap.text import Words, WordTable, WordTest

SHIPPED = "models/clauses.json"
FORMAT = "mcgap.clauses/1"  # a change of clause_features needs a new number and a new model
_LENGTHS = (3, 6, 12, 25)  # words: fragment, item, phrase, sentence, long sentence
_PLACES, _DENSEST = 5, 3
_NUMBER = "#"  # what any word with a digit is to the model


class ClauseKind(StrEnum):
    """What a clause of a posting is for."""

    ASK = "ask"
    DUTY = "duty"
    ASIDE = "aside"  # the employer, its product or unit, benefits, the hiring process
    HEAD = "head"  # a title, a stray heading, a fragment


KINDS = tuple(ClauseKind)
_BITS = 21  # of one kind in a packed number: three make 63, which Python adds as quickly as small numbers, and all weights of a model sum to far less
_ZERO = 1 << (_BITS - 1)  # what packed scores begin with, so that none falls below 0
_MASK = (1 << _BITS) - 1


class Cue(NamedTuple):
    """A cue phrase in its place: words first to last (exclusive)."""

    first: int
    last: int
    kind: str
    position: str
    weight: str

    @property
    def strong(self) -> bool:
        return self.weight == "strong"


class Clause(NamedTuple):
    """A sentence, a bullet or a piece of run-on text in its section: words first to last (exclusive), with the cues, skills and mentions in it."""

    section: SectionKind
    first: int
    last: int
    cues: tuple[Cue, ...]
    named: tuple[Skill, ...] = ()
    mentions: Sequence[Mention] = ()  # those that are listed and those that are not
    opens: bool = False  # the first of its section


@dataclass(frozen=True, slots=True)
class ClauseModel:
    """``weights`` holds one number a kind for each feature, ``follows[a][b]`` what kind b gains after kind a; all in hundredths."""

    bias: tuple[int, ...]
    follows: tuple[tuple[int, ...], ...]
    weights: dict[str, list[int]]


@cache
def load_clause_model(path: Path | None = None) -> ClauseModel:
    """The shipped model, or another of the same format. Raises ModelError."""
    path = path or shipped(SHIPPED)
    try:
        table = json.loads(path.read_text(encoding="utf-8"))
        made_for, kinds = table["format"], table["kinds"]
        model = ClauseModel(tuple(table["bias"]), tuple(map(tuple, table["follows"])), table["weights"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(f"{path} cannot be read as a clause model ({error}); reinstall mcgap.") from None
    if made_for != FORMAT or kinds != [str(kind) for kind in KINDS]:
        raise ModelError(f"{path} was made for {made_for} and the kinds {', '.join(kinds)}; this version needs {FORMAT}. Reinstall mcgap.")
    return model


class PackedWeights:
    """The weights of a model by what they weigh: what ``clause_features`` writes as text is looked up as it stands in the clause.

    ``said``, ``first`` and ``last`` are what a word weighs anywhere, as the first and as the last; ``pairs`` what the first two weigh together.
    A packed number holds by how much the weights of the first three kinds exceed that of the last, so that one addition adds them all.
    What all kinds of a clause gain or lose together changes no path.
    """

    __slots__ = ("bias", "cues", "dense", "ends", "first", "gains", "last", "lengths", "names", "pairs", "places", "said", "sections")

    def __init__(self, model: ClauseModel) -> None:
        tables: dict[str, dict[str, int]] = {}
        for feature, weights in model.weights.items():
            role, value = _role(feature)
            tables.setdefault(role, {})[value] = _packed(weights)
        self.bias = _packed((*(_ZERO + weight for weight in model.bias[:-1]), model.bias[-1]))
        self.gains = _gains(model.follows)
        self.said, self.first, self.last = (_weights(tables.get(role, {})) for role in ("said", "^", "$"))
        pairs: dict[str, dict[str, int]] = {}
        for value, packed in tables.get("^ ", {}).items():
            first, _, second = value.partition(" ")
            pairs.setdefault(first, {})[second] = packed
        self.pairs = WordTable(lambda word: pairs.get(word or _NUMBER))
        self.sections, self.names, self.ends = (tables.get(role, {}) for role in ("section", "names", "end"))
        self.cues = {tuple(value.split(" ")): packed for value, packed in tables.get("cue", {}).items()}
        self.lengths = [tables.get("length", {}).get(str(n), 0) for n in range(len(_LENGTHS) + 1)]
        self.places = [tables.get("place", {}).get(str(n), 0) for n in range(_PLACES)]
        self.dense = [tables.get("dense", {}).get(str(n), 0) for n in range(_DENSEST + 1)]

    def scores(self, words: Words, clauses: Sequence[Clause]) -> list[int]:
        """The packed scores of some clauses of one text."""
        numbers, starts, gaps, size = said_numbers(words), words.starts, words.gaps, len(words.text)
        said, firsts, lasts, pairs = self.said.of(words), self.first.of(words), self.last.of(words), self.pairs.of(words)
        weigh, sections, lengths, places, found = said.__getitem__, self.sections, self.lengths, self.places, []
        for section, first, last, cues, named, *_ in clauses:
            count, opening, gap = last - first, numbers[first], gaps[last]
            total: int = self.bias + sections.get(section, 0) + lengths[bisect_right(_LENGTHS, count)] + places[_PLACES * starts[first] // size]
            total += firsts[opening] + lasts[numbers[last - 1]]
            following = pairs[opening]
            if following and count > 1:
                second = numbers[first + 1]
                total += following.get(words.folded[first + 1] if second else _NUMBER, 0)
            for cue in {(cue.kind, cue.weight) for cue in cues} if cues else ():
                total += self.cues.get(cue, 0)
            if named:
                total += self.dense[min(_DENSEST, 4 * len(named) // count)]
                total += sum(map(self.names.get, {skill.type for skill in named}, repeat(0)))
            if gap != " ":
                for mark, weight in self.ends.items():
                    if mark in gap:
                        total += weight
            found.append(sum(map(weigh, {*numbers[first:last]}), total))
        return found


def _weights(table: Mapping[str, int]) -> WordTable[int]:
    return WordTable(lambda word: table.get(word or _NUMBER, 0))


def _role(feature: str) -> tuple[str, str]:
    """What a feature tells of, and its value."""
    if feature[0] in "^$":
        return ("^ " if " " in feature else feature[0]), feature[1:]
    role, equals, value = feature.partition("=")
    return (role, value) if equals else ("said", feature)


def _packed(weights: Sequence[int]) -> int:
    return sum(weight - weights[-1] << _BITS * kind for kind, weight in enumerate(weights[:-1]))


@cache
def load_packed_weights() -> PackedWeights:
    """The shipped model, packed. Raises ModelError."""
    return PackedWeights(load_clause_model())


def said_words(folded: Sequence[str]) -> list[str]:
    """Words as the model knows them: a number is a number, whichever."""
    return [_NUMBER if _has_digit(word) else word for word in folded]


def said_numbers(words: Words) -> list[int]:
    """The numbers of the words of a text as the model knows them: 0 where one has a digit."""
    numbers = [*words.numbers]
    for i in words.those(_DIGITS):
        numbers[i] = 0
    return numbers


def _has_digit(word: str) -> bool:
    return any(map(str.isdigit, word))


_DIGITS = WordTest(_has_digit)


def clause_features(words: Words, first: int, last: int, section: SectionKind, cues: Sequence[tuple[str, str]], types: Sequence[str]) -> list[str]:
    """What the model sees of the clause from word ``first`` to ``last`` (exclusive); ``cues`` are the kind and weight of each cue
    in it, ``types`` the types of the listed skills in it."""
    said = said_words(words.folded[first:last])
    length = sum(last - first >= n for n in _LENGTHS)
    place = int(_PLACES * words.starts[first] / len(words.text))
    features = {*said, f"^{said[0]}", f"${said[-1]}", f"section={section}", f"length={length}", f"place={place}"}
    if len(said) > 1:
        features.add(f"^{said[0]} {said[1]}")
    features.update(f"cue={kind} {weight}" for kind, weight in cues)
    features.update(f"names={kind}" for kind in types)
    if types:
        features.add(f"dense={min(_DENSEST, 4 * len(types) // (last - first))}")
    features.update(f"end={mark}" for mark in ":?" if mark in words.gaps[last])
    return sorted(features)


def read_kinds(clauses: Sequence[Sequence[str]], model: ClauseModel) -> list[ClauseKind]:
    """The kind of each clause of one posting, given as its features, in order."""
    return _best_path([_score(features, model) for features in clauses], _gains(model.follows))


def read_clauses(words: Words, clauses: Sequence[Clause], weights: PackedWeights) -> list[ClauseKind]:
    """The kind of each clause of one posting, in order: what ``read_kinds`` makes of their features, in a third of the time."""
    packed = weights.scores(words, clauses)
    return _best_path([(score & _MASK, score >> _BITS & _MASK, score >> 2 * _BITS, _ZERO) for score in packed], weights.gains)


def _gains(follows: Sequence[Sequence[int]]) -> list[tuple[int, ...]]:
    """What each kind gains after each: four times ``follows``, and in the two bits which that leaves free, the kind before (0 is the last of four).

    So one comparison finds the best way to a kind and where it comes from.
    """
    return [tuple(4 * follows[a][b] + 3 - a for a in range(4)) for b in range(4)]


def _best_path(scores: Sequence[Sequence[int]], gains: Sequence[tuple[int, ...]]) -> list[ClauseKind]:
    """The kinds that gain most in a row; of equal ones the first."""
    if not scores:
        return []
    ask, duty, aside, head = (4 * score for score in scores[0])
    back: list[tuple[int, ...]] = []
    to_ask, to_duty, to_aside, to_head = gains
    for own in scores[1:]:
        reached = (
            max(ask + to_ask[0], duty + to_ask[1], aside + to_ask[2], head + to_ask[3]),
            max(ask + to_duty[0], duty + to_duty[1], aside + to_duty[2], head + to_duty[3]),
            max(ask + to_aside[0], duty + to_aside[1], aside + to_aside[2], head + to_aside[3]),
            max(ask + to_head[0], duty + to_head[1], aside + to_head[2], head + to_head[3]),
        )
        ask, duty, aside, head = reached
        back.append(reached)
        ask, duty, aside, head = (ask & -4) + 4 * own[0], (duty & -4) + 4 * own[1], (aside & -4) + 4 * own[2], (head & -4) + 4 * own[3]
    best = (ask, duty, aside, head)
    at = best.index(max(best))
    path = [at]
    for came_from in reversed(back):
        at = 3 - (came_from[at] & 3)
        path.append(at)
    return [KINDS[k] for k in reversed(path)]


def _score(features: Sequence[str], model: ClauseModel) -> list[int]:
    known = [model.weights[f] for f in features if f in model.weights]
    return [sum(column) for column in zip(model.bias, *known, strict=True)]
