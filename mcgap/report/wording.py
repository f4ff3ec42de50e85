"""Small words for people: quotes, lists, dates, hours, money."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TypeVar

from mcgap.records import Amount, Cost, Evidence, GateKind, Hours, Reason

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
BASES = {"issuer": "the issuer's figure", "derived": "worked out from the issuer's figures", "third-party": "reported by others", "estimate": "an estimate"}
COST_KINDS = {"exam": "exam fee", "course": "course fee", "subscription": "subscription", "membership": "membership", "renewal": "renewal fee"}
GATE_KINDS = {
    GateKind.DEGREE: "education",
    GateKind.LICENCE: "licence",
    GateKind.YEARS: "experience",
    GateKind.CLEARANCE: "clearance",
    GateKind.LANGUAGE: "language",
}
EVIDENCES = {
    Evidence.USED: "used",
    Evidence.CERTIFIED: "shown by a certificate",
    Evidence.EDUCATION: "studied",
    Evidence.LISTED: "listed",
    Evidence.ASPIRING: "being learnt",
}
TOP_REASONS = 3
# A line break before a small letter is where a PDF broke a line, no end of a sentence.
_BOUNDARY = re.compile(r"\n(?![ \t]*[a-z])|[;\u2022\u25cf\u00b7\uf0b7]|[.!?](?=\s)")
_WIDTH = 96
_REACH = 400
STRETCH = 80  # characters that one quote shows without being cut
K = TypeVar("K")
_EDGES = " \u2022*\u00b7|-\u2013,"


def snippet(text: str, start: int, end: int, width: int = _WIDTH) -> str:
    """The sentence or bullet that holds characters ``start`` to ``end``, on one line of about ``width`` characters, cut at words.

    >>> snippet("Fine. You know SQL well; also R.", 15, 18)
    'You know SQL well'
    """
    first, last = left, right = _sentence_at(text, start, end)
    if right - left > width:
        room = max(0, width - (end - start))
        begin = max(left, min(start - room // 2, right - width))
        first, last = _word_start(text, begin, left, start), _word_end(text, begin + width, right, end)
    words = " ".join(text[first:last].split()).strip(_EDGES)
    return ("\u2026 " if first > left else "") + words + (" \u2026" if last < right else "")


def stretches(places: Mapping[K, tuple[int, int]], text: str, *, alone: Sequence[K] = ()) -> list[tuple[list[K], int, int]]:
    """What stands in one sentence within ``STRETCH`` characters, together, where its first member stands; with start and end.

    What is in ``alone`` is joined to nothing.
    """
    found: list[tuple[list[K], int, int]] = []
    sentences: list[tuple[int, int]] = []
    for key, (start, end) in places.items():
        sentence_span = _sentence_at(text, start, end)
        for n, (members, first, last) in enumerate(found):
            if key not in alone and members[0] not in alone and sentences[n] == sentence_span and max(last, end) - min(first, start) <= STRETCH:
                found[n] = ([*members, key], min(first, start), max(last, end))
                break
        else:
            found.append(([key], start, end))
            sentences.append(sentence_span)
    return found


def _sentence_at(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence or bullet around a span, as far as ``_REACH`` characters."""
    left = max((m.end() for m in _BOUNDARY.finditer(text, max(0, start - _REACH), start)), default=max(0, start - _REACH))
    after = _BOUNDARY.search(text, end, min(len(text), end + _REACH))
    return left, after.start() if after else min(len(text), end + _REACH)


def _word_start(text: str, at: int, least: int, most: int) -> int:
    """The first word start at or after ``at``, at most ``most``."""
    if at <= least:
        return least
    while at < most and not text[at - 1].isspace():
        at += 1
    return at


def _word_end(text: str, at: int, most: int, least: int) -> int:
    """The last word end at or before ``at``, at least ``least``."""
    if at >= most:
        return most
    while at > least and not text[at].isspace():
        at -= 1
    return at


def quoted(words: str) -> str:
    return f"\u201c{words}\u201d"


