"""Credentials by words: names first, then skills, issuer, roles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mcgap.catalog.shelf import Catalog
from mcgap.records import Credential
from mcgap.taxonomy import Taxonomy
from mcgap.text import phrase_key, squash

_NAME, _ALL_NAME = 8, 40


@dataclass(frozen=True, slots=True)
class Hit:
    """A credential found, its score (for the order only), and where the words were found."""

    credential: Credential
    score: int
    where: tuple[str, ...]


def search_catalog(query: str, catalog: Catalog, taxonomy: Taxonomy) -> tuple[Hit, ...]:
    """The credentials in which every word of the query stands, best first, ties by id."""
    words = phrase_key(query)
    if not words:
        return ()
    hits = [hit for credential in catalog if (hit := _hit(words, squash(query), credential, taxonomy)) is not None]
    return tuple(sorted(hits, key=lambda h: (-h.score, h.credential.id)))


def _hit(words: tuple[str, ...], whole: str, credential: Credential, taxonomy: Taxonomy) -> Hit | None:
    score = 0
    where: dict[str, None] = {}
    best: dict[str, int] = dict.fromkeys(words, 0)
    for place, weight, text in _places(credential, taxonomy):
        if weight == _NAME and squash(text) == whole:
            score += _ALL_NAME
        present = set(phrase_key(text))
        for word in words:
            if word in present or (len(word) >= 4 and any(p.startswith(word) for p in present)):
                where[place] = None
                best[word] = max(best[word], weight)
    if score == 0 and not all(best.values()):
        return None
    return Hit(credential, score + sum(best.values()), tuple(where))


def _places(c: Credential, taxonomy: Taxonomy) -> Iterator[tuple[str, int, str]]:
    for text in (c.title, c.id, *c.aliases, c.exam_code or ""):
        yield "name", _NAME, text
    for taught in c.skills:
        yield "skills", 5, taxonomy.name(taught.skill)
    yield "issuer", 3, c.issuer.name
    for text in (*c.roles, *c.co_developers):
        yield "roles", 2, text
    for text in (*c.industries, c.type):
        yield "fields", 2, text
