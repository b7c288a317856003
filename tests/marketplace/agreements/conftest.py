"""A deal at a proposal, its two people, and somebody of another organisation."""

from uuid import uuid4

import pytest
from django.core.cache import cache

from core import documents as core_documents
from core import outbox
from core.models import OutboxEntry
from marketplace.agreements import services
from marketplace.deals import proposals
from tests.factories.deals import DealFactory, proposal_values
from tests.factories.organisations import MembershipFactory


@pytest.fixture(autouse=True)
def no_limit_from_before():
    cache.clear()


@pytest.fixture
def deal(db):
    """Proposed by a Latvian school to a Lithuanian company; `provider_user` and `client_user` act."""
    return DealFactory(state="proposed", people=True)


@pytest.fixture
def stranger(db):
    """An owner of another organisation."""
    return MembershipFactory().user


@pytest.fixture
def propose():
    """Makes another proposal: `propose(deal, scope="…")`."""

    def make(deal, language="lv", **values):
        return proposals.propose(
            deal, deal.client_user, proposal_values(language=language, **values), uuid4()
        )

    return make


@pytest.fixture
def agree():
    """Both sides accept the current text."""

    def make(deal):
        sha256 = services.current(deal).sha256
        for user in (deal.provider_user, deal.client_user):
            services.accept(deal, user, sha256, uuid4())
        return services.current(deal)

    return make


@pytest.fixture
def worked(db):
    """A deal whose result was accepted."""
    return DealFactory(state="accepted", people=True)


@pytest.fixture
def make_files():
    """Does the background work that makes PDFs."""

    def make():
        for entry in OutboxEntry.objects.filter(done_at=None, kind="core.document"):
            outbox.work.call(entry.pk)
            core_documents.make.call(**entry.payload)

    return make
