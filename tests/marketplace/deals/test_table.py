"""Who can do what in which state: written down here a second time, and tried by everybody."""

import uuid

import pytest
from django.conf import settings

from marketplace.deals import diagram, moves
from marketplace.deals.models import Deal
from marketplace.deals.refusals import Refused
from marketplace.deals.states import CHANGEABLE, OVER, PARTIES, Side, State, opposite
from marketplace.deals.table import BY_NAME, timeout_of
from tests.factories.deals import DealFactory, step

pytestmark = pytest.mark.django_db

# In a deal that the client opened, and to which its factory made the last move: provider, client, desk, clock.
ALLOWED = {
    "enquiry": ("answer propose decline", "withdraw", "", "expire"),
    "clarifying": ("propose decline", "propose withdraw", "", "expire"),
    "proposed": ("counter_propose agree withdraw", "counter_propose agree decline", "", "expire"),
    "counter_proposed": (
        "counter_propose agree decline",
        "counter_propose agree withdraw",
        "",
        "expire",
    ),
    "agreed": (
        "propose_change start cancel dispute",
        "propose_change start cancel dispute",
        "",
        "expire",
    ),
    "in_progress": (
        "propose_change pause deliver cancel dispute",
        "propose_change pause cancel dispute",
        "",
        "expire",
    ),
    "paused": (
        "propose_change resume cancel dispute",
        "propose_change resume cancel dispute",
        "",
        "expire",
    ),
    "delivered": ("dispute", "send_back accept_delivery dispute", "", "accept_delivery"),
    "accepted": ("review dispute", "review dispute", "", "close"),
    "reviewed": ("close", "close", "", "close"),
    "disputed": ("", "drop_dispute", "resolve", "expire"),
    "resolved": ("take_up", "take_up", "close cancel take_up", "close"),
    "closed": ("", "", "", ""),
    "declined": ("", "", "", ""),
    "withdrawn": ("", "", "", ""),
    "expired": ("", "", "", ""),
    "cancelled": ("", "", "", ""),
}


@pytest.mark.parametrize("state", CHANGEABLE)
@pytest.mark.parametrize("side", PARTIES)
def test_an_open_change_adds_its_own_moves_to_those_of_the_state(state, side):
    deal = DealFactory(state=state)
    step(deal, "propose_change", side)
    for one, row in zip(Side, ALLOWED[state], strict=True):
        more = {side: {"agree_change", "withdraw_change"}}
        more[opposite(side)] = {"agree_change", "decline_change"}
        can = set(row.split()) | more.get(one, set())
        assert {move.name for move in moves.possible(deal, None, one)} == can


@pytest.mark.parametrize("state", State)
def test_every_other_move_is_refused_to_everybody_and_changes_nothing(state):
    deal = DealFactory(state=state)
    before = Deal.objects.values().get(pk=deal.pk)
    for side, row in zip(Side, ALLOWED[state], strict=True):
        can = set(row.split())
        assert {move.name for move in moves.possible(deal, None, side)} == can
        for name in BY_NAME.keys() - can:
            with pytest.raises(Refused) as refused:
                moves.perform(deal, name, side=side, reason="Because.", token=uuid.uuid4())
            assert deal.get_state_display() in str(refused.value)
    assert Deal.objects.values().get(pk=deal.pk) == before
    assert deal.steps.count() == deal.version


def test_every_deal_that_is_not_over_has_a_way_out_by_itself():
    assert {state for state in State if timeout_of(state) is None} == set(OVER)
    # The same state never has two time-outs, and every time-out belongs to a row of the table.
    for move in BY_NAME.values():
        assert set(move.timeouts) == {
            state for state, who in move.sources.items() if Side.SYSTEM in who
        }
        assert not move.timeouts or (move.by_itself and move.otherwise)


def test_the_documentation_is_made_from_the_table():
    text = (settings.BASE_DIR / diagram.PAGE).read_text(encoding="utf-8")
    assert diagram.page(text) == text, "`manage.py deals diagram` brings it up to date"
