"""Saved pages and JobPosting JSON."""

import json
from pathlib import Path

import pytest

from mcgap.documents import read_document, read_path
from mcgap.documents.html import html_text
from mcgap.records import DocumentKind

POSTING = DocumentKind.POSTING

FRAGMENTS = [
    ("<p>One</p><p>Two</p>", "One\n\nTwo"),
    ("a<br>b<br/>c", "a\nb\nc"),
    ("<ul><li><p>SQL</p></li><li>R &amp; D</li></ul>", "• SQL\n• R & D"),
    ("<ul><li></li><li>SQL</li></ul>", "• SQL"),
    ("<h2>Requirements</h2><p>Excel</p><h2>Pay</h2><ul><li>Fair</li></ul>", "Requirements\nExcel\n\nPay\n• Fair"),
    ("<table><tr><th>Tool</th><th>Years</th></tr><tr><td><p>SQL</p></td><td>3</td></tr></table>", "Tool\tYears\nSQL\t3"),
    ("You <b>must</b> know <i>C++</i>.", "You must know C++."),
    ("<p>seen</p><script>no()</script><style>p{}</style><nav>no</nav><footer>no</footer><aside>no</aside>", "seen"),
    ('<p hidden>no</p><p style="display: none">no</p><p aria-hidden="true">no</p><div class="cookie-banner">no</div><p>yes</p>', "yes"),
    ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul><p>d</p>", "• a\n• b\n• c\n\nd"),
    ("<pre>a\n  b</pre>", "a\n  b"),
    ("&lt;p&gt;Twice escaped&lt;/p&gt;&lt;p&gt;SQL&lt;/p&gt;", "Twice escaped\n\nSQL"),
    ("No tags &amp; two\nlines", "No tags & two\nlines"),
]


@pytest.mark.parametrize(("html", "text"), FRAGMENTS)
def test_fragments(html: str, text: str) -> None:
    assert html_text(html) == text


def test_deeply_nested_page() -> None:
    assert html_text("<div>" * 20_000 + "SQL") == "SQL"


def test_fragment_in_hand_is_html_and_a_mention_of_tags_is_not() -> None:
    assert read_document("About<br>We want:<ul><li>SQL</li></ul>", POSTING).text == "About\nWe want:\n• SQL"
    plain = "You know <div> and </span> and C++ templates like vector<int>"
    assert read_document(plain, POSTING).text == plain


POSTED = {
    "@context": "https://schema.org",
    "@type": "JobPosting",
    "title": "Staff Nurse &amp; Mentor",
    "description": "<p>Join ward 7.</p><h3>You bring</h3><ul><li>Wound care</li></ul>",
    "responsibilities": ["Give medication", "Wound care"],
    "qualifications": "NMC registration",
    "skills": "Phlebotomy",
    "experienceRequirements": {"@type": "OccupationalExperienceRequirements", "monthsOfExperience": 24},
    "experienceInPlaceOfEducation": True,
    "educationRequirements": [{"@type": "EducationalOccupationalCredential", "credentialCategory": "bachelor degree"}],
    "jobBenefits": "Free parking",
}
AS_TEXT = """Staff Nurse & Mentor

Join ward 7.

You bring
• Wound care

Responsibilities
• Give medication

Requirements
• NMC registration
• Phlebotomy
• At least 2 years of experience, or equivalent education
• bachelor degree

Benefits
• Free parking"""


@pytest.mark.parametrize("wrap", [lambda p: p, lambda p: [p], lambda p: {"@graph": [{"@type": "WebPage"}, p]}], ids=["alone", "list", "graph"])
def test_job_posting(wrap: object) -> None:
    document = read_document(json.dumps(wrap(POSTED)), POSTING)  # type: ignore[operator]
    assert document.text == AS_TEXT
    assert document.title == "Staff Nurse & Mentor"


def test_saved_page_prefers_its_job_posting(tmp_path: Path) -> None:
    path = tmp_path / "job.html"
    path.write_text(
        '<html><head><script type="application/ld+json">{broken</script>'
        f'<script type="application/ld+json">{json.dumps(POSTED)}</script></head><body><h1>Login</h1></body></html>'
    )
    assert read_path(path, POSTING).text == AS_TEXT


def test_saved_page_without_job_posting(tmp_path: Path) -> None:
    path = tmp_path / "job.htm"
    filler = "Wound care and medication rounds on a busy ward. " * 6
    path.write_bytes(
        f'<html><head><meta charset="iso-8859-1"><title>Jobs</title></head><body><nav>Menu</nav><main><h1>Infirmière</h1><p>{filler}</p></main>'
        "<div>Other jobs</div></body></html>".encode("latin-1")
    )
    document = read_path(path, POSTING)
    assert document.title == "Infirmière"
    assert document.text.startswith("Infirmière\n")
    assert "Other jobs" not in document.text
    assert "Menu" not in document.text


def test_several_postings_are_said() -> None:
    document = read_document(json.dumps([POSTED, POSTED]), POSTING)
    assert document.warnings == ("2 job postings stand in it; the first was read.",)
