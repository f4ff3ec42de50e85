"""The errors mcgap raises. Each message is a sentence that says what to do next.

McgapError
├── DocumentError        a posting or résumé that cannot be read
├── TableError           a row in data that cannot be used: names file, row and column
├── ModelError           a trained file that does not fit this version
├── SettingsError        options that cannot hold together
└── MissingExtraError    an optional package that is not installed
"""

from __future__ import annotations


class McgapError(Exception):
    """Base of every error that mcgap raises on purpose."""


class DocumentError(McgapError):
    """A posting or résumé cannot be read; the message says why and what to try."""


class TableError(McgapError):
    """A table in data (or a user's own) holds something that cannot be used."""

    def __init__(self, file: str, row: int | None, column: str | None, problem: str) -> None:
        self.file, self.row, self.column, self.problem = file, row, column, problem
        place = file if row is None else f"{file}, row {row}"
        if column is not None:
            place += f", column {column!r}"
        super().__init__(f"{place}: {problem}")


class ModelError(McgapError):
    """A file in models/ was made for another version or is damaged."""


class SettingsError(McgapError):
    """Options that cannot be used, or not together."""


class MissingExtraError(McgapError):
    """An optional package is needed for what was asked."""

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(f"{what} needs an optional package: pip install 'mcgap[{extra}]'")
