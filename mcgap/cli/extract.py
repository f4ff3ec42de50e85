"""``mcgap extract``: the skills of postings or résumés."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from mcgap.cli.options import reading_options, redact_option, settings_of
from mcgap.records import DocumentKind, Extraction

EXAMPLES = """\b
Examples:
  mcgap extract posting.txt
  mcgap extract cv.pdf --kind resume --format json
  mcgap extract postings/*.txt --format jsonl > skills.jsonl
  curl -s https://example.org/job | mcgap extract - --format csv
  mcgap extract posting.txt --explain
"""


@click.command(epilog=EXAMPLES)
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--kind", type=click.Choice([str(k) for k in DocumentKind]), default="posting", show_default=True, help="What the files are.")
@click.option(
    "--format",
    "form",
    type=click.Choice(("text", "json", "jsonl", "csv")),
    default="text",
    show_default=True,
    help="How to print it; jsonl is one line a file.",
)
@click.option("--with-text", is_flag=True, help="Add the text as read, which the offsets count in (json and jsonl).")
@redact_option
@reading_options
def extract(files: tuple[str, ...], kind: str, form: str, with_text: bool, redact: bool, **flags: Any) -> None:
    """The skills that each FILE names, how strongly, and where. FILE may be - for standard input.

    Reads txt, md, html, pdf, docx and json (JSON Resume, JobPosting). A file that cannot be read is named and the
    others go on; the exit status is then 1.
    """
    if files.count("-") > 1:
        raise click.UsageError("Standard input (-) can be given once.")
    results = _Reader(files, DocumentKind(kind), redact, with_text, flags)
    _WRITERS[form](results)
    if results.failed:
        click.get_current_context().exit(1)


@dataclass(slots=True)
class _Result:
    """One file: its extraction, or why it could not be read."""

    source: str
    extraction: Extraction | None = None
    error: str = ""


class _Reader:
    """The results of the files, one after the other. ``failed`` says whether one could not be read."""

    def __init__(self, files: tuple[str, ...], kind: DocumentKind, redact: bool, with_text: bool, flags: dict[str, Any]) -> None:
        from mcgap.pipeline import Analyzer

        self.files, self.kind, self.redact, self.with_text = files, kind, redact, with_text
        self.analyzer = Analyzer(settings_of(flags))
        self.explain = self.analyzer.settings.explain
        self.taxonomy = self.analyzer.taxonomy
        self.failed = False

    def __iter__(self) -> Iterator[_Result]:
        for number, name in enumerate(self.files, 1):
            yield self._result(name, number)

    def _result(self, name: str, number: int) -> _Result:
        from mcgap.cli.reading import read
        from mcgap.errors import DocumentError

        source = self._source(name, number)
        try:
            extraction = self.analyzer.extract(read(name, self.kind))
        except DocumentError as error:
            self.failed = True
            return _Result(source, error=str(error).replace(name, source) if len(name) > 1 else str(error))
        if self.redact:
            from mcgap.report import redact_extraction

            extraction = redact_extraction(extraction, source)
        return _Result(source, extraction)

    def _source(self, name: str, number: int) -> str:
        """A file as it is called in the output: a résumé's name often holds the person's."""
        hidden = self.redact and self.kind is DocumentKind.RESUME and name != "-"
        return f"redacted-{number}{Path(name).suffix}" if hidden else name

    def payload(self, result: _Result) -> dict[str, Any]:
        from mcgap.profile import haves_of
        from mcgap.report import error_payload, extraction_payload

        if result.extraction is None:
            return error_payload(result.source, result.error)
        haves = haves_of(result.extraction.proofs, self.taxonomy)
        return extraction_payload(result.extraction, self.taxonomy, haves=haves, with_text=self.with_text, explain=self.explain)


def _write_json(results: _Reader) -> None:
    """One file is one object; several are a list."""
    from mcgap.cli.writing import write
    from mcgap.report import to_json

    payloads = [results.payload(result) for result in results]
    write(to_json(payloads[0] if len(payloads) == 1 else payloads))
    _complain(payloads)


def _write_jsonl(results: _Reader) -> None:
    from mcgap.cli.writing import write
    from mcgap.report import to_line

    for result in results:
        write(to_line(results.payload(result)))


def _write_csv(results: _Reader) -> None:
    from mcgap.cli.writing import write
    from mcgap.report import mentions_csv

    payloads = [results.payload(result) for result in results]
    write(mentions_csv(p for p in payloads if "error" not in p))
    _complain(payloads)


def _write_text(results: _Reader) -> None:
    from mcgap.cli.writing import show
    from mcgap.profile import haves_of
    from mcgap.report import extraction_view

    for number, result in enumerate(results):
        if number:
            click.echo()
        if result.extraction is None:
            click.echo(f"Error: {result.error}", err=True)
            continue
        haves = haves_of(result.extraction.proofs, results.taxonomy)
        show(extraction_view(result.extraction, results.taxonomy, haves=haves, explain=results.explain))


def _complain(payloads: list[dict[str, Any]]) -> None:
    """Name the files that could not be read on standard error."""
    for payload in payloads:
        if "error" in payload:
            click.echo(f"Error: {payload['error']}", err=True)


_WRITERS = {"text": _write_text, "json": _write_json, "jsonl": _write_jsonl, "csv": _write_csv}
