"""The trained tagger: what it finds, what it refuses, and that its arithmetic is the textbook's."""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mcgap.errors import ModelError
from mcgap.files import shipped
from mcgap.mentions import find_mentions
from mcgap.mentions.tagger import Reading, chances, find_phrases, find_wider, is_long, keep_supported, load_tagger, read_words, support
from mcgap.mentions.tagger_features import LONGEST, find_segments, gap_number
from mcgap.mentions.tagger_network import LAYERS, SHIPPED, THRESHOLDS, best_labels
from mcgap.records import Document, DocumentKind, Mention
from mcgap.sections import find_sections
from mcgap.taxonomy import Taxonomy, load_taxonomy
from mcgap.text import Words

POSTING = """Requirements
- Experience with Python and writing SQL queries
- You develop go-to-market strategies for new products
- Ability to resolve conflicts between departments
- You build crosswind simulators
Benefits
Free fruit, a pension and a train ticket.
"""


@pytest.fixture(scope="module")
def taxonomy() -> Taxonomy:
    return load_taxonomy()


def read(text: str, taxonomy: Taxonomy) -> tuple[Words, tuple[Mention, ...], Reading]:
    words = Words(text)
    known = find_mentions(words, taxonomy, find_sections(Document(text, "", DocumentKind.POSTING), words)).mentions
    return words, known, read_words(words, [(0, len(text))], known, taxonomy, load_tagger())


def test_finds_phrases_that_no_list_holds(taxonomy: Taxonomy) -> None:
    words, known, reading = read(POSTING, taxonomy)
    phrases = find_phrases(words, reading, known, load_tagger())
    found = " | ".join(p.text for p in (*known, *phrases))
    assert "go-to-market strategies" in found
    assert "resolve conflicts" in found
    assert "fruit" not in found


def test_phrases_point_at_their_text_and_leave_known_mentions_alone(taxonomy: Taxonomy) -> None:
    words, known, reading = read(POSTING, taxonomy)
    phrases = find_phrases(words, reading, known, load_tagger())
    assert phrases
    for phrase in phrases:
        assert POSTING[phrase.start : phrase.end] == phrase.text
        assert phrase.skill is None
        assert phrase.how == "tagger"
        assert 0 < phrase.score <= 1
        assert not any(m.start < phrase.end and phrase.start < m.end for m in known)


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("of gamma spectroscopy with", "gamma spectroscopy"),
        ("quickly", None),
        ("industry tools and techniques", None),
        ("write tests", "write tests"),  # a verb says what is done
        ("Google's technology", None),
        ("Google\u2019s auction mechanics", "auction mechanics"),
        ("customer's needs", "customer's needs"),  # no name: part of what is meant
    ],
)
def test_a_phrase_is_trimmed_to_what_names_a_matter(text: str, phrase: str | None) -> None:
    words = Words(text)
    reading = Reading(np.ones((len(words), 3), np.float32), ((), (), ()), ((0, len(words), 0.9),), (), ())
    assert [p.text for p in find_phrases(words, reading, (), load_tagger())] == ([] if phrase is None else [phrase])


@pytest.mark.parametrize(
    ("text", "first", "phrases"),
    [
        ("knowledge of VP9, AV1", 2, ["VP9", "AV1"]),
        ("fibre, transport and energy markets", 0, ["fibre", "transport", "energy markets"]),
        ("optical), audio, sensors", 0, ["optical", "audio", "sensors"]),
        ("handling of returns, of complaints made by other suppliers abroad", 0, ["handling of returns, of complaints made by other suppliers abroad"]),
        ("gamma and beta spectroscopy", 0, ["gamma and beta spectroscopy"]),  # no list mark: one matter
        ("how hospitals record", 1, []),
    ],
)
def test_a_list_in_a_phrase_is_read_item_by_item(text: str, first: int, phrases: list[str]) -> None:
    words = Words(text)
    reading = Reading(np.ones((len(words), 3), np.float32), ((), (), ()), ((first, len(words), 0.9),), (), ())
    assert [p.text for p in find_phrases(words, reading, (), load_tagger())] == phrases


@pytest.mark.parametrize(
    ("text", "span", "name", "phrases"),
    [
        ("collect, clean and merge soil samples", (0, 6), (4, 6), ["soil samples"]),  # the name of a long task
        ("handling hazardous reagents", (0, 3), (1, 3), ["handling hazardous reagents"]),  # nearly the same: the span
        ("handling reagents", (0, 2), None, []),  # in which no word is likely to name a skill
        ("handling reagents", None, (1, 2), ["reagents"]),
    ],
)
def test_of_a_span_and_the_name_in_it_one_is_taken(text: str, span: tuple[int, int] | None, name: tuple[int, int] | None, phrases: list[str]) -> None:
    words, tagger = Words(text), load_tagger()
    inside = np.zeros((len(words), 3), np.float32)
    if name:
        inside[slice(*name), 2] = 0.9
    reading = Reading(inside, ((), (), ()), ((*span, 0.9),) if span else (), (), ((*name, 0.9),) if name else ())
    assert [p.text for p in find_phrases(words, reading, (), tagger)] == phrases
    doubted = [Mention(words.starts[0], words.ends[-1], text, "x")]
    assert not name or [p.text for p in find_phrases(words, reading, (), tagger, doubted=doubted)] == ([text] if span else [])


