"""The gazetteer scan: longest form first, ambiguous forms only with the evidence their rule asks for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from mcgap.files import word_list
from mcgap.records import UNDECIDED, Mention, Section, SectionKind, SkillType
from mcgap.taxonomy import Form, Rule, Taxonomy
from mcgap.text import BULLETS, Words, american, fold, lies_in

_WINDOW = 12
_WIDE_WINDOW = 60  # about the bullets around, in what a person tells of their own work
_LIST_MARKS = frozenset(",;|/\u2022\u00b7\u25cf\n&+")
# What else parts the items of a list of skills: cells of a table, "SQL - 6 months", "ETL- Exprience - 24 months".
_ENDS_ITEM = re.compile(r"\t| {3}|[-\u2013\u2014] | [\u2013\u2014]")
# Between these a form can stand, whatever it is.
_PLAIN_GAPS = frozenset(("", " ", ", ", ",", "; ", ": ", "  ", "\n", " \n", "\n\n", " (", ") ", "), ", "\u2022 ", " \u2022 "))
_DOMAINS = frozenset("com org net io co gov edu ac uk de info".split())
_PREFIXES = frozenset("anti inter multi non semi".split())
_LONGEST_OF_MANY = 4  # letters of an abbreviation that other trades have, too
_LONGEST_SHORT = 6  # letters of an abbreviation
_FUNCTION_WORDS = frozenset("a an and as at by for from in into is it its no not of off on or out the to up with".split())
_NO_ENDINGS = frozenset("a an and as at for from is it its me no not of or the us with you".split())  # "project or" is no projector
_SUBJECTS = frozenset(
    "math mathematics english science physics chemistry biology geography history it ict french spanish german art music literature psychology".split()
)
_LEVELS, _RATING_GAPS = frozenset("fluent basic native none".split()), frozenset((":", "-", "\u2013", "\u2014", "("))
_CEFR = frozenset("a1 a2 b1 b2 c1 c2".split())  # levels of a language by the Common European Framework
_UNITS = frozenset("year yr yrs month mth mths".split())
_SHORT_NAMES = frozenset("all as at be by do is or us".split())  # function words that are abbreviations in capitals
# "proficient in Go", "experience with Docker is a plus": what stands before and after a name that is a common word too.
_INTRODUCERS = frozenset("with in of use used using utilizing leveraging via like including knowing".split())
_FOLLOWERS = frozenset("and or is are for to as at preferred required desirable essential experience skill knowledge certification a an would will".split())
_KINDS_OF_TOOLS = frozenset("application dashboard database environment framework library platform script server software system test tool".split())
_PREDICATES = _FOLLOWERS - {"and", "or", "for", "to", "as", "at"}
# "a methodical approach", "energetic people": what may follow a word for a trait in one sentence.
_AFTER_TRAITS = word_list("after_traits")
# "dynamic technical projects", "productive relationships": an adjective before one of these says how a thing is.
_THINGS = word_list("things")
_OTHER_SENSES = word_list("other_senses")
_ADJECTIVE = re.compile(r"(?:ive|ic|ed|ent|ant|ful|al|ous|able|ible|keen|smart|bright|sharp|kind)$")
_ENDS_OF_NOUNS = _FUNCTION_WORDS | frozenset(
    "about across after against among around before beyond between despite during if including like over per since such than that through "
    "throughout toward towards under until upon via when where whether which while who without within".split()
)
_RATINGS = frozenset("capable competent confident".split())  # "Excel (confident)"
_WITHIN_NOUNS = frozenset((" ", "-"))  # "organised and solution-oriented"
_VERBS = word_list("duty_verbs") | word_list("act_verbs")
_NOUN_REACH = 4  # words: "aggressive, and dynamic technical projects"
# "the pharmaceutical industry", "a background in healthcare": what makes a field of work of a word that names much else too.
_FIELDS = word_list("field_nouns")
_FIELD_HEADS = word_list("field_heads")  # of these one can stand behind a list
_EMPLOYERS = frozenset("client company firm organisation organization".split())
_FIELD_EXPERIENCE = word_list("field_experience")
_FIELD_LINKS = frozenset("in within of from".split())
_FIELD_GAPS = frozenset(("", ",", "/", "&", "-", "\u2013", "(", ")"))
_FIELD_REACH = 8  # words: "automotive, aerospace, defence or rail industry"
_CERTIFYING = (["comptia"], ["certified"], ["certification"])  # "CompTIA (A+)"
_NO_CONTEXT = "no word near it says that the skill is meant"
_JOINING = frozenset({"and", "or"})
_SUITE_MAKERS = frozenset({"microsoft", "ms"})
# As folded, so without the "s" of plurals.
_KIND_WORDS = frozenset(
    "experience certification qualification qualified certified system operating database server ecosystem package protocol query transaction developer".split()
)
_BULLETS = BULLETS | {"*"}
_LIST_SECTIONS = frozenset({SectionKind.SKILLS})
# What stands there is of the person's own work, so several words in a row mean the skill with a word less near them.
_OWN_SECTIONS = frozenset({SectionKind.EXPERIENCE, SectionKind.PROJECTS, SectionKind.SUMMARY})
_ASKING_SECTIONS = frozenset({SectionKind.REQUIREMENTS, SectionKind.PREFERRED, SectionKind.RESPONSIBILITIES, SectionKind.CERTIFICATIONS})


@dataclass(slots=True)
class _Candidate:
    i: int
    j: int
    form: Form


class Found(NamedTuple):
    """What the scan makes of one text, each in order.

    ``mentions`` do not overlap. ``traits`` are words for soft skills ("methodical", "drive") that mean one only where the text asks
    for something. ``undecided``, and so they say of themselves, are everyday words that need a neighbour in a list and have none. ``dropped`` are
    the candidates not taken, each with its reason (empty unless explained).
    """

    mentions: tuple[Mention, ...]
    traits: tuple[Mention, ...]
    undecided: tuple[Mention, ...]
    dropped: tuple[Mention, ...]


def find_mentions(words: Words, taxonomy: Taxonomy, sections: Sequence[Section], *, explain: bool = False) -> Found:
    """The mentions of listed skills: at each word the longest acceptable form. ``sections`` are in order and may overlap."""
    hits = _within_parts(words, _hits(words, taxonomy), sections)
    chosen, pending, dropped = _decide(words, hits, taxonomy, sections)
    settled = _settle(words, chosen, pending)
    mentions = _spelled_out(words, _without_overlap(words, taxonomy, [*chosen, *settled]), taxonomy)
    kept = set(map(id, settled))
    undecided = [c for c in pending if id(c) not in kept]
    traits = [
        c for c in [*(c for c, why in dropped if why is _NO_CONTEXT), *undecided] if taxonomy[c.form.skill].type is SkillType.SOFT and _is_trait(words, c)
    ]
    spare = tuple(replace(m, how=UNDECIDED) for m in _without_overlap(words, taxonomy, undecided))
    if not explain:
        return Found(mentions, _without_overlap(words, taxonomy, traits), spare, ())
    lost = [(c, why) for c, why in dropped] + [(c, "needs a neighbour in a list or a word near it") for c in pending if id(c) not in kept]
    spans = {(m.start, m.end) for m in mentions}
    return Found(
        mentions,
        _without_overlap(words, taxonomy, traits),
        spare,
        tuple(
            Mention(words.starts[c.i], words.ends[c.j - 1], words.slice(c.i, c.j), c.form.skill, dropped=why)
            for c, why in lost
            if (words.starts[c.i], words.ends[c.j - 1]) not in spans
        ),
    )


def _is_trait(words: Words, candidate: _Candidate) -> bool:
    """Whether a word can say how a person is: not "innovative solutions", where it says how a thing is."""
    i, j = candidate.i, candidate.j
    plain = j - i == 1 and words.folded[i] not in _OTHER_SENSES  # "an engineering discipline."
    return plain and (j == len(words) or words.gaps[j] != " " or words.folded[j] in _AFTER_TRAITS)


def _hits(words: Words, taxonomy: Taxonomy) -> list[_Candidate]:
    found: list[_Candidate] = []
    raw, gaps, form_of = words.raw, words.gaps, taxonomy.form
    for i, ends in taxonomy.table.find(words):
        plain = gaps[i] in _PLAIN_GAPS
        for j, numbers in reversed(ends):
            if plain and gaps[j] in _PLAIN_GAPS:
                if j - i == 1 and (forms := _plain_forms(raw[i], taxonomy)) is not None:
                    found += [_Candidate(i, j, form) for form in forms]
                    continue
            elif not _stands_free(words, i, j):
                continue
            fits = _fits_word if j - i == 1 else _fits_words
            for form in map(form_of, numbers):
                if fits(words, i, j, form):
                    found.append(_Candidate(i, j, form))
    return found


def _within_parts(words: Words, hits: list[_Candidate], sections: Sequence[Section]) -> list[_Candidate]:
    """The candidates that don't run from a heading into what it heads: "Skill Details / DRAWING" names no detail drawing."""
    ends = {words.at(section.heading.end) for section in sections if section.heading is not None}
    return [c for c in hits if c.j - c.i == 1 or ends.isdisjoint(range(c.i + 1, c.j))]


