"""A credential as table cells, as plain values and as a record: the only place that knows the columns.

Cells (CSV) and plain values (JSON, YAML, every importer) come to one checked path:
cells → ``plain_of_cells`` → plain → ``credential_of`` → Credential → ``plain_of`` → plain → ``cells_of_plain`` → cells.
"""

from __future__ import annotations

import calendar
import math
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, NoReturn

from mcgap.catalog.clean import SLUG, clean_text
from mcgap.catalog.issuers import KINDS, UNKNOWN_KIND, find_issuer
from mcgap.countries import country_codes
from mcgap.errors import TableError
from mcgap.records import Assessment, Cost, Credential, Credit, FactStatus, Hours, Issuer, Level, Provenance, Recognition, Stack, TaughtSkill

COLUMNS = (
    "id", "title", "aliases", "exam_code", "issuer", "type", "issuer_label", "skills", "level", "prerequisites_required", "prerequisites_recommended",
    "experience_months", "hours_min", "hours_max", "hours_basis", "weeks", "sittings", "cost_min", "cost_max", "currency", "cost_kind",
    "cost_recurring", "assessment", "applied", "exam_minutes", "proctored", "validity_months", "renewal", "last_revised", "status", "retires_on",
    "stacks_into", "components", "credit_ects", "credit_us", "credit_by", "recognition", "co_developers", "industries", "roles", "countries",
    "languages", "delivery", "url", "provenance",
)  # fmt: skip
REQUIRED_COLUMNS = ("id", "title", "issuer", "skills")
OPTIONAL_COLUMNS = tuple(c for c in COLUMNS if c not in REQUIRED_COLUMNS)

TYPES = ("micro-credential", "certificate", "professional-certificate", "certification", "badge", "licence", "course")
BASES = ("issuer", "derived", "third-party", "estimate")
COST_KINDS = ("exam", "course", "subscription", "membership", "renewal")
ASSESSMENTS = ("exam", "performance", "artifact")
STATUSES = ("active", "retiring", "retired")
STACK_KINDS = ("larger-certificate", "designation", "degree-credit")
SCOPES = ("employer", "field", "law")
DELIVERIES = ("online", "in-person", "blended")
ROLES = ("taught", "assessed")
LEVELS = tuple(Level)
FACT_STATUSES = tuple(FactStatus)
FACTS = ("title", "skills", "hours", "cost", "assessment", "validity", "prerequisites", "credit", "recognition", "countries")

_MONTH = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
_CURRENCY = re.compile(r"[A-Z]{3}")
_LISTS = ("aliases", "prerequisites_required", "prerequisites_recommended", "components", "co_developers", "industries", "roles", "countries", "languages")
_SINGLE = (
    "id", "title", "exam_code", "issuer", "type", "issuer_label", "level", "experience_months", "weeks", "sittings", "validity_months", "renewal",
    "last_revised", "status", "retires_on", "delivery", "url",
)  # fmt: skip
# Each group of cells that is one object in JSON: its key there, and (cell, key) for each part.
_GROUPS: dict[str, tuple[tuple[str, str], ...]] = {
    "hours": (("hours_min", "min"), ("hours_max", "max"), ("hours_basis", "basis")),
    "cost": (("cost_min", "min"), ("cost_max", "max"), ("currency", "currency"), ("cost_kind", "kind"), ("cost_recurring", "recurring")),
    "assessment": (("assessment", "kind"), ("applied", "applied"), ("exam_minutes", "minutes"), ("proctored", "proctored")),
    "credit": (("credit_ects", "ects"), ("credit_us", "us"), ("credit_by", "by")),
}
_CELL_OF = {(group, key): cell for group, parts in _GROUPS.items() for cell, key in parts}
_PARTS: dict[str, tuple[str, ...]] = {
    "skills": ("id", "weight", "level", "role"),
    "stacks_into": ("id", "kind"),
    "recognition": ("scope", "name", "evidence", "as_of"),
    "provenance": ("field", "status", "as_of", "source"),
}
PLAIN_FIELDS = frozenset((*_SINGLE, *_LISTS, *_GROUPS, *_PARTS))

Plain = Mapping[str, Any]


