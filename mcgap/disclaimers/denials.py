"""What a résumé denies, leaves with others, or tells of relatives, referees and the employer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from mcgap.disclaimers.others import APOSTROPHE, BE, CAPITALS, CONJUNCTION, FIRST_PERSON, WRITER, is_other, noun_phrase, opens_work
from mcgap.disclaimers.passives import clause_start
from mcgap.files import word_list

# "is outsourced", "is not my job", "sits with the finance office".
_STATE = re.compile(
    rf"\b{BE} (?:\w+ly |all |now |also |still )?(?:under contract|(?:outsourced|contracted out|sub-?contracted|farmed out)(?! to (?:me|us|my)\b)"
    r"|bought in|in the hands of"
    r"|left to (?!me\b|us\b|my\b)|up to (?:the|our|another)\b|the (?:job|task|responsibility|work|remit) of (?!my\b)"
    r"|(?:done|handled|run|managed|kept|processed|organi[sz]ed|decided|held|dealt with) (?:centrally|elsewhere|externally|off-?site|abroad"
    r"|(?:at|from|in) (?:head|group|regional|another) (?:office|quarters|branch|department|team|country|site)))"
    rf"|\b{BE} not (?:my|part of my|in my|mine)\b|\b(?:sits|lies|rests) with (?!me\b|us\b|my\b)(?:the|our|an?|another|HR|IT|finance)\b"
    r"|\bbelongs to (?:the|another|an?) (?:[\w-]+ ){0,3}(?:team|department|office|agency|colleague)\b"
    r"|\b(?:goes|go|went) (?:out )?to (?:an? |the |our )?(?:outside |external |local )?(?:agency|bureau|contractors?|subcontractors?|outside accountants?)\b",
    re.IGNORECASE,
)
_FOR_WRITER = re.compile(r"\b(?:after|once|when|that|which|whom?) (?:I|we)\b")  # "goes to the agency after I check it"
_MINE = re.compile(r"\s*my\b", re.IGNORECASE)
_NOT_MINE = re.compile(
    r"\bnot (?:my|part of my|in my) (?:own )?"
    r"(?:programme|program|project|job|area|role|responsibility|part|task|work|account|remit|field|scope|duty|duties|side)\b",
    re.IGNORECASE,
)
_NOT = rf"(?:(?:am|was|were|are|have|had|do|did|can|could)(?: not|n?{APOSTROPHE}?n?t)|{APOSTROPHE}(?:m|ve|re|d) (?:not|never)|never|cannot|no longer)"
_BETWEEN = r" (?!only\b|just\b|merely\b)(?:(?:yet|been|myself|personally|actually|really|ever|directly|fully|formally|so far|currently) ){0,2}"
_WORKED = (
    r"us(?:e|ed|ing)|work(?:ed|ing)?|buil[dt]|building|run|running|writ(?:e|ten|ing)|manag(?:e|ed|ing)|handl(?:e|ed|ing)"
    r"|operat(?:e|ed|ing)|tak(?:e|en) part|touch(?:ed)?|program(?:med)?|design(?:ed)?|cod(?:e|ed)|speak|teach|taught|supervis(?:e|ed)"
    r"|deal(?:t)?|involved|responsible|qualified|trained|certified|familiar|experienced|registered|licen[sc]ed|admin\w*"
    r"|configur(?:e|ed)|set up|present(?:ed)?|s[eo]ll|sold|cook(?:ed)?|prescrib(?:e|ed)|perform(?:ed)?|drive|driven|prepar(?:e|ed)|develop(?:ed)?|in charge"
)
_DENIALS = (
    re.compile(
        rf"\b(?:I|we)(?: (?:have|had|also|myself|personally|still|yet|so far)){{0,2}} ?{_NOT}{_BETWEEN}"
        rf"(?:{_WORKED}|done|do|doing|know|have|had|got|own|h[eo]ld|lead|led|an?|the)\b",
        re.IGNORECASE,
    ),
    # Without a subject: "but don't build them", "Not registered in the UK".
    re.compile(rf"(?:^|\b(?:but|and|so)\b|[,(]) ?(?:(?:do|did|have)(?: not|n{APOSTROPHE}?t)|never|not){_BETWEEN}(?:{_WORKED})\b", re.IGNORECASE),
)
# "I have not had a complaint", "never used more than half the budget" deny no skill.
_NO_DENIAL = re.compile(
    r"\b(?:problems?|issues?|trouble|difficult\w*|complaints?|late|sick|absen\w+|accidents?|miss(?:ed)?|errors?|fear|hesitat\w+|more than|less than|fewer"
    r"|to be (?:told|asked)|favou?rite|criminal|convictions?|points|a day off|never had|until|without|since|before)\b",
    re.IGNORECASE,
)
# What the writer has or did all the same: "I did not use Jenkins [but GitLab]"; after "so" a verb for which ``opens_work`` holds, too.
_STILL = re.compile(
    r",? (?:but|(?P<so>so)) (?:then )?"
    r"(?!(?:only|just|watched|attended|followed|observed|studied|learned|wanted|hoped|planned|helped|supplied|passed|answered|also|not)\b)(?P<word>\w+)"
)
_OF_UNIT = re.compile(r"[Ww]e\b.* (?:an?|the)$")  # "We were not a big team": says nothing of what its writer can do
_OF_IT = re.compile(r"\b(?:us(?:e|ed|ing)|touch(?:ed)?|worked with) (?:it|them|those|that|one)\b")
_FAR_IT = 12  # characters
_BEFORE_CLAUSE = " \t\r\n*-"
_NO_PART = re.compile(r"\b(?:took|take|taken|had|have|played|play) (?:no|little)(?: other| active)? (?:part|role|share|hand)\b", re.IGNORECASE)


def find_states(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """What a clause says is left with others: "cleaning is under contract"."""
    state = _STATE.search(text, start, end)
    if state is not None and not _FOR_WRITER.search(text, state.end(), end):
        at = clause_start(text, start, state.start())
        if not FIRST_PERSON.search(text, at, state.start()) and not _MINE.match(text, at, state.start()):
            yield at, end


_POST = re.compile(r"\b(?:post|job|role|placement|position|contract|internship|apprenticeship|secondment)\s*$", re.IGNORECASE)  # "the post is with the"


def find_left(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """What a clause says is with other people, or their job."""
    for left in _left_with().finditer(text, start, end):
        if (left["det"] or left["head"] in CAPITALS) and (left["whose"] is None or left["head"].endswith("s")) and is_other(left, subject=False):
            at = clause_start(text, start, left.start())
            if not WRITER.search(text, at, left.start()) and text[at : left.start()].strip() and not _POST.search(text, at, left.start()):
                yield at, end


@cache
def _left_with() -> re.Pattern[str]:
    """ "Line management is with the ward manager", "tenders are the estimator's job"."""
    return re.compile(
        rf"\b(?:(?:{BE} (?:all |still |now |always )?(?:with|down to|left to|left with)|falls? to|fell to|{BE}(?P<whose>(?= (?:[\w'\u2019-]+ ){{1,5}}"
        rf"(?:job|task|responsibility|area|work|role|domain|remit|patch)\b)))) {noun_phrase()}",
        re.IGNORECASE,
    )


def find_denials(text: str, start: int, end: int, *, before: int, apart: bool) -> Iterator[tuple[int, int]]:
    """What a clause denies: "I am not admin there".

    "Not my program" speaks of the clause too that begins at ``before``; so does "took no part", unless a semicolon or the like stands between (``apart``).
    """
    if _NOT_MINE.search(text, start, end):
        yield before, end
    if _NO_PART.search(text, start, end):
        yield start if apart else before, end
    clause = text[start:end].lstrip(_BEFORE_CLAUSE)
    for pattern in _DENIALS:
        denial = pattern.search(clause)
        if denial is not None and not _OF_UNIT.match(denial[0]) and not _NO_DENIAL.search(clause, denial.start()):
            spoken = _OF_IT.search(clause[: denial.end() + _FAR_IT], denial.start()) is not None  # "saw SAP but never used it"
            at = end - len(clause)
            yield (
                at + (0 if spoken else denial.start()),
                next((at + m.start() for m in _STILL.finditer(clause, denial.end()) if not m["so"] or opens_work(m["word"])), end),
            )


# ── relatives, referees, the employer ───────────────────────────────────────────────────────────

_RELATIVE = (
    r"(?:wife|husband|sister|brother|son|daughter|father|mother|dad|mum|mom|uncle|aunt|cousin|friend|nan|gran|grandfather|grandmother|parents|girlfriend|boyfriend"
    r"|fianc\u00e9e?|partner)(?:-in-law)?"
)
RELATIVES = re.compile(
    rf"\s*(?:{CONJUNCTION} )?my (?:late |older |elder |younger |step|best |own )?{_RELATIVE}(?:{APOSTROPHE}s (?:\w+ )?{_RELATIVE})? (?:who )?"
    r"(?:works?|worked|runs?|ran|manages?|managed|is|was|has|had|does|did|owns?|owned|teaches|taught|keeps?|sells?|makes?|drives?) ",
    re.IGNORECASE,
)
_REFEREES = re.compile(
    r"(?:REF(?:ERENCES?|EREES?|S)\b(?=[:. \t]+[A-Z])|[Rr](?:efer[ea]nces?|eferees?|efs)\b"
    r"(?=:| (?:are |is |can |will |may |from |on |upon |available|include|by |furnished)))[^\n]{0,200}?(?=\.\s|\.$|\n|$)"
)
_OPENS_REFEREES = re.compile(r"(?:^|\n|[.|] {1,2})[ \t\u2022*-]*(?:(?:Two|My|Three) )?$")
_FAR_OPENING = 12  # characters
_MOST_PROFILE = 400  # characters
# A clause that is but another team with its tools: "(front end team on Angular)".
TEAM_WITH = re.compile(r"\s*(?:(?:, )?(?:the )?(?:[\w/-]+ ){1,3}(?:teams?|squad|department) (?:on|in|with|uses?|using) [^,;()]{2,60})+$", re.IGNORECASE)


def find_referees(text: str) -> Iterator[tuple[int, int]]:
    """What stands in a line about references: those of others' names and titles."""
    for match in _REFEREES.finditer(text):
        if _OPENS_REFEREES.search(text[max(0, match.start() - _FAR_OPENING) : match.start()]):
            yield match.span()


@cache
def _profile() -> re.Pattern[str]:
    names = sorted(word_list("employer_labels"), key=len, reverse=True)
    return re.compile(rf"(?im)^[ \t\u2022*-]*(?:{'|'.join(map(re.escape, names))})(?:[ \t]*[:\u2013\u2014-]|[ \t]{{2}})[^\n]{{0,{_MOST_PROFILE}}}")


def find_profiles(text: str) -> Iterator[tuple[int, int]]:
    """Lines with a label that tell of the employer: "Company profile: ..."."""
    return (match.span() for match in _profile().finditer(text))
