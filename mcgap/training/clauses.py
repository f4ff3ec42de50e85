"""``python -m mcgap.training.clauses``: train models/clauses.json, which reads what each clause of a posting is for.

The labels (``clause_labels.csv``) are our own: 1,397 unlabelled postings, each clause judged by reading. They hold no text, only a
letter and the end of each clause: R asks, P would like, D duty; E employer, B benefits, H hiring process; T title or fragment.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import click

from mcgap.documents import read_document
from mcgap.errors import McgapError
from mcgap.files import shipped
from mcgap.mentions import find_mentions
from mcgap.records import DocumentKind
from mcgap.requirements.clauses import features_of, split_clauses
from mcgap.requirements.kinds import FORMAT, KINDS, SHIPPED, ClauseKind, ClauseModel, load_clause_model, read_kinds
from mcgap.sections import find_sections
from mcgap.taxonomy import Taxonomy, load_taxonomy
from mcgap.text import Words
from mcgap.training.postings import labelled_postings

LABELS = Path(__file__).parent / "clause_labels.csv"
MEANINGS = {
    "R": ClauseKind.ASK,
    "P": ClauseKind.ASK,
    "D": ClauseKind.DUTY,
    "E": ClauseKind.ASIDE,
    "B": ClauseKind.ASIDE,
    "H": ClauseKind.ASIDE,
    "T": ClauseKind.HEAD,
}
_STRENGTH = 1.0  # inverse of the L2 penalty, by cross-validation (0.3, 1 and 3 are alike)
_ASIDE = -0.4  # added to the log odds of "aside": a demand read as said aside is lost, a remark read as a demand is one of many
_FOLLOWS = 0.6  # how much of the log odds of what follows what counts, by cross-validation
_LEAST = 2  # clauses that a feature must stand in
_FOLDS = 5


@dataclass(frozen=True, slots=True)
class Labelled:
    """The clauses of one posting as features, and the kind of each."""

    clauses: tuple[tuple[str, ...], ...]
    kinds: tuple[ClauseKind, ...]


def read_labelled(texts: Path, taxonomy: Taxonomy, labels: Path = LABELS) -> list[Labelled]:
    """The labelled postings of a CSV with the columns title and description. Raises TableError where a text is not the one labelled."""
    return [_labelled(text, taxonomy, clauses) for _, text, clauses in labelled_postings(texts, labels, "clauses")]


def _labelled(text: str, taxonomy: Taxonomy, judged: str) -> Labelled:
    document = read_document(text, DocumentKind.POSTING)
    words = Words(document.text)
    marks = [(MEANINGS[mark[0]], int(mark[1:])) for mark in judged.split()]
    ends = [end for _, end in marks]
    clauses, kinds = [], []
    sections = find_sections(document, words)
    mentions = find_mentions(words, taxonomy, sections).mentions
    for clause in split_clauses(words, sections, mentions, taxonomy):
        # A clause cut otherwise since takes the label of its middle.
        at = bisect_right(ends, (words.starts[clause.first] + words.ends[clause.last - 1]) // 2)
        clauses.append(tuple(features_of(words, clause)))
        kinds.append(marks[min(at, len(marks) - 1)][0])
    return Labelled(tuple(clauses), tuple(kinds))


def train_clauses(postings: Sequence[Labelled]) -> dict[str, Any]:
    """The model as it is written: multinomial logistic regression over features, and log odds of what follows what; in hundredths."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    counts = Counter(f for posting in postings for clause in posting.clauses for f in clause)
    vectorizer = DictVectorizer()
    rows = vectorizer.fit_transform([{f: 1 for f in clause if counts[f] >= _LEAST} for p in postings for clause in p.clauses])
    kinds = [KINDS.index(kind) for p in postings for kind in p.kinds]
    fitted = LogisticRegression(C=_STRENGTH, max_iter=2000, tol=1e-6).fit(rows, kinds)
    weights = {name: [_hundredths(w) for w in column] for name, column in zip(vectorizer.get_feature_names_out(), fitted.coef_.T.tolist(), strict=True)}
    return {
        "format": FORMAT,
        "kinds": [str(kind) for kind in KINDS],
        "bias": [_hundredths(b + _ASIDE * (kind is ClauseKind.ASIDE)) for b, kind in zip(fitted.intercept_.tolist(), KINDS, strict=True)],
        "follows": _follows(postings),
        "weights": {name: column for name, column in sorted(weights.items()) if any(column)},
    }


def _follows(postings: Sequence[Labelled]) -> list[list[int]]:
    import math

    counts = Counter(pair for p in postings for pair in pairwise(p.kinds))
    single = Counter(kind for p in postings for kind in p.kinds)
    total = single.total()
    return [
        [_hundredths(_FOLLOWS * math.log((counts[a, b] + 1) / (sum(counts[a, c] for c in KINDS) + len(KINDS)) * total / single[b])) for b in KINDS]
        for a in KINDS
    ]


def _hundredths(value: float) -> int:
    return round(100 * value)


def cross_validate(postings: Sequence[Labelled], folds: int = _FOLDS) -> dict[str, Any]:
    """Scores on postings that each fold's model has not seen: the share of clauses read right (heads left out), and what was read as what."""
    confusion: Counter[tuple[str, str]] = Counter()
    for fold in range(folds):
        table = train_clauses([p for n, p in enumerate(postings) if n % folds != fold])
        model = ClauseModel(tuple(table["bias"]), tuple(map(tuple, table["follows"])), table["weights"])
        for posting in postings[fold::folds]:
            confusion.update((str(a), str(b)) for a, b in zip(posting.kinds, read_kinds(posting.clauses, model), strict=True))
    told = Counter({pair: n for pair, n in confusion.items() if pair[0] != ClauseKind.HEAD})
    return {
        "clauses": confusion.total(),
        "right": round(sum(n for (a, b), n in told.items() if a == b) / told.total(), 4),
        "confusion": {f"{a}->{b}": n for (a, b), n in sorted(confusion.items())},
    }


def as_json(table: dict[str, Any]) -> str:
    """A model of weights as JSON, a feature a line, so that a change can be read; "weights" comes last."""
    heads = [f" {json.dumps(name)}: {json.dumps(value)}," for name, value in table.items() if name != "weights"]
    weights = [f"  {json.dumps(name, ensure_ascii=False)}: {json.dumps(column)}" for name, column in table["weights"].items()]
    return "\n".join(["{", *heads, ' "weights": {', ",\n".join(weights), " }", "}", ""])


@click.command()
@click.option("--texts", type=click.Path(path_type=Path, exists=True, dir_okay=False), required=True, help="The CSV whose postings were labelled.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), default=shipped(SHIPPED), show_default=True, help="Where the model goes.")
def main(texts: Path, out: Path) -> None:
    """Train the reader of clauses, and print its scores by cross-validation."""
    try:
        postings = read_labelled(texts, load_taxonomy())
        out.write_text(as_json(train_clauses(postings)), encoding="utf-8")
        load_clause_model(out)
    except McgapError as error:
        raise click.ClickException(str(error)) from None
    click.echo(json.dumps(cross_validate(postings), indent=1))


if __name__ == "__main__":
    main()
