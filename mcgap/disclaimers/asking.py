"""What stands in disclaimers, and what the words right before it deny."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate

from mcgap.records import Disclaimer


class Disclaimed:
    """The disclaimers of a text, to be asked for an offset."""

    def __init__(self, disclaimers: Iterable[Disclaimer]) -> None:
        found = tuple(disclaimers)
        self._denied = _Spans((d.start, d.end) for d in found if not d.learning)
        self._learning = _Spans((d.start, d.end) for d in found if d.learning)

    def denied(self, offset: int) -> bool:
        """Whether the words here are of what the writer does not do."""
        return offset in self._denied

    def learning(self, offset: int) -> bool:
        """Whether the words here are of what the writer still learns."""
        return offset in self._learning

    def __contains__(self, offset: int) -> bool:
        return offset in self._denied or offset in self._learning


class _Spans:
    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(spans)
        self._starts = [start for start, _ in ordered]
        self._ends = list(accumulate((end for _, end in ordered), max))

    def __contains__(self, offset: int) -> bool:
        before = bisect_right(self._starts, offset)
        return before > 0 and self._ends[before - 1] > offset


# "no", "never used" before a skill, and what looks like it and is none.
_NEGATED = re.compile(
    r"\b(?:no|without|lack(?:s|ing)?|don'?t have|do not have|not (?:yet )?(?:have|used|worked|experienced)|never (?:used|worked)"
    r"|limited to no|little or no|zero|not (?:looking|willing|open))\s+(?:[\w-]+\s+){0,4}$",
    re.IGNORECASE,
)
_NOT_NEGATED = re.compile(
    r"\b(?:no (?:later|less|fewer|more|problems?|issues?|trouble|stranger)"
    r"|without (?:supervision|any|a|interruption|the need|compromising|sacrificing|downtime)|not only)\b",
    re.IGNORECASE,
)
_FAR = 60  # characters


def is_negated(text: str, line: int, start: int) -> bool:
    """Whether the words right before an offset say no to what stands there: "no sales targets". ``line`` is where its line or sentence starts."""
    at = max(line, start - _FAR)
    return _NEGATED.search(text, at, start) is not None and not _NOT_NEGATED.search(text, at, start)
