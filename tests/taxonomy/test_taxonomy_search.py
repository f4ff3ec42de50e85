"""Search, differences, counts and rows of a taxonomy."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from factories import make_skill, make_taxonomy

from mcgap.records import SkillType
from mcgap.taxonomy import Skill, load_taxonomy
from mcgap.taxonomy.diff import SkillChange, diff_taxonomies
from mcgap.taxonomy.reading import read_skill_table
from mcgap.taxonomy.search import search_taxonomy
from mcgap.taxonomy.stats import SOC_GROUPS, taxonomy_stats
from mcgap.taxonomy.writing import skills_csv

KUBERNETES = make_skill("kubernetes", kind=SkillType.TOOL, aliases=("K8s", "container orchestration"), related=("docker",))
DOCKER = make_skill("docker", kind=SkillType.TOOL, aliases=("container images",))
WELDING = make_skill("tig-welding", "TIG welding", aliases=("GTAW",), ambiguous="GTAW=cased", half_life=15.0, teachable=False, esco="uri")
SMALL = make_taxonomy(KUBERNETES, DOCKER, WELDING)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("kubernetes", [("kubernetes", "id")]),
        ("Kubernetes", [("kubernetes", "name")]),
        ("k8s", [("kubernetes", "alias")]),
        ("tigwelding", [("tig-welding", "name")]),
        ("container", [("docker", "words"), ("kubernetes", "words")]),
        ("kuberntes", [("kubernetes", "fuzzy")]),
        ("zzzzzz", []),
        ("   ", []),
    ],
)
def test_how_a_skill_is_found(query: str, expected: list[tuple[str, str]]) -> None:
    assert [(h.skill.id, h.how) for h in search_taxonomy(query, SMALL)] == expected


def test_near_spellings_can_be_left_out_and_hits_are_limited() -> None:
    assert search_taxonomy("kuberntes", SMALL, fuzzy=False) == ()
    assert len(search_taxonomy("container", SMALL, limit=1)) == 1


def test_the_shipped_taxonomy_answers() -> None:
    ours = load_taxonomy()
    assert search_taxonomy("k8s", ours)[0].skill.id == "kubernetes"
    assert search_taxonomy("book keeping", ours)[0].skill.id == "bookkeeping"


@pytest.mark.parametrize(
    ("held", "needed", "expected"),
    [
        ("office", "word", "implies"),
        ("office", "typing", "implies"),  # over what is implied
        ("word", "office", "narrower"),
        ("word", "office-software", "narrower"),
        ("word", "typing", "implies"),
        ("word", "excel", None),  # only the suite implies it: a part of the suite does not
        ("office-software", "word", None),
    ],
)
def test_what_is_implied_is_what_a_skill_itself_implies(held: str, needed: str, expected: str | None) -> None:
    suite = make_skill("office", kind=SkillType.TOOL, broader=("office-software",), implies=("word", "excel"))
    word, excel = (make_skill(name, kind=SkillType.TOOL, broader=("office",), implies=("typing",) if name == "word" else ()) for name in ("word", "excel"))
    taxonomy = make_taxonomy(suite, word, excel, make_skill("office-software"), make_skill("typing"))
    kin = taxonomy.kin(held, needed)
    assert (kin.name if kin is not None else None) == expected
    assert (needed in taxonomy.implied(held)) == (expected == "implies")


def test_no_part_of_a_shipped_suite_stands_for_another() -> None:
    ours = load_taxonomy()
    assert set(ours.implied("microsoft-office")) > {"microsoft-word", "microsoft-excel"}
    assert ours.kin("microsoft-word", "microsoft-excel") is None


def test_no_difference_to_itself_whatever_the_order() -> None:
    turned = replace(KUBERNETES, aliases=KUBERNETES.aliases[::-1])
    assert diff_taxonomies([KUBERNETES, DOCKER], [DOCKER, turned]) == ()


def test_differences() -> None:
    changed = replace(WELDING, name="GTA welding", aliases=("GTAW", "heliarc"), half_life=None, teachable=True)
    assert diff_taxonomies([WELDING, DOCKER], [changed, KUBERNETES]) == (
        SkillChange("docker", "removed"),
        SkillChange("kubernetes", "added"),
        SkillChange("tig-welding", "changed", "name", ("TIG welding",), ("GTA welding",)),
        SkillChange("tig-welding", "changed", "half_life", ("15",), ()),
        SkillChange("tig-welding", "changed", "teachable", ("no",), ("yes",)),
        SkillChange("tig-welding", "changed", "aliases", (), ("heliarc",)),
    )


def test_counts_add_up() -> None:
    rows = [
        replace(WELDING, category="welding-fabrication"),
        replace(DOCKER, category="devops"),
        replace(KUBERNETES, category="soft-skills"),
        make_skill("odd"),
    ]
    stats = taxonomy_stats(rows)
    assert (stats.skills, stats.forms, stats.rules, stats.with_kin, stats.with_esco) == (4, 8, 1, 1, 1)
    for counts in (stats.types, stats.categories, stats.groups):
        assert sum(c.skills for c in counts) == 4
        assert sum(c.forms for c in counts) == 8
    by_group = {c.key: c.skills for c in stats.groups}
    assert (by_group["51"], by_group["15"], by_group[""], by_group["55"]) == (1, 1, 2, 0)
    assert {c.key: c.name for c in stats.categories}["testing"] == "unknown category"


def test_every_occupation_group_has_at_least_eighty_skills() -> None:
    counts = {c.key: c.skills for c in taxonomy_stats(load_taxonomy()).groups}
    assert {group: counts[group] for group in SOC_GROUPS if counts[group] < 80} == {}


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "skills.csv"
    rows: list[Skill] = [KUBERNETES, DOCKER, WELDING]
    path.write_text(skills_csv(rows), encoding="utf-8")
    assert list(read_skill_table(path)) == rows
