"""How much work a text makes: counted in calls, not by the clock."""

from __future__ import annotations

import sys
from types import FrameType

import pytest

from mcgap.documents import read_document
from mcgap.pipeline import Analyzer
from mcgap.records import DocumentKind
from mcgap.settings import Settings

SENTENCES = (
    "You must have 5+ years of experience with Python, SQL or Java and strong communication skills; no degree is needed. ",
    "Requirements\n\u2022 Experience with Excel, Word and Access\nLocation\nLondon\nPreferred: Docker, Kubernetes, or AWS a plus.\n",
    "Bachelor's degree in Computer Science or equivalent; you work closely with the sales team. ",
    "Go, Excel, Word, R, C, Access, Python, ",
)


def calls(analyzer: Analyzer, text: str) -> int:
    """How many functions are called while a posting is read, those of C too."""
    document = read_document(text, DocumentKind.POSTING)
    count = 0

    def counted(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counted)
    try:
        analyzer.extract(document)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_text_twice_as_long_makes_twice_the_work(sentence: str) -> None:
    analyzer = Analyzer(Settings(fast=True))
    analyzer.extract(read_document(sentence * 2, DocumentKind.POSTING))
    assert calls(analyzer, "Job\n" + sentence * 80) < 2.3 * calls(analyzer, "Job\n" + sentence * 40)
