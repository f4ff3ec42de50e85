"""Counts of a taxonomy: per type, per category, per major group of the Standard Occupational Classification."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from mcgap.files import shipped_rows
from mcgap.records import SkillType
from mcgap.taxonomy.reading import CATEGORIES
from mcgap.taxonomy.records import Skill

# The 23 major groups of the Standard Occupational Classification 2018 (US Bureau of Labor Statistics, public domain).
SOC_GROUPS = {
    "11": "Management",
    "13": "Business and financial operations",
    "15": "Computer and mathematical",
    "17": "Architecture and engineering",
    "19": "Life, physical and social science",
    "21": "Community and social service",
    "23": "Legal",
    "25": "Educational instruction and library",
    "27": "Arts, design, entertainment, sports and media",
    "29": "Healthcare practitioners and technical",
    "31": "Healthcare support",
    "33": "Protective service",
    "35": "Food preparation and serving",
    "37": "Building and grounds cleaning and maintenance",
    "39": "Personal care and service",
    "41": "Sales and related",
    "43": "Office and administrative support",
    "45": "Farming, fishing and forestry",
    "47": "Construction and extraction",
    "49": "Installation, maintenance and repair",
    "51": "Production",
    "53": "Transportation and material moving",
    "55": "Military specific",
}


@dataclass(frozen=True, slots=True)
class Count:
    """How many skills and surface forms (names and aliases) stand under one heading."""

    key: str
    name: str
    skills: int
    forms: int


@dataclass(frozen=True, slots=True)
class TaxonomyStats:
    """``groups`` are SOC major groups in their order, then "" for what belongs to none (soft skills, languages, safety)."""

    skills: int
    forms: int
    rules: int
    with_kin: int
    with_esco: int
    types: tuple[Count, ...]
    categories: tuple[Count, ...]
    groups: tuple[Count, ...]


def category_rows() -> dict[str, dict[str, str]]:
    """The shipped categories by slug, each with its name, SOC group and half-life."""
    return {row["category"]: row for row in shipped_rows(CATEGORIES, ("category", "name", "soc", "half_life"))}


def taxonomy_stats(skills: Iterable[Skill]) -> TaxonomyStats:
    """The counts of these skills. Every type, category and group is listed, also one that has none."""
    rows = list(skills)
    categories = category_rows()
    group_of = {slug: row["soc"] for slug, row in categories.items()}
    headings = [(slug, row["name"]) for slug, row in categories.items()]
    headings += [(slug, "unknown category" if slug else "no category") for slug in sorted({skill.category for skill in rows} - set(categories))]
    return TaxonomyStats(
        skills=len(rows),
        forms=sum(map(_forms, rows)),
        rules=sum(1 for skill in rows if skill.ambiguous),
        with_kin=sum(1 for skill in rows if skill.broader or skill.implies or skill.related),
        with_esco=sum(1 for skill in rows if skill.esco),
        types=_counts([(str(kind), str(kind)) for kind in SkillType], ((str(s.type), s) for s in rows)),
        categories=_counts(headings, ((s.category, s) for s in rows)),
        groups=_counts([*SOC_GROUPS.items(), ("", "No group of its own")], ((group_of.get(s.category, ""), s) for s in rows)),
    )


def _counts(headings: list[tuple[str, str]], pairs: Iterable[tuple[str, Skill]]) -> tuple[Count, ...]:
    skills: Counter[str] = Counter()
    forms: Counter[str] = Counter()
    for key, skill in pairs:
        skills[key] += 1
        forms[key] += _forms(skill)
    return tuple(Count(key, name, skills[key], forms[key]) for key, name in headings)


def _forms(skill: Skill) -> int:
    return 1 + len(skill.aliases)
