"""The O*NET text files ``Technology Skills.txt`` and ``Tools Used.txt`` as skills.

A row of theirs is an occupation and an example (a product or a tool); the skills are the distinct examples. ``onet``
is the commodity code (UNSPSC) given there. O*NET is published by the US Department of Labor under CC BY 4.0.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from mcgap.errors import TableError
from mcgap.importers.own_ids import Namer, careful_rules, clean_label, forms_of, slug_of
from mcgap.importers.tables import stream
from mcgap.records import SkillType
from mcgap.taxonomy import Skill, Taxonomy
from mcgap.text import squash

FILES = {"Technology Skills.txt": SkillType.TOOL, "Tools Used.txt": SkillType.TECHNICAL}
_COLUMNS = ("O*NET-SOC Code", "Example", "Commodity Code", "Commodity Title")
_LEAST_WORDS = 2


@dataclass(slots=True)
class _Example:
    name: str
    kind: SkillType
    occupations: set[str] = field(default_factory=set)
    commodities: Counter[str] = field(default_factory=Counter)


def import_onet(path: Path, ours: Taxonomy | None = None, *, least_occupations: int = 1) -> tuple[Skill, ...]:
    """The distinct examples of one O*NET file, or of both in a folder, that at least so many occupations use.

    A skill whose name is that of exactly one of ``ours`` gets our id. Raises TableError.
    """
    examples: dict[str, _Example] = {}
    for file in _files(path):
        kind = SkillType.TECHNICAL if file.name.startswith("Tools") else SkillType.TOOL
        for row, cells in stream(file, _COLUMNS, delimiter="\t"):
            name = clean_label(cells["Example"])
            if not squash(name):
                raise TableError(file.name, row, "Example", "the cell names nothing; download the file again")
            example = examples.setdefault(squash(name), _Example(name, kind))
            example.occupations.add(cells["O*NET-SOC Code"])
            example.commodities[cells["Commodity Code"]] += 1
    namer = Namer(ours)
    wanted = (example for example in examples.values() if len(example.occupations) >= least_occupations)
    return tuple(_skill(example, namer) for example in sorted(wanted, key=lambda e: (slug_of(e.name), e.name)))


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    found = [path / name for name in FILES if (path / name).is_file()]
    if not found:
        raise TableError(str(path), None, None, f"the folder has neither {' nor '.join(FILES)}; unpack the O*NET database (text) there")
    return found


def _skill(example: _Example, namer: Namer) -> Skill:
    slug = namer.id_for(example.name, slug_of(example.name))
    known = namer.known(slug)
    name = known.name if known is not None else example.name
    aliases = namer.without_ours(slug, forms_of(name, [example.name, *_short_names(example.name)]))
    code = min(example.commodities, key=lambda c: (-example.commodities[c], c))
    return Skill(
        slug, name, known.type if known is not None else example.kind, known.category if known is not None else "", aliases,
        ambiguous=careful_rules(aliases if known is not None else (name, *aliases)), teachable=known.teachable if known is not None else True, onet=code,
    )  # fmt: skip


def _short_names(name: str) -> list[str]:
    """What people write for a name that O*NET spells out.

    >>> _short_names("Adobe Systems Adobe Acrobat"), _short_names("Database management system software")
    (['Adobe Acrobat'], ['Database management system'])
    """
    short = []
    words = name.split()
    again = next((i for i in range(1, len(words)) if words[i] == words[0]), None)
    if again is not None and len(words) - again >= _LEAST_WORDS:
        words = words[again:]
        short.append(" ".join(words))
    if words[-1].lower() == "software" and len(words) > _LEAST_WORDS:
        short.append(" ".join(words[:-1]))
    return short
