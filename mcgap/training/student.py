"""The network that is shipped, trained in torch: the same arithmetic as mentions/tagger_network.py.

It learns from hand labels and from what the teacher makes of the same and of unlabelled texts (distillation: Hinton et al. 2015).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from mcgap.mentions.tagger_features import BUCKETS, FORMAT, GAPS, KNOWN, OWN, PLACE, SHAPES
from mcgap.mentions.tagger_network import LABELS, LAYERS, THRESHOLDS
from mcgap.taxonomy import Taxonomy
from mcgap.training.samples import NOT_LABELLED, Sample

_COLUMNS = (*OWN, *PLACE)
_WORD, _KNOWN = 0, len(_COLUMNS) - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """What was chosen on SkillSpan dev.

    ``gold`` is the weight of a hand-labelled word, where one read by the teacher weighs 1; ``mixed`` the share of the hand label in its
    target; ``unlabelled`` the number of words that the teachers label.
    """

    width: int = 192
    reaches: tuple[int, ...] = (1, 2, 4, 8, 16, 1)
    epochs: int = 8
    rate: float = 2e-3
    dropout: float = 0.15
    word_dropout: float = 0.06
    known_dropout: float = 0.05
    batch: int = 3000
    gold: float = 2.0
    mixed: float = 0.6
    seed: int = 1
    teachers: int = 2
    unlabelled: int = 750_000
    thresholds: tuple[float, ...] = (0.0, 0.5, 0.1, 0.02, 0.6, 0.7, 0.74, 0.1)  # of THRESHOLDS, in their order


@dataclass(frozen=True, slots=True, eq=False)
class _Item:
    rows: NDArray[np.int64]
    target: NDArray[np.float32]
    weight: float


class Student(torch.nn.Module):
    """``forward`` takes rows (words, 8) and a mask (words, 1), and gives logits (words, layer, label)."""

    def __init__(self, words: int, recipe: Recipe) -> None:
        super().__init__()
        width = recipe.width
        sizes = (words + 1, *BUCKETS.values(), len(SHAPES), GAPS, GAPS, KNOWN)
        self.recipe = recipe
        self.vectors = torch.nn.ModuleList(torch.nn.Embedding(n, width) for n in sizes)
        self.first = torch.nn.LayerNorm(width)
        self.windows = torch.nn.ModuleList(torch.nn.Linear(3 * width, width) for _ in recipe.reaches)
        self.norms = torch.nn.ModuleList(torch.nn.LayerNorm(width) for _ in recipe.reaches)
        self.out = torch.nn.Linear(width, len(LAYERS) * len(LABELS))
        self.dropout = torch.nn.Dropout(recipe.dropout)
        for table in self.vectors:
            torch.nn.init.normal_(table.weight, 0, 0.3)

    def forward(self, rows: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        if self.training:
            rows = rows.clone()
            rows[torch.rand(len(rows)) < self.recipe.word_dropout, _WORD] = 0
            rows[torch.rand(len(rows)) < self.recipe.known_dropout, _KNOWN] = 0
        h = sum(table(rows[:, n]) for n, table in enumerate(self.vectors))
        h = self.dropout(self.first(h) * mask)
        for reach, window, norm in zip(self.recipe.reaches, self.windows, self.norms, strict=True):
            edge = torch.zeros(reach, h.shape[1], dtype=h.dtype)
            wide = torch.cat([torch.cat([edge, h[:-reach]]), h, torch.cat([h[reach:], edge])], 1)
            h = norm(h + self.dropout(torch.relu(window(wide)))) * mask
        return self.out(h).view(-1, len(LAYERS), len(LABELS))


def train_student(
    gold: Sequence[Sample],
    silver: Sequence[Sample],
    read: dict[str, NDArray[np.float32]],
    vectors: dict[str, NDArray[np.float32]],
    taxonomy: Taxonomy,
    recipe: Recipe,
) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
    """The shipped model as (meta, arrays).

    ``read`` holds the teachers' log-probabilities (words, layer, label) by sample name, all of a layer -inf where it is not to be learnt;
    ``vectors`` first word vectors; either may be empty.
    """
    torch.manual_seed(recipe.seed)
    torch.use_deterministic_algorithms(True)
    order = np.random.default_rng(recipe.seed)
    vocabulary = _vocabulary([*gold, *silver])
    student = Student(len(vocabulary), recipe)
    _start_from(student, vocabulary, vectors)
    made = (_item(sample, read.get(sample.name), vocabulary, taxonomy, recipe) for sample in [*gold, *silver])
    items = [item for item in made if item is not None]
    optimiser = torch.optim.AdamW(student.parameters(), lr=recipe.rate, weight_decay=0.01)
    steps = recipe.epochs * len(_batches(items, np.arange(len(items)), recipe.batch))
    step = 0
    student.train()
    for _ in range(recipe.epochs):
        for batch in _batches(items, order.permutation(len(items)), recipe.batch):
            step += 1
            for group in optimiser.param_groups:
                group["lr"] = recipe.rate * min(1.0, step / 100) * max(0.02, 1 - step / (steps + 50))
            loss = _loss(student, batch, max(recipe.reaches))
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(student.parameters(), 2.0)
            optimiser.step()
    return _exported(student, vocabulary, recipe)


def _vocabulary(samples: Sequence[Sample]) -> dict[str, int]:
    """Words seen twice or more, the commonest first, from 1."""
    counts = Counter(word.lower() for sample in samples for word in sample.words.raw)
    words = sorted((word for word, n in counts.items() if n > 1), key=lambda word: (-counts[word], word))
    return {word: n for n, word in enumerate(words, 1)}


def _start_from(student: Student, vocabulary: dict[str, int], vectors: dict[str, NDArray[np.float32]]) -> None:
    with torch.no_grad():
        for word, number in vocabulary.items():
            if word in vectors:
                vector = torch.from_numpy(vectors[word][: student.recipe.width])
                student.vectors[_WORD].weight[number, : len(vector)] = vector


def _item(sample: Sample, read: NDArray[np.float32] | None, vocabulary: dict[str, int], taxonomy: Taxonomy, recipe: Recipe) -> _Item | None:
    """One item, the whole text: its windows reach beyond a sentence. Hand labels and the teacher's reading are mixed where there are both."""
    rows = sample.rows(vocabulary, taxonomy)
    target = None if read is None else np.exp(read).astype(np.float32)
    weight = 1.0
    if sample.labels is not None:
        known = (sample.labels != NOT_LABELLED)[:, :, None]
        hard = np.eye(len(LABELS), dtype=np.float32)[np.maximum(sample.labels, 0).astype(np.int64)] * known
        target = hard if target is None else np.where(known, recipe.mixed * hard + (1 - recipe.mixed) * target, target)
        weight = recipe.gold
    return None if target is None else _Item(rows, target, weight)


