"""path | str -> Document: text, Markdown, saved pages, PDF, DOCX, JSON Resume, schema.org JobPosting, standard input."""

from mcgap.documents.reading import read_document, read_path, read_stdin
from mcgap.documents.title import find_title

__all__ = ["find_title", "read_document", "read_path", "read_stdin"]
