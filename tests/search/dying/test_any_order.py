"""Whatever happens to pages, workers and Elasticsearch: once nothing waits, there is nothing to repair.

Random sequences of what people do to pages in two languages. Workers do what was promised late, twice and
in any order; each is a process that is really killed before, between or after its writes, or meets an
Elasticsearch that refuses, is gone, or takes a document and says nothing.

`EXAMPLES=200 .venv/bin/pytest tests/search/dying/test_any_order.py` looks longer.
"""

import os
import random
import signal
from contextlib import contextmanager, nullcontext
from functools import partial
from itertools import count
from unittest.mock import patch

import pytest
from django.conf import settings as configured
from django.test import override_settings
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    rule,
    run_state_machine_as_test,
)
from wagtail.models import Page

from core import outbox
from core.models import OutboxEntry
from editorial.publishing import opened
from home.models import StandardPage
from search import documents
from search.elastic import client, writing
from search.elastic.breaker import Breaker
from search.elastic.indexes import alias
from search.engine import engine
from search.meaning import space
from stories.models import StoryPage
from tests.editorial.dying.processes import end_of
from tests.factories.home import StandardPageFactory
from tests.factories.pages import delete, publish, take_off
from tests.factories.stories import StoryPageFactory
from tests.search import toy
from tests.search.dying.conftest import anew, forget
from tests.services import needs_elasticsearch, needs_postgresql

pytestmark = [needs_elasticsearch, needs_postgresql]
EXAMPLES = int(os.environ.get("EXAMPLES", "6"))
LENGTH = 8
STEPS = "make make_a_version edit edit unpublish delete move rename_the_section".split()
PHASES = [Phase.generate, *([Phase.shrink] if "EXAMPLES" in os.environ else [])]
LANGUAGES = ["en", "fi"]
NOWHERE = "http://127.0.0.1:9"
# Where a worker is killed: before or after which call.
DEATHS = {
    "before it writes": (writing, "send", False),
    "between writing and its commit": (writing, "send", True),
    "before it is done": (outbox, "attempt", True),
}
numbers = count(1)  # each title is another

languages = st.sampled_from(LANGUAGES)
which = st.integers(0, 50)
dice = st.integers(0, 10**6).map(random.Random)


def killed(death: str, calls: int):
    """Ends this process at one of several calls."""
    owner, name, done = DEATHS[death]
    real, left = getattr(owner, name), [calls]

    def deadly(*args, **options):
        left[0] -= 1
        result = real(*args, **options) if done or left[0] else None
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    return patch.object(owner, name, deadly)


def silent(real):
    """Elasticsearch takes what it is given, and says nothing."""

    def answers(*given):
        list(real(*given))
        raise TimeoutError

    return answers


def left_alone() -> Breaker:
    breaker = Breaker(most=1, pause=1_000)
    breaker.failed()
    return breaker


def work(entries: list[OutboxEntry], fault) -> None:
    with fault:
        for entry in entries:
            outbox.work.call(entry.pk)


# What else may be wrong while a worker runs.
FAULTS = {
    "none": nullcontext,
    "gone": lambda: override_settings(ELASTICSEARCH_URL=NOWHERE),
    "silent": lambda: patch.object(writing, "answers", silent(writing.answers)),
    "full": nullcontext,
    "left alone": nullcontext,
}


