"""The two lists of the marketplace, what their filters know of a page, and what a reader has chosen."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

import vocabularies
from marketplace.listings.models import NeedPage, ServicePage


@dataclass(frozen=True)
class Kind:
    """A list: its pages, the facets with the columns that they are read from, and its sentences."""

    name: str
    model: type
    section: str
    facets: dict[str, str]
    columns: dict[str, str]
    total: Callable[[int, bool], str]


def of_services(number: int, narrowed: bool) -> str:
    if narrowed:
        return ngettext(
            "<strong>{number} service</strong> for: {choices}",
            "<strong>{number} services</strong> for: {choices}",
            number,
        )
    return ngettext(
        "<strong>{number} service</strong>", "<strong>{number} services</strong>", number
    )


def of_needs(number: int, narrowed: bool) -> str:
    if narrowed:
        return ngettext(
            "<strong>{number} need</strong> for: {choices}",
            "<strong>{number} needs</strong> for: {choices}",
            number,
        )
    return ngettext("<strong>{number} need</strong>", "<strong>{number} needs</strong>", number)


SERVICES = Kind(
    "service",
    ServicePage,
    "services",
    {
        "service_category": _("Category"),
        "country": _("Country"),
        "service_place": _("Where it can be done"),
        "price_model": _("Price"),
        "field": _("Field of education"),
        "language": _("Language to work in"),
    },
    {
        "service_category": "category",
        "country": "organisation__country",
        "service_place": "place",
        "price_model": "price_model",
        "field": "field",
        "language": "languages",
    },
    of_services,
)
NEEDS = Kind(
    "need",
    NeedPage,
    "needs",
    {
        "need_kind": _("Kind of need"),
        "service_category": _("Category"),
        "country": _("Country"),
        "service_place": _("Where it can be done"),
        "budget_band": _("Budget"),
        "field": _("Field of education"),
        "language": _("Language to work in"),
        "partner_kind": _("Kind of organisation"),
    },
    {
        "need_kind": "need_kind",
        "service_category": "category",
        "country": "organisation__country",
        "service_place": "place",
        "budget_band": "budget",
        "field": "field",
        "language": "languages",
        "partner_kind": "organisation__kind",
    },
    of_needs,
)
KINDS = {kind.name: kind for kind in (SERVICES, NEEDS)}


@dataclass(frozen=True)
class Entry:
    """What the filters know of a published page, in the best version for a reader."""

    page: int
    key: str
    codes: dict[str, tuple[str, ...]]
    over: bool = False


@dataclass(frozen=True)
class State:
    """What a reader has chosen; only known codes are kept, so no query string can break a page."""

    kind: Kind
    codes: dict[str, tuple[str, ...]]
    page: int = 1
    view: str = "list"
    closed: bool = False

    @classmethod
    def read(cls, kind: Kind, query: QueryDict) -> "State":
        page = query.get("page", "1")
        return cls(
            kind,
            {
                key: tuple(
                    code
                    for code in dict.fromkeys(query.getlist(key))
                    if code in vocabularies.get(key).codes
                )
                for key in kind.facets
            },
            int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1,
            "map" if query.get("view") == "map" else "list",
            kind is NEEDS and query.get("closed") == "1",
        )

    def query(self, page: int = 1, view: str = "", closed: bool | None = None, **codes) -> str:
        """This state with some of its parts changed, as a query string always in one order."""
        query = QueryDict(mutable=True)
        chosen = self.codes | codes
        for key in self.kind.facets:
            query.setlist(key, chosen[key])
        if self.closed if closed is None else closed:
            query["closed"] = "1"
        if (view or self.view) == "map":
            query["view"] = "map"
        if page > 1:
            query["page"] = str(page)
        return query.urlencode()

    def address(self, page: int = 1, view: str = "", closed: bool | None = None, **codes) -> str:
        query = self.query(page, view, closed, **codes)
        return f"?{query}" if query else "./"

    def takes(self, entry: Entry) -> bool:
        """Whether an entry matches every facet that is chosen."""
        return entry.over == self.closed and not self.missed(entry)

    def missed(self, entry: Entry) -> list[str]:
        """The facets whose choice an entry does not match."""
        return [
            key
            for key, codes in self.codes.items()
            if codes and not any(code in codes for code in entry.codes[key])
        ]

    @property
    def is_narrowed(self) -> bool:
        return any(self.codes.values())
