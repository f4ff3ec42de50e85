"""What a résumé says that its writer does not do: denied, done by others, or still being learnt.

Told by grammar: a passive with an agent that is not the writer ("payroll is run by a bureau"), a subject that is another person, team or firm
("the data team tested Cassandra"), a denial in the first person ("I am not admin there"), and words of study ("reading for the CPA exam").
A clause is left alone where the writer has a part in it ("the board reads the report I build").
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from mcgap.files import word_list
from mcgap.records import Disclaimer

_APOSTROPHE = "['\u2019]"
_DASH = "\u2013\u2014"
# ── sentences and the pieces of one ─────────────────────────────────────────────────────────────

_WRAPPED = 60  # characters: a longer line that the next one goes on with in a small letter was broken by its page
_ENDS_SENTENCE = re.compile(r"(?<!\b[A-Za-z])[.!?](?=\s|$)|[\u2022\u00b7\u25cf|]|\n|(?<=\s)\*(?=\s)")
_ENDS_PIECE = re.compile(rf"[;()]|:(?=\s)|\s[-{_DASH}]\s")
_MOST = 600  # characters of a sentence that is looked at


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = line = 0
    for mark in _ENDS_SENTENCE.finditer(text):
        if mark[0] == "\n":
            wrapped = mark.start() - line >= _WRAPPED and "a" <= text[mark.end() : mark.end() + 1] <= "z"
            line = mark.end()
            if wrapped:
                continue
        if mark.start() > start:
            yield start, min(mark.start(), start + _MOST)
        start = mark.end()
    if start < len(text):
        yield start, min(len(text), start + _MOST)


# ── others: their names, what they do ───────────────────────────────────────────────────────────

_OTHERS_NAMES = r"(?-i:HR|IT|PMO|QA|DBAs?|QS|PA|VA)"
# Units that the writer belongs to unless a word before them says which: "the team", "the finance team".
_UNITS = frozenset("team department dept group unit office desk branch section division arm staff people members practice crew shift".split())
# Firms that are the writer's own unless a word before them says otherwise: "the company", "an outside company".
_OWN_FIRMS = frozenset("company firm business organisation organization provider school hospital bank hotel home".split())
_APART = frozenset("another other outside external outsourced specialist separate third-party different local sister parent neighbouring neighboring".split())
_MINE = frozenset("my our the".split())
_WRITER = re.compile(rf"\b(?:I|[Ww]e|[Mm]y|[Mm]e|[Mm]yself|[Uu]s|[Oo]urselves)\b(?!{_APOSTROPHE}s)")
_FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e)\b")
_DET = (
    r"(?:the|our|my|his|her|their|its|an?|another|other|some|one|two|three|four|five|several|both|most|all|each|every|any|outside|external|outsourced"
    rf"|local|specialist|separate|different|[\w.-]+{_APOSTROPHE}s|[\w.-]+s{_APOSTROPHE})"
)
_NO_MODIFIER = r"(?!(?:I|we|who|that|which|to|with|by|of|in|for|from|and|or|as|on|at|than|is|are|was|were|has|have|had|the|our|my|an?|watched|saw)\b)"
_MODIFIERS = rf"(?P<mods%s>(?:{_NO_MODIFIER}[\w&/.{_APOSTROPHE[1:-1]}-]+[ ,]{{1,2}}){{0,5}}?)"
_CONJUNCTION = r"(?:and|but|while|whilst|although|though|whereas|because|since|so|then|yet|as|when|where|until)"
_ADVERBS = (
    r"(?:(?:\w+ly|also|still|now|then|always|often|both|all|already|never|only|has|have|had|is|are|was|were|will|would|used to|in turn|there|here) ){0,3}"
)
_BE = r"(?:is|are|was|were|be|been|being)"


@cache
def _people() -> str:
    names = sorted({*word_list("other_people"), *(f"{name[:-1]}ies" for name in word_list("other_people") if name.endswith("y"))}, key=len, reverse=True)
    return rf"(?:{_OTHERS_NAMES}|(?:{'|'.join(map(re.escape, names))})(?:s|es)?)(?:{_APOSTROPHE}s?)?"


def _noun_phrase(n: str) -> str:
    """Others as a subject or agent, with groups det, mods and head."""
    return rf"(?P<det{n}>{_DET}[ ])?{_MODIFIERS % n}(?P<head{n}>{_people()})(?![\w-]|[ ]{_people()}(?![\w-]))"


@cache
def _verbs() -> str:
    """Verbs of doing in any form; of those that are plural nouns too ("orders") only with an article after them."""

    def forms(name: str) -> str:
        return "|".join(sorted({form for verb in word_list(name) for form in _forms(verb)}, key=lambda form: (-len(form), form)))

    return (
        rf"(?:(?:{forms('doing_verbs')})\b|(?:{forms('doing_nouns')})\b(?= (?:the|an?|all|our|their|its|his|her|it|them|this|these|most|any|everything)\b)"
        rf"|{_BE} (?:in charge of|responsible for|in the lead for|doing)\b|works? (?:in|on|with)\b)"
    )


def _forms(verb: str) -> set[str]:
    """A verb and its regular forms; particles stay behind it: "looks after"."""
    head, space, rest = verb.partition(" ")
    if head.endswith("!"):  # irregular, as it stands
        return {head[:-1] + space + rest}
    stem = head[:-1] if head.endswith("e") else head
    if head.endswith("y") and head[-2] not in "aeou":
        found = {head, head[:-1] + "ies", head[:-1] + "ied", head + "ing"}
    else:
        found = {head, head + ("es" if head.endswith(("s", "sh", "ch", "x", "o")) else "s"), stem + "ed", stem + "ing"}
    return {form + space + rest for form in found}


@cache
def _subject() -> re.Pattern[str]:
    """Others who do something, at the beginning of a clause."""
    where = r"(?: (?:in|at|from|of|across|upstairs|next door)(?: [\w'\u2019-]+){1,4}?)?"
    also = rf"(?: (?:and|or|&) (?:(?:{_DET} )?(?:{_NO_MODIFIER}[\w-]+ ){{0,3}}?(?:{_people()})|(?:the|our|an?) (?:[\w-]+ ){{0,2}}?[\w-]+))?"
    return re.compile(
        rf"[\s*-]*(?:{_CONJUNCTION} )?(?:now |then |here |there )?{_noun_phrase('')}{also}{where},? {_ADVERBS}(?P<verb>{_verbs()})", re.IGNORECASE
    )


@cache
def _new_clause() -> re.Pattern[str]:
    """Where a sentence goes on with another subject: the writer, others who do something, or a verb of the writer's without one."""
    return re.compile(
        rf"(?:, ?(?:{_CONJUNCTION} )?(?:also |only |then )?|\s{_CONJUNCTION} (?:also |only |then )?)(?=(?:(?-i:I|[Ww]e)\b|my \w+)"
        rf"|(?-i:{_DET}) (?:{_NO_MODIFIER}[\w&/'\u2019-]+ ){{0,4}}?{_people()} {_ADVERBS}{_verbs()})"
        rf"|, (?:and |then )?(?=(?:\w{{3,}}ed|wrote|built|ran|led|made|did|kept|set up|took|gave|drew|taught)\b(?! (?:[\w-]+ ){{0,4}}by\b))"
        rf"|, (?=(?:who|it|this|they|he|she)\b)",
        re.IGNORECASE,
    )


