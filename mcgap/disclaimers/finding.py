"""The disclaimers of a résumé, by its grammar: sentence by sentence, clause by clause.

A passive with an agent that is not the writer ("payroll is run by a bureau"), a subject that is another person, team or firm ("the data team tested
Cassandra"), a denial in the first person ("I am not admin there"), words of study ("reading for the CPA exam"). A clause is left alone where the writer
has a part in it: "the board reads the report I build".
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from mcgap.disclaimers.denials import RELATIVES, TEAM_WITH, find_denials, find_left, find_profiles, find_referees, find_states
from mcgap.disclaimers.others import WORD, ends_with_others, is_other, names_people, new_clause, others_act, watched
from mcgap.disclaimers.passives import find_passives, predicate_end
from mcgap.disclaimers.study import find_study_ahead, find_study_behind
from mcgap.records import Disclaimer, Section, SectionKind

_WRAPPED = 60  # characters: a longer line that the next one goes on with in a small letter was broken by its page
_ENDS_SENTENCE = re.compile(r"[.!?](?=\s|$)(?<!\b[A-Za-z][.!?])|[\u2022\u00b7\u25cf|\n]|\*(?=\s)(?<=\s\*)")
_ENDS_CLAUSE = re.compile(r"[;()]|:(?=\s)|\s[-\u2013\u2014]\s")
_MOST = 600  # characters of a sentence that are looked at
_TOLD = re.compile(r"\bI\b")
_WORK = frozenset({SectionKind.EXPERIENCE, SectionKind.PROJECTS})


def find_disclaimers(text: str, sections: Sequence[Section] = ()) -> tuple[Disclaimer, ...]:
    """The parts of a résumé that speak of no work of its writer, in order of their start; some overlap.

    ``sections``: under jobs and projects "in progress" and the like are said of the work.
    """
    text = _unwrapped(text.replace("\u00a0", " "))
    told = _TOLD.search(text) is not None
    found = {(*span, False) for span in (*find_profiles(text), *find_referees(text))}
    for start, end in _sentences(text):
        words = _Words(text[start:end])
        if words.denial:
            found |= {(*span, False) for span in _denied(text, start, end, words, told=told)}
        if words.ahead:
            found |= {(*span, True) for span in find_study_ahead(text, start, end)}
        if words.behind and not _is_work(start, sections):
            found |= {(*span, True) for span in find_study_behind(text, start, end)}
    return tuple(Disclaimer(start, end, learning) for start, end, learning in sorted(found))


def _is_work(offset: int, sections: Sequence[Section]) -> bool:
    at = bisect_right(sections, offset, key=lambda section: section.start) - 1
    return at >= 0 and sections[at].kind in _WORK


def _unwrapped(text: str) -> str:
    """The text with a space for each end of a line that a page broke."""
    lines = text.split("\n")
    joined = [" " if len(line) >= _WRAPPED and "a" <= following[:1] <= "z" else "\n" for line, following in pairwise(lines)]
    return "".join(part for pair in zip(lines, [*joined, ""], strict=True) for part in pair)


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for mark in _ENDS_SENTENCE.finditer(text):
        if mark.start() > start:
            yield start, min(mark.start(), start + _MOST)
        start = mark.end()
    if start < len(text):
        yield start, min(len(text), start + _MOST)


# ── which rules a sentence leaves a chance ──────────────────────────────────────────────────────

_NO = frozenset("not never no cannot dont didnt havent hadnt wasnt isnt little".split())
_STATES = frozenset(
    "contract outsourced contracted subcontracted farmed bought hands left up job task responsibility remit centrally elsewhere externally abroad site office"
    " department branch sits lies rests belongs go goes went not team country quarters".split()
)
_LEFT = frozenset("with down left falls fell job task responsibility area work role domain remit patch".split())
_WISHES = frozenset("plan planning intend intending hope hoping due booked going about aim aiming looking want wanting like keen wish eager preparing".split())
_AHEAD = frozenset(
    "reading studying revising cramming sitting waiting signed signing enrolled registered booked doing taking attending following completing undertaking"
    " starting begun started through teaching learning provisional preparing".split()
)
_BEHIND = frozenset(
    "module modules unit units course courses paper papers exam exams lesson lessons credits parts subjects certificate certificates year yr udemy coursera edx"
    " tutorial test tests result results orals oral viva assessment qualified certified sat taken progress books videos lectures reading sight name studying"
    " awaiting planned yet booked provisional".split()
)


class _Words:
    """A look at the words of a sentence, which spares most sentences the search."""

    def __init__(self, sentence: str) -> None:
        written = WORD.findall(sentence)
        words = set(map(str.lower, written))
        self.by, self.my = "by" in words, "my" in words
        self.others = names_people(written, words)
        self.no = not words.isdisjoint(_NO) or "'t" in sentence or "\u2019t" in sentence
        self.state = not words.isdisjoint(_STATES)
        self.left = self.others and not words.isdisjoint(_LEFT)
        self.ahead = not words.isdisjoint(_AHEAD) or ("to" in words and not words.isdisjoint(_WISHES))
        self.behind = not words.isdisjoint(_BEHIND)
        self.denial = self.by or self.my or self.others or self.no or self.state


# ── clauses ─────────────────────────────────────────────────────────────────────────────────────


class _Clause(NamedTuple):
    start: int
    end: int
    apart: bool  # by a semicolon, bracket, colon or dash, or the start of the sentence


def _clauses(text: str, start: int, end: int) -> list[_Clause]:
    marks = [(m.start(), m.end(), True) for m in _ENDS_CLAUSE.finditer(text, start, end)]
    marks += [(m.start(), m.end(), False) for m in new_clause().finditer(text, start, end)]
    found, at, apart = [], start, True
    for first, last, is_apart in sorted(marks):
        if first < at:
            continue
        if text[at:first].strip():
            found.append(_Clause(at, first, apart))
        at, apart = last, is_apart
    if text[at:end].strip():
        found.append(_Clause(at, end, apart))
    return found


# What the writer says of the own part, which is less than what others do.
_LIMITS = re.compile(
    r"\s*(?:and |but |though )?(?:I|my|we)\b (?:\w+ ){0,2}?(?:not|never|only|just|merely|\w*n['\u2019]t|watched|watch|attended|attend|read|follow|followed"
    r"|saw|see|pass|supply|give|answer|answered|receive|get)\b"
)


def _denied(text: str, start: int, end: int, words: _Words, *, told: bool) -> Iterator[tuple[int, int]]:
    clauses = _clauses(text, start, end)
    for n, (a, b, apart) in enumerate(clauses):
        limited = n + 1 < len(clauses) and _LIMITS.match(text, clauses[n + 1].start) is not None
        if (words.my and RELATIVES.match(text, a, b)) or (words.others and _is_theirs(text, clauses, n, limited=limited, told=told)):
            yield a, b
            continue
        if words.others:
            yield from _only_seen(text, a, b)
        if words.by:
            yield from find_passives(text, a, b)
        if words.state:
            yield from find_states(text, a, b)
        if words.left:
            yield from find_left(text, a, b)
        if words.no:
            yield from find_denials(text, a, b, before=clauses[max(0, n - 1)].start, apart=apart)


_AND_DID = re.compile(r" and (?:then )?(?:did|wrote|built|ran|led|made|kept|took|gave|drew|taught|held|sold|sent|set|\w{2,}ed) ")


def _only_seen(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    seen = watched().search(text, start, end)
    if seen is not None and is_other(seen, subject=False):
        did = _AND_DID.search(text, seen.end(), end)
        yield seen.end(), predicate_end(text, seen.end(), end if did is None else did.start())


def _is_theirs(text: str, clauses: Sequence[_Clause], n: int, *, limited: bool, told: bool) -> bool:
    """Whether a clause tells what others do: with them as its subject, as "who" after them, or as no more than another team with its tools."""
    start, end, apart = clauses[n]
    if others_act(text, start, end, limited=limited, told=told):
        return True
    if n > 0 and text.startswith("who ", start) and ends_with_others(text, clauses[n - 1].start, clauses[n - 1].end):
        return True
    return apart and text[max(0, start - 2) : start].strip()[-1:] in ("(", ";") and TEAM_WITH.match(text, start, end) is not None
