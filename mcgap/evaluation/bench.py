"""``make bench``: speed and memory, as one Markdown table.

Measures in this process take the best of three in processor seconds, so that other work on the machine counts little; whole commands
are timed by the clock. Every rate stands beside floors (reading the CSV, lower-casing) measured in the same run.
"""

from __future__ import annotations

import argparse
import csv
import importlib
import importlib.util
import io
import os
import platform
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from mcgap.catalog import Catalog
from mcgap.documents import read_document
from mcgap.evaluation.texts import make_postings, make_resumes, sample_column
from mcgap.files import shipped
from mcgap.pairs import Matcher
from mcgap.pipeline import Analyzer
from mcgap.records import Document, DocumentKind
from mcgap.settings import Settings

SHARED = Path("../shared/data/postings/unlabelled.csv")
_SEED = 20261102
_MEAN = 1100  # characters of a generated posting
_REPEATS = 3
_LOOK = 0.005  # seconds between two looks at a running command
_START = "2026-11-02"
_BEST = 10
_CREDENTIALS = 1000
_LOOP = "table = {str(n): n for n in range(2000)}; sum(table[word] for _ in range(5000) for word in table if len(word) > 2)"  # about a second
_SOME = 40  # postings, and résumés, whose pairs are measured as rows


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table. ``value`` is in ``unit``."""

    what: str
    value: float
    unit: str
    note: str = ""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run every measure and print the table."""
    options = _options(arguments)
    texts = generate(options.postings)
    print(f"mcgap bench, {date.today():%Y-%m-%d}, {machine()}\n")
    print("| what | value | note |\n|---|---|---|", flush=True)
    for line in measure(texts, options):
        print(f"| {line.what} | {_number(line.value)} {line.unit} | {line.note} |", flush=True)


def measure(texts: list[str], options: argparse.Namespace) -> Iterator[Line]:
    """All measures, one after the other."""
    real = shared_texts(options.shared)
    for name, some in (("generated", texts), ("shared", real)):
        if some:
            yield from floors(name, some)
            yield from extraction(name, some, options)
    yield from pairs(texts)
    yield from blocks(options.pairs)
    yield from commands()
    yield Line("floor, two bare processes against one", two_against_one(), "times", "a loop of plain Python, by the clock: what two workers can reach here")
    for rows in options.rows:
        yield from batches(texts, rows)


# ── in this process ─────────────────────────────────────────────────────────────────────────────


def floors(name: str, texts: list[str]) -> Iterator[Line]:
    """What no reader can beat."""
    mean = sum(map(len, texts)) / len(texts)
    yield Line(f"{name}: postings", len(texts), "", f"mean {mean:,.0f} characters")
    table = io.StringIO()
    csv.writer(table).writerows([text] for text in texts)
    yield Line(f"{name}: floor, CSV parse", len(texts) / best(lambda: list(csv.reader(table.getvalue().splitlines(keepends=True)))), "postings/s")
    yield Line(f"{name}: floor, lower-case", len(texts) / best(lambda: [text.lower() for text in texts]), "postings/s")


def extraction(name: str, texts: list[str], options: argparse.Namespace) -> Iterator[Line]:
    """Ours, fast and full, and the usual two matchers with the same names."""
    documents = [read_document(text, DocumentKind.POSTING) for text in texts]
    fast = Analyzer(Settings(fast=True))
    # Once over all, not the best of three: what is kept between texts must not count as read.
    yield Line(f"{name}: fast extraction", once(fast, documents), "postings/s", "skills, strength, alternatives, years, education; first pass")
    if options.taxonomy:
        merged = Analyzer(Settings(fast=True, taxonomy=(options.taxonomy,)))
        yield Line(f"{name}: fast extraction, with {options.taxonomy.name}", once(merged, documents), "postings/s", f"{len(merged.taxonomy):,} skills")
    full = documents[: options.full]
    yield Line(f"{name}: full extraction", once(Analyzer(Settings()), full), "postings/s", f"with the trained tagger; {len(full)} postings")
    names = sorted({form for skill in fast.taxonomy for form in (skill.name, *skill.aliases)})
    for line in peers(names, texts):
        yield Line(f"{name}: {line.what}", line.value, line.unit, line.note)


def once(analyzer: Analyzer, documents: list[Document]) -> float:
    """Postings a second in one pass; tables are loaded before."""
    analyzer.extract(documents[0])
    began = time.process_time()
    for document in documents:
        analyzer.extract(document)
    return len(documents) / (time.process_time() - began)


def peers(names: list[str], texts: list[str]) -> Iterator[Line]:
    """Matchers that find names and nothing else."""
    if importlib.util.find_spec("flashtext") is not None:
        processor = importlib.import_module("flashtext").KeywordProcessor(case_sensitive=False)
        for name in names:
            processor.add_keyword(name)
        yield Line("flashtext", len(texts) / best(lambda: [processor.extract_keywords(text) for text in texts], 1), "postings/s", f"{len(names):,} names")
    phrase_rate = phrase_matcher_rate(names, texts)
    yield Line("spaCy PhraseMatcher", phrase_rate, "postings/s", f"blank English, case ignored, {len(names):,} names")


