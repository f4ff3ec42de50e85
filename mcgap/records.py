"""The records that pass between the steps.

Frozen, of plain values and each other. A later step never changes an earlier record, and each
record carries its evidence, so that a report can be walked back to characters of a document.
Offsets count characters of ``Document.text``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class DocumentKind(StrEnum):
    POSTING = "posting"
    RESUME = "resume"


class SkillType(StrEnum):
    TOOL = "tool"
    TECHNICAL = "technical"
    DOMAIN = "domain"
    SOFT = "soft"
    LANGUAGE = "language"
    CERTIFICATION = "certification"
    LICENCE = "licence"


class SectionKind(StrEnum):
    """What a part of a posting or a résumé is about."""

    TITLE = "title"
    INTRO = "intro"
    REQUIREMENTS = "requirements"
    PREFERRED = "preferred"
    RESPONSIBILITIES = "responsibilities"
    BENEFITS = "benefits"
    COMPANY = "company"
    AGENCY = "agency"
    EQUAL_OPPORTUNITY = "equal_opportunity"
    HOW_TO_APPLY = "how_to_apply"
    SALARY = "salary"
    QUESTIONNAIRE = "questionnaire"
    # of a résumé
    SUMMARY = "summary"
    SKILLS = "skills"
    EXPERIENCE = "experience"
    EDUCATION = "education"
    CERTIFICATIONS = "certifications"
    PROJECTS = "projects"
    LEARNING = "learning"
    INTERESTS = "interests"
    CONTACT = "contact"


class Strength(StrEnum):
    """How strongly a posting asks, strongest first."""

    REQUIRED = "required"
    PREFERRED = "preferred"
    DUTY = "duty"
    MENTIONED = "mentioned"


class Evidence(StrEnum):
    """How a résumé shows a skill, strongest first."""

    USED = "used"
    CERTIFIED = "certified"
    EDUCATION = "education"
    LISTED = "listed"
    ASPIRING = "aspiring"


class Level(StrEnum):
    BASIC = "basic"
    WORKING = "working"
    ADVANCED = "advanced"


class Status(StrEnum):
    """Where a need stands against a résumé."""

    MET = "met"
    CLAIMED = "claimed"
    LEARNING = "learning"
    PARTIAL = "partial"
    STALE = "stale"
    MISSING = "missing"


class GateKind(StrEnum):
    """What no micro-credential closes."""

    DEGREE = "degree"
    LICENCE = "licence"
    YEARS = "years"
    CLEARANCE = "clearance"
    LANGUAGE = "language"


class VerdictName(StrEnum):
    APPLY_NOW = "apply-now"
    SHOW_EVIDENCE = "show-evidence"
    LEARN = "learn-no-credential-needed"
    ONE_CREDENTIAL = "one-credential"
    STACK = "stack"
    NOT_CLOSABLE = "not-closable"
    NOTHING_RECOGNISED = "nothing-recognised"


class FactStatus(StrEnum):
    """How far a catalog fact can be trusted."""

    VERIFIED = "verified"
    REPORTED = "reported"
    ESTIMATE = "estimate"
    UNKNOWN = "unknown"


# ── documents ────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Document:
    """One posting or résumé as text. ``title`` is the job title where one was found."""

    text: str
    source: str
    kind: DocumentKind
    title: str | None = None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """Characters ``start`` to ``end`` (exclusive) of a document, and what stands there."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a document under one heading. ``heading`` is None before the first heading."""

    kind: SectionKind
    start: int
    end: int
    heading: Span | None = None


@dataclass(frozen=True, slots=True)
class Disclaimer:
    """Characters of a résumé that speak of no work of its writer: denied, or done by others; ``learning``: still being learnt."""

    start: int
    end: int
    learning: bool = False


@dataclass(frozen=True, slots=True)
class Requirement:
    """One clause of a posting: where it stands, how strongly it asks, and the cue that says so.

    ``aside`` marks text that asks nothing: the employer, benefits, equal opportunity, how to apply.
    """

    start: int
    end: int
    section: SectionKind
    strength: Strength
    cue: Span | None = None
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The listed skill that an unlisted phrase may mean, too unsure to count. ``score`` is its likeness, 0–1; ``how`` is meaning."""

    skill: str
    score: float
    how: str = "meaning"


UNDECIDED = "undecided"  # ``how`` of a mention that only a trained model can tell to be one


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where a document names a skill.

    ``skill`` is a taxonomy id, or None where no listed skill is meant (an unlisted phrase).
    ``how`` is exact · spelling · typo · kin · meaning · coordination · list · tagger · shown; ``score`` is 0–1.
    ``dropped`` says why a candidate was not taken (only kept when explaining).
    """

    start: int
    end: int
    text: str
    skill: str | None
    how: str = "exact"
    score: float = 1.0
    negated: bool = False
    dropped: str | None = None
    why: str | None = None
    suggestion: Suggestion | None = None


