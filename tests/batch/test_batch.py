"""Batches from end to end."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mcgap.batch import Batch, Progress, run_batch
from mcgap.batch.output import cell_text, csv_of, harmless
from mcgap.batch.records import PAIR_COLUMNS, POSTING_COLUMNS
from mcgap.cli.main import run
from mcgap.errors import SettingsError, TableError
from mcgap.files import shipped
from mcgap.pipeline import Analyzer
from mcgap.records import DocumentKind
from mcgap.settings import Settings

POSTINGS, RESUMES = str(shipped("data/samples/postings.csv")), str(shipped("data/samples/resumes.csv"))
SETTINGS = Settings(today=date(2026, 11, 2))
MANY = (
    'id,title,description\n1,Developer,"Requirements:\nPython, SQL"\n2,Nurse,\n3,Cook,"<p>You know:</p><ul><li>Food hygiene</li><li>Knife skills</li></ul>"\n'
)
HELD = 'id,resume\na,"Experience\nDeveloper, 2020 - 2024\n- Built reports in Python and SQL"\nb,\nc,"Skills\nExcel"\n'


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def files(folder: Path) -> tuple[str, str]:
    (folder / "p.csv").write_text(MANY, encoding="utf-8")
    (folder / "r.csv").write_text(HELD, encoding="utf-8")
    return str(folder / "p.csv"), str(folder / "r.csv")


def test_every_posting_meets_every_resume_in_order(tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    notes: list[str] = []
    seen: list[Progress] = []
    outcome = run_batch(Batch(postings=POSTINGS, resumes=RESUMES, out=out), SETTINGS, say=notes.append, show=seen.append)
    found = read(out)
    with Path(POSTINGS).open(encoding="utf-8") as p, Path(RESUMES).open(encoding="utf-8") as r:
        expected = [(a["id"], b["id"]) for a in csv.DictReader(p) for b in [*csv.DictReader(r)] if not r.seek(0)]
    assert [(row["posting_id"], row["resume_id"]) for row in found] == expected
    assert (outcome.rows, outcome.failed) == (len(expected), 0)
    assert tuple(found[0]) == PAIR_COLUMNS
    assert notes[0].startswith("Postings from")
    assert "\u201cdescription\u201d" in notes[0]
    assert seen[-1].rows == len(expected)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["out.csv"]


def test_a_row_says_what_the_report_says(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    run_batch(Batch(postings=POSTINGS, resumes=RESUMES, out=out), SETTINGS)
    row = next(json.loads(line) for line in out.read_text(encoding="utf-8").splitlines() if '"bookkeeper"' in line and '"junior-developer"' in line)
    with Path(POSTINGS).open(encoding="utf-8") as p, Path(RESUMES).open(encoding="utf-8") as r:
        posting = next(x for x in csv.DictReader(p) if x["id"] == "bookkeeper")
        resume = next(x for x in csv.DictReader(r) if x["id"] == "junior-developer")
    analyzer = Analyzer(SETTINGS)
    from mcgap.batch.work import document_of

    report = analyzer.analyze(
        document_of(posting["description"], posting["title"], DocumentKind.POSTING, "p"), document_of(resume["text"], "", DocumentKind.RESUME, "r")
    )
    assert row["readiness"] == report.readiness
    assert row["verdict"] == report.verdict.name
    assert row["best_credentials"] == [c.credential.title for c in report.credentials[:5]]
    assert (row["plan_hours"], row["plan_cost"]) == (report.plan.hours, report.plan.cost)


def test_bad_rows_are_kept_with_a_sentence(tmp_path: Path) -> None:
    postings, resumes = files(tmp_path)
    out, errors = tmp_path / "out.csv", tmp_path / "errors.csv"
    outcome = run_batch(Batch(postings=postings, resumes=resumes, out=out, errors=errors), SETTINGS)
    found = read(out)
    assert [(r["posting_id"], r["resume_id"]) for r in found] == [("", "b"), ("1", "a"), ("1", "c"), ("2", ""), ("3", "a"), ("3", "c")]
    assert outcome.failed == 2
    assert "Row 2: the text of this r\u00e9sum\u00e9 is empty" in found[0]["error"]
    assert [r["error"] for r in read(errors)] == [r["error"] for r in found if r["error"]]
    assert found[1]["met"] == "Python; SQL"
    assert found[1]["readiness"] == "1"


def test_same_row_pairs(tmp_path: Path) -> None:
    postings, resumes = files(tmp_path)
    Path(postings).write_text(MANY + "4,Extra,Requirements: Excel\n", encoding="utf-8")
    run_batch(Batch(postings=postings, resumes=resumes, pairs="same-row", out=tmp_path / "out.csv"), SETTINGS)
    found = read(tmp_path / "out.csv")
    assert [(r["posting_id"], r["resume_id"]) for r in found] == [("1", "a"), ("2", "b"), ("3", "c"), ("4", "")]
    assert [bool(r["error"]) for r in found] == [False, True, False, True]
    assert "no r\u00e9sum\u00e9 in this row" in found[3]["error"]


def test_pairs_of_a_file(tmp_path: Path) -> None:
    postings, resumes = files(tmp_path)
    pairs = tmp_path / "pairs.csv"
    pairs.write_text("posting_id,resume_id\n3,c\n1,a\n1,nobody\n1,a\n", encoding="utf-8")
    run_batch(Batch(postings=postings, resumes=resumes, pairs=str(pairs), out=tmp_path / "out.csv"), SETTINGS)
    found = read(tmp_path / "out.csv")
    assert [(r["posting_id"], r["resume_id"]) for r in found] == [("3", "c"), ("1", "a"), ("1", "nobody"), ("1", "a")]
    assert "no r\u00e9sum\u00e9 with the id 'nobody'" in found[2]["error"]
    assert found[1] == found[3]


def test_an_id_that_stands_twice_is_said(tmp_path: Path) -> None:
    postings, resumes = files(tmp_path)
    Path(resumes).write_text(HELD + "a,Skills: Python\n", encoding="utf-8")
    (tmp_path / "pairs.csv").write_text("job,candidate\n1,a\n", encoding="utf-8")
    run_batch(Batch(postings=postings, resumes=resumes, pairs=str(tmp_path / "pairs.csv"), out=tmp_path / "out.csv"), SETTINGS)
    assert "rows 1 and 4" in read(tmp_path / "out.csv")[0]["error"]


def test_postings_alone(tmp_path: Path) -> None:
    postings, _ = files(tmp_path)
    run_batch(Batch(postings=postings, out=tmp_path / "out.csv"), SETTINGS)
    found = read(tmp_path / "out.csv")
    assert tuple(found[0]) == POSTING_COLUMNS
    assert [r["posting_id"] for r in found] == ["1", "2", "3"]
    assert found[0]["required"] == "Python; SQL"
    assert "empty" in found[1]["error"]
    assert found[2]["required"]
    assert "<" not in found[2]["required"]


def test_a_folder_of_resumes(tmp_path: Path) -> None:
    postings, _ = files(tmp_path)
    folder = tmp_path / "cvs"
    (folder / "sub").mkdir(parents=True)
    (folder / "b.pdf").write_bytes(shipped("data/samples/resume.pdf").read_bytes())
    (folder / "a.txt").write_text("Skills\nPython", encoding="utf-8")
    (folder / "sub" / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    (folder / ".DS_Store").write_bytes(b"\0\0")
    outcome = run_batch(Batch(postings=postings, resumes=str(folder), out=tmp_path / "out.csv"), SETTINGS)
    found = read(tmp_path / "out.csv")
    assert [r["resume_id"] for r in found] == ["sub/broken.pdf", "a.txt", "b.pdf", "", "a.txt", "b.pdf"]
    assert outcome.failed == 2


def test_more_resumes_than_a_block(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mcgap.batch.run.BLOCK", 2)
    run_batch(Batch(postings=POSTINGS, resumes=RESUMES, out=tmp_path / "blocks.csv"), SETTINGS)
    monkeypatch.undo()
    run_batch(Batch(postings=POSTINGS, resumes=RESUMES, out=tmp_path / "whole.csv"), SETTINGS)
    blocks, whole = read(tmp_path / "blocks.csv"), read(tmp_path / "whole.csv")
    assert blocks != whole
    assert sorted(map(str, blocks)) == sorted(map(str, whole))


def test_a_fault_of_ours_costs_one_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(self: Analyzer, document: Any) -> Any:
        if "SQL" in document.text:
            raise ValueError("a secret of the text")
        return real(self, document)

    real = Analyzer.extract
    monkeypatch.setattr(Analyzer, "extract", broken)
    postings, _ = files(tmp_path)
    outcome = run_batch(Batch(postings=postings, out=tmp_path / "out.csv"), SETTINGS)
    found = read(tmp_path / "out.csv")
    assert outcome.failed == 2
    assert "fault of mcgap (ValueError)" in found[0]["error"]
    assert "secret" not in found[0]["error"]
    assert not found[2]["error"]


def test_parquet_in_and_out(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow (mcgap[parquet]) is not installed")
    import pyarrow

    postings, resumes = files(tmp_path)
    with Path(postings).open(encoding="utf-8", newline="") as stream:
        parquet.write_table(pyarrow.Table.from_pylist(list(csv.DictReader(stream))), tmp_path / "p.parquet")
    run_batch(Batch(postings=postings, resumes=resumes, out=tmp_path / "a.parquet"), SETTINGS)
    run_batch(Batch(postings=str(tmp_path / "p.parquet"), resumes=resumes, out=tmp_path / "b.parquet"), SETTINGS)
    run_batch(Batch(postings=postings, resumes=resumes, out=tmp_path / "c.jsonl"), SETTINGS)
    lines = [json.loads(line) for line in (tmp_path / "c.jsonl").read_text(encoding="utf-8").splitlines()]
    assert parquet.read_table(tmp_path / "a.parquet").to_pylist() == lines
    assert parquet.read_table(tmp_path / "b.parquet").to_pylist() == lines
    assert parquet.read_schema(tmp_path / "a.parquet").names == list(PAIR_COLUMNS)


@pytest.mark.parametrize("text", ["=1+1", "+49 30", "-2", "@SUM(A1)", "\t=1", "\r=1", "\uff1d1"])
def test_no_cell_runs_in_a_spreadsheet(text: str) -> None:
    assert harmless(text) == "'" + text
    line = csv_of({"posting_id": text, "met": (text, "SQL")}, ("posting_id", "met")).decode()
    assert all(cell.startswith("'") for cell in next(csv.reader([line])))


def test_a_semicolon_does_not_open_a_cell() -> None:
    assert csv_of({"posting_id": "a;=1"}, ("posting_id",)) == b'"a;=1"\n'


@pytest.mark.parametrize(
    ("cell", "text"), [(None, ""), (0.5, "0.5"), (0.0, "0"), (1234567.0, "1234567"), (1234567.25, "1234567.25"), ((), ""), (("a", "b"), "a; b")]
)
def test_cells_as_text(cell: Any, text: str) -> None:
    assert cell_text(cell) == text


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"pairs": "same-row"}, "--pairs needs --resumes"),
        ({"scheduler": "tcp://127.0.0.1:1"}, "--scheduler needs --engine dask"),
        ({"out": Path("x.xlsx")}, "name it .csv, .jsonl or .parquet"),
        ({"out": Path(POSTINGS)}, "written over"),
    ],
)
def test_options_that_cannot_hold(tmp_path: Path, fields: dict[str, Any], words: str) -> None:
    with pytest.raises(SettingsError, match=words):
        run_batch(replace(Batch(postings=POSTINGS, out=tmp_path / "out.csv"), **fields), SETTINGS)


@pytest.mark.parametrize(
    ("options", "words"),
    [({"language": "xx"}, "--language"), ({"industry": "zzzz"}, "--industry"), ({"toward": "zzzz"}, "--toward"), ({"rates": (("USD", 1.0),)}, "--rate")],
)
def test_an_option_that_names_nothing_is_refused_before_a_row_is_read(tmp_path: Path, options: dict[str, Any], words: str) -> None:
    with pytest.raises(SettingsError, match=words):
        run_batch(Batch(postings=POSTINGS, out=tmp_path / "out.csv"), Settings(fast=True, **options))
    assert not list(tmp_path.glob("out*"))


def test_a_table_without_rows(tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text("id,resume\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="holds no rows"):
        run_batch(Batch(postings=POSTINGS, resumes=str(tmp_path / "r.csv"), out=tmp_path / "out.csv"), SETTINGS)


def test_no_such_table(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="no such file"):
        run_batch(Batch(postings=str(tmp_path / "none.csv"), out=tmp_path / "out.csv"), SETTINGS)
    assert not list(tmp_path.iterdir())


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    postings, resumes = files(tmp_path)
    out = tmp_path / "out.csv"
    assert run(["batch", "--postings", postings, "--resumes", resumes, "-o", str(out)]) == 3
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.splitlines()[-1].startswith(f"Written to {out}: 6 rows, 2 in error")
    assert run(["batch", "--postings", POSTINGS, "-o", str(out)]) == 0
    assert run(["batch", "--postings", str(tmp_path / "no.csv"), "-o", str(out)]) == 1
    assert run(["batch", "-o", str(out)]) == 2
