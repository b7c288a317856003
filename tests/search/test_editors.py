"""What editors do about the search: equal words, recommended results, what was not found, and why."""

import datetime

import pytest
from django.db import DatabaseError, connection
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import Page

from core import generation
from search.editors import misses
from search.editors.models import Promotion, SearchMiss, Synonym
from search.engine import engine
from search.models import SearchDocument
from search.questions import Question
from search.text.thesaurus import Thesaurus
from tests.factories.accounts import UserFactory, person
from tests.search.conftest import titles
from tests.search.test_page import cost, found, visit

pytestmark = pytest.mark.django_db
SCREENS = ["synonyms:index", "promotions:index", "not-found:index", "why:index"]


@pytest.fixture
def editor():
    return person("editor", "en")


@pytest.fixture
def ask():
    """What readers of a language find."""

    def find(text, language="en"):
        question = Question(text=text, own=language, languages=(language,))
        return engine().search(question.for_engine())

    return find


# ---- Equal words ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "typed", "written"),
    [
        ("apprentice\ntrainee", "trainee", "Apprentice in a bakery"),
        ("wbl\nwork-based learning", "wbl", "Learning in a bakery, at work, based here"),
        ("wbl\nwork-based learning", "work based learning", "WBL explained"),
        ("on the job\nat the workplace", "job", "The workplace"),
        ("Lehrling\nAzubi", "azubi", "Der Lehrling"),
    ],
)
def test_equal_words_find_each_other_at_once_in_any_number(add, ask, words, typed, written):
    language = "fi" if written.startswith("Der") else "en"
    add(written, language=language)
    add("Nothing of the kind", language=language)
    assert titles(ask(typed, language).hits) == []
    group = Synonym.objects.create(language=language, words=words)
    assert titles(ask(typed, language).hits) == [written]
    group.active = False
    group.save()
    assert titles(ask(typed, language).hits) == []


def test_equal_words_are_found_in_their_forms_and_only_in_their_language(dictionaries, add, ask):
    add("Companies teach")
    add("Companies teach", language="fi")
    Synonym.objects.create(language="en", words="firm\ncompany")
    assert titles(ask("firms").hits) == ["Companies teach"]
    assert ask("firms", "fi").total == 0


def test_equal_words_are_marked_and_cost_no_query_once_read(client, add):
    add("Trainee and trainee")
    Synonym.objects.create(language="en", words="apprentice\ntrainee")
    html = visit(client, "apprentice").content.decode()
    assert "<mark>Trainee</mark>" in html
    assert cost(client, "/en/search/?q=apprentice") <= 8


LETTERS = st.sampled_from("abcd")
PHRASES = st.lists(LETTERS, min_size=1, max_size=3).map(lambda one: tuple((w,) for w in one))


@given(PHRASES, PHRASES, st.sets(LETTERS))
def test_a_phrase_is_found_where_it_or_its_equal_stands(typed, equal, text):
    found = Thesaurus([[typed, equal]]).expanded(typed)
    meant = any(all(forms[0] in text for forms in phrase) for phrase in (typed, equal))
    is_found = all(any(form in text for form in forms) for forms in found)
    assert is_found == meant


def test_effect_is_shown_before_anything_is_saved(client, add, editor):
    add("Apprentice")
    client.force_login(editor)
    form = {"language": "en", "words": "apprentice\nTrainee", "question": "trainee"}
    url = reverse("synonyms:add")
    response = client.post(url, form | {"active": "on", "preview": "1"})
    tried = response.context["tried"]
    assert (tried.before_total, tried.after_total) == (0, 1)
    assert [(one.title, one.is_new) for one in tried.after] == [("Apprentice", True)]
    assert not Synonym.objects.exists()
    assert client.post(url, form | {"active": "on"}).status_code == 302
    group = Synonym.objects.get()
    assert group.history.get().history_user == editor
    edit = reverse("synonyms:edit", args=[group.pk])
    response = client.post(edit, form | {"words": "trainee\nlearner", "preview": "1"})
    tried = response.context["tried"]
    assert [(one.title, one.is_new) for one in tried.before] == [("Apprentice", True)]
    assert tried.after == ()
    assert Synonym.objects.get().words == "apprentice\nTrainee"
    refused = client.post(edit, form | {"question": "", "preview": "1"})
    assert refused.context["form"].errors["question"]


@pytest.mark.parametrize(
    "words", ["one", "One\none", "a\n?!", "x\n" + "y " * 9, "\n".join("abcdefghijk")]
)
def test_what_is_no_group_is_refused_at_the_field(client, editor, words):
    client.force_login(editor)
    sent = {"language": "en", "words": words, "active": "on"}
    response = client.post(reverse("synonyms:add"), sent)
    assert response.context["form"].errors["words"]


# ---- Recommended results ----------------------------------------------------------------


