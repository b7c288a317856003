"""What every engine must do. A further engine is one more name in ENGINES.

On PostgreSQL the same tests run with DATABASE_URL; Elasticsearch is the real one of `make services`.
"""

import time
from dataclasses import replace
from datetime import UTC, date, datetime
from urllib.parse import urlencode

import pytest
from django.http import QueryDict

from search import documents, questions
from search.engine import Near, Results, engine
from search.models import SearchDocument
from search.questions import Question
from search.text.analysis import LONGEST_WORD
from tests.factories.pages import delete
from tests.factories.stories import StoryPageFactory
from tests.search.conftest import answer, titles
from tests.services import needs_elasticsearch

pytestmark = pytest.mark.django_db
ENGINES = ["database", pytest.param("elasticsearch", marks=needs_elasticsearch)]


@pytest.fixture(autouse=True, params=ENGINES)
def chosen_engine(request, settings):
    settings.SEARCH_ENGINE = request.param
    if request.param == "elasticsearch":
        request.getfixturevalue("elasticsearch")
    return request.param


def test_title_weighs_more_than_summary_and_summary_more_than_body(add, ask):
    add("Elsewhere", "Another sentence.", "robot " * 30)
    add("Other", "A robot in one sentence.", "words " * 30)
    add("The robot", "Yet another sentence.", "words " * 30)
    add("Nothing", "of this", "kind")
    assert titles(ask("robot").hits) == ["The robot", "Other", "Elsewhere"]


def test_every_word_must_be_found(add, ask):
    add("Robot cell")
    add("Robot")
    add("Cell")
    results = ask("robot cell")
    assert titles(results.hits) == ["Robot cell"]
    assert results.all_words


def test_words_may_stand_in_different_texts(add, ask):
    add("Robot", body="in a cell")
    assert titles(ask("robot cell").hits) == ["Robot"]


def test_some_words_are_found_where_nothing_has_all_and_it_says_so(add, ask):
    add("Robot", body="robot")
    add("Bakery")
    results = ask("robot oven")
    assert titles(results.hits) == ["Robot"]
    assert not results.all_words


def test_what_has_more_of_the_words_comes_first(add, ask):
    add("One", body="glue")
    add("Two", body="glue and varnish")
    assert titles(ask("glue varnish hinge").hits) == ["Two", "One"]


def test_words_side_by_side_come_first(add, ask):
    add("Apart", body="real work, then many words later and far away from it, orders")
    add("Together", body="many words and after them, far away, real orders")
    assert titles(ask("real orders").hits) == ["Together", "Apart"]


def test_words_that_say_little_are_not_insisted_on(add, ask):
    add("Learning with the companies")
    results = ask("how are the companies learning")
    assert titles(results.hits) == ["Learning with the companies"]
    assert results.all_words


def test_words_that_say_little_are_sought_if_there_are_no_others(add, ask):
    add("To be or not to be")
    assert ask("to be").total == 1


@pytest.mark.parametrize(
    ("language", "written", "typed"),
    [
        ("fi", "Oppilaat rakensivat yrityksille mallin", "yritys"),
        ("fi", "Yritys ja koulu", "yrityksille"),
        ("lv", "Audzēkņi strādāja uzņēmumiem", "uzņēmums"),
        ("lv", "Pasūtījums no uzņēmuma", "pasūtījumus uzņēmumam"),
        ("lt", "Mokiniai dirbo įmonėms", "įmonė"),
        ("it", "Gli studenti e le aziende", "studente azienda"),
        ("en", "What the companies taught", "company teach"),
    ],
)
def test_other_forms_of_a_word_are_found(dictionaries, add, ask, language, written, typed):
    add(written, language=language)
    assert titles(ask(typed, language).hits) == [written]


@pytest.mark.parametrize(
    ("language", "written", "typed"),
    [
        ("fi", "Työpaikalla opittua", "tyopaikka"),
        ("lv", "Audzēkņi strādāja uzņēmumiem", "uznemumam"),
        ("lt", "Mokiniai dirbo įmonėms", "IMONE"),
        ("it", "Perché la qualità conta", "qualita"),
    ],
)
def test_accents_and_capitals_are_optional(dictionaries, add, ask, language, written, typed):
    add(written, language=language)
    assert titles(ask(typed, language).hits) == [written]


def test_words_are_found_as_they_stand_while_there_is_no_dictionary(add, ask):
    add("Mokiniai dirbo įmonėms", language="lt")
    assert ask("imonems", "lt").total == 1


def test_documents_of_another_language_are_offered_beside(add, ask):
    add("Robot", language="en")
    add("Robot", language="lv")
    results = ask("robot", "lt")
    assert results.total == 0
    assert [hit.language for hit in results.others] == ["en", "lv"]
    assert results.languages == {"en": 1, "lv": 1}


def test_an_item_is_offered_once_in_the_language_that_the_reader_knows_best(add, ask):
    italian = add("Robot", language="it")
    add("Robot", language="lv", translates=italian)
    assert [hit.language for hit in ask("robot", "lt").others] == ["lv"]


