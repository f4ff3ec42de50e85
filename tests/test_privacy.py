"""Only skills, experience and credentials count: who somebody is, where they live and which school they went to change no result."""

from datetime import date
from typing import Any, NamedTuple

import pytest

from mcgap.documents import read_document
from mcgap.pipeline import Analyzer
from mcgap.records import DocumentKind, Report
from mcgap.settings import Settings

POSTINGS = {
    "nurse": """Staff Nurse

Requirements:
- NMC registration
- 2 years of wound care
- medication administration
- phlebotomy or cannulation
- fluent English
Preferred:
- safeguarding
- Bachelor's degree in nursing
""",
    "developer": """Python Developer

Requirements:
- 3 years of Python
- SQL
- Django or Flask
- Bachelor's degree or equivalent experience
Nice to have:
- Kubernetes
- German
""",
    "welder": """Welder

Requirements:
- TIG welding
- MIG welding
- brazing
- driving licence
Desirable:
- forklift operation
- stock control
""",
    "bookkeeper": """Bookkeeper

Requirements:
- bookkeeping
- Xero or QuickBooks
- payroll
- VAT returns
- 5 years of experience
Preferred:
- Power BI
""",
}
WORK = {
    "nurse": """Experience
Staff Nurse, Northmoor Ltd
Jan 2021 - Present
Wound care and medication administration. {pronoun} led a team of 4 on the ward.

Licences
NMC registration

Skills
phlebotomy, customer service
""",
    "developer": """Experience
Developer, Northmoor Ltd
Mar 2022 - Present
Built services in Python and Django. {pronoun} wrote SQL reports.

Skills
Git, Linux
Currently learning Kubernetes.
""",
    "welder": """Experience
Fabricator, Northmoor Ltd
May 2018 - Jun 2024
TIG welding of tanks. {pronoun} trained two apprentices.

Skills
brazing, forklift operation
""",
    "bookkeeper": """Experience
Bookkeeper, Northmoor Ltd
2019 - 2023
Bookkeeping for forty shops in Xero. {pronoun} ran the payroll.

Skills
VAT returns, Excel
""",
}
DEGREES = {"nurse": "BSc Nursing", "developer": "BSc Computer Science", "welder": "High school diploma", "bookkeeper": "BSc Accounting"}


class Person(NamedTuple):
    """What may not count. ``about`` is lines on age, family, origin or gender."""

    name: str
    pronoun: str
    form: str
    address: str
    mail: str
    school: str
    about: str = ""


EMILY = Person("Emily Carter", "She", "Ms", "4 Mill Lane, Leeds LS1 4AB", "emily.carter@example.org", "University of Oxford")
OTHERS = (
    Person(
        "Mohammed Hussain",
        "He",
        "Mr",
        "Flat 12, 90 Dock Road, Glasgow G5 8XX",
        "mh1987@example.net",
        "Hillside Community College",
        "Date of birth: 3 May 1987\nMarried\n",
    ),
    Person(
        "Nguyễn Thị Hoa", "She", "Mrs", "17 Lê Lợi, Đà Nẵng", "hoa@example.com", "Stanford University", "Nationality: Vietnamese-born\nFemale, 52 years old\n"
    ),
    Person("DeShawn Washington", "They", "Mx", "221 W 35th St Apt 6, Chicago, IL 60609", "dw@example.org", "Malcolm X College", "Pronouns: they/them\n"),
    Person("Zoë Müller-Özdemir", "She", "Dr", "Hauptstraße 5, 10115 Berlin", "zoe@example.de", "Fachhochschule Nordstadt", "Single\nHobby: none\n"),
)
DETAILS = {
    "name": EMILY._replace(name="Jean-Luc O'Brien"),
    "name that is a tool": EMILY._replace(name="Ruby Word"),
    "name of another alphabet": EMILY._replace(name="Élodie Kubernetes"),
    "name with small words": EMILY._replace(name="Maria de la Payroll"),
    "name of six words": EMILY._replace(name="Maria Excel de la Cruz Payroll"),
    "name of seven words": EMILY._replace(name="Raja Kubernetes Ram Mohan Singh Roy Kumar"),
    "name in capitals": EMILY._replace(name="MARIA EXCEL DE LA CRUZ"),
    "pronoun": EMILY._replace(pronoun="They"),
    "form of address": EMILY._replace(form="Mrs"),
    "address with words": EMILY._replace(address="9 Spring Street, Reading RG1 2AA"),
    "address abroad": EMILY._replace(address="Rua da Bahia 100, Belo Horizonte, Brazil"),
    "address that is tools": EMILY._replace(address="Flat 2, 12 Java Street, Excel, AL 35016"),
    "mail": EMILY._replace(mail="python.excel@gmail.com"),
    "famous school": EMILY._replace(school="Harvard University"),
    "unknown school": EMILY._replace(school="Westvale Evening Institute"),
    "school of a skill": EMILY._replace(school="School of Welding"),
    "school named as a skill": EMILY._replace(school="University of Data Science"),
    "school that begins as a skill": EMILY._replace(school="Python Institute of Technology"),
    "institute of technology": EMILY._replace(school="Spring Institute of Technology"),
    "secondary school": EMILY._replace(school="Angular Modern School"),
    "age and gender": EMILY._replace(about="Age: 61\nGender: male\nReligion: none\nDisabled\n"),
}
# Employers whose names say that they are firms.
FIRMS = (
    "Oracle Ltd",
    "Kubernetes Corp",
    "Excel Inc.",
    "Payroll GmbH",
    "Welding Hospital",
    "Python Software Foundation",
    "Excel Care Homes",
    "Java House Kenya",
)
# What does change a result still: job, detail -> why.
KNOWN: dict[tuple[str, str], str] = {}


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    return Analyzer(Settings(fast=True, today=date(2026, 11, 1)))


