"""pandas frames of postings and pairs: one row in, one row out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from mcgap.batch.records import PAIR_COLUMNS, POSTING_COLUMNS, Entry, Row, Task
from mcgap.batch.work import Bench
from mcgap.errors import SettingsError
from mcgap.pipeline import Analyzer
from mcgap.records import DocumentKind
from mcgap.settings import Settings

if TYPE_CHECKING:
    import pandas

_IDS = ("posting_id", "resume_id")


def extract_frame(frame: pandas.DataFrame, text: str = "description", *, title: str | None = None, settings: Settings | None = None) -> pandas.DataFrame:
    """What each posting of a column asks for, under the same index: required, preferred, duty and so on as tuples, ``error`` as text.

    A cell that cannot be used has a sentence in ``error``. Raises SettingsError where there is no such column.
    """
    entries = _entries(frame, text, title, DocumentKind.POSTING)
    rows = Bench(Analyzer(settings), alone=True).rows(Task(tuple(entries)))
    return _frame(rows, POSTING_COLUMNS, frame)


def analyze_frame(
    frame: pandas.DataFrame, posting: str = "description", resume: str = "resume", *, title: str | None = None, settings: Settings | None = None
) -> pandas.DataFrame:
    """The posting against the résumé of each row, under the same index: readiness, verdict, met, missing and so on.

    A row that cannot be used has a sentence in ``error``. Raises SettingsError where there is no such column.
    """
    postings = _entries(frame, posting, title, DocumentKind.POSTING)
    resumes = _entries(frame, resume, None, DocumentKind.RESUME)
    bench = Bench(Analyzer(settings), alone=False)
    rows = bench.rows(Task(tuple(postings), tuple(resumes))) if len(frame) else []
    return _frame(rows, PAIR_COLUMNS, frame)


def _entries(frame: pandas.DataFrame, column: str, title: str | None, kind: DocumentKind) -> Iterator[Entry]:
    for name in filter(None, (column, title)):
        if name not in frame.columns:
            raise SettingsError(f"The frame has no column {name!r}; it has {', '.join(map(repr, frame.columns))}.")
    titles = frame[title] if title is not None else [""] * len(frame)
    what = "posting" if kind is DocumentKind.POSTING else "r\u00e9sum\u00e9"
    for number, (cell, name) in enumerate(zip(frame[column], titles, strict=True), 1):
        if isinstance(cell, str) and cell.strip("\ufeff \t\r\n\f\v\0\xa0"):
            yield Entry(number, str(number), cell, " ".join(name.split()) if isinstance(name, str) else "")
        else:
            yield Entry(number, str(number), error=f"Row {number}: the text of this {what} is empty; fill it in or remove the row.")


def _frame(rows: Sequence[Row], columns: Sequence[str], frame: pandas.DataFrame) -> pandas.DataFrame:
    import pandas

    kept = [name for name in columns if name not in _IDS]
    cells: dict[str, list[Any]] = {name: [row[name] for row in rows] for name in kept}
    return pandas.DataFrame(cells, index=frame.index, columns=kept)
