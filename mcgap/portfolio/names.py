"""What people call a credential or a skill."""

from __future__ import annotations

from dataclasses import dataclass

from mcgap.catalog import Catalog
from mcgap.taxonomy import Taxonomy


@dataclass(frozen=True, slots=True)
class Names:
    """Titles of credentials and names of skills, by id; what is unknown names itself. An id of both is taken as the credential's."""

    catalog: Catalog
    taxonomy: Taxonomy

    def __call__(self, name: str) -> str:
        found = self.catalog.get(name)
        return found.title if found is not None else self.taxonomy.name(name)
