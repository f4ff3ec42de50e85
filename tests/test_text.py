"""Laws of folding and of phrase tables."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mcgap.stems import stem
from mcgap.text import (
    JOINERS,
    Lines,
    Packed,
    PhraseTable,
    PhraseTables,
    Words,
    WordTable,
    among,
    fold,
    holding,
    pack_phrases,
    phrase_key,
    squash,
)

TEXTS = st.text(max_size=60)
WORDS = st.text(alphabet=st.characters(codec="utf-8", categories=("L", "N")), min_size=1, max_size=12)
LETTERS = st.text(alphabet="abcdefghijklmnopqrtuvwxyz", min_size=1, max_size=8)
PHRASES = st.lists(LETTERS, min_size=1, max_size=4).map(" ".join)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Trouble-Shooting", "troubleshooting"),
        ("R&D", "r and d"),
        ("organisation", "Organization"),
        ("colour", "color"),
        ("centre", "center"),
        ("catalogue", "catalog"),
        ("modelling", "modeling"),
        ("paediatric", "pediatric"),
        ("licences", "license"),
        ("analyses", "analysis"),
        ("policies", "policy"),
        ("résumé", "resumes"),
        ("Post\u00adgreSQL", "Postgre SQL"),
    ],
)
def test_spellings_that_are_one(one: str, other: str) -> None:
    assert squash(one) == squash(other)


@pytest.mark.parametrize(
    ("one", "other"), [("C", "C++"), ("C", "C#"), ("CSS", "CS"), ("sales", "sale"), ("Kubernetes", "kubernete"), ("bus", "bu"), ("A+", "A")]
)
def test_words_that_are_two(one: str, other: str) -> None:
    assert phrase_key(one) != phrase_key(other)


@given(WORDS)
def test_case_does_not_matter_to_ascii(word: str) -> None:
    if word.isascii():
        assert fold(word.upper()) == fold(word) == fold(word.lower())


@given(TEXTS)
def test_words_point_at_their_text(text: str) -> None:
    words = Words(text)
    assert len(words.gaps) == len(words) + 1
    for i in range(len(words)):
        assert text[words.starts[i] : words.ends[i]] == words.slice(i, i + 1)
        assert words.folded[i] == fold(words.raw[i])
        assert words.at(words.starts[i]) == i
    assert all(words.ends[i] <= words.starts[i + 1] for i in range(len(words) - 1))


@given(TEXTS)
def test_gaps_and_words_are_the_whole_text(text: str) -> None:
    words = Words(text)
    glued = sum(words.starts[i] == words.ends[i - 1] and words.gaps[i] in (" ", "\n") for i in range(1, len(words)))
    inside = sum(end - start for start, end in zip(words.starts, words.ends, strict=True))
    assert sum(map(len, words.gaps)) + inside == len(text) + glued


def test_ligatures_are_letters() -> None:
    words = Words("Web\ufb02ow, o\ufb03ce")
    assert (words.raw, words.slice(0, 1)) == (["Webflow", "office"], "Web\ufb02ow")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("RequirementsDiploma in nursing", ["Requirements", "Diploma", "in", "nursing"]),
        ("strong presentationAbility to lead", ["strong", "presentation", "Ability", "to", "lead"]),
        ("take risksBuild trust", ["take", "risks", "Build", "trust"]),
        ("UbuntuEducation Details", ["Ubuntu", "Education", "Details"]),
        ("PowerPoint, JavaScript, LinkedIn and MySkills", ["PowerPoint", "JavaScript", "LinkedIn", "and", "MySkills"]),
        ("R&D, eBay, iOS, McDonald", ["R", "&", "D", "eBay", "iOS", "McDonald"]),
    ],
)
def test_words_that_are_glued_are_parted_and_names_are_not(text: str, words: list[str]) -> None:
    read = Words(text)
    assert read.raw == words
    glued = [i for i in range(1, len(read)) if read.starts[i] == read.ends[i - 1] and "&" not in read.raw[i - 1 : i + 1]]
    assert [read.gaps[i] for i in glued] == [" " if read.raw[i] == "Build" else "\n" for i in glued]


@given(st.lists(PHRASES, min_size=1, max_size=12), PHRASES, PHRASES)
def test_every_phrase_is_found_where_it_stands(phrases: list[str], before: str, after: str) -> None:
    table = PhraseTable.of((phrase, n) for n, phrase in enumerate(phrases))
    for number, phrase in enumerate(phrases):
        words = Words(f"{before}; {phrase}; {after}")
        start = len(phrase_key(before))
        end = start + len(phrase_key(phrase))
        found = [value for i, ends in table.find(words) if i == start for j, values in ends if j == end for value in values]
        assert number in found
        assert number in table.get(phrase_key(phrase))


@given(st.lists(PHRASES, max_size=12), st.lists(PHRASES, max_size=8))
def test_nothing_is_found_that_is_not_there(phrases: list[str], text: list[str]) -> None:
    table = PhraseTable.of((phrase, n) for n, phrase in enumerate(phrases))
    words = Words(", ".join(text))
    for i, ends in table.find(words):
        for j, values in ends:
            assert all(phrase_key(phrases[value]) == tuple(words.folded[i:j]) for value in values)


@given(st.lists(PHRASES, max_size=15), st.lists(PHRASES, max_size=6))
def test_a_table_finds_what_looking_everywhere_finds(phrases: list[str], text: list[str]) -> None:
    table = PhraseTable.of((phrase, n) for n, phrase in enumerate(phrases))
    words = Words(" ".join(text))
    expected = {
        (i, j, n)
        for n, phrase in enumerate(phrases)
        for i in range(len(words))
        for j in range(i + 1, len(words) + 1)
        if tuple(words.folded[i:j]) == phrase_key(phrase) and JOINERS.issuperset(words.gaps[i + 1 : j])
    }
    assert {(i, j, n) for i, ends in table.find(words) for j, values in ends for n in values} == expected


@given(st.lists(st.lists(PHRASES, max_size=8), min_size=1, max_size=4), st.lists(PHRASES, max_size=6))
def test_tables_looked_up_together_find_what_each_finds(phrases: list[list[str]], text: list[str]) -> None:
    tables = [PhraseTable.of((phrase, n) for n, phrase in enumerate(some)) for some in phrases]
    words = Words(" ".join(text))
    alone = [table.find(words) for table in tables]
    PhraseTables(tables).find(words)
    assert [words.found[table] for table in tables] == alone


@given(st.lists(PHRASES, min_size=1, max_size=15))
def test_a_packed_table_is_text_without_line_breaks(phrases: list[str]) -> None:
    packed = pack_phrases((phrase_key(phrase), n) for n, phrase in enumerate(phrases))
    assert not any("\n" in cell for pair in packed.items() for cell in pair)
    table = PhraseTable(packed)
    assert all(n in table.get(phrase_key(phrase)) for n, phrase in enumerate(phrases))


@pytest.mark.parametrize(
    ("form", "text"), [("trouble shooting", "troubleshooting"), ("troubleshooting", "trouble-shooting"), ("troubleshooting", "trouble shooting")]
)
def test_joined_and_parted_words_find_each_other(form: str, text: str) -> None:
    table = PhraseTable.of([(form, 1)], joined=True)
    assert [values for _, ends in table.find(Words(text)) for _, values in ends] == [[1]]


def test_a_phrase_does_not_cross_a_comma_or_a_sentence() -> None:
    table = PhraseTable.of([("care plans", 1)])
    assert list(table.find(Words("Take care, plans change. Care. Plans."))) == []
    assert len(list(table.find(Words("care plans, care-plans and care\nplans")))) == 3


HOLDS, IS_OR = holding(("work", "team")), among(["or"])
SAID = st.lists(st.sampled_from(["Data", "data", "DATA", "C++", "teams", "team", "network", "\u00c9cole", "2nd", "&", "or"]), max_size=12)


@given(st.lists(SAID, max_size=6))
def test_what_is_known_of_words_by_number_is_what_is_known_by_word(texts: list[list[str]]) -> None:
    sizes = WordTable(len)
    for text in texts:
        words = Words(", ".join(text))
        assert [words.vocabulary.folded[number] for number in words.numbers] == words.folded
        assert [*words.pick(sizes)] == [len(word) for word in words.folded]
        assert words.those(HOLDS) == [i for i, word in enumerate(words.folded) if "work" in word or "team" in word]
        assert words.those(IS_OR) == [i for i, word in enumerate(words.folded) if word == "or"]


def test_a_vocabulary_that_has_grown_too_large_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mcgap.text._MOST_FOLDED", 3)
    table, sizes = PhraseTable.of([("baking", 1), ("icing cakes", 2)]), WordTable(len)
    tables = PhraseTables((table,))
    vocabularies = []
    for text in ("Baking and icing cakes", "Cakes", "More baking of more kinds", "Icing cakes") * 2:
        words = Words(text)
        alone = table.find(words)
        tables.find(words)
        assert words.found[table] == alone
        assert [*words.pick(sizes)] == [len(word) for word in words.folded]
        vocabularies.append(words.vocabulary)
    assert len({id(vocabulary) for vocabulary in vocabularies}) > 1


def test_threads_give_words_the_same_numbers() -> None:
    texts = [" ".join(f"word{(n * 7 + k) % 900}x" for k in range(300)) for n in range(40)]
    sizes = WordTable(len)

    def read(text: str) -> bool:
        words = Words(text)
        return [words.vocabulary.folded[n] for n in words.numbers] == words.folded and [*words.pick(sizes)] == [len(word) for word in words.folded]

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(read, texts))


@given(st.lists(st.text(st.characters(exclude_characters="\n", codec="utf-8"))))
def test_lines_are_what_they_were_made_of(lines: list[str]) -> None:
    kept = Lines.of(lines)
    assert [*kept] == lines == [kept[n] for n in range(len(kept))] == kept[:]
    packed = Packed.of({str(n): line for n, line in enumerate(lines)})
    assert dict(packed) == {str(n): line for n, line in enumerate(lines)}


def test_what_is_kept_of_words_has_a_bound() -> None:
    assert all(kept.cache_info().maxsize for kept in (stem, phrase_key, squash))
