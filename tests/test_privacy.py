"""Only skills, experience and credentials count: who somebody is, where they live and which school they went to change no result."""

from collections.abc import Callable
from datetime import date

import pytest

from mcgap.documents import read_document
from mcgap.pipeline import Analyzer
from mcgap.records import DocumentKind, Report
from mcgap.settings import Settings

POSTINGS = {
    "nurse": "Staff Nurse\n\nRequirements:\n- NMC registration\n- 2 years of wound care\n- medication administration\n- phlebotomy or cannulation\n- fluent English\nPreferred:\n- safeguarding\n- Bachelor's degree in nursing\n",
    "developer": "Python Developer\n\nRequirements:\n- 3 years of Python\n- SQL\n- Django or Flask\n- Bachelor's degree or equivalent experience\nNice to have:\n- Kubernetes\n- German\n",
    "welder": "Welder\n\nRequirements:\n- TIG welding\n- MIG welding\n- brazing\n- driving licence\nDesirable:\n- forklift operation\n- stock control\n",
    "bookkeeper": "Bookkeeper\n\nRequirements:\n- bookkeeping\n- Xero or QuickBooks\n- payroll\n- VAT returns\n- 5 years of experience\nPreferred:\n- Power BI\n",
}
BODY = {
    "nurse": "Experience\nStaff Nurse, {employer}\nJan 2021 - Present\nWound care and medication administration. {subject} led a team of 4 on the ward.\n\nLicences\nNMC registration\n\nSkills\nphlebotomy, customer service\n",
    "developer": "Experience\nDeveloper, {employer}\nMar 2022 - Present\nBuilt services in Python and Django. {subject} wrote SQL reports.\n\nSkills\nGit, Linux\nCurrently learning Kubernetes.\n",
    "welder": "Experience\nFabricator, {employer}\nMay 2018 - Jun 2024\nTIG welding of tanks. {subject} trained two apprentices.\n\nSkills\nbrazing, forklift operation\n",
    "bookkeeper": "Experience\nBookkeeper, {employer}\n2019 - 2023\nBookkeeping for forty shops in Xero. {subject} ran the payroll.\n\nSkills\nVAT returns, Excel\n",
}
DEGREES = {"nurse": "BSc Nursing", "developer": "BSc Computer Science", "welder": "High school diploma", "bookkeeper": "BSc Accounting"}
# name, pronoun, how a referee would put it, address, mail, school, employer, and words on age, family and origin.
PEOPLE = (
    ("Emily Carter", "She", "Ms", "4 Mill Lane, Leeds LS1 4AB", "emily.carter@example.org", "University of Oxford", "Northmoor Ltd", ""),
    ("Mohammed Hussain", "He", "Mr", "Flat 12, 90 Dock Road, Glasgow G5 8XX", "mh1987@example.net", "Hillside Community College", "Northmoor Ltd", "Date of birth: 3 May 1987\nMarried, two children\n"),
    ("Nguyễn Thị Hoa", "She", "Mrs", "17 Lê Lợi, Đà Nẵng", "hoa@example.com", "Stanford University", "Northmoor Ltd", "Nationality: Vietnamese-born\nFemale, 52 years old\n"),
    ("DeShawn Washington", "They", "Mx", "221 W 35th St Apt 6, Chicago, IL 60609", "dw@example.org", "Malcolm X College", "Northmoor Ltd", "Pronouns: they/them\n"),
    ("Zoë Müller-Özdemir", "She", "Dr", "Hauptstraße 5, 10115 Berlin", "zoe@example.de", "Fachhochschule Nordstadt", "Northmoor Ltd", "Single\nHobby: none\n"),
)


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    return Analyzer(Settings(today=date(2026, 11, 1)))


def resume_of(job: str, person: tuple[str, ...]) -> str:
    name, subject, form, address, mail, school, employer, about = person
    body = BODY[job].format(subject=subject, employer=employer)
    return f"{form} {name}\n{address}\n{mail} | +44 20 7946 0{len(name):03d}\n{about}\n{body}\nEducation\n{DEGREES[job]}, {school}, 2012\n"


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
    first, second = (outcome(analyzer.compare(posting, analyzer.extract(read_document(text, DocumentKind.RESUME)))) for text in (one, other))
    for a, b in zip(first, second, strict=True):
        assert a == b


@pytest.mark.parametrize("job", POSTINGS)
@pytest.mark.parametrize("person", PEOPLE[1:], ids=lambda person: person[0].split()[0])
def test_another_person_with_the_same_work_gets_the_same_result(job: str, person: tuple[str, ...], analyzer: Analyzer) -> None:
    compare(analyzer, job, resume_of(job, PEOPLE[0]), resume_of(job, person))


def _swap(position: int, value: str) -> Callable[[tuple[str, ...]], tuple[str, ...]]:
    return lambda person: (*person[:position], value, *person[position + 1 :])


@pytest.mark.parametrize("job", POSTINGS)
@pytest.mark.parametrize(
    "change",
    [
        pytest.param(_swap(0, "Jean-Luc O'Brien"), id="name"),
        pytest.param(_swap(0, "Ruby Word"), id="name-that-is-a-tool"),
        pytest.param(_swap(1, "They"), id="pronoun"),
        pytest.param(_swap(2, "Mrs"), id="form-of-address"),
        pytest.param(_swap(3, "9 Spring Street, Reading RG1 2AA"), id="address-with-words"),
        pytest.param(_swap(3, "Rua da Bahia 100, Belo Horizonte, Brazil"), id="address-abroad"),
        pytest.param(_swap(4, "python.excel@gmail.com"), id="mail"),
        pytest.param(_swap(5, "Harvard University"), id="famous-school"),
        pytest.param(_swap(5, "Westvale Evening Institute"), id="unknown-school"),
        pytest.param(_swap(7, "Age: 61\nGender: male\nReligion: none\nDisabled\n"), id="age-and-gender"),
    ],
)
def test_one_detail_changes_nothing(job: str, change: Callable[[tuple[str, ...]], tuple[str, ...]], analyzer: Analyzer) -> None:
    compare(analyzer, job, resume_of(job, PEOPLE[0]), resume_of(job, change(PEOPLE[0])))


@pytest.mark.parametrize("job", POSTINGS)
def test_the_results_are_no_empty_ones(job: str, analyzer: Analyzer) -> None:
    # The comparisons above would hold for nothing at all.
    report = analyzer.analyze(read_document(POSTINGS[job], DocumentKind.POSTING), read_document(resume_of(job, PEOPLE[0]), DocumentKind.RESUME))
    assert len(report.gaps) >= 4
    assert report.readiness is not None
    assert 0 < report.readiness < 1
    assert len(report.haves) >= 3
