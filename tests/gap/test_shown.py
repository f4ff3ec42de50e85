"""What work shows without naming it: the look that spares most searches loses none."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from mcgap.documents import read_document
from mcgap.gap.shown import Work, _compiled, beginnings, load_work_evidence
from mcgap.records import DocumentKind, Section, SectionKind
from mcgap.taxonomy import load_taxonomy

CASES = Path(__file__).parent / "cases.csv"
TOLD = Path(__file__).parent / "work.csv"
SAMPLES = Path(__file__).parent.parent.parent / "data" / "samples" / "resumes.csv"


def resumes() -> list[str]:
    with CASES.open(encoding="utf-8", newline="") as file:
        texts = [row["resume"].replace("\\n", "\n") for row in csv.DictReader(file)]
    with SAMPLES.open(encoding="utf-8", newline="") as file:
        return texts + ["\n".join(row.values()) for row in csv.DictReader(file)]


@pytest.mark.parametrize(
    ("pattern", "letters"),
    [
        (r"\b(?:led|lead(?:ing)?) \w+", [[{"led", "lead"}]]),
        (r"\br[au]n\b", [[{"r"}]]),
        (r"\bclass(?:es)?\b|\bteachers?\b", [[{"class"}], [{"teache"}]]),
        (r"\bkegs?\b", [[{"keg"}]]),
        (r"\bas?\b", [[{"a"}]]),
        ("@(?:dental (?:nurse|assistant)|RDN)\\b", [[{"dental", "rdn"}]]),
        (r"\b(?:[Pp]resented)", [[]]),
        (r"\b(?:re-?)?build", [[]]),
        (r"\d+ covers", [[]]),
        (r"sold", [[]]),
        (r"\b(?:post|posted) (?:[\w-]+ ){0,4}?(?:bills|invoices)\b", [[{"post", "posted"}, {"bills", "invoic"}]]),
        (r"\bposted (?:the |our )?(?:bills|invoices)? ?(?:in )?(?:Sage|Xero)\b", [[{"posted"}]]),  # "(?: in)?" may stand with no space before it
        (r"\bre(?:built|wired) (?:pumps?|motors)\b", [[{"re"}, {"pump", "motors"}]]),
        (r"\d+ (?:covers|heads)\b", [[{"covers", "heads"}]]),
    ],
)
def test_a_pattern_tells_which_words_it_cannot_do_without(pattern: str, letters: list[list[set[str]]]) -> None:
    assert [list(map(set, needed)) for needed in beginnings(pattern)] == letters


def test_no_match_is_lost_by_the_first_look() -> None:
    matched = 0
    for text in resumes():
        document = read_document(text, DocumentKind.RESUME)
        work = Work(document, (Section(SectionKind.EXPERIENCE, 0, len(document.text)),))
        words = work.distinct_words()
        for patterns in load_work_evidence().values():
            for pattern in patterns:
                if _compiled(pattern).search(document.text):
                    assert any(all(any(w.startswith(tuple(needed)) for w in words) for needed in choice) for choice in beginnings(pattern)), pattern
                    spans = [match.span() for match in _compiled(pattern).finditer(document.text)]
                    assert [match.span() for match in work._matches(pattern, work.parts[0])] == spans, pattern
                    matched += 1
    assert matched > 300, "the cases and samples show too little work to tell"


with TOLD.open(encoding="utf-8", newline="") as told:
    TOLD_ROWS = [(row["skill"], row["sentence"], row["shown"]) for row in csv.DictReader(told)]


@pytest.mark.parametrize(("skill", "sentence", "shown"), TOLD_ROWS)
def test_work_told_in_own_words(skill: str, sentence: str, shown: str) -> None:
    found = [match[0] for pattern in load_work_evidence()[skill] if (match := _compiled(pattern).search(f"- {sentence}.\n"))]
    assert bool(found) == (shown == "yes"), found


def test_patterns_show_skills_of_the_list() -> None:
    taxonomy = load_taxonomy()
    assert sorted(skill for skill in load_work_evidence() if skill not in taxonomy) == []
