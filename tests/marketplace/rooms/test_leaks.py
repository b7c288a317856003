"""Every address of a deal, as everybody: what is not yours is not found."""

import uuid

import pytest
from django.urls import reverse

from marketplace.deals.states import State
from marketplace.rooms import files, links, services
from marketplace.rooms.urls import urlpatterns
from tests.factories.deals import DealFactory

pytestmark = pytest.mark.django_db
# Without the key of a deal: they show to each person their own.
OWN = {"ask", "answer", "deals", "deals-calendar"}
SECRET = "Nobody else may read this."
OUTSIDERS = ("contact", "stranger", "nobody", "desk")


@pytest.fixture
def deal(school, company, people):
    made = DealFactory(
        provider=school,
        client=company,
        user=people.client,
        state=State.COUNTER_PROPOSED,
        title=SECRET,
    )
    checked = [files.checked("plan.txt", SECRET.encode())]
    services.say(made, people.client, SECRET, uuid.uuid4(), files=checked)
    return made


def addresses(deal) -> dict[str, str]:
    """Every address with the key of a deal, by its name."""
    attachment = deal.messages.get().attachments.get()
    more = {
        "deal-move": ["decline"],
        "message-translate": [deal.messages.get().pk],
        "deal-file": [links.of_file(attachment)],
    }
    names = {pattern.name for pattern in urlpatterns} - OWN
    return {
        name: reverse(f"marketplace:{name}", args=[deal.key, *more.get(name, [])]) for name in names
    }


def test_every_address_of_a_deal_is_for_its_two_sides_alone(client, deal, people):
    found = addresses(deal)
    assert {"deal", "deal-move", "deal-propose", "deal-proposals", "deal-file"} <= set(found)
    for name, url in found.items():
        for person in ("provider", "provider_editor", "client"):
            client.force_login(getattr(people, person))
            assert client.get(url).status_code in (200, 302), (name, person)
        for person in OUTSIDERS:
            client.force_login(getattr(people, person))
            for answer in (client.get(url), client.post(url, {"text": "x", "reason": "x"})):
                assert answer.status_code in (404, 405), (name, person)
                assert SECRET not in answer.content.decode()
        client.logout()
        answer = client.get(url)
        assert answer.status_code == 302, name
        assert "login" in answer.url
        answer = client.post(url, {"text": "x", "reason": "x"})
        assert SECRET not in answer.content.decode()
    deal.refresh_from_db()
    assert deal.state == State.COUNTER_PROPOSED
    assert deal.messages.count() == 1


def test_lists_show_a_deal_to_its_two_sides_alone(client, deal, people):
    for person in OUTSIDERS:
        user = getattr(people, person)
        client.force_login(user)
        assert SECRET not in client.get(reverse("marketplace:deals")).content.decode()
        assert SECRET not in client.get(links.calendar(user)).content.decode()
        assert client.get(links.calendar(user, deal)).status_code == 404


def test_a_desk_sees_the_deal_while_it_mediates(client, school, company, people):
    deal = DealFactory(
        provider=school, client=company, user=people.client, state=State.DISPUTED, title=SECRET
    )
    client.force_login(people.desk)
    url = reverse("marketplace:deal", args=[deal.key])
    page = client.get(url).content.decode()
    assert SECRET in page
    assert reverse("marketplace:deal-move", args=[deal.key, "resolve"]) in page
    client.post(url, {"text": "What do you both want?", "token": str(uuid.uuid4())})
    assert deal.messages.get().side == "desk"


def test_no_answer_is_kept_by_a_cache(client, deal, people):
    client.force_login(people.client)
    for url in addresses(deal).values():
        assert "no-store" in client.get(url)["Cache-Control"], url