@lru_cache(maxsize=1 << 14)
def _plain_forms(word: str, taxonomy: Taxonomy) -> list[Form] | None:
    """The forms of one word that its letters allow between plain gaps; None where the gaps bear on a form, too (".NET", "(A+)")."""
    forms = [taxonomy.form(number) for number in taxonomy.table.head(fold(word)).one]
    if not all(form.raw[0].isalnum() and not _is_grade(form.raw) for form in forms):
        return None
    return [form for form in forms if not form.strict or _same_letters(word, form.raw)]


def _stands_free(words: Words, i: int, j: int) -> bool:
    """Whether what stands before and after words i to j allows a form here at all."""
    before, after = words.gaps[i], words.gaps[j]
    if after == "." and j < len(words) and words.folded[j] in _DOMAINS:
        return False  # "github.com"
    if before.endswith("@") or after.startswith("@") or (before.endswith("<") and after.startswith(">")):
        return False  # "<ORGANIZATION>" masks a name
    if before == "-" and i > 0 and words.folded[i - 1] in _PREFIXES:
        return False  # "non-English speaking clients", "multi-disciplinary"
    if j - i > 1:
        return True
    word = words.raw[i]
    if len(word) == 1 and after == ". " and j < len(words) and words.raw[j][0].isupper() and i > 0 and before == " " and words.folded[i - 1] not in _JOINING:
        return False  # "ask for R. Smith", but "Python or R. Knowledge of ..."
    if len(word) == 1 and (_beside_slash(words, i) or _is_grade_of(words, i)):
        return False  # "A/C", "w/c"
    if len(word) <= 3 and (after in {"-", "&", "'", "\u2019"} or before in {"-", "&", "'", "\u2019"}) and i > 0:
        return False  # "R&D", "C-suite"
    # "C.V.", "H. S. C."
    return not (len(word) == 1 and ((after[:1] == "." and after != ". ") or (before == ". " and len(words.raw[i - 1]) == 1 and words.raw[i - 1].isupper())))


