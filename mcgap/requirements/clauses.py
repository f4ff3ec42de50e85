"""Splitting a posting into clauses that each ask with one strength."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise, product
from operator import itemgetter

from mcgap.files import shipped_rows, word_list
from mcgap.records import Mention, Requirement, Section, SectionKind, Span, Strength
from mcgap.requirements.breaks import find_breaks
from mcgap.requirements.kinds import Clause, ClauseKind, Cue, clause_features, load_packed_weights, read_clauses
from mcgap.taxonomy import Taxonomy
from mcgap.text import BULLETS, PhraseTable, Words, among, fold, is_wide

# Sections whose words ask nothing of the candidate.
ASIDE = frozenset(
    {
        SectionKind.BENEFITS,
        SectionKind.COMPANY,
        SectionKind.AGENCY,
        SectionKind.EQUAL_OPPORTUNITY,
        SectionKind.HOW_TO_APPLY,
        SectionKind.SALARY,
        SectionKind.QUESTIONNAIRE,
    }
)
_DEFAULTS = {
    SectionKind.REQUIREMENTS: Strength.REQUIRED,
    SectionKind.PREFERRED: Strength.PREFERRED,
    SectionKind.RESPONSIBILITIES: Strength.DUTY,
    SectionKind.TITLE: Strength.REQUIRED,
}
_ASKING = frozenset({SectionKind.REQUIREMENTS, SectionKind.PREFERRED})
_SAME = {"preferred": True, "required": False, "duty": False}  # whether what says "as is" after it softens
_CARRIED = {"required": Strength.REQUIRED, "preferred": Strength.PREFERRED, "duty": Strength.DUTY}
_ABBREVIATIONS = word_list("abbreviations")
# In run-on text a clause begins at these words when they are capitalised after a small-letter word.
_OPENERS = word_list("clause_openers")
# ... and at these even after a capitalised one ("NoSQL At least one …"), when a small-letter word follows.
_SURE_OPENERS = word_list("sure_clause_openers")
# ... and after these, whatever begins there with a capital ("communication skills Trading system experience").
_CLOSERS = word_list("clause_closers")
_LEADS = frozenset("following in include including of to with".split())  # a clause that ends with one leads in a list
_DEMANDS = frozenset("experience exposure familiarity knowledge proficiency understanding".split())
_OF_DEMANDS = frozenset("previous prior proven recent".split())
_GAINING = frozenset(
    "develop develops developing build builds building maintain maintains maintaining use uses using gain gains gaining acquire acquires acquiring deepen"
    " expand expands share shares sharing apply applies applying leverage leverages leveraging".split()
)
_GAINED_WITHIN = 4  # words
_REFERRING = frozenset("these this those them".split())
_ADJECTIVES, _AFTER_SOFTENERS = frozenset("helpful useful welcome handy".split()), frozenset("although and as but for if in or though when".split())
_NEW_DEMANDS = _DEMANDS | frozenset("ability able along coupled excellent fluent good have must plus proficient proven solid strong together".split())
_AUXILIARIES = frozenset("would will be is are a an".split())
_CLOSING = {"(": ")", "[": "]"}
_DUE, _BEFORE_OFFERS = frozenset("must need should".split()), frozenset("and as because but for if or since so though although where while with".split())
_OFFERED_WORDS = 6
_DASHES = frozenset("-\u2013\u2014")
_GOES_ON = frozenset("a an and as at by for from in of on or our the to using via with your".split())
_ANY_OPENERS, _ANY_CLOSERS = among(_OPENERS | _SURE_OPENERS), among(map(fold, _CLOSERS))
_BREAKS = BULLETS | set("\n;.!?-")
_SLASH, _BARS = " / ", frozenset(["//", "///", "|", "||", "--", "**", "***", ">", ">>"])
_ROW, _PHRASE, _ENDS_ROW = 40, 4, BULLETS | set("\n.;!?")  # words to each side; words
_LIST_LETTERS = frozenset("abcdefghij")
_SPACES, _INSIDE = frozenset((" ", ") ")), frozenset((" ", "'", "\u2019"))
_ITEM_WORDS = 14
_WRAPPED = 0.75  # of the longest line: what a wrapped line fills at least
_LIST = 4  # names of skills
_EMPLOYER = frozenset({"we", "our"})
_FIRST = itemgetter(0)
_ALTERNATIVES = re.compile(r"[()]")
# The last column of a person specification, or what stands for it in parentheses.
_COLUMN = {"E": "required", "Essential": "required", "D": "preferred", "Desirable": "preferred"}
_TURNS = frozenset({("to", "have"), ("to", "hold"), ("to", "possess"), ("if", "you")})
_LEAST_MARKS = 3  # so many letters are a column; one alone can be a vitamin
# Short items under "Requirements" are duties only where they begin with one of these.
_DUTY_VERBS = word_list("duty_verbs")
# "Which area interests you the most?": an opinion is asked, no experience.
_OPINION = re.compile(r"(?:what|which|why|how|where|when|do|does|are|have)\b", re.IGNORECASE)


@cache
def load_cues() -> tuple[PhraseTable, tuple[tuple[str, str, str], ...]]:
    """The cues with the numbers of what they mean: kind, position, weight. Of two rows for one phrase the first counts."""
    rows = shipped_rows("data/requirement_cues.csv", ("cue", "kind", "position", "weight"))
    phrases: dict[str, int] = {}
    for n, row in enumerate(rows):
        for phrase in _spelled(row["cue"]):
            phrases.setdefault(phrase, n)
    return PhraseTable.of(phrases.items()), tuple((row["kind"], row["position"], row["weight"]) for row in rows)


def _spelled(cue: str) -> Iterator[str]:
    """A cue with its alternatives written out: "would (|also )be (great|nice)" stands for four."""
    parts = [part.split("|") for part in _ALTERNATIVES.split(cue)]
    return (" ".join("".join(chosen).split()) for chosen in product(*parts))


def find_requirements(words: Words, sections: tuple[Section, ...], mentions: Sequence[Mention], taxonomy: Taxonomy) -> tuple[Requirement, ...]:
    """Clauses in order, each with one strength; they cover every word of the text."""
    clauses = split_clauses(words, sections, mentions, taxonomy)
    kinds = read_clauses(words, clauses, load_packed_weights())
    requirements: list[Requirement] = []
    carried: Cue | None = None
    led: Cue | None = None  # by a dash, which leads in one clause
    listed: Cue | None = None  # by a colon or dash after it in a line of items: "Plusses: Docker; some Go; Kafka"
    softened = False  # whether the last cue before a clause was a softener
    asked_opinion = False
    for clause, kind in zip(clauses, kinds, strict=True):
        section, first, last, cues = clause.section, clause.first, clause.last, clause.cues
        if clause.opens:  # a lead-in carries no further than its section
            carried, led, listed, asked_opinion = None, None, None, False
        listed = listed if _goes_on_listing(words, first) else None
        carried = (listed or carried) if _is_item(words, first, last, cues) else None
        asked_opinion = _asks_opinion(words, first, last, cues) or (asked_opinion and last - first <= _ITEM_WORDS and not cues and "?" not in words.gaps[last])
        if asked_opinion:
            requirements.append(_requirement(words, section, first, last, Strength.MENTIONED, None, aside=True))
        else:
            requirements.extend(_scopes(words, _without_same(clause, softened), kind, led if led is not None and _is_row(words, first, last) else carried))
        listed = next((c for c in reversed(cues) if c.kind in ("required", "preferred") and _leads_row(words, c)), listed)
        if cues:
            softened = _SAME.get(cues[-1].kind, softened)
        led = _dashed(words, clause)
        # "Nice to have   Python, R": a cue alone before wide space.
        alone = not words.gaps[last].strip(" \t\xa0") and any(c.first == first and c.last == last and c.position != "after" for c in cues)
        if ":" in words.gaps[last] or words.folded[last - 1] in _LEADS or alone or (";" in words.gaps[last] and section is SectionKind.INTRO):
            carried = next((c for c in reversed(cues) if c.kind in ("required", "preferred", "duty")), carried)
    return tuple(requirements)


def _leads_row(words: Words, cue: Cue) -> bool:
    """Whether a colon stands after a cue, a dash after one that governs what follows, or it ends before "to", with which the items of a row begin."""
    gap = words.gaps[cue.last]
    dashed = cue.position != "after" and gap.strip() in _DASHES and words.gaps[cue.first].strip() not in _DASHES
    return "\n" not in gap and (":" in gap or dashed or (cue.position == "before" and words.folded[cue.last : cue.last + 1] == ["to"]))


def _goes_on_listing(words: Words, first: int) -> bool:
    """Whether a clause is the next item of a row: after a semicolon, a bar, a slash or a dash."""
    gap = words.gaps[first]
    return "\n" not in gap and (";" in gap or gap == _SLASH or gap.strip() in _BARS or gap.strip() in _DASHES or gap.strip() == "+")


def _without_same(clause: Clause, softened: bool) -> Clause:
    """A clause in which "as is" and the like mean what the cue before them does: a softener, or nothing new."""
    if all(cue.kind != "same" for cue in clause.cues):
        return clause
    cues = []
    for cue in clause.cues:
        if cue.kind == "same":
            if softened:
                cues.append(cue._replace(kind="preferred"))
        else:
            softened = _SAME.get(cue.kind, softened)
            cues.append(cue)
    return clause._replace(cues=tuple(cues))


def _dashed(words: Words, clause: Clause) -> Cue | None:
    """What is said of a list after a dash by the softener before it: "Another domain is a plus - Banking, Insurance". A dash can be a bullet, too."""
    gap = words.gaps[clause.last]
    if "\n" in gap or gap.strip() not in _DASHES or _is_dashed(words, clause.first, clause.last):
        return None
    return next((c for c in clause.cues if c.last == clause.last and c.position == "after" and c.kind in _CARRIED), None)


def _is_dashed(words: Words, first: int, last: int) -> bool:
    """Whether a dash stands before one of words first to last (exclusive)."""
    return any(gap.strip() in _DASHES for gap in words.gaps[first:last])


def _is_row(words: Words, first: int, last: int) -> bool:
    """Whether a clause is a row of items, and begins no demand of its own."""
    return words.folded[first] not in _OPENERS and any("," in words.gaps[k] or "/" in words.gaps[k] for k in range(first + 1, last))


def split_clauses(words: Words, sections: tuple[Section, ...], mentions: Sequence[Mention], taxonomy: Taxonomy) -> list[Clause]:
    """The clauses of all sections, in order; headings are in none. ``mentions`` are in order."""
    cues, places = _find_cues(words), _openings(words)
    skills = [None if mention.skill is None else taxonomy[mention.skill] for mention in mentions]
    clauses: list[Clause] = []
    at = seen = 0
    for section in sections:
        first, last = words.between(section.start, section.end)
        if section.heading is not None:
            first = max(first, words.between(section.heading.end, section.end)[0])
        for a, b in _clauses(words, places, first, last):
            while at < len(cues) and cues[at].first < a:
                at += 1
            n = at
            while n < len(cues) and cues[n].first < b:
                n += 1
            start, end = words.starts[a], words.ends[b - 1]
            while seen < len(mentions) and mentions[seen].start < start:
                seen += 1
            m = seen
            while m < len(mentions) and mentions[m].start < end:
                m += 1
            named = tuple([skill for skill in skills[seen:m] if skill is not None])
            clauses.append(Clause(section.kind, a, b, tuple(cues[at:n]), named, mentions[seen:m], opens=a == first))
    return clauses


def features_of(words: Words, clause: Clause) -> list[str]:
    """What the clause model sees of a clause."""
    cues = [(cue.kind, cue.weight) for cue in clause.cues]
    return clause_features(words, clause.first, clause.last, clause.section, cues, [skill.type for skill in clause.named])


def _asks_opinion(words: Words, first: int, last: int, cues: tuple[Cue, ...]) -> bool:
    """Whether a clause is a question of a questionnaire that asks for no experience."""
    return "?" in words.gaps[last] and _OPINION.match(words.raw[first]) is not None and not any(c.kind in ("required", "preferred") for c in cues)


def _is_item(words: Words, first: int, last: int, cues: tuple[Cue, ...]) -> bool:
    """Whether a clause reads as an item of the list that a lead-in ("the following knowledge:") opened."""
    if cues and any(c.strong and c.kind in ("required", "preferred") for c in cues):
        return False
    return last - first <= _ITEM_WORDS or not BULLETS.isdisjoint(words.gaps[first]) or "*" in words.gaps[first]


def _find_cues(words: Words) -> list[Cue]:
    table, rows = load_cues()
    letters = _letters(words) if "d" in words.folded or "desirable" in words.folded else []
    if "desirable" not in words.folded and len({words.raw[k] for k in letters}) < 2:
        letters = []
    column = [Cue(k, k + 1, _COLUMN[words.raw[k]], "both", "strong") for k in letters]
    cues = list(column)
    taken = 0
    for i, ends in table.find(words):
        if i < taken:
            continue
        taken, values = ends[-1]
        cues.append(Cue(i, taken, *rows[values[0]]))
    return sorted(cues, key=_FIRST) if column else cues


def _letters(words: Words) -> list[int]:
    """The words that are a letter of such a column: "Phonics      D", "Driving licence (E)"."""
    marks = [k for k, word in enumerate(words.raw) if len(word) == 1 and _is_mark(words, k)]
    return marks if len(marks) >= _LEAST_MARKS else []


def _is_mark(words: Words, k: int) -> bool:
    gap, after = words.gaps[k], words.gaps[k + 1]
    apart = "\n" not in gap and is_wide(gap)
    return words.raw[k] in _COLUMN and ((apart and (not after or "\n" in after)) or (gap.endswith("(") and after.startswith(")")))


def _openings(words: Words) -> list[int]:
    """The words, in order, at which a clause may begin by what stands before them, or as openers with a capital."""
    gaps, raw, last = words.gaps, words.raw, len(words)
    parted = [k for k in words.apart if _may_break(gaps[k]) and k < last]
    begun = {*words.those(_ANY_OPENERS), *[k + 1 for k in words.those(_ANY_CLOSERS) if k + 1 < last]}
    return sorted({*parted, *[k for k in begun if gaps[k] in _SPACES and raw[k][0].isupper()]})


def _clauses(words: Words, places: list[int], first: int, last: int) -> list[tuple[int, int]]:
    """Word ranges of sentences, bullets and, in run-on text, of what begins with a requirement opener; ``places`` are the openings of the text."""
    found = []
    start = first
    for k in places[bisect_right(places, first) : bisect_left(places, last)]:
        if _breaks_clause(words, k):
            found.append((start, k))
            start = k
    if start < last:
        found.append((start, last))
    return found


@lru_cache(maxsize=1 << 12)
def _may_break(gap: str) -> bool:
    """Whether a clause can begin after this gap; after most it can't."""
    return is_wide(gap) or not _BREAKS.isdisjoint(gap) or gap.lstrip().startswith(("*", "-")) or gap == _SLASH or gap.strip() in _BARS or gap[:1] == ")"


