"""The ESCO download (classification CSV, versions 1.1 and 1.2, one language) as skills.

Files of the download that are read: ``skills_LL.csv`` (needed), ``broaderRelationsSkillPillar_LL.csv`` and
``skillSkillRelations_LL.csv`` (where they are there). A single table of labels with the columns
id, description, type (preferredLabel | altLabels) is read, too: some packages carry ESCO so.

ESCO is the European Commission's classification of European Skills, Competences, Qualifications and
Occupations; it may be reused with attribution.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from mcgap.errors import TableError
from mcgap.importers.own_ids import Namer, careful_rules, clean_label, forms_of
from mcgap.importers.tables import header, stream
from mcgap.records import SkillType
from mcgap.taxonomy import Skill, Taxonomy

URI = "http://data.europa.eu/esco/skill/"
_SKILLS = ("conceptUri", "preferredLabel", "altLabels")
_LABELS = ("id", "description", "type")
_BROADER = ("conceptUri", "broaderUri")
_RELATED = ("originalSkillUri", "relationType", "relatedSkillUri")
_MOST_RELATED = 5
# The first letter of a group's code -> what its skills are: L languages, T transversal (A, attitudes, in 1.0), K knowledge, S skills.
_PILLARS = {"L": SkillType.LANGUAGE, "T": SkillType.SOFT, "A": SkillType.SOFT, "K": SkillType.DOMAIN, "S": SkillType.TECHNICAL}
_CODE = re.compile(r"[SKLTA]\d*(?:\.\d+)*")
_LANGUAGE_NAMES = re.compile(r"[A-Z]\w+(?: [A-Z]\w+)?")  # "Swedish"; "write Swedish" is what is done with it
_TYPES = {"knowledge": SkillType.DOMAIN, "skill/competence": SkillType.TECHNICAL}


@dataclass(slots=True)
class _Concept:
    """One ESCO skill as it is gathered from the files; kin are URIs."""

    uri: str
    name: str = ""
    others: list[str] = field(default_factory=list)
    kind: SkillType = SkillType.TECHNICAL
    broader: list[str] = field(default_factory=list)
    implies: list[str] = field(default_factory=list)
    related: list[str] = field(default_factory=list)


def import_esco(path: Path, ours: Taxonomy | None = None) -> tuple[Skill, ...]:
    """The skills of an ESCO download: its folder, or its skills file.

    A skill whose name is that of exactly one of ``ours`` gets our id, so that the labels add up; it keeps our type.
    "Essential" skill relations become implies, "optional" ones related. Raises TableError.
    """
    skills = _skills_file(path)
    concepts = _from_labels(skills) if set(_LABELS) <= set(header(skills)) else _from_download(skills)
    if not concepts:
        raise TableError(skills.name, None, None, "the table holds no skills; check that it is the skills file of an ESCO download")
    namer = Namer(ours)
    ids = {uri: namer.id_for(c.name, uri.rpartition("/")[2]) for uri, c in concepts.items()}
    return tuple(_skill(c, ids, namer) for c in concepts.values())


def _skills_file(path: Path) -> Path:
    if not path.is_dir():
        return path
    found = sorted(p for p in path.glob("skills_*.csv") if p.is_file())
    if not found:
        raise TableError(str(path), None, None, "the folder has no skills_en.csv; unpack the ESCO download (classification, CSV) there")
    return next((p for p in found if p.name == "skills_en.csv"), found[0])


def _skill(concept: _Concept, ids: dict[str, str], namer: Namer) -> Skill:
    slug = ids[concept.uri]
    known = namer.known(slug)
    name = known.name if known is not None else concept.name
    aliases = namer.without_ours(slug, forms_of(name, [concept.name, *concept.others]))
    broader, implies, related = (_ids_of(uris, ids, slug) for uris in (concept.broader, concept.implies, concept.related[:_MOST_RELATED]))
    if known is not None:
        return replace(
            known, aliases=aliases, broader=broader, implies=implies, related=related, ambiguous=careful_rules(aliases), half_life=None, esco=concept.uri
        )
    return Skill(slug, name, concept.kind, "", aliases, broader, implies, related, careful_rules((name, *aliases)), esco=concept.uri)


def _ids_of(uris: list[str], ids: dict[str, str], own: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ids[uri] for uri in uris if uri in ids and ids[uri] != own))


# ── the download ────────────────────────────────────────────────────────────────────────────────


def _from_download(skills: Path) -> dict[str, _Concept]:
    concepts: dict[str, _Concept] = {}
    for row, cells in stream(skills, _SKILLS):
        name = clean_label(cells["preferredLabel"])
        if not name or not cells["conceptUri"]:
            raise TableError(skills.name, row, "preferredLabel" if not name else "conceptUri", "the cell is empty; download the file again")
        if cells.get("status", "released") == "obsolete":
            continue
        kind = SkillType.SOFT if cells.get("reuseLevel") == "transversal" else _TYPES.get(cells.get("skillType", ""), SkillType.TECHNICAL)
        others = [label for column in ("altLabels", "hiddenLabels") for label in cells.get(column, "").splitlines()]
        concepts[cells["conceptUri"]] = _Concept(cells["conceptUri"], name, others, kind)
    language = skills.stem.removeprefix("skills")
    _add_broader(concepts, skills.with_name(f"broaderRelationsSkillPillar{language}.csv"))
    _add_relations(concepts, skills.with_name(f"skillSkillRelations{language}.csv"))
    return concepts


def _add_broader(concepts: dict[str, _Concept], path: Path) -> None:
    """Broader skills, and the kind of a skill from the group it stands in."""
    if not path.is_file():
        return
    parents: dict[str, list[str]] = {}
    for _, cells in stream(path, _BROADER):
        parents.setdefault(cells["conceptUri"], []).append(cells["broaderUri"])
    for uri, concept in concepts.items():
        concept.broader = [parent for parent in parents.get(uri, ()) if parent in concepts]
        if SkillType.LANGUAGE in set(_pillars(uri, parents)) and _LANGUAGE_NAMES.fullmatch(concept.name):
            concept.kind = SkillType.LANGUAGE


def _pillars(uri: str, parents: dict[str, list[str]]) -> Iterator[SkillType]:
    seen: set[str] = set()
    queue = [uri]
    while queue:
        current = queue.pop()
        if current in seen:
            continue
        seen.add(current)
        code = current.rpartition("/")[2]
        if _CODE.fullmatch(code):
            yield _PILLARS[code[0]]
        else:
            queue += parents.get(current, [])


def _add_relations(concepts: dict[str, _Concept], path: Path) -> None:
    if not path.is_file():
        return
    for _, cells in stream(path, _RELATED):
        concept = concepts.get(cells["originalSkillUri"])
        if concept is not None:
            (concept.implies if cells["relationType"] == "essential" else concept.related).append(cells["relatedSkillUri"])


# ── a table of labels ───────────────────────────────────────────────────────────────────────────


def _from_labels(path: Path) -> dict[str, _Concept]:
    concepts: dict[str, _Concept] = {}
    for row, cells in stream(path, _LABELS):
        if cells["type"] not in ("preferredLabel", "altLabels"):
            continue  # the names of groups
        uri = cells["id"] if "/" in cells["id"] else URI + cells["id"]
        concept = concepts.setdefault(uri, _Concept(uri))
        if cells["type"] == "preferredLabel":
            concept.name = clean_label(cells["description"])
            concept.kind = _kind_of(cells.get("hierarchy_levels", ""), path.name, row)
            if concept.kind is SkillType.LANGUAGE and not _LANGUAGE_NAMES.fullmatch(concept.name):
                concept.kind = SkillType.TECHNICAL
        else:
            concept.others.append(cells["description"])
    return {uri: concept for uri, concept in concepts.items() if concept.name}


def _kind_of(levels: str, file: str, row: int) -> SkillType:
    """The kind that a cell like "[['S', 'S4', 'S4.5'], …]" says. A skill of several pillars is of the first in the table above."""
    try:
        paths = ast.literal_eval(levels) if levels else []
        letters = {path[0] for path in paths}
    except (ValueError, SyntaxError, TypeError, IndexError):
        raise TableError(file, row, "hierarchy_levels", f"{levels[:40]!r} is no list of lists of codes") from None
    return next((kind for letter, kind in _PILLARS.items() if letter in letters), SkillType.TECHNICAL)
