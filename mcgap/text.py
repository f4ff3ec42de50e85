"""Words of a text with their offsets, and tables of phrases looked up in them.

One tokenisation serves every step. It never changes the text, so offsets are those of the text
as read; all folding happens word by word.
"""

from __future__ import annotations

import json
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import accumulate
from operator import add
from typing import Any

# A word keeps a trailing "+", "++" or "#" (C++, C#, A+, 5+); "&" is a word of its own (R&D).
_SPLIT = re.compile(r"([^\W_]+(?:\+\+|[+#](?![^\W_]))?|&)")

# What may stand between two words of one phrase. A comma, a semicolon or a full stop with a space may not.
JOINERS = frozenset(
    [
        "",
        "'\xad\xad",
        " ",
        " \xad\xad\xad",
        "  ",
        "\n",
        " \n",
        "\xa0",
        "-",
        "- ",
        " - ",
        "-\n",
        "\xad",
        "\u2010",
        "\u2011",
        "\u2013",
        "/",
        " / ",
        " /",
        "/ ",
        ".",
        "'",
        "\u2019",
        "_",
    ]
)
# UTF-8 read as Windows-1252 or Latin-1, with what was meant in as many characters; soft hyphens fill up and may stand inside a phrase.
_MOJIBAKE = {
    "\u00e2\u20ac\u2122": "'\xad\xad",
    "\u00e2\u20ac\u02dc": "'\xad\xad",
    "\u00e2\u20ac\u0153": '"\xad\xad',
    "\u00e2\u20ac\u009d": '"\xad\xad',
    "\u00e2\u20ac\u201c": " - ",
    "\u00e2\u20ac\u201d": " - ",
    "\u00e2\u20ac\u00a2": "\u2022  ",
    "\u00e2\u20ac\u00a6": "...",
    "\u00e2\u0080\u0099": "'\xad\xad",
    "\u00e2\u0080\u0098": "'\xad\xad",
    "\u00e2\u0080\u0093": " - ",
    "\u00e2\u0080\u00a2": "\u2022  ",
    "\u00c2\u00a0": "  ",
    "\u00c2\u00b7": "\u00b7 ",
    "\u00e2\u00a2": "\u2022 ",
    "\u00c2 ": "  ",
    "\u00ef\u201a\u00b7": "\u2022  ",
}
# What some PDF writers put for each space: tab, end of line, space, no-break space.
_WIDE_SPACE, _SPACE = "\t\n \xa0", " \xad\xad\xad"
_PACKED_BY = 3
_JOINED_LENGTH = 5  # shorter joined pairs are chance

# Words whose "s" is no plural.
_KEEP_S = frozenset("sales news goods series species always perhaps lens kubernetes windows teams sheets slides pages notes jenkins postgres aws ios".split())


@lru_cache(maxsize=1 << 16)
def fold(word: str) -> str:
    """One word without case, accents, plural "s" and British spelling, for comparing only.

    >>> fold("Programmes"), fold("visualisation"), fold("R\u00e9sum\u00e9s"), fold("CSS"), fold("&")
    ('program', 'visualization', 'resume', 'css', 'and')
    """
    folded = word.lower()
    if not folded.isascii():
        folded = "".join(c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c)).lower()
    if folded == "&":
        return "and"
    if len(folded) < 4:
        return folded
    return _american(_singular(folded))


def _singular(word: str) -> str:
    if not word.endswith("s") or word in _KEEP_S or word.endswith(("ss", "us", "is", "ics")):
        return word
    if word.endswith("yses"):
        return word[:-2] + "is"
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    return word[:-1]


_WHOLE_WORDS = {
    "programme": "program",
    "licence": "license",
    "defence": "defense",
    "cheque": "check",
    "tyre": "tire",
    "grey": "gray",
    "aluminium": "aluminum",
    "organiser": "organizer",
}
_ENDINGS = (
    *((f"is{rest}", f"iz{rest}") for rest in ("ation", "ing", "ed", "er", "e")),
    *((f"our{rest}", f"or{rest}") for rest in ("", "al", "ing", "ed", "ful", "ist")),
    ("tre", "ter"),
    ("ogue", "og"),
    *((f"ll{rest}", f"l{rest}") for rest in ("ed", "ing", "er")),
)


def _american(word: str) -> str:
    whole = _WHOLE_WORDS.get(word)
    if whole is not None or len(word) < 5:
        return whole or word
    for ending, american in _ENDINGS:
        if word.endswith(ending):
            word = word[: -len(ending)] + american
            break
    # paediatric, anaemia, oedema
    return word[0] + word[1:].replace("ae", "e").replace("oe", "e") if "ae" in word or "oe" in word else word


class Words:
    """The words of one text.

    ``raw[i]`` is word i as written, ``folded[i]`` as compared; ``gaps[i]`` stands before word i and
    ``gaps[len(raw)]`` after the last; word i is ``text[starts[i]:ends[i]]``.
    """

    __slots__ = ("ends", "folded", "gaps", "raw", "starts", "text")

    def __init__(self, text: str) -> None:
        parts = _SPLIT.split(repaired(text))
        offsets = list(accumulate(map(len, parts)))
        self.text = text
        self.gaps: list[str] = parts[0::2]
        self.raw: list[str] = parts[1::2]
        self.starts: list[int] = offsets[0:-1:2]
        self.ends: list[int] = offsets[1::2]
        self.folded: list[str] = [fold(w) for w in self.raw]

    def __len__(self) -> int:
        return len(self.raw)

    def slice(self, first: int, last: int) -> str:
        """The text from word ``first`` to word ``last`` (exclusive), with what stands between."""
        return self.text[self.starts[first] : self.ends[last - 1]]

    def at(self, offset: int) -> int:
        """The index of the first word that ends after ``offset``."""
        return bisect_right(self.ends, offset)

    def between(self, start: int, end: int) -> tuple[int, int]:
        """First and last (exclusive) word that lie in characters ``start`` to ``end``."""
        return bisect_left(self.starts, start), bisect_right(self.ends, end)


