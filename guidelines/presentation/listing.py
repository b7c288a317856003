"""The list of recommendations: facets with counts, chips, pages; every state has an address.

Recommendations are few, so that the list is read whole, kept, and narrowed here.
"""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import QueryDict
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

import vocabularies
from core import generation, items, pagination
from guidelines.models import RecommendationPage, Status
from guidelines.presentation import recommendations

PER_PAGE = 12
FACETS = {"theme": _("Theme"), "addressee": _("Addressee"), "status": _("Status")}


def choices(key: str, reader: str) -> list[tuple[str, str]]:
    """The values of a facet with their labels, in their order."""
    if key == "status":
        return [(status.value, str(status.label)) for status in Status]
    return vocabularies.get({"theme": "macro_need"}.get(key, key)).choices(reader)


@dataclass(frozen=True)
class State:
    """What a reader has chosen; only known values are kept, so no query string can break a page."""

    codes: dict[str, tuple[str, ...]]
    page: int

    @classmethod
    def read(cls, query: QueryDict, reader: str) -> "State":
        page = query.get("page", "1")
        return cls(
            codes={
                key: tuple(
                    code for code, _label in choices(key, reader) if code in query.getlist(key)
                )
                for key in FACETS
            },
            page=int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1,
        )

    def address(self, page: int = 1, **changes) -> str:
        """The query string of this state with some of its parts changed."""
        query = QueryDict(mutable=True)
        for key in FACETS:
            query.setlist(key, changes.get(key, self.codes[key]))
        if page > 1:
            query["page"] = str(page)
        return f"?{query.urlencode()}" if query else "./"

    def takes(self, entry: dict, without: str = "") -> bool:
        """Whether an entry has one of the chosen codes of every facet but one."""
        return all(
            not codes or key == without or set(codes) & set(entry["codes"][key])
            for key, codes in self.codes.items()
        )


def entries(request, reader: str) -> list[dict]:
    """Every recommendation in the best language for the reader: its row, codes and badge."""

    def build() -> list[dict]:
        status_of = recommendations.statuses(request)
        found = RecommendationPage.objects.live().best_for(reader).select_related("locale")
        rows = []
        for page in found.order_by("-first_published_at", "-pk"):
            status = status_of.get(str(page.translation_key), Status.DRAFT.value)
            codes = {"theme": [page.theme], "addressee": page.addressees, "status": [status]}
            badge = recommendations.status_row(status)
            rows.append(items.row(page, reader) | {"codes": codes, "badge": badge})
        return rows

    return generation.kept(request, ("recommendations", reader), build)


def context(page, request) -> dict:
    """The context of the list; two queries, kept."""
    reader = get_language()
    everything = entries(request, reader)
    state = State.read(request.GET, reader)
    matching = [entry for entry in everything if state.takes(entry)]
    current = Paginator(matching, PER_PAGE).get_page(state.page)
    chips = chips_of(state, reader)
    return {
        "rows": list(current),
        "facets": [facet(key, everything, state, reader) for key in FACETS],
        "chips": chips,
        "clear_url": "./",
        "is_filtered": bool(chips),
        "pages": pagination.numbers(current, lambda number: state.address(page=number)),
        "summary_sentence": summary(len(matching), chips),
        "feed_url": f"{page.url_path}feed/",
    }


def facet(key: str, everything: list[dict], state: State, reader: str) -> dict:
    """A fieldset with the counts that each value would give; its own choice does not narrow them."""
    counted = [entry["codes"][key] for entry in everything if state.takes(entry, without=key)]
    options = [
        {
            "value": code,
            "label": name,
            "count": sum(code in codes for codes in counted),
            "checked": code in state.codes[key],
        }
        for code, name in choices(key, reader)
    ]
    return {"key": key, "legend": FACETS[key], "options": options, "more": []}


def chips_of(state: State, reader: str) -> list[dict]:
    """One removable chip for every chosen value."""
    names = {key: dict(choices(key, reader)) for key in FACETS}
    return [
        {
            "label": names[key][code],
            "lang": "",
            "remove_url": state.address(**{key: [one for one in codes if one != code]}),
        }
        for key, codes in state.codes.items()
        for code in codes
    ]


def summary(total: int, chips: list[dict]):
    """One sentence that says what is shown, the number in bold."""
    if chips:
        sentence = ngettext(
            "<strong>{number} recommendation</strong> for: {choices}",
            "<strong>{number} recommendations</strong> for: {choices}",
            total,
        )
    else:
        sentence = ngettext(
            "<strong>{number} recommendation</strong>",
            "<strong>{number} recommendations</strong>",
            total,
        )
    return format_html(
        sentence,
        number=total,
        choices=format_html_join(", ", "{}", ((chip["label"],) for chip in chips)),
    )
