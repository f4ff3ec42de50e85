"""Words without their endings and phrases without their wrapper words, for comparing only."""

from __future__ import annotations

from functools import lru_cache

from mcgap.files import word_list
from mcgap.text import Words

# Words that carry no meaning of their own in a skill's name.
_WRAPPERS = word_list("wrappers") | word_list("weak_content")


@lru_cache(maxsize=1 << 16)  # memory stays flat over millions of texts
def stem(word: str) -> str:
    """A folded word without its commonest endings, for comparing phrases only.

    >>> stem("managing") == stem("management") == stem("manage")
    True
    """
    for ending in ("ization", "izing", "ation", "ement", "ment", "ness", "ing", "ion", "ive", "ity", "ies", "ed", "er", "or", "al", "ly", "e", "y", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def content_stems(phrase: str) -> frozenset[str]:
    """The stems of a phrase's words that carry its meaning."""
    return frozenset(stem(w) for w in Words(phrase).folded if w not in _WRAPPERS and len(w) > 1)
