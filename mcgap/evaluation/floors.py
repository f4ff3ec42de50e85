"""All measures of a folder of hand labels, and the floors below which none may fall."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from mcgap.errors import DocumentError
from mcgap.evaluation.alternatives import read_choices, score_alternatives
from mcgap.evaluation.extraction import score_extraction
from mcgap.evaluation.gaps import score_gaps
from mcgap.evaluation.labels import read_kept_aside, read_labels
from mcgap.evaluation.linking import score_linking
from mcgap.evaluation.spans import score_spans
from mcgap.evaluation.whole import read_own, read_whole, score_whole
from mcgap.pipeline import Analyzer
from mcgap.records import DocumentKind
from mcgap.settings import Settings
from mcgap.taxonomy import Taxonomy

Measures = dict[str, dict[str, float]]
_KEPT_ASIDE = {"kept-aside": "watched", "sealed": "sealed"}
STEPS = ("postings", "kept-aside", "sealed", "whole", "own", "alternatives", "resumes", "gaps", "spans", "linking")
# Measures where less is better; their floor is a ceiling.
LESS_IS_BETTER = frozenset({"traps taken", "closed reported open", "needs not seen"})


def evaluate(
    data: Path,
    settings: Settings,
    *,
    steps: tuple[str, ...] = STEPS,
    candidates: Taxonomy | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> Measures:
    """Measures by step, of what ``data`` holds: postings/, resumes/, gaps/ with hand labels, skillspan/dev.json, skillskape/dev.csv.

    "kept-aside" and "sealed" are 40 postings of postings/unlabelled.csv each under labels of our own that no rule was written on: the honest
    figures, those of "sealed" the more so. "whole" are 432 others of which all mentions were labelled and no model learnt names or places,
    "own" are postings that we wrote, of kinds that the data sets lack, "alternatives" 415 whose groups we labelled and whose errors were read.
    ``candidates`` are the skills that the step "linking" ranks, ours if none are given. That step needs the vectors, which fast settings leave out.

    Raises DocumentError where the folder holds nothing for the steps.
    """
    analyzer = Analyzer(settings)
    measures: Measures = {}
    for step, kind in (("postings", DocumentKind.POSTING), ("resumes", DocumentKind.RESUME)):
        if step in steps and (data / step / "labels").is_dir():
            measures[step] = score_extraction(read_labels(data / step / "labels", data / step / "text"), kind, analyzer, progress)
    texts = data / "postings" / "unlabelled.csv"
    for step, which in _KEPT_ASIDE.items():
        if step in steps and texts.is_file():
            measures[step] = score_extraction(read_kept_aside(texts, which), DocumentKind.POSTING, analyzer, progress)
    if "whole" in steps and texts.is_file():
        measures["whole"] = score_whole(read_whole(texts), analyzer, progress)
    for which in ("read", "sealed") if "own" in steps else ():
        measures[f"own, {which}"] = score_whole(read_own(which), analyzer, progress)
    if "alternatives" in steps and texts.is_file():
        measures["alternatives"] = score_alternatives(read_choices(texts), analyzer, progress)
    if "gaps" in steps and (data / "gaps").is_dir():
        measures["gaps"] = score_gaps(data / "gaps", data / "postings", data / "resumes", analyzer, progress)
    if "spans" in steps and (data / "skillspan" / "dev.json").is_file():
        measures["spans"] = score_spans(data / "skillspan" / "dev.json", analyzer, progress=progress)
    if "linking" in steps and not settings.fast and (data / "skillskape" / "dev.csv").is_file():
        measures["linking"] = score_linking(data / "skillskape" / "dev.csv", analyzer, candidates, progress)
    if not measures:
        raise DocumentError(f"{data} holds no hand labels; name a folder with postings/, resumes/, gaps/, skillspan/ or skillskape/ (--data FOLDER).")
    return measures


def read_floors(path: Path) -> Measures:
    """Floors by mode (full or fast), step and measure, e.g. ``{"fast postings": {"asked f1": 0.7}}``."""
    floors: Measures = json.loads(path.read_text(encoding="utf-8"))
    return floors


def below_floors(measures: Measures, floors: Measures, mode: str) -> list[str]:
    """A sentence for each measure that misses its floor."""
    misses = []
    for step, values in measures.items():
        for name, floor in floors.get(f"{mode} {step}", {}).items():
            if name not in values:
                continue
            value = values[name]
            if value > floor if name in LESS_IS_BETTER else value < floor:
                misses.append(f"{step}: {name} is {value:.4f}, its {'ceiling' if name in LESS_IS_BETTER else 'floor'} is {floor:.4f}.")
    return misses
