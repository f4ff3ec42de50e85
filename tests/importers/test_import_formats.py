"""Samples shaped as the published specifications show them, and what they become."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from mcgap.catalog.fields import plain_of
from mcgap.errors import SettingsError, TableError
from mcgap.importers import import_catalog
from mcgap.importers.formats import Imported
from mcgap.taxonomy import Taxonomy

# sample, format it is taken for, id, and the fields that it must have
EXPECTED: list[tuple[str, str, str, dict[str, Any]]] = [
    (
        "ctdl.json",
        "ctdl",
        "database-querying-badge",
        {
            "title": "Database Querying Badge",
            "aliases": ["DQB"],
            "type": "badge",
            "skills": [{"id": "sql", "weight": 0.8, "role": "assessed"}],
            "level": "working",
            "prerequisites_recommended": ["text: https://elsewhere.example/ce-7"],
            "experience_months": 6,
            "hours": {"min": 20, "max": 30, "basis": "issuer"},
            "weeks": 13.04,
            "cost": {"min": 350, "max": 350, "currency": "USD", "kind": "course", "as_of": "2026-10"},
            "assessment": {"kind": "performance", "applied": 2, "minutes": 90, "proctored": True},
            "validity_months": 24,
            "stacks_into": [{"id": "data-certificate", "kind": "larger-certificate"}],
            "recognition": [{"scope": "field", "name": "Guild of Queries"}],
            "url": "https://college.example/badges/dqb",
        },
    ),
    (
        "ctdl.json",
        "ctdl",
        "data-certificate",
        {
            "type": "certificate",
            "components": ["database-querying-badge"],
            "cost": {"min": 4409, "max": 4409, "currency": "USD", "kind": "course", "as_of": "2026-10"},
        },
    ),
    (
        "openbadges2.json",
        "openbadges",
        "sql-practitioner",
        {
            "type": "badge",
            "skills": [{"id": "sql", "weight": 0.5, "role": "assessed"}, {"id": "python", "weight": 0.5, "role": "assessed"}],
            "url": "https://badges.example/classes/5/criteria",
        },
    ),
    (
        "openbadges3.json",
        "openbadges",
        "running-clusters",
        {
            "type": "micro-credential",
            "exam_code": "K8S-1",
            "skills": [{"id": "kubernetes", "weight": 0.5, "role": "assessed"}, {"id": "Yak shaving", "weight": 0.5, "role": "assessed"}],
            "credit": {"us": 3},
        },
    ),
    (
        "mslearn.json",
        "mslearn",
        "data-associate",
        {
            "title": "Microsoft Certified: Data Associate",
            "exam_code": "DP-1",
            "type": "certification",
            "level": "working",
            "prerequisites_recommended": ["data-fundamentals", "text: Some experience"],
            "assessment": {"kind": "exam", "applied": 0, "minutes": 100},
            "validity_months": 12,
            "status": "retiring",
            "retires_on": "2027-06-30",
            "roles": ["Data Analyst"],
            "languages": ["en", "ja"],
            "url": "https://learn.microsoft.com/en-us/credentials/certifications/data-associate/",
            "hours": None,  # one part of its study guide is not in the file
            "cost": None,  # the catalog states none
        },
    ),
    ("mslearn.json", "mslearn", "query-data", {"type": "micro-credential", "hours": {"min": 1.5, "max": 1.5, "basis": "derived"}}),
    (
        "mslearn.json",
        "mslearn",
        "learn-example-path",
        {"type": "course", "components": ["learn-example-one", "learn-example-two"], "hours": {"min": 2, "max": 2, "basis": "issuer"}},
    ),
    (
        "mslearn.json",
        "mslearn",
        "learn-example-one",
        {"skills": [{"id": "sql", "weight": 1, "role": "taught"}], "last_revised": "2026-02-03", "level": "basic"},
    ),
    (
        "course.html",
        "schema-org",
        "python-for-everyone",
        {
            "title": "Python for everyone",
            "exam_code": "PY-1",
            "type": "course",
            "skills": [{"id": "python", "weight": 0.5, "role": "taught"}, {"id": "Reading tracebacks", "weight": 0.5, "role": "taught"}],
            "level": "basic",
            "prerequisites_recommended": ["text: School mathematics"],
            "hours": {"min": 22, "max": 22, "basis": "issuer"},
            "weeks": 4,
            "cost": {"min": 49.5, "max": 49.5, "currency": "EUR", "kind": "course", "as_of": "2026-10"},
            "credit": {"ects": 2},
            "delivery": "online",
        },
    ),
    (
        "eoc.json",
        "schema-org",
        "certified-query-writer",
        {
            "type": "certification",
            "skills": [{"id": "sql", "weight": 0.5, "role": "assessed"}, {"id": "python", "weight": 0.5, "role": "taught"}],
            "recognition": [{"scope": "field", "name": "Society of Tables"}],
            "validity_months": 36,
            "cost": {"min": 100, "max": 150, "currency": "GBP", "kind": "course", "as_of": "2026-10"},
        },
    ),
    (
        "courses.csv",
        "courses",
        "sql-for-data",
        {
            "skills": [{"id": "sql", "weight": 0.5, "role": "taught"}, {"id": "Data tables", "weight": 0.5, "role": "taught"}],
            "level": "basic",
            "hours": {"min": 22, "max": 22, "basis": "third-party"},
            "cost": {"min": 49, "max": 49, "currency": "USD", "kind": "course", "as_of": "2026-10"},
            "url": "https://academy.example/sql",
        },
    ),
    (
        "courses.csv",
        "courses",
        "clusters",
        {
            "level": "working",
            "hours": {"min": 130.4, "max": 130.4, "basis": "third-party"},
            "weeks": 13,
            "url": None,
            "cost": {"min": 0, "max": 0, "currency": "USD", "kind": "course", "as_of": "2026-10"},
        },
    ),
    (
        "courses.csv",
        "courses",
        "quick-look",
        {"hours": {"min": 0.8, "max": 0.8, "basis": "third-party"}, "cost": None, "issuer": {"id": "unknown-issuer", "name": "unknown issuer"}},
    ),
]


def read(samples: Path, name: str, skills: Taxonomy) -> Imported:
    return import_catalog(samples / name, skills, as_of="2026-10")


@pytest.mark.parametrize(("sample", "format", "name", "fields"), EXPECTED, ids=[f"{s}-{n}" for s, _, n, _ in EXPECTED])
def test_a_sample_becomes_its_record(samples: Path, skills: Taxonomy, sample: str, format: str, name: str, fields: dict[str, Any]) -> None:
    found = read(samples, sample, skills)
    assert found.format == format
    plain = {c.id: plain_of(c) for c in found.credentials}[name]
    assert {field: plain.get(field) for field in fields} == fields


def test_imported_facts_are_reported_with_date_and_source(samples: Path, skills: Taxonomy) -> None:
    badge = read(samples, "ctdl.json", skills).credentials[0]
    assert {(f.field, f.status, f.as_of, f.source) for f in badge.provenance} == {
        (field, "reported", "2026-10", "https://college.example/badges/dqb") for field in ("hours", "cost", "assessment", "skills")
    }


NOTES = [
    ("ctdl.json", "BachelorDegree"),
    ("openbadges2.json", "Tags that name no skill of the taxonomy were left out. (2 times)"),
    ("mslearn.json", "Units were left out"),
    ("course.html", "Ratings were left out"),
    ("courses.csv", "Rows without a title"),
    ("courses.csv", "Tags that are counts, ratings or sentences were left out. (2 times)"),
    ("courses.csv", "Prices without a currency"),
    ("courses.csv", "Columns that were not used: Rating, Reviews"),
    ("openbadges3.json", "Yak shaving"),
]


@pytest.mark.parametrize(("sample", "words"), NOTES, ids=[f"{s}-{w[:20]}" for s, w in NOTES])
def test_what_is_left_out_is_said(samples: Path, skills: Taxonomy, sample: str, words: str) -> None:
    assert any(words in note for note in read(samples, sample, skills).notes)


def test_an_awarded_badge_and_a_duplicate_uid_give_one_entry(samples: Path, skills: Taxonomy) -> None:
    assert len(read(samples, "openbadges3.json", skills).credentials) == 1
    assert [c.id for c in read(samples, "mslearn.json", skills).credentials] == [
        "data-associate",
        "data-fundamentals",
        "query-data",
        "learn-example-path",
        "learn-example-one",
        "learn-example-two",
    ]


def test_columns_are_mapped_or_set(samples: Path, skills: Taxonomy) -> None:
    found = import_catalog(samples / "courses.csv", skills, mapping={"title": "course name", "issuer": "=One Issuer", "currency": "=EUR"})
    assert {c.issuer.name for c in found.credentials} == {"One Issuer"}
    assert [c.cost.currency for c in found.credentials if c.cost] == ["EUR", "EUR", "EUR"]


@pytest.mark.parametrize(
    ("mapping", "words"),
    [({"title": "Nope"}, "no column 'Nope'"), ({"colour": "Rating"}, "no field 'colour'")],
)
def test_a_mapping_that_does_not_fit_is_said(samples: Path, skills: Taxonomy, mapping: dict[str, str], words: str) -> None:
    with pytest.raises(SettingsError, match=words):
        import_catalog(samples / "courses.csv", skills, mapping=mapping)


HOSTILE = [
    ("deep.json", "[" * 200_000, "nested"),
    ("deep.json", '{"@type":"Course","name":"x","offers":' + "[" * 200 + "]" * 200 + "}", "nested"),
    ("not.json", "{'a': 1}", "not JSON"),
    ("number.json", "5", "none of the known formats"),
    ("other.json", '{"@type": "Recipe", "name": "Soup"}', "none of the known formats"),
    ("empty.json", '{"modules": [], "units": []}', "no credential was found"),
    ("types.json", '{"certifications": [1, "x", null, {"uid": 5}, {"uid": ["a"], "title": {"a": {}}}]}', "no credential was found"),
    ("page.html", "<html><script>no</script></html>", "no readable JSON-LD"),
    ("list.csv", "a,b\n1,2\n", "no column that reads as a title"),
    ("cell.csv", "title,skills\nx," + "y" * 200_000 + "\n", "not a CSV row"),
]


@pytest.mark.parametrize(("name", "content", "words"), HOSTILE, ids=[f"{n}-{w}" for n, _, w in HOSTILE])
def test_hostile_files_are_refused_in_a_sentence(tmp_path: Path, skills: Taxonomy, name: str, content: str, words: str) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    with pytest.raises((TableError, SettingsError), match=words):
        import_catalog(path, skills)


def test_a_file_of_100_mb_is_refused_unread(tmp_path: Path, skills: Taxonomy) -> None:
    for name in ("huge.json", "huge.csv", "huge.html"):
        with (tmp_path / name).open("wb") as out:
            out.truncate(100_000_000)
        with pytest.raises(TableError, match="100 MB"):
            import_catalog(tmp_path / name, skills)


# Values of the wrong type, put in place of every value of every sample in turn.
ODD: list[Any] = [None, True, -1, 1e308, "", "<script>x</script>", [], {}, [[]], [{}], {"@id": 5}, {"@id": "_:self"}, {"en": 5}, ["\u202e", 7, None]]


def swapped(value: Any, odd: Any) -> list[Any]:
    """Every copy of a JSON value with one of its inner values replaced."""
    copies: list[Any] = []
    if isinstance(value, dict):
        for key, inner in value.items():
            copies += [{**value, key: new} for new in [odd, *swapped(inner, odd)]]
    elif isinstance(value, list):
        for n, inner in enumerate(value):
            copies += [[*value[:n], new, *value[n + 1 :]] for new in [odd, *swapped(inner, odd)]]
    return copies


@pytest.mark.parametrize("odd", ODD, ids=[repr(o)[:20] for o in ODD])
@pytest.mark.parametrize("sample", ["ctdl.json", "openbadges2.json", "openbadges3.json", "mslearn.json", "eoc.json"])
def test_a_wrong_type_anywhere_gives_a_record_or_a_sentence(samples: Path, tmp_path: Path, skills: Taxonomy, sample: str, odd: Any) -> None:
    import json

    data = json.loads((samples / sample).read_text(encoding="utf-8"))
    for copy in swapped(data, odd):
        path = tmp_path / sample
        path.write_text(json.dumps(copy), encoding="utf-8")
        try:
            found = import_catalog(path, skills, as_of="2026-10")
        except (TableError, SettingsError):
            continue
        for credential in found.credentials:
            assert "<" not in credential.title
            assert credential.id


def test_references_in_a_circle_end(tmp_path: Path, skills: Taxonomy) -> None:
    path = tmp_path / "circle.json"
    path.write_text(
        '{"@graph": [{"@id": "a", "@type": "ceterms:Badge", "ceterms:name": "A", "ceterms:isPartOf": ["b"], "ceterms:ownedBy": ["a"]},'
        ' {"@id": "b", "@type": "ceterms:Badge", "ceterms:name": "B", "ceterms:isPartOf": ["a"], "ceterms:ownedBy": ["c"]}]}',
        encoding="utf-8",
    )
    found = import_catalog(path, skills).credentials
    assert [(c.id, c.stacks_into[0].into) for c in found] == [("a", "b"), ("b", "a")]
