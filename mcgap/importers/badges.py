"""Badges that a person has earned, as proof of held skills, with their expiry."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from mcgap.catalog import Catalog
from mcgap.catalog.sources import parse_json, read_text
from mcgap.errors import TableError
from mcgap.importers.drafts import Notes
from mcgap.importers.jsonld import Node, day_of, id_of, index_of, list_of, nodes_of, resolve, text_of, types_of
from mcgap.importers.openbadges import AWARDS, DEFINITIONS, skill_parts
from mcgap.records import Evidence, Have
from mcgap.taxonomy import Taxonomy

CERTIFIED_STRENGTH = 0.9
_LAPSED_STRENGTH = 0.4


@dataclass(frozen=True, slots=True)
class EarnedBadge:
    """A badge of a person. ``skills`` are taxonomy ids, ``unlinked`` the names that the taxonomy does not know.

    mcgap reads badges offline: it does not check signatures, and knows of a revocation only what the file says.
    """

    name: str
    issuer: str | None
    skills: tuple[str, ...]
    unlinked: tuple[str, ...] = ()
    issued_on: date | None = None
    expires_on: date | None = None
    revoked: bool = False
    source: str = ""

    def holds_on(self, day: date) -> bool:
        """Whether the badge still holds: not revoked, and not expired before ``day``."""
        return not self.revoked and (self.expires_on is None or self.expires_on >= day)


def read_badges(path: Path, taxonomy: Taxonomy) -> tuple[EarnedBadge, ...]:
    """The awarded badges of an Open Badges file: 2.0 Assertions, 3.0 credentials, one or many, also as a compact JWS.

    Raises TableError where the file cannot be read or awards nothing.
    """
    text = read_text(path)
    data = _payload(text, path.name) if _is_compact(text) else parse_json(text, path.name)
    index = index_of(data)
    badges = [badge for node in nodes_of(data) if types_of(node) & AWARDS and (badge := _badge(node, index, taxonomy, path.name)) is not None]
    if badges:
        return tuple(badges)
    if any(types_of(node) & DEFINITIONS for node in nodes_of(data)):
        raise TableError(
            path.name, None, None, "the file defines a badge and awards it to nobody; export the badge that you earned (an Assertion or an OpenBadgeCredential)"
        )
    raise TableError(path.name, None, None, "there is no earned badge in the file; give Open Badges JSON (an Assertion or an OpenBadgeCredential)")


def badge_haves(badges: Iterable[EarnedBadge], catalog: Catalog, *, today: date) -> tuple[Have, ...]:
    """What badges prove, one have a skill, in id order. Revoked badges prove nothing, expired ones little.

    A badge named as a credential of the catalog also proves what that credential assesses.
    """
    found: dict[str, Have] = {}
    for badge in badges:
        if badge.revoked:
            continue
        for skill, credential in _proven(badge, catalog).items():
            strength = CERTIFIED_STRENGTH if badge.holds_on(today) else _LAPSED_STRENGTH
            month = (badge.issued_on.year, badge.issued_on.month) if badge.issued_on else None
            have = Have(skill, Evidence.CERTIFIED, strength, (), last_used=month, credential=credential, badge=badge.name)
            held = found.get(skill)
            if held is None or (have.strength, have.last_used or (0, 0)) > (held.strength, held.last_used or (0, 0)):
                found[skill] = have
    return tuple(found[skill] for skill in sorted(found))


def _proven(badge: EarnedBadge, catalog: Catalog) -> dict[str, str | None]:
    ids = catalog.named(badge.name)
    credential = catalog[ids[0]] if len(ids) == 1 else None
    name = credential.id if credential else None
    assessed = [s.skill for s in credential.skills if s.assessed] if credential else []
    return dict.fromkeys((*badge.skills, *assessed), name)


def _badge(node: Node, index: Mapping[str, Node], taxonomy: Taxonomy, source: str) -> EarnedBadge | None:
    subjects = [s for s in list_of(node.get("credentialSubject")) if isinstance(s, Mapping)]
    definition = resolve(node.get("badge") if node.get("badge") is not None else next((s.get("achievement") for s in subjects), None), index)
    name = text_of(definition.get("name")) or text_of(node.get("name"))
    if name is None:
        return None
    issuer = resolve(definition.get("issuer") or definition.get("creator") or node.get("issuer"), index)
    skills = [part["id"] for part in skill_parts(definition, taxonomy, Notes())]
    own = taxonomy.named(name)
    linked = [s for s in skills if s in taxonomy] + (list(own) if len(own) == 1 else [])
    return EarnedBadge(
        name,
        text_of(issuer.get("name")),
        tuple(dict.fromkeys(linked)),
        tuple(s for s in skills if s not in taxonomy),
        _day(node, "issuedOn", "awardedDate", "validFrom", "issuanceDate"),
        _day(node, "expires", "validUntil", "expirationDate"),
        node.get("revoked") is True,
        id_of(node) or source,
    )


def _day(node: Node, *names: str) -> date | None:
    for name in names:
        text = day_of(node.get(name))
        if text is not None:
            try:
                return date.fromisoformat(text)
            except ValueError:  # 2026-02-30
                continue
    return None


def _is_compact(text: str) -> bool:
    stripped = text.strip()
    return stripped.startswith("eyJ") and stripped.count(".") == 2 and "\n" not in stripped


def _payload(text: str, name: str) -> Any:
    """The payload of a compact JWS; the signature is not checked."""
    part = text.strip().split(".")[1]
    try:
        decoded = base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError, ValueError):
        raise TableError(name, None, None, "this looks like a signed badge and cannot be decoded; download it again") from None
    data = parse_json(decoded, name)
    return data.get("vc", data) if isinstance(data, dict) else data
