"""CSV files as people have them."""

from __future__ import annotations

from pathlib import Path

import pytest

from mcgap.batch.columns import Wanted, find_columns
from mcgap.batch.tables import Table
from mcgap.errors import SettingsError, TableError
from mcgap.records import DocumentKind

LONG = "We need Python and SQL for this job. " * 3


def write(folder: Path, data: bytes | str, name: str = "t.csv") -> Table:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8"))
    return Table(str(path))


def rows(table: Table) -> list[tuple[str, ...]]:
    return [line.cells for line in table]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param("a,b\n1,caf\u00e9\n".encode(), ("1", "caf\u00e9"), id="utf-8"),
        pytest.param("a,b\n1,caf\u00e9\n".encode("utf-8-sig"), ("1", "caf\u00e9"), id="byte order mark"),
        pytest.param("a,b\n1,caf\u00e9 \u2013 it\u2019s\n".encode("cp1252"), ("1", "caf\u00e9 \u2013 it\u2019s"), id="windows-1252"),
        pytest.param("a,b\n1,caf\u00e9\n".encode("utf-16"), ("1", "caf\u00e9"), id="utf-16"),
        pytest.param(b"a,b\n1,\xc3\xa9\xe9\n", ("1", "\u00e9\u00e9"), id="both in one file"),
        pytest.param(b"a;b\n1;x,y\n", ("1", "x,y"), id="semicolons"),
        pytest.param(b"a\tb\n1\tx\n", ("1", "x"), id="tabs"),
        pytest.param(b"sep=;\na;b\n1;x\n", ("1", "x"), id="Excel's sep line"),
        pytest.param(b"\n\na,b\n1,x\n", ("1", "x"), id="blank lines first"),
        pytest.param(b'a,b\r\n1,"x\r\ny ""z"""\r\n', ("1", 'x\r\ny "z"'), id="quoted newlines and quotes"),
        pytest.param(b'"a","b, c"\n1,x\n', ("1", "x"), id="separator in a column name"),
        pytest.param(b'"a\nb",c\n1,x\n', ("1", "x"), id="line break in a column name"),
        pytest.param(b"a,b\n1,x\0y\n", ("1", "x\0y"), id="a NUL"),
        pytest.param(b"a,b\n1,x,,\n", ("1", "x"), id="empty cells too many"),
        pytest.param(b"a,b\n1\n", ("1", ""), id="a cell too few"),
    ],
)
def test_reads_one_row(tmp_path: Path, data: bytes, expected: tuple[str, ...]) -> None:
    assert rows(write(tmp_path, data)) == [expected]


def test_a_cell_of_megabytes(tmp_path: Path) -> None:
    cell = "x" * 3_000_000
    assert rows(write(tmp_path, f'a,b\n1,"{cell}"\n2,y\n')) == [("1", cell), ("2", "y")]


def test_a_quote_left_open_costs_its_own_row_only(tmp_path: Path) -> None:
    table = write(tmp_path, 'a,b\n1,x\n2,"open\n3,y\n4,z\n')
    found = list(table)
    assert [line.cells for line in found] == [("1", "x"), (), ("3", "y"), ("4", "z")]
    assert "quote is opened" in found[1].error
    assert [line.number for line in found] == [1, 2, 3, 4]


def test_too_many_cells_are_an_error_of_their_row(tmp_path: Path) -> None:
    first, second = list(write(tmp_path, "a,b\n1,x,y\n2,z\n"))
    assert "3 cells where the header has 2" in first.error
    assert not second.error


def test_files_of_a_pattern_follow_each_other(tmp_path: Path) -> None:
    write(tmp_path, "a,b\n1,x\n", "p1.csv")
    write(tmp_path, "a,b\n2,y\n", "p2.csv")
    table = Table(str(tmp_path / "p*.csv"))
    assert [(line.number, line.cells) for line in table] == [(1, ("1", "x")), (2, ("2", "y"))]
    assert table.at == table.size


def test_files_of_a_pattern_must_have_the_same_columns(tmp_path: Path) -> None:
    write(tmp_path, "a,b\n1,x\n", "p1.csv")
    write(tmp_path, "a,c\n2,y\n", "p2.csv")
    with pytest.raises(TableError, match="header differs"):
        list(Table(str(tmp_path / "p*.csv")))


@pytest.mark.parametrize(("data", "words"), [(b"", "empty"), (b"\n \n", "empty"), (b"PK\x03\x04xxxx", "spreadsheet")])
def test_what_is_no_table(tmp_path: Path, data: bytes, words: str) -> None:
    with pytest.raises(TableError, match=words):
        write(tmp_path, data)


def test_no_such_file_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="no such file"):
        Table(str(tmp_path / "none.csv"))
    with pytest.raises(TableError, match="folder"):
        Table(str(tmp_path))


@pytest.mark.parametrize(
    ("header", "kind", "expected"),
    [
        ("id,title,description", DocumentKind.POSTING, "text from \u201cdescription\u201d, title from \u201ctitle\u201d, id from \u201cid\u201d"),
        (
            "Job ID,Job Title,Job Description,Skills",
            DocumentKind.POSTING,
            "text from \u201cJob Description\u201d, title from \u201cJob Title\u201d, id from \u201cJob ID\u201d",
        ),
        ("R\u00e9sum\u00e9,Category", DocumentKind.RESUME, "text from \u201cR\u00e9sum\u00e9\u201d, id: the row number"),
        ("ID,Resume_str,Resume_html,Category", DocumentKind.RESUME, "text from \u201cResume_str\u201d, id from \u201cID\u201d"),
    ],
)
def test_columns_guessed_by_name(tmp_path: Path, header: str, kind: DocumentKind, expected: str) -> None:
    table = write(tmp_path, header + "\n")
    assert find_columns(table, kind, Wanted()).say(table.header) == expected


def test_columns_guessed_by_length(tmp_path: Path) -> None:
    table = write(tmp_path, f'x,y,z\n1,Developer,"{LONG}"\n')
    assert find_columns(table, DocumentKind.POSTING, Wanted()).text == (2,)


def test_no_text_column_is_said(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="--posting-column"):
        find_columns(write(tmp_path, "x,y\n1,2\n"), DocumentKind.POSTING, Wanted())


def test_columns_given(tmp_path: Path) -> None:
    table = write(tmp_path, "ref,about,needs,name\n")
    columns = find_columns(table, DocumentKind.POSTING, Wanted("about+needs", "NAME", "ref"))
    assert (columns.text, columns.title, columns.id) == ((1, 2), 3, 0)
    with pytest.raises(SettingsError, match="no column 'nothing'"):
        find_columns(table, DocumentKind.POSTING, Wanted("nothing"))
