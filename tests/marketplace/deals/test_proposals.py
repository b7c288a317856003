"""Versions of a proposal, and what differs between them."""

import datetime
import uuid

import pytest
from django.core.exceptions import ValidationError

from marketplace.deals import moves, proposals
from marketplace.deals.comparing import Change, Goal, MilestoneChange
from marketplace.deals.refusals import Refused, Stale
from marketplace.deals.states import Side
from tests.factories.deals import DealFactory, proposal_values

pytestmark = pytest.mark.django_db


def test_a_counter_proposal_is_the_next_version_and_the_first_stays():
    deal = DealFactory(people=True)
    first = proposals.propose(deal, deal.provider_user, proposal_values(), uuid.uuid4())
    assert (deal.state, deal.awaits, first.number) == ("proposed", "client", 1)
    assert first.language == "lv"
    values = proposal_values(scope="Six pages.")
    second = proposals.propose(deal, deal.client_user, values, uuid.uuid4())
    assert (deal.state, deal.awaits, second.number) == ("counter_proposed", "provider", 2)
    assert list(deal.proposals.values_list("scope", flat=True)) == [first.scope, "Six pages."]
    assert [goal.title for goal in second.milestones.all()] == ["A draft"]


def test_a_proposal_that_is_sent_twice_is_one_version():
    deal, token = DealFactory(people=True), uuid.uuid4()
    first = proposals.propose(deal, deal.provider_user, proposal_values(), token)
    assert proposals.propose(deal, deal.provider_user, proposal_values(), token) == first
    assert deal.proposals.count() == 1
    with pytest.raises(Stale):
        proposals.propose(
            deal, deal.client_user, proposal_values(), uuid.uuid4(), expected_version=1
        )


def test_no_proposal_is_announced_that_was_not_written():
    deal = DealFactory(state="clarifying", people=True)
    with pytest.raises(Refused, match="Write the proposal first"):
        moves.perform(deal, "propose", deal.provider_user)
    assert deal.state == "clarifying"


def test_who_may_not_propose_leaves_no_version():
    deal = DealFactory(people=True)
    with pytest.raises(Refused):
        proposals.propose(deal, deal.client_user, proposal_values(), uuid.uuid4())
    assert not deal.proposals.exists()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"scope": ""}, "scope"),
        ({"scope": "x" * 5001}, "scope"),
        ({"ends": datetime.date(2000, 1, 1)}, "ends"),
        ({"starts": None}, "starts"),
        ({"licence": "none of ours"}, "licence"),
        ({"price_model": "barter"}, "price_model"),
        ({"milestones": [{"title": "Late", "due": datetime.date(2100, 1, 1)}]}, "milestones"),
        ({"milestones": [{"title": "x", "due": datetime.date(2100, 1, 1)}] * 31}, "milestones"),
    ],
)
def test_a_wrong_value_is_said_at_its_field_and_nothing_is_saved(wrong, field):
    deal = DealFactory(people=True)
    with pytest.raises(ValidationError) as error:
        proposals.propose(deal, deal.provider_user, proposal_values(**wrong), uuid.uuid4())
    assert field in error.value.message_dict
    deal.refresh_from_db()
    assert (deal.state, deal.proposals.count()) == ("enquiry", 0)


def test_what_differs_is_told_field_by_field_and_milestone_by_milestone():
    deal = DealFactory(people=True)
    day = proposal_values()["starts"]
    later = day + datetime.timedelta(days=3)
    values = proposal_values(
        conditions={"agreement": {"kept": True, "text": ""}, "pay": {"kept": False, "text": "No"}},
        milestones=[
            {"title": "Draft", "due": day},
            {"title": "Test", "due": later},
            {"title": "Handing over", "due": later},
        ],
    )
    first = proposals.propose(deal, deal.provider_user, values, uuid.uuid4())
    changed = values | {
        "scope": "Six pages.",
        "conditions": values["conditions"] | {"pay": {"kept": True, "text": ""}},
        "milestones": [
            {"title": "First draft", "due": day},
            {"title": "Test", "due": later + datetime.timedelta(days=1)},
            {"title": "Handing over", "due": later},
            {"title": "Party", "due": values["ends"]},
        ],
    }
    second = proposals.propose(deal, deal.client_user, changed, uuid.uuid4(), side=Side.CLIENT)
    found = proposals.differences(first, second)
    pay = [values["conditions"]["pay"], changed["conditions"]["pay"]]
    # Whoever proposes writes in a language of their own, so that differs too.
    assert found.fields == (
        Change("scope", first.scope, "Six pages."),
        Change("conditions", *pay, criterion="pay"),
        Change("language", "lv", "lt"),
    )
    assert found.milestones == (
        MilestoneChange(Goal("Draft", day), Goal("First draft", day)),
        MilestoneChange(Goal("Test", later), Goal("Test", later + datetime.timedelta(days=1))),
        MilestoneChange(None, Goal("Party", values["ends"])),
    )
    assert not proposals.differences(first, first)
