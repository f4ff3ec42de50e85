"""The best choice: exact by branch and bound or by integer programming, else greedy with swaps and a bound."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from mcgap.plan.problem import EPSILON, Problem, bits, prune

# Up to this many candidates after pruning are settled without scipy, whose import costs more than the search.
SMALL = 40
_MOST_NODES = 6_000
TIME_LIMIT = 10.0


@dataclass(frozen=True, slots=True)
class Choice:
    """The chosen items as a bit mask. ``bound`` is an objective that no choice exceeds; it is the choice's own where ``optimal``."""

    chosen: int
    objective: float
    bound: float
    optimal: bool
    method: str


def solve(problem: Problem, *, time_limit: float = TIME_LIMIT) -> Choice:
    """The best choice of a problem, proven where that is possible in time."""
    small, kept = prune(problem)
    if not small.items:
        return Choice(0, 0.0, 0.0, True, "nothing to choose from")
    found = branch_and_bound(small, _MOST_NODES) if len(small.items) <= SMALL else None
    if found is None:
        found = integer_program(small, time_limit)
    chosen = sum(1 << kept[i] for i in bits(found.chosen))
    return Choice(chosen, found.objective, found.bound, found.optimal, found.method)


# ── greedy ───────────────────────────────────────────────────────────────────────────────────────


def greedy(problem: Problem) -> int:
    """Greedy by gain and by gain an hour, each improved by additions, removals and swaps; the better of the two."""
    by_gain = _improved(problem, _climb(problem, lambda gain, hours: gain))
    by_rate = _improved(problem, _climb(problem, lambda gain, hours: gain / (hours + EPSILON)))
    return max(by_gain, by_rate, key=problem.objective)


def _climb(problem: Problem, merit: Callable[[float, float], float]) -> int:
    chosen = 0
    while True:
        now, hours = problem.objective(chosen), problem.hours(chosen)
        best, step = 0.0, 0
        for closure in problem.closures:
            wider = chosen | closure
            if wider == chosen or not problem.within(wider):
                continue
            gain = problem.objective(wider) - now
            value = merit(gain, problem.hours(wider) - hours) if gain > EPSILON else 0.0
            if value > best:
                best, step = value, wider
        if not step:
            return chosen
        chosen = step


def _improved(problem: Problem, chosen: int) -> int:
    """The nearest choice that no single addition, removal or swap betters."""
    while True:
        now = problem.objective(chosen)
        better = max(_neighbours(problem, chosen), key=problem.objective, default=chosen)
        if problem.objective(better) <= now + EPSILON:
            return chosen
        chosen = better


def _neighbours(problem: Problem, chosen: int) -> list[int]:
    smaller = [chosen & ~sum(1 << j for j in bits(chosen) if problem.closures[j] >> i & 1) for i in bits(chosen)]
    wider = [base | closure for base in (chosen, *smaller) for closure in problem.closures if (base | closure) not in (base, chosen)]
    return [other for other in (*smaller, *wider) if problem.within(other)]


# ── branch and bound ─────────────────────────────────────────────────────────────────────────────


def branch_and_bound(problem: Problem, most_nodes: int | None = None) -> Choice | None:
    """The exact optimum, or None where it takes more than ``most_nodes``."""
    search = _Search(problem, most_nodes)
    if not search.run():
        return None
    return Choice(search.best, search.best_objective, search.best_objective, True, "exact (branch and bound)")


class _Search:
    """Depth first: take the most promising item or leave it for good, and drop what cannot beat the best so far.

    The bound of a branch: gains are submodular, so what a set adds is at most the sum of what its items add one by one, and at most what each
    unit could still gain. Steps, hours and money cap that sum like a knapsack that may be cut.
    """

    def __init__(self, problem: Problem, most_nodes: int | None) -> None:
        self.problem = problem
        self.left = most_nodes
        self.best = greedy(problem)
        self.best_objective = problem.objective(self.best)
        self.dependents = [sum(1 << j for j, mask in enumerate(problem.closures) if mask >> i & 1) for i in range(len(problem.items))]
        items = problem.items
        self.price = [item.penalty + problem.hour_rate * item.hours + problem.money_rate * item.fee for item in items]

    def run(self) -> bool:
        """Whether the search came to its end."""
        return self._visit(0, 0, (0.0,) * self.problem.units)

    def _visit(self, chosen: int, barred: int, reached: tuple[float, ...]) -> bool:
        if self.left is not None:
            self.left -= 1
            if self.left < 0:
                return False
        problem = self.problem
        now = problem.objective(chosen)
        if now > self.best_objective + EPSILON:
            self.best, self.best_objective = chosen, now
        adds = self._additions(chosen, barred, reached)
        if not adds or now + self._most(chosen, barred, adds, reached) <= self.best_objective + EPSILON:
            return True
        pick = adds[0][1]
        wider = chosen | problem.closures[pick]
        if not wider & barred and problem.within(wider):
            gains = [problem.items[i].gains for i in bits(wider & ~chosen)]
            higher = tuple(max(now, *(row[u] for row in gains)) for u, now in enumerate(reached))
            if not self._visit(wider, barred, higher):
                return False
        return self._visit(chosen, barred | self.dependents[pick], reached)

    def _additions(self, chosen: int, barred: int, reached: tuple[float, ...]) -> list[tuple[float, int]]:
        """(net gain, item) of each item that could still add something by itself, greatest first."""
        found = []
        for i, item in enumerate(self.problem.items):
            if (chosen | barred) >> i & 1:
                continue
            net = sum(gain - now for gain, now in zip(item.gains, reached, strict=True) if gain > now) - self.price[i]
            if net > EPSILON:
                found.append((net, i))
        found.sort(key=lambda pair: (-pair[0], pair[1]))
        return found

    def _most(self, chosen: int, barred: int, adds: list[tuple[float, int]], reached: tuple[float, ...]) -> float:
        """The most that any further items can add to the objective."""
        problem, items = self.problem, self.problem.items
        rows = [items[i].gains for _, i in adds]
        most = sum(max(0.0, max(row[u] for row in rows) - now) for u, now in enumerate(reached)) - min(self.price[i] for _, i in adds)
        room = None if problem.most_steps is None else problem.most_steps - chosen.bit_count()
        most = min(most, sum(net for net, _ in adds[:room]))
        if problem.most_hours is not None:
            most = min(most, _knapsack([(net, items[i].hours) for net, i in adds], problem.most_hours - problem.hours(chosen)))
        if problem.most_money is not None:
            most = min(most, _knapsack([(net, items[i].fee) for net, i in adds], problem.most_money - problem.money(chosen)))
        return most


