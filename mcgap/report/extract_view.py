"""What an extraction says to a person."""

from __future__ import annotations

from collections.abc import Iterable

from mcgap.coverage import shared_groups
from mcgap.records import Ask, DocumentKind, Evidence, Extraction, Have, Proof, Strength
from mcgap.report.explain import ask_note, dropped_block, proof_note
from mcgap.report.payload import requirement_of, strongest
from mcgap.report.view import Block, Item, Part, Tone, View
from mcgap.report.wording import quoted, snippet, stretches, years
from mcgap.taxonomy import Taxonomy

# requirement -> its heading, in the order of the report
HEADINGS = {
    str(Strength.REQUIRED): "Required",
    str(Strength.PREFERRED): "Preferred",
    str(Strength.DUTY): "Named among the duties",
    str(Strength.MENTIONED): "Mentioned, not asked for",
    str(Evidence.USED): "Used in a job or project",
    str(Evidence.CERTIFIED): "Shown by a certificate",
    str(Evidence.EDUCATION): "Studied",
    str(Evidence.LISTED): "Listed",
    str(Evidence.ASPIRING): "Being learnt",
}
Found = Ask | Proof
_NO_HAVES: tuple[Have, ...] = ()


def extraction_view(extraction: Extraction, taxonomy: Taxonomy, *, haves: Iterable[Have] = _NO_HAVES, explain: bool = False) -> View:
    """An extraction as blocks: skills by how strongly they are asked for or shown, unlisted phrases, education, warnings."""
    found: list[Found] = [*extraction.asks, *extraction.proofs]
    held = {have.skill: have.years for have in haves}
    blocks = [
        *_skill_blocks(extraction, found, taxonomy, held, explain),
        _unlisted(extraction, found, explain),
        _education(extraction),
        _total_years(extraction),
        _negated(extraction, found, taxonomy),
        dropped_block("Not taken", extraction, taxonomy) if explain else None,
        _warnings(extraction),
    ]
    document = extraction.document
    counted = {f.mention.skill for f in found if f.mention.skill is not None and not f.mention.negated}
    what = "job posting" if document.kind is DocumentKind.POSTING else "résumé"
    title = document.title or ("Job posting" if document.kind is DocumentKind.POSTING else "Résumé")
    subtitle = f"{len(counted)} skill{'' if len(counted) == 1 else 's'} in the {what} {document.source}"
    return View(title, subtitle, "", Tone.PLAIN, None, "", tuple(b for b in blocks if b is not None), ())


def _skill_blocks(extraction: Extraction, found: list[Found], taxonomy: Taxonomy, held: dict[str, float | None], explain: bool) -> list[Block]:
    by_skill: dict[str, list[Found]] = {}
    for item in found:
        if item.mention.skill is not None and not item.mention.negated:
            by_skill.setdefault(item.mention.skill, []).append(item)
    shared = shared_groups(extraction.asks)
    by_requirement: dict[str, list[str]] = {}
    for skill, members in by_skill.items():
        by_requirement.setdefault(strongest(members), []).append(skill)
    blocks = []
    for requirement, heading in HEADINGS.items():
        skills = by_requirement.get(requirement, [])
        if explain:
            items = [Item(*_headed(s, by_skill[s], taxonomy, held, shared), notes=_walks(by_skill[s], extraction.document.text)) for s in skills]
        else:
            items = _quoted(skills, by_skill, extraction.document.text, taxonomy, held, shared)
        if items:
            blocks.append(Block(heading, parts=(Part("", tuple(items)),)))
    return blocks


def _quoted(
    skills: list[str], by_skill: dict[str, list[Found]], text: str, taxonomy: Taxonomy, held: dict[str, float | None], shared: frozenset[str]
) -> list[Item]:
    """Skills with the words that name them; those that one short stretch of one sentence names stand together."""
    places = {skill: _place(by_skill[skill]) for skill in skills}
    items = []
    for members, start, end in stretches(places, text):
        headed = [_headed(skill, by_skill[skill], taxonomy, held, shared) for skill in members]
        quote = snippet(text, start, end)
        if len({aside for _, aside in headed}) == 1:
            items.append(Item("; ".join(name for name, _ in headed), headed[0][1], quote))
        else:
            items.append(Item("; ".join(f"{name} ({aside})" if aside else name for name, aside in headed), quote=quote))
    return items


