"""Both sides accept one exact text; only then is the deal agreed."""

import threading
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from marketplace.agreements import services, signing
from marketplace.agreements.models import Acceptance, Agreement
from marketplace.deals import moves
from marketplace.deals.models import Deal
from marketplace.deals.refusals import Refused
from marketplace.deals.states import Side
from tests.factories.deals import DealFactory
from tests.services import at_once


def test_a_proposal_draws_the_agreement_and_the_second_acceptance_agrees_the_deal(deal):
    agreement = services.current(deal)
    assert (agreement.number, agreement.languages) == (1, ["lv", "lt"])
    first = services.accept(deal, deal.client_user, agreement.sha256, uuid4())
    deal.refresh_from_db()
    assert (deal.state, deal.awaits) == ("proposed", Side.PROVIDER)
    assert (first.side, first.role, first.organisation, first.sha256) == (
        "client",
        "owner",
        deal.client,
        agreement.sha256,
    )
    services.accept(deal, deal.provider_user, agreement.sha256, uuid4(), name="A. Signer")
    deal.refresh_from_db()
    assert deal.state == "agreed"
    assert deal.steps.order_by("-number")[0].move == "agree"
    assert [line.signature.name for line in signing.lines(services.current(deal))] == [
        "A. Signer",
        deal.client_user.get_full_name(),
    ]


def test_only_a_party_accepts(deal, stranger):
    agreement = services.current(deal)
    with pytest.raises(Refused):
        services.accept(deal, stranger, agreement.sha256)
    services.accept(deal, deal.client_user, agreement.sha256)
    assert Acceptance.objects.get().user == deal.client_user


def test_accepting_again_gives_back_the_first_acceptance(deal):
    sha256 = services.current(deal).sha256
    first = services.accept(deal, deal.client_user, sha256)
    assert services.accept(deal, deal.client_user, sha256, name="Somebody else") == first
    services.accept(deal, deal.provider_user, sha256)
    assert services.accept(deal, deal.provider_user, sha256).side == "provider"
    assert Acceptance.objects.count() == 2


def test_a_new_proposal_asks_both_anew_and_the_old_text_is_refused_in_words(deal, propose, agree):
    old = services.current(deal)
    services.accept(deal, deal.provider_user, old.sha256)
    propose(deal, scope="Six pages.")
    new = services.current(deal)
    assert (new.number, new.signatures.count()) == (2, 0)
    assert new.sha256 != old.sha256
    with pytest.raises(Refused, match=r"newer version.*version 2"):
        services.accept(deal, deal.client_user, old.sha256)
    with pytest.raises(Refused, match="no such text"):
        services.accept(deal, deal.client_user, "0" * 64)
    assert not new.signatures.exists()
    agree(deal)
    deal.refresh_from_db()
    assert deal.state == "agreed"


def test_no_move_agrees_a_deal_that_one_side_has_not_accepted(deal):
    services.accept(deal, deal.client_user, services.current(deal).sha256)
    with pytest.raises(Refused):
        moves.perform(deal, "agree", deal.client_user)
    deal.refresh_from_db()
    assert deal.state == "proposed"


def test_nothing_is_accepted_once_the_deal_was_declined(deal):
    agreement = services.current(deal)
    moves.perform(deal, "decline", deal.client_user, reason="Too late.")
    with pytest.raises(Refused, match="Declined"):
        services.accept(deal, deal.provider_user, agreement.sha256)


def test_the_database_keeps_one_acceptance_for_each_side(deal):
    agreement = services.current(deal)
    made = services.accept(deal, deal.client_user, agreement.sha256)
    made.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        made.save(force_insert=True)
    assert Acceptance.objects.count() == 1


def test_what_was_accepted_stays_when_the_account_goes(deal, agree):
    agreement = agree(deal)
    name = deal.client_user.get_full_name()
    deal.client_user.memberships.all().delete()
    deal.client_user.delete()
    client = signing.lines(services.current(deal))[1]
    assert (client.signature.user, client.signature.name) == (None, name)
    assert services.current(deal) == agreement


@pytest.mark.needs_postgresql
def test_a_hundred_acceptances_at_once_make_one_for_each_side(db):
    """By twenty connections, five on each: the server takes about a hundred for all who test."""
    found, answers = {}, []

    def prepare() -> None:
        deal = DealFactory(state="proposed", people=True)
        found.update(deal=deal, sha256=services.current(deal).sha256)

    at_once(prepare)
    deal, start = found["deal"], threading.Barrier(20, timeout=60)

    def accept(user) -> None:
        start.wait()
        for _time in range(5):
            own = Deal.objects.get(pk=deal.pk)
            made = services.accept(own, user, found["sha256"], uuid4())
            answers.append((str(made.side), made.pk))

    def look_and_clear() -> None:
        fresh = Deal.objects.get(pk=deal.pk)
        found.update(
            state=fresh.state,
            steps=[step.move for step in fresh.steps.all()],
            signed=sorted(Acceptance.objects.values_list("side", flat=True)),
        )
        Acceptance.objects.all().delete()
        Agreement.objects.all().delete()
        fresh.steps.all().delete()
        fresh.delete()
        from accounts.models import User
        from core.models import OutboxEntry
        from organisations.models import Membership, Organisation

        OutboxEntry.objects.all().delete()
        Membership.objects.all().delete()
        User.objects.filter(pk__in=[deal.provider_user.pk, deal.client_user.pk]).delete()
        Organisation.objects.filter(pk__in=[deal.provider_id, deal.client_id]).delete()

    users = [deal.provider_user, deal.client_user] * 10
    at_once(*((lambda user=user: accept(user)) for user in users))
    at_once(look_and_clear)
    assert found["signed"] == ["client", "provider"]
    assert (found["state"], found["steps"].count("agree")) == ("agreed", 1)
    assert len(answers) == 100
    assert len(set(answers)) == 2
