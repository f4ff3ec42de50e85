"""The model of asks: the same labels give the same model, and it judges postings that it was not trained on."""

from __future__ import annotations

import csv
import json
from functools import cache
from pathlib import Path

import pytest

from mcgap.errors import TableError
from mcgap.evaluation.labels import KEPT_ASIDE
from mcgap.files import shipped
from mcgap.requirements.likely import MODES, PARTS, SHIPPED, TOLD
from mcgap.training.asks import Labelled, as_table, cross_validate, read_labelled, train_asks
from mcgap.training.samples import PLACE_LABELS, WHOLE_LABELS, read_own

UNLABELLED = Path(__file__).resolve().parents[3] / "shared" / "data" / "postings" / "unlabelled.csv"
needs_texts = pytest.mark.skipif(not UNLABELLED.is_file(), reason="the postings of ../shared/data are absent, so no model of asks was trained")


@cache
def labelled() -> list[Labelled]:
    return read_labelled(UNLABELLED, "fast")


LABELS = pytest.mark.parametrize(("labels", "postings"), [(PLACE_LABELS, 1080), (WHOLE_LABELS, 1275)])


def rows(labels: Path) -> list[dict[str, str]]:
    with labels.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@LABELS
def test_no_posting_kept_aside_for_measuring_was_trained_on(labels: Path, postings: int) -> None:
    aside = {json.loads(line)["sha1"] for line in KEPT_ASIDE.read_text(encoding="utf-8").splitlines()}
    trained = {row["sha1"] for row in rows(labels)}
    assert len(trained) == postings
    assert not trained & aside


@LABELS
def test_labels_hold_letters_and_places_alone(labels: Path, postings: int) -> None:
    for row in rows(labels):
        for mark in row["places"].split():
            start, end = mark[1:].split("-")
            assert mark[0] in "rpdgn"
            assert 0 <= int(start) < int(end)


@needs_texts
def test_the_shipped_model_is_what_the_labels_make_but_for_the_rules_since_then() -> None:
    bias, weights = train_asks(labelled())
    assert (bias, weights) == train_asks(labelled())
    table = json.loads(shipped(SHIPPED).read_text(encoding="utf-8"))
    assert abs(bias - table["bias"][0]) <= 40
    of_fast = {name: column[0] for name, column in table["weights"].items() if column[0]}
    shared = weights.keys() & of_fast.keys()
    assert len(shared) > 0.98 * len(of_fast)
    assert all(abs(weights[name] - of_fast[name]) <= 40 for name in shared)


@needs_texts
def test_with_the_tagger_no_posting_that_it_learnt_names_from_is_judged() -> None:
    whole = {row["sha1"] for row in rows(WHOLE_LABELS)}
    places = {row["sha1"] for row in rows(PLACE_LABELS)}
    assert len(labelled()) == len(whole | places) + len(list(read_own()))
    assert len(read_labelled(UNLABELLED, "full")) == len(places - whole)


@needs_texts
def test_unseen_postings_are_judged() -> None:
    of_data_sets = labelled()[: -len(list(read_own()))]
    measured = cross_validate(of_data_sets, "fast")
    told, asked = measured[TOLD], measured["asked"]
    assert told["no skill left out"] / (told["no skill left out"] + told["no skill kept"]) >= 0.6
    assert told["skill kept"] / (told["skill left out"] + told["skill kept"]) >= 0.8
    assert asked["skill left out"] / (asked["skill left out"] + asked["skill kept"]) <= 0.01


def test_a_table_holds_both_modes() -> None:
    table = as_table({"fast": (5, {"a": 1}), "full": (7, {"b": -2})})
    assert table["weights"] == {"a": [1, 0], "b": [0, -2]}
    assert table["bias"] == [5, 7]
    assert list(table["least"]) == list(PARTS)
    assert [len(least) for least in table["least"].values()] == [len(MODES)] * len(PARTS)


def test_labels_of_other_postings_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "postings.csv"
    path.write_text("title,description\nNurse,Wound care\n", encoding="utf-8")
    with pytest.raises(TableError, match="the CSV holds another text"):
        read_labelled(path, "fast")
