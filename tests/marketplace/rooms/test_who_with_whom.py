"""From the first question to an agreed deal, by addresses alone: school with school, and needs that are no projects."""

import pytest
from django.urls import reverse

from marketplace.agreements import services as agreements
from marketplace.deals.models import Deal
from tests.factories import marketplace
from tests.factories.organisations import MembershipFactory, OrganisationFactory
from tests.marketplace.rooms.test_begin import answer_url, ask_url
from tests.marketplace.rooms.test_begin import typed as asked
from tests.marketplace.rooms.test_proposing import typed as proposed

pytestmark = pytest.mark.django_db


@pytest.fixture
def other():
    """The owner of a second school."""
    return MembershipFactory(
        organisation=OrganisationFactory(name="Kauno mokykla", country="LT", place="Kaunas")
    ).user


def agreed(client, deal, asked_one, opener) -> Deal:
    """Who was asked proposes, and both accept what was drawn from it."""
    client.force_login(asked_one)
    sent = client.post(reverse("marketplace:deal-propose", args=[deal.key]), proposed())
    assert sent.status_code == 302
    for user in (opener, asked_one):
        client.force_login(user)
        text = agreements.current(deal)
        address = reverse("marketplace:agreement", args=[deal.key, text.number])
        assert client.get(address).status_code == 200
        answer = client.post(address, {"sha256": text.sha256, "agree": "on", "name": "A. Signer"})
        assert answer.status_code == 302
    deal.refresh_from_db()
    return deal


def test_a_school_asks_for_the_service_of_another_school(client, sections, school, people, other):
    service = marketplace.ServicePageFactory(parent=sections["lv"].services, organisation=school)
    mine = other.memberships.get().organisation
    client.force_login(other)
    client.post(ask_url(service), asked(mine))
    deal = agreed(client, Deal.objects.get(), people.provider, other)
    assert (deal.provider, deal.client, deal.state) == (school, mine, "agreed")


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("project", "do this work for the client"),
        ("placement", "work at the client and learn there"),
        ("apprenticeship", "work at the client and learn there"),
        ("job", "contract of employment"),
    ],
)
def test_a_school_answers_the_need_of_another_school_of_every_kind(
    client, sections, school, people, other, kind, words
):
    mine = other.memberships.get().organisation
    need = marketplace.NeedPageFactory(
        parent=sections["lt"].needs, organisation=mine, need_kind=kind
    )
    client.force_login(people.provider)
    client.post(answer_url(need), asked(school, language="en"))
    deal = agreed(client, Deal.objects.get(), other, people.provider)
    assert (deal.provider, deal.client, deal.state) == (school, mine, "agreed")
    assert deal.need_key == need.translation_key
    assert words in str(agreements.current(deal).texts["en"])
