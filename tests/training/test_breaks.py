"""The finder of lost line breaks: its labels make the shipped model, and it reads postings that it was not trained on."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from mcgap.errors import TableError
from mcgap.evaluation.labels import KEPT_ASIDE
from mcgap.files import shipped
from mcgap.requirements.breaks import SHIPPED
from mcgap.training.breaks import LABELS, cross_validate, read_labelled, train_breaks

UNLABELLED = Path(__file__).resolve().parents[3] / "shared" / "data" / "postings" / "unlabelled.csv"
needs_texts = pytest.mark.skipif(not UNLABELLED.is_file(), reason="the postings of ../shared/data are absent, so no finder of line breaks was trained")


@needs_texts
def test_the_shipped_model_is_what_the_labels_make() -> None:
    made = train_breaks(read_labelled(UNLABELLED))
    shipped_table = json.loads(shipped(SHIPPED).read_text(encoding="utf-8"))
    assert made["format"] == shipped_table["format"]
    assert made["weights"].keys() == shipped_table["weights"].keys()
    assert all(abs(weight - shipped_table["weights"][name]) <= 2 for name, weight in made["weights"].items())


@needs_texts
def test_unseen_postings_are_read() -> None:
    measured = cross_validate(read_labelled(UNLABELLED))
    assert measured["places"] > 5_500
    assert measured["precision"] >= 0.9
    assert measured["recall"] >= 0.82


def test_labels_of_other_postings_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "postings.csv"
    path.write_text("title,description\nNurse,Wound care\n", encoding="utf-8")
    with pytest.raises(TableError, match="the CSV holds another text"):
        read_labelled(path)


def test_no_posting_kept_aside_taught_it() -> None:
    kept = {json.loads(line)["sha1"] for line in KEPT_ASIDE.read_text(encoding="utf-8").splitlines()}
    with LABELS.open(encoding="utf-8", newline="") as stream:
        assert kept.isdisjoint(row["sha1"] for row in csv.DictReader(stream))