def _breaks_clause(words: Words, k: int) -> bool:
    """Whether a clause begins at word k, which has a capital where only a space stands before it."""
    gap = words.gaps[k]
    if gap in _SPACES:
        word, previous = words.raw[k], words.raw[k - 1]
        goes_small = k + 1 < len(words) and words.raw[k + 1].islower() and words.gaps[k + 1] in _INSIDE
        if gap != " ":
            # "(end to end design) You have strong knowledge"
            begins = word[0].isupper() and goes_small and (words.folded[k] in _OPENERS or words.folded[k] in _SURE_OPENERS)
            return begins or _is_numbered(words, k)
        if previous in _GOES_ON:
            return False  # "a degree in Computer Science", "or Experience Design"
        if previous in _CLOSERS:
            return True
        if words.folded[k] in _SURE_OPENERS and goes_small:
            return True
        return words.folded[k] in _OPENERS and (previous.islower() or previous[-1] in ")%") and len(previous) > 1 and not (len(word) > 1 and word.isupper())
    if "\n" in gap:
        return "\n\n" in gap or _is_new_line(words, k)
    if gap == _SLASH:
        return _is_row_of_items(words, k)
    if gap.strip() in _BARS:
        return True
    if gap[0] == ")" and _is_numbered(words, k):
        return True
    if is_wide(gap) and _is_mark(words, k):
        return False
    if not BULLETS.isdisjoint(gap) or ";" in gap or (" - " in gap and words.raw[k][0].isupper()) or (is_wide(gap) and words.raw[k][0].isupper()):
        return True
    if "." in gap or "!" in gap or "?" in gap:
        if words.raw[k][0].islower() and (")" in gap or (words.raw[k - 1] == "e" and words.raw[k] == "g")):
            return False  # "(OpenCV, Keras, etc.) is a plus", "(e. g. Python)"
        return not _abbreviated(words, k - 1) and (len(gap) > 1 or _is_glued(words, k))
    if "*" in gap:
        return gap[0] == " " and (gap[-1] == "*" or words.raw[k][0].isupper())
    return gap.lstrip().startswith("-") and words.raw[k][0].isupper() and len(gap) > 2


