"""The skills mcgap knows: names, aliases, kin, and the forms that need context."""

from mcgap.taxonomy.near import NearIndex
from mcgap.taxonomy.records import Form, Kin, Rule, Skill
from mcgap.taxonomy.skills import SAME, Taxonomy, load_taxonomy

__all__ = ["SAME", "Form", "Kin", "NearIndex", "Rule", "Skill", "Taxonomy", "load_taxonomy"]
