"""Report -> text, json, markdown, html, csv; Extraction -> text, json, csv. Pure functions: they print nothing."""

from mcgap.report.payload import error_payload, extraction_payload, load_schema, report_payload, to_json, to_line
from mcgap.report.redact import redact_extraction, redact_report

__all__ = ["error_payload", "extraction_payload", "load_schema", "redact_extraction", "redact_report", "report_payload", "to_json", "to_line"]
