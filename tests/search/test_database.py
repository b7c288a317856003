"""How the database is asked: one statement, answered from the index."""

import pytest
from django.db import connection
from django.http import QueryDict
from wagtail.models import Page

from search.database.engine import DatabaseEngine
from search.models import SearchDocument
from search.questions import Question

pytestmark = [pytest.mark.django_db, pytest.mark.on_postgresql]
LANGUAGES = ("en", "fi", "lv", "de")
DOCUMENTS = 1_200
FILLING = " ".join(f"word{number}" for number in range(400))


@pytest.fixture
def many(db):
    """Documents of which every second has the word *robot*, and one in a hundred *welding*."""
    page = Page.objects.get(depth=1)
    SearchDocument.objects.bulk_create(
        SearchDocument(
            translation_key=f"00000000-0000-0000-0000-{number // len(LANGUAGES):012}",
            language=LANGUAGES[number % len(LANGUAGES)],
            kind="page",
            page=page,
            url=f"/en/{number}/",
            title=f"Title {number}",
            title_lemmas="robot" if number // len(LANGUAGES) % 2 else "title",
            body_lemmas=FILLING + (" welding" if number % 100 < len(LANGUAGES) else ""),
            facets={"kind": ["page"], "country": ["LV"]},
        )
        for number in range(DOCUMENTS)
    )
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE search_searchdocument")


def search(text, **more):
    asked = QueryDict(mutable=True)
    asked.update({"q": text, **more})
    return DatabaseEngine().search(Question.read(asked, "en").for_engine())


def test_index_is_used_however_frequent_a_word_is(many):
    asked = []

    def note(execute, sql, params, *rest):
        asked.append((sql, params))
        return execute(sql, params, *rest)

    with connection.execute_wrapper(note):
        for text in ("robot", "welding", "robot welding", "robots title"):
            assert search(text).total
            search(text, country="LV", since="2024-01-01")
    plans = [plan(*one) for one in asked if "search_searchdocument" in one[0]]
    assert len(plans) >= 8
    for found in plans:
        if connection.vendor == "postgresql":
            assert "Index Scan on search_vector" in found
            assert "Seq Scan on search_searchdocument" not in found
        else:
            assert "SCAN search_index VIRTUAL TABLE INDEX" in found
            assert "SCAN d" not in found


def plan(sql, params) -> str:
    explain = "EXPLAIN" if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN"
    with connection.cursor() as cursor:
        cursor.execute(f"{explain} {sql}", params)
        return "\n".join(str(row[-1]) for row in cursor.fetchall())


def test_search_is_one_query_in_however_many_languages(many, django_assert_num_queries):
    for languages in (("en",), ("en", "fi", "lv", "de")):
        query = Question("robot", "en", languages).for_engine(meaning=False)
        with django_assert_num_queries(1):
            assert DatabaseEngine().search(query).total
