"""Each check of a taxonomy finds what it is for, names the row, and leaves a sound table alone."""

from __future__ import annotations

import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from factories import make_skill

from mcgap.errors import TableError
from mcgap.taxonomy import Skill
from mcgap.taxonomy import lint as lint_module
from mcgap.taxonomy.lint import SkillFinding, lint_files, lint_skills

needs_wordfreq = pytest.mark.skipif(find_spec("wordfreq") is None, reason="wordfreq is not installed, so common words are not checked")


def findings(*skills: Skill, whole: bool = False) -> list[SkillFinding]:
    return list(lint_skills((s for s in skills), whole=whole).findings)


def skill(name: str, title: str | None = None, **fields: Any) -> Skill:
    return make_skill(name, title, category=fields.pop("category", "nursing"), **fields)


def one(check: str, *skills: Skill, whole: bool = False) -> SkillFinding:
    found = [f for f in findings(*skills, whole=whole) if f.check == check]
    assert len(found) == 1, found
    assert found[0].fix
    return found[0]


def test_the_shipped_table_is_clean_and_is_checked_in_time() -> None:
    started = time.perf_counter()
    result = lint_files()
    assert [f"row {f.row}: {f.skill}: {f.problem}" for f in result.findings] == []
    assert result.skills >= 4500
    assert result.forms >= 15000
    assert time.perf_counter() - started < 10


def test_a_sound_pair_has_no_findings() -> None:
    assert findings(skill("wound-care", aliases=("dressing wounds",)), skill("infusion-pump", broader=("wound-care",))) == []


def test_a_form_of_two_skills_is_found_once() -> None:
    found = one("shared-form", skill("billing", aliases=("coding",)), skill("programming", aliases=("Coding",)))
    assert found.skill == "programming"
    assert "billing" in found.problem


def test_a_form_of_two_skills_is_settled_by_a_rule_on_one_of_them() -> None:
    ruled = skill("billing", aliases=("coding",), ambiguous="coding=near medical icd")
    assert findings(ruled, skill("programming", aliases=("coding",))) == []


def test_look_alikes_differ_in_spaces_alone() -> None:
    found = one("look-alike", skill("power-shell", "Power Shell"), skill("powershell", "PowerShell"))
    assert "power-shell" in found.problem


@pytest.mark.parametrize("column", ["broader", "implies"])
def test_a_cycle_is_found_once_however_it_is_entered(column: str) -> None:
    rows = [skill("zz-start", **{column: ("bb",)}), skill("bb", **{column: ("cc",)}), skill("cc", **{column: ("aa",)}), skill("aa", **{column: ("bb",)})]
    assert one(f"{column}-cycle", *rows).problem.count("→") == 3


def test_two_roads_to_one_parent_are_no_cycle() -> None:
    rows = [skill("a-top"), skill("b-left", broader=("a-top",)), skill("c-right", broader=("a-top",)), skill("d-low", broader=("b-left", "c-right"))]
    assert findings(*rows) == []


@pytest.mark.parametrize("column", ["broader", "implies", "related"])
def test_unknown_kin(column: str) -> None:
    assert "'nowhere'" in one("unknown-kin", skill("aa", **{column: ("nowhere",)})).problem


def test_a_skill_that_is_its_own_kin() -> None:
    assert "itself" in one("unknown-kin", skill("aa", related=("aa",))).problem


def test_a_one_letter_form_needs_a_rule() -> None:
    assert "'R'" in one("short-form", skill("r-language", "R language", aliases=("R",))).problem
    assert findings(skill("r-language", "R language", aliases=("R",), ambiguous="R=cased,listed")) == []


def test_a_form_without_a_word() -> None:
    assert "holds no word" in one("short-form", skill("dots", "Dots", aliases=("...",))).problem


@needs_wordfreq
def test_a_common_word_needs_a_rule_or_a_mark_that_it_was_looked_at() -> None:
    assert "'people'" in one("common-word", skill("leading", "Team leading", aliases=("people",))).problem
    assert findings(skill("leading", "Team leading", aliases=("people",), ambiguous="people=listed")) == []
    assert findings(skill("leading", "Team leading", aliases=("people",), ambiguous="people=")) == []
    assert findings(skill("leading", "Team leading", aliases=("people pleasing", "phlebotomy"))) == []


def test_without_wordfreq_the_check_is_left_out_aloud(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lint_module, "find_spec", lambda name: None)
    result = lint_skills([skill("leading", "Team leading", aliases=("people",))], whole=False)
    assert result.findings == ()
    assert len(result.skipped) == 1
    assert "wordfreq" in result.skipped[0]


def test_categories_and_groups_of_a_whole_table() -> None:
    found = findings(skill("aa", category="nowhere"), skill("bb", category=""), skill("cc"), whole=True)
    said = {f.problem for f in found}
    assert "the category 'nowhere' is unknown" in said
    assert "it has no category" in said
    assert "the category 'welding-fabrication' has no skills" in said
    assert any("29 (Healthcare practitioners and technical) has 1 skills, fewer than 80" in problem for problem in said)
    assert "the occupation group 55 (Military specific) is empty" in said


def test_part_of_a_table_may_leave_groups_empty() -> None:
    assert findings(skill("aa"), skill("bb", category="")) == []


def test_a_rule_for_no_form() -> None:
    assert "'gone'" in one("rule-without-form", skill("aa", ambiguous="gone=listed")).problem


def test_a_veto_must_contain_its_form() -> None:
    aliases = ("access",)
    assert "'right to'" in one("veto-without-form", skill("ms-access", "MS Access", aliases=aliases, ambiguous="access=listed,not right to")).problem
    assert findings(skill("ms-access", "MS Access", aliases=aliases, ambiguous="access=listed,not access to/right of access")) == []


def test_a_form_given_twice() -> None:
    assert "2 times" in one("doubled-form", skill("aa", "Care", aliases=("Care",), ambiguous="Care=listed")).problem


def test_own_files_are_checked_over_ours_and_rows_are_named(tmp_path: Path) -> None:
    mine = tmp_path / "mine.csv"
    mine.write_text(
        "id,name,aliases,broader\nfoo-tool,Foo Tool,Kubernetes,nowhere\nBad Id,Bad,,\nfoo-tool,Again,,\nbar-tool,Bar Tool,,foo-tool\n", encoding="utf-8"
    )
    result = lint_files([mine])
    assert [(f.row, f.skill, f.check) for f in result.findings] == [
        (2, "foo-tool", "shared-form"),
        (2, "foo-tool", "unknown-kin"),
        (3, "Bad Id", "row"),
        (4, "foo-tool", "same-id"),
    ]
    assert {f.file for f in result.findings} == {"mine.csv"}
    assert result.skills == 2


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="no such file"):
        lint_files([tmp_path / "gone.csv"])
