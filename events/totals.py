"""Totals per year and audience: what was held, who registered, who came. Nobody is named."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _

import vocabularies
from events.keeping import count
from events.models import AttendanceTotal, EventPage, Registration

ALL = ""


@dataclass
class Total:
    """A year and an audience; `attended` counts those who were ticked off on the list.

    `told` is the attendance that editors wrote down, for the whole year only: it does not say who
    came.
    """

    year: int
    audience: str
    events: int = 0
    registered: int = 0
    attended: int = 0
    told: int = 0


def totals() -> list[Total]:
    """All events that have ended and were not cancelled: a row for each year, then its audiences.

    An event for two audiences counts in both their rows, and once in the row of the year.
    """
    people = {
        (row.key, row.audience): (row.registered, row.attended)
        for row in AttendanceTotal.objects.all()
    }
    for pair, row in count(Registration.objects.all()).items():
        registered, attended = people.get(pair, (0, 0))
        people[pair] = (registered + row["registered"], attended + row["attended"])
    rows: dict[tuple[int, str], Total] = {}

    def at(year: int, audience: str) -> Total:
        return rows.setdefault((year, audience), Total(year, audience))

    years = {}
    for event in EventPage.objects.live().organised().past(timezone.now()).filter(cancelled=False):
        year = event.starts_at.astimezone(ZoneInfo(event.time_zone)).year
        years[event.translation_key] = year
        at(year, ALL).events += 1
        at(year, ALL).told += event.attendance or 0
        for audience in event.audience:
            at(year, audience).events += 1
    for (key, audience), (registered, attended) in people.items():
        if key in years:
            for code in (ALL, audience):
                at(years[key], code).registered += registered
                at(years[key], code).attended += attended
    order = [ALL, *vocabularies.get("event_audience").codes]
    return sorted(rows.values(), key=lambda row: (-row.year, order.index(row.audience)))


def table(rows: list[Total]) -> list[list]:
    """The totals with a head, in the reader's language, for CSV and the screen."""
    labels = vocabularies.get("event_audience")
    head = [
        _("Year"),
        _("Audience"),
        _("Events"),
        _("Registered"),
        _("Came, by the list"),
        _("Came, by the report"),
    ]
    return [
        head,
        *(
            [
                row.year,
                labels.label(row.audience) if row.audience else _("All"),
                row.events,
                row.registered,
                row.attended,
                "" if row.audience else row.told,
            ]
            for row in rows
        ),
    ]
