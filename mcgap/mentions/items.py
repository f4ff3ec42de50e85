"""Items of a list of skills that no form names: "Docker, Kubernates and Foobar 3" leaves two to be linked or kept unlisted."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mcgap.files import word_list
from mcgap.records import Mention
from mcgap.text import Words, repaired

_SEPARATOR = re.compile(
    r"(?:\b(?:experience|experienced|proficient|proficiency|expert|expertise|familiar|familiarity|skilled|knowledge|understanding|fluent)\s+(?:with|in|of|using)\s+)|\s*(?:[,;/|\u2022\u00b7\n\t]|\band\b|\bor\b|&)+\s*",
    re.IGNORECASE,
)
_ITEM = re.compile(r"[A-Za-z][\w.+#'\u2019-]*(?: [\w.+#'\u2019-]+){0,2}")
_MADE_UP = re.compile(r"[a-z][A-Z]|[A-Za-z]\d|^[A-Z]{3,6}s?$|[+#.]")
# An item of these is no skill of its own.
_EMPTY = word_list("no_items")


NAMED, PLAIN = 0.5, 0.3


def find_items(words: Words, mentions: Sequence[Mention], ranges: Sequence[tuple[int, int]]) -> tuple[Mention, ...]:
    """Unknown items beside known ones in the same list, inside the character ``ranges``, as mentions without a skill.

    An item has at most three words and stands between separators, with a known mention as its neighbour on one side or after "experience with".
    Its score is ``NAMED`` where it is written as a name ("Foobar 3", "HPALM"), else ``PLAIN``: worth linking, too weak to keep.
    """
    text = repaired(words.text)
    starts = {m.start for m in mentions}
    ends = {m.end for m in mentions}
    found: list[Mention] = []
    for a, b in ranges:
        at, introduced = a, False
        for separator in [*_SEPARATOR.finditer(text, a, b), None]:
            stop = separator.start() if separator else b
            beside = introduced or (separator is not None and separator.end() in starts) or not ends.isdisjoint(range(max(at - 5, 0), at + 1))
            item = text[at:stop].strip(" .:()[]*\u2022-") if beside else ""
            if item:
                start = text.index(item, at)
                if _is_item(item) and not any(m.start < start + len(item) and start < m.end for m in mentions):
                    found.append(Mention(start, start + len(item), words.text[start : start + len(item)], None, "list", NAMED if _is_name(item) else PLAIN))
            introduced = separator is not None and separator[0][:1].isalpha() and separator[0].strip().lower() not in ("and", "or")
            at = separator.end() if separator else b
    return tuple(found)


def _is_item(item: str) -> bool:
    return _ITEM.fullmatch(item) is not None and len(item) >= 3 and not any(part in _EMPTY for part in item.lower().split())


def _is_name(item: str) -> bool:
    """Whether every word looks made up: capitals inside, a digit, or an acronym."""
    parts = item.split()
    return any(_MADE_UP.search(part) for part in parts) and all(part[0].isupper() or _MADE_UP.search(part) for part in parts)
