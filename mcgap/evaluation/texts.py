"""Postings and résumés made of our samples' sentences and the taxonomy's names: the same ones every time, for measures and for tests."""

from __future__ import annotations

import csv
import random
from collections.abc import Sequence

from mcgap.files import shipped
from mcgap.records import SkillType
from mcgap.taxonomy import Taxonomy

_SEED = 20261102
_DEGREES = ("BSc", "MSc", "Bachelor's degree", "Master's degree", "Associate degree", "PhD")
_FIELDS = ("computer science", "accounting", "nursing", "mechanical engineering", "marketing", "business administration")
_LEVELS = ("", "", "", "basic knowledge of ", "working knowledge of ", "advanced ", "expert ")
_EMPLOYERS = ("Larkfield Infirmary", "Harrow & Pike", "University of Wexmoor", "Bellweather Tiles", "Orrin Haulage", "Saltmere Academy")
_TITLES = ("Analyst", "Engineer", "Coordinator", "Supervisor", "Assistant", "Manager", "Nurse", "Developer")
# People of one trade ask for and show the same things: names are drawn from one category of the taxonomy, with some of all.
_LEAST = 25
_POOL = 50
_COMMON = 15


def sample_column(name: str, column: str) -> list[str]:
    """One column of a sample table."""
    with shipped(f"data/samples/{name}").open(encoding="utf-8", newline="") as stream:
        return [row[column] for row in csv.DictReader(stream)]


def make_postings(count: int, taxonomy: Taxonomy, seed: int = _SEED) -> list[str]:
    """Postings that ask for skills of one trade: required, preferred, in alternatives, with years and levels; with sentences of our samples."""
    chance, pools = random.Random(seed), _pools(taxonomy)
    sentences = [line for text in sample_column("postings.csv", "description") for line in text.split("\n") if line.strip()]
    return [_posting(chance, chance.choice(pools), sentences) for _ in range(count)]


def make_resumes(count: int, taxonomy: Taxonomy, seed: int = _SEED + 1) -> list[str]:
    """Résumés of one trade: dated roles, lists, certificates, degrees, what is being learnt; with sentences of our samples."""
    chance, pools = random.Random(seed), _pools(taxonomy)
    sentences = [line for text in sample_column("resumes.csv", "text") for line in text.split("\n") if line.startswith("- ")]
    return [_resume(chance, chance.choice(pools), sentences) for _ in range(count)]


def _pools(taxonomy: Taxonomy) -> list[list[str]]:
    """Names by trade; the last ones are of certifications, licences and languages of any."""
    chance = random.Random(_SEED)
    trades: dict[str, list[str]] = {}
    common: list[str] = []
    for skill in sorted(taxonomy, key=lambda skill: skill.id):
        proven = skill.type in (SkillType.CERTIFICATION, SkillType.LICENCE, SkillType.LANGUAGE)
        (common if proven else trades.setdefault(skill.category, [])).append(skill.name)
    large = [names for _, names in sorted(trades.items()) if len(names) >= _LEAST]
    return [chance.sample(names, min(_POOL, len(names))) + chance.sample(common, _COMMON) for names in large]


def _posting(chance: random.Random, pool: Sequence[str], sentences: Sequence[str]) -> str:
    lines = [f"{chance.choice(_TITLES)}, {chance.choice(_EMPLOYERS)}", "", chance.choice(sentences), "", "Requirements"]
    for name in chance.sample(pool, chance.randint(5, 10)):
        years = f"{chance.randint(1, 9)}+ years of experience with " if chance.random() < 0.25 else ""
        other = f" or {chance.choice(pool)}" if chance.random() < 0.2 else ""
        lines.append(f"- {years}{chance.choice(_LEVELS)}{name}{other}")
    if chance.random() < 0.5:
        experience = " or equivalent experience" if chance.random() < 0.3 else ""
        lines.append(f"- {chance.choice(_DEGREES)} in {chance.choice(_FIELDS)}{experience}")
    if chance.random() < 0.4:
        lines.append(f"- At least {chance.randint(1, 10)} years of experience")
    lines += ["", "Nice to have", *(f"- {name}" for name in chance.sample(pool, chance.randint(1, 5)))]
    lines += ["", "What you will do", *chance.sample(sentences, chance.randint(1, 4))]
    return "\n".join(lines)


def _resume(chance: random.Random, pool: Sequence[str], sentences: Sequence[str]) -> str:
    lines = ["Summary", f"{chance.choice(_TITLES)} with {chance.randint(1, 20)} years in small firms and an eye for detail.", "", "Experience"]
    year = 2026
    for _ in range(chance.randint(1, 4)):
        start = year - chance.randint(1, 6)
        lines.append(f"{chance.choice(_TITLES)}, {chance.choice(_EMPLOYERS)}, March {start} - {'Present' if year == 2026 else f'May {year}'}")
        lines += [chance.choice(sentences), f"- Used {', '.join(chance.sample(pool, chance.randint(1, 4)))} each week and reported on the results."]
        year = start - chance.randint(0, 3)
    lines += ["", "Skills", ", ".join(chance.sample(pool, chance.randint(3, 12)))]
    if chance.random() < 0.5:
        lines += ["", "Education", f"{chance.choice(_DEGREES)} in {chance.choice(_FIELDS)}, University of Wexmoor, {chance.randint(1995, 2024)}"]
    if chance.random() < 0.4:
        lines += ["", "Certifications", *(f"{name}, {chance.randint(2015, 2025)}" for name in chance.sample(pool[-_COMMON:], 2))]
    if chance.random() < 0.3:
        lines += ["", "Currently learning", ", ".join(chance.sample(pool, 2))]
    return "\n".join(lines)
