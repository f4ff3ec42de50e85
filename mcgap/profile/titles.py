"""Skills that the titles of dated jobs name by who does the work: "Program Manager" is programme management, "Maintenance Technician" maintenance."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from mcgap.files import shipped_rows, word_list
from mcgap.profile.names import head_parts
from mcgap.records import Mention, Role, SkillType
from mcgap.taxonomy import Taxonomy

_WORD = re.compile(r"[^\W_][\w+#.&'’/-]*")
_LEVEL = re.compile(r"(?:[ivx]+|l?\d)$", re.IGNORECASE)  # "Analyst II"
_MOST_WORDS = 7
BY_TITLE = "title"  # how such a mention was found
_SCORE = 0.9
_FIELDS = frozenset({SkillType.TECHNICAL, SkillType.DOMAIN})
# A helper of somebody who needs a licence does other work than they: a medical assistant, a teaching assistant.
_LICENSED = frozenset(
    "nursing medicine allied-health pharmacy dental-optical diagnostics-imaging veterinary-practice legal-practice teaching early-years-education".split()
)


@cache
def load_title_words() -> dict[str, tuple[str, ...]]:
    """What the work of a job-holder is called, with "*" for the words before: manager -> "* management".

    So are that of a whole title ("lab technician"), and of anybody in a field ("accounts *").
    """
    rows = shipped_rows("data/title_words.csv", ("word", "becomes", "note"))
    return {row["word"]: tuple(filter(None, row["becomes"].split("|"))) for row in rows}


def find_titles(text: str, roles: Iterable[Role], mentions: Sequence[Mention], taxonomy: Taxonomy) -> tuple[Mention, ...]:
    """Mentions of what the title of each dated job names, in order, where no mention there names it yet; ``how`` is "title"."""
    starts = [mention.start for mention in mentions]
    found: dict[tuple[int, int], Mention] = {}
    for role in roles:
        for start, end in head_parts(text, role):
            for at, stop, skill in _titles(text, start, end, taxonomy):
                if all(mention.skill != skill for mention in mentions[bisect_left(starts, at) : bisect_left(starts, stop)]):
                    found[at, stop] = Mention(at, stop, text[at:stop], skill, BY_TITLE, _SCORE)
    return tuple(found[place] for place in sorted(found))


def _titles(text: str, start: int, end: int, taxonomy: Taxonomy) -> Iterator[tuple[int, int, str]]:
    """The title in one part of a job's head: words before its last one, the most of them that name a skill."""
    words = list(_WORD.finditer(text, start, end))
    while words and _LEVEL.match(words[-1][0]):
        words.pop()
    folded = [word[0].lower() for word in words]
    if not 1 < len(words) <= _MOST_WORDS or folded[-1] not in load_title_words():
        return
    for first in range(len(words) - 1):
        if folded[first] in word_list("title_ranks"):
            continue
        skill = _named(" ".join(folded[first:-1]), folded[-1], taxonomy)
        if skill is not None:
            yield words[first].start(), words[-1].end(), skill
            return


def _named(field: str, holder: str, taxonomy: Taxonomy) -> str | None:
    """The one skill that a title names: "program", "manager" -> programme management; else that of the field itself."""
    table = load_title_words()
    for becomes in (*table.get(f"{field} {holder}", ()), *table[holder], *table.get(f"{field} *", ())):
        name = becomes.replace("*", field)
        named = () if name in word_list("no_title_fields") else taxonomy.named(name)
        if len(named) == 1 and taxonomy[named[0]].type in _FIELDS:
            return named[0]
    named = taxonomy.named(field)
    if len(named) != 1 or field in word_list("no_title_fields") or taxonomy[named[0]].type not in _FIELDS:
        return None
    return None if holder in word_list("title_helpers") and taxonomy[named[0]].category in _LICENSED else named[0]
