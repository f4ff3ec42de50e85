"""The direction of imports, and which folder may import which heavy library."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "mcgap"
GROUND = {"records", "errors", "settings", "files", "text", "lengths", "levels", "coverage", "limits", "stems", "countries", "disclaimers"}
SHELVES = {"taxonomy", "catalog"}
STEPS = {"documents", "sections", "requirements", "mentions", "linking", "profile", "gap", "ranking", "plan", "report"}
DOORS = {"batch", "importers", "training", "evaluation", "integrations", "portfolio"}
ALLOWED = (
    dict.fromkeys(GROUND, GROUND)
    | {"taxonomy": GROUND, "catalog": GROUND | {"taxonomy"}}
    | dict.fromkeys(STEPS, GROUND | SHELVES)
    | {"pipeline": GROUND | SHELVES | STEPS}
    # The same order for many pairs at once: it takes its beginnings from the pipeline, and only doors use it.
    | {"pairs": GROUND | SHELVES | STEPS | {"pipeline"}}
    | {name: GROUND | SHELVES | STEPS | {"pipeline", "pairs", "__version__"} for name in DOORS}
    | {"cli": GROUND | SHELVES | STEPS | DOORS | {"pipeline", "__version__"}}
)
HEAVY = {
    "spacy": {"mentions", "training", "integrations"},
    "sklearn": {"mentions", "linking", "training", "integrations", "evaluation"},
    "pandas": {"batch", "importers", "evaluation", "integrations"},
    "rapidfuzz": {"linking", "taxonomy"},
    "scipy": {"plan", "batch", "training"},
    "click": {"cli", "training"},
    "rich": {"cli", "report", "batch"},
    "pdfplumber": {"documents"},
    "selectolax": {"documents"},
    "dask": {"batch", "integrations"},
}


def modules() -> Iterator[tuple[str, Path]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).parts
        yield parts[0].removesuffix(".py"), path


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield from (f"{node.module}.{name.name}" for name in node.names) if node.module == "mcgap" else (node.module,)


@pytest.mark.parametrize(("part", "path"), [pytest.param(part, path, id=str(path.relative_to(PACKAGE))) for part, path in modules()])
def test_imports_point_downwards(part: str, path: Path) -> None:
    if part in {"__init__", "__main__"}:
        return
    for name in imports(path):
        if name.startswith("mcgap."):
            used = name.split(".")[1]
            assert used == part or used in ALLOWED[part], f"{path.name} ({part}) may not import mcgap.{used}"
        top = name.split(".")[0]
        if top in HEAVY:
            assert part in HEAVY[top], f"{path.name}: {top} belongs to {', '.join(sorted(HEAVY[top]))}"


@pytest.mark.parametrize("arguments", [["-c", "import mcgap"], ["-m", "mcgap", "--help"]])
def test_starting_loads_nothing_heavy(arguments: list[str]) -> None:
    done = subprocess.run([sys.executable, "-X", "importtime", *arguments], capture_output=True, text=True, check=True)
    loaded = {line.rsplit("|", 1)[-1].strip().split(".")[0] for line in done.stderr.splitlines() if line.startswith("import time:")}
    assert "mcgap" in loaded
    assert not loaded & ({*HEAVY, "numpy"} - {"click"})