def test_a_mention_fits_a_name_by_what_both_share() -> None:
    words = Words("care of soil samples")
    reading = Reading(np.zeros((4, 3), np.float32), ((), (), ()), (), (), ((2, 4, 0.9),))
    mentions = [Mention(8, 20, "soil samples", "a"), Mention(8, 12, "soil", "b"), Mention(0, 4, "care", "c")]
    assert [fit for *_, fit in chances(words, reading, mentions)] == [1, 0.3333, 0]


def test_wider_phrases_carry_the_skill_inside_them(taxonomy: Taxonomy) -> None:
    words, known, reading = read(POSTING, taxonomy)
    for phrase in find_wider(words, reading, known, load_tagger()):
        inside = [m for m in known if m.start < phrase.end and phrase.start < m.end]
        assert phrase.skill in {m.skill for m in inside}
        assert all((m.start, m.end) != (phrase.start, phrase.end) for m in inside)


def test_support_is_high_in_a_requirement_and_low_in_a_benefit(taxonomy: Taxonomy) -> None:
    text = "Strong knowledge of Python and SQL\nYou get a Spotify account and travel insurance\n"
    words, known, reading = read(text, taxonomy)
    shares = {m.text: s for m, s in zip(known, support(words, reading, known), strict=True)}
    assert shares["Python"] > 0.5
    assert all(0 <= share <= 1 for share in shares.values())
    assert all(share < 0.5 for name, share in shares.items() if name in ("Spotify", "insurance", "travel insurance"))


def test_an_aside_keeps_only_what_is_likely(taxonomy: Taxonomy) -> None:
    words, known, reading = read(POSTING, taxonomy)
    whole = [(0, len(POSTING))]
    tagger = load_tagger()
    shares = dict(zip(known, support(words, reading, known), strict=True))
    assert set(keep_supported(words, reading, known, taxonomy, tagger, whole)) == {m for m in known if shares[m] >= tagger.thresholds["aside"]}
    assert set(find_phrases(words, reading, known, tagger, whole)) <= set(find_phrases(words, reading, known, tagger))
    assert all(p.score >= tagger.thresholds["aside"] for p in find_phrases(words, reading, known, tagger, whole))


def test_names_need_no_support_but_common_words_do(taxonomy: Taxonomy) -> None:
    words = Words("We sell nothing but sandwiches and Python insurance")
    reading = Reading(np.zeros((len(words), 3), np.float32), ((), (), ()), (), (), ())
    known = (Mention(35, 41, "Python", "python"), Mention(42, 51, "insurance", "insurance"))
    assert taxonomy["python"].type == "tool"
    assert taxonomy["insurance"].type == "domain"
    assert [m.text for m in keep_supported(words, reading, known, taxonomy, load_tagger())] == ["Python"]


def test_clauses_are_told_from_names() -> None:
    words = Words("develop go to market strategies, test automation")
    assert is_long(words, Mention(0, 48, "", None))
    assert not is_long(words, Mention(33, 48, "test automation", None))


def test_what_lies_outside_the_given_characters_is_not_read(taxonomy: Taxonomy) -> None:
    words = Words(POSTING)
    line = POSTING.index("- Ability"), POSTING.index("Benefits")
    reading = read_words(words, [line], (), taxonomy, load_tagger())
    assert reading.spans
    assert all(line[0] <= words.starts[a] and words.ends[b - 1] <= line[1] for a, b, _ in reading.spans)
    assert read_words(words, [], (), taxonomy, load_tagger()).spans == ()


@pytest.mark.parametrize("text", ["", " \n ", "\u2022", "a", "\u00e9\u00e8 \U0001f600 \u0130", "x " * 500])
def test_any_text_can_be_read(text: str, taxonomy: Taxonomy) -> None:
    words, known, reading = read(text, taxonomy)
    assert reading.inside.shape == (len(words), 3)
    assert np.isfinite(reading.inside).all()
    assert len(support(words, reading, known)) == len(known)


