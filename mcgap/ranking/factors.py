"""The ten factors: each returns a value from 0 to 1 and the sentence that says where it comes from.

A factor's points are its value times its weight. All but coverage count in proportion to how far the credential closes what it
closes best, so that a cheap and short one that merely touches a gap does not pass one that closes it. What is unknown is neutral, 0.5.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from mcgap.coverage import best_shares
from mcgap.limits import hours_of, own_currency, rate_of
from mcgap.ranking.desk import Desk
from mcgap.records import Closing, Credential, FactStatus, Level

NEUTRAL = 0.5
# Hours and money at which brevity and cost give half of their points.
HALF_HOURS = 40.0
HALF_FEE = 200.0


@dataclass(frozen=True, slots=True)
class Case:
    """One credential against the open gaps. ``desk`` is what all credentials of a ranking share."""

    credential: Credential
    closes: tuple[Closing, ...]
    desk: Desk

    @property
    def fit(self) -> float:
        """The share of the gap that it closes best: what the nine other factors are counted at."""
        return max(closing.share for closing in self.closes)


Part = tuple[float, str]


def coverage(case: Case) -> Part:
    """Importance of the gaps it closes, by how exactly and how fully it teaches them; three needs' worth is the most. A related skill counts at most half."""
    desk = case.desk
    shares = best_shares(case.closes)
    gained = math.fsum(unit.gain(shares) for unit in desk.units)
    value = min(1.0, gained / desk.full) if desk.full else 0.0
    named = "; ".join(_closing(closing, case) for closing in sorted(case.closes, key=lambda c: (-desk.importance(c.skill) * c.share, c.skill))[:4])
    more = f"; and {len(case.closes) - 4} more" if len(case.closes) > 4 else ""
    scaled = "" if case.fit > 0.995 else f". No gap is closed beyond {case.fit:.0%}, so all other factors count at that share"
    return value, named + more + scaled


def focus(case: Case) -> Part:
    """Share of what it teaches that bears on an open gap: a narrow credential beats a sprawling one."""
    taught = case.credential.skills
    wanted = case.desk.bearing(c.skill for c in case.closes)
    hits = [t for t in taught if t.skill in wanted]
    total = math.fsum(t.weight for t in taught)
    if not taught or total <= 0:
        return NEUTRAL, "its skills are not listed one by one: ranked neutrally"
    value = bearing_share(case)
    if not hits:
        return NEUTRAL, "it is itself the certification asked for" if _is_asked_for(case, ("exact",)) else "it is a certification of the kind asked for"
    skills = "skill" if len(taught) == 1 else "skills"
    bear = "bears" if len(hits) == 1 else "bear"
    return value, f"{len(hits)} of the {len(taught)} {skills} it covers {bear} on your gaps, {value:.0%} of its content"


def bearing_share(case: Case) -> float:
    """The share of what it teaches that bears on an open gap; 1 for the certification asked for, and where its skills are not listed one by one."""
    taught, wanted = case.credential.skills, case.desk.bearing(c.skill for c in case.closes)
    total = math.fsum(t.weight for t in taught)
    return 1.0 if _is_asked_for(case, ("exact", "narrower")) or total <= 0 else round(math.fsum(t.weight for t in taught if t.skill in wanted) / total, 6)


def _is_asked_for(case: Case, matches: tuple[str, ...]) -> bool:
    """Whether it is a certification asked for, in one of these manners."""
    certified = case.desk.certified_by(case.credential)
    return any(closing.skill in certified and closing.match in matches for closing in case.closes)


def applied(case: Case) -> Part:
    """How practical its assessment is: a knowledge test 0, a practical task 1, a graded project 2, a portfolio or lab 3, of 3."""
    found = case.credential.assessment
    if found is None:
        return NEUTRAL, "assessment unknown: ranked neutrally"
    words = ("a knowledge test", "a practical task", "a graded project or performance test", "a portfolio or lab")
    return found.applied / 3, f"assessed by {words[min(3, max(0, found.applied))]}{_source(case, 'assessment')}"


