"""A run that is killed goes on and gives the same bytes; so do workers that are killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mcgap.batch import Batch, Progress, run_batch
from mcgap.batch.engines import Processes
from mcgap.batch.output import Output
from mcgap.batch.records import Task
from mcgap.batch.work import Bench
from mcgap.errors import SettingsError
from mcgap.files import shipped
from mcgap.pipeline import Analyzer
from mcgap.settings import Settings

Many = Callable[[int], str]  # of conftest
RESUMES = str(shipped("data/samples/resumes.csv"))
SETTINGS = Settings(today=date(2026, 11, 2), fast=True)


class StopHere(Exception):
    """Stands in for a kill."""


@pytest.mark.parametrize("name", ["out.csv", "out.jsonl", "out.parquet"])
@pytest.mark.parametrize("stop", [1, 2, 3])
def test_continue_gives_the_bytes_of_an_unbroken_run(many: Many, tmp_path: Path, name: str, stop: int) -> None:
    if name.endswith("parquet"):
        pytest.importorskip("pyarrow", reason="pyarrow (mcgap[parquet]) is not installed")
    postings = many(200)
    whole = Batch(postings=postings, out=tmp_path / "whole" / name, errors=tmp_path / "whole" / "errors.csv")
    broken = Batch(postings=postings, out=tmp_path / name, errors=tmp_path / "errors.csv")
    whole.out.parent.mkdir()
    run_batch(whole, SETTINGS)
    shown: list[Progress] = []

    def kill(progress: Progress) -> None:
        shown.append(progress)
        if len(shown) == stop:
            raise StopHere

    with pytest.raises(StopHere):
        run_batch(broken, SETTINGS, show=kill)
    assert not broken.out.exists()
    part = tmp_path / f"{name}.part"
    part.write_bytes(part.read_bytes() + b'p999,"a row cut')  # what a kill leaves behind
    notes: list[str] = []
    run_batch(replace(broken, going_on=True, jobs=2 if stop == 2 else 1), SETTINGS, say=notes.append)
    assert any(note.startswith("Going on after") for note in notes)
    assert broken.out.read_bytes() == whole.out.read_bytes()
    assert (tmp_path / "errors.csv").read_bytes() == (tmp_path / "whole" / "errors.csv").read_bytes()


def test_continue_keeps_the_day_of_the_plan(many: Many, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    batch = Batch(postings=many(80), out=tmp_path / "out.csv")

    def kill(progress: Progress) -> None:
        raise StopHere

    with pytest.raises(StopHere):
        run_batch(batch, Settings(), show=kill)
    journal = tmp_path / "out.csv.journal"
    first, *rest = journal.read_text(encoding="utf-8").strip().split("\n")
    monkeypatch.setattr(Settings, "day", property(lambda self: self.today or date(2031, 1, 1)))
    run_batch(replace(batch, going_on=True), Settings())  # would be another job on another day
    assert json.loads(first)["day"] == date.today().isoformat()
    assert rest
    assert batch.out.exists()


def test_continue_refuses_another_batch(many: Many, tmp_path: Path) -> None:
    batch = Batch(postings=many(80), out=tmp_path / "out.csv")

    def kill(progress: Progress) -> None:
        raise StopHere

    with pytest.raises(StopHere):
        run_batch(batch, SETTINGS, show=kill)
    with pytest.raises(SettingsError, match="other input or options"):
        run_batch(replace(batch, going_on=True), replace(SETTINGS, top=3))


def test_continue_without_an_unfinished_run_begins(many: Many, tmp_path: Path) -> None:
    batch = Batch(postings=many(10), out=tmp_path / "out.csv", going_on=True)
    assert run_batch(batch, SETTINGS).rows == 10


def test_a_journal_cut_short_goes_back_a_step(tmp_path: Path) -> None:
    rows: list[dict[str, Any]] = [{"posting_id": str(n), "resume_id": "", "error": ""} for n in range(3)]
    output = Output(tmp_path / "o.csv", ("posting_id", "error"), job="j", day="2026-11-02")
    for row in rows:
        output.add([row])
    output.stop()
    journal = tmp_path / "o.csv.journal"
    journal.write_bytes(journal.read_bytes()[:-5])
    again = Output(tmp_path / "o.csv", ("posting_id", "error"), job="j", day="2026-11-02", going_on=True)
    assert again.mark.tasks == 2
    again.add([rows[2]])
    again.finish()
    assert (tmp_path / "o.csv").read_text(encoding="utf-8") == "posting_id,error\n0,\n1,\n2,\n"


def test_a_killed_process_is_taken_up(many: Many, tmp_path: Path) -> None:
    """The real thing: the command is killed with SIGKILL in mid-run and continued."""
    postings = many(1200)
    command = [sys.executable, "-m", "mcgap", "batch", "--fast", "--postings", postings, "--start", "2026-11-02", "-o"]
    subprocess.run([*command, str(tmp_path / "whole.csv")], check=False, capture_output=True)
    process = subprocess.Popen([*command, str(tmp_path / "out.csv")], stderr=subprocess.DEVNULL)
    journal = tmp_path / "out.csv.journal"
    until = time.monotonic() + 60
    while time.monotonic() < until and (not journal.exists() or journal.read_text(encoding="utf-8").count("\n") < 4):
        time.sleep(0.005)
    process.kill()
    process.wait()
    assert not (tmp_path / "out.csv").exists()
    done = subprocess.run([*command, str(tmp_path / "out.csv"), "--continue"], check=False, capture_output=True, text=True)
    assert done.returncode == 3
    assert "Going on after" in done.stderr
    assert (tmp_path / "out.csv").read_bytes() == (tmp_path / "whole.csv").read_bytes()


@pytest.mark.parametrize("alone", [True, False])
def test_processes_give_the_same_bytes(many: Many, tmp_path: Path, alone: bool) -> None:
    batch = Batch(postings=many(150 if alone else 30), resumes=None if alone else RESUMES, out=tmp_path / "one.csv")
    run_batch(batch, SETTINGS)
    run_batch(replace(batch, out=tmp_path / "two.csv", jobs=2), SETTINGS)
    assert (tmp_path / "one.csv").read_bytes() == (tmp_path / "two.csv").read_bytes()


def test_a_worker_killed_in_mid_run_loses_and_repeats_nothing(many: Many, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    batch = Batch(postings=many(900), out=tmp_path / "one.csv")
    run_batch(batch, SETTINGS)
    killed: list[int] = []
    real = Processes._pool

    def watched(self: Processes, bench: Bench) -> Any:
        pools.append(real(self, bench))
        return pools[-1]

    def kill(progress: Progress) -> None:
        if progress.rows >= 200 and not killed:
            victim = next(iter(pools[0]._processes))
            os.kill(victim, signal.SIGKILL)
            killed.append(victim)

    pools: list[Any] = []
    monkeypatch.setattr(Processes, "_pool", watched)
    run_batch(replace(batch, out=tmp_path / "two.csv", jobs=2), SETTINGS, show=kill)
    assert killed
    assert len(pools) == 2
    assert (tmp_path / "one.csv").read_bytes() == (tmp_path / "two.csv").read_bytes()


def test_tasks_are_taken_as_they_are_needed() -> None:
    """Memory stays flat: the input is read ahead of the results by no more than a few tasks for each worker."""
    taken: list[int] = []

    def tasks() -> Iterator[Task]:
        for n in range(40):
            taken.append(n)
            yield Task(())

    bench = Bench(Analyzer(SETTINGS), alone=True)
    ahead = [len(taken) - done for done, _ in enumerate(Processes(2).map(bench, "rows", tasks()))]
    assert max(ahead) <= 2 * 3
    assert len(ahead) == 40
