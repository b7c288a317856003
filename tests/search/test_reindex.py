"""An index is replaced while it is searched and written, with the real Elasticsearch and what goes wrong with it."""

import logging
import threading
import time
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection as database
from django.db import transaction

from search import documents
from search.elastic import destinations, indexes, queue, reindex, writing
from search.elastic.breaker import Breaker
from search.elastic.comparison import differences
from search.elastic.indexes import NEXT, PREVIOUS, alias
from search.engine import engine
from search.models import IndexState, SearchDocument
from tests.search.conftest import titles
from tests.services import at_once, needs_elasticsearch, needs_postgresql

pytestmark = [pytest.mark.django_db, needs_elasticsearch]


class Killed(BaseException):
    """What nothing catches, like the end of a process."""


@pytest.fixture(autouse=True)
def server(elasticsearch, settings, tmp_path):
    """The real one; afterwards with one empty index for the language that these tests use."""
    settings.VAR_DIR = tmp_path
    engine().breaker = Breaker()
    yield elasticsearch
    engine().breaker = Breaker()
    elasticsearch.indices.delete(index=list(made(elasticsearch)))
    indexes.create(elasticsearch, "en", alias("en"))


@pytest.fixture
def pieces(monkeypatch):
    """Fills one document at a time; `pieces(act)` has `act` done before each with its number."""
    monkeypatch.setattr(reindex, "AT_ONCE", 1)

    def disturbed(act):
        indexing, calls = writing.indexing, []

        def counted(rows, role):
            if role == NEXT and len(rows) == 1:
                calls.append(rows)
                act(len(calls))
            return indexing(rows, role)

        monkeypatch.setattr(writing, "indexing", counted)
        return calls

    return disturbed


def run(*arguments) -> str:
    output = StringIO()
    call_command("search", *arguments, stdout=output)
    return output.getvalue()


def made(client) -> set[str]:
    """All indexes of the language."""
    return set(client.indices.get(index=f"{alias('en')}-*", features="aliases"))


def name_of(client, role=indexes.LIVE) -> str | None:
    found = indexes.current(client).get(alias("en", role))
    return found and found.name


def changed(page, title: str) -> None:
    page.title = title
    documents.write([page])


def test_new_index_replaces_the_old_one_which_is_kept_and_written(server, add, ask):
    page = add("Robot")
    old = name_of(server)
    told = run("reindex", "en")
    new = name_of(server)
    assert "en: 1 of 1" in told
    assert f"{new} is searched" in told
    assert (old != new, name_of(server, PREVIOUS), name_of(server, NEXT)) == (True, old, None)
    assert f"en: {new}, 1 documents; before it {old}" in run("status")
    assert titles(ask("robot").hits) == ["Robot"]
    changed(page, "Bakery")
    add("Oven")
    assert "en: 2 of 2" in run("reindex", "en")
    assert not server.indices.exists(index=old)
    assert name_of(server, PREVIOUS) == new


def test_rollback_has_everything_that_was_written_since(server, add, ask):
    page, gone = add("Robot"), add("Robot hand")
    old = name_of(server)
    run("reindex", "en")
    changed(page, "Bakery")
    documents.remove([documents.key(gone)])
    assert list(differences(server, "en", PREVIOUS)) == []
    server.indices.put_settings(index=old, settings={"blocks.write": True})
    add("Oven")  # the index beside refuses it, and nobody minds
    assert not queue.behind()
    server.indices.put_settings(index=old, settings={"blocks.write": None})
    new = name_of(server)
    assert f"{old} is searched" in run("rollback", "en")
    assert (name_of(server), name_of(server, PREVIOUS)) == (old, new)
    assert ask("robot").total == 0
    assert titles([*ask("bakery").hits, *ask("oven").hits]) == ["Bakery", "Oven"]
    add("Toaster")
    run("rollback", "en")  # and forward again
    assert (name_of(server), ask("toaster").total) == (new, 1)


def test_what_was_killed_while_filling_goes_on_where_it_was(server, add, ask, pieces):
    for number in range(6):
        add(f"Robot {number}")
    old = name_of(server)

    def kill(number):
        if number == 5:  # two of the four before are still on their way
            raise Killed

    calls = pieces(kill)
    with pytest.raises(Killed):
        run("reindex", "en")
    begun = name_of(server, NEXT)
    assert (name_of(server), ask("robot").total) == (old, 6)
    assert f"{begun} is being filled, 2 documents so far" in run("status")
    told = run("reindex", "en")
    assert f"going on with {begun}" in told
    assert len(calls) == 5 + 4
    assert (name_of(server), ask("robot").total) == (begun, 6)


@pytest.mark.parametrize("step", ["create", "swap", "settle"])
def test_what_was_killed_between_two_steps_is_brought_to_its_end(
    server, add, ask, monkeypatch, step
):
    add("Robot")
    name = "change" if step == "create" else step
    where = destinations if step == "create" else reindex
    with monkeypatch.context() as patch:

        def killed(*args, **kwargs):
            raise Killed

        patch.setattr(where, name, killed)
        with pytest.raises(Killed):
            run("reindex", "en")
    add("Robot hand")
    assert ask("robot").total == 2
    run("reindex", "en")
    assert (ask("robot").total, name_of(server, NEXT)) == (2, None)
    assert IndexState.objects.get().filling == ""
    assert engine().repair() == 0
    assert made(server) == {name_of(server), name_of(server, PREVIOUS)}


