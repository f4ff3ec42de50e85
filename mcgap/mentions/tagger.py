"""The trained tagger at work: phrases that read as a skill though no list holds them, and how well listed mentions are supported."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import itemgetter

import numpy as np

from mcgap.files import word_list
from mcgap.mentions.tagger_features import find_segments, gap_number, known_numbers
from mcgap.mentions.tagger_network import LAYERS, Floats, Labels, Numbers, Tagger, best_labels, load_tagger
from mcgap.records import Mention, SkillType
from mcgap.taxonomy import Taxonomy
from mcgap.text import BULLETS, Words, lies_in, overlaps

__all__ = ["Reading", "Tagger", "chances", "find_phrases", "find_wider", "is_line", "is_long", "keep_supported", "load_tagger", "read_words", "support"]

LONG = 5  # words
_NAME = LAYERS.index("name")
_SMALL = frozenset("a also an and as at by esp etc for from in into of on or our such than that the their then to using with your".split())
_NO_PHRASES = word_list("no_phrases")
_DUTY_VERBS = word_list("duty_verbs")
_COMPETENCE_AFTER = re.compile(r" (?:skills?|experience|knowledge|background|expertise|qualifications?)\b", re.IGNORECASE)
_COMPETENCE_BEFORE = re.compile(
    r"\b(?:experienced?|knowledge|understanding|background|track record|proficien\w+|expertise|skill(?:s|ed)?|qualified|competen\w+|trained)"
    r" (?:in|of|with) (?:the )?$",
    re.IGNORECASE,
)
_NEAR = 30  # characters
_ASKING_WORDS = frozenset({"how", "why", "whether"})
_LIST_MARKS = frozenset(",;/()")
_AND = frozenset({"and", "or"})
_LINE_MARKS = BULLETS | {"\n"}
_ITEM_WORDS = 4  # of a longer item the words around it are part: it is no list of names
# Of several such words none names a matter: "industry tools and techniques", "current technologies".
_EMPTY = (_NO_PHRASES | _SMALL | word_list("wrappers") | word_list("empty_words")) - _DUTY_VERBS - word_list("act_verbs")
_NAMES = frozenset({SkillType.TOOL, SkillType.LANGUAGE, SkillType.CERTIFICATION, SkillType.LICENCE})


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """What the tagger makes of one text.

    ``inside`` is (words, layer): how likely each word stands in a skill span, in a knowledge span and in a name. ``layers`` are the word
    ranges of each, ``spans`` those of skill and knowledge merged, in order of the text, with their scores; ``nested`` are knowledge spans
    inside skill spans ("Kafka" in "build pipelines with Kafka"); ``names`` are the shortest words that name a skill.
    """

    inside: Floats
    layers: tuple[tuple[tuple[int, int], ...], ...]
    spans: tuple[tuple[int, int, float], ...]
    nested: tuple[tuple[int, int, float], ...]
    names: tuple[tuple[int, int, float], ...]


def read_words(words: Words, spans: Sequence[tuple[int, int]], known: Sequence[Mention], taxonomy: Taxonomy, tagger: Tagger) -> Reading:
    """The tagger's reading of the characters in ``spans``; what lies outside them counts as no skill."""
    inside = np.zeros((len(words), len(LAYERS)), np.float32)
    segments = [segment for start, end in spans for segment in find_segments(words, *words.between(start, end))]
    if not segments:
        return Reading(inside, ((),) * len(LAYERS), (), (), ())
    at = np.concatenate([np.arange(a, b) for a, b in segments])
    lengths = [b - a for a, b in segments]
    logs = tagger.read([words.raw[i] for i in at], _places(words, known, taxonomy)[at])
    inside[at] = 1 - np.exp(logs[:, :, 0])
    labels = best_labels(logs, lengths, tagger.thresholds["outside"])
    layers = tuple(tuple(_runs(at, lengths, labels[:, layer])) for layer in range(len(LAYERS)))
    skill, knowledge, names = layers
    return Reading(inside, layers, _merged(skill, knowledge, inside), _nested(skill, knowledge, inside), _scored(names, inside[:, _NAME]))