@dataclass(frozen=True, slots=True)
class Ask:
    """A mention as a posting asks for it. ``experience``: as time spent in a field ("manufacturing background"), which no course gives."""

    mention: Mention
    strength: Strength
    section: SectionKind
    group: str | None = None
    years: float | None = None
    level: Level | None = None
    cue: Span | None = None
    experience: bool = False


@dataclass(frozen=True, slots=True)
class Role:
    """One dated job or project of a résumé. Dates are months, as (year, month); None is unknown."""

    title: str | None
    employer: str | None
    start: tuple[int, int] | None
    end: tuple[int, int] | None
    present: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Proof:
    """A mention as a résumé shows it."""

    mention: Mention
    evidence: Evidence
    section: SectionKind
    years: float | None = None
    last_used: tuple[int, int] | None = None
    level: Level | None = None
    role: Role | None = None


@dataclass(frozen=True, slots=True)
class Education:
    """A degree or diploma, asked for or held. ``level`` is a row of data/education_levels.csv; ``begun``: a résumé says that it is not finished."""

    level: str
    rank: int
    fields: tuple[str, ...]
    strength: Strength
    span: Span
    or_experience: bool = False
    group: str | None = None
    begun: bool = False


@dataclass(frozen=True, slots=True)
class YearsAsked:
    """Total years of experience that a posting asks for, not tied to one skill."""

    years: float
    strength: Strength
    span: Span


# ── what is asked, what is shown ────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Need:
    """One skill that a posting asks for, over all its mentions. ``importance`` is 0–1; ``countries`` are codes of where the job is, if that is known.

    ``experience``: it is asked for as time spent in a field, wherever it is asked for most strongly. ``soft``: it is a way of working.
    """

    skill: str
    strength: Strength
    importance: float
    asks: tuple[Ask, ...]
    group: str | None = None
    years: float | None = None
    level: Level | None = None
    countries: tuple[str, ...] = ()
    experience: bool = False
    soft: bool = False


@dataclass(frozen=True, slots=True)
class Have:
    """One skill that a résumé shows, over all its mentions.

    ``strength`` is 0–1: how well it is shown. ``last_used`` is the last month of a dated role. ``badge`` is the name of the badge file's badge
    that proves it, whose signature was not checked; None where the résumé itself shows it.
    """

    skill: str
    evidence: Evidence
    strength: float
    proofs: tuple[Proof, ...]
    years: float | None = None
    last_used: tuple[int, int] | None = None
    level: Level | None = None
    credential: str | None = None
    badge: str | None = None


@dataclass(frozen=True, slots=True)
class Nearest:
    """The held skill nearest to a needed one. ``kin`` is same · implies · narrower · broader · related."""

    skill: str
    kin: str
    grade: float


@dataclass(frozen=True, slots=True)
class Gap:
    """One need against one résumé. ``shortfall`` is 0 (closed) to 1 (nothing shows it)."""

    need: Need
    status: Status
    shortfall: float
    have: Have | None = None
    nearest: Nearest | None = None
    detail: str = ""
    advice: str = ""
    closed_by_group: bool = False


@dataclass(frozen=True, slots=True)
class PhraseGap:
    """An unlisted phrase that a posting asks for. ``shown`` is None without a résumé."""

    ask: Ask
    shown: bool | None
    evidence: Span | None = None


@dataclass(frozen=True, slots=True)
class Gate:
    """A degree, licence, length of experience, clearance or language: met, not met or unknown."""

    kind: GateKind
    name: str
    strength: Strength
    met: bool | None
    posting_evidence: tuple[Span, ...] = ()
    resume_evidence: tuple[Span, ...] = ()
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    name: VerdictName
    sentence: str


# ── the catalog ─────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where one fact of a credential comes from. ``field`` is the fact's column group."""

    field: str
    status: FactStatus
    as_of: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Issuer:
    """``kind`` is platform · university · industry-body · employer · vendor."""

    id: str
    name: str
    kind: str
    fields: tuple[str, ...] = ()
    why: str = ""
    products: tuple[str, ...] = ()
    source: str | None = None


@dataclass(frozen=True, slots=True)
class TaughtSkill:
    """A skill of a credential. ``weight`` is its share of the whole, 0–1; ``assessed`` beats taught."""

    skill: str
    weight: float
    level: Level | None = None
    assessed: bool = False


@dataclass(frozen=True, slots=True)
class Hours:
    """Study hours. ``basis`` is issuer · derived · third-party · estimate."""

    min: float
    max: float
    basis: str

    @property
    def middle(self) -> float:
        return (self.min + self.max) / 2


