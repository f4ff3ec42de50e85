"""Linking of phrases: kin, then meaning; and "not sure" stays an answer."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from wordfreq import top_n_list

from mcgap.errors import ModelError
from mcgap.linking import link_mentions
from mcgap.linking.meaning import link_or_suggest
from mcgap.linking.vectors import FORMAT, SkillIndex, Vectors, content_words, load_index, load_vectors
from mcgap.records import Mention, SkillType
from mcgap.taxonomy import Skill, Taxonomy, load_taxonomy
from tests.tables import case_params

WORDS = {"sales": (4, 0, 0, 0), "report": (0, 4, 0, 0), "reporting": (0, 4, 1, 0), "wound": (0, 0, 4, 0), "care": (0, 0, 0, 4), "dressing": (0, 0, 3, 4)}


def made_vectors() -> Vectors:
    arrays = {
        "words": np.frombuffer("\n".join(WORDS).encode(), np.uint8),
        "vectors": np.array(list(WORDS.values()), np.int8),
        "scales": np.ones(len(WORDS), np.float32),
    }
    return Vectors({"suggested": 0.8}, arrays, "made")


def small() -> Taxonomy:
    return Taxonomy.of(
        [
            Skill("sales-reporting", "Sales reporting", SkillType.TECHNICAL, "business"),
            Skill("wound-care", "Wound care", SkillType.TECHNICAL, "health"),
        ]
    )


def linked(phrase: str, taxonomy: Taxonomy, *, least: float = 0.8) -> Mention:
    mention = Mention(0, len(phrase), phrase, None, "tagger", 0.9)
    return link_or_suggest([mention], taxonomy, SkillIndex.of(taxonomy, made_vectors()), least=least)[0]


@pytest.fixture(scope="module")
def taxonomy() -> Taxonomy:
    return load_taxonomy()


@pytest.fixture(scope="module")
def index(taxonomy: Taxonomy) -> SkillIndex:
    return load_index(taxonomy)


@pytest.mark.parametrize(("phrase", "expected", "how"), case_params(Path(__file__).with_name("cases.csv"), "input", "expected", "how"))
def test_case(phrase: str, expected: str, how: str, taxonomy: Taxonomy, index: SkillIndex) -> None:
    """A phrase as the tagger finds it; expected is a skill, "nothing", or "~" and a skill for a suggestion."""
    first = link_mentions([Mention(0, len(phrase), phrase, None, "tagger", 0.9)], taxonomy)
    found = link_or_suggest(first, taxonomy, index, least=load_vectors().suggested)[0]
    suggested = None if found.suggestion is None else f"~{found.suggestion.skill}"
    assert (found.skill or suggested or "nothing", found.how) == (expected, how)


@pytest.mark.parametrize(("phrase", "skill"), [("sales reports", "sales-reporting"), ("reporting of sales", "sales-reporting"), ("reports and sales", None)])
def test_kin_has_the_same_words_in_other_forms(phrase: str, skill: str | None) -> None:
    found = linked(phrase, small())
    assert found.skill == skill
    assert (found.how == "kin") == (skill is not None)


def test_names_have_no_kin() -> None:
    exam = Taxonomy.of([Skill("exam", "Sales reporting", SkillType.CERTIFICATION, "business")])
    assert linked("sales reports", exam).skill is None


@pytest.mark.parametrize(("least", "suggested"), [(0.9, "wound-care"), (0.99, None)])
def test_meaning_suggests_from_its_score_on(least: float, suggested: str | None) -> None:
    found = linked("wound dressing", small(), least=least)
    assert (found.skill, found.how) == (None, "tagger")
    assert (found.suggestion.skill if found.suggestion else None) == suggested
    assert found.suggestion is None or (found.suggestion.how == "meaning" and least <= found.suggestion.score <= 1)


@pytest.mark.parametrize("phrase", ["quantum chess", "dressing", "strong knowledge of", "report wound", "quantum wound care chess"])
def test_strange_words_and_single_words_stay_unlisted(phrase: str) -> None:
    found = linked(phrase, small())
    assert (found.skill, found.suggestion) == (None, None)


def test_two_skills_equally_near_give_neither_link_nor_suggestion() -> None:
    taxonomy = Taxonomy.of([Skill(name, "Wound care", SkillType.TECHNICAL, "health") for name in ("one", "two")])
    found = linked("wound dressing", taxonomy)
    assert (found.skill, found.suggestion) == (None, None)
    assert SkillIndex.of(taxonomy, made_vectors()).nearest("wound dressing")[0][0] == "one"  # ties by id


def test_content_words_leave_wrappers_out() -> None:
    assert content_words("Strong knowledge of the sales reports") == ("sales", "report")
    assert content_words("working with others")


def test_the_index_is_kept_and_made_anew_where_it_is_damaged(tmp_path: Path) -> None:
    taxonomy, vectors = small(), made_vectors()
    fresh = SkillIndex.of(taxonomy, vectors, tmp_path).nearest("wound dressing")
    (kept,) = tmp_path.glob("vectors-*.npy")
    assert SkillIndex.of(taxonomy, vectors, tmp_path).nearest("wound dressing") == fresh
    kept.write_bytes(b"damaged")
    assert SkillIndex.of(taxonomy, vectors, tmp_path).nearest("wound dressing") == fresh
    assert SkillIndex.of(taxonomy, vectors, tmp_path / "no" / "folder").nearest("wound dressing") == fresh


def test_other_files_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "vectors.npz"
    with pytest.raises(ModelError, match="There are no vectors"):
        load_vectors(path)
    path.write_bytes(b"PK nothing")
    with pytest.raises(ModelError, match="cannot be read as vectors"):
        load_vectors(path)
    for meta, problem in (({"format": "mcgap.vectors/0"}, f"this version reads {FORMAT}"), ({"format": FORMAT}, "cannot be read as vectors")):
        other = tmp_path / f"{len(problem)}.npz"
        np.savez(other, meta=np.frombuffer(json.dumps(meta).encode(), np.uint8))
        with pytest.raises(ModelError, match=problem):
            load_vectors(other)


def test_no_common_english_word_is_a_typo_of_a_name() -> None:
    taxonomy = load_taxonomy()
    words = [word for word in top_n_list("en", 20_000) if word.isascii() and word.isalpha()]
    mentions = [Mention(0, len(word), word, None) for word in words if not taxonomy.named(word)]
    assert [(m.text, m.skill) for m in link_mentions(mentions, taxonomy) if m.how == "typo"] == []
