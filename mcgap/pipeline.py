"""The order of the steps: the only place that knows it."""

from __future__ import annotations

from functools import cache

from mcgap.mentions import find_mentions
from mcgap.records import Ask, Document, DocumentKind, Extraction, Strength
from mcgap.requirements import find_asks, find_education, find_requirements, find_years
from mcgap.requirements.years import find_lengths
from mcgap.sections import find_sections
from mcgap.settings import Settings
from mcgap.taxonomy import Taxonomy, load_taxonomy
from mcgap.text import Words


class Analyzer:
    """The steps with their tables loaded once, for many documents."""

    def __init__(self, settings: Settings | None = None, *, taxonomy: Taxonomy | None = None) -> None:
        self.settings = settings or Settings()
        self.taxonomy = taxonomy if taxonomy is not None else load_taxonomy(self.settings.taxonomy)

    def extract(self, document: Document) -> Extraction:
        """What one document says: skills as asked or shown, education, years."""
        words = Words(document.text)
        sections = find_sections(document, words)
        mentions, dropped = find_mentions(words, self.taxonomy, sections, explain=self.settings.explain)
        requirements = find_requirements(document, words, sections)
        lengths = find_lengths(document.text)
        education = find_education(words, document.kind, requirements)
        asks = find_asks(words, mentions, requirements, lengths)
        years = find_years(document.text, requirements, asks, lengths)
        return Extraction(document, sections, asks, (), education, years, (), dropped, ())
