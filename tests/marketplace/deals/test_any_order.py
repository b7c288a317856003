"""Whatever both sides, a desk and the clock do to deals, in whatever order: what must hold, holds.

`EXAMPLES=500 .venv/bin/pytest tests/marketplace/deals/test_any_order.py` looks longer.
"""

import datetime
import os
import uuid

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from marketplace.agreements import services as agreements
from marketplace.agreements.models import Acceptance
from marketplace.deals import moves, proposals, replay, timeouts
from marketplace.deals.models import Deal
from marketplace.deals.refusals import Refused, Stale
from marketplace.deals.states import BOTH, CHANGEABLE, PARTIES, UNAGREED, Side, State, opposite
from marketplace.deals.table import BY_NAME
from marketplace.listings.capacity import CapacityWindow
from marketplace.reviews import services as reviews
from tests.factories.deals import WAY, DealFactory, proposal_values, step
from tests.factories.organisations import MembershipFactory

pytestmark = pytest.mark.django_db
EXAMPLES = int(os.environ.get("EXAMPLES", "10"))
DEALS = st.integers(0, 1)
NAMES = st.sampled_from(sorted(BY_NAME))
SIDES = st.sampled_from(Side)
REVIEW = {"rating": 4, "on_time": True, "would_again": True, "text": "Good.", "language": "lv"}


