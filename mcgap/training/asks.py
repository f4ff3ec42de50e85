"""``python -m mcgap.training.asks``: train models/asks.json, which says whether a place that names a skill asks for it.

The labels are our own, made by reading: a row is one posting of a CSV of postings (its row, from 0, and the fingerprint of its text), and for
each place a letter and its first and last (exclusive) character: r required, p preferred, d a skill of a duty, g a degree or its field, n no skill;
no text. In ``ask_labels.csv`` the places that the list or the tagger proposed were judged, and those missing were added; the postings of
``whole_labels.csv`` were labelled whole by readers who saw no proposal, their n being words that only look like a skill.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from mcgap.documents import read_document
from mcgap.errors import McgapError
from mcgap.files import shipped
from mcgap.pipeline import Analyzer
from mcgap.records import UNDECIDED, Ask, DocumentKind
from mcgap.requirements.likely import (
    ASKED,
    FORMAT,
    MODES,
    PARTS,
    PHRASE,
    SHIPPED,
    TASK,
    TOLD,
    Place,
    Supports,
    is_settled,
    load_ask_model,
    part_of,
    place_features,
    places_of,
)
from mcgap.settings import Settings
from mcgap.text import Words, overlaps
from mcgap.training.clauses import as_json
from mcgap.training.samples import NAMED, PLACE_LABELS, WHOLE_LABELS, Judged, read_judged, read_own

_DEGREE = "g"
_STRENGTH = 0.1  # inverse of the L2 penalty, by cross-validation
_RARE = 2  # asks that a feature must stand in
_FOLDS = 5
# The chance below which an ask is left out, by its part, without and with the tagger.
_LEAST = {ASKED: (0.4, 0.555), TOLD: (0.61, 0.55), PHRASE: (0.35, 0.3), TASK: (0.15, 0.12), UNDECIDED: (0.79, 0.7)}


@dataclass(frozen=True, slots=True)
class Labelled:
    """The asks of one posting as features, whether each stands where a reader found a skill, and of which of ``PARTS`` it is."""

    features: tuple[tuple[str, ...], ...]
    right: tuple[bool, ...]
    parts: tuple[str, ...]


class _Listener(Analyzer):
    """An analyzer that notes what the model is to see, and leaves nothing out."""

    heard: tuple[tuple[Place, tuple[str, ...]], ...] = ()

    def _likely(self, words: Words, asks: tuple[Ask, ...], supports: Supports | None) -> tuple[Ask, ...]:
        self.heard = tuple((place, tuple(place_features(words, place))) for place in places_of(words, asks, self.taxonomy, supports))
        return asks


def read_labelled(texts: Path, mode: str) -> list[Labelled]:
    """The labelled postings of a CSV with the columns title and description. Raises TableError where a text is not the one labelled.

    Without the tagger those teach too that we wrote (with it they make nothing better), and with it those are left out from which it learnt: it is
    surer there than of a posting that it meets.
    """
    listener = _Listener(Settings(fast=mode == "fast"))
    whole = {judged.posting: judged for judged in read_judged(texts, WHOLE_LABELS)}
    places = [judged for judged in read_judged(texts, PLACE_LABELS) if judged.posting not in whole]
    return [_labelled(judged, listener) for judged in (*places, *((*whole.values(), *read_own()) if mode == "fast" else ()))]


def _labelled(judged: Judged, listener: _Listener) -> Labelled:
    skills = [span for letter, span in judged.places if letter in NAMED]
    degrees = [span for letter, span in judged.places if letter == _DEGREE]
    listener.extract(read_document(judged.text, DocumentKind.POSTING))
    rows = []
    for place, features in listener.heard:
        if is_settled(place):
            continue
        ask = place.ask
        span = ask.mention.start, ask.mention.end
        right = any(overlaps(span, skill) for skill in skills)
        if right or not any(overlaps(span, degree) for degree in degrees):  # what names only a degree is judged nowhere
            rows.append((features, right, part_of(ask)))
    return Labelled(tuple(r[0] for r in rows), tuple(r[1] for r in rows), tuple(r[2] for r in rows))


def train_asks(postings: Sequence[Labelled]) -> tuple[int, dict[str, int]]:
    """The bias and the weights of one mode, in hundredths: logistic regression over the features of each ask."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    counts = Counter(f for posting in postings for features in posting.features for f in features)
    vectorizer = DictVectorizer()
    rows = vectorizer.fit_transform([{f: 1 for f in features if counts[f] >= _RARE} for p in postings for features in p.features])
    fitted = LogisticRegression(C=_STRENGTH, max_iter=2000, tol=1e-6).fit(rows, [right for p in postings for right in p.right])
    weights = {name: _hundredths(w) for name, w in zip(vectorizer.get_feature_names_out(), fitted.coef_[0].tolist(), strict=True)}
    return _hundredths(fitted.intercept_[0]), {name: weight for name, weight in weights.items() if weight}


def _hundredths(value: float) -> int:
    return round(100 * value)


def _leasts(mode: str) -> dict[str, int]:
    chances = {part: each[MODES.index(mode)] for part, each in _LEAST.items()}
    return {part: _hundredths(math.log(chance / (1 - chance))) for part, chance in chances.items()}


def as_table(trained: Mapping[str, tuple[int, dict[str, int]]]) -> dict[str, Any]:
    """The models of both modes as they are written."""
    names = sorted({name for _, weights in trained.values() for name in weights})
    leasts = [_leasts(mode) for mode in MODES]
    return {
        "format": FORMAT,
        "bias": [trained[mode][0] for mode in MODES],
        "least": {part: [each[part] for each in leasts] for part in PARTS},
        "weights": {name: [trained[mode][1].get(name, 0) for mode in MODES] for name in names},
    }


def cross_validate(postings: Sequence[Labelled], mode: str, folds: int = _FOLDS) -> dict[str, Any]:
    """Of asks that each fold's model has not seen: how many were left out, of those at a skill and of those at none."""
    counts: Counter[tuple[str, str]] = Counter()
    for fold in range(folds):
        bias, weights = train_asks([p for n, p in enumerate(postings) if n % folds != fold])
        least = _leasts(mode)
        for posting in postings[fold::folds]:
            for features, right, part in zip(posting.features, posting.right, posting.parts, strict=True):
                total = bias + sum(weights.get(f, 0) for f in features)
                kept = total >= least[part]
                counts[part, f"{'skill' if right else 'no skill'} {'kept' if kept else 'left out'}"] += 1
    return {part: {name: n for (of, name), n in sorted(counts.items()) if of == part} for part in PARTS}


@click.command()
@click.option("--texts", type=click.Path(path_type=Path, exists=True, dir_okay=False), required=True, help="The CSV whose postings were labelled.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), default=shipped(SHIPPED), show_default=True, help="Where the model goes.")
def main(texts: Path, out: Path) -> None:
    """Train the model of asks, with and without the tagger, and print its scores by cross-validation."""
    try:
        labelled = {mode: read_labelled(texts, mode) for mode in MODES}
        out.write_text(as_json(as_table({mode: train_asks(postings) for mode, postings in labelled.items()})), encoding="utf-8")
        for mode in MODES:
            load_ask_model(mode, out)
    except McgapError as error:
        raise click.ClickException(str(error)) from None
    click.echo(json.dumps({mode: cross_validate(postings, mode) for mode, postings in labelled.items()}, indent=1))


if __name__ == "__main__":
    main()
