"""What a report says to a person: titled blocks of items, which text, Markdown and HTML only lay out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from mcgap.countries import counts_elsewhere
from mcgap.records import (
    Ask,
    Closing,
    Evidence,
    Extraction,
    Gap,
    Gate,
    GateKind,
    Have,
    PhraseGap,
    Proof,
    Ranked,
    Reason,
    Report,
    SectionKind,
    SkillType,
    Status,
    Step,
    Strength,
    VerdictName,
)
from mcgap.report import wording
from mcgap.report.payload import SKILLS_SOURCE
from mcgap.report.wording import STRETCH, joined, percent, quoted, snippet, stretches
from mcgap.taxonomy import Taxonomy

WITHIN_REACH = 0.8
_STATUS_ORDER = list(Status)
_STRENGTH_ORDER = list(Strength)
_ASKED = (Strength.REQUIRED, Strength.PREFERRED)
_CLOSED = frozenset({Status.MET, Status.CLAIMED})
_GATE_TYPES = frozenset({SkillType.LICENCE, SkillType.LANGUAGE})
_COMPACT = 12
_WHOLE = 0.995
FOOTER = (
    "A credential is no guarantee of a job, and not every employer knows every credential: ask before you pay.",
    "Fees and hours are as of the dates shown and change; check them with the issuer.",
    "mcgap reads words and can overlook or misread some: the posting itself decides.",
)


class Tone(StrEnum):
    """How a block or a mark reads: good news, bad news, in between, or neither."""

    GOOD = "good"
    PART = "part"
    BAD = "bad"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Item:
    """One line with what belongs to it. ``quote`` is the posting's words; ``mark`` a short word in front."""

    head: str
    aside: str = ""
    quote: str = ""
    notes: tuple[str, ...] = ()
    mark: str = ""
    tone: Tone = Tone.PLAIN
    link: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """Items under a small heading, which may be empty."""

    heading: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A titled part of a report: a leading sentence, a paragraph, items, notes under them. ``numbered`` counts the items."""

    title: str
    lead: str = ""
    paragraph: str = ""
    parts: tuple[Part, ...] = ()
    tone: Tone = Tone.PLAIN
    numbered: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class View:
    """A whole report for a reader. ``readiness`` is 0–1, or None where it cannot be told."""

    title: str
    subtitle: str
    verdict: str
    tone: Tone
    readiness: float | None
    readiness_note: str
    blocks: tuple[Block, ...]
    footer: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """What is asked for as one: a single need, or the alternatives of a group, best first."""

    gaps: tuple[Gap, ...]

    @property
    def best(self) -> Gap:
        return self.gaps[0]

    @property
    def strength(self) -> Strength:
        return min((gap.need.strength for gap in self.gaps), key=_STRENGTH_ORDER.index)

    @property
    def status(self) -> Status:
        return self.best.status


def view_of(report: Report, taxonomy: Taxonomy) -> View:
    """A report as blocks in the order in which a job seeker reads it."""
    return _Viewer(report, taxonomy).view()


def units_of(gaps: Iterable[Gap]) -> tuple[Unit, ...]:
    """Needs in their order, with the alternatives of a group joined where its first member stands."""
    members: dict[str, list[Gap]] = {}
    for gap in gaps:
        members.setdefault(gap.need.group or f"={gap.need.skill}", []).append(gap)
    return tuple(Unit(tuple(sorted(group, key=lambda g: (g.shortfall, _STATUS_ORDER.index(g.status))))) for group in members.values())


class _Viewer:
    """The blocks of one report."""

    def __init__(self, report: Report, taxonomy: Taxonomy) -> None:
        self.report, self.taxonomy = report, taxonomy
        self.posting_text = report.posting.document.text
        self.resume_text = report.resume.document.text if report.resume else ""
        gates = {(gate.name, gate.strength) for gate in report.gates}
        # Languages and licences stand among the conditions; what stands there is not said twice.
        shown = [g for g in report.gaps if not (self._type(g) in _GATE_TYPES and (taxonomy.name(g.need.skill), g.need.strength) in gates)]
        self.units = units_of(shown)

    def view(self) -> View:
        report = self.report
        document = report.posting.document
        return View(
            title=document.title or "Job posting",
            subtitle=self._subtitle(),
            verdict=report.verdict.sentence,
            tone=_verdict_tone(report.verdict.name),
            readiness=report.readiness,
            readiness_note=_readiness_note(report.readiness),
            blocks=tuple(block for block in (self._compared() if report.resume else self._asked()) if block is not None),
            footer=FOOTER if report.credentials or report.plan.steps else FOOTER[-1:],
        )

    def _subtitle(self) -> str:
        posting, resume = self.report.posting.document.source, self.report.resume
        names = {"-": "standard input", "text": "the text given", SKILLS_SOURCE: "the skills given"}
        against = f", compared with {names.get(resume.document.source, resume.document.source)}" if resume else ""
        return f"Read from {names.get(posting, posting)}{against}, {wording.day(self.report.today)}"

    # ── with a résumé ──

    def _compared(self) -> list[Block | None]:
        return [
            self._missing(),
            self._partly(),
            self._claimed(),
            self._shown(),
            self._duties(),
            self._gates(),
            self._phrases(),
            self._credentials(),
            self._plan(),
            self._left_over(),
            self._warnings(),
        ]

    def _missing(self) -> Block | None:
        units = [u for u in self.units if u.status is Status.MISSING and u.strength in _ASKED]
        hard = [u for u in units if not self._is_soft(u)]
        soft = [u for u in units if self._is_soft(u)]
        parts = [
            _part(heading, self._missing_items([u for u in hard if u.strength is strength]))
            for heading, strength in (("Required", _ASKED[0]), ("Preferred", _ASKED[1]))
        ]
        if soft:
            head = joined([self._name(u) for u in soft])
            note = "No course proves these by itself: show each by what you did, in one line under a job or project."
            parts.append(_part("Ways of working", [Item(head, notes=(note,), tone=Tone.PART)]))
        return _block("Asked for and not shown", parts, tone=Tone.BAD)

    def _missing_items(self, units: Sequence[Unit]) -> list[Item]:
        return [self._missing_item(together, quote) for together, quote in self._by_sentence(units)]

    def _missing_item(self, units: Sequence[Unit], quote: str) -> Item:
        notes = [self._nearest(u, alone=len(units) == 1) for u in units if u.best.nearest is not None]
        notes += [u.best.advice for u in units if not self._teachable(u.best) and u.best.advice]
        return Item(*self._headed(units), quote, tuple(notes), tone=Tone.BAD)

    def _nearest(self, unit: Unit, *, alone: bool) -> str:
        nearest = unit.best.nearest
        name = self.taxonomy.name(nearest.skill) if nearest is not None else ""
        return f"Nearest you have: {name}." if alone else f"Nearest you have to {self._name(unit)}: {name}."

    def _headed(self, units: Sequence[Unit]) -> tuple[str, str]:
        """The names of units that one quote serves, and what is said beside them."""
        wanted = [self._wanted(unit.best) for unit in units]
        names = [self._name(unit) for unit in units]
        if len(set(wanted)) == 1:
            return "; ".join(names), wanted[0]
        return "; ".join(f"{name} ({aside})" if aside else name for name, aside in zip(names, wanted, strict=True)), ""

    def _by_sentence(self, units: Sequence[Unit]) -> list[tuple[list[Unit], str]]:
        """Units with the posting's words; those that one short stretch of one sentence names stand together."""
        places = {unit: _place_of(unit) for unit in units}
        together = stretches(places, self.posting_text, alone=[unit for unit in units if len(unit.gaps) > 1])
        return [(members, snippet(self.posting_text, start, end)) for members, start, end in together]

    def _partly(self) -> Block | None:
        headings = {Status.PARTIAL: "Partly there", Status.STALE: "Not used for long", Status.LEARNING: "Being learnt"}
        parts = [
            _part(heading, [self._partly_item(u) for u in self.units if u.status is status and u.strength in _ASKED]) for status, heading in headings.items()
        ]
        return _block("Partly shown", parts, tone=Tone.PART)

    def _partly_item(self, unit: Unit) -> Item:
        gap = unit.best
        aside = ", ".join(filter(None, [self._wanted(gap), "preferred" if unit.strength is Strength.PREFERRED else ""]))
        # Under "Being learnt" the detail would only say so again.
        detail = "" if gap.status is Status.LEARNING and gap.nearest is None else wording.sentence(gap.detail)
        notes = [n for n in (detail, self._shown_as(gap.have), gap.advice) if n]
        return Item(self._name(unit), aside, self._quote(gap), tuple(notes), tone=Tone.PART)

    def _claimed(self) -> Block | None:
        units = [u for u in self.units if u.status is Status.CLAIMED and u.strength in _ASKED]
        if not units:
            return None
        resume = self.report.resume
        if resume is not None and resume.document.source == SKILLS_SOURCE:
            return Block("You say you have", paragraph=joined([self._name(u) for u in units]) + ". In your résumé, show where you used each.", tone=Tone.GOOD)
        studied = [u for u in units if u.best.have is not None and u.best.have.evidence is Evidence.EDUCATION]
        listed = [u for u in units if u not in studied]
        lead = "You name these but show them in no job or project. Where you have used one, say so there in a line, with what came of it."
        items = [
            Item(joined([self._name(u) for u in group]), aside) for group, aside in ((listed, "in a list only"), (studied, "under education only")) if group
        ]
        return Block("Named but not shown in use", lead, parts=(Part("", tuple(items)),), tone=Tone.PART)

    def _shown(self) -> Block | None:
        units = [u for u in self.units if u.status is Status.MET]
        if not units:
            return None
        return Block("Shown", paragraph=joined([self._met(u) for u in units]) + ".", tone=Tone.GOOD)

    def _met(self, unit: Unit) -> str:
        gap = unit.best
        name = self.taxonomy.name(gap.need.skill)
        if gap.have is not None and gap.have.badge is not None:
            return f"{name} (by the badge {quoted(gap.have.badge)}, signature not checked)"
        if gap.nearest is not None:
            return f"{name} (by {self.taxonomy.name(gap.nearest.skill)})"
        return f"{name} ({wording.years(gap.have.years)})" if gap.need.years and gap.have is not None and gap.have.years else name

    def _duties(self) -> Block | None:
        units = [u for u in self.units if u.strength is Strength.DUTY and not self._is_soft(u)]
        if not units:
            return None
        opened = [u for u in units if u.status not in _CLOSED]
        if not opened:
            return Block(
                "What the job involves",
                paragraph=f"All {len(units)} skills named among the duties are in your résumé."
                if len(units) > 1
                else "The skill named among the duties is in your résumé.",
            )
        lead = "Named among the duties and not in your résumé. These are not asked for as conditions; name what you have done."
        return Block("What the job involves", lead, _shortened([self._name(u) for u in opened]))

    # ── without a résumé ──

    def _asked(self) -> list[Block | None]:
        titles = {Strength.REQUIRED: "Required", Strength.PREFERRED: "Preferred"}
        blocks = [self._asked_block(title, strength) for strength, title in titles.items()]
        return [*blocks, self._gates(), self._phrases(), self._duties_asked(), self._credentials(), self._plan(), self._warnings()]

    def _asked_block(self, title: str, strength: Strength) -> Block | None:
        units = [u for u in self.units if u.strength is strength]
        soft = [self._name(u) for u in units if self._is_soft(u)]
        hard = [u for u in units if not self._is_soft(u)]
        items = [Item(*self._headed(together), quote) for together, quote in self._by_sentence(hard)]
        parts = [_part("", items)]
        if soft:
            parts.append(_part("Ways of working", [Item(joined(soft))]))
        return _block(title, parts)

    def _duties_asked(self) -> Block | None:
        names = [self._name(u) for u in self.units if u.strength is Strength.DUTY]
        return Block("What the job involves", "Named among the duties, not as conditions.", _shortened(names)) if names else None

    # ── both ──

    def _gates(self) -> Block | None:
        gates = self.report.gates
        lead = "Conditions that no short course replaces."
        return _block("Not closable by a credential", [_part("", [self._gate_item(gate) for gate in gates])], lead=lead)

    def _gate_item(self, gate: Gate) -> Item:
        known = self.report.resume is not None
        mark, tone = {True: ("met", Tone.GOOD), False: ("not met", Tone.BAD), None: ("cannot tell" if known else "", Tone.PART if known else Tone.PLAIN)}[
            gate.met
        ]
        if gate.met is False and gate.strength is not Strength.REQUIRED:
            mark, tone = "not shown", Tone.PART
        aside = ", ".join(filter(None, [wording.GATE_KINDS.get(gate.kind, ""), str(gate.strength)]))
        quote = snippet(self.posting_text, gate.posting_evidence[0].start, gate.posting_evidence[0].end) if gate.posting_evidence else ""
        notes = (wording.sentence(gate.detail),) if gate.detail and known else ()
        return Item(gate.name, aside, quote, notes, mark, tone)

    def _phrases(self) -> Block | None:
        phrases = self.report.phrases
        if not phrases:
            return None
        if self.report.resume is None:
            return Block("Also asked for", "Phrases that read as skills and are in no list of ours.", _shortened([quoted(p.ask.mention.text) for p in phrases]))
        shown = [quoted(p.ask.mention.text) for p in phrases if p.shown]
        parts = (
            _part("Not found in your résumé", self._open_phrases([p for p in phrases if not p.shown])),
            _part("Your résumé says much the same", [Item(_shortened(shown))] if shown else []),
        )
        return _block(
            "Also asked for", parts, lead="Phrases that read as skills and are in no list of ours; they are compared word by word and count for nothing above."
        )

    def _open_phrases(self, phrases: Sequence[PhraseGap]) -> list[Item]:
        """Phrases with the posting's words around them: by itself a short one ("code activity") can't be understood."""
        places = {p: (p.ask.mention.start, p.ask.mention.end) for p in phrases[:_COMPACT]}
        items = []
        for members, start, end in stretches(places, self.posting_text):
            texts, around = [p.ask.mention.text for p in members], snippet(self.posting_text, start, end)
            items.append(Item(", ".join(map(quoted, texts)), quote="" if around == texts[0] else around))
        more = len(phrases) - len(places)
        return [*items, Item(f"and {more} more")] if more else items

    def _credentials(self) -> Block | None:
        ranked = self.report.credentials
        if ranked:
            items = [
                Item(
                    r.credential.title,
                    r.credential.issuer.name,
                    notes=_said(
                        self._closings(r.closes),
                        f"{wording.hours(r.credential.hours)}; {wording.cost(r.credential.cost)}.",
                        _why(r.reasons),
                        _elsewhere(r, self.report.posting),
                    ),
                    link=r.credential.url or "",
                )
                for r in ranked
            ]
            return Block("Credentials that close it best", parts=(Part("", tuple(items)),), numbered=True)
        if any(u.status not in _CLOSED and u.strength in _ASKED for u in self.units):
            return Block(
                "Credentials", paragraph="No credential in the catalog closes any of this within your limits. Learn by doing, and show a piece of work."
            )
        return None

    def _closings(self, closes: Iterable[Closing]) -> str:
        """What a credential closes, and what it only narrows."""
        whole = [self._closing(c) for c in closes if c.share >= _WHOLE and c.match != "related"]
        part = [self._closing(c) for c in closes if c.share < _WHOLE or c.match == "related"]
        return " ".join(f"{word}: {', '.join(names)}." for word, names in (("Closes", whole), ("In part" if whole else "Closes in part", part)) if names)

    def _closing(self, closing: Closing) -> str:
        name = self.taxonomy.name(closing.skill)
        return f"{name} (what can be learnt of it; the {wording.years(closing.years)} asked for remain)" if closing.years else name

    def _step(self, step: Step) -> tuple[str, ...]:
        """What a step is for, and what it leaves open of that."""
        names, taught = [self.taxonomy.name(skill) for skill in step.closes], [self.taxonomy.name(skill) for skill in step.teaches]
        if taught:
            names.append(f"what can be learnt of {joined(taught)} (the years of work asked for remain)")
        return (f"For {joined(names)}.",) if names else ()

    def _plan(self) -> Block | None:
        plan = self.report.plan
        if not plan.steps:
            return None
        count = len(plan.steps)
        ready = (
            f" Your readiness would go from {percent(self.report.readiness)} to {percent(plan.readiness_after)}." if self.report.readiness is not None else ""
        )
        cost = self._plan_cost()
        best = (
            "No better choice exists in the catalog under your limits."
            if plan.optimal
            else f"A better choice may exist: up to {percent(plan.bound)} of the gap could be covered, this covers {percent(plan.coverage)}."
        )
        lead = f"{count} credential{'s' if count > 1 else ''}, about {wording.amount(plan.hours)} hours, {cost}.{ready} {best}"
        items = [
            Item(
                f"{wording.day(s.starts)} \u2013 {wording.day(s.ends)}: {s.credential.title}",
                f"{wording.amount(s.hours)} hours{'' if s.hours_known else ', assumed'}",
                notes=self._step(s),
            )
            for s in plan.steps
        ]
        notes = tuple(wording.sentence(note) for note in plan.notes)
        return Block("Plan", lead, parts=(_part("", items),), notes=notes)

    def _plan_cost(self) -> str:
        plan = self.report.plan
        unknown = [step.credential.title for step in plan.steps if step.cost is None]
        if len(unknown) == len(plan.steps):
            return "fees not known"
        known = wording.amounts(plan.costs)
        if len(plan.costs) > 1 and plan.cost is not None:
            known += f" (together {wording.money(plan.cost)} {plan.currency} at the rates given)"
        return f"{known}, without the fee of {joined(unknown)}, which is not known" if unknown else known

    def _left_over(self) -> Block | None:
        by_why: dict[str, list[str]] = {}
        # Ways of working stand above, with what to do about them.
        asked = {gap.need.skill for unit in self.units if unit.strength in _ASKED and not self._is_soft(unit) for gap in unit.gaps}
        for left in (left for left in self.report.plan.left_over if left.skill in asked):
            by_why.setdefault(left.why, []).append(self.taxonomy.name(left.skill))
        items = [Item(_shortened(names), notes=(wording.sentence(why),)) for why, names in by_why.items()]
        return _block("What stays open", [_part("", items)], tone=Tone.PART)

    def _warnings(self) -> Block | None:
        return _block("Please note", [], notes=tuple(dict.fromkeys(self.report.warnings)), tone=Tone.PART)

    # ── words for one unit ──

    def _name(self, unit: Unit) -> str:
        names = [self.taxonomy.name(gap.need.skill) for gap in sorted(unit.gaps, key=_first_place)]
        return names[0] if len(names) == 1 else f"one of: {', '.join(names)}"

    def _wanted(self, gap: Gap) -> str:
        """Years and level asked for, and whether it is time in a field."""
        years = f"{wording.years(gap.need.years)} or more" if gap.need.years else ""
        level = f"{gap.need.level} level" if gap.need.level else ""
        return ", ".join(filter(None, [years, level, "experience" if gap.need.experience else ""]))

    def _quote(self, gap: Gap) -> str:
        mention = strongest_ask(gap).mention
        return snippet(self.posting_text, mention.start, mention.end)

    def _shown_as(self, have: Have | None) -> str:
        proof = next((p for p in have.proofs if not p.mention.negated), None) if have is not None else None
        return f"Your résumé: {quoted(snippet(self.resume_text, proof.mention.start, proof.mention.end))}." if proof is not None else ""

    def _type(self, gap: Gap) -> SkillType:
        skill = self.taxonomy.get(gap.need.skill)
        return skill.type if skill is not None else SkillType.TECHNICAL

    def _is_soft(self, unit: Unit) -> bool:
        return all(self._type(gap) is SkillType.SOFT for gap in unit.gaps)

    def _teachable(self, gap: Gap) -> bool:
        skill = self.taxonomy.get(gap.need.skill)
        return not gap.need.experience and (skill is None or skill.teachable)


