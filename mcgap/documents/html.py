"""The visible text of a saved page, or the JobPosting inside it."""

from __future__ import annotations

import html as entities
import json
import re
from typing import Any

from mcgap.documents.content import Content, tidy
from mcgap.documents.structured import find_job_postings, posting_content

_STARTS_AS_PAGE = re.compile(
    r"\ufeff?(?:\s|<!--.{0,5000}?-->|<\?xml[^<>]{0,200}>)*+"
    r"<(?:!doctype\s+html|html|head|body|div|p|section|article|main|ul|ol|table|h[1-6])\b[^<>]{0,5000}>",
    re.IGNORECASE | re.DOTALL,
)
_TAG = re.compile(r"</(?:p|li|ul|ol|div|h[1-6]|strong|b|span)>|<br\s*/?>|<(?:p|li|ul)>", re.IGNORECASE)
_ANY_TAG = re.compile(r"<[a-zA-Z!/][^<>]*>")
_MIN_TAGS = 3  # fewer tags inside a text are part of what it says: "you know <div> and <span>"

_DROPPED = frozenset(
    {"script", "style", "noscript", "template", "nav", "footer", "aside", "head", "title", "svg", "math", "iframe", "object", "embed", "canvas"}
    | {"audio", "video", "picture", "img", "input", "select", "option", "textarea", "button", "dialog"}
)
_BLOCKS = frozenset(
    {"address", "article", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt", "fieldset", "figcaption", "figure", "form", "header"}
    | {"hgroup", "hr", "html", "li", "main", "ol", "p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul"}
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_LISTS = frozenset({"ul", "ol"})
_CELLS = frozenset({"td", "th"})
_SPACED = frozenset({"p", "ul", "ol", "table", "dl", "blockquote", "section", "article"})
_HIDING_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_NOTICES = re.compile(r"(?:^|[\s_-])(?:cookie|consent|gdpr-banner|breadcrumbs?)(?:$|[\s_-])", re.IGNORECASE)
_MAIN = ("main", "[role=main]", "article")
_MIN_MAIN = 200  # characters; a shorter <main> is a shell and the whole body is read
_BLANKS = re.compile(r"[ \t\r\n\f\xa0]+")


def looks_like_page(text: str) -> bool:
    """Whether a text begins as an HTML page or fragment does."""
    return bool(_STARTS_AS_PAGE.match(text))


def looks_like_html(text: str) -> bool:
    """Whether a text is HTML: a page, or a fragment with several tags, as job boards export it."""
    return "<" in text and (looks_like_page(text) or len(_TAG.findall(text[:200_000])) >= _MIN_TAGS)


def read_html(page: str) -> Content:
    """A saved page: the schema.org JobPosting in it where there is one, else its main visible text."""
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(page)
    postings = [p for script in tree.css('script[type="application/ld+json"]') for p in _postings_in(script.text(deep=True))]
    for posting in postings:
        content = posting_content(posting, html_text, len(postings))
        if len(content.text) > len(content.title or "") + 40:
            return content
    text = _main_text(tree)
    heading = next((_BLANKS.sub(" ", h.text(deep=True)).strip() for h in tree.css("main h1, article h1, h1")), None)
    return Content(text, heading or None)


def html_text(fragment: str) -> str:
    """A fragment of HTML as text; one without tags keeps its own lines.

    >>> html_text("<p>You know:</p><ul><li>SQL &amp; R<li>Excel</ul>")
    'You know:\\n\\n\u2022 SQL & R\\n\u2022 Excel'
    """
    text = fragment
    for _ in range(2):  # some feeds escape the markup once more
        if not _ANY_TAG.search(text):
            text = entities.unescape(text)
            if not _ANY_TAG.search(text):
                return tidy(text.replace("\r\n", "\n").replace("\xa0", " "))
        text = _parsed_text(text)
    return text


def _parsed_text(fragment: str) -> str:
    from selectolax.lexbor import LexborHTMLParser

    body = LexborHTMLParser(f"<body>{fragment}").body
    return _text_of(body) if body is not None else ""


def _postings_in(script: str) -> list[dict[str, Any]]:
    try:
        return find_job_postings(json.loads(script, strict=False))
    except (ValueError, RecursionError):
        return []


def _main_text(tree: Any) -> str:
    for selector in _MAIN:
        found = tree.css(selector)
        if len(found) == 1:
            text = _text_of(found[0])
            if len(text) >= _MIN_MAIN:
                return text
    return _text_of(tree.body) if tree.body is not None else ""


class _Lines:
    """Text gathered with pending breaks, so that blocks inside blocks give one break."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.breaks = 0
        self.space = False
        self.cell_pending = False
        self.bullet = False
        self.after_heading = False

    def add(self, text: str, *, keep: bool = False) -> None:
        if keep:
            self._flush()
            self.parts.append(text)
            return
        words = _BLANKS.sub(" ", text)
        if words == " " or not words:
            self.space = self.space or bool(words)
            return
        if words[0] == " ":
            self.space = True
        self._flush()
        self.parts.append(words.strip(" "))
        self.space = words[-1] == " "

    def end_line(self, count: int = 1) -> None:
        self.breaks = max(self.breaks, count)
        self.space = False

    def next_cell(self) -> None:
        self.cell_pending = True
        self.space = False

    def _flush(self) -> None:
        if self.cell_pending:
            self.parts.append("\t")
        elif self.parts and self.breaks:
            self.parts.append("\n" * (1 if self.after_heading else self.breaks))
        elif self.parts and self.space and not self.parts[-1].endswith((" ", "\t")):
            self.parts.append(" ")
        if self.bullet:
            self.parts.append("\u2022 ")
        self.breaks, self.space, self.cell_pending, self.bullet, self.after_heading = 0, False, False, False, False


def _text_of(root: Any) -> str:
    """The visible text under a node. A stack instead of recursion: pages nest as deep as they like."""
    lines = _Lines()
    row_cells: list[int] = []
    stack: list[tuple[Any, bool]] = [(root, False)]
    while stack:
        node, leaving = stack.pop()
        tag = node.tag
        if leaving:
            _leave(tag, lines, row_cells)
            continue
        if tag == "-text":
            lines.add(node.text_content or "", keep=_in_pre(node))
            continue
        if tag == "br":
            lines.end_line()
            continue
        if tag in _DROPPED or tag.startswith(("-", "!")) or (node is not root and _hidden(node)):
            continue
        _enter(tag, lines, row_cells)
        stack.append((node, True))
        child = node.last_child
        while child is not None:
            stack.append((child, False))
            child = child.prev
    return tidy("".join(lines.parts))


def _enter(tag: str, lines: _Lines, row_cells: list[int]) -> None:
    if tag in _HEADINGS or (tag in _SPACED and tag not in _LISTS):
        lines.end_line(1 if row_cells else 2)
    elif tag in _BLOCKS and not (row_cells and tag in {"div", "p"}):
        lines.end_line()
    if tag == "li":
        lines.bullet = True  # written before the item's first word, so that <li><p> stays on one line
    elif tag == "tr":
        row_cells.append(0)
    elif tag in _CELLS and row_cells:
        if row_cells[-1]:
            lines.next_cell()
        row_cells[-1] += 1


def _leave(tag: str, lines: _Lines, row_cells: list[int]) -> None:
    if tag == "tr" and row_cells:
        row_cells.pop()
    if tag == "li":
        lines.bullet = False
        lines.breaks = 1  # <li><p> leaves no blank line between items
    lines.after_heading = lines.after_heading or tag in _HEADINGS
    if tag in _SPACED or tag in _HEADINGS:
        lines.end_line(1 if row_cells or tag in _HEADINGS else 2)
    elif tag in _BLOCKS:
        lines.end_line()


def _in_pre(node: Any) -> bool:
    return node.parent is not None and node.parent.tag == "pre"


def _hidden(node: Any) -> bool:
    attributes = node.attributes
    if not attributes:
        return False
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    if _HIDING_STYLE.search(attributes.get("style") or ""):
        return True
    if attributes.get("role") in {"navigation", "contentinfo", "complementary", "dialog"}:
        return True
    return bool(_NOTICES.search(f"{attributes.get('id') or ''} {attributes.get('class') or ''}"))
