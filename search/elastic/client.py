"""The connection to Elasticsearch."""

from functools import cache
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch

SEARCHING = 1.0  # seconds that a reader waits at most, before the database answers
WRITING = 10.0


def client() -> "Elasticsearch":
    """The client of this process; safe to use from several threads."""
    return connected(settings.ELASTICSEARCH_URL)


@cache
def connected(url: str) -> "Elasticsearch":
    from elasticsearch import Elasticsearch  # takes most of a second, which no other command waits

    # Nothing is tried again here: searches have an answer elsewhere, writes are repeated by the outbox.
    nodes = url.split(",")
    return Elasticsearch(nodes, request_timeout=WRITING, max_retries=0, retry_on_timeout=False)
