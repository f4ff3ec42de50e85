"""Text from files that others wrote: HTML, control characters and odd spaces taken out; slugs made."""

from __future__ import annotations

import html
import re
import unicodedata

_SUSPECT = re.compile(r"[<&\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]|\s\s")
_DROPPED = re.compile(r"<(script|style|template)\b.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_TAG = re.compile(r"</?[a-zA-Z!?][^<>]*>?")
_HIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_SPACES = re.compile(r"\s+")
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
LONGEST = 2_000
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def clean_text(text: str, longest: int = LONGEST) -> str:
    """Text without HTML, control and direction characters, on one line, at most ``longest`` characters.

    >>> clean_text("<b>Data &amp; AI</b><script>alert(1)</script>\\n basics"), clean_text("p < 0.05")
    ('Data & AI basics', 'p < 0.05')
    """
    if len(text) <= longest and not _SUSPECT.search(text):  # the usual case
        return text.strip()
    text = text[: longest * 8]
    if _SUSPECT.search(text):
        # Twice, because "&lt;b&gt;" only becomes a tag by unescaping.
        for _ in range(2):
            text = html.unescape(_TAG.sub(" ", _DROPPED.sub(" ", _COMMENT.sub(" ", text))))
        text = _SPACES.sub(" ", _HIDDEN.sub("", _TAG.sub(" ", text)))
    return text.strip()[:longest].rstrip()


def slug_of(text: str, longest: int = 80) -> str:
    """A text as an id of a-z, 0-9 and single hyphens; empty where nothing is left.

    >>> slug_of("AWS Certified: Développeur (Associate)"), slug_of("C++"), slug_of("C#")
    ('aws-certified-developpeur-associate', 'c-plus-plus', 'c-sharp')
    """
    folded = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).lower()
    folded = folded.replace("+", " plus ").replace("#", " sharp ").replace("&", " and ")
    return _NOT_SLUG.sub("-", folded).strip("-")[:longest].strip("-")
