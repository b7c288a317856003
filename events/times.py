"""The clock of a place: local times, their instants, and hours that daylight saving leaves out.

Values in, values out. A local time is a naive `datetime`, a zone an IANA name such as `Europe/Riga`.
What is kept of an event is the local time and the zone: should a country change its rules, the
event still begins when the clock in its room says so.
"""

import datetime
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from babel.dates import get_timezone_location
from django.utils.translation import gettext

from core.dates import clock, day, locale

UTC = datetime.UTC
MINUTE = datetime.timedelta(minutes=1)
LONGEST_GAP = 24 * 60


@cache
def zone_names() -> list[str]:
    return sorted(name for name in available_timezones() if "/" in name or name == "UTC")


def zones() -> list[tuple[str, str]]:
    """The choices of a field; names of machines, such as `localtime`, are left out."""
    return [(name, name.replace("_", " ")) for name in zone_names()]


def instant(local: datetime.datetime, zone: str) -> datetime.datetime:
    """The instant of a local time in UTC; of an hour that comes twice, the first one.

    >>> instant(datetime.datetime(2027, 3, 9, 14), "Europe/Riga").isoformat()
    '2027-03-09T12:00:00+00:00'
    """
    return local.replace(tzinfo=ZoneInfo(zone), fold=0).astimezone(UTC)


def exists(local: datetime.datetime, zone: str) -> bool:
    """Whether the clocks of the zone ever show this local time."""
    return instant(local, zone).astimezone(ZoneInfo(zone)).replace(tzinfo=None) == local


def missing_span(
    local: datetime.datetime, zone: str
) -> tuple[datetime.datetime, datetime.datetime] | None:
    """From and until when the clocks of the zone skip, around a local time; None if they do not.

    >>> span = missing_span(datetime.datetime(2027, 3, 28, 3, 30), "Europe/Riga")
    >>> [moment.hour for moment in span]
    [3, 4]
    """
    if exists(local, zone):
        return None
    start = end = local.replace(second=0, microsecond=0)
    for _step in range(LONGEST_GAP):
        if exists(start - MINUTE, zone):
            break
        start -= MINUTE
    for _step in range(LONGEST_GAP):
        end += MINUTE
        if exists(end, zone):
            break
    return start, end


def city(zone: str, language: str) -> str:
    """The place that a zone is named after, in a language: `Riga`, `Rīga`."""
    return get_timezone_location(zone, locale=locale(language), return_city=True)


def in_words(start: datetime.datetime, end: datetime.datetime, zone: str, language: str) -> str:
    """When an event takes place, with the zone named, in the active language's sentences.

    In English: Tuesday 9 March 2027, 14:00–16:00 (Riga time).
    """
    values = {
        "start_day": day(start.date(), language, "full"),
        "start": clock(start.time(), language),
        "end_day": day(end.date(), language, "full"),
        "end": clock(end.time(), language),
        "city": city(zone, language),
    }
    if start.date() == end.date():
        return gettext("%(start_day)s, %(start)s–%(end)s (%(city)s time)") % values
    return gettext("%(start_day)s, %(start)s – %(end_day)s, %(end)s (%(city)s time)") % values
