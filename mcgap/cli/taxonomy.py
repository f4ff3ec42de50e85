"""``mcgap taxonomy``: look at, check and extend the list of skills."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from mcgap.taxonomy import Skill, Taxonomy
    from mcgap.taxonomy.stats import Count, TaxonomyStats

F = TypeVar("F", bound=Callable[..., Any])
FILE = click.Path(path_type=Path)
_FORMAT = click.option("--format", "output", type=click.Choice(("text", "json")), default="text", show_default=True, help="For people, or for programs.")
_OUT = click.option("--out", "-o", type=FILE, metavar="FILE", help="Write to this file, not to standard output.")
_OWN = click.option("--taxonomy", "own", type=FILE, multiple=True, metavar="FILE", help="Skills of your own (CSV), added to ours. May be given again.")
_MOST_NARROWER = 20


@click.group()
def taxonomy() -> None:
    """Look at, check and extend the list of skills.

    \b
    Examples:
      mcgap taxonomy search "book keeping"
      mcgap taxonomy show kubernetes
      mcgap taxonomy lint mine.csv
      mcgap taxonomy import esco ESCO-download/ -o esco.csv
      mcgap analyze posting.txt --resume cv.pdf --taxonomy esco.csv --taxonomy mine.csv
    """


# ── looking ─────────────────────────────────────────────────────────────────────────────────────


@taxonomy.command()
@click.argument("query", nargs=-1, required=True)
@click.option("--top", type=click.IntRange(min=1), default=20, show_default=True, metavar="N", help="How many to show.")
@click.option("--exact", is_flag=True, help="Leave out near spellings.")
@_OWN
@_FORMAT
def search(query: tuple[str, ...], top: int, exact: bool, own: tuple[Path, ...], output: str) -> None:
    """Find skills by name, alias or words in them; where none has them, by a near spelling.

    \b
    Examples:
      mcgap taxonomy search k8s
      mcgap taxonomy search "patient care" --format json
      mcgap taxonomy search kuberntes
    """
    from mcgap.taxonomy.search import search_taxonomy

    hits = search_taxonomy(" ".join(query), _load(own), limit=top, fuzzy=not exact)
    if not hits:
        click.echo("No skill has these words; try fewer of them, or one word.", err=True)
    if output == "json":
        rows = [{"id": h.skill.id, "name": h.skill.name, "type": str(h.skill.type), "category": h.skill.category, "how": h.how, "form": h.form} for h in hits]
        click.echo(_json(rows))
        return
    for hit in hits:
        found = "" if hit.how in ("id", "name") else f"  ({hit.how}: {hit.form})"
        click.echo(f"{hit.skill.id}  {hit.skill.name} · {hit.skill.type} · {hit.skill.category or 'no category'}{found}")


@taxonomy.command()
@click.argument("skill")
@_OWN
@_FORMAT
def show(skill: str, own: tuple[Path, ...], output: str) -> None:
    """Show one skill with its aliases, rules and kin. SKILL is an id, a name or an alias.

    \b
    Examples:
      mcgap taxonomy show python
      mcgap taxonomy show "MIG welding" --format json
    """
    skills = _load(own)
    found = _named(skill, skills)
    click.echo(_json(_plain(found, skills)) if output == "json" else _described(found, skills))


@taxonomy.command()
@_OWN
@_FORMAT
def stats(own: tuple[Path, ...], output: str) -> None:
    """Count skills and forms by type, category and occupation group (SOC major group).

    \b
    Examples:
      mcgap taxonomy stats
      mcgap taxonomy stats --taxonomy mine.csv --format json
    """
    from mcgap.taxonomy.stats import taxonomy_stats

    counted = taxonomy_stats(_load(own))
    click.echo(_json(asdict(counted)) if output == "json" else _stats_text(counted))


# ── checking ────────────────────────────────────────────────────────────────────────────────────


@taxonomy.command()
@click.argument("files", nargs=-1, type=FILE)
@_FORMAT
def lint(files: tuple[Path, ...], output: str) -> None:
    """Check our table, or your FILES as they would be read over it, and say what to do about each finding.

    The exit status is 1 where there is a finding. Checks that need a package that is not installed are named and left out.

    \b
    Examples:
      mcgap taxonomy lint
      mcgap taxonomy lint mine.csv --format json
    """
    from mcgap.taxonomy.lint import lint_files

    result = lint_files(files)
    if output == "json":
        click.echo(_json(asdict(result)))
    else:
        for f in result.findings:
            place = f"{f.file}, row {f.row}" if f.row else f.file or "taxonomy"
            click.echo(f"{place}  {f.skill or '-'}  [{f.check}] {f.problem}\n       -> {f.fix}")
        click.echo(f"{_number(len(result.findings), 'finding')} in {_number(result.skills, 'skill')} with {_number(result.forms, 'form')}.")
    for reason in result.skipped:
        click.echo(f"Skipped: {reason}", err=True)
    if result.findings:
        click.get_current_context().exit(1)


@taxonomy.command()
@click.argument("old", type=FILE)
@click.argument("new", type=FILE, required=False)
@_FORMAT
def diff(old: Path, new: Path | None, output: str) -> None:
    """Show what changed from the taxonomy table OLD to NEW (ours where NEW is not named).

    \b
    Examples:
      mcgap taxonomy diff skills-2025.csv
      mcgap taxonomy diff mine.csv mine-new.csv --format json
    """
    from mcgap.files import shipped
    from mcgap.taxonomy.diff import diff_taxonomies
    from mcgap.taxonomy.reading import SHIPPED, read_skill_table

    changes = diff_taxonomies(read_skill_table(old), read_skill_table(new or shipped(SHIPPED)))
    if output == "json":
        click.echo(_json([asdict(change) for change in changes]))
        return
    for c in changes:
        if c.field is None:
            click.echo(f"{c.kind}  {c.skill}")
        else:
            gone, come = "".join(f"  -{v}" for v in c.gone), "".join(f"  +{v}" for v in c.come)
            click.echo(f"changed  {c.skill}  {c.field}:{gone}{come}")
    added, removed = (sum(1 for c in changes if c.kind == kind) for kind in ("added", "removed"))
    changed = len({c.skill for c in changes if c.kind == "changed"})
    click.echo(f"{added} added, {removed} removed, {changed} changed.")


# ── out and in ──────────────────────────────────────────────────────────────────────────────────


@taxonomy.command()
@click.option("--type", "types", multiple=True, metavar="TYPE", help="Only this type, for example tool. May be given again.")
@click.option("--category", "categories", multiple=True, metavar="CATEGORY", help="Only this category, for example nursing. May be given again.")
@click.option("--format", "output", type=click.Choice(("csv", "json")), default="csv", show_default=True, help="Our own columns, or a JSON list.")
@_OWN
@_OUT
def export(types: tuple[str, ...], categories: tuple[str, ...], output: str, own: tuple[Path, ...], out: Path | None) -> None:
    """Write the skills as CSV (what --taxonomy reads) or JSON.

    \b
    Examples:
      mcgap taxonomy export --category nursing -o nursing.csv
      mcgap taxonomy export --type licence --format json
    """
    from mcgap.cli.writing import write
    from mcgap.taxonomy.writing import skills_csv

    skills = _load(own)
    chosen = [s for s in skills if (not types or str(s.type) in types) and (not categories or s.category in categories)]
    write(skills_csv(chosen) if output == "csv" else _json([_plain(s, skills) for s in chosen]), out)


@taxonomy.command("import")
@click.argument("kind", type=click.Choice(("esco", "onet", "rsd", "csv")))
@click.argument("source", type=FILE)
@click.option("--alone", is_flag=True, help="Do not give our ids to skills of the same name.")
@click.option("--format", "output", type=click.Choice(("text", "json")), default="text", show_default=True, help="text is the CSV table that --taxonomy reads.")
@_OUT
def import_(kind: str, source: Path, alone: bool, output: str, out: Path | None) -> None:
    """Turn a list of skills of another maker into a table for --taxonomy.

    KIND is esco (the folder of the official CSV download, 1.1 or 1.2, or its skills file), onet (the folder of the text
    database, or "Technology Skills.txt" or "Tools Used.txt"), rsd (a CSV export of Rich Skill Descriptors) or csv (a plain
    table with at least a column "name").

    \b
    Examples:
      mcgap taxonomy import esco ESCO-download/ -o esco.csv
      mcgap taxonomy import onet "db_text/Technology Skills.txt" -o onet.csv
      mcgap taxonomy import csv our-skills.csv -o mine.csv
    """
    from mcgap.cli.writing import write
    from mcgap.taxonomy.writing import skills_csv

    ours = None if alone else _load(())
    skills = _importer(kind)(source, ours)
    write(_json([_plain(s, None) for s in skills]) if output == "json" else skills_csv(skills), out)
    shared = sum(1 for s in skills if ours is not None and s.id in ours)
    click.echo(f"{_number(len(skills), 'skill')}, {shared} of them added to skills of ours.", err=True)


def _importer(kind: str) -> Callable[[Path, Taxonomy | None], Sequence[Skill]]:
    if kind == "esco":
        from mcgap.importers.esco import import_esco

        return import_esco
    if kind == "onet":
        from mcgap.importers.onet import import_onet

        return import_onet
    if kind == "rsd":
        from mcgap.importers.rsd import import_rsd

        return import_rsd
    from mcgap.importers.plain import import_plain

    return import_plain


# ── helpers ─────────────────────────────────────────────────────────────────────────────────────


def _load(own: tuple[Path, ...]) -> Taxonomy:
    from mcgap.taxonomy import load_taxonomy

    return load_taxonomy(own)


def _named(phrase: str, skills: Taxonomy) -> Skill:
    """The skill of this id or form. Raises SettingsError where none or several have it."""
    from mcgap.errors import SettingsError
    from mcgap.taxonomy.search import search_taxonomy

    found = skills.named(phrase)
    if not found:
        near = ", ".join(hit.skill.id for hit in search_taxonomy(phrase, skills, limit=5))
        raise SettingsError(f"There is no skill {phrase!r}; " + (f"did you mean {near}?" if near else "`mcgap taxonomy search` looks for words."))
    own = [s for s in found if skills[s].name.casefold() == phrase.casefold()]
    if len(found) > 1 and len(own) != 1:
        raise SettingsError(f"{phrase!r} can mean {', '.join(found)}; give the id.")
    return skills[own[0] if len(found) > 1 else found[0]]


def _plain(skill: Skill, skills: Taxonomy | None) -> dict[str, Any]:
    return asdict(skill) | ({"narrower": list(skills.descendants(skill.id))} if skills is not None else {})


def _described(skill: Skill, skills: Taxonomy) -> str:
    half_life = f"{skill.half_life:g} years" if skill.half_life is not None else "none"
    lines = [f"{skill.name}  ({skill.id})", f"type       {skill.type}", f"category   {skill.category or '-'}"]
    lines.append(f"aliases    {', '.join(skill.aliases) or '-'}")
    lines += [f"rule       {entry.strip()}" for entry in skill.ambiguous.split("|") if entry.strip()]
    narrower = skills.descendants(skill.id)
    shown = [*narrower[:_MOST_NARROWER], *([f"and {len(narrower) - _MOST_NARROWER} more"] if len(narrower) > _MOST_NARROWER else [])]
    for label, ids in (("broader", skill.broader), ("implies", skill.implies), ("related", skill.related), ("narrower", shown)):
        if ids:
            lines.append(f"{label:<10} {', '.join(ids)}")
    lines.append(f"half-life  {half_life}")
    lines.append(f"teachable  {'yes' if skill.teachable else 'no'}")
    lines += [f"{label:<10} {value}" for label, value in (("esco", skill.esco), ("onet", skill.onet)) if value]
    return "\n".join(lines)


def _stats_text(counted: TaxonomyStats) -> str:
    lines = [
        f"{counted.skills} skills, {counted.forms} forms (names and aliases).",
        f"{counted.rules} skills have rules for ambiguous forms, {counted.with_kin} have kin, {counted.with_esco} an ESCO identifier.",
    ]
    for heading, counts in (("Occupation groups (SOC)", counted.groups), ("Types", counted.types), ("Categories", counted.categories)):
        lines += ["", f"{heading:<52}  skills   forms", *_count_lines(counts)]
    return "\n".join(lines)


def _count_lines(counts: Iterable[Count]) -> list[str]:
    return [f"  {(c.key if c.key == c.name else f'{c.key} {c.name}'.strip())[:50]:<50} {c.skills:>7} {c.forms:>7}" for c in counts]


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2, default=str)
