"""What stands beside a story: similar stories, methods and obstacles, each with the reason."""

import pytest

from core import generation
from stories import neighbours, related
from tests.factories.methods import (
    MethodIndexPageFactory,
    MethodPageFactory,
    ObstacleIndexPageFactory,
    ObstaclePageFactory,
)
from tests.factories.stories import StoryPageFactory

pytestmark = pytest.mark.django_db


def test_what_was_hard_weighs_more_than_where_it_was():
    own = {"obstacles": ("no time",), "country": ("LV",), "eqf_level": ("4",)}
    others = {
        "near": {"country": ("LV",), "eqf_level": ("4",), "obstacles": ()},
        "alike": {"country": ("IT",), "obstacles": ("no time",)},
        "strange": {"country": ("IT",)},
    }
    assert [one.key for one in related.rank(own, others, 3)] == ["alike", "near"]


def test_a_shared_narrow_field_says_more_than_its_broad_one():
    own = {"field": ("07",), "narrow_field": ("072",)}
    others = {"broad": {"field": ("07",)}, "narrow": own}
    ranked = related.rank(own, others, 2)
    assert [one.key for one in ranked] == ["narrow", "broad"]
    assert ranked[0].reasons == (related.Reason("narrow_field", "072"),)


@pytest.fixture
def shelf(lists):
    """A story with a method and an obstacle, one that shares them, and others of its field."""
    home = lists["en"]
    methods = MethodIndexPageFactory(parent=home, locale=home.locale)
    obstacles = ObstacleIndexPageFactory(parent=home, locale=home.locale)
    obstacle = ObstaclePageFactory(parent=obstacles, locale=home.locale, title="No time")
    against = [str(obstacle.translation_key)]
    used = MethodPageFactory(parent=methods, locale=home.locale, title="Mentoring")
    MethodPageFactory(parent=methods, locale=home.locale, title="Job dating", obstacles=against)
    MethodPageFactory(parent=methods, locale=home.locale, title="Unrelated")
    index = home.get_children().get(slug="stories").specific
    named = {"methods": [str(used.translation_key)], "obstacles": against}

    def story(**values):
        return StoryPageFactory(parent=index, locale=index.locale, **values)

    own = story(title="Own", slug="own", **named)
    story(title="Alike", slug="alike", field="10", country="IT", **named)
    story(title="Strange", slug="strange", field="01", work_based_learning="simulation")
    story(title="Hidden", slug="hidden", draft=True, **named)
    for number in range(4):
        story(title=f"Same field {number}")
    return own


def test_similar_stories_come_with_their_reasons(client, shelf):
    rows = client.get("/en/stories/own/").context["related_stories"]
    assert rows[0]["title"] == "Alike"
    assert rows[0]["reasons"][:2] == ["Same obstacle: No time", "Same method: Mentoring"]
    assert len(rows) == 3
    assert {"Own", "Strange", "Hidden"}.isdisjoint(row["title"] for row in rows)


def test_methods_and_obstacles_come_with_their_reasons(client, shelf):
    response = client.get("/en/stories/own/")
    links = [(link["title"], link["used"]) for link in response.context["helps"]["first"]]
    assert links == [("Mentoring", True), ("No time", True), ("Job dating", False)]
    html = response.content.decode()
    assert "Method that helps against the same obstacle" in html
    assert "Obstacle overcome here" in html
    assert "Unrelated" not in html


def test_titles_in_another_language_are_marked(client, shelf):
    html = client.get("/fi/stories/own/").content.decode()
    assert 'lang="en" hreflang="en">Mentoring</a>' in html


def test_a_story_that_shares_nothing_shows_nothing(client, shelf):
    context = client.get("/en/stories/strange/").context
    assert context["helps"] == {"first": [], "more": []}


def test_three_further_ones_of_each_kind_are_seen_at_once():
    links = {
        "method": [{"title": f"M{number}", "used": number == 4} for number in range(6)],
        "chapter": [{"title": f"C{number}", "used": False} for number in range(4)],
    }
    found = neighbours.helps(links)
    assert [one["title"] for one in found["first"]] == ["M4", "M0", "M1", "M2", "C0", "C1", "C2"]
    assert [one["title"] for one in found["more"]] == ["M3", "M5", "C3"]


def test_a_page_with_everything_beside_it_stays_within_eight_queries(
    client, shelf, django_assert_max_num_queries
):
    client.get("/en/stories/own/")
    generation.forget()
    client.get("/en/nothing/")
    with django_assert_max_num_queries(8):
        assert client.get("/en/stories/own/").context["related_stories"]
    generation.forget()
    client.get("/en/nothing/")
    with django_assert_max_num_queries(8):
        client.get("/en/stories/compare/?story=own&story=alike&story=strange")
