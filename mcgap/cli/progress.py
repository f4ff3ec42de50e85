"""``mcgap progress``: what moved since an earlier report."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from mcgap.cli.options import FILE, analysis_options, analyzer_of
from mcgap.cli.person import check_person, person, person_options, say_unknown
from mcgap.cli.writing import form_of

EXAMPLES = """\b
Examples:
  mcgap analyze posting.txt --resume cv.pdf --format json -o march.json
  mcgap progress march.json --resume cv-new.pdf
  mcgap progress march.json posting.txt --resume cv-new.pdf --format json
  mcgap progress march.json june.json
"""
FORMATS = ("text", "json")


@click.command(epilog=EXAMPLES)
@click.argument("old", type=FILE)
@click.argument("other", required=False, metavar="[NEW | POSTING]")
@person_options
@click.option("--format", "form", type=click.Choice(FORMATS), help="How to print it. [default: by the suffix of -o, else text]")
@click.option("-o", "--output", type=FILE, metavar="FILE", help="Write it to a file in place of the screen.")
@analysis_options
def progress(old: Path, other: str | None, resume: str | None, skills: str | None, form: str | None, output: Path | None, **flags: Any) -> None:
    """What moved since OLD, a report of "mcgap analyze --format json": gaps closed and opened, readiness, the plan, facts of the catalog.

    Give NEW, a second report, to compare the two. Or give --resume (or --skills): the posting is analysed again, from
    where OLD read it or from POSTING, and compared with OLD.
    """
    check_person(resume, skills)
    form = form_of(form, output, FORMATS)
    if other is None and resume is None and skills is None:
        raise click.UsageError("Name a second report, or give --resume FILE to analyse the posting again.")
    from mcgap.cli.writing import show, write
    from mcgap.portfolio import compare_reports, payloads, read_report, views

    before = read_report(old)
    after = read_report(Path(other or "")) if resume is None and skills is None else _again(before, other, resume, skills, flags)
    found = compare_reports(before, after)
    if form == "json":
        write(payloads.to_json(payloads.progress_payload(found)), output)
    else:
        show(views.progress_view(found), output)


def _again(before: dict[str, Any], posting: str | None, resume: str | None, skills: str | None, flags: dict[str, Any]) -> dict[str, Any]:
    """The report of today for the posting of an earlier one."""
    from mcgap.cli.reading import read
    from mcgap.errors import DocumentError
    from mcgap.records import DocumentKind
    from mcgap.report import report_payload

    source = posting or str(before["posting"]["source"])
    if posting is None and (source == "-" or not Path(source).is_file()):
        raise DocumentError(f"The earlier report read its posting from {source!r}, which is not there; name the posting after the report.")
    analyzer = analyzer_of(flags)
    report = analyzer.analyze(read(source, DocumentKind.POSTING), person(resume, skills))
    say_unknown(skills, report.resume)
    return report_payload(report, analyzer.taxonomy)
