"""``mcgap rank``: the credentials for gaps given by name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from mcgap.cli.options import FILE, analysis_options, analyzer_of
from mcgap.cli.person import check_person, person, person_options, say_unknown
from mcgap.cli.writing import form_of

EXAMPLES = """\b
Examples:
  mcgap rank --gaps "Kubernetes, Terraform (advanced)"
  mcgap rank --gaps "bookkeeping, Excel (preferred)" --budget 200 --top 10
  mcgap rank --gaps "SQL" --free-only --format csv -o sql.csv
  mcgap rank --gaps "project management" --goal explore --career-stage entry --explain
"""
FORMATS = ("text", "json", "csv")


@click.command(epilog=EXAMPLES)
@click.option("--gaps", required=True, metavar='"A, B"', help="The skills to be closed; (basic), (advanced) or (preferred) may follow a name.")
@person_options
@click.option("--format", "form", type=click.Choice(FORMATS), help="How to print it. [default: by the suffix of -o, else text]")
@click.option("-o", "--output", type=FILE, metavar="FILE", help="Write it to a file in place of the screen.")
@analysis_options
def rank(gaps: str, resume: str | None, skills: str | None, form: str | None, output: Path | None, **flags: Any) -> None:
    """The credentials that close the gaps you name, best first, each with its reasons.

    No posting is needed. With --resume or --skills, what you have already counts. Every score is the sum of
    its reasons (--explain shows all ten); an unknown fee or length is ranked neutrally and said.
    """
    check_person(resume, skills)
    form = form_of(form, output, FORMATS)
    from mcgap.cli.gaps import read_gaps
    from mcgap.cli.writing import show, write
    from mcgap.portfolio import payloads, views

    analyzer = analyzer_of(flags)
    document = person(resume, skills)
    shown = analyzer.extract(document) if document is not None else None
    say_unknown(skills, shown)
    report = analyzer.compare(read_gaps(gaps, analyzer.taxonomy, analyzer.countries), shown)
    if form == "text":
        show(views.rank_view(report, analyzer.taxonomy, analyzer.settings), output)
    elif form == "json":
        write(payloads.to_json(payloads.rank_payload(report, analyzer.taxonomy, analyzer.settings)), output)
    else:
        write(payloads.rank_csv(report, analyzer.taxonomy), output)
