"""By what results can be narrowed: the facets, their codes, and what these are called.

A facet's name is the name of a vocabulary, and the key under which documents hold its codes; `kind`
alone has its names from the registry.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

import vocabularies
from core import registry


@dataclass(frozen=True)
class Facet:
    """A facet with its legend."""

    name: str
    legend: str | Promise

    def choices(self, reader: str) -> list[tuple[str, str]]:
        """Every code with its label in the reader's language, in the order of the vocabulary."""
        if self.name == "kind":
            return [(item.kind, item.name_plural) for item in registry.items()]
        return vocabularies.get(self.name).choices(reader)

    def knows(self, code: str) -> bool:
        if self.name == "kind":
            return any(item.kind == code for item in registry.items())
        return code in vocabularies.get(self.name).codes


FACETS = {
    facet.name: facet
    for facet in (
        Facet("kind", _("What to find")),
        Facet("country", _("Country")),
        Facet("field", _("Field of education")),
        Facet("sector", _("Sector")),
        Facet("macro_need", _("Theme")),
        Facet("work_based_learning", _("Form of work-based learning")),
        Facet("partner_kind", _("Kind of organisation")),
        Facet("service_category", _("Category")),
        Facet("price_model", _("Price")),
        Facet("need_kind", _("Kind of need")),
    )
}
