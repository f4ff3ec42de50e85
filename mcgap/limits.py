"""What a person's limits rule out, and what stands in for an unknown fee or length."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from functools import cached_property, lru_cache
from statistics import median

from mcgap.records import Amount, Credential, FactStatus
from mcgap.settings import Settings

# With fewer known values than this a type's median says nothing; that of all types is taken.
_ENOUGH = 3
# Only where a catalog states no hours at all: one week of full-time study.
_NO_HOURS = 40.0


class Typical:
    """Medians of what a catalog states, by credential type: they stand in where a fact is unknown. Read on first use.

    A catalog that can name its hours and fees without building its records (``stated_hours``, ``stated_fees``) is asked for them.
    """

    def __init__(self, credentials: Iterable[Credential]) -> None:
        self._credentials = credentials

    def hours_for(self, kind: str) -> float:
        """The median study hours of a type, else of all types."""
        known = self._hours
        return known.get(kind, known.get("", _NO_HOURS))

    def fee_for(self, kind: str, currency: str = "") -> float | None:
        """The median of the fees of a type in a currency ("": that of most fees), else of all types, else 0; None where no fee is in that currency.

        What is free counts in each.
        """
        known = self._fees.get(currency or self.currency)
        return None if known is None else known.get(kind, known.get("", 0.0))

    @cached_property
    def currency(self) -> str:
        """The currency of most fees, ties by name; empty where nothing costs anything."""
        found = Counter(currency for _, fee, currency in self._stated if fee > 0 and currency)
        return min(found, key=lambda name: (-found[name], name), default="")

    @cached_property
    def _hours(self) -> dict[str, float]:
        stated = getattr(self._credentials, "stated_hours", None)
        return _medians(stated() if stated else ((c.type, c.hours.middle) for c in self._credentials if c.hours is not None))

    @cached_property
    def _stated(self) -> tuple[tuple[str, float, str], ...]:
        stated = getattr(self._credentials, "stated_fees", None)
        return tuple(stated() if stated else ((c.type, c.cost.max, c.cost.currency) for c in self._credentials if c.cost is not None))

    @cached_property
    def _fees(self) -> dict[str, dict[str, float]]:
        """Medians by currency and type."""
        names = {currency for _, fee, currency in self._stated if fee > 0} | {self.currency}
        return {name: _medians((kind, fee) for kind, fee, currency in self._stated if fee == 0 or currency == name) for name in names}


@lru_cache(maxsize=4)
def typical_of(credentials: Iterable[Credential]) -> Typical:
    """The medians of a catalog, kept while the catalog is in use."""
    return Typical(credentials)


def _medians(values: Iterable[tuple[str, float]]) -> dict[str, float]:
    """Medians by type; the key "" is all types together."""
    found: dict[str, list[float]] = {}
    for kind, value in values:
        found.setdefault("", []).append(value)
        found.setdefault(kind, []).append(value)
    return {kind: float(median(numbers)) for kind, numbers in found.items() if kind == "" or len(numbers) >= _ENOUGH}


def hours_of(credential: Credential, typical: Typical) -> float:
    """Study hours: the middle of what is stated, else the catalog's median for its type."""
    return credential.hours.middle if credential.hours is not None else typical.hours_for(credential.type)


def fee_of(credential: Credential) -> float | None:
    """What to set aside for it: the upper end of the stated fee; None where it is unknown."""
    return credential.cost.max if credential.cost is not None else None


def own_currency(settings: Settings, typical: Typical) -> str:
    """The currency that fees are compared in: the one given, else that of most fees of the catalog."""
    return settings.currency or typical.currency


def typical_fee(kind: str, settings: Settings, typical: Typical) -> float | None:
    """What stands in for an unknown fee of a type, in ``own_currency``: the median there, else that of most fees at the rate given, else None."""
    own = own_currency(settings, typical)
    stated, most = typical.fee_for(kind, own), typical.fee_for(kind)
    rate = dict(settings.rates).get(typical.currency)
    return stated if stated is not None else None if most is None or rate is None else round(most * rate, 2)


def rate_of(credential: Credential, settings: Settings, typical: Typical) -> float | None:
    """What one unit of a credential's currency is worth in ``own_currency``; None where no rate is given. No fee needs none."""
    cost = credential.cost
    if cost is None or cost.max == 0 or cost.currency in ("", own_currency(settings, typical)):
        return 1.0
    return dict(settings.rates).get(cost.currency)


def sums_of(amounts: Iterable[Amount]) -> tuple[Amount, ...]:
    """The sum in each currency, by its name; what is 0 is left out."""
    found: dict[str, list[float]] = {}
    for item in amounts:
        if item.amount > 0:
            found.setdefault(item.currency, []).append(item.amount)
    return tuple(Amount(round(math.fsum(found[name]), 2), name) for name in sorted(found))