def _fits_word(words: Words, i: int, j: int, form: Form) -> bool:
    """Whether the letters of one word allow this form, whatever the context."""
    raw = form.raw
    if not raw[0].isalnum() and not words.gaps[i].endswith(raw[0]):
        return False  # ".NET" is not "net", "@RISK" not "risk"
    if words.gaps[i] == "." and raw[0] != "." and len(words.raw[i]) <= 3 and i > 0:
        return False  # "B.A."
    if _is_grade(raw) and words.gaps[i].endswith("(") and words.gaps[j].startswith(")") and words.folded[i - 1 : i] not in _CERTIFYING:
        return False  # "Programming for the Web (A+)" tells of a grade
    return not form.strict or _same_letters(words.raw[i], raw)  # "window" is not Windows, "will" no last will


def _fits_words(words: Words, i: int, j: int, form: Form) -> bool:
    """Whether the letters of some words allow this form, whatever the context."""
    raw = form.raw
    if not raw[0].isalnum() and not words.gaps[i].endswith(raw[0]):
        return False
    if words.gaps[i].endswith(".") and words.folded[i] == "net" and raw[0] != ".":
        return False  # ".NET apps" is no NetApp
    if words.raw[j - 1].isdigit() and not _UNITS.isdisjoint(words.folded[j : j + 1]):
        return False  # "Angular 2 yrs"
    if "\n" in words.gaps[j - 1] and words.gaps[j].lstrip(" ").startswith(":"):
        return False  # "Languages: SQL / Server: Tomcat"
    if raw.isalnum() and j - i == 2 and ((words.folded[i] in _FUNCTION_WORDS and words.gaps[i + 1] != "-") or words.folded[i + 1] in _NO_ENDINGS):
        return False  # "in design" is not InDesign; "on-boarding" is onboarding, "IS-IS" is IS-IS
    if words.folded[i] in _SHORT_NAMES and raw[1:2].isupper() and words.raw[i].islower():
        return False  # "or nursing" is not OR nursing
    inside = words.gaps[i + 1 : j]
    if " " not in raw and " " in inside and all(len(w) == 1 and w != "&" for w in words.raw[i:j]):
        return False  # "E X P E R I E N C E" holds no "PE"
    if "+" in inside and "+" not in raw:
        return False  # "C+E" is no "CE"
    # "sales/marketing" names two.
    return "/" not in "".join(inside) or "/" in raw or "-" in raw


