"""What a résumé shows without naming it: soft skills by the work described, and needs by their own words."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from functools import cache, cached_property, lru_cache

from mcgap.disclaimers import Disclaimed, is_negated
from mcgap.files import shipped_rows
from mcgap.records import Disclaimer, Document, Evidence, Extraction, Have, Mention, Need, Proof, Section, SectionKind, SkillType
from mcgap.stems import content_stems, stem
from mcgap.taxonomy import Taxonomy
from mcgap.text import Words

_WORK = frozenset({SectionKind.EXPERIENCE, SectionKind.PROJECTS, SectionKind.SUMMARY, SectionKind.INTRO, SectionKind.SKILLS})
# Who takes courses is willing to learn; studies show nothing else here.
_STUDIES = frozenset({SectionKind.EDUCATION, SectionKind.CERTIFICATIONS, SectionKind.LEARNING})
_SHOWN_BY_STUDY = frozenset({"willingness-to-learn"})
_JOBS = frozenset({SectionKind.EXPERIENCE, SectionKind.PROJECTS, SectionKind.INTRO})
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
ENGLISH_SKILL = "english"


_LITERAL = re.compile(r"[A-Za-z0-9]+")
_FILLER = re.compile(r"\(\?:(?P<inner>[^()]*)\)(?:\{\d+(?:,\d*)?\}|[?*])\??$")  # "(?:the |our )?", "(?:[\w-]+ ){0,4}?"
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


@lru_cache(maxsize=4)
def patterns_toward(taxonomy: Taxonomy) -> dict[str, tuple[str, ...]]:
    """The patterns that show each skill: its own, then the jobs that show what implies it or is a kind of it.

    An electrician does electrical installation, and so electrical work.
    """
    found = {skill: list(patterns) for skill, patterns in load_work_evidence().items()}
    for skill, patterns in load_work_evidence().items():
        jobs = [pattern for pattern in patterns if pattern.startswith(_JOB)]
        for wider in dict.fromkeys((*taxonomy.implied(skill), *taxonomy.ancestors(skill))) if jobs else ():
            found.setdefault(wider, []).extend(jobs)
    return {skill: tuple(dict.fromkeys(patterns)) for skill, patterns in found.items()}


# ── fields of work ──────────────────────────────────────────────────────────────────────────────

_LEAST_OF_FIELD = 4  # different skills: a few are used in other fields too
_COUNTED = frozenset({SkillType.TECHNICAL, SkillType.DOMAIN, SkillType.TOOL})


@cache
def load_fields() -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """By field of work the categories whose skills are used in it, and the skills of these that are not."""
    rows = shipped_rows("data/fields.csv", ("skill", "categories", "except", "note"))
    return {row["skill"]: (frozenset(row["categories"].split("|")), frozenset(row["except"].split("|"))) for row in rows}


def show_field(skill: str, haves: Iterable[Have], taxonomy: Taxonomy) -> Have | None:
    """A field of work by several skills of it that jobs used: pipework, pumps and boilers are maintenance."""
    field = load_fields().get(skill)
    if field is None:
        return None
    categories, others = field
    inside = [h for h in haves if h.evidence is Evidence.USED and h.skill not in others and h.skill != skill and _is_of(h.skill, categories, taxonomy)]
    if len(inside) < _LEAST_OF_FIELD:
        return None
    inside.sort(key=lambda h: (-(h.years or 0.0), h.skill))
    years, last = max((h.years for h in inside if h.years), default=None), max((h.last_used for h in inside if h.last_used), default=None)
    return Have(skill, Evidence.USED, 0.8, tuple(h.proofs[0] for h in inside[:_LEAST_OF_FIELD]), years, last)


def _is_of(skill: str, categories: frozenset[str], taxonomy: Taxonomy) -> bool:
    row = taxonomy.get(skill)
    return row is not None and row.category in categories and row.type in _COUNTED


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
_MOST_LETTERS, _OPENING = 6, 2


@cache
def openings(pattern: str) -> tuple[frozenset[str], tuple[str, ...]] | None:
    """The first letters (two, and at most six) of the words with one of which a match begins; None of the name of a job, and where the pattern
    does not tell."""
    choices = [_first(choice) for choice in _choices(pattern)]
    if pattern.startswith(_JOB) or None in choices:
        return None
    letters = sorted({letters for each in choices if each for letters in each})
    return frozenset(each[:_OPENING] for each in letters), tuple(letters)


@cache
def beginnings(pattern: str) -> tuple[tuple[frozenset[str], ...], ...]:
    """For each choice of a pattern, of which words it cannot do without the first letters (at most six): of each, the letters of any will do.

    They are the word with which a match, or the job in it, begins, and those of groups that stand after a space. Most patterns fit no words of a
    résumé: a look at these spares the search.
    """
    return tuple(map(_needed, _choices(_BOUNDARY + pattern.removeprefix(_JOB) if pattern.startswith(_JOB) else pattern)))


def _first(choice: str) -> set[str] | None:
    """The letters with which the first word of a match begins; None where the choice does not tell."""
    return _letters(choice.removeprefix(_BOUNDARY)) if choice.startswith(_BOUNDARY) else None


def _needed(choice: str) -> tuple[frozenset[str], ...]:
    first = _first(choice)
    found = [] if first is None else [frozenset(first)]
    depth = 0
    for token in _TOKEN.finditer(choice):
        if token[0] == "(" and not depth and _after_space(choice[: token.start()]):
            letters = _letters(choice[token.start() :])
            if letters is not None:
                found.append(frozenset(letters))
        depth += (token[0] == "(") - (token[0] == ")")
    return tuple(found)


def _after_space(before: str) -> bool:
    """Whether what follows these parts of a pattern follows a space, whichever of them are left out."""
    while (filler := _FILLER.search(before)) is not None and all(choice.endswith(" ") for choice in filler["inner"].split("|")):
        before = before[: filler.start()]
    return before.endswith(" ")


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

    def __init__(self, document: Document, sections: tuple[Section, ...], words: Words | None = None, disclaimers: tuple[Disclaimer, ...] = ()) -> None:
        """``disclaimers`` are the parts that speak of no work of the writer: nothing there shows a skill."""
        self.document = document
        self.parts = [s for s in sections if s.kind in _WORK]
        self.studies = [s for s in sections if s.kind in _STUDIES]
        self._words = words
        self._disclaimed = Disclaimed(disclaimers)
        self._places: dict[tuple[str, int], tuple[int, int] | None] = {}
        self._begun: dict[str, list[int] | None] = {}

    @classmethod
    def of(cls, resume: Extraction, words: Words | None = None) -> Work:
        return cls(resume.document, resume.sections, words, resume.disclaimers)

    @cached_property
    def _split(self) -> tuple[list[str], array[int], array[int]]:
        words = self._words or Words(self.document.text)
        return own_stems(words, self._disclaimed), array("i", words.starts), array("i", words.ends)

    def distinct_words(self) -> set[str]:
        """All words in small letters."""
        return set(re.findall(r"\w+", self.document.text.lower()))

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(self.stems)

    @property
    def stems(self) -> list[str]:
        return self._split[0]

    def shows(self, skill: str, taxonomy: Taxonomy, may_hold: Callable[[str], bool] | None = None) -> Have | None:
        """A skill by the writing, or by the work described. ``may_hold`` spares patterns of which one knows that the résumé lacks their words."""
        have = self._by_writing() if skill == ENGLISH_SKILL else None
        return have or self._by_work(skill, taxonomy, may_hold)

    def says(self, skill: str, phrase: frozenset[str], *, named: bool = False) -> Have | None:
        """A skill whose words (``phrase``, as stems) all stand close together: "effective logistics management" ~ "management of logistics".

        ``named``: it is a name (``is_paper``), whose words stand side by side on one line.
        """
        if not phrase <= self._known:
            return None
        reach = len(phrase) if named else _REACH
        place = find_together(phrase, self.stems, reach)
        while place is not None and self._is_negated(place[0]):
            place = find_together(phrase, self.stems, reach, place[0] + 1)
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

    def _is_negated(self, word: int) -> bool:
        text, start = self.document.text, self._split[1][word]
        return is_negated(text, text.rfind("\n", 0, start) + 1, start)

    def _by_writing(self) -> Have | None:
        """English, of a résumé that is written in it."""
        words = self._words or Words(self.document.text)
        if sum(word in _ENGLISH for word in words.folded) < _ENOUGH_ENGLISH:
            return None
        first = next(i for i, word in enumerate(words.folded) if word in _ENGLISH)
        start = max(0, first - 3)
        return _have(ENGLISH_SKILL, self.document, words.starts[start], words.ends[min(len(words), start + 8) - 1], SectionKind.EXPERIENCE)

    def _by_work(self, skill: str, taxonomy: Taxonomy, may_hold: Callable[[str], bool] | None) -> Have | None:
        """Work before lists and profiles."""
        told: Have | None = None
        for pattern in patterns_toward(taxonomy).get(skill, ()):
            if (may_hold is not None and not may_hold(pattern)) or self._starts(pattern) == []:
                continue
            for section in (*self.parts, *(self.studies if skill in _SHOWN_BY_STUDY else ())):
                if told is not None and section.kind not in _JOBS:
                    continue
                place = self._place(pattern, section)
                if place is not None:
                    have = _have(skill, self.document, *place, section.kind)
                    if have.evidence is Evidence.USED:
                        return have
                    told = told or have
        return told

    def _place(self, pattern: str, section: Section) -> tuple[int, int] | None:
        """Where a pattern first tells of work in a section. Many skills share their patterns."""
        key = pattern, section.start
        if key not in self._places:
            self._places[key] = next((m.span() for m in self._matches(pattern, section) if self._tells_of_work(m)), None)
        return self._places[key]

    def _matches(self, pattern: str, section: Section) -> Iterator[re.Match[str]]:
        """As ``finditer``, which tries a pattern at every character, where this tries it at words alone that begin as it does."""
        text, compiled, starts = self.document.text, _compiled(pattern), self._starts(pattern)
        if starts is None:
            yield from compiled.finditer(text, section.start, section.end)
            return
        end = section.start
        for at in starts[bisect_left(starts, end) : bisect_left(starts, section.end)]:
            if at >= end and (match := compiled.match(text, at, section.end)) is not None:
                end = match.end()
                yield match

    def _starts(self, pattern: str) -> list[int] | None:
        """Where words stand that begin as a pattern does, in order; None where it does not tell how."""
        if pattern not in self._begun:
            known, text, found = openings(pattern), self.document.text, None
            if known is not None:
                buckets, letters = known
                places = {at for opening in buckets for at in self._openings.get(opening, ())}
                # In small letters some become two, so each piece is made small by itself.
                found = sorted([at for at in places if text[at : at + _MOST_LETTERS].lower().startswith(letters)])
            self._begun[pattern] = found
        return self._begun[pattern]

    @cached_property
    def _openings(self) -> dict[str, list[int]]:
        """Where the words stand that begin with one or two letters, in small letters."""
        found: dict[str, list[int]] = {}
        for word in re.finditer(r"\w+", self.document.text):
            opening = word[0][:_OPENING].lower()
            for letters in {opening[:1], opening}:
                found.setdefault(letters, []).append(word.start())
        return found

    def _tells_of_work(self, match: re.Match[str]) -> bool:
        """Whether a match tells of work of the writer: not of work that is sought ("looking for my first supervisor job"), denied or done by others."""
        text, start = self.document.text, match.start()
        first = start + len(match[0]) - len(match[0].lstrip())
        if _LABEL.match(text, match.end()) or first in self._disclaimed or match.end() - 1 in self._disclaimed:
            return False
        return not _WISHED.search(text, max(0, start - _WISH_REACH), start) and not is_negated(text, text.rfind("\n", 0, first) + 1, first)


def own_stems(words: Words, disclaimed: Disclaimed) -> list[str]:
    """The stems of all words, empty where the writer disclaims them."""
    return ["" if start in disclaimed else stem(word) for word, start in zip(words.folded, words.starts, strict=True)]


def find_shown(needs: Iterable[Need], resume: Extraction, taxonomy: Taxonomy, words: Words | None = None, haves: tuple[Have, ...] = ()) -> dict[str, Have]:
    """Haves for needed skills that the résumé does not name, by skill id. ``words`` are those of its text, where they are at hand; ``haves``
    are those that it names."""
    work = Work.of(resume, words)
    shown: dict[str, Have] = {}
    for need in needs:
        paper = is_paper(need.skill, taxonomy)
        said = [work.says(need.skill, phrase, named=paper) for phrase in own_words(need, taxonomy)]
        have = best_shown(*said, work.shows(need.skill, taxonomy), show_field(need.skill, haves, taxonomy))
        if have is not None:
            shown[need.skill] = have
    return shown


def best_shown(*found: Have | None) -> Have | None:
    """The first that shows a skill in use, else the first: the need's own words come before the work described, and this before its field."""
    return next((have for have in found if have is not None and have.evidence is Evidence.USED), None) or next(filter(None, found), None)


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


def find_together(wanted: frozenset[str], stems: list[str], reach: int = _REACH, begin: int = 0) -> tuple[int, int] | None:
    """The first stretch of at most ``reach`` words, from the word ``begin`` on, that holds all of ``wanted``."""
    for i in range(begin, len(stems)):
        if stems[i] not in wanted:
            continue
        left = set(wanted)
        for j in range(i, min(i + reach, len(stems))):
            left.discard(stems[j])
            if not left:
                return i, j + 1
    return None
