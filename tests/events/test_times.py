"""Clocks of places: what is checked before an event is kept, and how its time is told."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from events import times

pytestmark = pytest.mark.django_db
LAST_SUNDAY_OF_MARCH = datetime.date(2027, 3, 28)
LAST_SUNDAY_OF_OCTOBER = datetime.date(2027, 10, 31)


def errors(event) -> dict:
    with pytest.raises(ValidationError) as raised:
        event.full_clean()
    return {name: " ".join(said) for name, said in raised.value.message_dict.items()}


def test_event_that_ends_before_it_begins_is_told_at_the_field(add):
    event = add()
    event.end_time = datetime.time(13, 59)
    assert errors(event) == {"end_time": "The event would end before it begins."}
    event.end_date -= datetime.timedelta(days=1)
    assert set(errors(event)) == {"end_date"}


def test_skipped_hour_is_named(add):
    event = add()
    event.start_date = event.end_date = LAST_SUNDAY_OF_MARCH
    event.start_time, event.end_time = datetime.time(3, 30), datetime.time(5)
    assert errors(event) == {
        "start_time": "This hour does not exist: on 28 March 2027 the clocks in Riga go forward "
        "from 03:00 to 04:00."
    }
    event.time_zone = "Europe/Lisbon"  # there it is the hour after one
    event.full_clean()


def test_hour_that_comes_twice_is_the_first_one(add):
    event = add(start_date=LAST_SUNDAY_OF_OCTOBER, start_time=datetime.time(3, 30))
    event.full_clean()
    assert event.starts_at.isoformat() == "2027-10-31T00:30:00+00:00"


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("registration_until", {"registration_until": datetime.date(2100, 1, 1)}),
        ("place", {"place": ""}),
        ("online", {"remote_link": "https://meet.example.org/a"}),
        (
            "remote_link",
            {"remote_link": "https://meet.example.org/a", "online": True, "registration": False},
        ),
        ("time_zone", {"time_zone": "Europe/Atlantis"}),
    ],
)
def test_facts_that_do_not_fit_are_told_at_the_field(add, field, values):
    event = add()
    for name, value in values.items():
        setattr(event, name, value)
    assert set(errors(event)) == {field}


def test_time_is_told_in_the_language_of_the_reader_and_the_zone_of_the_place():
    day = datetime.date(2027, 3, 9)
    start, end = (datetime.datetime.combine(day, datetime.time(hour)) for hour in (14, 16))
    assert (
        times.in_words(start, end, "Europe/Riga", "en")
        == "Tuesday 9 March 2027, 14:00–16:00 (Riga time)"
    )
    with override("fi"):
        assert times.in_words(start, end, "Europe/Riga", "fi").startswith(
            "tiistai 9. maaliskuuta 2027, 14.00–16.00"
        )
    next_day = end + datetime.timedelta(days=1)
    assert "Wednesday 10 March" in times.in_words(start, next_day, "Europe/Riga", "en")
