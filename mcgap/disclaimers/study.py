"""What a résumé says is still being learnt: "reading for the CPA exam", "ACCA: 9 of 13 papers"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mcgap.disclaimers.others import opens_work

_COURSE = (
    r"(?:courses?|bootcamps?|modules?|workbooks?|certificates?|diplomas?|degrees?|class(?:es)? (?:in|on)|apprenticeship|qualification|nvq|level \d"
    r"|training (?:in|on)|mooc)"
)
_OBJECT = r"(?:[\w&'\u2019\"/-]+ ){0,5}"
_NEAR_COURSE = rf"(?={_OBJECT}{_COURSE})"
_EXAM = (
    rf"(?=(?:{_OBJECT})(?:exams?|examinations?|courses?|class(?:es)?|training|tests?|certificat\w+|licen[sc]e|level|degree|diploma|qualification"
    r"|ticket)\b)"
)
# Words before what is learnt.
_AHEAD = re.compile(
    "|".join(
        (
            r"\b(?:reading|studying|revising|cramming) (?:for|towards)\b",
            rf"\bpreparing (?:for|to sit) {_EXAM}",
            rf"\bsitting (?:the|my) {_EXAM}",
            r"\b(?:plan|planning|intend|intending|hope|hoping|due|booked|going|about|aim|aiming|looking|want|wanting|would like|keen|wish|eager)"
            rf" to (?:\w+ )?(?:sit|do (?=(?:the|my|an?)\b)|train (?:as|in|for)|study|learn|qualify|enrol|try|pursue|carry on to"
            rf"|(?:take|start|begin|complete|finish|pass|get|gain|obtain|attend|join) {_EXAM})\b",
            rf"\bon (?:the|a) waiting list\b[^.;\n]{{0,40}}? for {_EXAM}",
            rf"\b(?:sign(?:ed|ing) up|registered|booked) (?:for|to|in|on|onto) {_EXAM}",
            r"(?:(?<=\n)|(?<=[.;] )|(?<=am )|(?<=been )|(?<=[*\u2022-] )|^)[Bb]ooked on(?::| to\b)",
            r"\benrolled (?:on|onto|in)\b",
            r"\b(?:currently|now|presently|at present|at the moment|just|am|have begun|have started)"
            rf" (?:doing|taking|attending|following|completing|undertaking|starting|begun|started) (?:an? |the |my |on )?{_NEAR_COURSE}",
            rf"\b(?-i:Doing|Taking|Attending|Starting|Following|Just begun|Just started) (?:an? |the |my )?{_NEAR_COURSE}",
            r"\b(?:teaching myself|self-teaching)\b",
            r"\b(?:am|I['\u2019]m|currently|still) learning\b(?! (?:and|curves?|support|disab\w+|environments?|materials?|platforms?|management)\b)",
            r"\blearning (?=[^.;,\n]{1,40} (?:at the moment|at present|in my (?:own|spare) time|in the evenings|by myself|on my own)\b)",
            r"\bprovisional (?=(?:\w+ ){0,2}licen[cs]e)",
            rf"\b(?:half ?way|part ?way|part) through (?:an?|the|my) (?={_OBJECT}(?:book|tutorial|{_COURSE}))",
        )
    ),
    re.IGNORECASE,
)
_ENDS = re.compile(r"[;\n]|, (?:but|and|I)\b|\band have\b")
_ALREADY = re.compile(r"\b(?:completed|finished|passed|obtained|gained|achieved)\b", re.IGNORECASE)
# Who else studies: "tutored students studying for GCSE maths".
_OF_OTHERS = re.compile(
    r"\b(?:students|pupils|learners|trainees|apprentices|graduates|candidates|delegates|participants|patients|clients|customers|residents|families|parents"
    r"|children|people|adults|staff|employees|workers|colleagues|members|volunteers|teachers|nurses|jobseekers|those) (?:who (?:are|were) )?$",
    re.IGNORECASE,
)
_FAR_OTHERS = 30  # characters
_OBJECT_OF = re.compile(r"([A-Za-z]+)(?: \w+)? $")  # "Supported reading for 30 pupils": what one works on, where the verb is one of work
_PARTS = r"(?:modules?|units?|courses?|papers?|exams?|lessons?|credits|parts|subjects|certificates?)"
_SOON = r"spring|summer|autumn|fall|winter|week|month|year|january|february|march|april|may|june|july|august|september|october|november|december"
# Words behind what is learnt.
_BEHIND = re.compile(
    "|".join(
        (
            rf"\b(?P<done>\d{{1,3}}) (?:of|out of|/) (?:the )?(?P<all>\d{{1,3}}) {_PARTS}\b",
            r"\b(?:module|unit) (?P<part>\d{1,2}) of \d{1,2}\b",
            r"\b(?:year|yr) (?P<year>\d) of (?P<years>\d)\b",
            r"\b(?:udemy|coursera|edx|course|tutorial|module)\b[^.;\n]{0,20}?\d{1,2} ?% (?:done|completed?|finished|through)",
            r"\b(?:exams?|tests?|results?|orals?|viva|assessment|final paper) (?:is |are |was |were )?(?:not (?:yet )?(?:booked|sat|taken|passed)(?: yet)?"
            r"|to be (?:taken|sat|booked)|booked|due|pending|outstanding|awaited|still to (?:come|sit|take))\b",
            r"\bawaiting (?:the |my |exam |final ){0,2}(?:results?|certificate)\b",
            r"\bto be (?:taken|sat) (?:in|on|next|this)\b",
            rf"\bexams? (?:in|next|this) (?:{_SOON})\b(?! ?(?:19|20)\d\d)",
            rf"\bplanned for (?:next|this|{_SOON})\b",
            r"\bnot yet (?:taken|sat|passed|started|completed|finished|done)\b",
            rf"\b{_PARTS} (?:left|to go|remaining|outstanding)\b",
            r"\b(?:part|not yet) (?:qualified|certified)\b",
            r"(?<=licen[cs]e)[ :(,]{1,3}provisional\b",
            r"\bnot (?:yet )?(?:sat|booked)\b",
            r"\bstudying(?=\s*[,;.)\n]|\s*$)",
            r"\b(?:only|just) (?:from|through|by) (?:reading|books|videos|lectures|tutorials|sight|name)\b",
            r"\bin progress\b(?= \((?:module|unit|week|year|part) \d)",
        )
    ),
    re.IGNORECASE,
)
_MARKS = (", ", "; ", ": ", " - ", " \u2013 ", " (")
_PARTS_ITEMS = (", ", "; ")
# What is no item of its own: "React basics, online, in progress".
_FILLER = re.compile(
    r"[\s\"\u201c\u201d'(]*(?:(?:online|part[- ]time|evenings?|weekend|distance|self-study|video|course|class|home|study|done"
    r"|udemy|coursera|\d+|one|two|three|four|last|final)\b[\s\"\u201c\u201d']*)*(?:(?:\w+\W+){0,3}(?:done|passed|cleared|finished))?\s*",
    re.IGNORECASE,
)
_MOST_FILLERS = 4


def find_study_ahead(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """What a sentence says after words of study, with them."""
    for cue in _AHEAD.finditer(text, start, end):
        ends = _ENDS.search(text, cue.end(), end)
        stop = end if ends is None else ends.start()
        before = max(start, cue.start() - _FAR_OTHERS), cue.start()
        done = _OBJECT_OF.search(text, *before)
        if (done is None or not opens_work(done[1])) and not _ALREADY.search(text, cue.end(), stop) and not _OF_OTHERS.search(text, *before):
            yield cue.start(), stop


def find_study_behind(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The items of a sentence that words behind them say are not finished, with these."""
    for cue in _BEHIND.finditer(text, start, end):
        done, whole = cue["done"] or cue["year"], cue["all"] or cue["years"]
        if done is None or int(done) < int(whole):
            yield _item_start(text, start, cue.start()), cue.end()


def _item_start(text: str, floor: int, cue: int) -> int:
    """Where the item before a cue begins: back over empty items, a colon, a bracket."""
    end = cue
    for _ in range(_MOST_FILLERS):
        at, mark = max((text.rfind(mark, floor, end), mark) for mark in _MARKS)
        if at < 0:
            return floor
        if mark in _PARTS_ITEMS and _FILLER.fullmatch(text, at + len(mark), end) is None:
            return at + len(mark)
        end = at
    return end
