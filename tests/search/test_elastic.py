"""What is Elasticsearch's alone: order of writes, comparison, and everything that goes wrong with it."""

import logging
import random
import socket
import time
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from core import outbox
from core.models import OutboxEntry
from search import documents, versions
from search.elastic import client, comparison, indexes, queue, writing
from search.elastic.breaker import Breaker
from search.engine import Key, engine
from search.models import SearchDocument
from search.questions import Question
from tests.search.conftest import titles
from tests.services import needs_elasticsearch

pytestmark = [pytest.mark.django_db, needs_elasticsearch]
NOWHERE = "http://127.0.0.1:9"
WORDS = [f"x{number}" for number in range(30)]


@pytest.fixture(autouse=True)
def chosen(elasticsearch, settings, tmp_path):
    """The real one, with a breaker that has seen nothing."""
    settings.VAR_DIR = tmp_path
    engine().breaker = Breaker()
    yield elasticsearch
    engine().breaker = Breaker()
    names = f"{settings.ELASTICSEARCH_PREFIX}-*"
    everything = {"match_all": {}}
    elasticsearch.delete_by_query(index=names, query=everything, conflicts="proceed")


@pytest.fixture
def answer():
    """What a reader gets, from whichever engine."""
    return lambda text: engine().search(Question(text, "en", ("en",)).for_engine())


