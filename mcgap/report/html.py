"""A view as one self-contained page: no script, no other file, prints well."""

from __future__ import annotations

from pathlib import Path

from mcgap.report.view import View
from mcgap.report.wording import percent


def html_of(view: View) -> str:
    """A view as an HTML page. All that comes from texts and tables is escaped; only http(s) addresses become links."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

    loader = FileSystemLoader(Path(__file__).parent / "templates")
    environment = Environment(
        loader=loader, autoescape=select_autoescape(default=True, default_for_string=True), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["percent"] = percent
    environment.tests["web_address"] = lambda link: link.startswith(("https://", "http://"))
    return environment.get_template("report.html.j2").render(view=view)
