"""Facts to check again: prices, exams and dates change."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from mcgap.errors import SettingsError
from mcgap.records import Credential, FactStatus

# The facts that change, most important first, and where a credential keeps them.
CHANGING = ("cost", "assessment", "hours", "validity", "prerequisites", "credit", "recognition", "countries", "skills", "title")


@dataclass(frozen=True, slots=True)
class StaleFact:
    """A fact whose source is too old or has no date. ``months`` is its age; None where there is no date."""

    credential: str
    field: str
    status: FactStatus
    as_of: str | None
    months: int | None
    source: str | None
    url: str | None


def parse_age(text: str) -> int:
    """A length of time in months. Raises SettingsError.

    >>> parse_age("6m"), parse_age("2y"), parse_age("18")
    (6, 24, 18)
    """
    match = re.fullmatch(r"(\d{1,4})\s*(m|months?|y|years?)?", text.strip().lower())
    if match is None:
        raise SettingsError(f"{text!r} is no age; write months or years, such as 6m or 2y.")
    return int(match[1]) * (12 if (match[2] or "m").startswith("y") else 1)


def stale_facts(credentials: Iterable[Credential], *, today: date, older_than: int) -> tuple[StaleFact, ...]:
    """The facts older than ``older_than`` months, oldest first; facts without a date come last. Retired credentials are left out."""
    found = [
        StaleFact(c.id, fact.field, fact.status, fact.as_of, age, fact.source, c.url)
        for c in credentials
        if c.status != "retired"
        for fact in c.provenance
        if fact.status is not FactStatus.UNKNOWN and ((age := _months(fact.as_of, today)) is None or age > older_than)
    ]
    return tuple(sorted(found, key=lambda f: (f.months is None, -(f.months or 0), CHANGING.index(f.field) if f.field in CHANGING else 99, f.credential)))


def _months(as_of: str | None, today: date) -> int | None:
    """Whole months since a date of the form YYYY, YYYY-MM or YYYY-MM-DD; a year counts from its January."""
    if as_of is None:
        return None
    year, month = (*(int(part) for part in as_of.split("-")), 1)[:2]
    return (today.year - year) * 12 + today.month - month
