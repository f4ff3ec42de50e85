"""What a taxonomy is made of: skills, surface forms, rules for ambiguous forms, kin."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from functools import lru_cache

from mcgap.records import SkillType
from mcgap.text import fold, phrase_key


@dataclass(frozen=True, slots=True)
class Rule:
    """When an ambiguous form counts: ``cased`` and ``vetoes`` must hold, then one of listed, near, field if given."""

    cased: bool = False
    listed: bool = False
    near: tuple[str, ...] = ()
    vetoes: tuple[tuple[str, ...], ...] = ()
    field: bool = False
    veto_words: frozenset[str] = dataclasses.field(init=False, repr=False, compare=False)
    beginnings: tuple[str, ...] = dataclasses.field(init=False, repr=False, compare=False)  # what ``near`` looks for, each after the space before it
    needs_context: bool = dataclasses.field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "veto_words", frozenset(word for veto in self.vetoes for word in veto))
        object.__setattr__(self, "beginnings", tuple(f" {word}" for word in self.near))
        object.__setattr__(self, "needs_context", self.listed or self.field or bool(self.near))


@dataclass(frozen=True, slots=True)
class Form:
    """One surface form of one skill. ``strict``: only its own letters count, for it has a rule or names a tool."""

    raw: str
    skill: str
    rule: Rule | None = None
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Skill:
    """One row of the taxonomy. ``half_life`` is in years; None never goes stale."""

    id: str
    name: str
    type: SkillType
    category: str
    aliases: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    implies: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    ambiguous: str = ""
    half_life: float | None = None
    teachable: bool = True
    esco: str = ""
    onet: str = ""


@dataclass(frozen=True, slots=True)
class Kin:
    """How a held skill bears on a needed one: same · implies · narrower · broader · related, and its grade 0–1."""

    name: str
    grade: float


SAME = Kin("same", 1.0)
IMPLIES = Kin("implies", 1.0)
NARROWER = Kin("narrower", 1.0)
BROADER = Kin("broader", 0.5)
RELATED = Kin("related", 0.4)


def split_rules(cell: str) -> dict[str, str]:
    """The ``ambiguous`` column as form -> conditions; keys are forms as written and case-folded."""
    rules: dict[str, str] = {}
    for entry in filter(None, (part.strip() for part in cell.split("|"))):
        form, _, conditions = entry.partition("=")
        rules[form.strip()] = conditions.strip()
        rules.setdefault(form.strip().casefold(), conditions.strip())
    return rules


@lru_cache(maxsize=1 << 12)
def parse_rule(conditions: str) -> Rule:
    """Conditions ``cased,listed,field,near w w,not p q/r s`` as a Rule; what is near may go on ("analy"), unless a dot ends it ("person.").

    Raises ValueError with the condition that is none of these.
    """
    cased = listed = field = False
    near: set[str] = set()
    vetoes: list[tuple[str, ...]] = []
    for condition in filter(None, (part.strip() for part in conditions.split(","))):
        word, _, rest = condition.partition(" ")
        if word == "cased":
            cased = True
        elif word == "listed":
            listed = True
        elif word == "field":
            field = True
        elif word == "near":
            near.update(fold(w[:-1]) + " " if w.endswith(".") else fold(w) for w in rest.split())
        elif word == "not":
            vetoes.extend(filter(None, (phrase_key(p) for p in rest.split("/"))))
        else:
            raise ValueError(condition)
    return Rule(cased, listed, tuple(sorted(near)), tuple(vetoes), field)
