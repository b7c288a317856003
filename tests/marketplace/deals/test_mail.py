"""Mails about deals: to whom the table says, in their language, and with nothing that was written there."""

import uuid

import pytest
from django.core import mail as sent
from wagtail.users.models import UserProfile

from marketplace.deals import mail, moves, proposals, timeouts
from marketplace.deals.models import RemindersStopped
from tests.factories.deals import DealFactory, mediator, proposal_values, step
from tests.factories.organisations import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def deal(do_work):
    made = DealFactory(people=True, state="in_progress")
    do_work()
    sent.outbox.clear()
    return made


def receivers() -> set[str]:
    return {address for one in sent.outbox for address in one.to}


def test_the_other_side_hears_of_a_move_in_its_language_without_what_was_written(deal, do_work):
    editor = MembershipFactory(organisation=deal.client, role="editor").user
    MembershipFactory(organisation=deal.client, role="contact")
    UserProfile.objects.create(user=editor, preferred_language="lt")
    moves.perform(deal, "pause", deal.provider_user, reason="The secret boiler broke.")
    do_work()
    assert receivers() == {deal.client_user.email, editor.email}
    for letter in sent.outbox:
        html = letter.alternatives[0].content
        for text in (letter.body, html):
            assert "boiler" not in text
            assert f"/account/deals/{deal.key}/" in text
            assert deal.client.name in text
        assert letter.extra_headers["Reply-To"].endswith("<no-reply@example.org>")
        assert "List-Unsubscribe" not in letter.extra_headers
    lithuanian = next(one for one in sent.outbox if one.to == [editor.email])
    assert lithuanian.extra_headers["Content-Language"] == "lt"
    assert f"/lt/account/deals/{deal.key}/" in lithuanian.body


def test_a_dispute_is_told_to_the_desk_and_what_it_decides_to_both_sides(deal, do_work):
    desk = mediator()
    moves.perform(deal, "dispute", deal.client_user, reason="No answer for weeks.")
    do_work()
    assert receivers() == {deal.provider_user.email, desk.email}
    sent.outbox.clear()
    moves.perform(deal, "resolve", desk, reason="Both go on.")
    do_work()
    assert receivers() == {deal.provider_user.email, deal.client_user.email}


def test_what_is_agreed_is_told_to_both_sides_and_to_colleagues_of_who_did_it(do_work):
    deal = DealFactory(people=True)
    colleague = MembershipFactory(organisation=deal.client).user
    proposals.propose(deal, deal.provider_user, proposal_values(), uuid.uuid4())
    do_work()
    sent.outbox.clear()
    step(deal, "agree", "client", deal.client_user)
    do_work()
    assert receivers() == {deal.provider_user.email, colleague.email}


def test_who_has_left_before_the_mail_goes_out_gets_none(deal, do_work):
    moves.perform(deal, "pause", deal.provider_user, reason="Holidays.")
    deal.client.memberships.all().delete()
    do_work()
    assert sent.outbox == []


def test_a_step_is_told_once_however_often_the_work_is_done(deal, do_work):
    moves.perform(deal, "pause", deal.provider_user, reason="Holidays.")
    do_work()
    do_work()
    assert len(sent.outbox) == 1
    assert sent.outbox[0].extra_headers["Message-ID"].startswith("<deal-step-")


def test_reminders_are_stopped_by_a_link_without_signing_in_and_moves_are_still_told(
    client, clock, do_work
):
    clock("2027-01-11 09:00")
    deal = DealFactory(people=True)
    clock("2027-01-18 09:00")
    timeouts.run()
    do_work()
    header = sent.outbox[-1].extra_headers["List-Unsubscribe"]
    path = header.strip("<>").removeprefix("http://localhost:8000")
    assert path in sent.outbox[-1].body
    assert "Stop reminders" in client.get(path).content.decode()
    assert not RemindersStopped.objects.exists()
    assert "no more reminders" in client.post(path).content.decode()
    assert client.post(path).status_code == 200
    assert client.get(f"{path[:-3]}x/").status_code == 404
    sent.outbox.clear()
    clock("2027-01-20 09:00")
    timeouts.run()
    do_work()
    assert sent.outbox == []
    moves.perform(deal, "withdraw", deal.client_user)
    do_work()
    assert receivers() == {deal.provider_user.email}
    mail.go_on(deal.provider_user)
    assert not RemindersStopped.objects.exists()
