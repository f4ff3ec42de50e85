"""Catalogs and badges of other formats, in and out."""

from mcgap.importers.badges import EarnedBadge, badge_haves, read_badges
from mcgap.importers.formats import EXPORTS, IMPORTS, Imported, export_catalog, import_catalog

__all__ = ["EXPORTS", "IMPORTS", "EarnedBadge", "Imported", "badge_haves", "export_catalog", "import_catalog", "read_badges"]
