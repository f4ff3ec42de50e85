"""What is kept in the cache folder stays bounded, whoever writes there."""

from __future__ import annotations

import multiprocessing
import os
import time
from pathlib import Path

import pytest

from mcgap import files
from mcgap.files import MOST_KEPT, keep, mark_used


def kept(folder: Path, among: str = "*") -> set[str]:
    return {path.name for path in folder.glob(among)}


def age(path: Path, seconds: float) -> None:
    then = time.time() - seconds
    os.utime(path, (then, then))


def fill(folder: Path, many: int, kind: str = "taxonomy", suffix: str = ".txt") -> list[Path]:
    """So many files, the first used longest ago."""
    paths = [folder / f"{kind}-{n:03}{suffix}" for n in range(many)]
    for n, path in enumerate(paths):
        path.write_bytes(b"old")
        age(path, 1000 * (many - n))
    return paths


@pytest.mark.parametrize("many", [0, 1, MOST_KEPT - 1, MOST_KEPT, MOST_KEPT + 5, 4 * MOST_KEPT])
def test_those_used_last_stay(tmp_path: Path, many: int) -> None:
    paths = fill(tmp_path, many)
    keep(b"new", tmp_path / "taxonomy-new.txt")
    assert kept(tmp_path) == {"taxonomy-new.txt", *(path.name for path in paths[max(0, many - MOST_KEPT + 1) :])}


def test_a_file_in_use_outlives_those_written_after_it(tmp_path: Path) -> None:
    first, second, *others = fill(tmp_path, MOST_KEPT)
    mark_used(first)
    keep(b"new", tmp_path / "taxonomy-new.txt")
    assert kept(tmp_path) == {"taxonomy-new.txt", first.name, *(path.name for path in others)}
    assert not second.exists()


def test_other_kinds_and_other_files_are_left_alone(tmp_path: Path) -> None:
    vectors, (notes,) = fill(tmp_path, MOST_KEPT + 3, "vectors", ".npy"), fill(tmp_path, 1, "notes")
    mine = tmp_path / "taxonomy.txt"
    mine.write_text("of the user", encoding="utf-8")
    fill(tmp_path, MOST_KEPT + 3)
    keep(b"new", tmp_path / "taxonomy-new.txt")
    assert {*(path.name for path in vectors), notes.name, mine.name} < kept(tmp_path)
    assert len(kept(tmp_path, "taxonomy-*.txt")) == MOST_KEPT
    keep(b"new", tmp_path / "whole.txt")
    assert (tmp_path / "whole.txt").read_bytes() == b"new"


def test_halves_of_ended_processes_go_and_those_being_written_stay(tmp_path: Path) -> None:
    dead, writing = tmp_path / "taxonomy-1.txtaaaa.part", tmp_path / "taxonomy-2.txtbbbb.part"
    for path in (dead, writing):
        path.write_bytes(b"half")
    age(dead, 2 * 86_400)
    keep(b"new", tmp_path / "taxonomy-new.txt")
    assert kept(tmp_path) == {writing.name, "taxonomy-new.txt"}


def test_what_cannot_be_removed_or_has_gone_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(tmp_path, MOST_KEPT + 2)
    mark_used(tmp_path / "taxonomy-gone.txt")
    real = Path.unlink

    def refused(path: Path, missing_ok: bool = False) -> None:
        if path.name == "taxonomy-000.txt":
            raise PermissionError(path)
        real(path, missing_ok)

    monkeypatch.setattr(files.Path, "unlink", refused)
    keep(b"new", tmp_path / "taxonomy-new.txt")
    assert kept(tmp_path) == {"taxonomy-000.txt", "taxonomy-new.txt", *(f"taxonomy-{n:03}.txt" for n in range(3, MOST_KEPT + 2))}


def write_many(folder: str, name: str) -> None:
    for n in range(40):
        keep(f"{name} {n}".encode() * 50, Path(folder) / f"taxonomy-{name}{n}.txt")


def test_processes_that_write_at_once_leave_no_more_than_that_and_whole_files(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=write_many, args=(str(tmp_path), name)) for name in "ab"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
        assert writer.exitcode == 0
    found = sorted(tmp_path.iterdir())
    # Each spares the one that it has just written: now and then the other has removed one more than it had to.
    assert MOST_KEPT // 2 <= len(found) <= MOST_KEPT
    for path in found:
        name = path.stem.removeprefix("taxonomy-")
        assert path.read_bytes() == f"{name[0]} {name[1:]}".encode() * 50
