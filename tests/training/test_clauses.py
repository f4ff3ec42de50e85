"""The reader of clauses: the same labels give the same model, and it reads postings that it was not trained on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mcgap.errors import ModelError, TableError
from mcgap.files import shipped
from mcgap.mentions import find_mentions
from mcgap.records import Document, DocumentKind
from mcgap.requirements.clauses import features_of, split_clauses
from mcgap.requirements.kinds import SHIPPED, Clause, ClauseKind, load_clause_model, load_packed_weights, read_clauses, read_kinds
from mcgap.sections import find_sections
from mcgap.taxonomy import load_taxonomy
from mcgap.text import Words, fingerprint
from mcgap.training.clauses import cross_validate, read_labelled, train_clauses

WALKS = Path(__file__).resolve().parents[1] / "walk"
UNLABELLED = Path(__file__).resolve().parents[3] / "shared" / "data" / "postings" / "unlabelled.csv"
needs_texts = pytest.mark.skipif(not UNLABELLED.is_file(), reason="the postings of ../shared/data are absent, so no reader of clauses was trained")


def clauses_of(text: str) -> tuple[Words, list[Clause]]:
    taxonomy, words = load_taxonomy(), Words(text)
    sections = find_sections(Document(text, "", DocumentKind.POSTING), words)
    return words, split_clauses(words, sections, find_mentions(words, taxonomy, sections).mentions, taxonomy)


def kinds_of(text: str) -> list[ClauseKind]:
    words, clauses = clauses_of(text)
    return read_kinds([features_of(words, clause) for clause in clauses], load_clause_model())


def test_a_posting_in_prose_is_told_apart() -> None:
    text = (
        "Our company was founded in 1990 and is a leading provider of pumps to the water industry. "
        "You will be responsible for servicing pumps at our customers' sites. "
        "You must have experience of mechanical fitting and a driving licence. "
        "We offer a pension, private health insurance and 25 days of holiday."
    )
    assert kinds_of(text) == [ClauseKind.ASIDE, ClauseKind.DUTY, ClauseKind.ASK, ClauseKind.ASIDE]


@pytest.mark.parametrize("name", ["cook", "data-analyst", "driver", "engineer", "nurse", "shop"])
def test_packed_weights_give_what_the_features_give(name: str) -> None:
    words, clauses = clauses_of((WALKS / f"{name}.txt").read_text(encoding="utf-8"))
    model, weights = load_clause_model(), load_packed_weights()
    for clause in clauses:
        known = [model.weights[feature] for feature in features_of(words, clause) if feature in model.weights]
        scores = [sum(column) for column in zip(model.bias, *known, strict=True)]
        beyond_last = [score - scores[-1] for score in scores[:-1]]
        assert weights.scores(words, [clause]) == [sum((2**20 + score) << (21 * kind) for kind, score in enumerate(beyond_last))]
    assert read_clauses(words, clauses, weights) == read_kinds([features_of(words, clause) for clause in clauses], model)


def test_packed_numbers_have_room_for_all_weights_at_once() -> None:
    model = load_clause_model()
    rows = [model.bias, *model.weights.values()]
    assert max(sum(abs(row[kind] - row[-1]) for row in rows) for kind in range(3)) < 2**20


def test_no_clause_has_no_kind() -> None:
    assert read_kinds([], load_clause_model()) == []


@pytest.mark.parametrize(
    ("change", "said"), [({"format": "mcgap.clauses/0"}, "was made for"), ({"kinds": ["ask"]}, "was made for"), ({"bias": None}, "cannot be read")]
)
def test_a_model_of_another_make_is_refused(tmp_path: Path, change: dict[str, object], said: str) -> None:
    table = json.loads(shipped(SHIPPED).read_text(encoding="utf-8")) | change
    path = tmp_path / "clauses.json"
    path.write_text(json.dumps(table), encoding="utf-8")
    with pytest.raises(ModelError, match=said):
        load_clause_model(path)


@needs_texts
def test_the_shipped_model_is_what_the_labels_make_but_for_the_taxonomy_since_then() -> None:
    postings = read_labelled(UNLABELLED, load_taxonomy())
    assert len(postings) == 1397
    made = train_clauses(postings)
    assert made == train_clauses(postings)
    shipped_table = json.loads(shipped(SHIPPED).read_text(encoding="utf-8"))
    assert made["kinds"] == shipped_table["kinds"]
    shared = made["weights"].keys() & shipped_table["weights"].keys()
    assert len(shared) > 0.99 * len(shipped_table["weights"])
    assert all(abs(a - b) <= 40 for name in shared for a, b in zip(made["weights"][name], shipped_table["weights"][name], strict=True))


@needs_texts
def test_unseen_postings_are_read() -> None:
    measured = cross_validate(read_labelled(UNLABELLED, load_taxonomy()))
    assert measured["right"] >= 0.93


def test_labels_of_other_postings_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "postings.csv"
    path.write_text("title,description\nNurse,Wound care\n", encoding="utf-8")
    with pytest.raises(TableError, match="the CSV holds another text"):
        read_labelled(path, load_taxonomy())
    assert fingerprint("Nurse") != fingerprint("nurse")
