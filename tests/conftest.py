"""What every test may lean on."""

from uuid import UUID

import pytest
from django.core.cache import cache
from django.utils import timezone, translation
from wagtail.models import Locale, Page, Site

from core import generation
from home.models import HomePage
from tests.factories.home import HomePageFactory
from tests.factories.stories import StoryIndexPageFactory

KEYS = [UUID(int=1), UUID(int=2)]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Once for all tests: without the page that Wagtail's migrations leave behind."""
    with django_db_blocker.unblock():
        Page.objects.filter(depth=2, slug="home").delete()


@pytest.fixture(autouse=True)
def default_language():
    """Every test begins and ends in the default language and time, with nothing kept from another."""
    generation.forget()
    cache.clear()
    timezone.deactivate()  # the admin leaves a person's own zone behind
    with translation.override("en"):
        yield
    generation.forget()


@pytest.fixture
def site(db):
    """Homes and story lists in English, Finnish, Italian, Lithuanian and Latvian; `site["fi"]` is a home."""
    return make_site(["en", "fi", "it", "lt", "lv"])


def make_site(codes: list[str]) -> dict[str, Page]:
    """Homes and story lists of the languages; those that exist are kept."""
    root = Page.get_first_root_node()
    homes: dict[str, Page] = {}
    for code in codes:
        locale, _created = Locale.objects.get_or_create(language_code=code)
        home = HomePage.objects.filter(slug=code, depth=2).first()
        if home is None:
            root.refresh_from_db()
            home = HomePageFactory(parent=root, locale=locale, slug=code, translation_key=KEYS[0])
            StoryIndexPageFactory(parent=home, locale=locale, translation_key=KEYS[1])
        homes[code] = home
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={"hostname": "testserver", "port": 80, "root_page": homes["en"]},
    )
    return homes


@pytest.fixture
def index(site):
    """The list of stories of a language: `index("fi")`."""
    return lambda code="en": site[code].get_children().get(slug="stories").specific
