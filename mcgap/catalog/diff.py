"""What changed between two catalogs, field by field."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from mcgap.catalog.fields import plain_of
from mcgap.records import Credential


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. ``kind`` is added · removed · changed; ``field``, ``old`` and ``new`` (plain values) only for changed."""

    credential: str
    kind: str
    field: str | None = None
    old: Any = None
    new: Any = None


def diff_catalogs(old: Iterable[Credential], new: Iterable[Credential]) -> tuple[Change, ...]:
    """The changes from one catalog to another, in id order."""
    before, after = ({c.id: plain_of(c) for c in side} for side in (old, new))
    changes: list[Change] = []
    for name in sorted({*before, *after}):
        if name not in after:
            changes.append(Change(name, "removed"))
        elif name not in before:
            changes.append(Change(name, "added"))
        else:
            fields = dict.fromkeys((*before[name], *after[name]))
            changes += [Change(name, "changed", f, before[name].get(f), after[name].get(f)) for f in fields if before[name].get(f) != after[name].get(f)]
    return tuple(changes)