def _is_grade_of(words: Words, i: int) -> bool:
    """Whether a letter is the grade of a school subject: "Maths (B), Science C"."""
    return len(words.raw[i]) == 1 and i > 0 and words.folded[i - 1] in _SUBJECTS and words.gaps[i] in (" ", " (", ": ", " - ")


def _is_grade(raw: str) -> bool:
    """Whether a form reads as a grade, too: "A+"."""
    return len(raw) == 2 and raw[1] == "+"


def _beside_slash(words: Words, i: int) -> bool:
    """Whether a one-letter word is joined to another one-letter word by a slash."""
    before = i > 0 and words.gaps[i] == "/" and len(words.raw[i - 1]) == 1
    return before or (i + 1 < len(words) and words.gaps[i + 1] == "/" and len(words.raw[i + 1]) == 1)


@lru_cache(maxsize=1 << 14)
def _same_letters(word: str, raw: str) -> bool:
    """Whether two spellings differ by no more than case, signs, accents, British or American spelling and the plural of an abbreviation ("APIs")."""
    if american(word.lower()) == american(raw.lower()):
        return True
    letters = "".join(c for c in raw.lower() if c.isalnum() or c in "+#")
    return word.lower() == letters or (raw.isupper() and word[:-1] == raw and word[-1] == "s")


def _decide(
    words: Words, hits: list[_Candidate], taxonomy: Taxonomy, sections: Sequence[Section]
) -> tuple[list[_Candidate], list[_Candidate], list[tuple[_Candidate, str]]]:
    """Candidates taken at once, those that wait for a neighbour in a list, and those dropped with the reason."""
    chosen: list[_Candidate] = []
    pending: list[_Candidate] = []
    dropped: list[tuple[_Candidate, str]] = []
    skill_lists = _ranges(sections, _LIST_SECTIONS)
    headed = _ranges([section for section in sections if section.heading is not None], _LIST_SECTIONS) if skill_lists else []
    asking = _ranges(sections, _ASKING_SECTIONS)
    own = _ranges(sections, _OWN_SECTIONS)
    doubtful: list[_Candidate] = []
    spoken = {c.j for c in hits if taxonomy[c.form.skill].type is SkillType.LANGUAGE}
    for candidate in hits:
        rule = candidate.form.rule
        if candidate.j - candidate.i == 1 and _rates(words, candidate.i, spoken):
            dropped.append((candidate, "tells how well what stands before it is known"))
            continue
        if candidate.j - candidate.i == 1 and (other := _of_a_thing(words, candidate, taxonomy)):
            dropped.append((candidate, other))
            continue
        if rule is None:
            chosen.append(candidate)
            continue
        at = words.starts[candidate.i]
        listed = bool(skill_lists) and lies_in(at, skill_lists)
        if listed and _is_whole_item(words, candidate) and (not rule.cased or lies_in(at, headed) or _is_written(words, candidate)):
            (doubtful if _is_of_many_trades(words, candidate, rule) else chosen).append(candidate)
            continue
        why = _refusal(words, candidate, rule) if rule.vetoes or rule.cased else None
        if why:
            dropped.append((candidate, why))
        elif not rule.needs_context or _in_context(words, candidate, rule, at, listed=listed, asking=asking, own=own):
            chosen.append(candidate)
        elif (own or skill_lists) and _is_of_many_trades(words, candidate, rule):
            doubtful.append(candidate)
        elif rule.listed or _as_written(words, candidate):
            pending.append(candidate)
        else:
            dropped.append((candidate, _NO_CONTEXT))
    if doubtful:
        fields = {taxonomy[c.form.skill].category for c in chosen}
        for candidate in doubtful:
            if taxonomy[candidate.form.skill].category in fields:
                chosen.append(candidate)
            else:
                dropped.append((candidate, "an abbreviation of a field that nothing else in the text is of"))
    return chosen, pending, dropped


