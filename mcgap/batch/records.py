"""The records of a batch: what comes in, what is sent to a worker, what comes out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from mcgap.records import Extraction

# A cell: several names, one text, a number, or nothing.
Cell = tuple[str, ...] | str | float | None
Row = Mapping[str, Cell]

PAIR_COLUMNS = (
    "posting_id", "resume_id", "readiness", "verdict", "met", "claimed", "missing", "gates_not_met", "best_credentials", "plan_hours", "plan_cost", "error",
)  # fmt: skip
POSTING_COLUMNS = ("posting_id", "title", "required", "preferred", "duty", "alternatives", "years", "education", "warnings", "error")
LISTS = frozenset({"met", "claimed", "missing", "gates_not_met", "best_credentials", "required", "preferred", "duty", "alternatives", "education", "warnings"})
NUMBERS = frozenset({"readiness", "plan_hours", "plan_cost", "years"})


class Pairing(StrEnum):
    """Which postings meet which résumés. ``NONE`` is postings alone."""

    NONE = "none"
    ALL = "all"
    SAME_ROW = "same-row"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Entry:
    """One posting or résumé as it stands in the input; ``number`` is its row, from 1.

    ``path`` is a file still to be read, in place of ``text``. ``error`` is the sentence of a row that cannot be used.
    """

    number: int
    id: str
    text: str = ""
    title: str = ""
    path: str | None = None
    error: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """One entry as read: its extraction, or the sentence that says why there is none."""

    id: str
    extraction: Extraction | None
    error: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """What a worker does in one go. ``resumes`` are the partners of ``postings``, one each; empty where every posting meets every résumé."""

    postings: tuple[Entry, ...]
    resumes: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a batch is. ``share`` is the part of the input that is done, 0–1; None where it is not known."""

    rows: int
    failed: int
    seconds: float
    share: float | None = None

    @property
    def rate(self) -> float:
        """Rows a second."""
        return self.rows / self.seconds if self.seconds > 0 else 0.0

    @property
    def left(self) -> float | None:
        """Seconds still to go, at the rate so far."""
        return self.seconds / self.share - self.seconds if self.share else None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a batch came to."""

    rows: int
    failed: int
    seconds: float
