"""Skills as rows of a taxonomy table, for ``--taxonomy`` and for other programs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from mcgap.taxonomy.reading import COLUMNS
from mcgap.taxonomy.records import Skill


def row_of(skill: Skill) -> dict[str, str]:
    """The cells of a skill, by column; lists are joined with "|"."""
    half_life = "" if skill.half_life is None else f"{skill.half_life:g}"
    many = ("|".join(cells) for cells in (skill.aliases, skill.broader, skill.implies, skill.related))
    teachable = "yes" if skill.teachable else "no"
    cells = (skill.id, skill.name, str(skill.type), skill.category, *many, skill.ambiguous, half_life, teachable, skill.esco, skill.onet)
    return dict(zip(COLUMNS, cells, strict=True))


def skills_csv(skills: Iterable[Skill]) -> str:
    """A taxonomy table as text, in the order given."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(row_of(skill) for skill in skills)
    return out.getvalue()
