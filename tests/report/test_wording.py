"""Small words: quotes, money, hours, lists."""

from __future__ import annotations

import pytest

from mcgap.records import Cost, Hours, Reason
from mcgap.report import wording

LONG = "We want somebody who has spent a good part of a working life with Kubernetes and who can also tell others about it in plain words."


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Fine. You know SQL well; also R.", "SQL", "You know SQL well"),
        ("• Python (3+ years)\n• SQL", "Python", "Python (3+ years)"),
        ("Currently learning: SQL, an\nonline course", "SQL", "Currently learning: SQL, an online course"),
        ("Version 2.5 of Node.js is used. Yes", "Node.js", "Version 2.5 of Node.js is used"),
        ("SQL", "SQL", "SQL"),
    ],
)
def test_snippets(text: str, words: str, expected: str) -> None:
    start = text.index(words)
    assert wording.snippet(text, start, start + len(words)) == expected


def test_a_long_sentence_is_cut_at_words_around_what_is_quoted() -> None:
    start = LONG.index("Kubernetes")
    cut = wording.snippet(LONG, start, start + 10, width=60)
    assert cut.startswith("… ")
    assert cut.endswith(" …")
    assert "Kubernetes" in cut
    assert len(cut) <= 64
    assert set(cut.strip("… ").split()) <= set(LONG.split())


@pytest.mark.parametrize(
    ("cost", "expected"),
    [
        (None, "cost not known"),
        (Cost(0, 0, "USD", "course", as_of="2026-01"), "free, as of 2026-01"),
        (Cost(300, 395, "EUR", "exam", as_of="2025-11"), "300–395 EUR (exam fee, as of 2025-11)"),
        (Cost(49, 49, "USD", "subscription", recurring="monthly"), "49 USD (subscription, monthly)"),
        (Cost(0, 120, "GBP", "course"), "0–120 GBP (course fee)"),
    ],
)
def test_costs(cost: Cost | None, expected: str) -> None:
    assert wording.cost(cost) == expected


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        (None, "Hours are not published"),
        (Hours(10, 10, "issuer"), "10 hours (the issuer's figure)"),
        (Hours(1, 1, "estimate"), "1 hour (an estimate)"),
        (Hours(7.5, 9, "derived"), "7.5–9 hours (worked out from the issuer's figures)"),
    ],
)
def test_hours(hours: Hours | None, expected: str) -> None:
    assert wording.hours(hours) == expected


def test_what_is_unknown_is_no_reason() -> None:
    reasons = [Reason("a", 0.1, "x"), Reason("b", 0.3, "not recorded: ranked neutrally"), Reason("c", -0.5, "y"), Reason("d", 0.2, "z")]
    assert [reason.factor for reason in wording.top_reasons(reasons)] == ["d", "a"]


@pytest.mark.parametrize(("share", "expected"), [(0.0, "0%"), (0.004, "1%"), (0.618, "62%"), (0.996, "99%"), (1.0, "100%"), (None, "unknown")])
def test_percent(share: float | None, expected: str) -> None:
    assert wording.percent(share) == expected


def test_stretches_join_what_one_sentence_names() -> None:
    text = "HTML, CSS and more. SQL"
    places = {"html": (0, 4), "css": (6, 9), "sql": (20, 23)}
    assert wording.stretches(places, text) == [(["html", "css"], 0, 9), (["sql"], 20, 23)]
    assert wording.stretches(places, text, alone=["css"]) == [(["html"], 0, 4), (["css"], 6, 9), (["sql"], 20, 23)]