def _places(words: Words, known: Sequence[Mention], taxonomy: Taxonomy) -> Numbers:
    gaps = [gap_number(gap) for gap in words.gaps]
    return np.column_stack([gaps[:-1], gaps[1:], known_numbers(words, known, taxonomy)])


def _merged(skill: Iterable[tuple[int, int]], knowledge: Iterable[tuple[int, int]], inside: Floats) -> tuple[tuple[int, int, float], ...]:
    """Skill spans, and the knowledge spans that no skill span touches, as SkillSpan merges its layers."""
    taken = {i for a, b in skill for i in range(a, b)}
    spans = sorted([*skill, *((a, b) for a, b in knowledge if taken.isdisjoint(range(a, b)))])
    return _scored(spans, inside[:, :_NAME].max(axis=1))


def _nested(skill: Iterable[tuple[int, int]], knowledge: Iterable[tuple[int, int]], inside: Floats) -> tuple[tuple[int, int, float], ...]:
    taken = {i for a, b in skill for i in range(a, b)}
    whole = set(skill)
    return _scored([(a, b) for a, b in knowledge if (a, b) not in whole and not taken.isdisjoint(range(a, b))], inside[:, 1])


def _scored(spans: Iterable[tuple[int, int]], chances: Floats) -> tuple[tuple[int, int, float], ...]:
    """Word ranges, each with the mean chance of its words."""
    each = chances.tolist()
    return tuple((a, b, _mean(each[a:b])) for a, b in spans)


def _mean(chances: list[float]) -> float:
    return round(sum(chances) / len(chances), 4)


def _runs(at: Numbers, lengths: list[int], labels: Labels) -> list[tuple[int, int]]:
    """Word ranges labelled B, I, I …; none crosses the end of a segment."""
    ends = set(np.cumsum(lengths).tolist())
    runs: list[tuple[int, int]] = []
    start: int | None = None
    for n in range(len(labels) + 1):
        label = int(labels[n]) if n < len(labels) else 0
        if start is not None and (label != 2 or n in ends):
            runs.append((int(at[start]), int(at[n - 1]) + 1))
            start = None
        if label == 1 or (label == 2 and start is None):
            start = n
    return runs


def find_phrases(
    words: Words, reading: Reading, known: Sequence[Mention], tagger: Tagger, asides: Sequence[tuple[int, int]] = (), doubted: Sequence[Mention] = ()
) -> tuple[Mention, ...]:
    """Phrases that read as a skill and that no known mention overlaps, with ``skill`` None, how "tagger" and their score; in order.

    Of a name and the span around it the name is taken, unless they are nearly the same. A span in which no word is likely to name a skill is none.
    Characters in ``asides``, which ask nothing, need a higher score; in ``doubted``, mentions that the tagger does not support, stands no name.
    """
    least = tagger.thresholds
    taken = {i for m in known for i in range(*words.between(m.start, m.end))}
    barred = taken.union(i for m in doubted for i in range(*words.between(m.start, m.end)))
    names = [m for m in _phrases(words, reading.names, barred) if m.score >= _least(m.start, asides, tagger, least["name"])]
    spans = [m for m in _phrases(words, (*reading.spans, *reading.nested), taken) if m.score >= _least(m.start, asides, tagger, least["least"])]
    places = [(m.start, m.end) for m in names]
    chance = reading.inside[:, _NAME].tolist()
    kept, replaced = [], set[int]()
    for span in spans:
        inner = _touched(places, span.start, span.end)
        if not inner:
            if max(chance[slice(*words.between(span.start, span.end))]) >= least["doubt"]:
                kept.append(span)
        elif len(inner) == 1 and replaced.isdisjoint(inner) and not is_long(words, span) and overlaps((span.start, span.end), places[inner[0]]):
            replaced.update(inner)
            kept.append(span)
    return tuple(sorted([*(m for n, m in enumerate(names) if n not in replaced), *kept], key=lambda m: (m.start, m.end)))


