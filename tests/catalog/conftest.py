"""A small taxonomy and one credential with every field filled."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from mcgap.records import SkillType
from mcgap.taxonomy import Skill, Taxonomy

SKILLS = Taxonomy.of(
    [
        Skill("sql", "SQL", SkillType.TOOL, "databases", ("structured query language",)),
        Skill("python", "Python", SkillType.TOOL, "programming-languages"),
        Skill("kubernetes", "Kubernetes", SkillType.TOOL, "devops", ("k8s",)),
        Skill("spring-framework", "Spring Framework", SkillType.TOOL, "web-development", ("Spring",)),
        Skill("spring-season", "Spring season", SkillType.DOMAIN, "crop-horticulture", ("Spring",)),
        Skill("cka-certification", "CKA", SkillType.CERTIFICATION, "devops", ("Certified Kubernetes Administrator",)),
        Skill("patience", "Patience", SkillType.SOFT, "soft-skills", teachable=False),
    ]
)
FULL: dict[str, Any] = {
    "id": "cka",
    "title": "Certified Kubernetes Administrator",
    "aliases": ["CKA", "K8s admin"],
    "exam_code": "CKA-1.30",
    "issuer": {
        "id": "example-body",
        "name": "Example Body",
        "kind": "industry-body",
        "fields": ["devops"],
        "why": "made up",
        "products": ["Example"],
        "source": "test",
    },
    "type": "certification",
    "issuer_label": "exam",
    "skills": [
        {"id": "kubernetes", "weight": 0.7, "level": "working", "role": "assessed"},
        {"id": "python", "weight": 0.3, "level": "basic", "role": "taught"},
    ],
    "level": "working",
    "prerequisites_required": ["linux-basics"],
    "prerequisites_recommended": ["text: a year of Linux"],
    "experience_months": 6,
    "hours": {"min": 60, "max": 120, "basis": "estimate"},
    "weeks": 8,
    "sittings": 2,
    "cost": {"min": 395, "max": 445, "currency": "USD", "kind": "exam", "recurring": "2-yearly 200", "as_of": "2026-03"},
    "assessment": {"kind": "performance", "applied": 3, "minutes": 120, "proctored": True},
    "validity_months": 24,
    "renewal": "sit the exam again",
    "last_revised": "2026-01",
    "status": "retiring",
    "retires_on": "2027-12-31",
    "stacks_into": [
        {"id": "kubestronaut", "kind": "designation"},
        {"id": "big-one", "kind": "larger-certificate"},
        {"id": "msc", "kind": "degree-credit"},
    ],
    "components": ["part-one"],
    "credit": {"ects": 2, "us": 1.5, "by": "Example University"},
    "recognition": [
        {"scope": "employer", "name": "Example Ltd", "evidence": "postings: 2026", "as_of": "2026-02"},
        {"scope": "field", "name": "Example Field", "evidence": "https://x.example/list"},
        {"scope": "law", "name": "Example Act"},
    ],
    "co_developers": ["Example Labs"],
    "industries": ["devops"],
    "countries": ["GB", "EU"],
    "roles": ["platform engineer"],
    "languages": ["en", "ja"],
    "delivery": "online",
    "url": "https://body.example/cka",
    "provenance": [
        {"field": "cost", "status": "verified", "as_of": "2026-03", "source": "https://body.example/fees"},
        {"field": "hours", "status": "estimate"},
    ],
}


@pytest.fixture(scope="session")
def skills() -> Taxonomy:
    return SKILLS


@pytest.fixture
def full() -> dict[str, Any]:
    return copy.deepcopy(FULL)
