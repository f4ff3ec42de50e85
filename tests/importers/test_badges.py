"""Earned badges: what they prove, until when."""

from __future__ import annotations

import base64
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from factories import make_credential

from mcgap.catalog import Catalog
from mcgap.errors import TableError
from mcgap.importers import badge_haves, read_badges
from mcgap.taxonomy import Taxonomy


def test_an_assertion_of_2_0(samples: Path, skills: Taxonomy) -> None:
    (badge,) = read_badges(samples / "openbadges2.json", skills)
    assert (badge.name, badge.issuer, badge.skills) == ("SQL Practitioner", "Example Academy", ("sql", "python"))
    assert (badge.issued_on, badge.expires_on) == (date(2025, 3, 4), date(2027, 3, 4))
    assert [badge.holds_on(day) for day in (date(2027, 3, 4), date(2027, 3, 5))] == [True, False]


def test_a_credential_of_3_0(samples: Path, skills: Taxonomy) -> None:
    (badge,) = read_badges(samples / "openbadges3.json", skills)
    assert (badge.name, badge.issuer, badge.skills, badge.unlinked) == ("Running clusters", "Example University", ("kubernetes",), ("Yak shaving",))
    assert (badge.issued_on, badge.expires_on) == (date(2026, 1, 2), date(2026, 6, 30))


def test_many_badges_in_one_file_and_a_signed_one(samples: Path, tmp_path: Path, skills: Taxonomy) -> None:
    both = [json.loads((samples / f"openbadges{n}.json").read_text(encoding="utf-8")) for n in (2, 3)]
    path = tmp_path / "wallet.json"
    path.write_text(json.dumps({"verifiableCredential": both}), encoding="utf-8")
    assert [b.name for b in read_badges(path, skills)] == ["SQL Practitioner", "Running clusters"]
    signed = tmp_path / "signed.jwt"
    payload = base64.urlsafe_b64encode(json.dumps({"vc": both[1]}).encode()).decode().rstrip("=")
    signed.write_text(f"eyJhbGciOiJSUzI1NiJ9.{payload}.c2ln", encoding="utf-8")
    assert [b.name for b in read_badges(signed, skills)] == ["Running clusters"]


def test_what_badges_prove(samples: Path, skills: Taxonomy) -> None:
    catalog = Catalog([make_credential("running-clusters", ["python", "kubernetes"])], taxonomy=skills)
    (badge,) = read_badges(samples / "openbadges3.json", skills)
    haves = badge_haves([badge], catalog, today=date(2026, 3, 1))
    # It is named as a credential of the catalog, so it proves what that one assesses, too.
    assert [(h.skill, h.evidence, h.last_used, h.credential) for h in haves] == [
        ("kubernetes", "certified", (2026, 1), "running-clusters"),
        ("python", "certified", (2026, 1), "running-clusters"),
    ]
    lapsed = badge_haves([badge], catalog, today=date(2026, 11, 22))
    assert all(old.strength < new.strength for old, new in zip(lapsed, haves, strict=True))


def test_a_revoked_badge_proves_nothing(samples: Path, tmp_path: Path, skills: Taxonomy) -> None:
    data = json.loads((samples / "openbadges2.json").read_text(encoding="utf-8"))
    path = tmp_path / "revoked.json"
    path.write_text(json.dumps({**data, "revoked": True}), encoding="utf-8")
    badges = read_badges(path, skills)
    assert [b.revoked for b in badges] == [True]
    assert badge_haves(badges, Catalog([]), today=date(2026, 1, 1)) == ()


WRONG: list[tuple[Any, str]] = [
    ({"type": "BadgeClass", "name": "x", "id": "a"}, "awards it to nobody"),
    ({"type": "Assertion", "badge": "https://elsewhere.example/5"}, "no earned badge"),
    ({"type": "Assertion", "badge": 5}, "no earned badge"),
    ({"type": ["OpenBadgeCredential"], "credentialSubject": [5, None]}, "no earned badge"),
    ([], "no earned badge"),
    ("text", "no earned badge"),
]


@pytest.mark.parametrize(("data", "words"), WRONG, ids=[str(d)[:40] for d, _ in WRONG])
def test_files_that_award_nothing(tmp_path: Path, skills: Taxonomy, data: Any, words: str) -> None:
    path = tmp_path / "badge.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(TableError, match=words):
        read_badges(path, skills)


@pytest.mark.parametrize("text", ["eyJ.%%%.x", "eyJ.AAA.x", "eyJ." + "W1" * 50_000 + ".x"])
def test_a_damaged_signed_badge(tmp_path: Path, skills: Taxonomy, text: str) -> None:
    path = tmp_path / "badge.jwt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(TableError):
        read_badges(path, skills)
