"""What moved between two reports of ``mcgap analyze --format json``."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mcgap.errors import DocumentError
from mcgap.report.payload import REPORT_SCHEMA

Payload = dict[str, Any]
_CLOSED = frozenset({"met", "claimed"})
_KEYS = ("needs", "credentials", "plan", "readiness", "verdict", "posting", "gates")


@dataclass(frozen=True, slots=True)
class Moved:
    """One need or gate: how it stood and how it stands; None where it was not asked for."""

    id: str
    name: str
    requirement: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class PlanChange:
    """A credential that left a plan or came into it, and why as far as the reports tell."""

    id: str
    title: str
    why: str


@dataclass(frozen=True, slots=True)
class FactChange:
    """A fact of the catalog that both reports state, differently."""

    credential: str
    title: str
    fact: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Progress:
    """Pairs are (before, after). ``closed`` were open and are met; ``opened`` are open and were not, or were not asked for; ``moved`` is every other change."""

    since: str | None
    today: str | None
    source: str
    title: str | None
    same_posting: bool
    readiness: tuple[float | None, float | None]
    verdict: tuple[str, str]
    closed: tuple[Moved, ...]
    opened: tuple[Moved, ...]
    moved: tuple[Moved, ...]
    gates: tuple[Moved, ...]
    dropped: tuple[PlanChange, ...]
    added: tuple[PlanChange, ...]
    hours: tuple[float, float]
    coverage: tuple[float, float]
    facts: tuple[FactChange, ...]

    @property
    def change(self) -> float | None:
        """By how much readiness rose; None where one of the two is unknown."""
        before, after = self.readiness
        return None if before is None or after is None else round(after - before, 4)


def read_report(path: Path) -> Payload:
    """A report that ``mcgap analyze --format json`` wrote. Raises DocumentError."""
    how = "make one with: mcgap analyze POSTING --resume FILE --format json -o report.json"
    try:
        report = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise DocumentError(f"{path} cannot be read ({error.strerror}); {how}.") from None
    except (ValueError, RecursionError):
        raise DocumentError(f"{path} is not JSON; {how}.") from None
    schema = report.get("schema") if isinstance(report, dict) else None
    if schema != REPORT_SCHEMA:
        raise DocumentError(f"{path} is {schema or 'no report of mcgap'}, not {REPORT_SCHEMA}; {how}.")
    absent = [key for key in _KEYS if key not in report]
    if absent:
        raise DocumentError(f"{path} is no whole report: it has no {', '.join(absent)}; {how}.")
    found: Payload = report
    return found


def compare_reports(old: Payload, new: Payload) -> Progress:
    """What moved from one report payload (``mcgap.report/1``) to another. Raises DocumentError where one is damaged."""
    try:
        return _compare(old, new)
    except (KeyError, TypeError, AttributeError) as error:
        raise DocumentError(f"One of the reports is damaged ({type(error).__name__}: {error}); make it again with mcgap analyze --format json.") from None


def _compare(old: Payload, new: Payload) -> Progress:
    closed, opened, moved = _needs(old, new)
    gates = _gates(old, new)
    before, after = old["plan"], new["plan"]
    return Progress(
        old.get("today"),
        new.get("today"),
        new["posting"]["source"],
        new["posting"].get("title") or old["posting"].get("title"),
        {n["skill"]["id"] for n in old["needs"]} == {n["skill"]["id"] for n in new["needs"]},
        (old["readiness"], new["readiness"]),
        (old["verdict"]["sentence"], new["verdict"]["sentence"]),
        closed,
        opened,
        moved,
        gates,
        _left(before, after, new),
        _came(before, after, new),
        (before["hours"], after["hours"]),
        (before["coverage"], after["coverage"]),
        _facts(old, new),
    )


# ── needs and gates ─────────────────────────────────────────────────────────────────────────────


def _needs(old: Payload, new: Payload) -> tuple[tuple[Moved, ...], tuple[Moved, ...], tuple[Moved, ...]]:
    before, after = _by_skill(old), _by_skill(new)
    closed, opened, moved = [], [], []
    for skill in dict.fromkeys((*before, *after)):
        then, now = before.get(skill), after.get(skill)
        need = now or then
        was, is_now = _status(then), _status(now)
        if need is None or was == is_now:
            continue
        item = Moved(skill, need["skill"]["name"], need["requirement"], was, is_now)
        open_then, open_now = then is not None and not _is_closed(then), now is not None and not _is_closed(now)
        if open_then and now is not None and not open_now:
            closed.append(item)
        elif open_now and not open_then:
            opened.append(item)
        else:
            moved.append(item)
    return tuple(closed), tuple(opened), tuple(moved)


def _by_skill(report: Payload) -> dict[str, Payload]:
    return {need["skill"]["id"]: need for need in report["needs"]}


def _status(need: Payload | None) -> str | None:
    if need is None:
        return None
    return "met by an alternative" if need.get("closed_by_group") else str(need["status"])


def _is_closed(need: Payload) -> bool:
    return need["status"] in _CLOSED or bool(need.get("closed_by_group"))


_MET = {True: "met", False: "not met", None: "cannot tell"}


def _gates(old: Payload, new: Payload) -> tuple[Moved, ...]:
    before = {(g["kind"], g["name"]): g for g in old["gates"]}
    after = {(g["kind"], g["name"]): g for g in new["gates"]}
    found = []
    for key in dict.fromkeys((*before, *after)):
        then, now = before.get(key), after.get(key)
        was = _MET[then["met"]] if then else None
        is_now = _MET[now["met"]] if now else None
        gate = now or then
        if was != is_now and gate is not None:
            found.append(Moved(key[0], key[1], gate["requirement"], was, is_now))
    return tuple(found)


# ── plan ────────────────────────────────────────────────────────────────────────────────────────


def _left(before: Payload, after: Payload, new: Payload) -> tuple[PlanChange, ...]:
    stays = {step["credential"] for step in after["steps"]}
    now = _by_skill(new)
    gone = [step for step in before["steps"] if step["credential"] not in stays]
    return tuple(PlanChange(step["credential"], step.get("title") or step["credential"], _why_gone(step["closes"], now)) for step in gone)


def _why_gone(closes: list[str], now: dict[str, Payload]) -> str:
    done = [skill for skill in closes if skill not in now or _is_closed(now[skill])]
    if closes and len(done) == len(closes):
        return "what it was for is closed"
    if done:
        return f"{len(done)} of the {len(closes)} gaps it was for are closed"
    return "another choice is better now"


def _came(before: Payload, after: Payload, report: Payload) -> tuple[PlanChange, ...]:
    there = {step["credential"] for step in before["steps"]}
    names = {skill: need["skill"]["name"] for skill, need in _by_skill(report).items()}
    return tuple(
        PlanChange(step["credential"], step.get("title") or step["credential"], f"for {', '.join(names.get(s, s) for s in step['closes']) or 'a later step'}")
        for step in after["steps"]
        if step["credential"] not in there
    )


# ── facts ───────────────────────────────────────────────────────────────────────────────────────


def _facts(old: Payload, new: Payload) -> tuple[FactChange, ...]:
    """Title, fee, hours and how far each fact is verified, for credentials that both reports list."""
    before = {c["id"]: c for c in old["credentials"]}
    found = []
    for credential in new["credentials"]:
        then = before.get(credential["id"])
        if then is None:
            continue
        was, is_now = _stated(then), _stated(credential)
        found += [
            FactChange(credential["id"], credential["title"], fact, was.get(fact, "unknown"), is_now.get(fact, "unknown"))
            for fact in dict.fromkeys((*was, *is_now))
            if was.get(fact) != is_now.get(fact)
        ]
    return tuple(found)


def _stated(credential: Payload) -> dict[str, str]:
    hours, cost = credential.get("hours"), credential.get("cost")
    stated = {"title": str(credential["title"]), "hours": "unknown", "fee": "unknown"}
    if hours:
        stated["hours"] = f"{_span(hours)} ({hours.get('basis')})"
    if cost:
        stated["fee"] = f"{_span(cost)} {cost.get('currency')} as of {cost.get('as_of') or 'an unknown date'}"
    stated |= {f"status of {fact['field']}": f"{fact['status']}, {fact.get('as_of') or 'undated'}" for fact in credential.get("facts", ())}
    return stated


def _span(value: Payload) -> str:
    return f"{value['min']:g}" if value["min"] == value["max"] else f"{value['min']:g} to {value['max']:g}"
