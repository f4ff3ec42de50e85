"""Words on a page put into the order in which a person reads them.

Words on one baseline with little between them are a run. Runs are split where a vertical gutter
stays empty over several lines and both sides are texts of their own; runs that cross the gutter
(a header, a full-width paragraph) divide the page into bands, read from above. What remains is
read row by row, so that tables and dates at the right margin stay with their line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from statistics import median

from mcgap.files import shipped_rows
from mcgap.text import phrase_key

_BULLETS = frozenset(
    "\u2022\u25cf\u25aa\u25a0\u25ab\u25e6\u25cb"
    "\u2023\u2043\u2219\u00b7\u27a2\u27a4\u25ba\u25b6\u2713\u2714\u2756\u2666\u25c6\u25c7\u2751\u274f-\u2013\u2014*\u00a7"
)
_RUN_GAP = 0.8  # em between two runs of one baseline
_CELL_GAP = 1.0  # em from which a tab is written
_BULLET_GAP = 4.0  # em between a bullet and its item
_MIN_ROWS = 3  # of each column
_MIN_GUTTER = 6.0  # points
_ALIGNED = 0.8  # share of the shorter side's rows that stand on the other side's rows, in a table
_ROW = 0.3  # em by which runs of one row may differ in height
_SPACED_OUT = re.compile(r"(?:[^\W\d_] ){3,}[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Word:
    """A word (or letter) at its place: points from the left and top edge of the page, size in points."""

    text: str
    x0: float
    x1: float
    baseline: float
    size: float
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one baseline with no wide gap between them."""

    text: str
    x0: float
    x1: float
    baseline: float
    size: float
    bold: bool

    @property
    def top(self) -> float:
        return self.baseline - 0.75 * self.size

    @property
    def bottom(self) -> float:
        return self.baseline + 0.25 * self.size


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    baseline: float
    size: float
    heading: bool


@dataclass(frozen=True, slots=True)
class _Cut:
    """Two columns between ``top`` and ``bottom``; ``height`` is how far both go down side by side."""

    x: float
    top: float
    bottom: float
    height: float
    left: tuple[Run, ...]
    right: tuple[Run, ...]


def order_page(words: list[Word], *, more: bool = False) -> list[str]:
    """The lines of a page in reading order, with an empty line at clear gaps and before headings.

    ``more`` says that another page follows: then the main column is read after a sidebar, so that it goes on there.
    """
    flows = _flows(_runs(words), more)
    pitch = _pitch(flows)
    return [text for flow in flows for text in ["", *_spaced(flow, pitch)]]


# ── runs ────────────────────────────────────────────────────────────────────────────────────────


def _runs(words: list[Word]) -> list[Run]:
    runs: list[Run] = []
    for row in _grouped(sorted(words, key=lambda w: (w.baseline, w.x0))):
        current: list[Word] = []
        for word in sorted(row, key=lambda w: w.x0):
            if current and word.x0 - current[-1].x1 > _allowed_gap(current, word):
                runs.append(_run(current))
                current = []
            current.append(word)
        runs.append(_run(current))
    return runs


def _grouped(words: list[Word]) -> list[list[Word]]:
    rows: list[list[Word]] = []
    for word in words:
        if rows and word.baseline - rows[-1][0].baseline <= 0.2 * rows[-1][0].size:
            rows[-1].append(word)
        else:
            rows.append([word])
    return rows


def _allowed_gap(current: list[Word], word: Word) -> float:
    if len(current) == 1 and current[0].text in _BULLETS:
        return _BULLET_GAP * word.size
    return _RUN_GAP * max(word.size, current[-1].size)


def _run(words: list[Word]) -> Run:
    text = " ".join(w.text for w in words)
    # "S K I L L S": letters set wide apart are one word.
    text = _SPACED_OUT.sub(lambda m: m[0].replace(" ", ""), text) if len(words) > 3 else text
    baseline = max(words, key=lambda w: len(w.text)).baseline  # a bullet may sit higher
    return Run(text, words[0].x0, max(w.x1 for w in words), baseline, max(w.size for w in words), all(w.bold for w in words))


# ── columns ─────────────────────────────────────────────────────────────────────────────────────


