"""Counts of a catalog: fields, issuers, types, and how far its facts can be trusted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from mcgap.catalog.fields import FACTS
from mcgap.records import Credential, FactStatus
from mcgap.taxonomy import Taxonomy

Counts = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class FactCount:
    """How many credentials know a fact, and with what status. ``sourced`` is the share of the known ones with a source that was read."""

    field: str
    known: int
    verified: int
    reported: int
    estimate: int
    unknown: int
    sourced: float | None


@dataclass(frozen=True, slots=True)
class Stats:
    """Counts are in falling order. ``uncovered`` are categories with teachable skills and no credential for one of them."""

    credentials: int
    free: int
    by_field: Counts
    by_issuer_kind: Counts
    by_type: Counts
    by_level: Counts
    by_status: Counts
    issuers: int
    facts: tuple[FactCount, ...]
    skills: int
    categories: int
    covered: int
    uncovered: tuple[str, ...]


def catalog_stats(credentials: Iterable[Credential], taxonomy: Taxonomy) -> Stats:
    """The counts of a catalog. A field (industry) counts every credential that names it."""
    rows = list(credentials)
    taught = {s.skill for c in rows for s in c.skills}
    teachable = {skill.category for skill in taxonomy if skill.teachable and skill.category}
    with_credential = {row.category for skill in taught if (row := taxonomy.get(skill)) is not None}
    uncovered = tuple(sorted(teachable - with_credential))
    return Stats(
        credentials=len(rows),
        free=sum(1 for c in rows if c.cost is not None and c.cost.max == 0),
        by_field=_counts(field for c in rows for field in c.industries),
        by_issuer_kind=_counts(c.issuer.kind for c in rows),
        by_type=_counts(c.type for c in rows),
        by_level=_counts(c.level or "unknown" for c in rows),
        by_status=_counts(c.status for c in rows),
        issuers=len({c.issuer.id for c in rows}),
        facts=tuple(_fact_count(field, rows) for field in FACTS),
        skills=len(taught),
        categories=len(teachable),
        covered=len(teachable) - len(uncovered),
        uncovered=uncovered,
    )


def _counts(values: Iterable[str]) -> Counts:
    return tuple(sorted(((str(name), n) for name, n in Counter(values).items()), key=lambda pair: (-pair[1], pair[0])))


# Whether a credential holds a fact at all; recorded provenance without a value is an unknown.
_HELD: dict[str, Callable[[Credential], bool]] = {
    "cost": lambda c: c.cost is not None,
    "hours": lambda c: c.hours is not None,
    "assessment": lambda c: c.assessment is not None,
    "validity": lambda c: c.validity_months is not None or c.renewal is not None,
    "prerequisites": lambda c: bool(c.prerequisites_required or c.prerequisites_recommended or c.experience_months is not None),
    "credit": lambda c: c.credit is not None,
    "recognition": lambda c: bool(c.recognition),
    "countries": lambda c: bool(c.countries),
    "skills": lambda c: bool(c.skills),
    "title": lambda c: True,
}


def _fact_count(field: str, rows: list[Credential]) -> FactCount:
    statuses = Counter(c.fact(field).status if _HELD[field](c) else FactStatus.UNKNOWN for c in rows)
    known = sum(1 for c in rows if _HELD[field](c))
    read = statuses[FactStatus.VERIFIED] + statuses[FactStatus.REPORTED]
    sourced = read / known if known else None
    return FactCount(
        field, known, statuses[FactStatus.VERIFIED], statuses[FactStatus.REPORTED], statuses[FactStatus.ESTIMATE], statuses[FactStatus.UNKNOWN], sourced
    )
