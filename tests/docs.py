"""The commands of README.md with their output: ``python tests/docs.py`` writes the output anew."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
_BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)
# What sets up an environment is run by continuous integration and by make wheel-check, not here.
SET_UP = ("make ", "pip ")


@dataclass(frozen=True)
class Command:
    line: str
    output: str


def commands(text: str) -> Iterator[Command]:
    """The ``$`` lines of the console blocks, each with what stands under it."""
    for block in _BLOCK.finditer(text):
        for part in re.split(r"^\$ ", block[1], flags=re.MULTILINE)[1:]:
            line, _, output = part.partition("\n")
            yield Command(line, output.rstrip("\n"))


def run(line: str) -> str:
    """What a command prints in a copy of the folder, at 80 columns; errors are printed too."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "data" / "samples", Path(folder) / "data" / "samples")
        path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
        environment = {**os.environ, "PATH": path, "COLUMNS": "80", "NO_COLOR": "1"}
        done = subprocess.run(["bash", "-c", line], cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    return "\n".join(text.rstrip() for text in done.stdout.splitlines()).rstrip("\n")


def rewritten(text: str) -> str:
    """README.md with the output that its commands print now."""

    def block(match: re.Match[str]) -> str:
        lines = []
        for command in commands(match[0]):
            output = "" if command.line.startswith(SET_UP) else run(command.line)
            lines.append(f"$ {command.line}\n" + (f"{output}\n" if output else ""))
        return f"```console\n{''.join(lines)}```"

    return _BLOCK.sub(block, text)


if __name__ == "__main__":
    README.write_text(rewritten(README.read_text(encoding="utf-8")), encoding="utf-8")
