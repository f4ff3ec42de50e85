"""One need against all haves: its status, shortfall, nearest kin and advice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from mcgap.coverage import YEARS_TOLERANCE, groups_of, readiness_of
from mcgap.files import word_list
from mcgap.gap.shown import is_paper
from mcgap.lengths import years_in_words
from mcgap.records import Evidence, Gap, Have, Level, Nearest, Need, SkillType, Status, Strength
from mcgap.taxonomy import SAME, Kin, Taxonomy

__all__ = ["CLOSED", "find_gaps", "readiness_of"]

Month = tuple[int, int]

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
# A certificate or licence is held or not, wherever it is named: there is no using it in a job.
_HELD = frozenset({SkillType.CERTIFICATION, SkillType.LICENCE})
_NAMED = frozenset({Evidence.EDUCATION, Evidence.LISTED})
# Nobody brings these along: the employer has them made after an offer, so one that no résumé names keeps nothing open.
EMPLOYER_CHECKS = word_list("employer_checks")
_ORDER = list(Status)
_KINDS = list(Evidence)
MOST_MONTHS = 1200


def find_gaps(
    needs: tuple[Need, ...], haves: tuple[Have, ...], shown: Mapping[str, Have], taxonomy: Taxonomy, *, today: Month, stale_after: float | None = None
) -> tuple[Gap, ...]:
    """One gap a need, in the order of the needs. ``shown`` holds what the résumé shows without naming it.

    Alternatives: when one member of a group is closed, the others keep their own status and are marked as closed by it, also where that member
    is asked for by itself elsewhere.
    """
    by_skill = {have.skill: have for have in haves}
    said = {have.skill: said_by(have, taxonomy) for have in haves}
    gaps = [_gap(need, by_skill, said, shown, taxonomy, today, stale_after) for need in needs]
    closed = {group for gap in gaps if gap.status in CLOSED for group in groups_of(gap.need)}
    return tuple(replace(gap, closed_by_group=True, advice="") if gap.need.group in closed and gap.status not in CLOSED else gap for gap in gaps)


def _gap(
    need: Need,
    haves: Mapping[str, Have],
    said: Mapping[str, frozenset[str]],
    shown: Mapping[str, Have],
    taxonomy: Taxonomy,
    today: Month,
    stale_after: float | None,
) -> Gap:
    """``said`` holds the skills that the words of each have name."""
    asked = named_by(need, taxonomy)
    candidates = [
        (distance_of(kin.name), shown_of(have, taxonomy), _against(need, have, kin.name, kin.grade, taxonomy, today, stale_after))
        for have in haves.values()
        if (kin := _kin(have.skill, said[have.skill], need.skill, asked, taxonomy)) is not None
    ]
    if need.skill in shown:
        have = shown[need.skill]
        candidates.append((distance_of("shown"), shown_of(have, taxonomy), _against(need, have, "shown", 1.0, taxonomy, today, stale_after)))
    if not candidates and need.skill in EMPLOYER_CHECKS:
        return Gap(need, Status.MISSING, unshown(need.skill), detail="the employer has this check made, as a rule after an offer")
    if not candidates:
        return Gap(need, Status.MISSING, unshown(need.skill), detail="nothing in the résumé shows it", advice=_advice(need, Status.MISSING, None, taxonomy))
    _, _, best = min(candidates, key=lambda c: (*merit(c[2].status, c[2].shortfall, c[0], c[1]), c[2].have.skill if c[2].have else ""))
    return replace(best, advice=_advice(need, best.status, best, taxonomy))


def unshown(skill: str) -> float:
    """The shortfall of a need that nothing shows."""
    return 0.0 if skill in EMPLOYER_CHECKS else SHORTFALL[Status.MISSING]


def merit(status: Status, shortfall: float, distance: int, shown: Shown) -> tuple[float, int, int, int, int]:
    """What the best of several haves is chosen by, least first; ties by the skill's id. ``distance`` is ``distance_of`` its kin.

    Of two that are as near, work tells more than a certificate, and more years of it more than fewer (in months, at most 100 years).
    """
    return shortfall, _ORDER.index(status), distance, _KINDS.index(shown.evidence), MOST_MONTHS - min(MOST_MONTHS, round(12 * (shown.years or 0.0)))


def distance_of(kin: str) -> int:
    """0 for the skill asked for, 1 for another one that the words name, 2 for what only the work described shows."""
    return {"same": 0, "shown": 2}.get(kin, 1)


def named_by(need: Need, taxonomy: Taxonomy) -> frozenset[str]:
    """The skills that the words of a need name."""
    return frozenset(skill for ask in need.asks for skill in taxonomy.named(ask.mention.text))


def said_by(have: Have, taxonomy: Taxonomy) -> frozenset[str]:
    """The skills that the words of a have name."""
    return frozenset(skill for proof in have.proofs for skill in taxonomy.named(proof.mention.text))


def _kin(held: str, said: frozenset[str], needed: str, asked: frozenset[str], taxonomy: Taxonomy) -> Kin | None:
    """How a have bears on a need: as the taxonomy says, or the same where the words of one name the skill of the other."""
    return bearing(taxonomy.kin(held, needed), named=held in asked or needed in said, paper=is_paper(needed, taxonomy) and not is_paper(held, taxonomy))


def bearing(kin: Kin | None, *, named: bool, paper: bool = False) -> Kin | None:
    """Kin of the taxonomy, or the same skill where words name it (``named``) and the taxonomy says less.

    ``paper``: a certificate or licence is asked for, and what is held is none. To know the matter is no part of the paper.
    """
    if kin is not None and kin.grade < 1 and paper:
        kin = None
    return SAME if named and (kin is None or kin.grade < 1) else kin


# ── one have against one need ───────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Asked:
    """All of a need that decides how far a have meets it. ``lasts`` is how many years after its last use the skill goes stale; None is never."""

    years: float | None
    level: Level | None
    lasts: float | None


@dataclass(frozen=True, slots=True)
class Shown:
    """All of a have that decides how far it meets a need. ``last_used`` is None where its age is unknown or says nothing."""

    evidence: Evidence
    years: float | None
    level: Level | None
    last_used: Month | None


@dataclass(frozen=True, slots=True)
class Standing:
    """What one have makes of one need. ``why`` is kin, years, level or stale where that is what falls short, else empty."""

    status: Status
    shortfall: float
    why: str = ""


def asked_of(need: Need, taxonomy: Taxonomy, stale_after: float | None) -> Asked:
    """A need without its words. A skill goes stale after ``stale_after`` years, else after twice its half-life; soft skills and languages never."""
    skill = taxonomy[need.skill]
    if skill.type in (SkillType.SOFT, SkillType.LANGUAGE):
        return Asked(need.years, need.level, None)
    lasts = stale_after if stale_after is not None else (2 * skill.half_life if skill.half_life else None)
    return Asked(need.years, need.level, lasts)


def is_held(have: Have, taxonomy: Taxonomy) -> bool:
    """Whether naming it is showing it: a certificate or licence anywhere, a language in a list of them. A language once studied is none."""
    kind = taxonomy[have.skill].type
    return have.evidence in _NAMED and (kind in _HELD or (kind is SkillType.LANGUAGE and have.evidence is Evidence.LISTED))


def shown_of(have: Have, taxonomy: Taxonomy) -> Shown:
    """A have without its words. A certificate, or a proof without a role, leaves its age open."""
    evidence = Evidence.CERTIFIED if is_held(have, taxonomy) else have.evidence
    dated = have.last_used is not None and not any(p.evidence is Evidence.CERTIFIED or p.role is None for p in have.proofs)
    return Shown(evidence, have.years, have.level, have.last_used if dated else None)


def stand(asked: Asked, shown: Shown, grade: float, today: Month) -> Standing:
    """How far a have meets a need. ``grade`` is how near its skill is to the one asked for, 0–1."""
    if grade < 1:
        return Standing(Status.PARTIAL, round(1 - (grade * 0.3 if shown.evidence is Evidence.ASPIRING else grade), 4), "kin")
    status = _STATUS[shown.evidence]
    if status is Status.LEARNING:
        return Standing(status, SHORTFALL[status])
    if asked.years and shown.years and shown.years < asked.years * YEARS_TOLERANCE:
        return Standing(Status.PARTIAL, round(1 - shown.years / asked.years, 4), "years")
    if asked.level is Level.ADVANCED and shown.level is Level.BASIC:
        return Standing(Status.PARTIAL, 0.5, "level")
    if asked.lasts is not None and shown.last_used is not None and _since(shown.last_used, today) > asked.lasts:
        return Standing(Status.STALE, SHORTFALL[Status.STALE], "stale")
    return Standing(status, 0.0)


def _since(last_used: Month, today: Month) -> float:
    """Years from a month to today."""
    return (today[0] - last_used[0]) + (today[1] - last_used[1]) / 12


def nearest_of(have: Have, kin: str, grade: float) -> Nearest | None:
    """The have as the nearest kin of a need; None where it is the skill itself."""
    return None if kin in ("same", "shown") else Nearest(have.skill, kin, grade)


def _against(need: Need, have: Have, kin: str, grade: float, taxonomy: Taxonomy, today: Month, stale_after: float | None) -> Gap:
    shown = shown_of(have, taxonomy)
    standing = stand(asked_of(need, taxonomy, stale_after), shown, grade, today)
    return Gap(need, standing.status, standing.shortfall, have, nearest_of(have, kin, grade), _detail(need, have, kin, standing, taxonomy, today))


def _detail(need: Need, have: Have, kin: str, standing: Standing, taxonomy: Taxonomy, today: Month) -> str:
    if standing.why == "kin":
        name = taxonomy.name(have.skill)
        return f"{name} is broader than what is asked" if kin == "broader" else f"{name} is a near relative"
    if standing.why == "years":
        return f"{years_in_words(have.years or 0)} shown, {years_in_words(need.years or 0)} asked for"
    if standing.why == "level":
        return "a basic level is shown, an advanced one asked for"
    if standing.why == "stale" and have.last_used is not None:
        return f"last used in {have.last_used[0]}, {_since(have.last_used, today):.0f} years ago"
    if standing.status is Status.MET and is_held(have, taxonomy) and kin == "same" and have.badge is None:
        return "named in the résumé"
    return _evidence(have, kin, taxonomy.name(have.skill))


def _evidence(have: Have, kin: str, name: str) -> str:
    words = (
        f"shown by the badge \u201c{have.badge}\u201d (signature not checked)"
        if have.badge is not None
        else {
            Evidence.USED: "used in a job or project",
            Evidence.CERTIFIED: "shown by a certificate",
            Evidence.EDUCATION: "studied",
            Evidence.LISTED: "listed, shown in no job or project",
            Evidence.ASPIRING: "being learnt",
        }[have.evidence]
    )
    if kin == "implies":
        return f"{name}, which implies it, is {words}"
    if kin == "narrower":
        return f"{name}, a kind of it, is {words}"
    if kin == "shown" and name == "English":
        return "the résumé is written in it"
    if kin == "shown":
        return "not named, but the work described shows it"
    return words


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
    if status is Status.LEARNING and is_paper(need.skill, taxonomy):
        return f"You are on the way to {name}: say when you expect to have it."
    if status is Status.LEARNING:
        return f"You are learning {name}; finish it, then show a piece of work made with it."
    if status is Status.STALE:
        return f"Refresh {name}: recent use is not shown."
    if status is Status.PARTIAL and gap is not None and gap.nearest is not None:
        return f"If your work with {taxonomy.name(gap.nearest.skill)} included {name}, name it; else close the difference."
    if status is Status.PARTIAL:
        return f"If more of your work used {name}, say where and for how long."
    if need.experience:
        return f"Time in the field is asked for, which no course gives: name all your work in {name} or close to it."
    if not taxonomy[need.skill].teachable:
        return f"No course gives {name}; name it only if you have it."
    word = "Asked for" if need.strength is Strength.REQUIRED else "Wanted"
    return f"{word} and not shown; if you have it, name it where you used it; else it is to be learnt."
