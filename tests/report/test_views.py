"""Text, Markdown and HTML: what a person reads."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from html.parser import HTMLParser

import pytest
from rich.console import Console

from mcgap.records import Report
from mcgap.report import explained, extraction_view, html_of, markdown_of, print_view, redact_report, text_of, view_of
from mcgap.report.markdown import escaped
from mcgap.taxonomy import Taxonomy

BLOCKS = [
    "ASKED FOR AND NOT SHOWN",
    "PARTLY SHOWN",
    "NAMED BUT NOT SHOWN IN USE",
    "SHOWN",
    "WHAT THE JOB INVOLVES",
    "NOT CLOSABLE BY A CREDENTIAL",
    "ALSO ASKED FOR",
    "CREDENTIALS THAT CLOSE IT BEST",
    "PLAN",
    "WHAT STAYS OPEN",
    "PLEASE NOTE",
]


def flat(text: str) -> str:
    return " ".join(text.split())


def headings(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.isupper() and not line.startswith(" ")]


def test_the_blocks_stand_in_the_order_of_use(report: Report, taxonomy: Taxonomy) -> None:
    assert headings(text_of(view_of(report, taxonomy))) == BLOCKS


def test_title_and_verdict_come_first(report: Report, taxonomy: Taxonomy) -> None:
    text = text_of(view_of(report, taxonomy))
    assert text.startswith("Platform Engineer\n")
    assert text.index(report.verdict.sentence) < text.index("Readiness 62%") < text.index(BLOCKS[0])


@pytest.mark.parametrize(
    "sentence",
    [
        "Kubernetes (3 years or more) – “3+ years of Kubernetes in production” Nearest you have: Docker.",
        "one of: Tableau, Power BI – “Tableau or Power BI”",
        "Ways of working • Teamwork",
        "SQL (advanced level) – “Terraform and SQL” Last used in 2019, 7 years ago.",
        "Your résumé: “Engineer at Jane Example Ltd, 2018 - 2019: built dashboards in SQL”. Refresh SQL",
        "Being learnt • Ansible (preferred)",
        "• Terraform (in a list only)",
        "SHOWN Git.",
        "not met: Bachelor's degree in computing (education, required)",
        "The résumé names no degree.",
        "cannot tell: German (language, required)",
        "Not found in your résumé • “<b>observability</b> mindset” – “Nice to have: Ansible, <b>observability</b> mindset”",
        "1. Certified Kubernetes Administrator (Cloud Native Computing Foundation) Closes: Kubernetes.",
        "60–120 hours (an estimate); 395 USD (exam fee, as of 2025-11).",
        "Closes in part: Tableau. Hours are not published; cost not known.",
        "1 credential, about 90 hours, 395 USD. Your readiness would go from 62% to 86%. No better choice exists in the catalog under your limits.",
        "1 Dec 2026 – 20 Jan 2027: Certified Kubernetes Administrator (90 hours) For Kubernetes.",
        "• Tableau No credential in the catalog teaches it.",
        "A credential is no guarantee of a job",
    ],
)
def test_what_a_job_seeker_is_told(sentence: str, report: Report, taxonomy: Taxonomy) -> None:
    assert sentence in flat(text_of(view_of(report, taxonomy)))


@pytest.mark.parametrize("words", ["shortfall", "importance", "neutral", "None", "Status."])
def test_no_jargon_without_explain(words: str, report: Report, taxonomy: Taxonomy) -> None:
    assert words not in text_of(view_of(report, taxonomy))


def test_a_language_among_the_conditions_is_not_said_twice(report: Report, taxonomy: Taxonomy) -> None:
    assert text_of(view_of(report, taxonomy)).count("German (") == 1


def test_without_a_resume_it_says_what_is_asked(asked_only: Report, taxonomy: Taxonomy) -> None:
    text = text_of(view_of(asked_only, taxonomy))
    assert headings(text)[:3] == ["REQUIRED", "PREFERRED", "NOT CLOSABLE BY A CREDENTIAL"]
    assert "Readiness" not in text
    assert "your résumé" not in text.lower()
    assert "cannot tell" not in text


@pytest.mark.parametrize("width", [40, 60, 80, 120])
@pytest.mark.parametrize("explain", [False, True])
def test_lines_keep_to_the_width(width: int, explain: bool, report: Report, taxonomy: Taxonomy) -> None:
    view = view_of(report, taxonomy)
    if explain:
        view = explained(view, report, taxonomy)
    lines = text_of(view, width).splitlines()
    assert [line for line in lines if len(line) > width and "https://" not in line] == []


def on_console(report: Report, taxonomy: Taxonomy, *, color: bool) -> str:
    out = io.StringIO()
    print_view(view_of(report, taxonomy), Console(file=out, force_terminal=True, no_color=not color, width=80, color_system="standard"))
    return out.getvalue()


def test_a_terminal_shows_the_same_words(report: Report, taxonomy: Taxonomy) -> None:
    coloured = on_console(report, taxonomy, color=True)
    plain = re.sub(r"\x1b\[[\d;]*m", "", coloured)
    assert coloured != plain
    assert [line.rstrip() for line in plain.splitlines()] == text_of(view_of(report, taxonomy)).splitlines()


def test_no_color_means_no_colour(report: Report, taxonomy: Taxonomy) -> None:
    codes = set(re.findall(r"\x1b\[([\d;]*)m", on_console(report, taxonomy, color=False)))
    assert not any(part[:1] in "349" and len(part) == 2 for code in codes for part in code.split(";"))


def test_explain_walks_from_the_posting_over_the_resume_to_the_status(report: Report, taxonomy: Taxonomy) -> None:
    text = flat(text_of(explained(view_of(report, taxonomy), report, taxonomy), 120))
    sql = text[text.index("SQL: stale (required, importance 0.70)") :]
    order = [
        "Posting characters",
        "“Terraform and SQL”",
        "Résumé characters",
        "used as Engineer at Jane Example Ltd, Jan 2018 to Dec 2019",
        "So it is stale: last used in 2019",
    ]
    places = [sql.index(words) for words in order]
    assert places == sorted(places)
    assert "because of “Requirements” characters" in text


def test_explain_names_every_reason_and_every_need(report: Report, taxonomy: Taxonomy) -> None:
    text = flat(text_of(explained(view_of(report, taxonomy), report, taxonomy), 120))
    for ranked in report.credentials:
        for reason in ranked.reasons:
            assert f"{reason.points:+.3f} {reason.factor}: {reason.detail}" in text
    for gap in report.gaps:
        assert f"{taxonomy.name(gap.need.skill)}: {gap.status}" in text


def test_extract_says_what_stands_where(report: Report, taxonomy: Taxonomy) -> None:
    text = flat(text_of(extraction_view(report.posting, taxonomy)))
    assert "REQUIRED • Kubernetes (tool, 3 years)" in text
    assert "SAID NOT TO BE NEEDED • Java" in text
    assert "11 skills in the job posting posting.txt" in text


def test_extract_explains_what_was_taken_and_what_was_not(report: Report, taxonomy: Taxonomy) -> None:
    text = flat(text_of(extraction_view(report.posting, taxonomy, explain=True), 120))
    assert "Written as in the skill list; in the part 'requirements'; required because of “Requirements”" in text
    assert "NOT TAKEN" in text
    assert "No word near it says that the skill is meant." in text


def test_markdown_holds_texts_as_words(report: Report, taxonomy: Taxonomy) -> None:
    markdown = markdown_of(view_of(report, taxonomy))
    assert markdown.startswith("# Platform Engineer\n")
    assert "\\<b\\>observability\\</b\\>" in markdown
    assert "1. **[Certified Kubernetes Administrator](https://example.org/cka)**" in markdown
    assert [line for line in markdown.splitlines() if line.startswith("## ")] == [f"## {title.capitalize()}" for title in BLOCKS]


@pytest.mark.parametrize(
    ("words", "expected"),
    [("# a", "\\# a"), ("- a", "\\- a"), ("1. a", "1\\. a"), ("a * b_c", "a \\* b\\_c"), ("C# and C++", "C# and C++"), ("[x](y)", "\\[x\\](y)")],
)
def test_escaping(words: str, expected: str) -> None:
    assert escaped(words) == expected


class _Page(HTMLParser):
    """The tags, open elements and addresses of a page."""

    VOID = frozenset({"meta", "link", "br", "img", "hr"})

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.addresses: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: Iterable[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("src", "href")]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def page(html: str) -> _Page:
    parsed = _Page()
    parsed.feed(html)
    parsed.close()
    return parsed


def test_the_page_is_whole_and_needs_nothing_else(report: Report, taxonomy: Taxonomy) -> None:
    html = html_of(explained(view_of(report, taxonomy), report, taxonomy))
    parsed = page(html)
    assert parsed.open == []
    assert not {"script", "link", "img", "iframe"} & set(parsed.tags)
    assert set(parsed.addresses) == {"https://example.org/cka", "https://example.org/tab"}
    assert "url(" not in html
    assert "@import" not in html
    assert parsed.tags.count("h1") == 1


def test_the_page_escapes_what_texts_and_tables_hold(report: Report, taxonomy: Taxonomy) -> None:
    html = html_of(view_of(report, taxonomy))
    assert "&lt;b&gt;observability&lt;/b&gt;" in html
    assert "Tableau &lt;Basics&gt;" in html
    assert "<b>" not in html


def test_the_page_says_what_the_text_says(report: Report, taxonomy: Taxonomy) -> None:
    words = flat(" ".join(page(html_of(view_of(report, taxonomy))).words))
    for title in BLOCKS:
        assert title.capitalize() in words
    assert report.verdict.sentence in words


@pytest.mark.parametrize("write", [text_of, markdown_of, html_of])
def test_a_redacted_report_names_nobody_anywhere(write: object, report: Report, taxonomy: Taxonomy) -> None:
    hidden = redact_report(report)
    out = write(explained(view_of(hidden, taxonomy), hidden, taxonomy))  # type: ignore[operator]
    for words in ("Jane", "jane@", "7700", "High Street", "LS1"):
        assert words not in out
