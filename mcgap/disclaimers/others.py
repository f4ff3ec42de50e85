"""Who in a résumé is not its writer, and what such others do as the subject of a clause: "the data team tested Cassandra"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from mcgap.files import word_list

APOSTROPHE = "['\u2019]"
CONJUNCTION = r"(?:and|but|while|whilst|although|though|whereas|because|since|so|then|yet|as|when|where|until)"
BE = r"(?:is|are|was|were|be|been|being)"
WRITER = re.compile(rf"\b(?:I|[Ww]e|[Mm]y|[Mm]e|[Mm]yself|[Uu]s|[Oo]urselves)\b(?!{APOSTROPHE}s)")
FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e)\b")
WORD = re.compile(r"[A-Za-z]+(?:['\u2019]t\b)?")
# Words that make a unit or a firm another one.
APART = frozenset("another other outside external outsourced specialist separate third-party different local sister parent neighbouring neighboring".split())
# Units that the writer belongs to unless a word before them says which: "the team", "the finance team".
_UNITS = frozenset("team department dept group unit office desk branch section division arm staff people members practice crew shift".split())
_NO_OTHER_UNIT = frozenset("whole entire small large own same new young".split())
_OWN = frozenset("my our the a an".split())
# Firms that are the writer's own unless a word before them says otherwise: "the company", "an outside company".
_OWN_FIRMS = frozenset("company firm business organisation organization school hospital bank hotel home".split())
_SELVES = frozenset({"candidate", "applicant"})
CAPITALS = frozenset("HR IT PMO QA DBA DBAs QS PA VA".split())
# Who are others without an article, too.
_NEVER_SELF = frozenset(
    "colleague coworker boss gaffer other someone somebody vendor supplier contractor subcontractor agency desk office helpdesk department dept".split()
)
_PRESENT = re.compile(r"(?:does|do|did|runs|handles|looks after|takes care of|takes|decides|deals with|keeps|manages)$", re.IGNORECASE)
# The ends (four letters) of names that the list has not: "phlebotomists", "draughtsmen".
_ENDINGS = frozenset("smen sman gist tist mist nist cist dist rist ists cian ians pher hers ight ghts".split())
_MORE_PEOPLE = r"\w{3,}sm[ae]n|\w{3,}(?:[gtmncdr]ist|ician|grapher|wright)s?"
_WORK_OPENERS = frozenset("wrote built ran led made did kept set took gave drew taught held sold sent run keep draw sit hold help cover check".split())
_DET = (
    r"(?:the|our|my|his|her|their|its|an?|another|other|some|one|two|three|four|five|several|both|most|all|each|every|any|outside|external|outsourced"
    rf"|local|specialist|separate|different|[\w.-]+{APOSTROPHE}s|[\w.-]+s{APOSTROPHE})"
)
_NO_MODIFIER = r"(?!(?:I|we|who|that|which|to|with|by|of|in|for|from|and|or|as|on|at|than|is|are|was|were|has|have|had|the|our|my|an?|watched|saw)\b)"
_ADVERBS = (
    r"(?:(?:\w+ly|also|still|now|then|always|often|both|all|already|never|only|has|have|had|is|are|was|were|will|would|used to|in turn|there|here) ){0,3}"
)


@cache
def _people() -> str:
    listed = word_list("other_people")
    names = sorted({*listed, *(f"{name[:-1]}ies" for name in listed if name.endswith("y"))}, key=lambda name: (-len(name), name))
    capitals = "|".join(sorted(CAPITALS))
    return rf"(?:(?-i:{capitals})|(?:{'|'.join(map(re.escape, names))})(?:s|es)?|{_MORE_PEOPLE})(?:{APOSTROPHE}s?)?"


@cache
def noun_phrase() -> str:
    """The pattern of others as a subject or an agent, with groups det, mods and head."""
    modifiers = rf"(?P<mods>(?:{_NO_MODIFIER}[\w&/.'\u2019-]+[ ,]{{1,2}}){{0,5}}?)"
    return rf"(?P<det>{_DET}[ ])?{modifiers}(?P<head>{_people()})(?![\w'\u2019-]|[ ]{_people()}(?![\w-]))"


@cache
def _verbs() -> str:
    """Verbs of doing in any form; those that are plural nouns too ("orders") only with an article after them."""
    nouns = {form for verb in word_list("doing_nouns") for form in _forms(verb)}
    past = {form for form in nouns if form.partition(" ")[0].endswith("ed")}
    sure = {form for verb in word_list("doing_verbs") for form in _forms(verb)} | past
    return (
        rf"(?:(?:{_any(sure)})\b|(?:{_any(nouns - sure)})\b(?= (?:the|an?|all|our|their|its|his|her|it|them|this|these|most|any|everything)\b)"
        rf"|{BE} (?:in charge of|responsible for|in the lead for|doing)\b|works? (?:in|on|with)\b)"
    )


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))


def _forms(verb: str) -> set[str]:
    """A verb in its regular forms, with its particle: "looks after"; one that ends with "!" only as it stands."""
    head, space, rest = verb.partition(" ")
    if head.endswith("!"):
        return {head[:-1] + space + rest}
    stem = head.removesuffix("e")
    if head.endswith("y") and head[-2] not in "aeou":
        found = {head, head[:-1] + "ies", head[:-1] + "ied", head + "ing"}
    else:
        found = {head, head + ("es" if head.endswith(("s", "sh", "ch", "x", "o")) else "s"), stem + "ed", stem + "ing"}
    return {form + space + rest for form in found}


def names_people(written: Sequence[str], words: Iterable[str]) -> bool:
    """Whether others may be named by these words (``words``: in small letters): a quick look that spares most sentences the search."""
    known = _people_words()
    return not known.isdisjoint(words) or not CAPITALS.isdisjoint(written) or not _ENDINGS.isdisjoint([word[-4:] for word in words])


@cache
def _people_words() -> frozenset[str]:
    parts = {part for name in word_list("other_people") for part in re.split(r"[\s-]", name)}
    plurals = {form for name in parts for form in (f"{name}s", f"{name}es", f"{name[:-1]}ies")}
    return frozenset({*parts, *plurals, "he", "she", "squad"})


def is_never_self(head: str) -> bool:
    """Whether a name of others needs no article to be one: "done by head office"."""
    return not _NEVER_SELF.isdisjoint(_names(head))


def _names(head: str) -> set[str]:
    """A name of others in small letters, as it stands and in the singular."""
    name = re.sub(rf"{APOSTROPHE}s?$", "", head.lower())
    return {name, f"{name[:-3]}y" if name.endswith("ies") else name.removesuffix("s")}


def is_other(noun: re.Match[str], *, subject: bool, told: bool = True) -> bool | None:
    """Whether a noun phrase is somebody else; None where it may be the writer's own unit ("our sales team").

    ``subject``: it is one, with a group "verb". ``told``: the résumé says "I" somewhere; else an "accountant" without "the" is its writer.
    """
    det, mods, head = (noun["det"] or "").strip().lower(), noun["mods"], noun["head"]
    words = mods.lower().replace(",", " ").split()
    names = _names(head)
    apart = det in APART or not APART.isdisjoint(words)
    if WRITER.search(mods) or not _SELVES.isdisjoint(names):
        return False
    if not _UNITS.isdisjoint(names):
        if apart:
            return True
        if _NO_OTHER_UNIT.issuperset(words):
            return bool(det) and det not in _OWN
        return None if det in ("our", "my") else True
    if not _OWN_FIRMS.isdisjoint(names):
        return apart
    if head in CAPITALS or not _NEVER_SELF.isdisjoint(names) or apart:
        return True
    if subject and det in ("", "a", "an"):
        return told and (bool(det) or _PRESENT.match(noun["verb"]) is not None)
    return True


def opens_work(word: str) -> bool:
    """Whether a word at the head of a clause is a verb of the writer's: "Built reports ..."."""
    lowered = word.lower()
    return (len(lowered) > 3 and lowered.endswith("ed")) or lowered in _WORK_OPENERS or lowered in word_list("act_verbs")


