"""Lists of skills in a résumé: lines under a heading of skills, and lines such as "Tools: Foobar, Docker" wherever they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from mcgap.files import word_list
from mcgap.records import Mention, Section, SectionKind
from mcgap.taxonomy import Taxonomy
from mcgap.text import BULLETS, Words

_LISTED = 0.6  # how sure an item of a list is a skill though no table holds it
_MOST_WORDS, _MOST_LABEL = 4, 3
_ENDS_LINE = BULLETS | {"\n"}
_ENDS_ITEM = re.compile(r"[,;|/()\[\]\t]|\.(?:\s|$)|\s[-\u2013\u2014]\s|[-\u2013\u2014]\s")
_JOINS = frozenset({"and", "or"})
_CUTS = frozenset("for using from on in at by".split())  # "Barqux for plotting" names Barqux
_NEAR = 2  # lines
_LEAST_KNOWN = 0.5  # share of the items after a label that are known
_MOST_LONG = 0.3  # share of the items after a label that can be too long to be taken
_NO_LISTS = frozenset({SectionKind.CONTACT, SectionKind.INTERESTS})
_NAME = re.compile(r"[A-Za-z][\w.+#'\u2019-]*")
# Words that stand before what is known: "proficient in Foobar".
_OPENERS = word_list("item_openers")
# An item of these names no skill; an item with one of those is a clause.
_EMPTY, _CLAUSE = word_list("no_items"), word_list("clause_words")
# "Data Engineer" is a job.
_TITLES = word_list("title_nouns")
# Under these every line is a course, and a course names what it teaches.
_COURSES = word_list("course_headings")
# "Client: ...", "Location: ...": what stands after these is no list of skills.
_OTHER_LABELS = word_list("other_labels")


@dataclass(frozen=True, slots=True)
class SkillList:
    """One line of a list: where it stands, its items as word ranges (first, last exclusive), and whether it stands under a heading of skills."""

    start: int
    end: int
    items: tuple[tuple[int, int], ...]
    headed: bool


def find_lists(words: Words, sections: Iterable[Section]) -> tuple[SkillList, ...]:
    """The lists of a résumé in order. Under a heading of skills every line whose items are all short is one; elsewhere it takes a label and two items."""
    found = []
    for section in sections:
        start = section.heading.end if section.heading is not None else section.start
        listing = section.kind is SectionKind.SKILLS or (section.heading is not None and section.heading.text.lower() in _COURSES)
        for first, last in _lines(words, *words.between(start, section.end)):
            items, labelled = _items(words, first, last)
            labelled = labelled or words.gaps[first].startswith(":")
            if labelled:
                items = _short(words, items)
            if _is_list(words, items) and (listing or (labelled and len(items) > 1 and section.kind not in _NO_LISTS)):
                found.append(SkillList(words.starts[items[0][0]], words.ends[last - 1], tuple(items), listing))
    return tuple(found)


def find_listed(words: Words, lists: Sequence[SkillList], mentions: Sequence[Mention], taxonomy: Taxonomy) -> tuple[Mention, ...]:
    """Items of lists that hold no known mention: of the one skill that they name wherever they stand, else without a skill.

    Known mentions have to vouch for them: under a heading of skills one at most two lines off (names and addresses can stand there
    too), elsewhere half of the items.
    """
    known = {i for m in mentions for i in range(*words.between(m.start, m.end))}
    shares = [sum(not known.isdisjoint(range(a, b)) for a, b in line.items) / len(line.items) for line in lists]
    found = []
    for n, line in enumerate(lists):
        if len(line.items) == 1 and not _capital(words, line.items[0]):
            continue
        if (max(shares[max(n - _NEAR, 0) : n + _NEAR + 1]) <= 0) if line.headed else (shares[n] < _LEAST_KNOWN):
            continue
        for first, last in line.items:
            if known.isdisjoint(range(first, last)) and _is_skill(words, first, last):
                phrase = words.slice(first, last)
                skills = taxonomy.named_anywhere(phrase)
                skill, how, score = (skills[0], "exact", 1.0) if len(skills) == 1 else (None, "list", _LISTED)
                found.append(Mention(words.starts[first], words.ends[last - 1], phrase, skill, how, score))
    return tuple(found)


def reads_as_skill(item: Mention) -> bool:
    """Whether an unknown item beside known ones can stand as a phrase: capitalised, and no verb, number, opener or title of a job."""
    words = Words(item.text)
    if not item.text[0].isupper() or any(c.isdigit() or c == "'" for c in item.text) or not _is_skill(words, 0, len(words)):
        return False
    return words.folded[0] not in _OPENERS and not (len(words) == 1 and words.folded[0].endswith(("ed", "ing")))


def _lines(words: Words, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Word ranges of lines and bullets."""
    at = first
    for i in range(first + 1, last + 1):
        if i == last or not _ENDS_LINE.isdisjoint(words.gaps[i]) or " * " in words.gaps[i]:
            yield at, i
            at = i


def _items(words: Words, first: int, last: int) -> tuple[list[tuple[int, int]], bool]:
    """The items of a line without openers and label, and whether a label opens it that can name skills."""
    labelled = False
    for i in range(first + 1, min(first + 1 + _MOST_LABEL, last)):
        if words.gaps[i].strip()[:1] == ":":
            if not _OTHER_LABELS.isdisjoint(words.folded[first:i]):
                return [], False
            first, labelled = i, True
            break
    items, at = [], first
    for i in range(first, last + 1):
        joins = i < last and words.folded[i] in _JOINS
        if i == last or joins or (i > at and _ENDS_ITEM.search(words.gaps[i])):
            if i > at and not ("(" in words.gaps[at] and ")" in words.gaps[i]):  # "(Seattle)" tells of the item before it
                items.append((at, i))
            at = i + 1 if joins else i
    return [item for item in (_stripped(words, a, b) for a, b in items) if item[1] > item[0]], labelled


def _is_list(words: Words, items: list[tuple[int, int]]) -> bool:
    """Whether all items are short and something besides "and" parts them: "prepare and serve meals and drinks" is no list."""
    lengths = [b - a for a, b in items]
    if not items or max(lengths) > _MOST_WORDS:
        return False
    return len(items) == 1 or sum(lengths) <= _MOST_WORDS or any(_ENDS_ITEM.search(words.gaps[a]) for a, _ in items[1:])


def _short(words: Words, items: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The short items after a label, where most are: "Barqux, Foobar for plotting, and plots of all that was measured"."""
    cut = [(a, next((i for i in range(a + 1, b) if words.folded[i] in _CUTS), b)) for a, b in items]
    short = [(a, b) for a, b in cut if b - a <= _MOST_WORDS]
    return short if len(items) - len(short) <= _MOST_LONG * len(items) else []


def _stripped(words: Words, first: int, last: int) -> tuple[int, int]:
    while first < last and words.folded[first] in _OPENERS:
        first += 1
    return first, last


def _capital(words: Words, item: tuple[int, int]) -> bool:
    return not words.raw[item[0]][0].islower()


def _is_skill(words: Words, first: int, last: int) -> bool:
    folded = words.folded[first:last]
    if not _EMPTY.isdisjoint(folded) or not _CLAUSE.isdisjoint(folded) or folded[-1] in _TITLES:
        return False
    phrase = words.slice(first, last)
    if words.gaps[last].lstrip()[:1] == ":" or any(word.isdigit() and len(word) > 2 for word in words.raw[first:last]):
        return False  # "Over 5000 lines:"
    return len(phrase) > 2 and _NAME.match(words.raw[first]) is not None and not any(sign in phrase for sign in "@:")
