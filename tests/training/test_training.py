"""Training: samples out of SkillSpan files, and that the same data give the same weights."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from mcgap.errors import TableError
from mcgap.mentions.tagger_network import load_tagger
from mcgap.taxonomy import Taxonomy, load_taxonomy
from mcgap.text import fingerprint
from mcgap.training.samples import NAME, NOT_LABELLED, Judged, Sample, named_sample, read_judged, read_left_out, read_skillspan, read_texts
from mcgap.training.scores import label_spans, score_tagger

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"

ROWS = [
    {
        "idx": 1,
        "source": "tech",
        "tokens": ["Experience", "with", "Node.js", ",", "C++", "and", "SQL"],
        "tags_skill": ["O"] * 7,
        "tags_knowledge": ["O", "O", "B", "O", "B", "O", "B"],
    },
    {"idx": 1, "source": "tech", "tokens": ["You", "resolve", "conflicts", "."], "tags_skill": ["O", "B", "I", "O"], "tags_knowledge": ["O"] * 4},
    {"idx": 2, "source": "house", "tokens": ["Free", "fruit"], "tags_skill": ["O", "O"], "tags_knowledge": ["O", "O"]},
]


@pytest.fixture(scope="module")
def taxonomy() -> Taxonomy:
    return load_taxonomy()


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "train.json"
    path.write_text("".join(json.dumps(row) + "\n" for row in ROWS), encoding="utf-8")
    return path


def labelled(sample: Sample, layer: int) -> list[str]:
    assert sample.labels is not None
    return [sample.words.slice(a, b) for a, b in label_spans(sample.labels[:, layer])]


def test_skillspan_labels_are_carried_to_words(gold: Path, taxonomy: Taxonomy) -> None:
    tech, house = read_skillspan(gold, taxonomy)
    assert labelled(tech, 0) == ["resolve conflicts"]
    assert labelled(tech, 1) == ["Node.js", "C++", "SQL"]
    assert [tech.words.slice(a, b) for a, b in tech.segments] == ["Experience with Node.js , C++ and SQL", "You resolve conflicts"]
    assert house.labels is not None
    assert not house.labels[:, :NAME].any()
    assert (house.labels[:, NAME] == NOT_LABELLED).all()


@pytest.mark.parametrize(("content", "problem"), [('{"tokens": ["a"]}\n', "a row needs tokens"), ("tokens,tags\n", "this is not JSON")])
def test_other_files_are_refused(content: str, problem: str, tmp_path: Path, taxonomy: Taxonomy) -> None:
    path = tmp_path / "train.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(TableError, match=problem):
        read_skillspan(path, taxonomy)


def test_texts_are_read_once_and_sentences_are_joined(tmp_path: Path, taxonomy: Taxonomy) -> None:
    path = tmp_path / "texts.csv"
    path.write_text("sentence\n" + "".join(f"Experience in resolving conflicts of kind number {n}\n" for n in [*range(30), 3, 4]), encoding="utf-8")
    samples = read_texts(path, "sentence", taxonomy)
    assert [len(s.segments) for s in samples] == [20, 10]
    assert all(s.labels is None for s in samples)
    with pytest.raises(TableError, match="no such column"):
        read_texts(path, "description", taxonomy)


def test_postings_kept_aside_are_left_out(tmp_path: Path, taxonomy: Taxonomy) -> None:
    texts = [f"We look for a {job} with experience of payroll, invoices and record keeping in a busy office." for job in ("clerk", "nurse", "welder")]
    path, kept = tmp_path / "postings.csv", tmp_path / "kept.jsonl"
    path.write_text("title,description\n" + "".join(f'Job,"{text}"\n' for text in texts), encoding="utf-8")
    rows = [{"sha1": fingerprint(f"Job\n{text}"), "set": which} for text, which in zip(texts, ("sealed", "read", "watched"), strict=True)]
    kept.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    (sample,) = read_texts(path, "description", taxonomy, without=read_left_out(kept))
    assert "nurse" in sample.words.text
    assert not {"clerk", "welder"} & set(sample.words.folded)
    kept.write_text('{"posting": 1}', encoding="utf-8")
    with pytest.raises(TableError, match="a row needs sha1 and set"):
        read_left_out(kept)


def test_of_judged_places_that_overlap_the_shortest_skill_is_a_name(taxonomy: Taxonomy) -> None:
    text = "Clerk\nWritten and verbal communication skills, a degree in law, Excel; fruit"
    spans = {"r": ["verbal communication", "Written and verbal communication skills", "Excel"], "g": ["a degree in law"], "n": ["law", "fruit"]}
    judged = Judged("0a", text, tuple((letter, (text.index(part), text.index(part) + len(part))) for letter, parts in spans.items() for part in parts))
    sample = named_sample(judged, taxonomy)
    assert labelled(sample, NAME) == ["verbal communication", "Excel"]
    assert sample.labels is not None
    assert (sample.labels[:, :NAME] == NOT_LABELLED).all()
    assert sample.posting == "0a"


def test_another_text_than_the_one_judged_is_refused(tmp_path: Path) -> None:
    texts, places = tmp_path / "texts.csv", tmp_path / "places.csv"
    texts.write_text("title,description\nClerk,Excel\n", encoding="utf-8")
    posting = fingerprint("Clerk\nExcel")
    places.write_text(f"posting,sha1,places\n0,{posting},r6-11 n0-5\n", encoding="utf-8")
    (judged,) = read_judged(texts, places)
    assert judged.places == (("r", (6, 11)), ("n", (0, 5)))
    texts.write_text("title,description\nClerk,Word\n", encoding="utf-8")
    with pytest.raises(TableError, match="another text"):
        next(read_judged(texts, places))


def test_passages_hold_the_words_of_their_segments_in_order(taxonomy: Taxonomy) -> None:
    pytest.importorskip("torch", reason="training needs the extra 'train'")
    from mcgap.training.samples import make_sample
    from mcgap.training.teacher import _pieces

    sample = make_sample("one", "".join(f"Experience in resolving conflicts of kind number {n}.\n" for n in range(60)), taxonomy)
    alone, passages = _pieces(sample, passages=False), _pieces(sample, passages=True)
    assert 1 < len(passages) < len(alone) / 5
    assert [i for passage in passages for i in passage.words] == list(range(len(sample.words)))
    pieces = {i: segment.ids[first] for segment in alone for i, first in zip(segment.words, segment.firsts, strict=True)}
    assert {i: passage.ids[first] for passage in passages for i, first in zip(passage.words, passage.firsts, strict=True)} == pieces


def test_the_same_data_give_the_same_bytes(gold: Path, tmp_path: Path, taxonomy: Taxonomy) -> None:
    torch = pytest.importorskip("torch", reason="training needs the extra 'train'")
    from mcgap.training.student import Recipe
    from mcgap.training.train import save_arrays, train_tagger

    torch.set_num_threads(1)
    recipe = Recipe(width=16, epochs=3, teachers=0)
    paths = [tmp_path / "one.npz", tmp_path / "two.npz"]
    for path in paths:
        save_arrays(*train_tagger(gold, None, (), taxonomy, recipe), path)
    assert paths[0].read_bytes() == paths[1].read_bytes()
    assert load_tagger(paths[0]).width == 16


def test_numpy_computes_what_torch_computes(gold: Path, tmp_path: Path, taxonomy: Taxonomy) -> None:
    torch = pytest.importorskip("torch", reason="training needs the extra 'train'")
    from mcgap.training.student import Recipe, Student, _exported, _vocabulary
    from mcgap.training.train import save_arrays

    samples = read_skillspan(gold, taxonomy)
    vocabulary = _vocabulary(samples)
    torch.manual_seed(3)
    student = Student(len(vocabulary), Recipe(width=32)).eval()
    path = tmp_path / "tagger.npz"
    save_arrays(*_exported(student, vocabulary, Recipe(width=32)), path)
    rows = samples[0].rows(vocabulary, taxonomy)
    with torch.inference_mode():
        wanted = torch.log_softmax(student(torch.from_numpy(rows), torch.ones(len(rows), 1)), -1).numpy()
    found = load_tagger(path).read(samples[0].words.raw, rows[:, 5:])
    assert np.abs(found - wanted).max() < 0.05  # half precision and byte vectors


@pytest.mark.skipif(not SHARED.exists(), reason="SkillSpan dev is not beside the checkout (../shared/data/skillspan)")
def test_the_shipped_tagger_reaches_its_floor(taxonomy: Taxonomy) -> None:
    scores = score_tagger(load_tagger(), read_skillspan(SHARED / "skillspan" / "dev.json", taxonomy), taxonomy)
    assert scores["merged"]["overlap"]["f1"] >= 75
    assert scores["merged"]["exact"]["f1"] >= 46
