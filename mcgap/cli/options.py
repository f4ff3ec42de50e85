"""The options that commands share, as one table, and how they become ``Settings``."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

from mcgap.settings import GOALS, Settings

if TYPE_CHECKING:
    from mcgap.pipeline import Analyzer

F = TypeVar("F", bound=Callable[..., Any])
Option = Callable[[Callable[..., Any]], Callable[..., Any]]


class Day(click.ParamType[date]):
    """A calendar day, as YYYY-MM-DD."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            if len(value) != 10:
                raise ValueError
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no day that the calendar has; write it as YYYY-MM-DD, for example 2027-03-31.", param, ctx)


class Words(click.ParamType[tuple[str, ...]]):
    """Several words in one value, with commas between them."""

    name = "list"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, ...]:
        if isinstance(value, tuple):
            return value
        return tuple(part.strip() for part in value.split(",") if part.strip())


class Code(click.ParamType[str]):
    """The code of a currency."""

    name = "currency"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        return str(value).strip().upper()


class Rate(click.ParamType[tuple[str, float]]):
    """A rate, as CODE=NUMBER."""

    name = "rate"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, float]:
        if isinstance(value, tuple):
            return value
        code, _, number = value.partition("=")
        try:
            return code.strip().upper(), float(number)
        except ValueError:
            self.fail(f"{value!r} is no rate; write it as CODE=NUMBER, for example EUR=1.08.", param, ctx)


FILE = click.Path(path_type=Path)

# Settings field -> its option. The order is that of the help text.
OPTIONS: dict[str, Option] = {
    "budget": click.option("--budget", type=float, metavar="AMOUNT", help="Spend at most this much on credentials, in --currency."),
    "currency": click.option("--currency", type=Code(), metavar="CODE", help="The currency of --budget, for example GBP. [default: that of most fees: USD]"),
    "rates": click.option(
        "--rate",
        "rates",
        type=Rate(),
        multiple=True,
        metavar="CODE=NUMBER",
        help="What one unit of another currency is worth in --currency, for example EUR=1.08; without it, fees in it are over any budget. May be given again.",
    ),
    "free_only": click.option("--free-only", is_flag=True, help="Only credentials that cost nothing."),
    "max_hours": click.option("--max-hours", type=float, metavar="HOURS", help="Study at most this many hours in all."),
    "hours_per_week": click.option(
        "--hours-per-week", type=float, default=8.0, show_default=True, metavar="HOURS", help="Hours a week that you can study; dates follow from it."
    ),
    "deadline": click.option("--deadline", type=Day(), metavar="YYYY-MM-DD", help="Be done by this day."),
    "today": click.option("--start", "today", type=Day(), metavar="YYYY-MM-DD", help="Begin the plan on this day. [default: today]"),
    "types": click.option(
        "--types",
        type=Words(),
        default=(),
        metavar="A,B",
        help="Only these types: micro-credential, certificate, professional-certificate, certification, badge, course, licence.",
    ),
    "issuer_kinds": click.option(
        "--issuer-kind",
        "issuer_kinds",
        type=Words(),
        default=(),
        metavar="A,B",
        help="Only these issuers: platform, university, industry-body, employer, vendor.",
    ),
    "language": click.option("--language", metavar="CODE", help="Only credentials taught in this language, for example en."),
    "applied_only": click.option("--applied-only", is_flag=True, help="Only credentials that assess work (a project, a lab, a practical exam)."),
    "verified_only": click.option("--verified-only", is_flag=True, help="Only credentials whose facts were checked at the source."),
    "target_employer": click.option("--target-employer", metavar="NAME", help="The employer you aim at: what it recognises counts more."),
    "industry": click.option("--industry", metavar="NAME", help="The field you aim at, for example health."),
    "country": click.option(
        "--country",
        metavar="CODE",
        help="Where the job is, for example GB: what counts only in other countries ranks lower, and no plan takes it. [default: what the posting says]",
    ),
    "career_stage": click.option(
        "--career-stage", metavar="STAGE", help="Where you stand: entry, student, graduate, junior, mid, experienced, senior, lead or executive."
    ),
    "toward": click.option("--toward", metavar="ID", help="Prefer what counts toward this larger credential."),
    "want_credit": click.option("--want-credit", is_flag=True, help="Prefer what earns academic credit."),
    "prefer": click.option(
        "--prefer", type=click.Choice(("speed", "balanced", "depth")), default="balanced", show_default=True, help="Short courses, deep ones, or both."
    ),
    "goal": click.option(
        "--goal", type=click.Choice(GOALS), default="fill-gap", show_default=True, help="What the credentials are for; sets how the factors weigh."
    ),
    "weights": click.option("--weights", type=FILE, metavar="FILE", help="Weights of your own for the ranking factors."),
    "top": click.option("--top", type=click.IntRange(min=1), default=5, show_default=True, metavar="N", help="How many credentials to list."),
    "stale_after": click.option("--stale-after", type=float, metavar="YEARS", help="Count a skill as stale when it was last used longer ago than this."),
    "catalog": click.option("--catalog", type=FILE, multiple=True, metavar="FILE", help="Credentials of your own, added to ours. May be given again."),
    "only_catalog": click.option("--only-catalog", is_flag=True, help="Use only the credentials given with --catalog."),
    "badges": click.option(
        "--badges", type=FILE, multiple=True, metavar="FILE", help="Badges that you hold (Open Badges JSON); signatures are not checked. May be given again."
    ),
}

# The options that reading one text needs, too.
READING: dict[str, Option] = {
    "taxonomy": click.option(
        "--taxonomy", type=FILE, multiple=True, metavar="FILE", help="Skills and aliases of your own (CSV), added to ours. May be given again."
    ),
    "fast": click.option("--fast", is_flag=True, help="Leave out the trained tagger: quicker, finds fewer unlisted phrases."),
    "explain": click.option("--explain", is_flag=True, help="Show why, step by step, with the places in the text."),
}


def analysis_options(command: F) -> F:
    """Add every option of an analysis to a command; its function takes ``**flags`` for ``settings_of``."""
    return _with(command, {**OPTIONS, **READING})


def reading_options(command: F) -> F:
    """Add the options of reading a text to a command; its function takes ``**flags`` for ``settings_of``."""
    return _with(command, READING)


def redact_option(command: F) -> F:
    """Add ``--redact`` to a command."""
    help_text = "Black out name, contact, photo, age, gender and address in everything that is written."
    return click.option("--redact", is_flag=True, help=help_text)(command)


def settings_of(flags: dict[str, Any]) -> Settings:
    """The flags of ``analysis_options`` or ``reading_options`` as Settings. Raises SettingsError."""
    return Settings(**{name: value for name, value in flags.items() if name != "badges"})


def analyzer_of(flags: dict[str, Any]) -> Analyzer:
    """An analyzer with these flags, and with the skills that the person's badges prove. Raises McgapError."""
    from mcgap.pipeline import Analyzer

    analyzer = Analyzer(settings_of(flags))
    analyzer.check()
    if flags.get("badges"):
        from mcgap.importers.badges import badge_haves, read_badges

        badges = [badge for path in flags["badges"] for badge in read_badges(path, analyzer.taxonomy)]
        analyzer.earned = badge_haves(badges, analyzer.catalog, today=analyzer.settings.day)
    return analyzer


def _with(command: F, options: dict[str, Option]) -> F:
    wrapped: Callable[..., Any] = command
    for option in reversed(options.values()):
        wrapped = option(wrapped)
    return cast("F", wrapped)
