"""A site with the section of events, and a visitor who registers."""

import re
from uuid import UUID

import pytest
from django.core import mail
from django.core.cache import cache

from tests.conftest import make_site
from tests.factories.events import EventIndexPageFactory, EventPageFactory


@pytest.fixture(autouse=True)
def no_limit_from_before():
    cache.clear()


@pytest.fixture
def sections(db):
    """The lists of events: `sections["fi"]`."""
    return {
        code: EventIndexPageFactory(parent=home, locale=home.locale, translation_key=UUID(int=30))
        for code, home in make_site(["en", "fi"]).items()
    }


@pytest.fixture
def add(sections):
    """Publishes an event: `add("fi", slug="x", …)`."""

    def make(code: str = "en", **values):
        return EventPageFactory(parent=sections[code], locale=sections[code].locale, **values)

    return make


@pytest.fixture
def register(client):
    """Fills in the form: `register(event, email="a@example.org")`."""

    def send(event, email="guest@example.org", **values):
        url = f"/en/events/registration/{event.translation_key}/"
        form = client.get(url).context["form"]
        data = {"stamp": form.stamp, "email": email, "audience": "company", "name": "Guest"}
        return client.post(url, data | values)

    return send


@pytest.fixture
def link():
    """The path of a link in the latest mail: `link("confirm")`."""

    def find(name: str, number: int = -1) -> str:
        return re.search(rf"/en/events/registration/{name}/\S+", mail.outbox[number].body)[0]

    return find