# ── cells to plain values ───────────────────────────────────────────────────────────────────────


def plain_of_cells(cells: Mapping[str, str], file: str, row: int | None) -> dict[str, Any]:
    """The cells of one CSV row as plain values; empty cells are left out. Raises TableError."""
    plain: dict[str, Any] = {key: cells[key] for key in _SINGLE if cells.get(key)}
    for key in _LISTS:
        if cells.get(key):
            plain[key] = _split(cells[key])
    for group, parts in _GROUPS.items():
        found = {key: cells[cell] for cell, key in parts if cells.get(cell)}
        if found:
            plain[group] = found
    for key, split in _SPLITTERS.items():
        if cells.get(key):
            plain[key] = [split(entry, file, row) for entry in _split(cells[key])]
    return plain


def _split(cell: str) -> list[str]:
    return [part.strip() for part in cell.split("|") if part.strip()]


def _split_skill(entry: str, file: str, row: int | None) -> dict[str, str]:
    parts = [part.strip() for part in entry.split(":")]
    if len(parts) > 4:
        raise TableError(file, row, "skills", f"{entry!r} has {len(parts)} parts; write skill:weight:level:role")
    return {key: part for key, part in zip(_PARTS["skills"], parts, strict=False) if part}


def _split_stack(entry: str, file: str, row: int | None) -> dict[str, str]:
    into, colon, kind = entry.rpartition(":")
    if not colon:
        raise TableError(file, row, "stacks_into", f"{entry!r} lacks its kind; write id:kind with {', '.join(STACK_KINDS)}")
    return {"id": into.strip(), "kind": kind.strip()}


def _split_recognition(entry: str, file: str, row: int | None) -> dict[str, str]:
    scope, first, rest = entry.partition(":")
    name, _, rest = rest.partition(":")
    if not first or not name.strip():
        raise TableError(file, row, "recognition", f"{entry!r} is too short; write scope:name:evidence:as_of")
    evidence, colon, as_of = rest.rpartition(":")  # evidence may hold colons of its own, as an address does
    if as_of.strip() and not _MONTH.fullmatch(as_of.strip()):
        evidence, as_of = rest, ""
    found = {"scope": scope, "name": name, "evidence": evidence if colon or not as_of else "", "as_of": as_of}
    return {key: part.strip() for key, part in found.items() if part.strip()}


def _split_provenance(entry: str, file: str, row: int | None) -> dict[str, str]:
    field, equals, rest = entry.partition("=")
    parts = [part.strip() for part in rest.split(";", 2)]
    if not equals:
        raise TableError(file, row, "provenance", f"{entry!r} lacks '='; write field=status;as_of;source")
    return {key: part for key, part in zip(_PARTS["provenance"], (field.strip(), *parts), strict=False) if part}


_SPLITTERS: dict[str, Callable[[str, str, int | None], dict[str, str]]] = {
    "skills": _split_skill,
    "stacks_into": _split_stack,
    "recognition": _split_recognition,
    "provenance": _split_provenance,
}


# ── plain values to a record ────────────────────────────────────────────────────────────────────


