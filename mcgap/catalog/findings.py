"""What lint says: where, what is wrong, what to do."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem of a catalog. ``level`` is error (it misleads) or warning (it is incomplete or odd)."""

    check: str
    level: str
    credential: str
    problem: str
    fix: str
    row: int | None = None
    file: str | None = None
