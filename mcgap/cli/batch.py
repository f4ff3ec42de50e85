"""``mcgap batch``: many postings, many résumés, one table."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mcgap.cli.options import FILE, analysis_options, redact_option, settings_of

if TYPE_CHECKING:
    from mcgap.batch import Progress

EXAMPLES = """\b
Examples:
  mcgap batch --postings jobs.csv -o skills.csv
  mcgap batch --postings jobs.csv --resumes candidates.csv -o pairs.csv
  mcgap batch --postings jobs.csv --resumes cv-folder/ -o pairs.jsonl --errors errors.csv
  mcgap batch --postings jobs.csv --resumes candidates.csv --pairs applications.csv -o pairs.csv --jobs 4
  mcgap batch --postings jobs.csv --resumes candidates.csv -o pairs.csv --continue
  mcgap batch --postings jobs.csv --resumes cvs/ -o pairs.csv --candidates best.csv --summary summary.html --redact
"""
ROWS_FAILED = 3
_EVERY = 0.2
_OWN = ("pairs", "errors", "jobs", "engine", "scheduler", "going_on", "redact", "candidates", "top_candidates", "cohort", "summary")


@click.command(epilog=EXAMPLES)
@click.option("--postings", required=True, metavar="FILE", help='Postings: a CSV or Parquet file, or a pattern in quotes such as "jobs/*.csv".')
@click.option("--resumes", metavar="FILE|FOLDER", help="Résumés: a CSV or Parquet file, or a folder of pdf, docx, txt or html files.")
@click.option(
    "--pairs",
    default="all",
    show_default=True,
    metavar="all|same-row|FILE",
    help="Which meet: every posting every résumé, row by row, or as in a CSV file with posting_id and resume_id.",
)
@click.option("-o", "--output", required=True, type=FILE, metavar="FILE", help="The result: .csv, .jsonl or .parquet.")
@click.option("--errors", type=FILE, metavar="FILE", help="Write the rows in error to this CSV file, too.")
@click.option("--posting-column", "posting_text", default="", metavar="NAME", help="The column with the posting's text; A+B for two. [default: guessed]")
@click.option("--posting-title", default="", metavar="NAME", help="The column with the job title. [default: guessed]")
@click.option("--posting-id", default="", metavar="NAME", help="The column with the posting's id. [default: guessed, else the row]")
@click.option("--resume-column", "resume_text", default="", metavar="NAME", help="The column with the résumé's text; A+B for two. [default: guessed]")
@click.option("--resume-id", default="", metavar="NAME", help="The column with the résumé's id. [default: guessed, else the row]")
@click.option("--jobs", type=click.IntRange(min=1), default=1, show_default=True, metavar="N", help="Worker processes.")
@click.option("--engine", type=click.Choice(("local", "dask")), default="local", show_default=True, help="Where the work is done; dask needs mcgap[dask].")
@click.option("--scheduler", metavar="ADDRESS", help="The Dask scheduler, for example tcp://10.0.0.5:8786. [default: a local cluster of --jobs workers]")
@click.option("--continue", "going_on", is_flag=True, help="Take up an unfinished run of the same command; the result has the same bytes.")
@click.option("--candidates", type=FILE, metavar="FILE", help="Also write each posting's best résumés, ranked, with the reasons (CSV).")
@click.option("--top-candidates", type=click.IntRange(min=1), default=10, show_default=True, metavar="N", help="How many for each posting.")
@click.option("--cohort", type=FILE, metavar="FILE", help="Also write the common gaps and the stack of credentials that covers them (CSV).")
@click.option("--summary", type=FILE, metavar="FILE", help="Also write a page to read (HTML).")
@redact_option
@analysis_options
def batch(postings: str, resumes: str | None, output: Path, **flags: Any) -> int:
    """Many postings, alone or against many résumés, as one table.

    Every input row appears once and in order; a row that cannot be used has a sentence in its error column, and the exit status
    is then 3. Progress goes to standard error. Large files stream; memory stays flat.
    """
    from mcgap.batch import Batch, Wanted, run_batch

    if flags.get("badges"):
        raise click.UsageError("--badges are one person's; a batch has many people. Use mcgap analyze.")
    posting_columns = Wanted(flags.pop("posting_text"), flags.pop("posting_title"), flags.pop("posting_id"))
    resume_columns = Wanted(flags.pop("resume_text"), "", flags.pop("resume_id"))
    own = {name: flags.pop(name) for name in _OWN}
    todo = Batch(postings=postings, resumes=resumes, out=output, posting_columns=posting_columns, resume_columns=resume_columns, **own)
    meter = Meter()
    try:
        outcome = run_batch(todo, settings_of(flags), say=meter.say, show=meter.show)
    except KeyboardInterrupt:
        meter.say(f"Stopped. What is done stands in {output}.part; the same command with --continue goes on from there.")
        raise
    finally:
        meter.close()
    rows = f"{outcome.rows:,} row{'' if outcome.rows == 1 else 's'}"
    meter.say(f"Written to {output}: {rows}, {outcome.failed:,} in error, in {_time(outcome.seconds)}.")
    return ROWS_FAILED if outcome.failed else 0


class Meter:
    """Progress on one line of a terminal's standard error; in a pipe only the notes."""

    def __init__(self) -> None:
        self.live = sys.stderr.isatty()
        self._last = 0.0
        self._width = 0

    def say(self, note: str) -> None:
        """A note on a line of its own."""
        self.close()
        click.echo(note, err=True)

    def show(self, progress: Progress) -> None:
        now = time.monotonic()
        if not self.live or now - self._last < _EVERY:
            return
        self._last = now
        line = progress_line(progress)
        click.echo("\r" + line.ljust(self._width), err=True, nl=False)
        self._width = len(line)

    def close(self) -> None:
        """Take the progress line away."""
        if self._width:
            click.echo("\r" + " " * self._width + "\r", err=True, nl=False)
            self._width = 0


def progress_line(progress: Progress) -> str:
    """Rows, rate, errors and time left in one line."""
    parts = [f"{progress.rows:,} rows", f"{progress.rate:,.0f} a second", f"{progress.failed:,} in error"]
    if progress.left is not None and progress.share is not None:
        parts.append(f"{progress.share:.0%} done, {_time(progress.left)} left")
    return " \u00b7 ".join(parts)


def _time(seconds: float) -> str:
    if seconds < 60:
        return f"{seconds:.1f} s" if seconds < 10 else f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60:02d} min"
