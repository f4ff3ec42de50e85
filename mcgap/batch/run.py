"""The batch from end to end: sources, tasks, an engine, the result."""

from __future__ import annotations

import hashlib
import json
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from mcgap.batch.columns import Wanted
from mcgap.batch.engines import Cluster, Engine, Here, Processes, rare_collection
from mcgap.batch.output import Output, read_journal
from mcgap.batch.records import Entry, Outcome, Pairing, Progress, Reading, Row, Task
from mcgap.batch.rows import columns_of, error_row
from mcgap.batch.sources import PairSource, Source, open_source, same_rows
from mcgap.batch.views import cohort_of, read_rows, write_candidates, write_cohort, write_summary
from mcgap.batch.work import Bench
from mcgap.errors import SettingsError
from mcgap.files import shipped
from mcgap.pipeline import Analyzer
from mcgap.records import DocumentKind
from mcgap.settings import Settings

T = TypeVar("T")
# Rows of a task: large enough that sending it costs little, small enough that results come steadily.
_POSTINGS = 64
_PAIRS = 32
_ALL_PAIRS = 128
# Résumés that each posting meets in one pass; more are taken in further passes over the postings, so that memory stays flat.
BLOCK = 5000
_READ = 16
_HASHED = 1 << 20
# What changes nothing in the result.
_NOT_IN_RESULT = frozenset({"jobs", "engine", "scheduler", "going_on", "candidates", "top_candidates", "cohort", "summary"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What to do. ``resumes`` is a table or a folder, None for postings alone; ``pairs`` is all, same-row or the name of a table of pairs."""

    postings: str
    out: Path
    resumes: str | None = None
    pairs: str = "all"
    errors: Path | None = None
    posting_columns: Wanted = field(default_factory=Wanted)
    resume_columns: Wanted = field(default_factory=Wanted)
    jobs: int = 1
    engine: str = "local"
    scheduler: str | None = None
    going_on: bool = False
    redact: bool = False
    candidates: Path | None = None
    top_candidates: int = 10
    cohort: Path | None = None
    summary: Path | None = None

    @property
    def pairing(self) -> Pairing:
        if self.resumes is None:
            return Pairing.NONE
        return Pairing(self.pairs) if self.pairs in (Pairing.ALL, Pairing.SAME_ROW) else Pairing.FILE


def run_batch(batch: Batch, settings: Settings, *, say: Callable[[str], None] = lambda _: None, show: Callable[[Progress], None] = lambda _: None) -> Outcome:
    """Do a batch and write its result; ``say`` gets notes for people, ``show`` the progress after each task.

    Every input row appears once, those in error with a sentence. The same input and options give the same bytes, whatever the
    engine and the number of workers. Raises McgapError.
    """
    _check(batch)
    postings = open_source(batch.postings, DocumentKind.POSTING, batch.posting_columns)
    resumes = open_source(batch.resumes, DocumentKind.RESUME, batch.resume_columns) if batch.resumes is not None else None
    say(postings.note)
    if resumes is not None:
        say(resumes.note)
    settings = replace(settings, today=_day(batch, settings))
    analyzer = Analyzer(settings)
    analyzer.check()
    job = _fingerprint(batch, settings, postings, resumes)
    output = Output(batch.out, columns_of(batch.pairing is Pairing.NONE), job=job, day=settings.day.isoformat(), errors=batch.errors, going_on=batch.going_on)
    if output.mark.tasks:
        say(f"Going on after {output.mark.rows:,} rows that are done.")
    try:
        run = _Run(batch, postings, resumes, analyzer, output.mark.tasks, say)
        try:
            with rare_collection():
                outcome = _write(run, output, show)
        finally:
            run.close()
    finally:
        output.stop()
    output.finish()
    _write_views(batch, run.analyzer)
    return outcome


def _write_views(batch: Batch, analyzer: Analyzer) -> None:
    """What is asked for beside the result, from the finished file."""
    if batch.candidates is not None:
        write_candidates(batch.out, batch.candidates, top=batch.top_candidates)
    if batch.cohort is not None or batch.summary is not None:
        cohort = cohort_of(read_rows(batch.out), analyzer)
        if batch.cohort is not None:
            write_cohort(cohort, batch.cohort, analyzer)
        if batch.summary is not None:
            write_summary(cohort, batch.summary, analyzer)


def _write(run: _Run, output: Output, show: Callable[[Progress], None]) -> Outcome:
    began, before = time.monotonic(), output.mark.rows
    for rows, share in run.results():
        output.add(rows)
        show(Progress(output.mark.rows - before, output.mark.failed, time.monotonic() - began, share))
    return Outcome(output.mark.rows, output.mark.failed, time.monotonic() - began)


class _Run:
    """One batch under way. The first ``done`` tasks were done by an earlier run and are passed over."""

    def __init__(self, batch: Batch, postings: Source, resumes: Source | None, analyzer: Analyzer, done: int, say: Callable[[str], None]) -> None:
        self.batch, self.postings, self.resumes, self.analyzer, self.done, self.say = batch, postings, resumes, analyzer, done, say
        self.engine = _engine(batch)

    def close(self) -> None:
        self.engine.close()

    def results(self) -> Iterator[tuple[list[Row], float | None]]:
        """The rows of each task, in order, and the part of the input that is done."""
        if self.resumes is None:
            tasks = (Task(tuple(block)) for block in _blocks(self.postings, _POSTINGS))
            yield from self._do(Bench(self.analyzer, alone=True, redact=self.batch.redact), tasks, lambda: self.postings.share)
        elif self.batch.pairing is Pairing.ALL:
            yield from self._all(self.resumes)
        elif self.batch.pairing is Pairing.SAME_ROW:
            yield from self._pairs(same_rows(self.postings, self.resumes), lambda: self.postings.share)
        else:
            pairs = PairSource(self.batch.pairs, self.postings, self.resumes)
            self.say(pairs.note)
            try:
                yield from self._pairs(pairs, lambda: pairs.share)
            finally:
                pairs.close()

    def _pairs(self, pairs: Iterable[tuple[Entry, Entry]], share: Callable[[], float | None]) -> Iterator[tuple[list[Row], float | None]]:
        tasks = (Task(tuple(p for p, _ in block), tuple(r for _, r in block)) for block in _blocks(pairs, _PAIRS))
        yield from self._do(Bench(self.analyzer, alone=False, redact=self.batch.redact), tasks, share)

    def _all(self, resumes: Source) -> Iterator[tuple[list[Row], float | None]]:
        """Posting by posting, each against every résumé; résumés beyond a block in a further pass."""
        passes = 0
        for block in _blocks(resumes, BLOCK):
            passes += 1
            readings = self._readings(block)
            bad = [error_row(columns_of(False), "", r.id, r.error) for r in readings if r.extraction is None]
            yield from self._once(bad)
            good = tuple(r for r in readings if r.extraction is not None)
            tasks = (Task(tuple(entries)) for entries in _blocks(self.postings, max(1, _ALL_PAIRS // max(1, len(good)))))
            last = passes == 1 and len(block) < BLOCK
            yield from self._do(
                Bench(self.analyzer, alone=False, resumes=good, redact=self.batch.redact), tasks, (lambda: self.postings.share) if last else (lambda: None)
            )
        if not passes:
            raise SettingsError(f"{self.batch.resumes} holds no rows; give at least one r\u00e9sum\u00e9, or leave out --resumes to read the postings alone.")

    def _readings(self, block: list[Entry]) -> list[Reading]:
        """Résumés as read, by the workers: a folder of PDFs takes longer to read than to compare."""
        tasks = (Task((), tuple(entries)) for entries in _blocks(block, _READ))
        return [reading for readings in self.engine.map(Bench(self.analyzer, alone=False, redact=self.batch.redact), "readings", tasks) for reading in readings]

    def _once(self, rows: list[Row]) -> Iterator[tuple[list[Row], float | None]]:
        if self.done:
            self.done -= 1
        else:
            yield rows, None

    def _do(self, bench: Bench, tasks: Iterable[Task], share: Callable[[], float | None]) -> Iterator[tuple[list[Row], float | None]]:
        shares: deque[float | None] = deque()

        def open_tasks() -> Iterator[Task]:
            for task in tasks:
                if self.done:
                    self.done -= 1
                    continue
                shares.append(share())
                yield task

        for rows in self.engine.map(bench, "rows", open_tasks()):
            yield rows, shares.popleft()


def _engine(batch: Batch) -> Engine:
    if batch.engine == "dask":
        return Cluster(batch.scheduler, batch.jobs)
    return Processes(batch.jobs) if batch.jobs > 1 else Here()


def _blocks(items: Iterable[T], size: int) -> Iterator[list[T]]:
    source = iter(items)
    while block := list(islice(source, size)):
        yield block


def _check(batch: Batch) -> None:
    if batch.resumes is None and batch.pairs != Pairing.ALL:
        raise SettingsError("--pairs needs --resumes: name a CSV file or a folder of r\u00e9sum\u00e9s.")
    if batch.pairing is Pairing.SAME_ROW and Path(batch.resumes or "").is_dir():
        raise SettingsError("--pairs same-row needs two tables; a folder has no rows. Use --pairs all, or a table of pairs.")
    if batch.scheduler is not None and batch.engine != "dask":
        raise SettingsError("--scheduler needs --engine dask.")
    if batch.candidates is not None and batch.resumes is None:
        raise SettingsError("--candidates needs --resumes: postings alone have no candidates.")
    outs = [p.resolve() for p in (batch.out, batch.errors, batch.candidates, batch.cohort, batch.summary) if p is not None]
    ins = {Path(name).resolve() for name in (batch.postings, batch.resumes or "", batch.pairs)}
    if ins & set(outs) or len(set(outs)) < len(outs):
        raise SettingsError("The result would be written over another file of this run; give each file a name of its own.")


def _day(batch: Batch, settings: Settings) -> date:
    """The day of the plan: as given, else that of the run that is continued, else today."""
    if settings.today is None and batch.going_on:
        entries = read_journal(batch.out.with_name(batch.out.name + ".journal"))
        if entries and "day" in entries[0]:
            return date.fromisoformat(entries[0]["day"])
    return settings.day


def _fingerprint(batch: Batch, settings: Settings, postings: Source, resumes: Source | None) -> str:
    """What the bytes of the result depend on: input, options, version and tables."""
    from mcgap import __version__

    files = [*postings.paths, *(resumes.paths if resumes is not None else [])]
    files += [Path(batch.pairs)] if batch.pairing is Pairing.FILE else []
    files += [*settings.taxonomy, *settings.catalog, *([settings.weights] if settings.weights else [])]
    files += sorted(shipped("data").glob("*.csv"))
    parts: dict[str, Any] = {
        "version": __version__,
        "settings": repr(settings),
        "batch": {k: repr(v) for k, v in asdict(batch).items() if k not in _NOT_IN_RESULT},
        "columns": [repr(getattr(source, "columns", None)) for source in (postings, resumes)],
        "files": [_digest(path) for path in files],
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def _digest(path: Path) -> str:
    """Size, beginning and end of a file: a change in place elsewhere goes unseen, a whole reading of 50 GB is saved."""
    try:
        size = path.stat().st_size
        with path.open("rb") as stream:
            found = hashlib.sha256(stream.read(_HASHED))
            stream.seek(max(0, size - _HASHED))
            found.update(stream.read(_HASHED))
    except OSError as error:
        raise SettingsError(f"{path} cannot be read ({error.strerror}); check the path.") from None
    return f"{size}:{found.hexdigest()}"
