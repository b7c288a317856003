"""The lists of services and needs as visitors meet them."""

import datetime
from uuid import uuid4

import pytest
from django.utils import timezone

from tests.factories.organisations import OrganisationFactory, VerificationFactory

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def slugs(response) -> list[str]:
    return [row["url"].split("/")[-2] for row in response.context["rows"]]


def counts(response, key: str) -> dict[str, int]:
    found = next(one for one in response.context["facets"] if one["key"] == key)
    return {one["value"]: one["count"] for one in [*found["options"], *found["more"]]}


def test_services_are_found_by_what_is_ticked_and_counts_say_what_each_tick_would_give(
    client, service
):
    finnish = OrganisationFactory(country="FI", postal_code="", place="Oulu")
    service(slug="web")
    service(slug="bread", category="catering", place=["company"], organisation=finnish)
    service(slug="cakes", category="catering", price_model="free", languages=["pl"])
    plain = client.get("/en/services/")
    assert slugs(plain) == ["cakes", "bread", "web"]
    assert "<strong>3 services</strong>" in plain.content.decode()
    chosen = client.get("/en/services/?service_category=catering&service_place=company")
    assert slugs(chosen) == ["bread"]
    assert counts(chosen, "service_category") == {"catering": 1}
    assert counts(chosen, "service_place") == {"school": 1, "company": 1, "remote": 1}
    assert counts(plain, "country") == {"FI": 1, "LV": 2}
    assert counts(plain, "language") == {"en": 2, "lv": 2, "pl": 1}
    assert slugs(client.get("/en/services/?language=pl&price_model=free")) == ["cakes"]


def test_nothing_in_the_address_breaks_a_list(client, service, need):
    service()
    need()
    for query in (
        "service_category=nothing&country=%FF&page=99999999",
        "page=0&view=circle&price_model=",
        "page=-1&language=xx&closed=2",
        "service_place=school&service_place=school&page=²",
    ):
        for section in ("services", "needs"):
            assert client.get(f"/en/{section}/?{query}").status_code == 200


def test_needs_stand_by_their_deadline_and_closed_ones_in_a_list_of_their_own(client, need):
    need(slug="later", deadline=TODAY + datetime.timedelta(days=30))
    need(slug="today", deadline=TODAY)
    need(slug="over", deadline=TODAY - datetime.timedelta(days=1))
    need(slug="answered", closed_on=TODAY)
    page = client.get("/en/needs/")
    assert slugs(page) == ["today", "later"]
    assert "How results are ordered" in page.content.decode()
    closed = client.get("/en/needs/?closed=1")
    assert slugs(closed) == ["answered", "over"]
    assert "Closed" in closed.content.decode()


def test_an_empty_list_and_a_choice_that_nothing_matches_lead_on(client, service, sections):
    for section in ("services", "needs"):
        page = client.get(f"/en/{section}/").content.decode()
        assert "Search the portal" in page
        assert 'class="rows"' not in page
    service()
    page = client.get("/en/services/?price_model=free").content.decode()
    assert "No service matches all of this." in page
    assert "Leave out “Free of charge”" in page


def test_the_map_counts_by_country_and_the_list_stays_below_it(client, service):
    service(slug="one")
    service(slug="two", organisation=OrganisationFactory(country="FI", postal_code=""))
    page = client.get("/en/services/?view=map")
    assert {one["code"]: one["count"] for one in page.context["places"]} == {"FI": 1, "LV": 1}
    assert page.context["places"][0]["url"] == "?country=FI"
    assert len(slugs(page)) == 2


def test_an_item_stands_once_in_the_best_language_and_says_in_which(client, service):
    key = uuid4()
    school = OrganisationFactory()
    service("en", slug="web", translation_key=key, organisation=school)
    service("fi", slug="verkko", translation_key=key, organisation=school)
    service("lv", slug="tikai", organisation=school)
    assert slugs(client.get("/fi/services/")) == ["tikai", "verkko"]
    english = client.get("/en/services/").content.decode()
    assert 'lang="lv"' in english
    assert "Read in en, fi" in english


def test_verified_organisations_are_marked_in_the_list(client, service):
    checked = VerificationFactory().organisation
    service(slug="checked", organisation=checked)
    service(slug="unknown")
    facts = {
        row["url"].split("/")[-2]: row["facts"]
        for row in client.get("/en/services/").context["rows"]
    }
    assert "Verified" in facts["checked"]
    assert "Verified" not in facts["unknown"]


def test_drafts_are_in_no_list_and_no_feed(client, service, need):
    service(slug="draft", draft=True)
    need(slug="draft-need", draft=True)
    for section in ("services", "needs"):
        assert slugs(client.get(f"/en/{section}/")) == []
        assert "draft" not in client.get(f"/en/{section}/feed/").content.decode()


def test_feeds_hold_the_newest_of_their_language(client, service, need):
    service(slug="web", title="A web site")
    need(slug="shop", title="A shop")
    need("fi", slug="kauppa", title="Kauppa")
    assert "<title>A web site</title>" in client.get("/en/services/feed/").content.decode()
    feed = client.get("/en/needs/feed/").content.decode()
    assert "<title>A shop</title>" in feed
    assert "Kauppa" not in feed
