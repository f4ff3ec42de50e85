"""What a résumé shows without naming it: soft skills by the work described, and needs by their own words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from mcgap.files import shipped_rows
from mcgap.records import Document, Evidence, Have, Mention, Need, Proof, Section, SectionKind, SkillType
from mcgap.stems import content_stems, stem
from mcgap.taxonomy import Taxonomy
from mcgap.text import Words

_WORK = frozenset({SectionKind.EXPERIENCE, SectionKind.PROJECTS, SectionKind.SUMMARY, SectionKind.INTRO, SectionKind.SKILLS})
_REACH = 9
# A text with this many of these words is English. A count, not a share: a longer name or address changes nothing.
_ENGLISH = frozenset("the and of to in for with on at by from as was is".split())
_ENOUGH_ENGLISH = 10


@cache
def load_work_evidence() -> dict[str, tuple[str, ...]]:
    """Patterns of work that show a skill without naming it, by skill id."""
    found: dict[str, list[str]] = {}
    for row in shipped_rows("data/work_evidence.csv", ("skill", "pattern", "note")):
        found.setdefault(row["skill"], []).append(row["pattern"])
    return {skill: tuple(patterns) for skill, patterns in found.items()}


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    # Only those of skills that are asked for are compiled: all of them take longer than the analysis.
    return re.compile(pattern, re.IGNORECASE)


def find_shown(needs: Iterable[Need], document: Document, words: Words, sections: tuple[Section, ...], taxonomy: Taxonomy) -> dict[str, Have]:
    """Haves for needed skills that the résumé does not name, by skill id."""
    patterns = load_work_evidence()
    parts = [s for s in sections if s.kind in _WORK]
    stems = [stem(w) for w in words.folded]
    shown: dict[str, Have] = {}
    for need in needs:
        have = _by_writing(need.skill, document, words) or _by_work(need.skill, patterns.get(need.skill, ()), document, parts)
        if have is None and taxonomy[need.skill].type is not SkillType.LANGUAGE:
            have = _by_words(need, document, words, stems, parts, taxonomy)
        if have is not None:
            shown[need.skill] = have
    return shown


def _by_writing(skill: str, document: Document, words: Words) -> Have | None:
    """English, of a résumé that is written in it."""
    if skill != "english":
        return None
    if sum(word in _ENGLISH for word in words.folded) < _ENOUGH_ENGLISH:
        return None
    first = next(i for i, word in enumerate(words.folded) if word in _ENGLISH)
    start = max(0, first - 3)
    return _have(skill, document, words.starts[start], words.ends[min(len(words), start + 8) - 1], SectionKind.EXPERIENCE)


def _by_work(skill: str, patterns: Sequence[str], document: Document, parts: list[Section]) -> Have | None:
    for pattern in patterns:
        for section in parts:
            match = _compiled(pattern).search(document.text, section.start, section.end)
            if match:
                return _have(skill, document, match.start(), match.end(), section.kind)
    return None


def _by_words(need: Need, document: Document, words: Words, stems: list[str], parts: list[Section], taxonomy: Taxonomy) -> Have | None:
    """A need whose own words all stand close together in the résumé: "effective logistics management" ~ "management of logistics"."""
    asked = [taxonomy.name(need.skill), *(a.mention.text for a in need.asks)]
    for phrase in dict.fromkeys(asked):
        wanted = content_stems(phrase)
        if len(wanted) < 2:
            continue
        place = find_together(wanted, stems)
        if place is None:
            continue
        start, end = words.starts[place[0]], words.ends[place[1] - 1]
        section = next((s for s in parts if s.start <= start < s.end), None)
        if section is not None and not any(mark in document.text[start:end] for mark in ("\n\n", ". ")):
            return _have(need.skill, document, start, end, section.kind)
    return None


def _have(skill: str, document: Document, start: int, end: int, section: SectionKind) -> Have:
    evidence = Evidence.USED if section in (SectionKind.EXPERIENCE, SectionKind.PROJECTS, SectionKind.INTRO) else Evidence.LISTED
    mention = Mention(start, end, document.text[start:end], skill, "shown", 0.8)
    return Have(skill, evidence, 0.8, (Proof(mention, evidence, section),))


def find_together(wanted: frozenset[str], stems: list[str]) -> tuple[int, int] | None:
    """The first stretch of at most a few words that holds all of ``wanted``."""
    for i, first in enumerate(stems):
        if first not in wanted:
            continue
        left = set(wanted)
        for j in range(i, min(i + _REACH, len(stems))):
            left.discard(stems[j])
            if not left:
                return i, j + 1
    return None