def _batches(items: Sequence[_Item], order: NDArray[np.int64], size: int) -> list[list[_Item]]:
    batches: list[list[_Item]] = [[]]
    words = 0
    for n in order:
        if words >= size:
            batches.append([])
            words = 0
        batches[-1].append(items[n])
        words += len(items[n].rows)
    return batches


def _loss(student: Student, batch: Sequence[_Item], pad: int) -> torch.Tensor:
    """Cross-entropy with the targets, a mean over the words by weight."""
    empty = np.zeros((pad, len(_COLUMNS)), np.int64)
    no_target = np.zeros((pad, len(LAYERS), len(LABELS)), np.float32)
    rows = torch.from_numpy(np.concatenate([part for item in batch for part in (item.rows, empty)]))
    target = torch.from_numpy(np.concatenate([part for item in batch for part in (item.target, no_target)]))
    weight = torch.from_numpy(np.concatenate([np.repeat(np.array([item.weight, 0], np.float32), [len(item.rows), pad]) for item in batch]))
    mask = (weight > 0).float()[:, None]
    with torch.autocast("cpu", torch.bfloat16):
        logits = student(rows, mask)
    logs = torch.log_softmax(logits.float(), -1)
    return (-(target * logs).sum((1, 2)) * weight).sum() / weight.sum()


def _exported(student: Student, vocabulary: dict[str, int], recipe: Recipe) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
    """Word vectors as bytes with a scale a word, all else in half precision."""
    tables = [table.weight.detach().numpy() for table in student.vectors]
    scales = np.abs(tables[_WORD]).max(axis=1) / 127
    arrays: dict[str, NDArray[Any]] = {
        "words": np.frombuffer("\n".join(vocabulary).encode(), np.uint8),
        "vectors word": np.round(tables[_WORD] / scales[:, None]).astype(np.int8),
        "scales word": scales.astype(np.float32),
        "gain": _half(student.first.weight),
        "offset": _half(student.first.bias),
        "out": _half(student.out.weight.T),
        "out bias": _half(student.out.bias),
    }
    for name, table in zip(_COLUMNS[1:], tables[1:], strict=True):
        arrays[f"vectors {name}"] = table.astype(np.float16)
    for n, (window, norm) in enumerate(zip(student.windows, student.norms, strict=True)):
        arrays |= {f"weight {n}": _half(window.weight.T), f"bias {n}": _half(window.bias), f"gain {n}": _half(norm.weight), f"offset {n}": _half(norm.bias)}
    meta = {
        "format": FORMAT,
        "layers": list(LAYERS),
        "labels": list(LABELS),
        "reaches": list(recipe.reaches),
        "thresholds": dict(zip(THRESHOLDS, recipe.thresholds, strict=True)),
        "seed": recipe.seed,
        "teachers": recipe.teachers,
        "unlabelled": recipe.unlabelled,
    }
    return meta, arrays


def _half(values: torch.Tensor) -> NDArray[np.float16]:
    return np.asarray(values.detach().numpy().astype(np.float16))
