"""What no micro-credential closes: degree, licence, clearance, total years, language."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from mcgap.coverage import YEARS_TOLERANCE
from mcgap.gap.gaps import EMPLOYER_CHECKS
from mcgap.lengths import years_in_words
from mcgap.records import Ask, Education, Evidence, Extraction, Gap, Gate, GateKind, Have, SkillType, Span, Status, Strength
from mcgap.taxonomy import Taxonomy

# Fewer years than these are soon made up for, and half of what is asked is often taken.
LEAST_YEARS = 2
YEARS_SHARE = 0.5
# "A second language" names none, so no single one is missing.
ANY_LANGUAGE = "second-language"
_STRENGTHS = (Strength.REQUIRED, Strength.PREFERRED)
# What stands between a degree and the certificate that is as good: an "or" right before the later one.
_OR_REACH = 80
_OR = re.compile(r"(?:^|[^\n;\u2022.]*[\s,/)])or\s+(?:(?:an?|the|your|current|valid|relevant|full|equivalent)\s+){0,2}(?:[\w-]+\s+)?", re.IGNORECASE)
_RANK_NAMES = {
    1: "High school diploma",
    2: "A levels or vocational school",
    3: "Associate degree or diploma",
    4: "Bachelor's degree",
    5: "Master's degree",
    6: "Doctorate",
}


def find_gates(posting: Extraction, resume: Extraction | None, gaps: tuple[Gap, ...], shown_years: float | None, taxonomy: Taxonomy) -> tuple[Gate, ...]:
    """Gates in the order degree, years, licence, clearance, language. ``met`` is None where the résumé cannot tell."""
    return (
        *_degrees(posting, resume, gaps, shown_years, taxonomy),
        *_years(posting, resume, shown_years),
        *_skill_years(gaps, resume, taxonomy),
        *_skill_gates(gaps, resume, taxonomy),
    )


def _degrees(posting: Extraction, resume: Extraction | None, gaps: tuple[Gap, ...], shown_years: float | None, taxonomy: Taxonomy) -> list[Gate]:
    gates = []
    for strength in _STRENGTHS:
        wanted = [e for e in posting.education if e.strength is strength]
        if not wanted:
            continue
        # Of degrees named side by side the lowest opens the door.
        least = min(wanted, key=lambda e: (e.rank, e.span.start))
        fields = tuple(dict.fromkeys(f for e in wanted for f in e.fields))
        name = _RANK_NAMES[least.rank] + (f" in {_joined(fields[:4])}" if fields else "")
        gate = _degree_gate(name, strength, wanted, least, resume, shown_years)
        instead = None if gate.met or resume is None else _held_instead(posting.document.text, wanted, gaps, taxonomy)
        if instead is not None:
            detail = f"{taxonomy.name(instead.need.skill)} is accepted instead, and the résumé names it"
            gate = replace(gate, met=True, resume_evidence=_proofs(instead.have), detail=detail)
        gates.append(gate)
    return gates


def _held_instead(text: str, wanted: Iterable[Education], gaps: Iterable[Gap], taxonomy: Taxonomy) -> Gap | None:
    """The certificate or licence that a degree is asked for as an alternative to, where it is held: "a degree or a paralegal certificate"."""
    held = [g for g in gaps if g.status is Status.MET and taxonomy[g.need.skill].type in (SkillType.CERTIFICATION, SkillType.LICENCE)]
    for education in wanted:
        for gap in held:
            for ask in gap.need.asks:
                before, after = (ask.mention.end, education.span.start), (education.span.end, ask.mention.start)
                if any(0 < end - start <= _OR_REACH and _OR.fullmatch(text, start, end) for start, end in (before, after)):
                    return gap
    return None


def _degree_gate(name: str, strength: Strength, wanted: list[Education], least: Education, resume: Extraction | None, shown_years: float | None) -> Gate:
    evidence = tuple(e.span for e in wanted)
    if resume is None:
        return Gate(GateKind.DEGREE, name, strength, None, evidence)
    held = max((e for e in resume.education if not e.begun), key=lambda e: e.rank, default=None)
    begun = next((e for e in resume.education if e.begun and e.rank >= least.rank), None)
    if held is not None and held.rank >= least.rank:
        return Gate(GateKind.DEGREE, name, strength, True, evidence, (held.span,), "the résumé names one at this level or above")
    if any(e.or_experience for e in wanted) and shown_years:
        return Gate(GateKind.DEGREE, name, strength, True, evidence, (), f"equivalent experience is accepted, and {years_in_words(shown_years)} are shown")
    if begun is not None:
        return Gate(GateKind.DEGREE, name, strength, False, evidence, (begun.span,), "the résumé names one at this level that is not finished")
    if held is None:
        return Gate(GateKind.DEGREE, name, strength, None, evidence, (), "the résumé names no degree or diploma")
    return Gate(GateKind.DEGREE, name, strength, False, evidence, (held.span,), f"the highest named is: {_RANK_NAMES[held.rank]}")


def _joined(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " or " + names[-1]


def _years(posting: Extraction, resume: Extraction | None, shown_years: float | None) -> list[Gate]:
    gates = []
    for strength in _STRENGTHS:
        wanted = [y for y in posting.years if y.strength is strength]
        if not wanted:
            continue
        most = max(wanted, key=lambda y: (y.years, -y.span.start))
        name = f"{years_in_words(most.years)} of experience"
        met = None if resume is None or shown_years is None else shown_years >= most.years * 0.9
        detail = "" if resume is None else ("the résumé's roles carry no dates" if shown_years is None else f"dated roles show {years_in_words(shown_years)}")
        gates.append(Gate(GateKind.YEARS, name, strength, met, (most.span,), tuple(r.span for r in resume.roles) if resume else (), detail))
    return gates


def _skill_years(gaps: tuple[Gap, ...], resume: Extraction | None, taxonomy: Taxonomy) -> list[Gate]:
    """Years in one field that are far from shown, or are shown: a course teaches the skill, it gives no years. One gate a length."""
    if resume is None:
        return []
    short: dict[float, list[Gap]] = {}
    held: dict[float, list[Gap]] = {}
    for gap in gaps:
        years = gap.need.years
        if (
            gap.need.strength is not Strength.REQUIRED
            or not years
            or years < LEAST_YEARS
            or gap.closed_by_group
            or taxonomy[gap.need.skill].type is SkillType.SOFT
        ):
            continue
        # Years of a wider or near field may have held the years asked for: that is for the reader to say, no closed door.
        enough = gap.have is not None and gap.have.years is not None and gap.have.years >= years * YEARS_TOLERANCE
        elsewhere = gap.nearest is not None and gap.nearest.grade < 1 and not enough
        if gap.status is Status.MISSING or elsewhere or (gap.have is not None and gap.have.years is not None and gap.have.years < years * YEARS_SHARE):
            short.setdefault(years, []).append(gap)
        elif enough and gap.status is Status.MET:
            held.setdefault(years, []).append(gap)
    gates = [_held_years(years, members, taxonomy) for years, members in sorted(held.items(), reverse=True) if years not in short]
    for years, members in sorted(short.items(), reverse=True):
        names = _joined(tuple(taxonomy.name(g.need.skill) for g in members[:3]))
        evidence = tuple(_span(a) for g in members for a in g.need.asks if a.years)
        gates.append(Gate(GateKind.YEARS, f"{years_in_words(years)} of {names}", Strength.REQUIRED, False, evidence, (), "the résumé shows fewer"))
    return gates


def _held_years(years: float, members: list[Gap], taxonomy: Taxonomy) -> Gate:
    names = _joined(tuple(taxonomy.name(g.need.skill) for g in members[:3]))
    asked, shown = tuple(_span(a) for g in members for a in g.need.asks if a.years), _proofs(members[0].have)
    return Gate(GateKind.YEARS, f"{years_in_words(years)} of {names}", Strength.REQUIRED, True, asked, shown, "the résumé shows as many")


def _skill_gates(gaps: tuple[Gap, ...], resume: Extraction | None, taxonomy: Taxonomy) -> list[Gate]:
    gates = []
    for gap in gaps:
        skill = taxonomy[gap.need.skill]
        if gap.need.strength not in _STRENGTHS or skill.type not in (SkillType.LICENCE, SkillType.LANGUAGE) or skill.id == ANY_LANGUAGE:
            continue
        kind = GateKind.LANGUAGE if skill.type is SkillType.LANGUAGE else GateKind.CLEARANCE if "clearance" in skill.id else GateKind.LICENCE
        met = None if resume is None else gap.closed_by_group or gap.status in (Status.MET, Status.CLAIMED)
        if gap.need.skill in EMPLOYER_CHECKS and not met:
            met = None
        detail = "another one that is asked for in its place is shown" if gap.closed_by_group else gap.detail
        gates.append(Gate(kind, skill.name, gap.need.strength, met, tuple(_span(a) for a in gap.need.asks), _proofs(gap.have), detail))
    return sorted(gates, key=lambda g: (list(GateKind).index(g.kind), g.name))


def _span(ask: Ask) -> Span:
    return Span(ask.mention.start, ask.mention.end, ask.mention.text)


def _proofs(have: Have | None) -> tuple[Span, ...]:
    if have is None:
        return ()
    return tuple(Span(p.mention.start, p.mention.end, p.mention.text) for p in have.proofs if p.evidence is not Evidence.ASPIRING)
