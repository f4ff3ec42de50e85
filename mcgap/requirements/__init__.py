"""Document -> Requirement*, and Mention* -> Ask*: how strongly a posting asks, for how many years, as an alternative of what."""

from mcgap.requirements.asks import find_asks, settle_title
from mcgap.requirements.clauses import find_requirements, load_cues
from mcgap.requirements.country import find_countries, load_country_cues
from mcgap.requirements.education import find_education, load_degrees
from mcgap.requirements.likely import AskModel, Chances, Supports, keep_likely, load_ask_model
from mcgap.requirements.negation import load_negations
from mcgap.requirements.years import find_years

__all__ = [
    "AskModel",
    "Chances",
    "Supports",
    "find_asks",
    "find_countries",
    "find_education",
    "find_requirements",
    "find_years",
    "keep_likely",
    "load_ask_model",
    "load_country_cues",
    "load_cues",
    "load_degrees",
    "load_negations",
    "settle_title",
]
