"""Wherever an imported badge counts as proof, the output says that its signature was not checked."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]  # of conftest: status, out, err

START = ("--start", "2026-03-01")
SAID = "signature not checked"
POSTING = "Platform engineer\n\nRequirements\n- Kubernetes\n- Terraform\n"
BADGE = {
    "type": ["VerifiableCredential", "OpenBadgeCredential"],
    "issuer": {"type": ["Profile"], "name": "Example University"},
    "validFrom": "2026-01-02T00:00:00Z",
    "credentialSubject": {
        "type": ["AchievementSubject"],
        "achievement": {"type": ["Achievement"], "name": "Running clusters", "alignment": [{"type": ["Alignment"], "targetName": "Kubernetes"}]},
    },
}


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str, str]:
    """A posting, a résumé that shows nothing asked for, and a badge."""
    for name, text in (("posting.txt", POSTING), ("cv.txt", "Ann Lee\nSkills\nFrench\n"), ("badge.json", json.dumps(BADGE))):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return str(tmp_path / "posting.txt"), str(tmp_path / "cv.txt"), str(tmp_path / "badge.json")


COMMANDS = {
    "analyze": (("analyze", "{posting}", "--resume", "{resume}"), ("text", "json", "markdown", "html", "csv")),
    "plan": (("plan", "{posting}", "--resume", "{resume}"), ("text", "json", "markdown", "html")),
    "rank": (("rank", "--gaps", "Kubernetes, Terraform", "--resume", "{resume}"), ("text",)),
    "portfolio": (("portfolio", "{posting}", "--resume", "{resume}"), ("text", "json")),
}


@pytest.mark.parametrize(("command", "form"), [(name, form) for name, (_, forms) in COMMANDS.items() for form in forms])
def test_it_is_said_where_a_badge_counts(command: str, form: str, files: tuple[str, str, str], run: Run) -> None:
    posting, resume, badge = files
    arguments = [part.format(posting=posting, resume=resume) for part in COMMANDS[command][0]]
    with_badge, without = run(*arguments, "--badges", badge, "--format", form, *START), run(*arguments, "--format", form, *START)
    assert (with_badge.status, without.status) == (0, 0)
    plain = re.sub(r"\s+", " ", with_badge.out).casefold()
    assert SAID in plain
    assert "running clusters" in plain
    assert SAID not in without.out.casefold()


def test_json_says_it_of_each_need(files: tuple[str, str, str], run: Run) -> None:
    posting, resume, badge = files
    payload = json.loads(run("analyze", posting, "--resume", resume, "--badges", badge, "--format", "json", *START).out)
    needs = {need["skill"]["id"]: need for need in payload["needs"]}
    assert needs["kubernetes"]["status"] == "met"
    assert needs["kubernetes"]["badge"] == {"name": "Running clusters", "signature": "not checked"}
    assert SAID in needs["kubernetes"]["detail"]
    assert needs["terraform"]["badge"] is None
    assert any(SAID in warning.casefold() for warning in payload["warnings"])


def test_a_skill_that_the_resume_itself_shows_needs_no_badge(files: tuple[str, str, str], run: Run) -> None:
    posting, resume, badge = files
    Path(resume).write_text("Ann Lee\nExperience\nEngineer, Acme\n2020 - 2026\nRan Kubernetes.\n", encoding="utf-8")
    done = run("analyze", posting, "--resume", resume, "--badges", badge, "--format", "json", *START)
    assert SAID not in done.out.casefold()


def test_badges_count_in_a_portfolio_as_in_a_report(files: tuple[str, str, str], run: Run) -> None:
    posting, resume, badge = files
    with_badge = json.loads(run("portfolio", posting, "--resume", resume, "--badges", badge, "--format", "json", *START).out)
    report = json.loads(run("analyze", posting, "--resume", resume, "--badges", badge, "--format", "json", *START).out)
    assert with_badge["readiness"]["mean"] == report["readiness"] > 0