def recommend(page, question="robot cell", language="en", **dates):
    return Promotion.objects.create(language=language, question=question, page=page, **dates)


def promoted(response) -> list[str]:
    return [row["title"] for row in response.context["promoted"]]


def test_recommended_page_stands_first_and_once(client, add):
    for number in range(11):
        add(f"Robot cell {number}")
    page = add("Robots", body="robot robot robot cell")
    recommend(page)
    response = visit(client, "CELL, robot")
    assert "Recommended by the editors" in response.context["promoted"][0]["facts"]
    assert promoted(response) == ["Robots"]
    assert "Recommended by the editors" in response.content.decode()
    later = visit(client, "cell robot", extra="&page=2")
    assert promoted(later) == []
    shown = [*found(response), *found(later)]
    assert not any("Robots" in title for title in shown)
    assert cost(client, "/en/search/?q=robot+cell") <= 8


def test_recommended_where_nothing_else_is_found_and_only_for_these_words(client, add):
    page = add("Bakery")
    recommend(page, "bread rolls")
    response = visit(client, "rolls bread")
    assert promoted(response) == ["Bakery"]
    assert "1 result for" in response.content.decode()
    assert not SearchMiss.objects.exists()
    for text, extra in (("bread", ""), ("bread rolls oven", ""), ("bread rolls", "&kind=story")):
        assert not visit(client, text, extra=extra).context["promoted"]
    assert not visit(client, "bread rolls", "fi").context["promoted"]


def test_recommended_between_its_days_while_public_in_the_readers_language_or_the_next_best(
    client, add, site
):
    english = add("Bakery")
    today, day = timezone.localdate(), datetime.timedelta(days=1)
    one = recommend(english, "bread", "lt", since=today, until=today)
    assert [row["lang"] for row in visit(client, "bread", "lt").context["promoted"]] == ["en"]
    add("Kepykla", language="lt", translates=english)
    assert [row["lang"] for row in visit(client, "bread", "lt").context["promoted"]] == ["lt"]
    for since, until in ((today + day, None), (None, today - day)):
        one.since, one.until = since, until
        one.save()
        assert not visit(client, "bread", "lt").context["promoted"]
    one.since = one.until = None
    one.save()
    SearchDocument.objects.all().delete()  # no longer public
    generation.grow()
    assert not visit(client, "bread", "lt").context["promoted"]


def test_form_of_a_recommendation_says_what_is_wrong(client, add, editor):
    page = add("Bakery")
    client.force_login(editor)
    url, form = reverse("promotions:add"), {"language": "en", "question": "bread", "page": page.pk}
    for wrong in (
        {"question": "?!"},
        {"page": page.get_parent().pk},
        {"since": "2026-02-02", "until": "2026-02-01"},
        {"language": "fi"},
    ):
        response = client.post(url, form | wrong)
        assert response.status_code == 200
        assert response.context["form"].errors
    assert client.post(url, form).status_code == 302
    assert client.post(url, form).context["form"].errors
    assert Promotion.objects.get().history.get().history_user == editor


# ---- Searched and not found -------------------------------------------------------------


def test_what_is_not_found_is_counted_in_words_alone(client, add):
    add("Robot")
    for text in ("Flying  CARPET", "flying carpet!", "robot"):
        visit(client, text)
    for text in ("carpet 2031", "me@example.org", "long " * 17, "?!"):
        visit(client, text)
    visit(client, "sofa", extra="&kind=story")
    assert list(SearchMiss.objects.values_list("language", "words", "count")) == [
        ("en", "flying carpet", 2)
    ]
    names = {field.name for field in SearchMiss._meta.get_fields()}
    assert names == {"id", "language", "words", "day", "count"}


def test_what_is_only_near_in_meaning_is_not_found_and_why_says_so(means, add, client):
    page = add("Huolto", language="fi")
    means()
    for text in ("apkope", "huolto"):
        visit(client, text, "fi")
    assert list(SearchMiss.objects.values_list("words", flat=True)) == ["apkope"]
    client.force_login(person("editor", "fi"))
    _answer, response = why(client, "apkope", page, "fi")
    assert "Found by its meaning" in response.content.decode()


def test_why_says_that_editors_recommend_it(client, add, editor):
    page = add("Robot")
    Promotion.objects.create(language="en", question="oven", page=page)
    generation.grow()
    client.force_login(editor)
    assert "Recommended by the editors" in why(client, "oven", page)[1].content.decode()
    assert "Recommended by the editors" not in why(client, "robot", page)[1].content.decode()


def test_page_is_whole_where_counting_fails(client, add, monkeypatch):
    add("Robot")

    def locked(*args):
        raise DatabaseError("database is locked")

    monkeypatch.setattr(misses, "COUNT", "SELECT 1")
    monkeypatch.setattr(misses, "without_waiting", locked)
    assert "Nothing found" in visit(client, "carpet").content.decode()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has no such lock")
