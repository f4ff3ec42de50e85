"""The credentials mcgap knows: where they lead, what they cost, and how far each fact can be trusted."""

from mcgap.catalog.shelf import Catalog, load_catalog

__all__ = ["Catalog", "load_catalog"]