class _Fields:
    """Plain values of one entry, taken out by name and checked. ``file`` and ``row`` go into errors."""

    __slots__ = ("file", "inside", "plain", "row")

    def __init__(self, plain: Plain, file: str, row: int | None, inside: str = "") -> None:
        self.plain, self.file, self.row, self.inside = plain, file, row, inside

    def wrong(self, key: str, problem: str) -> NoReturn:
        column = _CELL_OF.get((self.inside, key)) or (f"{self.inside}.{key}" if self.inside else key)
        raise TableError(self.file, self.row, column, problem)

    def text(self, key: str) -> str | None:
        value = self.plain.get(key)
        if isinstance(value, str):
            return clean_text(value) or None
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.wrong(key, f"this must be text, not {_kind(value)}")
        return str(value)

    def needed(self, key: str) -> str:
        value = self.text(key)
        if value is None:
            self.wrong(key, "this is empty; every credential needs it")
        return value

    def choice(self, key: str, allowed: Sequence[str]) -> str | None:
        value = self.text(key)
        if value is not None and value not in allowed:
            self.wrong(key, f"{value[:60]!r} is none of {', '.join(allowed)}")
        return value

    def number(self, key: str) -> float | None:
        value = self.plain.get(key)
        if value is None or value == "":
            return None
        if isinstance(value, bool) or not isinstance(value, int | float | str):
            self.wrong(key, f"this must be a number, not {_kind(value)}")
        try:
            number = float(value)
        except (ValueError, OverflowError):
            self.wrong(key, f"{str(value)[:40]!r} is no number; write digits with a point")
        if not math.isfinite(number):
            self.wrong(key, f"{str(value)[:40]!r} is no number; leave it empty where it is unknown")
        return number

    def whole(self, key: str) -> int | None:
        number = self.number(key)
        if number is not None and number != int(number):
            self.wrong(key, f"{number} is no whole number")
        return None if number is None else int(number)

    def month(self, key: str) -> str | None:
        value = self.text(key)
        if value is not None and not _MONTH.fullmatch(value):
            self.wrong(key, f"{value[:60]!r} is no date; write YYYY-MM")
        return value

    def day(self, key: str) -> date | None:
        """A date; a month counts to its last day."""
        value = self.month(key)
        if value is None:
            return None
        year, month, day = (*(int(part) for part in value.split("-")), 0, 0)[:3]
        try:
            return date(year, month or 12, day or calendar.monthrange(year, month or 12)[1])
        except ValueError:
            self.wrong(key, f"{value!r} is no date of the calendar; write YYYY-MM-DD")

    def many(self, key: str) -> tuple[str, ...]:
        value = self.plain.get(key)
        if value is None or value == "":
            return ()
        entries = _split(value) if isinstance(value, str) else value
        if not isinstance(entries, list | tuple):
            self.wrong(key, f"this must be a list of texts, not {_kind(value)}")
        for entry in entries:
            if not isinstance(entry, str):
                self.wrong(key, f"each entry must be text, not {_kind(entry)}")
        return tuple(dict.fromkeys(filter(None, map(clean_text, entries))))

    def group(self, key: str) -> _Fields | None:
        value = self.plain.get(key)
        if value is None or value in ("", {}):
            return None
        if not isinstance(value, Mapping):
            self.wrong(key, f"this must be an object, not {_kind(value)}")
        return _Fields(value, self.file, self.row, key)

    def groups(self, key: str) -> list[_Fields]:
        value = self.plain.get(key)
        if value is None or value == "":
            return []
        if not isinstance(value, list | tuple):
            self.wrong(key, f"this must be a list, not {_kind(value)}")
        found = []
        for entry in value:
            if isinstance(entry, str) and key in _SPLITTERS:
                entry = _SPLITTERS[key](entry, self.file, self.row)
            if not isinstance(entry, Mapping):
                self.wrong(key, f"each entry must be an object, not {_kind(entry)}")
            found.append(_Fields(entry, self.file, self.row, key))
        return found


def _kind(value: object) -> str:
    names = {bool: "true or false", int: "a number", float: "a number", str: "text", list: "a list", dict: "an object", type(None): "null"}
    return names.get(type(value), type(value).__name__)


Linker = Callable[[str], str]


