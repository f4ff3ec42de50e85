"""How well extraction finds what people labelled: distinct skills, strength, years, alternatives, traps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from mcgap.evaluation.labels import Labelled, LabelledDocument
from mcgap.pipeline import Analyzer
from mcgap.records import Document, DocumentKind, Extraction, Strength
from mcgap.text import overlaps

_ASKED = {DocumentKind.POSTING: {"required", "preferred"}, DocumentKind.RESUME: {"listed", "used", "education", "certified"}}
_STRENGTHS = [str(s) for s in Strength]
_YEARS_TOLERANCE = 0.26
_OF_LISTED = {"years right": "years, of listed", "alternatives joined": "alternatives, of listed"}  # as read by who passes over `unlisted` of the JSON
_SHARES = ("traps taken", "strength right", *[name for pair in _OF_LISTED.items() for name in pair], "negated left out")

Found = Mapping[str, list[Labelled]]


@dataclass(slots=True)
class Tally:
    """Counts behind a precision and a recall."""

    gold: int = 0
    gold_found: int = 0
    predicted: int = 0
    predicted_right: int = 0

    @property
    def precision(self) -> float:
        return self.predicted_right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        return self.gold_found / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p + r else 0.0


@dataclass(slots=True)
class Share:
    hits: int = 0
    total: int = 0

    def add(self, hit: bool) -> None:
        self.hits += hit
        self.total += 1

    @property
    def value(self) -> float:
        return self.hits / self.total if self.total else 1.0


def score_extraction(
    documents: Iterable[LabelledDocument], kind: DocumentKind, analyzer: Analyzer, progress: Callable[[str], None] = lambda _: None
) -> dict[str, float]:
    """Measures over labelled documents.

    Years and alternatives are given twice: of all that is found, and of skills of the list alone.

    A distinct skill is one canonical name in the labels, one id (or unlisted phrase) in the extraction; it is
    found when one of its mentions overlaps one of the other side by at least 40 % of the longer. Degrees are left out.
    """
    tallies = {name: Tally() for name in ("asked", "asked hard", "all")}
    shares = {name: Share() for name in _SHARES}
    for document in documents:
        progress(document.stem)
        extraction = analyzer.extract(Document(document.text, document.stem, kind))
        _score_document(document, extraction, kind, tallies, shares)
    measures: dict[str, float] = {}
    for name, tally in tallies.items():
        measures |= {f"{name} precision": tally.precision, f"{name} recall": tally.recall, f"{name} f1": tally.f1}
    measures |= {name: share.value for name, share in shares.items() if share.total and (kind is DocumentKind.POSTING or name == "traps taken")}
    return {name: round(value, 4) for name, value in measures.items()}


def _score_document(document: LabelledDocument, extraction: Extraction, kind: DocumentKind, tallies: dict[str, Tally], shares: dict[str, Share]) -> None:
    gold = _by_skill(m for m in document.mentions if not m.negated)
    found = {
        skill: mentions
        for skill, mentions in _by_skill(m for m in _found(extraction) if not m.negated).items()
        if not all(any(overlaps(_span(m), degree) for degree in document.degrees) for m in mentions)
    }
    asked = _ASKED[kind]
    gold_asked = {skill: ms for skill, ms in gold.items() if any(m.level in asked for m in ms)}
    found_asked = {skill: ms for skill, ms in found.items() if any(m.level in asked for m in ms)} if kind is DocumentKind.POSTING else found
    target = gold_asked if kind is DocumentKind.POSTING else gold
    soft = [_span(m) for ms in gold.values() for m in ms if m.kind == "soft"]
    _count(tallies["asked"], gold_asked, found_asked, found_asked, target)
    _count(
        tallies["asked hard"],
        {skill: ms for skill, ms in gold_asked.items() if not all(m.kind == "soft" for m in ms)},
        {skill: ms for skill, ms in found_asked.items() if not all(any(overlaps(_span(m), s) for s in soft) for m in ms)},
        found_asked,
        target,
    )
    _count(tallies["all"], gold, found, found, gold)
    for trap in document.traps:
        shares["traps taken"].add(any(overlaps(_span(m), trap) for ms in found.values() for m in ms))
    if kind is DocumentKind.POSTING:
        _score_asks(document, gold, found, shares)


def _score_asks(document: LabelledDocument, gold: Found, found: Found, shares: dict[str, Share]) -> None:
    for mentions in gold.values():
        matched = [n for ns in found.values() for n in ns if any(overlaps(_span(n), _span(m)) for m in mentions)]
        if not matched:
            continue
        shares["strength right"].add(_strongest(mentions) == _strongest(matched))
        years = [m.years for m in mentions if m.years]
        if years:
            right = [n for n in matched if n.years and abs(n.years - years[0]) < _YEARS_TOLERANCE]
            _add(shares, "years right", [_is_listed(n) for n in right])
    grouped = [m for ms in gold.values() for m in ms if m.group]
    for i, a in enumerate(grouped):
        for b in grouped[i + 1 :]:
            if a.group == b.group and a.skill != b.skill:
                with_a = [n for ns in found.values() for n in ns if overlaps(_span(n), _span(a))]
                with_b = [n for ns in found.values() for n in ns if overlaps(_span(n), _span(b))]
                if with_a and with_b:
                    joined = [(x, y) for x in with_a for y in with_b if x.group and x.group == y.group]
                    _add(shares, "alternatives joined", [_is_listed(x) and _is_listed(y) for x, y in joined])
    for m in document.mentions:
        if m.negated:
            shares["negated left out"].add(not any(overlaps(_span(n), _span(m)) for ns in found.values() for n in ns))


def _add(shares: dict[str, Share], name: str, listed: list[bool]) -> None:
    """Counts what was found, each with whether the list holds it."""
    shares[name].add(bool(listed))
    shares[_OF_LISTED[name]].add(any(listed))


_UNLISTED = "?"


def _is_listed(mention: Labelled) -> bool:
    return not mention.skill.startswith(_UNLISTED)


def _found(extraction: Extraction) -> Iterable[Labelled]:
    for ask in extraction.asks:
        m = ask.mention
        yield Labelled(m.skill or f"{_UNLISTED}{m.text.casefold()}", m.start, m.end, "", str(ask.strength), ask.group, ask.years, m.negated)
    for proof in extraction.proofs:
        m = proof.mention
        yield Labelled(m.skill or f"{_UNLISTED}{m.text.casefold()}", m.start, m.end, "", str(proof.evidence), None, proof.years, m.negated)


def _by_skill(mentions: Iterable[Labelled]) -> dict[str, list[Labelled]]:
    grouped: dict[str, list[Labelled]] = defaultdict(list)
    for mention in mentions:
        grouped[mention.skill].append(mention)
    return dict(grouped)


def _count(tally: Tally, gold: Found, predicted: Found, against_predicted: Found, against_gold: Found) -> None:
    tally.gold += len(gold)
    tally.gold_found += sum(_hit(mentions, against_predicted) for mentions in gold.values())
    tally.predicted += len(predicted)
    tally.predicted_right += sum(_hit(mentions, against_gold) for mentions in predicted.values())


def _hit(mentions: list[Labelled], others: Found) -> bool:
    return any(overlaps(_span(m), _span(n)) for m in mentions for ns in others.values() for n in ns)


def _span(mention: Labelled) -> tuple[int, int]:
    return mention.start, mention.end


def _strongest(mentions: list[Labelled]) -> str | None:
    return min((m.level for m in mentions), key=lambda level: _STRENGTHS.index(level) if level in _STRENGTHS else len(_STRENGTHS))
