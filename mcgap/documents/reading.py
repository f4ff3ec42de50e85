"""The front door: what a text, a file or standard input is, and which reader takes it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from mcgap.documents.content import Content
from mcgap.documents.docx import read_docx
from mcgap.documents.html import html_text, looks_like_html, looks_like_page, read_html
from mcgap.documents.pdf import read_pdf
from mcgap.documents.plain import decode_markup, decode_plain, is_binary
from mcgap.documents.structured import parse_json, read_json
from mcgap.documents.title import find_title
from mcgap.errors import DocumentError
from mcgap.records import Document, DocumentKind

MAX_BYTES = 20 * 1024 * 1024
_FORMATS = "give a text, Markdown, HTML, PDF, DOCX or JSON file"
_UNCHANGED = frozenset({".txt", ".text", ".md", ".markdown"})
_PAGES = frozenset({".html", ".htm", ".xhtml"})
# First bytes of files that cannot be read, and what to do.
_REFUSED: tuple[tuple[bytes, str], ...] = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is an old Word file (.doc) or a locked one; open it in Word or LibreOffice and save it as .docx without a password"),
    (b"{\\rtf", "is a Rich Text file (.rtf); open it in Word or LibreOffice and save it as .docx or .pdf"),
    (b"\x89PNG", f"is a picture; text in pictures is not read: {_FORMATS}"),
    (b"\xff\xd8\xff", f"is a picture; text in pictures is not read: {_FORMATS}"),
    (b"GIF8", f"is a picture; text in pictures is not read: {_FORMATS}"),
    (b"\x1f\x8b", "is a compressed archive; unpack it and name the file to read"),
    (b"7z\xbc\xaf\x27\x1c", "is a compressed archive; unpack it and name the file to read"),
    (b"Rar!\x1a\x07", "is a compressed archive; unpack it and name the file to read"),
)
_REFUSED_SUFFIXES = {
    ".doc": "is an old Word file (.doc); open it in Word or LibreOffice and save it as .docx",
    ".odt": "is an OpenDocument file (.odt); open it in LibreOffice or Word and save it as .docx or .pdf",
    ".rtf": "is a Rich Text file (.rtf); open it in Word or LibreOffice and save it as .docx or .pdf",
    ".pages": "is an Apple Pages file; export it from Pages as .docx or .pdf",
}


def read_document(text: str, kind: DocumentKind, *, source: str = "text") -> Document:
    """A text already in hand; plain text stays unchanged, so that offsets point into it.

    JSON Resume, JobPosting and HTML are recognised and turned into text. Raises DocumentError where
    the text is empty, or is JSON of another kind.
    """
    _refuse_empty(text, source)
    stripped = text.lstrip("\ufeff \t\r\n")
    if stripped[:1] in ("{", "[") and (content := _json_in_hand(stripped, source)) is not None:
        return _document(content, kind, source)
    if looks_like_html(text):
        return _document(read_html(text) if looks_like_page(text) else Content(html_text(text)), kind, source)
    return _document(Content(text), kind, source)


def read_path(path: Path | str, kind: DocumentKind) -> Document:
    """A file as a document, by its first bytes and its suffix; ``source`` is the path as given.

    Raises DocumentError with a sentence where it cannot be read.
    """
    source = str(path)
    return _read_bytes(_file_bytes(Path(path), source), Path(path).suffix.lower(), kind, source)


def read_stdin(stream: BinaryIO, kind: DocumentKind) -> Document:
    """Standard input as a document; ``source`` is "-". PDF and DOCX are known by their first bytes."""
    data = stream.read(MAX_BYTES + 1)
    return _read_bytes(data, "", kind, "-")


def _file_bytes(path: Path, source: str) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise DocumentError(f"There is no file {source}; check the path.") from None
    except IsADirectoryError:
        raise DocumentError(f"{source} is a folder; name a file in it.") from None
    except PermissionError:
        raise DocumentError(f"{source} may not be read; give yourself permission to read it, or copy it elsewhere.") from None
    except (OSError, ValueError) as error:
        raise DocumentError(f"{source} cannot be read ({getattr(error, 'strerror', None) or error}); check the path.") from None


def _read_bytes(data: bytes, suffix: str, kind: DocumentKind, source: str) -> Document:
    name = "Standard input" if source == "-" else source
    if len(data) > MAX_BYTES:
        raise DocumentError(f"{name} is larger than {MAX_BYTES // 2**20} MB; save only the posting or résumé, as text.")
    if not data.strip(b" \t\r\n\f\v\0"):
        raise DocumentError(_empty(name))
    content = _reader(data, suffix, name)(data, name)
    if not content.text.strip("\ufeff \t\r\n\f\v\0\xa0"):
        raise DocumentError(_empty(name))
    return _document(content, kind, source)


def _reader(data: bytes, suffix: str, name: str) -> Callable[[bytes, str], Content]:
    """The reader for a file. First bytes go before the suffix: downloads are often misnamed."""
    if b"%PDF-" in data[:1024]:
        return read_pdf
    if data[:4] == b"PK\x03\x04":
        return read_docx
    for magic, problem in _REFUSED:
        if data.startswith(magic):
            raise DocumentError(f"{name} {problem}.")
    if suffix == ".pdf" or suffix in (".docx", ".docm"):
        raise DocumentError(f"{name} is named {suffix} but holds something else or is damaged; save or download it again.")
    if suffix in _REFUSED_SUFFIXES and is_binary(data):
        raise DocumentError(f"{name} {_REFUSED_SUFFIXES[suffix]}.")
    return _READERS.get(suffix, _read_unnamed)


def _read_unchanged(data: bytes, name: str) -> Content:
    content = decode_plain(data, name)
    if looks_like_page(content.text):
        note = f"{name} holds a web page and was read as plain text, tags and all; name it .html to have its text taken out."
        return Content(content.text, content.title, (*content.warnings, note))
    return content


def _read_page(data: bytes, name: str) -> Content:
    _refuse_binary(data, name)
    content = read_html(decode_markup(data))
    if not content.text.strip():
        raise DocumentError(f"{name} is a page without visible text (perhaps it is built by a script); copy the posting's text into a .txt file.")
    return content


def _read_json(data: bytes, name: str) -> Content:
    _refuse_binary(data, name)
    return read_json(parse_json(decode_markup(data), name), name, html_text)


def _read_unnamed(data: bytes, name: str) -> Content:
    """Standard input, or a suffix that says nothing: HTML and JSON by how they begin, else plain text."""
    content = decode_plain(data, name)
    stripped = content.text.lstrip("\ufeff \t\r\n")
    if stripped[:1] in ("{", "[") and (found := _json_in_hand(stripped, name)) is not None:
        return found
    return _read_page(data, name) if looks_like_page(content.text) else content


_READERS: dict[str, Callable[[bytes, str], Content]] = {
    **dict.fromkeys(_UNCHANGED, _read_unchanged),
    **dict.fromkeys(_PAGES, _read_page),
    ".json": _read_json,
    ".jsonld": _read_json,
}


def _json_in_hand(text: str, name: str) -> Content | None:
    """A text that begins like JSON: its content, or None where it is no JSON object after all ("[Remote] Nurse")."""
    try:
        value = parse_json(text, name)
    except DocumentError:
        return None
    if isinstance(value, dict) or (isinstance(value, list) and any(isinstance(item, dict) for item in value)):
        return read_json(value, name, html_text)
    return None


def _document(content: Content, kind: DocumentKind, source: str) -> Document:
    title = (content.title or find_title(content.text)) if kind is DocumentKind.POSTING else None
    return Document(content.text, source, kind, title, content.warnings)


def _refuse_empty(text: str, source: str) -> None:
    if not text.strip("\ufeff \t\r\n\f\v\0\xa0"):
        raise DocumentError(_empty("The text" if source == "text" else source))


def _refuse_binary(data: bytes, name: str) -> None:
    if data[:2] not in (b"\xff\xfe", b"\xfe\xff") and is_binary(data):
        raise DocumentError(f"{name} is a binary file, not text; {_FORMATS}.")


def _empty(name: str) -> str:
    return f"{name} is empty; give a file or text with words in it."
