"""The recipe of models/tagger.npz from end to end."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mcgap.taxonomy import Taxonomy
from mcgap.training.samples import NAME, PLACE_LABELS, WHOLE_LABELS, Sample, named_sample, read_judged, read_skillspan, read_texts
from mcgap.training.student import Recipe, train_student


def train_tagger(
    gold: Path, judged: Path | None, unlabelled: Sequence[tuple[Path, str]], taxonomy: Taxonomy, recipe: Recipe, *, without: frozenset[str] = frozenset()
) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
    """The model as (meta, arrays): teachers on ``gold`` and on, each of them further, ``judged`` (the CSV that our labels are of: first the places
    judged one by one, then the postings labelled whole); their reading of ``gold``, of the whole ones and of the CSV columns in ``unlabelled``;
    then the student.

    ``without``: fingerprints of postings that are left out of the unlabelled ones. Of postings of which places alone were judged the student does
    not see what names a skill, so that a model which reads its chances there learns from such as it will meet.

    The same files, recipe, taxonomy and machine give the same arrays. Without teachers in the recipe the student learns from ``gold`` alone.
    """
    labelled = read_skillspan(gold, taxonomy)
    if not recipe.teachers:
        return train_student(labelled, (), {}, {}, taxonomy, recipe)
    from mcgap.training.teacher import read_samples, train_further, train_teacher, word_vectors

    places, whole = (
        [named_sample(posting, taxonomy) for posting in read_judged(judged, labels)] if judged is not None else [] for labels in (PLACE_LABELS, WHOLE_LABELS)
    )
    known = without.union(sample.posting for sample in whole)
    silver = _some([sample for path, column in unlabelled for sample in read_texts(path, column, taxonomy, without=known)], recipe)
    teachers = [train_teacher(labelled, seed=recipe.seed + n) for n in range(recipe.teachers)]
    further = [train_further(teacher, places, whole, seed=recipe.seed + n) for n, teacher in enumerate(teachers)] if whole else []
    labelled += whole
    read = read_samples(teachers, [*labelled, *silver])
    named = read_samples(further, [*labelled, *silver], passages=True) if further else {}
    unseen = {sample.posting for sample in places}.difference(sample.posting for sample in whole)
    for sample in (*labelled, *silver):
        read[sample.name][:, NAME] = -np.inf if not named or sample.posting in unseen else named[sample.name][:, NAME]
    return train_student(labelled, silver, read, word_vectors([*labelled, *silver], recipe.width), taxonomy, recipe)


def _some(samples: Sequence[Sample], recipe: Recipe) -> list[Sample]:
    """As many samples, drawn by the seed, as hold the recipe's number of unlabelled words."""
    chosen = []
    words = 0
    for n in np.random.default_rng(recipe.seed).permutation(len(samples)):
        if words >= recipe.unlabelled:
            break
        chosen.append(samples[n])
        words += len(samples[n].words)
    return chosen


def save_arrays(meta: dict[str, Any], arrays: dict[str, NDArray[Any]], path: Path) -> None:
    """One .npz without pickles; the same model gives the same bytes."""
    entries = {"meta": np.frombuffer(json.dumps(meta, sort_keys=True).encode(), np.uint8), **arrays}
    with zipfile.ZipFile(path, "w") as file:
        for name, array in entries.items():
            with file.open(zipfile.ZipInfo(f"{name}.npy"), "w") as entry:  # a ZipInfo of its own: no clock time in the file
                np.lib.format.write_array(entry, np.ascontiguousarray(array), allow_pickle=False)
