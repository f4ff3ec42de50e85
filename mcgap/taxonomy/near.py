"""Which of a set of skills bear on a needed one."""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import Protocol

from mcgap.taxonomy.records import Kin
from mcgap.taxonomy.skills import Taxonomy


class Skills(Container[str], Iterable[str], Protocol):
    """A set of skill ids."""


class NearIndex:
    """Looks only at the skills of the set: the taxonomy is far larger. Answers are kept."""

    def __init__(self, skills: Skills, taxonomy: Taxonomy) -> None:
        self.taxonomy = taxonomy
        self._skills = skills
        self._toward: dict[str, list[str]] = {}
        self._near: dict[str, tuple[tuple[str, Kin], ...]] = {}
        for skill in skills:
            row = taxonomy.get(skill)
            for other in (*taxonomy.implied(skill), *taxonomy.ancestors(skill), *(row.related if row is not None else ())):
                self._toward.setdefault(other, []).append(skill)

    def near(self, need: str) -> tuple[tuple[str, Kin], ...]:
        """(skill, kin) for every skill of the set that bears on ``need``, as ``Taxonomy.kin`` says."""
        found = self._near.get(need)
        if found is None:
            row = self.taxonomy.get(need)
            wide = (need, *self._toward.get(need, ()), *self.taxonomy.ancestors(need), *(row.related if row is not None else ()))
            known = (skill for skill in dict.fromkeys(wide) if skill in self._skills)
            found = self._near[need] = tuple((skill, kin) for skill in known if (kin := self.taxonomy.kin(skill, need)) is not None)
        return found
