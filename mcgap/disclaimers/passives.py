"""Passives whose agent is not the writer: "payroll is run by a bureau", "Kubernetes (run by the platform team)"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from mcgap.disclaimers.others import APART, CAPITALS, FIRST_PERSON, WRITER, is_never_self, is_other, noun_phrase, opens_work
from mcgap.files import word_list

_IRREGULAR = frozenset(
    "done run kept written taken made built held sent set put paid bought sold drawn given dealt taught cut chosen found grown won thought shown driven"
    " let".split()
)
_AUXILIARY = frozenset("is are was were be been being gets get got".split())
_TOKEN = re.compile(r"[^\W_][\w'\u2019-]*")
_FAR_VERB, _FAR_AUXILIARY, _FAR_JOINED = 8, 4, 9  # words
# Words of a subject: with an auxiliary, without, without a verb; of an item of a list; after a participle.
_MOST_SUBJECT, _MOST_REDUCED, _MOST_BARE, _MOST_ITEM, _MOST_DESCRIBED = 18, 5, 5, 4, 3
# The writer has a part in it: "by my colleague and me", "by partners whom I train".
_WITH_WRITER = re.compile(r",? (?:and|with|or) (?:me|I|myself|us|my)\b|[^.;,]{0,40}? (?:whom?|that|which) (?:I|we)\b")
_GOES_ON = re.compile(r", [\w/+# .-]{1,25}(?:,| and\b| or\b)")
_RELATIVES = frozenset("which that who".split())
_JOINS = frozenset("and or also then".split())
_LIST_END = re.compile(r"^(?:and|or|but|so)\b|\b(?:and|&)\s")
_ITEM_MARKS = (", ", "; ", ". ", "\n", "(", "\u2022", ": ", "| ")


@cache
def _agent() -> re.Pattern[str]:
    return re.compile(rf"\bby (?P<some>(?:someone|somebody|others|another)\b)?(?:{noun_phrase()})?", re.IGNORECASE)


def find_passives(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts of a clause that tell in a passive what somebody else does, subject and all."""
    for found in _agent().finditer(text, start, end):
        head, some = found["head"], (found["some"] or "").lower()
        if head is None and some in ("", "another"):
            continue
        if head is not None and (is_other(found, subject=False) is False or _WITH_WRITER.match(text, found.end(), end)):
            continue
        stop = predicate_end(text, found.end(), end)
        words = list(_TOKEN.finditer(text, start, found.start()))
        if _is_bare(found, words) and not WRITER.search(text, found.end(), stop):
            yield start, stop  # "Drawings by our drafters"
            continue
        verb, auxiliary = _verb_of(words)
        if verb is None or (auxiliary is None and head is not None and not (found["det"] or head in CAPITALS or (verb == 0 and is_never_self(head)))):
            continue
        at = _subject_start(text, start, words, verb if auxiliary is None else auxiliary, finite=auxiliary is not None)
        if at is not None:
            yield at, stop


def _is_bare(agent: re.Match[str], words: Sequence[re.Match[str]]) -> bool:
    """Whether no more than a name stands before an agent that is surely another."""
    det = (agent["det"] or "").strip().lower()
    if agent["head"] is not None and det != "our" and det not in APART and APART.isdisjoint((agent["mods"] or "").lower().split()):
        return False
    written = [word[0].lower() for word in words]
    return 0 < len(written) <= _MOST_BARE and not any(_is_participle(w) or w in _AUXILIARY for w in written) and not opens_work(written[0])


def predicate_end(text: str, agent: int, end: int) -> int:
    """Where a clause ends whose agent ends at ``agent``: at a comma that parts no list."""
    comma = text.find(", ", agent, end)
    return end if comma < 0 or _GOES_ON.match(text, comma, end) else comma


def _is_participle(word: str) -> bool:
    return word in _IRREGULAR or (len(word) > 3 and word.endswith("ed"))


def _verb_of(words: Sequence[re.Match[str]]) -> tuple[int | None, int | None]:
    """The participle nearest to the end of some words, and its auxiliary where it has one.

    Both None where there is none, or others only get the outcome: "dashboards are used by the sales team".
    """
    last = len(words) - 1
    if last >= 0 and words[last][0].lower() in _AUXILIARY:
        return last, last
    for n in range(last, max(-1, last - _FAR_VERB), -1):
        word = words[n][0].lower()
        if not _is_participle(word):
            continue
        particle = words[n + 1][0].lower() if n < last else ""
        if (word in word_list("receiving_verbs") and particle != "up") or particle == "over":  # "targets are set by", "was taken over by"
            return None, None
        far = _FAR_JOINED if n >= 1 and words[n - 1][0].lower() in _JOINS else _FAR_AUXILIARY
        return n, next((k for k in range(n - 1, max(-1, n - 1 - far), -1) if words[k][0].lower() in _AUXILIARY), None)
    return None, None


def _subject_start(text: str, start: int, words: Sequence[re.Match[str]], stop: int, *, finite: bool) -> int | None:
    """Where the subject of a passive begins whose verb is word ``stop``; None where it is the writer, or the writer's own work."""
    if finite and stop > 0 and words[stop - 1][0].lower() in _RELATIVES:
        return words[stop - 1].start()
    at = clause_start(text, start, words[stop].start())
    subject = [word for word in words[:stop] if word.start() >= at]
    if not subject:  # "Payroll (done by our bureau)"
        return None if finite else _item_start(text, start)
    if WRITER.search(text, subject[0].start(), words[stop].start()) or len(subject) > (_MOST_SUBJECT if finite else _MOST_REDUCED):
        return None
    described = finite and len(subject) <= _MOST_DESCRIBED and subject[0][0].lower().endswith("ed")  # "Controlled drugs are given by"
    return None if opens_work(subject[0][0]) and not described else at


def clause_start(text: str, start: int, stop: int) -> int:
    """Where the last clause before ``stop`` begins: after a comma, or "and" where the writer does what stands before it; a list is kept whole."""
    at = _after(text, ", ", start, stop)
    if at > start and _LIST_END.search(text[at:stop]):  # "ovens, fridges and lifts are ..."
        while at > start:
            before = _after(text, ", ", start, at - 2)
            item = text[before : at - 2]
            first = _TOKEN.search(item)
            if first is None or len(item.split()) > _MOST_ITEM or FIRST_PERSON.search(item) or opens_work(first[0]):
                break
            at = before
    first = _TOKEN.search(text, at, stop)
    if first is not None and (FIRST_PERSON.search(text, at, stop) or opens_work(first[0])):
        return max(_after(text, " and ", at, stop), _after(text, " but ", at, stop))
    return at


def _item_start(text: str, start: int) -> int | None:
    """Where the item begins that an aside at ``start`` speaks of: "Excel, Kubernetes (run by the vendor)"; None where no item stands before it."""
    before = text[:start].rstrip()
    if not before.endswith(("(", "-", "\u2013", "\u2014", ":")):
        return None
    return max(_after(text, mark, 0, len(before) - 1) for mark in _ITEM_MARKS)


def _after(text: str, mark: str, start: int, end: int) -> int:
    """Where the words after the last mark begin; ``start`` where there is none."""
    at = text.rfind(mark, start, end)
    return at + len(mark) if at >= 0 else start
