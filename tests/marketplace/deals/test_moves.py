"""One move: whose it is, once, in order, with everything that belongs to it or not at all."""

import datetime
import uuid

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from marketplace.deals import moves, proposals, replay
from marketplace.deals.models import Deal, Step
from marketplace.deals.refusals import Refused, Stale
from marketplace.deals.signals import deal_moved
from marketplace.deals.states import Side
from marketplace.listings.capacity import CapacityWindow
from organisations.merging import merge
from tests.factories.accounts import UserFactory
from tests.factories.deals import DealFactory, mediator, proposal_values, step
from tests.factories.organisations import MembershipFactory, OrganisationFactory

pytestmark = pytest.mark.django_db


def window(deal: Deal, places: int = 1) -> CapacityWindow:
    today = datetime.date(2027, 1, 11)
    made = CapacityWindow.objects.create(
        service_key=deal.service_key, starts=today, ends=today, hours_a_week=4, places=places
    )
    Deal.objects.filter(pk=deal.pk).update(window=made)
    return made


def test_a_form_that_is_sent_twice_makes_one_step():
    deal, token = DealFactory(people=True), uuid.uuid4()
    first = moves.perform(deal, "answer", deal.provider_user, token=token, expected_version=1)
    again = moves.perform(deal, "answer", deal.provider_user, token=token, expected_version=1)
    assert again == first
    assert deal.version == 2
    with pytest.raises(Stale):
        moves.perform(deal, "decline", deal.provider_user, reason="No.", token=token)


def test_a_deal_is_opened_once_however_often_its_form_is_sent():
    token = uuid.uuid4()
    deal = DealFactory(token=token)
    fields = {"provider": deal.provider, "client": deal.client, "service_key": deal.service_key}
    assert DealFactory(token=token, **fields) == deal
    with pytest.raises(Refused):
        DealFactory(token=token)
    assert Deal.objects.count() == 1


def test_an_old_form_is_told_that_the_deal_has_changed():
    deal = DealFactory(people=True)
    moves.perform(deal, "answer", deal.provider_user)
    with pytest.raises(Stale, match="has changed meanwhile"):
        moves.perform(deal, "withdraw", deal.client_user, expected_version=1)
    moves.perform(deal, "withdraw", deal.client_user, expected_version=2)
    assert deal.state == "withdrawn"


def test_a_move_is_made_by_those_who_act_for_its_side():
    deal = DealFactory(people=True)
    contact = MembershipFactory(organisation=deal.provider, role="contact").user
    for user, side in (
        (contact, None),
        (UserFactory(), None),
        (mediator(), None),
        (deal.client_user, None),
        (deal.client_user, Side.PROVIDER),
    ):
        with pytest.raises(Refused):
            moves.perform(deal, "answer", user, side)
    with pytest.raises(Refused):
        moves.perform(deal, "answer")
    editor = MembershipFactory(organisation=deal.provider, role="editor").user
    assert moves.perform(deal, "answer", editor).side == Side.PROVIDER


def test_a_reason_is_asked_for_where_the_table_wants_one():
    deal = DealFactory(people=True)
    for empty in ("", "  \n", "\x00"):
        with pytest.raises(Refused, match="reason"):
            moves.perform(deal, "decline", deal.provider_user, reason=empty)
    made = moves.perform(deal, "decline", deal.provider_user, reason=" No room. \x00")
    assert made.reason == "No room."
    with pytest.raises(IntegrityError), transaction.atomic():
        Step.objects.filter(pk=made.pk).update(reason="")


def test_nothing_is_agreed_where_no_other_part_lets_it_through(monkeypatch):
    deal = DealFactory(state="proposed", people=True)
    monkeypatch.setattr(moves, "_guards", {})
    with pytest.raises(Refused):
        moves.perform(deal, "agree", deal.client_user)

    def object_to(deal):
        raise Refused("The other side has not accepted it.")

    monkeypatch.setattr(moves, "_guards", {"agree": object_to})
    with pytest.raises(Refused, match="has not accepted"):
        moves.perform(deal, "agree", deal.client_user)
    monkeypatch.setattr(moves, "_guards", {"agree": lambda deal: None})
    assert moves.perform(deal, "agree", deal.client_user).to_state == "agreed"


def test_another_part_that_refuses_takes_the_whole_move_back():
    deal = DealFactory(people=True)

    def refuse(deal, step, **kwargs):
        raise Refused("Not today.")

    deal_moved.connect(refuse)
    try:
        with pytest.raises(Refused, match="Not today"):
            moves.perform(deal, "answer", deal.provider_user)
    finally:
        deal_moved.disconnect(refuse)
    deal.refresh_from_db()
    assert (deal.state, deal.version, deal.steps.count()) == ("enquiry", 1, 1)


def test_a_pause_and_a_dispute_lead_back_to_where_they_began():
    deal = DealFactory(state="delivered", people=True)
    moves.perform(deal, "dispute", deal.provider_user, reason="No answer.")
    moves.perform(deal, "resolve", mediator(), reason="The client answers by Friday.")
    moves.perform(deal, "take_up", deal.client_user)
    assert deal.state == "delivered"
    paused = DealFactory(state="paused", people=True)
    moves.perform(paused, "dispute", paused.client_user, reason="Too long.")
    with pytest.raises(Refused):
        moves.perform(paused, "drop_dispute", paused.provider_user)
    moves.perform(paused, "drop_dispute", paused.client_user)
    assert paused.state == "in_progress"