def repaired(text: str) -> str:
    """The text with mojibake and wide spaces undone, of the same length, for splitting only."""
    if _WIDE_SPACE in text:
        text = text.replace(_WIDE_SPACE, _SPACE)
    if "\u00e2" in text or "\u00c2" in text or "\u00ef" in text:
        for broken, meant in _MOJIBAKE.items():
            text = text.replace(broken, meant)
    return text


@lru_cache(maxsize=1 << 14)
def phrase_key(phrase: str) -> tuple[str, ...]:
    """A phrase as folded words.

    >>> phrase_key("Trouble-Shooting"), phrase_key("R&D")
    (('trouble', 'shooting'), ('r', 'and', 'd'))
    """
    return tuple(fold(w) for w in _SPLIT.split(phrase)[1::2])


@lru_cache(maxsize=1 << 14)
def squash(phrase: str) -> str:
    """A phrase as one folded string of letters, digits, "+" and "#".

    >>> squash("Postgre SQL") == squash("PostgreSQL")
    True
    """
    return "".join(phrase_key(phrase))


class PhraseTable:
    """Phrases with values, found in ``Words`` in one pass.

    The trie is a dict of dicts keyed by folded word; the values of a phrase stand under the key "".
    ``packed`` holds parts of it as JSON, by the first letters of their first words: a part is unpacked
    when a text first has a word that begins so.
    """

    __slots__ = ("joined", "packed", "trie")

    def __init__(self, joined: dict[str, list[int]] | None = None, packed: dict[str, str] | None = None) -> None:
        self.trie: dict[str, Any] = {}
        self.joined: dict[str, list[int]] = joined or {}
        self.packed: dict[str, str] = packed or {}

    @classmethod
    def of(cls, phrases: Iterable[tuple[str, int]], *, joined: bool = False) -> PhraseTable:
        """A table of (phrase, value). With ``joined``, "trouble shooting" and "troubleshooting" find each other."""
        table = cls()
        for phrase, value in phrases:
            table.add(phrase_key(phrase), value, joined=joined)
        return table

    def add(self, key: tuple[str, ...], value: int, *, joined: bool = False) -> None:
        if not key:
            return
        self._insert(key, value)
        whole = "".join(key)
        if not joined or len(whole) < _JOINED_LENGTH or not whole.isalpha():
            return
        if len(key) == 2 and "and" not in key:
            self._insert((whole,), value)
        elif len(key) == 1:
            values = self.joined.setdefault(whole, [])
            if value not in values:
                values.append(value)

    def _insert(self, key: tuple[str, ...], value: int) -> None:
        node = self.trie
        for word in key:
            node = node.setdefault(word, {})
        values = node.setdefault("", [])
        if value not in values:
            values.append(value)

    def pack(self) -> dict[str, str]:
        """The whole trie as JSON, by the first letters of the first words."""
        parts: dict[str, dict[str, Any]] = {}
        for word, node in self.trie.items():
            parts.setdefault(word[:_PACKED_BY], {})[word] = node
        return {letters: json.dumps(part, separators=(",", ":")) for letters, part in parts.items()} | self.packed

    def _unpack(self, words: Iterable[str]) -> None:
        for letters in {word[:_PACKED_BY] for word in words} & self.packed.keys():
            self.trie.update(json.loads(self.packed.pop(letters)))

    def get(self, key: tuple[str, ...]) -> list[int]:
        """The values of exactly this phrase."""
        self._unpack(key[:1])
        node: dict[str, Any] | None = self.trie
        for word in key:
            node = None if node is None else node.get(word)
        return [] if node is None else list(node.get("", ()))

    def find(self, words: Words, first: int = 0, last: int | None = None) -> Iterator[tuple[int, list[tuple[int, list[int]]]]]:
        """For each word where a phrase starts: its index and (end index, values), shortest first."""
        if self.packed:
            self._unpack(words.folded)
        trie, folded, gaps, joined = self.trie, words.folded, words.gaps, self.joined
        size = len(folded) if last is None else last
        # Most words begin no phrase: they are passed over without a step of Python each.
        starts = [i for i, word in enumerate(folded[first:size], first) if word in trie]
        if joined:
            glued = map(add, folded[first : size - 1], folded[first + 1 : size])
            starts = sorted({*starts, *(i for i, whole in enumerate(glued, first) if whole in joined)})
        for i in starts:
            node = trie.get(folded[i])
            ends: list[tuple[int, list[int]]] = []
            j = i + 1
            while node is not None:
                values = node.get("")
                if values:
                    ends.append((j, values))
                if j >= size or gaps[j] not in JOINERS:
                    break
                node = node.get(folded[j])
                j += 1
            if joined and i + 1 < size and gaps[i + 1] in JOINERS:
                values = joined.get(folded[i] + folded[i + 1])
                if values:
                    ends.append((i + 2, values))
            if ends:
                yield i, ends