def total_of(sums: Sequence[Amount], settings: Settings, typical: Typical) -> tuple[float | None, str]:
    """One amount and its currency for sums in several, by the rates given; None where a rate is not given."""
    if len(sums) < 2:
        return (sums[0].amount, sums[0].currency) if sums else (0.0, "")
    own, rates = own_currency(settings, typical), dict(settings.rates)
    if any(item.currency not in (own, *rates) for item in sums):
        return None, ""
    return round(math.fsum(item.amount * (1.0 if item.currency == own else rates[item.currency]) for item in sums), 2), own


def hours_until(settings: Settings) -> float | None:
    """Study hours from today to the deadline; None without one."""
    if settings.deadline is None:
        return None
    return max(0, (settings.deadline - settings.day).days) / 7 * settings.hours_per_week


def day_after(settings: Settings, hours: float) -> date:
    """The day on which so many hours of study, from today on, are done."""
    days = hours / settings.hours_per_week * 7
    return settings.day + timedelta(days=min(-int(-days // 1) if days % 1 > 1e-9 else int(days), 365_000))


def refusal(
    credential: Credential, settings: Settings, held: frozenset[str], find: Callable[[str], Credential | None], typical: Typical, above: tuple[str, ...] = ()
) -> str | None:
    """Why a credential is out under these limits, as the end of a sentence; None where it is in.

    ``find`` looks up a prerequisite; ``above`` are the credentials that led here. Unknown facts rule nothing out, except where the
    limit asks for the fact itself (free, applied, verified).
    """
    for test in _TESTS:
        why = test(credential, settings, typical)
        if why is not None:
            return why
    for name in credential.prerequisites_required:
        if name in held:
            continue
        other = find(name)
        if other is None or name in (*above, credential.id):
            return f"requires {name}, which is neither held nor in the catalog"
        why = refusal(other, settings, held, find, typical, (*above, credential.id))
        if why is not None:
            return f"requires {other.title}, which {why}"
    return None


def _is_retired(credential: Credential, settings: Settings, typical: Typical) -> str | None:
    if credential.status == "retired":
        return "is retired"
    if credential.retires_on is None:
        return None
    ready = day_after(settings, hours_of(credential, typical))
    return f"retires on {credential.retires_on:%Y-%m-%d}, before it could be earned" if credential.retires_on < ready else None


def _is_over_budget(credential: Credential, settings: Settings, typical: Typical) -> str | None:
    fee = fee_of(credential)
    if settings.free_only and (fee is None or fee > 0):
        return "is not free" if fee else "has no known fee, so it cannot be called free"
    if settings.budget is None or not fee or credential.cost is None:
        return None
    rate, stated, own = rate_of(credential, settings, typical), f"costs up to {fee:g} {credential.cost.currency}", own_currency(settings, typical)
    if rate is None:
        return f"{stated}, which cannot be compared with a budget in {own} (give --rate {credential.cost.currency}=… or --currency)"
    if fee * rate > settings.budget:
        return f"{stated}{f' ({fee * rate:g} {own})' if rate != 1 else ''}, over the budget of {settings.budget:g}"
    return None


def _is_too_long(credential: Credential, settings: Settings, typical: Typical) -> str | None:
    if credential.hours is None:
        return None
    hours = credential.hours.middle
    if settings.max_hours is not None and hours > settings.max_hours:
        return f"takes about {hours:g} hours, over the {settings.max_hours:g} allowed"
    left = hours_until(settings)
    if left is not None and hours > left:
        return f"takes about {hours:g} hours, and {left:.0f} are left before {settings.deadline:%Y-%m-%d}"
    return None


def _is_unwanted_kind(credential: Credential, settings: Settings, typical: Typical) -> str | None:
    if settings.types and credential.type not in settings.types:
        return f"is a {credential.type}, and only {', '.join(settings.types)} was asked for"
    if settings.issuer_kinds and credential.issuer.kind not in settings.issuer_kinds:
        return f"comes from a {credential.issuer.kind}, and only {', '.join(settings.issuer_kinds)} was asked for"
    if settings.language and credential.languages and settings.language.casefold() not in {name.casefold() for name in credential.languages}:
        return f"is not offered in {settings.language}"
    return None


def _is_unapplied(credential: Credential, settings: Settings, typical: Typical) -> str | None:
    if settings.applied_only and (credential.assessment is None or credential.assessment.applied < 1):
        return "has no known practical assessment"
    return None


def _is_unverified(credential: Credential, settings: Settings, typical: Typical) -> str | None:
    if not settings.verified_only:
        return None
    loose = [name for name in ("skills", "cost") if credential.fact(name).status is not FactStatus.VERIFIED]
    return f"has no verified {' and '.join(loose)}" if loose else None


def _expires_before_use(credential: Credential, settings: Settings, typical: Typical) -> str | None:
    """Use begins at the deadline: a credential that lapses before it is of no use there."""
    if settings.deadline is None or credential.validity_months is None:
        return None
    lapses = day_after(settings, hours_of(credential, typical)) + timedelta(days=round(credential.validity_months * 30.44))
    return "would expire before the deadline" if lapses < settings.deadline else None


_TESTS = (_is_retired, _is_over_budget, _is_too_long, _is_unwanted_kind, _is_unapplied, _is_unverified, _expires_before_use)
