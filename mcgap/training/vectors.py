"""models/vectors.npz from the taxonomy alone: a vector for each word of its forms, such that forms of one skill lie together.

Every word starts as what MiniLM makes of it by itself (after Model2Vec); then the sum of a form's words learns to lie nearer to another form
of its skill than to forms of other skills (InfoNCE: van den Oord et al. 2018). ``python -m mcgap.training.vectors`` is the command.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import click
import numpy as np
from numpy.typing import NDArray

from mcgap.errors import McgapError
from mcgap.files import shipped
from mcgap.linking.vectors import FORMAT, SHIPPED, content_words
from mcgap.taxonomy import Taxonomy, load_taxonomy

Floats = NDArray[np.float32]
Bag = tuple[int, ...]
_SPREAD = 0.3  # of the first vectors
_RARE = 1e-3  # of SIF weights (Arora, Liang and Ma 2017): a word of this share counts half
_NEVER = -1e4


@dataclass(frozen=True, slots=True, kw_only=True)
class VectorRecipe:
    """What was chosen on SkillSkape (models/README.md). ``suggested`` is the likeness from which on a skill is suggested."""

    width: int = 128
    epochs: int = 12
    batch: int = 1024
    rate: float = 2e-3
    temperature: float = 0.05
    seed: int = 1
    suggested: float = 0.85


def train_vectors(taxonomy: Taxonomy, recipe: VectorRecipe) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
    """The model as (meta, arrays). The same taxonomy, recipe and machine give the same arrays."""
    import torch

    from mcgap.training.teacher import vectors_of

    groups = _groups(taxonomy)
    counts = Counter(word for forms in groups for form in forms for word in set(form))
    words = sorted(counts)
    numbers = {word: n for n, word in enumerate(words)}
    bags = [list(dict.fromkeys(tuple(numbers[word] for word in form) for form in forms)) for forms in groups]
    share = np.array([counts[word] for word in words]) / sum(counts.values())
    first = vectors_of(words, recipe.width) * (_SPREAD * _RARE / (_RARE + share)[:, None])
    torch.manual_seed(recipe.seed)
    torch.use_deterministic_algorithms(True)
    table = torch.nn.EmbeddingBag.from_pretrained(torch.from_numpy(first.astype(np.float32)), freeze=False, mode="sum")
    optimiser = torch.optim.Adam(table.parameters(), lr=recipe.rate)
    chance = np.random.default_rng(recipe.seed)
    for _ in range(recipe.epochs):
        pairs = _pairs(bags, chance)
        order = chance.permutation(len(pairs))
        for at in range(0, len(order), recipe.batch):
            loss = _loss(table, [pairs[n] for n in order[at : at + recipe.batch]], recipe.temperature)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
    return _exported(words, np.asarray(table.weight.detach().numpy(), np.float32), recipe)


def _groups(taxonomy: Taxonomy) -> list[list[tuple[str, ...]]]:
    """The content words of each form, by skill."""
    groups: dict[str, list[tuple[str, ...]]] = {}
    for number in range(taxonomy.form_count):
        form = taxonomy.form(number)
        words = content_words(form.raw)
        if words:
            groups.setdefault(form.skill, []).append(words)
    return list(groups.values())


def _pairs(bags: Sequence[Sequence[Bag]], chance: np.random.Generator) -> list[tuple[Bag, Bag, int]]:
    """Each form with another of its skill, and the number of the skill."""
    pairs = []
    for skill, forms in enumerate(bags):
        if len(forms) > 1:
            for n, step in enumerate(chance.integers(1, len(forms), len(forms)).tolist()):
                pairs.append((forms[n], forms[(n + step) % len(forms)], skill))
    return pairs


def _loss(table: Any, pairs: Sequence[tuple[Bag, Bag, int]], temperature: float) -> Any:
    """Each form has to find its fellow among all of the batch, both ways; other forms of the same skill count neither way."""
    import torch

    left, right = _unit(table, [pair[0] for pair in pairs]), _unit(table, [pair[1] for pair in pairs])
    skills = torch.tensor([pair[2] for pair in pairs])
    fellows = (skills[:, None] == skills[None]) & ~torch.eye(len(pairs), dtype=torch.bool)
    near = (left @ right.T / temperature).masked_fill(fellows, _NEVER)
    wanted = torch.arange(len(pairs))
    return (torch.nn.functional.cross_entropy(near, wanted) + torch.nn.functional.cross_entropy(near.T, wanted)) / 2


def _unit(table: Any, bags: Sequence[Sequence[int]]) -> Any:
    import torch

    starts = np.cumsum([0, *(len(bag) for bag in bags[:-1])])
    summed = table(torch.tensor([n for bag in bags for n in bag]), torch.from_numpy(starts))
    return torch.nn.functional.normalize(summed, dim=1)


def _exported(words: Sequence[str], vectors: Floats, recipe: VectorRecipe) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
    """Vectors as bytes with a scale each."""
    scales = np.maximum(np.abs(vectors).max(axis=1), 1e-9) / 127
    arrays: dict[str, NDArray[Any]] = {
        "words": np.frombuffer("\n".join(words).encode(), np.uint8),
        "vectors": np.round(vectors / scales[:, None]).astype(np.int8),
        "scales": scales.astype(np.float32),
    }
    return {"format": FORMAT, **asdict(recipe)}, arrays


@click.command()
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), default=shipped(SHIPPED), show_default=True, help="Where the model goes.")
@click.option("--epochs", type=click.IntRange(1), help="Fewer are quicker and worse.")
@click.option("--threads", type=click.IntRange(1), default=1, show_default=True, help="The same number gives the same weights.")
def main(out: Path, epochs: int | None, threads: int) -> None:
    """Train the vectors that phrases are linked by meaning with. Needs the packages of the extra "train"."""
    try:
        import torch

        from mcgap.training.train import save_arrays
    except ImportError as error:
        raise click.ClickException(f"Training needs optional packages ({error.name}): pip install 'mcgap[train]'") from None
    torch.set_num_threads(threads)
    try:
        recipe = VectorRecipe() if epochs is None else VectorRecipe(epochs=epochs)
        save_arrays(*train_vectors(load_taxonomy(), recipe), out)
    except McgapError as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"{out}: {out.stat().st_size / 1e6:.1f} MB", err=True)


if __name__ == "__main__":
    main()
