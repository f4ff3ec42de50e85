"""The quality floors of tests/floors.json, on hand labels that stand beside the checkout."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from mcgap.errors import DocumentError
from mcgap.evaluation.alternatives import read_choices, score_alternatives
from mcgap.evaluation.extraction import score_extraction
from mcgap.evaluation.floors import LESS_IS_BETTER, below_floors, evaluate, read_floors
from mcgap.evaluation.labels import KEPT_ASIDE, read_kept_aside, read_labels
from mcgap.evaluation.whole import read_own, score_whole
from mcgap.pipeline import Analyzer
from mcgap.records import DocumentKind
from mcgap.settings import Settings
from mcgap.text import fingerprint
from mcgap.training.samples import read_own as read_training

ROOT = Path(__file__).resolve().parent.parent.parent
DATA = ROOT.parent / "shared" / "data"
FLOORS = ROOT / "tests" / "floors.json"
RESUMES = ROOT / "tests" / "resumes"
needs_labels = pytest.mark.skipif(not (DATA / "postings" / "labels").is_dir(), reason="the hand labels of ../shared/data are absent, so no floor was checked")


@needs_labels
@pytest.mark.parametrize(
    "step", ["postings", "kept-aside", "sealed", "whole", "alternatives", "resumes", "gaps", "spans", pytest.param("linking", marks=pytest.mark.slow)]
)
@pytest.mark.parametrize("mode", ["fast", "full"])
def test_no_measure_falls_below_its_floor(mode: str, step: str) -> None:
    floors = read_floors(FLOORS)
    if f"{mode} {step}" not in floors:
        assert (mode, step) in {("fast", "spans"), ("fast", "linking")}, "only spans and linking of the fast line have no floor"
        return
    measures = evaluate(DATA, Settings(fast=mode == "fast", today=date(2026, 11, 1)), steps=(step,))
    assert set(floors[f"{mode} {step}"]) <= set(measures[step])
    assert below_floors(measures, floors, mode) == []


@pytest.mark.parametrize("which", ["read", "sealed"])
def test_no_measure_of_our_own_resumes_falls_below_its_floor(which: str) -> None:
    step = f"own resumes, {which}"
    measures = score_extraction(read_labels(RESUMES / which, RESUMES / which), DocumentKind.RESUME, Analyzer(Settings(fast=True, today=date(2026, 11, 1))))
    assert below_floors({step: measures}, {f"fast {step}": read_floors(FLOORS)[f"fast {step}"]}, "fast") == []


@pytest.mark.parametrize("which", ["read", "sealed"])
@pytest.mark.parametrize("mode", ["fast", "full"])
def test_no_measure_of_our_own_postings_falls_below_its_floor(mode: str, which: str) -> None:
    step = f"own, {which}"
    measures = score_whole(read_own(which), Analyzer(Settings(fast=mode == "fast")))
    assert below_floors({step: measures}, {f"{mode} {step}": read_floors(FLOORS)[f"{mode} {step}"]}, mode) == []


def test_no_posting_that_we_measure_on_was_trained_on() -> None:
    measured = {posting.text for which in ("read", "sealed") for posting in read_own(which)}
    assert len(measured) == 152
    assert measured.isdisjoint(judged.text for judged in read_training())


def test_alternatives_are_scored_by_pairs(tmp_path: Path) -> None:
    title, description = "Developer", "Requirements:\nJava or Python. SQL and Docker. Kafka/Redis."
    texts, labels = tmp_path / "postings.csv", tmp_path / "labels.csv"
    texts.write_text(f'title,description\n{title},"{description}"\n', encoding="utf-8")
    text = f"{title}\n{description}"
    places = [(text.index(name), text.index(name) + len(name)) for name in ("Java", "Python", "SQL", "Docker", "Kafka", "Redis")]
    row = f"0,{fingerprint(text)},{' '.join(f'{start}-{end}' for start, end in places)},0+1 2+3"
    labels.write_text(f"posting,sha1,places,groups\n{row}\n", encoding="utf-8")
    measures = score_alternatives(read_choices(texts, labels), Analyzer(Settings(fast=True)))
    assert measures == {"alternatives joined": 0.5, "joined rightly": 0.5}  # not SQL and Docker; Kafka/Redis, which nobody labelled
    texts.write_text("title,description\nNurse,Wound care\n", encoding="utf-8")
    with pytest.raises(DocumentError, match="another text"):
        list(read_choices(texts, labels))


@pytest.mark.parametrize(("name", "value", "misses"), [("asked f1", 0.5, 1), ("asked f1", 0.9, 0), ("traps taken", 0.9, 1), ("traps taken", 0.1, 0)])
def test_a_floor_is_a_ceiling_where_less_is_better(name: str, value: float, misses: int) -> None:
    assert (name in LESS_IS_BETTER) == (name == "traps taken")
    assert len(below_floors({"postings": {name: value}}, {"fast postings": {name: 0.7}}, "fast")) == misses


def test_labels_are_scored_by_overlap(tmp_path: Path) -> None:
    for folder in ("labels", "text"):
        (tmp_path / "postings" / folder).mkdir(parents=True)
    (tmp_path / "postings" / "text" / "a.txt").write_text("Nurse\n\nRequirements:\nPython and wound care\nBenefits:\nfree Tableau training", encoding="utf-8")
    skills = [{"text": text, "nth": 1, "skill": text, "kind": "technical", "requirement": "required"} for text in ("Python", "wound care")]
    labels = {"id": "a", "skills": skills, "not_skills": [{"text": "Tableau", "nth": 1, "why": "benefit"}]}
    (tmp_path / "postings" / "labels" / "a.json").write_text(json.dumps(labels), encoding="utf-8")
    measures = evaluate(tmp_path, Settings(fast=True), steps=("postings",))["postings"]
    assert measures["asked recall"] == 1.0
    assert measures["traps taken"] == 0.0


@pytest.mark.skipif(not (DATA / "postings" / "unlabelled.csv").is_file(), reason="the postings of ../shared/data are absent, so no kept-aside label was read")
def test_the_labels_kept_aside_are_of_these_postings_and_hold_none_of_their_text() -> None:
    texts = DATA / "postings" / "unlabelled.csv"
    sets = {which: list(read_kept_aside(texts, which)) for which in ("read", "watched", "sealed")}
    assert {which: len(documents) for which, documents in sets.items()} == {"read": 68, "watched": 40, "sealed": 40}
    for document in (d for documents in sets.values() for d in documents):
        assert all(0 <= m.start < m.end <= len(document.text) for m in document.mentions)
        assert document.mentions or document.traps, "a posting may name no skill, but then it holds traps"
    raw = KEPT_ASIDE.read_text(encoding="utf-8")
    assert not any(line in raw for documents in sets.values() for document in documents for line in document.text.splitlines() if len(line.split()) > 6)


def test_labels_of_other_postings_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "postings.csv"
    path.write_text("title,description\nNurse,Wound care\n", encoding="utf-8")
    with pytest.raises(DocumentError, match="not the posting that was labelled"):
        list(read_kept_aside(path))