def _is_row_of_items(words: Words, k: int) -> bool:
    """Whether a slash between spaces parts the items of a list, one of them a phrase: "CPR card / 2 years in home care / own car". "Java / Go" is a choice."""
    gaps = words.gaps
    slashes = [k]
    for step, stop in ((-1, max(0, k - _ROW)), (1, min(len(words), k + _ROW))):
        n = k + step
        while n != stop and _ENDS_ROW.isdisjoint(gaps[n]):
            if gaps[n] == _SLASH:
                slashes.append(n)
            n += step
    slashes.sort()
    return any(b - a >= _PHRASE and not any(words.raw[k][0].isupper() and words.folded[k] in _OPENERS for k in range(a, b)) for a, b in pairwise(slashes))


def _is_numbered(words: Words, k: int) -> bool:
    """Whether a number or letter of a list stands before word k: "... (a) a degree (b) three years ...", "8) Git 9) Linux"."""
    mark, before = words.raw[k - 1], words.gaps[k - 1]
    listed = before[:1] in ("", " ", "\n", ";", ",", ".") and before.strip() in ("", "(", ";", ",", ".", ";(", ".(")  # "skill(s)" is no letter of a list
    if "(" in before:
        return listed and mark in _LIST_LETTERS  # "three (3) years", "year (s)"
    numbered = listed and len(mark) <= 2 and (mark.isdigit() or mark in _LIST_LETTERS)
    return numbered and _open_parenthesis(words, max(0, k - 1 - _ROW), k - 1) is None  # "(NVQ level 2) in ..."