@dataclass(frozen=True, slots=True)
class Cost:
    """Money to earn it. ``kind`` is exam · course · subscription · membership · renewal."""

    min: float
    max: float
    currency: str
    kind: str
    recurring: str | None = None
    as_of: str | None = None

    @property
    def middle(self) -> float:
        return (self.min + self.max) / 2


@dataclass(frozen=True, slots=True)
class Assessment:
    """``kind`` is exam · performance · artifact. ``applied`` is 0 (knowledge test) to 3 (portfolio, lab)."""

    kind: str
    applied: int
    minutes: int | None = None
    proctored: bool | None = None


@dataclass(frozen=True, slots=True)
class Stack:
    """A larger thing that a credential counts toward: larger-certificate · designation · degree-credit."""

    into: str
    kind: str


@dataclass(frozen=True, slots=True)
class Credit:
    """Academic credit. ``recommender`` says who grants or recommends it."""

    ects: float | None = None
    us: float | None = None
    recommender: str | None = None


@dataclass(frozen=True, slots=True)
class Recognition:
    """Somebody who asks for, lists or accepts a credential. ``scope`` is employer · field · law."""

    scope: str
    name: str
    evidence: str | None = None
    as_of: str | None = None


@dataclass(frozen=True, slots=True)
class Credential:
    """A micro-credential. None means unknown; an unknown is ranked neutrally and said.

    ``countries`` are codes of where it counts, where law or a national scheme ties it to some; empty where nothing is known to tie it.
    """

    id: str
    title: str
    issuer: Issuer
    type: str
    skills: tuple[TaughtSkill, ...]
    aliases: tuple[str, ...] = ()
    exam_code: str | None = None
    issuer_label: str | None = None
    level: Level | None = None
    prerequisites_required: tuple[str, ...] = ()
    prerequisites_recommended: tuple[str, ...] = ()
    experience_months: int | None = None
    hours: Hours | None = None
    weeks: float | None = None
    sittings: int | None = None
    cost: Cost | None = None
    assessment: Assessment | None = None
    validity_months: int | None = None
    renewal: str | None = None
    last_revised: str | None = None
    status: str = "active"
    retires_on: date | None = None
    stacks_into: tuple[Stack, ...] = ()
    components: tuple[str, ...] = ()
    credit: Credit | None = None
    recognition: tuple[Recognition, ...] = ()
    co_developers: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    languages: tuple[str, ...] = ("en",)
    delivery: str | None = None
    url: str | None = None
    provenance: tuple[Provenance, ...] = ()

    def fact(self, name: str) -> Provenance:
        """The provenance of a fact; status unknown where none was recorded."""
        for item in self.provenance:
            if item.field == name:
                return item
        return Provenance(name, FactStatus.UNKNOWN)


# ── ranking and plan ────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Reason:
    """One factor's part of a score: its points, and a sentence that says where they come from."""

    factor: str
    points: float
    detail: str


@dataclass(frozen=True, slots=True)
class Closing:
    """What a credential does for one gap. ``match`` is exact · narrower · broader · related.

    ``share`` is the part of what can be learnt of the gap that it closes, 0–1; a related match never exceeds 0.5.
    ``years`` are the years of work asked for that stay open after it, ``learnt`` the part of the gap that is not years. ``abroad``: it counts
    in other countries than that of the job, so that it closes less.
    """

    skill: str
    share: float
    match: str
    years: float = 0.0
    learnt: float = 1.0
    abroad: bool = False

    @property
    def counted(self) -> float:
        """The part of the gap's whole shortfall that it closes, 0–1."""
        return self.share * self.learnt