def _rates(words: Words, i: int, spoken: set[int]) -> bool:
    """Whether a word rates what stands before it: "English: fluent", "Excel - basic", "German B2"; ``spoken``: the words at which a language ends."""
    gap = words.gaps[i]
    return i > 0 and ((words.folded[i] in _LEVELS and gap.strip() in _RATING_GAPS) or (i in spoken and words.folded[i] in _CEFR))


def _is_of_many_trades(words: Words, candidate: _Candidate, rule: Rule) -> bool:
    """Whether a form is a short abbreviation without a word near it that says in which of its senses: "CPA" of accountants and of mental health care."""
    raw = candidate.form.raw
    return bool(rule.near) and not rule.listed and raw.isupper() and len(raw) <= _LONGEST_OF_MANY and not _near(words, candidate, rule)


def _of_a_thing(words: Words, candidate: _Candidate, taxonomy: Taxonomy) -> str | None:
    """Why one word for a trait tells of no person: it says how a thing is ("dynamic projects"), or how well a name is known ("Excel (confident)")."""
    i, j = candidate.i, candidate.j
    rated = words.folded[i] in _RATINGS and words.gaps[i] == " (" and words.gaps[j].startswith(")")
    follows = j < len(words) and (words.gaps[j] == " " or words.folded[j] in {"and", "or"}) and _ADJECTIVE.search(words.raw[i].lower()) is not None
    if not (rated or follows) or taxonomy[candidate.form.skill].type is not SkillType.SOFT:
        return None
    if rated:
        return "rates what stands before it"
    head = _head_after(words, j)
    return f"says how a thing is: {head!r}" if head in _THINGS else None


def _head_after(words: Words, j: int) -> str | None:
    """The last word of the noun phrase that an adjective before word j describes, if it is near: "projects" of "and dynamic technical projects"."""
    k = j + (words.folded[j] in {"and", "or"})
    if k < len(words) and k > j and words.folded[k] in _VERBS:
        return None  # "organised and manage several projects"
    last = None
    while k < min(j + _NOUN_REACH, len(words)) and (k == j or words.gaps[k] in _WITHIN_NOUNS) and words.folded[k] not in _ENDS_OF_NOUNS:
        last, k = words.folded[k], k + 1
    return last


def _in_context(words: Words, candidate: _Candidate, rule: Rule, at: int, *, listed: bool, asking: list[tuple[int, int]], own: list[tuple[int, int]]) -> bool:
    """Whether something besides a neighbour in a list says that the skill is meant. ``at`` is the candidate's offset."""
    if rule.near and _near(words, candidate, rule):
        return True
    if rule.listed and listed:
        return True
    if own and candidate.j - candidate.i > 1 and not rule.cased and lies_in(at, own) and (not rule.near or _near(words, candidate, rule, _WIDE_WINDOW)):
        return True
    if rule.field and (_before_field(words, candidate.j) or _experienced_in(words, candidate.i, candidate.j)):
        return True
    return _as_written(words, candidate) and (_introduced(words, candidate) or (_stands_alone(words, candidate) and lies_in(at, asking)))


