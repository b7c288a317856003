"""Demonstration events. Days count from the day of loading, so that some events stay ahead."""

import datetime

from django.utils import timezone

from core import markdown
from demo.items import Item
from events.models import EventIndexPage, EventPage

KNOWN = ("country", "online", "remote_link", "capacity", "attendance")


class Event(Item):
    """An event, so many days from now."""

    section = "events"
    index = EventIndexPage
    model = EventPage

    def values(self, code: str) -> dict:
        text, parts = self.text(code)
        return {
            "title": text["title"],
            "slug": text["slug"],
            "in_short": text["summary"],
            **{name: text.get(name) or "" for name in ("series", "place", "organiser")},
            "body": markdown.html(parts["programme"]),
            "report": markdown.html(parts["report"]) if "report" in parts else "",
            "demonstration": True,
            **event_facts(self.facts, timezone.localdate()),
        }


def event_facts(said: dict, today: datetime.date) -> dict:
    """Times and numbers of an event; moved on to its `weekday` (1 is Monday), or off a weekend."""
    start_date = today + datetime.timedelta(days=said["days_from_now"])
    if "weekday" in said:
        start_date += datetime.timedelta(days=(said["weekday"] - start_date.isoweekday()) % 7)
    elif start_date.isoweekday() > 5:
        start_date += datetime.timedelta(days=8 - start_date.isoweekday())
    start = datetime.datetime.combine(start_date, datetime.time.fromisoformat(said["at"]))
    end = start + datetime.timedelta(minutes=said["minutes"])
    closes = said.get("closes_days_before")
    return {
        "audience": said["audience"],
        "start_date": start.date(),
        "start_time": start.time(),
        "end_date": end.date(),
        "end_time": end.time(),
        "time_zone": said["time_zone"],
        "registration_until": closes and start.date() - datetime.timedelta(days=closes),
        **{name: said[name] for name in KNOWN if name in said},
    }
