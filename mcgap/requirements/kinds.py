"""What each clause of a posting is for, read by a small trained model: it asks, tells a duty, says something aside, or heads other text.

A linear model over the words of a clause gives each kind a score; which kind follows which settles what one clause leaves open
(the best path by the Viterbi algorithm). Pure Python: a few hundred sums a posting.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from mcgap.errors import ModelError
from mcgap.files import shipped
from mcgap.records import SectionKind
from mcgap.text import Words

SHIPPED = "models/clauses.json"
FORMAT = "mcgap.clauses/1"  # a change of clause_features needs a new number and a new model
_LENGTHS = (3, 6, 12, 25)  # words: fragment, item, phrase, sentence, long sentence
_PLACES = 5


class ClauseKind(StrEnum):
    """What a clause of a posting is for."""

    ASK = "ask"
    DUTY = "duty"
    ASIDE = "aside"  # the employer, its product or unit, benefits, the hiring process
    HEAD = "head"  # a title, a stray heading, a fragment


KINDS = tuple(ClauseKind)


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


def clause_features(words: Words, first: int, last: int, section: SectionKind, cues: Sequence[tuple[str, str]], types: Sequence[str]) -> list[str]:
    """What the model sees of the clause from word ``first`` to ``last`` (exclusive); ``cues`` are the kind and weight of each cue
    in it, ``types`` the types of the listed skills in it."""
    said = [w if w.isalpha() else "#" if any(map(str.isdigit, w)) else w for w in words.folded[first:last]]
    length = sum(last - first >= n for n in _LENGTHS)
    place = int(_PLACES * words.starts[first] / len(words.text))
    features = {*said, f"^{said[0]}", f"${said[-1]}", f"section={section}", f"length={length}", f"place={place}"}
    if len(said) > 1:
        features.add(f"^{said[0]} {said[1]}")
    features.update(f"cue={kind} {weight}" for kind, weight in cues)
    features.update(f"names={kind}" for kind in types)
    if types:
        features.add(f"dense={min(3, 4 * len(types) // (last - first))}")
    features.update(f"end={mark}" for mark in ":?" if mark in words.gaps[last])
    return sorted(features)


def read_kinds(clauses: Sequence[Sequence[str]], model: ClauseModel) -> list[ClauseKind]:
    """The kind of each clause of one posting, given as its features, in order."""
    scores = [_score(features, model) for features in clauses]
    if not scores:
        return []
    best = scores[0]
    back: list[list[int]] = []
    for score in scores[1:]:
        reached = [max((total + model.follows[a][b], -a) for a, total in enumerate(best)) for b in range(len(KINDS))]
        back.append([-a for _, a in reached])
        best = [total + own for (total, _), own in zip(reached, score, strict=True)]
    at = best.index(max(best))
    path = [at]
    for came_from in reversed(back):
        at = came_from[at]
        path.append(at)
    return [KINDS[k] for k in reversed(path)]


def _score(features: Sequence[str], model: ClauseModel) -> list[int]:
    known = [model.weights[f] for f in features if f in model.weights]
    return [sum(column) for column in zip(model.bias, *known, strict=True)]
