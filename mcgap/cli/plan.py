"""``mcgap plan``: the stack in detail, and what would change it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mcgap.cli.options import FILE, analysis_options, analyzer_of, redact_option
from mcgap.cli.person import check_person, person, person_options, say_unknown
from mcgap.cli.writing import form_of

if TYPE_CHECKING:
    from mcgap.pipeline import Analyzer
    from mcgap.portfolio import Outlook
    from mcgap.records import Extraction

EXAMPLES = """\b
Examples:
  mcgap plan posting.txt --resume cv.pdf
  mcgap plan posting.txt --resume cv.pdf --budget 300 --hours-per-week 6 --deadline 2027-03-31
  mcgap plan --gaps "Kubernetes, Terraform" --prefer speed --checklist
  mcgap plan posting.txt --skills "Python" --if-known "SQL, Docker"
  mcgap plan posting.txt --resume cv.pdf --toward aat-l4-accounting --format json
"""
FORMATS = ("text", "json", "markdown", "html")


@click.command(epilog=EXAMPLES)
@click.argument("posting", required=False)
@click.option("--gaps", metavar='"A, B"', help="The skills to be closed, in place of a posting; (basic), (advanced) or (preferred) may follow a name.")
@person_options
@click.option("--if-known", metavar='"A, B"', help="Say what would move if you knew these. [default: each open gap in turn]")
@click.option("--checklist", is_flag=True, help="Answer the questions to settle before paying, for each step.")
@click.option("--format", "form", type=click.Choice(FORMATS), help="How to print it. [default: by the suffix of -o, else text]")
@click.option("-o", "--output", type=FILE, metavar="FILE", help="Write it to a file in place of the screen.")
@redact_option
@analysis_options
def plan(
    posting: str | None,
    gaps: str | None,
    resume: str | None,
    skills: str | None,
    if_known: str | None,
    checklist: bool,
    form: str | None,
    output: Path | None,
    redact: bool,
    **flags: Any,
) -> None:
    """The best stack of credentials for a POSTING under your hours, money and deadline, and how firm that choice is.

    Steps with dates, what stays open and why, what more hours or money would buy, the smallest change that puts
    another credential first, and what would move if you knew a skill already.
    """
    check_person(resume, skills)
    if (posting is None) == (gaps is None):
        raise click.UsageError("Name either a posting (a file, or - for standard input) or --gaps.")
    if posting == "-" and resume == "-":
        raise click.UsageError("Standard input (-) can be the posting or the résumé, not both.")
    form = form_of(form, output, FORMATS)
    from mcgap.portfolio import look_ahead

    analyzer = analyzer_of(flags)
    known = _known(if_known, analyzer)
    document = person(resume, skills)
    shown = analyzer.extract(document) if document is not None else None
    say_unknown(skills, shown)
    outlook = look_ahead(analyzer, _asked(posting, gaps, analyzer), shown, known=known, with_checks=checklist)
    if redact:
        from dataclasses import replace

        from mcgap.report import redact_report

        outlook = replace(outlook, report=redact_report(outlook.report))
    _write(outlook, analyzer, form, output)


def _asked(posting: str | None, gaps: str | None, analyzer: Analyzer) -> Extraction:
    from mcgap.cli.gaps import read_gaps
    from mcgap.cli.reading import read
    from mcgap.records import DocumentKind

    if gaps is not None:
        return read_gaps(gaps, analyzer.taxonomy, analyzer.countries)
    return analyzer.extract(read(posting or "-", DocumentKind.POSTING))


def _known(names: str | None, analyzer: Analyzer) -> tuple[str, ...]:
    from mcgap.cli.gaps import skill_named

    if names is None:
        return ()
    return tuple(dict.fromkeys(skill_named(name.strip(), analyzer.taxonomy, "--if-known") for name in names.split(",") if name.strip()))


def _write(outlook: Outlook, analyzer: Analyzer, form: str, path: Path | None) -> None:
    from mcgap import report as reports
    from mcgap.cli.writing import show, write
    from mcgap.portfolio import payloads, views

    if form == "json":
        write(payloads.to_json(payloads.plan_payload(outlook, analyzer.taxonomy, analyzer.settings)), path)
        return
    view = views.plan_view(outlook, analyzer.taxonomy, analyzer.catalog, analyzer.settings)
    if form == "text":
        show(view, path)
    else:
        write(reports.html_of(view) if form == "html" else reports.markdown_of(view), path)
