"""The taxonomy as loaded: skills, their surface forms, and kin between them."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from mcgap.errors import TableError
from mcgap.files import read_table, shipped, shipped_rows
from mcgap.records import SkillType
from mcgap.text import PhraseTable, fold, phrase_key, squash

COLUMNS = ("id", "name", "type", "category", "aliases", "broader", "implies", "related", "ambiguous", "half_life", "teachable", "esco", "onet")
REQUIRED_COLUMNS = ("id", "name")
OPTIONAL_COLUMNS = tuple(c for c in COLUMNS if c not in REQUIRED_COLUMNS)
SHIPPED = "data/skills_taxonomy.csv"
CATEGORIES = "data/skill_categories.csv"
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Rule:
    """When an ambiguous form counts: ``cased`` and ``vetoes`` must hold, then one of listed, near if given."""

    cased: bool = False
    listed: bool = False
    near: frozenset[str] = frozenset()
    vetoes: tuple[tuple[str, ...], ...] = ()

    @property
    def needs_context(self) -> bool:
        return self.listed or bool(self.near)


@dataclass(frozen=True, slots=True)
class Form:
    """One surface form of one skill."""

    raw: str
    skill: str
    rule: Rule | None = None


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


class Taxonomy:
    """Skills by id, and every form they are written in. Made by ``load_taxonomy`` or of ``skills``."""

    def __init__(self, skills: Iterable[Skill], *, source: str = "skills_taxonomy.csv") -> None:
        self._skills: dict[str, Skill] = {skill.id: skill for skill in skills}
        self.source = source
        self.forms: list[Form] = []
        for skill in self._skills.values():
            rules = parse_rules(skill.ambiguous, source, skill.id)
            seen: set[str] = set()
            for raw in (skill.name, *skill.aliases):
                if raw not in seen:
                    seen.add(raw)
                    self.forms.append(Form(raw, skill.id, rules.get(raw) or rules.get(raw.casefold())))
        self.table = PhraseTable.of(((form.raw, n) for n, form in enumerate(self.forms)), joined=True)
        self._narrower: dict[str, list[str]] | None = None
        self._by_squash: dict[str, list[int]] | None = None

    def __len__(self) -> int:
        return len(self._skills)

    def __iter__(self) -> Iterator[Skill]:
        return iter(self._skills.values())

    def __contains__(self, skill: object) -> bool:
        return skill in self._skills

    def __getitem__(self, skill: str) -> Skill:
        return self._skills[skill]

    def get(self, skill: str) -> Skill | None:
        return self._skills.get(skill)

    def name(self, skill: str) -> str:
        """The usual name of a skill; an unknown id names itself."""
        found = self._skills.get(skill)
        return found.name if found else skill

    def named(self, phrase: str) -> tuple[str, ...]:
        """The skills that a phrase names exactly, after squashing spaces, hyphens and spelling."""
        if self._by_squash is None:
            self._by_squash = {}
            for n, form in enumerate(self.forms):
                self._by_squash.setdefault(squash(form.raw), []).append(n)
        if phrase in self._skills:
            return (phrase,)
        return tuple(dict.fromkeys(self.forms[n].skill for n in self._by_squash.get(squash(phrase), ())))

    def squashed_keys(self) -> dict[str, list[int]]:
        """Every squashed form with the numbers of its forms (``self.forms``)."""
        self.named("")
        assert self._by_squash is not None
        return self._by_squash

    def ancestors(self, skill: str) -> tuple[str, ...]:
        """All broader skills, nearest first."""
        return self._reach(skill, lambda s: s.broader)

    def implied(self, skill: str) -> tuple[str, ...]:
        """What anyone who holds ``skill`` holds too: what it and its broader skills imply, nearest first."""
        return self._reach(skill, lambda s: s.implies)

    def descendants(self, skill: str) -> tuple[str, ...]:
        """All narrower skills, nearest first."""
        if self._narrower is None:
            self._narrower = {}
            for row in self._skills.values():
                for parent in row.broader:
                    self._narrower.setdefault(parent, []).append(row.id)
        children = self._narrower
        seen: dict[str, None] = {}
        queue = deque(children.get(skill, ()))
        while queue:
            current = queue.popleft()
            if current not in seen and current != skill:
                seen[current] = None
                queue.extend(children.get(current, ()))
        return tuple(seen)

    def _reach(self, skill: str, step: object) -> tuple[str, ...]:
        follow = step
        seen: dict[str, None] = {}
        queue = deque([skill])
        while queue:
            row = self._skills.get(queue.popleft())
            if row is None:
                continue
            for other in follow(row):  # type: ignore[operator]
                if other not in seen and other != skill:
                    seen[other] = None
                    queue.append(other)
        return tuple(seen)

    def kin(self, held: str, needed: str) -> Kin | None:
        """How holding one skill bears on needing another; None where they are strangers."""
        if held == needed:
            return SAME
        if needed in self.implied(held):
            return IMPLIES
        if needed in self.ancestors(held):
            return NARROWER
        if held in self.ancestors(needed):
            return BROADER
        a, b = self._skills.get(held), self._skills.get(needed)
        if a is not None and b is not None and (needed in a.related or held in b.related):
            return RELATED
        return None


def load_taxonomy(extra: Sequence[Path] = ()) -> Taxonomy:
    """Our taxonomy with the user's own files over it, later ones winning.

    Raises TableError naming file, row and column.
    """
    skills: dict[str, Skill] = {}
    for path in (shipped(SHIPPED), *extra):
        for skill in read_skills(path):
            known = skills.get(skill.id)
            skills[skill.id] = _merge(known, skill) if known is not None and path != shipped(SHIPPED) else skill
    return Taxonomy(skills.values())


def _merge(known: Skill, own: Skill) -> Skill:
    """A user's row over ours: aliases are added, filled cells replace."""
    aliases = tuple(dict.fromkeys((*known.aliases, *own.aliases)))
    rules = "|".join(filter(None, (known.ambiguous, own.ambiguous)))
    return Skill(
        own.id, own.name, own.type if own.type is not SkillType.TECHNICAL else known.type, own.category or known.category, aliases, own.broader or known.broader, own.implies or known.implies,
        own.related or known.related, rules, own.half_life or known.half_life, own.teachable, own.esco or known.esco, own.onet or known.onet,
    )  # fmt: skip


