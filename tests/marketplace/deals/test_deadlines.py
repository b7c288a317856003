"""When a deal times out: at the end of a working day, whatever the clocks do between."""

import datetime
from zoneinfo import ZoneInfo

import pytest

from marketplace.deals import deadlines

RIGA = ZoneInfo("Europe/Riga")
NOTHING = (None, None)


@pytest.fixture(autouse=True)
def zone(settings):
    settings.TIME_ZONE = "Europe/Riga"


def at(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text).replace(tzinfo=RIGA)


def utc(moment: datetime.datetime) -> str:
    return f"{moment.astimezone(datetime.UTC):%Y-%m-%d %H:%M:%S}"


@pytest.mark.parametrize(
    ("since", "due"),
    [
        ("2026-10-13 09:00", "2026-10-27 21:59:59"),  # clocks go back on the 25th
        ("2027-03-22 09:00", "2027-04-05 20:59:59"),  # and forward on the 28th
        ("2026-11-10 23:59", "2026-11-24 21:59:59"),  # a day counts to its last minute
        ("2026-11-11 00:01", "2026-11-25 21:59:59"),
        ("2026-11-07 12:00", "2026-11-23 21:59:59"),  # the 21st is a Saturday
        ("2026-11-04 12:00", "2026-11-19 21:59:59"),  # the 18th is a holiday in Latvia
        ("2027-02-02 12:00", "2027-02-17 21:59:59"),  # the 16th is one in Lithuania
        ("2026-12-10 12:00", "2026-12-28 21:59:59"),  # Christmas, then a weekend
        ("2027-03-12 12:00", "2027-03-30 20:59:59"),  # Good Friday to Easter Monday
    ],
)
def test_a_time_out_is_the_end_of_a_working_day_of_both_sides(since, due):
    assert utc(deadlines.due("enquiry", at(since), NOTHING, ["LV", "LT"])) == due


def test_a_holiday_counts_only_where_a_side_is():
    since = at("2026-11-04 12:00")
    assert utc(deadlines.due("enquiry", since, NOTHING, ["PT", "FI"])) == "2026-11-18 21:59:59"
    assert deadlines.is_working(datetime.date(2026, 11, 18), ["XX"])


def test_agreed_work_times_out_after_the_planned_days():
    since = at("2027-01-11 09:00")
    planned = (datetime.date(2027, 3, 1), datetime.date(2027, 4, 30))
    due = [
        deadlines.due(state, since, planned, ["LV"]).date() for state in ("agreed", "in_progress")
    ]
    assert due == [datetime.date(2027, 3, 15), datetime.date(2027, 6, 29)]
    past = (datetime.date(2026, 1, 1), datetime.date(2026, 2, 1))
    assert deadlines.due("agreed", since, past, []).date() == datetime.date(2027, 1, 25)
    assert deadlines.due("closed", since, planned, ["LV"]) is None


def test_reminders_come_in_the_morning_of_working_days_before():
    since = at("2026-12-11 09:00")
    due = deadlines.due("enquiry", since, NOTHING, ["LV"])
    assert due.date() == datetime.date(2026, 12, 28)  # three days later than a Friday
    first = deadlines.reminder("enquiry", due, since, ["LV"])
    second = deadlines.reminder("enquiry", due, first, ["LV"])
    assert [first, second] == [at("2026-12-17 08:00"), at("2026-12-21 08:00")]
    assert deadlines.reminder("enquiry", due, second, ["LV"]) is None
    assert deadlines.reminder("closed", None, since, ["LV"]) is None
