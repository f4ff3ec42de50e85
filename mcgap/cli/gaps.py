"""Gaps given by name in place of a posting: "Kubernetes, Terraform (advanced)"."""

from __future__ import annotations

import re

from mcgap.errors import SettingsError
from mcgap.records import Ask, Country, Document, DocumentKind, Extraction, Level, Mention, SectionKind, Span, Strength
from mcgap.taxonomy import Taxonomy
from mcgap.taxonomy.search import search_taxonomy

SOURCE = "--gaps"
_SEPARATOR = re.compile(r"[,;\n](?![^()]*\))")
_SAID = re.compile(r"\s*\(([^()]*)\)\s*$")
_NEAR = 4


def read_gaps(text: str, taxonomy: Taxonomy, countries: tuple[Country, ...] = ()) -> Extraction:
    """The named skills as what a posting asks for: required, at any level, unless a name says else in parentheses.

    Raises SettingsError where a name stands for no skill, or for several.
    """
    asks: dict[str, Ask] = {}
    for part in _parts(text):
        ask = _ask(part, taxonomy)
        asks.setdefault(ask.mention.skill or "", ask)
    if not asks:
        raise SettingsError('--gaps names no skill; write them with commas between, for example --gaps "Kubernetes, Terraform (advanced)".')
    return Extraction(Document(text, SOURCE, DocumentKind.POSTING), (), tuple(asks.values()), countries=countries)


def skill_named(name: str, taxonomy: Taxonomy, option: str = SOURCE) -> str:
    """The one skill that a name stands for. Raises SettingsError with near names where there is none, or with the choice where there are several."""
    found = taxonomy.named(name)
    if len(found) > 1:
        own = tuple(skill for skill in found if taxonomy.name(skill).casefold() == name.casefold())
        found = own or found
    if len(found) == 1:
        return found[0]
    if found:
        raise SettingsError(f"{option}: \u201c{name}\u201d may mean {_choice(found, taxonomy)}; write the one you mean.")
    near = tuple(hit.skill.id for hit in search_taxonomy(name, taxonomy, limit=_NEAR))
    hint = f"did you mean {_choice(near, taxonomy)}?" if near else "try another name for it, or add it with --taxonomy."
    raise SettingsError(f"{option}: \u201c{name}\u201d is in no skill list; {hint}")


def _parts(text: str) -> list[Span]:
    """The names with where they stand."""
    parts, start = [], 0
    for end in (*(m.start() for m in _SEPARATOR.finditer(text)), len(text)):
        words = text[start:end]
        name = words.strip()
        if name:
            first = start + len(words) - len(words.lstrip())
            parts.append(Span(first, first + len(name), name))
        start = end + 1
    return parts


def _ask(part: Span, taxonomy: Taxonomy) -> Ask:
    name: str = part.text
    said: tuple[str, ...] = ()
    match = _SAID.search(name)
    # A name that holds parentheses of its own, such as "Bookkeeping (double entry)", is tried whole first.
    if match is not None and not taxonomy.named(name):
        name, said = name[: match.start()].strip(), tuple(word.strip().casefold() for word in match.group(1).split(","))
    level, strength = None, Strength.REQUIRED
    for word in said:
        if word in _LEVELS:
            level = _LEVELS[word]
        elif word in _STRENGTHS:
            strength = _STRENGTHS[word]
        else:
            raise SettingsError(f"{SOURCE}: \u201c{word}\u201d after {name} says neither level nor strength; write {', '.join((*_LEVELS, *_STRENGTHS))}.")
    mention = Mention(part.start, part.start + len(name), name, skill_named(name, taxonomy))
    return Ask(mention, strength, SectionKind.REQUIREMENTS, level=level)


def _choice(skills: tuple[str, ...], taxonomy: Taxonomy) -> str:
    names = [f"{taxonomy.name(skill)} ({skill})" for skill in skills]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"


_LEVELS = {level.value: level for level in Level}
_STRENGTHS = {"required": Strength.REQUIRED, "preferred": Strength.PREFERRED}
