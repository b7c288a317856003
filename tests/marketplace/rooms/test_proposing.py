"""A proposal is written, filled in from what was there before, and compared with the version before."""

import datetime
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from marketplace.agreements.text import CRITERIA
from marketplace.deals.states import State
from tests.factories import marketplace
from tests.factories.deals import DealFactory

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def after(days: int) -> str:
    return (TODAY + datetime.timedelta(days=days)).isoformat()


def url(deal, name="deal-propose") -> str:
    return reverse(f"marketplace:{name}", args=[deal.key])


def typed(**more) -> dict:
    return {
        "token": str(uuid.uuid4()),
        "language": "lv",
        "scope": "Twelve stools of ash.",
        "starts": after(7),
        "ends": after(60),
        "price_model": "materials",
        "price_line": "340 euros for the wood.",
        "learns": "Joints that hold.",
        "supervision": "A trainer of the joinery.",
        "licence": "CC-BY-4.0",
        "title_0": "A first stool",
        "due_0": after(20),
        "title_1": "",
        "due_1": "",
        **{f"{code}_kept": "yes" for code in CRITERIA},
        **more,
    }


def test_a_proposal_is_filled_in_from_the_service(client, sections, school, company, people):
    service = marketplace.ServicePageFactory(parent=sections["lv"].services, organisation=school)
    deal = DealFactory(
        provider=school, client=company, service_key=service.translation_key, state=State.CLARIFYING
    )
    client.force_login(people.provider)
    page = client.get(url(deal)).content.decode()
    assert service.supervision in page
    assert "Plans a site with a client." in page
    assert '<option value="materials" selected>' in page
    assert '<option value="lv" selected>' in page


def test_a_form_without_texts_begins_in_the_language_of_its_side(client, school, company, people):
    deal = DealFactory(provider=school, client=company, state=State.CLARIFYING)
    for person, code in ((people.provider, "lv"), (people.client, "lt")):
        client.force_login(person)
        assert f'<option value="{code}" selected>' in client.get(url(deal)).content.decode()


def test_a_proposal_is_sent_once_and_the_next_begins_with_it(client, deal, people):
    client.force_login(people.provider)
    data = typed()
    for _again in range(2):
        assert client.post(url(deal), data).status_code == 302
    proposal = deal.proposals.get()
    assert proposal.milestones.get().title == "A first stool"
    assert proposal.conditions[CRITERIA[0]] == {"kept": True, "text": ""}
    assert proposal.language == "lv"
    deal.refresh_from_db()
    assert deal.state == State.PROPOSED
    client.force_login(people.client)
    page = client.get(url(deal)).content.decode()
    assert "Twelve stools of ash." in page
    assert "A first stool" in page
    # The client works in Lithuanian, but what is filled in is Latvian: the form says so.
    assert '<option value="lv" selected>' in page
    client.post(url(deal), typed(scope="Ten stools of ash."))
    assert [one.language for one in deal.proposals.all()] == ["lv", "lv"]
    deal.refresh_from_db()
    assert deal.state == State.COUNTER_PROPOSED
    page = client.get(url(deal, "deal-proposals")).content.decode()
    assert "<del>" in page
    assert "Ten</ins>" in page
    assert "Twelve</del>" in page
    assert client.get(url(deal, "deal-proposals"), {"version": "1"}).status_code == 200
    assert client.get(url(deal, "deal-proposals"), {"version": "3"}).status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"language": ""},
        {"language": "xx"},
        {"scope": ""},
        {"scope": "x" * 5001},
        {"learns": "\x00"},
        {"starts": "soon"},
        {"starts": after(9), "ends": after(8)},
        {"price_model": "barter"},
        {"due_0": ""},
        {"title_0": ""},
        {"due_0": after(90)},
        *({f"{code}_kept": ""} for code in CRITERIA),
        *({f"{code}_kept": "no", f"{code}_text": " "} for code in CRITERIA),
        {"licence": "mine"},
    ],
)
def test_bad_input_is_told_at_its_field_and_kept(client, deal, people, wrong):
    client.force_login(people.provider)
    answer = client.post(url(deal), typed(supervision="Kept text.") | wrong)
    name = list(wrong)[-1]
    assert answer.status_code == 422
    form = answer.context["form"]
    assert set(form.errors) & {name, "due_0", "title_0"}
    assert "Kept text." in answer.content.decode()
    assert not deal.proposals.exists()


def test_a_row_for_a_milestone_is_added_and_nothing_is_lost(client, deal, people):
    client.force_login(people.provider)
    data = typed(scope="", add="1")
    answer = client.post(url(deal), data)
    page = answer.content.decode()
    assert 'name="title_2"' in page
    assert "A first stool" in page
    assert "340 euros" in page
    assert data["token"] in page
    assert not deal.proposals.exists()


def test_nothing_is_proposed_when_the_result_is_delivered(client, school, company, people):
    deal = DealFactory(provider=school, client=company, state=State.DELIVERED)
    client.force_login(people.provider)
    assert client.get(url(deal)).url == url(deal, "deal")
    answer = client.post(url(deal), typed())
    assert answer.status_code == 422
    assert deal.proposals.count() == 1


def test_a_proposal_on_a_deal_that_has_changed_meanwhile_is_kept(client, deal, people):
    client.force_login(people.provider)
    answer = client.post(url(deal), typed(version=deal.version - 1 or 99))
    assert answer.status_code == 422
    assert "Twelve stools" in answer.content.decode()
    assert not deal.proposals.exists()


def test_what_was_typed_survives_a_sign_in_that_ran_out(client, deal):
    answer = client.post(url(deal), typed())
    assert answer.status_code == 422
    assert "Twelve stools" in answer.content.decode()
    assert deal.title not in answer.content.decode()
