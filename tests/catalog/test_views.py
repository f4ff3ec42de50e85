"""diff, stale, search, stats, template."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mcgap.catalog import Catalog, load_catalog
from mcgap.catalog.diff import Change, diff_catalogs
from mcgap.catalog.fields import credential_of
from mcgap.catalog.lint import lint_files
from mcgap.catalog.search import search_catalog
from mcgap.catalog.stale import parse_age, stale_facts
from mcgap.catalog.stats import catalog_stats
from mcgap.catalog.template import FORMATS, template_text
from mcgap.errors import SettingsError
from mcgap.taxonomy import Taxonomy


def test_diff_names_each_field(full: dict[str, Any]) -> None:
    old = credential_of(full, "f", 1)
    new = credential_of({**full, "cost": {**full["cost"], "max": 500}, "sittings": None}, "f", 1)
    other = credential_of({**full, "id": "other"}, "f", 1)
    assert diff_catalogs([old], [old]) == ()
    assert diff_catalogs([old, other], [new]) == (
        Change("cka", "changed", "sittings", 2, None),
        Change("cka", "changed", "cost", full["cost"], {**full["cost"], "max": 500}),
        Change("other", "removed"),
    )
    assert diff_catalogs([old], [old, other]) == (Change("other", "added"),)


@pytest.mark.parametrize(("months", "fields"), [(3, ["cost", "hours"]), (8, ["hours"])])
def test_stale_facts_are_old_or_undated(full: dict[str, Any], months: int, fields: list[str]) -> None:
    found = stale_facts([credential_of(full, "f", 1)], today=date(2026, 11, 22), older_than=months)
    assert [f.field for f in found] == fields
    retired = credential_of({**full, "status": "retired"}, "f", 1)
    assert stale_facts([retired], today=date(2026, 11, 22), older_than=months) == ()


@pytest.mark.parametrize("text", ["soon", "-3m", "", "3 weeks"])
def test_ages_that_are_none(text: str) -> None:
    with pytest.raises(SettingsError, match="6m or 2y"):
        parse_age(text)


def test_search_needs_every_word_and_puts_names_first(full: dict[str, Any], skills: Taxonomy) -> None:
    other = {**full, "id": "python-course", "title": "Python for K8s", "aliases": [], "exam_code": None, "roles": ["CKA helper"]}
    catalog = Catalog([credential_of(p, "f", 1) for p in (full, other)], taxonomy=skills)

    def found(query: str) -> list[str]:
        return [hit.credential.id for hit in search_catalog(query, catalog, skills)]

    assert found("CKA") == ["cka", "python-course"]
    assert found("python") == ["python-course", "cka"]
    assert found("kubernetes nurse") == []
    assert found("kuber administ") == ["cka"]
    assert found("example body") == ["cka", "python-course"]
    assert found("?!") == []


def test_stats_count_fields_kinds_and_sources(full: dict[str, Any], skills: Taxonomy) -> None:
    free = {**full, "id": "free", "cost": {"min": 0, "max": 0, "currency": "USD"}, "industries": ["devops", "databases"], "provenance": []}
    counted = catalog_stats([credential_of(p, "f", 1) for p in (full, free)], skills)
    assert (counted.credentials, counted.free, counted.issuers) == (2, 1, 1)
    assert counted.by_field == (("devops", 2), ("databases", 1))
    assert counted.by_issuer_kind == (("industry-body", 2),)
    facts = {f.field: f for f in counted.facts}
    assert (facts["cost"].known, facts["cost"].verified, facts["cost"].unknown, facts["cost"].sourced) == (2, 1, 1, 0.5)
    # Patience cannot be taught, so its category is none to cover.
    assert (counted.categories, counted.covered, counted.uncovered) == (5, 2, ("crop-horticulture", "databases", "web-development"))


@pytest.mark.parametrize("short", [False, True])
@pytest.mark.parametrize("kind", FORMATS)
def test_a_template_is_a_catalog_without_errors_of_form(tmp_path: Path, skills: Taxonomy, kind: str, short: bool) -> None:
    if kind == "yaml":
        pytest.importorskip("yaml", reason="PyYAML is optional")
    path = tmp_path / f"mine.{kind}"
    path.write_text(template_text(kind, short=short), encoding="utf-8")
    assert load_catalog([path], only=True, taxonomy=skills)["example-data-basics"].skills[0].skill == "sql"
    assert {f.check for f in lint_files([path], skills, today=date(2026, 11, 22))} <= {"unlinked-tag", "issuer"}
