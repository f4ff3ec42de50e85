"""``python -m mcgap.training``: train models/tagger.npz and print its scores on held-out postings."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import click

from mcgap.errors import McgapError
from mcgap.files import shipped
from mcgap.mentions.tagger_network import SHIPPED, load_tagger
from mcgap.taxonomy import load_taxonomy
from mcgap.training.samples import read_left_out, read_skillspan
from mcgap.training.scores import score_tagger

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command()
@click.option("--gold", type=_FILE, required=True, help="SkillSpan train, JSON lines.")
@click.option("--judged", type=_FILE, help="The CSV that our labels (mcgap/training/*_labels.csv) are of: what names a skill is learnt from it.")
@click.option("--dev", type=_FILE, help="SkillSpan dev: the scores printed at the end.")
@click.option("--unlabelled", type=(_FILE, str), multiple=True, metavar="CSV COLUMN", help="Texts for the teacher to label; may be given again.")
@click.option("--leave-out", type=_FILE, help="Postings kept aside for measuring, JSON lines with sha1 and set: no text of theirs is read.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), default=shipped(SHIPPED), show_default=True, help="Where the model goes.")
@click.option("--teachers", type=click.IntRange(0), help="How many teachers; 0 trains on the hand labels alone, in a minute or two.")
@click.option("--words", type=click.IntRange(1), help="How many words of the unlabelled texts the teachers read; fewer are quicker and worse.")
@click.option("--threads", type=click.IntRange(1), default=2, show_default=True, help="The same number gives the same weights.")
def main(
    gold: Path,
    judged: Path | None,
    dev: Path | None,
    unlabelled: tuple[tuple[Path, str], ...],
    leave_out: Path | None,
    out: Path,
    teachers: int | None,
    words: int | None,
    threads: int,
) -> None:
    """Train the tagger. Needs the packages of the extra "train"."""
    try:
        import torch

        from mcgap.training.student import Recipe
        from mcgap.training.train import save_arrays, train_tagger
    except ImportError as error:
        raise click.ClickException(f"Training needs optional packages ({error.name}): pip install 'mcgap[train]'") from None
    torch.set_num_threads(threads)
    try:
        taxonomy = load_taxonomy()
        usual = Recipe()
        recipe = replace(usual, teachers=usual.teachers if teachers is None else teachers, unlabelled=words or usual.unlabelled)
        without = read_left_out(leave_out) if leave_out is not None else frozenset()
        save_arrays(*train_tagger(gold, judged, unlabelled, taxonomy, recipe, without=without), out)
        click.echo(f"{out}: {out.stat().st_size / 1e6:.1f} MB", err=True)
        if dev is not None:
            click.echo(json.dumps(score_tagger(load_tagger(out), read_skillspan(dev, taxonomy), taxonomy), indent=1))
    except McgapError as error:
        raise click.ClickException(str(error)) from None


if __name__ == "__main__":
    main()
