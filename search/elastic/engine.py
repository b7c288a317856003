"""Elasticsearch as an engine. It raises what goes wrong; `search.elastic.fallback` knows what then."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from search import versions
from search.database.engine import DatabaseEngine
from search.elastic import client, comparison, reindex, writing
from search.elastic.meaning import SearchWithMeaning
from search.elastic.queries import Asked
from search.engine import Key, Query, Results
from search.models import SearchDocument

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch


class ElasticEngine:
    """Finds documents with Elasticsearch, mostly in one round trip.

    There are more where not all words were found, the page is beyond the end, something was found in
    other languages, or something is near in meaning: four at most.
    """

    @property
    def client(self) -> "Elasticsearch":
        return client.client()

    def index(self, documents: Iterable[SearchDocument]) -> list[Key]:
        """Returns what Elasticsearch holds in a newer state, which the database has not made or has lost."""
        return writing.write(self.client, documents)

    def remove(self, keys: Iterable[Key]) -> list[Key]:
        return writing.remove(self.client, {key: versions.take(key) for key in keys})

    def bring_up_to_date(self, keys: list[Key]) -> None:
        comparison.bring_up_to_date(self.client, keys)

    def search(self, query: Query) -> Results:
        return SearchWithMeaning(self.client, Asked(query)).results()

    def spelling(self, words: Sequence[str], language: str) -> dict[str, str]:
        """The words of the documents lie in the database, for every engine."""
        return DatabaseEngine().spelling(words, language)

    def repair(self) -> int:
        return reindex.repair(self.client)