def test_an_item_that_was_found_is_not_offered_in_other_languages(add, ask):
    english = add("Robot", language="en")
    add("Robot", language="fi", translates=english)
    results = ask("robot", "en")
    assert results.total == 1
    assert results.others == ()
    assert results.languages == {"en": 1}


def test_an_item_counts_once_in_the_first_chosen_language(add, ask):
    english = add("Robot", language="en")
    add("Robot", language="fi", translates=english)
    add("Another robot", language="en")
    results = ask("robot", "en", language=["fi", "en"])
    assert results.total == 2
    assert sorted(hit.language for hit in results.hits) == ["en", "fi"]
    assert results.languages == {"fi": 1, "en": 2}


def test_other_languages_must_have_every_word(add, ask):
    add("Robot", language="en")
    add("Robot", language="fi")
    results = ask("robot cell", "en")
    assert results.total == 1
    assert results.others == ()


def test_kind_narrows_but_its_counts_stay(add, ask, index):
    add("Robot")
    story = StoryPageFactory(parent=index("en"), locale=index("en").locale, title="Robot story")
    documents.write([story])
    results = ask("robot", kind="story")
    assert titles(results.hits) == ["Robot story"]
    assert results.total == 1
    assert results.facets["kind"] == {"page": 1, "story": 1}
    assert results.without == {"kind": 1}
    assert results.languages == {"en": 1}


@pytest.fixture
def placed(add):
    """Three documents that differ in facets, day and place."""
    for title, country, field, day, where in (
        ("Robot of Riga", "LV", "07", "2026-03-01", (56.95, 24.11)),
        ("Robot of Tartu", "EE", "07", "2025-03-01", (58.38, 26.72)),
        ("Robot of Cesis", "LV", "10", "2024-03-01", (57.31, 25.27)),
    ):
        row = SearchDocument.objects.get(page=add(title))
        row.facets |= {"country": [country], "field": [field, "04"]}
        row.day, (row.latitude, row.longitude) = date.fromisoformat(day), where
        row.save()
        engine().index([SearchDocument.objects.get(pk=row.pk)])


def asked(**changes) -> Results:
    query = Question(text="robot", own="en", languages=("en",)).for_engine()
    return answer(replace(query, **changes))


def test_codes_of_a_facet_add_up_and_facets_narrow_each_other(placed):
    assert asked(filters={"country": ("LV",)}).total == 2
    assert asked(filters={"country": ("LV", "EE")}).total == 3
    both = asked(filters={"country": ("LV",), "field": ("07",)})
    assert titles(both.hits) == ["Robot of Riga"]
    # Without its own choice: what another code of the facet would give.
    assert both.facets["country"] == {"LV": 1, "EE": 1}
    assert both.facets["field"] == {"07": 1, "10": 1, "04": 2}
    assert both.without == {"country": 1, "field": 1}
    nothing = asked(filters={"country": ("FI",), "field": ("07",)})
    assert (nothing.total, nothing.hits, nothing.without) == (0, (), {"country": 2})


def test_days_and_places_narrow_and_sort(placed):
    since = asked(since=date(2025, 3, 1))
    assert sorted(titles(since.hits)) == ["Robot of Riga", "Robot of Tartu"]
    assert since.without == {"date": 1}
    assert titles(asked(until=date(2024, 12, 31)).hits) == ["Robot of Cesis"]
    riga = Near(56.95, 24.11, 100)
    near = asked(near=riga, sort="nearest")
    assert titles(near.hits) == ["Robot of Riga", "Robot of Cesis"]
    assert near.without == {"place": 1}
    assert near.facets["country"] == {"LV": 2}
    everywhere = asked(near=replace(riga, kilometres=1_000), sort="nearest")
    assert titles(everywhere.hits) == ["Robot of Riga", "Robot of Cesis", "Robot of Tartu"]


def test_newest_first(add):
    for title, year in (("Robot old robot robot", 2020), ("Robot", 2024), ("A robot", None)):
        published = year and datetime(year, 1, 1, tzinfo=UTC)
        row = SearchDocument.objects.get(page=add(title))
        row.published = published
        row.save()
        engine().index([row])
    assert titles(asked(sort="newest").hits) == ["Robot", "Robot old robot robot", "A robot"]


def test_counts_are_of_items_where_several_languages_are_chosen(add):
    english = add("Robot", language="en")
    add("Robot", language="fi", translates=english)
    results = asked(languages=("fi", "en"), words={"fi": (("robot",),), "en": (("robot",),)})
    assert results.facets["kind"] == {"page": 1}


def test_pages_hold_every_document_once(add, ask):
    for number in range(23):
        add(f"Robot {number}")
    pages = [ask("robot", page=str(number)) for number in (1, 2, 3)]
    assert [len(page.hits) for page in pages] == [10, 10, 3]
    assert len({hit.document for page in pages for hit in page.hits}) == 23
    assert {page.total for page in pages} == {23}


