"""What an event says of itself: time and place, facts, lists, search document, structured data."""

import datetime
from zoneinfo import ZoneInfo

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext, override

from core import generation, items, pagination, structured
from core.dates import day, leaf
from core.registry import SearchDocument
from core.text import plain
from events import places, times
from events.models import EventPage
from vocabularies import label

PER_PAGE = 20
IN_SERIES = 5
MODES = {
    (True, True): "MixedEventAttendanceMode",
    (True, False): "OnlineEventAttendanceMode",
    (False, True): "OfflineEventAttendanceMode",
    (False, False): "OfflineEventAttendanceMode",
}


def codes(event) -> dict[str, list[str]]:
    """What rows and search need of an event: local times as text, zone, place, audience."""
    found = {
        "starts": [event.start.isoformat(timespec="minutes")],
        "ends": [event.end.isoformat(timespec="minutes")],
        "time_zone": [event.time_zone],
        "event_audience": list(event.audience),
    }
    if event.place:
        found["event_place"] = [event.place]
    if event.online:
        found["online"] = ["yes"]
    if event.cancelled:
        found["cancelled"] = ["yes"]
    if event.demonstration:
        found["demonstration"] = ["yes"]
    return found


def moment(codes: dict, name: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(codes[name][0])


def mark(codes: dict[str, list[str]]) -> SafeString:
    """The first day, as a leaf of a calendar in the reader's language."""
    return leaf(moment(codes, "starts").date(), get_language()) if codes.get("starts") else ""


def row_facts(codes: dict[str, list[str]], language: str) -> list[str]:
    """The one line of facts in a list: when, where, for whom."""
    if not codes.get("starts"):
        return []
    when = times.in_words(
        moment(codes, "starts"), moment(codes, "ends"), codes["time_zone"][0], language
    )
    online = [gettext("Online")] if codes.get("online") else []
    state = [gettext("Cancelled")] if codes.get("cancelled") else []
    return [*state, when, *codes.get("event_place", []), *online]


def when(event, language: str) -> str:
    """The time of an event in the sentences of a language, whatever language is active."""
    with override(language):
        return times.in_words(event.start, event.end, event.time_zone, language)


def facts(event, language: str) -> list[dict]:
    """The facts beside the text, in the reader's language."""
    content = event.locale.language_code
    place_lang = content if content != language else ""
    rows = [
        {"term": gettext("When"), "value": when(event, language)},
        {"term": gettext("Where"), "value": event.place, "lang": place_lang},
        {"term": gettext("Country"), "value": label("country", event.country, language)},
        {
            "term": gettext("Online"),
            "value": gettext("Yes, the link comes by mail")
            if event.online and event.registration
            else (gettext("Yes") if event.online else ""),
        },
        {
            "term": gettext("For whom"),
            "value": ", ".join(label("event_audience", code, language) for code in event.audience),
        },
        {"term": gettext("Organiser"), "value": event.organiser, "lang": place_lang},
        {"term": gettext("Series"), "value": event.series, "lang": place_lang},
    ]
    if event.attendance is not None:
        rows.append({"term": gettext("How many came"), "value": str(event.attendance)})
    return [row for row in rows if row["value"]]


def event(page, request) -> dict:
    """What the page of an event shows beside its fields."""
    reader, now = get_language(), timezone.now()
    closed = places.closed(page, now)
    return {
        "facts": facts(page, reader),
        "when": when(page, reader),
        "closed": closed,
        "closed_text": places.CLOSED[closed] if closed else "",
        "until": day(page.registration_until, reader) if page.registration_until else "",
        "places": "" if closed or page.capacity is None else free_places(page),
        "register_url": reverse("event-register", args=[page.translation_key]),
        "series_rows": same_series(request, page, reader, now),
    }


def free_places(page) -> str:
    """How many places are left; one query, so that it is true now."""
    free = max(page.capacity - page.taken, 0)
    if not free:
        return gettext("All places are taken. You can stand on the waiting list.")
    return ngettext(
        "%(free)s of %(capacity)s places is free.",
        "%(free)s of %(capacity)s places are free.",
        free,
    ) % {"free": free, "capacity": page.capacity}


def same_series(request, page, reader: str, now: datetime.datetime) -> list[dict]:
    """Other events of the series in the language of the page, the latest first."""
    if not page.series:
        return []

    def build() -> list[dict]:
        others = type(page).objects.live().filter(series=page.series, locale=page.locale)
        others = others.exclude(pk=page.pk).select_related("locale").order_by("-starts_at", "-pk")
        return [items.row(other, reader) for other in others[:IN_SERIES]]

    return generation.kept(request, ("series", page.pk, reader), build)


def listing(index, request) -> dict:
    """What comes, or the archive with `?past=1`; read anew each time, as time alone changes it."""
    reader = get_language()
    past = request.GET.get("past") == "1"
    found = EventPage.objects.live().best_for(reader).select_related("locale")
    found = found.past() if past else found.upcoming()
    paginator = Paginator(found, PER_PAGE)
    current = paginator.get_page(request.GET.get("page"))

    def address(number: int) -> str:
        query = "&".join(filter(None, ["past=1" * past, f"page={number}" * (number > 1)]))
        return index.url_path + (f"?{query}" if query else "")

    return {
        "rows": [items.row(page, reader) for page in current],
        "total": paginator.count,
        "is_archive": past,
        "archive_url": f"{index.url_path}?past=1",
        "calendar_url": reverse("event-calendar"),
        "feed_url": f"{index.url_path}feed/",
        "pages": pagination.numbers(current, address),
    }


def search_document(event) -> SearchDocument:
    texts = [event.series, event.organiser, event.place, plain(event.body), plain(event.report)]
    return SearchDocument.of(
        event,
        "event",
        texts,
        codes(event),
        starts=event.start.date(),
        town=event.place,
        country=event.country,
    )


def json_ld(event, absolute) -> dict:
    """schema.org `Event`; the link for taking part online stays private, the page stands for it."""
    zone = ZoneInfo(event.time_zone)
    url = absolute(event.url_path)
    locations = []
    if event.place:
        address = {"@type": "PostalAddress", "streetAddress": event.place}
        if event.country:
            address["addressCountry"] = event.country
        locations.append({"@type": "Place", "name": event.place, "address": address})
    if event.online:
        locations.append({"@type": "VirtualLocation", "url": url})
    status = "EventCancelled" if event.cancelled else "EventScheduled"
    mode = MODES[event.online, bool(event.place)]
    data = structured.data_of(event, "Event", absolute) | {
        "startDate": event.starts_at.astimezone(zone).isoformat(),
        "endDate": event.ends_at.astimezone(zone).isoformat(),
        "eventStatus": f"https://schema.org/{status}",
        "eventAttendanceMode": f"https://schema.org/{mode}",
        "location": locations[0] if len(locations) == 1 else locations,
        "organizer": {"@type": "Organization", "name": event.organiser},
    }
    if event.capacity:
        data["maximumAttendeeCapacity"] = event.capacity
    return data
