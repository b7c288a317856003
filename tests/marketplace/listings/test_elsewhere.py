"""Services and needs on profiles, in the search and on the home page."""

import pytest

from search import documents
from tests.factories.organisations import (
    OrganisationFactory,
    OrganisationIndexPageFactory,
    OrganisationPageFactory,
)
from tests.factories.stories import StoryPageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def profile(homes):
    """An organisation with a public profile."""
    index = OrganisationIndexPageFactory(parent=homes["en"], locale=homes["en"].locale)

    def make(**values):
        record = OrganisationFactory(**values)
        page = OrganisationPageFactory(
            parent=index, locale=index.locale, slug="one", organisation=record
        )
        return record, page

    return make


def test_a_profile_lists_what_the_organisation_offers_needs_and_tells(
    client, profile, service, need, homes
):
    school, _page = profile()
    stories = homes["en"].get_children().get(slug="stories")
    StoryPageFactory(parent=stories, locale=stories.locale, slug="told", organisation=school)
    service(slug="web", organisation=school)
    service("lv", slug="tikai", organisation=school)
    service(slug="secret-draft", organisation=school, draft=True)
    service(slug="other")
    need(slug="shop", organisation=school)
    old = OrganisationFactory(merged_into=school)
    need(slug="older", organisation=old)
    html = client.get("/en/organisations/one/").content.decode()
    for words in ("Services it offers", "Needs it has", "Stories it tells"):
        assert words in html
    for path in ("services/web", "services/tikai", "needs/shop", "needs/older", "stories/told"):
        assert f'href="/en/{path}/' in html, path
    assert "secret-draft" not in html
    assert "services/other" not in html


def test_a_profile_without_listings_says_nothing_of_them(client, profile):
    profile()
    html = client.get("/en/organisations/one/").content.decode()
    assert "Services it offers" not in html


def test_search_finds_both_kinds_and_narrows_by_category_and_price(client, service, need):
    pages = [
        service(slug="web", price_model="free"),
        service(slug="bread", category="catering", title="Bread on the web"),
        need(slug="shop"),
    ]
    documents.write(pages)
    found = client.get("/en/search/?q=web").content.decode()
    for path in ("services/web", "services/bread", "needs/shop"):
        assert path in found, path
    narrowed = client.get("/en/search/?q=web&service_category=catering").content.decode()
    assert "services/bread" in narrowed
    assert "services/web" not in narrowed
    assert "services/web" in client.get("/en/search/?q=web&price_model=free").content.decode()


def test_who_finds_nothing_is_told_how_to_post_a_need(client, sections):
    page = client.get("/en/search/?q=zzzxqy")
    assert page.context["ways_to_ask"][0]["url"] == "/en/account/needs/new/"


def test_themes_and_newest_lead_into_the_lists(rf, service, need):
    from core import registry

    service(slug="web")
    need(slug="shop")
    request = rf.get("/en/")
    [theme] = registry.item("service").themes(request, "en")
    assert theme == {
        "title": "Web design",
        "count": 1,
        "url": "/en/services/?service_category=web_design",
    }
    [row] = registry.item("need").newest(request, "en", 3)
    assert row["url"] == "/en/needs/shop/"


def test_marks_of_a_service_and_a_need_of_one_category_fit_together(service, need):
    cut = {
        (page.category, page.mark.split(' d="M')[1].split("Z")[0].count(" "))
        for page in (
            service(),
            need(),
            service(category="catering"),
            need(category="catering"),
        )
    }
    assert len({category for category, _cut in cut}) == len(cut) == 2
