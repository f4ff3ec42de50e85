"""Report -> text, json, markdown, html, csv; Extraction -> text, json, csv. Pure functions: they print nothing.

Each is loaded on first use: JSON output needs none of the others.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mcgap.report.explain import explained
    from mcgap.report.extract_view import extraction_view
    from mcgap.report.html import html_of
    from mcgap.report.markdown import markdown_of
    from mcgap.report.payload import SKILLS_SOURCE, error_payload, extraction_payload, load_schema, report_payload, to_json, to_line
    from mcgap.report.redact import redact_extraction, redact_report
    from mcgap.report.table import mentions_csv, needs_csv
    from mcgap.report.text import print_view, text_of
    from mcgap.report.view import View, view_of

_PLACES = {
    "explain": ("explained",),
    "extract_view": ("extraction_view",),
    "html": ("html_of",),
    "markdown": ("markdown_of",),
    "payload": ("SKILLS_SOURCE", "error_payload", "extraction_payload", "load_schema", "report_payload", "to_json", "to_line"),
    "redact": ("redact_extraction", "redact_report"),
    "table": ("mentions_csv", "needs_csv"),
    "text": ("print_view", "text_of"),
    "view": ("View", "view_of"),
}
_MODULES = {name: module for module, names in _PLACES.items() for name in names}

__all__ = [
    "SKILLS_SOURCE",
    "View",
    "error_payload",
    "explained",
    "extraction_payload",
    "extraction_view",
    "html_of",
    "load_schema",
    "markdown_of",
    "mentions_csv",
    "needs_csv",
    "print_view",
    "redact_extraction",
    "redact_report",
    "report_payload",
    "text_of",
    "to_json",
    "to_line",
    "view_of",
]


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        return getattr(import_module(f"mcgap.report.{_MODULES[name]}"), name)
    raise AttributeError(f"module 'mcgap.report' has no attribute {name!r}")
