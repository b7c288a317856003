"""The public list of organisations: facets with counts, chips, pages, and where they are.

One query reads what the filters need of every published profile; it is kept until something that
readers see changes, so that counts are never older than that.
"""

from collections import Counter
from dataclasses import dataclass

from django.conf import settings
from django.core.paginator import Paginator
from django.http import QueryDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

import vocabularies
from core import generation, items, pagination
from core.facets import facet, option
from core.map import europe, marks
from organisations import presentation
from vocabularies.collation import sort_key

PER_PAGE = 20
FACETS = {
    "country": _("Country"),
    "region": _("Region"),
    "partner_kind": _("Kind of organisation"),
    "field": _("Field of education"),
    "narrow_field": _("Narrow field"),
}
# A facet that is offered once one value of the first is chosen, and lies within it.
WITHIN = {"field": "narrow_field"}
RECORD = ("country", "region", "kind", "fields", "narrow_fields")
VIEWS = {"list": _("List"), "map": _("Map")}


@dataclass(frozen=True)
class Entry:
    """What the filters know of a published profile, in the best version for a reader."""

    page: int
    codes: dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class State:
    """What a reader has chosen; only known codes are kept, so no query string can break a page."""

    codes: dict[str, tuple[str, ...]]
    page: int = 1
    view: str = "list"

    @classmethod
    def read(cls, query: QueryDict) -> "State":
        page = query.get("page", "1")
        chosen = {
            key: tuple(
                code
                for code in dict.fromkeys(query.getlist(key))
                if code in vocabularies.get(key).codes
            )
            for key in FACETS
        }
        if not chosen["country"]:
            chosen["region"] = ()
        return cls(
            vocabularies.get("narrow_field").within_choice(chosen),
            int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1,
            "map" if query.get("view") == "map" else "list",
        )

    def address(self, page: int = 1, view: str = "", **codes) -> str:
        """The query string of this state with some of its codes changed, always in one order."""
        query = QueryDict(mutable=True)
        chosen = vocabularies.get("narrow_field").within_choice(self.codes | codes)
        for key in FACETS:
            query.setlist(key, chosen[key])
        if (view or self.view) == "map":
            query["view"] = "map"
        if page > 1:
            query["page"] = str(page)
        return f"?{encoded}" if (encoded := query.urlencode()) else "./"

    def takes(self, entry: Entry, without: str = "") -> bool:
        """Whether an entry matches every facet that is chosen, leaving out one with what is within it."""
        left_out = {without, WITHIN.get(without)}
        return all(
            not codes or key in left_out or set(codes) & set(entry.codes[key])
            for key, codes in self.codes.items()
        )


def directory(request, reader: str) -> list[Entry]:
    """Every published profile in the alphabetical order of the reader's language; one query, kept."""

    def build() -> list[Entry]:
        rows = presentation.profiles().best_for(reader)
        rows = rows.values_list(
            "pk",
            "title",
            *(f"organisation__{name}" for name in RECORD),
        )
        return [
            Entry(
                pk,
                {
                    "country": (country,),
                    "region": (region,) if region else (),
                    "partner_kind": (kind,),
                    "field": tuple(fields),
                    "narrow_field": tuple(narrow),
                },
            )
            for pk, _title, country, region, kind, fields, narrow in sorted(
                rows, key=lambda row: (sort_key(row[1], reader), row[0])
            )
        ]

    return generation.kept(request, ("organisations", reader), build)


def context(page, request) -> dict:
    """What the template of the list shows; four queries at most, whatever is chosen."""
    reader = get_language()
    entries = directory(request, reader)
    state = State.read(request.GET)
    matching = [entry for entry in entries if state.takes(entry)]
    current = Paginator(matching, PER_PAGE).get_page(state.page)
    chips = chips_of(state, reader)
    found = places(reader, request, matching) if state.view == "map" else []
    return {
        "rows": [] if found else rows_of([entry.page for entry in current], reader),
        "is_map": state.view == "map",
        "places": found,
        "map": europe(marks(found)) if found else None,
        "views": [
            {"view": view, "label": label, "url": state.address(view=view)}
            for view, label in VIEWS.items()
        ],
        "facets": facets_of(entries, state, reader),
        "chips": chips,
        "clear_url": "./",
        "summary_sentence": summary(len(matching), chips),
        "pages": [] if found else pagination.numbers(current, lambda number: state.address(number)),
        "progress": progress(reader, request),
        "feed_url": f"{page.url_path}feed/",
    }