def credential_of(plain: Plain, file: str, row: int | None, link: Linker | None = None) -> Credential:
    """One entry as a record. ``link`` turns the name of a skill into its id. Raises TableError naming the field."""
    fields = _Fields(plain, file, row)
    for key in plain:
        if key not in PLAIN_FIELDS:
            fields.wrong(str(key)[:60], "this field is unknown; remove it or mend its name")
    name = fields.needed("id")
    if not SLUG.fullmatch(name):
        fields.wrong("id", f"{name[:80]!r} is no slug; use a-z, 0-9 and single hyphens")
    provenance = tuple(map(_provenance, fields.groups("provenance")))
    level = fields.choice("level", LEVELS)
    return Credential(
        id=name,
        title=fields.needed("title"),
        issuer=_issuer(fields),
        type=fields.choice("type", TYPES) or "micro-credential",
        skills=_skills(fields, link),
        aliases=fields.many("aliases"),
        exam_code=fields.text("exam_code"),
        issuer_label=fields.text("issuer_label"),
        level=Level(level) if level else None,
        prerequisites_required=fields.many("prerequisites_required"),
        prerequisites_recommended=fields.many("prerequisites_recommended"),
        experience_months=fields.whole("experience_months"),
        hours=_hours(fields.group("hours")),
        weeks=fields.number("weeks"),
        sittings=fields.whole("sittings"),
        cost=_cost(fields.group("cost"), provenance),
        assessment=_assessment(fields.group("assessment")),
        validity_months=fields.whole("validity_months"),
        renewal=fields.text("renewal"),
        last_revised=fields.month("last_revised"),
        status=fields.choice("status", STATUSES) or "active",
        retires_on=fields.day("retires_on"),
        stacks_into=tuple(Stack(part.needed("id"), part.choice("kind", STACK_KINDS) or "larger-certificate") for part in fields.groups("stacks_into")),
        components=fields.many("components"),
        credit=_credit(fields.group("credit")),
        recognition=tuple(map(_recognition, fields.groups("recognition"))),
        co_developers=fields.many("co_developers"),
        industries=fields.many("industries"),
        roles=fields.many("roles"),
        countries=_countries(fields),
        languages=fields.many("languages") or ("en",),
        delivery=fields.choice("delivery", DELIVERIES),
        url=_url(fields),
        provenance=provenance,
    )


def _issuer(fields: _Fields) -> Issuer:
    if not isinstance(fields.plain.get("issuer"), Mapping):
        return find_issuer(fields.needed("issuer"))
    group = fields.group("issuer")
    if group is None:
        fields.wrong("issuer", "this is empty; every credential needs it")
    known = find_issuer(group.text("id") or group.needed("name"))
    kind = group.choice("kind", (*KINDS, UNKNOWN_KIND)) or known.kind
    return Issuer(
        id=known.id,
        name=group.text("name") or known.name,
        kind=kind,
        fields=group.many("fields") or known.fields,
        why=group.text("why") or known.why,
        products=group.many("products") or known.products,
        source=group.text("source") or known.source,
    )


def _skills(fields: _Fields, link: Linker | None) -> tuple[TaughtSkill, ...]:
    """Each skill once, with its weight; where no weight is given, the shares are equal."""
    given = fields.plain.get("skills")
    if isinstance(given, str):
        fields = _Fields({"skills": _split(given)}, fields.file, fields.row)
    found = fields.groups("skills")
    skills: dict[str, TaughtSkill] = {}
    for part in found:
        name = part.needed("id")
        skill = link(name) if link else name
        weight = part.number("weight")
        level = part.choice("level", LEVELS)
        assessed = part.choice("role", ROLES) == "assessed"
        skills.setdefault(skill, TaughtSkill(skill, round(1 / len(found), 4) if weight is None else weight, Level(level) if level else None, assessed))
    return tuple(skills.values())


def _hours(part: _Fields | None) -> Hours | None:
    if part is None:
        return None
    least, most = part.number("min"), part.number("max")
    if least is None and most is None:
        return None
    low, high = (most if least is None else least), (least if most is None else most)
    assert low is not None
    assert high is not None
    return Hours(low, high, part.choice("basis", BASES) or "estimate")


def _cost(part: _Fields | None, provenance: tuple[Provenance, ...]) -> Cost | None:
    if part is None:
        return None
    least, most = part.number("min"), part.number("max")
    if least is None and most is None:
        return None
    low, high = (most if least is None else least), (least if most is None else most)
    assert low is not None
    assert high is not None
    currency = part.text("currency") or ""
    if currency and not _CURRENCY.fullmatch(currency):
        part.wrong("currency", f"{currency!r} is no currency code; write three capitals such as USD")
    as_of = part.month("as_of") or next((item.as_of for item in provenance if item.field == "cost"), None)
    return Cost(low, high, currency, part.choice("kind", COST_KINDS) or "course", part.text("recurring"), as_of)


