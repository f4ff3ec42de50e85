"""The ten factors: each returns a value from 0 to 1 and the sentence that says where it comes from.

A factor's points are its value times its weight. All but coverage count in proportion to how far the credential closes what it
closes best, so that a cheap and short one that merely touches a gap does not pass one that closes it. What is unknown is neutral, 0.5.
A sentence is made when it is asked for: the scores of many pairs need the values alone.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from mcgap.coverage import best_shares
from mcgap.limits import hours_of, own_currency, rate_of, typical_fee
from mcgap.ranking.desk import Desk
from mcgap.records import Closing, Credential, FactStatus, Level

NEUTRAL = 0.5
# Hours and money at which brevity and cost give half of their points.
HALF_HOURS = 40.0
HALF_FEE = 200.0
# Scopes of a recognition that counts in its field.
FIELDS = ("field", "law")


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


Sentence = Callable[[], str]
Part = tuple[float, Sentence]


def coverage(case: Case) -> Part:
    """Importance of the gaps it closes, by how exactly and fully; three needs' worth is the most. What is related, or counts abroad, counts at most half."""
    value = covered(case.desk.gains(best_shares(case.closes)), case.desk.full)

    def sentence() -> str:
        desk = case.desk
        named = "; ".join(_closing(closing, case) for closing in sorted(case.closes, key=lambda c: (-desk.importance(c.skill) * c.share, c.skill))[:4])
        more = f"; and {len(case.closes) - 4} more" if len(case.closes) > 4 else ""
        if any(closing.abroad for closing in case.closes):
            more += f". Of little use for it: {desk.elsewhere(case.credential)}"
        scaled = "" if case.fit > 0.995 else f". No gap is closed beyond {case.fit:.0%}, so all other factors count at that share"
        return named + more + scaled

    return value, sentence


def covered(gains: Iterable[float], full: float) -> float:
    """Weighted gap closed, as a share of what counts in full; at most 1."""
    return min(1.0, math.fsum(gains) / full) if full else 0.0


def focus(case: Case) -> Part:
    """Share of what it teaches that bears on an open gap: a narrow credential beats a sprawling one."""
    taught = case.credential.skills
    wanted = case.desk.bearing(c.skill for c in case.closes)
    hits = [t for t in taught if t.skill in wanted]
    total = math.fsum(t.weight for t in taught)
    if not taught or total <= 0:
        return NEUTRAL, lambda: "its skills are not listed one by one: ranked neutrally"
    value = bearing_share(case)
    if not hits:
        return NEUTRAL, lambda: "it is itself the certification asked for" if _is_asked_for(case, ("exact",)) else "it is a certification of the kind asked for"

    def sentence() -> str:
        skills = "skill" if len(taught) == 1 else "skills"
        bear = "bears" if len(hits) == 1 else "bear"
        return f"{len(hits)} of the {len(taught)} {skills} it covers {bear} on your gaps, {value:.0%} of its content"

    return value, sentence


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
        return NEUTRAL, lambda: "assessment unknown: ranked neutrally"
    words = ("a knowledge test", "a practical task", "a graded project or performance test", "a portfolio or lab")
    return found.applied / 3, lambda: f"assessed by {words[min(3, max(0, found.applied))]}{_source(case, 'assessment')}"


def recognition(case: Case) -> Part:
    """Who asks for it: named in this posting is the strongest, then by your target employer, then in its field. Unknown is neutral."""
    desk, credential = case.desk, case.credential
    span = desk.named_in_posting(credential)
    if span is not None:
        return 1.0, lambda: f"the posting names it: {desk.quote(span)}"
    target = desk.settings.target_employer
    employer = next((i for i in credential.recognition if target and i.scope == "employer" and desk.same(i.name, target)), None)
    if employer is not None:
        return 0.9, lambda: f"{employer.name} recognises it{_evidence(employer.evidence, employer.as_of)}"
    field = next((i for i in credential.recognition if i.scope in FIELDS and desk.is_in_field((i.name,))), None)
    if field is not None:
        return 0.8, lambda: f"recognised in {field.name}{_evidence(field.evidence, field.as_of)}"
    if credential.recognition:
        item = credential.recognition[0]
        return 0.6, lambda: f"recognised by others ({item.scope}: {item.name}{_evidence(item.evidence, item.as_of)})"
    return NEUTRAL, lambda: "who recognises it is not recorded: ranked neutrally"


def issuer_fit(case: Case) -> Part:
    """Issuer against employer: a university for academic and health employers, a body in its own field, a vendor only when the posting names its product."""
    return _ISSUER_FIT.get(case.credential.issuer.kind, _other_issuer)(case)


def brevity(case: Case) -> Part:
    """Study hours: half of the points at 40 hours, more below, fewer above."""
    credential, typical = case.credential, case.desk.typical
    hours = hours_of(credential, typical)
    value = HALF_HOURS / (HALF_HOURS + hours)
    if credential.hours is None:
        return value, lambda: f"hours unknown: ranked as typical ({hours:g} hours, the median of a {credential.type} here)"
    stated = credential.hours
    return value, lambda: f"{_range(stated.min, stated.max)} hours ({stated.basis}){_source(case, 'hours')}"


