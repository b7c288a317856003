"""Elasticsearch, and the database where it is slow, wrong, full or gone.

Whoever searches has an answer in the same request and is told that it may be a simpler one. What could
not be written waits in the outbox; as long as anything waits, the database answers, because it knows
more.
"""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from prometheus_client import Counter

from search.database.engine import DatabaseEngine
from search.elastic import queue, writing
from search.elastic.breaker import Breaker
from search.elastic.engine import ElasticEngine
from search.engine import Key, Query, Results
from search.models import SearchDocument

logger = logging.getLogger(__name__)
ANSWERED_ELSEWHERE = Counter(
    "portal_search_fallbacks",
    "Searches that the database answered instead of Elasticsearch, by why",
    ["why"],
)
WRITES_QUEUED = Counter(
    "portal_search_writes_queued", "Documents that wait until Elasticsearch takes them"
)


class LeftAlone(Exception):
    """Elasticsearch has just failed several times; what is to be written waits."""


class SteadyEngine:
    """Elasticsearch with the database behind it."""

    def __init__(self):
        self.elastic = ElasticEngine()
        self.database = DatabaseEngine()
        self.breaker = Breaker()

    def search(self, query: Query) -> Results:
        if (
            queue.behind()
        ):  # asked first: the attempt that the breaker lets through is for what waits
            return self.simpler(query, "behind")
        if not self.breaker.lets_through():
            return self.simpler(query, "paused")
        try:
            results = self.elastic.search(query)
        except Exception as error:  # whatever it is, the reader gets an answer
            self.failed(error)
            return self.simpler(query, type(error).__name__)
        self.succeeded()
        return results

    def simpler(self, query: Query, why: str) -> Results:
        ANSWERED_ELSEWHERE.labels(why).inc()
        return replace(self.database.search(query), simpler=True)

    def index(self, documents: Iterable[SearchDocument]) -> None:
        documents = list(documents)
        self.attempt(lambda: self.elastic.index(documents), [writing.key(one) for one in documents])

    def remove(self, keys: Iterable[Key]) -> None:
        keys = list(keys)
        self.attempt(lambda: self.elastic.remove(keys), keys)

    def attempt(self, act: Callable[[], list[Key]], keys: list[Key]) -> None:
        """Writes, or promises to. What is there in a newer state is compared, and the row prevails."""
        if not self.breaker.lets_through():
            return self.promise(keys)
        try:
            keys = act()
        except Exception as error:  # the rows are written, whatever became of the index
            self.failed(error)
        else:
            self.succeeded()
        if keys:
            self.promise(keys)

    def bring_up_to_date(self, keys: list[Key]) -> None:
        """Writes what waited; raises what goes wrong, after which it waits on."""
        if not self.breaker.lets_through():
            raise LeftAlone
        try:
            self.elastic.bring_up_to_date(keys)
        except Exception as error:
            self.failed(error)
            raise
        self.succeeded()

    def promise(self, keys: list[Key]) -> None:
        WRITES_QUEUED.inc(len(keys))
        queue.promise(keys)

    def failed(self, error: Exception) -> None:
        logger.warning("search: Elasticsearch failed: %r", error)
        if self.breaker.failed():
            logger.error("search: Elasticsearch is left alone for a while, the database answers")

    def succeeded(self) -> None:
        if self.breaker.succeeded():
            logger.info("search: Elasticsearch answers again")

    def spelling(self, words: Sequence[str], language: str) -> dict[str, str]:
        return self.database.spelling(words, language)

    def repair(self) -> int:
        return self.database.repair() + self.elastic.repair()
