"""The text of a Word file, read from its XML so that tables, text boxes and page headers are kept."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from mcgap.documents.content import Content, tidy
from mcgap.errors import DocumentError

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_MAX_PART = 40 * 1024 * 1024  # bytes of one XML part; a bomb unpacks to more
_MAX_DEPTH = 200  # of elements; Word itself stays under 50
_BODY = re.compile(r"word/document\d*\.xml")
_HEADER = re.compile(r"word/header\d*\.xml")
_OTHERS = (("xl/", "an Excel workbook"), ("ppt/", "a PowerPoint presentation"))
# What stands in the XML and not on the page.
_UNSEEN = frozenset(_W + tag for tag in ("del", "moveFrom", "instrText", "delText", "rPr", "pPr", "tblPr", "tcPr", "trPr", "sectPr", "sdtPr", "sdtEndPr"))
_SIGNS = {_W + "tab": "\t", _W + "br": "\n", _W + "cr": "\n", _W + "noBreakHyphen": "-", _W + "ptab": "\t"}
_OFF = frozenset({"0", "false", "off", "none"})


@dataclass(frozen=True, slots=True)
class _Styles:
    """Ids of paragraph styles that make list items and headings."""

    lists: frozenset[str]
    headings: frozenset[str]


def read_docx(data: bytes, name: str) -> Content:
    """A DOCX as text: page headers first, one paragraph a line, list items with bullets, tables row by row.

    Raises DocumentError where the file is damaged, is another kind of package, or unpacks to something huge.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            parts = package.namelist()
            body = next((part for part in parts if _BODY.fullmatch(part)), None)
            if body is None:
                raise DocumentError(_other_package(parts, package, name))
            styles = _read_styles(package, name) if "word/styles.xml" in parts else _Styles(frozenset(), frozenset())
            headers = [_part_text(package, part, styles, name) for part in sorted(parts) if _HEADER.fullmatch(part)]
            text = _part_text(package, body, styles, name)
    except DocumentError:
        raise
    except Exception as error:  # a damaged package fails in zipfile, zlib, lzma or expat, each with its own errors
        raise DocumentError(_damaged(name)) from error
    above = [h for h in dict.fromkeys(headers) if h and not h.strip().isdigit()]
    text = tidy("\n\n".join([*above, text]))
    if not text.strip():
        raise DocumentError(f"{name} holds no text (perhaps only pictures); save a version with text, or paste the text into a .txt file.")
    return Content(text)


def _damaged(name: str) -> str:
    return f"{name} is a damaged Word file; open it in Word or LibreOffice, save it again as .docx and try once more."


def _other_package(parts: list[str], package: zipfile.ZipFile, name: str) -> str:
    for prefix, what in _OTHERS:
        if any(part.startswith(prefix) for part in parts):
            return f"{name} is {what}, not a document; save its text as .docx, .pdf or .txt."
    if "mimetype" in parts and "content.xml" in parts:
        return f"{name} is an OpenDocument file; open it in LibreOffice or Word and save it as .docx or .pdf."
    return f"{name} is a ZIP archive without a Word document in it; unpack it and name the file to read."


def _parse(package: zipfile.ZipFile, part: str, name: str) -> Element:
    from xml.etree import ElementTree

    with package.open(part) as stream:
        xml = stream.read(_MAX_PART + 1)
    if len(xml) > _MAX_PART:
        raise DocumentError(f"{name} unpacks to more than {_MAX_PART // 2**20} MB; save its text as a .txt file.")
    # UTF-16 is searched too: its zero bytes are left out.
    if b"<!DOCTYPE" in (bare := xml.replace(b"\0", b"")) or b"<!ENTITY" in bare:
        raise DocumentError(f"{name} declares XML entities, which no Word file does; it was not read. Save it again from Word or LibreOffice.")
    try:
        return ElementTree.fromstring(xml.replace(_STRICT, _TRANSITIONAL))
    except ElementTree.ParseError:
        raise DocumentError(_damaged(name)) from None


def _read_styles(package: zipfile.ZipFile, name: str) -> _Styles:
    root = _parse(package, "word/styles.xml", name)
    lists: dict[str, bool | None] = {}
    headings: set[str] = set()
    parents: dict[str, str] = {}
    for style in root.iter(_W + "style"):
        key = style.get(_W + "styleId", "")
        label = _value(style.find(_W + "name")).lower()
        parents[key] = _value(style.find(_W + "basedOn"))
        if label.startswith(("heading", "title")) or style.find(f"{_W}pPr/{_W}outlineLvl") is not None:
            headings.add(key)
        lists[key] = _numbered(style.find(_W + "pPr"))
    return _Styles(frozenset(k for k in lists if _inherited(k, lists, parents) and k not in headings), frozenset(headings))


