"""The room of a deal: who sees it, what it says, and what is written in it."""

import uuid

import pytest
from django.core import mail
from django.urls import reverse

from core import outbox
from core.models import OutboxEntry
from marketplace.agreements import services as agreements
from marketplace.deals.states import Side, State
from marketplace.rooms.models import Message
from tests.factories.deals import DealFactory, step

pytestmark = pytest.mark.django_db
LIMIT = 15


def address(deal, name="deal", *args) -> str:
    return reverse(f"marketplace:{name}", args=[deal.key, *args])


def write(client, deal, text="Is Tuesday good?", token=None, **more):
    data = {"text": text, "token": str(token or uuid.uuid4()), **more}
    return client.post(address(deal), data)


def say(deal, person, number: int = 1, thread=None):
    side = deal.side_of(person)
    rows = [
        Message(
            deal=deal,
            thread=thread,
            author=person,
            side=side,
            language=deal.language(side),
            text=f"Message {one}",
            token=uuid.uuid4(),
        )
        for one in range(number)
    ]
    return Message.objects.bulk_create(rows)


@pytest.mark.parametrize("state", State.values)
def test_the_room_says_in_every_state_what_comes_next(client, school, company, people, state):
    deal = DealFactory(provider=school, client=company, user=people.client, state=state)
    for person in (people.provider, people.client):
        client.force_login(person)
        answer = client.get(address(deal))
        assert answer.status_code == 200
        assert str(deal.next_for(deal.side_of(person))) in answer.content.decode()


def test_a_deal_that_is_held_promises_nothing_that_has_been(client, school, company, people):
    deal = DealFactory(provider=school, client=company, state="delivered")
    step(deal, "dispute", Side.CLIENT)
    client.force_login(people.provider)
    rows = client.get(address(deal)).context["rows"]
    assert [row.state for row in rows if row.phase == "future"] == [
        "accepted",
        "reviewed",
        "closed",
    ]


def test_a_proposal_and_an_agreement_are_told_once(client, school, company, people):
    deal = DealFactory(provider=school, client=company, state="proposed")
    proposal = deal.proposals.get()
    for person in (people.client, people.provider):
        agreements.accept(deal, person, agreements.current(deal).sha256, uuid.uuid4())
    client.force_login(people.provider)
    rows = {row.state: row for row in client.get(address(deal)).context["rows"]}
    (proposed,) = rows["proposed"].cards
    assert "made a proposal" in proposed.title
    assert proposed.said == proposal.scope
    accepted = rows["agreed"]
    assert [len(accepted.provider), len(accepted.client), len(accepted.cards)] == [1, 1, 2]


def test_the_title_of_a_deal_is_in_the_language_of_who_began(client, school, company, people):
    deal = DealFactory(provider=school, client=company, title="Svetainė")
    client.force_login(people.provider)
    page = client.get(address(deal)).content.decode()
    assert '<h1 lang="lt">Svetainė</h1>' in page
    assert '<bdi aria-current="page" lang="lt">Svetainė</bdi>' in page
    assert 'lang="lt">Svetainė</a>' in client.get(reverse("marketplace:deals")).content.decode()


def test_buttons_are_those_moves_that_are_possible(client, deal, people):
    client.force_login(people.provider)
    page = client.get(address(deal)).content.decode()
    assert address(deal, "deal-move", "decline") in page
    assert address(deal, "deal-propose") in page
    assert address(deal, "deal-move", "withdraw") not in page
    client.force_login(people.client)
    page = client.get(address(deal)).content.decode()
    assert address(deal, "deal-move", "withdraw") in page
    assert address(deal, "deal-move", "decline") not in page


def test_the_first_word_of_who_was_asked_answers_the_enquiry(client, deal, people):
    client.force_login(people.client)
    write(client, deal, "One thing more.")
    deal.refresh_from_db()
    assert deal.state == State.ENQUIRY
    client.force_login(people.provider)
    answer = write(client, deal, "Jā, ar prieku.", follow="")
    said = deal.messages.get(side="provider")
    assert answer.url.endswith(f"#message-{said.pk}")
    deal.refresh_from_db()
    assert deal.state == State.CLARIFYING
    assert (said.language, said.author) == ("lv", people.provider)


def test_a_message_that_is_sent_twice_stands_there_once(client, deal, people):
    client.force_login(people.provider)
    token = uuid.uuid4()
    for _again in range(2):
        assert write(client, deal, "Jā.", token).status_code == 302
    assert deal.messages.count() == 1
    assert deal.steps.count() == 2


def test_the_other_side_hears_of_a_message_and_not_what_it_says(client, deal, people):
    OutboxEntry.objects.all().delete()  # of the enquiry
    client.force_login(people.client)
    write(client, deal, "Nobody else may read this.")
    waiting = OutboxEntry.objects.filter(kind__startswith="rooms.", done_at=None)
    while entry := waiting.order_by("pk").first():
        outbox.work.call(entry.pk)
        entry.refresh_from_db()
        assert entry.done_at, entry.error
    assert {one.to[0] for one in mail.outbox} == {
        people.provider.email,
        people.provider_editor.email,
    }
    assert "Nobody else" not in str(mail.outbox[0].message())
    assert address(deal) in mail.outbox[0].body


