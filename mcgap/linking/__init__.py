"""Mention* -> Mention*: phrases without a skill linked to one, where one is surely meant. "Not sure" is an answer."""

from mcgap.linking.links import link_mentions

__all__ = ["link_mentions"]
