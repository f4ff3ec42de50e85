"""Microsoft Learn: the JSON of its catalog API, as a file that the user has downloaded.

Fields are those of https://learn.microsoft.com/training/support/catalog-api-developer-reference. It holds no
prices; units are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from mcgap.importers.drafts import Draft, Notes
from mcgap.importers.jsonld import Node, day_of, list_of, number_of, plain_number, text_of, texts_of, web_address
from mcgap.importers.words import level_in
from mcgap.taxonomy import Taxonomy

# Section of the file, our type, and what the issuer calls it. The first section that names a uid wins.
SECTIONS = (
    ("mergedCertifications", "certification", "certification"),
    ("certifications", "certification", "certification"),
    ("appliedSkills", "micro-credential", "applied skill"),
    ("learningPaths", "course", "learning path"),
    ("courses", "course", "course"),
    ("modules", "course", "module"),
)
_DAYS_A_MONTH = 30.4375
_KIND = re.compile(r"^(?:certification|learn|applied-skill|exam|course|wwl|learn\.wwl)\.")


def is_ms_learn(data: Any) -> bool:
    return isinstance(data, Mapping) and any(isinstance(data.get(name), list) for name, _, _ in SECTIONS) and "credentials" not in data


def read_ms_learn(data: Any, taxonomy: Taxonomy, notes: Notes) -> list[Draft]:
    """Certifications, applied skills, learning paths, courses and modules."""
    lengths = {
        uid: minutes
        for name in ("modules", "learningPaths")
        for e in _entries(data, name)
        if (uid := text_of(e.get("uid"))) and (minutes := number_of(e.get("duration_in_minutes")))
    }
    exams = {uid: e for e in _entries(data, "exams") if (uid := text_of(e.get("uid")))}
    names = {i: n for section in ("products", "roles", "subjects") for i, n in _terms(data.get(section))}
    file = _File(lengths, exams, names)
    drafts: dict[str, Draft] = {}
    for section, kind, label in SECTIONS:
        for entry in _entries(data, section):
            uid = text_of(entry.get("uid"))
            if uid is None or text_of(entry.get("title")) is None:
                notes.say(f"Entries of {section} without uid or title were left out.")
            elif uid not in drafts:
                drafts[uid] = _draft(entry, uid, kind, label, file, taxonomy, notes)
    if _entries(data, "units"):
        notes.say("Units were left out: they are parts of modules.")
    return list(drafts.values())


def _entries(data: Node, section: str) -> list[Node]:
    value = data.get(section)
    return [e for e in value if isinstance(e, Mapping)] if isinstance(value, list) else []


def _terms(value: Any) -> Iterator[tuple[str, str]]:
    """The (id, name) pairs of a list of terms, with their children."""
    waiting = list_of(value)
    while waiting:
        term = waiting.pop()
        if isinstance(term, Mapping):
            name, label = text_of(term.get("id")), text_of(term.get("name"))
            if name and label:
                yield name, label
            waiting.extend(list_of(term.get("children")))


@dataclass(frozen=True, slots=True)
class _File:
    """What entries refer to: minutes of modules and paths by uid, exams by uid, names of terms by id."""

    lengths: Mapping[str, float]
    exams: Mapping[str, Node]
    names: Mapping[str, str]


def _draft(entry: Node, uid: str, kind: str, label: str, file: _File, taxonomy: Taxonomy, notes: Notes) -> Draft:
    exams, names = file.exams, file.names
    codes = [text_of(exams[u].get("display_name")) for u in texts_of(entry.get("exams")) if u in exams]
    days = number_of(entry.get("renewal_frequency_in_days"))
    minutes = number_of(entry.get("exam_duration_in_minutes"))
    retires = day_of(entry.get("retirement_date"))
    modified = day_of(entry.get("last_modified"))
    languages = dict.fromkeys(t.split("-")[0].lower() for t in texts_of(entry.get("locales") or entry.get("locale")))
    url = web_address(entry.get("url"))
    plain: dict[str, Any] = {
        "id": _KIND.sub("", uid) if kind != "course" else uid,
        "title": text_of(entry.get("title")),
        "exam_code": next(filter(None, codes), None) or text_of(entry.get("course_number")),
        "issuer": "Microsoft",
        "type": kind,
        "issuer_label": label,
        "skills": _skills(entry, names, kind, taxonomy, notes),
        "level": next((level for t in texts_of(entry.get("levels")) if (level := level_in(t))), None),
        "prerequisites_recommended": [p if p in exams or p.startswith("certification.") else f"text: {p}" for p in texts_of(entry.get("prerequisites"))],
        "hours": _hours(entry, file.lengths),
        "assessment": {"kind": "exam", "minutes": round(minutes)} if minutes and 1 <= minutes <= 2_880 else None,
        "validity_months": round(days / _DAYS_A_MONTH) if days and days >= 28 else None,
        "last_revised": modified,
        "retires_on": retires,
        "status": "retiring" if retires else None,
        "components": [uid for uid in texts_of(entry.get("modules")) if kind == "course"],
        "roles": [names.get(role, role) for role in texts_of(entry.get("roles"))],
        "languages": list(languages),
        "delivery": "online",
        "url": url.split("?")[0] if url else None,
    }
    return Draft({key: value for key, value in plain.items() if value not in (None, [], {})}, (uid,))


def _skills(entry: Node, names: Mapping[str, str], kind: str, taxonomy: Taxonomy, notes: Notes) -> list[dict[str, Any]]:
    """What the entry says that it measures, and those of its products and subjects that name exactly one skill."""
    role = "taught" if kind == "course" else "assessed"
    said = texts_of(entry.get("skills"))
    tags = [names.get(tag, tag.replace("-", " ")) for key in ("products", "subjects") for tag in texts_of(entry.get(key))]
    linked = []
    for tag in tags:
        if len(taxonomy.named(tag)) == 1:
            linked.append(tag)
        else:
            notes.say("Products and subjects that name no skill of the taxonomy were left out.")
    return [{"id": name, "role": role} for name in dict.fromkeys((*said, *linked))]


def _hours(entry: Node, lengths: Mapping[str, float]) -> dict[str, Any] | None:
    """Stated hours or minutes; else the minutes of the study guide, summed where all of it is in the file."""
    hours, minutes = number_of(entry.get("duration_in_hours")), number_of(entry.get("duration_in_minutes"))
    guide = [text_of(part.get("uid")) if isinstance(part, Mapping) else text_of(part) for part in list_of(entry.get("study_guide"))]
    basis = "issuer"
    if not hours and not minutes and guide and all(uid in lengths for uid in guide):
        minutes, basis = sum(lengths[uid] for uid in guide if uid), "derived"
    total = hours or (minutes / 60 if minutes else None)
    return {"min": plain_number(round(total, 2)), "max": plain_number(round(total, 2)), "basis": basis} if total and total > 0 else None