def _assessment(part: _Fields | None) -> Assessment | None:
    if part is None:
        return None
    kind = part.choice("kind", ASSESSMENTS)
    if kind is None:
        part.wrong("kind", f"this is empty though other facts of the assessment are given; write one of {', '.join(ASSESSMENTS)}")
    applied = part.whole("applied")
    if applied is not None and not 0 <= applied <= 3:
        part.wrong("applied", f"{applied} is not 0, 1, 2 or 3")
    proctored = part.plain.get("proctored")
    if not isinstance(proctored, bool):
        word = part.choice("proctored", ("yes", "no", "true", "false"))
        proctored = None if word is None else word in ("yes", "true")
    return Assessment(kind, {"exam": 0, "performance": 2, "artifact": 2}[kind] if applied is None else applied, part.whole("minutes"), proctored)


def _credit(part: _Fields | None) -> Credit | None:
    if part is None:
        return None
    credit = Credit(part.number("ects"), part.number("us"), part.text("by"))
    return None if credit == Credit() else credit


def _recognition(part: _Fields) -> Recognition:
    scope = part.choice("scope", SCOPES)
    if scope is None:
        part.wrong("scope", f"this is empty; write one of {', '.join(SCOPES)}")
    return Recognition(scope, part.needed("name"), part.text("evidence"), part.month("as_of"))


def _provenance(part: _Fields) -> Provenance:
    field = part.choice("field", FACTS)
    if field is None:
        part.wrong("field", f"this is empty; write one of {', '.join(FACTS)}")
    return Provenance(field, FactStatus(part.choice("status", FACT_STATUSES) or "unknown"), part.month("as_of"), part.text("source"))


def _countries(fields: _Fields) -> tuple[str, ...]:
    codes = fields.many("countries")
    for code in codes:
        if code not in country_codes():
            fields.wrong("countries", f"{code[:40]!r} is no code of a country known here; write two capitals such as GB, or EU")
    return codes


def _url(fields: _Fields) -> str | None:
    url = fields.text("url")
    if url is not None and not re.match(r"https?://", url):
        fields.wrong("url", f"{url[:60]!r} does not start with http:// or https://")
    return url


# ── a record to plain values and cells ──────────────────────────────────────────────────────────


def plain_of(credential: Credential) -> dict[str, Any]:
    """A record as plain values in the order of the columns; what is unknown is left out.

    ``credential_of(plain_of(c), ...)`` gives ``c`` back.
    """
    c = credential
    plain: dict[str, Any] = {
        "id": c.id,
        "title": c.title,
        "aliases": list(c.aliases),
        "exam_code": c.exam_code,
        "issuer": c.issuer.id if find_issuer(c.issuer.id) == c.issuer else _plain_issuer(c.issuer),
        "type": c.type,
        "issuer_label": c.issuer_label,
        "skills": [_filled({"id": s.skill, "weight": s.weight, "level": s.level, "role": ROLES[s.assessed]}) for s in c.skills],
        "level": c.level,
        "prerequisites_required": list(c.prerequisites_required),
        "prerequisites_recommended": list(c.prerequisites_recommended),
        "experience_months": c.experience_months,
        "hours": _filled({"min": c.hours.min, "max": c.hours.max, "basis": c.hours.basis}) if c.hours else None,
        "weeks": c.weeks,
        "sittings": c.sittings,
        "cost": _plain_cost(c.cost),
        "assessment": _filled(
            {"kind": c.assessment.kind, "applied": c.assessment.applied, "minutes": c.assessment.minutes, "proctored": c.assessment.proctored}
        )
        if c.assessment
        else None,
        "validity_months": c.validity_months,
        "renewal": c.renewal,
        "last_revised": c.last_revised,
        "status": c.status,
        "retires_on": c.retires_on.isoformat() if c.retires_on else None,
        "stacks_into": [{"id": s.into, "kind": s.kind} for s in c.stacks_into],
        "components": list(c.components),
        "credit": _filled({"ects": c.credit.ects, "us": c.credit.us, "by": c.credit.recommender}) if c.credit else None,
        "recognition": [_filled({"scope": r.scope, "name": r.name, "evidence": r.evidence, "as_of": r.as_of}) for r in c.recognition],
        "co_developers": list(c.co_developers),
        "industries": list(c.industries),
        "roles": list(c.roles),
        "countries": list(c.countries),
        "languages": list(c.languages),
        "delivery": c.delivery,
        "url": c.url,
        "provenance": [_filled({"field": p.field, "status": p.status, "as_of": p.as_of, "source": p.source}) for p in c.provenance],
    }
    return _filled(plain)


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    """Without what is unknown; enums as their text, whole floats as int."""
    return {key: _simple(value) for key, value in values.items() if value is not None and value != [] and value != ""}