_PRESENT = re.compile(r"(?:does|do|did|runs|handles|looks after|takes care of|takes|decides|deals with|keeps|manages|has)$", re.IGNORECASE)
# Who are others without an article, too.
_NEVER_SELF = frozenset(
    "colleague colleagues coworker coworkers boss gaffer others someone somebody vendor vendors supplier suppliers contractor contractors subcontractor subcontractors"
    " agency desk office helpdesk department dept clerk electricians".split()
)
# What the writer says of the own part beside what others do.
_LIMITS = re.compile(
    r"\s*(?:and |but |though )?(?:I|my|we)\b (?:\w+ ){0,2}?(?:not|never|only|just|merely|\w*n['\u2019]t|watched|watch|attended|attend|read|follow|followed|saw|see|pass"
    r"|supply|give|answer|answered|receive|get)\b"
)


def _is_other(det: str | None, mods: str, head: str, *, subject: bool, verb: str = "") -> bool | None:
    """Whether a noun phrase is somebody else; None where it may be the writer's own unit."""
    det = (det or "").strip().lower()
    words = mods.lower().replace(",", " ").split()
    noun = re.sub(rf"{_APOSTROPHE}s?$", "", head.lower())
    single = noun.removesuffix("s")
    apart = det in _APART or not _APART.isdisjoint(words)
    if _WRITER.search(mods) or {"candidate", "applicant"} & {noun, single}:
        return False
    if noun in _UNITS or single in _UNITS:
        if apart:
            return True
        if not words or set(words) <= {"whole", "entire", "small", "large", "own", "same", "new", "young"}:
            return det not in {*_MINE, "a", "an", "", "whole"} and not det.isdigit()
        return None if det in {"our", "my"} else True
    if noun in _OWN_FIRMS or single in _OWN_FIRMS:
        return apart
    if det:
        return True
    if head in ("HR", "IT", "PMO", "QA", "DBA", "DBAs", "QS") or noun in _NEVER_SELF or single in _NEVER_SELF or apart:
        return True
    return _PRESENT.match(verb) is not None if subject else True