class Deals(RuleBasedStateMachine):
    """Two deals that want the one place of a window."""

    def __init__(self):
        super().__init__()
        self.around = transaction.atomic()
        self.around.__enter__()
        self.real, self.now = timezone.now, timezone.now()
        timezone.now = lambda: self.now

    @initialize(first=st.sampled_from(State), second=st.sampled_from(State))
    def begin(self, first, second):
        """From any state each, so that the late ones are seen as often as the early ones."""
        key, day = uuid.uuid4(), datetime.date(2027, 1, 11)
        self.window = CapacityWindow.objects.create(
            service_key=key, starts=day, ends=day, hours_a_week=4, places=1
        )
        self.users = {side: MembershipFactory().user for side in PARTIES}
        sides = {
            side.value: user.memberships.get().organisation for side, user in self.users.items()
        }
        self.deals = []
        for state in (first, second):
            shared = state in UNAGREED or not self.window.held.exists()
            window = self.window if shared else None
            made = DealFactory(service_key=key, window=window, **sides)
            self.deals.append(made)
            for move, side in WAY[state]:
                self.go(made, move, side)

    def teardown(self):
        timezone.now = self.real
        transaction.set_rollback(True)
        self.around.__exit__(None, None, None)

    def go(self, deal: Deal, move: str, side: Side) -> None:
        """A move on the way to the state in which a deal begins here."""
        if move == "agree":
            for party in PARTIES:
                self.sign(deal, party)
        elif move == "review":
            for party in PARTIES:
                reviews.write(deal, self.users[party], REVIEW)
        else:
            step(deal, move, side)
        deal.refresh_from_db()

    def sign(self, deal: Deal, side: Side) -> None:
        agreements.accept(deal, self.users[side], agreements.draw(deal).sha256)

    def signed(self, deal: Deal, version: int) -> bool:
        """Whether both sides have accepted the agreement on a version of the proposal."""
        found = Acceptance.objects.filter(agreement__deal=deal, agreement__proposal__number=version)
        return set(found.values_list("side", flat=True)) == set(PARTIES)

    def attempt(self, number: int, name: str, side: Side, **options) -> None:
        """A move that is made as the table says, or changes nothing."""
        deal = self.deals[number]
        before = Deal.objects.values().get(pk=deal.pk)
        try:
            made = moves.perform(deal, name, side=side, reason="A reason.", **options)
        except Refused:
            assert Deal.objects.values().get(pk=deal.pk) == before
        else:
            assert made.number == before["version"] + 1
            assert made.from_state == before["state"]

    @rule(number=DEALS, name=NAMES, side=SIDES)
    def anything(self, number, name, side):
        self.attempt(number, name, side)

    @rule(number=DEALS, choice=st.integers(0, 11))
    def something_that_is_offered(self, number, choice):
        deal = self.deals[number]
        offered = [
            (move.name, side)
            for side in (*PARTIES, Side.DESK)
            for move in moves.possible(deal, None, side)
            if not move.through
        ]
        if offered:
            name, side = offered[choice % len(offered)]
            self.attempt(number, name, side)
            assert deal.steps.last().move == name

    @rule(number=DEALS, side=st.sampled_from(PARTIES))
    def propose(self, number, side):
        deal = self.deals[number]
        versions = deal.proposals.count()
        try:
            proposals.propose(deal, None, proposal_values(), uuid.uuid4(), side=side)
        except Refused:
            assert deal.proposals.count() == versions
        else:
            assert deal.proposals.count() == versions + 1
            assert deal.awaits in (opposite(side), BOTH)
            assert bool(deal.changing) == (deal.state in CHANGEABLE)

    @rule(number=DEALS, sides=st.sampled_from([PARTIES[:1], PARTIES]))
    def accept(self, number, sides):
        deal = self.deals[number]
        if not deal.proposals.exists():
            return
        for side in sides:
            before = Acceptance.objects.count()
            try:
                self.sign(deal, side)
            except Refused:
                assert Acceptance.objects.count() == before
            deal.refresh_from_db()

    @rule(number=DEALS, side=st.sampled_from(PARTIES))
    def review(self, number, side):
        deal = self.deals[number]
        before = deal.reviews.count()
        try:
            reviews.write(deal, self.users[side], REVIEW)
        except Refused:
            assert deal.reviews.count() == before
        deal.refresh_from_db()
        assert deal.state != State.REVIEWED or deal.reviews.count() == len(PARTIES)

    @rule(number=DEALS, name=NAMES, side=SIDES)
    def with_an_old_form(self, number, name, side):
        deal = self.deals[number]
        with pytest.raises(Stale):
            moves.perform(deal, name, side=side, expected_version=deal.version - 1)

    @rule(number=DEALS)
    def the_same_form_again(self, number):
        deal = self.deals[number]
        last = deal.steps.last()
        again = moves.perform(deal, last.move, side=last.side, token=last.token)
        assert again == last

    @rule(days=st.sampled_from([1, 3, 9, 20]))
    def time_passes(self, days):
        self.now += datetime.timedelta(days=days)
        before = {deal.pk: deal.reminded_at for deal in Deal.objects.all()}
        timeouts.run()
        for deal in self.deals:
            deal.refresh_from_db()
            last = deal.steps.last()
            struck = last.side == Side.SYSTEM and last.at == self.now
            harmless = last.from_state == State.REVIEWED
            assert not struck or harmless or before[deal.pk], "struck without a reminder before"

    @invariant()
    def steps_give_the_state(self):
        for deal in self.deals:
            row = Deal.objects.get(pk=deal.pk)
            assert replay.faults(row, list(row.steps.all())) == []
            assert (row.state, row.version) == (deal.state, deal.version)

    @invariant()
    def no_work_begins_without_both(self):
        for deal in self.deals:
            if deal.steps.filter(to_state=State.IN_PROGRESS).exists():
                assert self.signed(deal, Deal.objects.get(pk=deal.pk).agreed_version)

    @invariant()
    def what_counts_is_what_both_have_accepted(self):
        for deal in self.deals:
            row = Deal.objects.get(pk=deal.pk)
            if row.agreed_version:
                assert row.proposal.number == row.agreed_version
                assert self.signed(row, row.agreed_version)
            assert not row.changing or row.agreed_version < row.latest_proposal.number

    @invariant()
    def what_is_over_waits_for_nothing_and_what_is_not_has_an_end(self):
        for deal in self.deals:
            row = Deal.objects.get(pk=deal.pk)
            assert (row.due_at is None) == row.is_over
            assert row.remind_at is None or row.remind_at < row.due_at
            assert not row.is_over or not any(moves.possible(row, None, side) for side in Side)

    @invariant()
    def the_place_belongs_to_one_deal_from_the_agreement_on(self):
        self.window.refresh_from_db()
        holding = set(self.window.held.values_list("deal_key", flat=True))
        assert self.window.taken == len(holding) <= 1
        for deal in self.deals:
            begun = set(deal.steps.values_list("move", flat=True))
            holds = deal.window_id and "agree" in begun and ("start" in begun or not deal.is_over)
            assert (deal.key in holding) == bool(holds)


def test_what_must_hold_holds_in_any_order():
    run_state_machine_as_test(
        Deals,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=30,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
