"""What happens by itself: announced, once, and never while nobody could have acted."""

import datetime
from uuid import uuid4

import pytest
from django.core import mail

from marketplace.deals import moves, proposals, timeouts
from marketplace.deals.models import Deal
from tests.factories.deals import DealFactory, mediator, proposal_values

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)


def sent_to(user) -> list[str]:
    return [one.subject for one in mail.outbox if one.to == [user.email]]


def test_who_is_waited_for_is_reminded_twice_and_then_the_deal_expires(clock, do_work):
    now = clock("2027-01-11 09:00")  # a Monday
    deal = DealFactory(people=True)
    do_work()
    mail.outbox.clear()
    told: list[datetime.datetime] = []
    while deal.state == "enquiry":
        now += HOUR
        clock(f"{now:%Y-%m-%d %H:%M}")
        if timeouts.run():
            told.append(now)
        do_work()
        deal.refresh_from_db()
    assert [f"{moment:%d.%m. %H:%M}" for moment in told] == [
        "18.01. 08:00",
        "20.01. 08:00",
        "26.01. 00:00",
    ]
    assert sent_to(deal.provider_user) == [
        "A deal waits for you: A website for a joinery",
        "A deal waits for you: A website for a joinery",
        "There is news about a deal: A website for a joinery",
    ]
    assert sent_to(deal.client_user) == ["There is news about a deal: A website for a joinery"]
    assert (deal.state, deal.steps.last().side, deal.due_at) == ("expired", "system", None)


def test_after_a_week_without_a_worker_a_late_reminder_comes_first(clock, do_work):
    clock("2027-01-11 09:00")
    deal = DealFactory(people=True)
    clock("2027-01-27 10:00")  # a Wednesday; it was due on Monday
    assert timeouts.run() == 1
    deal.refresh_from_db()
    assert deal.state == "enquiry"
    assert f"{deal.due_at:%d.%m. %H:%M}" == "29.01. 23:59"
    do_work()
    assert len(sent_to(deal.provider_user)) == 2
    clock("2027-01-29 23:00")
    assert timeouts.run() == 0
    # Another standstill does not put it off again.
    clock("2027-02-15 10:00")
    assert timeouts.run() == 1
    deal.refresh_from_db()
    assert deal.state == "expired"


def test_a_change_that_is_proposed_before_the_worker_comes_loses_no_reminder(clock, do_work):
    clock("2027-01-11 09:00")
    deal = DealFactory(state="agreed", people=True)
    clock(f"{deal.remind_at:%Y-%m-%d} 12:00")
    timeouts.run()
    proposals.propose(deal, deal.client_user, proposal_values(), uuid4())
    do_work()
    assert any("waits for you" in subject for subject in sent_to(deal.provider_user))


def test_a_reminder_that_is_late_leaves_two_working_days(clock):
    clock("2027-01-11 09:00")
    deal = DealFactory()
    clock("2027-01-25 20:00")  # four hours before the end
    timeouts.run()
    deal.refresh_from_db()
    assert f"{deal.due_at:%d.%m.}" == "27.01."


def test_who_moves_late_but_before_it_is_struck_still_counts(clock, do_work):
    clock("2027-01-11 09:00")
    deal = DealFactory(people=True)
    clock("2027-01-22 09:00")
    timeouts.run()
    clock("2027-01-26 00:05")
    moves.perform(deal, "answer", deal.provider_user)
    assert timeouts.run() == 0
    do_work()  # the reminder that still waited is not sent any more
    assert not any("waits for you" in subject for subject in sent_to(deal.provider_user))
    deal.refresh_from_db()
    assert deal.state == "clarifying"


def test_silence_accepts_a_delivery_and_a_later_time_out_closes_the_deal(clock):
    clock("2027-01-11 09:00")
    deal = DealFactory(state="delivered")
    for day in ("2027-01-18 09:00", "2027-01-20 09:00", "2027-01-26 09:00"):
        clock(day)
        timeouts.run()
    deal.refresh_from_db()
    assert deal.state == "accepted"
    for day in ("2027-02-20 09:00", "2027-02-23 09:00", "2027-02-27 09:00"):
        clock(day)
        timeouts.run()
    deal.refresh_from_db()
    assert deal.state == "closed"
    assert [step.sentence for step in deal.steps.filter(side="system")] == [
        "Nobody objected in time. The result counts as accepted.",
        "The deal was closed, because nothing happened in time.",
    ]


def test_a_desk_is_reminded_of_a_dispute(clock, do_work):
    clock("2027-01-11 09:00")
    deal, desk = DealFactory(state="disputed", people=True), mediator()
    do_work()
    assert len(sent_to(desk)) == 1
    clock("2027-03-31 09:00")
    timeouts.run()
    do_work()
    assert len(sent_to(desk)) == 2
    assert "because you mediate" in mail.outbox[-1].body
    assert deal.side_of(desk) == "desk"


def test_one_deal_that_fails_holds_up_no_other(clock, monkeypatch):
    clock("2027-01-11 09:00")
    broken, sound = DealFactory(), DealFactory()
    tell = timeouts.tell

    def fail(deal, now):
        if deal.pk == broken.pk:
            raise RuntimeError("no")
        tell(deal, now)

    monkeypatch.setattr(timeouts, "tell", fail)
    clock("2027-01-18 09:00")
    assert timeouts.run() == 1
    assert list(Deal.objects.exclude(reminded_at=None)) == [sound]


def test_looking_for_what_is_due_costs_the_same_for_many_deals(clock, django_assert_num_queries):
    clock("2027-01-11 09:00")
    for _number in range(3):
        DealFactory()
    with django_assert_num_queries(2):
        timeouts.run()
