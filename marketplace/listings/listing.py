"""The public lists of services and of needs: facets with counts, chips, map, order, pages.

One query reads what the filters need of everything that is published; it is kept until something
that readers see changes, so that counts are never older than that.
"""

import datetime
from collections import Counter
from collections.abc import Callable

from django.core.paginator import Paginator
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

import vocabularies
from core import figures, generation, items, pagination, registry
from core.facets import facet, option
from core.map import europe, marks
from marketplace.listings.choosing import NEEDS, SERVICES, Entry, Kind, State
from organisations import presentation as organisations

PER_PAGE = 20
VIEWS = {"list": _("List"), "map": _("Map")}


def directory(request, kind: Kind, reader: str) -> list[Entry]:
    """Everything that is published, in the order of the list; one query, kept for the day.

    Services stand by the day on which they were first public, the newest first; needs by their
    deadline, the nearest first. Nothing else counts, so that nobody can pay for a better place.
    """
    today = timezone.localdate()

    def build() -> list[Entry]:
        pages = kind.model.objects.published().best_for(reader)
        if kind is NEEDS:
            ordered, ends = pages.order_by("deadline", "-pk"), ("deadline", "closed_on")
        else:
            ordered, ends = pages.order_by("-first_published_at", "-pk"), ()
        rows = ordered.values_list("pk", "translation_key", *kind.columns.values(), *ends)
        return [entry(kind, row, today) for row in rows]

    return generation.kept(request, ("marketplace", kind.name, reader, today), build)


def entry(kind: Kind, row: tuple, today: datetime.date) -> Entry:
    page, key, *values = row
    codes = {
        name: tuple(value) if isinstance(value, list) else tuple(filter(None, [value]))
        for name, value in zip(kind.facets, values, strict=False)
    }
    ends = values[len(kind.facets) :]
    over = bool(ends) and (ends[1] is not None or ends[0] < today)
    return Entry(page, str(key), codes, over)


def services(page, request) -> dict:
    """What the template of the list of services shows."""
    return context(SERVICES, page, request)


def needs(page, request) -> dict:
    """What the template of the list of needs shows, and how soon needs are answered."""
    answered = generation.kept(
        request, ("marketplace", "answered", timezone.localdate()), figures_of_deals
    )
    return context(NEEDS, page, request) | {"answered": answered}


def figures_of_deals():
    """Asked here, because deals know the lists."""
    from marketplace.desk.figures import answered_in_time

    return answered_in_time()


def context(kind: Kind, page, request) -> dict:
    """What a list shows; four queries at most, whatever is chosen."""
    reader = get_language()
    entries = directory(request, kind, reader)
    state = State.read(kind, request.GET)
    if state.is_narrowed:
        matching, counts = counted(entries, state)
    else:  # what most readers see
        key = ("marketplace counts", kind.name, reader, state.closed, timezone.localdate())
        matching, counts = generation.kept(request, key, lambda: counted(entries, state))
    matching = list(reversed(matching)) if state.closed else matching  # what closed last, first
    current = Paginator(matching, PER_PAGE).get_page(state.page)
    chips = chips_of(state, reader)
    found = places(state, matching, reader) if state.view == "map" else []
    return {
        "rows": rows_of(kind, [one.page for one in current], reader),
        "is_map": state.view == "map",
        "is_archive": state.closed,
        "places": found,
        "map": europe(marks(found)) if found else None,
        "views": [
            {"view": view, "label": label, "url": state.address(view=view)}
            for view, label in VIEWS.items()
        ],
        "facets": facets_of(counts, state, reader),
        "chips": chips,
        "clear_url": "?closed=1" if state.closed else "./",
        "open_url": state.address(closed=False),
        "archive_url": state.address(closed=True),
        "summary_sentence": summary(kind, len(matching), chips),
        "pages": pagination.numbers(current, lambda number: state.address(number)),
        "feed_url": f"{page.url_path}feed/",
        "empty_mark": registry.item(kind.name).mark({}),
        "alert_query": state.query(view="list", closed=False),
    }


def rows_of(kind: Kind, ids: list[int], reader: str) -> list[dict]:
    """Pages as lines of a list, those of verified organisations marked; three queries."""
    if not ids:
        return []
    published = kind.model.objects.published()
    pages = published.select_related("locale", "organisation__merged_into").in_bulk(ids)
    found = [pages[pk] for pk in ids if pk in pages]
    languages = published.languages_of([page.translation_key for page in found])
    verified = organisations.verified([page.record.pk for page in found])
    rows = []
    for page in found:
        row = items.row(page, reader, languages.get(page.translation_key, []))
        if page.record.pk in verified:
            row["facts"] = [*row["facts"], organisations.VERIFIED]
        rows.append(row)
    return rows


def places(state: State, entries: list[Entry], reader: str) -> list[dict]:
    """Where they are: `{code, label, count, url}` for each country."""
    found = Counter(code for one in entries for code in one.codes["country"])
    return [
        {
            "code": code,
            "label": label,
            "count": found[code],
            "url": state.address(view="list", country=(code,)),
        }
        for code, label in vocabularies.get("country").choices(reader)
        if code in found
    ]


def counted(entries: list[Entry], state: State) -> tuple[list[Entry], dict[str, Counter]]:
    """The entries that match, and how many each value of each facet would give.

    Within a facet values add up, so that a facet's own choice does not narrow its counts.
    """
    matching: list[Entry] = []
    counts: dict[str, Counter] = {key: Counter() for key in state.codes}
    for one in entries:
        if one.over != state.closed:
            continue
        missed = state.missed(one)
        if not missed:
            matching.append(one)
        if len(missed) < 2:
            for key in missed or counts:
                counts[key].update(one.codes[key])
    return matching, counts


def facets_of(counts: dict[str, Counter], state: State, reader: str) -> list[dict]:
    """Fieldsets of values with the number that each would give."""
    facets = []
    for key, legend in state.kind.facets.items():
        found = counts[key]
        options = [
            option(code, label, found[code], code in state.codes[key])
            for code, label in vocabularies.get(key).choices(reader)
            if code in found or code in state.codes[key]
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


def summary(kind: Kind, total: int, chips: list[dict]) -> SafeString:
    """One sentence that says what is shown, the number in bold."""
    return format_html(
        kind.total(total, bool(chips)),
        number=figures.number(total, get_language()),
        choices=format_html_join(", ", "{}", ((chip["label"],) for chip in chips)),
    )


def themes(kind: Kind) -> Callable[..., list[dict]]:
    """The categories that something is found in, as links into the list."""

    def of(request, reader: str) -> list[dict]:
        entries = [one for one in directory(request, kind, reader) if not one.over]
        found = Counter(code for one in entries for code in one.codes["service_category"])
        return [
            {
                "title": label,
                "count": found[code],
                "url": f"/{reader}/{kind.section}/?service_category={code}",
            }
            for code, label in vocabularies.get("service_category").choices(reader)
            if code in found
        ]

    return of


def newest(kind: Kind) -> Callable[..., list[dict]]:
    """The newest of a kind as rows: open needs, or services."""

    def of(request, reader: str, number: int) -> list[dict]:
        pages = kind.model.objects.published()
        pages = pages.open() if kind is NEEDS else pages
        found = pages.best_for(reader).select_related("locale", "organisation__merged_into")
        return [
            items.row(page, reader)
            for page in found.order_by("rank", "-first_published_at", "-pk")[:number]
        ]

    return of


def ask(reader: str) -> dict:
    """Where whoever found nothing says what they need."""
    return {
        "title": gettext("Post a need: schools answer it"),
        "url": f"/{reader}/account/needs/new/",
    }
