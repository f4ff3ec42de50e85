"""What a résumé shows without naming it: soft skills by the work described, and needs by their own words."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable
from functools import cache, cached_property

from mcgap.files import shipped_rows
from mcgap.records import Document, Evidence, Have, Mention, Need, Proof, Section, SectionKind, SkillType
from mcgap.stems import content_stems, stem
from mcgap.taxonomy import Taxonomy
from mcgap.text import Words

_WORK = frozenset({SectionKind.EXPERIENCE, SectionKind.PROJECTS, SectionKind.SUMMARY, SectionKind.INTRO, SectionKind.SKILLS})
_REACH = 9
# One is held or not: "qualification" near "payroll" is no payroll qualification.
_PAPERS = frozenset({SkillType.CERTIFICATION, SkillType.LICENCE})
# Words on either side of these do not belong together: an empty line, the end of a sentence, a new bullet or label.
_PARTS = re.compile(r"\n[ \t]*\n|\. |\n[ \t]*(?:[-*\u2022\u00b7\u25cf\u25aa\u2013][ \t]|\w[\w &/]{0,25}:)")
# "Client: Northmoor", "2019 \u2013 Present": a label and a date tell of no work; the bullet "- Present figures" does.
_LABEL = re.compile(r"[ \t]*:(?!//)")
_UNTIL_NOW = re.compile(r"\S[ \t]*[-\u2013\u2014][ \t]*present\b", re.IGNORECASE)
_WISH_REACH, _NEAR_DATE = 70, 5  # characters
# What stands before work that somebody wants to do; a comma or a new sentence ends it.
_WISHED = re.compile(
    r"\b(?:looking (?:for|to)|seeking|hop(?:e|ing) to|aspir\w+|aim(?:ing)? to|keen to|want(?:ing)? to|to (?:obtain|become|secure)|my first)\b[^.,;\n]*$",
    re.IGNORECASE,
)
# A text with this many of these words is English. A count, not a share: a longer name or address changes nothing.
_ENGLISH = frozenset("the and of to in for with on at by from as was is".split())
_ENOUGH_ENGLISH = 10
_ENGLISH_SKILL = "english"


_LITERAL = re.compile(r"[A-Za-z0-9]+")
_TOKEN = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]|[()|]")


@cache
def load_work_evidence() -> dict[str, tuple[str, ...]]:
    """Patterns of work that show a skill without naming it, by skill id; one that begins with "@" is the name of a job that shows it.

    A row of the table may name several skills, parted by "|".
    """
    found: dict[str, list[str]] = {}
    for row in shipped_rows("data/work_evidence.csv", ("skill", "pattern", "note")):
        for skill in row["skill"].split("|"):
            found.setdefault(skill, []).append(row["pattern"])
    return {skill: tuple(patterns) for skill, patterns in found.items()}


# What stands before a job's name where somebody has the job: a new line, "as a", up to four words that tell of its kind.
_JOB = "@"
_AT_JOB = (
    r"(?:[\n|\u2013\u2014:\u2022\t(]|(?:^|[.;] )|\bas an? |\bi am an? |\bi'm an? |\d[ \t]+)[ \t]*"
    r"(?:(?!(?:with|to|for|from|by|the|of|a|an|other|nearest|by)\b)[\w&/-]+,? ){0,4}?\b"
)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    # Only those of skills that are asked for are compiled: all of them take longer than the analysis.
    return re.compile(_AT_JOB + pattern.removeprefix(_JOB) if pattern.startswith(_JOB) else pattern, re.IGNORECASE)


_BOUNDARY, _GROUP = r"\b", "(?:"
_MOST_LETTERS = 3


@cache
def beginnings(pattern: str) -> frozenset[str] | None:
    """The first letters (at most three) of the word with which a match, or the job in it, begins; None where the pattern does not tell.

    Most patterns fit no word of a résumé: a look at these spares the search.
    """
    found: set[str] = set()
    for choice in _choices(_BOUNDARY + pattern.removeprefix(_JOB) if pattern.startswith(_JOB) else pattern):
        letters = _letters(choice.removeprefix(_BOUNDARY)) if choice.startswith(_BOUNDARY) else None
        if letters is None:
            return None
        found |= letters
    return frozenset(found)


def _letters(sequence: str) -> set[str] | None:
    if sequence.startswith(_GROUP):
        inner, rest = _group(sequence)
        inside = [_letters(choice) for choice in _choices(inner)]
        return None if rest[:1] in ("?", "*", "{") or None in inside else {letters for choice in inside if choice for letters in choice}
    literal = _LITERAL.match(sequence)
    size = 0 if literal is None else literal.end() - (sequence[literal.end() : literal.end() + 1] in ("?", "*", "{"))
    return {sequence[: min(size, _MOST_LETTERS)].lower()} if size > 0 else None


def _choices(pattern: str) -> list[str]:
    """A pattern parted at the "|" outside of groups and classes."""
    parts, depth, start = [], 0, 0
    for token in _TOKEN.finditer(pattern):
        depth += (token[0] == "(") - (token[0] == ")")
        if token[0] == "|" and not depth:
            parts.append(pattern[start : token.start()])
            start = token.end()
    return [*parts, pattern[start:]]


def _group(sequence: str) -> tuple[str, str]:
    """What stands in the group that a sequence begins with, and after it."""
    depth = 0
    for token in _TOKEN.finditer(sequence):
        depth += (token[0] == "(") - (token[0] == ")")
        if token[0] == ")" and not depth:
            return sequence[len(_GROUP) : token.start()], sequence[token.end() :]
    raise ValueError(sequence)


class Work:
    """A résumé as it is searched for what it shows without naming it: split once, asked for many needs. Of its words only stems and places are kept."""

    def __init__(self, document: Document, sections: tuple[Section, ...], words: Words | None = None) -> None:
        self.document = document
        self.parts = [s for s in sections if s.kind in _WORK]
        self._words = words

    @cached_property
    def _split(self) -> tuple[list[str], array[int], array[int]]:
        words = self._words or Words(self.document.text)
        return [stem(w) for w in words.folded], array("i", words.starts), array("i", words.ends)

    @cached_property
    def _beginnings(self) -> set[str]:
        """The first letters of all words, one to three of each."""
        words = set(re.findall(r"\w+", self.document.text.lower()))
        return {word[:size] for word in words for size in range(1, _MOST_LETTERS + 1)}

    @property
    def stems(self) -> list[str]:
        return self._split[0]

    def shows(self, skill: str) -> Have | None:
        """A skill by the writing, or by the work described."""
        have = self._by_writing() if skill == _ENGLISH_SKILL else None
        return have or self._by_work(skill)

    def says(self, skill: str, phrase: frozenset[str], *, named: bool = False) -> Have | None:
        """A skill whose words (``phrase``, as stems) all stand close together: "effective logistics management" ~ "management of logistics".

        ``named``: it is a name (``is_paper``), whose words stand side by side on one line.
        """
        place = find_together(phrase, self.stems, len(phrase) if named else _REACH)
        if place is None:
            return None
        _, starts, ends = self._split
        start, end = starts[place[0]], ends[place[1] - 1]
        if named and "\n" in self.document.text[start:end]:
            return None
        section = next((s for s in self.parts if s.start <= start < s.end), None)
        if section is None or _PARTS.search(self.document.text, start, end) or _UNTIL_NOW.search(self.document.text, max(0, start - _NEAR_DATE), end):
            return None
        return _have(skill, self.document, start, end, section.kind)

    def _by_writing(self) -> Have | None:
        """English, of a résumé that is written in it."""
        words = self._words or Words(self.document.text)
        if sum(word in _ENGLISH for word in words.folded) < _ENOUGH_ENGLISH:
            return None
        first = next(i for i, word in enumerate(words.folded) if word in _ENGLISH)
        start = max(0, first - 3)
        return _have(_ENGLISH_SKILL, self.document, words.starts[start], words.ends[min(len(words), start + 8) - 1], SectionKind.EXPERIENCE)

    def _by_work(self, skill: str) -> Have | None:
        for pattern in load_work_evidence().get(skill, ()):
            first = beginnings(pattern)
            if first is not None and first.isdisjoint(self._beginnings):
                continue
            for section in self.parts:
                matches = _compiled(pattern).finditer(self.document.text, section.start, section.end)
                match = next((m for m in matches if not self._is_wished(m.start()) and not _LABEL.match(m.string, m.end())), None)
                if match is not None:
                    return _have(skill, self.document, match.start(), match.end(), section.kind)
        return None

    def _is_wished(self, start: int) -> bool:
        """Whether the words here are of work that is sought: "looking for my first supervisor job"."""
        return _WISHED.search(self.document.text, max(0, start - _WISH_REACH), start) is not None


def shows_by_work(skill: str) -> bool:
    """Whether writing or work described can show a skill at all."""
    return skill == _ENGLISH_SKILL or skill in load_work_evidence()


def find_shown(needs: Iterable[Need], document: Document, words: Words, sections: tuple[Section, ...], taxonomy: Taxonomy) -> dict[str, Have]:
    """Haves for needed skills that the résumé does not name, by skill id."""
    work = Work(document, sections, words)
    shown: dict[str, Have] = {}
    for need in needs:
        have = work.shows(need.skill) or next(
            (have for p in own_words(need, taxonomy) if (have := work.says(need.skill, p, named=is_paper(need.skill, taxonomy))) is not None), None
        )
        if have is not None:
            shown[need.skill] = have
    return shown


def is_paper(skill: str, taxonomy: Taxonomy) -> bool:
    """Whether a skill is a certificate or licence."""
    row = taxonomy.get(skill)
    return row is not None and row.type in _PAPERS


def own_words(need: Need, taxonomy: Taxonomy) -> tuple[frozenset[str], ...]:
    """The phrases that say a need in two or more words of meaning, as stems. A language is not shown by its words."""
    if taxonomy[need.skill].type is SkillType.LANGUAGE:
        return ()
    phrases = dict.fromkeys((taxonomy.name(need.skill), *(a.mention.text for a in need.asks)))
    return tuple(stems for phrase in phrases if len(stems := content_stems(phrase)) > 1)


def _have(skill: str, document: Document, start: int, end: int, section: SectionKind) -> Have:
    evidence = Evidence.USED if section in (SectionKind.EXPERIENCE, SectionKind.PROJECTS, SectionKind.INTRO) else Evidence.LISTED
    mention = Mention(start, end, document.text[start:end], skill, "shown", 0.8)
    return Have(skill, evidence, 0.8, (Proof(mention, evidence, section),))


def find_together(wanted: frozenset[str], stems: list[str], reach: int = _REACH) -> tuple[int, int] | None:
    """The first stretch of at most ``reach`` words that holds all of ``wanted``."""
    for i, first in enumerate(stems):
        if first not in wanted:
            continue
        left = set(wanted)
        for j in range(i, min(i + reach, len(stems))):
            left.discard(stems[j])
            if not left:
                return i, j + 1
    return None
