"""A spaCy component: ``nlp.add_pipe("mcgap_tagger")`` puts the skills of a posting into ``doc.spans["skills"]``.

Importing this module registers the factory. The component is stateless and reads ``doc.text`` alone, so it can stand anywhere in a pipeline.
"""

from __future__ import annotations

from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span

from mcgap.mentions import find_mentions
from mcgap.mentions.tagger import Tagger, find_phrases, keep_supported, load_tagger, read_words
from mcgap.records import Document, DocumentKind
from mcgap.sections import find_sections
from mcgap.taxonomy import Taxonomy, load_taxonomy
from mcgap.text import Words

UNLISTED = "UNLISTED"


@Language.factory("mcgap_tagger", default_config={"key": "skills"}, assigns=["doc.spans"])
def make_component(nlp: Language, name: str, key: str) -> SkillSpans:
    """``key`` is where the spans go in ``doc.spans``."""
    return SkillSpans(load_taxonomy(), load_tagger(), key)


class SkillSpans:
    """Listed skills get their type as label ("tool") and their id as ``kb_id_``; phrases that no list holds get UNLISTED.

    The scores stand in ``doc.spans[key].attrs["scores"]``, one a span.
    """

    def __init__(self, taxonomy: Taxonomy, tagger: Tagger, key: str) -> None:
        self.taxonomy, self.tagger, self.key = taxonomy, tagger, key

    def __call__(self, doc: Doc) -> Doc:
        text = doc.text
        words = Words(text)
        known = find_mentions(words, self.taxonomy, find_sections(Document(text, "", DocumentKind.POSTING), words)).mentions
        reading = read_words(words, [(0, len(text))], known, self.taxonomy, self.tagger)
        kept = keep_supported(words, reading, known, self.taxonomy, self.tagger)
        phrases = find_phrases(words, reading, kept, self.tagger)
        spans: list[Span] = []
        scores: list[float] = []
        for mention in sorted([*kept, *phrases], key=lambda m: m.start):
            label = UNLISTED if mention.skill is None else self.taxonomy[mention.skill].type.value
            span = doc.char_span(mention.start, mention.end, label=label, kb_id=mention.skill or "", alignment_mode="expand")
            if span is not None:
                spans.append(span)
                scores.append(mention.score)
        doc.spans[self.key] = spans
        doc.spans[self.key].attrs["scores"] = scores
        return doc

    def to_disk(self, path: Any, exclude: tuple[str, ...] = ()) -> None:
        """Nothing to keep: the model and the taxonomy are those of the installed mcgap."""

    def from_disk(self, path: Any, exclude: tuple[str, ...] = ()) -> SkillSpans:
        return self
