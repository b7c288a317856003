"""Processes that are killed between a move and its mails: nothing is lost, and nobody is told twice."""

import uuid

import pytest

from core import outbox
from core.mail import Mail
from marketplace.deals import mail, moves, timeouts
from marketplace.deals.models import Deal
from tests.editorial.dying import processes
from tests.factories.deals import DealFactory
from tests.factories.organisations import MembershipFactory

pytestmark = pytest.mark.needs_postgresql


def receivers(server) -> list[str]:
    return sorted(letter["To"] for letter in server.taken)


def test_a_worker_that_dies_between_a_move_and_its_mails_tells_everybody_once(db, server):
    deal = DealFactory(people=True)
    colleague = MembershipFactory(organisation=deal.client).user
    processes.finish(processes.worker)  # what was told of the opening
    server.taken.clear()
    token = uuid.uuid4()

    def answer():
        seen = Deal.objects.get(pk=deal.pk)
        moves.perform(seen, "answer", deal.provider_user, token=token)

    # The web process dies before it has promised the mails: nothing has happened.
    processes.kill_before(answer, outbox, "post")
    assert (Deal.objects.get().state, receivers(server)) == ("enquiry", [])
    processes.finish(answer)
    assert Deal.objects.get().state == "clarifying"
    processes.finish(answer)  # the form once more
    # The worker dies before it has promised each person theirs, and before the first is handed over.
    processes.kill_before(processes.worker, mail, "told")
    processes.kill_before(processes.worker, Mail, "send")
    assert receivers(server) == []
    everybody = sorted([deal.client_user.email, colleague.email])
    processes.finish(processes.worker)
    assert receivers(server) == everybody
    processes.finish(processes.worker)
    assert receivers(server) == everybody
    assert processes.left() == []


def test_a_process_that_dies_in_a_time_out_strikes_it_once_and_tells_it_once(db, server):
    deal = DealFactory(people=True)
    processes.finish(processes.worker)
    server.taken.clear()
    Deal.objects.update(reminded_at=deal.created_at, remind_at=None, due_at=deal.created_at)
    processes.kill_before(timeouts.run, outbox, "post")
    assert Deal.objects.get().state == "enquiry"
    processes.kill_after(timeouts.run, moves, "perform")  # it had not committed yet
    assert Deal.objects.get().state == "enquiry"
    for _time in range(2):
        processes.finish(timeouts.run)
        processes.finish(processes.worker)
    assert Deal.objects.get().state == "expired"
    assert receivers(server) == sorted([deal.provider_user.email, deal.client_user.email])
    assert Deal.objects.get().steps.count() == 2
