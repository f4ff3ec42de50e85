"""Skills by words: the name itself, an alias, words within a form, and what is nearly spelled so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mcgap.taxonomy.records import Skill
from mcgap.taxonomy.skills import Taxonomy
from mcgap.text import phrase_key, squash

# How a skill was found -> the score it starts from; a fuzzy hit has its similarity, which is below all of them.
_SCORES = {"id": 400.0, "name": 300.0, "alias": 200.0, "words": 100.0}
_LEAST_SIMILAR = 80.0  # of 100, rapidfuzz ratio of squashed forms
_FUZZY_LENGTH = 4  # a shorter query is near too much


@dataclass(frozen=True, slots=True)
class SkillHit:
    """A skill found. ``how`` is id · name · alias · words · fuzzy, ``form`` the surface form; the score is for the order only."""

    skill: Skill
    how: str
    form: str
    score: float


def search_taxonomy(query: str, taxonomy: Taxonomy, *, limit: int = 20, fuzzy: bool = True) -> tuple[SkillHit, ...]:
    """The skills that a query names, best first, ties by id. Near spellings are only looked for where nothing is found."""
    if limit < 1 or not phrase_key(query):
        return ()
    best: dict[str, SkillHit] = {}
    for hit in _direct(query, taxonomy):
        _keep(best, hit)
    if not best and fuzzy and len(squash(query)) >= _FUZZY_LENGTH:
        for hit in _near(squash(query), taxonomy, limit):
            _keep(best, hit)
    return tuple(sorted(best.values(), key=lambda h: (-h.score, h.skill.id))[:limit])


def _keep(best: dict[str, SkillHit], hit: SkillHit) -> None:
    known = best.get(hit.skill.id)
    if known is None or hit.score > known.score:
        best[hit.skill.id] = hit


def _direct(query: str, taxonomy: Taxonomy) -> Iterator[SkillHit]:
    words, whole = phrase_key(query), squash(query)
    if (skill := taxonomy.get(query)) is not None:
        yield SkillHit(skill, "id", skill.name, _SCORES["id"])
    for number in range(taxonomy.form_count):
        form = taxonomy.form(number)
        key = phrase_key(form.raw)
        if "".join(key) == whole:
            skill = taxonomy[form.skill]
            how = "name" if form.raw == skill.name else "alias"
            yield SkillHit(skill, how, form.raw, _SCORES[how])
        elif all(_stands(word, key) for word in words):
            # The fewer other words a form has, the better it answers.
            yield SkillHit(taxonomy[form.skill], "words", form.raw, _SCORES["words"] - len(key))


def _stands(word: str, key: tuple[str, ...]) -> bool:
    return word in key or (len(word) >= 4 and any(other.startswith(word) for other in key))


def _near(whole: str, taxonomy: Taxonomy, limit: int) -> Iterator[SkillHit]:
    from rapidfuzz import fuzz, process

    forms = [taxonomy.form(number) for number in range(taxonomy.form_count)]
    # Several forms of one skill may be near: ask for more than the caller wants skills.
    for _, similar, index in process.extract(whole, [squash(form.raw) for form in forms], scorer=fuzz.ratio, limit=limit * 5, score_cutoff=_LEAST_SIMILAR):
        yield SkillHit(taxonomy[forms[index].skill], "fuzzy", forms[index].raw, similar)
