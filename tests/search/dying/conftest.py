"""A server that may die, and rows that are really committed, so that other processes see them."""

import pytest

from core import outbox
from core.models import OutboxEntry
from search.elastic import client, indexes, queue
from search.elastic.breaker import Breaker
from search.engine import engine
from tests.editorial.dying.conftest import db as db
from tests.search.dying.server import Server

LANGUAGES = ["en", "fi"]


@pytest.fixture(scope="session")
def dying_server():
    """Started once, and gone at the end whatever happens."""
    made = Server.new()
    try:
        made.start()
        yield made
    finally:
        made.remove()


@pytest.fixture
def server(dying_server, settings, site):
    """It runs, and has an empty index for each of two languages."""
    dying_server.start()
    settings.SEARCH_ENGINE, settings.ELASTICSEARCH_URL = "elasticsearch", dying_server.url
    settings.CONTENT_LANGUAGES = LANGUAGES
    forget()
    engine().repair()
    yield dying_server
    forget()


def forget() -> None:
    """What a process knows of Elasticsearch: its connections, its failures, what waits."""
    client.connected.cache_clear()
    engine().breaker = Breaker()
    queue.forget()


def anew(act):
    """As a process does it that has just begun, and was not forked from another."""

    def do() -> None:
        forget()
        act()

    return do


def name_of(language: str, role: str = indexes.LIVE) -> str | None:
    found = indexes.current(client.client()).get(indexes.alias(language, role))
    return found and found.name


def work_here() -> None:
    """Does what waits in this process."""
    for entry in OutboxEntry.objects.filter(done_at=None).order_by("pk"):
        outbox.work.call(entry.pk)
