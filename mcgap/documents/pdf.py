"""The text of a PDF, read by where its letters stand."""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from mcgap.documents.content import Content, tidy
from mcgap.documents.layout import Word, order_page
from mcgap.errors import DocumentError

MAX_PAGES = 50
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
_LETTERS = str.maketrans({"\xad": None, "\u2010": "-", "\u2011": "-", "\xa0": " ", "\u2007": " ", "\u202f": " ", "\u200b": None, "\ufeff": None, "\x00": None})
_UNMAPPED = re.compile(r"\(cid:\d+\)")
_BULLET_CODES = dict.fromkeys(("(cid:127)", "(cid:149)", "\x7f", "\x95"), "\u2022")  # Windows encoding: unused codes and 149 are bullets
_MANY_UNMAPPED = 0.1  # share of letters without a Unicode value above which a warning is due
_PAGE_NUMBER = re.compile(r"^\W*(?:page|p\.|seite)?\s*\d{1,3}\s*(?:(?:of|/|von|\|)\s*\d{1,3})?\W*$", re.IGNORECASE)
_MARGIN = 0.09  # of the page's height, above and below: where page headers, footers and numbers stand
_BROKEN = re.compile(r"([^\W\d_]+)-\n([^\W\d_]+)([^\s]*)[ \t]?")
# First halves of compounds: "cross-" at a line's end keeps its hyphen when it is joined.
_COMPOUNDS = frozenset(
    {"all", "back", "best", "client", "co", "cost", "cross", "customer", "data", "decision", "detail", "e", "end", "error", "event"}
    | {"evidence", "ex", "face", "fast", "five", "four", "front", "full", "goal", "hand", "hands", "high", "in", "inter", "large"}
    | {"life", "long", "low", "mid", "multi", "near", "non", "object", "off", "on", "open", "part", "peer", "people", "performance"}
    | {"point", "post", "pre", "problem", "product", "project", "quality", "real", "results", "risk", "role", "self", "semi", "service", "short"}
    | {"single", "six", "small", "so", "solution", "state", "sub", "system", "task", "team", "test", "third", "three", "time", "top"}
    | {"two", "under", "up", "user", "value", "well", "wide", "world", "year"}
)


def read_pdf(data: bytes, name: str) -> Content:
    """A PDF in the order in which a person reads it: columns one after the other, a heading above its own content.

    Raises DocumentError for a locked or damaged file and for one without text.
    """
    import pdfplumber

    with _quiet_pdfminer():
        try:
            with pdfplumber.open(BytesIO(data)) as pdf:
                count = len(pdf.pages)
                pages = [_page_words(page) for page in pdf.pages[:MAX_PAGES]]
        except Exception as error:  # pdfminer raises errors of every kind on damaged files
            raise DocumentError(_problem(error, name)) from error
    unmapped = sum(n for _, n, _ in pages)
    pages_words = _without_running_lines([(words, height) for words, _, height in pages])
    lines = [line for n, words in enumerate(pages_words) for line in ["", *order_page(words, more=n + 1 < len(pages_words))]]
    text = tidy(join_broken_words("\n".join(lines)))
    if not any(c.isalnum() for c in text):
        raise DocumentError(f"{name} holds no text: it is probably a scan; run text recognition (OCR) on it, or paste its text into a .txt file.")
    return Content(text, warnings=tuple(_warnings(name, count, unmapped, len(text))))


def join_broken_words(text: str) -> str:
    """Words broken at a line's end made whole; the rest of the word moves up.

    >>> join_broken_words("commu-\\nnication skills in cross-\\nfunctional teams")
    'communication\\nskills in cross-functional\\nteams'
    """
    lower = text.lower()

    def joined(match: re.Match[str]) -> str:
        first, second, rest = match.groups()
        if not second[0].islower():
            return match[0]
        whole, compound = (first + second).lower(), f"{first}-{second}".lower()
        before = text[match.start() - 1] if match.start() else ""
        keep = compound in lower or before == "-" or rest.startswith("-") or (first.lower() in _COMPOUNDS and whole not in lower)
        return f"{first}{'-' if keep else ''}{second}{rest}\n"

    return _BROKEN.sub(joined, text)


@contextmanager
def _quiet_pdfminer() -> Iterator[None]:
    """pdfminer's remarks on odd files kept off standard error, for this call only."""
    logger = logging.getLogger("pdfminer")
    before = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(before)


def _problem(error: BaseException, name: str) -> str:
    chain: BaseException | None = error
    while chain is not None:
        if any(word in f"{type(chain).__name__} {chain!r}" for word in ("Password", "Encryption")):
            return f"{name} is locked with a password; save a copy without one and read that."
        chain = chain.__cause__ or chain.__context__
    return f"{name} is a damaged PDF; open it in a reader, print or save it as a new PDF and try once more."


def _warnings(name: str, count: int, unmapped: int, length: int) -> Iterator[str]:
    if count > MAX_PAGES:
        yield f"{name} has {count} pages; only the first {MAX_PAGES} were read."
    if unmapped > _MANY_UNMAPPED * (length + unmapped):
        yield f"{name} uses a font whose letters cannot be told ({unmapped} of them were left out); save it from its source again, or paste its text."


def _page_words(page: Any) -> tuple[list[Word], int, float]:
    """The words of a page, how many of its letters have no Unicode value, and its height in points."""
    chars = [c for c in page.dedupe_chars(tolerance=1).chars if c.get("upright", True)]
    for char in chars:
        char["text"] = _BULLET_CODES.get(char["text"], char["text"])
    unmapped = sum(bool(_UNMAPPED.fullmatch(c["text"])) for c in chars)
    letters = [_letter(c, float(page.height)) for c in chars if not _UNMAPPED.fullmatch(c["text"])]
    seen = [w for w in letters if w.text and -1 <= w.x0 <= float(page.width) and -1 <= w.baseline <= float(page.height) + 1]
    return _words(seen), unmapped, float(page.height)


