"""mcgap: what a job posting asks for, what a résumé shows, and the shortest honest way to close the gap.

>>> import mcgap
>>> report = mcgap.analyze("Requirements:\\nPython and SQL", "Skills\\nPython")
>>> [gap.need.skill for gap in report.gaps if gap.status == "missing"]
['sql']
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from mcgap.errors import McgapError
from mcgap.records import Report
from mcgap.settings import Settings

if TYPE_CHECKING:
    from mcgap.batch.frames import analyze_frame, extract_frame
    from mcgap.pipeline import Analyzer, analyze, extract

__version__ = "0.1.0"
__all__ = ["Analyzer", "McgapError", "Report", "Settings", "__version__", "analyze", "analyze_frame", "extract", "extract_frame"]
# The steps are loaded on first use, so that `import mcgap` stays light.
_LATER = {
    "Analyzer": "mcgap.pipeline",
    "analyze": "mcgap.pipeline",
    "analyze_frame": "mcgap.batch.frames",
    "extract": "mcgap.pipeline",
    "extract_frame": "mcgap.batch.frames",
}


def __getattr__(name: str) -> Any:
    if name in _LATER:
        return getattr(import_module(_LATER[name]), name)
    raise AttributeError(f"module 'mcgap' has no attribute {name!r}")
