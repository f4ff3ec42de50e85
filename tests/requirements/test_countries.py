"""Where a posting's job is: rows of countries.csv. ``expected`` is codes, none where nothing tells."""

from __future__ import annotations

from pathlib import Path

import pytest
from tables import read_rows

from mcgap.countries import country_codes, country_name, country_of, is_abroad
from mcgap.documents import read_document
from mcgap.files import shipped_rows
from mcgap.records import Country, DocumentKind
from mcgap.requirements import find_countries
from mcgap.sections import find_sections
from mcgap.text import Words

CASES = Path(__file__).with_name("countries.csv")


def found(text: str) -> tuple[Country, ...]:
    document = read_document(text, DocumentKind.POSTING)
    words = Words(document.text)
    return find_countries(words, find_sections(document, words))


@pytest.mark.parametrize(("text", "expected"), [(row["input"].replace("\\n", "\n"), row["expected"]) for row in read_rows(CASES)])
def test_case(text: str, expected: str) -> None:
    countries = found(text)
    assert [country.code for country in countries] == expected.split()
    for span in (span for country in countries for span in country.evidence):
        assert text[span.start : span.end] == span.text
    assert all(country.evidence for country in countries)


def test_every_cue_names_a_country_that_is_known() -> None:
    rows = shipped_rows("data/country_cues.csv", ("country", "cue", "kind", "weight"))
    assert {row["country"] for row in rows} <= country_codes()
    assert {row["kind"] for row in rows} == {"place", "code", "sign", "body"}
    assert {row["weight"] for row in rows} == {"sure", "weak"}
    assert len({(row["cue"].casefold(), row["kind"]) for row in rows}) == len(rows)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("GB", "GB"),
        ("uk", "GB"),
        ("United Kingdom", "GB"),
        ("the United States", "US"),
        ("USA", "US"),
        ("canada", "CA"),
        ("EU", "EU"),
        ("Narnia", None),
        ("", None),
    ],
)
def test_a_country_is_known_by_code_or_name(said: str, code: str | None) -> None:
    assert country_of(said) == code


@pytest.mark.parametrize(
    ("counts_in", "job_in", "abroad"),
    [
        (("US",), ("GB",), True),
        (("US",), ("US",), False),
        (("US",), ("GB", "US"), False),
        (("US", "CA"), ("CA",), False),
        (("EU",), ("DE",), False),
        (("EU",), ("GB",), True),
        ((), ("GB",), False),
        (("US",), (), False),
        ((), (), False),
    ],
)
def test_what_is_unknown_is_not_abroad(counts_in: tuple[str, ...], job_in: tuple[str, ...], abroad: bool) -> None:
    assert is_abroad(counts_in, job_in) is abroad


def test_names() -> None:
    assert [country_name(code) for code in ("US", "EU", "XX")] == ["the United States", "the EU", "XX"]
