"""The spaCy component: listed skills and unlisted phrases as spans of a Doc."""

from __future__ import annotations

from pathlib import Path

import pytest

spacy = pytest.importorskip("spacy")

import mcgap.integrations.spacy_component  # noqa: E402, F401  registers the factory
from mcgap.integrations.spacy_component import UNLISTED  # noqa: E402

TEXT = "Requirements: experience with Python. You build crosswind simulators."


def test_skills_become_spans() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("mcgap_tagger", config={"key": "found"})
    doc = nlp(TEXT)
    spans = {span.text: span for span in doc.spans["found"]}
    assert spans["Python"].label_ == "tool"
    assert spans["Python"].kb_id_ == "python"
    assert spans["build crosswind simulators"].label_ == UNLISTED
    assert len(doc.spans["found"].attrs["scores"]) == len(spans)


def test_a_pipeline_can_be_saved(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("mcgap_tagger")
    nlp.to_disk(tmp_path)
    again = spacy.load(tmp_path)
    before, after, empty = nlp(TEXT), again(TEXT), nlp("")
    assert [s.text for s in after.spans["skills"]] == [s.text for s in before.spans["skills"]]
    assert not list(empty.spans["skills"])
