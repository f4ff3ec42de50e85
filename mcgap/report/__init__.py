"""Report -> text, json, markdown, html, csv; Extraction -> text, json, csv. Pure functions: they print nothing."""

from mcgap.report.explain import explained
from mcgap.report.extract_view import extraction_view
from mcgap.report.html import html_of
from mcgap.report.markdown import markdown_of
from mcgap.report.payload import error_payload, extraction_payload, load_schema, report_payload, to_json, to_line
from mcgap.report.redact import redact_extraction, redact_report
from mcgap.report.table import mentions_csv, needs_csv
from mcgap.report.text import print_view, text_of
from mcgap.report.view import SKILLS_SOURCE, View, view_of

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