def _said(*notes: str) -> tuple[str, ...]:
    return tuple(note for note in notes if note)


def _elsewhere(ranked: Ranked, posting: Extraction) -> str:
    """Said of what counts in other countries than that of the job."""
    away = any(closing.abroad for closing in ranked.closes)
    return f"Mind: {counts_elsewhere(ranked.credential, posting)}. Ask there whether it is accepted." if away else ""


def _why(reasons: Iterable[Reason]) -> str:
    """The reasons beside what is closed, which stands there already."""
    best = wording.top_reasons(reason for reason in reasons if reason.factor != "coverage")
    return "Why: " + " ".join(wording.sentence(reason.detail) for reason in best) if best else ""


def _place_of(unit: Unit) -> tuple[int, int]:
    """Where the words stand that a unit is quoted by: of alternatives, all of them where they stand close."""
    spans = [(ask.mention.start, ask.mention.end) for ask in map(strongest_ask, unit.gaps)]
    start, end = min(s for s, _ in spans), max(e for _, e in spans)
    return (start, end) if end - start <= STRETCH else spans[0]


def strongest_ask(gap: Gap) -> Ask:
    """The ask that a need is quoted by: the first of its strongest, outside the title where there is one."""
    return min(gap.need.asks, key=lambda ask: (_STRENGTH_ORDER.index(ask.strength), ask.section is SectionKind.TITLE, ask.mention.start))


