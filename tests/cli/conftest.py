"""``run``: the command line in this process."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
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
