"""Names in a résumé that spell skills and mean none: the person's own, schools, employers, clients, awards and contests."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from mcgap.files import word_list
from mcgap.profile.roles import RANGE
from mcgap.records import Mention, Role

_WORD = r"[A-Z][\w&.'\u2019-]{0,40}"  # longer ones are no names, and a bound spares a text of one endless word
_SCHOOL = r"(?:University|College|Polytechnic|Academy|High School|Secondary School|State Board|Vidyalaya|Institute(?! of)|Hospital|Organi[sz]ation)"
_FIRM = r"(?:Pvt\.?|Private Limited|Ltd\.?|Limited|LLC|LLP|Inc\.?|Corp\.?|Corporation|GmbH|Plc|plc|(?:&[ \t])?Co\.(?=[ \t]*[,\n(|-]|[ \t]*$))"
_CONTEST = (
    r"(?:Competition|Trophy|Cup|Quiz(?! (?i:apps?|applications?|game|maker|platform|portal|system|website)\b)"  # "Python Quiz App" was built
    r"|Tournament|Hackathon|Award|Awards|Prize|Scholarship|Fellowship|Olympiad|Championship|Excellence)"
)
# Bodies, told by the word that ends their name. "ITIL Foundation" is a certificate: a foundation is one of software, or somebody works for it.
_BODY = (
    r"(?:Software Foundation|Society|Association|Federation|Council|Ministry|Authority|Agency|Museum|Church|Trust|Union"
    r"|(?:High|Primary|Secondary|Elementary|Middle|Modern|Grammar|Business|Medical|Law|Technical|Community|Public|Private|Boarding|Summer)[ \t]School)"
)
_BODIES = re.compile(rf"(?:{_WORD}[ \t]){{1,4}}{_BODY}\b(?![ \t]+(?:of|for)\b)|(?<=\bthe )(?:{_WORD}[ \t]){{1,4}}Foundation\b")
_FIRMS = re.compile(rf"(?:{_WORD}[ \t]){{1,4}}{_FIRM}(?![\w-])")
_NAMES = re.compile(
    rf"(?:{_WORD}[ \t]){{1,2}}{_SCHOOL}\b(?:[ \t]+of(?:[ \t]+{_WORD}){{1,3}})?"
    rf"|(?:{_WORD}[ \t]){{1,3}}{_CONTEST}\b"
)
# "M/s Photoshop Silks", "Cafe Java Green"; a sentence ends a name: "at Cafe Northmoor. Excel ..."
_HOUSES = re.compile(rf"(?:\bM/s\.?|\b(?:Cafe|Caf\u00e9|Messrs\.?))[ \t]{_WORD}(?:(?<!\.)[ \t]{_WORD}){{0,2}}")
_SCHOOLS = re.compile(rf"(?:{_WORD}[ \t]){{0,3}}\b(?P<of>(?:University|College|Institute|School|Academy)[ \t]+of(?:[ \t]+(?:{_WORD}|and|&))+)")
# "company - Oven Payments Bank", "Client: Oven Insurance, UK"; "Client - server systems" is none.
_LABELLED = re.compile(
    r"(?im)(?:^[ \t\u2022*-]*|[ \t]{2}|[|;][ \t]*)"
    r"(?:(?:company|employer)(?: name)?[ \t]*(?::|[-\u2013\u2014][ \t])|(?:client|customer|organi[sz]ation)(?: name)?[ \t]*:)"
    r"[ \t]*((?-i:[A-Z0-9(&][^\s,;]{0,40})(?:[ \t](?:(?-i:[A-Z0-9(&-][^\s,;]{0,40})|of|and|for|the|pvt\.?|ltd\.?)){0,6})"
    r"(?=[ \t]*\r?$|,[ \t][^\n,:]{2,20}\r?$|[ \t]{2})"
)
# "used daily by Facebook, Dropbox and more"
_USERS = re.compile(rf"\b(?:used|adopted|trusted|acquired|bought|funded)(?:[ \t][a-z]+)?[ \t]by[ \t]({_WORD}(?:(?<!\.)(?:,|,?[ \t]and|[ \t]&)?[ \t]{_WORD})*)")
_LEAST_NAME, _MOST_NAMES = 4, 30  # characters of a name that is looked for elsewhere; how many are


def find_names(text: str) -> list[tuple[int, int]]:
    """Where names of schools, firms and contests stand, up to the word that says so: an "Assessor Award" is a certificate.

    What a "School of ..." is of is no skill either; the whole of a name, such as "National Academy of Sports Medicine", can be a certificate's.
    What a label calls a company is one wherever it stands again; who uses what someone made is no skill either.
    """
    spans = [*(m.span() for m in _FIRMS.finditer(text)), *((m.start(), m.end() - 1) for names in (_NAMES, _BODIES) for m in names.finditer(text))]
    spans += [m.span(1) for m in _USERS.finditer(text)]
    spans += [m.span() for m in _HOUSES.finditer(text)]
    for school in _SCHOOLS.finditer(text):
        spans += [school.span("of"), (school.start(), school.end() - 1)]
    labelled = dict.fromkeys(m[1] for m in _LABELLED.finditer(text))
    several = [name for name in labelled if len(name) >= _LEAST_NAME and " " in name][:_MOST_NAMES]
    if several:
        spans += [m.span() for m in re.finditer(rf"(?<!\w)(?:{'|'.join(map(re.escape, several))})(?!\w)", text)]
    return spans


# ── employers, by where they stand ──────────────────────────────────────────────────────────────

_BETWEEN_PARTS = re.compile(r"[ \t]*[|,;:\u2022\u00b7@\t\n()][ \t]*|[ \t]{2,}|[ \t]+[-\u2013\u2014][ \t]+|\s+at\s+")
_TOKEN = re.compile(r"[^\W_][\w.+#&'\u2019/-]*")
_SMALL = frozenset("of and the for & de la du des und y".split())
# "Welder", "Florist", "Chef": what a job-holder is called, beside the words of the list title_nouns.
_HOLDER = re.compile(
    r"(?:er|or|ist|ian|ant|ent|eer|man|woman|person|ess|smith|wright|aide|hand|chef|cook|nurse|clerk|guard|mason|pilot|host|chief|apprentice)$"
)
_NO_HOLDERS = frozenset("center computer water power paper number river silver tower corner master supper letter order solar".split())
_HEAD_LINE, _LINES_AFTER, _PAIR = 90, 2, 2
_MOST_AFTER = 400  # characters of a head after its dates, on their line


def find_employers(text: str, roles: Iterable[Role], mentions: Sequence[Mention]) -> list[tuple[int, int]]:
    """Where employers are named in the heads of dated jobs: parts of a head in capitals that call no job-holder and are more than a skill's name.

    "Swift Logistics" beside "Driver" is a firm; "Machine Learning" or "Spring Boot", all of which a skill's name covers, may be what the job was about.
    """
    starts = [mention.start for mention in mentions]
    spans = []
    for role in roles:
        for start, end in head_parts(text, role):
            inside = mentions[bisect_left(starts, start) : bisect_right(starts, end)]
            if inside and _is_employer(text, start, end, inside):
                spans.append((start, end))
    return spans


def head_parts(text: str, role: Role) -> list[tuple[int, int]]:
    """The parts of a job's head: its lines up to the dates, and short ones after them where the dates stand first or beside the title alone."""
    dates = RANGE.search(text, role.span.start, role.span.end)
    if dates is None:
        return []
    line_end = text.find("\n", dates.end())
    # A text without lines has all its jobs in one: each is looked at no farther than a head goes.
    stop = min(line_end if line_end >= 0 else len(text), dates.end() + _MOST_AFTER)
    ends = [(role.span.start, dates.start()), (dates.end(), stop)]
    parts = [part for start, end in ends for part in _parts(text, start, end)]
    at = line_end
    for _ in range(_LINES_AFTER if len(parts) < 2 else 0):
        end = text.find("\n", at + 1) if at >= 0 else -1
        line = text[at + 1 : end] if end >= 0 else ""
        if not line.strip() or len(line) > _HEAD_LINE or line.rstrip()[-1] in ".:;" or ":" in line or not line.strip()[0].isalnum():
            break
        parts += _parts(text, at + 1, end)
        at = end
    return parts


