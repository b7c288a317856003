"""A clock that can be set, and the work that was promised."""

import datetime

import pytest
from django.utils import timezone

from core import outbox
from core.models import OutboxEntry


@pytest.fixture
def clock(monkeypatch):
    """`clock("2027-01-11 09:00")` sets the time of the portal, in UTC."""

    def set_to(text: str) -> datetime.datetime:
        now = datetime.datetime.fromisoformat(text).replace(tzinfo=datetime.UTC)
        monkeypatch.setattr(timezone, "now", lambda: now)
        return now

    return set_to


@pytest.fixture
def do_work():
    """Does what was promised to the outbox about deals, and what that promises."""

    def work() -> None:
        waiting = OutboxEntry.objects.filter(kind__startswith="deals.", done_at=None)
        while entry := waiting.order_by("pk").first():
            outbox.work.call(entry.pk)
            entry.refresh_from_db()
            assert entry.done_at, entry.error

    return work
