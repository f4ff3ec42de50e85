"""The best choice: exact by branch and bound or by integer programming, else greedy with swaps and a bound."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from mcgap.plan.problem import EPSILON, Problem, bits, prune

# Up to this many candidates after pruning are settled without scipy, whose import costs more than the search.
SMALL = 100
_MOST_NODES = 6_000
# A wait that a person bears; what is not proven by then gets a bound.
TIME_LIMIT = 1.5
# With more items left after the relaxed program, no proof comes in such a time: the bound is given at once.
_MOST_LEFT = 300
INFINITY = float("inf")


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
    by_rate = _improved(problem, _climb(problem, lambda gain, hours: gain / (hours + 1)))
    return max(by_gain, by_rate, key=problem.objective)


Merit = Callable[[float, float], float]


def _climb(problem: Problem, merit: Merit) -> int:
    """Takes what has most merit (of net gain and hours) until nothing gains any more."""
    chosen = 0
    while True:
        gain, wider = _best_addition(problem, chosen, merit)
        if gain <= EPSILON:
            return chosen
        chosen = wider


def _improved(problem: Problem, chosen: int) -> int:
    """The nearest choice that no single addition, removal or swap betters."""
    while True:
        best, better = problem.objective(chosen) + EPSILON, chosen
        for base in (chosen, *_removals(problem, chosen)):
            value = problem.objective(base)
            gain, wider = _best_addition(problem, base, lambda gain, hours: gain)
            for total, choice in ((value, base), (value + gain, wider)):
                if total > best + EPSILON:
                    best, better = total, choice
        if better == chosen:
            return chosen
        chosen = better


def _removals(problem: Problem, chosen: int) -> list[int]:
    """The choice without each item in turn, and without what requires it."""
    inside = bits(chosen)
    return [chosen & ~sum(1 << j for j in inside if problem.closures[j] >> i & 1) for i in inside]


def _best_addition(problem: Problem, chosen: int, merit: Merit) -> tuple[float, int]:
    """(net gain, choice with it) of the addition of most merit that the limits allow; (0, chosen) where none gains."""
    reached, hours, money = problem.reached(chosen), problem.hours(chosen), problem.money(chosen)
    now = problem.objective(chosen)
    most_hours = INFINITY if problem.most_hours is None else problem.most_hours + EPSILON - hours
    most_money = INFINITY if problem.most_money is None else problem.most_money + EPSILON - money
    if problem.most_steps is not None and chosen.bit_count() >= problem.most_steps:
        return 0.0, chosen
    best, found = 0.0, (0.0, chosen)
    for i, item in enumerate(problem.items):
        if chosen >> i & 1:
            continue
        if item.requires or item.pieces:
            wider = chosen | problem.closures[i]
            if not problem.within(wider):
                continue
            gain, added = problem.objective(wider) - now, problem.hours(wider) - hours
        elif item.hours > most_hours or item.fee > most_money:
            continue
        else:
            wider, added, gain = chosen | 1 << i, item.hours, -problem.prices[i]
            for u, value in problem.sparse[i]:
                if value > reached[u]:
                    gain += value - reached[u]
        if gain > EPSILON and merit(gain, added) > best:
            best, found = merit(gain, added), (gain, wider)
    return found


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
        wide = [(j, mask) for j, mask in enumerate(problem.closures) if problem.items[j].requires]
        self.dependents = [(1 << i) | sum(1 << j for j, mask in wide if mask >> i & 1 and j != i) for i in range(len(problem.items))]
        self.price = problem.prices

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
        if not adds or now + self._most(chosen, adds, reached) <= self.best_objective + EPSILON:
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
        found, sparse, out = [], self.problem.sparse, chosen | barred
        for i in range(len(self.problem.items)):
            if out >> i & 1:
                continue
            net = sum(gain - reached[u] for u, gain in sparse[i] if gain > reached[u]) - self.price[i]
            if net > EPSILON:
                found.append((net, i))
        found.sort(key=lambda pair: (-pair[0], pair[1]))
        return found

    def _most(self, chosen: int, adds: list[tuple[float, int]], reached: tuple[float, ...]) -> float:
        """The most that any further items can add to the objective."""
        problem, items = self.problem, self.problem.items
        best: dict[int, float] = {}
        for _, i in adds:
            for u, gain in problem.sparse[i]:
                if gain > best.get(u, 0.0):
                    best[u] = gain
        most = sum(max(0.0, best[u] - reached[u]) for u in sorted(best)) - min(self.price[i] for _, i in adds)
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
    """By scipy's HiGHS: proven within ``time_limit`` seconds, or greedy's choice with the bound of the relaxed program.

    The relaxed program is solved first; items whose reduced cost shows that they cannot be in a choice better than greedy's are dropped.
    Greedy and relaxation do not depend on the clock, so that an unproven answer is the same on every machine.
    """
    from scipy.optimize import LinearConstraint, linprog, milp

    quick = greedy(problem)
    floor = problem.objective(quick)
    values, matrix, tops = _program(problem)
    relaxed = linprog(-values, A_ub=matrix, b_ub=tops, bounds=(0, 1), method="highs")
    ceiling = sum(max(item.gains[u] for item in problem.items) for u in range(problem.units))
    bound = max(floor, min(ceiling, -relaxed.fun if relaxed.status == 0 else ceiling))
    unproven = Choice(quick, floor, bound, False, "greedy with swaps (no proof in time)")
    n = len(problem.items)
    upper = values * 0 + 1
    if relaxed.status == 0:
        upper[:n][-relaxed.fun - relaxed.lower.marginals[:n] < floor - EPSILON] = 0
    if upper[:n].sum() > _MOST_LEFT:
        return unproven
    whole = values * 0
    whole[:n] = 1
    result = milp(
        -values,
        integrality=whole,
        bounds=(values * 0, upper),
        constraints=LinearConstraint(matrix, ub=tops),
        options={"time_limit": time_limit, "mip_rel_gap": 0.0},
    )
    if result.status == 0:
        exact = sum(1 << i for i in range(n) if result.x[i] > 0.5)
        best = max((choice for choice in (exact, quick) if problem.fits(choice)), key=problem.objective)
        objective = problem.objective(best)
        return Choice(best, objective, objective, True, "exact (integer programming)")
    return unproven


def _program(problem: Problem) -> tuple[Any, Any, Any]:
    """Values to maximise, and rows with their tops: values · v greatest, rows · v ≤ tops, v from 0 to 1.

    Variables in this order: x (item chosen), y (shared piece paid), z (level of a unit reached; levels are the distinct gains of its items,
    so that z ≤ Σ x over the items that reach the level). y and z settle at 0 or 1 by themselves.
    """
    import numpy as np
    from scipy.sparse import csr_array

    items, pieces = problem.items, problem.pieces
    values = [-price for price in problem.prices] + [-(problem.hour_rate * piece.hours + problem.money_rate * piece.fee) for piece in pieces]
    rows: list[dict[int, float]] = []
    tops: list[float] = []
    for unit in range(problem.units):
        takers = [(item.gains[unit], i) for i, item in enumerate(items) if item.gains[unit] > 0]
        below = 0.0
        for level in sorted({gain for gain, _ in takers}):
            values.append(level - below)
            rows.append({len(values) - 1: 1.0} | {i: -1.0 for gain, i in takers if gain >= level})
            below = level
    for i, item in enumerate(items):
        rows += [{i: 1.0, other: -1.0} for other in item.requires]
        rows += [{i: 1.0, len(items) + piece: -1.0} for piece in item.pieces]
    tops = [0.0] * len(rows)
    for sizes, most in (
        ([*(i.hours for i in items), *(p.hours for p in pieces)], problem.most_hours),
        ([*(i.fee for i in items), *(p.fee for p in pieces)], problem.most_money),
        ([1.0] * len(items), problem.most_steps),
    ):
        if most is not None:
            rows.append({n: size for n, size in enumerate(sizes) if size})
            tops.append(float(most))
    places = [(r, c, v) for r, row in enumerate(rows) for c, v in row.items()]
    matrix = csr_array(([v for _, _, v in places], ([r for r, _, _ in places], [c for _, c, _ in places])), shape=(len(rows), len(values)))
    return np.array(values), matrix, np.array(tops)
