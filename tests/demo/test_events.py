"""Demonstration events and news: complete in every language, some ahead whenever they are loaded."""

import pytest

from demo import people
from demo.events import Event
from demo.news import News
from events.models import EventPage
from portal import shipped

pytestmark = pytest.mark.django_db
ITEMS = [kind(name) for kind in (Event, News) for name in kind.names()]


def test_every_language_has_three_events_and_two_are_past(settings):
    items = [Event(name) for name in Event.names()]
    assert len(items) == 8
    for code in settings.INTERFACE_LANGUAGES:
        assert sum(code in item.languages for item in items) >= 3
    past = [item for item in items if item.facts["days_from_now"] < 0]
    assert len(past) == 2
    assert all("attendance" in item.facts for item in past)


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.name)
def test_versions_say_the_same_things(item):
    assert len(item.languages) >= 3
    found = {code: item.values(code) for code in item.languages}
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
    assert Event("mentors-evening-tampere").load(cast)
    assert Event("mentors-evening-tampere").load(cast) is None
    assert EventPage.objects.live().count() == 2
    (row,) = client.get("/fi/events/").context["rows"]
    assert row["demonstration"]
    News("manual-complete").load(cast)
    (row,) = client.get("/fi/news/").context["rows"]
    assert row["lang"] == "fi"
