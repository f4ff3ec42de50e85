"""What a résumé shows, skill by skill."""

from __future__ import annotations

from collections.abc import Iterable

from mcgap.profile.roles import years_of
from mcgap.records import Evidence, Have, Level, Proof, SectionKind
from mcgap.taxonomy import Taxonomy

# How well each kind of evidence shows a skill, 0–1.
STRENGTH = {Evidence.USED: 1.0, Evidence.CERTIFIED: 0.9, Evidence.EDUCATION: 0.65, Evidence.LISTED: 0.6, Evidence.ASPIRING: 0.2}
_ORDER = list(Evidence)
_LEVELS = list(Level)
_JOBS = frozenset({SectionKind.EXPERIENCE, SectionKind.PROJECTS})


def haves_of(proofs: Iterable[Proof], taxonomy: Taxonomy) -> tuple[Have, ...]:
    """One have a skill, in id order. Negated mentions show nothing.

    ``years`` is the greater of what is stated and what the dated roles that use the skill cover.
    """
    by_skill: dict[str, list[Proof]] = {}
    for proof in proofs:
        skill = proof.mention.skill
        if skill is not None and skill in taxonomy and not proof.mention.negated:
            by_skill.setdefault(skill, []).append(proof)
    return tuple(_have(skill, by_skill[skill]) for skill in sorted(by_skill))


def merge_haves(haves: tuple[Have, ...], earned: tuple[Have, ...]) -> tuple[Have, ...]:
    """Haves of a résumé and what is proven besides it, one a skill, in id order; the better shown one counts."""
    merged = {have.skill: have for have in earned}
    for have in haves:
        other = merged.get(have.skill)
        if other is None or have.strength >= other.strength:
            merged[have.skill] = have
    return tuple(merged[skill] for skill in sorted(merged))


def _merit(proof: Proof) -> tuple[int, bool]:
    """What the proofs of a skill are ordered by, best first, else as in the text: work before lists and studies, what was done in a job before a profile."""
    return _ORDER.index(proof.evidence), proof.section not in _JOBS


def _have(skill: str, proofs: list[Proof]) -> Have:
    proofs = sorted(proofs, key=_merit)
    evidence = proofs[0].evidence
    stated = max((p.years for p in proofs if p.years), default=None)
    roles = tuple(dict.fromkeys(p.role for p in proofs if p.role is not None and p.evidence is Evidence.USED))
    worked = years_of(roles) if roles else None
    years = max((y for y in (stated, worked) if y), default=None)
    levels = [p.level for p in proofs if p.level]
    return Have(
        skill,
        evidence,
        STRENGTH[evidence],
        tuple(proofs),
        years,
        max((p.last_used for p in proofs if p.last_used), default=None),
        max(levels, key=_LEVELS.index, default=None),
        next((p.mention.skill for p in proofs if p.evidence is Evidence.CERTIFIED), None),
    )