def _before_field(words: Words, j: int) -> bool:
    """Whether a word for a field of work follows at j, at once or behind further members of a list: "[automotive], rail or defence industry"."""
    for k in range(j, min(j + _FIELD_REACH, len(words))):
        gap, word = words.gaps[k], words.folded[k]
        if "\n" in gap or gap.strip() not in _FIELD_GAPS:
            return False
        if word in (_FIELDS if k == j else _FIELD_HEADS):
            # "a leading pharmaceutical company" can be the employer.
            return word not in _EMPLOYERS or not _FIELD_EXPERIENCE.isdisjoint(words.folded[max(0, j - _WINDOW) : j])
        joins = word in {"and", "or"} or gap.strip() not in ("", "-")
        if (k == j and not joins) or (word in _FUNCTION_WORDS and word not in {"and", "or"}):
            return False
    return False


def _experienced_in(words: Words, i: int, j: int) -> bool:
    """Whether words i to j are what someone has experience in, and the phrase ends with them: "a background in [healthcare],"."""
    if j < len(words) and (words.gaps[j].strip() in ("/", "-", "&") or (words.gaps[j] == " " and words.folded[j] not in _FOLLOWERS)):
        return False
    before = words.folded[max(0, i - 3) : i]
    if before[-1:] == ["the"]:
        before = before[:-1]
    return len(before) > 1 and before[-1] in _FIELD_LINKS and before[-2] in _FIELD_EXPERIENCE and "\n" not in words.gaps[i]


def _as_written(words: Words, candidate: _Candidate) -> bool:
    """Whether a form that is a name has its own capitals here."""
    raw = candidate.form.raw
    return raw != raw.lower() and words.raw[candidate.i : candidate.j] == _written(raw)


def _stands_alone(words: Words, candidate: _Candidate) -> bool:
    """Whether a form is a bullet, a line or a sentence's whole subject: "• Bash", "French is a bonus"."""
    i, j = candidate.i, candidate.j
    opens = i == 0 or "\n" in words.gaps[i] or ". " in words.gaps[i] or any(c in _BULLETS for c in words.gaps[i])
    closes = j == len(words) or words.gaps[j].strip(" ") != "" or words.folded[j] in _PREDICATES
    return opens and closes


def _ranges(sections: Sequence[Section], kinds: frozenset[SectionKind]) -> list[tuple[int, int]]:
    """The characters of the sections of some kinds, in order and without overlap."""
    ranges: list[tuple[int, int]] = []
    for section in sections:
        if section.kind in kinds:
            if ranges and section.start <= ranges[-1][1]:
                ranges[-1] = (ranges[-1][0], max(ranges[-1][1], section.end))
            else:
                ranges.append((section.start, section.end))
    return ranges


def _refusal(words: Words, candidate: _Candidate, rule: Rule) -> str | None:
    i, j, form = candidate.i, candidate.j, candidate.form
    # A sign before it tells a name as well as its capitals: ".Net" is .NET.
    if rule.cased and form.raw[0].isalnum() and not _is_written(words, candidate):
        return f"not written {form.raw!r}"
    folded, size = words.folded, j - i
    # A veto must say more than the form itself, so that a word beside it is one of the veto's.
    if (i == 0 or folded[i - 1] not in rule.veto_words) and (j == len(folded) or folded[j] not in rule.veto_words):
        return None
    for veto in rule.vetoes:
        length = len(veto)
        if length <= size:
            continue
        for start in range(max(0, j - length), i + 1):
            if folded[start] == veto[0] and tuple(folded[start : start + length]) == veto:
                return f"stands in {' '.join(veto)!r}"
    return None


def _is_written(words: Words, candidate: _Candidate) -> bool:
    """Whether a form has its own capitals, or stands where capitals say nothing."""
    i, j = candidate.i, candidate.j
    return words.raw[i:j] == _written(candidate.form.raw) or _in_capitals(words, i, j)


@lru_cache(maxsize=1 << 14)
def _written(form: str) -> list[str]:
    """The words of a form as it is written."""
    return Words(form).raw


def _is_whole_item(words: Words, candidate: _Candidate) -> bool:
    """Whether a form stands between separators on both sides: in a list of skills that is context enough; within brackets its capitals must be its own."""
    before, after = words.gaps[candidate.i], words.gaps[candidate.j]
    opens = candidate.i == 0 or _separates(before) or ":" in before or _ENDS_ITEM.search(before) is not None
    closes = candidate.j == len(words) or _separates(after) or "." in after or after == " (" or _ENDS_ITEM.search(after) is not None
    if opens and closes:
        return True
    return (opens or before.endswith("(")) and (closes or after.startswith(")")) and _as_written(words, candidate)


