"""The compiled taxonomy in the cache folder, and a user's own files over ours."""

from __future__ import annotations

import multiprocessing
from pathlib import Path

import pytest
from factories import make_skill, make_taxonomy

from mcgap.errors import TableError
from mcgap.files import shipped
from mcgap.records import SkillType
from mcgap.taxonomy import Taxonomy, compiled, load_taxonomy
from mcgap.taxonomy import skills as skills_module
from mcgap.taxonomy.compiled import compile_skills
from mcgap.taxonomy.reading import COLUMNS, SHIPPED

ROWS = [
    make_skill("python", kind=SkillType.TOOL, aliases=("Python 3",), implies=("programming",)),
    make_skill("programming", aliases=("coding", "écriture de code")),
    make_skill("go", "Go", ambiguous="Go=cased,near golang,not go to"),
]


OURS = "id,name,aliases,half_life\nkubernetes,Kubernetes,K8s|container orchestration,3\ndocker,Docker,,\n"


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache folder, and a small table in the place of ours."""
    folder, table = tmp_path / "cache", tmp_path / "ours.csv"
    table.write_text(OURS, encoding="utf-8")
    monkeypatch.setattr(skills_module, "user_cache_path", lambda *_, **__: folder)
    monkeypatch.setattr(skills_module, "shipped", lambda name: table if name == SHIPPED else shipped(name))
    return folder


def same(a: Taxonomy, b: Taxonomy) -> bool:
    return [*a] == [*b] and [a.form(n) for n in range(a.form_count)] == [b.form(n) for n in range(b.form_count)]


def test_what_is_stored_is_loaded(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "taxonomy.txt"
    compiled.store(compile_skills(ROWS), path)
    loaded = compiled.load(path)
    assert loaded is not None
    assert same(Taxonomy(loaded), make_taxonomy(*ROWS))
    assert Taxonomy(loaded).named("PYTHON 3") == ("python",)
    assert [p.name for p in path.parent.iterdir()] == ["taxonomy.txt"]


def test_every_damaged_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "taxonomy.txt"
    compiled.store(compile_skills(ROWS), path)
    whole = path.read_bytes()
    for cut in range(0, len(whole) - 1, 7):
        path.write_bytes(whole[:cut])
        assert compiled.load(path) is None, f"cut after {cut} bytes"
    for at in range(0, len(whole), 5):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0x20]) + whole[at + 1 :])
        assert compiled.load(path) is None, f"byte {at} turned"
    path.write_bytes(b"\xff\xfe" + whole)
    assert compiled.load(path) is None
    assert compiled.load(tmp_path / "none.txt") is None


def test_a_damaged_file_is_built_anew(cache: Path) -> None:
    first = load_taxonomy()
    (kept,) = cache.glob("taxonomy-*.txt")
    kept.write_bytes(kept.read_bytes()[:-10])
    again = load_taxonomy()
    assert same(again, first)
    assert compiled.load(kept) is not None


def test_a_line_break_or_tab_inside_a_cell_is_a_space(cache: Path, tmp_path: Path) -> None:
    table = tmp_path / "mine.csv"
    table.write_text('id,name,aliases\nfoobar,"Foobar\nStudio","Foo\tBar|Bar\r\nFoo"\n', encoding="utf-8")
    first, again = load_taxonomy((table,)), load_taxonomy((table,))
    assert same(again, first)
    assert first["foobar"].name == "Foobar Studio"
    assert first["foobar"].aliases == ("Foo Bar", "Bar Foo")
    assert len(list(cache.glob("taxonomy-*.txt"))) == 1


def test_a_cache_that_cannot_be_written_is_no_error(cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("not a folder", encoding="utf-8")
    monkeypatch.setattr(skills_module, "user_cache_path", lambda *_, **__: in_the_way / "mcgap")
    assert len(load_taxonomy()) == 2
    assert in_the_way.read_text(encoding="utf-8") == "not a folder"


def write_again_and_again(path: str, number: int) -> None:
    table = compile_skills([*ROWS, *(make_skill(f"skill-{i}") for i in range(200 * (number + 1)))])
    for _ in range(25):
        compiled.store(table, Path(path))


def test_processes_that_write_at_once_leave_a_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "taxonomy.txt"
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=write_again_and_again, args=(str(path), number)) for number in range(2)]
    for writer in writers:
        writer.start()
    sizes = set()
    while any(writer.is_alive() for writer in writers):
        if path.exists():
            loaded = compiled.load(path)
            assert loaded is not None, "a reader saw half a file"
            sizes.add(len(loaded.skills))
    for writer in writers:
        writer.join()
        assert writer.exitcode == 0
    assert sizes <= {203, 403}
    assert [p.name for p in tmp_path.iterdir()] == ["taxonomy.txt"]


def test_a_users_own_file_adds_and_wins(cache: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    first.write_text("id,name,aliases,half_life\nkubernetes,Kube,our cluster,1\nacme-tool,Acme Tool,acme,\n", encoding="utf-8")
    second.write_text("id,name,half_life,broader\nkubernetes,Kubernetes,2,acme-tool\n", encoding="utf-8")
    ours, own = load_taxonomy(), load_taxonomy([first, second])
    assert len(own) == len(ours) + 1
    assert own["kubernetes"].half_life == 2
    assert own["kubernetes"].broader == ("acme-tool",)
    assert set(ours["kubernetes"].aliases) < set(own["kubernetes"].aliases)
    assert own.named("our cluster") == ("kubernetes",)
    assert own.named("ACME") == ("acme-tool",)
    assert load_taxonomy([second, first])["kubernetes"].half_life == 1
    assert load_taxonomy([second, first])["kubernetes"].name == "Kube"


@pytest.mark.parametrize(
    ("ours", "own", "wanted"),
    [
        # An empty cell keeps what we say, in each column; what stands for it elsewhere (technical, yes, the category's years) is not said by it.
        ({"teachable": "no"}, {}, {"teachable": False}),
        ({"teachable": "no"}, {"teachable": "yes"}, {"teachable": True}),
        ({"teachable": "yes"}, {"teachable": "no"}, {"teachable": False}),
        ({"type": "soft"}, {}, {"type": SkillType.SOFT}),
        ({"type": "soft"}, {"type": "technical"}, {"type": SkillType.TECHNICAL}),
        ({"type": "technical"}, {"type": "tool"}, {"type": SkillType.TOOL}),
        ({"half_life": "9"}, {}, {"half_life": 9.0}),
        ({"half_life": "9"}, {"category": "nursing"}, {"half_life": 9.0, "category": "nursing"}),
        ({"half_life": "9", "category": "nursing"}, {"half_life": "2"}, {"half_life": 2.0, "category": "nursing"}),
        ({"category": "nursing"}, {}, {"category": "nursing"}),
        ({"broader": "docker", "implies": "docker", "related": "docker"}, {}, {"broader": ("docker",), "implies": ("docker",), "related": ("docker",)}),
        ({"broader": "docker"}, {"broader": "helm"}, {"broader": ("helm",)}),
        ({"aliases": "K8|K8s"}, {"aliases": "K8s|Kube"}, {"aliases": ("K8", "K8s", "Kube")}),
        ({"ambiguous": "K8=cased"}, {}, {"ambiguous": "K8=cased"}),
        ({"ambiguous": "K8=cased"}, {"ambiguous": "Kube=listed"}, {"ambiguous": "K8=cased|Kube=listed"}),
        ({"esco": "e1", "onet": "o1"}, {}, {"esco": "e1", "onet": "o1"}),
        ({"esco": "e1", "onet": "o1"}, {"onet": "o2"}, {"esco": "e1", "onet": "o2"}),
    ],
)
def test_an_empty_cell_of_a_users_row_keeps_what_we_say(
    cache: Path, tmp_path: Path, ours: dict[str, str], own: dict[str, str], wanted: dict[str, object]
) -> None:
    table, mine = tmp_path / "ours.csv", tmp_path / "mine.csv"
    for path, cells in ((table, ours), (mine, own)):
        row = {"id": "kubernetes", "name": "Kubernetes", **cells}
        path.write_text(f"{','.join(COLUMNS)}\n{','.join(row.get(column, '') for column in COLUMNS)}\n", encoding="utf-8")
    skill = load_taxonomy([mine])["kubernetes"]
    assert {field: getattr(skill, field) for field in wanted} == wanted


def test_no_cache_is_left_half_written(cache: Path) -> None:
    load_taxonomy()
    assert [p.suffix for p in cache.iterdir()] == [".txt"]


def test_a_changed_file_is_not_served_from_the_cache(cache: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine.csv"
    mine.write_text("id,name\nacme-tool,Acme Tool\n", encoding="utf-8")
    assert "acme-tool" in load_taxonomy([mine])
    mine.write_text("id,name\nother-tool,Other Tool\n", encoding="utf-8")
    assert "acme-tool" not in load_taxonomy([mine])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("id,name\nBad Id,Bad\n", "row 2, column 'id': 'Bad Id' is no slug"),
        ("id,name\naa,\n", "column 'name': the cell is empty"),
        ("id,name,type\naa,A,thing\n", "'thing' is none of tool"),
        ("id,name,colour\naa,A,red\n", "column 'colour': this column is unknown"),
        ("id,name,ambiguous\naa,A,A=sometimes\n", "'sometimes' is none of cased"),
        ("id,name,ambiguous\naa,A,A\n", "lacks '='"),
        ("id,name,half_life\naa,A,soon\n", "'soon' is no number of years"),
        ("id,name\naa,A\naa,B\n", "'aa' stands in row 2 too"),
        ("id,name\naa,A,B\n", "3 cells where the header has 2"),
    ],
)
def test_a_users_mistake_names_file_row_and_column(cache: Path, tmp_path: Path, text: str, said: str) -> None:
    mine = tmp_path / "mine.csv"
    mine.write_text(text, encoding="utf-8")
    with pytest.raises(TableError, match=r"mine\.csv") as error:
        load_taxonomy([mine])
    assert said in str(error.value)
