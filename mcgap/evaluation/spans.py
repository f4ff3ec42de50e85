"""Mentions against SkillSpan's hand-labelled spans (Zhang et al. 2022), skill and knowledge merged."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from mcgap.evaluation.extraction import Tally
from mcgap.pipeline import Analyzer
from mcgap.records import Document, DocumentKind

Span = tuple[int, int]


def score_spans(data: Path, analyzer: Analyzer, *, limit: int | None = None, progress: Callable[[str], None] = lambda _: None) -> dict[str, float]:
    """Exact (same first and last token) and overlap (any shared token) F1, and recall a layer.

    Sentences of one posting are joined by newlines, tokens by spaces. Merged gold: every skill span, and every knowledge span that no skill span touches.
    """
    exact, overlap = Tally(), Tally()
    layers = {"skill": Tally(), "knowledge": Tally()}
    for name, sentences in list(_postings(data).items())[:limit]:
        progress(name)
        extraction = analyzer.extract(Document("\n".join(" ".join(s["tokens"]) for s in sentences) + "\n", name, DocumentKind.POSTING))
        said = [(a.mention.start, a.mention.end) for a in extraction.asks]
        at = 0
        for sentence in sentences:
            starts = []
            for token in sentence["tokens"]:
                starts.append((at, at + len(token)))
                at += len(token) + 1
            predicted = _tokens(said, starts)
            skill, knowledge = _tagged(sentence["tags_skill"]), _tagged(sentence["tags_knowledge"])
            gold = {*skill, *(k for k in knowledge if not _touched(k, skill))}
            _count(exact, gold, predicted, len(gold & predicted), len(gold & predicted))
            _count(overlap, gold, predicted, sum(_touched(g, predicted) for g in gold), sum(_touched(p, gold) for p in predicted))
            for layer, spans in (("skill", skill), ("knowledge", knowledge)):
                layers[layer].gold += len(spans)
                layers[layer].gold_found += sum(_touched(s, predicted) for s in spans)
    return {
        "exact precision": round(exact.precision, 4),
        "exact recall": round(exact.recall, 4),
        "exact f1": round(exact.f1, 4),
        "overlap precision": round(overlap.precision, 4),
        "overlap recall": round(overlap.recall, 4),
        "overlap f1": round(overlap.f1, 4),
        "skill recall": round(layers["skill"].recall, 4),
        "knowledge recall": round(layers["knowledge"].recall, 4),
    }


def _postings(data: Path) -> dict[str, list[dict[str, Any]]]:
    postings: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in data.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        postings[f"{row['source']}-{row['idx']}"].append(row)
    return postings


def _tagged(tags: Sequence[str]) -> list[Span]:
    """The spans of BIO tags, as first and last (exclusive) token."""
    spans: list[Span] = []
    start: int | None = None
    for i, tag in enumerate([*tags, "O"]):
        if start is not None and tag[0] in "OB":
            spans.append((start, i))
            start = None
        if tag[0] == "B" or (tag[0] == "I" and start is None):
            start = i
    return spans


def _tokens(said: Iterable[Span], starts: Sequence[Span]) -> set[Span]:
    found: set[Span] = set()
    for a, b in said:
        inside = [i for i, (x, y) in enumerate(starts) if x < b and a < y]
        if inside:
            found.add((inside[0], inside[-1] + 1))
    return found


def _touched(span: Span, others: Iterable[Span]) -> bool:
    return any(span[0] < b and a < span[1] for a, b in others)


def _count(tally: Tally, gold: set[Span], predicted: set[Span], gold_found: int, right: int) -> None:
    tally.gold += len(gold)
    tally.predicted += len(predicted)
    tally.gold_found += gold_found
    tally.predicted_right += right
