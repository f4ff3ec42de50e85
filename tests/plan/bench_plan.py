"""How long ranking and planning take: run by hand, `python tests/plan/bench_plan.py`.

Small: 5–10 gaps and 30 candidates, a typical job seeker's case. Large: 1,000 credentials × 40 gaps, each credential teaching 3–8 of them,
under a budget and a deadline. Prints medians, the slowest, and how many plans were proven.
"""

from __future__ import annotations

import random
import sys
from datetime import date
from pathlib import Path
from statistics import median
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parents[1]))

from factories import make_credential, make_gap, make_posting, make_taxonomy

from mcgap.catalog import Catalog
from mcgap.plan import plan_stack
from mcgap.plan.build import build
from mcgap.plan.problem import prune
from mcgap.ranking import load_weights, rank_credentials
from mcgap.records import TaughtSkill
from mcgap.settings import Settings

CASES = {
    "small, no limits": (40, 5, 10, 30, Settings(today=date(2026, 1, 5))),
    "small, budget and deadline": (40, 5, 10, 30, Settings(today=date(2026, 1, 5), budget=800, deadline=date(2026, 8, 1))),
    "large, budget and deadline": (10, 40, 40, 1000, Settings(today=date(2026, 1, 5), budget=2000, deadline=date(2026, 12, 20))),
    "large, five weeks": (10, 40, 40, 1000, Settings(today=date(2026, 1, 5), budget=500, deadline=date(2026, 2, 9))),
    "large, no limits": (10, 40, 40, 1000, Settings(today=date(2026, 1, 5))),
}


def random_case(rng: random.Random, least: int, most: int, size: int) -> tuple[tuple, Catalog, object]:
    n = rng.randint(least, most)
    taxonomy = make_taxonomy(*(f"skill-{i}" for i in range(max(n, 12))))
    names = [skill.id for skill in taxonomy]
    credentials = []
    for i in range(size):
        taught = rng.sample(names, min(len(names), rng.randint(3, 8)))
        shares = [rng.random() for _ in taught]
        skills = [TaughtSkill(name, share / sum(shares)) for name, share in zip(taught, shares, strict=True)]
        credentials.append(make_credential(f"c{i:04}", skills, hours=rng.randint(5, 160), cost=rng.choice((0, 0, 49, 150, 300, 395, 700))))
    gaps = tuple(make_gap(name, rng.choice((0.5, 0.7, 1.0)), importance=rng.choice((0.15, 0.4, 0.7, 0.85))) for name in names[:n])
    return gaps, Catalog(credentials), taxonomy


def main() -> None:
    for name, (rounds, least, most, size, settings) in CASES.items():
        ranking, planning, kept, proven, short = [], [], [], 0, []
        for seed in range(rounds):
            gaps, catalog, taxonomy = random_case(random.Random(seed), least, most, size)
            start = perf_counter()
            ranked = rank_credentials(
                gaps, catalog, taxonomy, weights=load_weights(None, goal="fill-gap"), settings=settings, posting=make_posting(), haves=(), held=frozenset()
            )
            middle = perf_counter()
            plan = plan_stack(gaps, ranked, catalog, taxonomy, settings=settings, held=frozenset())
            end = perf_counter()
            small, _ = prune(build(gaps, ranked, catalog, settings, frozenset()).problem)
            ranking.append(middle - start)
            planning.append(end - middle)
            kept.append(len(small.items))
            proven += plan.optimal
            short.append(plan.bound - plan.coverage)
        print(
            f"{name:28} rank {median(ranking) * 1e3:7.1f} ms  plan median {median(planning) * 1e3:7.1f} ms  slowest {max(planning) * 1e3:7.1f} ms  "
            f"kept {median(kept):4.0f}  proven {proven}/{rounds}  bound above by {median(short):.3f}"
        )


if __name__ == "__main__":
    main()
