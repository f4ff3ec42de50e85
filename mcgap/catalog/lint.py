"""Checks of a catalog, each a small function that yields findings. Add a check by adding a function to a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from mcgap.catalog.fields import credential_of
from mcgap.catalog.findings import Finding
from mcgap.catalog.issuers import UNKNOWN_KIND
from mcgap.catalog.own import raw_entries
from mcgap.catalog.shelf import SHIPPED, Linking
from mcgap.errors import TableError
from mcgap.files import shipped, shipped_rows
from mcgap.records import Credential, FactStatus, Level
from mcgap.taxonomy import Taxonomy
from mcgap.text import squash

CATEGORIES = "data/skill_categories.csv"
MOST_TAGS = 20
COMMON_SHARE = 1 / 3
FEWEST_ROWS_FOR_SHARE = 12
LONGEST_HOURS = 3_000
MOST_HOURS_A_WEEK = 80
WEIGHT_SUM = (0.8, 1.25)
ERROR, WARNING = "error", "warning"
_SOURCED = (FactStatus.VERIFIED, FactStatus.REPORTED)
_LEVELS = {None: 0, Level.BASIC: 1, Level.WORKING: 2, Level.ADVANCED: 3}


@dataclass(frozen=True, slots=True)
class Context:
    """What the checks look at: the credentials by id, the taxonomy, the known fields and the day."""

    credentials: Mapping[str, Credential]
    known: frozenset[str]
    taxonomy: Taxonomy
    categories: frozenset[str]
    today: date


def lint_files(paths: Sequence[Path], taxonomy: Taxonomy, *, today: date, known: Iterable[str] = ()) -> tuple[Finding, ...]:
    """The findings of catalog files (ours where none is given), by file, row and check.

    ``known`` are ids of other credentials that prerequisites and stacks may point to. A row that cannot be
    read is a finding, too; a file that cannot be read raises TableError.
    """
    findings: list[Finding] = []
    credentials: dict[str, Credential] = {}
    places: dict[str, tuple[str, int]] = {}
    linker = Linking(taxonomy)
    for path in paths or (shipped(SHIPPED),):
        for row, raw in raw_entries(path):
            try:
                credential = credential_of(raw(), path.name, row, linker)
            except TableError as error:
                column = f" in {error.column}" if error.column else ""
                findings.append(Finding("row", ERROR, "", f"the row cannot be used{column}: {error.problem}", "mend the cell", row, path.name))
                continue
            if credential.id in places and places[credential.id][0] == path.name:
                first = places[credential.id][1]
                findings.append(Finding("same-id", ERROR, credential.id, f"the id stands in row {first} too", "join the two rows", row, path.name))
            credentials[credential.id] = credential
            places[credential.id] = (path.name, row)
    for finding in lint_credentials(credentials.values(), taxonomy, today=today, known=known):
        file, place = places.get(finding.credential, (None, None))
        findings.append(replace(finding, file=file, row=place))
    return tuple(sorted(findings, key=lambda f: (f.file or "", f.row or 0, f.credential, f.check, f.problem)))


def lint_credentials(credentials: Iterable[Credential], taxonomy: Taxonomy, *, today: date, known: Iterable[str] = ()) -> tuple[Finding, ...]:
    """The findings of credentials, in id order within each check."""
    rows = {c.id: c for c in sorted(credentials, key=lambda c: c.id)}
    categories = frozenset(row["category"] for row in shipped_rows(CATEGORIES, ("category", "name", "soc", "half_life")))
    context = Context(rows, frozenset((*rows, *known)), taxonomy, categories, today)
    found = [Finding(name, level, c.id, problem, fix) for name, check in _CHECKS.items() for c in rows.values() for level, problem, fix in check(c, context)]
    found += [Finding(name, level, which, problem, fix) for name, whole in _WHOLE_CHECKS.items() for which, level, problem, fix in whole(context)]
    return tuple(found)


# ── checks of one credential ────────────────────────────────────────────────────────────────────

Said = Iterator[tuple[str, str, str]]


def _unlinked_tags(c: Credential, context: Context) -> Said:
    for taught in c.skills:
        if taught.skill in context.taxonomy:
            continue
        several = context.taxonomy.named(taught.skill)
        fix = f"it can mean {', '.join(several)}: write the id" if several else "use an id or name that `mcgap taxonomy search` finds, or leave the tag out"
        yield ERROR, f"the skill {taught.skill!r} is in no taxonomy and closes no gap", fix


def _tag_count(c: Credential, context: Context) -> Said:
    if not c.skills:
        yield ERROR, "it has no skills, so it closes no gap", "name the skills that it teaches or assesses"
    elif len(c.skills) > MOST_TAGS:
        yield WARNING, f"it has {len(c.skills)} skills, more than {MOST_TAGS}: scraped tags?", "keep the ones that it is about"


def _weights(c: Credential, context: Context) -> Said:
    total = sum(s.weight for s in c.skills)
    low, high = WEIGHT_SUM
    if c.skills and not low <= total <= high:
        yield ERROR, f"the weights of its skills sum to {total:.2f}", "let them sum to about 1"
    for taught in c.skills:
        if not 0 < taught.weight <= 1:
            yield ERROR, f"the weight of {taught.skill} is {taught.weight:g}", "write a share above 0 and at most 1"


def _fee(c: Credential, context: Context) -> Said:
    if c.cost is None:
        return
    if c.cost.min < 0 or c.cost.max < 0:
        yield ERROR, "the fee is negative", "write 0 for free, nothing for unknown"
    if c.cost.min > c.cost.max:
        yield ERROR, f"the lowest fee {c.cost.min:g} is above the highest {c.cost.max:g}", "swap cost_min and cost_max"
    if not c.cost.currency:
        yield ERROR, "the fee has no currency", "write its three-letter code, such as USD"


def _hours(c: Credential, context: Context) -> Said:
    if c.hours is None:
        return
    if c.hours.min > c.hours.max:
        yield ERROR, f"the least hours {c.hours.min:g} are above the most {c.hours.max:g}", "swap hours_min and hours_max"
    if c.hours.min <= 0:
        yield ERROR, f"{c.hours.min:g} hours cannot be", "leave the cells empty where the hours are unknown"
    if c.hours.max > LONGEST_HOURS:
        yield ERROR, f"{c.hours.max:g} hours is more than a year of full-time work", "check the unit: hours, not minutes"
    if c.weeks and c.hours.min > c.weeks * MOST_HOURS_A_WEEK:
        yield ERROR, f"{c.hours.min:g} hours do not fit into {c.weeks:g} weeks", "check hours_min and weeks"


def _numbers(c: Credential, context: Context) -> Said:
    for name, value in (("weeks", c.weeks), ("sittings", c.sittings), ("experience_months", c.experience_months), ("validity_months", c.validity_months)):
        if value is not None and value < 0:
            yield ERROR, f"{name} is {value:g}", "leave it empty where it is unknown"
    if c.assessment and c.assessment.minutes is not None and not 1 <= c.assessment.minutes <= 2_880:
        yield ERROR, f"an assessment of {c.assessment.minutes} minutes cannot be", "write minutes, or nothing where it is unknown"


def _dates(c: Credential, context: Context) -> Said:
    today = context.today.isoformat()
    if c.cost is not None and c.cost.as_of is None:
        yield WARNING, "the fee has no date", "add cost=status;YYYY-MM;source to provenance"
    for fact in c.provenance:
        if fact.as_of and fact.as_of > today[: len(fact.as_of)]:
            yield ERROR, f"{fact.field} is dated {fact.as_of}, in the future", "write the month of the source"
    if c.last_revised and c.last_revised > today[: len(c.last_revised)]:
        yield ERROR, f"last_revised is {c.last_revised}, in the future", "write the month of the revision"


def _sources(c: Credential, context: Context) -> Said:
    for fact in c.provenance:
        if fact.status not in _SOURCED:
            continue
        if not fact.source:
            yield ERROR, f"{fact.field} is {fact.status} without a source", "name the page that was read, or write estimate"
        if not fact.as_of:
            yield ERROR, f"{fact.field} is {fact.status} without a date", "write the month of the source"


def _provenance(c: Credential, context: Context) -> Said:
    counted = Counter(fact.field for fact in c.provenance)
    for field, times in counted.items():
        if times > 1:
            yield ERROR, f"provenance names {field} {times} times", "keep one entry for each field"
    for field, value in (("cost", c.cost), ("assessment", c.assessment), ("hours", c.hours)):
        if value is not None and field not in counted:
            yield WARNING, f"provenance does not say where {field} comes from", f"add {field}=status;YYYY-MM;source"


def _issuer(c: Credential, context: Context) -> Said:
    if c.issuer.kind == UNKNOWN_KIND:
        yield (
            WARNING,
            f"the issuer {c.issuer.name!r} is in no table, so nothing is known of where it counts",
            "add it to data/issuers.csv, or give its kind in JSON",
        )


def _industries(c: Credential, context: Context) -> Said:
    for slug in c.industries:
        if slug not in context.categories:
            yield ERROR, f"the industry {slug!r} is no category of the taxonomy", "use a slug of data/skill_categories.csv"


def _retired(c: Credential, context: Context) -> Said:
    past = c.retires_on is not None and c.retires_on < context.today
    if past and c.status != "retired":
        yield ERROR, f"it retired on {c.retires_on} and is still {c.status}", "write retired as its status"
    if c.status == "retiring" and c.retires_on is None:
        yield WARNING, "it is retiring without a date", "fill retires_on"
    if c.status == "retired" and c.retires_on is not None and not past:
        yield ERROR, f"it is retired and retires on {c.retires_on}, which is still to come", "write retiring as its status"


def _dangling(c: Credential, context: Context) -> Said:
    prerequisites = [p for p in (*c.prerequisites_required, *c.prerequisites_recommended) if not p.startswith("text:")]
    for other in prerequisites:
        if other not in context.known:
            yield ERROR, f"the prerequisite {other!r} is no credential of the catalog", "use an id of the catalog, or `text: …` under prerequisites_recommended"
    for other in c.components:
        if other not in context.known:
            yield WARNING, f"the component {other!r} is no credential of the catalog", "add it, or leave it out"
    for stack in c.stacks_into:
        if stack.kind == "larger-certificate" and stack.into not in context.known:
            yield WARNING, f"it stacks into {stack.into!r}, which is no credential of the catalog", "add that credential, or use designation or degree-credit"


def _requires_what_it_teaches(c: Credential, context: Context) -> Said:
    taught = {s.skill: _LEVELS[s.level] for s in c.skills}
    for other in c.prerequisites_required:
        # A credential of the catalog is judged by what it covers, below; only words name a skill.
        named = () if other in context.credentials else context.taxonomy.named(other.removeprefix("text:").strip())
        names = set(named) - context.known
        for skill in sorted(names & set(taught)):
            yield ERROR, f"it requires {skill}, which it teaches itself", "remove the prerequisite"
        before = context.credentials.get(other)
        if before is None or not taught or other == c.id:
            continue
        held = {s.skill: _LEVELS[s.level] for s in before.skills if s.assessed}
        if all(held.get(skill, -1) >= level for skill, level in taught.items()):
            yield ERROR, f"it requires {other}, which already covers everything that it teaches", "remove the prerequisite, or mend levels and skills"


_CHECKS: dict[str, Callable[[Credential, Context], Said]] = {
    "unlinked-tag": _unlinked_tags,
    "tag-count": _tag_count,
    "weights": _weights,
    "fee": _fee,
    "hours": _hours,
    "number": _numbers,
    "date": _dates,
    "source": _sources,
    "provenance": _provenance,
    "issuer": _issuer,
    "industry": _industries,
    "retired": _retired,
    "dangling": _dangling,
    "requires-itself": _requires_what_it_teaches,
}


# ── checks across credentials ───────────────────────────────────────────────────────────────────

SaidOf = Iterator[tuple[str, str, str, str]]


def _common_tags(context: Context) -> SaidOf:
    rows = list(context.credentials.values())
    if len(rows) < FEWEST_ROWS_FOR_SHARE:
        return
    used = Counter(skill for c in rows for skill in {s.skill for s in c.skills})
    for skill, times in sorted(used.items()):
        if times > len(rows) * COMMON_SHARE:
            yield (
                "",
                WARNING,
                f"the skill {skill} is on {times} of {len(rows)} credentials",
                "keep it where it is taught or assessed; a tag on everything tells nothing",
            )


def _fee_conflicts(context: Context) -> SaidOf:
    by_code: dict[tuple[str, str], list[Credential]] = {}
    for c in context.credentials.values():
        if c.exam_code and c.cost and c.cost.kind == "exam":
            by_code.setdefault((squash(c.exam_code), c.cost.currency), []).append(c)
    for same in by_code.values():
        fees = {(c.cost.min, c.cost.max) for c in same if c.cost}
        if len(fees) > 1:
            said = ", ".join(f"{c.id} {c.cost.min:g}-{c.cost.max:g} {c.cost.currency}" for c in same if c.cost)
            yield same[0].id, ERROR, f"the exam {same[0].exam_code} has different fees: {said}", "keep the fee with the newest source"


def _same_names(context: Context) -> SaidOf:
    named: dict[str, list[str]] = {}
    for c in context.credentials.values():
        for key in {squash(name) for name in (c.title, *c.aliases)}:
            named.setdefault(key, []).append(c.id)
    for key, ids in sorted(named.items()):
        if key and len(ids) > 1:
            yield ids[0], WARNING, f"{', '.join(ids)} share the name {key!r}, so a résumé that names it holds them all", "drop the alias from all but one"


def _cycles(context: Context) -> SaidOf:
    rows = context.credentials
    graphs = {
        (ERROR, "required prerequisites"): {c.id: c.prerequisites_required for c in rows.values()},
        (WARNING, "recommended prerequisites"): {c.id: (*c.prerequisites_required, *c.prerequisites_recommended) for c in rows.values()},
        (ERROR, "stacks"): {c.id: tuple(s.into for s in c.stacks_into) for c in rows.values()},
        (ERROR, "components"): {c.id: c.components for c in rows.values()},
    }
    seen: set[frozenset[str]] = set()
    for (level, what), edges in graphs.items():
        for cycle in find_cycles(edges):
            if frozenset(cycle) not in seen or what in ("stacks", "components"):
                seen.add(frozenset(cycle))
                yield cycle[0], level, f"its {what} run in a circle: {' → '.join((*cycle, cycle[0]))}", "remove one of them"


def find_cycles(edges: Mapping[str, Sequence[str]]) -> list[tuple[str, ...]]:
    """The circles of a graph, one for each node that closes one, without recursion.

    >>> find_cycles({"a": ["b"], "b": ["a"], "c": ["a"], "d": ["d"]})
    [('a', 'b'), ('d',)]
    """
    cycles: list[tuple[str, ...]] = []
    done: set[str] = set()
    for start in sorted(edges):
        path: dict[str, Iterator[str]] = {}
        node: str | None = start if start not in done else None
        while node is not None:
            path.setdefault(node, iter(edges.get(node, ())))
            following = next(path[node], None)
            if following is None:
                done.add(node)
                del path[node]
                node = next(reversed(path), None)
            elif following in path:
                nodes = list(path)
                cycles.append(tuple(nodes[nodes.index(following) :]))
            elif following not in done:
                node = following
    return cycles


_WHOLE_CHECKS: dict[str, Callable[[Context], SaidOf]] = {
    "common-tag": _common_tags,
    "fee-conflict": _fee_conflicts,
    "same-name": _same_names,
    "cycle": _cycles,
}
CHECKS = ("row", "same-id", *_CHECKS, *_WHOLE_CHECKS)
