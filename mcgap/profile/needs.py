"""What a posting asks for, skill by skill."""

from __future__ import annotations

from collections.abc import Iterable

from mcgap.coverage import shared_groups
from mcgap.records import Ask, Country, Level, Need, SectionKind, SkillType, Strength
from mcgap.taxonomy import Taxonomy

# Importance of one need, before its extras; a soft skill weighs less, since no credential and few résumés settle it.
BASE = {Strength.REQUIRED: 0.7, Strength.PREFERRED: 0.4, Strength.DUTY: 0.15}
SOFT_SHARE = 0.6
TITLE_EXTRA = 0.15
REPEAT_EXTRA = 0.03
MOST_REPEATS = 3
YEARS_EXTRA = 0.05
_ORDER = {strength: n for n, strength in enumerate(Strength)}
_LEVELS = list(Level)


def needs_of(asks: Iterable[Ask], taxonomy: Taxonomy, countries: Iterable[Country] = ()) -> tuple[Need, ...]:
    """One need a skill, most important first; ties by id. Negated and merely mentioned ones are no need.

    ``importance`` = base of the strongest ask + title + repetition + years, at most 1; soft skills × 0.6. ``countries`` are where the job is.
    """
    by_skill: dict[str, list[Ask]] = {}
    asks = tuple(asks)
    shared = shared_groups(asks)
    for ask in asks:
        skill = ask.mention.skill
        if skill is not None and skill in taxonomy and not ask.mention.negated:
            by_skill.setdefault(skill, []).append(ask)
    codes, mentioned = tuple(country.code for country in countries), Strength.MENTIONED
    needs = [_need(skill, found, shared, taxonomy, codes) for skill, found in by_skill.items() if any(a.strength is not mentioned for a in found)]
    return tuple(sorted(needs, key=lambda n: (-n.importance, n.skill)))


def _need(skill: str, asks: list[Ask], shared: frozenset[str], taxonomy: Taxonomy, countries: tuple[str, ...]) -> Need:
    strength = asks[0].strength if len(asks) == 1 else min([a.strength for a in asks], key=_ORDER.__getitem__)
    strongest = [a for a in asks if a.strength is strength]
    years = [a.years for a in asks if a.years]
    levels = [a.level for a in strongest if a.level]
    groups = [a.group if a.group in shared else None for a in strongest]
    in_title = SectionKind.TITLE in [a.section for a in asks]
    importance = BASE[strength] + TITLE_EXTRA * in_title + REPEAT_EXTRA * min(MOST_REPEATS, len(asks) - 1) + YEARS_EXTRA * bool(years)
    soft = taxonomy[skill].type is SkillType.SOFT
    if soft:
        importance *= SOFT_SHARE
    return Need(
        skill,
        strength,
        round(min(1.0, importance), 4),
        tuple(asks),
        # An alternative somewhere is no alternative where the skill is asked for by itself elsewhere.
        groups[0] if groups and all(groups) else None,
        max(years, default=None),
        max(levels, key=_LEVELS.index, default=None),
        countries,
        all(a.experience for a in strongest),
        soft,
    )
