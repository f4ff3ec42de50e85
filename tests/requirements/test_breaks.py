"""Lost line breaks: the quick sums give what the features give, and other models are refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mcgap.errors import ModelError
from mcgap.files import shipped
from mcgap.requirements.breaks import SHIPPED, break_features, find_breaks, load_break_model, places_of
from mcgap.text import Words

WALKS = Path(__file__).resolve().parents[1] / "walk"


def begun(text: str) -> list[str]:
    words = Words(text)
    return [words.raw[k] for k in find_breaks(words, 0, len(words))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Diploma in business Good team player Able to work shifts", ["Good", "Able"]),
        ("fluent in English and large amounts of data Dashboard design with Tableau is a plus", ["Dashboard"]),
        ("Candidates need experience with Apache Kafka and Google Cloud in a Sales team", []),
        ("good Communication skills and knowledge of Java development", []),
        ("", []),
        ("Nurse", []),
        ("A B", []),
    ],
)
def test_something_new_begins_or_a_name_stands_there(text: str, expected: list[str]) -> None:
    assert begun(text) == expected


@pytest.mark.parametrize("name", ["cook", "data-analyst", "driver", "engineer", "nurse", "shop"])
def test_sums_give_what_the_features_give(name: str) -> None:
    words = Words((WALKS / f"{name}.txt").read_text(encoding="utf-8").replace("\n", " "))
    model = load_break_model()
    places = places_of(words, 0, len(words))
    assert places
    lost = [k for k in places if model.bias + sum(model.weights.get(feature, 0) for feature in break_features(words, k)) > 0]
    assert find_breaks(words, 0, len(words)) == lost


@pytest.mark.parametrize(("change", "said"), [({"format": "mcgap.breaks/0"}, "was made for"), ({"bias": None, "weights": None}, None)])
def test_a_model_of_another_make_is_refused(tmp_path: Path, change: dict[str, object], said: str | None) -> None:
    path = tmp_path / "breaks.json"
    path.write_text(json.dumps(json.loads(shipped(SHIPPED).read_text(encoding="utf-8")) | change), encoding="utf-8")
    with pytest.raises(ModelError, match=said or "cannot be read"):
        load_break_model(path)


def test_a_missing_model_names_itself(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="reinstall mcgap"):
        load_break_model(tmp_path / "none.json")
