"""Need* and Have* -> Gap*, gates, readiness, verdict: what stays open, and why."""

from mcgap.gap.gaps import find_gaps, readiness_of
from mcgap.gap.gates import find_gates
from mcgap.gap.phrases import compare_phrases
from mcgap.gap.shown import find_shown
from mcgap.gap.verdicts import give_verdict

__all__ = ["compare_phrases", "find_gaps", "find_gates", "find_shown", "give_verdict", "readiness_of"]
