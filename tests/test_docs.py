"""README.md says what is true: its commands print what stands under them."""

from __future__ import annotations

import doctest
import re
import subprocess

import pytest

import mcgap
from docs import README, ROOT, SET_UP, Command, commands, run

TEXT = README.read_text(encoding="utf-8")
COMMANDS = list(commands(TEXT))


@pytest.mark.parametrize("command", [c for c in COMMANDS if not c.line.startswith(SET_UP)], ids=lambda c: c.line[:60])
def test_a_command_prints_what_the_readme_shows(command: Command) -> None:
    assert run(command.line) == command.output


def test_set_up_commands_are_targets_of_the_makefile() -> None:
    for command in COMMANDS:
        if command.line.startswith("make "):
            done = subprocess.run(["make", "--dry-run", *command.line.split()[1:]], cwd=ROOT, capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stderr


def test_make_demo_runs_the_command_that_the_readme_shows() -> None:
    shown = next(c.line for c in COMMANDS if c.line.startswith("mcgap analyze")).removesuffix(" --start 2026-12-01")
    assert shown in (ROOT / "Makefile").read_text(encoding="utf-8")


def test_the_python_of_the_readme_is_that_of_the_package() -> None:
    block = re.search(r"```python\n(.*?)```", TEXT, re.DOTALL)
    assert block is not None
    *lines, last = block[1].strip().splitlines()
    expression, _, expected = last.partition("  # ")
    names: dict[str, object] = {}
    exec("\n".join(lines), names)
    assert repr(eval(expression, names)) == expected
    assert doctest.testmod(mcgap).failed == 0


def test_every_file_that_the_readme_names_is_there() -> None:
    for name in re.findall(r"`((?:data|models|mcgap|docs|tests)/[\w./]*|[A-Z]+\.md)`", TEXT):
        assert (ROOT / name).exists(), name
