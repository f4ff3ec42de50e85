"""Batches on a real local Dask cluster."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from mcgap.batch import Batch, Progress, run_batch
from mcgap.batch import run as batch_run
from mcgap.batch.engines import Cluster
from mcgap.errors import SettingsError
from mcgap.files import shipped
from mcgap.settings import Settings

Many = Callable[[int], str]  # of conftest
RESUMES = str(shipped("data/samples/resumes.csv"))
SETTINGS = Settings(today=date(2026, 11, 2), fast=True)
pytest.importorskip("distributed", reason="dask.distributed (mcgap[dask]) is not installed: pip install 'mcgap[dask]'")
# The cluster's own start and stop leave sockets and loops to the garbage collector.
pytestmark = [pytest.mark.filterwarnings("ignore::ResourceWarning"), pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")]


def test_dask_gives_the_same_bytes(many: Many, tmp_path: Path) -> None:
    batch = Batch(postings=many(40), resumes=RESUMES, out=tmp_path / "one.csv")
    run_batch(batch, SETTINGS)
    run_batch(replace(batch, out=tmp_path / "two.csv", engine="dask", jobs=2), SETTINGS)
    assert (tmp_path / "one.csv").read_bytes() == (tmp_path / "two.csv").read_bytes()


def test_a_worker_killed_in_mid_run_loses_and_repeats_nothing(many: Many, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    batch = Batch(postings=many(900), out=tmp_path / "one.csv")
    run_batch(batch, SETTINGS)
    cluster = Cluster(None, 2)
    monkeypatch.setattr(batch_run, "Cluster", lambda address, jobs: cluster)
    killed: list[int] = []

    def kill(progress: Progress) -> None:
        if progress.rows >= 150 and not killed:
            workers = cluster.client.run(os.getpid)
            killed.append(sorted(workers.values())[0])
            os.kill(killed[0], signal.SIGKILL)

    run_batch(replace(batch, out=tmp_path / "two.csv", engine="dask"), SETTINGS, show=kill)
    assert killed
    assert (tmp_path / "one.csv").read_bytes() == (tmp_path / "two.csv").read_bytes()


def test_an_address_where_nothing_answers(many: Many, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mcgap.batch.engines._PATIENCE", "1s")
    batch = Batch(postings=many(4), out=tmp_path / "out.csv", engine="dask", scheduler="tcp://127.0.0.1:9")
    with pytest.raises(SettingsError, match="No Dask scheduler answers"):
        run_batch(batch, SETTINGS)


def test_a_scheduler_that_runs_already(many: Many, tmp_path: Path) -> None:
    import distributed

    batch = Batch(postings=many(100), out=tmp_path / "one.csv")
    run_batch(batch, SETTINGS)
    with distributed.LocalCluster(n_workers=1, threads_per_worker=2, processes=False, dashboard_address=None) as there:
        run_batch(replace(batch, out=tmp_path / "two.csv", engine="dask", scheduler=there.scheduler_address), SETTINGS)
    assert (tmp_path / "one.csv").read_bytes() == (tmp_path / "two.csv").read_bytes()
