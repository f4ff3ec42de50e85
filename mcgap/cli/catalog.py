"""``mcgap catalog``: look at, check and extend the catalog of credentials."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from mcgap.catalog import Catalog
    from mcgap.catalog.stats import Stats
    from mcgap.records import Credential
    from mcgap.taxonomy import Taxonomy

F = TypeVar("F", bound=Callable[..., Any])
FILE = click.Path(path_type=Path)
# As in mcgap.importers.formats, which is not loaded for --help.
_IMPORTS = ("auto", "own", "ctdl", "openbadges", "mslearn", "schema-org", "courses")
_EXPORTS = ("csv", "json", "ctdl", "openbadges", "schema-org")
_FORMAT = click.option("--format", "output", type=click.Choice(("text", "json")), default="text", show_default=True, help="For people, or for programs.")
_TODAY = click.option("--today", type=click.DateTime(("%Y-%m-%d",)), metavar="YYYY-MM-DD", help="The day to compare dates with. [default: today]")
_OUT = click.option("--out", "-o", type=FILE, metavar="FILE", help="Write to this file, not to standard output.")


_SOURCES = (
    click.option("--catalog", "own", type=FILE, multiple=True, metavar="FILE", help="Credentials of your own, added to ours. May be given again."),
    click.option("--only-catalog", is_flag=True, help="Use only the credentials given with --catalog."),
    click.option("--taxonomy", type=FILE, multiple=True, metavar="FILE", help="Skills of your own (CSV), added to ours. May be given again."),
)


def _sources(command: F) -> F:
    """The options that say which catalog and taxonomy are meant."""
    for option in reversed(_SOURCES):
        command = option(command)
    return command


@click.group()
def catalog() -> None:
    """Look at, check and extend the catalog of credentials.

    \b
    Examples:
      mcgap catalog search "kubernetes"
      mcgap catalog show cka
      mcgap catalog template > mine.csv
      mcgap catalog lint mine.csv
    """


# ── looking ─────────────────────────────────────────────────────────────────────────────────────


@catalog.command("list")
@click.option("--type", "types", multiple=True, metavar="TYPE", help="Only this type, for example certification. May be given again.")
@click.option("--issuer-kind", "kinds", multiple=True, metavar="KIND", help="Only issuers of this kind, for example university. May be given again.")
@click.option("--field", "fields", multiple=True, metavar="FIELD", help="Only this field, for example networking. May be given again.")
@click.option("--skill", metavar="SKILL", help="Only credentials that teach or assess this skill (id or name).")
@click.option("--free", is_flag=True, help="Only credentials that cost nothing.")
@_sources
@_FORMAT
def list_(types: tuple[str, ...], kinds: tuple[str, ...], fields: tuple[str, ...], skill: str | None, free: bool, output: str, **which: Any) -> None:
    """List the credentials, by id.

    \b
    Examples:
      mcgap catalog list --type certification --field cybersecurity
      mcgap catalog list --skill sql --free --format json
    """
    skills, shelf = _load(**which)
    wanted = set(_named_skill(skill, skills)) if skill else None
    rows = [
        c
        for c in shelf
        if (not types or c.type in types)
        and (not kinds or c.issuer.kind in kinds)
        and (not fields or set(fields) & set(c.industries))
        and (wanted is None or wanted & {s.skill for s in c.skills})
        and (not free or (c.cost is not None and c.cost.max == 0))
    ]
    _show_rows(rows, output)


@catalog.command()
@click.argument("query", nargs=-1, required=True)
@click.option("--top", type=click.IntRange(min=1), default=20, show_default=True, metavar="N", help="How many to show.")
@_sources
@_FORMAT
def search(query: tuple[str, ...], top: int, output: str, **which: Any) -> None:
    """Find credentials by name, exam code, skill, issuer or role.

    \b
    Examples:
      mcgap catalog search security plus
      mcgap catalog search "data analyst" --format json
    """
    from mcgap.catalog.search import search_catalog

    skills, shelf = _load(**which)
    hits = search_catalog(" ".join(query), shelf, skills)[:top]
    if not hits:
        click.echo("No credential has all of these words; try fewer of them.", err=True)
    _show_rows([hit.credential for hit in hits], output)


@catalog.command()
@click.argument("credential")
@_sources
@_FORMAT
def show(credential: str, output: str, **which: Any) -> None:
    """Show one credential with the source and date of each fact. CREDENTIAL is its id, name or exam code.

    \b
    Examples:
      mcgap catalog show cka
      mcgap catalog show "Security+" --format json
    """
    from mcgap.catalog.fields import plain_of

    skills, shelf = _load(**which)
    found = _named_credential(credential, shelf)
    click.echo(_json(plain_of(found)) if output == "json" else _described(found, skills))


@catalog.command()
@_sources
@_FORMAT
def stats(output: str, **which: Any) -> None:
    """Count credentials by field, issuer and type, and say how far their facts can be trusted.

    \b
    Examples:
      mcgap catalog stats
      mcgap catalog stats --catalog mine.csv --only-catalog --format json
    """
    from mcgap.catalog.stats import catalog_stats

    skills, shelf = _load(**which)
    counted = catalog_stats(shelf, skills)
    click.echo(_json(_plain_stats(counted)) if output == "json" else _stats_text(counted))


# ── checking ────────────────────────────────────────────────────────────────────────────────────


@catalog.command()
@click.argument("files", nargs=-1, type=FILE)
@click.option("--strict", is_flag=True, help="Fail on warnings, too.")
@click.option("--taxonomy", type=FILE, multiple=True, metavar="FILE", help="Skills of your own (CSV), added to ours. May be given again.")
@_TODAY
@_FORMAT
def lint(files: tuple[Path, ...], strict: bool, taxonomy: tuple[Path, ...], today: Any, output: str) -> None:
    """Check catalog files (ours where none is named) and say what to do about each finding.

    The exit status is 1 where there is an error, and with --strict where there is a warning.

    \b
    Examples:
      mcgap catalog lint
      mcgap catalog lint mine.csv --strict
    """
    from mcgap.catalog.lint import ERROR, lint_files
    from mcgap.catalog.shelf import load_catalog
    from mcgap.taxonomy import load_taxonomy

    skills = load_taxonomy(taxonomy)
    known = load_catalog(taxonomy=skills).ids if files else ()
    findings = lint_files(files, skills, today=_day(today), known=known)
    errors = sum(1 for f in findings if f.level == ERROR)
    if output == "json":
        click.echo(_json({"errors": errors, "warnings": len(findings) - errors, "findings": [asdict(f) for f in findings]}))
    else:
        for f in findings:
            place = f"{f.file}, row {f.row}" if f.row else f.file or "catalog"
            click.echo(f"{f.level}  {place}  {f.credential or '-'}  [{f.check}] {f.problem}\n       -> {f.fix}")
        click.echo(f"{_number(errors, 'error')}, {_number(len(findings) - errors, 'warning')}.")
    if errors or (strict and findings):
        click.get_current_context().exit(1)


@catalog.command()
@click.argument("old", type=FILE)
@click.argument("new", type=FILE, required=False)
@_FORMAT
def diff(old: Path, new: Path | None, output: str) -> None:
    """Show what changed from the catalog file OLD to NEW (ours where NEW is not named).

    \b
    Examples:
      mcgap catalog diff last-year.csv
      mcgap catalog diff mine.csv mine-new.csv --format json
    """
    from mcgap.catalog.diff import diff_catalogs
    from mcgap.catalog.shelf import SHIPPED, Linking, read_credentials
    from mcgap.files import shipped
    from mcgap.taxonomy import load_taxonomy

    linker = Linking(load_taxonomy())
    before, after = (list(read_credentials(path, linker)) for path in (old, new or shipped(SHIPPED)))
    changes = diff_catalogs(before, after)
    if output == "json":
        click.echo(_json([asdict(c) for c in changes]))
        return
    for c in changes:
        click.echo(f"{c.kind:8} {c.credential}" + (f"  {c.field}: {_short(c.old)} -> {_short(c.new)}" if c.field else ""))
    counts = {kind: len({c.credential for c in changes if c.kind == kind}) for kind in ("added", "removed", "changed")}
    click.echo(", ".join(f"{n} {kind}" for kind, n in counts.items()) + ".")


@catalog.command()
@click.option("--older-than", default="12m", show_default=True, metavar="AGE", help="In months or years, such as 6m or 2y.")
@_TODAY
@_sources
@_FORMAT
def stale(older_than: str, today: Any, output: str, **which: Any) -> None:
    """List facts to check again: older than an age, or without a date.

    \b
    Examples:
      mcgap catalog stale --older-than 6m
      mcgap catalog stale --older-than 2y --format json
    """
    from mcgap.catalog.stale import parse_age, stale_facts

    _, shelf = _load(**which)
    facts = stale_facts(shelf, today=_day(today), older_than=parse_age(older_than))
    if output == "json":
        click.echo(_json([asdict(f) for f in facts]))
        return
    for f in facts:
        age = "no date" if f.months is None else f"{f.as_of}, {f.months} months old"
        click.echo(f"{f.credential}  {f.field}  {f.status} ({age})  check: {f.url or f.source or 'no address known'}")
    click.echo(f"{_number(len(facts), 'fact')} to check again.")


# ── extending ───────────────────────────────────────────────────────────────────────────────────


@catalog.command()
@click.option("--format", "output", type=click.Choice(("csv", "json", "yaml")), default="csv", show_default=True, help="The kind of file.")
@click.option("--short", is_flag=True, help="Only the four columns that are needed: id, title, issuer, skills.")
@_OUT
def template(output: str, short: bool, out: Path | None) -> None:
    """Print an empty catalog with one example to fill in.

    \b
    Examples:
      mcgap catalog template > mine.csv
      mcgap catalog template --short --format yaml -o mine.yaml
    """
    from mcgap.catalog.template import template_text

    _write(template_text(output, short=short), out)


@catalog.command("import")
@click.argument("file", type=FILE)
@click.option(
    "--from",
    "source",
    default="auto",
    show_default=True,
    type=click.Choice(_IMPORTS),
    help="What the file is.",
)
@click.option(
    "--map",
    "mapping",
    multiple=True,
    metavar="FIELD=COLUMN",
    help="For a table of courses: our field and its column; FIELD==TEXT sets every row.",
)
@click.option("--as-of", metavar="YYYY-MM", help="The month of the copy; it dates the facts. [default: this month]")
@click.option("--taxonomy", type=FILE, multiple=True, metavar="FILE", help="Skills of your own (CSV), added to ours. May be given again.")
@click.option("--format", "output", type=click.Choice(("csv", "json")), default="csv", show_default=True, help="The kind of catalog to write.")
@_OUT
def import_(file: Path, source: str, mapping: tuple[str, ...], as_of: str | None, taxonomy: tuple[Path, ...], output: str, out: Path | None) -> None:
    """Turn a file of another format into a catalog of ours, and say what was left out.

    Reads CTDL JSON-LD, Open Badges 2.0 and 3.0, the Microsoft Learn catalog, schema.org (JSON-LD or a saved page)
    and any CSV of courses. Nothing is downloaded: save the file first.

    \b
    Examples:
      mcgap catalog import ms-learn.json -o mslearn.csv
      mcgap catalog import courses.csv --map title=Name --map issuer==Coursera -o courses-own.csv
      mcgap analyze posting.txt --catalog mslearn.csv
    """
    from mcgap.importers import export_catalog, import_catalog
    from mcgap.taxonomy import load_taxonomy

    skills = load_taxonomy(taxonomy)
    found = import_catalog(file, skills, format=source, mapping=_mapping(mapping), as_of=_month(as_of))
    text, lost = export_catalog(found.credentials, skills, format=output)
    _write(text, out)
    click.echo(f"{_number(len(found.credentials), 'credential')} read as {found.format}.", err=True)
    for note in found.notes:
        click.echo(f"Note: {note}", err=True)
    _say_lost(lost, output)


@catalog.command("export")
@click.argument("credentials", nargs=-1)
@click.option("--to", "target", type=click.Choice(_EXPORTS), default="csv", show_default=True, help="The format to write.")
@_sources
@_OUT
def export(credentials: tuple[str, ...], target: str, out: Path | None, **which: Any) -> None:
    """Write the catalog, or the named CREDENTIALS, in another format, and say which facts it cannot hold.

    \b
    Examples:
      mcgap catalog export --to ctdl -o catalog.jsonld
      mcgap catalog export cka "Security+" --to openbadges
    """
    from mcgap.importers import export_catalog

    skills, shelf = _load(**which)
    chosen = [_named_credential(name, shelf) for name in credentials] if credentials else list(shelf)
    text, lost = export_catalog(chosen, skills, format=target)
    _write(text, out)
    _say_lost(lost, target)


# ── helpers ─────────────────────────────────────────────────────────────────────────────────────


def _load(*, own: Sequence[Path], only_catalog: bool, taxonomy: Sequence[Path]) -> tuple[Taxonomy, Catalog]:
    """The taxonomy and the catalog that the options of ``_sources`` name."""
    from mcgap.catalog import load_catalog
    from mcgap.errors import SettingsError
    from mcgap.taxonomy import load_taxonomy

    if only_catalog and not own:
        raise SettingsError("--only-catalog needs a catalog of your own: add --catalog FILE.")
    skills = load_taxonomy(taxonomy)
    shelf = load_catalog(own, only=only_catalog, taxonomy=skills)
    for warning in shelf.warnings:
        click.echo(f"Note: {warning}", err=True)
    return skills, shelf


def _named_credential(name: str, shelf: Catalog) -> Credential:
    from mcgap.errors import SettingsError

    ids = (name,) if name in shelf else shelf.named(name)
    if len(ids) == 1:
        return shelf[ids[0]]
    if ids:
        raise SettingsError(f"{name!r} is the name of several credentials: {', '.join(ids)}. Give one of these ids.")
    raise SettingsError(f"There is no credential {name!r} in the catalog; find its id with: mcgap catalog search WORDS")


def _named_skill(name: str, skills: Taxonomy) -> tuple[str, ...]:
    from mcgap.errors import SettingsError

    found = skills.named(name)
    if not found:
        raise SettingsError(f"There is no skill {name!r} in the taxonomy; find its name with: mcgap taxonomy search WORDS")
    return found


def _mapping(pairs: Iterable[str]) -> dict[str, str]:
    from mcgap.errors import SettingsError

    mapping = {}
    for pair in pairs:
        field, equals, column = pair.partition("=")
        if not equals or not field.strip() or not column.strip():
            raise SettingsError(f"--map takes FIELD=COLUMN, such as title=Name, not {pair!r}.")
        mapping[field.strip()] = column.strip()
    return mapping


def _month(text: str | None) -> str:
    import re

    from mcgap.errors import SettingsError

    if text is None:
        return date.today().strftime("%Y-%m")
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", text):
        raise SettingsError(f"--as-of takes a month as YYYY-MM, not {text!r}.")
    return text


def _day(value: Any) -> date:
    return value.date() if value is not None else date.today()


def _write(text: str, out: Path | None) -> None:
    from mcgap.errors import SettingsError

    if out is None:
        sys.stdout.write(text)
        return
    try:
        out.write_text(text, encoding="utf-8")
    except OSError as error:
        raise SettingsError(f"{out} cannot be written: {error.strerror}. Choose another file with --out.") from None


def _say_lost(lost: Sequence[str], target: str) -> None:
    if lost:
        click.echo(f"Note: {target} cannot hold: {', '.join(lost)}.", err=True)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1, default=str)


def _number(n: int, noun: str) -> str:
    return f"{n} {noun}{'' if n == 1 else 's'}"


def _short(value: Any) -> str:
    text = "nothing" if value is None else value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 80 else text[:77] + "..."


def _show_rows(rows: Sequence[Credential], output: str) -> None:
    from mcgap.catalog.fields import plain_of

    if output == "json":
        click.echo(_json([plain_of(c) for c in rows]))
        return
    width = max((len(c.id) for c in rows), default=0)
    for c in rows:
        click.echo(f"{c.id:{width}}  {c.title} ({c.issuer.name}, {c.type}; {_hours(c)}; {_cost(c)})")
    click.echo(f"{_number(len(rows), 'credential')}.")


def _hours(c: Credential) -> str:
    return f"{_range(c.hours.min, c.hours.max)} hours" if c.hours else "hours unknown"


def _cost(c: Credential) -> str:
    if c.cost is None:
        return "cost unknown"
    return "free" if c.cost.max == 0 else f"{_range(c.cost.min, c.cost.max)} {c.cost.currency}".strip()


def _range(low: float, high: float) -> str:
    return f"{low:g}" if low == high else f"{low:g}-{high:g}"


def _described(c: Credential, skills: Taxonomy) -> str:
    """One credential as lines of name and value; what is unknown is said."""
    from mcgap.catalog.fields import FACTS
    from mcgap.countries import country_names

    label = f" ({c.issuer_label})" if c.issuer_label and c.issuer_label != c.type else ""
    retires = f", retires {c.retires_on}" if c.retires_on else ""
    weeks = f", {c.weeks:g} weeks" if c.weeks else ""
    recommended = f"; recommended: {', '.join(c.prerequisites_recommended)}" if c.prerequisites_recommended else ""
    partners = f", with {', '.join(c.co_developers)}" if c.co_developers else ""
    told = {
        "issuer": f"{c.issuer.name} ({c.issuer.kind}){partners}",
        "type": f"{c.type}{label}, {c.level or 'level unknown'}, {c.status}{retires}",
        "also called": ", ".join(dict.fromkeys(filter(None, (*c.aliases, c.exam_code)))) or "-",
        "hours": f"{_hours(c)} ({c.hours.basis}){weeks}" if c.hours else f"unknown{weeks}",
        "cost": f"{_cost(c)} ({', '.join(filter(None, (c.cost.kind, c.cost.recurring)))}, as of {c.cost.as_of or 'unknown'})" if c.cost else "unknown",
        "assessed by": _assessment(c),
        "valid": (f"{c.validity_months} months" if c.validity_months else "no limit known") + (f"; {c.renewal}" if c.renewal else ""),
        "requires": (", ".join(c.prerequisites_required) or "nothing") + recommended,
        "consists of": ", ".join(c.components) or "-",
        "counts toward": ", ".join(f"{s.into} ({s.kind})" for s in c.stacks_into) or "-",
        "counts in": f"{country_names(c.countries)} alone, by law or a national scheme" if c.countries else "not known to be tied to a country",
        "recognised by": "; ".join(f"{r.name} ({', '.join(filter(None, (r.scope, r.evidence, r.as_of)))})" for r in c.recognition) or "unknown",
    }
    lines = [f"{c.title}  [{c.id}]", *(f"  {name:15}{text}" for name, text in told.items()), "  skills"]
    for s in c.skills:
        lines.append(f"    {s.weight:4.2f}  {skills.name(s.skill)} ({s.level or 'level unknown'}, {'assessed' if s.assessed else 'taught'})")
    lines.append("  sources")
    for fact in map(c.fact, FACTS):
        lines.append(f"    {fact.field:15}" + ", ".join(filter(None, (fact.status, fact.as_of, fact.source))))
    return "\n".join([*lines, f"  {c.url or 'no address known'}"])


def _assessment(c: Credential) -> str:
    if c.assessment is None:
        return "unknown"
    minutes = f", {c.assessment.minutes} minutes" if c.assessment.minutes else ""
    return f"{c.assessment.kind}, applied {c.assessment.applied} of 3{minutes}"


def _plain_stats(counted: Stats) -> dict[str, Any]:
    return {key: dict(value) if key.startswith("by_") else value for key, value in asdict(counted).items()}


def _stats_text(s: Stats) -> str:
    lines = [f"{_number(s.credentials, 'credential')} of {_number(s.issuers, 'issuer')}, {s.free} free, {_number(s.skills, 'skill')} taught or assessed."]
    for title, counts in (("Issuer kind", s.by_issuer_kind), ("Type", s.by_type), ("Level", s.by_level), ("Status", s.by_status), ("Field", s.by_field)):
        lines += ["", f"{title}:", *(f"  {n:5}  {name}" for name, n in counts)]
    lines += ["", "Facts:         known  verified  reported  estimate   sourced"]
    for f in s.facts:
        share = "-" if f.sourced is None else f"{f.sourced:.0%}"
        lines.append(f"  {f.field:13}{f.known:5}{f.verified:10}{f.reported:10}{f.estimate:10}{share:>10}")
    share = f" ({s.covered / s.categories:.0%})" if s.categories else ""
    lines += ["", f"Categories with teachable skills that have a credential: {s.covered} of {s.categories}{share}."]
    return "\n".join([*lines, *([f"Without one: {', '.join(s.uncovered)}"] if s.uncovered else [])])
