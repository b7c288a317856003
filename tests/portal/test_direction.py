"""A language that is written from right to left, as menus or as content alone."""

import re

import pytest

from core.languages import language_settings
from tests.conftest import make_site
from tests.factories.home import StandardPageFactory
from tests.portal.test_queries import PATHS, Portal

pytestmark = pytest.mark.django_db


@pytest.fixture
def arabic(settings):
    """Arabic beside English: `arabic(menus=True)`; gives the homes, with a plain page in each."""

    def add(*, menus: bool):
        settings.CONTENT_LANGUAGES = ["en", "ar"]
        settings.INTERFACE_LANGUAGES = ["en", "ar"] if menus else ["en"]
        settings.LANGUAGES = language_settings(
            settings.INTERFACE_LANGUAGES, settings.CONTENT_LANGUAGES
        )
        settings.WAGTAIL_CONTENT_LANGUAGES = language_settings(settings.CONTENT_LANGUAGES)
        homes = make_site(["en", "ar"])
        for code, slug in (("en", "about"), ("ar", "hawla")):
            StandardPageFactory(parent=homes[code], locale=homes[code].locale, slug=slug)
        return homes

    return add


def ends(html: str) -> tuple[tuple[str, str], tuple[str, str]]:
    """Language and direction of the whole page and of its text."""
    found = re.findall(r'<(?:html|article)[^>]* lang="(\w+)" dir="(\w+)"', html)
    return tuple(found)


def test_every_kind_of_page_runs_from_right_to_left(client, arabic):
    arabic(menus=True)
    Portal(["en", "ar"])
    for path in PATHS:
        answer = client.get(f"/ar/{path}")
        assert answer.status_code == 200, path
        assert '<html lang="ar" dir="rtl">' in answer.content.decode(), path


def test_page_in_arabic_runs_from_right_to_left(client, arabic):
    arabic(menus=True)
    for path in ("/ar/", "/ar/stories/", "/ar/search/?q=x", "/ar/nothing/", "/ar/?x=%00"):
        assert '<html lang="ar" dir="rtl">' in client.get(path).content.decode()
    assert ends(client.get("/ar/hawla/").content.decode()) == (("ar", "rtl"), ("ar", "rtl"))


def test_text_in_another_language_keeps_its_own_direction(client, arabic):
    arabic(menus=True)
    assert ends(client.get("/ar/about/").content.decode()) == (("ar", "rtl"), ("en", "ltr"))
    assert ends(client.get("/en/hawla/").content.decode()) == (("en", "ltr"), ("ar", "rtl"))
    notice = client.get("/en/hawla/").content.decode()
    assert '<bdi lang="ar">العربية</bdi>' in notice


def test_arabic_text_under_english_menus(client, arabic):
    arabic(menus=False)
    assert ends(client.get("/ar/hawla/").content.decode()) == (("en", "ltr"), ("ar", "rtl"))