def _is_glued(words: Words, k: int) -> bool:
    """Whether word k begins a sentence that lost the space before it ("of staff.The role"), rather than part of a name ("Asp.Net", "www.Acme.com")."""
    before, word, after = words.raw[k - 1], words.raw[k], words.gaps[k + 1]
    return len(before) > 2 and before.islower() and word[0].isupper() and (len(word) == 1 or word[1:].islower()) and after[:1] in {" ", ",", "'", "\u2019"}


def _abbreviated(words: Words, k: int) -> bool:
    """Whether the stop after word k is that of an abbreviation: "e.g.", "incl."."""
    last = words.raw[k].lower()
    return last in _ABBREVIATIONS or (len(last) == 1 and last.isalpha() and words.gaps[k] == ".")


def _is_new_line(words: Words, k: int) -> bool:
    """Whether a line break begins a new clause rather than a wrapped line."""
    gap = words.gaps[k]
    if any(c in gap for c in ".;:!?") or not BULLETS.isdisjoint(gap) or "*" in gap or "- " in gap:
        return True
    if not words.raw[k][0].islower() or (words.raw[k] == "o" and words.gaps[k + 1] == " "):  # the "o" that a hollow bullet is pasted as
        return True
    # A line is wrapped where the next word would not fit; items that begin small stand on lines of their own.
    return words.ends[k - 1] - words.text.rfind("\n", 0, words.ends[k - 1]) + len(words.raw[k]) < _WRAPPED * _width(words.text)