def test_nobody_waits_while_another_writes():
    with misses.without_waiting():
        [patience] = connection.connection.execute("PRAGMA busy_timeout").fetchone()
        assert patience == 0
    [patience] = connection.connection.execute("PRAGMA busy_timeout").fetchone()
    assert patience > 0


def test_words_are_shown_from_five_searches_on_for_ninety_days(client, editor):
    today = timezone.localdate()
    ago = lambda days: today - datetime.timedelta(days=days)  # noqa: E731
    for words, day, count in (
        ("often", today, 3),
        ("often", ago(89), 2),
        ("seldom", today, 4),
        ("seldom", ago(90), 9),
        ("long ago", ago(91), 50),
    ):
        SearchMiss.objects.create(language="en", words=words, day=day, count=count)
    SearchMiss.objects.create(language="fi", words="usein", day=today, count=9)
    client.force_login(editor)
    response = client.get(reverse("not-found:index"))
    assert [(row["words"], row["times"]) for row in response.context["rows"]] == [("often", 5)]
    response = client.get(reverse("not-found:index") + "?language=fi")
    assert [row["words"] for row in response.context["rows"]] == ["often"]
    [row] = response.context["rows"]
    assert client.get(row["synonym_url"]).context["form"]["words"].value() == "often"
    assert client.get(row["promotion_url"]).context["form"]["question"].value() == "often"
    misses.forget()
    assert set(SearchMiss.objects.values_list("words", flat=True)) == {"often", "seldom", "usein"}
    assert SearchMiss.objects.count() == 4


# ---- Why --------------------------------------------------------------------------------


def why(client, question, page, language="en"):
    asked = {"question": question, "language": language, "page": page.pk}
    response = client.get(reverse("why:index"), asked)
    assert response.status_code == 200
    return response.context.get("why"), response


def test_why_names_words_places_filters_and_the_place(client, add, editor):
    page = add("Robot cell", "A school.", "Learners built robots.")
    add("Robot cell, cell and cell")
    client.force_login(editor)
    answer, response = why(client, "the robot cell oven", page)
    assert answer.left_out == ("the",)
    assert [word.typed for word in answer.missing] == ["oven"]
    assert [str(name) for name, _written in answer.words[0].places] == ["Title"]
    assert answer.place.number == 2
    assert not answer.place.all_words
    assert answer.is_current
    assert "this word is missing" in response.content.decode()
    answer, _response = why(client, "https://x.example/en/search/?q=robot&kind=story", page)
    assert answer.place.number is None
    assert answer.unfiltered.number
    assert [passes for _name, passes in answer.filters] == [False]


def test_why_knows_what_is_not_public_not_there_and_out_of_date(client, add):
    page = add("Robot")
    client.force_login(person("editor", "en", "fi"))
    SearchDocument.objects.update(title="Old")
    assert not why(client, "robot", page)[0].is_current
    SearchDocument.objects.all().delete()
    answer, response = why(client, "robot", page)
    assert answer.is_public
    assert "the search does not know it yet" in response.content.decode()
    answer, response = why(client, "robot", page, "fi")
    assert not answer.is_public
    assert "It is not public in this language" in response.content.decode()
    Page.objects.filter(pk=page.pk).update(live=False, title="A draft")
    answer, response = why(client, "robot", page)
    assert answer is None
    assert "A draft" not in response.content.decode()


# ---- Who may ----------------------------------------------------------------------------


def test_editors_curate_their_language_operators_all_and_nobody_else_anything(client, add):
    page = add("Robot")
    group = Synonym.objects.create(language="en", words="a\nb")
    one = recommend(page)
    rows = [
        reverse(f"{name}:{action}", args=[row.pk])
        for name, row in (("synonyms", group), ("promotions", one))
        for action in ("edit", "delete", "history", "usage")
    ]
    operator = UserFactory(is_superuser=True)
    for who, screens, own in (
        (person("editor", "en"), 200, {200}),
        (operator, 200, {200}),
        (person("editor", "fi"), 200, {404}),
        (person("reviewer", "en"), 302, {302, 404}),
        (person("translator", "en"), 302, {302, 404}),
        (UserFactory(), 302, {302}),
    ):
        client.force_login(who)
        assert {client.get(reverse(name)).status_code for name in SCREENS} == {screens}
        assert {client.get(url).status_code for url in rows} <= own
        listed = client.get(reverse("synonyms:index")).content.decode()
        assert ("a = b" in listed) == (own == {200})
        wrong = {"language": "lv", "words": "c\nd", "active": "on"}
        client.post(reverse("synonyms:add"), wrong)
        assert Synonym.objects.filter(language="lv").exists() == (who == operator)
        Synonym.objects.filter(language="lv").delete()
