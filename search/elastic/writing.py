"""Writes documents into the indexes, and takes them out.

Every write carries the version of its row, and every removal a number of the same row of numbers, so
that what comes late never undoes what is newer. An index that is just being filled gets every write,
too (`search.elastic.reindex`).
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from search.elastic.documents import document
from search.elastic.indexes import alias
from search.engine import Key
from search.models import SearchDocument

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch

AT_ONCE = 500
MOST_BYTES = 8 * 1024 * 1024
DONE = {"index": {200, 201}, "delete": {200, 404}}


class NotWritten(Exception):
    """Elasticsearch did not take some documents."""


def write(client: "Elasticsearch", rows: Iterable[SearchDocument]) -> list[Key]:
    """Takes in rows; raises `NotWritten` if any could not be. Returns those that are there in a newer state."""
    return send(client, (action("index", key(row), row.version, document(row)) for row in rows))


def remove(client: "Elasticsearch", keys: Mapping[Key, int]) -> list[Key]:
    """Takes out documents, each with a number that is later than its last write; returns as `write` does."""
    return send(client, (action("delete", key, number) for key, number in keys.items()))


def key(row: SearchDocument) -> Key:
    return Key(str(row.translation_key), row.language)


def action(name: str, key: Key, version: int, body: dict | None = None) -> tuple[Key, dict]:
    made = {
        "_op_type": name,
        "_index": alias(key.language),
        "_id": key.translation_key,
        "version": version,
        "version_type": "external_gte",
    }
    return key, made if body is None else made | {"_source": body}


def send(client: "Elasticsearch", actions: Iterable[tuple[Key, dict]]) -> list[Key]:
    newer, refused = [], []
    keys: deque[Key] = deque()  # of what is on its way

    def passing() -> Iterator[dict]:
        for wanted, made in actions:
            keys.append(wanted)
            yield made

    for name, answer in answers(client, passing()):
        wanted = keys.popleft()
        missing = "error" in answer and answer["error"]["type"] == "index_not_found_exception"
        if answer["status"] == 409:
            newer.append(wanted)
        elif answer["status"] not in DONE[name] or missing:
            refused.append(f"{wanted}: {answer.get('error')}")
    if refused:
        raise NotWritten(f"{len(refused)} documents; the first: {refused[0]}")
    return newer


def answers(client: "Elasticsearch", actions: Iterable[dict]) -> Iterator[tuple[str, dict]]:
    from elasticsearch.helpers import streaming_bulk  # slow to load, see `search.elastic.client`

    for _done, told in streaming_bulk(
        client,
        actions,
        chunk_size=AT_ONCE,
        max_chunk_bytes=MOST_BYTES,
        raise_on_error=False,
        # An index that somebody deleted is not to come back without its settings.
        require_alias=True,
    ):
        yield from told.items()
