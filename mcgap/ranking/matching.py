"""What each credential of a catalog does for each open gap."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from mcgap.catalog import Catalog
from mcgap.countries import is_abroad
from mcgap.coverage import LEARNT_OF_BOTH, is_open, is_short_of_years, years_left
from mcgap.records import Closing, Credential, Gap, Level, Need, SkillType, TaughtSkill
from mcgap.taxonomy import Kin, NearIndex, Taxonomy

# How much of a gap a taught skill closes, by its kin to the skill asked for. An exact child beats a parent.
GRADES = {"same": 1.0, "child": 0.85, "narrower": 0.65, "implies": 0.85, "parent": 0.5, "broader": 0.25, "related": 0.4}
_MATCH = {"same": "exact", "child": "narrower", "narrower": "narrower", "implies": "narrower", "parent": "broader", "broader": "broader", "related": "related"}
# Share by level asked for and level taught. Nothing asked for is read as a working level; nothing stated about the course is neutral.
LEVELS = {
    None: {Level.BASIC: 0.9, Level.WORKING: 1.0, Level.ADVANCED: 1.0},
    Level.BASIC: {Level.BASIC: 1.0, Level.WORKING: 1.0, Level.ADVANCED: 1.0},
    Level.WORKING: {Level.BASIC: 0.75, Level.WORKING: 1.0, Level.ADVANCED: 1.0},
    Level.ADVANCED: {Level.BASIC: 0.5, Level.WORKING: 0.8, Level.ADVANCED: 1.0},
}
RELATED_AT_MOST = 0.5
# The skill is shown and years of practice are short: a certificate proves the skill, it gives no years and counts for nothing in a plan.
YEARS_AT_MOST = 0.3
# A skill that is less of a credential than this is touched on, not taught in full.
_FULL_WEIGHT = 0.2
# What counts in another country teaches the matter by other laws, and its paper opens no door: as a relative, it never closes a gap.
ABROAD = 0.4
# A way of working is taught by a course on ways of working: an exam of translators, part of which is accuracy, makes no bookkeeper accurate.
_LEAST_SOFT = 0.4


def match_credentials(gaps: Iterable[Gap], catalog: Catalog, taxonomy: Taxonomy) -> dict[str, tuple[Closing, ...]]:
    """The closings of every credential that closes something of an open gap, by credential id, in the order of the gaps."""
    kin = kin_of(catalog, taxonomy)
    found: dict[str, list[Closing]] = {}
    for gap in gaps:
        if is_open(gap):
            for name, closing in kin.offers(gap.need, years_left(gap), only_years=is_short_of_years(gap)).items():
                found.setdefault(name, []).append(closing)
    return {name: tuple(closings) for name, closings in found.items()}


def certificates_for(need: Need, catalog: Catalog) -> dict[str, str]:
    """The credentials that are the certification asked for, with the manner (a key of GRADES).

    One skill of the taxonomy may hold several certificates: those that the posting's words name are it, the others then only relatives;
    where the words tell none apart ("welding certification"), each is a kind of it.
    """
    meant = catalog.meant(need.skill, (ask.mention.text for ask in need.asks))
    other = "related" if meant else "child"
    return {name: "same" if name in meant else other for name in catalog.certifying(need.skill)}


def depth(taught: TaughtSkill) -> float:
    """How fully a skill is taught, from its share of the credential: a fifty-fifth part is no more than an overview."""
    return 1.0 if taught.weight >= _FULL_WEIGHT else 0.5 + 0.5 * max(0.0, taught.weight) / _FULL_WEIGHT


class KinIndex:
    """The taught skills that bear on a needed one, with the manner, and what credentials offer for it."""

    def __init__(self, catalog: Catalog, taxonomy: Taxonomy) -> None:
        self.catalog, self.taxonomy = catalog, taxonomy
        self._index = NearIndex(catalog.taught, taxonomy)
        self._near: dict[str, tuple[tuple[str, str], ...]] = {}
        self._reach: dict[str, frozenset[str]] = {}
        self._offers: dict[object, Mapping[str, Closing]] = {}

    def near(self, need: str) -> tuple[tuple[str, str], ...]:
        """(taught skill, manner) for every taught skill that bears on ``need``; manners are the keys of GRADES."""
        found = self._near.get(need)
        if found is None:
            found = self._near[need] = tuple((skill, self._manner(skill, need, kin)) for skill, kin in self._index.near(need))
        return found

    def reach(self, need: str) -> frozenset[str]:
        """The taught skills that bear on ``need``."""
        found = self._reach.get(need)
        if found is None:
            found = self._reach[need] = frozenset(skill for skill, _ in self.near(need))
        return found

    def offers(self, need: Need, years: float, *, only_years: bool) -> Mapping[str, Closing]:
        """What each credential closes of a gap, by id, by the taught skill that closes most of it.

        ``years`` are those asked for that are not shown; with ``only_years`` nothing else is short. What counts in other countries than those of
        the need closes less; time spent in a field nothing closes.
        """
        certificates = certificates_for(need, self.catalog)
        key = (need.skill, need.level, years, only_years, need.countries, need.experience, tuple(certificates.items()))
        best = self._offers.get(key)
        if best is None:
            found: dict[str, Closing] = {}
            for name, closing in self._closings(need, certificates, years, only_years):
                if name not in found or closing.share > found[name].share:
                    found[name] = closing
            best = self._offers[key] = found
        return best

    def _closings(self, need: Need, certificates: Mapping[str, str], years: float, only_years: bool) -> Iterator[tuple[str, Closing]]:
        row = self.taxonomy.get(need.skill)
        learnt = 1.0 if not years else 0.0 if only_years else LEARNT_OF_BOTH
        abroad = {name for name in certificates if is_abroad(self.catalog[name].countries, need.countries)}
        for name, manner in certificates.items():
            # What the posting names is wanted wherever it counts, unless its words name one of the job's own country too.
            is_away = name in abroad and not (manner == "same" and len(abroad) == len(certificates))
            yield name, Closing(need.skill, _at(GRADES[manner], is_away), _MATCH[manner], years, learnt, is_away)
        if need.experience or (row is not None and not row.teachable):
            return
        limit = YEARS_AT_MOST if only_years else 1.0
        soft = row is not None and row.type is SkillType.SOFT
        for skill, name in self.near(need.skill):
            for credential in self.catalog.by_skill(skill):
                if soft and not self._is_soft(credential):
                    continue
                taught = next(t for t in credential.skills if t.skill == skill)
                share = GRADES[name] * depth(taught) * LEVELS[need.level].get(taught.level or credential.level or Level.WORKING, 1.0)
                if name == "related":
                    share = min(share, RELATED_AT_MOST)
                is_away = is_abroad(credential.countries, need.countries)
                yield credential.id, Closing(need.skill, _at(min(share, limit), is_away), _MATCH[name], years, learnt, is_away)

    def _is_soft(self, credential: Credential) -> bool:
        """Whether much of a credential's content is ways of working."""
        soft = [t.weight for t in credential.skills if (row := self.taxonomy.get(t.skill)) is not None and row.type is SkillType.SOFT]
        return sum(soft) >= _LEAST_SOFT * sum(t.weight for t in credential.skills)

    def _manner(self, taught: str, need: str, kin: Kin) -> str:
        row, wanted = self.taxonomy.get(taught), self.taxonomy.get(need)
        if kin.name == "narrower" and row is not None and need in row.broader:
            return "child"
        if kin.name == "broader" and wanted is not None and taught in wanted.broader:
            return "parent"
        return kin.name


def _at(share: float, is_away: bool) -> float:
    return round(share * ABROAD if is_away else share, 4)


@lru_cache(maxsize=4)
def kin_of(catalog: Catalog, taxonomy: Taxonomy) -> KinIndex:
    """The index of a catalog, made once."""
    return KinIndex(catalog, taxonomy)
