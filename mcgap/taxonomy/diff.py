"""What changed between two taxonomies, skill by skill and field by field."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mcgap.taxonomy.records import Skill

_SETS = ("aliases", "broader", "implies", "related")
_CELLS = ("name", "type", "category", "ambiguous", "half_life", "teachable", "esco", "onet")


@dataclass(frozen=True, slots=True)
class SkillChange:
    """One difference. ``kind`` is added · removed · changed; ``field``, ``gone`` and ``come`` are only given for changed."""

    skill: str
    kind: str
    field: str | None = None
    gone: tuple[str, ...] = ()
    come: tuple[str, ...] = ()


def diff_taxonomies(old: Iterable[Skill], new: Iterable[Skill]) -> tuple[SkillChange, ...]:
    """The changes from one taxonomy to another, in id order. The order of aliases and kin is no change."""
    before, after = ({skill.id: skill for skill in side} for side in (old, new))
    changes: list[SkillChange] = []
    for name in sorted({*before, *after}):
        if name not in after:
            changes.append(SkillChange(name, "removed"))
        elif name not in before:
            changes.append(SkillChange(name, "added"))
        else:
            changes += _fields(before[name], after[name])
    return tuple(changes)


def _fields(old: Skill, new: Skill) -> list[SkillChange]:
    changes = []
    for field in _CELLS:
        gone, come = _cell(old, field), _cell(new, field)
        if gone != come:
            changes.append(SkillChange(old.id, "changed", field, gone, come))
    for field in _SETS:
        before, after = getattr(old, field), getattr(new, field)
        gone, come = tuple(v for v in before if v not in after), tuple(v for v in after if v not in before)
        if gone or come:
            changes.append(SkillChange(old.id, "changed", field, gone, come))
    return changes


def _cell(skill: Skill, field: str) -> tuple[str, ...]:
    value = getattr(skill, field)
    if value is None or value == "":
        return ()
    if isinstance(value, bool):
        return ("yes" if value else "no",)
    return (f"{value:g}",) if isinstance(value, float) else (str(value),)
