"""Compares the indexes with the rows, and makes them equal.

Both sides are read in the order of their keys, a piece at a time, so that memory does not grow with
their number.
"""

from collections.abc import Iterator
from itertools import groupby, islice
from typing import TYPE_CHECKING

from django.db import transaction

from search import versions
from search.elastic import indexes, writing
from search.elastic.indexes import LIVE
from search.engine import Key
from search.models import SearchDocument

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch

AT_ONCE = 2_000
FIXED_AT_ONCE = 200


def level(client: "Elasticsearch", language: str, role: str = LIVE) -> int:
    """Makes an index of a language equal to the rows; returns how many documents had to be changed."""
    repaired, found = 0, differences(client, language, role)
    while keys := list(islice(found, FIXED_AT_ONCE)):
        repaired += bring_up_to_date(client, keys, role)
    return repaired


def differences(client: "Elasticsearch", language: str, role: str = LIVE) -> Iterator[Key]:
    """Keys whose document and row have not the same version; of what is just being written, some too much."""
    name = indexes.alias(language, role)
    client.indices.refresh(index=name)
    rows = SearchDocument.objects.filter(language=language).order_by("translation_key")
    stored = rows.values_list("translation_key", "version").iterator(chunk_size=AT_ONCE)
    sides = merged(((str(key), version) for key, version in stored), in_index(client, name))
    for key, found in groupby(sides, key=lambda pair: pair[0]):
        if len({version for _key, version in found}) > 1:
            yield Key(key, language)


def in_index(client: "Elasticsearch", name: str) -> Iterator[tuple[str, int]]:
    """Key and version of every document of an index, in the order of the keys."""
    after: dict = {}
    while True:
        found = client.search(
            index=name,
            size=AT_ONCE,
            sort=[{"translation_key": "asc"}],
            source=False,
            version=True,
            track_total_hits=False,
            **after,
        )["hits"]["hits"]
        yield from ((one["_id"], one["_version"]) for one in found)
        if len(found) < AT_ONCE:
            return
        after = {"search_after": found[-1]["sort"]}


def merged(rows: Iterator, documents: Iterator) -> Iterator[tuple[str, int | None]]:
    """Two sorted sides as one, with None for what one of them lacks.

    >>> list(merged(iter([("a", 1), ("b", 2)]), iter([("b", 2), ("c", 3)])))
    [('a', 1), ('a', None), ('b', 2), ('b', 2), ('c', None), ('c', 3)]
    """
    row, document = next(rows, None), next(documents, None)
    while row or document:
        key = min(one[0] for one in (row, document) if one)
        yield row if row and row[0] == key else (key, None)
        yield document if document and document[0] == key else (key, None)
        row = next(rows, None) if row and row[0] == key else row
        document = next(documents, None) if document and document[0] == key else document


@transaction.atomic
def bring_up_to_date(client: "Elasticsearch", keys: list[Key], role: str = LIVE) -> int:
    """Writes what the rows of some keys are now; returns for how many that changed anything.

    Each key has its turn, so that nobody else writes it meanwhile.
    """
    keys = sorted(keys, key=str)
    numbers = {key: versions.take(key) for key in keys}
    rows = SearchDocument.objects.filter(translation_key__in=[key.translation_key for key in keys])
    rows = rows.select_related("meaning")
    present = {writing.key(row): row for row in rows if writing.key(row) in numbers}
    there = in_index_now(client, keys, role)
    wrong = [
        key for key in keys if there.get(key) != (present[key].version if key in present else None)
    ]
    newer = writing.write(client, [present[key] for key in wrong if key in present], role)
    newer += writing.remove(
        client, {key: numbers[key] for key in wrong if key not in present}, role
    )
    if newer:
        prevail(client, newer, present, max(there.values(), default=0), role)
    return len(wrong)


def prevail(
    client: "Elasticsearch", keys: list[Key], present: dict, highest: int, role: str
) -> None:
    """Makes the rows the newest state of documents that somebody else has changed or removed.

    So it is if the index was meddled with, or if the database was put back to an older state.
    """
    versions.beyond(highest)
    numbers = {key: versions.take(key) for key in keys}
    rows = [present[key] for key in keys if key in present]
    for row in rows:
        row.version = numbers[writing.key(row)]
        SearchDocument.objects.filter(pk=row.pk).update(version=row.version)
    gone = {key: number for key, number in numbers.items() if key not in present}
    for place in {LIVE, role}:
        writing.write(client, rows, place)
        writing.remove(client, gone, place)


def in_index_now(client: "Elasticsearch", keys: list[Key], role: str) -> dict[Key, int]:
    """The versions of documents, also of those that searches do not see yet."""
    names = {key: indexes.alias(key.language, role) for key in keys}
    wanted = [{"_index": name, "_id": key.translation_key} for key, name in names.items()]
    found = client.mget(docs=wanted, source=False)["docs"]
    return {
        key: told["_version"] for key, told in zip(keys, found, strict=True) if told.get("found")
    }
