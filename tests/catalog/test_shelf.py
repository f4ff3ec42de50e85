"""Loading: ours, a user's files over ours, names, skills."""

from __future__ import annotations

import csv
import time
from pathlib import Path
from typing import Any

import pytest

from mcgap.catalog import Catalog, load_catalog
from mcgap.catalog.fields import cells_of_plain, credential_of
from mcgap.catalog.own import to_csv, to_json
from mcgap.catalog.shelf import SHIPPED
from mcgap.errors import MissingExtraError, TableError
from mcgap.files import shipped
from mcgap.taxonomy import Taxonomy


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_every_shipped_row_becomes_a_record_in_id_order(skills: Taxonomy) -> None:
    catalog = load_catalog(taxonomy=skills)
    rows = list(csv.DictReader(shipped(SHIPPED).read_text(encoding="utf-8").splitlines()))
    assert [c.id for c in catalog] == sorted(row["id"] for row in rows)
    assert len(catalog) == len(rows) == len({c.id for c in catalog})


def test_a_lazy_row_is_found_by_skill_name_and_id_like_a_built_one(skills: Taxonomy) -> None:
    lazy, built = load_catalog(taxonomy=skills), Catalog(load_catalog(taxonomy=skills), taxonomy=skills)
    for c in built:
        assert lazy.get(c.id) == c
        assert lazy.named(c.title) == built.named(c.title)
        for taught in c.skills:
            assert lazy.by_skill(taught.skill) == built.by_skill(taught.skill)


