"""Document -> Mention*: where a text names a skill. Gazetteer scan, words that need context, unknown items of lists."""

from mcgap.mentions.items import NAMED, find_items
from mcgap.mentions.scan import find_mentions

__all__ = ["NAMED", "find_items", "find_mentions"]
