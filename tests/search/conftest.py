"""Search without dictionaries of word forms unless a test asks for them; work done on demand."""

import fcntl
from pathlib import Path

import pytest
from django.conf import settings as configured

from core import outbox
from core.models import OutboxEntry
from search import documents, tasks, versions
from search.elastic import client as connection
from search.elastic import indexes as elastic_indexes
from search.elastic import queue, writing
from search.engine import Key, Query, Results, engine
from search.meaning import nearest, space
from search.models import SearchDocument
from search.questions import Question
from search.text import lemmas
from tests.factories.home import StandardPageFactory
from tests.search import toy
from tests.services import needs_elasticsearch

BUILT = ("en", "fi", "it", "lt", "lv", "pl", "de")
ENGINES = [
    "database",
    pytest.param("elasticsearch", marks=needs_elasticsearch),
]  # an engine that finds by meaning is one more name
LASTING = Path(configured.VAR_DIR) / "lemmas"  # built once on a machine


@pytest.fixture(autouse=True)
def no_dictionaries(settings, tmp_path):
    settings.SEARCH_DICTIONARIES = tmp_path / "lemmas"


@pytest.fixture(scope="session")
def built():
    """The dictionaries, built if need be by the first of several processes."""
    LASTING.mkdir(parents=True, exist_ok=True)
    with (LASTING / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for language in lemmas.missing(BUILT):
            lemmas.build(language)
    return LASTING


@pytest.fixture
def dictionaries(settings, no_dictionaries, request):
    """Finds inflected words in this test."""
    settings.SEARCH_DICTIONARIES = LASTING
    return request.getfixturevalue("built")


@pytest.fixture(scope="session")
def indexes():
    """The indexes of this process, made once and removed when it ends."""
    client = connection.client()

    def remove():
        """Also those of processes that were killed."""
        found = client.indices.get(index="test-*", features="aliases")
        gone = [name for name in found if not Path("/proc", name.split("-")[1]).exists()]
        ours = [name for name in found if name.startswith(f"{configured.ELASTICSEARCH_PREFIX}-")]
        if gone or ours:
            client.indices.delete(index=[*{*gone, *ours}], ignore_unavailable=True)
        for name in {"-".join(one.split("-")[:2]) for one in [*gone, *ours]}:
            client.options(ignore_status=404).indices.delete_index_template(name=name)

    remove()
    for language in configured.CONTENT_LANGUAGES:
        elastic_indexes.create(client, language, elastic_indexes.alias(language))
    yield client
    remove()


@pytest.fixture
def elasticsearch(settings, indexes, db):
    """Searches with the real Elasticsearch, which is empty."""
    settings.SEARCH_ENGINE = "elasticsearch"
    engine().breaker.succeeded()
    queue.forget()
    yield indexes
    left = SearchDocument.objects.values_list("translation_key", "language")
    keys = [Key(str(key), language) for key, language in left]
    writing.remove(indexes, {key: versions.take(key) for key in keys})


@pytest.fixture
def work():
    """Does what was promised, as the worker would; `work()` returns how much there was."""

    def run() -> int:
        done = 0
        while waiting := list(OutboxEntry.objects.filter(done_at=None).order_by("pk")):
            for entry in waiting:
                outbox.work.call(entry.pk)
                entry.refresh_from_db()
                assert not entry.error
            done += len(waiting)
        return done

    return run


@pytest.fixture
def add(site):
    """Publishes a plain page with its document: `add("Title", "Summary", "Body", language="fi")`."""

    def make(title="About", lead="What it is.", body="", language="en", **fields):
        home = site[language]
        if original := fields.pop("translates", None):
            fields["translation_key"] = original.translation_key
        page = StandardPageFactory(
            parent=home,
            locale=home.locale,
            title=title,
            lead=lead,
            body=[{"type": "text", "value": f"<p>{body}</p>"}],
            **fields,
        )
        documents.write([page])
        return page

    return make


@pytest.fixture
def ask():
    """What the engine finds: `ask("two words", language=["en"], interface="lt", kind="page")`."""

    def find(text, interface="en", **choices):
        from django.http import QueryDict

        query = QueryDict(mutable=True)
        query["q"] = text
        for name, value in choices.items():
            query.setlist(name, value if isinstance(value, list) else [value])
        return answer(Question.read(query, interface).for_engine(equal={}))

    return find


def answer(query: Query) -> Results:
    """What the engine that a test has chosen finds, and no other."""
    if configured.SEARCH_ENGINE == "elasticsearch":  # it shows what it was given after a second
        connection.client().indices.refresh(index=f"{configured.ELASTICSEARCH_PREFIX}-*")
    results = engine().search(query)
    assert not results.simpler
    return results


def titles(hits) -> list[str]:
    found = SearchDocument.objects.in_bulk([hit.document for hit in hits])
    return [found[hit.document].title for hit in hits]


@pytest.fixture(params=ENGINES)
def means(request, settings, tmp_path, db, work, monkeypatch):
    """An engine with the toy model; `means()` makes the vectors that are missing."""
    settings.SEARCH_ENGINE = request.param
    if request.param == "elasticsearch":
        request.getfixturevalue("elasticsearch")
    settings.EMBEDDINGS = "tests.search.toy.Toy"
    settings.SEARCH_DIRECTIONS = tmp_path
    toy.FREEDOM.save(tmp_path / "toy.npz")
    space._of_question.cache_clear()
    monkeypatch.setattr(nearest, "TRUSTED", 0)

    def make():
        tasks.keep_vectors()
        work()
        if request.param == "elasticsearch":  # it shows what it was given after a second
            connection.client().indices.refresh(index=f"{settings.ELASTICSEARCH_PREFIX}-*")

    yield make
    nearest._matrices.clear()
    space._loaded.pop(tmp_path / "toy.npz", None)
