"""How a résumé shows each mention: listed, used (in which role), studied, certified, aspiring, negated."""

from __future__ import annotations

import re
from dataclasses import replace

from mcgap.files import word_list
from mcgap.lengths import Length
from mcgap.levels import find_levels
from mcgap.profile.names import find_names
from mcgap.profile.roles import kind_at
from mcgap.records import Education, Evidence, Mention, Proof, Role, Section, SectionKind
from mcgap.text import Words

_EVIDENCE = {
    SectionKind.EXPERIENCE: Evidence.USED,
    SectionKind.PROJECTS: Evidence.USED,
    SectionKind.EDUCATION: Evidence.EDUCATION,
    SectionKind.CERTIFICATIONS: Evidence.CERTIFIED,
    SectionKind.LEARNING: Evidence.ASPIRING,
    SectionKind.INTERESTS: Evidence.LISTED,
}
_CONTACT = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?:https?://|www\.)\S+|\b[\w-]+\.(?:com|org|net|io|co\.uk|edu)(?:/\S*)?", re.IGNORECASE)
# Two to four capitalised words alone on the first line.
_NAME_LINE = re.compile(r"\s*(?:[A-Z][\w'\u2019.-]*[ \t]+){1,3}[A-Z][\w'\u2019.-]*[ \t]*(?=\n)")
_ADDRESS = re.compile(
    r"\s?(?:://|\.(?:com|org|io|net)\b|:\s*(?:https?:|www\.|/|@|[\w-]+\.(?:com|io))|/[a-z0-9-]{3,}|\s*[|:]?\s*(?:@|linkedin|profile\b)|\s+(?:stars|followers)\b)",
    re.IGNORECASE,
)
_ASPIRING = re.compile(
    r"\b(?:(?:currently|now|presently|still)\s+(?:learning|studying|pursuing|taking|undertaking|working towards?)"
    r"|learning\s*:|(?:want|wish|hope|eager|keen|aim|looking|plan(?:ning)?|like|aspir\w+)\s+to\s+"
    r"(?:learn|become|get into|study|acquire|move into|gain)|interest(?:ed)?\s+in\s+(?:learning|studying|pursuing)|in progress|pursuing"
    r"|working towards?|aspiring|beginner in|exploring)\b[^.\n;\u2022]{0,60}$",
    re.IGNORECASE,
)
_NEGATED = re.compile(
    r"\b(?:no|without|lack(?:s|ing)?|don'?t have|do not have|not (?:yet )?(?:have|used|worked|experienced)|never (?:used|worked)"
    r"|limited to no|little or no|zero)\s+(?:[\w-]+\s+){0,4}$",
    re.IGNORECASE,
)
_NOT_NEGATED = re.compile(
    r"\b(?:no (?:later|less|fewer|more)|without (?:supervision|any|a|interruption|the need|compromising|sacrificing|downtime)|not only)\b", re.IGNORECASE
)
_FIELD_REACH = 60
_ENDS_FIELD = re.compile(r"[\n;:]|\. ")
_FAR_AFTER, _FAR_BEFORE = 30, 50
# "5 years of", "3+ years' experience with hands-on": what may stand between a length and its skill.
_GOVERNED = re.compile(
    r"['\u2019]?\s*(?:of\s+)?(?:[\w-]+ +){0,3}(?:experience +)?(?:in|with|of|as|on|using|working with|working in|hands-on)? *(?:[\w-]+ *(?:,|/|and)? *){0,4}"
)
_GOVERNS_NEXT = re.compile(r"['\u2019]?\s*(?:experience\s+)?(?:of|in|with|using)\s+\w", re.IGNORECASE)
# "Used Python to ...", "managed a team": a verb of work makes a list entry a use even under no heading.
_WORK_VERB = re.compile(
    r"\b(?:led|managed|built|developed|designed|created|implemented|maintained|delivered|wrote|analy[sz]ed|configured|deployed|tested"
    r"|coordinated|prepared|handled|organi[sz]ed|administered|operated|installed|repaired|"
    r"trained|supervised|supported|worked|working|used|using|performed|conducted|responsible for|involved in|achieved|launched|migrated"
    r"|automated|taught|assisted|provided|processed|reviewed|planned|resolved|generated)\b",
    re.IGNORECASE,
)


