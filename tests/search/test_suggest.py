"""Titles and terms that are offered while somebody types."""

from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from search import documents
from search.database.dialects import PostgreSQL
from search.suggest import views
from search.suggest.suggestions import Suggestion, suggest
from tests.factories.home import GlossaryPageFactory
from tests.search.test_engine_contract import HOSTILE

pytestmark = pytest.mark.django_db


def offered(text: str, reader: str = "en", languages=(), **options) -> list[tuple[str, str]]:
    found = suggest(text, reader, languages or (reader,), **options)
    return [(one.title, one.language) for one in found]


def test_typed_words_begin_any_words_of_a_title_without_accents(add):
    add("Three real orders", body="secret")
    add("Įmonės užsakymai", language="lt")
    assert offered("real or") == [("Three real orders", "en")]
    assert offered("ORDERS, thr") == [("Three real orders", "en")]
    assert offered("uzsak imon") == [("Įmonės užsakymai", "lt")]
    assert offered("eal or") == offered("secret") == offered("real ox") == []
    assert offered("r") == offered("?!") == offered("") == []


def test_inflected_words_are_found_as_they_are_written(dictionaries, add):
    add("What companies taught")
    assert offered("compani") == offered("company") == [("What companies taught", "en")]


def test_readers_languages_come_first_and_an_item_once(add):
    robot = add("Robot", language="fi")
    add("Robot school of a long name", language="en", translates=robot)
    add("Robot in Latvia", language="lv")
    add("A robot", language="en")
    add("Robot Italian", language="it")
    titles = ["Robot school of a long name", "A robot", "Robot in Latvia", "Robot Italian"]
    assert sorted(title for title, _code in offered("robot")) == sorted(titles)
    assert [title for title, _code in offered("robot")][:2] == titles[:2]
    chosen = offered("robot", "en", ("fi", "lv"))
    assert [code for _title, code in chosen[:2]] == ["fi", "lv"]
    assert offered("robot", limit=1) == [(titles[0], "en")]


def test_item_opens_in_a_language_that_the_reader_reads(add):
    robot = add("Robot", language="en")
    add("Automaatti", language="fi", translates=robot)
    add("Lietuviškai", language="lt", translates=robot)
    [one] = suggest("robot", "fi", ("fi",))
    assert (one.title, one.language, one.url, one.opens_in) == (
        "Robot",
        "en",
        "/fi/automaatti/",
        "fi",
    )
    [one] = suggest("robot", "pl", ("lv", "lt"))
    assert (one.url, one.opens_in) == ("/pl/lietuviskai/?read=lt", "lt")
    [one] = suggest("robot", "fi", ("fi", "en"))
    assert (one.url, one.opens_in) == ("/fi/robot/?read=en", "en")


def test_addresses_are_those_of_the_reader(add):
    add("Robot", language="lv")
    assert suggest("robot", "lt", ("lt",)) == [
        Suggestion("Robot", "/lt/robot/?read=lv", "page", "lv", "lv")
    ]


def test_terms_of_the_glossary_come_after_titles(add, site):
    assert offered("apprent") == []
    documents.write([GlossaryPageFactory(parent=site["en"], locale=site["en"].locale)])
    add("An apprentice in the bakery")
    title, term = suggest("apprent", "en", ("en",))
    assert title.title == "An apprentice in the bakery"
    assert (term.kind, term.title) == ("term", "Apprenticeship")
    assert term.url == "/en/glossary/#apprenticeship"
    assert suggest("apprent", "en", ("en",), limit=1) == [title]
    assert suggest("apprenticeship", "en", ("en",), limit=1) == [term]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_nothing_typed_breaks_it(client, add, text):
    add("Robot")
    suggest(text, "en", ("en",))
    asked = quote(text.encode("utf-8", "surrogatepass"))
    assert client.get(f"/en/search/suggest/?q={asked}").status_code in (200, 400)


def test_it_costs_two_queries_whatever_there_is(add, site):
    documents.write([GlossaryPageFactory(parent=site["en"], locale=site["en"].locale)])
    for number in range(12):
        for code in ("en", "fi"):
            add(f"Apprentice {number}", language=code)
    with CaptureQueriesContext(connection) as queries:
        assert len(offered("appr")) == 8
    assert len(queries) <= 2


@pytest.mark.needs_postgresql
def test_postgresql_uses_the_index_of_titles():
    condition, params = PostgreSQL().titled(["real", "or"])
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN SELECT d.id {condition}", params)
        assert "Bitmap Index Scan on search_titles" in str(cursor.fetchall())


def test_view_answers_with_options_in_the_readers_language(client, add):
    add("Three <real> orders", language="en")
    response = client.get("/lt/search/suggest/?q=rea")
    html = response.content.decode()
    assert html.count('role="option"') == 1
    assert 'href="/lt/three-real-orders/?read=en"' in html
    assert '<span class="suggestion" lang="en" dir="ltr">Three &lt;real&gt; orders</span>' in html
    assert "English" in html
    assert response["Cache-Control"] == "public, max-age=60"
    assert not response.cookies
    again = client.get("/lt/search/suggest/?q=rea", headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304
    assert not client.get("/lt/search/suggest/").content.strip()
    assert client.post("/lt/search/suggest/?q=rea").status_code == 405


def test_view_refuses_who_asks_too_often(client, site, monkeypatch):
    monkeypatch.setattr(views, "MOST_A_MINUTE", 0)
    response = client.get("/en/search/suggest/?q=robot")
    assert (response.status_code, response["Retry-After"]) == (429, "60")
