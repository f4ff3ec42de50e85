"""The commands: help with an example, text and JSON, exit status, notes on standard error."""

from __future__ import annotations

import json
from pathlib import Path

import click
import pytest

from mcgap.cli.catalog import _EXPORTS, _IMPORTS, catalog
from mcgap.cli.main import run
from mcgap.importers import EXPORTS, IMPORTS

COMMANDS = ("list", "show", "search", "lint", "diff", "stale", "template", "stats", "import", "export")


def test_the_commands_are_those_promised() -> None:
    assert set(catalog.commands) == set(COMMANDS)
    assert (_IMPORTS, _EXPORTS) == (IMPORTS, EXPORTS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example_and_every_option_has_help(name: str) -> None:
    command = catalog.commands[name]
    assert f"mcgap catalog {name}" in (command.help or "")
    assert all(p.help for p in command.params if isinstance(p, click.Option))
    assert any("--format" in p.opts or "--to" in p.opts for p in command.params)


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    path = tmp_path / "mine.csv"
    rows = ["id,title,issuer,skills,cost_min,currency,exam_code", "sql-start,SQL Start,Me,SQL,0,USD,S-1", "py-start,Python Start,Me,Python,,,"]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def test_list_search_and_show(mine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = ["--catalog", str(mine), "--only-catalog"]
    assert run(["catalog", "list", *own, "--free"]) == 0
    assert capsys.readouterr().out.splitlines() == ["sql-start  SQL Start (Me, micro-credential; hours unknown; free)", "1 credential."]
    assert run(["catalog", "list", *own, "--skill", "Python", "--format", "json"]) == 0
    assert [c["id"] for c in json.loads(capsys.readouterr().out)] == ["py-start"]
    assert run(["catalog", "search", *own, "start", "sql", "--format", "json"]) == 0
    assert [c["id"] for c in json.loads(capsys.readouterr().out)] == ["sql-start"]
    assert run(["catalog", "show", *own, "s-1"]) == 0
    shown = capsys.readouterr().out
    assert "SQL Start  [sql-start]" in shown
    assert "unknown" in shown
    assert run(["catalog", "show", *own, "nothing"]) == 1
    assert "mcgap catalog search" in capsys.readouterr().err


def test_lint_fails_on_errors_and_with_strict_on_warnings(mine: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["catalog", "lint", str(mine)]) == 0
    assert "0 errors" in capsys.readouterr().out
    assert run(["catalog", "lint", str(mine), "--strict", "--format", "json"]) == 1
    assert json.loads(capsys.readouterr().out)["warnings"] > 0
    mine.write_text("id,title,issuer,skills\nx,X,Me,Underwater Basketry\n", encoding="utf-8")
    assert run(["catalog", "lint", str(mine)]) == 1
    assert "-> " in capsys.readouterr().out


def test_diff_stale_stats_template(mine: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["catalog", "diff", str(mine), str(mine)]) == 0
    assert capsys.readouterr().out == "0 added, 0 removed, 0 changed.\n"
    assert run(["catalog", "stale", "--older-than", "0m", "--today", "2030-01-01", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)
    assert run(["catalog", "stats", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["credentials"] > 0
    assert run(["catalog", "stats"]) == 0
    assert "Issuer kind:" in capsys.readouterr().out
    out = tmp_path / "template.json"
    assert run(["catalog", "template", "--format", "json", "-o", str(out)]) == 0
    assert json.loads(out.read_text(encoding="utf-8"))["credentials"][0]["id"] == "example-data-basics"


def test_import_writes_a_catalog_and_notes_to_standard_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = tmp_path / "courses.csv"
    table.write_text("Name,Tags,Stars\nSQL for all,SQL|4.8 stars,4.8\n", encoding="utf-8")
    assert run(["catalog", "import", str(table), "--map", "title=Name", "--map", "skills=Tags", "--map", "issuer==Me", "--as-of", "2026-10"]) == 0
    said = capsys.readouterr()
    assert said.out.splitlines()[1].startswith("sql-for-all,SQL for all,,,Me,course,")
    assert "1 credential read as courses." in said.err
    assert "Columns that were not used: Stars" in said.err
    assert run(["catalog", "import", str(table), "--map", "title=Nope"]) == 1
    assert "no column 'Nope'" in capsys.readouterr().err


def test_export_says_what_a_format_cannot_hold(mine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["catalog", "export", "sql-start", "--catalog", str(mine), "--to", "openbadges"]) == 0
    said = capsys.readouterr()
    assert json.loads(said.out)["@graph"][0]["name"] == "SQL Start"
    assert "openbadges cannot hold: cost" in said.err
