"""Checks of a taxonomy, each a small function that yields findings. Add a check by adding a function to a table.

An entry of the ``ambiguous`` column without a condition ("research=") says that the form was looked at and
needs no context: it quiets the check for common words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from mcgap.errors import TableError
from mcgap.files import read_table, shipped
from mcgap.taxonomy.reading import OPTIONAL_COLUMNS, REQUIRED_COLUMNS, SHIPPED, merge_cells, skill_of
from mcgap.taxonomy.records import Skill, parse_rule, split_rules
from mcgap.taxonomy.stats import SOC_GROUPS, category_rows
from mcgap.text import phrase_key

FEWEST_IN_GROUP = 80
COMMON_ZIPF = 4.7  # of wordfreq's scale: a word in every 20,000
_MAX_COMMON_LENGTH = 12


@dataclass(frozen=True, slots=True)
class SkillFinding:
    """One problem: which check says it, of which skill ("" for the table as a whole), what to do, and the row where it stands."""

    check: str
    skill: str
    problem: str
    fix: str
    row: int | None = None
    file: str | None = None


@dataclass(frozen=True, slots=True)
class Lint:
    """What lint found, by file, row and check; and the checks it had to leave out, each with the reason."""

    findings: tuple[SkillFinding, ...]
    skipped: tuple[str, ...] = ()
    skills: int = 0
    forms: int = 0


@dataclass(frozen=True, slots=True)
class FormAt:
    """One surface form: its skill, its words and whether a rule asks for context."""

    raw: str
    skill: str
    key: tuple[str, ...]
    ruled: bool
    seen: bool


@dataclass(slots=True)
class _Table:
    """What the checks look at: skills in order, their forms, and the skills whose findings are wanted."""

    skills: Mapping[str, Skill]
    wanted: frozenset[str]
    whole: bool
    forms: dict[str, list[FormAt]] = field(default_factory=dict)

    def all_forms(self) -> Iterator[FormAt]:
        for forms in self.forms.values():
            yield from forms


def lint_files(own: Sequence[Path] = ()) -> Lint:
    """The findings of our table; or those of the user's own files, read over ours.

    A row that cannot be read is a finding, too. A file that cannot be read raises TableError.
    """
    findings: list[SkillFinding] = []
    rows: dict[str, dict[str, str]] = {}
    places: dict[str, tuple[str, int]] = {}
    ours = shipped(SHIPPED)
    for path in (ours, *own):
        wanted = path is not ours or not own
        for row, cells in _rows(path, findings if wanted else []):
            name = cells["id"]
            rows[name] = merge_cells(rows[name], cells) if name in rows else cells
            if wanted:
                places[name] = (path.name, row)
    skills = {name: skill_of(cells, ours.name, 0, {}) for name, cells in rows.items()}
    found = lint_skills(skills.values(), wanted=places, whole=not own)
    for f in found.findings:
        file, place = places.get(f.skill, (ours.name if not f.skill else None, None))
        findings.append(SkillFinding(f.check, f.skill, f.problem, f.fix, place, file))
    findings.sort(key=lambda f: (f.file or "", f.row or 0, f.skill, f.check, f.problem))
    return Lint(tuple(findings), found.skipped, len(places), sum(1 + len(skills[s].aliases) for s in places))


def lint_skills(skills: Iterable[Skill], *, wanted: Iterable[str] | None = None, whole: bool = True) -> Lint:
    """The findings of skills, without rows. ``wanted`` are the ids to report on (all by default).

    ``whole`` also checks what only a whole taxonomy can be asked: that every category and occupation group has skills.
    """
    rows = {skill.id: skill for skill in skills}
    table = _Table(rows, frozenset(rows if wanted is None else wanted), whole)
    for skill in rows.values():
        rules = split_rules(skill.ambiguous)
        table.forms[skill.id] = [_form_at(raw, skill.id, rules) for raw in dict.fromkeys((skill.name, *skill.aliases))]
    skipped = []
    findings: list[SkillFinding] = []
    for name, check in _CHECKS.items():
        if name == "common-word" and find_spec("wordfreq") is None:
            skipped.append("common-word: needs the package wordfreq (pip install wordfreq)")
            continue
        findings += [SkillFinding(name, skill, problem, fix) for skill, problem, fix in check(table) if not skill or skill in table.wanted]
    return Lint(tuple(findings), tuple(skipped), len(table.wanted), sum(len(table.forms[s]) for s in table.wanted))


def _rows(path: Path, findings: list[SkillFinding]) -> Iterator[tuple[int, dict[str, str]]]:
    first: dict[str, int] = {}
    for row, cells in read_table(path, REQUIRED_COLUMNS, OPTIONAL_COLUMNS):
        try:
            skill = skill_of(cells, path.name, row, {})
        except TableError as error:
            where = f" in {error.column}" if error.column else ""
            findings.append(SkillFinding("row", cells["id"], f"the row cannot be used{where}: {error.problem}", "mend the cell", row, path.name))
            continue
        if skill.id in first:
            findings.append(SkillFinding("same-id", skill.id, f"the id stands in row {first[skill.id]} too", "join the two rows", row, path.name))
            continue
        first[skill.id] = row
        yield row, cells


def _form_at(raw: str, skill: str, rules: Mapping[str, str]) -> FormAt:
    conditions = rules.get(raw) if raw in rules else rules.get(raw.casefold())
    return FormAt(raw, skill, phrase_key(raw), bool(conditions), conditions is not None)


# ── checks: each yields (skill id or "", problem, fix) ──────────────────────────────────────────

Said = Iterator[tuple[str, str, str]]


def _shared_forms(table: _Table) -> Said:
    """A form that two skills take without a rule."""
    owners: dict[tuple[str, ...], dict[str, FormAt]] = {}
    for form in table.all_forms():
        if form.key and not form.ruled:
            owners.setdefault(form.key, {}).setdefault(form.skill, form)
    for forms in owners.values():
        if len(forms) > 1:
            skill, others = _later(forms, table)
            names = ", ".join(others)
            yield skill, f"{forms[skill].raw!r} is a form of {names} too, and none has a rule", "keep it with one of them, or give it a rule in 'ambiguous'"


def _look_alikes(table: _Table) -> Said:
    """Forms of two skills that differ in spaces and hyphens alone."""
    owners: dict[str, dict[str, FormAt]] = {}
    for form in table.all_forms():
        if form.key and not form.ruled:
            owners.setdefault("".join(form.key), {}).setdefault(form.skill, form)
    for forms in owners.values():
        if len(forms) > 1 and len({form.key for form in forms.values()}) > 1:
            skill, others = _later(forms, table)
            alike = ", ".join(f"{forms[other].raw!r} of {other}" for other in others)
            yield skill, f"{forms[skill].raw!r} looks like {alike}", "keep it with one of them, or give it a rule in 'ambiguous'"


def _later(forms: Mapping[str, FormAt], table: _Table) -> tuple[str, list[str]]:
    """The skill to report on (the last one asked about) and the others."""
    ids = list(forms)
    skill = next((s for s in reversed(ids) if s in table.wanted), ids[-1])
    return skill, [s for s in ids if s != skill]


def _cycles(table: _Table, column: str) -> Said:
    """Each loop once, from its first skill by id."""
    done: set[str] = set()
    for start in table.skills:
        path: list[str] = []
        stack = [iter((start,))]
        while stack:
            skill = next(stack[-1], None)
            if skill is None:
                stack.pop()
                done.update(path[-1:])
                del path[-1:]
            elif skill in path:
                loop = path[path.index(skill) :]
                first = loop.index(min(loop))
                loop = [*loop[first:], *loop[:first]]
                if len(loop) > 1:  # a skill that names itself is unknown-kin's
                    yield loop[0], f"it is its own {column}: {' → '.join((*loop, loop[0]))}", f"take one link out of the column {column!r}"
            elif skill not in done and skill in table.skills:
                path.append(skill)
                stack.append(iter(getattr(table.skills[skill], column)))


def _broader_cycles(table: _Table) -> Said:
    yield from _cycles(table, "broader")


def _implies_cycles(table: _Table) -> Said:
    yield from _cycles(table, "implies")


def _unknown_kin(table: _Table) -> Said:
    for skill in table.skills.values():
        for column in ("broader", "implies", "related"):
            for other in getattr(skill, column):
                if other == skill.id:
                    yield skill.id, f"it names itself in {column!r}", "take it out"
                elif other not in table.skills:
                    yield skill.id, f"{column!r} names {other!r}, which is no skill", "mend the id (`mcgap taxonomy search` finds it), or take it out"


def _short_forms(table: _Table) -> Said:
    for form in table.all_forms():
        if not form.key:
            yield form.skill, f"{form.raw!r} holds no word", "write it with a letter or digit, or take it out"
        elif len("".join(form.key)) == 1 and not form.ruled:
            yield form.skill, f"the one-letter form {form.raw!r} has no rule", "give it one in 'ambiguous' (cased, listed, field, near …)"


def _common_words(table: _Table) -> Said:
    from wordfreq import zipf_frequency

    for form in table.all_forms():
        if form.seen or len(form.key) != 1 or not form.raw.isalpha() or len(form.raw) > _MAX_COMMON_LENGTH:
            continue
        frequency = zipf_frequency(form.raw.lower(), "en")
        if frequency >= COMMON_ZIPF:
            fix = f"give it a rule in 'ambiguous', take it out, or write '{form.raw}=' there to say that the bare word means the skill"
            yield form.skill, f"{form.raw!r} is a common English word and has no rule", fix


def _categories(table: _Table) -> Said:
    known = category_rows()
    for skill in table.skills.values():
        if skill.category and skill.category not in known:
            yield skill.id, f"the category {skill.category!r} is unknown", "use one of data/skill_categories.csv, or add it there"
        elif not skill.category and table.whole:
            yield skill.id, "it has no category", "use one of data/skill_categories.csv"
    if table.whole:
        used = {skill.category for skill in table.skills.values()}
        for slug in known:
            if slug not in used:
                yield "", f"the category {slug!r} has no skills", "give it some, or take it out of data/skill_categories.csv"


def _groups(table: _Table) -> Said:
    if not table.whole:
        return
    categories = category_rows()
    counts = Counter(categories[skill.category]["soc"] for skill in table.skills.values() if skill.category in categories)
    for group, name in SOC_GROUPS.items():
        if not counts[group]:
            yield "", f"the occupation group {group} ({name}) is empty", "add skills of its work"
        elif counts[group] < FEWEST_IN_GROUP:
            yield "", f"the occupation group {group} ({name}) has {counts[group]} skills, fewer than {FEWEST_IN_GROUP}", "add skills of its work"


def _rules_without_form(table: _Table) -> Said:
    for skill in table.skills.values():
        if skill.ambiguous:
            forms = {raw.casefold() for raw in (skill.name, *skill.aliases)}
            for form in dict.fromkeys(form.casefold() for form in split_rules(skill.ambiguous)):
                if form not in forms:
                    yield skill.id, f"the rule for {form!r} has no such form", "add the alias, mend its spelling, or take the rule out"


def _vetoes_without_form(table: _Table) -> Said:
    for skill in table.skills.values():
        for form, conditions in split_rules(skill.ambiguous).items() if "not " in skill.ambiguous else ():
            key = phrase_key(form)
            for veto in parse_rule(conditions).vetoes:
                if not _contains(veto, key) and form in skill.ambiguous:
                    yield skill.id, f"the veto {' '.join(veto)!r} does not contain {form!r}", "write the whole phrase that the form stands in"


def _contains(phrase: tuple[str, ...], part: tuple[str, ...]) -> bool:
    return any(phrase[i : i + len(part)] == part for i in range(len(phrase) - len(part) + 1))


def _doubled_forms(table: _Table) -> Said:
    """The same alias twice in a row."""
    for skill in table.skills.values():
        for raw, times in Counter((skill.name, *skill.aliases)).items():
            if times > 1:
                yield skill.id, f"{raw!r} stands there {times} times", "keep one"


_CHECKS: dict[str, Callable[[_Table], Said]] = {
    "shared-form": _shared_forms,
    "look-alike": _look_alikes,
    "doubled-form": _doubled_forms,
    "broader-cycle": _broader_cycles,
    "implies-cycle": _implies_cycles,
    "unknown-kin": _unknown_kin,
    "short-form": _short_forms,
    "common-word": _common_words,
    "category": _categories,
    "group": _groups,
    "rule-without-form": _rules_without_form,
    "veto-without-form": _vetoes_without_form,
}
