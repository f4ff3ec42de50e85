"""How much work a text makes: counted in calls, not by the clock."""

from __future__ import annotations

import sys
from time import process_time
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
RESUMES = (
    "Go, Excel, Word, ",
    "Led teams of 5 with Python, learning Java; no Perl. ",
    "Cook, Oven Ltd, Jan 2020 - Feb 2021\nCooked with Excel, 3 years of Word\n",
    "BSc Computer Science, ",
    "Education\nBSc in Accounting\nSkills: Go, Foobar, SQL\nClient: Oven Bank\nann@oven.org\n",
)


def calls(analyzer: Analyzer, text: str, kind: DocumentKind = DocumentKind.POSTING) -> int:
    """How many functions are called while a text is read, those of C too."""
    document = read_document(text, kind)
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


def test_one_sentence_twice_as_long_makes_twice_the_work_with_the_tagger() -> None:
    analyzer = Analyzer(Settings(explain=True))
    short, long = ("Job\nRequirements: " + "Python and SQL, ideally procurement; " * n for n in (400, 800))
    analyzer.extract(read_document(short, DocumentKind.POSTING))
    assert calls(analyzer, long) < 2.3 * calls(analyzer, short)


@pytest.mark.parametrize("sentence", RESUMES)
def test_a_resume_twice_as_long_makes_twice_the_work(sentence: str) -> None:
    analyzer = Analyzer(Settings(fast=True))
    analyzer.extract(read_document(sentence * 2, DocumentKind.RESUME))
    short, long = ("Ann Lee\nExperience\n" + sentence * n for n in (40, 80))
    assert calls(analyzer, long, DocumentKind.RESUME) < 2.3 * calls(analyzer, short, DocumentKind.RESUME)


@pytest.mark.parametrize("piece", ["Go, Excel, Word, ", "A", "a-", "A.", "1"])
def test_a_resume_of_one_line_takes_no_minute(piece: str) -> None:
    """What patterns and slices cost is in no count of calls. A minute is some hundred times what this takes; time that grows with the square took more."""
    analyzer = Analyzer(Settings(fast=True))
    document = read_document("Ann Lee\n" + (piece * 100_000)[:100_000], DocumentKind.RESUME)
    before = process_time()
    analyzer.extract(document)
    assert process_time() - before < 60