def rows_of(ids: list[int], reader: str) -> list[dict]:
    """Profiles as lines of a list, verified ones marked; three queries."""
    if not ids:
        return []
    pages = presentation.profiles().select_related("locale").in_bulk(ids)
    found = [pages[pk] for pk in ids if pk in pages]
    languages = presentation.profiles().languages_of([page.translation_key for page in found])
    verified = presentation.verified([page.organisation_id for page in found])
    rows = []
    for page in found:
        row = items.row(page, reader, languages.get(page.translation_key, []))
        if page.organisation_id in verified:
            row["facts"] = [*row["facts"], presentation.VERIFIED]
        rows.append(row)
    return rows


def places(reader: str, request=None, entries: list[Entry] | None = None) -> list[dict]:
    """Where organisations are (all, or the entries): `{code, label, count, url}` for each country.

    `code` is the ISO code of the country, `url` the list narrowed to it.
    """
    entries = directory(request, reader) if entries is None else entries
    found = Counter(entry.codes["country"][0] for entry in entries)
    return [
        {
            "code": code,
            "label": label,
            "count": found[code],
            "url": f"/{reader}/organisations/?country={code}",
        }
        for code, label in vocabularies.get("country").choices(reader)
        if code in found
    ]


def progress(reader: str, request=None) -> dict:
    """How many organisations are here, and how many the operator aims at, in words.

    For `components/organisation_count.html`, on the list and on the home page.
    """
    target = settings.ORGANISATION_TARGET
    number = len(directory(request, reader))
    sentence = ngettext(
        "%(number)s of %(target)s organisation", "%(number)s of %(target)s organisations", target
    )
    return {
        "number": number,
        "target": target,
        "sentence": sentence % {"number": number, "target": target},
        "url": f"/{reader}/organisations/",
    }


def facets_of(entries: list[Entry], state: State, reader: str) -> list[dict]:
    """Fieldsets of values with the number that each would give; regions once a country is chosen."""
    facets = []
    for key, legend in FACETS.items():
        if key == "region" and not state.codes["country"]:
            continue
        if key == "narrow_field" and len(state.codes["field"]) != 1:
            continue
        found = Counter(
            code
            for entry in entries
            if state.takes(entry, without=key)
            for code in entry.codes[key]
        )
        vocabulary = vocabularies.get(key)
        codes = vocabulary.codes if key == "region" else [c for c, _l in vocabulary.choices(reader)]
        options = [
            option(code, vocabulary.label(code, reader), found[code], code in state.codes[key])
            for code in codes
            if code in found or code in state.codes[key]
            if key != "narrow_field" or vocabulary.within([code], state.codes["field"])
        ]
        if options:
            facets.append(facet(key, legend, options))
    return facets


def chips_of(state: State, reader: str) -> list[dict]:
    """One removable chip for every chosen value."""
    return [
        {
            "label": vocabularies.get(key).label(code, reader),
            "lang": "",
            "remove_url": state.address(**{key: tuple(one for one in codes if one != code)}),
        }
        for key, codes in state.codes.items()
        for code in codes
    ]


def summary(total: int, chips: list[dict]) -> SafeString:
    """One sentence that says what is shown, the number in bold."""
    if chips:
        sentence = ngettext(
            "<strong>{number} organisation</strong> for: {choices}",
            "<strong>{number} organisations</strong> for: {choices}",
            total,
        )
    else:
        sentence = ngettext(
            "<strong>{number} organisation</strong>",
            "<strong>{number} organisations</strong>",
            total,
        )
    return format_html(
        sentence,
        number=total,
        choices=format_html_join(", ", "{}", ((chip["label"],) for chip in chips)),
    )