def test_page_beyond_the_end_is_the_last_one(add, ask):
    for number in range(12):
        add(f"Robot {number}")
    results = ask("robot", page="99")
    assert results.offset == 10
    assert len(results.hits) == 2


def test_what_is_removed_is_not_found(add, ask):
    page = add("Robot")
    documents.remove([documents.key(page)])
    documents.remove([documents.key(page)])
    assert ask("robot").total == 0


def test_written_twice_is_found_once_and_by_its_present_words(add, ask):
    page = add("Robot")
    page.title = "Bakery"
    documents.write([page])
    documents.write([page])
    assert ask("robot").total == 0
    assert ask("bakery").total == 1
    assert engine().repair() == 0


def test_rows_that_go_with_their_page_are_not_found(add, ask, work):
    page = add("Robot")
    delete(page)
    work()
    assert ask("robot").total == 0
    assert engine().repair() == 0


MOST_SECONDS = 2  # for three questions on a busy machine
HOSTILE = [
    '"',
    "'",
    '"robot',
    "robot*",
    "* robot",
    "robot AND",
    "NOT robot",
    "NEAR(robot cell)",
    "NEAR/2",
    "title_lemmas:robot",
    "^robot",
    "robot & | ! ( ) <-> :*",
    "'robot':A",
    "robot\\",
    "%s %(x)s %%",
    "{robot}",
    "robot; DROP TABLE search_searchdocument; --",
    "ro\x00bot",
    "\ud800robot",
    "\u202erobot",
    "🤖 robot",
    "👩🏽‍🏭🇱🇻",
    "רובוט و روبوت",
    "\u202b\u2066robot\u2069",
    "rob?t ro*t* ?*",
    "robot~2 /ro.*t/ [a TO z] robot^9",
    "+robot -robot && || !(robot)",
    "the of and to",
    "\x01\x07ro\x1b[31mbot\x7f\x85\u2028",
    "½ ² ﬁ ĳ",
    "_ __ _x_",
    "\u0301\u0301",
    "ﱞ",
    "a" * 10_000,
    "a " * 5_000,
    "(" * 500,
    '"' * 9_999,
    "*" * 10_000,
    "é\u0301" * 5_000,
    " ".join(f"w{number}" for number in range(2_000)),
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_nothing_typed_breaks_it(add, ask, text):
    add("Robot")
    start = time.monotonic()
    for language in (["en"], ["en", "fi", "lt"]):
        assert ask(text, language=language).total in (0, 1)
    engine().spelling(text.split(), "en")
    assert time.monotonic() - start < MOST_SECONDS


def test_what_is_asked_is_bounded_whatever_is_typed():
    """Cost follows the words of a question and their forms."""
    for text in HOSTILE:
        query = QueryDict(urlencode({"q": text}, errors="surrogatepass"))
        asked = Question.read(query, "en").for_engine(equal={})
        assert len(asked.text) <= questions.LONGEST_TEXT
        for sought in asked.words.values():
            assert len(sought) <= questions.MOST_WORDS
            assert all(len(forms) <= questions.MOST_FORMS + 1 for forms in sought)
            letters = [form for forms in sought for form in forms]
            assert all(len(form) <= LONGEST_WORD and form.isalnum() for form in letters)


def test_operators_are_read_as_words(add, ask):
    add("Robot")
    assert ask('"robot" *').total == 1
    assert ask("robot:*").total == 1


def test_hostile_documents_are_taken_in(add, ask):
    add(
        "'robot' \" \\ <-> & |",
        "NEAR(robot)",
        "x" * 3_000 + " " + "robot " * 25_000 + " 'quoted':1A",
    )
    assert ask("robot").total == 1
    assert ask("x" * 70).total == 1
    assert SearchDocument.objects.count() == 1


def test_nearest_spelling_comes_from_the_documents_of_the_language(add):
    add("Įmonė ir mokykla", language="lt")
    add("Apprenticeship")
    found = engine()
    assert found.spelling(["imnoe", "mokykla"], "lt") == {"imnoe": "įmonė"}
    assert found.spelling(["aprenticeship"], "en") == {"aprenticeship": "apprenticeship"}
    assert found.spelling(["aprenticeship", "zzzzz", "abc"], "lt") == {}


def test_cost_does_not_grow_with_languages(
    add, ask, settings, chosen_engine, django_assert_max_num_queries, monkeypatch
):
    add("Robot")
    add("Robot", language="fi")
    asked = []
    if chosen_engine == "elasticsearch":
        search = engine().elastic.client.transport.perform_request
        monkeypatch.setattr(
            "elastic_transport.Transport.perform_request",
            lambda self, method, target, **more: (
                asked.append(target) or search(method, target, **more)
            ),
        )
    for languages in (["en", "fi"], "en fi it lt lv pl pt de".split()):
        settings.CONTENT_LANGUAGES = languages
        asked.clear()
        with django_assert_max_num_queries(2):
            assert ask("robot", language=languages).total == 2
        assert asked.count("/_msearch") <= 2
