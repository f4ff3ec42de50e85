"""One report, and what would change its ranking and its plan."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from mcgap.coverage import is_open
from mcgap.limits import own_currency, typical_of
from mcgap.pipeline import Analyzer, held_credentials
from mcgap.plan import frontier, stack_through
from mcgap.portfolio.names import Names
from mcgap.portfolio.records import Outlook
from mcgap.ranking import check_choices, checklist, counterfactual, sensitivity
from mcgap.records import Extraction, Gap, WhatIf

_ALL = 1_000_000
# Each question "if you knew it" ranks the catalog once more; the weightiest gaps are asked about.
_MOST_ASKED = 12
_TOP = 5


def look_ahead(analyzer: Analyzer, posting: Extraction, resume: Extraction | None, *, known: tuple[str, ...] = (), with_checks: bool = False) -> Outlook:
    """The report with frontiers, sensitivity, counterfactuals and progress toward larger certificates.

    ``known`` are skills to ask "if you knew it" about; without them each open gap is asked about in turn. Raises SettingsError.
    """
    settings, taxonomy, catalog = analyzer.settings, analyzer.taxonomy, analyzer.catalog
    check_choices(settings, catalog, taxonomy)
    wide = Analyzer(replace(settings, top=_ALL), taxonomy=taxonomy, catalog=catalog, earned=analyzer.earned).compare(posting, resume)
    ranked, gaps, plan = wide.credentials, wide.gaps, wide.plan
    held = held_credentials(wide.haves, catalog)
    shared = {"weights": analyzer.weights, "settings": settings, "posting": posting, "haves": wide.haves}
    what_ifs: list[WhatIf] = []
    for skill in known or _weightiest(gaps):
        what_ifs += counterfactual(ranked, skill, gaps, catalog, taxonomy, held=held, top=_TOP, **shared)  # type: ignore[arg-type]
    chosen = [step.credential for step in plan.steps] or [item.credential for item in ranked[:1]]
    return Outlook(
        replace(wide, credentials=ranked[: settings.top]),
        frontier(gaps, ranked, catalog, settings=settings, held=held, by="hours"),
        frontier(gaps, ranked, catalog, settings=settings, held=held, by="cost"),
        sensitivity(ranked, gaps, catalog, taxonomy, top=settings.top, **shared),  # type: ignore[arg-type]
        tuple(what_ifs),
        stack_through(plan, catalog, held=held, toward=settings.toward),
        tuple((c, checklist(c, today=settings.day, target_employer=settings.target_employer, name=Names(catalog, taxonomy))) for c in chosen)
        if with_checks
        else (),
        own_currency(settings, typical_of(catalog)),
    )


def _weightiest(gaps: Iterable[Gap]) -> list[str]:
    opened = sorted((gap for gap in gaps if is_open(gap)), key=lambda gap: (-gap.need.importance * gap.shortfall, gap.need.skill))
    return [gap.need.skill for gap in opened[:_MOST_ASKED]]