# ── passives ────────────────────────────────────────────────────────────────────────────────────

_IRREGULAR = frozenset(
    "done run kept written taken made built held sent set put paid bought sold drawn given dealt taught cut chosen found grown won thought shown driven".split()
)
_AUXILIARY = frozenset("is are was were be been being gets get got".split())
_TOKEN = re.compile(r"[^\W_][\w'\u2019-]*")
_FAR_VERB, _FAR_AUXILIARY, _MOST_SUBJECT, _MOST_REDUCED, _MOST_BARE = 8, 4, 18, 5, 5  # words
_WITH_WRITER = re.compile(r",? (?:and|with|or) (?:me|I|myself|us|my)\b")


@cache
def _agent() -> re.Pattern[str]:
    return re.compile(rf"\bby (?P<some>(?:someone|somebody|others|another)\b)?(?:{_noun_phrase('')})?", re.IGNORECASE)


def _is_participle(word: str) -> bool:
    return word in _IRREGULAR or (len(word) > 3 and word.endswith("ed"))


def _passives(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Clauses of a piece whose passive has somebody else for its agent."""
    for found in _agent().finditer(text, start, end):
        head = found["head"]
        if head is None:
            if found["some"] is None or found["some"].lower() == "another":
                continue
        elif _is_other(found["det"], found["mods"], head, subject=False) is False or _WITH_WRITER.match(text, found.end(), end):
            continue
        words = list(_TOKEN.finditer(text, start, found.start()))
        place = _passive_at(words)
        stop = _predicate_end(text, found.end(), end)
        if place is None:
            bare = (found["det"] or "").strip().lower() in {"our", *_APART} or head is None or not _APART.isdisjoint(found["mods"].lower().split())
            if bare and 0 < len(words) <= _MOST_BARE and not any(_is_participle(w[0].lower()) for w in words) and not _opens_work(words[0][0]):
                yield start, stop  # "Drawings by our drafters"
            continue
        verb, auxiliary = place
        if auxiliary is None and head is not None and not (found["det"] or head in ("HR", "IT", "PMO", "QA")):
            continue
        at = _subject_start(text, start, words, verb if auxiliary is None else auxiliary, finite=auxiliary is not None)
        if at is not None:
            yield at, stop


_GOES_ON = re.compile(r", [\w/+# .-]{1,25}(?:,| and\b| or\b)")


def _predicate_end(text: str, agent: int, end: int) -> int:
    """Where a clause ends whose agent ends at ``agent``: at a comma that parts no list."""
    comma = text.find(", ", agent, end)
    return end if comma < 0 or _GOES_ON.match(text, comma, end) else comma


def _passive_at(words: Sequence[re.Match[str]]) -> tuple[int, int | None] | None:
    """The participle nearest to the end of some words, and its auxiliary where it has one; None where there is none or others only get the outcome."""
    last = len(words) - 1
    if last >= 0 and words[last][0].lower() in _AUXILIARY:
        return last, last
    for n in range(last, max(-1, last - _FAR_VERB), -1):
        word = words[n][0].lower()
        if not _is_participle(word):
            continue
        if word in word_list("receiving_verbs"):
            return None
        for k in range(n - 1, max(-1, n - 1 - _FAR_AUXILIARY), -1):
            if words[k][0].lower() in _AUXILIARY:
                return n, k
        joined = n >= 1 and words[n - 1][0].lower() in ("and", "or", "also", "then")
        far = [k for k in range(max(0, n - 9), n) if words[k][0].lower() in _AUXILIARY]
        return (n, far[-1]) if joined and far else (n, None)
    return None


def _opens_work(word: str) -> bool:
    """Whether a word at the head of a clause is a verb of the writer's: "Built reports ..."."""
    lowered = word.lower()
    return (len(lowered) > 3 and lowered.endswith("ed")) or lowered in _WORK_OPENERS or lowered in word_list("act_verbs")


_WORK_OPENERS = frozenset("wrote built ran led made did kept set took gave drew taught held sold sent run keep draw sit hold help cover check".split())


def _subject_start(text: str, start: int, words: Sequence[re.Match[str]], stop: int, *, finite: bool) -> int | None:
    """Where the subject of a passive begins whose verb is word ``stop``; None where it is the writer, or the writer's own work."""
    subject = words[:stop]
    if finite and subject and subject[-1][0].lower() in ("which", "that", "who"):
        return subject[-1].start()
    at = _cut(text, start, words[stop].start())
    if at != start:
        subject = [w for w in subject if w.start() >= at]
    if not subject:  # "Payroll (done by our bureau)", "payroll, done by our bureau"
        return None if finite else _item_start(text, start)
    own = text[subject[0].start() : words[stop].start()]
    if _WRITER.search(own) or len(subject) > (_MOST_SUBJECT if finite else _MOST_REDUCED):
        return None
    if _opens_work(subject[0][0]):
        return None
    return at


def _cut(text: str, start: int, stop: int) -> int:
    """Where the last clause before ``stop`` begins: after a comma, or "and" where the writer does what stands before it; a list is kept whole."""
    at = max(text.rfind(", ", start, stop) + 2, start)
    segment = text[at:stop]
    conjunction = re.search(r"^(?:and|or|but|so)\b|\b(?:and|&)\s", segment)
    if at > start and conjunction is not None:  # "ovens, dishwashers and cold rooms are ..."
        while at > start:
            before = max(text.rfind(", ", start, at - 2) + 2, start)
            item = text[before : at - 2]
            first = _TOKEN.search(item)
            if first is None or len(item.split()) > 4 or _FIRST_PERSON.search(item) or _opens_work(first[0]):
                break
            at = before
    first = _TOKEN.search(text, at, stop)
    if first is not None and (_FIRST_PERSON.search(text[at:stop]) or _opens_work(first[0])):
        joined = max(text.rfind(" and ", at, stop), text.rfind(" but ", at, stop))
        return joined + 5 if joined >= 0 else at
    return at


def _item_start(text: str, start: int) -> int | None:
    """Where the item begins that an aside at ``start`` speaks of: "Excel, Kubernetes (run by the vendor)"; None where no item stands before it."""
    opener = text[max(0, start - 3) : start].rstrip()[-1:]
    if opener not in ("(", "-", "\u2013", "\u2014", ":"):
        return None
    end = text.rindex(opener, 0, start)
    return (
        max(text.rfind(mark, 0, end) + len(mark) for mark in (", ", "; ", ". ", "\n", "(", "\u2022", ": ", "| ") if text.rfind(mark, 0, end) >= 0) if end else 0
    )


# ── states, denials, relatives, referees ────────────────────────────────────────────────────────

_STATE = re.compile(
    rf"\b{_BE} (?:\w+ly |all |now |also |still )?(?:under contract|outsourced|contracted out|sub-?contracted|farmed out|in the hands of"
    r"|left to (?!me\b|us\b|my\b)|up to (?:the|our|another)\b|the (?:job|task|responsibility|work|remit) of (?!my\b)"
    r"|(?:done|handled|run|managed|kept|processed|organi[sz]ed|decided|held|dealt with) (?:centrally|elsewhere|externally|off-?site|abroad"
    r"|(?:at|from|in) (?:head|group|regional|another) (?:office|quarters|branch|department|team|country|site)))"
    rf"|\b{_BE} not (?:my|part of my|in my|mine)\b|\b(?:sits?|lies?|rests?) with (?!me\b|us\b|my\b)(?:the|our|an?|another|HR|IT|finance)\b"
    r"|\bbelongs? to (?:the|another|an?) (?:[\w-]+ ){0,3}(?:team|department|office|agency|colleague)\b"
    r"|\b(?:goes|go|went) (?:out )?to (?:an? |the |our )?(?:outside |external |local )?(?:agency|bureau|contractors?|subcontractors?|outside accountants?)\b",
    re.IGNORECASE,
)
_NOT_MINE = re.compile(
    r"\bnot (?:my|part of my|in my) (?:own )?(?:programme|program|project|job|area|role|responsibility|part|task|work|account|remit|field|scope|duty|duties|side)\b",
    re.IGNORECASE,
)
_NOT = rf"(?:(?:am|was|were|are|have|had|do|did|can|could)(?: not|n?{_APOSTROPHE}?n?t)|{_APOSTROPHE}(?:m|ve|re|d) (?:not|never)|never|cannot|no longer)"
_DENIED_VERB = (
    r"(?:us(?:e|ed|ing)|work(?:ed|ing)?|done|do|doing|know|have|had|got|buil[dt]|building|run|running|writ(?:e|ten|ing)|manag(?:e|ed|ing)|handl(?:e|ed|ing)"
    r"|own|operat(?:e|ed|ing)|h[eo]ld|tak(?:e|en) part|touch(?:ed)?|program(?:med)?|design(?:ed)?|cod(?:e|ed)|speak|teach|taught|supervis(?:e|ed)|lead|led"
    r"|deal(?:t)?|involved|responsible|qualified|trained|certified|familiar|experienced|registered|licen[sc]ed|an?|the|admin\w*|administer(?:ed)?"
    r"|configur(?:e|ed)|set up|present(?:ed)?|s[eo]ll|sold|cook(?:ed)?|prescrib(?:e|ed)|perform(?:ed)?|drive|driven|prepar(?:e|ed)|develop(?:ed)?|in charge)\b"
)
_DENIAL = re.compile(
    rf"(?:\b(?:I|we)(?: (?:have|had|also|myself|personally|still|yet|so far)){{0,2}} ?{_NOT}|(?:^|\b(?:but|and|so)\b|[,(]) ?(?:(?:I )?(?:do|did|have)(?: not|n{_APOSTROPHE}?t)|never|not))"
    rf" (?!only\b|just\b|merely\b)(?:(?:yet|been|myself|personally|actually|really|ever|directly|fully|formally|so far|currently) ){{0,2}}{_DENIED_VERB}",
    re.IGNORECASE,
)
# "I have not had a complaint", "never used more than half the budget" deny no skill.
_NO_DENIAL = re.compile(
    r"\b(?:problems?|issues?|trouble|difficult\w*|complaints?|late|sick|absen\w+|accidents?|miss(?:ed)?|errors?|fear|hesitat\w+|more than|less than|fewer|to be (?:told|asked)"
    r"|favou?rite|criminal|convictions?|points|a day off|until|without|since|before)\b",
    re.IGNORECASE,
)
_BEFORE_CLAUSE = " \t\r\n*-"
_NO_PART = re.compile(r"\b(?:took|take|taken|had|have|played|play) (?:no|little)(?: other| active)? (?:part|role|share|hand)\b", re.IGNORECASE)
_KIN = re.compile(
    rf"\s*(?:{_CONJUNCTION} )?my (?:late |older |elder |younger |step|best |own )?(?:wife|husband|sister|brother|son|daughter|father|mother|dad|mum|mom|uncle|aunt|cousin"
    rf"|friend|nan|gran|grandfather|grandmother|parents|girlfriend|boyfriend|fianc\u00e9e?|partner)(?:{_APOSTROPHE}s (?:\w+ )?(?:wife|husband|son|daughter|brother|sister"
    r"|cousin|friend|partner))?(?:-in-law)? (?:(?:who )?(?:works?|worked|runs?|ran|manages?|managed|is|was|has|had|does|did|owns?|owned|teaches|taught|keeps?|sells?|makes?|drives?)) ",
    re.IGNORECASE,
)
_REFEREES = re.compile(
    r"(?:(?<=\n)|^|(?<=[.|] )|(?<=[.|]  ))[ \t\u2022*-]*(?:(?:REFERENCES?|REFEREES?|REFS)\b(?=[:. \t]+[A-Z])|(?:Two |My |Three )?(?:[Rr]efer[ea]nces?|[Rr]eferees?|Refs)"
    r"(?=:| (?:are |is |can |will |may |from |on |upon |available|include|by |furnished)))[^\n]*"
)
_MOST_LABEL = 400


@cache
def _labels() -> re.Pattern[str]:
    """Labels whose line tells of the employer: "Company profile: ..."."""
    names = sorted(word_list("employer_labels"), key=len, reverse=True)
    return re.compile(rf"(?im)^[ \t\u2022*-]*(?:{'|'.join(map(re.escape, names))})(?:[ \t]*[:\u2013\u2014-]|[ \t]{{2}})[^\n]{{0,{_MOST_LABEL}}}")


@cache
def _team_with() -> re.Pattern[str]:
    """A clause that is but another team with its tools: "(front end team on Angular)"."""
    return re.compile(r"\s*(?:(?:, )?(?:the )?(?:[\w/-]+ ){1,3}(?:teams?|squad|department) (?:on|in|with|uses?|using) [^,;()]{2,60})+$", re.IGNORECASE)


# ── study ───────────────────────────────────────────────────────────────────────────────────────

_COURSE = r"(?:courses?|bootcamps?|modules?|workbooks?|certificates?|diplomas?|degrees?|class(?:es)? (?:in|on)|apprenticeship|qualification|nvq|level \d|training (?:in|on)|mooc)"
_AHEAD = re.compile(
    rf"\b(?:(?:reading|studying|revising|cramming) (?:for|towards) (?:the|an?|my|his|her)?"
    r"|preparing (?:for|to sit) (?:the|an?|my)? ?(?=[^.;,\n]{0,50}(?:exam|certificat|licen[sc]|test\b))|sitting (?:the|my) (?=[^.;,\n]{0,40}(?:exam|paper))"
    r"|(?:plan|planning|intend|intending|hope|hoping|due|booked|going|about|aim|aiming|looking|want|wanting|would like|['\u2019]d like|keen|wish|eager) to (?:\w+ )?"
    r"(?:sit|take (?=(?:the|my|an?)\b[^.;\n]{0,40}(?:exam|test|course|class))|do (?=(?:the|my|an?)\b)|train (?:as|in|for)|study|learn|qualify|enrol|try|pursue|carry on to|"
    r"(?:start|begin|complete|finish|pass|get|gain|obtain|attend|join) (?=(?:[\w-]+ ){0,6}(?:exam|course|class|training|certificat|licen[sc]e|level|degree|diploma|qualification|ticket)))"
    r"|waiting list\b[^.;\n]{0,40}? for|sign(?:ed|ing) up (?:for|to)|(?:enrolled|registered|booked) (?:on|onto|in|for)\b:?"
    rf"|(?:currently|now|presently|at present|at the moment|just|am|have begun|have started|(?<=[\n.;] )|(?<=\n)) ?(?:doing|taking|attending|following|completing|undertaking|starting|begun|started)"
    rf" (?:an? |the |my |on )?(?=(?:[\w&'\u2019\"/-]+ ){{0,5}}{_COURSE})"
    rf"|(?:Doing|Taking|Attending|Starting|Following|Just (?:begun|started)) (?:an? |the |my )?(?=(?:[\w&'\u2019/-]+ ){{0,5}}{_COURSE})"
    r"|provisional (?=(?:\w+ ){0,2}licen[cs]e)|(?:half ?way|part ?way|part) through (?:an?|the|my) (?=(?:[\w&'\u2019/-]+ ){0,5}(?:course|module|class|bootcamp|book|tutorial|certificat|diploma|degree)))",
    re.IGNORECASE,
)
_ALREADY = re.compile(r"\b(?:completed|finished|passed|obtained|gained|achieved)\b", re.IGNORECASE)
_PARTS_OF = r"(?:modules?|units?|courses?|papers?|exams?|lessons?|credits|parts|subjects|certificates?)"
_BEHIND = re.compile(
    rf"\b(?P<done>\d{{1,3}}) (?:of|out of|/) (?:the )?(?P<all>\d{{1,3}}) {_PARTS_OF}\b|\bmodule (?P<part>\d+) of (?P<parts>\d+)\b|\b(?:year|yr) (?P<year>\d) of (?P<years>\d)\b"
    r"|\b(?:udemy|coursera|edx|course|tutorial|module)\b[^.;\n]{0,20}?\d{1,2} ?% (?:done|complete[d]?|finished|through)"
    r"|\b(?:exams?|tests?|results?|orals?|viva|assessment|final paper) (?:is |are |was |were )?(?:not (?:yet )?(?:booked|sat|taken|passed)(?: yet)?|to be (?:taken|sat|booked)"
    r"|booked|due|pending|outstanding|awaited|still to (?:come|sit|take))\b"
    r"|\bawaiting (?:the |my |exam |final ){0,2}(?:results?|certificate)\b|\bto be (?:taken|sat) (?:in|on|next|this)\b|\b(?:part|not yet) (?:qualified|certified)\b"
    r"|(?<=licen[cs]e)[ :(,]{1,3}provisional\b|\bnot (?:yet )?(?:sat|booked)\b|\bstudying(?=\s*[,;.)\n]|\s*$)|\b(?:only|just) (?:from|through|by) (?:reading|books|videos|lectures|tutorials)\b"
    r"|\b(?:online|evening|weekend|short|part-?time)?,? ?in progress\b(?= \((?:module|unit|week|year|part) \d)",
    re.IGNORECASE,
)
_FILLER = re.compile(
    r"[\s\"\u201c\u201d'(]*(?:(?:online|part[- ]time|evenings?|evening|weekend|distance|self-study|video|course|class|home|study|done|udemy|coursera|basics)\b[\s\"\u201c\u201d']*)*"
    r"(?:(?:\w+\W+){0,3}(?:done|passed|cleared|finished))?\s*",
    re.IGNORECASE,
)


def _behind_start(text: str, floor: int, cue: int) -> int:
    """Where the item of study begins that words behind it say is not finished: back over empty items, a colon, a bracket."""
    end = cue
    for _ in range(4):
        marks = [(text.rfind(mark, floor, end), len(mark)) for mark in (", ", ": ", " - ", " \u2013 ", " (", "; ")]
        at, size = max(marks)
        if at < 0:
            return floor
        if _FILLER.fullmatch(text, at + size, end) is None and text[at : at + size] in (", ", "; "):
            return at + size
        end = at
    return end


# ── the whole ───────────────────────────────────────────────────────────────────────────────────


def find_disclaimers(text: str) -> tuple[Disclaimer, ...]:
    """The parts of a résumé that speak of no work of its writer, in order of their start; some overlap."""
    text = text.replace("\u00a0", " ")
    found = {(m.start(), m.end(), False) for pattern in (_REFEREES, _labels()) for m in pattern.finditer(text)}
    for start, end in _sentences(text):
        if _ANY.search(text, start, end):
            found |= {(*span, False) for span in _denied(text, start, end)}
        found |= {(*span, True) for span in _studied(text, start, end)}
    return tuple(Disclaimer(start, end, learning) for start, end, learning in sorted(found))


# What no sentence of others or of denial does without, to spare the rest a look.
_ANY = re.compile(
    r"\bby\b|\bteams?\b|n['\u2019]t\b|\b(?:not|never|no|cannot|my|who|an?|the|our|their|another|other|others|colleague|HR|IT|boss|gaffer|manager|office|desk|under|outsourced)\b",
    re.IGNORECASE,
)


class _Piece(NamedTuple):
    start: int
    end: int
    hard: bool


def _pieces(text: str, start: int, end: int) -> list[_Piece]:
    marks = [(m.start(), m.end(), True) for m in _ENDS_PIECE.finditer(text, start, end)]
    marks += [(m.start(), m.end(), False) for m in _new_clause().finditer(text, start, end)]
    found, at, hard = [], start, True
    for first, last, is_hard in sorted(marks):
        if first < at:
            continue
        if text[at:first].strip():
            found.append(_Piece(at, first, hard))
        at, hard = last, is_hard
    if text[at:end].strip():
        found.append(_Piece(at, end, hard))
    return found


def _denied(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    pieces = _pieces(text, start, end)
    for n, piece in enumerate(pieces):
        a, b = piece.start, piece.end
        following = pieces[n + 1] if n + 1 < len(pieces) else None
        limited = bool(_LIMITS.match(text, following.start if following is not None else end + 1))
        if _acts(text, piece, limited=limited) or _KIN.match(text, a, b) or (_team_with().match(text, a, b) and _is_aside(text, piece)):
            yield a, b
            continue
        if text.startswith("who ", a) and n and _is_people(text, pieces[n - 1]):
            yield a, b
            continue
        watched = _watched().search(text, a, b)
        if watched is not None and _is_other(watched["det"], watched["mods"], watched["head"], subject=False):
            yield watched.end(), _predicate_end(text, watched.end(), _and(text, watched.end(), b))
        yield from _passives(text, a, b)
        state = _STATE.search(text, a, b)
        if state is not None:
            at = _cut(text, a, state.start())
            if not _FIRST_PERSON.search(text[at : state.start()]) and not re.match(r"\s*my\b", text[at : state.start()], re.IGNORECASE):
                yield at, b
        if _NOT_MINE.search(text, a, b):
            yield (pieces[n - 1].start if n else a), b
        denial = _DENIAL.search(text[a:b].lstrip(_BEFORE_CLAUSE))
        if denial is not None and not _NO_DENIAL.search(denial.string, denial.start()):
            yield b - len(denial.string) + denial.start(), b
        if _NO_PART.search(text, a, b):
            yield (pieces[n - 1].start if n and not piece.hard else a), b


def _acts(text: str, piece: _Piece, *, limited: bool) -> bool:
    """Whether a piece of a sentence has others for its subject, who do something that the writer has no part in. ``limited``: the writer says so next."""
    match = _subject().match(text, piece.start, piece.end)
    if match is None or _WRITER.search(text, match.end(), piece.end) or _FIRST_PERSON.search(match[0]):
        return False
    other = _is_other(match["det"], match["mods"], match["head"], subject=True, verb=match["verb"])
    return limited if other is None else other


@cache
def _watched() -> re.Pattern[str]:
    """Others whose work the writer only saw: "watched the accountant do the schedules"."""
    return re.compile(rf"\b(?:watched|watching|observed|observing|sat in while|saw) {_noun_phrase('')} (?={_verbs()})", re.IGNORECASE)


def _and(text: str, start: int, end: int) -> int:
    at = text.find(" and did ", start, end)
    return at if at >= 0 else end


def _is_aside(text: str, piece: _Piece) -> bool:
    return piece.hard and text[max(0, piece.start - 2) : piece.start].strip()[-1:] in ("(", ";")


def _is_people(text: str, piece: _Piece) -> bool:
    """Whether a piece ends with other people: "pass it to my senior[, who does the closing]"."""
    return any(
        match.end() == piece.end and _is_other(match["det"], match["mods"], match["head"], subject=False) is not False and match["det"]
        for match in _last_noun().finditer(text, max(piece.start, piece.end - 60), piece.end)
    )


@cache
def _last_noun() -> re.Pattern[str]:
    return re.compile(rf"\b{_noun_phrase('')}$", re.IGNORECASE)


def _studied(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for cue in _AHEAD.finditer(text, start, end):
        stop = min((m.start() for m in (re.compile(r"[;\n]|, (?:but|and|I)\b|\band have\b").search(text, cue.end(), end),) if m), default=end)
        if not _ALREADY.search(text, cue.end(), stop):
            yield cue.start(), stop
    for cue in _BEHIND.finditer(text, start, end):
        least, most = cue["done"] or cue["part"] or cue["year"], cue["all"] or cue["parts"] or cue["years"]
        if most is None or int(least) < int(most) or cue["part"] is not None:
            yield _behind_start(text, start, cue.start()), cue.end()


# ── what the spans are asked ────────────────────────────────────────────────────────────────────


class Disclaimed:
    """The disclaimers of a text, to be asked for an offset."""

    def __init__(self, disclaimers: Sequence[Disclaimer]) -> None:
        self._denied = _reach([(d.start, d.end) for d in disclaimers if not d.learning])
        self._learning = _reach([(d.start, d.end) for d in disclaimers if d.learning])

    def denied(self, offset: int) -> bool:
        """Whether the words here are of what the writer does not do."""
        return _holds(self._denied, offset)

    def learning(self, offset: int) -> bool:
        """Whether the words here are of what the writer still learns."""
        return _holds(self._learning, offset)

    def __contains__(self, offset: int) -> bool:
        return self.denied(offset) or self.learning(offset)


def _reach(spans: Sequence[tuple[int, int]]) -> tuple[list[int], list[int]]:
    ordered = sorted(spans)
    return [start for start, _ in ordered], list(accumulate((end for _, end in ordered), max))


def _holds(reach: tuple[list[int], list[int]], offset: int) -> bool:
    starts, ends = reach
    before = bisect_right(starts, offset)
    return before > 0 and ends[before - 1] > offset


# "no", "never used" before a skill, and what looks like it and is none.
_NEGATED = re.compile(
    r"\b(?:no|without|lack(?:s|ing)?|don'?t have|do not have|not (?:yet )?(?:have|used|worked|experienced)|never (?:used|worked)"
    r"|limited to no|little or no|zero|not (?:looking|willing|open))\s+(?:[\w-]+\s+){0,4}$",
    re.IGNORECASE,
)
_NOT_NEGATED = re.compile(
    r"\b(?:no (?:later|less|fewer|more|problems?|issues?|trouble|stranger)"
    r"|without (?:supervision|any|a|interruption|the need|compromising|sacrificing|downtime)|not only)\b",
    re.IGNORECASE,
)
_FAR_NEGATED = 60  # characters


def is_negated(text: str, line: int, start: int) -> bool:
    """Whether words right before an offset say no to what stands there: "no sales targets". ``line`` is where its line or sentence starts."""
    at = max(line, start - _FAR_NEGATED)
    return _NEGATED.search(text, at, start) is not None and not _NOT_NEGATED.search(text, at, start)
