"""Who issues credentials: data/issuers.csv, and names that stand in no table."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from mcgap.catalog.clean import slug_of
from mcgap.errors import TableError
from mcgap.files import read_table, shipped
from mcgap.records import Issuer

COLUMNS = ("id", "name", "kind", "fields", "why", "products", "source")
KINDS = ("platform", "university", "industry-body", "employer", "vendor")
UNKNOWN_KIND = "unknown"
SHIPPED = "data/issuers.csv"


@cache
def load_issuers() -> Mapping[str, Issuer]:
    """The shipped issuers by id. Raises TableError naming file, row and column."""
    return read_issuers(shipped(SHIPPED))


def read_issuers(path: Path) -> dict[str, Issuer]:
    issuers: dict[str, Issuer] = {}
    for row, cells in read_table(path, COLUMNS):
        if cells["id"] in issuers:
            raise TableError(path.name, row, "id", f"{cells['id']!r} stands in an earlier row too; join the two rows")
        if cells["kind"] not in KINDS:
            raise TableError(path.name, row, "kind", f"{cells['kind']!r} is none of {', '.join(KINDS)}")
        fields, products = (tuple(part.strip() for part in cells[column].split("|") if part.strip()) for column in ("fields", "products"))
        issuers[cells["id"]] = Issuer(cells["id"], cells["name"], cells["kind"], fields, cells["why"], products, cells["source"] or None)
    return issuers


@cache
def _by_name() -> Mapping[str, Issuer]:
    return {slug_of(issuer.name): issuer for issuer in load_issuers().values()}


def find_issuer(name: str) -> Issuer:
    """The issuer of that id or name; one of kind ``unknown`` where our table has none."""
    key = slug_of(name)
    return load_issuers().get(name) or _by_name().get(key) or load_issuers().get(key) or Issuer(key or "unknown", name, UNKNOWN_KIND)
