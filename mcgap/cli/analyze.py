"""``mcgap analyze``: one posting against one résumé."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mcgap.cli.options import FILE, analysis_options, analyzer_of, redact_option
from mcgap.cli.person import check_person, person, person_options, unknown_skills
from mcgap.cli.writing import form_of

if TYPE_CHECKING:
    from mcgap.records import Document, Report
    from mcgap.taxonomy import Taxonomy

EXAMPLES = """\b
Examples:
  mcgap analyze posting.txt --resume cv.pdf
  mcgap analyze posting.html --skills "Python, SQL, team leadership"
  mcgap analyze posting.txt --resume cv.docx --budget 300 --hours-per-week 6 --deadline 2027-03-31
  mcgap analyze posting.txt --resume cv.pdf -o report.html
  mcgap analyze - --resume cv.pdf --format json < posting.txt
  mcgap analyze posting.txt --resume cv.pdf --explain
"""
FORMATS = ("text", "json", "markdown", "html", "csv")


@click.command(epilog=EXAMPLES)
@click.argument("posting", required=False)
@person_options
@click.option("--format", "form", type=click.Choice(FORMATS), help="How to print it. [default: by the suffix of -o, else text]")
@click.option("-o", "--output", type=FILE, metavar="FILE", help="Write it to a file in place of the screen.")
@redact_option
@analysis_options
def analyze(posting: str | None, resume: str | None, skills: str | None, form: str | None, output: Path | None, redact: bool, **flags: Any) -> None:
    """What a POSTING asks for, what your résumé shows, and the credentials that close the gap.

    POSTING is a file (txt, md, html, pdf, docx, json) or - for standard input; without one, paste the posting
    when asked. Without --resume or --skills you see what is asked for.
    """
    _check(posting, resume, skills)
    form = form_of(form, output, FORMATS)
    analyzer = analyzer_of(flags)
    report = analyzer.analyze(_posting(posting), person(resume, skills))
    report = replace(report, warnings=(*report.warnings, *unknown_skills(skills, report.resume)))
    if redact:
        from mcgap.report import redact_report

        report = redact_report(report)
    _write(report, analyzer.taxonomy, form, output, analyzer.settings.explain)


def _check(posting: str | None, resume: str | None, skills: str | None) -> None:
    check_person(resume, skills)
    if posting == "-" and resume == "-":
        raise click.UsageError("Standard input (-) can be the posting or the résumé, not both.")
    if posting is None and (resume == "-" or not _at_a_terminal()):
        raise click.UsageError("Name a posting: a file, or - to read it from standard input.")


def _at_a_terminal() -> bool:
    return sys.stdin is not None and sys.stdin.isatty()


def _posting(name: str | None) -> Document:
    from mcgap.cli.reading import ask_for_posting, read
    from mcgap.records import DocumentKind

    return ask_for_posting() if name is None else read(name, DocumentKind.POSTING)


def _write(report: Report, taxonomy: Taxonomy, form: str, path: Path | None, explain: bool) -> None:
    # Each way loads only what it needs: JSON neither jinja2 nor rich.
    from mcgap import report as views
    from mcgap.cli.writing import show, write

    if form in ("json", "csv"):
        payload = views.report_payload(report, taxonomy)
        write(views.to_json(payload) if form == "json" else views.needs_csv(payload), path)
        return
    view = views.view_of(report, taxonomy)
    if explain:
        view = views.explained(view, report, taxonomy)
    if form == "text":
        show(view, path)
    else:
        write(views.html_of(view) if form == "html" else views.markdown_of(view), path)
