"""``python -m mcgap.training.breaks``: train models/breaks.json, which finds where a text lost its line breaks.

The labels (``break_labels.csv``) are our own: 5,550 places of 1,778 unlabelled postings, each judged by reading. They hold no text, only for each
place (the offset of a word with a capital after a mere space) a letter: y where something new begins, n where the words go on.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from mcgap.documents import read_document
from mcgap.errors import McgapError
from mcgap.files import shipped
from mcgap.records import DocumentKind
from mcgap.requirements.breaks import FORMAT, SHIPPED, break_features, load_break_model, places_of
from mcgap.text import Words
from mcgap.training.clauses import as_json
from mcgap.training.postings import labelled_postings

LABELS = Path(__file__).parent / "break_labels.csv"
_STRENGTH = 2.0  # inverse of the L2 penalty, by cross-validation (1 and 3 are alike)
_FOLDS = 5

Labelled = tuple[tuple[list[str], bool], ...]  # the places of one posting as features, and whether a break was lost there


def read_labelled(texts: Path, labels: Path = LABELS) -> list[Labelled]:
    """The labelled places of a CSV with the columns title and description, a posting each. Raises TableError where a text is not the one labelled."""
    found = []
    for _, text, judged in labelled_postings(texts, labels, "places"):
        words = Words(read_document(text, DocumentKind.POSTING).text)
        places = {words.starts[k]: k for k in places_of(words, 0, len(words))}
        marks = ((mark[0], int(mark[1:])) for mark in judged.split())
        found.append(tuple((break_features(words, places[at]), letter == "y") for letter, at in marks if at in places))
    return found


def train_breaks(postings: Sequence[Labelled]) -> dict[str, Any]:
    """The model as it is written: logistic regression over features, in hundredths."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    vectorizer = DictVectorizer()
    rows = vectorizer.fit_transform([dict.fromkeys(features, 1) for posting in postings for features, _ in posting])
    fitted = LogisticRegression(C=_STRENGTH, max_iter=2000, tol=1e-6).fit(rows, [lost for posting in postings for _, lost in posting])
    weights = {name: round(100 * w) for name, w in zip(vectorizer.get_feature_names_out(), fitted.coef_[0].tolist(), strict=True)}
    return {"format": FORMAT, "bias": round(100 * float(fitted.intercept_[0])), "weights": {name: w for name, w in sorted(weights.items()) if w}}


def cross_validate(postings: Sequence[Labelled], folds: int = _FOLDS) -> dict[str, Any]:
    """Scores on postings that each fold's model has not seen: precision and recall of breaks."""
    counts: Counter[tuple[bool, bool]] = Counter()
    for fold in range(folds):
        table = train_breaks([p for n, p in enumerate(postings) if n % folds != fold])
        for posting in postings[fold::folds]:
            for features, lost in posting:
                counts[lost, table["bias"] + sum(table["weights"].get(f, 0) for f in features) > 0] += 1
    right = counts[True, True]
    return {
        "places": counts.total(),
        "breaks": right + counts[True, False],
        "precision": round(right / (right + counts[False, True]), 4),
        "recall": round(right / (right + counts[True, False]), 4),
    }


@click.command()
@click.option("--texts", type=click.Path(path_type=Path, exists=True, dir_okay=False), required=True, help="The CSV whose postings were labelled.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), default=shipped(SHIPPED), show_default=True, help="Where the model goes.")
def main(texts: Path, out: Path) -> None:
    """Train the finder of lost line breaks, and print its scores by cross-validation."""
    try:
        postings = read_labelled(texts)
        out.write_text(as_json(train_breaks(postings)), encoding="utf-8")
        load_break_model(out)
    except McgapError as error:
        raise click.ClickException(str(error)) from None
    click.echo(json.dumps(cross_validate(postings), indent=1))


if __name__ == "__main__":
    main()
