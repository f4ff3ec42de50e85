"""Training data as samples: a text with its words, segments and listed mentions, and the labels of each word where they are known."""

from __future__ import annotations

import csv
import json
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mcgap.errors import TableError
from mcgap.mentions import find_mentions
from mcgap.mentions.tagger_features import find_segments, gap_number, known_numbers, own_row
from mcgap.mentions.tagger_network import LAYERS
from mcgap.records import Document, DocumentKind, Mention
from mcgap.sections import find_sections
from mcgap.taxonomy import Taxonomy
from mcgap.text import Words, fingerprint, read_places
from mcgap.training.postings import labelled_postings

_TAGS = ("tags_skill", "tags_knowledge")
NAME = LAYERS.index("name")
NOT_LABELLED = -1
NAMED = frozenset("rpd")  # letters of our judgements of places: required, preferred, a skill of a duty
_SENTENCES_PER_TEXT = 20
_LONGEST_TEXT = 4000
_SHORTEST_TEXT = 80
PLACE_LABELS = Path(__file__).parent / "ask_labels.csv"  # places judged one by one
OWN_POSTINGS = Path(__file__).parent / "own_postings.jsonl"  # written by us, of kinds that the data sets lack, and labelled whole
WHOLE_LABELS = Path(__file__).parent / "whole_labels.csv"  # all that a posting names, by reading it whole: no program proposed anything


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """One text. ``labels`` is (words, layer) of 0 O · 1 B · 2 I, NOT_LABELLED in layers that nobody labelled, or None where nobody labelled any.

    ``posting`` is the fingerprint of the posting (title, line break, text) that it is, "" where it is none.
    """

    name: str
    words: Words
    segments: tuple[tuple[int, int], ...]
    known: tuple[Mention, ...]
    labels: NDArray[np.int8] | None = None
    posting: str = ""

    def rows(self, vocabulary: dict[str, int], taxonomy: Taxonomy) -> NDArray[np.int64]:
        """The features (words, 8), in the order of OWN and PLACE."""
        own = np.array([own_row(word, vocabulary) for word in self.words.raw], np.int64).reshape(len(self.words), -1)
        gaps = [gap_number(gap) for gap in self.words.gaps]
        return np.column_stack([own, gaps[:-1], gaps[1:], known_numbers(self.words, self.known, taxonomy)]).astype(np.int64)


def make_sample(name: str, text: str, taxonomy: Taxonomy, labels: NDArray[np.int8] | None = None, posting: str = "") -> Sample:
    """A sample of a text, with the mentions that the gazetteer finds in it."""
    words = Words(text)
    sections = find_sections(Document(text, name, DocumentKind.POSTING), words)
    known = find_mentions(words, taxonomy, sections).mentions
    return Sample(name, words, tuple(find_segments(words)), known, labels, posting)


def read_skillspan(path: Path, taxonomy: Taxonomy) -> list[Sample]:
    """One sample a posting of a SkillSpan file (JSON lines): its sentences one a line, tokens joined by spaces."""
    postings: dict[str, list[dict[str, list[str]]]] = {}
    for number, row in _json_lines(path):
        try:
            postings.setdefault(f"{row['source']}-{row['idx']}", []).append({name: row[name] for name in ("tokens", *_TAGS)})
        except (KeyError, TypeError):
            raise TableError(path.name, number, None, f"a row needs tokens, {', '.join(_TAGS)}, idx and source; give a SkillSpan file") from None
    return [_labelled(name, sentences, taxonomy) for name, sentences in postings.items()]


def _json_lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise TableError(str(path), None, None, f"the file cannot be read ({error.strerror}); check the path") from None
    for number, line in enumerate(lines, 1):
        try:
            yield number, json.loads(line)
        except ValueError as error:
            raise TableError(path.name, number, None, f"this is not JSON ({error}); give a SkillSpan file, one JSON object a line") from None


def _labelled(name: str, sentences: list[dict[str, list[str]]], taxonomy: Taxonomy) -> Sample:
    text = "\n".join(" ".join(s["tokens"]) for s in sentences) + "\n"
    words = Words(text)
    labels = np.zeros((len(words), len(LAYERS)), np.int8)
    labels[:, NAME] = NOT_LABELLED
    at = 0
    for sentence in sentences:
        offsets = []
        for token in sentence["tokens"]:
            offsets.append((at, at + len(token)))
            at += len(token) + 1
        for layer, tags in enumerate(_TAGS):
            for first, last in tag_spans(sentence[tags]):
                _mark(labels[:, layer], words.at(offsets[first][0]), bisect_left(words.starts, offsets[last - 1][1]))
    return make_sample(name, text, taxonomy, labels)


