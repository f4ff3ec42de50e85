"""A view as text: plain, wrapped to a width, or in colour on a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from mcgap.report.view import Block, Item, Tone, View
from mcgap.report.wording import percent, quoted

if TYPE_CHECKING:
    from rich.console import Console

Piece = tuple[str, str]  # words and their style
Line = list[Piece]

WIDTH = 80
MOST_WIDTH = 120
LEAST_WIDTH = 40
# Style names of this module -> rich styles.
STYLES = {
    "": "",
    "title": "bold",
    "heading": "bold",
    "sub": "italic",
    "aside": "dim",
    "quote": "italic",
    "good": "green",
    "part": "yellow",
    "bad": "red",
    "number": "bold",
    "dim": "dim",
}
_BAR = 30


def text_of(view: View, width: int = WIDTH) -> str:
    """A view as plain text, wrapped to ``width`` characters."""
    return "\n".join("".join(words for words, _ in line).rstrip() for line in lines_of(view, width)) + "\n"


def print_view(view: View, console: Console) -> None:
    """A view on a rich console, which decides about colour (NO_COLOR is respected)."""
    from rich.text import Text

    for line in lines_of(view, console.width):
        console.print(Text.assemble(*((words, STYLES[style]) for words, style in line)), soft_wrap=True, highlight=False)


def lines_of(view: View, width: int) -> Iterator[Line]:
    """The lines of a view, as styled pieces."""
    width = max(LEAST_WIDTH, min(width, MOST_WIDTH))
    yield from _wrapped([(view.title, "title")], width)
    if view.subtitle:
        yield from _wrapped([(view.subtitle, "dim")], width)
    if view.verdict:
        yield []
        yield from _wrapped([(view.verdict, view.tone if view.tone is not Tone.PLAIN else "")], width)
    if view.readiness is not None:
        yield []
        yield _bar(view.readiness, min(_BAR, width - len("Readiness 100% ")))
        yield from _wrapped([(view.readiness_note[:1].upper() + view.readiness_note[1:], "dim")], width)
    for block in view.blocks:
        yield []
        yield from _block(block, width)
    if view.footer:
        yield []
        yield [("\u2500" * min(width, WIDTH), "dim")]
        for sentence in view.footer:
            yield from _wrapped([(sentence, "dim")], width)


def _bar(readiness: float, size: int) -> Line:
    filled = round(readiness * size)
    tone = "good" if readiness >= 0.8 else "part" if readiness >= 0.5 else "bad"
    return [("Readiness ", "heading"), (f"{percent(readiness)} ", tone), ("\u2588" * filled, tone), ("\u2591" * (size - filled), "dim")]


def _block(block: Block, width: int) -> Iterator[Line]:
    yield [(block.title.upper(), "heading")]
    if block.lead:
        yield from _wrapped([(block.lead, "")], width)
    if block.paragraph:
        yield from _wrapped([(block.paragraph, "")], width, "  ", "  ")
    number = 0
    for part in block.parts:
        if part.heading:
            yield [("  " + part.heading, "sub")]
        for item in part.items:
            number += 1
            bullet = f"{number}. " if block.numbered else "\u2022 "
            yield from _item(item, width, "  " + bullet)
    for note in block.notes:
        yield from _wrapped([(note, "dim")], width, "  \u2013 ", "    ")


def _item(item: Item, width: int, bullet: str) -> Iterator[Line]:
    indent = " " * len(bullet)
    pieces: Line = []
    if item.mark:
        pieces.append((f"{item.mark}: ", item.tone if item.tone is not Tone.PLAIN else ""))
    pieces.append((item.head, "number" if not item.mark and len(item.head) < WIDTH else ""))
    if item.aside:
        pieces.append((f" ({item.aside})", "aside"))
    if item.quote:
        pieces += [(" \u2013 ", "dim"), (quoted(item.quote), "quote")]
    yield from _wrapped(pieces, width, bullet, indent)
    for note in item.notes:
        yield from _wrapped([(note, "")], width, indent + "  ", indent + "  ")
    if item.link:
        yield [(indent + "  " + item.link, "dim")]


def _wrapped(pieces: Iterable[Piece], width: int, first: str = "", rest: str = "") -> Iterator[Line]:
    """Pieces laid into lines of at most ``width`` characters, broken between words; a longer word stands alone."""
    line: Line = [(first, "")] if first else []
    used, empty = len(first), True
    for word, style, spaced in _words(pieces):
        gap = 1 if spaced and not empty else 0
        if not empty and gap and used + gap + len(word) > width:
            yield line
            line, used, gap = ([(rest, "")] if rest else []), len(rest), 0
        # Words of one style stay one piece, so that a terminal gets few codes.
        if line and line[-1][1] == style:
            line[-1] = (line[-1][0] + " " * gap + word, style)
        else:
            line.append((" " * gap + word, style))
        used += gap + len(word)
        empty = False
    if not empty:
        yield line


def _words(pieces: Iterable[Piece]) -> Iterator[tuple[str, str, bool]]:
    """Each word with its style, and whether a space stands before it."""
    spaced = False
    for text, style in pieces:
        spaced = spaced or text[:1].isspace()
        for word in text.split():
            yield word, style, spaced
            spaced = True
        spaced = text[-1:].isspace()
