"""One posting and one résumé by hand, whose report has something in every block."""

from __future__ import annotations

from datetime import date

import pytest

from mcgap.records import (
    Amount,
    Ask,
    Closing,
    Cost,
    Credential,
    Document,
    DocumentKind,
    Education,
    Evidence,
    Extraction,
    FactStatus,
    Gap,
    Gate,
    GateKind,
    Have,
    Hours,
    Issuer,
    LeftOver,
    Level,
    Mention,
    Nearest,
    Need,
    PhraseGap,
    Plan,
    Proof,
    Provenance,
    Ranked,
    Reason,
    Report,
    Role,
    Section,
    SectionKind,
    SkillType,
    Span,
    Status,
    Step,
    Strength,
    TaughtSkill,
    Verdict,
    VerdictName,
)
from mcgap.taxonomy import Skill, Taxonomy

POSTING = """Platform Engineer
Requirements
- 3+ years of Kubernetes in production
- Tableau or Power BI
- Terraform and SQL
- Docker, Git and teamwork
- German; a bachelor's degree in computing
- No Java needed
Nice to have: Ansible, <b>observability</b> mindset
Duties: on-call work with Grafana
"""
RESUME = """Jane Q. Example
jane@example.org | +44 7700 900123 | 12 High Street, Leeds LS1 4AB
Skills: Docker, Git, Terraform
Engineer at Jane Example Ltd, 2018 - 2019: built dashboards in SQL
Currently learning Ansible
"""
NAMES = {
    "kubernetes": "Kubernetes",
    "tableau": "Tableau",
    "power-bi": "Power BI",
    "terraform": "Terraform",
    "sql": "SQL",
    "docker": "Docker",
    "git": "Git",
    "teamwork": "Teamwork",
    "german": "German",
    "java": "Java",
    "ansible": "Ansible",
    "grafana": "Grafana",
}
TYPES = {"teamwork": SkillType.SOFT, "german": SkillType.LANGUAGE}


@pytest.fixture(scope="session")
def taxonomy() -> Taxonomy:
    return Taxonomy.of(Skill(id=key, name=name, type=TYPES.get(key, SkillType.TOOL), category="it") for key, name in NAMES.items())


def span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words), words)


def mention(text: str, words: str, skill: str | None, **more: object) -> Mention:
    at = span(text, words)
    return Mention(at.start, at.end, words, skill, **more)  # type: ignore[arg-type]


def ask(words: str, skill: str | None, strength: Strength = Strength.REQUIRED, **more: object) -> Ask:
    negated = bool(more.pop("negated", False))
    return Ask(mention(POSTING, words, skill, negated=negated), strength, SectionKind.REQUIREMENTS, **more)  # type: ignore[arg-type]


def proof(words: str, skill: str, evidence: Evidence, role: Role | None = None) -> Proof:
    return Proof(mention(RESUME, words, skill), evidence, SectionKind.SKILLS, role=role)


def gap(found: Ask, importance: float, status: Status, shortfall: float, have: Have | None = None, **more: object) -> Gap:
    need = Need(str(found.mention.skill), found.strength, importance, (found,), found.group, found.years, found.level)
    return Gap(need, status, shortfall, have, **more)  # type: ignore[arg-type]


def credential(key: str, title: str, *, cost: Cost | None, hours: Hours | None, skill: str) -> Credential:
    issuer = Issuer("cncf", "Cloud Native Computing Foundation", "industry-body")
    facts = (Provenance("cost", FactStatus.VERIFIED, "2025-11", "https://example.org/fees"),)
    return Credential(
        key, title, issuer, "certification", (TaughtSkill(skill, 1.0),), cost=cost, hours=hours, url=f"https://example.org/{key}", provenance=facts
    )


ASKS = (
    ask("Kubernetes", "kubernetes", years=3.0, cue=span(POSTING, "Requirements")),
    ask("Tableau", "tableau", group="g1"),
    ask("Power BI", "power-bi", group="g1"),
    ask("Terraform", "terraform"),
    ask("SQL", "sql", level=Level.ADVANCED),
    ask("Docker", "docker"),
    ask("Git", "git"),
    ask("teamwork", "teamwork"),
    ask("German", "german"),
    ask("Java", "java", negated=True),
    ask("Ansible", "ansible", Strength.PREFERRED),
    ask("<b>observability</b> mindset", None, Strength.PREFERRED),
    ask("Grafana", "grafana", Strength.DUTY),
)
ROLE = Role("Engineer", "Jane Example Ltd", (2018, 1), (2019, 12), False, span(RESUME, "Engineer at Jane Example Ltd"))
PROOFS = (
    proof("Docker", "docker", Evidence.LISTED),
    proof("Git", "git", Evidence.USED, ROLE),
    proof("Terraform", "terraform", Evidence.LISTED),
    proof("SQL", "sql", Evidence.USED, ROLE),
    proof("Ansible", "ansible", Evidence.ASPIRING),
)
HAVES = {p.mention.skill: Have(str(p.mention.skill), p.evidence, 1.0, (p,), 2.0 if p.role else None) for p in PROOFS}


