"""The solver against brute force, and greedy against the solver."""

from __future__ import annotations

import random

import pytest

from mcgap.plan.problem import EPSILON, Item, Piece, Problem, prune
from mcgap.plan.solve import branch_and_bound, greedy, integer_program, solve


def random_problem(seed: int, most: int = 10) -> Problem:
    """Up to ``most`` items with sparse gains, prerequisites, shared pieces and any mixture of limits."""
    rng = random.Random(seed)
    n, units = rng.randint(1, most), rng.randint(1, 6)
    pieces = tuple(Piece(rng.randint(0, 20), rng.randint(0, 200)) for _ in range(rng.choice((0, 0, 1, 2))))
    weights = [rng.random() for _ in range(units)]
    total = sum(weights)
    items = []
    for i in range(n):
        gains = tuple(round(w / total * rng.choice((0, 0, 0.4, 0.5, 0.85, 1)), 6) for w in weights)
        requires = tuple(sorted(rng.sample(range(i), 1))) if i and rng.random() < 0.25 else ()
        held = tuple(p for p in range(len(pieces)) if rng.random() < 0.3)
        items.append(Item(f"c{i}", gains, rng.randint(1, 80), rng.choice((0, 50, 200, 400)), rng.choice((0.0, 0.005, 0.02)), requires, held))
    return Problem(
        tuple(items),
        pieces,
        rng.choice((None, 0.0, 40.0, 120.0)),
        rng.choice((None, 0.0, 300.0)),
        rng.choice((None, 1, 4)),
        rng.choice((0.0, 0.0002, 0.001)),
        1e-5,
        units,
    )


def brute_force(problem: Problem) -> float:
    return max(problem.objective(mask) for mask in range(1 << len(problem.items)) if problem.fits(mask))


@pytest.mark.parametrize("block", range(10))
def test_500_random_instances_equal_brute_force(block: int) -> None:
    for seed in range(block * 50, block * 50 + 50):
        problem = random_problem(seed, 8)
        choice = solve(problem)
        assert choice.optimal, seed
        assert problem.fits(choice.chosen), seed
        assert choice.objective == pytest.approx(brute_force(problem), abs=1e-7), seed
        assert choice.objective == pytest.approx(problem.objective(choice.chosen), abs=1e-9), seed


@pytest.mark.parametrize("seed", range(1000, 1006))
def test_fourteen_candidates_equal_brute_force(seed: int) -> None:
    problem = random_problem(seed, 14)
    while len(problem.items) < 14:
        seed += 10_000
        problem = random_problem(seed, 14)
    found = branch_and_bound(problem)
    assert found is not None
    assert found.objective == pytest.approx(brute_force(problem), abs=1e-7)


@pytest.mark.parametrize("seed", range(2000, 2060))
def test_integer_program_equals_branch_and_bound(seed: int) -> None:
    problem = random_problem(seed, 14)
    exact, program = branch_and_bound(problem), integer_program(problem)
    assert exact is not None
    assert program.optimal
    assert program.objective == pytest.approx(exact.objective, abs=1e-6)


@pytest.mark.parametrize("seed", range(3000, 3100))
def test_greedy_never_beats_exact_and_keeps_the_limits(seed: int) -> None:
    problem = random_problem(seed, 25)
    quick = greedy(problem)
    assert problem.fits(quick)
    assert problem.objective(quick) <= solve(problem).objective + EPSILON


@pytest.mark.parametrize("seed", range(4000, 4200))
def test_pruning_keeps_the_optimum(seed: int) -> None:
    problem = random_problem(seed, 8)
    small, kept = prune(problem)
    assert len(kept) <= len(problem.items)
    assert brute_force(small) == pytest.approx(brute_force(problem), abs=1e-9)


def test_out_of_nodes_is_no_answer() -> None:
    assert branch_and_bound(random_problem(7, 25), most_nodes=0) is None


def test_without_time_the_bound_is_honest() -> None:
    rng = random.Random(5)
    items = tuple(
        Item(f"c{i}", tuple(rng.random() / 60 if rng.random() < 0.3 else 0.0 for _ in range(60)), rng.uniform(5, 80), rng.uniform(0, 400)) for i in range(160)
    )
    problem = Problem(items, (), 200.0, 600.0, None, 0.0, 0.0, 60)
    hurried, proven = integer_program(problem, time_limit=0.0), greedy(problem)
    assert not hurried.optimal
    assert problem.fits(hurried.chosen)
    assert problem.objective(proven) <= hurried.objective + EPSILON <= hurried.bound + 2 * EPSILON
