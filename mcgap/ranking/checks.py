"""Questions to settle before paying for a credential, answered from its fields; what is not recorded stays blank."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from mcgap.records import Check, Credential, FactStatus

Name = Callable[[str], str]


def checklist(credential: Credential, *, today: date, target_employer: str | None = None, name: Name = str) -> tuple[Check, ...]:
    """One check a question, always the same ones in the same order. ``answer`` is None where the catalog does not tell.

    ``name`` gives the name of a skill or credential for its id.
    """
    checks = []
    for question, fact, answer in _QUESTIONS:
        said = answer(credential, today, target_employer, name)
        provenance = credential.fact(fact)
        checks.append(Check(question, said, provenance.status if said is not None else FactStatus.UNKNOWN, provenance.as_of, provenance.source))
    return tuple(checks)


def _who(credential: Credential, today: date, target: str | None, name: Name) -> str:
    partners = f", with {', '.join(credential.co_developers)}" if credential.co_developers else ""
    return f"{credential.issuer.name} ({credential.issuer.kind}){partners}"


def _recognised(credential: Credential, today: date, target: str | None, name: Name) -> str | None:
    if target:
        wanted = target.casefold()
        found = [item for item in credential.recognition if wanted in item.name.casefold()]
        if not found:
            return None
    else:
        found = list(credential.recognition)
    return "; ".join(f"{item.name} ({item.scope}{', as of ' + item.as_of if item.as_of else ''})" for item in found) or None


def _proves(credential: Credential, today: date, target: str | None, name: Name) -> str | None:
    found = credential.assessment
    if found is None:
        return None
    kind = {"exam": "an exam", "performance": "a practical performance", "artifact": "a piece of work"}.get(found.kind, found.kind)
    proctored = "" if found.proctored is None else ", proctored" if found.proctored else ", not proctored"
    return f"{kind}{f', {found.minutes} minutes' if found.minutes else ''}{proctored}"


def _assessed(credential: Credential, today: date, target: str | None, name: Name) -> str | None:
    assessed = [name(t.skill) for t in credential.skills if t.assessed]
    return ", ".join(assessed) or None


def _price(credential: Credential, today: date, target: str | None, name: Name) -> str | None:
    cost = credential.cost
    if cost is None:
        return None
    if cost.max == 0:
        return "nothing"
    span = f"{cost.min:g}" if cost.min == cost.max else f"{cost.min:g} to {cost.max:g}"
    return f"{span} {cost.currency} ({cost.kind}{', ' + cost.recurring if cost.recurring else ''})"


def _time(credential: Credential, today: date, target: str | None, name: Name) -> str | None:
    hours = credential.hours
    if hours is None:
        return None
    span = f"{hours.min:g}" if hours.min == hours.max else f"{hours.min:g} to {hours.max:g}"
    return f"{span} hours (basis: {hours.basis})"


def _lasts(credential: Credential, today: date, target: str | None, name: Name) -> str | None:
    if credential.validity_months is None:
        return None
    return f"{credential.validity_months} months{'; ' + credential.renewal if credential.renewal else ''}"


def _current(credential: Credential, today: date, target: str | None, name: Name) -> str | None:
    if credential.retires_on is not None:
        return f"it retires on {credential.retires_on:%Y-%m-%d}"
    if credential.status != "active":
        return f"it is {credential.status}"
    return f"last revised {credential.last_revised}" if credential.last_revised else None


def _before(credential: Credential, today: date, target: str | None, name: Name) -> str | None:
    parts = []
    if credential.prerequisites_required:
        parts.append("required: " + ", ".join(map(name, credential.prerequisites_required)))
    if credential.prerequisites_recommended:
        parts.append(
            "recommended: " + ", ".join(p.removeprefix("text:").strip() if p.startswith("text:") else name(p) for p in credential.prerequisites_recommended)
        )
    if credential.experience_months:
        parts.append(f"{credential.experience_months} months of experience")
    if not parts and credential.fact("prerequisites").status in (FactStatus.VERIFIED, FactStatus.REPORTED):
        return "nothing"
    return "; ".join(parts) or None


def _counts(credential: Credential, today: date, target: str | None, name: Name) -> str | None:
    parts = [f"{name(item.into)} ({item.kind.replace('-', ' ')})" for item in credential.stacks_into]
    credit = credential.credit
    if credit is not None:
        amount = ", ".join(f"{value:g} {unit}" for value, unit in ((credit.ects, "ECTS"), (credit.us, "US credits")) if value)
        parts.append((amount or "academic credit") + (f", {credit.recommender}" if credit.recommender else ""))
    return "; ".join(parts) or None


def _language(credential: Credential, today: date, target: str | None, name: Name) -> str | None:
    return ", ".join((*credential.languages, *((credential.delivery,) if credential.delivery else ()))) or None


_Answer = Callable[[Credential, date, str | None, Name], str | None]
_QUESTIONS: tuple[tuple[str, str, _Answer], ...] = (
    ("Who issues it?", "title", _who),
    ("Who recognises it?", "recognition", _recognised),
    ("How is it assessed?", "assessment", _proves),
    ("Which skills does it assess, not only teach?", "skills", _assessed),
    ("What does it cost in all?", "cost", _price),
    ("How long does it take?", "hours", _time),
    ("How long is it valid, and what does renewal take?", "validity", _lasts),
    ("Is it current?", "title", _current),
    ("What must come before it?", "prerequisites", _before),
    ("What does it count toward?", "credit", _counts),
    ("In which language and how is it offered?", "title", _language),
)
