"""``python -m mcgap.training.headings``: train models/headings.json, which says which lines of a posting head a part of it. It needs no other data.

A heading is a row of ``data/section_headings.csv``. No heading is a line that names a skill or a short sentence, of the postings that we wrote for
training (``own_postings.jsonl``); other lines were judged by reading, or written as decoys (``heading_labels.csv``: the line, and the part that it heads
or "none").
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import click

from mcgap.errors import McgapError
from mcgap.files import read_table, shipped, shipped_rows
from mcgap.records import DocumentKind
from mcgap.sections import load_headings
from mcgap.sections.lines import FORMAT, LONGEST, NONE, SHIPPED, find_lines, line_features, load_heading_model, model_of
from mcgap.text import BULLETS, Words, phrase_key
from mcgap.training.clauses import as_json
from mcgap.training.samples import read_own

LABELS = Path(__file__).parent / "heading_labels.csv"
_NAME = "Northmoor"  # for the "*" of a heading, which stands for a name
_STRENGTH = 3.0  # inverse of the L2 penalty
_RARE = 2  # lines that a pair of words must stand in
_FOLDS = 5
_PARTING = BULLETS | set("\n.;!?*")

Line = tuple[tuple[str, ...], str]  # the features of a line, and the part that it heads or NONE


def read_headings() -> list[Line]:
    """The headings of the table and the judged lines."""
    table = shipped_rows("data/section_headings.csv", ("heading", "document", "section"))
    rows = [(row["heading"].replace("*", _NAME), row["section"]) for row in table if row["document"] == DocumentKind.POSTING]
    rows += [(row["line"], row["section"]) for _, row in read_table(LABELS, ("line", "section"))]
    return [_line(text, kind) for text, kind in dict(rows).items() if Words(text).raw]


def _line(text: str, kind: str) -> Line:
    words = Words(text)
    return tuple(line_features(words, 0, len(words))), kind


def read_items() -> list[Line]:
    """Lines of our own postings that name a skill, and their short sentences, each once."""
    headings = load_headings(DocumentKind.POSTING)
    found: dict[tuple[str, ...], Line] = {}
    for judged in read_own():
        words = Words(judged.text)
        for first, last in dict.fromkeys((*find_lines(words), *_short_parts(words))):
            start, end = words.starts[first], words.ends[last - 1]
            line = phrase_key(words.slice(first, last))
            named = any(start <= at < end for _, (at, _) in judged.places) or words.gaps[last].startswith(".")
            if named and not headings.get(line):
                found.setdefault(line, (tuple(line_features(words, first, last)), NONE))
    return list(found.values())


def _short_parts(words: Words) -> list[tuple[int, int]]:
    """The words (last exclusive) between two line breaks, bullets or full stops, where they are no more than a heading has."""
    ends = [0, *(k for k in words.apart if not _PARTING.isdisjoint(words.gaps[k])), len(words)]
    return [(first, last) for first, last in pairwise(ends) if 0 < last - first <= LONGEST]


def train_headings(lines: Sequence[Line]) -> dict[str, Any]:
    """The model as it is written: multinomial logistic regression over features, in hundredths."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    counts = Counter(feature for features, _ in lines for feature in features)
    vectorizer = DictVectorizer()
    rows = vectorizer.fit_transform([{f: 1 for f in features if counts[f] >= _RARE or " " not in f} for features, _ in lines])
    fitted = LogisticRegression(C=_STRENGTH, max_iter=3000, tol=1e-6).fit(rows, [kind for _, kind in lines])
    weights = {name: [_hundredths(w) for w in column] for name, column in zip(vectorizer.get_feature_names_out(), fitted.coef_.T.tolist(), strict=True)}
    return {
        "format": FORMAT,
        "kinds": [str(kind) for kind in fitted.classes_],
        "bias": [_hundredths(b) for b in fitted.intercept_.tolist()],
        "weights": {name: column for name, column in sorted(weights.items()) if any(column)},
    }


def _hundredths(value: float) -> int:
    return round(100 * value)


def cross_validate(lines: Sequence[Line], folds: int = _FOLDS) -> dict[str, Any]:
    """Of lines that each fold's model has not seen: the share of each kind read as that kind, as none and as another."""
    counts: Counter[tuple[str, str]] = Counter()
    for fold in range(folds):
        model = model_of(train_headings([line for n, line in enumerate(lines) if n % folds != fold]))
        for features, kind in lines[fold::folds]:
            read = model.read(features)
            counts[kind, "right" if (read or NONE) == kind else "none" if read is None else "other"] += 1
    kinds = sorted({kind for kind, _ in counts})
    totals = {kind: sum(n for (of, _), n in counts.items() if of == kind) for kind in kinds}
    return {kind: {"lines": totals[kind], **{how: round(counts[kind, how] / totals[kind], 3) for how in ("right", "none", "other")}} for kind in kinds}


@click.command()
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), default=shipped(SHIPPED), show_default=True, help="Where the model goes.")
def main(out: Path) -> None:
    """Train the reader of headings, and print its scores by cross-validation."""
    try:
        lines = [*read_headings(), *read_items()]
        out.write_text(as_json(train_headings(lines)), encoding="utf-8")
        load_heading_model(out)
    except McgapError as error:
        raise click.ClickException(str(error)) from None
    click.echo(json.dumps(cross_validate(lines), indent=1))


if __name__ == "__main__":
    main()
