"""Levels, lengths and prices as course lists write them."""

from __future__ import annotations

import re

_LEVELS = (
    ("advanced", re.compile(r"\b(?:advanced|expert|professional|specialist)\b", re.IGNORECASE)),
    ("working", re.compile(r"\b(?:intermediate|associate|mixed|working|practitioner)\b", re.IGNORECASE)),
    (
        "basic",
        re.compile(r"\b(?:beginner|basic|introductory|introduction|entry|foundation(?:al|s)?|fundamentals?|elementary|novice|all levels)\b", re.IGNORECASE),
    ),
)
_RANGE = r"(?P<least>\d+(?:\.\d+)?)\s*(?:(?:-|\u2013|to)\s*(?P<most>\d+(?:\.\d+)?))?\s*\+?\s*"
_A_WEEK = re.compile(_RANGE + r"(?:hours?|hrs?|h)\s*(?:/|per|a|each)\s*(?:week|wk)", re.IGNORECASE)
_HOURS = re.compile(_RANGE + r"(?:total\s+)?(?:hours?|hrs?|h)\b(?!\s*(?:/|per|a|each)\s*(?:week|wk))", re.IGNORECASE)
_MINUTES = re.compile(_RANGE + r"(?:minutes?|mins?)\b", re.IGNORECASE)
_WEEKS = re.compile(_RANGE + r"(?:weeks?|wks?)\b", re.IGNORECASE)
_MONTHS = re.compile(_RANGE + r"months?\b", re.IGNORECASE)
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_SYMBOLS = {"\u20ac": "EUR", "\u00a3": "GBP", "\u20b9": "INR", "\u00a5": "JPY", "US$": "USD", "A$": "AUD", "C$": "CAD", "$": "USD"}
_CODE = re.compile(r"\b(USD|EUR|GBP|INR|CAD|AUD|CHF|JPY|SEK|NOK|DKK|PLN|SGD|NZD|ZAR|BRL|MXN)\b")
_WEEKS_A_MONTH = 4.348
_LONGEST = 300  # characters that a cell of a length or a price may have


def level_in(text: str | None) -> str | None:
    """A level as ours; where several are named, the lowest.

    >>> level_in("Beginner / Intermediate"), level_in("Expert"), level_in("Year 2")
    ('basic', 'advanced', None)
    """
    found = [name for name, pattern in _LEVELS if text and pattern.search(text[:_LONGEST])]
    return found[-1] if found else None


def length_in(text: str) -> tuple[tuple[float, float] | None, float | None]:
    """Study hours (least, most) and weeks named in a text.

    >>> length_in("Approx. 22 hours"), length_in("3 months at 10 hours a week")
    (((22.0, 22.0), None), ((130.4, 130.4), 13.0))
    """
    text = text[:_LONGEST]
    months, weeks, a_week = (_ends(pattern.search(text)) for pattern in (_MONTHS, _WEEKS, _A_WEEK))
    length = weeks or (months and (months[0] * _WEEKS_A_MONTH, months[1] * _WEEKS_A_MONTH))
    hours = _ends(_HOURS.search(text))
    if hours is None and a_week and length:
        hours = (a_week[0] * length[0], a_week[1] * length[1])
    if hours is None and (minutes := _ends(_MINUTES.search(text))):
        hours = (minutes[0] / 60, minutes[1] / 60)
    return (round(hours[0], 1), round(hours[1], 1)) if hours else None, round(length[1], 1) if length else None


def _ends(match: re.Match[str] | None) -> tuple[float, float] | None:
    return (float(match["least"]), float(match["most"] or match["least"])) if match else None


def price_in(text: str) -> tuple[float, float, str] | None:
    """Lowest and highest price and the currency (empty where none is named).

    >>> price_in("Free"), price_in("$49 - $79"), price_in("49"), price_in("on request")
    ((0.0, 0.0, 'USD'), (49.0, 79.0, 'USD'), (49.0, 49.0, ''), None)
    """
    text = text[:_LONGEST].strip()
    if re.fullmatch(r"(?:free|no cost|gratis|0(?:\.0+)?)(?: of charge)?", text, re.IGNORECASE):
        return 0.0, 0.0, "USD"
    prices = [float(match.replace(",", "")) for match in _NUMBER.findall(text)]
    code = _CODE.search(text)
    currency = code[1] if code else next((c for symbol, c in _SYMBOLS.items() if symbol in text), "")
    return (min(prices), max(prices), currency) if prices else None
