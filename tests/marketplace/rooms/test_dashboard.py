"""Everybody's list of deals, and the calendar of them."""

import pytest
from django.urls import reverse
from icalendar import Calendar

from marketplace.deals.states import State
from marketplace.rooms import links
from tests.factories import marketplace
from tests.factories.deals import DealFactory
from tests.factories.organisations import MembershipFactory

pytestmark = pytest.mark.django_db
LIMIT = 15


def page_of(client, person, **query) -> str:
    client.force_login(person)
    answer = client.get(reverse("marketplace:deals"), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_says_what_waits_and_leads_to_the_deal(client, deal, people):
    room = reverse("marketplace:deal", args=[deal.key])
    mine = page_of(client, people.provider)
    assert 'class="deal-item deal-item--waiting"' in mine
    assert room in mine
    theirs = page_of(client, people.client)
    assert 'class="deal-item deal-item--waiting"' not in theirs
    assert room in theirs
    for person in (people.stranger, people.contact, people.nobody):
        assert room not in page_of(client, person)
    assert reverse("organisations:register") in page_of(client, people.nobody)


def test_it_says_where_nobody_can_act_for_the_other_side(client, deal, people):
    told = f"At present nobody can act for {deal.provider.name}"
    assert told not in page_of(client, people.client)
    people.provider.is_active = False
    people.provider.save()
    deal.provider.memberships.exclude(user=people.provider).delete()
    assert told in page_of(client, people.client)


def test_deals_are_listed_by_state(client, school, company, people):
    DealFactory(provider=school, client=company, title="An enquiry")
    DealFactory(provider=school, client=company, title="Declined one", state=State.DECLINED)
    page = page_of(client, people.client)
    assert "An enquiry" in page
    assert "Declined one" not in page
    assert "Declined one" in page_of(client, people.client, state="over")
    assert "Declined one" in page_of(client, people.client, state="declined")
    for nonsense in ("x", "\x01", "../"):
        assert "An enquiry" in page_of(client, people.client, state=nonsense, page="9" * 30)


def test_it_shows_listings_and_the_places_left(client, sections, school, people):
    service = marketplace.ServicePageFactory(parent=sections["lv"].services, organisation=school)
    marketplace.CapacityWindowFactory(service_key=service.translation_key, places=7, taken=2)
    draft = marketplace.ServicePageFactory(
        parent=sections["lv"].services, organisation=school, draft=True
    )
    page = page_of(client, people.provider)
    assert service.title in page
    assert draft.title in page
    assert "5 of 7" in page
    assert service.title not in page_of(client, people.client)


def test_it_costs_the_same_for_1_and_30_deals_among_300_others(
    client, sections, school, company, people, django_assert_max_num_queries
):
    service = marketplace.ServicePageFactory(parent=sections["lv"].services, organisation=school)
    marketplace.CapacityWindowFactory(service_key=service.translation_key)
    DealFactory(provider=school, client=company)
    page_of(client, people.provider)
    with django_assert_max_num_queries(LIMIT) as few:
        client.get(reverse("marketplace:deals"))
    for _number in range(29):
        DealFactory(provider=school, client=company)
    others = MembershipFactory().organisation
    for _number in range(300):
        DealFactory(provider=others, client=company)
    client.get(reverse("marketplace:deals"))
    with django_assert_max_num_queries(LIMIT) as many:
        client.get(reverse("marketplace:deals"))
    assert len(few) == len(many)


def test_the_calendar_has_milestones_and_deadlines(client, school, company, people):
    deal = DealFactory(provider=school, client=company, user=people.client, state=State.IN_PROGRESS)
    DealFactory(people=True, title="A stranger's deal")
    for address in (links.calendar(people.provider, deal), links.calendar(people.provider)):
        answer = client.get(address)
        assert answer["Content-Type"].startswith("text/calendar")
        assert "stranger" not in answer.content.decode()
        events = Calendar.from_ical(answer.content).walk("VEVENT")
        names = {str(event["UID"]).split("-")[0] for event in events}
        assert names == {"start", "end", "milestone", "due"}


def test_a_calendar_ends_with_the_password(client, deal, people):
    address = links.calendar(people.provider, deal)
    people.provider.set_password("another one of her own")
    people.provider.save()
    assert client.get(address).status_code == 404
    assert client.get(links.calendar(people.provider, deal)).status_code == 200


def test_a_calendar_ends_with_the_membership(client, deal, people):
    address = links.calendar(people.provider, deal)
    assert client.get(address).status_code == 200
    people.provider.memberships.all().delete()
    assert client.get(address).status_code == 404
    everything = Calendar.from_ical(client.get(links.calendar(people.provider)).content)
    assert everything.walk("VEVENT") == []
    forged = reverse("marketplace:deals-calendar", args=["WzEsIDBd:x:y"])
    assert client.get(forged).status_code == 404