def find_proofs(
    words: Words, mentions: tuple[Mention, ...], sections: tuple[Section, ...], roles: tuple[Role, ...], lengths: tuple[Length, ...]
) -> tuple[Proof, ...]:
    """Each mention as the résumé shows it, in order. Negated ones are kept and marked."""
    text = words.text
    proofs = []
    headings = [s.heading for s in sections if s.heading is not None]
    others = [(s.start, s.end) for s in sections if s.heading is not None and s.heading.text.lower() in word_list("no_proof_headings")]
    personal, names = [*_personal(text), *others], find_names(text)
    levels = find_levels(words, mentions, [m.start - len(_line(text, m)[0]) for m in mentions])
    for n, mention in enumerate(mentions):
        if any(h.start <= mention.start < h.end for h in headings) or any(a <= mention.start < b for a, b in personal) or _is_address(text, mention):
            continue
        if mention.skill is None and any(mention.text in (name or "") for role in roles for name in (role.title, role.employer)):
            continue
        if any(a <= mention.start and (mention.skill is None or mention.end <= b) for a, b in names if mention.start < b):
            continue
        kind = kind_at(mention.start, sections)
        role = next((r for r in reversed(roles) if r.span.start <= mention.start < r.span.end), None)
        following = mentions[n + 1].start if n + 1 < len(mentions) else len(text)
        years = _stated_years(text, mention, lengths, following)
        evidence = _evidence(text, mention, kind, role)
        if _is_negated(text, mention):
            mention = replace(mention, negated=True)
        last = role.end if role is not None and evidence is Evidence.USED else None
        proofs.append(Proof(mention, evidence, kind, years, last, levels.get(n), role if evidence is Evidence.USED else None))
    return tuple(proofs)


def part_studied(proofs: tuple[Proof, ...], education: tuple[Education, ...], text: str) -> tuple[tuple[Proof, ...], tuple[Proof, ...]]:
    """Proofs apart from those that are the field of a degree on the same line: "B.Sc. in Computer Science"."""

    def is_field(proof: Proof) -> bool:
        start = proof.mention.start
        if proof.evidence is not Evidence.EDUCATION:
            return False
        return any(_follows(e.span.end, start, text) or e.span.start <= start < e.span.end for e in education)

    fields = tuple(p for p in proofs if is_field(p))
    return tuple(p for p in proofs if p not in fields), fields


def _follows(end: int, start: int, text: str) -> bool:
    return 0 <= start - end <= _FIELD_REACH and not _ENDS_FIELD.search(text[end:start])


def _personal(text: str) -> list[tuple[int, int]]:
    """What is no skill whatever it spells: the name line at the top, mail addresses, links."""
    spans = [m.span() for m in _CONTACT.finditer(text)]
    name = _NAME_LINE.match(text)
    return [*spans, name.span()] if name else spans


def _is_address(text: str, mention: Mention) -> bool:
    """Whether a mention is part of a link or names a profile: "github.com/ann", "LinkedIn: /in/ann"."""
    return _ADDRESS.match(text, mention.end) is not None or text[: mention.start].endswith(("://", "www.", "@"))


def _line(text: str, mention: Mention) -> tuple[str, str]:
    """What stands before and after a mention in its sentence or bullet."""
    start = max(text.rfind(mark, 0, mention.start) for mark in ("\n", ". ", "\u2022", ";"))
    ends = [k for k in (text.find(mark, mention.end) for mark in ("\n", ". ", "\u2022", ";")) if k >= 0]
    return text[start + 1 : mention.start], text[mention.end : min(ends, default=len(text))]


def _evidence(text: str, mention: Mention, kind: SectionKind, role: Role | None) -> Evidence:
    before, after = _line(text, mention)
    if _ASPIRING.search(before) or re.match(r"\s*\(?(?:in progress|learning|currently learning|beginner|expected)\b", after, re.IGNORECASE):
        return Evidence.ASPIRING
    known = _EVIDENCE.get(kind)
    if known is not None:
        return known
    if kind in (SectionKind.INTRO, SectionKind.SUMMARY) and role is not None:
        return Evidence.USED
    if kind is SectionKind.INTRO and _WORK_VERB.search(before[-120:]):
        return Evidence.USED
    return Evidence.LISTED


def _is_negated(text: str, mention: Mention) -> bool:
    before, _ = _line(text, mention)
    return _NEGATED.search(before[-60:]) is not None and not _NOT_NEGATED.search(before[-60:])


def _stated_years(text: str, mention: Mention, lengths: tuple[Length, ...], following: int) -> float | None:
    """Years stated for this mention: "Python - 6 months" after it and before the next one, else the last "5 years of" before it."""
    for length in lengths:
        near = mention.end <= length.start < following and length.start - mention.end <= _FAR_AFTER
        if near and not re.search(r"[\n;.]", text[mention.end : length.start]) and not _GOVERNS_NEXT.match(text, length.end):
            return length.years
    for length in reversed(lengths):
        gap = text[length.end : mention.start] if length.end <= mention.start else None
        if gap is not None and len(gap) <= _FAR_BEFORE and _GOVERNED.fullmatch(gap):
            return length.years
    return None
