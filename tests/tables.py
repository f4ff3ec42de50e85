"""Tables of cases: reading them, and the compact notation of what a posting is expected to ask.

``expected`` is a list of parts separated by ";":

    python=required            asked, with this strength, in no group and with no years
    sql=preferred,3y,g1        three years; the parts that say g1 are alternatives of one need
    excel=required,advanced    with this level (a level is only compared where it is written)
    retail=required,time       as time spent in the field; "learn" says that it is not (only compared where either is written)
    java=negated               named as not needed
    python                     asked, whatever else
    !go                        not asked
    !"extra mile"              nothing asked overlaps these words
    nothing                    nothing is asked at all
    years=5:required           total experience, tied to no one skill; !years for none
    degree=bachelor:required   an education level; !degree for none

Skills are written by id or by any name that the taxonomy finds by itself.
In ``input`` a new line is written as a backslash and "n".
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from mcgap.records import Ask, Extraction, Level, Strength
from mcgap.taxonomy import Taxonomy

QUALITIES = ("STRONG", "MEDIUM", "WEAK")
_ORDER = list(Strength)
_LEVELS = frozenset(level.value for level in Level)


def read_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def case_params(path: Path, *columns: str) -> list[Any]:
    """The rows of a table as parameters of a test; rows with a reason under ``xfail`` are expected to fail."""
    params = []
    for number, row in enumerate(read_rows(path), 2):
        marks = [pytest.mark.xfail(reason=row["xfail"], strict=True)] if row.get("xfail") else []
        params.append(pytest.param(*(row[c].replace("\\n", "\n") for c in columns), id=f"row{number}", marks=marks))
    return params


def judge(extraction: Extraction, expected: str, taxonomy: Taxonomy) -> list[str]:
    """What differs between an extraction and what a row expects; empty where all of it holds."""
    wrong: list[str] = []
    groups: dict[str, set[str]] = {}
    for part in (p.strip() for p in expected.split(";") if p.strip()):
        wrong += _judge_part(extraction, part, taxonomy, groups)
    for label, found in groups.items():
        if len(found) > 1:
            wrong.append(f"{label} is split over {sorted(found)}")
    named = [next(iter(found)) for found in groups.values() if len(found) == 1]
    if len(set(named)) < len(named):
        wrong.append("two groups are one")
    return wrong


def _judge_part(extraction: Extraction, part: str, taxonomy: Taxonomy, groups: dict[str, set[str]]) -> list[str]:
    key, _, value = part.rpartition("=") if "=" in part else (part, "", "")
    if part == "nothing":
        return [f"asks {_names(extraction.asks)}"] if extraction.asks else []
    if part == "!years":
        return [f"asks for {extraction.years[0].span.text!r}"] if extraction.years else []
    if part == "!degree":
        return [f"asks for {extraction.education[0].span.text!r}"] if extraction.education else []
    if key == "years":
        found = {f"{y.years:g}:{y.strength.value}" for y in extraction.years}
        return [] if value in found else [f"years {value} not in {sorted(found)}"]
    if key == "degree":
        found = {f"{e.level}:{e.strength.value}" for e in extraction.education}
        return [] if value in found else [f"degree {value} not in {sorted(found)}"]
    if part.startswith('!"'):
        text = part[2:-1]
        at = extraction.document.text.find(text)
        assert at >= 0, f"{text!r} does not stand in the input"
        over = [a for a in extraction.asks if a.mention.start < at + len(text) and a.mention.end > at and not a.mention.negated]
        return [f"takes {_names(over)}"] if over else []
    if part.startswith("!"):
        over = [a for a in _asks_of(extraction.asks, part[1:], taxonomy) if not a.mention.negated]
        return [f"takes {_names(over)}"] if over else []
    return _judge_skill(extraction.asks, key, value, taxonomy, groups)


def _judge_skill(every: tuple[Ask, ...], key: str, value: str, taxonomy: Taxonomy, groups: dict[str, set[str]]) -> list[str]:
    asks = _asks_of(every, key, taxonomy)
    if not asks:
        return [f"{key} is not asked; found {_names(every)}"]
    wants = [w.strip() for w in value.split(",") if w.strip()]
    if not wants:
        return [] if any(not a.mention.negated for a in asks) else [f"{key} is negated"]
    if wants[0] == "negated":
        return [] if all(a.mention.negated for a in asks) else [f"{key} is not negated"]
    strength = Strength(wants[0])
    years = next((float(w[:-1]) for w in wants[1:] if w[-1] == "y" and w[:-1].replace(".", "").isdigit()), None)
    level = next((w for w in wants[1:] if w in _LEVELS), None)
    label = next((w for w in wants[1:] if w[0] == "g" and w[1:].isdigit()), None)
    time = next((w == "time" for w in wants[1:] if w in ("time", "learn")), None)
    positive = [a for a in asks if not a.mention.negated]
    strongest = min((a.strength for a in positive), key=_ORDER.index, default=None)
    strong = [a for a in positive if a.strength is strength is strongest]
    fitting = [a for a in strong if a.years == years and level in (None, a.level) and (a.group is None) is (label is None) and time in (None, a.experience)]
    if not fitting:
        return [f"{key}={value}: found " + " / ".join(_say(a) for a in asks)]
    if label is not None:
        groups.setdefault(label, set()).add(fitting[0].group or "")
    return []


def _asks_of(asks: Iterable[Ask], key: str, taxonomy: Taxonomy) -> list[Ask]:
    ids = set(taxonomy.named(key))
    assert ids, f"the taxonomy knows no skill {key!r}"
    return [a for a in asks if a.mention.skill in ids]


def _names(asks: Iterable[Ask]) -> list[str]:
    return [f"{a.mention.text}→{a.mention.skill}" for a in asks]


def _say(ask: Ask) -> str:
    parts = ["negated" if ask.mention.negated else ask.strength.value]
    parts += [f"{ask.years:g}y"] if ask.years is not None else []
    parts += [ask.level.value] if ask.level is not None else []
    parts += [ask.group] if ask.group is not None else []
    parts += ["time" if ask.experience else "learn"]
    return ",".join(parts)
