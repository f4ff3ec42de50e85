"""``mcgap portfolio``: many saved postings against one résumé."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mcgap.cli.options import FILE, analysis_options, analyzer_of
from mcgap.cli.person import check_person, person, person_options, say_unknown
from mcgap.cli.writing import form_of

if TYPE_CHECKING:
    from mcgap.pipeline import Analyzer
    from mcgap.records import Extraction

EXAMPLES = """\b
Examples:
  mcgap portfolio saved-postings/ --resume cv.pdf
  mcgap portfolio a.txt b.html c.pdf --resume cv.pdf --budget 400 --max-hours 120
  mcgap portfolio jobs.csv --resume cv.docx --format json -o portfolio.json
  mcgap portfolio jobs.csv --posting-column description --skills "Python, SQL" --format csv --table skills
"""
FORMATS = ("text", "json", "csv")
TABLES = ("postings", "skills", "credentials")
TABLE_SUFFIXES = (".csv", ".tsv", ".parquet")
ROWS_FAILED = 3
_EVERY = 0.5


@click.command(epilog=EXAMPLES)
@click.argument("postings", nargs=-1, required=True)
@person_options
@click.option("--posting-column", default="", metavar="NAME", help="The column of a table that holds the text. [default: guessed, and said]")
@click.option("--format", "form", type=click.Choice(FORMATS), help="How to print it. [default: by the suffix of -o, else text]")
@click.option("--table", type=click.Choice(TABLES), default="postings", show_default=True, help="Which table --format csv prints.")
@click.option("-o", "--output", type=FILE, metavar="FILE", help="Write it to a file in place of the screen.")
@analysis_options
def portfolio(
    postings: tuple[str, ...], resume: str | None, skills: str | None, posting_column: str, form: str | None, table: str, output: Path | None, **flags: Any
) -> int:
    """Which credential helps with most of your POSTINGS: files, folders, or tables with a column of texts.

    Counts what is asked for, shows what is open in your résumé, which single credential brings most postings within
    reach (readiness of 80%) and the best stack for all of them under your limits. A posting that cannot be read is
    kept with the reason; the exit status is then 3.
    """
    check_person(resume, skills)
    form = form_of(form, output, FORMATS)
    from mcgap.errors import DocumentError
    from mcgap.portfolio import collect, weigh

    analyzer = analyzer_of(flags)
    document = person(resume, skills)
    shown = analyzer.extract(document) if document is not None else None
    say_unknown(skills, shown)
    meter = _Meter()
    try:
        collection = collect(_found(postings, posting_column, analyzer, meter), analyzer, shown, tick=meter.tick)
    finally:
        meter.close()
    failed = [posting for posting in collection.postings if posting.error]
    if failed and len(failed) == len(collection.postings):
        raise DocumentError(f"None of the {len(failed)} postings could be read. The first: {failed[0].error}")
    if form != "text":
        meter.errors([(posting.id, posting.error) for posting in failed])
    _write(weigh(collection, analyzer), analyzer, form, table, output)
    return ROWS_FAILED if failed else 0


def _found(names: tuple[str, ...], column: str, analyzer: Analyzer, meter: _Meter) -> Iterator[tuple[str, Extraction | str]]:
    """Every posting, one at a time, as read or with the sentence that says why not."""
    from mcgap.batch.columns import Wanted
    from mcgap.batch.records import Entry
    from mcgap.batch.sources import open_source
    from mcgap.batch.work import read_entry
    from mcgap.records import DocumentKind

    several = len(names) > 1
    for name in _spread(names):
        if Path(name).suffix.lower() in TABLE_SUFFIXES:
            source = open_source(name, DocumentKind.POSTING, Wanted(column))
            meter.note(source.note)
            entries: Iterable[Entry] = source
            before = f"{name}:" if several else ""
        else:
            entries, before = (Entry(1, name, path=name),), ""
        for entry in entries:
            reading = read_entry(entry, DocumentKind.POSTING, analyzer)
            yield before + entry.id, reading.extraction if reading.extraction is not None else reading.error


def _spread(names: tuple[str, ...]) -> Iterator[str]:
    """The files that the names stand for; those of a folder by name, hidden ones left out."""
    from mcgap.errors import DocumentError

    for name in names:
        path = Path(name)
        if not path.is_dir():
            yield name
            continue
        inside = sorted(p for p in path.rglob("*") if p.is_file() and not any(part.startswith(".") for part in p.relative_to(path).parts))
        if not inside:
            raise DocumentError(f"{name} holds no files; name a folder with postings (txt, html, pdf, docx) or a CSV file.")
        yield from map(str, inside)


def _write(found: Any, analyzer: Analyzer, form: str | None, table: str, path: Path | None) -> None:
    from mcgap.cli.writing import show, write
    from mcgap.portfolio import payloads, views

    if form == "text":
        show(views.portfolio_view(found, analyzer.taxonomy, analyzer.settings), path)
    elif form == "json":
        write(payloads.to_json(payloads.portfolio_payload(found, analyzer.taxonomy, analyzer.settings)), path)
    elif table == "skills":
        write(payloads.skills_csv(found, analyzer.taxonomy), path)
    else:
        write(payloads.postings_csv(found) if table == "postings" else payloads.lifts_csv(found), path)


class _Meter:
    """Progress on one line of a terminal's standard error; in a pipe only the notes."""

    def __init__(self) -> None:
        self._live = sys.stderr.isatty()
        self._began = self._last = time.monotonic()
        self._width = 0

    def note(self, words: str) -> None:
        self.close()
        click.echo(words, err=True)

    def errors(self, found: list[tuple[str, str]]) -> None:
        for name, error in found:
            click.echo(f"{name}: {error}", err=True)

    def tick(self, done: int, failed: int) -> None:
        now = time.monotonic()
        if not self._live or now - self._last < _EVERY:
            return
        self._last = now
        line = f"{done:,} postings \u00b7 {done / (now - self._began):,.0f} a second \u00b7 {failed:,} not read"
        click.echo("\r" + line.ljust(self._width), err=True, nl=False)
        self._width = len(line)

    def close(self) -> None:
        """Take the progress line away."""
        if self._width:
            click.echo("\r" + " " * self._width + "\r", err=True, nl=False)
            self._width = 0