def _parts(text: str, start: int, end: int) -> list[tuple[int, int]]:
    found, at = [], start
    for match in [*_BETWEEN_PARTS.finditer(text, start, end), None]:
        stop = match.start() if match is not None else end
        if text[at:stop].strip():
            found.append((at, stop))
        at = match.end() if match is not None else end
    return found


def _is_employer(text: str, start: int, end: int, mentions: Sequence[Mention]) -> bool:
    tokens = [match for match in _TOKEN.finditer(text, start, end) if match.group().lower() not in _SMALL]
    if len(tokens) < 2 or any(token.group()[0].islower() for token in tokens):
        return False
    words = [token.group().lower().rstrip(".") for token in tokens]
    if any(is_holder(word) for word in words):
        return False
    covered = [any(m.start <= token.start() and token.end() <= m.end for m in mentions) for token in tokens]
    if all(covered):  # "Excel Care Homes": two skills do not stand side by side without a comma
        return len(tokens) > _PAIR and not any(m.start <= tokens[0].start() and tokens[-1].end() <= m.end for m in mentions)
    # Words of a firm that no skill's name covers; "Intensive Care Unit" and "Machine Learning Platform" are parts of one.
    return any(not inside and word not in word_list("parts_of_a_firm") for inside, word in zip(covered, words, strict=True))


