"""Writes documents into the indexes, and takes them out.

Every write carries the version of its row, and every removal a number of the same row of numbers, so
that what comes late never undoes what is newer. An index that is just being filled gets every write,
and so does the one before it (`search.elastic.reindex`).
"""

import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from search.elastic.destinations import roles
from search.elastic.documents import document
from search.elastic.indexes import LIVE, alias
from search.engine import Key
from search.models import SearchDocument

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch

logger = logging.getLogger(__name__)
# The key, the role of the index, and the action as Elasticsearch's client takes it.
Action = tuple[Key, str, dict]
AT_ONCE = 500
MOST_BYTES = 8 * 1024 * 1024
DONE = {"index": {200, 201}, "delete": {200, 404}}


class NotWritten(Exception):
    """Elasticsearch did not take some documents."""


def write(client: "Elasticsearch", rows: Iterable[SearchDocument], role: str = LIVE) -> list[Key]:
    """Takes in rows; raises `NotWritten` if any could not be. Returns those that are there in a newer state.

    What the index takes that is searched, those beside it get, too. Another role is written alone.
    """
    return send(client, indexing(rows, role), role)


def indexing(rows: Iterable[SearchDocument], role: str) -> Iterator[Action]:
    """What takes in rows, for `send`; the database is asked nothing but which indexes are written."""
    found = destinations(role)
    for row in rows:
        one, body = key(row), document(row)
        yield from (action("index", one, place, row.version, body) for place in found(one))


def remove(client: "Elasticsearch", keys: Mapping[Key, int], role: str = LIVE) -> list[Key]:
    """Takes out documents, each with a number that is later than its last write; returns as `write` does."""
    found = destinations(role)
    return send(
        client,
        (
            action("delete", key, place, number)
            for key, number in keys.items()
            for place in found(key)
        ),
        role,
    )


def destinations(role: str) -> Callable[[Key], Iterable[str]]:
    """Which indexes of a key's language get what is written."""
    beside = roles() if role == LIVE else {}
    return lambda key: beside.get(key.language, (role,))


def key(row: SearchDocument) -> Key:
    return Key(str(row.translation_key), row.language)


def action(name: str, key: Key, role: str, version: int, body: dict | None = None) -> Action:
    made = {
        "_op_type": name,
        "_index": alias(key.language, role),
        "_id": key.translation_key,
        "version": version,
        "version_type": "external_gte",
    }
    return key, role, made if body is None else made | {"_source": body}


def send(client: "Elasticsearch", actions: Iterable[Action], needed: str) -> list[Key]:
    """What an index beside the needed one refuses is not missed: it is compared before it is used."""
    newer, refused, beside = [], [], []
    sent: deque[tuple[Key, str]] = deque()  # what is on its way

    def passing() -> Iterator[dict]:
        for key, role, made in actions:
            sent.append((key, role))
            yield made

    for name, answer in answers(client, passing()):
        key, role = sent.popleft()
        missing = "error" in answer and answer["error"]["type"] == "index_not_found_exception"
        if answer["status"] == 409:
            newer.append(key)
        elif missing and role != needed:
            continue
        elif answer["status"] not in DONE[name] or missing:
            (refused if role == needed else beside).append(f"{key}: {answer.get('error')}")
    if beside:
        logger.warning("search: an index beside refused %s; the first: %s", len(beside), beside[0])
    if refused:
        raise NotWritten(f"{len(refused)} documents; the first: {refused[0]}")
    return list(dict.fromkeys(newer))


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
