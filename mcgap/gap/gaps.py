"""One need against all haves: its status, shortfall, nearest kin and advice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from mcgap.coverage import YEARS_TOLERANCE, readiness_of
from mcgap.lengths import years_in_words
from mcgap.records import Evidence, Gap, Have, Level, Nearest, Need, SkillType, Status, Strength
from mcgap.taxonomy import SAME, Kin, Taxonomy

__all__ = ["CLOSED", "find_gaps", "readiness_of"]

CLOSED = frozenset({Status.MET, Status.CLAIMED})
# How much of a need stays open in each status, where nothing finer is known.
SHORTFALL = {Status.MET: 0.0, Status.CLAIMED: 0.0, Status.LEARNING: 0.7, Status.MISSING: 1.0, Status.STALE: 0.5}
_STATUS = {
    Evidence.USED: Status.MET,
    Evidence.CERTIFIED: Status.MET,
    Evidence.EDUCATION: Status.CLAIMED,
    Evidence.LISTED: Status.CLAIMED,
    Evidence.ASPIRING: Status.LEARNING,
}
_ORDER = list(Status)
_LEVELS = list(Level)


def find_gaps(
    needs: tuple[Need, ...], haves: tuple[Have, ...], shown: Mapping[str, Have], taxonomy: Taxonomy, *, today: tuple[int, int], stale_after: float | None = None
) -> tuple[Gap, ...]:
    """One gap a need, in the order of the needs. ``shown`` holds what the résumé shows without naming it.

    Alternatives: when one member of a group is closed, the others keep their own status and are marked as closed by it.
    """
    by_skill = {have.skill: have for have in haves}
    said = {have.skill: frozenset(s for p in have.proofs for s in taxonomy.named(p.mention.text)) for have in haves}
    gaps = [_gap(need, by_skill, said, shown, taxonomy, today, stale_after) for need in needs]
    closed = {gap.need.group for gap in gaps if gap.need.group and gap.status in CLOSED}
    return tuple(replace(gap, closed_by_group=True, advice="") if gap.need.group in closed and gap.status not in CLOSED else gap for gap in gaps)


def _gap(
    need: Need,
    haves: Mapping[str, Have],
    said: Mapping[str, frozenset[str]],
    shown: Mapping[str, Have],
    taxonomy: Taxonomy,
    today: tuple[int, int],
    stale_after: float | None,
) -> Gap:
    """``said`` holds the skills that the words of each have name."""
    asked = frozenset(skill for ask in need.asks for skill in taxonomy.named(ask.mention.text))
    candidates = [
        _against(need, have, kin.name, kin.grade, taxonomy, today, stale_after)
        for have in haves.values()
        if (kin := _kin(have.skill, said[have.skill], need.skill, asked, taxonomy)) is not None
    ]
    if need.skill in shown:
        candidates.append(_against(need, shown[need.skill], "shown", 1.0, taxonomy, today, stale_after))
    if not candidates:
        return Gap(need, Status.MISSING, 1.0, detail="nothing in the résumé shows it", advice=_advice(need, Status.MISSING, None, taxonomy))
    best = min(candidates, key=lambda g: (g.shortfall, _ORDER.index(g.status), g.nearest is not None, g.have.skill if g.have else ""))
    return replace(best, advice=_advice(need, best.status, best, taxonomy))


def _kin(held: str, said: frozenset[str], needed: str, asked: frozenset[str], taxonomy: Taxonomy) -> Kin | None:
    """How a have bears on a need: as the taxonomy says, or the same where the words of one name the skill of the other."""
    kin = taxonomy.kin(held, needed)
    if (kin is None or kin.grade < 1) and (held in asked or needed in said):
        return SAME
    return kin


def _against(need: Need, have: Have, kin: str, grade: float, taxonomy: Taxonomy, today: tuple[int, int], stale_after: float | None) -> Gap:
    nearest = None if kin in ("same", "shown") else Nearest(have.skill, kin, grade)
    name = taxonomy.name(have.skill)
    if grade < 1:
        how = f"{name} is broader than what is asked" if kin == "broader" else f"{name} is a near relative"
        if have.evidence is Evidence.ASPIRING:
            grade *= 0.3
        return Gap(need, Status.PARTIAL, round(1 - grade, 4), have, nearest, how)
    status = _STATUS[have.evidence]
    detail = _detail(have, kin, name)
    if status is Status.LEARNING:
        return Gap(need, status, SHORTFALL[status], have, nearest, detail)
    if need.years and have.years and have.years < need.years * YEARS_TOLERANCE:
        return Gap(
            need,
            Status.PARTIAL,
            round(1 - have.years / need.years, 4),
            have,
            nearest,
            f"{years_in_words(have.years)} shown, {years_in_words(need.years)} asked for",
        )
    if need.level is Level.ADVANCED and have.level is Level.BASIC:
        return Gap(need, Status.PARTIAL, 0.5, have, nearest, "a basic level is shown, an advanced one asked for")
    stale = _stale(need, have, taxonomy, today, stale_after)
    if stale:
        return Gap(need, Status.STALE, SHORTFALL[Status.STALE], have, nearest, stale)
    return Gap(need, status, 0.0, have, nearest, detail)


def _detail(have: Have, kin: str, name: str) -> str:
    words = {
        Evidence.USED: "used in a job or project",
        Evidence.CERTIFIED: "shown by a certificate",
        Evidence.EDUCATION: "studied",
        Evidence.LISTED: "listed, shown in no job or project",
        Evidence.ASPIRING: "being learnt",
    }[have.evidence]
    if kin == "implies":
        return f"{name}, which implies it, is {words}"
    if kin == "narrower":
        return f"{name}, a kind of it, is {words}"
    if kin == "shown":
        return "not named, but the work described shows it"
    return words


def _stale(need: Need, have: Have, taxonomy: Taxonomy, today: tuple[int, int], stale_after: float | None) -> str | None:
    """Why a held skill counts as stale: last dated use longer ago than ``stale_after``, else than twice the skill's half-life."""
    if have.last_used is None or any(p.evidence is Evidence.CERTIFIED for p in have.proofs) or any(p.role is None for p in have.proofs):
        return None
    skill = taxonomy[need.skill]
    if skill.type in (SkillType.SOFT, SkillType.LANGUAGE):
        return None
    limit = stale_after if stale_after is not None else (2 * skill.half_life if skill.half_life else None)
    since = (today[0] - have.last_used[0]) + (today[1] - have.last_used[1]) / 12
    if limit is None or since <= limit:
        return None
    return f"last used in {have.last_used[0]}, {since:.0f} years ago"


