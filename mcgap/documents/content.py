"""What one reader of a format hands back."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SPACES_AT_END = re.compile(r"[ \t]+(?=\n|$)")
_BLANK_LINES = re.compile(r"\n{3,}")


@dataclass(frozen=True, slots=True)
class Content:
    """Text taken out of a file, with its title where the format names one."""

    text: str
    title: str | None = None
    warnings: tuple[str, ...] = ()


def tidy(text: str) -> str:
    """Extracted text without spaces at line ends and with at most one blank line in a row.

    >>> tidy("Skills \\n\\n\\n\\nSQL\\n")
    'Skills\\n\\nSQL'
    """
    return _BLANK_LINES.sub("\n\n", _SPACES_AT_END.sub("", text)).strip("\n")
