"""``mcgap``: the group of commands, and the one place where errors become sentences and exit statuses."""

from __future__ import annotations

import gc
import importlib
import io
import os
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from typing import Any

import click

from mcgap import __version__
from mcgap.errors import McgapError

# name -> (module, what it does). The function in the module has the command's name.
COMMANDS = {
    "analyze": ("mcgap.cli.analyze", "What a posting asks for, what a résumé shows, and what closes the gap."),
    "extract": ("mcgap.cli.extract", "The skills that postings ask for or résumés show, with where they stand."),
    "batch": ("mcgap.cli.batch", "Many postings against many résumés, from CSV to CSV."),
    "rank": ("mcgap.cli.rank", "The credentials that close a gap, best first."),
    "plan": ("mcgap.cli.plan", "The best stack of credentials under your hours, money and deadline."),
    "portfolio": ("mcgap.cli.portfolio", "Which credential helps with most of your postings."),
    "progress": ("mcgap.cli.progress", "What moved since an earlier report."),
    "catalog": ("mcgap.cli.catalog", "Look at, check and extend the catalog of credentials."),
    "taxonomy": ("mcgap.cli.taxonomy", "Look at, check and extend the list of skills."),
    "evaluate": ("mcgap.cli.evaluate", "Measure each step against labelled texts."),
}

DONE, FAILED, BROKEN_PIPE, INTERRUPTED = 0, 1, 141, 130
EXAMPLES = """\b
Examples:
  mcgap analyze posting.txt --resume cv.pdf
  mcgap analyze posting.html --skills "Python, SQL, team leadership"
  mcgap analyze - --resume cv.docx --budget 300 --deadline 2027-03-31
  mcgap extract posting.txt --format json
"""


class ReaderGoneError(Exception):
    """Whoever read standard output went away, as ``| head`` does."""


class LazyGroup(click.Group):
    """A group that lists its commands without importing them, and only those whose file is there."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:  # click would end it as a failure
            raise ReaderGoneError from None

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [name for name, (module, _) in COMMANDS.items() if find_spec(module) is not None]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        command: click.Command = getattr(importlib.import_module(COMMANDS[cmd_name][0]), cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name][1]) for name in self.list_commands(ctx)])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}, epilog=EXAMPLES)
@click.version_option(__version__, prog_name="mcgap")
def mcgap() -> None:
    """Reads a job posting and a résumé, shows the gap with its evidence, and ranks the micro-credentials that close it.

    Everything stays on this machine: mcgap opens no network connection.
    """


# Commands that hold no other process and no open file when they are done.
_LEAVE_AT_ONCE = frozenset({"analyze", "extract", "rank", "plan"})


def main(args: Sequence[str] | None = None) -> None:
    """Run the command line and end the process with its exit status."""
    # The tables are many small objects that live as long as the process: looking through them for cycles is time lost.
    gc.set_threshold(1_000_000, 50, 100)
    # The tagger's matrices are small: a second thread waits more than it works, and takes a core from --jobs. One thread also adds in one order.
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    status = run(args)
    given = sys.argv[1:] if args is None else args
    if given and given[0] in _LEAVE_AT_ONCE:
        # Taking the tables apart object by object takes as long as a third of the analysis, and the system frees them anyway.
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)
    sys.exit(status)


def run(args: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status: 0 done · 1 a user's error · 2 wrong usage · 3 rows in error."""
    _speak_utf8()
    try:
        result: Any = mcgap.main(args=None if args is None else list(args), prog_name="mcgap", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except (ReaderGoneError, BrokenPipeError):
        return _after_broken_pipe()
    except McgapError as error:
        click.echo(f"Error: {error}", err=True)
        return FAILED
    except Exception as error:  # what we did not foresee
        return _unforeseen(error)
    return _status(result)


def _status(result: object) -> int:
    return result if isinstance(result, int) else DONE


def _speak_utf8() -> None:
    """Standard output and error in UTF-8: a terminal set to another encoding loses a letter, not the run."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _after_broken_pipe() -> int:
    """The reader went away (``| head``): point standard output nowhere, so that closing it stays quiet."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError, AttributeError):  # not a real file, as under a test
        sys.stdout = io.StringIO()
    return BROKEN_PIPE


def _unforeseen(error: Exception) -> int:
    if os.environ.get("MCGAP_DEBUG") == "1":
        import traceback

        traceback.print_exception(error)
    else:
        what = f"{type(error).__name__}: {error}"
        click.echo(f"Error: mcgap met something it does not know how to handle ({what}).", err=True)
        click.echo("Please report it, with what you ran; MCGAP_DEBUG=1 prints the details to send along.", err=True)
    return FAILED


if __name__ == "__main__":
    main()