@lru_cache(maxsize=4)
def _width(text: str) -> int:
    """The characters of the longest line."""
    return max(map(len, text.split("\n")))


def _scopes(words: Words, clause: Clause, kind: ClauseKind, carried: Cue | None) -> list[Requirement]:
    """One clause as parts of one strength each, of which what the employer offers asks for nothing: "and in return we train you in brewing"."""
    found = next((cue for cue in clause.cues if cue.kind == "offer"), None)
    at, end = (clause.last, clause.last) if found is None else _offered(words, found, clause)
    parts = _governed(words, _part(clause, clause.first, at), kind, carried) if at > clause.first else []
    if at < end:
        parts.append(_requirement(words, clause.section, at, end, Strength.MENTIONED, found, aside=True))
        parts += _governed(words, _part(clause, end, clause.last), kind, carried) if end < clause.last else []
    return parts


def _part(clause: Clause, first: int, last: int) -> Clause:
    """A clause cut to some of its words."""
    if (first, last) == (clause.first, clause.last):
        return clause
    return clause._replace(first=first, last=last, cues=tuple(cue for cue in clause.cues if first <= cue.first and cue.last <= last))


def _offered(words: Words, cue: Cue, clause: Clause) -> tuple[int, int]:
    """The words (last exclusive) that tell what the employer gives: to the end, or what stands right before "training will be provided"."""
    first, last = clause.first, clause.last
    if cue.position == "before":
        return (last, last) if not _DUE.isdisjoint(words.folded[cue.last : cue.last + 2]) else (cue.first, last)
    on = cue.last < last and words.gaps[cue.last] == " " and words.folded[cue.last] in ("in", "on")
    begin = cue.first
    if cue.first - first > _OFFERED_WORDS or any(c.kind in _CARRIED and c.last <= cue.first for c in clause.cues):
        while begin > first and words.gaps[begin] in (" ", "-") and words.folded[begin - 1] not in _BEFORE_OFFERS:
            begin -= 1
            if words.raw[begin][0].isupper():
                break  # "... in a hot environment On-the-job training will be provided"
        return (begin if cue.first - begin <= _OFFERED_WORDS else cue.first), (last if on else cue.last)
    return first, (last if on else cue.last)


