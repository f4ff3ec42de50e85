"""mcgap: what a job posting asks for, what a résumé shows, and the shortest honest way to close the gap.

>>> import mcgap
>>> report = mcgap.analyze("Requirements:\\nPython and SQL", "Skills\\nPython")
>>> [gap.need.skill for gap in report.gaps if gap.status == "missing"]
['sql']
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mcgap.errors import McgapError
from mcgap.records import Report
from mcgap.settings import Settings

if TYPE_CHECKING:
    from mcgap.pipeline import Analyzer, analyze, extract

__version__ = "0.1.0"
__all__ = ["Analyzer", "McgapError", "Report", "Settings", "__version__", "analyze", "extract"]


def __getattr__(name: str) -> Any:
    # The steps are loaded on first use, so that `import mcgap` stays light.
    if name in {"Analyzer", "analyze", "extract"}:
        from mcgap import pipeline

        return getattr(pipeline, name)
    raise AttributeError(f"module 'mcgap' has no attribute {name!r}")
