"""Where a result goes: standard output, in colour on a terminal, or a file."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mcgap.errors import SettingsError

if TYPE_CHECKING:
    from mcgap.report import View


SUFFIXES = {".txt": "text", ".json": "json", ".md": "markdown", ".markdown": "markdown", ".html": "html", ".htm": "html", ".csv": "csv"}


def form_of(form: str | None, path: Path | None, forms: Sequence[str]) -> str:
    """The format to write: the one named, else that of the file's suffix, else text. Raises click.UsageError where the suffix is of no format."""
    if form is not None or path is None or not path.suffix:
        return form or "text"
    suffixes = {suffix: name for suffix, name in SUFFIXES.items() if name in forms}
    found = suffixes.get(path.suffix.lower())
    if found is None:
        raise click.UsageError(f"{path.name}: {path.suffix} is no format of this command; end the name in {', '.join(suffixes)}, or choose one with --format.")
    return found


def write(text: str, path: Path | None = None) -> None:
    """Text to standard output or a file, ending in one line break. Raises SettingsError where the file cannot be written."""
    text = text.rstrip("\n") + "\n"
    if path is None:
        click.echo(text, nl=False)
        return
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise SettingsError(f"{path} cannot be written ({error.strerror}); name another file with -o.") from None
    click.echo(f"Written to {path}.", err=True)


def show(view: View, path: Path | None = None) -> None:
    """A view as text: in colour and at its width on a terminal, plain elsewhere."""
    from mcgap.report import print_view, text_of

    if path is not None or not sys.stdout.isatty():
        write(text_of(view, _columns()), path)
        return
    from rich.console import Console

    print_view(view, Console(highlight=False, width=shutil.get_terminal_size().columns))


def _columns() -> int:
    """The width for plain text: COLUMNS where it is set to a number, else 80."""
    columns = os.environ.get("COLUMNS", "")
    return int(columns) if columns.isdigit() and int(columns) > 0 else 80