def _governed(words: Words, clause: Clause, kind: ClauseKind, carried: Cue | None) -> list[Requirement]:
    """One clause as parts of one strength each: a cue before governs what follows, a softener after what precedes.

    What a softener governs reaches over no lost line break; none is lost within a name.
    """
    section, first, last, cues = clause.section, clause.first, clause.last, clause.cues
    if kind in (ClauseKind.ASIDE, ClauseKind.HEAD) and section not in ASIDE and (_is_list(words, clause) or (kind is ClauseKind.HEAD and _demands(clause))):
        kind = ClauseKind.ASK
    if _aside(clause, kind, carried):
        return [_requirement(words, section, first, last, Strength.MENTIONED, next((c for c in cues if c.kind == "aside"), None), aside=True)]
    parts: list[Requirement] = []
    at = first
    if section is SectionKind.REQUIREMENTS and kind is ClauseKind.DUTY and last - first < _ITEM_WORDS and words.folded[first] not in _DUTY_VERBS:
        kind = ClauseKind.ASK  # "Unit, integration and regression testing"
    strength, cue = _start(section, kind, carried)
    base = (strength, cue)
    breaks: Sequence[int] | None = None  # of most clauses nobody asks
    for found in cues:
        if found.first < at or _describes(words, found, last) or _is_gained(words, found, first):
            continue
        meaning = _meaning(found, section, kind, cue, found.first == first)
        if meaning is None or (found.weight == "weak" and found.kind == "preferred" and words.folded[found.first - 1 : found.first] == ["not"]):
            continue  # "will not be considered" wishes for nothing
        backward = _governs_before(words, found, at, last)
        if breaks is None and (backward or meaning is Strength.PREFERRED):
            breaks = [k for k in find_breaks(words, first, last) if not any(m.start < words.starts[k] < m.end for m in clause.mentions)]
        if backward:
            back = max(_back_to(words, found, at, cue), _last_of(breaks or (), found.first))
            if back > at:
                parts.append(_requirement(words, section, at, back, strength, cue))
            at = _list_after(words, found, clause) if meaning is Strength.PREFERRED else found.last
            parts.append(_requirement(words, section, back, at, meaning, found))
            strength, cue = base
        elif cue is not None and meaning is strength:
            continue
        elif cue is None or found.strong or not cue.strong:
            if cue is None and strength is Strength.MENTIONED and found.kind == "required":
                at, strength, cue = at, meaning, found
                continue
            if found.first > at:
                parts.append(_requirement(words, section, at, found.first, strength, cue))
            at, strength, cue = found.first, meaning, found
            end = last
            if meaning is Strength.PREFERRED and found.first > first:
                end = _ends_softly(words, found, last)
            if meaning is Strength.PREFERRED and ":" not in words.gaps[found.last]:
                end = min(end, _next_of(breaks or (), found.last, last))
            if end < last:
                parts.append(_requirement(words, section, at, end, strength, cue))
                at, (strength, cue) = end, base
    if at < last:
        parts.append(_requirement(words, section, at, last, strength, cue))
    return parts


def _last_of(breaks: Sequence[int], k: int) -> int:
    """The last break at or before word k, else 0."""
    n = bisect_right(breaks, k)
    return breaks[n - 1] if n else 0


def _next_of(breaks: Sequence[int], k: int, last: int) -> int:
    """The first break after word k, else ``last``."""
    n = bisect_right(breaks, k)
    return breaks[n] if n < len(breaks) else last


def _is_list(words: Words, clause: Clause) -> bool:
    """Whether a clause is little but names of skills, and not told of the employer: "Java, JMS, Git, JUnit"."""
    return len(clause.named) >= _LIST and 2 * len(clause.named) >= clause.last - clause.first and words.folded[clause.first] not in _EMPLOYER


