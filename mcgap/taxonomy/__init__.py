"""The skills mcgap knows: names, aliases, kin, and the forms that need context."""

from mcgap.taxonomy.skills import Form, Kin, Rule, Skill, Taxonomy, load_taxonomy

__all__ = ["Form", "Kin", "Rule", "Skill", "Taxonomy", "load_taxonomy"]
