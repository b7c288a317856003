"""The list of stories: facets, counts, languages, pages, addresses."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core import generation
from tests.factories.stories import StoryPageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def stories(index):
    """Two English stories, one of them in Lithuanian too, and one in Italian only."""
    english = StoryPageFactory(
        parent=index("en"), title="Chairs", slug="chairs", country="LV", locale=index("en").locale
    )
    kitchen = StoryPageFactory(
        parent=index("en"),
        title="Kitchen",
        slug="kitchen",
        country="FI",
        field="10",
        locale=index("en").locale,
    )
    lithuanian = StoryPageFactory(
        parent=index("lt"),
        title="Kėdės",
        slug="kedes",
        country="LV",
        locale=index("lt").locale,
        translation_key=english.translation_key,
    )
    italian = StoryPageFactory(
        parent=index("it"),
        title="Turni",
        slug="turni",
        country="IT",
        field="09",
        locale=index("it").locale,
    )
    return {"chairs": english, "kitchen": kitchen, "kedes": lithuanian, "turni": italian}


def titles(client: Client, address: str) -> list[str]:
    response = client.get(address)
    assert response.status_code == 200
    return [row["title"] for row in response.context["rows"]]


def test_shows_the_stories_of_the_readers_language_newest_first(client, stories):
    assert titles(client, "/en/stories/") == ["Kitchen", "Chairs"]
    assert titles(client, "/lt/stories/") == ["Kėdės"]


def test_other_languages_are_shown_when_chosen_each_story_once_and_marked(client, stories):
    response = client.get("/lt/stories/?language=lt&language=en&language=it")
    rows = {row["title"]: row for row in response.context["rows"]}
    assert set(rows) == {"Kėdės", "Kitchen", "Turni"}
    assert rows["Kitchen"]["lang"] == "en"
    assert rows["Kitchen"]["url"] == "/lt/stories/kitchen/?read=en"


def test_values_of_one_facet_add_up_and_facets_narrow_each_other(client, stories):
    assert titles(client, "/en/stories/?country=LV&country=FI") == ["Kitchen", "Chairs"]
    assert titles(client, "/en/stories/?country=LV&field=07") == ["Chairs"]
    assert titles(client, "/en/stories/?country=LV&field=10") == []


def test_narrow_fields_are_offered_within_the_one_field_that_is_chosen(client, index):
    for slug, narrow in (("wood", "072"), ("metal", "071"), ("other", "")):
        StoryPageFactory(parent=index(), title=slug, narrow_field=narrow, locale=index().locale)
    StoryPageFactory(parent=index(), title="bread", field="10", locale=index().locale)

    def facets(query):
        found = client.get(f"/en/stories/{query}").context
        return {
            one["key"]: {o["value"]: o["count"] for o in one["options"]} for one in found["facets"]
        }

    assert "narrow_field" not in facets("")
    assert "narrow_field" not in facets("?field=07&field=10")
    chosen = facets("?field=07&narrow_field=072")
    assert chosen["narrow_field"] == {"071": 1, "072": 1}
    assert chosen["field"] == {"07": 3, "10": 1}
    assert titles(client, "/en/stories/?field=07&narrow_field=072") == ["wood"]
    assert len(titles(client, "/en/stories/?narrow_field=072")) == 4
    chips = client.get("/en/stories/?field=07&narrow_field=072").context["chips"]
    assert [chip["remove_url"] for chip in chips] == ["./", "?field=07"]


def test_counts_say_what_a_choice_would_give(client, stories):
    context = client.get("/en/stories/?country=LV").context
    facets = {
        facet["key"]: {o["value"]: o["count"] for o in facet["options"]}
        for facet in context["facets"]
    }
    assert facets["country"] == {"LV": 1, "FI": 1}
    assert facets["field"] == {"07": 1}


def test_each_choice_is_a_chip_that_can_be_removed(client, stories):
    context = client.get("/en/stories/?country=LV&field=07").context
    assert [(str(chip["label"]), chip["remove_url"]) for chip in context["chips"]][0] == (
        "Latvia",
        "?field=07",
    )


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("", "<strong>2 stories</strong>"),
        ("?country=LV", "<strong>1 story</strong> for: Latvia"),
        ("?country=LV&country=FI", "<strong>2 stories</strong> for: Latvia, Finland"),
    ],
)
def test_one_sentence_says_what_is_shown(client, stories, query, sentence):
    html = client.get(f"/en/stories/{query}").content.decode()
    assert f"data-summary>{sentence}</h2>" in html


def test_stories_of_other_languages_are_offered(client, stories):
    offers = client.get("/lt/stories/").context["other_languages"]
    assert {offer["code"]: offer["count"] for offer in offers} == {"en": 1, "it": 1}


def test_a_story_that_is_shown_already_is_not_offered_in_another_language(client, stories):
    offers = client.get("/lt/stories/?country=LV").context["other_languages"]
    assert offers == []


def test_choices_stay_when_the_menus_change_their_language(client, stories):
    menu = client.get("/lt/stories/?country=LV&page=2").context["languages"]["here"]
    assert {entry["code"]: entry["url"] for entry in menu}["en"] == "/en/stories/?country=LV"


def test_pages_have_stable_addresses(client, index):
    for number in range(30):
        StoryPageFactory(
            parent=index(), title=f"Story {number:02}", slug=f"s{number}", locale=index().locale
        )
    first = client.get("/en/stories/").context
    assert first["pages"]["next_url"] == "?page=2"
    assert titles(client, "/en/stories/?page=3")[-1] == "Story 00"


@pytest.mark.parametrize(
    "query",
    [
        "country=XX",
        "country=%27%3B--",
        "page=-1",
        "page=abc",
        "page=99999999999999999999",
        "page=%EF%BC%91",
        "language=xx",
        "language=../../etc",
        "sort=drop",
        "country=" + "L" * 5000,
        "%ff%fe=1",
        "field=07&field=07&field=07",
    ],
)
def test_hostile_query_strings_give_a_page(client, stories, query):
    assert client.get(f"/en/stories/?{query}").status_code == 200


def test_null_bytes_are_refused_with_a_message(client, stories):
    assert client.get("/en/stories/?country=%00").status_code == 400


def test_counts_of_a_choice_are_kept_until_something_is_published(client, index, stories):
    address = "/en/stories/?country=LV"
    client.get(address)
    total = client.get(address).context["total"]
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    assert not [one for one in queries if "COUNT(" in one["sql"]]
    StoryPageFactory(parent=index(), country="LV", locale=index().locale)
    generation.grow()
    assert client.get(address).context["total"] == total + 1


def test_the_map_shows_the_matching_countries_and_leads_to_their_lists(client, index):
    StoryPageFactory(parent=index(), country="LV")
    StoryPageFactory(parent=index(), country="FI", field="04")
    page = client.get("/en/stories/?view=map&field=07").content.decode()
    assert 'aria-label="Latvia: 1"' in page
    assert 'href="?country=LV&amp;field=07"' in page
    assert 'aria-label="Finland: 1"' not in page
    assert 'name="view" value="map"' in page
    assert 'id="sort"' not in page