@dataclass(frozen=True, slots=True)
class Ranked:
    """A credential with its score, which is the sum of its reasons' points. ``focus`` is the share of its content that bears on an open gap."""

    credential: Credential
    score: float
    rank: int
    closes: tuple[Closing, ...]
    reasons: tuple[Reason, ...]
    focus: float = 1.0


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount of money. Amounts of different currencies are never added."""

    amount: float
    currency: str


@dataclass(frozen=True, slots=True)
class Step:
    """One credential of a plan, from ``starts`` to ``ends``; hours are those still to be spent, ``cost`` is in its own ``currency``.

    ``teaches`` are gaps of which it closes all that can be learnt, while the years of work asked for stay open.
    """

    credential: Credential
    starts: date
    ends: date
    hours: float
    hours_known: bool
    cost: float | None
    closes: tuple[str, ...]
    currency: str = ""
    teaches: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOver:
    """A gap that the plan leaves open, and why."""

    skill: str
    why: str


@dataclass(frozen=True, slots=True)
class Plan:
    """The best stack found. ``coverage`` is the share of weighted gap closed.

    ``optimal`` is True when no better stack exists under the limits given; else ``bound`` is the
    highest coverage that could not be ruled out. ``cost`` is in ``currency``; it is None where fees are in several
    currencies and no rates between them were given. ``costs`` is always the sum in each currency.
    """

    steps: tuple[Step, ...]
    hours: float
    cost: float | None
    currency: str
    coverage: float
    readiness_after: float
    optimal: bool
    bound: float
    method: str
    left_over: tuple[LeftOver, ...] = ()
    notes: tuple[str, ...] = ()
    costs: tuple[Amount, ...] = ()


@dataclass(frozen=True, slots=True)
class Outline:
    """A plan as numbers: how many steps, their hours and fees, and the share of weighted gap closed; ``cost`` as that of a Plan."""

    steps: int
    hours: float
    cost: float | None
    coverage: float


@dataclass(frozen=True, slots=True)
class Brief:
    """One pair in short: a report without evidence, reasons and dates. ``gaps`` carry no sentences,
    nor do the ``gates`` that are made of them; ``credentials`` are the best, best first."""

    readiness: float | None
    verdict: Verdict
    gaps: tuple[Gap, ...]
    gates: tuple[Gate, ...]
    credentials: tuple[Credential, ...]
    plan: Outline


@dataclass(frozen=True, slots=True)
class Country:
    """Where the job of a posting seems to be, by its ISO 3166 code. ``evidence`` are the posting's words; none where you named it."""

    code: str
    evidence: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Extraction:
    """What one document says: the result of ``mcgap.extract``.

    ``countries`` are where a posting's job is, as far as that is known.
    ``studied`` are the fields of a résumé's degrees: they show a skill, and are printed with the degree.
    ``disclaimers`` are the parts of a résumé that speak of no work of its writer.
    ``titles`` are what the titles of its dated jobs say of the work; they show a skill and name none.
    """

    document: Document
    sections: tuple[Section, ...]
    asks: tuple[Ask, ...] = ()
    proofs: tuple[Proof, ...] = ()
    studied: tuple[Proof, ...] = ()
    education: tuple[Education, ...] = ()
    years: tuple[YearsAsked, ...] = ()
    roles: tuple[Role, ...] = ()
    dropped: tuple[Mention, ...] = ()
    warnings: tuple[str, ...] = ()
    countries: tuple[Country, ...] = ()
    disclaimers: tuple[Disclaimer, ...] = ()
    titles: tuple[Proof, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """The whole chain for one posting and one résumé: the result of ``mcgap.analyze``."""

    posting: Extraction
    resume: Extraction | None
    readiness: float | None
    verdict: Verdict
    gaps: tuple[Gap, ...]
    gates: tuple[Gate, ...]
    phrases: tuple[PhraseGap, ...]
    haves: tuple[Have, ...]
    credentials: tuple[Ranked, ...]
    plan: Plan
    today: date
    warnings: tuple[str, ...] = field(default=())


# ── beside the report: what would change a ranking or a plan ────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Check:
    """A question to settle before paying. ``answer`` is None where the catalog does not tell."""

    question: str
    answer: str | None
    status: FactStatus
    as_of: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Flip:
    """The smallest change of one number that puts ``first`` in first place. ``what`` is weight · fee · hours of ``subject``."""

    what: str
    subject: str
    now: float
    needed: float
    first: str


@dataclass(frozen=True, slots=True)
class RankRange:
    """The best and worst rank of a credential, whatever its unknown facts turn out to be."""

    credential: str
    rank: int
    best: int
    worst: int
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """How firm a first place is."""

    first: str | None
    flips: tuple[Flip, ...] = ()
    ranges: tuple[RankRange, ...] = ()


@dataclass(frozen=True, slots=True)
class WhatIf:
    """Where a credential would rank if a skill were known already; ``rank_then`` is None where it would close nothing."""

    skill: str
    credential: str
    rank: int
    rank_then: int | None
    first_then: str | None
    sentence: str


@dataclass(frozen=True, slots=True)
class FrontierPoint:
    """The best coverage under one limit, and what it takes. ``limit`` is in hours or in money; ``cost`` and ``costs`` are as those of a Plan."""

    limit: float
    hours: float
    cost: float | None
    coverage: float
    optimal: bool
    credentials: tuple[str, ...]
    currency: str = ""
    costs: tuple[Amount, ...] = ()


@dataclass(frozen=True, slots=True)
class Through:
    """Progress toward a larger certificate, and what finishing it takes beyond the plan; None is unknown.

    ``cost`` is None, too, where the fees are in several currencies: ``costs`` is the sum in each, empty where one is unknown.
    """

    larger: str
    done: tuple[str, ...]
    missing: tuple[str, ...]
    hours: float | None
    cost: float | None
    sentence: str
    costs: tuple[Amount, ...] = ()
