"""Weights: presets, a user's own over them, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from mcgap.errors import ModelError, SettingsError
from mcgap.ranking import FACTORS, load_weights
from mcgap.ranking import weights as module
from mcgap.settings import GOALS


@pytest.mark.parametrize("goal", GOALS)
def test_a_preset_sums_to_one_and_coverage_is_heaviest(goal: str) -> None:
    points = load_weights(goal=goal).points
    assert list(points) == list(FACTORS)
    assert sum(points.values()) == pytest.approx(1)
    assert max(points, key=lambda name: points[name]) == "coverage"


def test_own_weights_stand_over_the_preset(tmp_path: Path) -> None:
    path = tmp_path / "own.json"
    path.write_text('{"cost": 2}', encoding="utf-8")
    points = load_weights(path, goal="explore").points
    assert points["cost"] == 2
    assert points["brevity"] == load_weights(goal="explore").points["brevity"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('{"price": 1}', "no factor 'price'; the factors are coverage, focus"),
        ('{"cost": -1}', "number of 0 or more"),
        ('{"cost": true}', "number of 0 or more"),
        ('{"cost": NaN}', "number of 0 or more"),
        ('{"cost": "1"}', "number of 0 or more"),
        ("[1]", "one object"),
        ("cost: 1", "not JSON"),
        ("{" + ", ".join(f'"{name}": 0' for name in FACTORS) + "}", "every weight is 0"),
    ],
)
def test_unusable_own_weights(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "own.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=says):
        load_weights(path)


def test_no_such_file(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="Check the path"):
        load_weights(tmp_path / "none.json")


@pytest.mark.parametrize("text", ["", "{}", '{"schema": "mcgap.ranker/1", "factors": ["coverage"], "presets": {}}'])
def test_a_shipped_file_for_other_factors_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    path = tmp_path / "ranker.json"
    path.write_text(text, encoding="utf-8")
    monkeypatch.setattr(module, "shipped", lambda name: path)
    with pytest.raises(ModelError, match="einstall mcgap"):
        load_weights()