def test_an_answer_stands_with_what_it_answers(client, deal, people):
    first, second = say(deal, people.client, 2)
    client.force_login(people.provider)
    page = client.get(address(deal), {"reply": first.pk}).content.decode()
    assert f'name="thread" value="{first.pk}"' in page
    write(client, deal, "To the first.", thread=first.pk)
    said = deal.messages.get(text="To the first.")
    assert said.thread == first
    write(client, deal, "And to that.", thread=said.pk)
    assert deal.messages.get(text="And to that.").thread == first
    page = client.get(address(deal)).content.decode()
    assert page.index("To the first.") < page.index(second.text)


def test_nobody_answers_a_message_of_another_deal(client, deal, people):
    other = DealFactory(people=True)
    (foreign,) = say(other, other.client_user)
    client.force_login(people.provider)
    assert write(client, deal, thread=foreign.pk).status_code == 404
    page = client.get(address(deal), {"reply": foreign.pk}).content.decode()
    assert foreign.text not in page
    assert deal.messages.count() == 0


@pytest.mark.parametrize("text", ["", " \x00\n", "x" * 5001])
def test_a_bad_message_is_told_at_its_field_and_kept(client, deal, people, text):
    client.force_login(people.provider)
    answer = write(client, deal, text, thread="nonsense", version="\x00")
    assert answer.status_code == 422
    assert b'id="id_text_error"' in answer.content
    assert text.strip("\x00 \n") in answer.content.decode()
    assert deal.messages.count() == 0


def test_texts_carry_their_own_language(client, deal, people):
    say(deal, people.client)
    client.force_login(people.provider)
    page = client.get(f"/fi{address(deal).removeprefix('/en')}").content.decode()
    assert '<html lang="fi"' in page
    assert '<div class="message-text said" lang="lt"' in page


def test_what_was_written_survives_a_sign_in_that_ran_out(client, deal, people):
    answer = write(client, deal, "A long thought.")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "A long thought." in page
    assert deal.title not in page
    assert deal.messages.count() == 0


def test_nothing_is_written_after_a_deal_was_declined(client, school, company, people):
    deal = DealFactory(provider=school, client=company, state=State.DECLINED)
    client.force_login(people.client)
    assert b'name="text"' not in client.get(address(deal)).content
    assert write(client, deal).status_code == 422
    assert deal.messages.count() == 0


def test_a_step_needs_its_reason_and_is_made_once(client, deal, people):
    client.force_login(people.provider)
    url = address(deal, "deal-move", "decline")
    assert client.get(url).status_code == 200
    data = {"token": str(uuid.uuid4()), "version": deal.version, "reason": " "}
    answer = client.post(url, data)
    assert answer.status_code == 422
    assert b'id="id_reason_error"' in answer.content
    data["reason"] = "We have no time before May."
    for _again in range(2):
        assert client.post(url, data).status_code == 302
    deal.refresh_from_db()
    assert deal.state == State.DECLINED
    assert deal.steps.get(move="decline").reason == "We have no time before May."
    assert b"We have no time before May." in client.get(address(deal)).content


def test_a_step_on_a_deal_that_has_changed_meanwhile_keeps_the_reason(client, deal, people):
    client.force_login(people.provider)
    seen = deal.version
    write(client, deal, "Jā.")
    url = address(deal, "deal-move", "decline")
    data = {"token": str(uuid.uuid4()), "version": seen, "reason": "No room."}
    answer = client.post(url, data)
    assert answer.status_code == 422
    assert b"No room." in answer.content
    deal.refresh_from_db()
    assert deal.state == State.CLARIFYING
    assert client.post(url, data | {"version": deal.version}).status_code == 302
    deal.refresh_from_db()
    assert deal.state == State.DECLINED


@pytest.mark.parametrize("version", ["", "-1", "\x00", "9" * 30, "x"])
def test_a_step_that_is_not_possible_leads_back_to_the_room(client, deal, people, version):
    client.force_login(people.client)
    data = {"token": "x\x00", "version": version, "reason": "Because."}
    answer = client.post(address(deal, "deal-move", "decline"), data, follow=True)
    assert answer.redirect_chain
    assert answer.redirect_chain[-1][0] == address(deal)
    assert client.get(address(deal, "deal-move", "no-such-move")).status_code == 404
    assert client.get(address(deal, "deal-move", "open")).status_code == 404
    deal.refresh_from_db()
    assert deal.state == State.ENQUIRY


def test_the_room_costs_the_same_for_1_and_30_messages(
    client, school, company, people, django_assert_max_num_queries
):
    deal = DealFactory(
        provider=school, client=company, user=people.client, state=State.COUNTER_PROPOSED
    )
    say(deal, people.client)
    client.force_login(people.provider)
    client.get(address(deal))
    with django_assert_max_num_queries(LIMIT) as few:
        client.get(address(deal))
    (root, *_rest) = say(deal, people.client, 15)
    say(deal, people.provider, 15, root)
    with django_assert_max_num_queries(LIMIT) as many:
        client.get(address(deal))
    assert len(few) == len(many)


def test_it_is_said_where_nobody_can_act_for_the_other_side(client, deal, people):
    told = "At present nobody can act for"
    client.force_login(people.provider)
    assert told not in client.get(address(deal)).content.decode()
    people.client.memberships.all().delete()
    assert f"{told} {deal.client.name}" in client.get(address(deal)).content.decode()
