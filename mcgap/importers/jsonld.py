"""What every JSON-LD importer needs: texts, lists, types, references and durations, whatever shape they come in."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from typing import Any

from mcgap.catalog.clean import clean_text

Node = Mapping[str, Any]
_DURATION = re.compile(
    r"P(?:(?P<Y>[\d.]+)Y)?(?:(?P<M>[\d.]+)M)?(?:(?P<W>[\d.]+)W)?(?:(?P<D>[\d.]+)D)?(?:T(?:(?P<h>[\d.]+)H)?(?:(?P<m>[\d.]+)M)?(?:(?P<s>[\d.]+)S)?)?",
    re.IGNORECASE,
)
_DAYS = {"Y": 365.25, "M": 30.4375, "W": 7.0, "D": 1.0}
_MOST_NODES = 400_000
_LARGEST = 1e9  # no fee, length or credit is larger


def text_of(value: Any, language: str = "en") -> str | None:
    """The text of a plain value, a language map, a ``@value`` object, a named object or the first of a list."""
    for _ in range(4):
        if isinstance(value, list):
            value = next((v for v in value if v not in (None, "")), None)
        elif isinstance(value, Mapping):
            value = value.get("@value") or value.get("name") or _in_language(value, language)
        else:
            break
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return clean_text(str(value)) or None


def _in_language(value: Node, language: str) -> Any:
    texts = {str(k).lower(): v for k, v in value.items() if not str(k).startswith("@") and isinstance(v, str | list)}
    return texts.get(language) or next((v for k, v in sorted(texts.items()) if k.startswith(f"{language}-")), None) or next(iter(texts.values()), None)


def list_of(value: Any) -> list[Any]:
    """A value as a list; a language map of lists gives the list of its language."""
    if (
        isinstance(value, Mapping)
        and value
        and not any(str(k).startswith("@") or ":" in str(k) for k in value)
        and all(isinstance(v, list) for v in value.values())
    ):
        value = _in_language(value, "en")
    return [] if value is None else list(value) if isinstance(value, list | tuple) else [value]


def texts_of(value: Any) -> list[str]:
    return [text for item in list_of(value) if (text := text_of(item)) is not None]


def number_of(value: Any) -> float | None:
    """A number that can be a fact, also from text such as "1,200.50"; None for anything else."""
    if isinstance(value, list | tuple):
        value = next(iter(value), None)
    if isinstance(value, str):
        match = re.search(r"\d[\d,]*(?:\.\d+)?", value[:200])
        value = float(match[0].replace(",", "")) if match else None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        return float(value) if math.isfinite(value) and abs(value) <= _LARGEST else None
    except OverflowError:
        return None


def types_of(node: Node) -> frozenset[str]:
    """The local names of a node's types: "ceterms:Badge" and "https://schema.org/Course" give Badge and Course."""
    kinds = [*list_of(node.get("@type")), *list_of(node.get("type"))]
    return frozenset(re.split(r"[/#:]", kind)[-1] for kind in kinds if isinstance(kind, str))


def id_of(value: Any) -> str | None:
    """The identifier of a node, or of a reference written as text."""
    if isinstance(value, Mapping):
        value = value.get("@id") or value.get("id")
    return value.strip() if isinstance(value, str) and value.strip() else None


def nodes_of(data: Any) -> Iterator[Node]:
    """Every object in a JSON-LD document, outer ones first. The document is a tree, so this ends."""
    waiting: list[Any] = [data]
    seen = 0
    while waiting and seen < _MOST_NODES:
        value = waiting.pop()
        seen += 1
        if isinstance(value, Mapping):
            yield value
            waiting.extend(reversed([v for v in value.values() if isinstance(v, dict | list)]))
        elif isinstance(value, list):
            waiting.extend(reversed([v for v in value if isinstance(v, dict | list)]))


def index_of(data: Any) -> dict[str, Node]:
    """The fullest node for each identifier."""
    index: dict[str, Node] = {}
    for node in nodes_of(data):
        name = id_of(node)
        if name is not None and len(node) > len(index.get(name, ())):
            index[name] = node
    return index


def resolve(value: Any, index: Mapping[str, Node]) -> Node:
    """The node that a value is or refers to; empty where it is not in the document."""
    if isinstance(value, Mapping) and len(value) > 1:
        return value
    return index.get(id_of(value) or "", value if isinstance(value, Mapping) else {})


def web_address(value: Any) -> str | None:
    """A value that is an http(s) address, without spaces; None for anything else."""
    text = id_of(value) or text_of(value)
    return text if text is not None and re.fullmatch(r"https?://[^\s<>\"]{3,500}", text) else None


def duration_of(value: Any) -> tuple[float, float] | None:
    """An ISO 8601 duration as (days, hours): the calendar part and the clock part.

    >>> duration_of("P10W"), duration_of("PT22H30M"), duration_of("soon")
    ((70.0, 0.0), (0.0, 22.5), None)
    """
    text = text_of(value)
    match = _DURATION.fullmatch(text) if text and len(text) < 60 else None
    if match is None or text in (None, "P", "PT", "p", "pt"):
        return None
    try:
        days = sum(float(match[unit]) * length for unit, length in _DAYS.items() if match[unit])
        hours = float(match["h"] or 0) + float(match["m"] or 0) / 60 + float(match["s"] or 0) / 3600
    except ValueError:  # "1.2.3"
        return None
    return days, hours


def months_of(value: Any) -> int | None:
    """A duration in whole months; None where it is shorter than one.

    >>> months_of("P3Y"), months_of("P18M"), months_of("PT5H")
    (36, 18, None)
    """
    parts = duration_of(value)
    months = round(parts[0] / 30.4375) if parts else 0
    return months if 1 <= months <= 1_200 else None


def clock(hours: float) -> str:
    """Hours as an ISO 8601 duration.

    >>> clock(60), clock(1.5)
    ('PT60H', 'PT1H30M')
    """
    minutes = round(hours * 60)
    whole, rest = divmod(minutes, 60)
    return "PT" + (f"{whole}H" if whole or not rest else "") + (f"{rest}M" if rest else "")


def plain_number(value: float) -> int | float:
    return int(value) if float(value).is_integer() else value


def day_of(value: Any) -> str | None:
    """The YYYY-MM-DD of a date or a timestamp; None for anything else."""
    text = text_of(value)
    match = re.match(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?=$|[T ])", text) if text else None
    return match[0] if match else None