def _phrases(words: Words, spans: Iterable[tuple[int, int, float]], taken: set[int]) -> list[Mention]:
    """Spans as mentions, item by item and trimmed, but for those in which a word is taken; in order."""
    trimmed = sorted({(*_trimmed(words, a, b), score) for first, last, score in spans for a, b in _items(words, first, last)})
    return [_mention(words, a, b, None, score) for a, b, score in trimmed if a < b and taken.isdisjoint(range(a, b))]


def _touched(places: Sequence[tuple[int, int]], start: int, end: int) -> range:
    """Which of places in order, none of which overlap, share a character with start to end."""
    return range(bisect_right(places, start, key=itemgetter(1)), bisect_left(places, end, key=itemgetter(0)))


def _items(words: Words, first: int, last: int) -> list[tuple[int, int]]:
    """A span that is a list, item by item ("VP9, AV1", "fibre, transport and energy markets"); any other whole."""
    marks = [k for k in range(first + 1, last) if not _LIST_MARKS.isdisjoint(words.gaps[k])]
    if not marks or words.folded[first] in _DUTY_VERBS:
        return [(first, last)]
    ends = [k + 1 for k in range(marks[-1], last - 1) if words.folded[k] in _AND]
    items = list(pairwise((first, *marks, *ends, last)))
    return items if all(b - a <= _ITEM_WORDS for a, b in items) else [(first, last)]


def _trimmed(words: Words, first: int, last: int) -> tuple[int, int]:
    """A span without the small words at its ends ("principles of"); nothing is left of words without a matter ("quickly", "standard practices")."""
    first, last = _without_small(words, first, last)
    # "Google's technology": whose it is, and what is the employer's own is no skill unless its name says more.
    while _names_owner(words, first, last):
        first, last = _without_small(words, first + 2, last)
    if last - first == 1:
        word = words.raw[first]
        alone = len(word) == 1 and (not word.isupper() or _beside_letter(words, first))  # "R" and "C" are names, "H S" is none
        empty = words.folded[first] in _NO_PHRASES or word.isdigit() or alone
    else:
        empty = _EMPTY.issuperset(words.folded[first:last])
    told = first > 0 and words.folded[first - 1] in _ASKING_WORDS  # "how [hospitals record]" begins a clause
    return (first, first) if empty or told else (first, last)


def _beside_letter(words: Words, i: int) -> bool:
    """Whether a letter stands with another one, as those of an abbreviation that lost its sign do."""
    return any(0 <= k < len(words) and len(words.raw[k]) == 1 and words.raw[k].isupper() and words.gaps[max(i, k)] == " " for k in (i - 1, i + 1))


def _without_small(words: Words, first: int, last: int) -> tuple[int, int]:
    while first < last and words.folded[first] in _SMALL:
        first += 1
    while first < last and words.folded[last - 1] in _SMALL:
        last -= 1
    return first, last


def _names_owner(words: Words, first: int, last: int) -> bool:
    """Whether a name with "'s" opens a span that goes on after it."""
    return first + 2 < last and words.folded[first + 1] == "s" and words.gaps[first + 1] in {"'", "\u2019"} and words.raw[first][0].isupper()


def find_wider(words: Words, reading: Reading, known: Sequence[Mention], tagger: Tagger, asides: Sequence[tuple[int, int]] = ()) -> tuple[Mention, ...]:
    """Phrases around known mentions ("write SQL queries" around SQL): further mentions of the skill that fills most of the phrase."""
    wider = []
    holders = {i: mention for mention in known for i in range(*words.between(mention.start, mention.end))}
    for first, last, score in reading.spans:
        a, b = _without_small(words, first, last)
        within = {(m.start, m.end): m for m in map(holders.get, range(a, b)) if m is not None}
        if within and (words.starts[a], words.ends[b - 1]) not in within and score >= _least(words.starts[a], asides, tagger, tagger.thresholds["least"]):
            most = max(within.values(), key=lambda m: m.end - m.start)
            wider.append(_mention(words, a, b, most.skill, score))
    return tuple(wider)


