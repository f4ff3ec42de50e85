"""Phrases that no list holds: linked where a skill has their very words in other forms (kin), else the skill nearest in meaning as a suggestion.

"Not sure" is an answer: no likeness of meaning was found at which nine of ten links are right (models/README.md), so that meaning suggests and
never links. A suggestion counts for nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from mcgap.files import word_list
from mcgap.linking.vectors import SkillIndex, content_words
from mcgap.records import Mention, SkillType, Suggestion
from mcgap.stems import stem
from mcgap.taxonomy import Taxonomy
from mcgap.text import phrase_key

_LEAST_WORDS = 2  # of content: a word by itself is near too much
_APART = 0.02  # by how much the suggestion has to lead
_KIN = 0.9  # likeness of the words themselves: "market" is not "marketing", though their stems are one
_VERBS = word_list("duty_verbs")
# These are names: "fundamental engineering" is no exam in the fundamentals of engineering.
_NAMES = frozenset({SkillType.TOOL, SkillType.LANGUAGE, SkillType.CERTIFICATION, SkillType.LICENCE})
_LINKING = frozenset("a an the of to in for with on".split())


def link_or_suggest(mentions: Iterable[Mention], taxonomy: Taxonomy, index: SkillIndex, *, least: float) -> tuple[Mention, ...]:
    """Mentions without a skill get one where exactly one skill has their content words in other forms or another order: ``how`` becomes "kin".

    The others keep none; where one skill is clearly nearest in meaning, with a likeness of at least ``least``, it is their ``suggestion``.
    """
    return tuple(_link(mention, taxonomy, index, least) if mention.skill is None else mention for mention in mentions)


def _link(mention: Mention, taxonomy: Taxonomy, index: SkillIndex, least: float) -> Mention:
    if taxonomy.named(mention.text) or len(content_words(mention.text)) < _LEAST_WORDS:
        return mention  # the scan knew this form and found that it is not meant here; or there is too little to go by
    near = index.nearest(mention.text)
    kin = _kin(mention.text, near, taxonomy)
    if kin is not None:
        return replace(mention, skill=kin[0], how="kin", score=round(kin[1], 2))
    if not near or near[0][1] < least or (len(near) > 1 and near[0][1] - near[1][1] < _APART):
        return mention
    return replace(mention, suggestion=Suggestion(near[0][0], round(near[0][1], 2)))


def _kin(phrase: str, near: Iterable[tuple[str, float]], taxonomy: Taxonomy) -> tuple[str, float] | None:
    """The one skill among those near that has a form of the phrase's words, each in any form of its own."""
    wanted = _orders(phrase)
    if not wanted:
        return None
    like = [(skill, score) for skill, score in near if score >= _KIN and taxonomy[skill].type not in _NAMES]
    found = [(skill, score) for skill, score in like if any(_stems(form) in wanted for form in (taxonomy[skill].name, *taxonomy[skill].aliases))]
    return found[0] if len(found) == 1 else None


def _orders(phrase: str) -> list[tuple[str, ...]]:
    """The stems of a phrase as they stand, and behind a verb as a noun would have them: "tuning system performance", "system performance tuning".

    Other orders mean other things: "plans and execution" are no execution plans.
    """
    stems = _stems(phrase)
    if len(stems) < _LEAST_WORDS:
        return []
    verb = phrase_key(phrase)[0]
    return [stems, (*stems[1:], stems[0])] if verb in _VERBS or verb.endswith("ing") else [stems]


def _stems(phrase: str) -> tuple[str, ...]:
    return tuple(stem(word) for word in phrase_key(phrase) if word not in _LINKING)
