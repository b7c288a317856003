"""People who sign in, their mails, and the worker on demand."""

import pytest
from django.core import mail
from django.core.cache import cache

from core import outbox
from core.models import OutboxEntry
from tests.factories.accounts import UserFactory


@pytest.fixture(autouse=True)
def no_limit_is_left():
    """What an earlier test tried does not count."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def base(settings):
    settings.BASE_URL = "https://portal.example.org"


@pytest.fixture
def member(db):
    """Somebody with an account and nothing to edit."""
    return UserFactory(email="member@example.org", first_name="Ona")


@pytest.fixture
def sent():
    """Does what the outbox holds; gives the new mails: `(one,) = sent()`."""

    def work() -> list:
        mail.outbox.clear()
        for entry in OutboxEntry.objects.filter(done_at=None):
            outbox.work.call(entry.pk)
        return list(mail.outbox)

    return work
