"""Rich Skill Descriptors, as the Open Skills Management Tool (OSMT) exports them to CSV, as skills.

A descriptor has a name and a statement. Keywords are topics and not other names, so they become kin where they name
exactly one skill, and no aliases. An alignment with ESCO gives the ESCO identifier.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from mcgap.errors import TableError
from mcgap.importers.own_ids import Namer, careful_rules, clean_label, forms_of
from mcgap.importers.tables import stream
from mcgap.records import SkillType
from mcgap.taxonomy import Skill, Taxonomy

_COLUMNS = ("RSD Name", "Skill Statement")
_SEPARATOR = ";"
_ESCO = "data.europa.eu/esco/skill/"
_MOST_RELATED = 5


def import_rsd(path: Path, ours: Taxonomy | None = None) -> tuple[Skill, ...]:
    """The descriptors of an OSMT export. One whose name is that of exactly one of ``ours`` gets our id.

    Descriptors of one name (the same skill in two settings) are joined. Raises TableError.
    """
    namer = Namer(ours)
    skills: dict[str, Skill] = {}
    for row, cells in stream(path, _COLUMNS):
        name = clean_label(cells["RSD Name"])
        if not name:
            raise TableError(path.name, row, "RSD Name", "the cell is empty; give the descriptor a name")
        slug = namer.id_for(name, name.casefold())
        skill = _skill(slug, name, cells, namer.known(slug), ours)
        known = skills.get(slug)
        skills[slug] = skill if known is None else _joined(known, skill)
    return tuple(skills.values())


def _skill(slug: str, name: str, cells: dict[str, str], known: Skill | None, ours: Taxonomy | None) -> Skill:
    related = tuple(s for s in _named(cells.get("Keywords", ""), ours) if s != slug)[:_MOST_RELATED]
    if known is not None:
        return replace(
            known, aliases=forms_of(known.name, [name]), broader=(), implies=(), related=related, ambiguous="", half_life=None, esco=_esco_of(cells), onet=""
        )
    return Skill(slug, name, SkillType.TECHNICAL, "", related=related, ambiguous=careful_rules((name,)), esco=_esco_of(cells))


def _joined(first: Skill, second: Skill) -> Skill:
    related = tuple(dict.fromkeys((*first.related, *second.related)))[:_MOST_RELATED]
    return replace(first, aliases=forms_of(first.name, [*first.aliases, second.name, *second.aliases]), related=related, esco=first.esco or second.esco)


def _named(cell: str, ours: Taxonomy | None) -> tuple[str, ...]:
    if ours is None:
        return ()
    named = (ours.named(word.strip()) for word in cell.split(_SEPARATOR) if word.strip())
    return tuple(dict.fromkeys(skills[0] for skills in named if len(skills) == 1))


def _esco_of(cells: dict[str, str]) -> str:
    links = (link.strip() for column, cell in cells.items() if "Alignment" in column for link in cell.split(_SEPARATOR))
    return next((link for link in links if _ESCO in link), "")
