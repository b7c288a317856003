"""What is agreed can be changed: the old text counts until both sides have accepted the new one."""

import datetime
from uuid import uuid4

import pytest
from django.urls import reverse

from marketplace.agreements import services, verifying
from marketplace.deals import deadlines, moves, proposals, replay
from marketplace.deals.models import Deal
from marketplace.deals.refusals import Refused
from marketplace.deals.states import CHANGEABLE, NEXT, NEXT_OF_CHANGE, Side, opposite
from tests.factories.deals import proposal_values

LATER = datetime.timedelta(days=30)


@pytest.fixture
def agreed(deal, agree):
    agree(deal)
    deal.refresh_from_db()
    return deal


@pytest.fixture
def change():
    """The client proposes another end: `change(deal, **values)`."""

    def make(deal, user=None, **values):
        values = proposal_values(language="lt") | values
        values["ends"] += LATER
        return proposals.propose(deal, user or deal.client_user, values, uuid4())

    return make


def test_what_was_accepted_counts_until_both_have_accepted_the_change(agreed, change, agree):
    old, due = services.current(agreed), agreed.due_at
    proposal = change(agreed)
    new = services.current(agreed)
    assert (agreed.state, agreed.changing, agreed.due_at) == ("agreed", "client", due)
    assert (agreed.proposal, services.in_force(agreed)) == (old.proposal, old)
    assert (new.number, new.proposal) == (2, proposal)
    with pytest.raises(Refused):
        moves.perform(agreed, "agree_change", agreed.client_user)
    services.accept(agreed, agreed.client_user, new.sha256)
    agreed.refresh_from_db()
    assert (agreed.changing, agreed.awaits) == ("client", "provider")
    assert verifying.look_up(old.sha256).state == verifying.ACCEPTED
    assert verifying.look_up(new.sha256).state == verifying.OPEN
    with pytest.raises(Refused):
        services.accept(agreed, agreed.provider_user, old.sha256)
    services.accept(agreed, agreed.provider_user, new.sha256)
    agreed.refresh_from_db()
    assert (agreed.state, agreed.changing, agreed.proposal) == ("agreed", "", proposal)
    assert services.in_force(agreed) == services.current(agreed) == new
    replaced = verifying.look_up(old.sha256)
    assert (replaced.state, bool(replaced.accepted_at)) == (verifying.SUPERSEDED, True)
    assert verifying.look_up(new.sha256).state == verifying.ACCEPTED


@pytest.mark.parametrize(
    ("move", "who"), [("decline_change", "provider_user"), ("withdraw_change", "client_user")]
)
def test_a_change_that_is_declined_or_withdrawn_leaves_everything(agreed, change, move, who):
    old = services.current(agreed)
    change(agreed)
    new = services.current(agreed)
    services.accept(agreed, agreed.client_user, new.sha256)
    moves.perform(agreed, move, getattr(agreed, who), reason="No time.")
    assert (agreed.changing, services.current(agreed), agreed.proposal) == ("", old, old.proposal)
    with pytest.raises(Refused, match="Version 1 counts"):
        services.accept(agreed, agreed.provider_user, new.sha256)
    assert verifying.look_up(old.sha256).state == verifying.ACCEPTED
    assert verifying.look_up(new.sha256).state == verifying.NEVER
    again = change(agreed, agreed.provider_user)
    assert (again.number, agreed.changing) == (3, "provider")


def test_deadlines_follow_the_agreement_in_force(agreed, change, agree):
    moves.perform(agreed, "start", agreed.provider_user)
    due, since = agreed.due_at, agreed.state_since
    change(agreed)
    assert (agreed.due_at, agreed.state_since) == (due, since)
    agree(agreed)
    agreed.refresh_from_db()
    countries = moves.countries(agreed)
    ends = agreed.proposal.ends
    assert agreed.due_at == deadlines.due("in_progress", since, (None, ends), countries) > due


def test_a_change_that_is_open_when_the_work_is_delivered_is_dropped(agreed, change):
    moves.perform(agreed, "start", agreed.provider_user)
    change(agreed)
    new = services.current(agreed)
    moves.perform(agreed, "deliver", agreed.provider_user)
    assert (agreed.changing, services.current(agreed).number) == ("", 1)
    with pytest.raises(Refused):
        services.accept(agreed, agreed.client_user, new.sha256)
    with pytest.raises(Refused):
        change(agreed)


