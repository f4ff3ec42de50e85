"""Reading taxonomy tables: ours, and a user's own over it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
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


# Columns whose cells add up; in all others a filled cell replaces, and an empty one keeps what is known.
_ADDED = ("aliases", "ambiguous")


def read_skills(ours: Path, own: Sequence[Path] = ()) -> tuple[Skill, ...]:
    """Our table with the user's own over it, later ones winning: aliases and rules add up, filled cells replace, empty cells keep.

    Raises TableError naming file, row and column.
    """
    half_lives = _half_lives()
    skills: dict[str, Skill] = {}
    cells_of: dict[str, dict[str, str]] = {}
    for path in (ours, *own):
        for row, cells in _read_cells(path):
            # What our own table says was checked before it was shipped (``mcgap taxonomy lint``): a tenth of the time.
            skill = skill_of(cells, path.name, row, half_lives, checked=path == ours)
            known = cells_of.get(skill.id)
            cells_of[skill.id] = cells if known is None else merge_cells(known, cells)
            skills[skill.id] = skill if known is None else skill_of(cells_of[skill.id], path.name, row, half_lives)
    return tuple(skills.values())


def merge_cells(known: Mapping[str, str], own: Mapping[str, str]) -> dict[str, str]:
    """A user's row over ours. It is done with cells: whether one is empty cannot be told from what it stands for."""
    return {column: _both(known[column], own[column]) if column in _ADDED else own[column] or known[column] for column in COLUMNS}


def _both(known: str, own: str) -> str:
    parts = (part.strip() for cell in (known, own) for part in cell.split("|"))
    return "|".join(dict.fromkeys(filter(None, parts)))


def read_skill_table(path: Path) -> Iterator[Skill]:
    """The skills of one CSV table. Only id and name are required."""
    half_lives = _half_lives()
    for row, cells in _read_cells(path):
        yield skill_of(cells, path.name, row, half_lives)


def _half_lives() -> dict[str, str]:
    return {row["category"]: row["half_life"] for row in shipped_rows(CATEGORIES, ("category", "name", "soc", "half_life"))}


def _read_cells(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    rows: dict[str, int] = {}
    for number, cells in read_table(path, REQUIRED_COLUMNS, OPTIONAL_COLUMNS):
        if cells["id"] in rows:
            raise TableError(path.name, number, "id", f"{cells['id']!r} stands in row {rows[cells['id']]} too; join the two rows")
        rows[cells["id"]] = number
        # The compiled form is lines: a break or tab inside a cell is a space.
        yield number, {column: " ".join(cell.split()) if cell else "" for column, cell in cells.items()}


def skill_of(cells: Mapping[str, str], file: str, row: int, half_lives: Mapping[str, str], *, checked: bool = False) -> Skill:
    """One row as a record; without a half-life of its own it has that of its category. Raises TableError naming file, row and column.

    Conditions of ambiguous forms that were ``checked`` before are not read again.
    """
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
    if cells["ambiguous"] and not checked:
        _check_rules(cells["ambiguous"], file, row)
    aliases, broader, implies, related = map(_parts, (cells["aliases"], cells["broader"], cells["implies"], cells["related"]))
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


def _parts(cell: str) -> tuple[str, ...]:
    return tuple([part for piece in cell.split("|") if (part := piece.strip())]) if cell else ()


def _check_rules(cell: str, file: str, row: int) -> None:
    for entry in filter(None, (part.strip() for part in cell.split("|"))):
        _, equals, conditions = entry.partition("=")
        if not equals:
            raise TableError(file, row, "ambiguous", f"{entry!r} lacks '='; write form=condition,condition")
        try:
            parse_rule(conditions)
        except ValueError as error:
            raise TableError(file, row, "ambiguous", f"{str(error)!r} is none of cased, listed, field, near …, not …") from None
