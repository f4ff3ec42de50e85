"""The group: help, version, exit statuses, and what it must not load."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import fields
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import click
import pytest

from mcgap import __version__
from mcgap.cli import main as door
from mcgap.cli import options
from mcgap.settings import Settings

Run = Callable[..., Any]  # of conftest: status, out, err

HEAVY = ("spacy", "sklearn", "pandas", "scipy", "rich", "jinja2", "numpy", "pdfplumber", "selectolax", "rapidfuzz")


def process(*args: str, **more: object) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    return subprocess.run([sys.executable, *args], capture_output=True, text=True, encoding="utf-8", env=environment, check=False, **more)  # type: ignore[call-overload,no-any-return]


def test_help_loads_nothing_heavy() -> None:
    names = (*HEAVY, "mcgap.pipeline", "mcgap.documents")
    code = f"import sys; from mcgap.cli.main import run; run(['--help']); sys.exit(str([n for n in {names} if n in sys.modules]))"
    done = process("-c", code)
    assert done.stderr.strip() == "[]"
    assert "Commands:" in done.stdout


@pytest.mark.parametrize("args", [("--help",), ("analyze", "--help"), ("extract", "--help")])
def test_help_has_examples(args: tuple[str, ...], run: Run) -> None:
    done = run(*args)
    assert done.status == 0
    assert "Examples:" in done.out
    assert "mcgap " in done.out[done.out.index("Examples:") :]


def test_help_lists_the_commands_that_are_there(run: Run) -> None:
    out = run("--help").out
    commands = out[out.index("Commands:") : out.index("Examples:")]
    listed = {line.split()[0] for line in commands.splitlines()[1:] if line.startswith("  ") and line[2:3].strip()}
    assert listed == {name for name, (module, _) in door.COMMANDS.items() if find_spec(module) is not None}


def test_a_command_without_a_file_is_not_offered(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(door.COMMANDS, "absent", ("mcgap.cli.absent", "Nothing."))
    assert "absent" not in run("--help").out
    assert run("absent").status == 2


def test_version(run: Run) -> None:
    assert run("--version").out.strip() == f"mcgap, version {__version__}"


def test_no_command_shows_the_help(run: Run) -> None:
    done = run()
    assert "Commands:" in done.out + done.err


def test_python_dash_m() -> None:
    done = process("-m", "mcgap", "--version")
    assert (done.returncode, done.stdout.strip()) == (0, f"mcgap, version {__version__}")


def command(monkeypatch: pytest.MonkeyPatch, action: object) -> None:
    """Put a command "analyze" in place that does this."""

    def act() -> object:
        return action() if callable(action) else action

    monkeypatch.setattr(door.LazyGroup, "get_command", lambda self, ctx, name: click.Command("analyze", callback=act))


def raiser(error: BaseException) -> object:
    def act() -> None:
        raise error

    return act


@pytest.mark.parametrize(
    ("action", "status"),
    [
        (None, 0),
        (3, 3),
        (raiser(KeyboardInterrupt()), 130),
        (raiser(BrokenPipeError()), 141),
        (raiser(OSError(32, "Broken pipe")), 141),
        (raiser(click.exceptions.Exit(3)), 3),
    ],
)
def test_exit_statuses(action: object, status: int, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    command(monkeypatch, action)
    done = run("analyze")
    assert done.status == status
    assert "Traceback" not in done.err
    assert "Error" not in done.err


def test_what_was_not_foreseen_is_one_request_to_report_it(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MCGAP_DEBUG", raising=False)
    command(monkeypatch, raiser(ZeroDivisionError("division by zero")))
    done = run("analyze")
    assert done.status == 1
    assert "report it" in done.err
    assert "Traceback" not in done.err


def test_debug_prints_the_traceback(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MCGAP_DEBUG", "1")
    command(monkeypatch, raiser(ZeroDivisionError("division by zero")))
    assert "Traceback" in run("analyze").err


@pytest.mark.skipif(os.name == "nt", reason="pipes close differently on Windows")
def test_a_closed_pipe_is_quiet(tmp_path: Path) -> None:
    path = tmp_path / "p.txt"
    path.write_text("Requirements:\nPython\n", encoding="utf-8")
    program = [sys.executable, "-m", "mcgap", "extract", *[str(path)] * 50, "--format", "jsonl"]
    with subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        errors = running.stderr.read().decode()
    assert errors == ""
    assert running.returncode == 141


def test_every_setting_has_an_option() -> None:
    offered = {**options.OPTIONS, **options.READING}
    # Badges are evidence of a person, read by the command line; all else is a setting.
    assert set(offered) - {"badges"} == {field.name for field in fields(Settings)}


def test_flags_become_settings() -> None:
    seen: list[Settings] = []

    @click.command()
    @options.analysis_options
    def try_it(**flags: object) -> None:
        seen.append(options.settings_of(flags))

    line = (
        "--budget 300 --types badge,course --deadline 2027-03-31 --start 2026-12-01 --catalog a.csv"
        " --catalog b.csv --want-credit --prefer speed --issuer-kind vendor --explain"
    )
    try_it.main(line.split(), standalone_mode=False)
    try_it.main([], standalone_mode=False)
    assert seen[0] == Settings(
        budget=300.0,
        types=("badge", "course"),
        deadline=date(2027, 3, 31),
        today=date(2026, 12, 1),
        catalog=(Path("a.csv"), Path("b.csv")),
        want_credit=True,
        prefer="speed",
        issuer_kinds=("vendor",),
        explain=True,
    )
    assert seen[1] == Settings()
