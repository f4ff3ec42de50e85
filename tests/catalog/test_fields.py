"""Cells, plain values and records: they turn into each other, and what is wrong is named."""

from __future__ import annotations

from typing import Any

import pytest

from mcgap.catalog.clean import clean_text, slug_of
from mcgap.catalog.fields import COLUMNS, PLAIN_FIELDS, cells_of_plain, credential_of, plain_of, plain_of_cells
from mcgap.errors import TableError

MINIMAL = {"id": "a", "title": "A", "issuer": "Somebody", "skills": ["python"]}


def test_the_full_example_fills_every_field(full: dict[str, Any]) -> None:
    assert set(full) == PLAIN_FIELDS


def test_a_record_gives_its_plain_values_back(full: dict[str, Any]) -> None:
    assert plain_of(credential_of(full, "f", 1)) == full


def test_cells_give_the_record_back_and_say_what_they_cannot_hold(full: dict[str, Any]) -> None:
    cells, lost = cells_of_plain(full)
    assert tuple(cells) == COLUMNS
    assert lost == ("issuer.kind", "issuer.fields", "issuer.why", "issuer.products", "issuer.source")
    again = plain_of(credential_of(plain_of_cells(cells, "f", 2), "f", 2))
    assert {k: v for k, v in again.items() if k != "issuer"} == {k: v for k, v in full.items() if k != "issuer"}


def test_cells_say_when_a_separator_is_replaced(full: dict[str, Any]) -> None:
    full["aliases"] = ["C|K|A"]
    cells, lost = cells_of_plain(full)
    assert cells["aliases"] == "C/K/A"
    assert "'|' in aliases" in lost


def test_a_user_needs_four_columns_only() -> None:
    c = credential_of(plain_of_cells({"id": "a", "title": "A", "issuer": "Somebody", "skills": "SQL|Python"}, "f", 2), "f", 2)
    assert (c.issuer.name, c.issuer.kind, c.type, c.status) == ("Somebody", "unknown", "micro-credential", "active")
    assert [(s.skill, s.weight, s.assessed) for s in c.skills] == [("SQL", 0.5, False), ("Python", 0.5, False)]
    assert (c.hours, c.cost, c.assessment) == (None, None, None)


WRONG = [
    # field, value, column named, words of the problem
    ("id", "Not A Slug", "id", "no slug"),
    ("id", None, "id", "empty"),
    ("title", ["x"], "title", "must be text, not a list"),
    ("title", "<b></b>", "title", "empty"),
    ("issuer", {}, "issuer", "empty"),
    ("issuer", {"name": "X", "kind": "guru"}, "issuer.kind", "none of platform"),
    ("type", "diploma", "type", "none of micro-credential"),
    ("skills", 5, "skills", "must be a list"),
    ("skills", [5], "skills", "each entry must be an object"),
    ("skills", ["a:b:c:d:e"], "skills", "5 parts"),
    ("skills", [{"id": "python", "weight": "heavy"}], "skills.weight", "no number"),
    ("skills", [{"id": "python", "level": "guru"}], "skills.level", "none of basic"),
    ("skills", [{"id": "python", "role": "learned"}], "skills.role", "none of taught"),
    ("hours", {"min": "many"}, "hours_min", "no number"),
    ("hours", {"min": True}, "hours_min", "not true or false"),
    ("hours", {"min": 1e999}, "hours_min", "no number"),
    ("hours", {"min": "nan"}, "hours_min", "no number"),
    ("hours", {"min": 10**400}, "hours_min", "no number"),
    ("hours", [1, 2], "hours", "must be an object, not a list"),
    ("cost", {"min": 5, "currency": "dollars"}, "currency", "currency code"),
    ("cost", {"min": 5, "as_of": "spring"}, "cost.as_of", "no date"),
    ("assessment", {"minutes": 90}, "assessment", "empty though"),
    ("assessment", {"kind": "exam", "applied": 4}, "applied", "not 0, 1, 2 or 3"),
    ("assessment", {"kind": "exam", "minutes": 1.5}, "exam_minutes", "whole number"),
    ("retires_on", "2026-02-30", "retires_on", "calendar"),
    ("last_revised", "2026-13", "last_revised", "no date"),
    ("stacks_into", ["x"], "stacks_into", "lacks its kind"),
    ("recognition", [{"name": "X"}], "recognition.scope", "empty"),
    ("provenance", [{"field": "colour", "status": "verified"}], "provenance.field", "none of title"),
    ("provenance", [{"field": "cost", "status": "sure"}], "provenance.status", "none of verified"),
    ("aliases", {"a": 1}, "aliases", "must be a list of texts"),
    ("aliases", [{"a": 1}], "aliases", "each entry must be text"),
    ("url", "javascript:alert(1)", "url", "does not start with http"),
    ("colour", "blue", "colour", "unknown"),
]


@pytest.mark.parametrize(("field", "value", "column", "words"), WRONG, ids=[f"{f}={str(v)[:20]}" for f, v, _, _ in WRONG])
def test_what_is_wrong_is_named_with_file_row_and_column(field: str, value: Any, column: str, words: str) -> None:
    with pytest.raises(TableError) as raised:
        credential_of({**MINIMAL, field: value}, "mine.json", 7)
    assert (raised.value.file, raised.value.row, raised.value.column) == ("mine.json", 7, column)
    assert words in raised.value.problem


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("<b>Bold</b> name", "Bold name"),
        ("a<script>alert('x')</script>b", "a b"),
        ("&lt;img src=x onerror=alert(1)&gt;Data", "Data"),
        ("AT&amp;T  basics\n\tnow", "AT&T basics now"),
        ("abc\u202edcba\x00", "abcdcba"),
        ("p < 0.05 and n > 3", "p < 0.05 and n > 3"),
        ("<!-- hidden --> shown", "shown"),
        ("<" * 5000 + "a", ""),
        ("x" * 5000, "x" * 2000),
    ],
)
def test_text_is_cleaned(text: str, clean: str) -> None:
    assert clean_text(text).strip("<") == clean


def test_slugs() -> None:
    assert [slug_of(t) for t in ("A+", "C++ / C#", "Ångström & Co.", "日本", "-")] == ["a-plus", "c-plus-plus-c-sharp", "angstrom-and-co", "", ""]


@pytest.mark.parametrize(("countries", "problem"), [(["UK"], "'UK' is no code"), (["gb"], "'gb' is no code"), (["GB", "Narnia"], "'Narnia' is no code")])
def test_a_country_is_written_by_its_code(countries: list[str], problem: str) -> None:
    with pytest.raises(TableError, match=problem):
        credential_of({**MINIMAL, "countries": countries}, "f", 1)
    assert credential_of({**MINIMAL, "countries": ["GB", "EU"]}, "f", 1).countries == ("GB", "EU")
    assert credential_of(MINIMAL, "f", 1).countries == ()
