"""The sections of services and needs in three languages, and how to publish in them."""

from uuid import UUID

import pytest

from tests.conftest import make_site
from tests.factories.marketplace import (
    NeedIndexPageFactory,
    NeedPageFactory,
    ServiceIndexPageFactory,
    ServicePageFactory,
)

LANGUAGES = ["en", "fi", "lv"]


@pytest.fixture
def homes(db):
    return make_site(LANGUAGES)


@pytest.fixture
def sections(homes):
    """The lists: `sections["services", "fi"]`."""
    found = {}
    for number, factory in enumerate((ServiceIndexPageFactory, NeedIndexPageFactory)):
        for code, home in homes.items():
            made = factory(parent=home, locale=home.locale, translation_key=UUID(int=60 + number))
            found[made.slug, code] = made
    return found


@pytest.fixture
def service(sections):
    """Publishes a service: `service("fi", slug="x", …)`."""

    def make(code: str = "en", **values):
        parent = sections["services", code]
        return ServicePageFactory(parent=parent, locale=parent.locale, **values)

    return make


@pytest.fixture
def need(sections):
    """Publishes a need: `need("fi", slug="x", …)`."""

    def make(code: str = "en", **values):
        parent = sections["needs", code]
        return NeedPageFactory(parent=parent, locale=parent.locale, **values)

    return make
