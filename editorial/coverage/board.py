"""The board: items with the state of each in each language, and the totals. Bounded queries."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.db.models import CharField, Count, F, QuerySet, Value
from wagtail.models import Page

from core import registry
from core.languages import Language, language
from editorial.coverage import states
from editorial.coverage.states import State
from editorial.models import Assignment

# In which order the states of a language are told.
ORDER = (State.PUBLISHED, State.STALE, State.IN_REVIEW, State.TRANSLATING, State.MISSING)


@dataclass(frozen=True)
class Cell:
    """An item in a language. `page` is the version there, if there is one; `source` the source's own.

    `url` is where the person who looks goes on with it.
    """

    of: Language
    state: State
    page: int | None = None
    source: bool = False
    assignment: Assignment | None = None
    url: str = ""


@dataclass(frozen=True)
class Row:
    """An item with its cells in the order of the languages asked for."""

    key: str
    page: int
    title: str
    kind: str
    of: Language
    changed: datetime.datetime | None
    cells: list[Cell] = field(default_factory=list)


@dataclass(frozen=True)
class Total:
    """How many items of `items` stand where in a language; `percent` of them are public and up to date."""

    of: Language
    items: int
    numbers: dict[str, int]

    @property
    def percent(self) -> int:
        return self.numbers[State.PUBLISHED] * 100 // self.items if self.items else 0

    @property
    def parts(self) -> list[tuple[State, int]]:
        return [(state, self.numbers[state]) for state in ORDER]


def totals(items: QuerySet[Page], codes: Iterable[str]) -> list[Total]:
    """The totals of `items` for each language, in two queries."""
    # Read once: the same as a subquery would be worked out anew for each of the parts.
    keys = list(items.order_by().values_list("translation_key", flat=True))
    pages = Page.objects.filter(translation_key__in=keys)
    counted = together(
        numbers(pages, "version"),
        numbers(states.in_state(pages, State.IN_REVIEW), State.IN_REVIEW),
        numbers(states.in_state(pages, State.STALE), State.STALE),
    )
    number = len(keys)
    found = []
    for code in codes:
        live, drafts, live_reviewed, drafts_reviewed = (
            counted.get((code, what, is_live), 0)
            for what in ("version", State.IN_REVIEW)
            for is_live in (True, False)
        )
        stale = counted.get((code, State.STALE, True), 0)
        split = {
            State.PUBLISHED: live - live_reviewed - stale,
            State.STALE: stale,
            State.IN_REVIEW: live_reviewed + drafts_reviewed,
            State.TRANSLATING: drafts - drafts_reviewed,
            State.MISSING: number - live - drafts,
        }
        found.append(Total(language(code), number, split))
    return found


def public_totals(codes: Iterable[str]) -> list[dict]:
    """What readers find in each language, in two queries: nothing that is still being worked on."""
    keys = list(states.sources().order_by().values_list("translation_key", flat=True))
    pages = Page.objects.filter(translation_key__in=keys, live=True)
    counted = together(
        numbers(pages, "version"), numbers(pages.filter(states.source_changed()), State.STALE)
    )
    number = len(keys)
    found = []
    for code in codes:
        live, stale = (counted.get((code, what, True), 0) for what in ("version", State.STALE))
        found.append(
            {
                "of": language(code),
                "items": number,
                "public": live,
                "stale": stale,
                "missing": number - live,
                "percent": live * 100 // number if number else 0,
            }
        )
    return found


def together(first: QuerySet, *others: QuerySet) -> dict[tuple, int]:
    """What `numbers` gives of several, by language, name and whether they are public."""
    return {row[:3]: row[3] for row in first.union(*others, all=True)}


def numbers(pages: QuerySet[Page], what: str) -> QuerySet:
    """How many of `pages` there are by language and by whether they are public, as tuples."""
    return (
        pages.order_by()
        .annotate(
            code=F("locale__language_code"),
            what=Value(str(what), output_field=CharField()),
            is_live=F("live"),
        )
        .values("code", "what", "is_live")
        .annotate(number=Count("pk"))
        .values_list("code", "what", "is_live", "number")
    )


def rows(
    items: Iterable[Page],
    codes: list[str],
    assigned: bool = True,
    link: Callable[[int, int | None, str], str] = lambda source, page, code: "",
) -> list[Row]:
    """The board's rows of some source pages, in their order: four queries, whatever their number.

    `items` has `locale` selected. `link(source, page, code)` is where a version is worked on.
    """
    items = list(items)
    keys = [page.translation_key for page in items]
    pages = Page.objects.filter(translation_key__in=keys, locale__language_code__in=codes)
    reviewed = set(states.in_state(pages, State.IN_REVIEW).values_list("pk", flat=True))
    stale = set(states.in_state(pages, State.STALE).values_list("pk", flat=True))
    found = {
        (key, code): (pk, states.state_of(live, pk in reviewed, pk in stale))
        for pk, key, code, live in pages.order_by().values_list(
            "pk", "translation_key", "locale__language_code", "live"
        )
    }
    people = assignments(keys) if assigned else {}
    kinds = {item.model: item.name for item in registry.items()}
    languages = [language(code) for code in codes]
    made = []
    for page in items:
        key, own, cells = page.translation_key, page.locale.language_code, []
        for one in languages:
            pk, state = found.get((key, one.code), (None, State.MISSING))
            held, url = people.get((key, one.code)), link(page.pk, pk, one.code)
            cells.append(Cell(one, state, pk, one.code == own, held, url))
        kind = str(kinds.get(page.specific_class, ""))
        made.append(
            Row(str(key), page.pk, page.title, kind, language(own), page.last_published_at, cells)
        )
    return made


def assignments(keys: list) -> dict:
    """Who has which of the items in which language."""
    rows = Assignment.objects.filter(item__in=keys).select_related("person")
    return {(row.item, row.language): row for row in rows}
