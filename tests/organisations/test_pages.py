"""List, map and profile as visitors meet them; what is private is on none of them."""

import json
import re
from html import unescape

import pytest
from django.core.exceptions import ValidationError
from wagtail.test.utils import WagtailPageTestCase
from wagtail.test.utils.form_data import rich_text

from core.models import OutboxEntry
from home.models import HomePage
from organisations.listing import places
from organisations.models import OrganisationIndexPage, OrganisationPage
from tests.conftest import make_site
from tests.factories.forms import page_form
from tests.factories.organisations import (
    NetworkMembershipFactory,
    OrganisationFactory,
    OrganisationIndexPageFactory,
    OrganisationPageFactory,
    VerificationFactory,
)

pytestmark = pytest.mark.django_db
LIMIT = 8


class TestPlaces(WagtailPageTestCase):
    """Where the page types may stand, and that editors can work on them."""

    def test_profile_stands_in_its_section_and_is_editable(self):
        self.assertAllowedParentPageTypes(OrganisationPage, {OrganisationIndexPage})
        self.assertAllowedParentPageTypes(OrganisationIndexPage, {HomePage})
        home = make_site(["en"])["en"]
        index = OrganisationIndexPageFactory(parent=home, locale=home.locale)
        page = OrganisationPageFactory(parent=index, locale=index.locale)
        self.assertPageIsRenderable(page)
        self.login()
        data = page_form(
            {
                "organisation": page.organisation_id,
                "sentence": "It trains joiners.",
                **{name: rich_text("<p>x</p>") for name in ("about", "offers", "looks_for")},
            }
        )
        self.assertPageIsEditable(page, post_data=data)
        self.assertPageIsPreviewable(page, post_data=data)


def test_profile_shows_facts_trust_and_networks(client, add, school):
    add(organisation=school.record, slug="wood", title="Wood")
    html = client.get("/en/organisations/wood/").content.decode()
    assert "Not verified yet" in html
    assert "Medium: 50 to 249 staff" in html
    assert "Zemgale" in html or "Vidzeme" in html or "Rīga" in html
    VerificationFactory(organisation=school.record)
    network = NetworkMembershipFactory(member=school.record).network
    add(organisation=network, slug="net", title="Workshop network")
    hidden = NetworkMembershipFactory(network=network).member
    html = client.get("/fi/organisations/wood/").content.decode()
    html_en = client.get("/en/organisations/wood/").content.decode()
    assert "12 May 2026 by National desk" in html_en
    assert "It stands in a public register" in html_en
    assert "/fi/organisations/net/?read=en" in html
    html = client.get("/en/organisations/net/").content.decode()
    assert "/en/organisations/wood/" in html
    assert hidden.name not in html
    data = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html_en, re.DOTALL)
    assert json.loads(data[0])["address"]["addressLocality"] == "Ogre"


@pytest.mark.parametrize("path", ["wood/", "", "?view=map", "?country=LV", "feed/"])
def test_nothing_private_is_public(client, add, school, path):
    school.record.staff = 98765432
    school.record.save()
    add(organisation=school.record, slug="wood", title="Wood")
    check = VerificationFactory(organisation=school.record, by=school.desk)
    secrets = ["Pays late", "98765432", check.note, school.desk.first_name]
    secrets += [
        word for one in (school.owner, school.contact) for word in (one.email, one.first_name)
    ]
    for person in (None, school.stranger, school.owner, school.desk):
        if person:
            client.force_login(person)
        html = client.get(f"/en/organisations/{path}").content.decode()
        assert [secret for secret in secrets if secret in html] == []


def test_html_in_every_text_is_shown_as_text(client, add, school):
    bad = "<img src=x onerror=alert(1)>"
    for name in ("name", "place"):
        setattr(school.record, name, bad)
    school.record.save()
    VerificationFactory(organisation=school.record, desk=bad)
    add(organisation=school.record, slug="wood", title=bad, sentence=bad)
    client.force_login(school.owner)
    for path in (
        "organisations/wood/",
        "organisations/",
        "account/organisations/",
        f"account/organisations/{school.record.key}/",
        f"account/organisations/{school.record.key}/edit/",
    ):
        html = client.get(f"/en/{path}").content.decode()
        assert bad not in html
        assert bad in unescape(html)


def test_list_is_narrowed_and_counted(client, add):
    lithuanian = OrganisationFactory(
        country="LT", postal_code="01103", kind="company", fields=["08"]
    )
    add(title="Ąžuolas", organisation=lithuanian)
    add(title="Wood")
    add(title="Draft", live=False)
    context = client.get("/en/organisations/").context
    assert [row["title"] for row in context["rows"]] == ["Ąžuolas", "Wood"]
    assert context["progress"]["sentence"] == "2 of 100 organisations"
    assert [facet["key"] for facet in context["facets"]] == ["country", "partner_kind", "field"]
    context = client.get("/en/organisations/?country=LT&field=08&kind=x&page=99").context
    assert [row["title"] for row in context["rows"]] == ["Ąžuolas"]
    region = next(facet for facet in context["facets"] if facet["key"] == "region")
    assert [(one["value"], one["count"]) for one in region["options"]] == [("LT011", 1)]
    assert {one["remove_url"] for one in context["chips"]} == {"?field=08", "?country=LT"}
    context = client.get("/en/organisations/?country=LT&field=07").context
    assert context["rows"] == []
    alone = client.get("/en/organisations/?country=LT").context
    assert [one["remove_url"] for one in alone["chips"]] == ["./"]
    assert [(one["code"], one["count"]) for one in places("en")] == [("LV", 1), ("LT", 1)]
    html = client.get("/fi/organisations/?view=map").content.decode()
    assert "/fi/organisations/?country=LT" in html


def test_narrow_fields_are_offered_within_the_one_field_that_is_chosen(client, add):
    for title, narrow in (("Wood", ["072"]), ("Metal", ["071"]), ("Both", ["071", "101"])):
        fields = ["07", "10"] if title == "Both" else ["07"]
        add(title=title, organisation=OrganisationFactory(fields=fields, narrow_fields=narrow))
    context = client.get("/en/organisations/?field=07&narrow_field=072&narrow_field=101").context
    assert [row["title"] for row in context["rows"]] == ["Wood"]
    facets = {facet["key"]: facet["options"] for facet in context["facets"]}
    assert [(one["value"], one["count"]) for one in facets["narrow_field"]] == [
        ("071", 2),
        ("072", 1),
    ]
    assert [one["count"] for one in facets["field"]] == [3, 1]
    context = client.get("/en/organisations/?narrow_field=072").context
    assert len(context["rows"]) == 3


def test_each_organisation_is_listed_once_in_the_best_language(client, add):
    page = add(title="Wood")
    add("fi", title="Puu", organisation=page.organisation, translation_key=page.translation_key)
    assert [row["title"] for row in client.get("/fi/organisations/").context["rows"]] == ["Puu"]


def test_search_follows_the_record_without_a_new_publication(add, school):
    page = add(organisation=school.record)
    OutboxEntry.objects.all().delete()
    school.record.place = "Jelgava"
    school.record.save()
    assert OutboxEntry.objects.get(kind="search.index").payload["translation_key"] == str(
        page.translation_key
    )


def test_a_record_has_one_profile(add, school):
    add(organisation=school.record)
    second = add(organisation=school.record, live=False)
    with pytest.raises(ValidationError, match="has a profile already"):
        second.full_clean()