def _demands(clause: Clause) -> bool:
    """Whether a clause names a skill with a word that asks: "We are looking for a nurse who can do phlebotomy"."""
    return bool(clause.named) and any(c.kind in ("required", "preferred") and c.weight != "faint" for c in clause.cues)


def _aside(clause: Clause, kind: ClauseKind, carried: Cue | None) -> bool:
    """Whether a clause asks nothing of the candidate: by a cue, as it reads, or by its section."""
    section, cues = clause.section, clause.cues
    if cues and any(c.kind == "aside" and c.weight == "sure" for c in cues):
        return True
    if cues and any(c.kind in ("required", "preferred") and c.strong for c in cues):
        return False
    if carried is not None and carried.kind in ("required", "preferred") and section not in ASIDE:
        return False
    if section is SectionKind.TITLE or (section in _ASKING and clause.last - clause.first < _ITEM_WORDS and not any(c.kind == "aside" for c in cues)):
        return False
    # Under "What we offer" an item asks for nothing, whatever it names: "Photoshop course"; nor does a row of them without a word that asks.
    heard = kind is ClauseKind.ASK and (bool(cues) or (section is not SectionKind.BENEFITS and clause.last - clause.first >= _ITEM_WORDS))
    return kind is ClauseKind.ASIDE or (section in ASIDE and not heard) or (section is SectionKind.INTRO and kind is ClauseKind.HEAD)


def _start(section: SectionKind, kind: ClauseKind, carried: Cue | None) -> tuple[Strength, Cue | None]:
    """The strength with which a clause begins: as it reads, of the lead-in it stands under, else of its section."""
    if section is SectionKind.TITLE:
        return Strength.REQUIRED, None
    if carried is not None and carried.kind != "duty" and (kind is not ClauseKind.DUTY or section is SectionKind.REQUIREMENTS):
        return (Strength.PREFERRED if section is SectionKind.PREFERRED else _CARRIED[carried.kind]), carried
    if kind is ClauseKind.DUTY and section is not SectionKind.PREFERRED:
        return Strength.DUTY, None
    if kind is ClauseKind.ASK:
        return (Strength.PREFERRED if section is SectionKind.PREFERRED else Strength.REQUIRED), None
    return _DEFAULTS.get(section, Strength.MENTIONED), None


def _meaning(cue: Cue, section: SectionKind, kind: ClauseKind, current: Cue | None, begins: bool) -> Strength | None:
    """What a cue makes of its scope in a clause of this kind; None where it changes nothing."""
    if cue.kind == "preferred":
        return Strength.PREFERRED
    if cue.kind == "required":
        if kind is ClauseKind.DUTY and cue.position == "after" and cue.last - cue.first == 1:
            return None  # "report to the board as required"
        if cue.strong:
            return Strength.REQUIRED
        if section is SectionKind.PREFERRED or kind is ClauseKind.ASK or (current is not None and current.kind == "preferred"):
            return None
        if cue.weight == "faint" and (kind is ClauseKind.DUTY or (current is not None and current.kind == "duty")):
            return None
        return Strength.REQUIRED
    if cue.kind == "duty":
        if cue.position == "start" and not begins:
            return None
        return Strength.DUTY if kind is ClauseKind.DUTY or (cue.strong and section is not SectionKind.PREFERRED) else None
    return None


def _is_gained(words: Words, cue: Cue, first: int) -> bool:
    """Whether a knowledge comes with the job: "develop a thorough understanding of", "use your knowledge of"."""
    return words.folded[cue.first] in _DEMANDS and not _GAINING.isdisjoint(words.folded[max(first, cue.first - _GAINED_WITHIN) : cue.first])


def _describes(words: Words, cue: Cue, last: int) -> bool:
    """Whether a softener is the adjective of what follows, or one of two: "useful formats", "welcoming and helpful"."""
    if words.folded[cue.first] not in _ADJECTIVES or cue.last - cue.first > 1:
        return False
    goes_on = cue.last < last and words.gaps[cue.last] == " " and words.folded[cue.last] not in _AFTER_SOFTENERS
    return goes_on or (cue.first > 0 and words.folded[cue.first - 1] == "and")


def _governs_before(words: Words, cue: Cue, at: int, last: int) -> bool:
    if cue.position == "after":
        # "It would be an advantage to have a forklift licence": here it governs what follows.
        return cue.first > at and tuple(words.folded[cue.last : cue.last + 2]) not in _TURNS
    if cue.position in ("before", "start"):
        # "Sales experience (ideally) and a driving licence": alone in brackets it governs what stands before them.
        return cue.first > at and _CLOSING.get(words.gaps[cue.first][-1:]) == words.gaps[cue.last][:1]
    # Either side: "Desirable: X" against "X desirable".
    return cue.first > at and (cue.last >= last or words.gaps[cue.last].strip()[:1] in {"", ",", ".", ";", ")", "("})


