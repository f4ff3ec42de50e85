"""A small taxonomy for the samples."""

from __future__ import annotations

from pathlib import Path

import pytest

from mcgap.records import SkillType
from mcgap.taxonomy import Skill, Taxonomy


@pytest.fixture(scope="session")
def skills() -> Taxonomy:
    return Taxonomy.of(
        [
            Skill("sql", "SQL", SkillType.TOOL, "databases", ("structured query language",)),
            Skill("python", "Python", SkillType.TOOL, "programming-languages"),
            Skill("kubernetes", "Kubernetes", SkillType.TOOL, "devops", ("k8s",)),
        ]
    )


@pytest.fixture(scope="session")
def samples() -> Path:
    return Path(__file__).parent / "samples"
