"""Reads what matching needs: columns of the open needs and of the services, in three queries at most.

What a database can leave out at little cost it leaves out: other subjects, windows that are over or full.
The rest is decided by `marketplace.matching`, which tells the reasons too.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, TextField
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone
from django.utils.translation import get_language

from core import generation, items, meaning
from marketplace import matching, matching_words
from marketplace.matching import Found, Match, Need, Service, Window
from marketplace.matching.conditions import NEAR_IN_MEANING
from marketplace.matching.ranking import MOST_WEEKS
from marketplace.matching.values import MATERIALS_ONLY, NO_BUDGET
from marketplace.models import CapacityWindow, NeedPage, ServicePage
from organisations.models import Verification
from vocabularies import towns

MOST = 5  # shown on a page
MOST_NEARLY = 3
BUDGETS = {
    "none": NO_BUDGET,
    "materials": MATERIALS_ONLY,
    "to_500": 500,
    "to_2000": 2_000,
    "to_10000": 10_000,
    "over_10000": None,
    "open": None,
}
# What is read, by the name under which matching knows it; the last ones are the texts with the words.
COLUMNS = {
    "key": "translation_key",
    "organisation": "record_pk",
    "town": "organisation__place",
    "country": "organisation__country",
    "region": "organisation__region",
    "changed": "first_published_at",
    **{name: name for name in ("category", "field", "radius", "hours")},
    "languages": "languages_said",
    "ways": "place_said",
}
PUBLISHED = list(COLUMNS).index("changed")
SERVICE = COLUMNS | {
    "team": "team_largest",
    **{name: name for name in ("lead_time", "price_model", "price", "verified")},
}
SERVICE_TEXTS = ("title", "skills")
NEED = COLUMNS | {
    "kind": "need_kind",
    "most": "budget",
    **{name: name for name in ("starts", "deadline")},
}
NEED_TEXTS = ("title", "outcome", "requirements")


@dataclass(frozen=True)
class Shown:
    """Rows of what fits and of what nearly fits, each with its reasons in words; how many fit in all."""

    rows: tuple[dict, ...]
    nearly: tuple[dict, ...]
    total: int


def services_for(
    need: NeedPage, language: str, limit: int | None = MOST, nearly: int | None = MOST_NEARLY
) -> Shown:
    """The published services for a need, the best first, as rows in a language; three queries."""
    today, wanted = timezone.localdate(), need_of(need)
    alike = meaning.alike(need.translation_key)
    found = matching.find_services(
        wanted, services(wanted, alike, today), today, alike, limit, nearly
    )
    return shown(found, ServicePage, language, matching_words.for_need)


def needs_for(
    service: ServicePage, language: str, limit: int | None = MOST, nearly: int | None = MOST_NEARLY
) -> Shown:
    """The open needs for a service, the best first, as rows in a language; three queries."""
    today, offered = timezone.localdate(), service_of(service)
    alike = meaning.alike(service.translation_key)
    found = matching.find_needs(offered, needs(offered, alike), today, alike, limit, nearly)
    return shown(found, NeedPage, language, matching_words.for_service)


def beside_need(page: NeedPage, request) -> dict:
    """What the page of a need shows below it; nothing below one that is over."""
    return {"matches": kept(request, services_for, page) if page.is_open else None}


def beside_service(page: ServicePage, request) -> dict:
    """What the page of a service shows below it."""
    return {"matches": kept(request, needs_for, page)}


def kept(request, find: Callable, page) -> Shown:
    """Matches in the reader's language, kept until something changes, or the day."""
    language = get_language()
    key = (find.__name__, str(page.translation_key), language, timezone.localdate())
    return generation.kept(request, key, lambda: find(page, language))


def shown(found: Found, model, language: str, words) -> Shown:
    """What was found as rows in the order of the points; what is not public any more is left out."""
    keys = [one.key for one in (*found.matches, *found.nearly)]
    pages = {}
    if keys:
        best = model.objects.live().filter(translation_key__in=keys).best_for(language)
        best = best.select_related("locale", "organisation__merged_into")
        pages = {str(page.translation_key): page for page in best}

    def rows(matches: tuple[Match, ...]) -> tuple[dict, ...]:
        return tuple(
            items.row(pages[one.key], language)
            | {"whose": pages[one.key].record.name, "whose_pk": pages[one.key].record.pk}
            | words(one, language)
            for one in matches
            if one.key in pages
        )

    return Shown(rows(found.matches), rows(found.nearly), found.total)


# --- From pages and columns to values ---


def need_of(page: NeedPage) -> Need:
    """A need as matching takes it, from its page in one language."""
    record = page.record
    return Need(
        key=str(page.translation_key),
        organisation=record.pk,
        kind=page.need_kind,
        category=page.category,
        field=page.field,
        languages=tuple(page.languages or ()),
        ways=tuple(page.place or ()),
        starts=page.starts,
        deadline=page.deadline,
        hours=page.hours,
        most=BUDGETS.get(page.budget),
        at=place(record.place, record.country),
        region=record.region,
        radius=page.radius,
        text=f"{page.title} {page.outcome} {page.requirements}",
        closed=page.closed_on is not None,
        changed=moment(page.first_published_at),
    )