def _list_after(words: Words, cue: Cue, clause: Clause) -> int:
    """Where the scope of a cue ends that governs what stands before it: after the list that it leads in, too, which says what is meant.

    "Cloud platforms are a plus: AWS, Azure"; "payroll systems would be an advantage (Sage, ADP)". A dash can be a bullet, too.
    """
    last = clause.last
    gap = words.gaps[cue.last].strip() if cue.last < last else ""
    closing = _CLOSING.get(gap)
    if closing is None:
        if gap in ("", ",") and words.folded[cue.last : cue.last + 1] in (["e"], ["eg"], ["such"], ["including"]):
            return last  # "... is a plus, e.g. Docker, Kafka"
        return last if gap == ":" or (gap in _DASHES and not _is_dashed(words, clause.first, cue.last)) else cue.last
    end = next((k for k in range(cue.last + 1, last) if closing in words.gaps[k]), last)
    return cue.last if any(cue.last <= c.first < end and c.kind in _CARRIED and c.strong for c in clause.cues) else end


def _back_to(words: Words, cue: Cue, at: int, current: Cue | None) -> int:
    """Where the scope of a softener or "required" after its skill begins."""
    opening = _open_parenthesis(words, at, cue.first)
    if opening is not None and at < opening < cue.first and _AUXILIARIES.issuperset(words.folded[opening : cue.first]):
        return _last_demand(words, at, opening)  # "Docker and Kubernetes (will be an advantage)"
    if opening is not None and opening < cue.first:
        return opening  # "Java (Spring a plus)": only Spring
    if opening is not None or (current is not None and current.strong):
        return _last_break(words, at, cue.first) if opening is None else _last_break(words, at, cue.first - 1, ",:)")
    return _last_demand(words, at, cue.first)


def _ends_softly(words: Words, cue: Cue, last: int) -> int:
    """Where the scope of a softener inside a clause ends: at the bracket that it stands in, or where a new demand begins.

    "Sales experience, preferably in media, and strong communication skills"; "sales (ideally by telephone) and driving".
    """
    closing = _CLOSING.get(words.gaps[cue.first][-1:])
    for k in range(cue.last + 1, last):
        if closing is not None:
            if closing in words.gaps[k]:
                return k
        elif words.folded[k] in _NEW_DEMANDS and ("," in words.gaps[k] or (words.folded[k - 1] == "and" and k - 1 > cue.last)):
            return k
    return last


def _last_demand(words: Words, at: int, before: int) -> int:
    """Where the last of two demands begins that "and" or a comma joins: "fluent in Word and Excel and knowledge of Oracle is a plus"."""
    for k in range(before - 1, at + 2, -1):
        joined = "," in words.gaps[k] or (words.folded[k - 1] == "and" and words.folded[k - 2] not in _DEMANDS)
        demand = k + (words.folded[k] in _OF_DEMANDS)
        if joined and words.folded[demand] in _DEMANDS:
            # "Banks and insurers; previous experience in these sectors is a plus" speaks of what stands before it.
            return k if _REFERRING.isdisjoint(words.folded[demand + 1 : demand + 4]) else at
    return at


def _open_parenthesis(words: Words, at: int, before: int) -> int | None:
    """The word that a parenthesis, still open at word ``before``, opens with."""
    for k in range(before, at, -1):
        if ")" in words.gaps[k]:
            return None
        if "(" in words.gaps[k]:
            return k
    return None


def _last_break(words: Words, at: int, before: int, signs: str = ",:") -> int:
    """The last word before which one of some signs stands; of "C++ (must) and Python (ideally)" the second bracket says nothing of the first."""
    return next((k for k in range(before - 1, at, -1) if any(sign in words.gaps[k] for sign in signs)), at)


def _requirement(words: Words, section: SectionKind, first: int, last: int, strength: Strength, cue: Cue | None, *, aside: bool = False) -> Requirement:
    span = None if cue is None else Span(words.starts[cue.first], words.ends[cue.last - 1], words.slice(cue.first, cue.last))
    return Requirement(words.starts[first], words.ends[last - 1], section, strength, span, aside)
