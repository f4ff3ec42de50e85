"""Gap*, Credential* -> Ranked*: ten small factors, each points and a sentence."""

from mcgap.ranking.checks import checklist
from mcgap.ranking.choices import check_choices
from mcgap.ranking.factors import FACTORS
from mcgap.ranking.ranker import rank_credentials
from mcgap.ranking.weights import Weights, load_weights
from mcgap.ranking.whatif import counterfactual, sensitivity

__all__ = ["FACTORS", "Weights", "check_choices", "checklist", "counterfactual", "load_weights", "rank_credentials", "sensitivity"]