# ── clauses with others for their subject ───────────────────────────────────────────────────────


@cache
def _subject() -> re.Pattern[str]:
    where = r"(?: (?:in|at|from|of|across|upstairs|next door)(?: [\w'\u2019-]+){1,4}?)?"
    also = rf"(?: (?:and|or|&) (?:(?:{_DET} )?(?:{_NO_MODIFIER}[\w-]+ ){{0,3}}?(?:{_people()})|(?:the|our|an?) (?:[\w-]+ ){{0,2}}?[\w-]+))?"
    return re.compile(rf"[\s*-]*(?:{CONJUNCTION} )?(?:now |then |here |there )?{noun_phrase()}{also}{where},? {_ADVERBS}(?P<verb>{_verbs()})", re.IGNORECASE)


@cache
def _he_or_she() -> re.Pattern[str]:
    return re.compile(rf"[\s*-]*(?:{CONJUNCTION} )?s?he {_ADVERBS}{_verbs()}", re.IGNORECASE)


@cache
def new_clause() -> re.Pattern[str]:
    """Where a sentence goes on with another subject: the writer, others who do something, or a verb of the writer's without one."""
    return re.compile(
        rf"(?:, ?(?:{CONJUNCTION} )?(?:also |only |then )?|\s{CONJUNCTION} (?:also |only |then )?)(?=(?:(?-i:I|[Ww]e)\b|my \w+)"
        rf"|(?-i:{_DET}) (?:{_NO_MODIFIER}[\w&/'\u2019-]+ ){{0,4}}?{_people()} {_ADVERBS}{_verbs()})"
        rf"|, (?:and |then )?(?=(?:\w{{3,}}ed|wrote|built|ran|led|made|did|kept|set up|took|gave|drew|taught)\b(?! (?:[\w-]+ ){{0,4}}by\b))"
        rf"|, (?=(?:who|it|this|they|he|she)\b)",
        re.IGNORECASE,
    )


