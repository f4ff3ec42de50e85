"""Views of a finished batch: ranked candidates a posting, what a cohort lacks, a page to read. All from the rows of the result."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from mcgap.batch.output import FORMULA, csv_line, form_of, harmless
from mcgap.batch.parquet import ParquetTable
from mcgap.batch.records import LISTS, NUMBERS
from mcgap.pipeline import Analyzer
from mcgap.plan import plan_stack
from mcgap.ranking import rank_credentials
from mcgap.records import Document, DocumentKind, Extraction, Gap, Need, Plan, Status, Strength, VerdictName

CANDIDATE_COLUMNS = ("posting_id", "rank", "resume_id", "readiness", "verdict", "reasons")
COHORT_COLUMNS = ("kind", "name", "rows", "share", "hours", "cost", "closes")
_STATUS = re.compile(r" \((?:partial|stale|learning)\)$")
_BINS = 10
# Gaps of a cohort that the stack is chosen for; rarer ones are no common gap.
_COMMON = 25


def read_rows(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a result in any of its formats, with lists as tuples and numbers as floats."""
    form = form_of(path)
    if form == "parquet":
        table = ParquetTable(str(path))
        for record in table.records():
            yield {name: tuple(cell or ()) if name in LISTS else cell for name, cell in record.items()}
        return
    with path.open(encoding="utf-8", newline="") as stream:
        if form == "jsonl":
            for line in stream:
                yield {name: tuple(cell) if isinstance(cell, list) else cell for name, cell in json.loads(line).items()}
        else:
            for row in csv.DictReader(stream):
                yield {name: _cell(name, text) for name, text in row.items()}


def _cell(name: str, text: str) -> Any:
    plain = text[1:] if text[:1] == "'" and text[1:].startswith(FORMULA) else text
    if name in LISTS:
        return tuple(plain.split("; ")) if plain else ()
    if name in NUMBERS:
        return float(text) if text else None
    return plain


# ── candidates ──────────────────────────────────────────────────────────────────────────────────


def write_candidates(result: Path, out: Path, *, top: int) -> None:
    """For each posting its best résumés with the reasons, as CSV.

    Order: whoever no gate shuts out first, then by readiness, then fewest things missing, then as in the result. The sentence names
    everything that the order rests on; nothing else of a résumé is used.
    """
    part = out.with_name(out.name + ".part")
    with part.open("wb") as stream:
        stream.write(csv_line(CANDIDATE_COLUMNS))
        best: dict[str, list[dict[str, Any]]] = {}
        # A posting comes again where résumés were taken in several passes.
        for posting, rows in groupby(read_rows(result), key=lambda row: str(row["posting_id"])):
            sound = (row for row in rows if not row["error"] and row["resume_id"])
            best[posting] = sorted((*best.get(posting, ()), *sound), key=_candidate_key)[:top]
        for posting, found in best.items():
            for rank, row in enumerate(found, 1):
                cells = (posting, str(rank), row["resume_id"], f"{row['readiness'] or 0:g}", row["verdict"], candidate_reasons(row))
                stream.write(csv_line(map(harmless, cells)))
    part.replace(out)


def _candidate_key(row: dict[str, Any]) -> tuple[bool, float, int]:
    return row["verdict"] == VerdictName.NOT_CLOSABLE, -(row["readiness"] or 0.0), len(row["missing"])


def candidate_reasons(row: dict[str, Any]) -> str:
    """Why a candidate stands where they stand, in one line."""
    parts = []
    for words, name in (("shows", "met"), ("names without showing use", "claimed"), ("does not show", "missing"), ("gate not met", "gates_not_met")):
        if row[name]:
            parts.append(f"{words}: {', '.join(row[name])}")
    return "; ".join(parts) or "nothing of what is asked was recognised"


# ── cohort ──────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Cohort:
    """What many rows have in common. ``gaps`` are (name, rows), commonest first: what is open, or for postings alone what is asked.

    ``readiness`` counts rows by tenths; ``plan`` is the stack that closes most of the common gaps, weighted by how many rows have them.
    """

    rows: int
    failed: int
    gaps: tuple[tuple[str, int], ...]
    verdicts: tuple[tuple[str, int], ...]
    readiness: tuple[int, ...]
    mean: float | None
    plan: Plan | None


