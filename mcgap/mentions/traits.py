"""Words for soft skills that are everyday words, too: they count where the text asks for something."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from mcgap.records import Mention


def asked_traits(traits: Sequence[Mention], mentions: Sequence[Mention], asking: Sequence[tuple[int, int]]) -> tuple[Mention, ...]:
    """The traits inside the character ranges ``asking`` (in order) that no mention (in order) overlaps."""
    starts, ends = [a for a, _ in asking], [b for _, b in asking]
    first = [m.start for m in mentions]
    kept = []
    for trait in traits:
        n = bisect_right(starts, trait.start) - 1
        k = bisect_right(first, trait.start) - 1
        beside = (mentions[x] for x in (k, k + 1) if 0 <= x < len(mentions))
        if n >= 0 and trait.end <= ends[n] and not any(m.start < trait.end and trait.start < m.end for m in beside):
            kept.append(trait)
    return tuple(kept)