def make_report(*, with_resume: bool = True) -> Report:
    by_words = {a.mention.skill: a for a in ASKS}
    docker, ansible = HAVES["docker"], HAVES["ansible"]
    gaps = (
        gap(
            by_words["kubernetes"],
            0.9,
            Status.MISSING,
            1.0,
            nearest=Nearest("docker", "related", 0.4),
            detail="nothing in the résumé shows it",
            advice="Asked for.",
        ),
        gap(by_words["tableau"], 0.7, Status.MISSING, 1.0),
        gap(by_words["power-bi"], 0.7, Status.MISSING, 1.0),
        gap(by_words["terraform"], 0.7, Status.CLAIMED, 0.0, HAVES["terraform"], detail="listed", advice="“Terraform” stands in your list; say where."),
        gap(by_words["sql"], 0.7, Status.STALE, 0.5, HAVES["sql"], detail="last used in 2019, 7 years ago", advice="Refresh SQL: recent use is not shown."),
        gap(by_words["docker"], 0.7, Status.PARTIAL, 0.4, docker, detail="2 years shown, 3 years asked for", advice="Say for how long."),
        gap(by_words["git"], 0.7, Status.MET, 0.0, HAVES["git"], detail="used in a job or project"),
        gap(by_words["teamwork"], 0.42, Status.MISSING, 1.0),
        gap(by_words["german"], 0.7, Status.MISSING, 1.0),
        gap(by_words["ansible"], 0.4, Status.LEARNING, 0.7, ansible, detail="being learnt", advice="You are learning Ansible; finish it."),
        gap(by_words["grafana"], 0.15, Status.MISSING, 1.0),
    )
    if not with_resume:
        gaps = tuple(Gap(g.need, Status.MISSING, 1.0) for g in gaps)
    degree = span(POSTING, "bachelor's degree")
    gates = (
        Gate(GateKind.DEGREE, "Bachelor's degree in computing", Strength.REQUIRED, False if with_resume else None, (degree,), (), "the résumé names no degree"),
        Gate(GateKind.LANGUAGE, "German", Strength.REQUIRED, None, (span(POSTING, "German"),)),
    )
    cka = credential(
        "cka", "Certified Kubernetes Administrator", cost=Cost(395, 395, "USD", "exam", as_of="2025-11"), hours=Hours(60, 120, "estimate"), skill="kubernetes"
    )
    free = credential("tab", "Tableau <Basics>", cost=None, hours=None, skill="tableau")
    reasons = (
        Reason("coverage", 0.52, "closes Kubernetes, asked for in line 3"),
        Reason("recognition", 0.2, "nothing is known: ranked neutrally"),
        Reason("cost", -0.01, "395 USD"),
    )
    ranked = (
        Ranked(cka, sum(r.points for r in reasons), 1, (Closing("kubernetes", 1.0, "exact"),), reasons),
        Ranked(free, 0.3, 2, (Closing("tableau", 0.5, "related"),), (Reason("coverage", 0.3, "closes Tableau in part"),)),
    )
    plan = Plan(
        (Step(cka, date(2026, 12, 1), date(2027, 1, 20), 90, True, 395, ("kubernetes",)),),
        90, 395, "USD", 0.74, 0.86, True, 0.74, "milp", (LeftOver("tableau", "no credential in the catalog teaches it"),), ("the fee may change",),
        (Amount(395, "USD"),),
    )  # fmt: skip
    education = (Education("bachelor", 4, ("computing",), Strength.REQUIRED, degree),)
    phrases = (PhraseGap(ASKS[11], False if with_resume else None),)
    posting = Extraction(
        Document(POSTING, "posting.txt", DocumentKind.POSTING, "Platform Engineer"),
        (Section(SectionKind.TITLE, 0, 17), Section(SectionKind.REQUIREMENTS, 18, len(POSTING), span(POSTING, "Requirements"))),
        asks=ASKS,
        education=education,
        dropped=(mention(POSTING, "work", None, dropped="no word near it says that the skill is meant"),),
    )
    resume = Extraction(Document(RESUME, "Jane_Example.pdf", DocumentKind.RESUME), (Section(SectionKind.INTRO, 0, len(RESUME)),), proofs=PROOFS, roles=(ROLE,))
    verdict = Verdict(VerdictName.ONE_CREDENTIAL, "Open: Kubernetes. One credential closes 74% of it.")
    return Report(
        posting, resume if with_resume else None, 0.62 if with_resume else None, verdict, gaps, gates, phrases, tuple(HAVES.values()) if with_resume else (),
        ranked, plan, date(2026, 11, 22), ("Jane_Example.pdf has two columns.",),
    )  # fmt: skip


@pytest.fixture(scope="session")
def report() -> Report:
    return make_report()


@pytest.fixture(scope="session")
def asked_only() -> Report:
    return make_report(with_resume=False)
