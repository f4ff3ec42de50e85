"""How a résumé shows each mention: listed, used (in which role), studied, certified, aspiring, negated."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import accumulate
from operator import attrgetter

from mcgap.disclaimers import Disclaimed, is_negated
from mcgap.files import word_list
from mcgap.lengths import Length
from mcgap.levels import find_levels
from mcgap.profile.names import find_employers, find_names, find_own_name
from mcgap.profile.roles import kind_at
from mcgap.records import Disclaimer, Education, Evidence, Mention, Proof, Role, Section, SectionKind, SkillType
from mcgap.taxonomy import Taxonomy
from mcgap.text import Words

_EVIDENCE = {
    SectionKind.EXPERIENCE: Evidence.USED,
    SectionKind.PROJECTS: Evidence.USED,
    SectionKind.EDUCATION: Evidence.EDUCATION,
    SectionKind.CERTIFICATIONS: Evidence.CERTIFIED,
    SectionKind.LEARNING: Evidence.ASPIRING,
}
_TICKETS = frozenset({SkillType.LANGUAGE, SkillType.LICENCE, SkillType.CERTIFICATION})
_LINK = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?:https?://|www\.)\S+", re.IGNORECASE)
_DOMAIN = re.compile(r"(?<![\w-])([\w-]+\.(?:com|org|net|io|co\.uk|edu))(?:/\S*|\b)", re.IGNORECASE)
# "12 Java Street, Mobile": a line that begins with a house number.
_STREET = re.compile(
    r"(?m)^[ \t]*(?:address[ \t:]*)?(?:(?:flat|apt|apartment|unit|suite|no)\b\.?[ \t]*\w{1,5}[ ,]+)?\d{1,5}[a-z]?,?[ \t]+"
    r"(?!years?\b|yrs?\b|months?\b)(?:[\w'\u2019.-]+[ \t]+){1,4}"
    r"(?:street|st|road|rd|lane|ln|way|avenue|ave|drive|dr|court|ct|close|crescent|boulevard|blvd|place|pl|square|terrace|parkway)\b[^\n|\u2022]{0,80}",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"[ \t]?://|\.(?:com|org|io|net)\b", re.IGNORECASE)
# What makes the name of a site that of a person's own page there; "HTML/CSS" and "Python | LinkedIn" hold no address.
_PROFILE = re.compile(
    r"\s?(?::\s*(?:https?:|www\.|/|@|[\w-]+\.(?:com|io)|[\w.+-]+@)|/[a-z0-9-]{3,}|\s*[|:]?\s*(?:@|linkedin|profile\b)|\s+(?:stars|followers)\b)",
    re.IGNORECASE,
)
_ASPIRING = re.compile(
    r"\b(?:(?:currently|now|presently|still)\s+(?:learning|studying|pursuing|taking|undertaking|working towards?)"
    r"|(?:studying|preparing|enrolled|registered|booked|training)\s+(?:for|towards|to become|on|in)|learning\s*:"
    r"|(?:want|wish|hope|eager|keen|aim|looking|plan(?:ning)?|like|aspir\w+)\s+to\s+"
    r"(?:learn|become|get into|study|acquire|move into|gain)|interest(?:ed)?\s+in\s+(?:learning|studying|pursuing)|in progress|pursuing"
    r"|working towards?|aspiring|beginner in|exploring)\b[^.\n;\u2022]{0,60}$",
    re.IGNORECASE,
)
# "Willing to relocate: No", "Excel-free book-keeping"; "SQL: no problem" and "Tills: No. 1 in the branch" deny nothing.
_DENIED = re.compile(
    r"[ \t]*[:?][ \t]*no(?:ne)?\b(?=(?: yet| experience| knowledge)?[ \t]*(?:\.(?![ \t]*\d)|[^\s\w.'\u2019-]|[\r\n]|$)|[ \t]{2}|[ \t](?-i:[A-Z]))|-free\b",
    re.IGNORECASE,
)
_LEARNING = re.compile(
    r"\s*(?:\([^()\n]{1,40}\)[ \t]*)?[(\u2013-]?[ \t]*(?:in progress|learning|currently learning|pursuing|beginner|expected"
    r"|self[- ]?study(?:ing|[ \t]+(?:going on|ongoing|in progress)))\b"
    r"(?![ \t](?:and|by|content|courses?|journeys?|management|materials?|paths?|platforms?|resources?)\b)",
    re.IGNORECASE,
)
# "NVQ Level 3 Welding \u2013 enrolled", "AAT Level 4 (exam due March 2027)": what stands under studies or certificates and is not finished yet.
_UNFINISHED = re.compile(
    r"[^\n;|\u2022.,(]{0,50}?(?:\s[-\u2013\u2014]|[(,:])\s*(?:[\w .&'-]{1,30},\s*)?(?:in progress|(?:now |currently )?(?:enrolled|studying|undertaking)"
    r"|(?:exams?|results?) (?:due|booked|pending|outstanding)|to be completed|part[- ](?:qualified|complete[d]?)|finishing"
    r"|(?:expected|anticipated|due)(?: completion| to (?:finish|complete))?:?\s+(?:in )?(?:[A-Za-z]+\s+)?20\d\d)\b",
    re.IGNORECASE,
)
_STUDIES = frozenset({SectionKind.EDUCATION, SectionKind.CERTIFICATIONS, SectionKind.SKILLS, SectionKind.INTRO, SectionKind.SUMMARY})
# Characters before a mention in which these are looked for.
_FAR_ASPIRING, _FAR_VERB = 120, 120
_DECORATION, _MOST_DETAIL, _MOST_RUN_ON = " \t\r:-*\u2013\u2014", 6, 400  # around a heading; words of a line of details; characters of a run-on aside
_TOP = 500  # characters in which an address of the person stands
_ENDS_LINE = re.compile(r"[\n\u2022;]|\. ")
_FIELD_REACH = 60
_ENDS_FIELD = re.compile(r"[\n;:]|\. ")
_FAR_AFTER, _FAR_BEFORE = 30, 50
_ENDS_YEARS = re.compile(r"[\n;.]")
_START, _END = attrgetter("start"), attrgetter("end")
# "5 years of", "3+ years' experience with hands-on": what may stand between a length and its skill.
_GOVERNED = re.compile(
    r"['\u2019]?(?:[ \t]*|\s*(?=(?:of|in|with|experience)\b))(?:of\s+)?"
    r"(?:[\w-]+ +){0,3}(?:experience +)?(?:in|with|of|as|on|using|working with|working in|hands-on)? *(?:[\w-]+ *(?:,|/|and)? *){0,4}"
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
    words: Words,
    mentions: tuple[Mention, ...],
    sections: tuple[Section, ...],
    roles: tuple[Role, ...],
    lengths: tuple[Length, ...],
    taxonomy: Taxonomy,
    disclaimers: tuple[Disclaimer, ...] = (),
) -> tuple[Proof, ...]:
    """Each mention as the résumé shows it, in order. Negated ones are kept and marked.

    Interests prove nothing, and personal details no more than languages, licences and certificates; ``disclaimers`` deny what stands in them,
    or make it something that is still learnt.
    """
    text = words.text
    proofs = []
    disclaimed = Disclaimed(disclaimers)
    others = [(s.start, s.end) for s in sections if s.heading is not None and s.heading.text.lower() in word_list("no_proof_headings")]
    in_heading = _reach((s.heading.start, s.heading.end) for s in sections if s.heading is not None)
    in_personal = _reach([*_personal(text, mentions), *find_own_name(text, mentions), *others, *_asides(text, sections, SectionKind.INTERESTS)])
    in_details = _reach(_asides(text, sections, SectionKind.CONTACT))
    jobs = [role for role in roles if kind_at(role.span.start, sections) is SectionKind.EXPERIENCE]
    in_name = _reach([*find_names(text), *find_employers(text, jobs, mentions)])
    held = "\0".join(name for role in roles for name in (role.title, role.employer) if name)
    heads = [role.span.start for role in roles]
    lines = _lines(text, mentions)
    levels = find_levels(words, mentions, [start for start, _ in lines])
    for n, (mention, line) in enumerate(zip(mentions, lines, strict=True)):
        start = mention.start
        if in_heading(start) > start or in_personal(start) > start or _is_address(text, mention, after=mentions[n + 1 : n + 2]):
            continue
        if in_name(start) > start if mention.skill is None else in_name(start) >= mention.end:
            continue
        if mention.skill is None and mention.text in held:
            continue
        if in_details(start) > start and (mention.skill is None or taxonomy[mention.skill].type not in _TICKETS):
            continue
        kind = kind_at(start, sections)
        k = bisect_right(heads, start) - 1
        role = roles[k] if k >= 0 and start < roles[k].span.end else None
        following = mentions[n + 1].start if n + 1 < len(mentions) else len(text)
        years = _stated_years(text, mention, lengths, following)
        evidence = Evidence.ASPIRING if disclaimed.learning(start) else _evidence(text, mention, line, kind, role)
        if disclaimed.denied(start) or _is_negated(text, mention, line):
            mention = replace(mention, negated=True)
        last = role.end if role is not None and evidence is Evidence.USED else None
        proofs.append(Proof(mention, evidence, kind, years, last, levels.get(n), role if evidence is Evidence.USED else None))
    return tuple(proofs)


def part_studied(proofs: tuple[Proof, ...], education: tuple[Education, ...], text: str) -> tuple[tuple[Proof, ...], tuple[Proof, ...]]:
    """Proofs apart from those that are the field of a degree on the same line: "B.Sc. in Computer Science"."""
    inside, ends = _reach((e.span.start, e.span.end) for e in education), sorted(e.span.end for e in education)

    def is_field(proof: Proof) -> bool:
        start = proof.mention.start
        if proof.evidence is not Evidence.EDUCATION:
            return False
        before = bisect_right(ends, start)
        return inside(start) > start or (before > 0 and _follows(ends[before - 1], start, text))

    judged = [(proof, is_field(proof)) for proof in proofs]
    return tuple(proof for proof, field in judged if not field), tuple(proof for proof, field in judged if field)


def _follows(end: int, start: int, text: str) -> bool:
    return 0 <= start - end <= _FIELD_REACH and not _ENDS_FIELD.search(text[end:start])


def _reach(ranges: Iterable[tuple[int, int]]) -> Callable[[int], int]:
    """For an offset, how far the ranges reach that begin at it or before it."""
    ordered = sorted(ranges)
    starts, ends = [a for a, _ in ordered], list(accumulate((b for _, b in ordered), max))

    def at(offset: int) -> int:
        before = bisect_right(starts, offset)
        return ends[before - 1] if before else 0

    return at


def _personal(text: str, mentions: Sequence[Mention]) -> list[tuple[int, int]]:
    """What is no skill whatever it spells: the address at the top, mail addresses, links; a name that only looks like one, such as ASP.NET, is not."""
    spelt = {m.start: m.end for m in mentions if m.skill is not None}
    domains = (m for m in _DOMAIN.finditer(text) if spelt.get(m.start(1), 0) < m.end(1))
    return [m.span() for m in (*_LINK.finditer(text), *domains, *_STREET.finditer(text, 0, _TOP))]


def _asides(text: str, sections: Iterable[Section], kind: SectionKind) -> list[tuple[int, int]]:
    """What stands under headings of one kind: after one that shares its line ("Hobbies: chess"), the rest of the line, else the lines below it."""
    found = []
    for section in sections:
        if section.kind is kind and section.heading is not None:
            found.append((section.heading.end, _aside_end(text, section.heading.end, section)))
    return found


def _aside_end(text: str, start: int, section: Section) -> int:
    """Where an aside ends that begins behind its heading: before an empty line, but for one right below its heading.

    Personal details end before a line of more words without a label, too, which tells of work.
    """
    first, *lines = text[start : section.end].split("\n")
    at = start + len(first)
    if first.strip(_DECORATION):
        return min(at, start + _MOST_RUN_ON)  # of a text without lines only what can be an aside
    spaced = not lines or not lines[0].strip()
    for line in lines:
        if not (spaced or line.strip()) or (section.kind is SectionKind.CONTACT and ":" not in line and len(line.split()) > _MOST_DETAIL):
            return at
        at += len(line) + 1
    return section.end


def _is_address(text: str, mention: Mention, after: Sequence[Mention]) -> bool:
    """Whether a mention is part of a link or names a profile: "github.com/ann", "LinkedIn: /in/ann"; a skill behind the slash is none ("GitHub/GitLab")."""
    if _ADDRESS.match(text, mention.end) or text.endswith(("://", "www.", "@"), 0, mention.start):
        return True
    if mention.text.lower() not in word_list("profile_sites") or any(m.start == mention.end + 1 and m.skill is not None for m in after):
        return False
    return _PROFILE.match(text, mention.end) is not None


def _lines(text: str, mentions: Sequence[Mention]) -> list[tuple[int, int]]:
    """Where the sentence or bullet of each mention starts and ends."""
    marks = [m.start() for m in _ENDS_LINE.finditer(text)]
    bounds = [-1, *marks, len(text)]
    return [(bounds[bisect_left(marks, m.start)] + 1, bounds[bisect_left(marks, m.end) + 1]) for m in mentions]


def _evidence(text: str, mention: Mention, line: tuple[int, int], kind: SectionKind, role: Role | None) -> Evidence:
    start, end = line
    aspiring = _ASPIRING.search(text, max(start, mention.start - _FAR_ASPIRING), mention.start)
    # "CSM (pursuing), PSM I": what stands in brackets holds for the name before them.
    closed = aspiring is not None and 0 <= text.rfind("(", start, aspiring.start() + 1) <= aspiring.start() and ")" in text[aspiring.start() : mention.start]
    if (aspiring is not None and not closed) or _LEARNING.match(text, mention.end, end):
        return Evidence.ASPIRING
    if kind in _STUDIES and role is None and _UNFINISHED.match(text, mention.end, end):
        return Evidence.ASPIRING
    known = _EVIDENCE.get(kind)
    if known is not None:
        return known
    if kind in (SectionKind.INTRO, SectionKind.SUMMARY) and role is not None:
        return Evidence.USED
    if kind is SectionKind.INTRO and _WORK_VERB.search(text, max(start, mention.start - _FAR_VERB), mention.start):
        return Evidence.USED
    return Evidence.LISTED


def _is_negated(text: str, mention: Mention, line: tuple[int, int]) -> bool:
    return _DENIED.match(text, mention.end) is not None or is_negated(text, line[0], mention.start)


def _stated_years(text: str, mention: Mention, lengths: tuple[Length, ...], following: int) -> float | None:
    """Years stated for this mention: "Python - 6 months" after it and before the next one, else the last "5 years of" before it."""
    first = bisect_left(lengths, mention.end, key=_START)
    for length in lengths[first : bisect_right(lengths, mention.end + _FAR_AFTER, key=_START)]:
        if length.start < following and not _ENDS_YEARS.search(text, mention.end, length.start) and not _GOVERNS_NEXT.match(text, length.end):
            return length.years
    before = bisect_right(lengths, mention.start, key=_END)
    for length in reversed(lengths[bisect_left(lengths, mention.start - _FAR_BEFORE, key=_END) : before]):
        if _GOVERNED.fullmatch(text, length.end, mention.start):
            return length.years
    return None
