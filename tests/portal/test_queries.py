"""What a page costs: at most eight queries, whatever the number of items and of languages."""

import pytest
from django.test.utils import CaptureQueriesContext

from core import generation
from search import documents
from stories.models import StoryPage
from tests.conftest import make_site
from tests.factories.stories import StoryPageFactory

pytestmark = pytest.mark.django_db
MORE = "bg cs da el es et fr ga hr hu mt nl pl pt ro sk sl sv uk".split()
PATHS = [
    "/en/",
    "/en/stories/",
    "/en/stories/?country=LV&field=07",
    "/en/stories/?view=map",
    "/en/stories/s0/",
    "/en/stories/s0/?as=history",
    "/en/search/?q=orders",
]
LIMIT = 8
LIMIT_404 = 12  # three of them for redirects that operators have written


def add_stories(homes, codes: list[str], number: int, start: int = 0) -> None:
    indexes = {code: homes[code].get_children().get(slug="stories") for code in codes}
    for position in range(start, number):
        source = StoryPageFactory(
            parent=indexes["en"], slug=f"s{position}", locale=indexes["en"].locale
        )
        for code in codes[1:]:
            StoryPageFactory(
                parent=indexes[code],
                slug=f"s{position}",
                locale=indexes[code].locale,
                translation_key=source.translation_key,
            )


def translate_stories(homes, code: str) -> None:
    index = homes[code].get_children().get(slug="stories")
    for source in StoryPage.objects.filter(locale__language_code="en"):
        StoryPageFactory(
            parent=index,
            slug=source.slug,
            locale=index.locale,
            translation_key=source.translation_key,
        )


def cost(client, connection, path: str, status: int = 200) -> int:
    """Queries of a request when only navigation and settings are known, from a page without content."""
    client.get(path)
    generation.forget()
    client.get("/en/nothing/")
    with CaptureQueriesContext(connection) as queries:
        response = client.get(path)
    assert response.status_code == status
    return len(queries)


@pytest.fixture
def connection(db):
    from django.db import connection

    return connection


@pytest.mark.parametrize("path", PATHS)
def test_cost_is_equal_for_one_and_thirty_items_and_within_the_limit(client, connection, path):
    homes = make_site(["en", "fi"])
    add_stories(homes, ["en", "fi"], 1)
    one = cost(client, connection, path)
    add_stories(homes, ["en", "fi"], 30, start=1)
    thirty = cost(client, connection, path)
    assert one == thirty
    assert thirty <= LIMIT


def test_cost_of_an_address_without_a_page_is_equal_for_one_and_thirty_near_ones(
    client, connection
):
    homes = make_site(["en", "fi"])
    add_stories(homes, ["en", "fi"], 1)
    documents.write(StoryPage.objects.all())
    one = cost(client, connection, "/en/stories/real-oders-today/?utm=1", 404)
    add_stories(homes, ["en", "fi"], 30, start=1)
    documents.write(StoryPage.objects.all())
    assert cost(client, connection, "/en/stories/real-oders-today/?utm=1", 404) == one
    assert one <= LIMIT_404


@pytest.mark.parametrize("path", PATHS)
def test_cost_is_equal_for_two_and_twenty_four_languages(client, connection, settings, path):
    homes = make_site(["en", "fi"])
    add_stories(homes, ["en", "fi"], 2)
    two = cost(client, connection, path)
    settings.CONTENT_LANGUAGES = ["en", "fi", "it", "lt", "lv", *MORE]
    homes = make_site(settings.CONTENT_LANGUAGES)
    for code in settings.CONTENT_LANGUAGES[2:]:
        translate_stories(homes, code)
    assert cost(client, connection, path) == two