def _place(members: list[Found]) -> tuple[int, int]:
    """Where the first of the strongest mentions of a skill stands."""
    requirement = strongest(members)
    first = next(m.mention for m in members if requirement_of(m) == requirement)
    return first.start, first.end


def _headed(skill: str, members: list[Found], taxonomy: Taxonomy, held: dict[str, float | None], shared: frozenset[str]) -> tuple[str, str]:
    """The name of a skill, and its type, years, level and group."""
    row = taxonomy.get(skill)
    requirement = strongest(members)
    first = next(m for m in members if requirement_of(m) == requirement)
    length = held.get(skill) or max((m.years for m in members if m.years), default=None)
    level = next((m.level for m in members if m.level), None)
    group = first.group if isinstance(first, Ask) and first.group in shared else None
    parts = [str(row.type) if row else "", years(length) if length else "", f"{level} level" if level else "", f"one of group {group}" if group else ""]
    return taxonomy.name(skill), ", ".join(part for part in parts if part)


def _walks(members: list[Found], text: str) -> tuple[str, ...]:
    return tuple(_walk(member, text) for member in members)


def _walk(item: Found, text: str) -> str:
    mention = item.mention
    note = ask_note(item) if isinstance(item, Ask) else proof_note(item)
    return f"Characters {mention.start}\u2013{mention.end}: {quoted(snippet(text, mention.start, mention.end))}. {note}"


def _unlisted(extraction: Extraction, found: list[Found], explain: bool) -> Block | None:
    phrases = [f for f in found if f.mention.skill is None and not f.mention.negated]
    if not phrases:
        return None
    lead = "Phrases that read as skills and are in no list."
    if explain:
        return Block("Also named", lead, parts=(Part("", tuple(Item(quoted(f.mention.text), notes=(_walk(f, extraction.document.text),)) for f in phrases)),))
    return Block("Also named", lead, ", ".join(quoted(words) for words in dict.fromkeys(f.mention.text for f in phrases)))


def _education(extraction: Extraction) -> Block | None:
    text = extraction.document.text
    asked = extraction.document.kind is DocumentKind.POSTING
    items = tuple(
        Item(
            e.level.replace("-", " ").replace("_", " ").capitalize() + (f" in {', '.join(e.fields)}" if e.fields else ""),
            ", ".join(filter(None, [str(e.strength) if asked else "", "or equivalent experience" if e.or_experience else ""])),
            snippet(text, e.span.start, e.span.end),
        )
        for e in extraction.education
    )
    return Block("Education", parts=(Part("", items),)) if items else None


def _total_years(extraction: Extraction) -> Block | None:
    text = extraction.document.text
    items = tuple(Item(f"{years(y.years)} in all", str(y.strength), snippet(text, y.span.start, y.span.end)) for y in extraction.years)
    return Block("Experience", parts=(Part("", items),)) if items else None


def _negated(extraction: Extraction, found: list[Found], taxonomy: Taxonomy) -> Block | None:
    items = tuple(
        Item(
            taxonomy.name(f.mention.skill) if f.mention.skill else quoted(f.mention.text), "", snippet(extraction.document.text, f.mention.start, f.mention.end)
        )
        for f in found
        if f.mention.negated
    )
    title = "Said not to be needed" if extraction.document.kind is DocumentKind.POSTING else "Said not to be there"
    return Block(title, parts=(Part("", items),)) if items else None


def _warnings(extraction: Extraction) -> Block | None:
    notes = tuple(dict.fromkeys(extraction.warnings))
    return Block("Please note", notes=notes, tone=Tone.PART) if notes else None