def test_350_rows_load_fast(skills: Taxonomy, tmp_path: Path, full: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    cells, _ = cells_of_plain(full)
    with (tmp_path / "many.csv").open("w", newline="", encoding="utf-8") as out:
        writer = csv.DictWriter(out, cells)
        writer.writeheader()
        writer.writerows({**cells, "id": f"cka-{n}"} for n in range(350))
    monkeypatch.setattr("mcgap.catalog.shelf.shipped", lambda name: tmp_path / "many.csv")
    times = []
    for _ in range(5):
        start = time.perf_counter()
        assert len(load_catalog(taxonomy=skills)) == 350
        times.append(time.perf_counter() - start)
    # 5 ms were measured; the limit is 25.
    assert min(times) < 0.025


def test_a_users_row_replaces_ours_and_adds_to_it(skills: Taxonomy, tmp_path: Path) -> None:
    ours = load_catalog(taxonomy=skills)
    first = ours.ids[0]
    mine = write(tmp_path / "mine.csv", f"id,title,issuer,skills\n{first},Mine,Me,python\nnew-one,New,Me,k8s\n")
    catalog = load_catalog([mine], taxonomy=skills)
    assert (catalog[first].title, len(catalog)) == ("Mine", len(ours) + 1)
    assert "new-one" in [c.id for c in catalog.by_skill("kubernetes")]
    alone = load_catalog([mine], only=True, taxonomy=skills)
    assert alone.ids == tuple(sorted((first, "new-one")))


def test_later_files_win(skills: Taxonomy, tmp_path: Path) -> None:
    files = [write(tmp_path / f"{n}.csv", f"id,title,issuer,skills\na,Title {n},Me,python\n") for n in (1, 2)]
    assert load_catalog(files, only=True, taxonomy=skills)["a"].title == "Title 2"


def test_names_of_skills_are_linked_and_the_rest_is_said(skills: Taxonomy, tmp_path: Path) -> None:
    mine = write(tmp_path / "mine.csv", "id,title,issuer,skills\na,A,Me,structured query language|Spring|Underwater Basketry\n")
    catalog = load_catalog([mine], only=True, taxonomy=skills)
    assert [s.skill for s in catalog["a"].skills] == ["sql", "Spring", "Underwater Basketry"]  # two meanings of Spring: no link
    assert len(catalog.warnings) == 1
    assert "Spring, Underwater Basketry" in catalog.warnings[0]


@pytest.mark.parametrize("kind", ["json", "yaml"])
def test_json_and_yaml_read_as_csv_does(skills: Taxonomy, tmp_path: Path, full: dict[str, Any], kind: str) -> None:
    credential = credential_of(full, "f", 1)
    text, lost = to_json([credential])
    assert lost == ()
    path = write(tmp_path / f"mine.{kind}", text)  # JSON is YAML, too
    if kind == "yaml":
        pytest.importorskip("yaml", reason="PyYAML is optional")
    assert list(load_catalog([path], only=True, taxonomy=skills)) == [credential]


def test_yaml_without_its_package_says_what_to_install(skills: Taxonomy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "yaml", None)
    with pytest.raises(MissingExtraError, match="yaml"):
        load_catalog([write(tmp_path / "a.yaml", "credentials: []")], only=True, taxonomy=skills)


def test_a_credential_certifies_the_certification_of_its_name(skills: Taxonomy, full: dict[str, Any]) -> None:
    catalog = Catalog([credential_of(full, "f", 1)], taxonomy=skills)
    assert catalog.certifying("cka-certification") == ("cka",)
    assert catalog.certifying("kubernetes") == ()  # it teaches it, and is not it
    assert catalog.certifying("nothing") == ()
    assert catalog.named("cka 1.30") == ("cka",)


HOSTILE = [
    ("a.csv", "id,title,issuer\na,A,B\n", "column is absent"),
    ("a.csv", "id,title,issuer,skills\na,A,B\n", "3 cells"),
    ("a.csv", "id,title,issuer,skills\na,A,B,python\na,A,B,python\n", "stands in row 2 too"),
    ("a.csv", "id,title,issuer,skills\na,A," + "x" * 200_000 + ",python\n", "not a CSV row"),
    ("a.json", "{", "not JSON"),
    ("a.json", "[" * 100_000, "nested"),
    ("a.json", "[" * 70 + "]" * 70, "nested"),
    ("a.json", "[NaN]", "no JSON number"),
    ("a.json", "[" + "9" * 5_000 + "]", "too long"),
    ("a.json", "3", "no list of credentials"),
    ("a.json", "[3]", "no object"),
    ("a.json", '{"@context": "x", "@graph": []}', "mcgap catalog import"),
    ("a.txt", "x", "named .csv"),
    ("a.csv", b"\xff\xfe", "not UTF-8"),
    ("a.json", b"\xff\xfe", "not UTF-8"),
]


@pytest.mark.parametrize(("name", "content", "words"), HOSTILE, ids=[f"{n}-{w}" for n, _, w in HOSTILE])
def test_damaged_and_hostile_files_are_refused_in_a_sentence(skills: Taxonomy, tmp_path: Path, name: str, content: str | bytes, words: str) -> None:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(TableError, match=words):
        load_catalog([path], only=True, taxonomy=skills)


def test_yaml_aliases_are_refused(skills: Taxonomy, tmp_path: Path) -> None:
    pytest.importorskip("yaml", reason="PyYAML is optional")
    bomb = "a: &a [x, x]\nb: &b [*a, *a]\ncredentials: [*b]\n"
    with pytest.raises(TableError, match="aliases"):
        load_catalog([write(tmp_path / "a.yaml", bomb)], only=True, taxonomy=skills)


def test_a_file_of_100_mb_is_refused_unread(skills: Taxonomy, tmp_path: Path) -> None:
    path = tmp_path / "huge.csv"
    with path.open("wb") as out:
        out.truncate(100_000_000)
    with pytest.raises(TableError, match="100 MB"):
        load_catalog([path], only=True, taxonomy=skills)


@pytest.mark.parametrize("name", ["absent.csv", "absent.json", ""])
def test_an_absent_file_or_a_folder_is_said(skills: Taxonomy, tmp_path: Path, name: str) -> None:
    folder = tmp_path / "folder.csv"
    folder.mkdir()
    with pytest.raises(TableError, match=r"no such file|folder"):
        load_catalog([tmp_path / name if name else folder], only=True, taxonomy=skills)


def test_csv_written_is_read_back(skills: Taxonomy, tmp_path: Path) -> None:
    ours = list(load_catalog(taxonomy=skills))
    text, lost = to_csv(ours)
    assert lost == ()
    path = write(tmp_path / "again.csv", text)
    again = load_catalog([path], only=True, taxonomy=Taxonomy.of([]))
    assert list(again) == ours