def proof_words(proof: Proof) -> str:
    """How a résumé shows a mention: "used as Nurse at St Ann's, 2019 to 2021"."""
    words = wording.EVIDENCES[proof.evidence]
    role = proof.role
    if role is None or proof.evidence is not Evidence.USED:
        return words
    title = f" as {role.title}" if role.title else ""
    employer = f" at {role.employer}" if role.employer else ""
    begun = f", {wording.month(role.start)}" if role.start else ""
    ended = f" to {'now' if role.present else wording.month(role.end)}" if role.present or role.end else ""
    return f"{words}{title}{employer}{begun}{ended}"


def _first_place(gap: Gap) -> tuple[int, str]:
    return min(ask.mention.start for ask in gap.need.asks), gap.need.skill


def _part(heading: str, items: Sequence[Item]) -> Part:
    return Part(heading, tuple(items))


def _block(title: str, parts: Iterable[Part], *, lead: str = "", tone: Tone = Tone.PLAIN, notes: tuple[str, ...] = ()) -> Block | None:
    """A block of the parts that hold something, and notes; None where there is neither."""
    filled = tuple(part for part in parts if part.items)
    return Block(title, lead, parts=filled, tone=tone, notes=notes) if filled or notes else None


def _shortened(names: Sequence[str]) -> str:
    if len(names) <= _COMPACT:
        return ", ".join(names)
    return f"{', '.join(names[:_COMPACT])} and {len(names) - _COMPACT} more"


def _readiness_note(readiness: float | None) -> str:
    if readiness is None:
        return ""
    reach = "From 80% a posting counts as within reach." if readiness < WITHIN_REACH else "From 80% a posting counts as within reach: this one does."
    return f"the share of the skills asked for that your résumé shows or names, the more strongly asked counting more. {reach}"


_VERDICT_TONES = {
    VerdictName.APPLY_NOW: Tone.GOOD,
    VerdictName.SHOW_EVIDENCE: Tone.GOOD,
    VerdictName.NOT_CLOSABLE: Tone.BAD,
    VerdictName.NOTHING_RECOGNISED: Tone.PLAIN,
}


def _verdict_tone(name: VerdictName) -> Tone:
    return _VERDICT_TONES.get(name, Tone.PART)


__all__ = ["FOOTER", "Block", "GateKind", "Item", "Part", "Tone", "Unit", "View", "proof_words", "strongest_ask", "units_of", "view_of"]
