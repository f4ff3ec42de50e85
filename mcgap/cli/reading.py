"""From a name on the command line to a document."""

from __future__ import annotations

import sys

import click

from mcgap.documents import read_path, read_stdin
from mcgap.records import Document, DocumentKind

STDIN = "-"
PASTE = "Paste the job posting here, then press Ctrl-D on an empty line (on Windows: Ctrl-Z, then Enter)."


def read(name: str, kind: DocumentKind) -> Document:
    """A file, or standard input for "-". Raises DocumentError."""
    return read_stdin(sys.stdin.buffer, kind) if name == STDIN else read_path(name, kind)


def ask_for_posting() -> Document:
    """The posting that a person pastes into the terminal. Raises DocumentError."""
    click.echo(PASTE, err=True)
    return read_stdin(sys.stdin.buffer, DocumentKind.POSTING)
