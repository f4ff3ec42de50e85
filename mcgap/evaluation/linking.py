"""How well phrases of a sentence find the skills that SkillSkape says it asks for (Magron et al. 2024; labels are names of ESCO skills)."""

from __future__ import annotations

import ast
import csv
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from mcgap.errors import DocumentError
from mcgap.evaluation.extraction import Share
from mcgap.linking.meaning import link_or_suggest
from mcgap.linking.vectors import SkillIndex, load_vectors
from mcgap.mentions import find_mentions
from mcgap.mentions.tagger import read_words
from mcgap.pipeline import Analyzer
from mcgap.records import Document, DocumentKind, Mention
from mcgap.sections import find_sections
from mcgap.taxonomy import Taxonomy
from mcgap.text import Words

_RANKS = (1, 5, 10)
_NO_SKILL = "UNK"


def score_linking(file: Path, analyzer: Analyzer, candidates: Taxonomy | None = None, progress: Callable[[str], None] = lambda _: None) -> dict[str, float]:
    """RP@1, RP@5 and RP@10 among the skills of ``candidates`` (ours, or an imported ESCO) over the sentences of a SkillSkape file, and the like.

    RP@k is the mean over sentences of |best k ∩ labels| / min(k, |labels|) (Decorte et al. 2022). A label that names not exactly one
    candidate is left out, and a sentence that keeps none, too; "labels named" is the share of label mentions that stay. "suggestions right" is
    the share of phrases of several words whose suggestion is among the labels; where a sentence asks for more than was labelled, it counts as wrong.
    """
    taxonomy = candidates or analyzer.taxonomy
    vectors = load_vectors()
    index = SkillIndex.of(taxonomy, vectors)
    ranked: list[list[float]] = []
    named, right = Share(), Share()
    for sentence, labels in read_sentences(file):
        progress(sentence)
        wanted: set[str] = set()
        for label in labels:
            skills = taxonomy.named(label)
            named.add(len(skills) == 1)
            if len(skills) == 1:
                wanted.update(skills)
        if not wanted:
            continue
        phrases = phrases_of(sentence, analyzer)
        best = [skill for skill, _ in index.nearest_of(phrases, max(_RANKS))]
        ranked.append([len(wanted.intersection(best[:k])) / min(k, len(wanted)) for k in _RANKS])
        unlinked = [Mention(0, len(phrase), phrase, None, "tagger") for phrase in phrases]
        for mention in link_or_suggest(unlinked, taxonomy, index, least=vectors.suggested):
            if mention.suggestion is not None:
                right.add(mention.suggestion.skill in wanted)
    if not ranked:
        raise DocumentError(f"{file} has no label that names one of these skills; give a SkillSkape file with the columns sentence and skills.")
    means = [sum(column) / len(ranked) for column in zip(*ranked, strict=True)]
    scores = {f"rp@{k}": mean for k, mean in zip(_RANKS, means, strict=True)} | {"labels named": named.value, "suggestions right": right.value}
    return {name: round(value, 4) for name, value in scores.items()}


def read_sentences(file: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The sentences of a SkillSkape CSV with their labels; none where it holds no skill."""
    with file.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            try:
                labels = ast.literal_eval(row["skills"])
                yield row["sentence"], tuple(label for label in labels if label != _NO_SKILL)
            except (KeyError, ValueError, SyntaxError, TypeError):
                raise DocumentError(f"{file} is no SkillSkape file: it needs the columns sentence and skills, a list of names.") from None


def phrases_of(sentence: str, analyzer: Analyzer) -> tuple[str, ...]:
    """What the tagger and the skill list take for skills in a sentence; the sentence itself where they find none."""
    words = Words(sentence)
    known = find_mentions(words, analyzer.taxonomy, find_sections(Document(sentence, "", DocumentKind.POSTING), words)).mentions
    reading = read_words(words, [(0, len(sentence))], known, analyzer.taxonomy, analyzer.tagger)
    found = _in_words(words, (*reading.spans, *reading.nested))
    return tuple(dict.fromkeys((*found, *(mention.text for mention in known)))) or (sentence,)


def _in_words(words: Words, spans: Iterable[tuple[int, int, float]]) -> Iterator[str]:
    return (words.slice(first, last) for first, last, _ in sorted(spans))
