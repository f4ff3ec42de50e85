"""Words that state a level: "basic", "good working knowledge", "expert"."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from operator import attrgetter

from mcgap.files import shipped_rows
from mcgap.records import Level, Mention
from mcgap.text import PhraseTable, Words

_AFTER_SKILL = re.compile(r"\s?(?:\(|[-\u2013:])\s?")
_START = attrgetter("start")
_NEXT = 3  # characters that this takes at most
# Levels by number, where they stand in arrays.
LEVELS: tuple[Level | None, ...] = (None, *Level)
# Years of one skill from which a person is taken to work at a level.
_YEARS = ((8.0, Level.ADVANCED), (2.0, Level.WORKING), (0.0, Level.BASIC))


def level_of(years: float | None) -> Level | None:
    """The level that a person of so many years in one skill is taken to work at; None where none are shown."""
    return next(level for least, level in _YEARS if years >= least) if years else None


@cache
def load_levels() -> tuple[PhraseTable, tuple[Level, ...]]:
    rows = shipped_rows("data/level_cues.csv", ("cue", "level"))
    return PhraseTable.of((row["cue"], n) for n, row in enumerate(rows)), tuple(Level(row["level"]) for row in rows)


def find_levels(words: Words, mentions: Sequence[Mention], since: Sequence[int]) -> dict[int, Level]:
    """Mention number -> level: of the cue right after it ("Excel (advanced)"), else of the last one before it.

    ``since[n]`` is the offset before which a cue says nothing of mention n: where its clause begins.
    """
    table, names = load_levels()
    cues: list[tuple[int, Level]] = []
    taken = 0
    for i, ends in table.find(words):
        if i >= taken:
            taken = ends[-1][0]
            # "Basic Life Support", "React Native": part of a name, no level
            n = bisect_right(mentions, words.starts[i], key=_START) - 1
            if n < 0 or mentions[n].skill is None or not (words.ends[taken - 1] < mentions[n].end or mentions[n].start < words.starts[i] < mentions[n].end):
                cues.append((words.starts[i], names[ends[-1][1][0]]))
    found: dict[int, Level] = {}
    at = 0
    for n, mention in enumerate(mentions):
        while at < len(cues) and cues[at][0] < mention.start:
            at += 1
        following = cues[at] if at < len(cues) else None
        if following is not None and following[0] - mention.end <= _NEXT and _AFTER_SKILL.fullmatch(words.text[mention.end : following[0]]):
            found[n] = following[1]
        elif at and cues[at - 1][0] >= since[n]:
            found[n] = cues[at - 1][1]
    return found
