"""Tying mentions to the clause they stand in: strength, alternatives, years, level, negation."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from functools import cache

from mcgap.files import shipped_rows
from mcgap.lengths import Length
from mcgap.records import Ask, Level, Mention, Requirement, SectionKind, Strength
from mcgap.text import PhraseTable, Words

# What stands between two members of one list.
_LIST_GAP = re.compile(r"^[\s,;/&|+()\u2022\u00b7]*(?:(?:and/or|and|or|as well as|plus|&)\b[\s,/]*)?(?:(?:in|with|of|on|using|the|other|various|some)\b\s*)?$", re.IGNORECASE)
_OR_GAP = re.compile(r"(?:^|[\s,/(])(?:or|and/or)(?:$|[\s,/])", re.IGNORECASE)
_SLASH_GAP = re.compile(r"^\s?/\s?$")
_OPENS_CHOICE = re.compile(r"(?:one of|one or more of|at least one|either|any of|any one of|such as|e\.?g\.?,?|for example|for instance|like|i\.?e\.?,?)[\s:,(]*(?:[\w-]+\s){0,4}$", re.IGNORECASE)
_ETC = re.compile(r"^[\s,.)]*(?:etc|and so on|and others)", re.IGNORECASE)
_REACH = 60


@cache
def load_negations() -> tuple[PhraseTable, tuple[str, ...]]:
    rows = shipped_rows("data/negation_cues.csv", ("cue", "direction", "note"))
    return PhraseTable.of((row["cue"], n) for n, row in enumerate(rows)), tuple(row["direction"] for row in rows)


@cache
def load_levels() -> tuple[PhraseTable, tuple[Level, ...]]:
    rows = shipped_rows("data/level_cues.csv", ("cue", "level"))
    return PhraseTable.of((row["cue"], n) for n, row in enumerate(rows)), tuple(Level(row["level"]) for row in rows)


def find_asks(words: Words, mentions: tuple[Mention, ...], requirements: tuple[Requirement, ...], lengths: tuple[Length, ...]) -> tuple[Ask, ...]:
    """Each mention as it is asked for, in order. Negated mentions are kept and marked."""
    text = words.text
    starts = [r.start for r in requirements]
    where = [max(0, bisect_right(starts, m.start) - 1) for m in mentions]
    groups = _groups(text, mentions, where)
    negated = _negated(words, mentions, requirements, where)
    levels = _levels(words, mentions, requirements, where)
    years = _years(text, mentions, requirements, where, lengths)
    asks = []
    for n, mention in enumerate(mentions):
        clause = requirements[where[n]] if requirements else Requirement(0, len(text), SectionKind.INTRO, Strength.MENTIONED)
        asked = replace(mention, negated=True) if n in negated else mention
        asks.append(Ask(asked, clause.strength, clause.section, groups.get(n), years.get(n), levels.get(n), clause.cue))
    return tuple(asks)


def _groups(text: str, mentions: tuple[Mention, ...], where: list[int]) -> dict[int, str]:
    """Alternatives of one requirement: mention number -> group id."""
    runs: list[list[int]] = []
    for n in range(len(mentions)):
        if runs and where[n] == where[runs[-1][-1]] and _listed(text[mentions[n - 1].end : mentions[n].start]):
            runs[-1].append(n)
        else:
            runs.append([n])
    groups: dict[int, str] = {}
    for run in runs:
        for members in _choices(text, mentions, run):
            if len({mentions[n].skill or mentions[n].text.casefold() for n in members}) > 1:
                name = f"g{len(set(groups.values())) + 1}"
                groups.update(dict.fromkeys(members, name))
    return groups


def _listed(gap: str) -> bool:
    return len(gap) <= _REACH and _LIST_GAP.match(gap) is not None


def _choices(text: str, mentions: tuple[Mention, ...], run: list[int]) -> list[list[int]]:
    """The parts of a list that are choices: all of it, or pairs joined by a slash."""
    if len(run) < 2:
        return []
    gaps = [text[mentions[a].end : mentions[b].start] for a, b in zip(run, run[1:], strict=False)]
    before = text[max(0, mentions[run[0]].start - _REACH) : mentions[run[0]].start]
    opens = _OPENS_CHOICE.search(before) is not None and not _ETC.match(text[mentions[run[-1]].end :])
    if opens or any(_OR_GAP.search(gap) for gap in gaps[-1:]):
        return [run]
    parts: list[list[int]] = []
    for n, gap in enumerate(gaps):
        if _SLASH_GAP.match(gap) or _OR_GAP.search(gap):
            if parts and parts[-1][-1] == run[n]:
                parts[-1].append(run[n + 1])
            else:
                parts.append([run[n], run[n + 1]])
    return parts


def _negated(words: Words, mentions: tuple[Mention, ...], requirements: tuple[Requirement, ...], where: list[int]) -> set[int]:
    table, directions = load_negations()
    cues: list[tuple[int, int, str]] = []
    taken = 0
    for i, ends in table.find(words):
        if i >= taken:
            taken = ends[-1][0]
            cues.append((i, taken, directions[ends[-1][1][0]]))
    if not any(d in ("forward", "backward") for _, _, d in cues):
        return set()
    negated: set[int] = set()
    for c, (first, last, direction) in enumerate(cues):
        if direction not in ("forward", "backward"):
            continue
        offset = words.starts[first]
        limit = next((words.starts[a] for a, _, d in cues[c + 1 :] if d == "terminator"), len(words.text))
        for n, mention in enumerate(mentions):
            clause = requirements[where[n]]
            if direction == "forward" and offset < mention.start < min(offset + _REACH + 20, limit) and _same_sentence(words.text, offset, mention.start):
                negated.add(n)
            elif direction == "backward" and clause.start <= mention.start < offset <= clause.end + 1 and offset - mention.end < _REACH:
                negated.add(n)
    return negated


def _same_sentence(text: str, start: int, end: int) -> bool:
    between = text[start:end]
    return not any(mark in between for mark in (". ", ";", "\n", "! ", "? ", ":"))


def _levels(words: Words, mentions: tuple[Mention, ...], requirements: tuple[Requirement, ...], where: list[int]) -> dict[int, Level]:
    """The level cue that stands last before a mention in its clause."""
    table, names = load_levels()
    found: dict[int, Level] = {}
    cues: list[tuple[int, Level]] = []
    taken = 0
    for i, ends in table.find(words):
        if i >= taken:
            taken = ends[-1][0]
            cues.append((words.starts[i], names[ends[-1][1][0]]))
    at = 0
    for n, mention in enumerate(mentions):
        while at < len(cues) and cues[at][0] < mention.start:
            at += 1
        if at and requirements and cues[at - 1][0] >= requirements[where[n]].start:
            found[n] = cues[at - 1][1]
    return found


def _years(text: str, mentions: tuple[Mention, ...], requirements: tuple[Requirement, ...], where: list[int], lengths: tuple[Length, ...]) -> dict[int, float]:
    """The least years asked for, by mention: a length governs the list that follows it, else the mention before it."""
    found: dict[int, float] = {}
    for length in lengths:
        clause = next((k for k, r in enumerate(requirements) if r.start <= length.start < r.end), None)
        if clause is None:
            continue
        stop = min([other.start for other in lengths if other.start > length.start], default=len(text))
        inside = [n for n in range(len(mentions)) if _reaches(requirements, clause, where[n])]
        after = [n for n in inside if length.end <= mentions[n].start < stop and _ties(text[length.end : mentions[n].start])]
        before = [n for n in inside if mentions[n].end <= length.start and _ties_back(text[mentions[n].end : length.start])]
        for n in _run_from(text, mentions, after) if after else before[-1:]:
            found.setdefault(n, length.years)
    return found


def _reaches(requirements: tuple[Requirement, ...], a: int, b: int) -> bool:
    """Whether two parts belong to one sentence: the same clause or neighbours that touch."""
    return a == b or (abs(a - b) == 1 and requirements[max(a, b)].start - requirements[min(a, b)].end <= 2)


def _ties(gap: str) -> bool:
    return len(gap) <= 90 and not re.search(r"[;\n]|\. |,\s*(?:strong|good|excellent|knowledge|ability|must)", gap)


def _ties_back(gap: str) -> bool:
    return len(gap) <= 30 and not re.search(r"[;\n]|\. |,", gap)


def _run_from(text: str, mentions: tuple[Mention, ...], after: list[int]) -> list[int]:
    run = after[:1]
    for n in after[1:]:
        if n != run[-1] + 1 or not _listed(text[mentions[run[-1]].end : mentions[n].start]):
            break
        run.append(n)
    return run
