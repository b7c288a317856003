"""The time for reviews goes on while a desk mediates: nobody answers in kind afterwards."""

import datetime

import pytest
from django.utils import timezone

from marketplace.deals import moves, replay, timeouts
from marketplace.deals.refusals import Refused
from marketplace.deals.states import Side
from marketplace.reviews import services
from marketplace.reviews.models import Review
from tests.factories.deals import DealFactory

pytestmark = pytest.mark.django_db
REVIEW = {"rating": 2, "on_time": False, "would_again": False, "text": "Late.", "language": "lt"}


@pytest.fixture
def after(monkeypatch):
    """`after(5)` lets days pass."""
    clock = {"now": timezone.now()}
    monkeypatch.setattr(timezone, "now", lambda: clock["now"])

    def pass_by(days: int) -> None:
        clock["now"] += datetime.timedelta(days=days)

    return pass_by


@pytest.fixture
def deal(after):
    made = DealFactory(state="accepted", people=True)
    made.promised = services.write(made, made.client_user, REVIEW).shown_at
    moves.perform(made, "dispute", made.provider_user, reason="This is not so.")
    return made


def test_the_day_on_which_a_review_is_shown_stays_and_is_what_the_deal_waits_for(deal, after):
    after(5)
    moves.perform(deal, "drop_dispute", deal.provider_user)
    assert (deal.awaits, deal.due_at) == (Side.PROVIDER, deal.promised)
    assert services.until(deal) == Review.objects.get().shown_at == deal.promised
    assert services.can_write(deal, Side.PROVIDER)
    assert replay.faults(deal, list(deal.steps.all())) == []


def test_nobody_is_asked_for_a_review_after_the_other_one_is_shown(deal, after):
    after(20)
    assert Review.objects.shown().count() == 1
    moves.perform(deal, "drop_dispute", deal.provider_user)
    assert deal.awaits == ""
    assert replay.faults(deal, list(deal.steps.all())) == []
    with pytest.raises(Refused):
        services.write(deal, deal.provider_user, REVIEW)
    after(7)
    timeouts.run()
    deal.refresh_from_db()
    assert (deal.state, deal.steps.last().move) == ("closed", "close")
