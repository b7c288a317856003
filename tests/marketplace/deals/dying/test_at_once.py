"""A hundred requests for one thing: exactly one wins, none is lost, each gets a true answer."""

import datetime
import threading
import uuid
from collections import Counter

import pytest
from django.contrib.auth.models import Permission
from django.db import connections

from core.models import OutboxEntry
from marketplace.agreements import services as agreements
from marketplace.deals import moves, proposals, timeouts
from marketplace.deals.models import Deal, Step
from marketplace.deals.refusals import Refused, Stale
from marketplace.deals.states import Side
from marketplace.listings.capacity import CapacityWindow
from marketplace.reviews import services as reviews
from tests.factories.deals import DealFactory, proposal_values, step

pytestmark = pytest.mark.needs_postgresql
MANY = 100
CONNECTIONS = 10  # the server of the tests has no hundred of them: the others wait at the door


def answers(*acts) -> Counter:
    """What acts that begin at once are told: the value of each, or the kind of its refusal."""
    found: list = []
    start, door = threading.Barrier(len(acts), timeout=30), threading.Semaphore(CONNECTIONS)

    def run(act) -> None:
        start.wait()
        with door:
            try:
                found.append(act())
            except Refused as error:
                found.append(type(error).__name__)
            except Exception as error:
                found.append(repr(error))
            finally:
                connections.close_all()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert len(found) == len(acts)
    return Counter(found)


def fresh(deal: Deal) -> Deal:
    return Deal.objects.get(pk=deal.pk)


def moving(deal: Deal, move: str, user, **options):
    """A request that makes a move; it is told the number of the step."""
    seen = fresh(deal)
    return lambda: moves.perform(seen, move, user, reason="Because.", **options).number


def test_of_a_hundred_different_requests_for_one_move_one_wins(db):
    assert Permission.objects.exists()  # the copy is a whole portal
    deal = DealFactory(people=True)
    told = answers(*[moving(deal, "answer", deal.provider_user) for _one in range(MANY)])
    assert told == {2: 1, "Refused": MANY - 1}
    assert Step.objects.filter(deal=deal, move="answer").count() == 1
    assert OutboxEntry.objects.filter(kind="deals.tell").count() == 2


def test_a_hundred_copies_of_one_request_are_all_told_of_the_same_step(db):
    deal, token = DealFactory(people=True), uuid.uuid4()
    same = {"token": token, "expected_version": 1}
    told = answers(*[moving(deal, "answer", deal.provider_user, **same) for _one in range(MANY)])
    assert told == {2: MANY}
    assert fresh(deal).version == 2


def test_of_both_sides_who_want_different_things_at_once_one_wins_and_the_other_hears_why(db):
    deal = DealFactory(people=True)
    half = MANY // 2
    told = answers(
        *[moving(deal, "withdraw", deal.client_user, expected_version=1) for _one in range(half)],
        *[moving(deal, "decline", deal.provider_user, expected_version=1) for _one in range(half)],
    )
    assert told == {2: 1, "Stale": MANY - 1}
    assert issubclass(Stale, Refused)
    assert fresh(deal).is_over


def test_a_form_sent_a_hundred_times_opens_one_deal(db):
    deal, token = DealFactory(people=True), uuid.uuid4()
    fields = {
        "title": "Once",
        "provider": deal.provider,
        "client": deal.client,
        "side": Side.CLIENT,
        "user": deal.client_user,
        "provider_language": "lv",
        "client_language": "lt",
        "service_key": deal.service_key,
        "token": token,
    }
    told = answers(*[lambda: moves.open_deal(**fields).title for _one in range(MANY)])
    assert told == {"Once": MANY}
    assert Deal.objects.filter(title="Once").count() == 1


def test_of_a_hundred_proposals_each_is_a_version_of_its_own_or_refused(db):
    deal = DealFactory(people=True)
    seen = fresh(deal)

    def propose():
        made = proposals.propose(
            fresh(deal), deal.provider_user, proposal_values(), uuid.uuid4(), expected_version=1
        )
        return made.number

    assert answers(*[propose] * MANY) == {1: 1, "Stale": MANY - 1}
    assert list(seen.proposals.values_list("number", flat=True)) == [1]


def test_the_last_places_of_a_window_go_to_as_many_deals_as_there_are_places(db):
    day, key = datetime.date(2027, 1, 11), uuid.uuid4()
    window = CapacityWindow.objects.create(
        service_key=key, starts=day, ends=day, hours_a_week=4, places=3
    )
    first = DealFactory(service_key=key, state="proposed", people=True)
    sides = {"provider": first.provider, "client": first.client, "service_key": key}
    deals = [first, *(DealFactory(state="proposed", **sides) for _one in range(11))]
    Deal.objects.update(window=window)
    texts = {deal.pk: agreements.draw(deal).sha256 for deal in deals}
    for deal in deals:
        agreements.accept(fresh(deal), first.provider_user, texts[deal.pk])

    def accept(deal):
        return lambda: str(agreements.accept(fresh(deal), first.client_user, texts[deal.pk]).side)

    told = answers(*[accept(deal) for deal in deals for _one in range(8)])
    assert told == {"client": 3 * 8, "Refused": 9 * 8}
    window.refresh_from_db()
    assert (window.taken, window.held.count()) == (3, 3)
    assert Deal.objects.by_state() == {"agreed": 3, "proposed": 9}
    step(fresh(Deal.objects.get(pk=window.deals.filter(state="agreed")[0].pk)), "cancel", "client")
    window.refresh_from_db()
    assert window.taken == 2


def test_of_a_hundred_reviews_each_side_has_one(db):
    deal = DealFactory(state="accepted", people=True)
    values = {"rating": 5, "on_time": True, "would_again": True, "text": "Good.", "language": "lv"}

    def write(user):
        return lambda: str(reviews.write(fresh(deal), user, values).side)

    people = [deal.provider_user, deal.client_user]
    told = answers(*[write(user) for user in people for _one in range(MANY // 2)])
    assert told == {"provider": MANY // 2, "client": MANY // 2}
    assert sorted(deal.reviews.values_list("side", flat=True)) == ["client", "provider"]
    assert fresh(deal).state == "reviewed"
    assert deal.steps.filter(move="review").count() == 1


def test_two_periodic_processes_strike_a_time_out_once(db):
    deal = DealFactory(people=True)
    now = deal.due_at + datetime.timedelta(minutes=1)
    Deal.objects.update(reminded_at=deal.created_at, remind_at=None)
    told = answers(*[lambda: timeouts.strike(deal.pk, now)] * MANY)
    assert told == {True: 1, False: MANY - 1}
    assert fresh(deal).state == "expired"