class Portal(RuleBasedStateMachine):
    """The steps. What is made stays for the next sequence, of which it is no part."""

    site: dict

    def __init__(self):
        super().__init__()
        self.pages: list[int] = []
        self.model = override_settings(EMBEDDINGS="")
        self.model.enable()

    @initialize(chosen=st.sampled_from(["", "", "tests.search.toy.Toy"]))
    def begin(self, chosen):
        """Vectors write each document once more, which may hide that it was missing."""
        configured.EMBEDDINGS = chosen
        for number, language in enumerate(LANGUAGES * 2):
            self.make(number, language)
        work(list(OutboxEntry.objects.filter(done_at=None).order_by("pk")), nullcontext())

    def page(self, number: int):
        return Page.objects.get(pk=self.pages[number % len(self.pages)]).specific

    def below(self, kind: type, language: str):
        home = self.site[language]
        return home if kind is StandardPage else home.get_children().get(slug__startswith="stories")

    # ---- What people do -----------------------------------------------------------------------

    @rule(
        steps=st.lists(st.tuples(st.sampled_from(STEPS), which, languages), min_size=2, max_size=5),
        fault=st.sampled_from([*FAULTS, *DEATHS]),
        dice=dice,
        calls=st.integers(1, 4),
    )
    def turn(self, steps, fault, dice, calls):
        """One rule: hypothesis leaves some of several out in each sequence."""
        self.people(steps)
        self.worker(fault, dice, calls)

    def people(self, steps):
        for step, number, language in steps:
            getattr(self, step if self.pages else "make")(number, language)

    def make(self, number, language):
        self.add((StandardPage, StoryPage)[number % 2], language, live=False)

    def make_a_version(self, number, language):
        """An item in the other language."""
        original = self.page(number)
        if not original.get_translations().exists():
            other = next(code for code in LANGUAGES if code != original.locale.language_code)
            self.add(type(original), other, live=False, translation_key=original.translation_key)

    def add(self, kind: type, language: str, **fields) -> None:
        factory = {StandardPage: StandardPageFactory, StoryPage: StoryPageFactory}[kind]
        parent = Page.objects.get(pk=self.below(kind, language).pk)
        page = factory(parent=parent, locale=parent.locale, title=self.title(), **fields)
        self.pages.append(page.pk)
        publish(page)

    def title(self) -> str:
        return f"Huolto x{next(numbers)}"

    def edit(self, number, _language):
        page = self.page(number)
        page.title = self.title()
        publish(page)

    def unpublish(self, number, _language):
        if self.page(number).live:
            take_off(self.page(number))

    def delete(self, number, _language):
        delete(self.page(number))
        self.pages.pop(number % len(self.pages))

    def move(self, number, language):
        page = self.page(number)
        with opened(page):
            page.move(self.below(type(page), language), pos="last-child")

    def rename_the_section(self, _number, language):
        section = self.below(StoryPage, language).specific
        section.slug = f"stories-{next(numbers)}"
        publish(section)

    # ---- What happens to their work -----------------------------------------------------------

    def worker(self, fault, dice, calls):
        """Does some of what waits, in any order, and some of what is done once more."""
        engine().breaker = left_alone() if fault == "left alone" else Breaker(most=1_000)
        done = list(OutboxEntry.objects.exclude(done_at=None).order_by("pk"))
        for entry in dice.sample(done, min(dice.randint(0, 2), len(done))):
            OutboxEntry.objects.filter(pk=entry.pk).update(done_at=None)
        OutboxEntry.objects.filter(done_at=None).update(not_before=None)
        waiting = list(OutboxEntry.objects.filter(done_at=None).order_by("pk"))
        some = dice.sample(waiting, dice.choice([len(waiting), dice.randint(0, len(waiting))]))
        if fault in DEATHS:
            dying = partial(work, some, killed(fault, calls))
            assert end_of(anew(dying)) in (0, -signal.SIGKILL)
        else:
            with self.read_only() if fault == "full" else nullcontext():
                work(some, FAULTS[fault]())

    @contextmanager
    def read_only(self):
        """As Elasticsearch makes its indexes when the disk is nearly full."""
        put = partial(client.client().indices.put_settings, index=[alias(one) for one in LANGUAGES])
        put(settings={"blocks.read_only_allow_delete": True})
        yield
        put(settings={"blocks.read_only_allow_delete": None})

    # ---- What must hold -----------------------------------------------------------------------

    def teardown(self):
        try:
            self.nothing_is_to_repair()
        finally:
            self.model.disable()

    def nothing_is_to_repair(self) -> None:
        forget()
        waiting = OutboxEntry.objects.filter(done_at=None)
        for _time in range(10):
            waiting.update(not_before=None)
            for entry in waiting.order_by("pk"):
                outbox.work.call(entry.pk)
        assert not waiting.exists()
        assert documents.repair() == 0
        self.index_is_what_is_public()

    def index_is_what_is_public(self) -> None:
        """Asked without the means of the comparison."""
        elastic = client.client()
        for language in LANGUAGES:
            pages = [
                one for one in documents.live_items() if documents.key(one).language == language
            ]
            name = alias(language)
            assert elastic.count(index=name)["count"] == len(pages)
            for page in pages:
                words = [{"term": {"title": word}} for word in page.title.lower().split()]
                its = {"term": {"translation_key": str(page.translation_key)}}
                query = {"bool": {"filter": [its, *words]}}
                assert elastic.count(index=name, query=query)["count"] == 1, page.title


@pytest.fixture
def portal(settings, tmp_path, indexes, site):
    """Empty indexes of the server that all tests share, and the model of the tests."""
    settings.SEARCH_ENGINE = "elasticsearch"
    settings.CONTENT_LANGUAGES = LANGUAGES
    settings.SEARCH_DIRECTIONS = tmp_path
    toy.FREEDOM.save(tmp_path / "toy.npz")
    forget()
    engine().repair()
    yield site
    space._loaded.pop(tmp_path / "toy.npz", None)
    forget()


def test_once_nothing_waits_there_is_nothing_to_repair(portal):
    Portal.site = portal
    run_state_machine_as_test(
        Portal,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=LENGTH,
            deadline=None,
            database=None,
            phases=PHASES,
            suppress_health_check=list(HealthCheck),
        ),
    )