def _introduced(words: Words, candidate: _Candidate) -> bool:
    """Whether a form in its own case stands as a name: "experience with Docker," but not "in Access control"."""
    i, j = candidate.i, candidate.j
    if i == 0 or words.gaps[i] != " " or words.folded[i - 1] not in _INTRODUCERS:
        return False
    return j == len(words) or words.gaps[j] != " " or words.folded[j] in _FOLLOWERS or words.folded[j] in _KINDS_OF_TOOLS


def _in_capitals(words: Words, i: int, j: int) -> bool:
    """Whether a form stands in a line that is all capitals: there its case says nothing."""
    around = words.raw[max(0, i - 3) : j + 3]
    return len(around) > j - i + 1 and all(w.isupper() or not w.isalpha() for w in around)


def _near(words: Words, candidate: _Candidate, rule: Rule, within: int = _WINDOW) -> bool:
    return is_near(words, candidate.i, candidate.j, rule, within)


def is_near(words: Words, i: int, j: int, rule: Rule, within: int = _WINDOW) -> bool:
    """Whether a word within so many of words i to j begins like one of the rule's."""
    folded = words.folded
    around = " ".join(["", *folded[max(0, i - within) : i], *folded[j : j + within], ""])
    for beginning in rule.beginnings:  # noqa: SIM110 (twice as fast)
        if beginning in around:
            return True
    return False


def _settle(words: Words, chosen: list[_Candidate], pending: list[_Candidate]) -> list[_Candidate]:
    """The pending candidates that a list neighbour supports, found until nothing changes."""
    if not pending:
        return []
    starts = {c.i for c in chosen}
    ends = {c.j for c in chosen}
    settled: list[_Candidate] = []
    # Two names side by side vouch for each other: "LaTeX, Word".
    named = [c for c in pending if _as_written(words, c)]
    named_starts, named_ends = {c.i for c in named}, {c.j for c in named}
    paired = [c for c in named if _listed(words, c, named_starts, named_ends)]
    starts.update(c.i for c in paired)
    ends.update(c.j for c in paired)
    waiting = pending
    while waiting:
        now: list[_Candidate] = []
        later: list[_Candidate] = []
        for c in waiting:
            (now if _listed(words, c, starts, ends) else later).append(c)
        if not now:
            break
        settled += now
        starts.update(c.i for c in now)
        ends.update(c.j for c in now)
        waiting = later
    return settled


def _listed(words: Words, candidate: _Candidate, starts: set[int], ends: set[int]) -> bool:
    i, j = candidate.i, candidate.j
    while j < len(words) and _is_of_measure(words.folded[j]):
        j += 1
    if j in starts and _separates(words.gaps[j]):
        return True
    if j < len(words) and words.folded[j] in {"and", "or"} and j + 1 in starts:
        return True
    before = i - (i > 0 and words.folded[i - 1] in {"and", "or"})
    while before > 0 and _is_of_measure(words.folded[before - 1]):
        before -= 1
    return before in ends and (_separates(words.gaps[i]) or words.folded[i - 1] in {"and", "or"})


def _is_of_measure(word: str) -> bool:
    """Whether a word tells how long or how well: "Spring 3 yrs, Angular 2 yrs", "English C1, German B2"."""
    return word in _UNITS or word in _CEFR or word.isdigit()


def _separates(gap: str) -> bool:
    return not _LIST_MARKS.isdisjoint(gap) and "\n\n" not in gap


