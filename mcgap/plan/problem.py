"""A choice of credentials as numbers: gains, hours, money, what requires what, and what is paid for once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

EPSILON = 1e-9


@dataclass(frozen=True, slots=True)
class Item:
    """One credential. ``gains`` are shares of the whole weighted gap, by unit.

    ``hours`` and ``fee`` are its own, without its ``pieces`` (numbers of shared parts); ``penalty`` is what any step costs the objective.
    ``requires`` are numbers of items that must be chosen too.
    """

    id: str
    gains: tuple[float, ...]
    hours: float
    fee: float = 0.0
    penalty: float = 0.0
    requires: tuple[int, ...] = ()
    pieces: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """A part that several credentials share: whoever takes two of them studies and pays for it once."""

    hours: float
    fee: float


@dataclass(frozen=True)
class Problem:
    """Choose items so that Σ over units of the best gain, less penalties, is greatest, within the limits (None is none)."""

    items: tuple[Item, ...]
    pieces: tuple[Piece, ...] = ()
    most_hours: float | None = None
    most_money: float | None = None
    most_steps: int | None = None
    hour_rate: float = 0.0
    money_rate: float = 0.0
    units: int = field(default=0)

    @cached_property
    def closures(self) -> tuple[int, ...]:
        """For each item the bit mask of itself and all that it requires."""
        masks = []
        for n, item in enumerate(self.items):
            if not item.requires:
                masks.append(1 << n)
                continue
            mask, queue = 0, [n]
            while queue:
                i = queue.pop()
                if not mask >> i & 1:
                    mask |= 1 << i
                    queue.extend(self.items[i].requires)
            masks.append(mask)
        return tuple(masks)

    @cached_property
    def sparse(self) -> tuple[tuple[tuple[int, float], ...], ...]:
        """The gains that are not 0, as (unit, gain), by item."""
        return tuple([tuple([(u, gain) for u, gain in enumerate(item.gains) if gain > 0]) for item in self.items])

    @cached_property
    def prices(self) -> tuple[float, ...]:
        """What each item costs the objective by itself, without its pieces."""
        return tuple(item.penalty + self.hour_rate * item.hours + self.money_rate * item.fee for item in self.items)

    def reached(self, chosen: int) -> list[float]:
        """The best gain of each unit."""
        return self._reached(bits(chosen))

    def _reached(self, inside: Sequence[int]) -> list[float]:
        best = [0.0] * self.units
        for i in inside:
            for u, gain in self.sparse[i]:
                if gain > best[u]:
                    best[u] = gain
        return best

    def hours(self, chosen: int) -> float:
        return self._hours(bits(chosen))

    def _hours(self, inside: Sequence[int]) -> float:
        return sum([self.items[i].hours for i in inside]) + sum([self.pieces[p].hours for p in self._pieces(inside)])

    def money(self, chosen: int) -> float:
        return self._money(bits(chosen))

    def _money(self, inside: Sequence[int]) -> float:
        return sum([self.items[i].fee for i in inside]) + sum([self.pieces[p].fee for p in self._pieces(inside)])

    def coverage(self, chosen: int) -> float:
        return sum(self.reached(chosen))

    def objective(self, chosen: int) -> float:
        """Coverage less the penalties of hours, money and steps."""
        inside = bits(chosen)
        penalty = sum([self.items[i].penalty for i in inside])
        return sum(self._reached(inside)) - penalty - self.hour_rate * self._hours(inside) - self.money_rate * self._money(inside)

    def fits(self, chosen: int) -> bool:
        """Whether the limits hold and everything required is chosen too."""
        if any(self.closures[i] & ~chosen for i in bits(chosen) if self.items[i].requires):
            return False
        return self.within(chosen)

    def within(self, chosen: int) -> bool:
        if self.most_steps is not None and chosen.bit_count() > self.most_steps:
            return False
        if self.most_hours is not None and self.hours(chosen) > self.most_hours + EPSILON:
            return False
        return self.most_money is None or self.money(chosen) <= self.most_money + EPSILON

    def _pieces(self, inside: Sequence[int]) -> list[int]:
        if not self.pieces:
            return []
        return sorted({p for i in inside for p in self.items[i].pieces})


def bits(mask: int) -> list[int]:
    """The numbers of the bits that are set."""
    found = []
    while mask:
        low = mask & -mask
        found.append(low.bit_length() - 1)
        mask ^= low
    return found


def prune(problem: Problem) -> tuple[Problem, tuple[int, ...]]:
    """The problem without the items that cannot be in a best plan, and the numbers of those kept.

    An item goes when it cannot be had within the limits, when it gains nothing and nothing needs it, or when another gains as much
    everywhere for no more hours, money and penalty. The optimum stays the same.
    """
    items = problem.items
    reachable = {i for i in range(len(items)) if problem.within(problem.closures[i])}
    useful = {j for i in reachable if problem.sparse[i] for j in bits(problem.closures[i])}
    needed = {j for i in useful if items[i].requires for j in bits(problem.closures[i]) if j != i}
    kept = sorted(_undominated(problem, sorted(useful), needed))
    # What only a dominated item needed is useful no more.
    gone = {i for i in kept if not problem.sparse[i] and not any(problem.closures[j] >> i & 1 for j in kept if j != i)}
    kept = [i for i in kept if i not in gone]
    return sub_problem(problem, kept), tuple(kept)


def _undominated(problem: Problem, useful: Sequence[int], needed: set[int]) -> Iterable[int]:
    items = problem.items
    costs = {i: (items[i].hours, items[i].fee, items[i].penalty) for i in useful}
    masks = {i: sum(1 << u for u, _ in problem.sparse[i]) for i in useful}
    kept: list[int] = []
    for i in sorted(useful, key=lambda i: (costs[i][0], costs[i][1], costs[i][2], -sum(gain for _, gain in problem.sparse[i]), i)):
        if i in needed or items[i].pieces or not _beaten(i, kept, problem, costs, masks):
            kept.append(i)
    return kept


def _beaten(i: int, kept: Sequence[int], problem: Problem, costs: dict[int, tuple[float, float, float]], masks: dict[int, int]) -> bool:
    """Whether one of ``kept``, each of no more hours, does all that item i does for no more."""
    items, (_, fee, penalty), mask = problem.items, costs[i], masks[i]
    closure = problem.closures[i] & ~(1 << i)
    for j in kept:
        if mask & ~masks[j] or costs[j][1] > fee or costs[j][2] > penalty or items[j].pieces:
            continue
        if not problem.closures[j] & ~(1 << j) & ~closure and all(items[j].gains[u] >= gain for u, gain in problem.sparse[i]):
            return True
    return False


def sub_problem(problem: Problem, kept: Sequence[int]) -> Problem:
    """The problem of these items only, renumbered; whatever they require must be among them."""
    number = {old: new for new, old in enumerate(kept)}
    old = (problem.items[i] for i in kept)
    items = tuple(replace(item, requires=tuple(number[r] for r in item.requires)) if item.requires else item for item in old)
    return replace(problem, items=items)
