"""The ranking against what people of each occupation would name: cases.csv.

``gaps`` is written as for ``mcgap rank --gaps``. ``best`` lists credentials (ids, or any name that the catalog finds) with
their relevance: 3 the one to take, 2 good, 1 acceptable. A name after "?" may be absent from the catalog; a case
of which none is there is skipped, and says so.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from mcgap.cli.gaps import read_gaps
from mcgap.pipeline import Analyzer
from mcgap.records import Assessment, Ranked
from mcgap.settings import Settings

CASES = Path(__file__).with_name("cases.csv")
DAY = date(2026, 6, 1)
FIRST = 5
FLOOR = 0.85
LIVE = 40


@cache
def rows() -> tuple[dict[str, str], ...]:
    with CASES.open(encoding="utf-8", newline="") as stream:
        return tuple(csv.DictReader(stream))


@cache
def analyzer() -> Analyzer:
    return Analyzer(Settings(today=DAY, top=1000))


@cache
def ranking(gaps: str, goal: str = "fill-gap") -> tuple[Ranked, ...]:
    shared = analyzer()
    one = Analyzer(Settings(today=DAY, top=1000, goal=goal), taxonomy=shared.taxonomy, catalog=shared.catalog)
    return one.compare(read_gaps(gaps, shared.taxonomy), None).credentials


def relevance(row: dict[str, str]) -> dict[str, int]:
    """Credential id -> relevance, of those that the catalog has."""
    found: dict[str, int] = {}
    for part in row["best"].split(";"):
        name, _, grade = part.strip().rpartition("=")
        ids = analyzer().catalog.named(name.removeprefix("?"))
        assert ids or name.startswith("?"), f"{row['gaps']}: the catalog has no {name!r}"
        found.update(dict.fromkeys(ids, int(grade)))
    return found


def ndcg(ranked: list[str], grades: dict[str, int], first: int = FIRST) -> float:
    """Discounted gain (2^relevance - 1) of the first few over the best possible."""

    def gain(values: list[int]) -> float:
        return math.fsum((2**value - 1) / math.log2(place + 2) for place, value in enumerate(values[:first]))

    return gain([grades.get(name, 0) for name in ranked]) / gain(sorted(grades.values(), reverse=True))


def scores() -> dict[str, float]:
    found = {}
    for row in rows():
        grades = relevance(row)
        if grades:
            found[row["gaps"]] = ndcg([r.credential.id for r in ranking(row["gaps"])], grades)
    return found


def test_the_ranking_agrees_with_common_sense() -> None:
    found = scores()
    assert len(found) >= LIVE
    worst = sorted(found.items(), key=lambda item: item[1])[:8]
    assert sum(found.values()) / len(found) >= FLOOR, f"lowest: {worst}"


def params() -> list[Any]:
    """The rows; one with a reason under ``xfail`` is a known failure."""
    return [pytest.param(row, id=row["gaps"], marks=[pytest.mark.xfail(reason=row["xfail"], strict=True)] if row["xfail"] else []) for row in rows()]


@pytest.mark.parametrize("row", params())
def test_something_acceptable_is_among_the_first(row: dict[str, str]) -> None:
    grades = relevance(row)
    assert grades, "none of the acceptable credentials is in the catalog"
    first = [r.credential.id for r in ranking(row["gaps"])[:3]]
    assert any(grades.get(name, 0) >= 2 for name in first), f"first are {first}"
    assert row["reason"]
    assert row["occupation"]


def mean_of_first(gaps: str, goal: str, value: str) -> float:
    measured = [m for r in ranking(gaps, goal)[:FIRST] if (m := MEASURES[value](r)) is not None]
    return math.fsum(measured) / len(measured) if measured else math.nan


def months_since_revised(ranked: Ranked) -> float | None:
    when = ranked.credential.last_revised
    if not when:
        return None
    year, month = (*map(int, when.split("-")[:2]), 6)[:2] if "-" in when else (int(when), 6)
    return (DAY.year - year) * 12 + DAY.month - month


def applied(ranked: Ranked) -> float | None:
    found: Assessment | None = ranked.credential.assessment
    return None if found is None else float(found.applied)


def focus_share(ranked: Ranked) -> float | None:
    """The share of its content in the skills that it closes something of."""
    closed = {closing.skill for closing in ranked.closes}
    total = math.fsum(taught.weight for taught in ranked.credential.skills)
    return math.fsum(taught.weight for taught in ranked.credential.skills if taught.skill in closed) / total if total else None


MEASURES: dict[str, Callable[[Ranked], float | None]] = {
    "fee": lambda r: r.credential.cost.middle if r.credential.cost else None,
    "hours": lambda r: r.credential.hours.middle if r.credential.hours else None,
    "age": months_since_revised,
    "applied": applied,
    "focus": focus_share,
}


def mean_over_cases(goal: str, value: str) -> float:
    means = [mean for row in rows() if relevance(row) and not math.isnan(mean := mean_of_first(row["gaps"], goal, value))]
    return math.fsum(means) / len(means)


@pytest.mark.parametrize(
    ("goal", "value", "way"),
    [("explore", "fee", -1), ("explore", "hours", -1), ("currency", "age", -1), ("complement", "focus", 1), ("career-change", "applied", 1)],
)
def test_each_preset_changes_the_order_as_its_name_says(goal: str, value: str, way: int) -> None:
    assert way * (mean_over_cases(goal, value) - mean_over_cases("fill-gap", value)) > 0


@pytest.mark.parametrize("goal", ["currency", "complement", "explore", "career-change"])
def test_each_preset_changes_some_first_place(goal: str) -> None:
    first = {row["gaps"]: ranking(row["gaps"])[0].credential.id for row in rows() if ranking(row["gaps"])}
    assert any(ranking(gaps, goal)[0].credential.id != name for gaps, name in first.items())
