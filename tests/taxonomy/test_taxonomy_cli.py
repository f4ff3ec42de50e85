"""``mcgap taxonomy`` from outside."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mcgap.cli.taxonomy import taxonomy
from mcgap.errors import McgapError


def run(*args: str) -> Result:
    result = CliRunner().invoke(taxonomy, args)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@pytest.mark.parametrize("command", [None, *sorted(taxonomy.commands)])
def test_every_command_has_help_with_examples(command: str | None) -> None:
    result = run(*filter(None, (command, "--help")))
    assert result.exit_code == 0
    assert "Examples:" in result.stdout
    assert f"mcgap taxonomy {command or 'search'}" in result.stdout


def test_search() -> None:
    assert run("search", "k8s").stdout.startswith("kubernetes  Kubernetes · tool")
    rows = json.loads(run("search", "k8s", "--format", "json").stdout)
    assert (rows[0]["id"], rows[0]["how"]) == ("kubernetes", "alias")
    nothing = run("search", "qqqqzzzz")
    assert (nothing.stdout, nothing.exit_code) == ("", 0)
    assert "No skill" in nothing.stderr


def test_show() -> None:
    text = run("show", "k8s").stdout
    assert text.startswith("Kubernetes  (kubernetes)")
    assert "half-life" in text
    assert json.loads(run("show", "Kubernetes", "--format", "json").stdout)["id"] == "kubernetes"


def test_show_of_an_unknown_skill_says_what_is_near() -> None:
    with pytest.raises(McgapError, match="did you mean kubernetes"):
        run("show", "kuberntes")


def test_stats() -> None:
    text = run("stats").stdout
    assert "55 Military specific" in text
    stats = json.loads(run("stats", "--format", "json").stdout)
    assert stats["skills"] >= 4500
    assert stats["forms"] >= 15000
    assert min(group["skills"] for group in stats["groups"]) >= 80
    assert sum(kind["skills"] for kind in stats["types"]) == stats["skills"]


def test_lint_of_a_file_with_a_finding(tmp_path: Path) -> None:
    mine = tmp_path / "mine.csv"
    mine.write_text("id,name,broader\nacme-tool,Acme Tool,nowhere\n", encoding="utf-8")
    result = run("lint", str(mine))
    assert result.exit_code == 1
    assert "mine.csv, row 2  acme-tool  [unknown-kin]" in result.stdout
    assert "1 finding in 1 skill with 1 form." in result.stdout
    assert json.loads(run("lint", str(mine), "--format", "json").stdout)["findings"][0]["row"] == 2


def test_diff(tmp_path: Path) -> None:
    old, new = tmp_path / "old.csv", tmp_path / "new.csv"
    old.write_text("id,name,aliases\naa,Aa,one|two\nbb,Bb,\n", encoding="utf-8")
    new.write_text("id,name,aliases\naa,Aa,two|three\ncc,Cc,\n", encoding="utf-8")
    assert run("diff", str(old), str(new)).stdout == "changed  aa  aliases:  -one  +three\nremoved  bb\nadded  cc\n1 added, 1 removed, 1 changed.\n"
    assert [c["kind"] for c in json.loads(run("diff", str(old), str(new), "--format", "json").stdout)] == ["changed", "removed", "added"]


def test_what_is_exported_can_be_given_back(tmp_path: Path) -> None:
    out = tmp_path / "nursing.csv"
    assert run("export", "--category", "nursing", "-o", str(out)).exit_code == 0
    result = run("lint", str(out))
    assert (result.exit_code, result.stdout.splitlines()[:-1]) == (0, []), "our rows over ours are no news"
    chosen = json.loads(run("export", "--category", "nursing", "--format", "json").stdout)
    assert {row["category"] for row in chosen} == {"nursing"}
    assert len(chosen) == len(out.read_text(encoding="utf-8").splitlines()) - 1


def test_import_of_a_plain_table(tmp_path: Path) -> None:
    source, out = tmp_path / "list.csv", tmp_path / "mine.csv"
    source.write_text("name,aliases\nKubernetes,our cluster\nAcme Tool,acme\n", encoding="utf-8")
    result = run("import", "csv", str(source), "-o", str(out))
    assert "2 skills, 1 of them added to skills of ours." in result.stderr
    assert run("search", "our cluster", "--taxonomy", str(out)).stdout.startswith("kubernetes")
    assert len(json.loads(run("import", "csv", str(source), "--format", "json").stdout)) == 2
    assert "0 of them" in run("import", "csv", str(source), "--alone").stderr
