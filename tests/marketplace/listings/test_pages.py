"""Pages of services and needs: what visitors, search and machines read on them."""

import datetime
import json
import re
from uuid import uuid4

import pytest
from django.utils import timezone
from wagtail.test.utils import WagtailPageTestCase

from marketplace.models import NeedIndexPage, NeedPage, ServiceIndexPage, ServicePage
from tests.conftest import make_site
from tests.factories import marketplace as made
from tests.factories.organisations import (
    OrganisationFactory,
    OrganisationIndexPageFactory,
    OrganisationPageFactory,
    VerificationFactory,
)

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
SECRET = "The shop opens in May in the old mill."


class TestPlaces(WagtailPageTestCase):
    """Where the page types may stand, and that editors can work on them."""

    def test_service_is_renderable_editable_and_previewable(self):
        self.assertAllowedParentPageTypes(ServicePage, {ServiceIndexPage})
        home = make_site(["en"])["en"]
        index = made.ServiceIndexPageFactory(parent=home, locale=home.locale)
        page = made.ServicePageFactory(parent=index, locale=index.locale)
        form = made.service_form(organisation=page.organisation_id)
        self.assertPageIsRenderable(page)
        self.login()
        self.assertPageIsEditable(page, post_data=form)
        self.assertPageIsPreviewable(page, post_data=form)

    def test_need_is_renderable_editable_and_previewable(self):
        self.assertAllowedParentPageTypes(NeedPage, {NeedIndexPage})
        home = make_site(["en"])["en"]
        index = made.NeedIndexPageFactory(parent=home, locale=home.locale)
        page = made.NeedPageFactory(parent=index, locale=index.locale)
        form = made.need_form(organisation=page.organisation_id)
        self.assertPageIsRenderable(page)
        self.login()
        self.assertPageIsEditable(page, post_data=form)
        self.assertPageIsPreviewable(page, post_data=form)

    def test_what_does_not_fit_together_is_told_at_its_field(self):
        home = make_site(["en"])["en"]
        index = made.ServiceIndexPageFactory(parent=home, locale=home.locale)
        needs = made.NeedIndexPageFactory(parent=home, locale=home.locale)
        school = OrganisationFactory().pk
        company = OrganisationFactory(kind="company").pk
        self.login()
        url = f"/admin/pages/add/marketplace/servicepage/{index.pk}/"
        for changes, words in (
            ({"organisation": company}, "Only schools and training centres offer services."),
            ({"team_largest": "1"}, "This number is smaller than the one before it."),
            ({"price_model": "fixed"}, "A fixed price needs a number."),
            ({"price": "20"}, "Leave this empty, or choose the fixed price."),
            ({"radius": "20"}, "A radius counts only for work at the company."),
            ({"narrow_field": "072"}, "This narrow field does not lie in the chosen field"),
        ):
            form = made.service_form(**{"organisation": school, **changes})
            self.assertContains(self.client.post(url, form), words)
        url = f"/admin/pages/add/marketplace/needpage/{needs.pk}/"
        late = (TODAY + datetime.timedelta(days=400)).isoformat()
        form = made.need_form(organisation=company, starts=late)
        self.assertContains(self.client.post(url, form), "The deadline comes before the earliest")
        assert not ServicePage.objects.exists()
        assert not NeedPage.objects.exists()


def ld(html: str, kind: str) -> dict:
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    return next(one for one in map(json.loads, blocks) if one["@type"] == kind)


def window(page, **values):
    return made.CapacityWindowFactory(service_key=page.translation_key, **values)


def test_a_service_says_in_words_when_and_how_many_orders_fit(client, service):
    page = service(slug="web")
    assert "has not written down any times yet" in client.get("/en/services/web/").content.decode()
    window(page, starts="2020-01-01", ends="2020-02-01", note="Long ago")
    window(page, places=1, taken=1)
    window(page, places=3, taken=1, starts=TODAY + datetime.timedelta(days=20))
    html = client.get("/en/services/web/").content.decode()
    assert "All places are taken." in html
    assert "2 of 3 places are free." in html
    assert "The next time with a free place" in html
    assert "Long ago" not in html


def test_the_note_of_a_window_which_nobody_reviews_is_not_public(client, service):
    page = service(slug="web")
    window(page, note="Call Rasa")
    for url in ("/en/services/web/", "/en/services/"):
        assert "Call Rasa" not in client.get(url).content.decode()


def test_places_that_were_taken_are_counted_at_once(client, service):
    page = service(slug="web")
    room = window(page, places=1)
    assert "1 of 1 place is free." in client.get("/en/services/web/").content.decode()
    type(room).objects.update(taken=1)
    html = client.get("/en/services/web/").content.decode()
    assert "All places are taken at the moment." in html


def test_a_service_names_its_school_and_whether_it_is_verified(client, service, homes):
    school = OrganisationFactory(name="Wood School")
    service(slug="web", organisation=school)
    html = client.get("/en/services/web/").content.decode()
    assert "Wood School" in html
    assert "Not verified yet" in html
    index = OrganisationIndexPageFactory(parent=homes["en"], locale=homes["en"].locale)
    OrganisationPageFactory(parent=index, locale=index.locale, slug="wood", organisation=school)
    VerificationFactory(organisation=school)
    service(slug="other")  # something changed: nothing is kept from before
    from core import generation

    generation.grow()
    html = client.get("/en/services/web/").content.decode()
    assert 'href="/en/organisations/wood/"' in html
    assert "Not verified yet" not in html


