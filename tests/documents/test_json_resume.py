"""JSON Resume as text."""

import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from mcgap.documents import read_document, read_path
from mcgap.errors import DocumentError
from mcgap.records import DocumentKind

PERSON = {
    "basics": {"name": "Wren H", "label": "Analyst", "email": "w@mail.example", "summary": "Counts beds.", "location": {"city": "Ashby"}},
    "skills": [{"name": "Reporting", "keywords": ["Excel", "SQL"]}, {"name": "GDPR"}],
    "work": [
        {"name": "Ashby Cross", "position": "Assistant", "startDate": "2019-01-15", "endDate": "2021-03", "highlights": ["Built reports"]},
        {"company": "Old Co", "position": "Clerk", "startDate": "2018", "summary": "Filed."},
    ],
    "education": [{"institution": "Wexmoor", "area": "Geography", "studyType": "BSc", "endDate": "2016"}],
    "certificates": [{"name": "ICDL", "issuer": "ICDL Foundation", "date": "2020"}],
    "languages": [{"language": "Welsh", "fluency": "fluent"}],
    "projects": [{"name": "Index", "description": "Catalogue.", "keywords": ["Python"]}],
    "interests": [{"name": "Walking"}],
}
AS_TEXT = """Summary
Analyst
Counts beds.

Skills
• Reporting: Excel, SQL
• GDPR

Experience
Assistant, Ashby Cross, 2019-01 - 2021-03
• Built reports

Clerk, Old Co, 2018 - Present
Filed.

Education
BSc in Geography, Wexmoor, 2016

Certifications
• ICDL, ICDL Foundation, 2020

Languages
• Welsh (fluent)

Projects
Index
Catalogue.
Keywords: Python

Interests
• Walking"""


def test_as_text(tmp_path: Path) -> None:
    path = tmp_path / "resume.json"
    path.write_text(json.dumps(PERSON))
    assert read_path(path, DocumentKind.RESUME).text == AS_TEXT
    assert read_document(json.dumps(PERSON), DocumentKind.RESUME).text == AS_TEXT


LEAVES = st.none() | st.booleans() | st.integers() | st.text(max_size=5)
VALUES = st.recursive(LEAVES, lambda v: st.lists(v, max_size=3) | st.dictionaries(st.text(max_size=4), v, max_size=3), max_leaves=8)


@given(st.dictionaries(st.sampled_from([*PERSON, "@type", "@graph", "description", "title", "skills"]), VALUES | st.just("JobPosting"), min_size=1))
def test_odd_values_never_crash(value: object) -> None:
    message, text = "", ""
    try:
        text = read_document(json.dumps(value), DocumentKind.RESUME).text
    except DocumentError as error:
        message = str(error)
    assert message.endswith(".") if message else "{" not in text[:1]
