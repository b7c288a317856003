"""Which services and needs are read for each other, and what reading costs."""

import datetime
from uuid import uuid4

import pytest
from django.utils import timezone, translation

from core import meaning
from marketplace import matches
from marketplace.models import NeedPage, ServicePage
from tests.factories import copies
from tests.factories.marketplace import (
    CapacityWindowFactory,
    NeedIndexPageFactory,
    NeedPageFactory,
    ServiceIndexPageFactory,
    ServicePageFactory,
)
from tests.factories.organisations import OrganisationFactory, VerificationFactory

pytestmark = pytest.mark.django_db


class Market:
    """The lists of two languages, with one need and one service that fits it."""

    def __init__(self, homes):
        keys = uuid4(), uuid4()
        self.sections = {
            (slug, code): factory(
                parent=homes[code], locale=homes[code].locale, translation_key=key
            )
            for code in ("en", "lv")
            for slug, factory, key in (
                ("services", ServiceIndexPageFactory, keys[0]),
                ("needs", NeedIndexPageFactory, keys[1]),
            )
        }
        self.need = self.add_need()
        self.service = self.add_service()

    def add_need(self, code="en", **values) -> NeedPage:
        parent = self.sections["needs", code]
        return NeedPageFactory(parent=parent, locale=parent.locale, **values)

    def add_service(self, code="en", window=True, **values) -> ServicePage:
        parent = self.sections["services", code]
        page = ServicePageFactory(parent=parent, locale=parent.locale, **values)
        if window:
            self.window = CapacityWindowFactory(service_key=page.translation_key)
        return page

    def services(self, **asked) -> list[str]:
        return [row["title"] for row in matches.services_for(self.need, "en", **asked).rows]

    def needs(self, **asked) -> list[str]:
        return [row["title"] for row in matches.needs_for(self.service, "en", **asked).rows]


@pytest.fixture
def market(site):
    return Market(site)


def test_what_fits_is_found_both_ways_with_reasons_in_words(market):
    (service,) = matches.services_for(market.need, "en").rows
    (need,) = matches.needs_for(market.service, "en").rows
    assert (service["title"], need["title"]) == (market.service.title, market.need.title)
    assert service["reasons"] == need["reasons"]
    assert service["reasons"][0] == "Common language: English"
    assert "Same category: Web design" in service["reasons"]
    assert "Price within the budget: Cost of materials" in service["reasons"]


def test_reasons_are_told_in_the_language_of_the_reader(market):
    with translation.override("fi"):
        (row,) = matches.services_for(market.need, "fi").rows
    assert any("Verkkosivut" in reason for reason in row["reasons"])


@pytest.mark.parametrize(
    "change",
    [
        {"live": False},
        {"category": "catering", "field": "10"},
        {"languages": ["fi"]},
        {"place": ["school"]},
        {"lead_time": 50},
    ],
)
def test_a_service_that_does_not_fit_is_found_from_neither_side(market, change):
    assert market.services() == [market.service.title]
    ServicePage.objects.filter(pk=market.service.pk).update(**change)
    market.service.refresh_from_db()
    assert market.services() == []
    if market.service.live:
        assert market.needs() == []


@pytest.mark.parametrize(
    "change", [{"live": False}, {"closed_on": timezone.localdate()}, {"languages": ["pl"]}]
)
def test_a_need_that_is_over_or_does_not_fit_is_not_found(market, change):
    assert market.needs() == [market.need.title]
    NeedPage.objects.filter(pk=market.need.pk).update(**change)
    assert market.needs() == []


def test_a_window_whose_places_are_taken_gives_no_time(market):
    market.window.taken = market.window.places
    market.window.save()
    found = matches.services_for(market.need, "en")
    assert found.rows == ()
    (row,) = found.nearly
    assert row["better"][0].startswith("It would fit if the learners had time between")


def test_nobody_is_matched_with_themselves_nor_with_what_was_merged_into_them(market):
    own = market.need.organisation
    ServicePage.objects.filter(pk=market.service.pk).update(organisation=own)
    assert market.services() == []
    merged = OrganisationFactory(name="Before the merger", merged_into=own)
    ServicePage.objects.filter(pk=market.service.pk).update(organisation=merged)
    assert market.services() == []


def test_a_service_in_two_languages_stands_once_in_the_best_one(market):
    copies.translate(market.service, [market.sections["services", "lv"]])
    (row,) = matches.services_for(market.need, "lv").rows
    assert row["lang"] == "lv"
    assert matches.services_for(market.need, "en").total == 1


def test_a_verified_organisation_comes_before_one_that_is_not(market):
    better = market.add_service(organisation__name="Second School")
    ServicePage.objects.update(first_published_at=timezone.now())
    ServicePage.objects.filter(pk=better.pk).update(
        first_published_at=timezone.now() - datetime.timedelta(days=900)
    )
    assert market.services() == [market.service.title, better.title]
    VerificationFactory(organisation=better.organisation)
    assert market.services() == [better.title, market.service.title]


def test_texts_near_in_meaning_are_found_and_counted(market, monkeypatch):
    other = market.add_service(category="marketing", field="04")
    assert market.services() == [market.service.title]
    key = str(other.translation_key)
    monkeypatch.setattr(meaning, "_tellers", [lambda asked: {key: 0.9}])
    rows = matches.services_for(market.need, "en").rows
    assert other.title in [row["title"] for row in rows]
    assert any("The texts are about the same" in row["reasons"] for row in rows)


def test_reading_costs_two_queries_for_one_and_for_thirty(market, django_assert_num_queries):
    for number in (1, 30):
        with django_assert_num_queries(2):
            assert matches.services_for(market.need, "en").total == number
        with django_assert_num_queries(2):
            assert matches.needs_for(market.service, "en").total == number
        if number == 1:
            keys = [uuid4() for _ in range(29)]
            copies.repeat(market.service, market.sections["services", "en"], keys)
            others = [uuid4() for _ in range(29)]
            copies.repeat(market.need, market.sections["needs", "en"], others)
            for key in keys:
                CapacityWindowFactory(service_key=key)
    assert len(matches.services_for(market.need, "en", limit=None).rows) == 30
