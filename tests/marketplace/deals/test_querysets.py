"""Whose deals are whose, and what waits for whom."""

import pytest

from marketplace.deals.models import Deal
from marketplace.deals.states import Side, State
from organisations.models import Membership, Organisation
from tests.factories.deals import DealFactory, mediator
from tests.factories.organisations import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", State)
def test_a_deal_comes_to_every_state_with_a_line_for_each_step(state):
    deal = DealFactory(state=state)
    deal.refresh_from_db()
    assert deal.state == state
    assert list(deal.steps.values_list("number", flat=True)) == list(range(1, deal.version + 1))
    assert deal.steps.last().to_state == state
    assert (deal.due_at is None) == deal.is_over


def test_owners_and_editors_of_both_sides_see_a_deal_and_nobody_else():
    deal = DealFactory(people=True)
    editor = MembershipFactory(organisation=deal.client, role="editor").user
    contact = MembershipFactory(organisation=deal.client, role="contact").user
    stranger = MembershipFactory().user
    seeing = [
        user
        for user in (deal.provider_user, deal.client_user, editor, contact, stranger, mediator())
        if deal in Deal.objects.visible_to(user)
    ]
    assert seeing == [deal.provider_user, deal.client_user, editor]
    assert deal.side_of(editor) == Side.CLIENT
    assert deal.side_of(contact) is None


def test_what_waits_is_counted_for_each_person():
    asked = DealFactory(people=True)
    provider, client = asked.provider_user, asked.client_user
    DealFactory(provider=asked.provider, client=asked.client, state="delivered")
    DealFactory(provider=asked.provider, client=asked.client, state="closed")
    found = {user: Deal.objects.visible_to(user).counts(user) for user in (provider, client)}
    assert found == {
        provider: {"waiting": 1, "open": 2, "over": 1},
        client: {"waiting": 1, "open": 2, "over": 1},
    }
    assert list(Deal.objects.waiting_for(Side.PROVIDER)) == [asked]
    assert Deal.objects.waiting_for_person(mediator()).count() == 0


def test_a_desk_sees_disputes_but_is_none_where_it_is_a_party():
    deal, other = DealFactory(state="disputed", people=True), DealFactory()
    desk = mediator()
    assert list(Deal.objects.visible_to(desk).open().exclude(pk=other.pk)) == [deal]
    assert deal.side_of(desk) == Side.DESK
    MembershipFactory(organisation=deal.client, user=desk)
    assert deal.side_of(desk) == Side.CLIENT


def test_a_merged_record_is_attended_by_those_of_the_record_that_was_kept():
    kept = MembershipFactory().organisation
    deal = DealFactory(people=True)
    left = DealFactory()
    assert set(Deal.objects.unattended()) == {left}
    Membership.objects.filter(organisation=deal.provider).delete()
    assert set(Deal.objects.unattended()) == {left, deal}
    Organisation.objects.filter(pk=deal.provider_id).update(merged_into=kept)
    assert set(Deal.objects.unattended()) == {left}
