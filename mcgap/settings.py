"""The options of an analysis, in one record."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from mcgap.countries import country_of
from mcgap.errors import SettingsError
from mcgap.records import Level

TYPES = ("micro-credential", "certificate", "professional-certificate", "certification", "badge", "course", "licence")
ISSUER_KINDS = ("platform", "university", "industry-body", "employer", "vendor")
# Career stage, by its first word -> the level that suits.
STAGES = {
    "entry": Level.BASIC, "entrant": Level.BASIC, "student": Level.BASIC, "junior": Level.BASIC, "early": Level.BASIC, "graduate": Level.BASIC,
    "mid": Level.WORKING, "middle": Level.WORKING, "experienced": Level.WORKING,
    "senior": Level.ADVANCED, "lead": Level.ADVANCED, "executive": Level.ADVANCED,
}  # fmt: skip
_CODE = re.compile(r"[A-Z]{3}")
GOALS = ("fill-gap", "currency", "complement", "explore", "career-change")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a user may choose. ``budget`` is in ``currency`` (None: that of most fees of the catalog), time in hours and days.

    ``rates`` are (currency, what one unit of it is worth in ``currency``): none are known here, for they go stale.
    ``today`` is where plans start and what dates are compared with; None is the day of the run.
    Raises SettingsError on a value that cannot be used.
    """

    taxonomy: tuple[Path, ...] = ()
    catalog: tuple[Path, ...] = ()
    only_catalog: bool = False
    weights: Path | None = None
    goal: str = "fill-gap"
    today: date | None = None
    fast: bool = False
    explain: bool = False
    # ranking filters
    top: int = 5
    budget: float | None = None
    currency: str | None = None
    rates: tuple[tuple[str, float], ...] = ()
    free_only: bool = False
    max_hours: float | None = None
    deadline: date | None = None
    hours_per_week: float = 8.0
    types: tuple[str, ...] = ()
    issuer_kinds: tuple[str, ...] = ()
    language: str | None = None
    applied_only: bool = False
    verified_only: bool = False
    # the person and the target
    target_employer: str | None = None
    industry: str | None = None
    country: str | None = None
    career_stage: str | None = None
    toward: str | None = None
    want_credit: bool = False
    prefer: str = "balanced"
    stale_after: float | None = None

    def __post_init__(self) -> None:
        if self.goal not in GOALS:
            raise SettingsError(f"There is no goal {self.goal!r}; choose one of {', '.join(GOALS)}.")
        if self.prefer not in ("speed", "balanced", "depth"):
            raise SettingsError(f"--prefer takes speed, balanced or depth, not {self.prefer!r}.")
        if self.hours_per_week <= 0:
            raise SettingsError("--hours-per-week must be more than 0.")
        for name, value in (("--budget", self.budget), ("--max-hours", self.max_hours), ("--stale-after", self.stale_after)):
            if value is not None and value < 0:
                raise SettingsError(f"{name} cannot be negative.")
        for code in (*([self.currency] if self.currency is not None else []), *(code for code, _ in self.rates)):
            if not _CODE.fullmatch(code):
                raise SettingsError(f"{code!r} is no currency; write its code of three capital letters, for example EUR.")
        if any(not 0 < rate < math.inf for _, rate in self.rates):
            raise SettingsError("--rate must be more than 0, for example --rate EUR=1.08.")
        given = [code for code, _ in self.rates]
        for code in given:
            if code == self.currency:
                raise SettingsError(f"--rate {code}=… would say what {code} is worth in {code}; --rate is for other currencies than that of --currency.")
            if given.count(code) > 1:
                raise SettingsError(f"--rate gives {code} more than once; give one rate for each currency.")
        if self.country is not None and country_of(self.country) is None:
            raise SettingsError(f"--country knows no {self.country!r}; write the code or the name of a country, for example GB or Canada.")
        if self.career_stage is not None and stage_word(self.career_stage) not in STAGES:
            raise SettingsError(f"--career-stage knows no {self.career_stage!r}; choose from {', '.join(STAGES)}.")
        if self.deadline is not None and self.deadline <= self.day:
            raise SettingsError(f"The deadline {self.deadline} is not after the start {self.day}; give a later --deadline or an earlier --start.")
        for option, chosen, known in (("--types", self.types, TYPES), ("--issuer-kind", self.issuer_kinds, ISSUER_KINDS)):
            for one in chosen:
                if one not in known:
                    raise SettingsError(f"{option} knows no {one!r}; choose from {', '.join(known)}.")
        if self.top < 1:
            raise SettingsError("--top must be at least 1.")
        if self.only_catalog and not self.catalog:
            raise SettingsError("--only-catalog needs a catalog of your own: add --catalog FILE.")

    @property
    def day(self) -> date:
        """The day that counts as today."""
        return self.today or date.today()


def stage_word(stage: str) -> str:
    """What tells a career stage: "mid" of "Mid-level manager"."""
    return next(iter(re.findall(r"[^\W\d_]+", stage.casefold())), "")
