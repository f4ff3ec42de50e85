"""Document -> Mention*: where a text names a skill. Gazetteer scan, coordination, words that need context, lists and their unknown items."""

from mcgap.mentions.actions import find_actions
from mcgap.mentions.coordination import expand_coordinations
from mcgap.mentions.items import NAMED, find_items
from mcgap.mentions.lists import find_listed, find_lists, reads_as_skill
from mcgap.mentions.scan import find_mentions
from mcgap.mentions.traits import asked_traits

__all__ = ["NAMED", "asked_traits", "expand_coordinations", "find_actions", "find_items", "find_listed", "find_lists", "find_mentions", "reads_as_skill"]