def test_the_same_text_reads_the_same_whatever_stands_around_it(taxonomy: Taxonomy) -> None:
    line = "Ability to resolve conflicts between departments"
    alone = read(line, taxonomy)[2].inside
    among = read(f"Some other line\n{line}\nAnd one more line of words", taxonomy)[2].inside[3 : 3 + len(alone)]
    assert np.abs(alone[1:-1] - among[1:-1]).max() < 0.2  # only the gaps at both ends differ


@given(st.text(alphabet="aB1 .,\n\u2022-!", max_size=300))
def test_segments_cover_every_word_once(text: str) -> None:
    words = Words(text)
    segments = find_segments(words)
    assert [i for a, b in segments for i in range(a, b)] == list(range(len(words)))
    assert all(0 < b - a <= LONGEST for a, b in segments)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Uses SQL. Writes code", ["Uses SQL", "Writes code"]),
        ("e.g. node.js and vue", ["e.g. node.js and vue"]),
        ("One\nTwo \u2022 Three", ["One", "Two", "Three"]),
        ("Good with people  Knows Java", ["Good with people", "Knows Java"]),
    ],
)
def test_segments(text: str, lines: list[str]) -> None:
    words = Words(text)
    assert [words.slice(a, b) for a, b in find_segments(words)] == lines


def test_gaps_are_told_apart() -> None:
    gaps = ["", " ", " = ", "\n", " \u2022 ", ", ", "; ", ": ", " (", ") ", "/", "-", " & ", ". ", "'", ' "', "<", ">"]
    assert len({gap_number(gap) for gap in gaps}) == len(gaps)


@settings(max_examples=60)
@given(st.lists(st.integers(1, 4), min_size=1, max_size=4), st.integers(0, 2**31), st.sampled_from([0.0, 0.7]))
def test_best_labels_are_the_best_of_all_allowed(lengths: list[int], seed: int, outside: float) -> None:
    logs = np.random.default_rng(seed).normal(size=(sum(lengths), len(LAYERS), 3)).astype(np.float32)
    found = best_labels(logs, lengths, outside)
    start = 0
    for length in lengths:
        for layer in range(len(LAYERS)):
            scores = logs[start : start + length, layer].astype(float) - [outside, 0, 0]
            allowed = [p for p in itertools.product(range(3), repeat=length) if all(y != 2 or (n and p[n - 1]) for n, y in enumerate(p))]
            best = max(sum(scores[n, y] for n, y in enumerate(path)) for path in allowed)
            path = found[start : start + length, layer]
            assert tuple(path) in set(allowed)
            assert sum(scores[n, y] for n, y in enumerate(path)) == pytest.approx(best, abs=1e-4)
        start += length


def test_the_shipped_model_is_small_and_holds_no_pickle() -> None:
    path = shipped(SHIPPED)
    assert path.stat().st_size <= 40e6
    with np.load(path, allow_pickle=False) as arrays:
        assert all(arrays[name].dtype != object for name in arrays.files)
        assert set(json.loads(arrays["meta"].tobytes())["thresholds"]) == set(THRESHOLDS)


def _changed(tmp_path: Path, **changes: object) -> Path:
    with np.load(shipped(SHIPPED), allow_pickle=False) as arrays:
        entries = {name: arrays[name] for name in arrays.files}
    meta = json.loads(entries["meta"].tobytes()) | changes
    entries["meta"] = np.frombuffer(json.dumps(meta).encode(), np.uint8)
    path = tmp_path / "tagger.npz"
    np.savez(path, **entries)
    return path


def test_a_model_made_for_other_features_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"was made for mcgap\.tagger/0; this version reads"):
        load_tagger(_changed(tmp_path, format="mcgap.tagger/0"))


@pytest.mark.parametrize("damage", ["cut", "text", "empty", "meta", "absent"])
def test_a_damaged_model_is_refused(damage: str, tmp_path: Path) -> None:
    path = tmp_path / "tagger.npz"
    content = shipped(SHIPPED).read_bytes()
    if damage == "meta":
        path = _changed(tmp_path, thresholds={})
    elif damage != "absent":
        path.write_bytes({"cut": content[: len(content) // 2], "text": b"no model", "empty": b""}[damage])
    with pytest.raises(ModelError, match="reinstall mcgap"):
        load_tagger(path)


def test_a_changed_byte_is_noticed(tmp_path: Path) -> None:
    content = bytearray(shipped(SHIPPED).read_bytes())
    content[len(content) // 2] ^= 0xFF
    path = tmp_path / "tagger.npz"
    path.write_bytes(bytes(content))
    with pytest.raises(ModelError):
        load_tagger(path)


def test_nothing_heavy_is_imported() -> None:
    heavy = ("spacy", "sklearn", "scipy", "pandas", "torch")
    code = f"import sys; from mcgap.mentions.tagger import load_tagger; load_tagger(); print([m for m in {heavy} if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
