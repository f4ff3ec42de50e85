"""Items of a list of skills that no form names: "Docker, Kubernates and Foobar 3" leaves two to be linked or kept unlisted."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from mcgap.files import word_list
from mcgap.records import Mention
from mcgap.text import Words, fold, repaired

_INTRODUCERS = "experience experienced proficient proficiency expert expertise familiar familiarity skilled knowledge understanding fluent".split()
# White space alone parts items where it holds a line break or a tab.
_SEPARATOR = re.compile(
    rf"\b(?:{'|'.join(_INTRODUCERS)})\s+(?:with|in|of|using)\s+"
    r"|\s*+(?:[,;/|\u2022\u00b7&]|\b(?:and|or)\b)(?:[,;/|\u2022\u00b7\n\t&]|\b(?:and|or)\b)*+\s*+"
    r"|[^\S\n\t]*+[\n\t]\s*+",
    re.IGNORECASE,
)
# Words and signs that a separator begins with; "and" and "or" as words keep a sign after them.
_INTRODUCING = frozenset(map(fold, _INTRODUCERS))
_BEGINNING = _INTRODUCING | {link + sign for link in ("and", "or") for sign in ("", "+", "++", "#")}
_SIGNS = frozenset(",;/|\u2022\u00b7\n\t")
_ITEM = re.compile(r"[A-Za-z][\w.+#'\u2019-]*(?: [\w.+#'\u2019-]+){0,2}")
_MADE_UP = re.compile(r"[a-z][A-Z]|[A-Za-z]\d|^[A-Z]{3,6}s?$|[+#.]")
# An item of these is no skill of its own.
_EMPTY = word_list("no_items")
_LEAST = 3  # characters


NAMED, PLAIN = 0.5, 0.3


def find_items(words: Words, mentions: Sequence[Mention], ranges: Sequence[tuple[int, int]]) -> tuple[Mention, ...]:
    """Unknown items beside known ones in the same list, inside the character ``ranges``, as mentions without a skill.

    An item has at most three words and stands between separators, with a known mention as its neighbour on one side or after "experience with".
    Its score is ``NAMED`` where it is written as a name ("Foobar 3", "HPALM"), else ``PLAIN``: worth linking, too weak to keep.
    """
    text = repaired(words.text)
    places = [m.start for m in mentions]
    starts = set(places)
    stops = [m.end for m in mentions]
    ends = set(stops)
    found: list[Mention] = []
    for a, b in ranges:
        # Without a known name in it and a word that introduces one, a range has no item.
        if not (_any_between(places, a, b) or _any_between(stops, a - 5, b) or _introduces(words, a, b)):
            continue
        at, introduced = a, False
        for separator in [*_separators(text, _parting(words, a, b), a, b), None]:
            start, stop = separator.span() if separator else (b, b)
            if introduced or stop in starts or not ends.isdisjoint(range(max(at - 5, 0), at + 1)):
                item = text[at:start].strip(" .:()[]*\u2022-")
                if item and _is_item(item):
                    first = text.index(item, at)
                    if not _overlaps(mentions, places, first, first + len(item)):
                        found.append(Mention(first, first + len(item), words.text[first : first + len(item)], None, "list", NAMED if _is_name(item) else PLAIN))
            introduced = separator is not None and text[start].isalpha() and separator[0].strip().lower() not in ("and", "or")
            at = stop
    return tuple(found)


def _introduces(words: Words, a: int, b: int) -> bool:
    """Whether a word that introduces skills begins at characters a to b."""
    return not _INTRODUCING.isdisjoint(words.folded[bisect_left(words.starts, a) : bisect_right(words.starts, b)])


def _parting(words: Words, a: int, b: int) -> list[int]:
    """The offsets, in order, at which a separator can begin in characters a to b: most words and gaps are none."""
    places: list[int] = []
    first, last, (starts, ends) = words.at(a), bisect_left(words.starts, b), (words.starts, words.ends)
    inside = [*words.folded[first:last], ""]
    if first < last and ends[last - 1] > b:
        inside[-2] = fold(words.text[starts[last - 1] : b])  # of a word that b cuts, only its beginning is seen
    for k, (gap, word) in enumerate(zip(words.gaps[first : last + 1], inside, strict=False), first):
        if word in _BEGINNING or (gap != " " and not _SIGNS.isdisjoint(gap)):
            places += range(ends[k - 1] if k else 0, (starts[k] if k < len(starts) else len(words.text)) + 1)
    return places


def _separators(text: str, parting: list[int], a: int, b: int) -> Iterator[re.Match[str]]:
    """As ``_SEPARATOR.finditer(text, a, b)``, tried only at the offsets ``parting``."""
    taken = a
    for at in parting:
        if taken <= at < b and (match := _SEPARATOR.match(text, at, b)):
            taken = match.end()
            yield match


def _any_between(places: list[int], start: int, end: int) -> bool:
    """Whether one of these places, which are in order, lies from ``start`` to ``end``."""
    first = bisect_left(places, start)
    return first < len(places) and places[first] <= end


def _overlaps(mentions: Sequence[Mention], places: list[int], start: int, end: int) -> bool:
    """Whether a mention shares a character with this stretch. Mentions are in order and do not overlap."""
    before = bisect_left(places, end)
    return before > 0 and start < mentions[before - 1].end


def _is_item(item: str) -> bool:
    return len(item) >= _LEAST and _EMPTY.isdisjoint(item.lower().split()) and _ITEM.fullmatch(item) is not None


def _is_name(item: str) -> bool:
    """Whether every word looks made up: capitals inside, a digit, or an acronym."""
    parts = item.split()
    return any(_MADE_UP.search(part) for part in parts) and all(part[0].isupper() or _MADE_UP.search(part) for part in parts)