def recognition(case: Case) -> Part:
    """Who asks for it: named in this posting is the strongest, then by your target employer, then in its field. Unknown is neutral."""
    desk, credential = case.desk, case.credential
    span = desk.named_in_posting(credential)
    if span is not None:
        return 1.0, f"the posting names it: {desk.quote(span)}"
    target = desk.settings.target_employer
    for item in credential.recognition:
        if target and item.scope == "employer" and desk.same(item.name, target):
            return 0.9, f"{item.name} recognises it{_evidence(item.evidence, item.as_of)}"
    for item in credential.recognition:
        if item.scope in ("field", "law") and desk.is_in_field((item.name,)):
            return 0.8, f"recognised in {item.name}{_evidence(item.evidence, item.as_of)}"
    if credential.recognition:
        item = credential.recognition[0]
        return 0.6, f"recognised by others ({item.scope}: {item.name}{_evidence(item.evidence, item.as_of)})"
    return NEUTRAL, "who recognises it is not recorded: ranked neutrally"


def issuer_fit(case: Case) -> Part:
    """Issuer against employer: a university for academic and health employers, a body in its own field, a vendor only when the posting names its product."""
    return _ISSUER_FIT.get(case.credential.issuer.kind, _other_issuer)(case)


def brevity(case: Case) -> Part:
    """Study hours: half of the points at 40 hours, more below, fewer above."""
    credential, typical = case.credential, case.desk.typical
    hours = hours_of(credential, typical)
    value = HALF_HOURS / (HALF_HOURS + hours)
    if credential.hours is None:
        return value, f"hours unknown: ranked as typical ({hours:g} hours, the median of a {credential.type} here)"
    span = f"{credential.hours.min:g}" if credential.hours.min == credential.hours.max else f"{credential.hours.min:g}–{credential.hours.max:g}"
    return value, f"{span} hours ({credential.hours.basis}){_source(case, 'hours')}"


def cost(case: Case) -> Part:
    """Money: free gives all points, a fee of 200 half of them. Currencies are converted only by rates that you give."""
    found, desk = case.credential.cost, case.desk
    if found is None:
        fee = desk.typical.fee_for(case.credential.type, own_currency(desk.settings, desk.typical))
        return HALF_FEE / (HALF_FEE + fee), f"fee unknown: ranked as typical ({fee:g}, the median of a {case.credential.type} here)"
    value = HALF_FEE / (HALF_FEE + found.middle * (rate_of(case.credential, desk.settings, desk.typical) or 1.0))
    as_of = _as_of(found.as_of or case.credential.fact("cost").as_of)
    if found.max == 0:
        return value, f"free{as_of}"
    span = f"{found.min:g}" if found.min == found.max else f"{found.min:g}–{found.max:g}"
    return value, f"{span} {found.currency} ({found.kind}{', ' + found.recurring if found.recurring else ''}){as_of}"


def freshness(case: Case) -> Part:
    """Age of its last revision against the half-life of the skills it closes; a field that does not date is neutral."""
    revised = case.credential.last_revised
    lives = [life for closing in case.closes if (row := case.desk.taxonomy.get(closing.skill)) is not None and (life := row.half_life)]
    if not revised:
        return NEUTRAL, "last revision unknown: ranked neutrally"
    if not lives:
        return NEUTRAL, f"revised {revised}; what it closes does not go out of date quickly"
    age = max(0.0, _years_between(revised, case.desk.settings.day))
    value = 0.5 ** (age / min(lives))
    return value, f"revised {revised}, {_age(age)}; half of this field is renewed in about {min(lives):g} years"


def stack(case: Case) -> Part:
    """Whether it counts toward something larger: the one you want first, then any larger certificate, designation or academic credit."""
    credential, settings = case.credential, case.desk.settings
    credit = credential.credit
    if settings.toward and case.desk.counts_toward(credential, settings.toward):
        return 1.0, f"counts toward {settings.toward}, which you are working toward"
    if credit is not None and credit.recommender:
        amount = f"{credit.ects:g} ECTS" if credit.ects else f"{credit.us:g} US credits" if credit.us else "academic credit"
        return (1.0 if settings.want_credit else 0.8), f"{amount} granted or recommended by {credit.recommender}{_source(case, 'credit')}"
    if credential.stacks_into:
        larger = credential.stacks_into[0]
        return 0.7, f"counts toward {larger.into} ({larger.kind.replace('-', ' ')})"
    if settings.want_credit:
        return 0.0, "no academic credit is recorded, and you want some"
    return NEUTRAL, "nothing larger that it counts toward is recorded"


def level_fit(case: Case) -> Part:
    """Its level against the level asked for, else against your career stage; exploring, the basic level fits best."""
    wanted, why = case.desk.wanted_level(case.closes)
    found = case.credential.level
    if found is None or wanted is None:
        return NEUTRAL, "level unknown: ranked neutrally" if found is None else f"{found} level; which level suits you is unknown: ranked neutrally"
    distance = _LEVELS.index(found) - _LEVELS.index(wanted)
    value = {0: 1.0, 1: 0.6, -1: 0.5}.get(distance, 0.1)
    return value, f"{found} level, {wanted} suits ({why})"


