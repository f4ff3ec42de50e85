"""Every credential that closes something of an open gap, best first, with its reasons."""

from __future__ import annotations

import math

from mcgap.catalog import Catalog
from mcgap.limits import refusal
from mcgap.ranking.desk import Desk
from mcgap.ranking.factors import FACTORS, Case, bearing_share
from mcgap.ranking.matching import match_credentials
from mcgap.ranking.weights import Weights
from mcgap.records import Closing, Credential, Extraction, Gap, Have, Ranked, Reason
from mcgap.settings import Settings
from mcgap.taxonomy import Taxonomy

# Points are rounded to so many places before they are summed, so that the reasons as printed add up.
PLACES = 6


def rank_credentials(
    gaps: tuple[Gap, ...],
    catalog: Catalog,
    taxonomy: Taxonomy,
    *,
    weights: Weights,
    settings: Settings,
    posting: Extraction,
    haves: tuple[Have, ...],
    held: frozenset[str],
) -> tuple[Ranked, ...]:
    """Best first; ties by id. A score is the sum of its reasons' points. ``held`` are catalog ids, which are not proposed again.

    What the settings rule out is left out. Nothing here says how likely anyone is to be hired.
    """
    desk = Desk(gaps, catalog, taxonomy, settings, posting, haves)
    scored = []
    for name, closings in match_credentials(gaps, catalog, taxonomy).items():
        credential = catalog.get(name)
        if credential is None or name in held or refusal(credential, settings, held, catalog.get, desk.typical) is not None:
            continue
        case = Case(credential, closings, desk)
        reasons = score(case, weights)
        scored.append((credential, closings, reasons, math.fsum(reason.points for reason in reasons), bearing_share(case)))
    return in_order(scored)


def score(case: Case, weights: Weights) -> tuple[Reason, ...]:
    """One reason a factor, in the order of FACTORS."""
    fit = case.fit
    reasons = []
    for name, factor in FACTORS.items():
        value, sentence = factor(case)
        share = 1.0 if name == "coverage" else fit
        reasons.append(Reason(name, points(weights, name, value, share), sentence()))
    return tuple(reasons)


def points(weights: Weights, factor: str, value: float, share: float) -> float:
    """What a factor's value is worth."""
    return round(weights.points[factor] * value * share, PLACES)


def in_order(scored: list[tuple[Credential, tuple[Closing, ...], tuple[Reason, ...], float, float]]) -> tuple[Ranked, ...]:
    """Scored credentials as ranked ones."""
    scored.sort(key=lambda row: (-round(row[3], 9), row[0].id))
    return tuple(Ranked(credential, total, rank, closings, reasons, focus) for rank, (credential, closings, reasons, total, focus) in enumerate(scored, 1))
