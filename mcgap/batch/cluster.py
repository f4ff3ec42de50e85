"""What stands on a Dask worker. Loaded only with --engine dask."""

from __future__ import annotations

from distributed import WorkerPlugin

from mcgap.batch.work import Bench


class BenchPlugin(WorkerPlugin):
    """Holds the bench of one batch on a worker."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
