"""Shortened members of a coordination: "front- and back-end development", "accounts payable and receivable"."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from mcgap.mentions.scan import is_near
from mcgap.records import Mention, SkillType
from mcgap.taxonomy import Skill, Taxonomy
from mcgap.text import Words, among, phrase_key

_LINK = frozenset({"and", "or"})
_LINKS = among(_LINK)
_SLASHES = frozenset({"/", " / "})
_PLAIN = re.compile(r"[A-Za-z][\w+#-]*")
_MOST = 4  # members before the named one
_NO_MEMBERS = frozenset("ability experience knowledge skill understanding".split())  # "programming knowledge and project management"


def expand_coordinations(words: Words, mentions: Sequence[Mention], taxonomy: Taxonomy) -> tuple[Mention, ...]:
    """Mentions for words that share their head or tail with a mention beside them, where the whole phrase is a known form.

    The span is the written word alone; of two kinds of one trait ("verbal and written communication") it is all of their words.
    ``how`` is "coordination".
    """
    links, gaps, starts, ends = {*words.those(_LINKS)}, words.gaps, words.starts, words.ends
    places = [(bisect_left(starts, m.start), bisect_right(ends, m.end)) for m in mentions]
    # A word that joins stands on either side.
    joined = [n for n, (first, last) in enumerate(places) if last in links or first - 1 in links or (first > 0 and "/" in gaps[first]) or "/" in gaps[last]]
    if not joined:
        return ()
    taken = {i for first, last in places for i in range(first, last)}
    found: list[Mention] = []
    for n in joined:
        mention, (first, last) = mentions[n], places[n]
        if mention.skill is None or last - first < 1:
            continue
        for i in (*_before(words, first, last, taken), *_after(words, last, taken)):
            skill = _shared(words, i, first, last, mention.skill, taxonomy)
            if skill is not None and i not in taken:
                taken.add(i)
                end = last if i < first and _as_one(taxonomy[skill], taxonomy[mention.skill]) else i + 1
                found.append(Mention(words.starts[i], words.ends[end - 1], words.slice(i, end), skill, "coordination", 0.9))
    return tuple(found)


def _as_one(a: Skill, b: Skill) -> bool:
    """Whether two skills are kinds of one trait."""
    return a.type is b.type is SkillType.SOFT and not set(a.broader).isdisjoint(b.broader)


def _before(words: Words, first: int, last: int, taken: set[int]) -> list[int]:
    """Single words listed before a mention, nearest first: "unit, integration and [regression testing]", "interaction, [graphic design] or motion design"."""
    members: list[int] = []
    k = first - 1
    goes_on = words.gaps[first] == ", " and last < len(words) and words.folded[last] in _LINK and words.gaps[last] in {" ", ", "}
    if k < 1 or not (words.folded[k] in _LINK or words.gaps[first] in _SLASHES or goes_on):
        return members
    k = k - 1 if words.folded[k] in _LINK else k
    while k >= 0 and len(members) < _MOST and k not in taken and words.folded[k] not in _NO_MEMBERS and _PLAIN.fullmatch(words.raw[k]):
        members.append(k)
        if k == 0 or "," not in words.gaps[k]:
            break
        k -= 1
    return members


def _after(words: Words, last: int, taken: set[int]) -> list[int]:
    """The single word joined after a mention: "[accounts payable] and receivable", "[contract negotiation]/management"."""
    if last < len(words) and words.gaps[last] in _SLASHES and last not in taken:
        return [last]
    if last + 1 < len(words) and words.folded[last] in _LINK and words.gaps[last] == " " and words.gaps[last + 1] == " " and last + 1 not in taken:
        following = words.gaps[last + 2] if last + 2 <= len(words) else ""
        return [last + 1] if following != " " or last + 2 >= len(words) or words.folded[last + 2] in {"experience", "skill", "knowledge", "is", "and"} else []
    return []


def _shared(words: Words, i: int, first: int, last: int, skill: str, taxonomy: Taxonomy) -> str | None:
    """The one skill that word i names with the head or the tail of a mention of a skill; that skill itself behind a slash alone ("Client/Customer Support")."""
    inside = words.raw[first:last]
    if i < first:
        phrases = [" ".join((words.raw[i], *inside[k:])) for k in range(1, len(inside))]
        if words.gaps[first] != ", ":  # "Economics, Financial, [Mathematics] or ..." names no financial mathematics
            phrases.append(" ".join((words.raw[i], *inside)))
    else:
        phrases = [" ".join((*inside[:k], words.raw[i])) for k in range(len(inside) - 1, 0, -1)]
    same = i == first - 1 and words.gaps[first] in _SLASHES and taxonomy[skill].type is not SkillType.LANGUAGE  # "spoken/written English"
    for phrase in phrases:
        skills = taxonomy.named(phrase) if same else [s for s in taxonomy.named(phrase) if s != skill]
        if len(skills) == 1 and _is_meant(skills[0], phrase, words, i, taxonomy):
            return skills[0]
    return None


def _is_meant(skill: str, phrase: str, words: Words, i: int, taxonomy: Taxonomy) -> bool:
    """Whether a phrase can name a skill at word i: "power plants" among those of an oil company are no aircraft engines."""
    forms = (form for form in map(taxonomy.form, taxonomy.table.named(phrase_key(phrase))) if form.skill == skill)
    return any(form.rule is None or form.rule.listed or not form.rule.near or is_near(words, i, i + 1, form.rule) for form in forms)
