"""The arithmetic of readiness and coverage, shared by the steps that speak of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mcgap.records import Ask, Closing, Gap, Need, Status

# Fewer years than asked still meet the need when they reach this share; postings state years loosely.
YEARS_TOLERANCE = 0.75
# Where neither the skill nor the years are shown, neither posting nor résumé says which weighs more: half of the gap is taken to be years.
LEARNT_OF_BOTH = 0.5
# From this share on a gap counts as closed; below it, it is narrowed and stays in sight.
CLOSED_AT = 0.7


@dataclass(frozen=True, slots=True)
class Unit:
    """What counts once in a weighted gap: an open need, or an open group of alternatives.

    ``members`` are (skill, shortfall); ``shortfall`` is that of the best member, 0–1.
    """

    importance: float
    shortfall: float
    members: tuple[tuple[str, float], ...]

    @property
    def weight(self) -> float:
        """The most that closing it can gain."""
        return self.importance * self.shortfall

    def gain(self, shares: Mapping[str, float]) -> float:
        """Weighted gap closed when ``shares`` of the members' shortfalls are closed; 0 to ``weight``."""
        left = min(shortfall * (1 - shares.get(skill, 0.0)) for skill, shortfall in self.members)
        return self.importance * max(0.0, self.shortfall - left)


def counted(gaps: Iterable[Gap]) -> list[tuple[float, float]]:
    """(importance, shortfall) of each need that counts by itself: groups once, with their best member."""
    return [(unit.importance, unit.shortfall) for unit in _units(gaps)]


def readiness_of(gaps: Iterable[Gap], shares: Mapping[str, float] | None = None) -> float | None:
    """Σ importance · min(have, need)/need over Σ importance (after JCRec, SIGIR 2024); None where nothing is asked.

    A group of alternatives counts once, with its best member. ``shares`` are parts of shortfalls taken as closed, by skill.
    """
    total = reached = 0.0
    for unit in _units(gaps):
        total += unit.importance
        reached += unit.importance * (1 - unit.shortfall) + unit.gain(shares or {})
    return round(reached / total, 4) if total else None


def is_open(gap: Gap) -> bool:
    return gap.shortfall > 0 and not gap.closed_by_group


def open_units(gaps: Iterable[Gap]) -> tuple[Unit, ...]:
    """The units that are still open, in the order of the gaps."""
    return tuple(unit for unit in _units(gaps) if unit.weight > 0)


def lacks_years(status: Status, asked: float | None, shown: float | None) -> bool:
    """Whether only years of practice are short of a skill that is shown itself."""
    return status is Status.PARTIAL and bool(asked and shown and shown < asked)


def best_shares(closings: Iterable[Closing]) -> dict[str, float]:
    """The best share of each skill: a gap closed by several credentials counts once. Years of work are no part of it."""
    shares: dict[str, float] = {}
    for closing in closings:
        if closing.counted > shares.get(closing.skill, 0.0):
            shares[closing.skill] = closing.counted
    return shares


def closes(closing: Closing) -> bool:
    """Whether the gap is closed, not merely narrowed; a related skill never closes one, and nothing closes one of years."""
    return closing.years == 0 and _fills(closing)


def teaches(closing: Closing) -> bool:
    """Whether all that can be learnt of a gap is closed, and years of work stay open."""
    return closing.years > 0 and closing.learnt > 0 and _fills(closing)


def _fills(closing: Closing) -> bool:
    return closing.match != "related" and closing.share >= CLOSED_AT


def years_left(gap: Gap) -> float:
    """The years of work asked for that are not shown, which no credential gives; 0 where they are, or none are asked for."""
    return years_unshown(gap.need.years, gap.have.years if gap.have is not None and gap.nearest is None else None)


def years_unshown(asked: float | None, shown: float | None) -> float:
    """``years_left`` of what is asked and what is shown of the same skill."""
    return asked if asked and (shown is None or shown < asked * YEARS_TOLERANCE) else 0.0


def is_short_of_years(gap: Gap) -> bool:
    """Whether only years of practice are short: the skill itself is shown."""
    return gap.nearest is None and gap.have is not None and lacks_years(gap.status, gap.need.years, gap.have.years)


def _units(gaps: Iterable[Gap]) -> list[Unit]:
    groups: dict[str, list[Gap]] = {}
    for n, gap in enumerate(gaps):
        groups.setdefault(f"\0{n}" if gap.need.group is None else gap.need.group, []).append(gap)
    return [
        Unit(
            max(g.need.importance for g in members),
            # A member that is asked for by itself elsewhere is none of these, and closes the group all the same.
            min(0.0 if g.closed_by_group else g.shortfall for g in members),
            tuple((g.need.skill, g.shortfall) for g in members),
        )
        for members in groups.values()
    ]


def groups_of(need: Need) -> frozenset[str]:
    """The groups of alternatives that a skill is named in, whether or not it is asked for by itself elsewhere."""
    return frozenset(ask.group for ask in need.asks if ask.group is not None)


def shared_groups(asks: Iterable[Ask]) -> frozenset[str]:
    """The groups of alternatives that name more than one skill: "MRICS or FRICS" is a choice of words for one."""
    skills: dict[str, set[str]] = {}
    for ask in asks:
        if ask.group is not None:
            skills.setdefault(ask.group, set()).add(ask.mention.skill or ask.mention.text.casefold())
    return frozenset(group for group, named in skills.items() if len(named) > 1)
