"""Document -> Section*: the parts of a posting or résumé, by headings on lines of their own or inside run-on text."""

from mcgap.sections.headings import find_sections, load_headings

__all__ = ["find_sections", "load_headings"]
