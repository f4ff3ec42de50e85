"""The records of this door."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mcgap.records import Check, Closing, Credential, FrontierPoint, Gap, Plan, Report, Sensitivity, Through, WhatIf

# From this readiness on a posting counts as within reach (after JCRec, SIGIR 2024).
WITHIN_REACH = 0.8


@dataclass(frozen=True, slots=True)
class Outlook:
    """One report with what would change its ranking and its plan. ``checks`` are (credential, its checklist); ``currency`` is that of the budget."""

    report: Report
    by_hours: tuple[FrontierPoint, ...]
    by_cost: tuple[FrontierPoint, ...]
    sensitivity: Sensitivity
    what_ifs: tuple[WhatIf, ...]
    through: tuple[Through, ...]
    checks: tuple[tuple[Credential, tuple[Check, ...]], ...] = ()
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """What is kept of one posting: no text, only what is asked and how it stands. ``error`` is why there is nothing."""

    id: str
    title: str = ""
    gaps: tuple[Gap, ...] = ()
    readiness: float | None = None
    certifications: tuple[str, ...] = ()
    error: str = ""


@dataclass(frozen=True, slots=True)
class Collection:
    """The postings of a portfolio as read. ``copies`` are postings whose text had been read before; each text counts once."""

    postings: tuple[Summary, ...]
    copies: int
    has_resume: bool
    held: frozenset[str]
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SkillCount:
    """How many postings ask for a skill, by strength, and in how many of those that require or prefer it it is open."""

    skill: str
    required: int
    preferred: int
    duty: int
    open: int

    @property
    def asked(self) -> int:
        """Postings that name it as required or preferred."""
        return self.required + self.preferred


@dataclass(frozen=True, slots=True)
class Lift:
    """What one credential does over all postings: ``lifted`` are the ids of those that it brings within reach.

    ``bears_on`` counts the postings with a gap that it closes or narrows; ``mean_gain`` is the mean rise of readiness over all.
    """

    credential: Credential
    lifted: tuple[str, ...]
    bears_on: int
    mean_gain: float
    closes: tuple[Closing, ...]


@dataclass(frozen=True, slots=True)
class PostingRow:
    """One posting before and after; readiness is 0–1, None where nothing was recognised or it could not be read."""

    id: str
    title: str
    readiness: float | None
    with_best: float | None
    with_plan: float | None
    certifications: tuple[str, ...]
    error: str = ""


@dataclass(frozen=True, slots=True)
class Portfolio:
    """What many postings have in common. Counts are of these postings, and say nothing about any market.

    ``read`` are those with something recognised, ``within`` those within reach now, ``within_plan`` those that the plan brings there or are already.
    """

    postings: tuple[PostingRow, ...]
    copies: int
    has_resume: bool
    skills: tuple[SkillCount, ...]
    certifications: Mapping[str, int]
    lifts: tuple[Lift, ...]
    plan: Plan
    pooled: int
    pooled_share: float
    mean_readiness: float | None
    mean_with_plan: float | None
    currency: str = ""
    warnings: tuple[str, ...] = ()

    @property
    def read(self) -> int:
        return sum(1 for row in self.postings if row.readiness is not None)

    @property
    def failed(self) -> int:
        return sum(1 for row in self.postings if row.error)

    @property
    def within(self) -> int:
        return sum(1 for row in self.postings if is_within(row.readiness))

    @property
    def within_plan(self) -> int:
        return sum(1 for row in self.postings if is_within(row.with_plan))

    @property
    def naming(self) -> int:
        """Postings that name a certification."""
        return sum(1 for row in self.postings if row.certifications)


def is_within(readiness: float | None) -> bool:
    return readiness is not None and readiness >= WITHIN_REACH - 1e-9
