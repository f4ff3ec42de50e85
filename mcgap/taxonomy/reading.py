"""Reading taxonomy tables: ours, and a user's own over it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from mcgap.errors import TableError
from mcgap.files import read_table, shipped_rows
from mcgap.records import SkillType
from mcgap.taxonomy.records import Skill, parse_rule

COLUMNS = ("id", "name", "type", "category", "aliases", "broader", "implies", "related", "ambiguous", "half_life", "teachable", "esco", "onet")
REQUIRED_COLUMNS = ("id", "name")
OPTIONAL_COLUMNS = tuple(c for c in COLUMNS if c not in REQUIRED_COLUMNS)
SHIPPED = "data/skills_taxonomy.csv"
CATEGORIES = "data/skill_categories.csv"
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def read_skills(ours: Path, own: Sequence[Path] = ()) -> tuple[Skill, ...]:
    """Our table with the user's own over it, later ones winning: aliases add up, filled cells replace.

    Raises TableError naming file, row and column.
    """
    skills = {skill.id: skill for skill in read_skill_table(ours)}
    for path in own:
        for skill in read_skill_table(path):
            known = skills.get(skill.id)
            skills[skill.id] = merge_skills(known, skill) if known is not None else skill
    return tuple(skills.values())


def merge_skills(known: Skill, own: Skill) -> Skill:
    """A user's row over ours: aliases are added, filled cells replace."""
    aliases = tuple(dict.fromkeys((*known.aliases, *own.aliases)))
    rules = "|".join(filter(None, (known.ambiguous, own.ambiguous)))
    return Skill(
        own.id,
        own.name,
        own.type if own.type is not SkillType.TECHNICAL else known.type,
        own.category or known.category,
        aliases,
        own.broader or known.broader,
        own.implies or known.implies,
        own.related or known.related,
        rules,
        own.half_life or known.half_life,
        own.teachable,
        own.esco or known.esco,
        own.onet or known.onet,
    )


def read_skill_table(path: Path) -> Iterator[Skill]:
    """The skills of one CSV table. Only id and name are required."""
    half_lives = {row["category"]: row["half_life"] for row in shipped_rows(CATEGORIES, ("category", "name", "soc", "half_life"))}
    rows: dict[str, int] = {}
    for number, cells in read_table(path, REQUIRED_COLUMNS, OPTIONAL_COLUMNS):
        if cells["id"] in rows:
            raise TableError(path.name, number, "id", f"{cells['id']!r} stands in row {rows[cells['id']]} too; join the two rows")
        rows[cells["id"]] = number
        # The compiled form is lines: a break or tab inside a cell is a space.
        cells = {column: " ".join(cell.split()) for column, cell in cells.items()}
        yield skill_of(cells, path.name, number, half_lives)


def skill_of(cells: dict[str, str], file: str, row: int, half_lives: dict[str, str]) -> Skill:
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
    _check_rules(cells["ambiguous"], file, row)
    many = (tuple(part.strip() for part in cells[column].split("|") if part.strip()) for column in ("aliases", "broader", "implies", "related"))
    aliases, broader, implies, related = many
    teachable = cells["teachable"] != "no"
    return Skill(
        cells["id"],
        cells["name"],
        kind,
        cells["category"],
        aliases,
        broader,
        implies,
        related,
        cells["ambiguous"],
        half_life,
        teachable,
        cells["esco"],
        cells["onet"],
    )


def _check_rules(cell: str, file: str, row: int) -> None:
    for entry in filter(None, (part.strip() for part in cell.split("|"))):
        _, equals, conditions = entry.partition("=")
        if not equals:
            raise TableError(file, row, "ambiguous", f"{entry!r} lacks '='; write form=condition,condition")
        try:
            parse_rule(conditions)
        except ValueError as error:
            raise TableError(file, row, "ambiguous", f"{str(error)!r} is none of cased, listed, field, near …, not …") from None