def _flows(runs: list[Run], more: bool) -> list[list[_Line]]:
    """Groups of lines, each read from top to bottom, in order."""
    if not runs:
        return []
    cut = _best_cut(runs)
    if cut is None:
        return [_lines(runs)]
    inside = {id(run) for run in (*cut.left, *cut.right)}
    above = [r for r in runs if id(r) not in inside and r.baseline < cut.top]
    below = [r for r in runs if id(r) not in inside and r.baseline >= cut.top]
    return [*_flows(above, more), *_columns(cut, more and not below), *_flows(below, more)]


def _columns(cut: _Cut, more: bool) -> list[list[_Line]]:
    """Both columns of a cut: left before right, but the opening of the main column (name, summary) before a sidebar."""
    left, right = (_flows(list(side), more) for side in (cut.left, cut.right))
    main_is_left = _weight(cut.left) >= _weight(cut.right)
    main, side = (left, right) if main_is_left else (right, left)
    if not (side and side[0] and side[0][0].heading) or (main_is_left and not more):
        return [*left, *right]
    opening, rest = _split_at_heading(main)
    return [*opening, *side, *rest]


def _weight(runs: tuple[Run, ...]) -> int:
    return sum(len(run.text) for run in runs)


def _split_at_heading(flows: list[list[_Line]]) -> tuple[list[list[_Line]], list[list[_Line]]]:
    for n, flow in enumerate(flows):
        for k, line in enumerate(flow):
            if line.heading:
                return [*flows[:n], *([flow[:k]] if k else [])], [flow[k:], *flows[n + 1 :]]
    return flows, []


def _best_cut(runs: list[Run]) -> _Cut | None:
    """The gutter along which two columns run side by side for longest."""
    best: _Cut | None = None
    for x in sorted({round(run.x0 - 1.0) for run in runs}):
        for cut in _cuts_at(float(x), runs):
            if (best is None or cut.height > best.height + 1) and _are_columns(cut):
                best = cut
    return best


def _cuts_at(x: float, runs: list[Run]) -> list[_Cut]:
    """The bands of a page in which nothing crosses x and enough stands on both sides."""
    crossing = sorted((r.top, r.bottom) for r in runs if r.x0 < x < r.x1)
    edges = [(-1e9, -1e9), *crossing, (1e9, 1e9)]
    cuts = []
    reached = -1e9
    for (_, previous), (top, _) in pairwise(edges):
        reached = max(reached, previous)
        band = [r for r in runs if reached - 1 < (r.top + r.bottom) / 2 < top + 1 and not r.x0 < x < r.x1]
        left = [r for r in band if r.x1 <= x]
        right = [r for r in band if r.x0 >= x]
        if top < 1e9:
            left = _without_last_heading(left, right, top)
        if _row_count(left) < _MIN_ROWS or _row_count(right) < _MIN_ROWS:
            continue
        if min(r.x0 for r in right) - max(r.x1 for r in left) < _MIN_GUTTER:
            continue
        height = min(max(r.bottom for r in side) for side in (left, right)) - max(min(r.top for r in side) for side in (left, right))
        if height >= _MIN_ROWS * median(r.size for r in band):
            first = min(r.baseline for r in (*left, *right))
            cuts.append(_Cut(x, first, max(r.bottom for r in (*left, *right)), height, tuple(left), tuple(right)))
    return cuts


def _without_last_heading(left: list[Run], right: list[Run], crossing_top: float) -> list[Run]:
    """A heading just above a full-width text belongs to that text, not to the left column."""
    if not left or not right:
        return left
    last = max(left, key=lambda r: r.baseline)
    below_all = last.top > max(r.bottom for r in right)
    return [r for r in left if r is not last] if below_all and is_heading(last.text) and crossing_top - last.bottom < 2 * last.size else left


def _row_count(runs: list[Run]) -> int:
    return len({round(r.baseline) for r in runs})


def _are_columns(cut: _Cut) -> bool:
    """Whether the two sides are texts of their own, not cells of one table or dates at the margin."""
    left, right = cut.left, cut.right
    if all(any(is_heading(r.text) for r in side) for side in (left, right)):
        return True
    fewer, other = sorted((left, right), key=_rows_of)
    if _aligned(fewer, other) < _ALIGNED:
        return True
    return _is_prose(left) and _is_prose(right)


