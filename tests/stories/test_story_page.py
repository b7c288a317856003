"""A story: what it must have, where it may stand, what its page shows."""

import json
import re

import pytest
from django.core.exceptions import ValidationError
from wagtail.test.utils import WagtailPageTestCase

from editorial.validation import problems
from home.models import HomePage
from stories.models import StoryIndexPage, StoryPage
from tests.conftest import make_site
from tests.factories.pages import rewrite
from tests.factories.stories import StoryPageFactory, story_form

pytestmark = pytest.mark.django_db


class TestPlaces(WagtailPageTestCase):
    """Where the page types may stand."""

    def test_stories_stand_in_lists_of_stories_and_nowhere_else(self):
        self.assertAllowedParentPageTypes(StoryPage, {StoryIndexPage})
        self.assertAllowedSubpageTypes(StoryPage, set())
        self.assertAllowedParentPageTypes(StoryIndexPage, {HomePage})

    def test_story_is_routable_renderable_editable_and_previewable(self):
        home = make_site(["en"])["en"]
        index = home.get_children().get(slug="stories").specific
        story = StoryPageFactory(parent=index, locale=index.locale)
        self.assertPageIsRenderable(story)
        self.login()
        self.assertPageIsEditable(story, post_data=story_form())
        self.assertPageIsPreviewable(story, post_data=story_form())


@pytest.fixture
def story(index):
    return StoryPageFactory(parent=index(), slug="orders", locale=index().locale)


@pytest.mark.parametrize(
    "field",
    [
        "result",
        "problem",
        "gap_learnt",
        "gap_applied",
        "gap_needed",
        "country",
        "sector",
        "failed",
        "transfer",
        "steps",
        "partners",
        "contact_email",
        "licence",
    ],
)
def test_what_a_story_must_have_is_said_at_its_field(story, field):
    setattr(story, field, [] if field in ("steps", "partners") else "")
    label = str(StoryPage._meta.get_field(field).verbose_name)
    assert label.lower() in {problem.label.lower() for problem in problems(story)}


def test_region_must_lie_in_the_country(story):
    story.country, story.region = "LV", "FI1C"
    with pytest.raises(ValidationError) as error:
        story.full_clean()
    assert "region" in error.value.message_dict


def test_a_narrow_field_lies_in_its_field_and_says_more_than_it(story, client):
    story.field, story.narrow_field = "07", "101"
    with pytest.raises(ValidationError) as error:
        story.full_clean()
    assert list(error.value.message_dict) == ["narrow_field"]
    story.narrow_field = "072"
    story.full_clean()
    rewrite(story)
    page = client.get("/en/stories/orders/")
    assert {"term": "Narrow field", "value": "Manufacturing and processing"} in page.context[
        "facts"
    ]
    assert [term["termCode"] for term in story.json_ld(str)["about"]] == ["07", "072"]
    assert story.search_document().facets["narrow_field"] == ["072"]


def test_each_side_has_one_voice(story):
    story.voices = [
        {"type": "voice", "value": {"who": "designer", "quote": "One.", "role": "Trainer"}},
        {"type": "voice", "value": {"who": "designer", "quote": "Two.", "role": "Trainer"}},
    ]
    assert [problem.label for problem in problems(story)] == ["Three voices 2, Whose voice"]


def test_page_shows_figures_with_their_table_voices_and_facts(client, story):
    html = client.get("/en/stories/orders/").content.decode()
    assert "9\u00a0%" in html
    assert "64\u00a0%" in html
    assert "<table" in html
    assert "Now I teach." in html
    assert "Engineering, manufacturing and construction" in html


def test_funding_has_a_heading_of_its_own(client, story):
    assert "Funding" not in client.get("/en/stories/orders/").content.decode()
    story.funding = "Erasmus+ 2026-1-LV"
    rewrite(story)
    html = client.get("/en/stories/orders/").content.decode()
    assert re.search(r"Funding</h3>\s*<p>Erasmus\+ 2026-1-LV</p>", html)


def test_structured_data_is_valid_json_of_the_right_types(client, story):
    story.title = "</script><script>alert(1)</script>"
    rewrite(story)
    html = client.get("/en/stories/orders/").content.decode()
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    data = {block["@type"]: block for block in map(json.loads, blocks)}
    assert set(data) == {"Article", "BreadcrumbList", "Organization"}
    assert data["Article"]["headline"] == story.title
    assert "<script>alert" not in html


def test_hostile_text_is_shown_as_text(client, story):
    story.gap_learnt = "<img src=x onerror=alert(1)>"
    story.problem = '<p onclick="x()">a<script>b</script></p>'
    rewrite(story)
    html = client.get("/en/stories/orders/").content.decode()
    assert "<img src=x" not in html


def test_story_page_in_every_interface_language(client, story, settings):
    for code in settings.INTERFACE_LANGUAGES:
        response = client.get(f"/{code}/stories/orders/")
        assert response.status_code == 200
        assert f'<html lang="{code}" dir="ltr"' in response.content.decode()
