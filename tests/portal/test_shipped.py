"""What `prepare` makes: safe to repeat, never overwriting what people changed."""

import importlib

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings
from wagtail.models import Page

from accounts.models import User
from home.models import HomePage, LanguageSettings, StandardPage
from portal import shipped
from tests.factories.pages import rewrite

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def prepared(empty):
    with override_settings(CONTENT_LANGUAGES=["en", "fi"]):
        shipped.ensure_site()
        yield


def test_every_language_has_its_pages_and_settings(prepared, client):
    for code in ("en", "fi"):
        assert client.get(f"/{code}/").status_code == 200
        for name in shipped.PLAIN_PAGES:
            assert client.get(f"/{code}/{name}/").status_code == 200
    html = client.get("/fi/").content.decode()
    assert 'lang="fi"' in html
    assert "/fi/stories/" in html


def test_repeating_makes_nothing_twice_and_keeps_changes(prepared):
    before = Page.objects.count()
    StandardPage.objects.filter(slug="about").update(title="Ours")
    shipped.ensure_site()
    assert Page.objects.count() == before
    assert LanguageSettings.objects.count() == 2
    assert StandardPage.objects.filter(title="Ours").count() == 2


def test_versions_of_a_plain_page_belong_together(prepared, client):
    menu = client.get("/en/about/").context["languages"]["here"]
    assert [entry["code"] for entry in menu] == ["en", "fi"]


def test_texts_carry_the_portals_own_name_and_address(prepared, settings):
    texts = " ".join(str(page.body) for page in StandardPage.objects.all())
    assert "{{" not in texts
    assert settings.CONTACT_EMAIL in texts


def test_demonstration_is_refused_in_production(prepared, settings):
    settings.DEMONSTRATION = False
    with pytest.raises(CommandError):
        call_command("demonstration")
    assert not User.objects.exists()


def test_a_renamed_page_is_not_made_again(prepared):
    about = StandardPage.objects.get(slug="about", locale__language_code="en")
    about.slug = "about-us"
    rewrite(about)
    before = Page.objects.count()
    shipped.ensure_site()
    assert Page.objects.count() == before


def test_production_settings_never_load_the_demonstration(monkeypatch):
    for name, value in {
        "SECRET_KEY": "x" * 60,
        "DATABASE_URL": "sqlite://:memory:",
        "EMAIL_URL": "dummymail://",
        "BASE_URL": "https://portal.example.org",
        "DEMONSTRATION": "true",
    }.items():
        monkeypatch.setenv(name, value)
    production = importlib.import_module("portal.settings.production")
    assert production.DEMONSTRATION is False


def test_homes_stand_under_the_root(prepared):
    assert set(HomePage.objects.values_list("url_path", flat=True)) == {"/en/", "/fi/"}
