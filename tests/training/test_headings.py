"""The reader of headings: its rows make the shipped model, to the byte, and it reads headings that it was not trained on."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from mcgap.errors import ModelError, TableError
from mcgap.files import shipped
from mcgap.sections.lines import NONE, SHIPPED, find_lines, line_features, load_heading_model
from mcgap.text import Words
from mcgap.training.clauses import as_json
from mcgap.training.headings import Line, cross_validate, read_headings, read_items, train_headings
from mcgap.training.samples import read_own


@cache
def lines() -> list[Line]:
    return [*read_headings(), *read_items()]


def test_the_shipped_model_is_what_the_rows_make() -> None:
    assert as_json(train_headings(lines())) == shipped(SHIPPED).read_text(encoding="utf-8")


def test_unseen_headings_are_read() -> None:
    measured = cross_validate(lines())
    assert measured[NONE]["right"] >= 0.99
    for kind, least in (("requirements", 0.65), ("preferred", 0.73), ("responsibilities", 0.67), ("benefits", 0.55)):
        assert measured[kind]["right"] >= least
        assert measured[kind]["other"] <= 0.02


@pytest.mark.parametrize(("change", "said"), [('"mcgap.headings/1"', "was made for"), ('"bias"', "cannot be read")])
def test_another_model_is_refused(tmp_path: Path, change: str, said: str) -> None:
    path = tmp_path / "headings.json"
    path.write_text(shipped(SHIPPED).read_text(encoding="utf-8").replace(change, '"other"', 1), encoding="utf-8")
    with pytest.raises(ModelError, match=said):
        load_heading_model(path)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Cook\nWhat you'd do\n- Fry eggs\n", ["What you'd do"]),
        ("Cook\nPlusses: grill, wok\n", ["Plusses"]),
        ("Cook\n*** You ***\nGrill\n", ["You"]),  # a last line heads nothing
        ("Cook\n- Grill\n- Wok: yes\n", ["Wok"]),
        ("Cook\nGrill (wok: yes) daily\n", []),
        ("Cook\nYou fry eggs.\n", []),
    ],
)
def test_lines_that_could_head_a_part(text: str, found: list[str]) -> None:
    words = Words(text)
    assert [words.slice(*place) for place in find_lines(words)] == found


def test_a_word_with_a_digit_is_any_number() -> None:
    words = Words("3 years or 5 years")
    assert {"# year", "^#"} <= set(line_features(words, 0, len(words)))


def test_own_postings_of_another_form_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "own.jsonl"
    path.write_text('{"text": "Nurse"}\n', encoding="utf-8")
    with pytest.raises(TableError, match="a row needs text and places"):
        list(read_own(path=path))