def _without_overlap(words: Words, taxonomy: Taxonomy, candidates: list[_Candidate]) -> tuple[Mention, ...]:
    mentions = []
    taken = 0
    fields: Counter[str] | None = None
    candidates.sort(key=_place)
    for n, first in enumerate(candidates):
        i = first.i
        if i < taken or (words.folded[i] == "knowledge" and any(first.i < c.i < first.j < c.j for c in candidates[n + 1 :])):
            continue  # "knowledge of [drug enforcement]"
        taken, candidate = first.j, first
        rival = n + 1
        while rival < len(candidates) and candidates[rival].i == i and candidates[rival].j == taken:
            rival += 1
        if rival > n + 1:
            fields = _fields(taxonomy, candidates) if fields is None else fields
            candidate = _best(words, taxonomy, candidates[n:rival], fields)
        form = candidate.form
        text = words.slice(i, taken)
        how = "exact" if text == form.raw or text.lower() == form.raw.lower() else "spelling"
        start, end = words.starts[i], words.ends[taken - 1]
        if taken - i > 1 and (words.folded[taken - 1] in _KIND_WORDS or words.folded[i] in _SUITE_MAKERS):
            start, end = _core(words, i, taken, form.skill, taxonomy)
            text = words.text[start:end]
        mentions.append(Mention(start, end, text, form.skill, how))
    return tuple(mentions)


def _core(words: Words, i: int, j: int, skill: str, taxonomy: Taxonomy) -> tuple[int, int]:
    """The characters that name a skill without the words for its kind and its suite: "CPA certification", "Microsoft Office Excel"."""
    last = j
    while last - i > 1 and words.folded[last - 1] in _KIND_WORDS:
        last -= 1
    first = i + 2 if last - i > 2 and words.folded[i] in _SUITE_MAKERS and words.folded[i + 1] == "office" else i
    if last - first == j - i or skill not in taxonomy.named(words.slice(first, last)):
        first, last = i, j
    return words.starts[first], words.ends[last - 1]


def _spelled_out(words: Words, mentions: tuple[Mention, ...], taxonomy: Taxonomy) -> tuple[Mention, ...]:
    """The mentions, abbreviations of the one skill that stands spelled out beside them: "AI (artificial insemination)", "strong authentication (SCA)"."""
    return tuple(replace(m, skill=skill) if (skill := _long_skill(words, m, taxonomy)) is not None else m for m in mentions)


def _long_skill(words: Words, mention: Mention, taxonomy: Taxonomy) -> str | None:
    place = _long_form(words, mention) if _is_short(mention.text) else None
    skills = () if place is None else taxonomy.named(words.slice(*place))
    return skills[0] if len(skills) == 1 else None


def _is_short(text: str) -> bool:
    return text.isalpha() and text.isupper() and 2 <= len(text) <= _LONGEST_SHORT


def _long_form(words: Words, mention: Mention) -> tuple[int, int] | None:
    """The words that an abbreviation stands for: those in brackets after it, or those before it where it stands in brackets."""
    i = words.between(mention.start, mention.end)[0]
    letters = mention.text.lower()
    if words.gaps[i + 1].strip() == "(":
        j = next((k for k in range(i + 2, min(i + 9, len(words.gaps))) if ")" in words.gaps[k]), 0)
        return (i + 1, j) if j and _initials(words.folded[i + 1 : j]) == letters else None
    if words.gaps[i].strip() == "(" and words.gaps[i + 1].lstrip().startswith(")"):
        for first in range(max(i - len(letters) - 3, 0), i - 1):
            if _initials(words.folded[first:i]) == letters and words.folded[first] not in _FUNCTION_WORDS:
                return first, i
    return None


def _initials(folded: Sequence[str]) -> str:
    return "".join(word[0] for word in folded if word not in _FUNCTION_WORDS)


def _fields(taxonomy: Taxonomy, candidates: list[_Candidate]) -> Counter[str]:
    """How often each field of skills is named by words that have no rival skill."""
    rivals = Counter((c.i, c.j) for c in candidates)
    return Counter(taxonomy[c.form.skill].category for c in candidates if rivals[c.i, c.j] == 1)


def _place(candidate: _Candidate) -> tuple[int, int]:
    """First the earliest, of those the longest."""
    return candidate.i, -candidate.j


def _best(words: Words, taxonomy: Taxonomy, rivals: list[_Candidate], fields: Counter[str]) -> _Candidate:
    """Of skills with the same words the one that a word near it names, then the one whose field the document is about."""

    def order(c: _Candidate) -> tuple[bool, int, str]:
        named = c.form.rule is not None and bool(c.form.rule.near) and _near(words, c, c.form.rule)
        return not named, -fields[taxonomy[c.form.skill].category], c.form.skill

    return min(rivals, key=order)
