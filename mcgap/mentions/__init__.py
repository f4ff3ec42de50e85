"""Document -> Mention*: where a text names a skill. Gazetteer scan, coordination, words that need context, unknown items of lists."""

from mcgap.mentions.coordination import expand_coordinations
from mcgap.mentions.items import NAMED, find_items
from mcgap.mentions.scan import find_mentions
from mcgap.mentions.traits import asked_traits

__all__ = ["NAMED", "asked_traits", "expand_coordinations", "find_items", "find_mentions"]
