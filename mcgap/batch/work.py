"""What one worker does: tasks in, rows out. The same code runs in this process, in others and on a cluster."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, partial
from threading import Lock
from typing import TYPE_CHECKING, TypeVar

from mcgap.batch.records import Entry, Reading, Row, Task
from mcgap.batch.rows import columns_of, error_row, pair_row, posting_row
from mcgap.documents import read_document, read_path
from mcgap.errors import McgapError
from mcgap.pipeline import Analyzer, brief_of
from mcgap.records import Brief, Document, DocumentKind, Extraction

if TYPE_CHECKING:
    from mcgap.pairs import Matcher, People

T = TypeVar("T")
U = TypeVar("U")
# Readings that a worker keeps for a pair file.
_KEPT = 256
# Pairs of a table that are compared together.
_TOGETHER = 256


class Bench:
    """An analyzer with what every task of a batch shares: the résumés that each posting meets, read once.

    ``alone`` is True for postings without résumés. Sent to a worker once; its tables are loaded there.
    """

    def __init__(self, analyzer: Analyzer, *, alone: bool, resumes: tuple[Reading, ...] = (), redact: bool = False) -> None:
        self.analyzer, self.alone, self.resumes, self.redact = analyzer, alone, resumes, redact
        self._start()

    def _start(self) -> None:
        self._lock = Lock()
        self._kept: OrderedDict[tuple[DocumentKind, int, str], Reading] = OrderedDict()

    def __getstate__(self) -> tuple[Analyzer, bool, tuple[Reading, ...], bool]:
        return self.analyzer, self.alone, self.resumes, self.redact

    def __setstate__(self, state: tuple[Analyzer, bool, tuple[Reading, ...], bool]) -> None:
        self.analyzer, self.alone, self.resumes, self.redact = state
        self._start()

    def rows(self, task: Task) -> list[Row]:
        """The rows of a task, in the order of its entries; a row in error has its sentence. One thread at a time: tables fill as they are used."""
        with self._lock:
            if self.alone:
                return [self._posting(entry) for entry in task.postings]
            if task.resumes:
                return self._pairs(task.postings, task.resumes)
            return [row for entry in task.postings for row in self._against_all(entry)]

    def readings(self, task: Task) -> list[Reading]:
        """The résumés of a task as read."""
        with self._lock:
            return [self._read(entry, DocumentKind.RESUME) for entry in task.resumes]

    def _posting(self, entry: Entry) -> Row:
        reading = read_entry(entry, DocumentKind.POSTING, self.analyzer)  # met once, so not kept
        if reading.extraction is None:
            return error_row(columns_of(True), entry.id, "", reading.error)
        return posting_row(entry.id, reading.extraction, self.analyzer.taxonomy)

    def _against_all(self, entry: Entry) -> list[Row]:
        """One row a résumé; a posting in error is one row."""
        posting = self._read(entry, DocumentKind.POSTING)
        if posting.extraction is None:
            return [error_row(columns_of(False), entry.id, "", posting.error)]
        if not self.resumes:
            return [error_row(columns_of(False), entry.id, "", "There is no résumé to compare with: none could be read.")]
        return self._compare(posting, self.resumes, self._everyone, range(len(self.resumes)))

    def _pairs(self, postings: tuple[Entry, ...], resumes: tuple[Entry, ...]) -> list[Row]:
        """One row a pair; what pairs share is worked out once for some hundred rows."""
        rows: list[Row] = []
        for start in range(0, len(postings), _TOGETHER):
            asked = [self._read(entry, DocumentKind.POSTING) for entry in postings[start : start + _TOGETHER]]
            shown = [self._read(entry, DocumentKind.RESUME) for entry in resumes[start : start + _TOGETHER]]
            rows += self._some_pairs(asked, shown)
        return rows

    def _some_pairs(self, postings: list[Reading], resumes: list[Reading]) -> list[Row]:
        rows: dict[int, Row] = {}
        sound: dict[int, list[int]] = {}
        people = list({id(resume): resume for resume in resumes if resume.extraction is not None}.values())
        place = {id(resume): n for n, resume in enumerate(people)}
        for n, (posting, resume) in enumerate(zip(postings, resumes, strict=True)):
            if posting.extraction is None or resume.extraction is None:
                rows[n] = error_row(columns_of(False), posting.id, resume.id, " ".join(filter(None, (posting.error, resume.error))))
            else:
                sound.setdefault(id(posting), []).append(n)
        crowd = self._side_by_side(people) if sound else None
        for numbers in sound.values():
            partners = tuple(resumes[n] for n in numbers)
            found = self._compare(postings[numbers[0]], partners, crowd, [place[id(resume)] for resume in partners])
            rows.update(zip(numbers, found, strict=True))
        return [rows[n] for n in range(len(postings))]

    def _compare(self, posting: Reading, resumes: Sequence[Reading], people: People | None, numbers: Sequence[int]) -> list[Row]:
        """A posting against résumés, which are those of ``people`` with these numbers; one by one where ``people`` is None or a fault is met."""
        asked = posting.extraction
        assert asked is not None
        briefs = guarded(lambda: list(self.matcher.briefs(asked, people, numbers)), lambda _: None) if people is not None else None
        rows = []
        for n, resume in enumerate(resumes):
            brief = briefs[n] if briefs is not None else partial(self._single, asked, resume)
            rows.append(self._row(posting.id, resume.id, brief))
        return rows

    def _single(self, asked: Extraction, resume: Reading) -> Brief:
        return brief_of(self.analyzer.compare(asked, resume.extraction))

    def _row(self, posting: str, resume: str, brief: Callable[[], Brief]) -> Row:
        return guarded(
            lambda: pair_row(posting, resume, brief(), self.analyzer.taxonomy),
            lambda error: error_row(columns_of(False), posting, resume, error),
        )

    @cached_property
    def matcher(self) -> Matcher:
        from mcgap.pairs import Matcher

        return Matcher(self.analyzer)

    @cached_property
    def _everyone(self) -> People | None:
        return self._side_by_side(self.resumes)

    def _side_by_side(self, resumes: Iterable[Reading]) -> People | None:
        """None where a fault is met: then each pair is compared by itself, and the fault costs its own rows only."""
        return guarded(lambda: self.matcher.people(r.extraction for r in resumes if r.extraction is not None), lambda _: None)

    def _read(self, entry: Entry, kind: DocumentKind) -> Reading:
        """An entry as read; the last few are kept, since a pair file often names the same one again."""
        key = (kind, entry.number, entry.id)
        found = self._kept.get(key)
        if found is None:
            found = read_entry(entry, kind, self.analyzer)
            if self.redact and kind is DocumentKind.RESUME:
                found = redacted(found, entry)
            self._kept[key] = found
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        else:
            self._kept.move_to_end(key)
        return found


def read_entry(entry: Entry, kind: DocumentKind, analyzer: Analyzer) -> Reading:
    """One entry as an extraction, or with the sentence that says why there is none."""
    if entry.error:
        return Reading(entry.id, None, entry.error)
    return guarded(lambda: Reading(entry.id, _extract(entry, kind, analyzer)), lambda error: Reading(entry.id, None, error))


def redacted(reading: Reading, entry: Entry) -> Reading:
    """A reading under a number in place of its id: an id or a file name often holds the person's name."""
    name = f"candidate-{entry.number}"
    error = reading.error
    for shown in filter(None, (entry.path, repr(entry.id), entry.id)):
        error = error.replace(shown, name)
    return Reading(name, reading.extraction, error)


def _extract(entry: Entry, kind: DocumentKind, analyzer: Analyzer) -> Extraction:
    if entry.path is not None:
        return analyzer.extract(read_path(entry.path, kind))
    return analyzer.extract(document_of(entry.text, entry.title, kind, f"row {entry.number}"))


def document_of(text: str, title: str, kind: DocumentKind, source: str) -> Document:
    """A cell as a document; a title of its own column stands above the text as it would in a file."""
    document = read_document(text, kind, source=source)
    if not title:
        return document
    begins = document.text.lstrip()[: len(title)].casefold() == title.casefold()
    return Document(document.text if begins else f"{title}\n\n{document.text}", source, kind, title, document.warnings)


def guarded(work: Callable[[], T], failed: Callable[[str], U]) -> T | U:
    """A row must not end the batch: what goes wrong becomes its sentence. Nothing of the text is in it."""
    try:
        return work()
    except McgapError as error:
        return failed(str(error))
    except RecursionError:
        return failed("This row is nested too deeply to be read; save its text without markup.")
    except Exception as error:
        return failed(f"This row met a fault of mcgap ({type(error).__name__}); the others are sound. Please report it.")