def cost(case: Case) -> Part:
    """Money: free gives all points, a fee of 200 half of them. Currencies are converted only by rates that you give."""
    found, desk = case.credential.cost, case.desk
    if found is None:
        own, kind = own_currency(desk.settings, desk.typical), case.credential.type
        fee = typical_fee(kind, desk.settings, desk.typical)
        if fee is None:
            return NEUTRAL, lambda: f"fee unknown, and nothing here has one in {own} that would be typical: ranked neutrally"
        return HALF_FEE / (HALF_FEE + fee), lambda: f"fee unknown: ranked as typical ({f'{fee:g} {own}'.rstrip()}, the median of a {kind} here)"
    value = HALF_FEE / (HALF_FEE + found.middle * (rate_of(case.credential, desk.settings, desk.typical) or 1.0))

    def sentence() -> str:
        as_of = _as_of(found.as_of or case.credential.fact("cost").as_of)
        if found.max == 0:
            return f"free{as_of}"
        return f"{_range(found.min, found.max)} {found.currency} ({found.kind}{', ' + found.recurring if found.recurring else ''}){as_of}"

    return value, sentence


def freshness(case: Case) -> Part:
    """Age of its last revision against the half-life of the skills it closes; a field that does not date is neutral."""
    revised = case.credential.last_revised
    lives = [life for closing in case.closes if (row := case.desk.taxonomy.get(closing.skill)) is not None and (life := row.half_life)]
    if not revised:
        return NEUTRAL, lambda: "last revision unknown: ranked neutrally"
    if not lives:
        return NEUTRAL, lambda: f"revised {revised}; what it closes does not go out of date quickly"
    age = max(0.0, _years_between(revised, case.desk.settings.day))
    value = 0.5 ** (age / min(lives))
    return value, lambda: f"revised {revised}, {_age(age)}; half of this field is renewed in about {min(lives):g} years"


def stack(case: Case) -> Part:
    """Whether it counts toward something larger: the one you want first, then any larger certificate, designation or academic credit."""
    credential, settings = case.credential, case.desk.settings
    credit = credential.credit
    if settings.toward and case.desk.counts_toward(credential, settings.toward):
        return 1.0, lambda: f"counts toward {settings.toward}, which you are working toward"
    if credit is not None and credit.recommender:
        amount = f"{credit.ects:g} ECTS" if credit.ects else f"{credit.us:g} US credits" if credit.us else "academic credit"
        return (1.0 if settings.want_credit else 0.8), lambda: f"{amount} granted or recommended by {credit.recommender}{_source(case, 'credit')}"
    if credential.stacks_into:
        larger = credential.stacks_into[0]
        return 0.7, lambda: f"counts toward {larger.into} ({larger.kind.replace('-', ' ')})"
    if settings.want_credit:
        return 0.0, lambda: "no academic credit is recorded, and you want some"
    return NEUTRAL, lambda: "nothing larger that it counts toward is recorded"


def level_fit(case: Case) -> Part:
    """Its level against the level asked for, else against your career stage; exploring, the basic level fits best."""
    wanted, why = case.desk.wanted_level(case.closes)
    found = case.credential.level
    if found is None or wanted is None:
        return NEUTRAL, lambda: "level unknown: ranked neutrally" if found is None else f"{found} level; which level suits you is unknown: ranked neutrally"
    distance = _LEVELS.index(found) - _LEVELS.index(wanted)
    value = {0: 1.0, 1: 0.6, -1: 0.5}.get(distance, 0.1)
    return value, lambda: f"{found} level, {wanted} suits ({why})"


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
        return 0.2, lambda: f"{issuer.name} is a vendor and the posting names none of its products: no vendor credit"
    return 1.0, lambda: f"the posting names {issuer.name}'s product: {case.desk.quote(span)}"


def _university(case: Case) -> Part:
    why = case.desk.academic_employer
    if why is not None:
        return 1.0, lambda: f"{case.credential.issuer.name} is a university, which weighs with employers in education and health; {why}"
    return 0.6, lambda: f"{case.credential.issuer.name} is a university; nothing says that the employer is academic or in health"


def _industry_body(case: Case) -> Part:
    issuer = case.credential.issuer
    field = case.desk.is_in_field((*issuer.fields, *case.credential.industries), case.closes)
    if field:
        return 0.9, lambda: f"{issuer.name} is a body of its own field ({field})"
    return NEUTRAL, lambda: f"{issuer.name} is an industry body; that this is its own field is not recorded"


def _employer(case: Case) -> Part:
    issuer, target = case.credential.issuer, case.desk.settings.target_employer
    if target and case.desk.same(issuer.name, target):
        return 1.0, lambda: f"{issuer.name}, your target employer, issues it"
    return NEUTRAL, lambda: f"{issuer.name} is an employer; others may not know its certificate"


def _platform(case: Case) -> Part:
    partners = case.credential.co_developers
    if partners:
        return 0.6, lambda: f"{case.credential.issuer.name} with {', '.join(partners[:2])}"
    return 0.45, lambda: f"{case.credential.issuer.name} is a course platform"


def _other_issuer(case: Case) -> Part:
    return NEUTRAL, lambda: f"what kind of issuer {case.credential.issuer.name} is, is unknown: ranked neutrally"


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


def _range(low: float, high: float) -> str:
    return f"{low:g}" if low == high else f"{low:g}–{high:g}"


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
