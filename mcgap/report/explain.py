"""``--explain``: the way from the posting's words over the résumé's to each status, score and mention."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from mcgap.records import Ask, Extraction, Gap, Mention, Proof, Ranked, Report, Span
from mcgap.report.view import Block, Item, Part, Tone, View, proof_words
from mcgap.report.wording import quoted, sentence, snippet
from mcgap.taxonomy import Taxonomy

# How a mention was found, in words.
HOW = {
    "exact": "written as in the skill list",
    "spelling": "another spelling of a name in the skill list",
    "typo": "a near spelling of a name in the skill list",
    "kin": "the words of a skill in the list, in other forms or another order",
    "meaning": "near in meaning to a skill in the list",
    "list": "an item of a list of skills",
    "tagger": "a phrase that the trained tagger takes for a skill",
    "coordination": "said in short for words joined by \u201cand\u201d or \u201cor\u201d",
    "undecided": "a word with other meanings, too, that the words beside it make the name of a skill",
    "shown": "not named, but the words say it",
}
STATUSES = {"met": Tone.GOOD, "claimed": Tone.PART, "learning": Tone.PART, "partial": Tone.PART, "stale": Tone.PART, "missing": Tone.BAD}
_EACH = "Points add up to the score."


def explained(view: View, report: Report, taxonomy: Taxonomy) -> View:
    """A view with the walk of every need, the points of every credential, and the candidates that were not taken."""
    walks = tuple(_walk(gap, report, taxonomy) for gap in report.gaps)
    scores = tuple(_score(ranked) for ranked in report.credentials)
    blocks = (
        Block(
            "How each skill was judged",
            "From the posting to your résumé to the status." if report.resume else "Where the posting asks for each.",
            parts=(Part("", walks),),
        ),
        Block("How each credential was scored", _EACH, parts=(Part("", scores),)),
        dropped_block("Not taken from the posting", report.posting, taxonomy),
        dropped_block("Not taken from the résumé", report.resume, taxonomy),
    )
    return replace(view, blocks=(*view.blocks, *(b for b in blocks if b is not None and any(p.items for p in b.parts))))


def dropped_block(title: str, extraction: Extraction | None, taxonomy: Taxonomy) -> Block | None:
    """The candidates of an extraction that were not taken, and why not; None where there are none."""
    if extraction is None or not extraction.dropped:
        return None
    text = extraction.document.text
    items = tuple(
        Item(f"{quoted(m.text)} as {taxonomy.name(m.skill) if m.skill else 'a skill'}", _place(m), snippet(text, m.start, m.end), (sentence(m.dropped or ""),))
        for m in extraction.dropped
    )
    return Block(title, "Words that can name a skill and were read as something else.", parts=(Part("", items),))


def ask_note(ask: Ask) -> str:
    """Why a posting's mention counts as it does."""
    cue = f" because of {quoted(ask.cue.text)} {_place(ask.cue)}" if ask.cue is not None else ""
    extras = [f"one of group {ask.group}" if ask.group else "", f"{ask.years:g} years" if ask.years else "", f"{ask.level} level" if ask.level else ""]
    extras.append("as time spent in the field" if ask.experience else "")
    negated = "; said not to be needed, so it counts for nothing" if ask.mention.negated else ""
    return sentence(f"{_how(ask.mention)}; in the part {_words(ask.section)!r}; {ask.strength}{cue}{_listed(extras)}{negated}")


def proof_note(proof: Proof) -> str:
    """Why a résumé's mention counts as it does."""
    extras = [f"{proof.years:g} years stated" if proof.years else "", f"{proof.level} level" if proof.level else ""]
    negated = "; said not to be there, so it counts for nothing" if proof.mention.negated else ""
    return sentence(f"{_how(proof.mention)}; in the part {_words(proof.section)!r}; {proof_words(proof)}{_listed(extras)}{negated}")


def _walk(gap: Gap, report: Report, taxonomy: Taxonomy) -> Item:
    need = gap.need
    notes = [f"Posting {_place(a.mention)}: {quoted(snippet(report.posting.document.text, a.mention.start, a.mention.end))}. {ask_note(a)}" for a in need.asks]
    if report.resume is not None:
        text = report.resume.document.text
        proofs = gap.have.proofs if gap.have is not None else ()
        notes += [f"Résumé {_place(p.mention)}: {quoted(snippet(text, p.mention.start, p.mention.end))}. {proof_note(p)}" for p in proofs]
        if gap.nearest is not None:
            notes.append(f"{taxonomy.name(gap.nearest.skill)} stands to it as {gap.nearest.kin} and counts {gap.nearest.grade:.0%}.")
        notes.append(_conclusion(gap))
    head = f"{taxonomy.name(need.skill)}: {gap.status}" if report.resume is not None else taxonomy.name(need.skill)
    tone = STATUSES[str(gap.status)] if report.resume is not None else Tone.PLAIN
    return Item(head, f"{need.strength}, importance {need.importance:.2f}", notes=tuple(notes), tone=tone)


def _conclusion(gap: Gap) -> str:
    closed = " An alternative of the same group closes it." if gap.closed_by_group else ""
    return f"So it is {gap.status}: {gap.detail or 'nothing more is known'}; {gap.shortfall:.0%} of it stays open.{closed}"


def _score(ranked: Ranked) -> Item:
    notes = tuple(f"{reason.points:+.3f} {reason.factor}: {reason.detail}" for reason in ranked.reasons)
    return Item(f"{ranked.rank}. {ranked.credential.title}", f"score {ranked.score:.3f}", notes=notes)


def _place(at: Mention | Span) -> str:
    return f"characters {at.start}\u2013{at.end}"


def _how(mention: Mention) -> str:
    return mention.why or HOW.get(mention.how, mention.how)


def _words(kind: object) -> str:
    return str(kind).replace("_", " ")


def _listed(extras: Iterable[str]) -> str:
    return "".join(f"; {extra}" for extra in extras if extra)
