"""Document -> Mention*: where a text names a skill. Gazetteer scan, words that need context, negation."""

from mcgap.mentions.scan import find_mentions

__all__ = ["find_mentions"]
