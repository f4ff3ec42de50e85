"""Items of a list of skills that no form names: "Docker, Kubernates and Foobar 3" leaves two to be linked or kept unlisted."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from mcgap.files import word_list
from mcgap.records import Mention
from mcgap.text import Words, among, fold, repaired

_INTRODUCERS = "experience experienced proficient proficiency expert expertise familiar familiarity skilled knowledge understanding fluent".split()
# White space alone parts items where it holds a line break or a tab.
_SEPARATOR = re.compile(
    rf"\b(?:{'|'.join(_INTRODUCERS)})\s+(?:with|in|of|using)\s+"
    r"|\s*+(?:[,;/|\u2022\u00b7&]|\b(?:and|or)\b)(?:[,;/|\u2022\u00b7\n\t&]|\b(?:and|or)\b)*+\s*+"
    r"|[^\S\n\t]*+[\n\t]\s*+",
    re.IGNORECASE,
)
# Words and signs that a separator begins with; "and" and "or" as words keep a sign after them.
_BEGINNINGS = frozenset(map(fold, _INTRODUCERS)) | {link + sign for link in ("and", "or") for sign in ("", "+", "++", "#")}
_INTRODUCING, _BEGINNING = among(map(fold, _INTRODUCERS)), among(_BEGINNINGS)
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
    found: list[Mention] = []
    introducing, parting = [words.starts[k] for k in words.those(_INTRODUCING)], _parting(words)
    for a, b in ranges:
        # Without a known name in it and a word that introduces one, a range has no item.
        if not (_any_between(places, a, b) or _any_between(stops, a - 5, b) or _any_between(introducing, a, b)):
            continue
        at, introduced = a, False
        for separator in [*_separators(text, _offsets(words, parting, a, b), a, b), None]:
            start, stop = separator.span() if separator else (b, b)
            if introduced or stop in starts or _any_between(stops, at - 5, at):
                item = text[at:start].strip(" .:()[]*\u2022-")
                if len(item) >= _LEAST:
                    first = text.index(item, at)
                    if not _overlaps(mentions, places, first, first + len(item)) and _is_item(item):
                        found.append(Mention(first, first + len(item), words.text[first : first + len(item)], None, "list", NAMED if _is_name(item) else PLAIN))
            introduced = separator is not None and text[start].isalpha() and separator[0].strip().lower() not in ("and", "or")
            at = stop
    return tuple(found)


def _parting(words: Words) -> list[int]:
    """The words, in order, before or at which a separator can begin, with the number of words where one can after the last: most gaps are none."""
    gaps = words.gaps
    marked = [k for k in words.apart if not _SIGNS.isdisjoint(gaps[k])]
    return sorted({*marked, *words.those(_BEGINNING)})


def _offsets(words: Words, parting: list[int], a: int, b: int) -> Iterator[int]:
    """The offsets, in order, at which a separator can begin in characters a to b."""
    first, last, (starts, ends) = words.at(a), bisect_left(words.starts, b), (words.starts, words.ends)
    for k in parting[bisect_left(parting, first) : bisect_right(parting, last)]:
        yield from range(ends[k - 1] if k else 0, (starts[k] if k < len(starts) else len(words.text)) + 1)
    # Of a word that b cuts, only its beginning is seen.
    if first < last and ends[last - 1] > b and fold(words.text[starts[last - 1] : b]) in _BEGINNINGS:
        yield from range(ends[last - 2] if last > 1 else 0, starts[last - 1] + 1)


def _separators(text: str, offsets: Iterable[int], a: int, b: int) -> Iterator[re.Match[str]]:
    """As ``_SEPARATOR.finditer(text, a, b)``, tried only at ``offsets``."""
    taken = a
    for at in offsets:
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
    return _ITEM.fullmatch(item) is not None and _EMPTY.isdisjoint(item.lower().split())


def _is_name(item: str) -> bool:
    """Whether every word looks made up: capitals inside, a digit, or an acronym."""
    parts = item.split()
    return any(_MADE_UP.search(part) for part in parts) and all(part[0].isupper() or _MADE_UP.search(part) for part in parts)
