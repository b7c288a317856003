"""The smallest valid events, with their section, and registrations."""

import datetime

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory
from wagtail.test.utils.form_data import rich_text

from events.models import EventIndexPage, EventPage, Registration
from tests.factories.forms import page_form
from tests.factories.pages import PageFactory

NEXT_YEAR = timezone.now().year + 1


class EventIndexPageFactory(PageFactory):
    title = "Events"
    slug = "events"

    class Meta:
        model = EventIndexPage


class EventPageFactory(PageFactory):
    title = factory.Sequence(lambda n: f"Job dating {n}")
    slug = factory.Sequence(lambda n: f"job-dating-{n}")
    in_short = "Ten companies and forty learners meet for ten minutes each."
    body = "<p>Bring one question.</p>"
    audience = ["provider", "company"]
    organiser = "A school (demonstration)"
    start_date = datetime.date(NEXT_YEAR, 3, 9)
    start_time = datetime.time(14)
    end_date = factory.SelfAttribute("start_date")
    end_time = datetime.time(16)
    time_zone = "Europe/Riga"
    place = "School hall, Riga"
    country = "LV"

    class Meta:
        model = EventPage

    class Params:
        past = factory.Trait(start_date=datetime.date(2025, 3, 11))


class RegistrationFactory(DjangoModelFactory):
    email = factory.Sequence(lambda n: f"guest{n}@example.org")
    name = factory.Sequence(lambda n: f"Guest {n}")
    audience = "company"
    language = "en"
    state = Registration.State.REGISTERED
    confirmed_at = datetime.datetime(2025, 1, 1, tzinfo=datetime.UTC)

    class Meta:
        model = Registration


def event_form(**changes) -> dict:
    """What the admin's form sends for a complete event; `changes` replace single fields."""
    return page_form(
        {
            "in_short": "Ten companies meet forty learners.",
            "body": rich_text("<p>Bring one question.</p>"),
            "audience": ["provider"],
            "series": "",
            "organiser": "A school",
            "start_date": f"{NEXT_YEAR}-03-09",
            "start_time": "14:00",
            "end_date": f"{NEXT_YEAR}-03-09",
            "end_time": "16:00",
            "time_zone": "Europe/Riga",
            "place": "School hall, Riga",
            "country": "LV",
            "remote_link": "",
            "registration": "on",
            "capacity": "20",
            "registration_until": "",
            "report": rich_text(""),
            "attendance": "",
            **changes,
        }
    )
