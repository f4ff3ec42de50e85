"""Texts that stop anywhere, hold nothing or hold signs that no posting needs: read without an error, and what is found points at its words."""

from __future__ import annotations

from datetime import date
from itertools import cycle

import pytest

from mcgap.documents import read_document
from mcgap.errors import McgapError
from mcgap.pipeline import Analyzer
from mcgap.records import DocumentKind
from mcgap.settings import Settings

POSTING = (
    "Requirements\n- 3+ years' experience with Docker, Go or C++/C#\nNice to have: Access, R (basic). You work with Excel \u2022 No Java\nWe work with Python"
)
RESUME = (
    "Ann Lee\nSkills: Go, R, C\nExperience\nClient: Oven Bank\nCook, Oven Ltd, Jan 2020 - Present\nLed 3 people with Excel\nEducation\nBSc Computer Science"
)
ENDINGS = (
    "", " ", "\n", "\n\n", " \n", "\t", "\r\n", ":", ": ", ".", ". ", "?", "\u2022", " \u2022 ", "- ", "(", ")", "/", "&", "+", "'", '"', " or ", " and",
    "\u2028", "\xad", "\u200b", "\ufeff", "\u0301", "\u0130", "\u00df", "\u2167", "\u00b2", "\u4e2d\u6587", "\U0001f600", "\u0663 years", "\u202e", "\x85",
)  # fmt: skip


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    return Analyzer(Settings(fast=True, today=date(2026, 11, 1), explain=True))


def check(analyzer: Analyzer, text: str, kind: DocumentKind) -> None:
    try:
        document = read_document(text, kind)
    except McgapError:  # nothing is left to read, said in a sentence
        assert not any(map(str.isalnum, text))
        return
    found = analyzer.extract(document)
    mentions = [x.mention for x in (*found.asks, *found.proofs, *found.studied)]
    assert all(m.start < m.end and found.document.text[m.start : m.end] == m.text for m in mentions)
    if kind is DocumentKind.POSTING:
        analyzer.compare(found, None)


@pytest.mark.parametrize("kind", list(DocumentKind), ids=str)
@pytest.mark.parametrize("ending", ENDINGS, ids=ascii)
def test_a_text_may_end_in_anything(ending: str, kind: DocumentKind, analyzer: Analyzer) -> None:
    for text in (POSTING, RESUME, "Skills\nDocker", "We work with Docker", "Cook", ""):
        check(analyzer, text + ending, kind)
        check(analyzer, ending + text, kind)


@pytest.mark.parametrize(("text", "kind"), [(POSTING, DocumentKind.POSTING), (RESUME, DocumentKind.RESUME)])
def test_a_text_may_stop_anywhere(text: str, kind: DocumentKind, analyzer: Analyzer) -> None:
    for size, ending in zip(range(len(text)), cycle(ENDINGS), strict=False):
        check(analyzer, text[:size] + " ", kind)
        check(analyzer, text[:size] + ending, kind)
        check(analyzer, text[size:] + ending, kind)
