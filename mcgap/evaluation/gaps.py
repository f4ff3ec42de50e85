"""How well gap states agree with people who read posting and résumé."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from mcgap.evaluation.extraction import Share, Tally
from mcgap.evaluation.labels import span_of
from mcgap.pipeline import Analyzer
from mcgap.records import Document, DocumentKind, Gap, Status
from mcgap.text import overlaps

_OPEN = frozenset({Status.MISSING, Status.PARTIAL, Status.LEARNING, Status.STALE})
_ORDER = list(Status)


def score_gaps(gaps: Path, postings: Path, resumes: Path, analyzer: Analyzer, progress: Callable[[str], None] = lambda _: None) -> dict[str, float]:
    """Open-gap precision, recall and F1, the share of closed needs reported open, and of needs not seen.

    ``postings`` and ``resumes`` are folders with text/ and labels/. A need labelled partial is a matter of degree and counts in neither.
    """
    tally, false_open, unseen = Tally(), Share(), Share()
    for file in sorted(gaps.glob("*.json")):
        progress(file.stem)
        pair = json.loads(file.read_text(encoding="utf-8"))
        labels = json.loads((postings / "labels" / f"{pair['posting']}.json").read_text(encoding="utf-8"))
        posting = _document(postings / "text" / f"{pair['posting']}.txt", DocumentKind.POSTING)
        report = analyzer.analyze(posting, _document(resumes / "text" / f"{pair['resume']}.txt", DocumentKind.RESUME))
        for need in pair["needs"]:
            spans = [span_of(posting.text, e) for e in labels["skills"] if e["skill"].casefold() == need["skill"].casefold()]
            seen = [g for g in report.gaps if _touches(g, spans)]
            unseen.add(not seen)
            if not seen or need["status"] == "partial":
                continue
            wants = Status(need["status"]) in _OPEN
            says = min((g.status for g in seen), key=_ORDER.index) in _OPEN
            tally.gold += wants
            tally.gold_found += wants and says
            tally.predicted += says
            tally.predicted_right += wants and says
            if not wants:
                false_open.add(says)
    return {
        "open precision": round(tally.precision, 4),
        "open recall": round(tally.recall, 4),
        "open f1": round(tally.f1, 4),
        "closed reported open": round(false_open.value, 4),
        "needs not seen": round(unseen.value, 4),
    }


def _document(path: Path, kind: DocumentKind) -> Document:
    return Document(path.read_bytes().decode("utf-8", errors="replace"), path.stem, kind)


def _touches(gap: Gap, spans: list[tuple[int, int]]) -> bool:
    return any(overlaps((a.mention.start, a.mention.end), span) for a in gap.need.asks for span in spans)
