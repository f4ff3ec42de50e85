"""Linking phrases: exact after stripping wrapper words, then squashed, then typos."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from mcgap.files import word_list
from mcgap.records import Mention, SkillType
from mcgap.taxonomy import Skill, Taxonomy
from mcgap.text import Words, phrase_key, squash

# Words around a skill that change nothing of what is meant.
_WRAPPERS = word_list("wrappers")
_LEAST_TYPO = 6  # shorter words are one letter away from another word
_SIMILAR = 0.85
_MOST_LIKE = 8  # forms that are looked at
# Only names are mended: of plain words, too many are one letter from another (reading, reaming).
_NO_TYPOS = word_list("no_typos")  # English words a letter or two from such a name: "control" is not Control-M
_COMMON = word_list("no_phrases") | word_list("weak_content") | _WRAPPERS
_LEAST_LETTERS = 3  # of a word that may be misspelled
_NUMERAL = re.compile(r"[ivx]+$", re.IGNORECASE)  # of another number, a name is another one: "Cert III" is not Cert CII
_TYPED = frozenset({SkillType.TOOL, SkillType.CERTIFICATION})
_WRITTEN_ANYHOW = frozenset({SkillType.TOOL, SkillType.LANGUAGE, SkillType.SOFT})
_PLAIN_WORDS = frozenset({SkillType.TECHNICAL, SkillType.DOMAIN})
_OTHER_SENSES = word_list("other_senses")  # words for a skill that a list of skills holds in another sense too: "rest", "speech"


def link_mentions(mentions: Iterable[Mention], taxonomy: Taxonomy) -> tuple[Mention, ...]:
    """Mentions without a skill get one where exactly one fits; the others stay as they are.

    ``how`` becomes "spelling" (same letters) or "typo" (one or two letters off), ``score`` its similarity.
    """
    return tuple(_link(mention, taxonomy) if mention.skill is None else mention for mention in mentions)


def _link(mention: Mention, taxonomy: Taxonomy) -> Mention:
    named = taxonomy.named(mention.text)
    if named:
        # The scan knew this form and found no sign that it is meant. Where the tagger reads a skill in it, a tool, a language
        # or a soft skill is one after all ("computer literate in word and outlook"), and a plain word just as the list has it.
        # In a list of names a tool may stand in capitals: "GIT, Jira".
        skill = taxonomy[named[0]]
        meant = len(named) == 1 and (
            (mention.how == "tagger" and (_as_worded(mention.text, skill, taxonomy) or _as_listed(mention.text, skill, taxonomy)))
            or (mention.how == "list" and skill.type is SkillType.TOOL and mention.text.isupper())
        )
        return replace(mention, skill=named[0]) if meant else mention
    core = _stripped(mention.text)
    skills = taxonomy.named(core) if core != mention.text and len(core.split()) > 1 else ()
    if len(skills) == 1:
        return replace(mention, skill=skills[0], how="spelling", score=1.0)
    found = _typo(mention.text, taxonomy)
    return mention if found is None else replace(mention, skill=found[0], how="typo", score=round(found[1], 2))


def _as_worded(phrase: str, skill: Skill, taxonomy: Taxonomy) -> bool:
    """Whether a phrase has the words of a form of a tool, language or soft skill, in any case: "data flow" is not Dataflow.

    A name has one number: "words" is not Word, and a word that is common without its capitals ("publisher") is none.
    """
    if skill.type not in _WRITTEN_ANYHOW or (phrase.islower() and phrase in _OTHER_SENSES):
        return False
    key = phrase_key(phrase)
    forms = [form for form in map(taxonomy.form, taxonomy.table.named(key)) if form.skill == skill.id and phrase_key(form.raw) == key]
    return any(skill.type is SkillType.SOFT or (form.raw[0].isalnum() and _letters(form.raw) == _letters(phrase)) for form in forms)


def _letters(phrase: str) -> str:
    return "".join(c for c in phrase.casefold() if c.isalnum() or c in "+#")


def _as_listed(phrase: str, skill: Skill, taxonomy: Taxonomy) -> bool:
    """Whether a phrase has the very letters of a form of this skill, which is written without capitals: "security" is not "Securities".

    One thing and several are the same where a place in a list is enough for the form: "reconciliation", "reconciliations".
    """
    folded = phrase.casefold()
    if skill.type not in _PLAIN_WORDS or folded in _OTHER_SENSES:
        return False
    number = {f"{folded}s", folded.removesuffix("s")}
    rules = ((form.raw, form.rule) for form in map(taxonomy.form, taxonomy.table.named(phrase_key(phrase))))
    # The scan passed it over for want of a word near it. A word that names a field of work only before "industry" is an adjective elsewhere: "industrial".
    worded = ((raw.casefold(), rule) for raw, rule in rules if rule is not None and raw[1:].islower())
    return any((raw == folded and (rule.listed or bool(rule.near))) or (raw in number and rule.listed) for raw, rule in worded)


@lru_cache(maxsize=1 << 14)
def _stripped(phrase: str) -> str:
    words = Words(phrase)
    kept = [raw for raw, folded in zip(words.raw, words.folded, strict=True) if folded not in _WRAPPERS]
    return " ".join(kept)


@lru_cache(maxsize=1 << 16)  # the same words are written again and again
def _typo(phrase: str, taxonomy: Taxonomy) -> tuple[str, float] | None:
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    key = squash(phrase)
    parts = phrase.split()
    if len(key) < _LEAST_TYPO or key in _NO_TYPOS or not key.isalpha() or len(parts) > 2 or (len(parts) > 1 and _NUMERAL.match(parts[-1])):
        return None
    # A letter more or less is an edit, so that forms of other lengths cannot be similar enough.
    hits: list[tuple[float, int]] = []
    for others, numbers in taxonomy.squashed_like(key, min(2, int(len(key) / _SIMILAR) - len(key))):
        if others:
            like = process.extract(key, others, scorer=OSA.normalized_similarity, score_cutoff=_SIMILAR, limit=_MOST_LIKE)
            hits += [(-score, numbers[index]) for _, score, index in like]
    if not hits:
        return None
    nearest = sorted(hits)[:_MOST_LIKE]
    best = -nearest[0][0]
    skills = {taxonomy.form(number).skill for score, number in nearest if -score >= best - 1e-9}
    if len(skills) != 1:
        return None  # two skills equally near: not sure
    skill = skills.pop()
    if taxonomy[skill].type not in _TYPED or (len(parts) > 1 and _is_spelled(parts, skill, taxonomy)):
        return None
    return skill, best


def _is_spelled(parts: list[str], skill: str, taxonomy: Taxonomy) -> bool:
    """Whether what sets some words apart from a skill's name is a word in its own right, thus no typo: "Microsoft products" is not Microsoft Project."""
    own = {word for form in (taxonomy[skill].name, *taxonomy[skill].aliases) for word in phrase_key(form)}
    other = [word for word in phrase_key(" ".join(parts)) if word not in own]
    return not other or any(len(word) < _LEAST_LETTERS or word in _COMMON or word in taxonomy.table.letters for word in other)
