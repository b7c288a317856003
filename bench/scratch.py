"""A portal in 24 languages in a scratch database, on the PostgreSQL of DATABASE_URL."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import django

LANGUAGES = "bg cs da de el en es et fi fr ga hr hu it lt lv mt nl pl pt ro sk sl sv".split()


@contextmanager
def portal() -> Iterator[None]:
    """Homes and lists of stories in every language; all of it is gone afterwards."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")
    django.setup()
    from django.conf import settings
    from django.db import connection

    from core.languages import language_settings
    from tests.conftest import make_site

    if connection.vendor != "postgresql":
        sys.exit("DATABASE_URL must name a PostgreSQL.")
    settings.CONTENT_LANGUAGES = LANGUAGES
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = language_settings(LANGUAGES)
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        make_site(LANGUAGES)
        yield
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def story(**values):
    """A public story in English."""
    from stories.models import StoryIndexPage
    from tests.factories.stories import StoryPageFactory

    parent = StoryIndexPage.objects.get(locale__language_code="en")
    return StoryPageFactory(parent=parent, locale=parent.locale, **values)


def taken(run: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the clock, and of this process."""
    clock, processor = time.perf_counter(), time.process_time()
    run()
    return time.perf_counter() - clock, time.process_time() - processor
