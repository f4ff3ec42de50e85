"""Where tasks are done: in this process, in several, or on a Dask cluster. Results come in order, whatever finishes first."""

from __future__ import annotations

import gc
import multiprocessing
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import Any, Protocol

from mcgap.batch.records import Task
from mcgap.batch.work import Bench
from mcgap.errors import McgapError, MissingExtraError, SettingsError

# Tasks under way for each worker: enough to keep it busy, few enough that memory stays flat.
_AHEAD = 3
# New records between two collections in a batch.
_BETWEEN = 100_000
# How often a task may take its worker down with it before the batch stops.
_TRIES = 3
# How long to wait for a Dask scheduler.
_PATIENCE = "10s"


class Engine(Protocol):
    """Does tasks with a bench; ``what`` is the bench's method: rows or readings."""

    def map(self, bench: Bench, what: str, tasks: Iterable[Task]) -> Iterator[list[Any]]:
        """The result of each task, in order. Raises McgapError where the workers cannot be kept alive."""
        ...

    def close(self) -> None: ...


class Here:
    """All tasks in this process, one after the other."""

    def map(self, bench: Bench, what: str, tasks: Iterable[Task]) -> Iterator[list[Any]]:
        work = getattr(bench, what)
        for task in tasks:
            yield work(task)

    def close(self) -> None:
        pass


@contextmanager
def rare_collection() -> Iterator[None]:
    """Garbage collection put off: rows are thousands of small records without cycles, and to look through all tables again and again costs a tenth."""
    usual = gc.get_threshold()
    gc.set_threshold(_BETWEEN, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


# ── processes ───────────────────────────────────────────────────────────────────────────────────

_bench: Bench | None = None


def _sit_down(bench: Bench) -> None:
    """In a new worker: its bench, sent once."""
    global _bench
    _bench = bench
    gc.set_threshold(_BETWEEN, *gc.get_threshold()[1:])


def _do(what: str, task: Task) -> list[Any]:
    assert _bench is not None
    result: list[Any] = getattr(_bench, what)(task)
    return result


class Processes:
    """Tasks in several processes of this machine. A worker that dies is replaced and its tasks are done again, once."""

    def __init__(self, jobs: int) -> None:
        self.jobs = jobs

    def map(self, bench: Bench, what: str, tasks: Iterable[Task]) -> Iterator[list[Any]]:
        waiting: deque[tuple[Task, Future[list[Any]]]] = deque()
        source = iter(tasks)
        pool, deaths = self._pool(bench), 0
        try:
            while True:
                while len(waiting) < self.jobs * _AHEAD and (task := next(source, None)) is not None:
                    waiting.append((task, _submit(pool, what, task)))
                if not waiting:
                    return
                try:
                    result = waiting[0][1].result()
                except BrokenProcessPool:
                    deaths += 1
                    if deaths == _TRIES:
                        _let_go(pool)
                        raise McgapError(
                            f"Worker processes died {_TRIES} times on the same rows, most likely for want of memory; use fewer --jobs and --continue."
                        ) from None
                    _let_go(pool)
                    pool.shutdown(wait=True, cancel_futures=True)
                    pool = self._pool(bench)
                    waiting = deque((task, _submit(pool, what, task)) for task, _ in waiting)
                    continue
                deaths = 0
                waiting.popleft()
                yield result
        finally:
            pool.shutdown(wait=True, cancel_futures=True)

    def _pool(self, bench: Bench) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(self.jobs, mp_context=multiprocessing.get_context("spawn"), initializer=_sit_down, initargs=(bench,))

    def close(self) -> None:
        pass


def _let_go(pool: ProcessPoolExecutor) -> None:
    """Tell a broken pool that nobody reads its tasks any more.

    Before Python 3.11.5 it waits for ever to send those that are longer than a pipe holds (CPython issue 94777).
    """
    if sys.version_info < (3, 11, 5):
        pool._call_queue._reader.close()  # type: ignore[attr-defined]


def _submit(pool: ProcessPoolExecutor, what: str, task: Task) -> Future[list[Any]]:
    try:
        return pool.submit(_do, what, task)
    except BrokenProcessPool as error:  # it died between two tasks; told when the result is asked for
        broken: Future[list[Any]] = Future()
        broken.set_exception(error)
        return broken


# ── Dask ────────────────────────────────────────────────────────────────────────────────────────


def load_distributed() -> Any:
    """dask.distributed. Raises MissingExtraError."""
    try:
        import distributed
    except ImportError:
        raise MissingExtraError("--engine dask", "dask") from None
    return distributed


class Cluster:
    """Tasks on a Dask cluster: the one at ``address``, else a local one of ``jobs`` processes.

    The bench goes to each worker once, as a plugin; a worker that joins or restarts later gets it, too. Dask does the tasks of a
    worker that dies again elsewhere.
    """

    def __init__(self, address: str | None = None, jobs: int = 2) -> None:
        distributed = load_distributed()
        self._cluster = None
        if address is None:
            self._cluster = distributed.LocalCluster(n_workers=jobs, threads_per_worker=1, processes=True, dashboard_address=None)
        try:
            self._client = distributed.Client(self._cluster or address, timeout=_PATIENCE, set_as_default=False)
        except (OSError, TimeoutError, ValueError) as error:
            self.close()
            raise SettingsError(f"No Dask scheduler answers at {address} ({type(error).__name__}); start one with `dask scheduler`.") from None
        self._benches = 0

    @property
    def client(self) -> Any:
        """The Dask client."""
        return self._client

    def map(self, bench: Bench, what: str, tasks: Iterable[Task]) -> Iterator[list[Any]]:
        distributed = load_distributed()
        self._benches += 1
        name = f"mcgap-bench-{id(self)}-{self._benches}"
        self._client.register_plugin(_plugin(bench), name=name)
        waiting: deque[Any] = deque()
        try:
            for task in tasks:
                waiting.append(self._client.submit(_do_on_worker, name, what, task, pure=False, retries=_TRIES))
                if len(waiting) >= self._ahead():
                    yield self._result(waiting, distributed)
            while waiting:
                yield self._result(waiting, distributed)
        finally:
            for future in waiting:
                future.cancel()
            self._client.unregister_worker_plugin(name)

    def _ahead(self) -> int:
        workers = self._client.scheduler_info(n_workers=-1)["workers"].values()
        return max(2, sum(int(worker["nthreads"]) for worker in workers)) * _AHEAD

    def _result(self, waiting: deque[Any], distributed: Any) -> list[Any]:
        try:
            result: list[Any] = waiting[0].result()
        except distributed.KilledWorker:
            raise McgapError("Dask workers died again and again on the same rows, most likely for want of memory; give them more, then --continue.") from None
        waiting.popleft()
        return result

    def close(self) -> None:
        if hasattr(self, "_client"):
            self._client.close()
        if self._cluster is not None:
            self._cluster.close()


def _plugin(bench: Bench) -> Any:
    """A worker plugin that holds a bench."""
    from mcgap.batch.cluster import BenchPlugin

    return BenchPlugin(bench)


def _do_on_worker(name: str, what: str, task: Task) -> list[Any]:
    worker = load_distributed().get_worker()
    result: list[Any] = getattr(worker.plugins[name].bench, what)(task)
    return result
