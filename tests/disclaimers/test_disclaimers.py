"""What a résumé denies, ascribes to others or still learns: rows of cases.csv.

``expected``: "payroll=denied; CPA=learning; Excel=own" says of words of the input whether they are disclaimed.
"""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from tables import QUALITIES, case_params, read_rows

from mcgap.disclaimers import Disclaimed, find_disclaimers
from mcgap.files import word_list
from mcgap.records import Section, SectionKind

CASES = Path(__file__).with_name("cases.csv")
SECONDS = 2.0


@pytest.mark.parametrize(("text", "expected"), case_params(CASES, "input", "expected"))
def test_disclaimers(text: str, expected: str) -> None:
    assert not judge(text, expected)


def judge(text: str, expected: str) -> list[str]:
    """Parts of ``expected`` that do not hold."""
    disclaimed, wrong = Disclaimed(find_disclaimers(text)), []
    for part in expected.split(";"):
        words, _, wanted = part.strip().rpartition("=")
        at = text.index(words)
        found = "learning" if disclaimed.learning(at) else "denied" if disclaimed.denied(at) else "own"
        if found != wanted:
            wrong.append(f"{words}: {found}, not {wanted}")
    return wrong


def test_table_is_sound() -> None:
    rows = read_rows(CASES)
    assert len({row["input"] for row in rows}) == len(rows)
    assert all(row["quality"] in QUALITIES and row["source"] and row["expected"] for row in rows)


@pytest.mark.parametrize("text", [params.values[0] for params in case_params(CASES, "input")])
def test_spans_lie_in_the_text(text: str) -> None:
    found = find_disclaimers(text)
    assert list(found) == sorted(found, key=lambda d: (d.start, d.end))
    assert all(0 <= d.start < d.end <= len(text) for d in found)


def test_work_that_goes_on_is_no_study() -> None:
    text = "Designed 3 of 12 courses, results due in May."
    assert Disclaimed(find_disclaimers(text)).learning(text.index("courses"))
    assert not find_disclaimers(text, (Section(SectionKind.EXPERIENCE, 0, len(text)),))


@pytest.mark.parametrize(
    "part",
    [
        "the ",
        "by the manager ",
        "is done by the ",
        "the manager and ",
        "I have not ",
        "(",
        "x, ",
        "our team our ",
        "1 of 2 ",
        "\n",
        "a'",
        "on the waiting list ",
    ],
)
def test_odd_texts_take_no_long_time(part: str) -> None:
    text = part * 4000
    started = time.process_time()
    find_disclaimers(text)
    assert time.process_time() - started < SECONDS


def test_lists_of_verbs_and_people_do_not_contradict_each_other() -> None:
    done, got = word_list("doing_verbs") | word_list("doing_nouns"), word_list("receiving_verbs")
    assert done
    assert got
    assert not {f"{verb}d" for verb in ("handle", "manage", "maintain", "administer")} & got
    assert not word_list("other_people") & {"i", "we", "me", "it", "they"}
