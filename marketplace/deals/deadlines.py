"""When a deal times out, and when somebody is reminded: pure reckoning with days.

A time-out is struck at the end of a day (23:59:59) on the clock of the portal, whatever daylight saving
does between, and never on a weekend or on a public holiday of the country of either side: then it is
struck at the end of the next working day. Reminders come at eight in the morning, some working days before.
"""

import datetime
from collections.abc import Collection
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays
from django.conf import settings

from marketplace.deals.rows import Base
from marketplace.deals.table import timeout_of

END = datetime.time(23, 59, 59, fold=1)
MORNING = datetime.time(8)
FAIR = 2  # working days that somebody has after a reminder that came late
DAY = datetime.timedelta(days=1)


def zone() -> ZoneInfo:
    """The zone by whose clock days end."""
    return ZoneInfo(settings.TIME_ZONE)


def is_working(day: datetime.date, countries: Collection[str]) -> bool:
    """Whether people of all these countries can be expected at work.

    >>> is_working(datetime.date(2026, 11, 21), ["LV"])  # a Saturday
    False
    """
    return day.weekday() < 5 and not any(day in free_days(one, day.year) for one in countries)


@lru_cache(maxsize=256)
def free_days(country: str, year: int) -> frozenset[datetime.date]:
    """The public holidays of a whole country; none for a code that is not known.

    >>> datetime.date(2026, 11, 18) in free_days("LV", 2026)  # the Republic was proclaimed
    True
    """
    try:
        return frozenset(holidays.country_holidays(country, years=year))
    except NotImplementedError:
        return frozenset()


def on_working(day: datetime.date, countries: Collection[str]) -> datetime.date:
    """The day itself where it is a working day, else the next one.

    >>> on_working(datetime.date(2026, 11, 21), [])
    datetime.date(2026, 11, 23)
    """
    while not is_working(day, countries):
        day += DAY
    return day


def shifted(day: datetime.date, days: int, countries: Collection[str]) -> datetime.date:
    """The working day that is some working days later, or earlier where `days` is negative.

    >>> shifted(datetime.date(2026, 11, 20), 2, [])  # from a Friday
    datetime.date(2026, 11, 24)
    """
    step = DAY if days > 0 else -DAY
    for _one in range(abs(days)):
        day += step
        while not is_working(day, countries):
            day += step
    return day


def end_of(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, END, zone())


def day_of(moment: datetime.datetime) -> datetime.date:
    """The day on which a moment falls by the clock of the portal."""
    return moment.astimezone(zone()).date()


def due(
    state: str,
    since: datetime.datetime,
    planned: tuple[datetime.date | None, datetime.date | None],
    countries: Collection[str],
) -> datetime.datetime | None:
    """When a deal that is in a state `since` times out; None for states without a time-out.

    `planned` are start and end of the work by the latest proposal.
    """
    found = timeout_of(state)
    if found is None:
        return None
    _move, timeout = found
    base = {Base.STARTS: planned[0], Base.ENDS: planned[1]}.get(timeout.base)
    begin = max(day_of(since), base) if base else day_of(since)
    return end_of(on_working(begin + DAY * timeout.days, countries))


def reminder(
    state: str,
    due_at: datetime.datetime | None,
    after: datetime.datetime,
    countries: Collection[str],
) -> datetime.datetime | None:
    """The first moment later than `after` at which somebody is reminded of a time-out; None for none."""
    found = timeout_of(state)
    if found is None or due_at is None:
        return None
    last = day_of(due_at)
    days = [shifted(last, -days, countries) for days in found[1].remind]
    moments = (datetime.datetime.combine(day, MORNING, zone()) for day in days)
    return min((moment for moment in moments if moment > after), default=None)


def fair(now: datetime.datetime, countries: Collection[str]) -> datetime.datetime:
    """The earliest moment at which something may happen to those who are told of it `now`."""
    return end_of(shifted(day_of(now), FAIR, countries))
