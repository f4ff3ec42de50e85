"""Names for skills that come from another list: ours where the name agrees, else a slug of their own."""

from __future__ import annotations

import re
import unicodedata

from mcgap.taxonomy import Skill, Taxonomy
from mcgap.text import phrase_key, squash

_WORDS_FOR = {"c++": "c-plus-plus", "c#": "c-sharp", ".net": "dotnet", "&": " and ", "+": " plus ", "#": " sharp "}
_BREAKS = re.compile(r"[|\t\r\n\x1d]+")
_UNSAFE_LENGTH = 2  # forms as short as this are ordinary letters as often as a skill


def slug_of(name: str) -> str:
    """A name as an id.

    >>> slug_of("C++"), slug_of("Énergie & water"), slug_of("manage musical staff")
    ('c-plus-plus', 'energie-and-water', 'manage-musical-staff')
    """
    text = name.lower()
    for raw, words in _WORDS_FOR.items():
        text = text.replace(raw, words)
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "skill"


def clean_label(label: str) -> str:
    """A label in one line, without the marks that separate cells.

    >>> clean_label("  SAS\\tlanguage | code ")
    'SAS language / code'
    """
    return " ".join(_BREAKS.sub(lambda m: " / " if "|" in m[0] else " ", label).split())


def forms_of(name: str, others: list[str]) -> tuple[str, ...]:
    """The other labels as aliases: each once, not the name, and none without a word."""
    seen = {name.casefold()}
    aliases = []
    for label in map(clean_label, others):
        if label.casefold() not in seen and phrase_key(label):
            seen.add(label.casefold())
            aliases.append(label)
    return tuple(aliases)


def careful_rules(forms: tuple[str, ...]) -> str:
    """Rules for the forms too short to stand alone: exact case, and in a list of skills."""
    return "|".join(f"{form}=cased,listed" for form in forms if len(squash(form)) <= _UNSAFE_LENGTH and "=" not in form)


class Namer:
    """Gives ids: ours where the name is the usual name of exactly one of our skills, else a slug not given before."""

    def __init__(self, ours: Taxonomy | None = None) -> None:
        self._ours = ours
        self._names: dict[str, list[str]] = {}
        self._forms: dict[str, set[str]] = {}
        self._given: dict[str, str] = {}
        for skill in ours or ():
            self._names.setdefault(squash(skill.name), []).append(skill.id)
            for alias in skill.aliases:
                self._forms.setdefault(squash(alias), set()).add(skill.id)

    def id_for(self, name: str, key: str) -> str:
        """The id for the concept ``key`` (its identifier in the other list), whose name is ``name``."""
        agreeing = self._names.get(squash(name), [])
        slug = agreeing[0] if len(agreeing) == 1 else slug_of(name)
        clash = len(agreeing) != 1 and self._ours is not None and slug in self._ours
        if clash or self._given.get(slug, key) != key:
            slug = f"{slug}-{slug_of(key)[-8:].strip('-')}"
            number = 2
            while self._given.get(slug, key) != key or (self._ours is not None and slug in self._ours):
                slug = f"{slug}-{number}"
                number += 1
        self._given[slug] = key
        return slug

    def without_ours(self, slug: str, aliases: tuple[str, ...]) -> tuple[str, ...]:
        """The aliases that are no form of another skill of ours: what is ours stays with ours."""
        return tuple(a for a in aliases if not (self._forms.get(squash(a), set()) | set(self._names.get(squash(a), ()))) - {slug})

    def known(self, slug: str) -> Skill | None:
        """Our skill of this id, where the name agreed."""
        return self._ours.get(slug) if self._ours is not None else None
