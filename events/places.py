"""Whether one can register. Values in, values out."""

import datetime

from django.utils.translation import gettext_lazy as _

from events import times

CLOSED = {
    "cancelled": _("This event is cancelled."),
    "past": _("This event has taken place."),
    "begun": _("This event has begun. One cannot register any more."),
    "late": _("The time for registering is over."),
    "elsewhere": _("One does not register for this event here."),
}


def closed(event, now: datetime.datetime) -> str:
    """Why nobody can register now, as a key of `CLOSED`; empty if one can."""
    if event.cancelled:
        return "cancelled"
    if event.ends_at <= now:
        return "past"
    if not event.registration:
        return "elsewhere"
    if event.starts_at <= now:
        return "begun"
    return "late" if now >= closes_at(event) else ""


def closes_at(event) -> datetime.datetime:
    """When registration ends: with the last day for it, by the event's clock, or when it begins."""
    if event.registration_until is None:
        return event.starts_at
    next_day = event.registration_until + datetime.timedelta(days=1)
    midnight = datetime.datetime.combine(next_day, datetime.time())
    return min(times.instant(midnight, event.time_zone), event.starts_at)
