"""A desk sees what waits for it and its region in figures, never a number under five."""

import datetime
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale

from marketplace.deals.models import Deal
from marketplace.desk import figures, views
from organisations.services import ensure_desk
from tests.factories.accounts import person
from tests.factories.deals import DealFactory, mediator
from tests.factories.marketplace import NeedIndexPageFactory, NeedPageFactory
from tests.factories.organisations import MembershipFactory, OrganisationFactory

DAY = datetime.timedelta(days=1)


@pytest.fixture
def chamber(db):
    return OrganisationFactory(kind="chamber", country="LT", place="Kaunas", postal_code="")


@pytest.fixture
def clerk(chamber):
    """A person of the desk, who belongs to a Lithuanian chamber."""
    someone = person()
    someone.groups.add(ensure_desk())
    MembershipFactory(organisation=chamber, user=someone)
    return type(someone).objects.get(pk=someone.pk)


@pytest.fixture
def needs(site):
    return NeedIndexPageFactory(parent=site["en"])


def need(index, days: float, answered: float | None = None, side="provider", **fields):
    """A need that was first public `days` ago, and answered so many days later."""
    since = timezone.now() - days * DAY
    page = NeedPageFactory(
        parent=index,
        locale=Locale.objects.get(language_code="en"),
        first_published_at=since,
        **fields,
    )
    if answered is not None:
        deal = DealFactory(need_key=page.translation_key, side=side, client=page.organisation)
        Deal.objects.filter(pk=deal.pk).update(created_at=since + answered * DAY)
    return page


class TestAnsweredInTime:
    def test_counts_needs_of_a_year_whose_seven_days_are_over(self, needs):
        for _number in range(10):
            need(needs, 20, answered=6.9)
        for _number in range(5):
            need(needs, 20, answered=7.1)
        for _number in range(5):
            need(needs, 20)
        need(needs, 3, answered=1)  # its week is not over
        need(needs, 500, answered=1)  # too long ago
        NeedPageFactory(parent=needs, draft=True)
        assert figures.answered_in_time() == figures.Share(20, 10, 50)

    def test_a_clients_own_enquiry_is_no_answer(self, needs):
        for _number in range(5):
            need(needs, 20, answered=1, side="client")
        for _number in range(5):
            need(needs, 20, answered=1)
        assert figures.answered_in_time() == figures.Share(10, 5, 50)

    def test_says_nothing_of_few(self, needs):
        for _number in range(8):
            need(needs, 20, answered=1)
        need(needs, 20)
        assert figures.answered_in_time() == figures.Share(9, None, None)

    def test_stands_on_the_public_list(self, client, needs):
        for _number in range(5):
            need(needs, 20, answered=1)
        for _number in range(5):
            need(needs, 20)
        page = client.get("/en/needs/").content.decode()
        assert "50 % of needs were answered within 7 days: 5 of 10" in page


def test_a_desk_sees_its_area_and_nobody_else_sees_a_desk(client, clerk, needs):
    mine = need(needs, 3)
    elsewhere = need(needs, 3, organisation=OrganisationFactory(kind="company", country="LV"))
    answered = need(needs, 3, answered=1)
    for stranger in (person(), MembershipFactory().user):
        client.force_login(stranger)
        assert client.get("/en/account/desk/").status_code == 404
        assert client.get("/en/account/desk/figures.csv").status_code == 404
    client.logout()
    assert client.get("/en/account/desk/").status_code == 302
    client.force_login(clerk)
    page = client.get("/en/account/desk/").content.decode()
    assert mine.title in page
    assert elsewhere.title not in page
    assert answered.title not in page
    assert reverse("campaign:index") in page


def test_deals_are_counted_without_a_number_under_five(client, clerk, chamber):
    for state, number in (("enquiry", 12), ("declined", 3), ("withdrawn", 6)):
        for _number in range(number):
            DealFactory(state=state)
    table = figures.deals(figures.Area(countries=("LT",)), "en")["state"]
    assert [(code, number) for code, _label, number in table.rows] == [
        ("enquiry", 12),
        ("declined", None),
        ("withdrawn", None),
    ]
    assert table.total == 21
    client.force_login(clerk)
    answer = client.get("/en/account/desk/figures.csv")
    text = answer.content.decode()
    assert text.startswith("\ufeff")
    assert "declined,Declined,<5" in text
    assert not client.get("/en/account/desk/figures.csv?bom=0").content.startswith(b"\xef\xbb\xbf")


def test_who_mediates_sees_disputes_and_others_of_the_desk_too(client, clerk):
    deal = DealFactory(state="disputed", title="Broken chairs")
    quiet = DealFactory(state="in_progress", title="Whole chairs")
    for who in (mediator(), clerk):
        client.force_login(who)
        page = client.get("/en/account/desk/").content.decode()
        assert deal.title in page
        assert quiet.title not in page


@pytest.mark.django_db
def test_of_many_disputes_the_oldest_are_shown_and_the_others_are_counted(client, monkeypatch):
    monkeypatch.setattr(views, "SHOWN", 2)
    for title in ("First", "Second", "Third"):
        DealFactory(state="disputed", title=f"{title} dispute")
    client.force_login(mediator())
    page = client.get("/en/account/desk/").content.decode()
    assert "First dispute" in page
    assert "Second dispute" in page
    assert "Third dispute" not in page
    assert "Not shown here: 1" in page


def test_asks_as_much_for_many_as_for_one(client, clerk, needs, django_assert_max_num_queries):
    for number in range(12):
        need(needs, 3)
        need(needs, 20, answered=1)
        DealFactory(state="disputed", title=f"Dispute {number}", service_key=uuid.uuid4())
    client.force_login(clerk)
    client.get("/en/account/desk/")
    with django_assert_max_num_queries(15):
        assert client.get("/en/account/desk/").status_code == 200
