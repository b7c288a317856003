"""Demonstration events and news: complete in every language, some ahead whenever they are loaded."""

import datetime

import pytest

from demo import events, people
from events.models import EventPage
from portal import shipped

pytestmark = pytest.mark.django_db
ITEMS = [name.split("/") for name in events.names()]


def test_every_language_has_three_events_and_two_are_past(settings):
    items = [events.Item(*item) for item in ITEMS if item[0] == "events"]
    assert len(items) == 8
    for code in settings.INTERFACE_LANGUAGES:
        assert sum(code in item.languages for item in items) >= 3
    past = [item for item in items if item.facts["days_from_now"] < 0]
    assert len(past) == 2
    assert all("attendance" in item.facts for item in past)


@pytest.mark.parametrize(("section", "name"), ITEMS)
def test_versions_say_the_same_things(section, name):
    item = events.Item(section, name)
    assert len(item.languages) >= 3
    found = {code: item.values(code, datetime.date(2027, 1, 1)) for code in item.languages}
    shapes = {
        code: [
            (field, str(value).count("<p>") + str(value).count("<li>"))
            for field, value in values.items()
            if value
        ]
        for code, values in found.items()
    }
    assert len({str(shape) for shape in shapes.values()}) == 1
    assert all(len(values["in_short"]) <= 220 for values in found.values())


def test_event_is_loaded_once_with_its_translations(db, settings, client):
    settings.CONTENT_LANGUAGES = ["en", "fi"]
    shipped.ensure_site()
    people.ensure("secret")
    cast = people.cast()
    assert events.load("events/mentors-evening-tampere", cast)
    assert events.load("events/mentors-evening-tampere", cast) is None
    assert EventPage.objects.live().count() == 2
    (row,) = client.get("/fi/events/").context["rows"]
    assert row["demonstration"]
    events.load("news/manual-complete", cast)
    (row,) = client.get("/fi/news/").context["rows"]
    assert row["lang"] == "fi"