def _advice(need: Need, status: Status, gap: Gap | None, taxonomy: Taxonomy) -> str:
    """What to do about a status; it never proposes to claim what is not there."""
    name = taxonomy.name(need.skill)
    have = gap.have if gap is not None else None
    if status is Status.MET:
        return ""
    if status is Status.CLAIMED and have is not None:
        where = f"\u201c{have.proofs[0].mention.text}\u201d stands in your list" if have.proofs else "it stands in your list"
        if have.evidence is Evidence.EDUCATION:
            where = "it stands under your education"
        return f"{where}; if you have used it in a job or project, say so there in one line, with what came of it."
    if status is Status.LEARNING:
        return f"You are learning {name}; finish it, then show a piece of work made with it."
    if status is Status.STALE:
        return f"Refresh {name}: recent use is not shown."
    if status is Status.PARTIAL and gap is not None and gap.nearest is not None:
        return f"If your work with {taxonomy.name(gap.nearest.skill)} included {name}, name it; else close the difference."
    if status is Status.PARTIAL:
        return f"If more of your work used {name}, say where and for how long."
    if not taxonomy[need.skill].teachable:
        return f"No course gives {name}; name it only if you have it."
    word = "Asked for" if need.strength is Strength.REQUIRED else "Wanted"
    return f"{word} and not shown; if you have it, name it where you used it; else it is to be learnt."