def _mark(labels: NDArray[np.int8], first: int, last: int) -> None:
    labels[first : first + 1] = 1
    labels[first + 1 : last] = 2


def tag_spans(tags: Iterable[str]) -> list[tuple[int, int]]:
    """Token ranges of BIO tags; an I after O begins a span.

    >>> tag_spans(["O", "B", "I", "B", "O"])
    [(1, 3), (3, 4)]
    """
    spans: list[tuple[int, int]] = []
    start: int | None = None
    for n, tag in enumerate([*tags, "O"]):
        if start is not None and tag[0] != "I":
            spans.append((start, n))
            start = None
        if tag[0] == "B" or (tag[0] == "I" and start is None):
            start = n
    return spans


def read_left_out(path: Path) -> frozenset[str]:
    """The fingerprints of postings kept aside for measuring, but for those whose errors may be read.

    ``path``: JSON lines with ``sha1`` and ``set``. Raises TableError.
    """
    found = set()
    for number, row in _json_lines(path):
        try:
            if row["set"] != "read":
                found.add(row["sha1"])
        except (KeyError, TypeError):
            raise TableError(path.name, number, None, "a row needs sha1 and set; give a file like mcgap/evaluation/kept_aside.jsonl") from None
    return frozenset(found)


def read_texts(path: Path, column: str, taxonomy: Taxonomy, *, without: frozenset[str] = frozenset()) -> list[Sample]:
    """One sample a distinct text of a CSV column; short texts (sentences) are joined by lines, twenty to a sample.

    ``without``: fingerprints of postings (title, line break, text) that are left out.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            cells = [(row[column].strip(), fingerprint(f"{row.get('title', '').strip()}\n{row[column]}")) for row in csv.DictReader(file)]
    except OSError as error:
        raise TableError(str(path), None, None, f"the file cannot be read ({error.strerror}); check the path") from None
    except (KeyError, AttributeError):
        raise TableError(path.name, 1, column, "there is no such column, or a row lacks it") from None
    distinct = list({cell[:200]: (cell[:_LONGEST_TEXT], posting) for cell, posting in reversed(cells) if cell and posting not in without}.values())[::-1]
    if sum(len(text) for text, _ in distinct) < 400 * len(distinct):
        joined = ["\n".join(text for text, _ in distinct[n : n + _SENTENCES_PER_TEXT]) for n in range(0, len(distinct), _SENTENCES_PER_TEXT)]
        distinct = [(text, "") for text in joined]
    return [make_sample(f"{path.stem}-{n}", text, taxonomy, posting=posting) for n, (text, posting) in enumerate(distinct) if len(text) >= _SHORTEST_TEXT]


@dataclass(frozen=True, slots=True)
class Judged:
    """A posting (title, line break, text) of which places were judged by reading: a letter and its first and last (exclusive) character each."""

    posting: str  # its fingerprint
    text: str
    places: tuple[tuple[str, tuple[int, int]], ...]


def read_judged(texts: Path, labels: Path = PLACE_LABELS) -> Iterator[Judged]:
    """The postings of a CSV (columns title and description) whose places were judged, in the order of ``labels`` (how: mcgap/training/asks.py).

    Raises TableError where a text is not the one judged.
    """
    for posting, text, places in labelled_postings(texts, labels, "places"):
        yield Judged(posting, text, read_places(places))


def read_own(path: Path = OWN_POSTINGS) -> Iterator[Judged]:
    """The postings that were written for training, labelled whole; x is the letter of a skill that is said not to be needed. Raises TableError."""
    for number, row in _json_lines(path):
        try:
            yield Judged(fingerprint(row["text"]), row["text"], read_places(row["places"]))
        except (KeyError, TypeError, ValueError):
            raise TableError(path.name, number, None, "a row needs text and places, such as r10-14; reinstall mcgap") from None


def named_sample(judged: Judged, taxonomy: Taxonomy) -> Sample:
    """A sample of a judged posting, labelled in the layer of names. Of places that overlap the shortest counts: "communication" of "communication skills"."""
    words = Words(judged.text)
    labels = np.full((len(words), len(LAYERS)), NOT_LABELLED, np.int8)
    labels[:, NAME] = 0
    for first, last in sorted({words.between(*span) for letter, span in judged.places if letter in NAMED}, key=lambda span: (span[1] - span[0], span)):
        if not labels[first:last, NAME].any():
            _mark(labels[:, NAME], first, last)
    return make_sample(f"judged {judged.posting}", judged.text, taxonomy, labels, judged.posting)
