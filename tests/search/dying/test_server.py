"""Elasticsearch freezes, dies and comes back: readers get answers, nothing that was written is lost."""

import logging
import time
from dataclasses import dataclass

import pytest
from django.core.management import CommandError, call_command

from search.elastic import client as connection
from search.elastic import indexes, queue, reindex, writing
from search.elastic.indexes import NEXT, PREVIOUS
from search.engine import engine
from tests.editorial.dying.processes import finish, kill_after, left, worker
from tests.factories.home import StandardPageFactory
from tests.factories.pages import delete, publish, take_off
from tests.journeys.running import wait_until
from tests.search.dying.conftest import anew, forget, name_of, work_here
from tests.search.dying.processes import Running, search_command
from tests.services import needs_elasticsearch, needs_postgresql

pytestmark = [
    needs_elasticsearch,
    needs_postgresql,
    pytest.mark.xdist_group("dying"),  # one server for them all
]
QUIET = "less complete than usual"
SLACK = 1.0  # seconds for all but Elasticsearch, on a busy machine
PAGES = 9


@dataclass(frozen=True)
class Answer:
    """What a reader got, and after how many seconds."""

    status: int
    simpler: bool
    total: int
    took: float


@pytest.fixture
def read(client):
    def ask(text="robot") -> Answer:
        start = time.monotonic()
        response = client.get("/en/search/", {"q": text})
        took = time.monotonic() - start
        simpler = QUIET in response.content.decode()
        return Answer(response.status_code, simpler, response.context["total"], took)

    return ask


@pytest.fixture
def pages(server, site):
    """Public pages that are indexed."""

    def make(language: str) -> list:
        home = site[language]
        made = [
            StandardPageFactory(parent=home, locale=home.locale, title=f"Robot {number}")
            for number in range(PAGES)
        ]
        for page in made:
            publish(page)
        return made

    made = {language: make(language) for language in ("en", "fi")}
    finish(anew(worker))
    assert left() == []
    return made


def rename(page, title: str) -> None:
    page.title = title
    publish(page)


def test_freezes_and_dies_while_it_is_searched_written_and_reindexed(
    server, pages, read, client, caplog, tmp_path
):
    ours, told = pages["en"], tmp_path / "told"
    assert not read().simpler
    with server.frozen(), caplog.at_level(logging.WARNING):
        slow, alone = [read() for _time in range(3)], [read() for _time in range(5)]
    assert {(one.status, one.simpler, one.total) for one in slow + alone} == {(200, True, PAGES)}
    assert max(one.took for one in slow) < connection.SEARCHING + SLACK
    assert max(one.took for one in alone) < min(one.took for one in slow)
    assert "Elasticsearch is left alone for a while" in caplog.text
    forget()
    assert not read().simpler

    for page in ours:
        rename(page, f"{page.title} hand")
    old, answers = name_of("en"), []
    filling = search_command(told, "reindex", "en")
    with (
        Running(worker, writing, "send") as writer,
        Running(filling, writing, "send", lambda *given: given[2] == NEXT) as filler,
    ):
        writer.wait_for_the_middle()
        filler.wait_for_the_middle()
        answers += [read() for _time in range(3)]
        server.kill()
        answers += [read() for _time in range(10)]
        assert (writer.end(), filler.end()) == (0, 1)
    assert {(one.status, one.total) for one in answers} == {(200, PAGES)}
    assert [one.simpler for one in answers[3:]] == [True] * 10
    assert max(one.took for one in answers) < connection.SEARCHING + SLACK
    assert "What was searched is searched still" in told.read_text()
    assert "search.send" in left()

    rename(ours[0], "Bakery")
    take_off(ours[1])
    delete(ours[2])
    work_here()
    queue.catch_up()
    finish(anew(worker))
    with pytest.raises(CommandError, match="Elasticsearch: "):
        call_command("search", "verify")
    assert client.get("/readyz").json()["ready"]
    assert [read(text).total for text in ("robot", "bakery")] == [PAGES - 3, 1]
    figures = client.get("/metrics").content.decode()
    for figure in ('fallbacks_total{why="paused"}', "writes_queued_total"):
        [line] = [one for one in figures.splitlines() if one.startswith(f"portal_search_{figure}")]
        assert float(line.split()[-1]) > 0

    server.start()
    finish(anew(worker))
    queue.catch_up()
    finish(anew(worker))
    assert left() == []
    wait_until(lambda: not read().simpler, "Elasticsearch answers again", 20)
    connection.client().indices.refresh(index=indexes.alias("en"))  # else it may take a second
    assert [read(text).total for text in ("robot", "bakery")] == [PAGES - 3, 1]
    finish(search_command(told, "reindex", "en"))
    assert "going on with" in told.read_text()
    assert (name_of("en", PREVIOUS), name_of("en", NEXT)) == (old, None)
    assert engine().repair() == 0


def test_dies_around_the_change_from_one_index_to_the_next(server, pages, tmp_path):
    """In one language just after it, in the other at that moment."""
    told, old = tmp_path / "told", {code: name_of(code) for code in ("en", "fi")}
    kill_after(search_command(told, "reindex", "fi"), reindex, "move")
    assert name_of("fi", PREVIOUS) == old["fi"]
    rename(pages["fi"][0], "Leipomo")
    changing = search_command(told, "reindex", "en")
    with Running(changing, reindex, "move", calls=1) as changer:
        changer.wait_for_the_middle()
        server.kill()
        changer.end()  # whether it was done is the server's to know
    take_off(pages["en"][0])
    finish(anew(worker))
    server.start()
    rename(pages["fi"][1], "Uuni")
    queue.catch_up()
    finish(anew(worker))
    assert left() == []
    finish(search_command(told, "reindex", "en", "fi"))
    assert {code: name_of(code, PREVIOUS) for code in old} == old
    assert engine().repair() == 0