def phrase_matcher_rate(names: list[str], texts: list[str]) -> float:
    """spaCy in its own process: its import belongs to training and mentions, and its memory not to ours."""
    code = (
        "import json,sys,time,spacy\n"
        "from spacy.matcher import PhraseMatcher\n"
        "names,texts=json.load(sys.stdin)\n"
        "nlp=spacy.blank('en'); nlp.max_length=10**8; m=PhraseMatcher(nlp.vocab,attr='LOWER')\n"
        "m.add('SKILL',list(nlp.tokenizer.pipe(names)))\n"
        "began=time.process_time()\n"
        "for text in texts: m(nlp.make_doc(text))\n"
        "print(len(texts)/(time.process_time()-began))\n"
    )
    import json

    done = subprocess.run([sys.executable, "-c", code], input=json.dumps([names, texts]), capture_output=True, text=True, check=True)
    return float(done.stdout)


def pairs(texts: list[str]) -> Iterator[Line]:
    """Whole reports, with ranking and plan."""
    analyzer = Analyzer(Settings(fast=True, today=date.fromisoformat(_START)))
    postings = [analyzer.extract(read_document(text, DocumentKind.POSTING)) for text in texts[:40]]
    resumes = [analyzer.extract(read_document(text, DocumentKind.RESUME)) for text in sample_column("resumes.csv", "text")]
    analyzer.compare(postings[0], resumes[0])
    seconds = best(lambda: [analyzer.compare(p, r) for p in postings for r in resumes], 1)
    note = f"whole reports: gaps, gates, {len(analyzer.catalog)} credentials ranked with reasons, exact plan"
    yield Line("pairs", len(postings) * len(resumes) / seconds, "pairs/s", note)


def blocks(count: int) -> Iterator[Line]:
    """``count`` pairs in blocks: every posting against all résumés, with the ten best of our catalog, and of ours repeated up to 1,000."""
    analyzer = Analyzer(Settings(fast=True, today=date.fromisoformat(_START), top=_BEST))
    people = max(1, round((count * 1.25) ** 0.5))
    asked, shown = make_postings(-(-count // people), analyzer.taxonomy), make_resumes(people, analyzer.taxonomy)
    postings = [analyzer.extract(read_document(text, DocumentKind.POSTING)) for text in asked]
    resumes = [analyzer.extract(read_document(text, DocumentKind.RESUME)) for text in shown]
    ours = list(analyzer.catalog)
    more = [replace(ours[n % len(ours)], id=f"{ours[n % len(ours)].id}-{n // len(ours)}") for n in range(len(ours), _CREDENTIALS)]
    for catalog in (analyzer.catalog, Catalog([*ours, *more], taxonomy=analyzer.taxonomy)):
        matcher = Matcher(Analyzer(analyzer.settings, taxonomy=analyzer.taxonomy, catalog=catalog))
        candidates = 0

        def work(matcher: Matcher = matcher) -> None:
            nonlocal candidates
            crowd = matcher.people(resumes)
            for posting in postings:
                for block in matcher.compare(posting, crowd):
                    block.best(_BEST)
                    candidates += block.scores.total.size

        # Once: what is kept between pairs must not count as compared.
        seconds = best(work, 1)
        done = len(postings) * len(resumes)
        shape = f"{len(postings)} postings × {len(resumes)} résumés, {candidates / done:.0f} credentials a pair bear on its needs"
        yield Line(f"pairs in blocks, {done:,}", seconds, "s", f"statuses, readiness, the {_BEST} best of {len(catalog):,} credentials; {shape}")
    matcher = Matcher(analyzer)
    crowd, few = matcher.people(resumes[:_SOME]), postings[:_SOME]
    seconds = best(lambda: [brief() for posting in few for brief in matcher.briefs(posting, crowd)], 1)
    yield Line("pairs as batch rows", len(few) * len(crowd) / seconds, "pairs/s", "in blocks, with gates, verdict and exact plan; documents read before")


def best(work: Callable[[], Any], repeats: int = _REPEATS) -> float:
    """The fewest processor seconds of some repeats."""
    found = []
    for _ in range(repeats):
        began = time.process_time()
        work()
        found.append(time.process_time() - began)
    return max(min(found), 1e-9)


# ── whole commands ──────────────────────────────────────────────────────────────────────────────


def commands() -> Iterator[Line]:
    """Starting up, as the median of five by the clock."""
    samples = shipped("data/samples")
    analysis = ("analyze", str(samples / "posting.txt"), "--resume", str(samples / "resume.pdf"))
    for name, arguments in (("start-up, mcgap --help", ("--help",)), ("start-up, mcgap analyze", analysis)):
        seconds = sorted(command(arguments).clock for _ in range(5))
        yield Line(name, seconds[2], "s", "median of five, whole process")


def two_against_one() -> float:
    """How much more two processes of plain Python do than one in the same time: less than 2 where they share a core, or others work there, too."""

    def clock(processes: int) -> float:
        began = time.perf_counter()
        started = [subprocess.Popen([sys.executable, "-c", _LOOP]) for _ in range(processes)]
        if sum(process.wait() != 0 for process in started):
            raise SystemExit("A bare Python process failed; run the benchmark again.")
        return time.perf_counter() - began

    return 2 * min(clock(1) for _ in range(_REPEATS)) / min(clock(2) for _ in range(_REPEATS))


def batches(texts: list[str], rows: int) -> Iterator[Line]:
    """``mcgap batch --fast`` over postings alone: rows a second, memory, two workers against one."""
    with tempfile.TemporaryDirectory(prefix="mcgap-bench-") as folder:
        path = Path(folder) / "postings.csv"
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(("id", "description"))
            writer.writerows((n, texts[n % len(texts)]) for n in range(rows))
        alone = command(("batch", "--fast", "--postings", str(path), "-o", str(Path(folder) / "one.csv")))
        double = command(("batch", "--fast", "--postings", str(path), "-o", str(Path(folder) / "two.csv"), "--jobs", "2"))
        same = (Path(folder) / "one.csv").read_bytes() == (Path(folder) / "two.csv").read_bytes()
    yield Line(f"batch, {rows:,} rows", rows / alone.processor, "rows/s", "end to end, with start-up, by processor seconds")
    yield Line(f"batch, {rows:,} rows, by the clock", rows / alone.clock, "rows/s", "the same run")
    yield Line(f"batch, {rows:,} rows, peak memory", alone.memory / 2**20, "MiB", "one process")
    yield Line(f"batch, {rows:,} rows, two workers against one", alone.clock / double.clock, "times", "by the clock; same bytes" if same else "OTHER BYTES")


@dataclass(frozen=True, slots=True)
class Run:
    """One command: seconds by the clock, seconds of processor, peak memory in bytes."""

    clock: float
    processor: float
    memory: float


def command(arguments: Sequence[str]) -> Run:
    """One ``mcgap`` command, run and measured."""
    began = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", "mcgap", *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    # What the system reports of a child's memory counts ours from before it began, so its own peak is looked up while it runs.
    peak, done = 0.0, 0
    while not done:
        peak = max(peak, peak_of(process.pid))
        time.sleep(_LOOK)
        done, status, usage = os.wait4(process.pid, os.WNOHANG)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 3):
        raise SystemExit(f"mcgap {' '.join(arguments)} ended with status {process.returncode}; run it by hand to see why.")
    return Run(time.perf_counter() - began, usage.ru_utime + usage.ru_stime, peak or usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024))