def test_a_place_is_taken_with_the_agreement_and_given_back_before_the_start_only():
    first, second = DealFactory(state="proposed"), DealFactory(state="proposed")
    chosen = window(first)
    Deal.objects.filter(pk=second.pk).update(window=chosen)

    def taken() -> int:
        chosen.refresh_from_db()
        return chosen.taken

    step(first, "agree", Side.CLIENT)
    assert taken() == 1
    with pytest.raises(Refused, match="No place is left"):
        step(second, "agree", Side.CLIENT)
    second.refresh_from_db()
    assert second.state == "proposed"
    step(first, "cancel", Side.PROVIDER)
    assert taken() == 0
    step(second, "agree", Side.CLIENT)
    step(second, "start", Side.PROVIDER)
    step(second, "cancel", Side.PROVIDER)
    assert taken() == 1


def test_a_dispute_before_the_start_that_ends_in_cancelling_gives_the_place_back():
    deal = DealFactory(state="proposed")
    chosen = window(deal)
    for move, side in (
        ("agree", Side.CLIENT),
        ("dispute", Side.CLIENT),
        ("resolve", Side.DESK),
        ("cancel", Side.DESK),
    ):
        step(deal, move, side)
    chosen.refresh_from_db()
    assert chosen.taken == 0


def test_a_merged_organisation_goes_on_with_its_deals():
    deal = DealFactory(people=True)
    keep = MembershipFactory(organisation=OrganisationFactory(name="New College")).organisation
    newcomer = keep.memberships.get().user
    desk = UserFactory(is_superuser=True)
    merge(keep, deal.provider, desk)
    deal.refresh_from_db()
    for user in (newcomer, deal.provider_user):
        assert deal in Deal.objects.visible_to(user)
        assert deal.side_of(user) == Side.PROVIDER
    assert deal.organisation(Side.PROVIDER) == keep
    assert list(Deal.objects.of_organisation(keep)) == [deal]
    made = moves.perform(deal, "answer", newcomer)
    assert made.sentence == "New College answered the enquiry."


def test_who_comes_to_belong_to_both_sides_acts_for_the_one_that_is_waited_for():
    deal = DealFactory(people=True)
    MembershipFactory(organisation=deal.client, user=deal.provider_user)
    assert deal.side_of(deal.provider_user) == Side.PROVIDER
    step(deal, "answer", Side.PROVIDER)
    step(deal, "propose", Side.PROVIDER)
    assert deal.side_of(deal.provider_user) == Side.CLIENT


def test_a_member_who_leaves_sees_nothing_more_and_a_desk_sees_the_deal_that_nobody_attends():
    deal, desk = DealFactory(people=True), mediator()
    second = MembershipFactory(organisation=deal.provider).user
    moves.perform(deal, "answer", deal.provider_user)
    deal.provider.memberships.filter(user=deal.provider_user).delete()
    assert not Deal.objects.visible_to(deal.provider_user).exists()
    assert not Deal.objects.visible_to(desk).exists()
    second.is_active = False
    second.save()
    assert not Deal.objects.visible_to(second).exists()
    assert list(Deal.objects.visible_to(desk)) == [deal]
    assert deal.unattended() == [Side.PROVIDER]
    assert deal.side_of(desk) is None
    with pytest.raises(Refused):
        moves.perform(deal, "decline", desk, reason="Nobody is there.")


def test_an_erased_account_leaves_the_audit_line_without_its_name():
    deal = DealFactory(people=True)
    moves.perform(deal, "answer", deal.provider_user)
    proposals.propose(deal, deal.provider_user, proposal_values(), uuid.uuid4())
    deal.provider_user.delete()
    made = deal.steps.get(number=2)
    assert (made.actor, made.side) == (None, Side.PROVIDER)
    assert made.sentence == f"{deal.provider.name} answered the enquiry."
    assert deal.proposal.made_by is None


def test_the_database_refuses_what_no_code_should_ask_for():
    deal = DealFactory(state="closed")
    for wrong in (
        {"client": deal.provider},
        {"service_key": None},
        {"state": "somewhere"},
        {"awaits": "provider"},
        {"state": "paused", "resume_state": ""},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Deal.objects.filter(pk=deal.pk).update(**wrong)


def test_a_deal_that_was_changed_past_its_steps_is_found(capsys):
    right, wrong = DealFactory(state="reviewed"), DealFactory(state="agreed")
    call_command("deals", "verify")
    Deal.objects.filter(pk=wrong.pk).update(state="in_progress")
    with pytest.raises(CommandError, match="1 of 2 deals"):
        call_command("deals", "verify")
    said = capsys.readouterr().out
    assert str(wrong.key) in said
    assert str(right.key) not in said
    wrong.steps.filter(number=3).update(side="client")
    wrong.refresh_from_db()
    assert replay.faults(wrong, list(wrong.steps.all())) != []
    assert replay.faults(wrong, []) == ["it has no step"]
