"""What a text says is not needed: skills and degrees, by the cues of data/negation_cues.csv."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache
from typing import Protocol

from mcgap.files import shipped_rows
from mcgap.records import Requirement, Strength
from mcgap.text import PhraseTable, Words

# What "no" and the like reach over no more, and what joins the items that they reach.
_ENDS_HEADED, _ASKS_BEFORE = re.compile(r"\n|\. |\*|//"), re.compile(r"\? ?")
_ENDS_NEGATION = re.compile(r"\. |[;\n:*)]|[!?] |//| / | - ")
_EITHER, _NEGATED_LIST = re.compile(r"\b(?:or|nor)\b|/", re.IGNORECASE), re.compile(r"[^.;:\n()*]{0,60}")
# "Candidates without SQL will not be considered": two denials ask for it.
_LACKING = r"(?:have no|(?:do not|don['\u2019]t) have)"
_TWICE = re.compile(
    rf"\b(?:without|with no|no applications?|lacking|who {_LACKING}|(?:if|unless) you {_LACKING})\b[^.;\n!?]{{1,120}}?"
    r"\b(?:(?:will|can|shall|may) ?not be (?:considered|shortlisted|accepted|progressed|contacted|processed|reviewed)"
    r"|won['\u2019]t be (?:considered|shortlisted)|(?:need|should|do) not apply|don['\u2019]t apply)\b"
    rf"|\b(?:do(?: not|n['\u2019]t) apply (?:if|unless) you {_LACKING}|no (?:applications?|cvs?) without)\b[^.;\n!?]{{1,100}}",
    re.IGNORECASE,
)
_REACH, _FAR, _FARTHEST = 60, 600, 300  # characters: of a cue, of what sums up a clause, of a heading


class Place(Protocol):
    """What stands somewhere in a text, by its first and last (exclusive) character."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


_OWNED = re.compile(r",\s+(?:your\s+)?own\s[\w\s-]+")  # "Driving licence, own vehicle not necessary": what one owns is no skill, but what is not needed


@cache
def load_negations() -> tuple[PhraseTable, tuple[str, ...]]:
    rows = shipped_rows("data/negation_cues.csv", ("cue", "direction", "note"))
    return PhraseTable.of((row["cue"], n) for n, row in enumerate(rows)), tuple(row["direction"] for row in rows)


def find_negated(words: Words, places: Sequence[Place], requirements: Sequence[Requirement], where: Sequence[int]) -> set[int]:
    """The numbers of the places, in order of the text, of which it says that they are not needed. ``where`` is the requirement that each stands in."""
    if not requirements:
        return set()
    table, directions = load_negations()
    cues: list[tuple[int, int, str]] = []
    taken = 0
    for i, ends in table.find(words):
        if i >= taken:
            taken = ends[-1][0]
            cues.append((i, taken, directions[ends[-1][1][0]]))
    if not any(d in ("forward", "backward", "clause before") for _, _, d in cues):
        return set()
    negated: set[int] = set()
    text, starts = words.text, [place.start for place in places]
    longest = max((place.end - place.start for place in places), default=0)
    limit = len(text)  # where the next terminator stands
    for first, last, direction in reversed(cues):
        offset = words.starts[first]
        heads = direction in ("backward", "forward") and words.gaps[last].lstrip()[:1] == ":" and (not first or words.folded[first - 1] != "but")
        if direction == "terminator":
            limit = offset
        elif heads:  # "Not required: accounting background; SAP"
            far = min(len(text), words.ends[last - 1] + _FARTHEST)
            end = _ENDS_HEADED.search(text, words.ends[last - 1], far)
            negated.update(range(bisect_right(starts, offset), bisect_left(starts, end.start() if end is not None else far)))
        elif direction == "forward":
            for n in range(bisect_right(starts, offset), bisect_left(starts, min(offset + _REACH + 20, limit))):
                between = text[offset : starts[n]]
                if not _ENDS_NEGATION.search(between) and not (last - first == 1 and _is_left_behind(text, between, places[n].end)):
                    negated.add(n)
        elif direction == "backward":
            joined = True
            near = range(bisect_right(starts, offset - _REACH - longest), bisect_left(starts, offset))
            for n in reversed(near):
                clause, gap = requirements[where[n]], text[places[n].end : places[n + 1].start] if n + 1 in near else ""
                joined = joined and ("," not in gap or _EITHER.search(text[places[n].end : offset]) is not None)
                joined = joined and _OWNED.fullmatch(text, places[n].end, offset) is None
                # "nice but not needed", "preferred, not required"; not the "be considered" of "will not be considered"
                cue = clause.cue
                wishing = cue is not None and cue.start >= clause.start and not offset <= cue.start < words.ends[last - 1]
                wished = wishing and clause.strength is Strength.PREFERRED
                within = clause.start <= starts[n] and (offset <= clause.end + 1 or _ASKS_BEFORE.fullmatch(text, clause.end, offset) is not None)
                if joined and not wished and within and offset - places[n].end < _REACH:
                    negated.add(n)
        elif direction == "clause before":  # "We speak English and Polish; none of it is needed"
            for n in range(bisect_right(starts, offset - _FAR), bisect_left(starts, offset)):
                if 0 <= offset - requirements[where[n]].end <= 2 or offset <= requirements[where[n]].end:
                    negated.add(n)
    for match in _TWICE.finditer(text) if negated else ():
        negated.difference_update(range(bisect_left(starts, match.start()), bisect_left(starts, match.end())))
    return negated


def _is_left_behind(text: str, between: str, end: int) -> bool:
    """Whether a bare "no" reaches a place no more, since a comma stands between and no choice goes on: "no drama, team player"; "no Java, Go or C" does."""
    if "," not in between:
        return False
    onward = _NEGATED_LIST.match(text, end)
    return not (_EITHER.search(between) or (onward is not None and _EITHER.search(onward[0])))