def test_structured_data_says_what_is_offered_and_what_is_looked_for(client, service, need):
    service(slug="web", price_model="fixed", price=300)
    data = ld(client.get("/en/services/web/").content.decode(), "Service")
    assert data["provider"]["@type"] == "EducationalOrganization"
    assert data["offers"] | {"price": 300, "priceCurrency": "EUR"} == data["offers"]
    assert data["offers"]["@type"] == "Offer"
    assert data["serviceType"] == "Web design"
    need(slug="shop", deadline=TODAY, starts=TODAY)
    data = ld(client.get("/en/needs/shop/").content.decode(), "Demand")
    assert data["availabilityEnds"] == TODAY.isoformat()
    assert data["itemOffered"]["name"].startswith("A shop")


def test_an_open_need_says_how_many_days_are_left_and_a_closed_one_that_it_is_closed(client, need):
    need(slug="soon", deadline=TODAY + datetime.timedelta(days=1))
    html = client.get("/en/needs/soon/").content.decode()
    assert "1 day is left." in html
    assert "Answer this need" in html
    need(slug="today", deadline=TODAY)
    assert "Today is the last day." in client.get("/en/needs/today/").content.decode()
    need(slug="over", deadline=TODAY - datetime.timedelta(days=1))
    need(slug="answered", closed_on=TODAY)
    for slug in ("over", "answered"):
        html = client.get(f"/en/needs/{slug}/").content.decode()
        assert "This need is closed" in html
        assert "Answer this need" not in html
        assert "days left" not in html


def test_the_confidential_part_stands_on_no_public_page(client, need):
    page = need(slug="shop", confidential=True)
    made.NeedDetailsFactory(need_key=page.translation_key, text=SECRET)
    for path in (
        "needs/",
        "needs/shop/",
        "needs/feed/",
        "needs/shop/?as=history",
        "search/?q=mill",
    ):
        html = client.get(f"/en/{path}").content.decode()
        assert SECRET not in html
        assert "old mill" not in html
    assert "There is a confidential part" in client.get("/en/needs/shop/").content.decode()
    assert "mill" not in page.search_document().body


@pytest.mark.parametrize("section", ["services", "needs"])
def test_readers_of_another_language_get_the_page_with_menus_of_theirs(
    client, service, need, section
):
    page = {"services": service, "needs": need}[section]("en", slug="one")
    html = client.get(f"/fi/{section}/one/").content.decode()
    assert '<html lang="fi"' in html
    assert '<article lang="en" dir="ltr">' in html
    assert page.title in html
    assert client.get(f"/lv/{section}/one/").status_code == 200


def test_a_page_in_several_languages_names_them_all(client, service):
    key = uuid4()
    service("en", slug="web", translation_key=key)
    service("lv", slug="timeklis", translation_key=key)
    html = client.get("/en/services/web/").content.decode()
    assert re.search(r'<link[^>]*hreflang="lv"[^>]*/lv/services/timeklis/', html)
    assert client.get("/sitemap-lv-1.xml").content.decode().count("/services/timeklis/") >= 1


@pytest.mark.parametrize("code", ["de", "en", "fi", "it", "lt", "lv", "pl", "pt"])
def test_lists_and_pages_show_in_every_language(client, service, need, code):
    page = service(slug="one", radius=30, place=["company"])
    window(page)
    service(slug="two")
    need(slug="one", confidential=True)
    need(slug="shut", closed_on=TODAY)
    make_site(["en", code])
    for path in ("services/one/", "needs/one/", "needs/shut/"):
        assert client.get(f"/{code}/{path}").status_code == 200, path


def test_texts_of_members_are_shown_as_text(client, service, need):
    evil = "<script>alert(1)</script>"
    page = service(slug="one", title=evil, supervision=evil, price_note=evil, programme=evil)
    window(page, note=evil)
    need(slug="one", outcome=evil, requirements=evil, supervision=evil)
    for path in ("services/", "services/one/", "needs/", "needs/one/"):
        assert evil not in client.get(f"/en/{path}").content.decode(), path


def test_anonymous_readers_get_no_cookie(client, service, need):
    service(slug="one")
    need(slug="one")
    for path in ("services/", "services/one/", "needs/", "needs/one/"):
        assert not client.get(f"/en/{path}").cookies, path


def test_drafts_that_say_little_can_be_looked_at(rf, service, need):
    """Members and editors see a page before everything is filled in."""
    empty = {"team_smallest": None, "team_largest": None, "hours": None, "lead_time": None}
    pages = [
        service(draft=True, place=[], languages=[], field="", category="", **empty),
        need(draft=True, deadline=None, place=[], languages=[], category="", budget=""),
    ]
    for page in pages:
        request = rf.get("/en/")
        request.is_preview = True
        response = page.serve(request)
        assert response.status_code == 200
        assert page.title in response.rendered_content
