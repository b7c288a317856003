"""The board: items with the state of each in each language, and the totals. Bounded queries."""

import datetime
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db import connection
from django.db.models import Count, F, QuerySet
from django.db.models.expressions import RawSQL
from wagtail.models import Page

from core import registry
from core.languages import Language, language
from editorial.coverage import states
from editorial.coverage.states import State
from editorial.models import Assignment
from editorial.translations import is_stale

# In which order the states of a language are told.
ORDER = (State.PUBLISHED, State.STALE, State.IN_REVIEW, State.TRANSLATING, State.MISSING)


@dataclass(frozen=True)
class Cell:
    """An item in a language. `page` is the version there, if there is one; `source` the source's own.

    `url` is where the person who looks goes on with it.
    """

    of: Language
    state: State
    label: str
    page: int | None = None
    source: bool = False
    assignment: Assignment | None = None
    url: str = ""


@dataclass(frozen=True)
class Row:
    """An item with its cells in the order of the languages asked for; `url` is that of its source."""

    key: str
    page: int
    url: str
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


def totals(keys: list[UUID], codes: Iterable[str], stale: Counter | None = None) -> list[Total]:
    """The totals of the items with these translation keys for each language, in two queries.

    `stale` is how many are stale by language, where that is known already: one query less.
    """
    pages = Page.objects.filter(translation_key__in=among(keys))
    counted = numbers(pages.annotate(reviewed=states.among_reviewed()), "live", "reviewed")
    if stale is None:
        stale = by_language(states.in_state(pages, State.STALE))
    found = []
    for code in codes:
        versions = {
            (live, reviewed): counted.get((code, live, reviewed), 0)
            for live in (True, False)
            for reviewed in (True, False)
        }
        split = {
            State.PUBLISHED: versions[True, False] - stale[code],
            State.STALE: stale[code],
            State.IN_REVIEW: versions[True, True] + versions[False, True],
            State.TRANSLATING: versions[False, False],
            State.MISSING: len(keys) - sum(versions.values()),
        }
        found.append(Total(language(code), len(keys), split))
    return found


def public_totals(codes: Iterable[str]) -> list[dict]:
    """What readers find in each language, in three queries: nothing that is still being worked on."""
    keys = list(states.sources().values_list("translation_key", flat=True))
    pages = Page.objects.filter(translation_key__in=among(keys), live=True)
    counted, changed = by_language(pages), by_language(pages.filter(is_stale()))
    number = len(keys)
    found = []
    for code in codes:
        live, stale = counted[code], changed[code]
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


def among(keys: list[UUID]) -> list[UUID] | RawSQL:
    """The keys as one parameter, where the database takes that: thousands of them take their time."""
    if connection.vendor != "postgresql":
        return keys
    return RawSQL("SELECT unnest(%s::uuid[])", [keys])


def numbers(pages: QuerySet[Page], *names: str) -> dict[tuple, int]:
    """How many of `pages` there are by the code of their language, and by what they are annotated with."""
    counted = (
        pages.order_by()
        .annotate(code=F("locale__language_code"))
        .values("code", *names)
        .annotate(number=Count("pk"))
        .values_list("code", *names, "number")
    )
    return {row[:-1]: row[-1] for row in counted}


def by_language(pages: QuerySet[Page]) -> Counter:
    """How many of `pages` there are in each language."""
    return Counter({code: number for (code,), number in numbers(pages).items()})


def rows(
    items: Iterable[Page],
    codes: list[str],
    assigned: bool = True,
    link: Callable[[int, int | None, str], str] = lambda source, page, code: "",
) -> list[Row]:
    """The board's rows of some source pages, in their order: two queries, whatever their number.

    `items` has `locale` selected. `link(source, page, code)` is where a version is worked on.
    """
    items = list(items)
    keys = [page.translation_key for page in items]
    pages = Page.objects.filter(translation_key__in=among(keys), locale__language_code__in=codes)
    versions = pages.order_by().annotate(
        code=F("locale__language_code"),
        reviewed=states.in_review(),
        changed=is_stale(),
    )
    found = {
        (key, code): (pk, states.state_of(live, reviewed, changed))
        for pk, key, code, live, reviewed, changed in versions.values_list(
            "pk", "translation_key", "code", "live", "reviewed", "changed"
        )
    }
    people = assignments(keys) if assigned else {}
    kinds = {item.model: item.name for item in registry.items()}
    languages = [language(code) for code in codes]
    labels = {state: str(state.label) for state in State}  # translated once, not in each cell
    made = []
    for page in items:
        key, own, cells = page.translation_key, page.locale.language_code, []
        for one in languages:
            pk, state = found.get((key, one.code), (None, State.MISSING))
            held, url = people.get((key, one.code)), link(page.pk, pk, one.code)
            cells.append(Cell(one, state, labels[state], pk, one.code == own, held, url))
        kind = str(kinds.get(page.specific_class, ""))
        url, changed = link(page.pk, page.pk, own), page.last_published_at
        made.append(Row(str(key), page.pk, url, page.title, kind, language(own), changed, cells))
    return made


def assignments(keys: list) -> dict:
    """Who has which of the items in which language."""
    rows = Assignment.objects.filter(item__in=keys).select_related("person")
    return {(row.item, row.language): row for row in rows}
