"""Ask* -> Need*, and Mention* -> Proof* -> Have*: what is asked, what is shown and how well."""

from mcgap.profile.haves import haves_of, merge_haves
from mcgap.profile.needs import needs_of
from mcgap.profile.proofs import find_proofs, part_studied
from mcgap.profile.roles import find_roles
from mcgap.profile.titles import BY_TITLE, find_titles
from mcgap.profile.verbs import find_verbs

__all__ = ["BY_TITLE", "find_proofs", "find_roles", "find_titles", "find_verbs", "haves_of", "merge_haves", "needs_of", "part_studied"]