def peak_of(process: int) -> float:
    """The peak memory of a running process in bytes; 0 where the system does not tell."""
    try:
        lines = Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0.0
    return next((float(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM:")), 0.0)


# ── texts and machine ───────────────────────────────────────────────────────────────────────────


def generate(count: int) -> list[str]:
    """Postings put together from the sentences of our samples, the same ones every time."""
    paragraphs = [part for text in sample_column("postings.csv", "description") for part in text.split("\n") if part.strip()]
    chance = random.Random(_SEED)
    return [_posting(chance, paragraphs) for _ in range(count)]


def _posting(chance: random.Random, paragraphs: list[str]) -> str:
    size, parts = chance.gauss(_MEAN, _MEAN / 4), ["Job", ""]
    while sum(map(len, parts)) < size:
        parts.append(chance.choice(paragraphs))
    return "\n".join(parts)


def shared_texts(path: Path) -> list[str]:
    """Real postings, where a table with a column "description" is at hand."""
    if not path.is_file():
        return []
    csv.field_size_limit(20 * 2**20)
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return [row["description"] for row in csv.DictReader(stream) if row["description"].strip()]


def machine() -> str:
    """The processor, its cores and the Python."""
    cpus = Path("/proc/cpuinfo")
    names = [line.split(":", 1)[1].strip() for line in cpus.read_text(encoding="utf-8").splitlines() if line.startswith("model name")] if cpus.exists() else []
    return f"{names[0] if names else platform.machine()}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:,.2f}"


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m mcgap.evaluation.bench", description=main.__doc__)
    parser.add_argument("--postings", type=int, default=2000, help="generated postings")
    parser.add_argument("--full", type=int, default=300, help="postings for the full extraction")
    parser.add_argument("--pairs", type=int, default=200_000, help="pairs compared in blocks")
    parser.add_argument("--rows", type=int, nargs="*", default=[10_000], help="rows of the batches, for example 10000 100000 1000000")
    parser.add_argument("--shared", type=Path, default=SHARED, help="a CSV file of real postings with a column description")
    parser.add_argument("--taxonomy", type=Path, help="a further taxonomy file, such as ESCO imported with mcgap taxonomy import")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main()