def _simple(value: Any) -> Any:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return str(value) if isinstance(value, Level | FactStatus) else value


def _plain_issuer(issuer: Issuer) -> dict[str, Any]:
    kind = None if issuer.kind == UNKNOWN_KIND else issuer.kind
    return _filled(
        {
            "id": issuer.id,
            "name": issuer.name,
            "kind": kind,
            "fields": list(issuer.fields),
            "why": issuer.why,
            "products": list(issuer.products),
            "source": issuer.source,
        }
    )


def _plain_cost(cost: Cost | None) -> dict[str, Any] | None:
    if cost is None:
        return None
    return _filled({"min": cost.min, "max": cost.max, "currency": cost.currency, "kind": cost.kind, "recurring": cost.recurring, "as_of": cost.as_of})


def cells_of_plain(plain: Plain) -> tuple[dict[str, str], tuple[str, ...]]:
    """Plain values as CSV cells, and what the cells cannot hold, in words.

    A cell has "|", ":" and ";" as its separators: inside a value they become "/", "-" and ",".
    """
    cells = dict.fromkeys(COLUMNS, "")
    lost: list[str] = []
    for key in _SINGLE:
        cells[key] = _cell(plain.get(key))
    issuer = plain.get("issuer")
    if isinstance(issuer, Mapping):
        cells["issuer"] = _cell(issuer.get("name") or issuer.get("id"))
        lost.extend(f"issuer.{key}" for key in issuer if key not in ("name", "id"))
    for key in _LISTS:
        cells[key] = "|".join(_safe(value, "|", key, lost) for value in plain.get(key, ()))
    for group, parts in _GROUPS.items():
        for cell, key in parts:
            cells[cell] = _cell((plain.get(group) or {}).get(key))
    cost, facts = plain.get("cost") or {}, plain.get("provenance", ())
    if cost.get("as_of") and cost["as_of"] not in [fact.get("as_of") for fact in facts if fact.get("field") == "cost"]:
        lost.append("cost.as_of")
    for key, join in _JOINERS.items():
        cells[key] = "|".join(join(entry, lost) for entry in plain.get(key, ()))
    return cells, tuple(dict.fromkeys(lost))


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:g}" if float(f"{value:g}") == value else repr(value)
    return "" if value is None else str(value)


def _safe(value: Any, separators: str, field: str, lost: list[str]) -> str:
    text = _cell(value)
    for mark, instead in (("|", "/"), (":", " -"), (";", ",")):
        if mark in separators and mark in text:
            text = text.replace(mark, instead)
            lost.append(f"{mark!r} in {field}")
    return text


def _join_skill(entry: Mapping[str, Any], lost: list[str]) -> str:
    return ":".join(_safe(entry.get(key), "|:", "skills", lost) for key in _PARTS["skills"])


def _join_stack(entry: Mapping[str, Any], lost: list[str]) -> str:
    return f"{_safe(entry['id'], '|', 'stacks_into', lost)}:{entry['kind']}"


def _join_recognition(entry: Mapping[str, Any], lost: list[str]) -> str:
    parts = [entry["scope"], _safe(entry["name"], "|:", "recognition", lost), _safe(entry.get("evidence"), "|", "recognition", lost), entry.get("as_of") or ""]
    return ":".join(parts)


def _join_provenance(entry: Mapping[str, Any], lost: list[str]) -> str:
    return f"{entry['field']}={entry['status']};{entry.get('as_of') or ''};{_safe(entry.get('source'), '|', 'provenance', lost)}"


_JOINERS: dict[str, Callable[[Mapping[str, Any], list[str]], str]] = {
    "skills": _join_skill,
    "stacks_into": _join_stack,
    "recognition": _join_recognition,
    "provenance": _join_provenance,
}
