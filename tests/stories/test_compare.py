"""Two or three stories side by side."""

import pytest

from tests.factories.stories import StoryPageFactory

pytestmark = pytest.mark.django_db
ADDRESS = "/en/stories/compare/"


@pytest.fixture
def stories(lists):
    """Three English stories, one of which is in Finnish too, and a draft."""
    english, finnish = (
        lists[code].get_children().get(slug="stories").specific for code in ("en", "fi")
    )
    chairs = StoryPageFactory(
        parent=english, locale=english.locale, title="Chairs", slug="chairs", cost="<b>None</b>"
    )
    kitchen = StoryPageFactory(
        parent=english, locale=english.locale, title="Kitchen", slug="kitchen", country="FI"
    )
    StoryPageFactory(
        parent=english, locale=english.locale, title="Ward", slug="ward", field="09", results=[]
    )
    StoryPageFactory(parent=english, locale=english.locale, slug="draft", draft=True)
    StoryPageFactory(
        parent=finnish,
        locale=finnish.locale,
        title="Tuolit",
        slug="tuolit",
        translation_key=chairs.translation_key,
    )
    return chairs, kitchen


def texts(response) -> dict[str, list]:
    return {row["label"]: [cell.lines for cell in row["cells"]] for row in response.context["rows"]}


def test_says_in_words_what_is_shared_and_what_differs(client, stories):
    response = client.get(f"{ADDRESS}?story=chairs&story=kitchen")
    assert response.status_code == 200
    shared = {one["label"]: one["values"] for one in response.context["shared"]}
    assert shared["EQF level"] == ["EQF level 4"] or shared["EQF level"]
    assert "Country" not in shared
    assert response.context["different"] == "Country"
    assert texts(response)["Country"] == [("Latvia",), ("Finland",)]


def test_figures_and_texts_stand_beside_each_other(client, stories):
    response = client.get(f"{ADDRESS}?story=chairs&story=kitchen&story=ward")
    assert [head["title"] for head in response.context["heads"]] == ["Chairs", "Kitchen", "Ward"]
    rows = texts(response)
    assert rows["Results in numbers"][0] == ("Learners: 9\xa0% before, 64\xa0% after",)
    assert rows["Results in numbers"][2] == ()
    html = response.content.decode()
    assert "<b>None" not in html
    assert not response.cookies


def test_each_story_is_read_in_the_best_language_whatever_slug_was_given(client, stories):
    response = client.get("/fi/stories/compare/?story=chairs&story=kitchen")
    heads = response.context["heads"]
    assert [(head["title"], head["lang"]) for head in heads] == [
        ("Tuolit", "fi"),
        ("Kitchen", "en"),
    ]
    html = response.content.decode()
    assert '<div lang="en" dir="ltr">' in html
    same = client.get("/en/stories/compare/?story=tuolit&story=chairs&story=kitchen")
    assert len(same.context["heads"]) == 2


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", "Choose two or three"),
        ("?story=chairs", "Choose two or three"),
        ("?story=chairs&story=nothing", "Not enough"),
        ("?story=draft&story=chairs", "Not enough"),
        ("?story=%27%3B--&story=../../etc", "Not enough"),
        ("?story=chairs&story=kitchen&story=ward&story=draft", "At most three"),
        ("?" + "&".join(f"story=s{number}" for number in range(300)), "Not enough"),
    ],
)
def test_another_choice_is_told_what_to_choose(client, stories, query, words):
    response = client.get(ADDRESS + query)
    assert response.status_code == 400
    assert words in response.context["problem"]


def test_the_list_offers_the_choice_without_script(client, stories):
    html = client.get("/en/stories/").content.decode()
    assert 'name="story" value="chairs" form="compare"' in html
    assert '<form class="compare-form" id="compare" action="/en/stories/compare/">' in html