def service_of(page: ServicePage) -> Service:
    """A service as matching takes it, from its page in one language; one query for its windows."""
    record = page.record
    return Service(
        key=str(page.translation_key),
        organisation=record.pk,
        category=page.category,
        field=page.field,
        languages=tuple(page.languages or ()),
        ways=tuple(page.place or ()),
        radius=page.radius,
        at=place(record.place, record.country),
        region=record.region,
        hours=page.hours,
        team=page.team_largest,
        lead_time=page.lead_time,
        price_model=page.price_model,
        price=page.price,
        windows=windows(CapacityWindow.objects.of(page.translation_key)).get(
            page.translation_key, ()
        ),
        text=without_tags(f"{page.title} {page.skills}"),
        changed=moment(page.first_published_at),
    )


def services(need: Need, alike: dict[str, float], today) -> Iterable[Service]:
    """The published services that are about the subject of a need; two queries."""
    pages = about(ServicePage.objects.live(), need, alike)
    verified = Verification.objects.current().filter(organisation=OuterRef("record_pk"))
    late = need.deadline + timedelta(weeks=MOST_WEEKS)
    coming = CapacityWindow.objects.coming(today).filter(
        starts__lte=late, service_key__in=pages.order_by().values("translation_key")
    )
    free = windows(coming)
    for key, values in read(pages.annotate(verified=Exists(verified)), SERVICE, SERVICE_TEXTS):
        yield Service(**values, windows=free.get(key, ()))


def needs(service: Service, alike: dict[str, float]) -> Iterable[Need]:
    """The open needs that are about the subject of a service; one query."""
    for _key, values in read(
        about(NeedPage.objects.live().open(), service, alike), NEED, NEED_TEXTS
    ):
        values["most"] = BUDGETS.get(values["most"])
        yield Need(**values)


def read(pages, columns: dict[str, str], texts: tuple[str, ...]) -> Iterable[tuple[UUID, dict]]:
    """Each item once, with the texts of all its languages."""
    found: dict[UUID, dict] = {}
    number = len(columns)
    for row in pages.values_list(*columns.values(), *texts):
        text = without_tags(" ".join(row[number:]))
        if known := found.get(row[0]):
            known["text"] += f" {text}"
            known["changed"] = min(known["changed"], moment(row[PUBLISHED]))
            continue
        values = dict(zip(columns, row, strict=False))
        values["at"] = place(values.pop("town"), values.pop("country"))
        values["changed"] = moment(values["changed"])
        values["key"] = str(row[0])
        values["languages"], values["ways"] = codes(values["languages"]), codes(values["ways"])
        found[row[0]] = values | {"text": text}
    yield from found.items()


def about(pages, own: Need | Service, alike: dict[str, float]):
    """The pages of others on the same subject, with the record that counts as `record_pk`."""
    near = [key for key, nearness in alike.items() if nearness >= NEAR_IN_MEANING]
    subject = Q(category=own.category)
    if own.field:
        subject |= Q(field=own.field)
    if near:
        subject |= Q(translation_key__in=near)
    owner = Coalesce("organisation__merged_into", "organisation")
    said = {f"{name}_said": Cast(name, TextField()) for name in ("languages", "place")}
    pages = (
        pages.annotate(record_pk=owner, **said).filter(subject).exclude(record_pk=own.organisation)
    )
    return pages.order_by("pk")


def windows(rows) -> dict[UUID, tuple[Window, ...]]:
    """Windows with a place left, by the key of their service; one query."""
    found: dict[UUID, list[Window]] = {}
    columns = ("service_key", "starts", "ends", "hours_a_week", "places", "taken")
    for key, starts, ends, hours, places, taken in rows.free().values_list(*columns):
        found.setdefault(key, []).append(Window(starts, ends, hours, places - taken))
    return {key: tuple(several) for key, several in found.items()}


@lru_cache(maxsize=2_000)
def codes(said: str) -> tuple[str, ...]:
    """A list of codes as it is stored; the same ones come again and again."""
    return tuple(json.loads(said))


@lru_cache(maxsize=20_000)
def place(town: str, country: str) -> tuple[float, float] | None:
    """Latitude and longitude of a town, if it is known."""
    found = towns.find(town, country) if town else None
    return (found.latitude, found.longitude) if found else None


def moment(published) -> float:
    return published.timestamp() if published else 0.0


def without_tags(html: str) -> str:
    """Rich text with its tags taken out, quickly: only single words of it are looked at."""
    return "".join(f" {piece.partition('>')[2]}" for piece in f">{html}".split("<"))
