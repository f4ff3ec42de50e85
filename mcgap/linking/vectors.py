"""Phrases as vectors: the sum of their words' vectors (models/vectors.npz), and the skills of a taxonomy whose forms lie nearest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray
from platformdirs import user_cache_path

from mcgap.errors import ModelError
from mcgap.files import keep, mark_used, shipped, word_list
from mcgap.text import phrase_key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mcgap.taxonomy import Taxonomy

FORMAT = "mcgap.vectors/1"
SHIPPED = "models/vectors.npz"
_NEAR = 48  # skills whose forms are looked at one by one
_CHUNK = 8192  # forms at a time
_EPSILON = np.float32(1e-9)

Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]


def content_words(phrase: str) -> tuple[str, ...]:
    """The folded words of a phrase that say something: without "a", "of", "experience" and the like, unless nothing else is there.

    >>> content_words("Strong knowledge of the sales reports")
    ('sales', 'report')
    """
    words = phrase_key(phrase)
    empty = word_list("wrappers")
    return tuple(word for word in words if word not in empty) or words


class Vectors:
    """Trained word vectors with the scores that were calibrated for them. Made by ``load_vectors``."""

    def __init__(self, meta: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]], name: str) -> None:
        words = arrays["words"].tobytes().decode().split("\n")
        self.name = name
        self.suggested = float(meta["suggested"])
        self.numbers: dict[str, int] = dict(zip(words, range(len(words)), strict=True))
        self._vectors, self._scales = arrays["vectors"], np.asarray(arrays["scales"], np.float32)
        if self._vectors.shape[0] != len(words) or self._vectors.ndim != 2 or self._vectors.dtype != np.int8:
            raise ValueError("its vectors are not those of its words")
        lengths = np.sqrt(np.einsum("ij,ij->i", self._vectors, self._vectors, dtype=np.float32)) * self._scales
        self._unknown = np.float32(np.median(lengths)) ** 2

    @property
    def width(self) -> int:
        return int(self._vectors.shape[1])

    def encode(self, phrases: Sequence[str]) -> Floats:
        """Vectors (phrases, width) of length 1; shorter by the words that are not known, as if each pointed elsewhere."""
        words = [content_words(phrase) for phrase in phrases]
        known = [[n for n in map(self.numbers.get, some) if n is not None] for some in words]
        out = np.zeros((len(phrases), self.width), np.float32)
        flat = np.array([n for numbers in known for n in numbers], np.int64)
        filled = [k for k, numbers in enumerate(known) if numbers]
        if not filled:
            return out
        starts = np.cumsum([0, *(len(known[k]) for k in filled[:-1])])
        summed = np.add.reduceat(self._vectors[flat] * self._scales[flat, None], starts, axis=0)
        strange = np.array([len(words[k]) - len(known[k]) for k in filled], np.float32)
        lengths = np.sqrt(np.einsum("ij,ij->i", summed, summed) + strange * self._unknown)
        out[filled] = summed / (lengths + _EPSILON)[:, None]
        return out


class SkillIndex:
    """The forms of one taxonomy as vectors. ``nearest`` looks among the middles of skills first, then at the forms of the nearest of them."""

    def __init__(self, skills: Sequence[str], forms: NDArray[np.int8], starts: Numbers, middles: Floats, vectors: Vectors) -> None:
        """``forms`` is (forms, width), 127 for 1, those of skill n from ``starts[n]`` to ``starts[n + 1]``; ``middles`` is (skills, width)."""
        self.skills = tuple(skills)
        self._forms, self._starts, self._middles, self._vectors = forms, starts, middles, vectors

    @classmethod
    def of(cls, taxonomy: Taxonomy, vectors: Vectors, kept: Path | None = None) -> SkillIndex:
        """The index of a taxonomy, from the folder ``kept`` where it was left there before."""
        by_skill: dict[str, list[str]] = {}
        for raw_form, skill in taxonomy.written_forms():
            by_skill.setdefault(skill, []).append(raw_form)
        skills, raw = list(by_skill), [form for forms in by_skill.values() for form in forms]
        starts = np.cumsum([0, *map(len, by_skill.values())])
        forms = _kept_forms(raw, vectors, kept)
        middles = np.add.reduceat(forms, starts[:-1], axis=0, dtype=np.float32) if len(raw) else np.zeros((0, vectors.width), np.float32)
        middles /= np.linalg.norm(middles, axis=1, keepdims=True) + _EPSILON
        return cls(skills, forms, starts, middles, vectors)

    def nearest(self, phrase: str, most: int = 10) -> tuple[tuple[str, float], ...]:
        """At most ``most`` skills with their likeness (the cosine to their nearest form, 0-1), best first, ties by id."""
        return self.nearest_of([phrase], most)

    def nearest_of(self, phrases: Sequence[str], most: int = 10) -> tuple[tuple[str, float], ...]:
        """The skills nearest to any of some phrases."""
        best: dict[str, float] = {}
        for vector in self._vectors.encode(phrases):
            if vector.any():
                for skill, score in self._near(vector):
                    best[skill] = max(score, best.get(skill, 0.0))
        return tuple(sorted(best.items(), key=lambda item: (-item[1], item[0]))[:most])

    def _near(self, vector: Floats) -> Iterator[tuple[str, float]]:
        likeness = self._middles @ vector
        few = min(_NEAR, len(likeness))
        for n in np.argpartition(-likeness, few - 1)[:few].tolist() if few else ():
            forms = self._forms[self._starts[n] : self._starts[n + 1]].astype(np.float32)
            score = float((forms @ vector).max()) / 127
            if score > 0:
                yield self.skills[n], round(min(score, 1.0), 4)


def _kept_forms(raw: Sequence[str], vectors: Vectors, folder: Path | None) -> NDArray[np.int8]:
    """The vectors of forms as bytes, memory-mapped where the folder holds them, else made and left there."""
    if folder is None:
        return _encode_forms(raw, vectors)
    digest = hashlib.blake2b(vectors.name.encode(), digest_size=16)
    digest.update("\n".join(raw).encode())
    path = folder / f"vectors-{digest.hexdigest()}.npy"
    try:
        forms: NDArray[np.int8] = np.load(path, mmap_mode="r", allow_pickle=False)
        if forms.shape == (len(raw), vectors.width) and forms.dtype == np.int8:
            mark_used(path)
            return forms
    except (OSError, ValueError, EOFError):
        pass  # not there yet, or damaged: made anew
    forms = _encode_forms(raw, vectors)
    stream = BytesIO()
    np.save(stream, forms, allow_pickle=False)
    keep(stream.getbuffer(), path)
    return forms


def _encode_forms(raw: Sequence[str], vectors: Vectors) -> NDArray[np.int8]:
    forms = np.zeros((len(raw), vectors.width), np.int8)
    for at in range(0, len(raw), _CHUNK):
        forms[at : at + _CHUNK] = np.round(vectors.encode(raw[at : at + _CHUNK]) * 127)
    return forms


@cache
def load_vectors(path: Path | None = None) -> Vectors:
    """The shipped vectors, or some trained by the user. Raises ModelError where the file is damaged or of another format."""
    file = path or shipped(SHIPPED)
    try:
        content = file.read_bytes()
        with np.load(BytesIO(content), allow_pickle=False) as arrays:
            meta = json.loads(arrays["meta"].tobytes())
            if meta.get("format") != FORMAT:
                raise ModelError(f"{file} was made for {meta.get('format')}; this version reads {FORMAT}. Reinstall mcgap, or run make vectors.")
            return Vectors(meta, {name: arrays[name] for name in arrays.files}, hashlib.blake2b(content, digest_size=16).hexdigest())
    except FileNotFoundError:
        raise ModelError(f"There are no vectors at {file}; reinstall mcgap, or analyse with --fast, which needs none.") from None
    except (OSError, EOFError, ValueError, KeyError, TypeError, AttributeError, BadZipFile) as error:
        raise ModelError(f"{file} cannot be read as vectors ({error}); reinstall mcgap, or analyse with --fast, which needs none.") from None


def load_index(taxonomy: Taxonomy) -> SkillIndex:
    """The index of a taxonomy with the shipped vectors; its bytes are kept in the user's cache folder."""
    return SkillIndex.of(taxonomy, load_vectors(), user_cache_path("mcgap", appauthor=False))