def test_what_is_written_while_it_fills_wins(server, add, ask, pieces):
    pages = sorted(
        [add(f"Robot {number}") for number in range(4)], key=lambda page: str(page.translation_key)
    )

    def write(number):
        if number == 2:
            changed(pages[0], "Bakery")  # it is in the new index already
            changed(pages[1], "Oven")  # the state that was read for it comes late
            documents.remove([documents.key(pages[3])])

    pieces(write)
    run("reindex", "en")
    assert titles(ask("robot").hits) == [pages[2].title]
    assert titles([*ask("bakery").hits, *ask("oven").hits]) == ["Bakery", "Oven"]
    assert engine().repair() == 0


@pytest.mark.parametrize("role", [indexes.LIVE, NEXT])
def test_index_that_is_deleted_by_hand_meanwhile_costs_nothing(server, add, ask, pieces, role):
    for number in range(3):
        add(f"Robot {number}")

    def delete(number):
        if number == 2:
            server.indices.delete(index=name_of(server, role))

    pieces(delete)
    if role == NEXT:
        with pytest.raises(CommandError, match="is searched still"):
            run("reindex", "en")
        assert ask("robot").total == 3
    run("reindex", "en")
    assert ask("robot").total == 3
    assert name_of(server, NEXT) is None


def test_new_index_that_takes_nothing_leaves_the_old_one(server, add, ask, pieces):
    add("Robot")
    old = name_of(server)

    def block(number):
        server.indices.put_settings(
            index=name_of(server, NEXT), settings={"blocks.read_only_allow_delete": number == 1}
        )

    pieces(block)
    with pytest.raises(CommandError, match="is searched still"):
        run("reindex", "en")
    add("Robot hand")
    assert (name_of(server), ask("robot").total, queue.behind()) == (old, 2, False)
    run("reindex", "en")
    assert (name_of(server) != old, ask("robot").total) == (True, 2)


def test_swap_that_fails_leaves_the_old_one(server, add, ask, monkeypatch):
    add("Robot")
    old = name_of(server)
    with monkeypatch.context() as patch:
        move = reindex.move

        def faster(client, *moves, gone=()):
            server.indices.delete_alias(index=old, name=alias("en"))
            try:
                move(client, *moves, gone=gone)
            finally:
                server.indices.put_alias(index=old, name=alias("en"))

        patch.setattr(reindex, "move", faster)
        with pytest.raises(CommandError, match="is searched still"):
            run("reindex", "en")
    assert (name_of(server), ask("robot").total) == (old, 1)
    assert name_of(server, NEXT)
    run("reindex", "en")
    assert (name_of(server, PREVIOUS), ask("robot").total) == (old, 1)


def test_index_that_finds_less_is_not_used(server, add, monkeypatch):
    add("Robot")
    old = name_of(server)
    analysis = indexes.analysis

    def deaf(language):
        made = analysis(language)
        made["filter"]["nothing"] = {"type": "length", "min": 100}
        made["analyzer"]["stemmed"]["filter"].append("nothing")
        made["analyzer"]["lemmas"] = {"tokenizer": "whitespace", "filter": ["nothing"]}
        return made

    with monkeypatch.context() as patch:
        patch.setattr(indexes, "analysis", deaf)
        with pytest.raises(CommandError, match="does not find “Robot”"):
            run("reindex", "en")
    assert name_of(server) == old
    run("reindex", "en")  # with other settings again, in another index
    assert name_of(server).split("-")[-2] == indexes.fingerprint("en")


def test_two_at_once_are_refused(server, add):
    refused = []

    def second():
        try:
            with destinations.alone():
                pass
        except destinations.Busy as error:
            refused.append(str(error))

    with destinations.alone():
        at_once(second)
    at_once(second)
    assert len(refused) == 1


@needs_postgresql
def test_who_changes_where_writes_go_waits_for_those_who_write():
    asked, order = threading.Event(), []

    def writer():
        with transaction.atomic():
            destinations.roles()
            asked.set()
            time.sleep(0.7)
            order.append("written")

    def changer():
        asked.wait()
        destinations.change("xx", filling="other").delete()
        order.append("changed")

    at_once(writer, changer)
    assert order == ["written", "changed"]


def test_changed_settings_are_said_and_renewed(server, add, ask, monkeypatch, caplog):
    add("Robot")
    assert "No settings have changed" in run("reindex", "--changed")
    analysis = indexes.analysis

    def other(language):
        made = analysis(language)
        if language == "en":
            made["analyzer"]["stemmed"]["filter"].remove("stemmer")
        return made

    monkeypatch.setattr(indexes, "analysis", other)
    monkeypatch.setattr(queue, "_noticed", [])
    with caplog.at_level(logging.WARNING):
        queue.catch_up()
        queue.catch_up()
    [said] = [one.getMessage() for one in caplog.records if "settings" in one.getMessage()]
    assert "the indexes of en have changed" in said
    assert "made from other settings" in run("status")
    run("reindex", "--changed")
    assert indexes.outdated(server) == []
    assert ask("robot").total == 1


def test_a_version_from_elsewhere_does_not_outlast_the_new_index(server, add, ask, pieces):
    """As after the database was put back to an older state while an index was filling."""
    row = SearchDocument.objects.get(page=add("Robot"))

    def ahead(number):
        if number > 1:
            return
        row.version += 10**7 if database.vendor == "postgresql" else 1
        row.title_lemmas = "bakery"
        server.index(
            index=name_of(server, NEXT),
            id=str(row.translation_key),
            document={"language": "en", "translation_key": str(row.translation_key)},
            version=row.version,
            version_type="external",
        )

    pieces(ahead)
    run("reindex", "en")
    assert ask("robot").total == 1
    assert engine().repair() == 0