def resume_of(job: str, person: Person) -> str:
    work = WORK[job].format(pronoun=person.pronoun)
    head = f"{person.form} {person.name}\n{person.address}\n{person.mail} | +44 20 7946 0123\n{person.about}"
    return f"{head}\n{work}\nEducation\n{DEGREES[job]}, {person.school}, 2012\n"


def outcome(report: Report) -> tuple[object, ...]:
    """All that a report concludes, without the places in the résumé that it cites."""
    return (
        [(n.need.skill, n.need.importance, n.status, n.shortfall, n.closed_by_group, n.detail, n.advice, n.nearest) for n in report.gaps],
        [(h.skill, h.evidence, h.strength, h.years, h.last_used) for h in report.haves],
        report.readiness,
        report.verdict,
        [(g.kind, g.name, g.met, g.detail) for g in report.gates],
        [(c.credential.id, c.score, c.reasons) for c in report.credentials],
        [(s.credential.id, s.starts, s.ends) for s in report.plan.steps],
        (report.plan.coverage, report.plan.hours, report.plan.cost, report.plan.readiness_after),
    )


def compare(analyzer: Analyzer, job: str, one: str, other: str) -> None:
    posting = analyzer.extract(read_document(POSTINGS[job], DocumentKind.POSTING))
    reports = [analyzer.compare(posting, analyzer.extract(read_document(text, DocumentKind.RESUME))) for text in (one, other)]
    first, second = map(outcome, reports)
    for a, b in zip(first, second, strict=True):
        assert a == b


def cases(people: dict[str, Person]) -> list[Any]:
    return [
        pytest.param(job, person, id=f"{job}-{what}", marks=[pytest.mark.xfail(reason=KNOWN[job, what], strict=True)] if (job, what) in KNOWN else [])
        for job in POSTINGS
        for what, person in people.items()
    ]


@pytest.mark.parametrize(("job", "person"), cases({person.name: person for person in OTHERS}))
def test_another_person_with_the_same_work_gets_the_same_result(job: str, person: Person, analyzer: Analyzer) -> None:
    compare(analyzer, job, resume_of(job, EMILY), resume_of(job, person))


@pytest.mark.parametrize(("job", "person"), cases(DETAILS))
def test_one_detail_changes_nothing(job: str, person: Person, analyzer: Analyzer) -> None:
    compare(analyzer, job, resume_of(job, EMILY), resume_of(job, person))


@pytest.mark.parametrize("job", POSTINGS)
def test_the_results_are_no_empty_ones(job: str, analyzer: Analyzer) -> None:
    # The comparisons above would hold for nothing at all.
    report = analyzer.analyze(read_document(POSTINGS[job], DocumentKind.POSTING), read_document(resume_of(job, EMILY), DocumentKind.RESUME))
    assert len(report.gaps) >= 4
    assert report.readiness is not None
    assert 0 < report.readiness < 1
    assert len(report.haves) >= 3


@pytest.mark.parametrize("firm", FIRMS)
@pytest.mark.parametrize("job", POSTINGS)
def test_another_employer_changes_nothing(job: str, firm: str, analyzer: Analyzer) -> None:
    text = resume_of(job, EMILY)
    compare(analyzer, job, text, text.replace("Northmoor Ltd", firm))
    compare(analyzer, job, text, text.replace("Skills", f"Client: {firm}\n\nSkills", 1))


@pytest.mark.parametrize("job", POSTINGS)
def test_an_employer_that_is_but_a_skill_word_adds_no_more_than_that_skill(job: str, analyzer: Analyzer) -> None:
    """A bare "Kubernetes" after a job's title reads as its tool. Nothing else of what the résumé shows may move."""

    def shown(text: str) -> dict[str, Any]:
        report = analyzer.analyze(read_document(POSTINGS[job], DocumentKind.POSTING), read_document(text, DocumentKind.RESUME))
        return {have.skill: (have.evidence, have.strength, have.years, have.last_used) for have in report.haves if have.skill != "kubernetes"}

    text = resume_of(job, EMILY)
    assert shown(text.replace("Northmoor Ltd", "Kubernetes")) == shown(text)