def _rows_of(runs: tuple[Run, ...]) -> int:
    return _row_count(list(runs))


def _aligned(fewer: tuple[Run, ...], other: tuple[Run, ...]) -> float:
    baselines = [r.baseline for r in other]
    return sum(any(abs(r.baseline - b) <= _ROW * r.size for b in baselines) for r in fewer) / len(fewer)


def _is_prose(runs: tuple[Run, ...]) -> bool:
    """Whether lines are long for their column, as in running text."""
    width = max(r.x1 for r in runs) - min(r.x0 for r in runs)
    return median(len(r.text.split()) for r in runs) >= 4 and median(r.x1 - r.x0 for r in runs) >= 0.6 * width


@cache
def _heading_keys() -> frozenset[tuple[str, ...]]:
    rows = shipped_rows("data/section_headings.csv", ("heading", "document", "section"))
    return frozenset(phrase_key(row["heading"]) for row in rows)


def is_heading(text: str) -> bool:
    """Whether a line is a known heading of a posting or résumé."""
    return len(text) < 60 and text[:1].isupper() and not text.endswith((".", ",", ";")) and phrase_key(text) in _heading_keys()


# ── lines ───────────────────────────────────────────────────────────────────────────────────────


def _lines(runs: list[Run]) -> list[_Line]:
    """Runs row by row; wide gaps become tabs, a heading in the left margin a line of its own."""
    lines: list[_Line] = []
    for row in _row_groups(sorted(runs, key=lambda r: (r.baseline, r.x0))):
        row.sort(key=lambda r: r.x0)
        if len(row) > 1 and is_heading(row[0].text) and not is_heading(row[1].text):
            lines.append(_line(row[:1]))
            row = row[1:]
        lines.append(_line(row))
    return _headings_first([line for line in lines if line.text])


def _headings_first(lines: list[_Line]) -> list[_Line]:
    """A heading printed over the first line of its own text goes before it."""
    for n in range(1, len(lines)):
        if lines[n].heading and not lines[n - 1].heading and lines[n].baseline - lines[n - 1].baseline < 0.6 * lines[n].size:
            lines[n - 1], lines[n] = lines[n], lines[n - 1]
    return lines


def _row_groups(runs: list[Run]) -> list[list[Run]]:
    rows: list[list[Run]] = []
    for run in runs:
        row = rows[-1] if rows else None
        # Runs that lie on each other (a heading printed over a text) are two lines.
        if row and run.baseline - row[0].baseline <= _ROW * min(run.size, row[0].size) and not any(_overlap(run, other) for other in row):
            row.append(run)
        else:
            rows.append([run])
    return rows


def _overlap(a: Run, b: Run) -> bool:
    return min(a.x1, b.x1) - max(a.x0, b.x0) > 0.5 * min(a.size, b.size)


def _line(row: list[Run]) -> _Line:
    text = row[0].text
    for before, run in pairwise(row):
        text += ("\t" if run.x0 - before.x1 >= _CELL_GAP * max(run.size, before.size) else " ") + run.text
    text = _with_bullet(text)
    return _Line(text, max(row, key=lambda r: len(r.text)).baseline, max(r.size for r in row), len(row) == 1 and is_heading(text))


def _with_bullet(text: str) -> str:
    if text[:1] not in _BULLETS:
        return text
    rest = text[1:]
    if rest[:1] in (" ", "\t") or (text[0] not in "-\u2013\u2014*\u00b7\u00a7" and rest):
        return "\u2022 " + rest.strip()
    return text if rest else ""


def _pitch(flows: list[list[_Line]]) -> float:
    """The usual distance between two lines, in points."""
    steps = [b.baseline - a.baseline for flow in flows for a, b in pairwise(flow) if b.baseline > a.baseline]
    return median(steps) if steps else 0.0


def _spaced(flow: list[_Line], pitch: float) -> list[str]:
    texts: list[str] = []
    for n, line in enumerate(flow):
        before = flow[n - 1] if n else None
        if before is not None:
            step = line.baseline - before.baseline
            goes_on = line.text[0].islower() and step < 2.2 * line.size
            if line.heading or (step > 1.3 * pitch and step > 1.45 * max(line.size, before.size) and not goes_on):
                texts.append("")
        texts.append(line.text)
    return texts