def joined(names: Sequence[str]) -> str:
    """Names as a list in a sentence; with commas where a name holds one itself.

    >>> joined(["SQL"]), joined(["SQL", "R"]), joined(["SQL", "R", "Go"])
    ('SQL', 'SQL and R', 'SQL, R and Go')
    """
    if any("," in name for name in names):
        return "; ".join(names)
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def sentence(words: str) -> str:
    """Words with a capital and a full stop; a name's own small letter ("iOS", "dbt is …") stays.

    >>> sentence("being learnt"), sentence("free, as of 2026-01"), sentence("iOS is named"), sentence("")
    ('Being learnt.', 'Free, as of 2026-01.', 'iOS is named.', '')
    """
    words = words.strip()
    if not words:
        return ""
    first = words.split()[0].rstrip(",;:")
    if first.islower() and first.isalpha():
        words = words[0].upper() + words[1:]
    return words if words[-1] in ".!?\u2026" else f"{words}."


def percent(share: float | None) -> str:
    """A share in whole percent, never rounded up to 100 or down to 0.

    >>> percent(0.618), percent(0.999), percent(0.001), percent(1.0)
    ('62%', '99%', '1%', '100%')
    """
    if share is None:
        return "unknown"
    whole = round(share * 100)
    if whole == 100 and share < 1:
        whole = 99
    if whole == 0 and share > 0:
        whole = 1
    return f"{whole}%"


def day(when: date) -> str:
    """A date as people write it: 1 Dec 2026."""
    return f"{when.day} {MONTHS[when.month - 1]} {when.year}"


def month(when: tuple[int, int] | None) -> str:
    """A month of a role: Mar 2021."""
    return f"{MONTHS[when[1] - 1]} {when[0]}" if when else "an unknown month"


def years(value: float) -> str:
    """A length in words: months below two years.

    >>> years(3), years(1), years(0.5), years(2.25)
    ('3 years', '1 year', '6 months', '2.2 years')
    """
    if value < 2 and value % 1:
        months = max(1, round(value * 12))
        return f"{months} month{'' if months == 1 else 's'}"
    return f"{value:.2g} year{'' if value == 1 else 's'}" if value < 10 else f"{value:.0f} years"


def amount(value: float) -> str:
    """A number without needless digits: 90, 12.5, 1,200."""
    return f"{value:,.0f}" if value >= 10 or float(value).is_integer() else f"{value:.1f}"


def money(value: float) -> str:
    """An amount of money: 395, 1,200, 12.50."""
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.2f}"


def amounts(sums: Sequence[Amount]) -> str:
    """Sums of money, one a currency: "250 USD and 90 GBP"; "no fees" where there are none.

    >>> amounts([Amount(250, "USD"), Amount(90, "GBP")])
    '250 USD and 90 GBP'
    """
    return joined([f"{money(item.amount)} {item.currency}".strip() for item in sums]) if sums else "no fees"


def hours(value: Hours | None) -> str:
    """Study hours with where the figure comes from."""
    if value is None:
        return "Hours are not published"
    spread = amount(value.min) if value.min == value.max else f"{amount(value.min)}\u2013{amount(value.max)}"
    return f"{spread} hour{'' if spread == '1' else 's'} ({BASES.get(value.basis, value.basis)})"


def cost(value: Cost | None) -> str:
    """What it costs, of which kind, and as of when."""
    if value is None:
        return "cost not known"
    dated = f", as of {value.as_of}" if value.as_of else ""
    if value.max == 0:
        return f"free{dated}"
    spread = money(value.min) if value.min == value.max else f"{money(value.min)}\u2013{money(value.max)}"
    kind = COST_KINDS.get(value.kind, value.kind)
    again = f", {value.recurring}" if value.recurring else ""
    return f"{spread} {value.currency} ({kind}{again}{dated})"


def top_reasons(reasons: Iterable[Reason]) -> list[Reason]:
    """The reasons that lift a score most, highest first; what is unknown and so ranked neutrally is no reason."""
    lifting = [reason for reason in reasons if reason.points > 0 and reason.detail and "neutral" not in reason.detail]
    return sorted(lifting, key=lambda r: (-r.points, r.factor))[:TOP_REASONS]
