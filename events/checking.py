"""What is wrong with the facts of an event, said at the field."""

from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.dates import clock, day
from events import times


def problems(event) -> dict[str, ValidationError]:
    """Errors by field; fields that are still empty are judged by Django."""
    found: dict[str, str] = {}
    if event.has_times:
        found |= wrong_times(event)
    until, start = event.registration_until, event.start_date
    if until and start and until > start:
        found["registration_until"] = _("Registration would end after the event has begun.")
    if not event.place and not event.online:
        found["place"] = _("Write the place, or say that one can take part online.")
    if event.remote_link and not event.online:
        found["online"] = _("There is a link for taking part online: tick this too.")
    if event.remote_link and not event.registration:
        found["remote_link"] = _(
            "The link goes by mail to those who are registered. Let people register here, or write "
            "in the programme where the link is."
        )
    return {name: ValidationError(message) for name, message in found.items()}


def wrong_times(event) -> dict[str, str]:
    """A skipped hour is told first: compared with one, no order of times makes sense."""
    found = {}
    for side in ("start", "end"):
        span = times.missing_span(getattr(event, side), event.time_zone)
        if span:
            language = get_language()
            found[f"{side}_time"] = _(
                "This hour does not exist: on %(day)s the clocks in %(city)s go forward from "
                "%(start)s to %(end)s."
            ) % {
                "day": day(span[0].date(), language),
                "city": times.city(event.time_zone, language),
                "start": clock(span[0].time(), language),
                "end": clock(span[1].time(), language),
            }
    if not found:
        start, end = (times.instant(moment, event.time_zone) for moment in (event.start, event.end))
        if end <= start:
            name = "end_date" if event.end_date < event.start_date else "end_time"
            found[name] = _("The event would end before it begins.")
    return found