def read_skills(path: Path) -> Iterator[Skill]:
    """The skills of one CSV table. Only id and name are required."""
    half_lives = {row["category"]: row["half_life"] for row in shipped_rows(CATEGORIES, ("category", "name", "soc", "half_life"))}
    rows: dict[str, int] = {}
    for number, cells in read_table(path, REQUIRED_COLUMNS, OPTIONAL_COLUMNS):
        if cells["id"] in rows:
            raise TableError(path.name, number, "id", f"{cells['id']!r} stands in row {rows[cells['id']]} too; join the two rows")
        rows[cells["id"]] = number
        yield _skill_of(cells, path.name, number, half_lives)


def _skill_of(cells: dict[str, str], file: str, row: int, half_lives: dict[str, str]) -> Skill:
    if not _SLUG.fullmatch(cells["id"]):
        raise TableError(file, row, "id", f"{cells['id']!r} is no slug; use a-z, 0-9 and single hyphens")
    if not cells["name"]:
        raise TableError(file, row, "name", "the cell is empty; give the usual name")
    try:
        kind = SkillType(cells["type"] or "technical")
    except ValueError:
        raise TableError(file, row, "type", f"{cells['type']!r} is none of {', '.join(SkillType)}") from None
    if cells["teachable"] not in ("", "yes", "no"):
        raise TableError(file, row, "teachable", f"{cells['teachable']!r} is neither yes nor no")
    years = cells["half_life"] or half_lives.get(cells["category"], "")
    try:
        half_life = float(years) if years else None
    except ValueError:
        raise TableError(file, row, "half_life", f"{years!r} is no number of years") from None
    parse_rules(cells["ambiguous"], file, row)
    many = {column: tuple(part.strip() for part in cells[column].split("|") if part.strip()) for column in ("aliases", "broader", "implies", "related")}
    return Skill(
        cells["id"], cells["name"], kind, cells["category"], many["aliases"], many["broader"], many["implies"], many["related"], cells["ambiguous"], half_life, cells["teachable"] != "no",
        cells["esco"], cells["onet"],
    )  # fmt: skip


def parse_rules(cell: str, file: str, row: int | str) -> dict[str, Rule]:
    """The ``ambiguous`` column: ``form=cased,listed,near w w,not p q/r s`` joined by "|". Keys are forms, also case-folded."""
    rules: dict[str, Rule] = {}
    for entry in filter(None, (part.strip() for part in cell.split("|"))):
        form, equals, conditions = entry.partition("=")
        if not equals:
            raise TableError(file, row if isinstance(row, int) else None, "ambiguous", f"{entry!r} lacks '='; write form=condition,condition")
        rule = _rule_of(conditions, file, row)
        rules[form.strip()] = rule
        rules.setdefault(form.strip().casefold(), rule)
    return rules


def _rule_of(conditions: str, file: str, row: int | str) -> Rule:
    cased = listed = False
    near: set[str] = set()
    vetoes: list[tuple[str, ...]] = []
    for condition in filter(None, (part.strip() for part in conditions.split(","))):
        word, _, rest = condition.partition(" ")
        if word == "cased":
            cased = True
        elif word == "listed":
            listed = True
        elif word == "near":
            near.update(fold(w) for w in rest.split())
        elif word == "not":
            vetoes.extend(filter(None, (phrase_key(p) for p in rest.split("/"))))
        else:
            raise TableError(file, row if isinstance(row, int) else None, "ambiguous", f"{condition!r} is none of cased, listed, near …, not …")
    return Rule(cased, listed, frozenset(near), tuple(vetoes))
