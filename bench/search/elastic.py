"""Elasticsearch through the portal and without it: `python -m bench.search.elastic [documents] [languages]`.

On a scratch database of DATABASE_URL and the Elasticsearch of ELASTICSEARCH_URL, filled as
`bench.search.database` fills it. Printed are, in the same run:

- how long questions take the engine, and the bare client with the same requests,
- how many documents a second are written from the rows, and by the client's bulk helper with the same
  documents out of memory,
- how much memory a process needs that reads a tenth of the rows into new indexes, and all of them.
"""

import os
import random
import resource
import statistics
import sys
import time
from multiprocessing import get_context

import django

from bench.search.database import LANGUAGES, fill, questions

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")
PREFIX = f"bench-{os.getpid()}"


class Listening:
    """A client that notes what the engine sends."""

    def __init__(self, client):
        self.client, self.sent = client, []

    def options(self, **_kept):
        return self

    def msearch(self, searches):
        self.sent.append(searches)
        return self.client.msearch(searches=searches)


def reading(number: int, languages: list[str], database: str, prefix: str, told) -> None:
    """Replaces all indexes in a process of its own; tells the seconds and the most memory in MB."""
    django.setup()
    from django.conf import settings
    from django.db import connection

    from search.elastic import client, reindex

    connection.settings_dict["NAME"] = database
    settings.ELASTICSEARCH_PREFIX, settings.CONTENT_LANGUAGES = prefix, languages
    start = time.perf_counter()
    reindex.reindex(client.client(), languages, lambda _line: None)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    told.put((time.perf_counter() - start, most))


def reindexed(number: int, languages: list[str]) -> None:
    from django.db import connection

    context = get_context("spawn")
    told = context.Queue()
    arguments = number, languages, connection.settings_dict["NAME"], PREFIX, told
    process = context.Process(target=reading, args=arguments)
    process.start()
    seconds, most = told.get()
    process.join()
    print(f"reindex of {number}: {seconds:.0f} s in all, at most {most:.0f} MB", flush=True)


def rates(client, languages: list[str], number: int) -> None:
    """Documents a second: the bulk helper's, and those of `fill`, which reads the rows."""
    from elasticsearch.helpers import bulk

    from search.elastic import indexes, reindex, writing
    from search.elastic.documents import document
    from search.elastic.models import IndexState
    from search.models import SearchDocument

    bare = filled = 0.0
    for language in languages:
        rows = SearchDocument.objects.filter(language=language).order_by("translation_key")
        name = f"{PREFIX}-bare"
        client.indices.create(index=name, **indexes.body(language))
        made = [
            {"_index": name, "_id": str(row.translation_key), "_source": document(row)}
            for row in rows.select_related("meaning").iterator(2_000)
        ]
        start = time.perf_counter()
        bulk(client, made)
        bare += time.perf_counter() - start
        del made
        client.indices.delete(index=name)

        new = indexes.create(client, language, indexes.alias(language, indexes.NEXT))
        state = IndexState(language=language, filling=new.name)
        start = time.perf_counter()
        reindex.fill(client, state, lambda _line: None)
        filled += time.perf_counter() - start
        client.indices.delete(index=new.name)
    assert writing.AT_ONCE == 500  # as the bulk helper's own
    print(f"from the rows {number / filled:.0f} documents a second,", end=" ")
    print(f"bulk helper {number / bare:.0f}: {bare / filled:.2f} of it", flush=True)


def searches(client, asked: list[str]) -> None:
    """Every question once through the engine and once as bare requests, in turns."""
    from django.http import QueryDict

    from search.elastic.meaning import SearchWithMeaning
    from search.elastic.queries import Asked
    from search.questions import Question

    taken: dict[str, list[float]] = {"engine": [], "bare client": []}
    for number, text in enumerate(asked):
        query = QueryDict(mutable=True)
        query["q"] = text
        query = Question.read(query, "en").for_engine()
        listening = Listening(client)
        SearchWithMeaning(listening, Asked(query)).results()

        def through_the_engine(query=query):
            SearchWithMeaning(client, Asked(query)).results()

        def bare(sent=tuple(listening.sent)):
            for one in sent:
                client.msearch(searches=one)

        ways = [("engine", through_the_engine), ("bare client", bare)]
        for name, run in ways if number % 2 else reversed(ways):
            start = time.perf_counter()
            run()
            taken[name].append((time.perf_counter() - start) * 1_000)
    cuts = {name: statistics.quantiles(times, n=20) for name, times in taken.items()}
    for name, cut in cuts.items():
        print(f"{name:12} p50 {cut[9]:6.1f}  p95 {cut[18]:6.1f} ms")
    ratio = cuts["engine"][18] / cuts["bare client"][18]
    print(f"engine at p95: {ratio:.2f} of the bare client", flush=True)


def main(number: int = 100_000, languages: int = len(LANGUAGES)) -> None:
    django.setup()
    from django.conf import settings
    from django.db import connection

    from search.elastic import client as connecting
    from search.elastic import indexes

    dice, codes = random.Random(7), LANGUAGES[:languages]
    settings.ELASTICSEARCH_PREFIX, settings.CONTENT_LANGUAGES = PREFIX, codes
    name = connection.settings_dict["NAME"]
    client = connecting.client()
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        for code in codes:
            indexes.create(client, code, indexes.alias(code))
        fill(number // 10, codes, dice)
        reindexed(number // 10, codes)
        fill(number, codes, dice, start=number // 10)
        print(f"{connection.vendor}, {number} documents in {languages} languages", flush=True)
        reindexed(number, codes)
        rates(client, codes, number)
        client.indices.refresh(index=f"{PREFIX}-*")
        asked = questions(dice)
        searches(client, asked)
    finally:
        client.indices.delete(index=list(client.indices.get(index=f"{PREFIX}-*")) or "none")
        client.options(ignore_status=404).indices.delete_index_template(name=PREFIX)
        connection.creation.destroy_test_db(name, verbosity=0)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