def is_holder(word: str) -> bool:
    """Whether a lower-case word is what somebody who holds a job is called: "welder"."""
    return word in word_list("title_nouns") or (word not in _NO_HOLDERS and _HOLDER.search(word) is not None)


# ── the person's own name ───────────────────────────────────────────────────────────────────────

_TOP = 500  # characters in which the name of the person stands
_CAPITAL = r"(?![a-z])[^\W\d_][\w'\u2019.-]*"
_PARTICLES = "de da do dos del della di van von der den ter la le el al bin binti ibn y e".replace(" ", "|")
# Words with a capital, of any alphabet, and what stands before or between them: "Ms", "de la".
_FULL_NAME = rf"(?:(?:Mr|Mrs|Ms|Mx|Miss|Dr|Prof)\b\.?[ \t]+)?(?P<name>{_CAPITAL}(?:[ \t]+(?:(?:{_PARTICLES})[ \t]+){{0,2}}{_CAPITAL}){{1,6}})"
_ENDS_NAME = r"[ \t]*(?P<rest>$|\n|[,|\u2022\u00b7(\u2013\u2014]|[ \t]-[ \t]|\t|  )"
_DOCUMENT = re.compile(
    r"\s*(?:curriculum vitae|c\.?v\.?|r[e\u00e9]sum[e\u00e9]|bio-?data)\b(?: of)?[ \t]*[:\u2013\u2014|-]?[ \t]*(?:\n\s*|(?=[^\W\d_]))", re.IGNORECASE
)
_FIRST = re.compile(rf"\s*{_FULL_NAME}{_ENDS_NAME}")
_LABEL = re.compile(rf"(?m)^[ \t\u2022*-]*(?i:(?:full[ \t]+)?name)[ \t]*[:\u2013\u2014-][ \t]*{_FULL_NAME}{_ENDS_NAME}")
_SURELY = 4  # words: more in a row can be a headline of skills


def find_own_name(text: str, mentions: Sequence[Mention]) -> list[tuple[int, int]]:
    """Where the person's name stands: on the first line (under "Curriculum Vitae"), or after the label "Name:".

    Two to four words with a capital alone on that line are a name whatever they spell. What is longer, or stands before other words of the line, is one
    unless it names a job-holder or skills cover most of it.
    """
    spans = [m.span("name") for m in _LABEL.finditer(text, 0, _TOP)]
    title = _DOCUMENT.match(text)
    first = _FIRST.match(text, title.end() if title is not None else 0)
    if first is not None and _is_name(first, mentions):
        spans.append((first.start(), first.end("name")))
    return spans


def _is_name(found: re.Match[str], mentions: Sequence[Mention]) -> bool:
    tokens = list(_TOKEN.finditer(found.string, *found.span("name")))
    if len(tokens) <= _SURELY and found["rest"] in ("", "\n"):
        return True
    start, end = found.span("name")
    inside = [m for m in mentions if m.start < end and m.end > start]
    covered = sum(any(m.start <= token.start() and token.end() <= m.end for m in inside) for token in tokens)
    return 2 * covered <= len(tokens) and not any(m.start <= start and end <= m.end for m in inside) and not any(is_holder(t.group().lower()) for t in tokens)
