"""A reindex dies at every step, two run at once, and a clock is wrong; each in a process of its own."""

import datetime
import time

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from search import documents
from search.elastic import comparison, destinations, indexes, reindex, writing
from search.elastic.indexes import LIVE, NEXT, PREVIOUS
from search.engine import engine
from search.models import IndexState
from search.questions import Question
from tests.editorial.dying.processes import always, finish, kill
from tests.factories.home import StandardPageFactory
from tests.search.dying.conftest import anew, name_of
from tests.search.dying.processes import Running, search_command
from tests.services import needs_elasticsearch, needs_postgresql

pytestmark = [
    needs_elasticsearch,
    needs_postgresql,
    pytest.mark.xdist_group("dying"),
]
HOUR = datetime.timedelta(hours=1)


def fills(_client, _actions, needed) -> bool:
    return needed == NEXT


# Where it is killed, one after the other: after or before which call.
STEPS = (
    ("after", indexes, "create", always),
    ("after", destinations, "change", lambda *_args, **fields: fields.get("filling")),
    ("after", writing, "send", fills),
    ("before", reindex, "compare", always),
    ("before", reindex, "swap", always),
    ("before", reindex, "move", always),
    ("after", reindex, "move", always),
    ("before", comparison, "level", lambda *given: len(given) == 3 and given[2] == LIVE),
    ("before", destinations, "change", lambda *_args, **fields: fields.get("filling") == ""),
)


@pytest.fixture
def add(server, site):
    """Makes a page public that is indexed at once."""

    def make(title: str):
        page = StandardPageFactory(parent=site["en"], locale=site["en"].locale, title=title)
        documents.write([page])
        return page

    return make


def found(text: str) -> int:
    """How many Elasticsearch finds."""
    engine().elastic.client.indices.refresh(index=indexes.alias("en"))
    results = engine().search(Question(text, "en", ("en",)).for_engine(equal={}))
    assert not results.simpler
    return results.total


def test_killed_at_every_step_it_goes_on_and_loses_nothing(server, add, tmp_path):
    told = tmp_path / "told"
    pages = [add(f"Robot {number}") for number in range(4)]
    run, old = search_command(told, "reindex", "en"), name_of("en")
    for number, (when, owner, name, given) in enumerate(STEPS):
        kill(run, owner, name, given, done=when == "after")
        add(f"Robot arm {number}")
        pages[number % 4].title = f"Robot hand {number}"
        documents.write([pages[number % 4]])
        documents.remove([documents.key(add(f"Robot that went {number}"))])
        assert found("robot") == 4 + number + 1, (when, name)
        assert found("hand") == min(number + 1, 4)
    moved = name_of("en")
    assert (moved == old, name_of("en", PREVIOUS)) == (False, old)
    finish(run)
    assert (name_of("en"), name_of("en", PREVIOUS), name_of("en", NEXT)) == (moved, old, None)
    assert IndexState.objects.get(language="en").filling == ""
    assert found("robot") == 4 + len(STEPS)
    assert engine().repair() == 0


def test_a_second_reindex_is_refused_and_the_first_ends(server, add, tmp_path):
    add("Robot")
    command = search_command(tmp_path / "told", "reindex", "en")
    with Running(command, writing, "send", fills, calls=1) as first:
        first.wait_for_the_middle()
        with pytest.raises(CommandError, match="Another process is replacing indexes; wait"):
            call_command("search", "reindex", "en")
        with pytest.raises(CommandError, match="Another process is replacing indexes; wait"):
            call_command("search", "rollback", "en")
        assert first.end() == 0
    assert found("robot") == 1


def test_a_process_whose_clock_is_an_hour_behind_wins_with_what_it_writes_later(server, add):
    page = add("Robot")

    def later() -> None:
        now, seconds, parts = timezone.now, time.time, time.time_ns
        timezone.now = lambda: now() - HOUR
        time.time = lambda: seconds() - HOUR.total_seconds()
        time.time_ns = lambda: parts() - int(HOUR.total_seconds() * 1e9)
        page.title = "Bakery"
        documents.write([page])

    finish(anew(later))
    assert (found("robot"), found("bakery")) == (0, 1)
    assert engine().repair() == 0
