"""A view as Markdown, for notes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mcgap.report.view import Block, Item, View
from mcgap.report.wording import percent, quoted

# What would be read as markup, and a character at the start of a line that would be.
_MARKUP = re.compile(r"([\\`*_\[\]<>|~])")
_LINE_START = re.compile(r"^(\s*)(#|\+|-|>|\d+[.)])(?=\s)")


def markdown_of(view: View) -> str:
    """A view as Markdown: headings, lists, block quotes; what texts contain is never read as markup."""
    return "\n".join(_lines(view)).rstrip() + "\n"


def escaped(words: str) -> str:
    """Words as Markdown shows them.

    >>> escaped("C* & [x]"), escaped("1. a")
    ('C\\\\* & \\\\[x\\\\]', '1\\\\. a')
    """
    safe = _MARKUP.sub(r"\\\1", " ".join(words.split()))
    return _LINE_START.sub(lambda m: m[1] + (m[2][:-1] + "\\" + m[2][-1] if len(m[2]) > 1 else "\\" + m[2]), safe)


def _lines(view: View) -> Iterator[str]:
    yield f"# {escaped(view.title)}"
    yield ""
    yield f"*{escaped(view.subtitle)}*"
    if view.verdict:
        yield from ("", f"**{escaped(view.verdict)}**")
    if view.readiness is not None:
        yield from ("", f"Readiness **{percent(view.readiness)}**: {escaped(view.readiness_note)}")
    for block in view.blocks:
        yield ""
        yield from _block(block)
    if view.footer:
        yield from ("", "---", "")
        yield from (f"*{escaped(sentence)}*  " for sentence in view.footer)


def _block(block: Block) -> Iterator[str]:
    yield f"## {escaped(block.title)}"
    for words in filter(None, (block.lead, block.paragraph)):
        yield from ("", escaped(words))
    number = 0
    for part in block.parts:
        if part.heading:
            yield from ("", f"### {escaped(part.heading)}")
        yield ""
        for item in part.items:
            number += 1
            yield from _item(item, f"{number}." if block.numbered else "-")
    if block.notes:
        yield ""
        yield from (f"- *{escaped(note)}*" for note in block.notes)


def _item(item: Item, bullet: str) -> Iterator[str]:
    mark = f"{escaped(item.mark)}: " if item.mark else ""
    head = f"[{escaped(item.head)}]({_address(item.link)})" if item.link else escaped(item.head)
    aside = f" ({escaped(item.aside)})" if item.aside else ""
    quote = f": {escaped(quoted(item.quote))}" if item.quote else ""
    yield f"{bullet} {mark}**{head}**{aside}{quote}"
    indent = " " * (len(bullet) + 1)
    yield from (f"{indent}- {escaped(note)}" for note in item.notes)


def _address(link: str) -> str:
    return link.replace("(", "%28").replace(")", "%29").replace(" ", "%20")