def test_the_pages_say_which_text_counts(client, agreed, change, agree):
    change(agreed)
    client.force_login(agreed.provider_user)

    def page(number):
        url = reverse("marketplace:agreement", args=[agreed.key, number])
        return " ".join(client.get(url).content.decode().split())

    room = client.get(reverse("marketplace:deal", args=[agreed.key])).content.decode()
    assert "A change is proposed: version 2" in room
    first = room.index('class="button" href="')
    assert room[first:].index("Accept the change") < 200
    for name in ("decline_change", "propose/", "agreement/"):
        assert name in room
    assert "This agreement counts, and a change of it is proposed" in page(1)
    assert "Until both sides have accepted it, version 1 counts." in page(2)
    assert 'id="accept"' in page(2)
    assert "<ins>" in page(2)
    url = reverse("marketplace:deal-move", args=[agreed.key, "decline_change"])
    assert "the deal stands at “Agreed”" in client.get(url).content.decode()
    client.post(url, {"reason": "No time.", "token": str(uuid4())})
    agreed.refresh_from_db()
    assert agreed.changing == ""
    assert "This change was not accepted" in page(2)
    assert "Read version 1, which counts now" in page(2)
    versions = reverse("marketplace:deal-proposals", args=[agreed.key])
    assert "Version 1 of the proposal" in client.get(versions).content.decode()
    declined = client.get(f"{versions}?version=2").content.decode()
    assert "This change was not accepted" in declined
    assert "What changed since version 1" in declined
    assert "Both sides have accepted this text" in page(1)
    change(agreed)
    assert "Read version 1, which counts now" in page(2)
    agree(agreed)
    assert "What changed since version 1" in client.get(f"{versions}?version=3").content.decode()
    assert "This is an earlier version" in page(1)
    assert "Both sides have accepted this text" in page(3)


@pytest.mark.parametrize("state", CHANGEABLE)
def test_either_side_changes_with_the_form_of_proposals(client, agreed, state):
    for move in ("start", "pause")[: CHANGEABLE.index(state)]:
        moves.perform(agreed, move, side=Side.PROVIDER, reason="Holidays.")
    client.force_login(agreed.provider_user)
    url = reverse("marketplace:deal-propose", args=[agreed.key])
    page = client.get(url).content.decode()
    assert "Propose a change" in page
    assert agreed.proposal.scope in page


WORK = {"agreed": (), "in_progress": ("start",), "paused": ("start", "pause")}


@pytest.mark.parametrize("state", WORK)
@pytest.mark.parametrize("user", ["provider_user", "client_user"])
def test_whoever_has_to_say_to_the_change_is_told_so_and_the_other_goes_on(
    client, agreed, change, state, user
):
    for move in WORK[state]:
        moves.perform(agreed, move, side=Side.PROVIDER, reason="Holidays.")
    change(agreed, getattr(agreed, user))
    proposer = Side(agreed.changing)
    people = {Side.PROVIDER: agreed.provider_user, Side.CLIENT: agreed.client_user}

    def expect(asked: Side) -> None:
        agreed.refresh_from_db()
        assert agreed.change_asks == asked
        for side, person in people.items():
            client.force_login(person)
            room = client.get(reverse("marketplace:deal", args=[agreed.key])).content.decode()
            assert (agreed.next_for(side) == NEXT_OF_CHANGE[0]) is (side == asked)
            assert (">Accept the change</a>" in room) is (side in (asked, proposer))
            if side == asked:
                first = room.index('class="button" href="')
                assert "Accept the change" in room[first : first + 200]
                assert agreed.is_awaited(side)
            elif state == "paused" or side == Side.PROVIDER:  # whose work goes on beside it
                assert agreed.next_for(side) == NEXT[agreed.state][0]
                assert agreed.is_awaited(side)
            else:
                assert agreed.next_for(side) == NEXT_OF_CHANGE[1]

    reader = opposite(proposer)
    expect(reader)
    services.accept(agreed, people[reader], services.current(agreed).sha256)
    expect(proposer)
    assert replay.faults(agreed, list(agreed.steps.order_by("number"))) == []


def test_work_that_begins_meanwhile_does_not_forget_who_has_accepted_the_change(agreed, change):
    change(agreed)
    services.accept(agreed, agreed.provider_user, services.current(agreed).sha256)
    moves.perform(agreed, "start", agreed.provider_user)
    assert (agreed.change_asks, agreed.awaits) == ("client", "both")
    services.accept(agreed, agreed.client_user, services.current(agreed).sha256)
    agreed.refresh_from_db()
    assert (agreed.changing, agreed.change_asks, agreed.awaits) == ("", "", "provider")


def test_a_change_does_not_make_a_pause_longer(agreed, change, agree):
    for move in WORK["paused"]:
        moves.perform(agreed, move, side=Side.PROVIDER, reason="Holidays.")
    since = agreed.state_since - LATER
    Deal.objects.filter(pk=agreed.pk).update(state_since=since)
    agreed.refresh_from_db()
    change(agreed)
    agree(agreed)
    agreed.refresh_from_db()
    planned = agreed.proposal.starts, agreed.proposal.ends
    assert agreed.due_at == deadlines.due("paused", since, planned, moves.countries(agreed))