@pytest.fixture
def silent():
    """The address of a server that takes connections and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


def caught_up() -> bool:
    queue.forget()
    return not queue.behind()


def test_an_older_state_never_replaces_a_newer_one(chosen, add, ask):
    old = SearchDocument.objects.get(page=add("Robot"))
    new = SearchDocument.objects.get(pk=old.pk)
    new.version = versions.take(writing.key(new))
    new.title_lemmas = "bakery"
    writing.write(chosen, [new])
    writing.write(chosen, [old])
    writing.remove(chosen, {writing.key(old): old.version})
    assert ask("bakery").total == 1


def test_what_was_removed_does_not_come_back_by_a_late_write(chosen, add, ask):
    row = SearchDocument.objects.get(page=add("Robot"))
    engine().remove([writing.key(row)])
    writing.write(chosen, [row])
    assert ask("robot").total == 0


def test_repair_writes_what_is_missing_and_removes_what_is_too_much(chosen, add, ask):
    lost, changed = add("Robot lost"), add("Robot changed")
    extra = SearchDocument.objects.get(page=add("Robot"))
    SearchDocument.objects.filter(pk=extra.pk).delete()
    chosen.delete(index=indexes.alias("en"), id=str(lost.translation_key))
    SearchDocument.objects.filter(page=changed).update(
        title="Bakery",
        title_lemmas="bakery",
        version=versions.take(documents.key(changed)),
    )
    assert engine().repair() == 3
    assert engine().repair() == 0
    assert titles(ask("robot").hits) == ["Robot lost"]
    assert titles(ask("bakery").hits) == ["Bakery"]


def test_repair_prevails_over_an_index_that_is_ahead_of_the_database(chosen, add, ask):
    """As after the database was put back to an older state."""
    write_as_of_a_later_state(chosen, add("Robot"))
    assert engine().repair() == 1
    assert engine().repair() == 0
    assert ask("bakery").total == 0
    assert ask("robot").total == 1


def write_as_of_a_later_state(client, page) -> None:
    row = SearchDocument.objects.get(page=page)
    row.version += 10**10  # on SQLite some hours
    row.title_lemmas = "bakery"
    writing.write(client, [row])


def test_a_row_prevails_when_it_is_written_though_the_index_is_ahead(chosen, add, ask, work):
    page, gone = add("Robot"), add("Robot that goes")
    for one in (page, gone):
        write_as_of_a_later_state(chosen, one)
    page.title = "Oven"
    documents.write([page])
    documents.remove([documents.key(gone)])
    work()
    assert (ask("bakery").total, ask("oven").total) == (0, 1)
    assert engine().repair() == 0


class Lost(Exception):
    """The commit fails."""


def write_in_vain(page, title: str) -> None:
    """Elasticsearch takes it, the database does not."""
    page.title = title

    @transaction.atomic
    def write():
        documents.write([page])
        raise Lost

    with pytest.raises(Lost):
        write()


def test_what_was_written_before_a_commit_that_failed_is_undone(
    chosen, add, ask, work, monkeypatch
):
    page = add("Robot")
    write_in_vain(page, "Bakery")
    assert ask("bakery").total == 1
    with pytest.raises(CommandError, match="1 documents differ"):
        call_command("search", "verify", "--dry-run")
    assert engine().repair() == 1
    assert engine().repair() == 0
    assert (ask("bakery").total, ask("robot").total) == (0, 1)
    write_in_vain(page, "Bakery")
    seconds = time.time_ns
    monkeypatch.setattr(time, "time_ns", lambda: seconds() - 3600 * 10**9)
    page.title = "Oven"
    documents.write([page])  # the next one wins, also where the clock was set back meanwhile
    work()
    assert (ask("bakery").total, ask("oven").total) == (0, 1)
    assert engine().repair() == 0


def test_of_two_writes_the_later_wins_though_its_clock_is_behind(chosen, add, ask, monkeypatch):
    page = add("Robot")
    seconds = time.time_ns
    monkeypatch.setattr(time, "time_ns", lambda: seconds() - 3600 * 10**9)
    page.title = "Bakery"
    documents.write([page])
    assert not queue.behind()
    assert (ask("robot").total, ask("bakery").total) == (0, 1)
    assert engine().repair() == 0


def test_the_database_answers_while_elasticsearch_is_gone_and_it_catches_up(
    add, ask, answer, work, client_of, settings
):
    address, settings.ELASTICSEARCH_URL = settings.ELASTICSEARCH_URL, NOWHERE
    page = add("Robot")
    results = answer("robot")
    assert titles(results.hits) == ["Robot"]
    assert results.simpler
    assert "less complete than usual" in client_of("/en/search/?q=robot")
    queue.catch_up()  # it is still away
    settings.ELASTICSEARCH_URL = address
    assert not caught_up()
    engine().breaker = Breaker()
    assert answer("robot").simpler  # it lacks what waits
    page.title = "Bakery"
    documents.write([page])
    work()
    assert caught_up()
    assert ask("robot").total == 0
    assert titles(ask("bakery").hits) == ["Bakery"]
    assert engine().repair() == 0
    assert "less complete than usual" not in client_of("/en/search/?q=robot")


@pytest.fixture
def client_of(client):
    return lambda address: client.get(address).content.decode()


def test_a_slow_server_costs_its_time_and_is_then_left_alone(
    add, answer, settings, silent, monkeypatch
):
    monkeypatch.setattr(client, "SEARCHING", 0.3)
    add("Robot")
    settings.ELASTICSEARCH_URL = silent
    took = []
    for _number in range(5):
        start = time.monotonic()
        results = answer("robot")
        took.append(time.monotonic() - start)
        assert results.simpler
        assert results.total == 1
    assert max(took) < 1.3
    assert sum(took[3:]) < 0.3


def test_what_a_full_disk_refuses_waits_and_the_database_answers(
    chosen, add, ask, answer, work, caplog
):
    add("Robot")
    name = indexes.alias("en")
    chosen.indices.put_settings(index=name, settings={"blocks.read_only_allow_delete": True})
    add("Robot cell")
    entry = queue.waiting().get()
    outbox.work.call(entry.pk)
    with caplog.at_level(logging.WARNING):
        queue.catch_up()  # it is not asked again as long as the disk is full
    assert f"{indexes.current(chosen)[name].name} can only be read" in caplog.text
    entry.refresh_from_db()
    assert entry.not_before
    assert answer("robot").simpler
    assert answer("robot").total == 2
    chosen.indices.put_settings(index=name, settings={"blocks.read_only_allow_delete": None})
    queue.catch_up()
    entry.refresh_from_db()
    assert entry.not_before is None
    work()
    assert ask("robot").total == 2
    assert engine().repair() == 0


def test_worker_leaves_a_server_alone_that_has_just_failed(add, settings, monkeypatch):
    settings.ELASTICSEARCH_URL = NOWHERE
    for number in range(4):
        add(f"Robot {number}")
    asked = []
    monkeypatch.setattr(comparison, "bring_up_to_date", lambda *given: asked.append(given))
    for entry in queue.waiting():
        outbox.work.call(entry.pk)
    assert asked == []
    assert queue.waiting().filter(error__startswith="LeftAlone").count() == 4


def test_the_attempt_after_a_pause_is_for_what_waits(chosen, add, answer):
    add("Robot")
    now = [0.0]
    engine().breaker = breaker = Breaker(most=1, pause=10, clock=lambda: now[0])
    breaker.failed()
    queue.promise([Key("00000000-0000-0000-0000-000000000000", "en")])
    queue.forget()
    now[0] = 11.0
    assert answer("robot").simpler
    assert breaker.lets_through()


def test_an_index_is_not_searched_before_it_is_whole(chosen, add, answer, settings, monkeypatch):
    for number in range(3):
        add(f"Robot {number}")
    chosen.indices.delete(index=indexes.current(chosen)[indexes.alias("en")].name)
    engine().breaker = Breaker(most=100)
    seen, indexing = [], writing.indexing

    def watched(*given):
        seen.append(answer("robot").total)
        return indexing(*given)

    monkeypatch.setattr(writing, "indexing", watched)
    queue.catch_up()
    assert seen
    assert set(seen) == {3}
    assert not answer("robot").simpler


def test_an_index_that_was_deleted_is_made_again(chosen, add, ask, answer, work):
    add("Robot")
    chosen.indices.delete(index=indexes.current(chosen)[indexes.alias("en")].name)
    assert titles(answer("robot").hits) == ["Robot"]
    gone = Key("00000000-0000-0000-0000-000000000000", "en")
    add("Robot cell")  # makes no index without its settings
    with pytest.raises(writing.NotWritten):
        writing.remove(chosen, {gone: 1})  # nor does this
    assert indexes.missing(chosen) == ["en"]
    queue.catch_up()
    work()
    assert indexes.missing(chosen) == []
    engine().breaker = Breaker()
    assert ask("robot").total == 2


def test_a_failure_is_repeated_when_the_server_is_back(add, settings):
    address, settings.ELASTICSEARCH_URL = settings.ELASTICSEARCH_URL, NOWHERE
    add("Robot")
    entry = queue.waiting().get()
    outbox.work.call(entry.pk)
    entry.refresh_from_db()
    assert entry.error
    assert entry.not_before
    settings.ELASTICSEARCH_URL = address
    queue.catch_up()
    entry.refresh_from_db()
    assert entry.not_before is None
    outbox.work.call(entry.pk)
    assert OutboxEntry.objects.get(pk=entry.pk).done_at
    assert engine().repair() == 0


def test_stems_find_words_that_no_list_has_and_no_others(dictionaries, add, ask):
    add("Pameistrių", language="lt")
    add("Kirja", language="fi")  # a book; a letter has the same stem
    assert ask("pameistrys", language="lt").total == 1
    assert ask("kirja", language="fi").total == 1
    assert ask("kirje", language="fi").total == 0


def test_both_engines_count_alike(site, ask, settings):
    """Items in one to three languages, words that no stemmer touches, questions of all kinds."""
    dice = random.Random(7)
    rows = []
    for number in range(80):
        countries = dice.sample(["LV", "EE", "FI"], dice.randint(0, 2))
        for language in dice.sample(["en", "fi", "lv"], dice.randint(1, 3)):
            texts = [" ".join(dice.choices(WORDS, k=length)) for length in (2, 4, 8)]
            rows.append(
                SearchDocument(
                    translation_key=UUID(int=number + 1),
                    language=language,
                    kind=("page", "story")[number % 2],
                    facets={"kind": [("page", "story")[number % 2]], "country": countries},
                    page=site["en"],
                    **dict(zip(("title", "summary", "body"), texts, strict=True)),
                    **dict(
                        zip(("title_lemmas", "summary_lemmas", "body_lemmas"), texts, strict=True)
                    ),
                )
            )
    SearchDocument.objects.bulk_create(rows)
    assert engine().repair() == len(rows)
    for number in range(40):
        text = " ".join(dice.sample(WORDS, dice.randint(1, 3)))
        choices = {
            "language": dice.sample(["en", "fi", "lv"], dice.randint(1, 3)),
            "kind": dice.sample(["page", "story"], dice.randint(0, 2)),
            "country": dice.sample(["LV", "EE", "FI"], dice.randint(0, 2)),
            "page": str(dice.choice([1, 1, 2, 9])),
        }
        settings.SEARCH_ENGINE = "elasticsearch"
        one = ask(text, **choices)
        settings.SEARCH_ENGINE = "database"
        other = ask(text, **choices)
        for name in ("total", "facets", "without", "languages", "offset", "all_words"):
            assert getattr(one, name) == getattr(other, name), (number, text, choices, name)
        for name in ("hits", "others"):
            assert len(getattr(one, name)) == len(getattr(other, name)), (text, choices, name)
        if other.total <= 10:
            assert {hit.document for hit in one.hits} == {hit.document for hit in other.hits}