def keep_supported(
    words: Words,
    reading: Reading,
    known: Sequence[Mention],
    taxonomy: Taxonomy,
    tagger: Tagger,
    asides: Sequence[tuple[int, int]] = (),
    duties: Sequence[tuple[int, int]] = (),
) -> tuple[Mention, ...]:
    """The mentions without those that the tagger is sure mean no skill; in ``asides`` only those that it finds likely.

    In ``duties`` it must be less sure to drop one: words there name teams, products and matters as often as skills.

    Names (tools, languages, licences, certificates) need no support outside asides: they mean a skill wherever they stand. Nor does,
    outside duties, what the words beside it call an experience or a skill. Terms of several words need little outside duties: the tagger
    knows the words of offices better than those of wards and workshops ("care of the elderly").
    """
    kept = []
    for mention, share in zip(known, support(words, reading, known), strict=True):
        skill = None if mention.skill is None else taxonomy.get(mention.skill)
        named = skill is not None and skill.type in _NAMES
        told = lies_in(mention.start, duties)
        needed = "duty" if told else "term" if " " in mention.text else "support"
        surely = named or (not told and _is_competence(words.text, mention))
        if share >= _least(mention.start, asides, tagger, 0.0 if surely else tagger.thresholds[needed]):
            kept.append(mention)
    return tuple(kept)


def _is_competence(text: str, mention: Mention) -> bool:
    """Whether the words beside a mention say that it is something one can: "phlebotomy skills", "a track record in building maintenance"."""
    return _COMPETENCE_AFTER.match(text, mention.end) is not None or _COMPETENCE_BEFORE.search(text, max(0, mention.start - _NEAR), mention.start) is not None


def is_line(words: Words, mention: Mention) -> bool:
    """Whether a mention is all of a line or bullet: the tagger, which goes by the words around, has none to go by."""
    first, last = words.between(mention.start, mention.end)
    opens = first == 0 or not _LINE_MARKS.isdisjoint(words.gaps[first])
    closes = last == len(words) or not _LINE_MARKS.isdisjoint(words.gaps[last])
    return opens and closes


def is_long(words: Words, phrase: Mention) -> bool:
    """Whether a phrase is a clause rather than a name: it tells of a task, more than it asks for a skill."""
    first, last = words.between(phrase.start, phrase.end)
    return last - first > LONG


def support(words: Words, reading: Reading, known: Sequence[Mention]) -> tuple[float, ...]:
    """For each mention how likely its words stand in a skill or knowledge span, 0-1."""
    return _means(words, reading.inside[:, :_NAME].max(axis=1), known)


def chances(words: Words, reading: Reading, known: Sequence[Mention]) -> tuple[tuple[float, float, float], ...]:
    """For each mention how likely its words stand in a skill or knowledge span and in a name, and how well it fits a name: how much of both
    is shared, by the longer of the two in characters, of the name that it overlaps most. Each 0-1."""
    return tuple(zip(support(words, reading, known), _means(words, reading.inside[:, _NAME], known), _fits(words, reading, known), strict=True))


def _fits(words: Words, reading: Reading, known: Sequence[Mention]) -> tuple[float, ...]:
    names = [(words.starts[a], words.ends[b - 1]) for a, b, _ in reading.names]
    found = []
    for mention in known:
        near = (names[n] for n in _touched(names, mention.start, mention.end))
        shared = ((min(end, mention.end) - max(start, mention.start)) / max(end - start, mention.end - mention.start) for start, end in near)
        found.append(round(max(shared, default=0.0), 4))
    return tuple(found)


def _means(words: Words, chances: Floats, known: Sequence[Mention]) -> tuple[float, ...]:
    each = chances.tolist()
    ranges = [words.between(mention.start, mention.end) for mention in known]
    return tuple([_mean(each[first:last]) if last > first else 0.0 for first, last in ranges])


def _least(start: int, asides: Sequence[tuple[int, int]], tagger: Tagger, otherwise: float) -> float:
    return tagger.thresholds["aside"] if lies_in(start, asides) else otherwise


def _mention(words: Words, first: int, last: int, skill: str | None, score: float) -> Mention:
    return Mention(words.starts[first], words.ends[last - 1], words.slice(first, last), skill, how="tagger", score=score)