FACTORS: dict[str, Callable[[Case], Part]] = {
    "coverage": coverage,
    "focus": focus,
    "applied": applied,
    "recognition": recognition,
    "issuer_fit": issuer_fit,
    "brevity": brevity,
    "cost": cost,
    "freshness": freshness,
    "stack": stack,
    "level_fit": level_fit,
}
_LEVELS = list(Level)


# ── issuer fit, by the kind of issuer ────────────────────────────────────────────────────────────


def _vendor(case: Case) -> Part:
    issuer = case.credential.issuer
    span = case.desk.product_in_posting(case.credential)
    if span is None:
        return 0.2, f"{issuer.name} is a vendor and the posting names none of its products: no vendor credit"
    return 1.0, f"the posting names {issuer.name}'s product: {case.desk.quote(span)}"


def _university(case: Case) -> Part:
    why = case.desk.academic_employer
    if why is not None:
        return 1.0, f"{case.credential.issuer.name} is a university, and {why}"
    return 0.6, f"{case.credential.issuer.name} is a university; nothing says that the employer is academic or in health"


def _industry_body(case: Case) -> Part:
    issuer = case.credential.issuer
    field = case.desk.is_in_field((*issuer.fields, *case.credential.industries), case.closes)
    if field:
        return 0.9, f"{issuer.name} is a body of its own field ({field})"
    return NEUTRAL, f"{issuer.name} is an industry body; that this is its own field is not recorded"


def _employer(case: Case) -> Part:
    issuer, target = case.credential.issuer, case.desk.settings.target_employer
    if target and case.desk.same(issuer.name, target):
        return 1.0, f"{issuer.name}, your target employer, issues it"
    return NEUTRAL, f"{issuer.name} is an employer; others may not know its certificate"


def _platform(case: Case) -> Part:
    partners = case.credential.co_developers
    if partners:
        return 0.6, f"{case.credential.issuer.name} with {', '.join(partners[:2])}"
    return 0.45, f"{case.credential.issuer.name} is a course platform"


def _other_issuer(case: Case) -> Part:
    return NEUTRAL, f"what kind of issuer {case.credential.issuer.name} is, is unknown: ranked neutrally"


_ISSUER_FIT: Mapping[str, Callable[[Case], Part]] = {
    "vendor": _vendor,
    "university": _university,
    "industry-body": _industry_body,
    "employer": _employer,
    "platform": _platform,
}


# ── words ────────────────────────────────────────────────────────────────────────────────────────


def _closing(closing: Closing, case: Case) -> str:
    desk = case.desk
    name = desk.taxonomy.name(closing.skill)
    does = {"exact": "teaches", "narrower": "teaches a kind of", "broader": "teaches what is broader than", "related": "teaches a relative of"}[closing.match]
    if closing.skill in desk.certified_by(case.credential):
        does = {"exact": "is", "narrower": "is a kind of"}.get(closing.match, "is a relative of")
    part = "" if closing.share > 0.995 else f", which closes {closing.share:.0%} of {'what can be learnt of it' if closing.years else 'the gap'}"
    if closing.years and not closing.learnt:
        does, part = "proves", ", which you show: what is short is years"
    return f"{does} {name}{part} ({desk.asked(closing.skill)}{desk.shown(closing.skill)})"


def _source(case: Case, fact: str) -> str:
    found = case.credential.fact(fact)
    status = "" if found.status in (FactStatus.VERIFIED, FactStatus.UNKNOWN) else f" {found.status}"
    return f",{status} as of {found.as_of}" if found.as_of else (f",{status}" if status else "")


def _as_of(as_of: str | None) -> str:
    return f", as of {as_of}" if as_of else ", date of the fee unknown"


def _evidence(evidence: str | None, as_of: str | None) -> str:
    said = f" ({evidence})" if evidence else ""
    return said + (f", as of {as_of}" if as_of else "")


def _age(years: float) -> str:
    return f"{years:.0f} years ago" if years >= 1.5 else "a year ago" if years >= 0.75 else "within the year"


def _years_between(month: str, day: date) -> float:
    """Years from a "2024", "2024-05" or "2024-05-17" to a day; the middle of the year where no month is given."""
    parts = month.split("-")
    start = int(parts[0]) + (((int(parts[1]) - 1) / 12) if len(parts) > 1 else 0.5)
    return day.year + (day.month - 1) / 12 - start
