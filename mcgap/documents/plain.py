"""Bytes of a text file as text. What is read is not mended: offsets point into the file as it is."""

from __future__ import annotations

import codecs
import re

from mcgap.documents.content import Content
from mcgap.errors import DocumentError

_UTF16 = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)", re.IGNORECASE)
_CONTROLS = bytes(set(range(32)) - {9, 10, 12, 13, 27})
_BINARY_SHARE = 0.05


def decode_plain(data: bytes, name: str) -> Content:
    """Plain text decoded as UTF-8 with replacement, unchanged; UTF-16 by its byte order mark.

    Raises DocumentError where the bytes are no text.
    """
    if data[:2] in _UTF16:
        return Content(data.decode("utf-16", errors="replace"))
    bare = _bare_utf16(data)
    if bare is not None:
        return Content(bare, warnings=(f"{name} was read as UTF-16 without a byte order mark; save it as UTF-8 to be sure.",))
    if is_binary(data):
        raise DocumentError(f"{name} is a binary file, not text; give a text, Markdown, HTML, PDF, DOCX or JSON file.")
    text = data.decode("utf-8", errors="replace")
    return Content(text, warnings=_decoding_warnings(data, text, name))


def decode_markup(data: bytes) -> str:
    """HTML or JSON decoded by byte order mark, UTF-8, the charset it names, else Windows-1252."""
    if data[:2] in _UTF16:
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    named = _CHARSET.search(data[:4096])
    for encoding in (named[1].decode("ascii") if named else "cp1252", "cp1252"):
        try:
            return data.decode(encoding, errors="replace")
        except (LookupError, UnicodeError):
            continue
    return data.decode("utf-8", errors="replace")


def is_binary(data: bytes) -> bool:
    """Whether more than a twentieth of the bytes are control characters that no text holds."""
    head = data[:65536]
    return len(head) - len(head.translate(None, _CONTROLS)) > _BINARY_SHARE * len(head)


def _bare_utf16(data: bytes) -> str | None:
    head = data[:4096]
    for offset, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        zeros = head[offset::2].count(0)
        if len(head) >= 8 and zeros > 0.4 * len(head) / 2 and head[1 - offset :: 2].count(0) < 0.02 * len(head):
            text = data.decode(encoding, errors="replace")
            if _reads_well(text):
                return text
    return None


def _decoding_warnings(data: bytes, text: str, name: str) -> tuple[str, ...]:
    lost = text.count("\ufffd")
    if not lost:
        return ()
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return (_lost_sentence(data, lost, name),)
    return (f"{name} holds {lost} replacement characters (\ufffd): letters were lost before it was saved; save it again from the source.",)


def _lost_sentence(data: bytes, lost: int, name: str) -> str:
    try:
        if _reads_well(data.decode("cp1252")):
            return f"{name} is not UTF-8 and reads well as Windows-1252 (Latin-1); {lost} of its characters were lost: save it as UTF-8 and read it again."
    except UnicodeDecodeError:
        pass
    return f"{name} is not UTF-8; {lost} of its characters were lost: save it as UTF-8 and read it again."


def _reads_well(text: str) -> bool:
    """Whether nearly all characters are printable and most of them letters or spaces."""
    head = text[:20_000]
    good = sum(c.isprintable() or c in "\t\n\r\f" for c in head)
    wordy = sum(c.isalpha() or c.isspace() for c in head)
    return good >= 0.99 * len(head) and wordy >= 0.6 * len(head)
