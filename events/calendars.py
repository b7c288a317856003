"""Events as iCalendar files (RFC 5545), with the zones of their places."""

import datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Event, vText

from core.page_context import absolute
from core.text import plain, without_controls

TYPE = "text/calendar; charset=utf-8"
OLD = datetime.timedelta(days=90)
MOST = 200


def file(events, name: str = "", private: bool = False) -> bytes:
    """A calendar of events; `private` adds the links for taking part online.

    An event has the same UID in every language, so that a calendar keeps it once.
    """
    events = list(events)
    calendar = Calendar()
    calendar.add("prodid", f"-//{settings.SITE_NAME}//events//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    if name:
        calendar.add("x-wr-calname", name)
    for event in events:
        calendar.add_component(entry(event, private))
    if events:
        calendar.add_missing_timezones(
            first_date=datetime.date(min(event.start_date.year for event in events) - 1, 1, 1),
            last_date=datetime.date(max(event.end_date.year for event in events) + 2, 1, 1),
        )
    return calendar.to_ical()


def entry(event, private: bool) -> Event:
    zone = ZoneInfo(event.time_zone)
    url = absolute(event.url_path)
    said = Event()
    said.add("uid", f"{event.translation_key}@{urlsplit(settings.BASE_URL).hostname}")
    said.add("dtstamp", event.last_published_at or timezone.now())
    if event.last_published_at:
        said.add("last-modified", event.last_published_at)
    said.add("dtstart", event.starts_at.astimezone(zone))
    said.add("dtend", event.ends_at.astimezone(zone))
    said.add("status", "CANCELLED" if event.cancelled else "CONFIRMED")
    texts = {
        "summary": event.title,
        "description": f"{plain(event.summary)}\n{url}",
        "location": event.place or (event.remote_link if private else ""),
    }
    if private and event.remote_link:
        texts["description"] += f"\n{event.remote_link}"
    for name, text in texts.items():
        if text:
            said.add(name, language_text(without_controls(text), event.locale.language_code))
    said.add("url", url)
    return said


def language_text(text: str, language: str) -> vText:
    return vText(text, params={"LANGUAGE": language})


def recent(events):
    """What a calendar that is subscribed to holds: what comes, and what was a while ago."""
    return events.filter(ends_at__gt=timezone.now() - OLD).order_by("starts_at", "pk")[:MOST]
