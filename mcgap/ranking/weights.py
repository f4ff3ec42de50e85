"""The weights of the ten factors: presets by goal, and a user's own over them."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mcgap.errors import ModelError, SettingsError
from mcgap.files import shipped
from mcgap.ranking.factors import FACTORS

SHIPPED = "models/ranker.json"
SCHEMA = "mcgap.ranker/1"


@dataclass(frozen=True, slots=True)
class Weights:
    """The most points that each factor can give, by factor; ``source`` says where they come from."""

    points: Mapping[str, float]
    goal: str = "fill-gap"
    source: str = SHIPPED


def load_weights(path: Path | None = None, *, goal: str = "fill-gap") -> Weights:
    """The preset of a goal, with the user's own weights (a JSON object, factor: points) over it.

    Raises ModelError where the shipped file does not fit the factors of this version, SettingsError where the user's file cannot be used.
    """
    preset = _preset(shipped(SHIPPED), goal)
    if path is None:
        return Weights(preset, goal)
    points = {**preset, **_own(path)}
    if not any(points.values()):
        raise SettingsError(f"{path.name}: every weight is 0, so nothing can be ranked; give at least one factor points.")
    return Weights(points, goal, str(path))


def _preset(path: Path, goal: str) -> dict[str, float]:
    try:
        table = json.loads(path.read_text(encoding="utf-8"))
        named, presets = table["factors"], table["presets"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(f"{path} cannot be read as weights ({error}); reinstall mcgap.") from None
    if table.get("schema") != SCHEMA or list(named) != list(FACTORS):
        raise ModelError(f"{path} was made for the factors {', '.join(named)}; this version has {', '.join(FACTORS)}. Reinstall mcgap.")
    if goal not in presets:
        raise ModelError(f"{path} has no weights for the goal {goal!r}; it has {', '.join(presets)}.")
    preset = presets[goal]
    if set(preset) != set(FACTORS) or not all(_is_weight(value) for value in preset.values()):
        raise ModelError(f"{path}: the weights of {goal!r} must be one number of 0 or more for each of {', '.join(FACTORS)}. Reinstall mcgap.")
    return {name: float(preset[name]) for name in FACTORS}


def _own(path: Path) -> dict[str, float]:
    try:
        table = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise SettingsError(f"The weights {path} cannot be read: {error.strerror}. Check the path.") from None
    except ValueError as error:
        raise SettingsError(f'The weights {path} are not JSON ({error}); write them as {{"coverage": 0.5, "cost": 0.2}}.') from None
    if not isinstance(table, dict):
        raise SettingsError(f'The weights {path} must be one object, such as {{"coverage": 0.5, "cost": 0.2}}.')
    for name, value in table.items():
        if name not in FACTORS:
            raise SettingsError(f"{path.name}: there is no factor {name!r}; the factors are {', '.join(FACTORS)}.")
        if not _is_weight(value):
            raise SettingsError(f"{path.name}: the weight of {name} must be a number of 0 or more, not {value!r}.")
    return {name: float(value) for name, value in table.items()}


def _is_weight(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value) and value >= 0
