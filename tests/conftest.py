"""What every test may lean on."""

import gc
import os
from uuid import UUID

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.utils import timezone, translation
from wagtail.models import Locale, Page, Site

from accounts.models import Role
from accounts.services import ensure_group
from core import generation
from home.models import HomePage
from tests import migrated
from tests.factories.home import HomePageFactory
from tests.factories.pages import delete
from tests.factories.stories import StoryIndexPageFactory

LANGUAGES = ["en", "fi", "it", "lt", "lv"]
KEYS = [UUID(int=1), UUID(int=2)]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, django_db_use_migrations):
    """The database of the tests begins as a copy of one that is migrated."""
    memory = None
    if django_db_use_migrations and connection.vendor == "sqlite":
        memory = migrated.copy_to_memory(connection.creation._get_test_db_name())
    elif django_db_use_migrations:
        template = migrated.postgresql_template(os.environ["DATABASE_URL"])
        connection.settings_dict["TEST"]["TEMPLATE"] = template
    yield
    if memory:
        memory.close()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Once for all tests, because each would need it: the trees of some languages, their groups.

    The page that Wagtail's migrations leave behind is gone. What is loaded by now stays to the end:
    looking through it for garbage again and again would take a sixth of the time.
    """
    with django_db_blocker.unblock():
        Page.objects.filter(depth=2, slug="home").delete()
        for code, home in make_site(LANGUAGES).items():
            for role in Role:
                ensure_group(role, code, home)
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


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
    return make_site(LANGUAGES)


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


@pytest.fixture(scope="module")
def empty(django_db_setup, django_db_blocker):
    """The portal as its migrations leave it, before anything is prepared, for all tests of a file.

    What a fixture of the file makes on it lasts as long; what a test makes is gone after the test.
    """
    generation.forget()
    cache.clear()
    with django_db_blocker.unblock(), transaction.atomic(), translation.override("en"):
        for home in HomePage.objects.all():
            delete(home)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def index(site):
    """The list of stories of a language: `index("fi")`."""
    return lambda code="en": site[code].get_children().get(slug="stories").specific
