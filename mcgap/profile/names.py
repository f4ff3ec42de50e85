"""Names in a résumé that spell skills and mean none: schools, employers, clients, awards and contests."""

from __future__ import annotations

import re

_WORD = r"[A-Z][\w&.'\u2019-]{0,40}"  # longer ones are no names, and a bound spares a text of one endless word
_SCHOOL = r"(?:University|College|Polytechnic|Academy|High School|Secondary School|State Board|Vidyalaya|Institute(?! of)|Hospital|Organi[sz]ation)"
_FIRM = r"(?:Pvt\.?|Private Limited|Ltd\.?|Limited|LLC|LLP|Inc\.?|Corp\.?|Corporation|GmbH|Plc|plc)"
_CONTEST = r"(?:Competition|Hackathon|Award|Awards|Prize|Scholarship|Fellowship|Olympiad|Championship|Excellence)"
_FIRMS = re.compile(rf"(?:{_WORD}[ \t]){{1,4}}{_FIRM}(?![\w-])")
_NAMES = re.compile(
    rf"(?:{_WORD}[ \t]){{1,2}}{_SCHOOL}\b(?:[ \t]+of(?:[ \t]+{_WORD}){{1,3}})?"
    rf"|(?:{_WORD}[ \t]){{1,3}}{_CONTEST}\b"
)
_SCHOOLS = re.compile(rf"(?:{_WORD}[ \t]){{0,3}}\b(?P<of>(?:University|College|Institute|School|Academy)[ \t]+of(?:[ \t]+(?:{_WORD}|and|&))+)")
# "company - Oven Payments Bank", "Client: Oven Insurance"; "Client - server systems" is none.
_LABELLED = re.compile(
    r"(?im)^[ \t\u2022*-]*(?:(?:company|employer)(?: name)?[ \t]*(?::|[-\u2013\u2014][ \t])|(?:client|customer|organi[sz]ation)(?: name)?[ \t]*:)"
    r"[ \t]*((?-i:[A-Z0-9(&][^\s,;]*)(?:[ \t](?:(?-i:[A-Z0-9(&-][^\s,;]*)|of|and|for|the|pvt\.?|ltd\.?)){0,6})[ \t]*\r?$"
)
_LEAST_NAME, _MOST_NAMES = 4, 30  # characters of a name that is looked for elsewhere; how many are


def find_names(text: str) -> list[tuple[int, int]]:
    """Where names of schools, firms and contests stand, up to the word that says so: an "Assessor Award" is a certificate.

    What a "School of ..." is of is no skill either; the whole of a name, such as "National Academy of Sports Medicine", can be a certificate's.
    What a label calls a company is one wherever it stands again.
    """
    spans = [*(m.span() for m in _FIRMS.finditer(text)), *((m.start(), m.end() - 1) for m in _NAMES.finditer(text))]
    for school in _SCHOOLS.finditer(text):
        spans += [school.span("of"), (school.start(), school.end() - 1)]
    labelled = dict.fromkeys(m[1] for m in _LABELLED.finditer(text))
    several = [name for name in labelled if len(name) >= _LEAST_NAME and " " in name][:_MOST_NAMES]
    if several:
        spans += [m.span() for m in re.finditer(rf"(?<!\w)(?:{'|'.join(map(re.escape, several))})(?!\w)", text)]
    return spans