def _knapsack(pairs: list[tuple[float, float]], room: float) -> float:
    """The greatest sum of values whose sizes fit into ``room`` when the last may be cut."""
    total = 0.0
    for value, size in sorted(pairs, key=lambda pair: -pair[0] / (pair[1] + EPSILON)):
        if size > room:
            return total + (value * room / size if room > 0 else 0.0)
        total, room = total + value, room - size
    return total


# ── integer programming ─────────────────────────────────────────────────────────────────────────


def integer_program(problem: Problem, time_limit: float = TIME_LIMIT) -> Choice:
    """By scipy's HiGHS: proven, or the best found by it or by greedy within ``time_limit`` seconds, with a bound.

    Variables: x (item chosen), y (shared piece paid), z (level of a unit reached; levels are the distinct gains of its items, so that
    z ≤ Σ x over the items that reach the level). z and y settle at 0 or 1 by themselves.
    """
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array

    items, pieces = problem.items, problem.pieces
    values = [-(item.penalty + problem.hour_rate * item.hours + problem.money_rate * item.fee) for item in items]
    values += [-(problem.hour_rate * piece.hours + problem.money_rate * piece.fee) for piece in pieces]
    rows: list[dict[int, float]] = []
    tops: list[float] = []

    def at_most(row: dict[int, float], top: float) -> None:
        rows.append(row)
        tops.append(top)

    for unit in range(problem.units):
        below = 0.0
        for level in sorted({item.gains[unit] for item in items if item.gains[unit] > 0}):
            values.append(level - below)
            at_most({len(values) - 1: 1.0} | {i: -1.0 for i, item in enumerate(items) if item.gains[unit] >= level}, 0.0)
            below = level
    for i, item in enumerate(items):
        for other in item.requires:
            at_most({i: 1.0, other: -1.0}, 0.0)
        for piece in item.pieces:
            at_most({i: 1.0, len(items) + piece: -1.0}, 0.0)
    if problem.most_hours is not None:
        at_most({n: h for n, h in enumerate((*(i.hours for i in items), *(p.hours for p in pieces))) if h}, problem.most_hours)
    if problem.most_money is not None:
        at_most({n: f for n, f in enumerate((*(i.fee for i in items), *(p.fee for p in pieces))) if f}, problem.most_money)
    if problem.most_steps is not None:
        at_most(dict.fromkeys(range(len(items)), 1.0), float(problem.most_steps))

    places = [(r, c, v) for r, row in enumerate(rows) for c, v in row.items()]
    matrix = csr_array(([v for _, _, v in places], ([r for r, _, _ in places], [c for _, c, _ in places])), shape=(len(rows), len(values)))
    whole = np.zeros(len(values))
    whole[: len(items)] = 1
    result = milp(
        -np.array(values),
        integrality=whole,
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(matrix, -np.inf, np.array(tops)),
        options={"time_limit": time_limit, "mip_rel_gap": 0.0},
    )
    return _choice_of(problem, result)


def _choice_of(problem: Problem, result: object) -> Choice:
    """The solver's answer, checked by our own arithmetic and never below greedy."""
    solution, dual = getattr(result, "x", None), getattr(result, "mip_dual_bound", None)
    exact = sum(1 << i for i in range(len(problem.items)) if solution[i] > 0.5) if solution is not None else 0
    if solution is not None and getattr(result, "status", None) == 0 and problem.fits(exact):
        objective = problem.objective(exact)
        return Choice(exact, objective, objective, True, "exact (integer programming)")
    quick = greedy(problem)
    chosen = max((c for c in (exact, quick) if problem.fits(c)), key=problem.objective)
    objective = problem.objective(chosen)
    ceiling = sum(max(item.gains[u] for item in problem.items) for u in range(problem.units))
    bound = max(objective, min(ceiling, -dual if dual is not None and dual > -1e17 else ceiling))
    method = "greedy with swaps (no proof in time)" if chosen == quick else "integer programming (stopped at the time limit)"
    return Choice(chosen, objective, bound, False, method)