def cohort_of(rows: Iterable[dict[str, Any]], analyzer: Analyzer) -> Cohort:
    """Counts over all rows, and the cheapest stack that covers the common gaps under the analyzer's limits."""
    counts: Counter[str] = Counter()
    verdicts: Counter[str] = Counter()
    bins, total, failed, reached, scored, alone = [0] * _BINS, 0, 0, 0.0, 0, False
    for row in rows:
        if row["error"]:
            failed += 1
            continue
        total += 1
        alone = "required" in row
        counts.update(dict.fromkeys(_open(row), 1))
        if alone:
            continue
        verdicts[row["verdict"]] += 1
        if row["readiness"] is not None:
            bins[min(_BINS - 1, int(row["readiness"] * _BINS))] += 1
            reached, scored = reached + row["readiness"], scored + 1
    gaps = tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
    plan = None if alone or not total else stack_for(gaps[:_COMMON], total, analyzer)
    ordered = tuple(sorted(verdicts.items(), key=lambda item: (-item[1], item[0])))
    return Cohort(total, failed, gaps, ordered, tuple(bins), round(reached / scored, 4) if scored else None, plan)


def _open(row: dict[str, Any]) -> tuple[str, ...]:
    if "required" in row:
        return (*row["required"], *row["preferred"])
    return tuple(" or ".join(_STATUS.sub("", name) for name in gap.split(" or ")) for gap in row["missing"])


def stack_for(gaps: Sequence[tuple[str, int]], rows: int, analyzer: Analyzer) -> Plan:
    """The plan for a cohort's gaps, as for one person to whom each gap matters as much as the share of rows that have it."""
    taxonomy, settings = analyzer.taxonomy, analyzer.settings
    names = {skill.name: skill.id for skill in reversed(list(taxonomy))}
    found: dict[str, Gap] = {}
    for number, (name, count) in enumerate(gaps):
        members = [names[part] for part in name.split(" or ") if part in names] or ([names[name]] if name in names else [])
        for skill in members:
            need = Need(skill, Strength.REQUIRED, round(count / rows, 4), (), f"c{number}" if len(members) > 1 else None)
            found.setdefault(skill, Gap(need, Status.MISSING, 1.0))
    open_gaps = tuple(found.values())
    nobody = Extraction(Document("", "cohort", DocumentKind.POSTING), ())
    none: frozenset[str] = frozenset()
    ranked = rank_credentials(open_gaps, analyzer.catalog, taxonomy, weights=analyzer.weights, settings=settings, posting=nobody, haves=(), held=none)
    return plan_stack(open_gaps, ranked, analyzer.catalog, taxonomy, settings=settings, held=none)


def write_cohort(cohort: Cohort, out: Path, analyzer: Analyzer) -> None:
    """The gaps and the stack of a cohort as CSV: rows of the kind gap, then of the kind credential in the order to take them."""
    lines = [COHORT_COLUMNS]
    lines += [("gap", name, str(count), f"{count / cohort.rows:.4g}", "", "", "") for name, count in cohort.gaps]
    for step in cohort.plan.steps if cohort.plan is not None else ():
        closes = "; ".join(analyzer.taxonomy.name(skill) for skill in step.closes)
        cost = "" if step.cost is None else f"{step.cost:g}"
        lines.append(("credential", step.credential.title, "", "", f"{step.hours:g}", cost, closes))
    _replace(out, b"".join(csv_line(map(harmless, line)) for line in lines))


# ── summary ─────────────────────────────────────────────────────────────────────────────────────


def summary_page(cohort: Cohort, analyzer: Analyzer, *, top: int = 20) -> str:
    """A page for people, in one file without scripts."""
    from jinja2 import Environment

    source = Path(__file__).with_name("summary.html.j2").read_text(encoding="utf-8")
    template = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(source)
    most = max((count for _, count in cohort.gaps), default=1)
    highest = max(cohort.readiness, default=0) or 1
    steps = [
        (step.credential.title, step.credential.issuer.name, step.hours, step.cost, ", ".join(analyzer.taxonomy.name(s) for s in step.closes))
        for step in (cohort.plan.steps if cohort.plan is not None else ())
    ]
    page: str = template.render(c=cohort, gaps=cohort.gaps[:top], most=most, highest=highest, steps=steps, alone=cohort.plan is None, day=analyzer.settings.day)
    return page


def write_summary(cohort: Cohort, out: Path, analyzer: Analyzer) -> None:
    _replace(out, summary_page(cohort, analyzer).encode("utf-8"))


def _replace(out: Path, data: bytes) -> None:
    part = out.with_name(out.name + ".part")
    part.write_bytes(data)
    part.replace(out)
