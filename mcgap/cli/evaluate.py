"""``mcgap evaluate``: scores against hand labels, with floors."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from mcgap.settings import Settings

_HERE = Path(__file__).resolve().parent.parent.parent


@click.command(
    epilog="\b\nExamples:\n  mcgap evaluate\n  mcgap evaluate --data ../shared/data --step postings --fast\n  mcgap evaluate --format json > scores.json"
)
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    default=_HERE.parent / "shared" / "data",
    help="Folder with postings/, resumes/, gaps/, skillspan/ and skillskape/.",
)
@click.option(
    "--step",
    "steps",
    multiple=True,
    type=click.Choice(["postings", "kept-aside", "sealed", "whole", "own", "alternatives", "resumes", "gaps", "spans", "linking"]),
    help="Only this step; repeatable.",
)
@click.option("--esco", type=click.Path(path_type=Path, exists=True), help="An ESCO download: phrases are linked to its skills, not ours.")
@click.option("--fast", is_flag=True, help="Without the trained tagger.")
@click.option("--floors", type=click.Path(path_type=Path, dir_okay=False), default=_HERE / "tests" / "floors.json", help="JSON of floors to hold.")
@click.option("--allow-lower", is_flag=True, help="Report a measure below its floor and go on.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
def evaluate(data: Path, steps: tuple[str, ...], esco: Path | None, fast: bool, floors: Path, allow_lower: bool, form: str) -> None:
    """Score extraction, gaps, spans and linking against hand labels.

    Exits with 1 when a measure falls below its floor, unless --allow-lower says that it may.
    """
    from mcgap.evaluation.floors import STEPS, below_floors, read_floors
    from mcgap.evaluation.floors import evaluate as run

    def progress(name: str) -> None:
        if sys.stderr.isatty():
            click.echo(f"\r\x1b[K{name[:70]}", err=True, nl=False)

    candidates = None
    if esco is not None:
        from mcgap.importers.esco import import_esco
        from mcgap.taxonomy import Taxonomy

        candidates = Taxonomy.of(import_esco(esco))
    measures = run(data, Settings(fast=fast), steps=steps or STEPS, candidates=candidates, progress=progress)
    measured = {step.partition(",")[0] for step in measures}
    for step in (step for step in steps or STEPS if step not in measured):
        click.echo(f"{step}: not measured, since {'--fast leaves it out or ' if fast else ''}{data} has no labels for it.", err=True)
    if sys.stderr.isatty():
        click.echo("\r\x1b[K", err=True, nl=False)
    if form == "json":
        click.echo(json.dumps(measures, indent=2))
    else:
        for step, values in measures.items():
            click.echo(step)
            for name, value in values.items():
                click.echo(f"  {name:24} {value:.4f}")
    # The floors are those of our own skills.
    judged = {step: values for step, values in measures.items() if step != "linking" or candidates is None}
    misses = below_floors(judged, read_floors(floors), "fast" if fast else "full") if floors.is_file() else []
    for sentence in misses:
        click.echo(sentence, err=True)
    if misses and not allow_lower:
        sys.exit(1)
