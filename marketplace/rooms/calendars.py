"""Milestones and deadlines of deals as iCalendar (RFC 5545): days without a clock time."""

import datetime
from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vText

from core.page_context import absolute
from core.text import without_controls
from marketplace.deals import deadlines
from marketplace.rooms.timeline import happens_then

TYPE = "text/calendar; charset=utf-8"
MOST = 100
A_DAY = datetime.timedelta(days=1)


def file(deals: Iterable, person) -> bytes:
    """The calendar of some deals in the language of a person."""
    deals = list(deals)
    prefetch_related_objects(deals, "proposals__milestones")
    with translation.override(person.language):
        calendar = Calendar()
        calendar.add("prodid", f"-//{settings.SITE_NAME}//deals//EN")
        calendar.add("version", "2.0")
        calendar.add("method", "PUBLISH")
        calendar.add("x-wr-calname", without_controls(str(_("Deals"))))
        for deal in deals:
            for entry in entries(deal, person.language):
                calendar.add_component(entry)
        return calendar.to_ical()


def entries(deal, language: str) -> Iterable[Event]:
    """The days of a deal: its milestones, its beginning and end, and when it times out."""
    versions = sorted(deal.proposals.all(), key=lambda one: one.number)
    counts = deal.counting(versions)
    if counts is not None:
        start, end = _("Start: %(deal)s"), _("Delivery: %(deal)s")
        yield entry(deal, "start", counts.starts, start % {"deal": deal.title}, language)
        yield entry(deal, "end", counts.ends, end % {"deal": deal.title}, language)
        for one in counts.milestones.all():
            yield entry(deal, f"milestone-{one.number}", one.due, one.title, counts.language)
    if deal.due_at:
        said = _("Deadline: %(deal)s") % {"deal": deal.title}
        then = happens_then(deal.state)
        yield entry(deal, "due", deadlines.day_of(deal.due_at), said, language, then)


def entry(deal, name: str, day: datetime.date, title: str, language: str, more: str = "") -> Event:
    with translation.override(language):
        url = absolute(reverse("marketplace:deal", args=[deal.key]))
    said = Event()
    said.add("uid", f"{name}-{deal.key}@{urlsplit(settings.BASE_URL).hostname}")
    said.add("dtstamp", timezone.now())
    said.add("dtstart", day)
    said.add("dtend", day + A_DAY)
    said.add("transp", "TRANSPARENT")
    texts = {"summary": title, "description": "\n".join(filter(None, [more, url]))}
    for field, text in texts.items():
        said.add(field, vText(without_controls(text), params={"LANGUAGE": language}))
    said.add("url", url)
    return said
