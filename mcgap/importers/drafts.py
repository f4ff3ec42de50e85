"""Entries on their way from another format: ids made, references between them settled, records checked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from mcgap.catalog.clean import slug_of
from mcgap.catalog.fields import credential_of
from mcgap.catalog.shelf import Linking
from mcgap.errors import TableError
from mcgap.records import Credential

URN = "urn:mcgap:credential:"
SKILL_URN = "urn:mcgap:skill:"
ISSUER_URN = "urn:mcgap:issuer:"
_MOST_NOTES = 50


@dataclass(slots=True)
class Notes:
    """What an import left out or could not use, in sentences; repeated ones are counted."""

    counts: dict[str, int] = field(default_factory=dict)

    def say(self, sentence: str) -> None:
        self.counts[sentence] = self.counts.get(sentence, 0) + 1

    def tell(self, sentence: str) -> None:
        """Say what holds for the file, once."""
        self.counts[sentence] = 1

    def lines(self) -> tuple[str, ...]:
        lines = [sentence if n == 1 else f"{sentence} ({n} times)" for sentence, n in self.counts.items()]
        return tuple(lines[:_MOST_NOTES]) + ((f"and {len(lines) - _MOST_NOTES} more notes",) if len(lines) > _MOST_NOTES else ())


@dataclass(slots=True)
class Draft:
    """One entry as plain values, with the names that the file's references use for it.

    References stand in prerequisites, components and stacks as in the file; ``names`` are the file's own
    identifiers of this entry.
    """

    plain: dict[str, Any]
    names: tuple[str, ...] = ()
    titles: dict[str, str] = field(default_factory=dict)


def settle(drafts: Sequence[Draft], file: str, linker: Linking, notes: Notes) -> tuple[Credential, ...]:
    """Drafts as records with unique ids. What cannot be used is left out and noted."""
    ids: dict[str, str] = {}
    taken: set[str] = set()
    for draft in drafts:
        name = _free(slug_of(str(draft.plain.get("id") or draft.plain.get("title") or "")) or "credential", taken)
        taken.add(name)
        draft.plain["id"] = name
        for known in (*draft.names, URN + name):
            ids.setdefault(known, name)
    found = []
    for row, draft in enumerate(drafts, 1):
        _translate(draft, ids, notes)
        try:
            found.append(credential_of(draft.plain, file, row, linker))
        except TableError as error:
            notes.say(f"Entry {row} was left out: {error.column or 'entry'}: {error.problem}.")
    return tuple(found)


def _free(name: str, taken: set[str]) -> str:
    if name not in taken:
        return name
    n = 2
    while f"{name}-{n}" in taken:
        n += 1
    return f"{name}-{n}"


def _translate(draft: Draft, ids: dict[str, str], notes: Notes) -> None:
    """References to ids. A prerequisite outside the file is kept as text, a component outside it is left out."""
    plain = draft.plain
    recommended = [ids.get(ref) or _as_text(ref, draft) for ref in plain.get("prerequisites_recommended", ())]
    required: list[str] = []
    for ref in plain.get("prerequisites_required", ()):
        known = ids.get(ref) or _our_id(ref)
        if known is not None:
            required.append(known)
        else:
            notes.say("A required prerequisite outside the file was kept as a recommended text.")
            recommended.append(_as_text(ref, draft))
    components = [ids.get(ref) or _our_id(ref) for ref in plain.get("components", ())]
    if None in components:
        notes.say("Components outside the file were left out.")
    plain["prerequisites_required"] = required
    plain["prerequisites_recommended"] = recommended
    plain["components"] = [name for name in components if name]
    plain["stacks_into"] = [
        {**stack, "id": name}
        for stack in plain.get("stacks_into", ())
        if (name := ids.get(stack["id"]) or _our_id(stack["id"]) or _last_part(stack["id"], draft))
    ]


def _our_id(ref: str) -> str | None:
    return ref.removeprefix(URN) if ref.startswith(URN) else None


def _as_text(ref: str, draft: Draft) -> str:
    ours = _our_id(ref)
    return ours or f"text: {draft.titles.get(ref, ref).removeprefix('text:').strip()}"


def _last_part(ref: str, draft: Draft) -> str:
    return slug_of(draft.titles.get(ref) or ref.rstrip("/").rpartition("/")[2])