_MOST_NAME = 90  # characters in which others are named at the head of a clause


def others_act(text: str, start: int, end: int, *, limited: bool, told: bool) -> bool:
    """Whether a clause has others for its subject, who do something that the writer has no part in.

    ``limited``: the writer goes on with the own part, which is less ("I only read the report"). ``told`` as in ``is_other``.
    """
    written = WORD.findall(text, start, min(end, start + _MOST_NAME))
    if not names_people(written, [word.lower() for word in written]):
        return False
    if told and _he_or_she().match(text, start, end):
        return WRITER.search(text, start, end) is None
    match = _subject().match(text, start, end)
    if match is None or WRITER.search(text, match.end(), end) or FIRST_PERSON.search(match[0]):
        return False
    if not match["det"] and (_is_object(match["mods"], match["head"]) or _is_done_to(match, text, end) or _is_compound(match)):
        return False
    other = is_other(match, subject=True, told=told)
    return limited if other is None else other


def _is_object(mods: str, head: str) -> bool:
    """Whether words before a name of others make it part of what the writer works on: "Key 300 supplier [invoices a month]"."""
    words = mods.split()
    return bool(words) and (opens_work(words[0]) or (not head.endswith("s") and any(map(str.isdigit, mods))))


def _is_compound(subject: re.Match[str]) -> bool:
    """Whether people without an article and what seems their verb are one noun: "people handling", "office supplies", "crew schedules"."""
    head, verb = subject["head"], subject["verb"].partition(" ")[0]
    return head not in CAPITALS and (verb.endswith("ing") or (verb.endswith("s") and verb != "is" and (head == "people" or not head.endswith("s"))))


_NO_OBJECT = re.compile(r"(?:(?:,| and| &) \w+ed)*\s*(?:[:.,;)]|$|\b(?:with|in|on|at|for|by|to|from|via|through|using|per)\b)")


def _is_done_to(subject: re.Match[str], text: str, end: int) -> bool:
    """Whether a participle tells what was done to others, who have no article: "Vendors reviewed and onboarded in Coupa", "Suppliers managed: 30"."""
    return subject["head"] not in CAPITALS and subject["verb"].endswith("ed") and _NO_OBJECT.match(text, subject.end(), end) is not None


# What does not tell what others were seen doing: "shadowed engineers and then took over drawings", "saw clients weekly".
_SEEN_DOING = r"(?!(?:and|then|before|until|to|who|every|each|daily|weekly|monthly|regularly)\b)"


@cache
def watched() -> re.Pattern[str]:
    """Others whose work the writer only saw: "watched the accountant do the schedules"."""
    return re.compile(rf"\b(?:watched|watching|observed|observing|saw|shadow(?:ed|ing)) {noun_phrase()} (?={_SEEN_DOING}[a-z]+ )", re.IGNORECASE)


@cache
def _last_people() -> re.Pattern[str]:
    return re.compile(rf"\b{noun_phrase()}$", re.IGNORECASE)


def ends_with_others(text: str, start: int, end: int) -> bool:
    """Whether a clause ends with other people: "pass it to my senior[, who does the closing]"."""
    match = _last_people().search(text, max(start, end - _MOST_NAME), end)
    return match is not None and bool(match["det"]) and is_other(match, subject=False) is not False
