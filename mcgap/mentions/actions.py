"""Skills named by a verb and what it acts on, with other words between or the verb in another form: "solving complex business problems"."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cache

from mcgap.files import word_list
from mcgap.records import Mention, SkillType
from mcgap.taxonomy import Taxonomy
from mcgap.text import Words, WordTest

_APART = 5  # words from the verb to what it acts on
_VOWELS = frozenset("aeiou")
# "solve problems for" ends before "for"; "work closely with clients" goes on with it where a form does.
_ENDS = frozenset(
    "about as at by for from if in into is of off on out over per so than that to under up via when where which while who will with within".split()
)


def find_actions(words: Words, mentions: Sequence[Mention], taxonomy: Taxonomy) -> tuple[Mention, ...]:
    """Mentions for a verb of the list "act_verbs" and the words that make a known form with it, where no mention stands yet; in order.

    ``how`` is "kin". A form that needs context, and one of several skills, names none here.
    """
    verbs, starts, ends = _verbs(), words.starts, words.ends
    taken = {i for m in mentions for i in range(bisect_left(starts, m.start), bisect_right(ends, m.end))}
    found: list[Mention] = []
    free = 0
    for i in words.those(_VERBS):
        if i >= free and i not in taken:
            action = next(_actions(words, i, verbs[words.folded[i]], taken, taxonomy), None)
            if action is not None:
                free, skill = action
                found.append(Mention(words.starts[i], words.ends[free - 1], words.slice(i, free), skill, "kin", 0.9))
    return tuple(found)


def _actions(words: Words, i: int, base: str, taken: set[int], taxonomy: Taxonomy) -> Iterator[tuple[int, str]]:
    """The end and the skill of forms that begin with the verb at i and go on at a word behind it, nearest first."""
    folded, gaps, heads = words.folded, words.gaps, taxonomy.table.letters
    for k in range(i + 1, min(i + 1 + _APART, len(folded))):
        if k in taken or gaps[k] not in {" ", "-"}:
            return
        letters = base + folded[k]
        # Side by side and in its own form the verb was looked up by the scan.
        if letters in heads and (k > i + 1 or folded[i] != base):
            for last, numbers in _forms(words, i, k, base, letters, taken, taxonomy):
                skill = _meant(numbers, taxonomy)
                if skill is not None:
                    yield last, skill
        if folded[k] in _ENDS:
            return


def _forms(words: Words, i: int, k: int, base: str, letters: str, taken: set[int], taxonomy: Taxonomy) -> list[tuple[int, list[int]]]:
    """The ends and numbers of forms "base k k+1 …", longest first."""
    head = taxonomy.table.head(letters)
    found = [(k + 1, head.pairs[base])] if base in head.pairs else []
    phrase, j = f"{base} {words.folded[k]}", k + 1
    while j < len(words) and j - k < head.most and words.gaps[j] in {" ", "-"} and j not in taken:
        phrase = f"{phrase} {words.folded[j]}"
        j += 1
        if phrase in head.phrases:
            found.append((j, head.phrases[phrase]))
    return found[::-1]


def _meant(numbers: Sequence[int], taxonomy: Taxonomy) -> str | None:
    """The one skill of some forms; None where there are several, a tool, or one whose form needs context."""
    forms = [taxonomy.form(number) for number in numbers]
    skills = {form.skill for form in forms}
    if len(skills) != 1 or any(form.rule is not None and (form.rule.cased or form.rule.needs_context or form.rule.vetoes) for form in forms):
        return None
    skill = skills.pop()
    return None if taxonomy[skill].type is SkillType.TOOL else skill


@cache
def _verbs() -> dict[str, str]:
    """Forms of verbs -> the verb."""
    forms: dict[str, str] = {}
    for verb in sorted(word_list("act_verbs")):
        forms[verb] = verb
        forms[_participle(verb)] = verb
    return forms


def _is_verb(word: str) -> bool:
    return word in _verbs()


_VERBS = WordTest(_is_verb)


def _participle(verb: str) -> str:
    """The form in -ing.

    >>> _participle("solve"), _participle("set"), _participle("see"), _participle("lead")
    ('solving', 'setting', 'seeing', 'leading')
    """
    if verb.endswith("e") and not verb.endswith("ee"):
        return f"{verb[:-1]}ing"
    doubled = len(verb) == 3 and verb[-1] not in _VOWELS | set("wxy") and verb[-2] in _VOWELS and verb[0] not in _VOWELS
    return f"{verb}{verb[-1]}ing" if doubled else f"{verb}ing"