def _inherited(key: str, lists: dict[str, bool | None], parents: dict[str, str]) -> bool:
    seen: set[str] = set()
    while key in lists and key not in seen:
        value = lists[key]
        if value is not None:
            return value
        seen.add(key)
        key = parents[key]
    return False


def _value(element: Element | None) -> str:
    return "" if element is None else element.get(_W + "val", "")


def _numbered(properties: Element | None) -> bool | None:
    """Whether paragraph properties make a list item; None where they say nothing."""
    if properties is None or (numbering := properties.find(_W + "numPr")) is None:
        return None
    return _value(numbering.find(_W + "numId")) != "0"


def _part_text(package: zipfile.ZipFile, part: str, styles: _Styles, name: str) -> str:
    root = _parse(package, part, name)
    if _deeper_than(root, _MAX_DEPTH):
        raise DocumentError(_damaged(name))
    return tidy("\n".join(_blocks(root, styles)))


def _deeper_than(root: Element, limit: int) -> bool:
    level = [root]
    for _ in range(limit):
        level = [child for element in level for child in element]
        if not level:
            return False
    return True


def _blocks(element: Element, styles: _Styles) -> Iterator[str]:
    """The lines under an element, in order; an empty line where a paragraph is empty or a heading begins."""
    for child in element:
        if child.tag == _W + "p":
            yield from _paragraph(child, styles)
        elif child.tag == _W + "tbl":
            yield ""
            yield from _table(child, styles)
            yield ""
        elif child.tag == _CHOICE:
            yield from _blocks(_chosen(child), styles)
        elif child.tag not in _UNSEEN:
            yield from _blocks(child, styles)


def _paragraph(paragraph: Element, styles: _Styles) -> Iterator[str]:
    properties = paragraph.find(_W + "pPr")
    style = _value(properties.find(_W + "pStyle")) if properties is not None else ""
    boxes: list[Element] = []
    text = "".join(_runs(paragraph, boxes)).strip(" \n")
    if text.strip():
        numbered = _numbered(properties)
        heading = style in styles.headings
        if heading:
            yield ""
        listed = not heading and (style in styles.lists if numbered is None else numbered)
        yield "\u2022 " + text.lstrip("\u2022\u00b7\uf0b7 \t") if listed else text
    elif not boxes:
        yield ""
    for box in boxes:
        yield ""
        yield from _blocks(box, styles)
        yield ""


def _runs(element: Element, boxes: list[Element]) -> Iterator[str]:
    """The text inside a paragraph; text boxes anchored in it are put aside, to follow it."""
    for child in element:
        tag = child.tag
        if tag == _W + "t":
            yield (child.text or "").replace("\xad", "").replace("\xa0", " ")
        elif tag in _SIGNS:
            yield _SIGNS[tag]
        elif tag == _W + "txbxContent":
            boxes.append(child)
        elif tag == _CHOICE:
            yield from _runs(_chosen(child), boxes)
        elif tag in _UNSEEN or (tag == _W + "r" and _vanished(child)):
            continue
        else:
            yield from _runs(child, boxes)


def _chosen(alternatives: Element) -> Element:
    """The first of alternative renderings; the others say the same again."""
    return alternatives[0] if len(alternatives) else alternatives


def _vanished(run: Element) -> bool:
    hidden = run.find(f"{_W}rPr/{_W}vanish")
    return hidden is not None and hidden.get(_W + "val", "1").lower() not in _OFF


def _table(table: Element, styles: _Styles) -> Iterator[str]:
    """A row of short cells is one line with tabs; cells that hold several paragraphs follow one another."""
    for row in _within(table, "tr"):
        cells = [tidy("\n".join(_blocks(cell, styles))).strip() for cell in _within(row, "tc")]
        cells = [cell for cell in cells if cell]
        if any("\n" in cell for cell in cells):
            for cell in cells:
                yield cell
                yield ""
        elif cells:
            yield "\t".join(cells)


def _within(element: Element, tag: str) -> Iterator[Element]:
    """Rows of a table, or cells of a row, also those inside content controls and tracked insertions."""
    for child in element:
        if child.tag == _W + tag:
            yield child
        elif child.tag not in _UNSEEN and child.tag not in (_W + "tbl", _W + "p"):
            yield from _within(child, tag)
