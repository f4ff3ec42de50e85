"""What a résumé says that its writer does not do: denied, done by others, or still being learnt."""

from mcgap.disclaimers.asking import Disclaimed, is_negated
from mcgap.disclaimers.finding import find_disclaimers

__all__ = ["Disclaimed", "find_disclaimers", "is_negated"]
