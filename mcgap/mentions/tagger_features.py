"""What the tagger looks at: the words of a text as rows of small numbers, and where its sentences part.

The same rows are made when the tagger is trained and when it is used. ``FORMAT`` is raised whenever they change: a model
made for other rows is refused.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from zlib import crc32

from mcgap.records import Mention, SkillType
from mcgap.taxonomy import Taxonomy
from mcgap.text import Words

FORMAT = "mcgap.tagger/2"
# Columns of a row: of the word itself, then of where it stands.
OWN = ("word", "ending", "short ending", "beginning", "shape")
PLACE = ("before", "after", "known")
BUCKETS = {"ending": 4096, "short ending": 1024, "beginning": 4096}
SHAPES = ("lower", "title", "capital", "capitals", "digits", "mixed", "sign")
_BULLETS = "\u2022\u00b7\u25cf\u25aa\u25e6\u2023\u2043\uf0b7"
_DASHES = "-\u2010\u2011\u2013\u2014"
_MARKS = ("\n", _BULLETS + "*", ",", ";", ":", "(", ")", "/", _DASHES, "&+", ".!?", "'\u2019", '"\u201c\u201d', "<", ">")
GAPS = len(_MARKS) + 3  # nothing · spaces · something else · one for each mark
KNOWN = 1 + 2 * len(SkillType)
UNKNOWN_WORD = 0
LONGEST = 64  # words of one segment

_LINE_STARTS = frozenset(_BULLETS)
_TYPES = {kind: number for number, kind in enumerate(SkillType)}


def find_segments(words: Words, first: int = 0, last: int | None = None) -> list[tuple[int, int]]:
    """Word ranges of lines and, inside them, of sentences; none longer than ``LONGEST``."""
    last = len(words) if last is None else last
    segments = []
    start = first
    for k in range(first + 1, last):
        gap = words.gaps[k]
        if (gap != " " and gap and _parts(gap, words.raw[k])) or k - start >= LONGEST:
            segments.append((start, k))
            start = k
    if start < last:
        segments.append((start, last))
    return segments


def _parts(gap: str, word: str) -> bool:
    """Whether a sentence or line ends in the gap before a word."""
    if "\n" in gap or not _LINE_STARTS.isdisjoint(gap):
        return True
    if len(gap) > 1 and ("." in gap or "!" in gap or "?" in gap):
        return word[0].isupper() or word[0].isdigit()
    return "  " in gap and word[0].isupper()


def own_row(word: str, vocabulary: Mapping[str, int]) -> tuple[int, ...]:
    """The numbers of one word as written, in the order of ``OWN``."""
    low, *rest = _letters(word)
    return (vocabulary.get(low, UNKNOWN_WORD), *rest)


@lru_cache(maxsize=1 << 15)
def _letters(word: str) -> tuple[str, int, int, int, int]:
    low = word.lower()
    ending, short, beginning = low[-4:].encode(), low[-2:].encode(), low[:4].encode()
    return low, crc32(ending) % BUCKETS["ending"], crc32(short) % BUCKETS["short ending"], crc32(beginning) % BUCKETS["beginning"], _shape(word)


def _shape(word: str) -> int:
    if word.islower() and word.isalpha():
        return 0
    if word.isdigit():
        return 4
    if not word[0].isalnum():
        return 6
    if not word.isalpha():
        return 5
    if word.isupper():
        return 2 if len(word) == 1 else 3
    return 1 if word[0].isupper() and word[1:].islower() else 5


@lru_cache(maxsize=4096)
def gap_number(gap: str) -> int:
    """What stands between two words: the first mark of the table that occurs, 0 for nothing, 1 for spaces, 2 for something else."""
    if gap == " ":
        return 1
    if not gap:
        return 0
    for number, marks in enumerate(_MARKS):
        if any(mark in gap for mark in marks):
            return number + 3
    return 1 if gap.isspace() else 2


def known_numbers(words: Words, known: Sequence[Mention], taxonomy: Taxonomy) -> list[int]:
    """For each word 0, or one number for the first word of a listed skill and another for those after it, by the type of skill."""
    numbers = [0] * len(words)
    for mention in known:
        if mention.skill is None or mention.skill not in taxonomy:
            continue
        first, last = words.between(mention.start, mention.end)
        base = 1 + 2 * _TYPES[taxonomy[mention.skill].type]
        for i in range(first, last):
            numbers[i] = base if i == first else base + 1
    return numbers
