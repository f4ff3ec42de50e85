"""``run``: the command line in this process; ``posting`` and ``resume``: files of what the test module calls so."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from mcgap.cli.main import run as run_main


class Done(NamedTuple):
    status: int
    out: str
    err: str


class _Piped(io.TextIOWrapper):
    def isatty(self) -> bool:
        return False


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Done]:
    def call(*args: str, stdin: str | None = None) -> Done:
        out, err = _Piped(io.BytesIO(), encoding="utf-8"), _Piped(io.BytesIO(), encoding="utf-8")
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stdin", _Piped(io.BytesIO((stdin or "").encode()), encoding="utf-8"))
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            status = run_main(args)
            out.flush()
            err.flush()
        return Done(status, out.buffer.getvalue().decode(), err.buffer.getvalue().decode())  # type: ignore[attr-defined]

    return call


@pytest.fixture
def posting(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A file that holds the module's POSTING."""
    path = tmp_path / "posting.txt"
    path.write_text(request.module.POSTING, encoding="utf-8")
    return str(path)


@pytest.fixture
def resume(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A file that holds the module's RESUME."""
    path = tmp_path / "Jane_Example.txt"
    path.write_text(request.module.RESUME, encoding="utf-8")
    return str(path)
