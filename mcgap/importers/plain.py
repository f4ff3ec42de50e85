"""A plain CSV table of skills, with a column of names and perhaps aliases, as skills."""

from __future__ import annotations

import re
from pathlib import Path

from mcgap.errors import TableError
from mcgap.importers.own_ids import Namer, careful_rules, clean_label, forms_of
from mcgap.importers.tables import header, stream
from mcgap.records import SkillType
from mcgap.taxonomy import Skill, Taxonomy

# What others call our columns, in lower case; the first that is there counts.
_NAMES = ("name", "skill", "skill name", "skill_name", "preferredlabel", "preferred label", "title", "label")
_ALIASES = ("aliases", "alias", "altlabels", "alternative labels", "synonyms", "synonym", "keywords")
_TYPES = ("type", "kind")
_SEPARATORS = re.compile(r"[|;\n]")


def import_plain(path: Path, ours: Taxonomy | None = None) -> tuple[Skill, ...]:
    """The skills of a table with at least a column of names. Aliases may be separated by "|", ";" or line breaks.

    A skill whose name is that of exactly one of ``ours`` gets our id; rows of one name are joined. Raises TableError.
    """
    columns = header(path)
    if not (names := _column(columns, _NAMES)):
        raise TableError(path.name, 1, "name", f"no column holds names; call one {' or '.join(_NAMES[:2])}")
    aliases, types = _column(columns, _ALIASES), _column(columns, _TYPES)
    namer = Namer(ours)
    found: dict[str, tuple[str, list[str], SkillType]] = {}
    for row, cells in stream(path, (names,)):
        name = clean_label(cells[names])
        if not name:
            raise TableError(path.name, row, names, "the cell is empty; give the skill a name")
        others = _SEPARATORS.split(cells[aliases]) if aliases else []
        kind = _type_of(cells[types], path.name, row, types) if types else SkillType.TECHNICAL
        _, gathered, _ = found.setdefault(namer.id_for(name, name.casefold()), (name, [], kind))
        gathered += [name, *others]
    return tuple(_skill(slug, name, others, kind, namer.known(slug)) for slug, (name, others, kind) in found.items())


def _column(columns: tuple[str, ...], wanted: tuple[str, ...]) -> str:
    by_lower = {column.lower(): column for column in columns}
    return next((by_lower[name] for name in wanted if name in by_lower), "")


def _type_of(cell: str, file: str, row: int, column: str) -> SkillType:
    try:
        return SkillType(cell.lower()) if cell else SkillType.TECHNICAL
    except ValueError:
        raise TableError(file, row, column, f"{cell!r} is none of {', '.join(SkillType)}") from None


def _skill(slug: str, name: str, others: list[str], kind: SkillType, known: Skill | None) -> Skill:
    usual = known.name if known is not None else name
    aliases = forms_of(usual, others)
    if known is not None:
        return Skill(slug, usual, known.type, known.category, aliases, ambiguous=careful_rules(aliases), teachable=known.teachable)
    return Skill(slug, usual, kind, "", aliases, ambiguous=careful_rules((usual, *aliases)))