def _letter(char: dict[str, Any], height: float) -> Word:
    text = "".join(_sign(c) for c in char["text"].translate(_LIGATURES).translate(_LETTERS))
    baseline = height - float(char["matrix"][5])
    size = max(float(char["size"]), 1.0)
    if len(text) > 1 and not text.strip("-"):
        text = "-"  # one sign that its font maps to several hyphens
    if text == "o" and "courier" in char["fontname"].lower():
        text = "\u25e6"  # Word's second-level bullet
    return Word(text, float(char["x0"]), float(char["x1"]), baseline, size, "bold" in char["fontname"].lower())


def _sign(char: str) -> str:
    """Symbol fonts put bullets and icons into the private use area."""
    if "\ue000" <= char <= "\uf8ff":
        return "\u2022" if char in "\uf0b7\uf0a7\uf076\uf0d8\uf0fc\uf0a8" else ""
    return char


def _words(letters: list[Word]) -> list[Word]:
    """Letters joined into words, row by row. A page whose rows hold no spaces is broken by its gaps alone."""
    spaces = sum(letter.text.isspace() for letter in letters)
    gap = 0.4 if spaces > 0.04 * len(letters) else 0.17
    words: list[Word] = []
    rows = list(_rows(letters))
    for row in _with_raised(rows):
        current: list[Word] = []
        for letter in sorted(row, key=lambda w: w.x0):
            apart = current and (letter.text.isspace() or letter.x0 - current[-1].x1 > gap * max(letter.size, current[-1].size))
            if apart:
                words.append(_whole(current))
                current = []
            if not letter.text.isspace():
                current.append(letter)
        if current:
            words.append(_whole(current))
    return words


def _rows(letters: list[Word]) -> Iterator[list[Word]]:
    """Letters on the same baseline, to a fifth of their size."""
    row: list[Word] = []
    for letter in sorted(letters, key=lambda w: w.baseline):
        if row and letter.baseline - row[0].baseline > 0.2 * row[0].size:
            yield row
            row = []
        row.append(letter)
    if row:
        yield row


def _whole(letters: list[Word]) -> Word:
    return Word(
        "".join(letter.text for letter in letters),
        letters[0].x0,
        max(letter.x1 for letter in letters),
        Counter(letter.baseline for letter in letters).most_common(1)[0][0],
        max(letter.size for letter in letters),
        all(letter.bold for letter in letters),
    )


def _with_raised(rows: list[list[Word]]) -> list[list[Word]]:
    """Rows with small raised or lowered letters set back on the line they touch: 1st, LaTeX."""
    kept = [[w for w in row if w.text.isspace()] for row in rows]
    for n, row in enumerate(rows):
        for piece in _pieces(row):
            host = n
            if sum(len(letter.text) for letter in piece) <= 3:
                near = (k for k in (n + 1, n - 1) if 0 <= k < len(rows) and len(rows[k]) > 3)
                host = next((k for k in near if _touches(rows[k], piece)), n)
            kept[host].extend(piece)
    return [row for row in kept if row]


def _pieces(row: list[Word]) -> Iterator[list[Word]]:
    """Letters of a row that stand close together."""
    piece: list[Word] = []
    for letter in sorted((w for w in row if not w.text.isspace()), key=lambda w: w.x0):
        if piece and letter.x0 - piece[-1].x1 > 0.3 * letter.size:
            yield piece
            piece = []
        piece.append(letter)
    if piece:
        yield piece


def _touches(row: list[Word], piece: list[Word]) -> bool:
    """Whether a piece is part of a word of the row: a smaller one after a letter, or one between two letters."""
    first, last = piece[0], piece[-1]
    size = row[0].size
    if abs(first.baseline - row[0].baseline) > 0.6 * size or first.size > 1.05 * size:
        return False
    letters = [w for w in row if not w.text.isspace()]
    before = any(-0.5 * size < first.x0 - w.x1 < 0.15 * size and w.x0 < first.x0 for w in letters)
    after = any(-0.5 * size < w.x0 - last.x1 < 0.15 * size and w.x1 > last.x1 for w in letters)
    return (before and after) or (before and first.size < 0.85 * size)


def _without_running_lines(pages: list[tuple[list[Word], float]]) -> list[list[Word]]:
    """Pages without page numbers, and without headers and footers that come again; a header stays on the first page."""
    keys = [_margin_lines(words, height) for words, height in pages]
    counts = Counter(key for page in keys for key in {k for k, _, _ in page})
    often = max(2, (len(pages) + 1) // 2)
    kept: list[list[Word]] = []
    seen: set[str] = set()
    for (words, _), page in zip(pages, keys, strict=True):
        dropped: set[int] = set()
        for key, top, members in page:
            repeated = counts[key] >= often and (key in seen or not top)
            if repeated or _PAGE_NUMBER.match(" ".join(w.text for w in members)):
                dropped.update(id(w) for w in members)
            seen.add(key)
        kept.append([w for w in words if id(w) not in dropped])
    return kept


def _margin_lines(words: list[Word], height: float) -> list[tuple[str, bool, list[Word]]]:
    """Lines in the upper and lower margin as (text with digits made equal, whether above, words)."""
    found = []
    for row in _rows([w for w in words if w.baseline < _MARGIN * height or w.baseline > (1 - _MARGIN) * height]):
        members = sorted(row, key=lambda w: w.x0)
        top = members[0].baseline < height / 2
        found.append((("^" if top else "_") + re.sub(r"\d+", "#", " ".join(w.text for w in members)), top, members))
    return found
