"""``mcgap analyze``: one posting against one résumé."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mcgap.cli.options import FILE, analysis_options, redact_option, settings_of

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
SUFFIXES = {".txt": "text", ".json": "json", ".md": "markdown", ".markdown": "markdown", ".html": "html", ".htm": "html", ".csv": "csv"}


@click.command(epilog=EXAMPLES)
@click.argument("posting", required=False)
@click.option("--resume", metavar="FILE", help="Your résumé: txt, md, html, pdf, docx or JSON Resume; - for standard input.")
@click.option("--skills", metavar='"A, B"', help="Skills that you have, in place of a résumé.")
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
    from mcgap.pipeline import Analyzer

    analyzer = Analyzer(settings_of(flags))
    report = analyzer.analyze(_posting(posting), _held(resume, skills))
    if skills is not None:
        report = _with_unknown(report, skills)
    if redact:
        from mcgap.report import redact_report

        report = redact_report(report)
    _write(report, analyzer.taxonomy, form or SUFFIXES.get(output.suffix.lower() if output else "", "text"), output, analyzer.settings.explain)


def _check(posting: str | None, resume: str | None, skills: str | None) -> None:
    if resume is not None and skills is not None:
        raise click.UsageError("Give either --resume or --skills, not both.")
    if posting == "-" and resume == "-":
        raise click.UsageError("Standard input (-) can be the posting or the résumé, not both.")
    if posting is None and (resume == "-" or not _at_a_terminal()):
        raise click.UsageError("Name a posting: a file, or - to read it from standard input.")
    if skills is not None and not _named(skills):
        raise click.UsageError('--skills names no skill; write them with commas between, for example --skills "Python, SQL".')


def _at_a_terminal() -> bool:
    return sys.stdin is not None and sys.stdin.isatty()


def _posting(name: str | None) -> Document:
    from mcgap.cli.reading import ask_for_posting, read
    from mcgap.records import DocumentKind

    return ask_for_posting() if name is None else read(name, DocumentKind.POSTING)


def _held(resume: str | None, skills: str | None) -> Document | None:
    """The résumé, or the skills given as one."""
    from mcgap.cli.reading import read
    from mcgap.records import Document, DocumentKind
    from mcgap.report import SKILLS_SOURCE

    if resume is not None:
        return read(resume, DocumentKind.RESUME)
    if skills is not None:
        return Document("Skills\n" + "\n".join(_named(skills)), SKILLS_SOURCE, DocumentKind.RESUME)
    return None


def _named(skills: str) -> list[str]:
    return [name.strip() for name in re.split(r"[,;\n]", skills) if name.strip()]


def _with_unknown(report: Report, skills: str) -> Report:
    """The report with a warning for each skill given that no list knows: a misspelt one would count for nothing in silence."""
    if report.resume is None:
        return report
    text, warnings, at = report.resume.document.text, [], len("Skills\n")
    for name in _named(skills):
        end = at + len(name)
        if not any(at <= p.mention.start and p.mention.end <= end for p in report.resume.proofs):
            warnings.append(f"\u201c{text[at:end]}\u201d is in no skill list, so it counts for nothing: try another name for it, or add it with --taxonomy.")
        at = end + 1
    return replace(report, warnings=(*report.warnings, *warnings))


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
