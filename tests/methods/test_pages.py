"""The manual as visitors and editors meet it."""

import json
import re
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from docx import Document
from wagtail.test.utils import WagtailPageTestCase

from home.models import HomePage
from methods.models import MethodIndexPage, MethodPage, ObstacleIndexPage, ObstaclePage
from tests.factories.methods import MethodPageFactory, method_form
from tests.factories.stories import StoryPageFactory
from tests.methods.conftest import make_manual

pytestmark = pytest.mark.django_db


class TestPlaces(WagtailPageTestCase):
    """Where the page types may stand, and that editors can work on them."""

    def test_items_stand_in_their_sections_and_nowhere_else(self):
        self.assertAllowedParentPageTypes(MethodPage, {MethodIndexPage})
        self.assertAllowedSubpageTypes(MethodPage, set())
        self.assertAllowedParentPageTypes(MethodIndexPage, {HomePage})
        self.assertAllowedParentPageTypes(ObstaclePage, {ObstacleIndexPage})

    def test_method_is_renderable_editable_and_previewable(self):
        index = make_manual(["en"])["methods", "en"]
        method = MethodPageFactory(parent=index, locale=index.locale)
        self.assertPageIsRenderable(method)
        self.login()
        self.assertPageIsEditable(method, post_data=method_form())
        self.assertPageIsPreviewable(method, post_data=method_form())


def data_of(html: str) -> dict:
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    return {block["@type"]: block for block in map(json.loads, blocks)}


def test_method_shows_who_does_what_by_phase_and_role(client, add):
    add("methods", slug="bid")
    html = client.get("/en/methods/bid/").content.decode()
    assert "Ask ten companies." in html
    assert "Learners under 18" in html
    steps = data_of(html)["HowTo"]["step"]
    assert [step["name"] for step in steps] == ["Before", "During", "After"]
    assert steps[0]["itemListElement"][0]["name"] == "School: Ask ten companies."


def test_obstacle_leads_to_methods_and_to_people_who_solved_it(client, add, manual):
    obstacle = add("obstacles", slug="no-time")
    other = add("obstacles", slug="too-far")
    key = str(obstacle.translation_key)
    method = add("methods", slug="bid", obstacles=[key])
    add("methods", slug="mentor", obstacles=[str(other.translation_key)])
    stories = manual["methods", "en"].get_parent().get_children().get(slug="stories").specific
    StoryPageFactory(
        parent=stories,
        locale=stories.locale,
        slug="solved",
        obstacles=[key],
        methods=[str(method.translation_key)],
    )
    html = client.get("/en/obstacles/no-time/").content.decode()
    assert "/en/methods/bid/" in html
    assert "/en/methods/mentor/" not in html
    assert "/en/stories/solved/" in html
    html = client.get("/en/methods/bid/").content.decode()
    assert "/en/obstacles/no-time/" in html
    assert "/en/stories/solved/" in html


def test_links_lead_to_the_version_that_the_reader_reads(client, add):
    obstacle = add("obstacles", slug="no-time")
    add("obstacles", "fi", slug="ei-aikaa", translation_key=obstacle.translation_key)
    add("methods", "fi", slug="kilpailu", obstacles=[str(obstacle.translation_key)])
    assert "/fi/obstacles/ei-aikaa/" in client.get("/fi/methods/kilpailu/").content.decode()
    assert "/it/obstacles/no-time/?read=en" in (
        client.get("/it/methods/kilpailu/").content.decode()
    )


def test_unpublished_item_is_not_linked(client, add):
    obstacle = add("obstacles", slug="no-time", live=False)
    add("methods", slug="bid", obstacles=[str(obstacle.translation_key)])
    assert "/obstacles/no-time/" not in client.get("/en/methods/bid/").content.decode()


def test_manual_shows_each_method_once_in_the_best_language(client, add):
    first = add("methods", slug="one", number=1, title="First")
    add("methods", "fi", slug="yksi", number=1, translation_key=first.translation_key)
    add("methods", slug="two", number=2, title="Second")
    rows = client.get("/fi/methods/").context["rows"]
    assert [(row["lang"], row["title"]) for row in rows][1] == ("en", "Second")
    assert [row["lang"] for row in rows] == ["fi", "en"]


def test_chooser_ranks_with_reasons(client, add):
    add("methods", slug="long", number=1, title="Long", hours_school=60)
    add("methods", slug="short", number=2, title="Short", hours_school=6)
    response = client.get("/en/methods/?side=school&motive=real_work&hours=10")
    assert [row["title"] for row in response.context["rows"]] == ["Short", "Long"]
    html = response.content.decode()
    assert "You look for: Real work for learners." in html
    assert (html.count("Fits:"), html.count("Does not fit:")) == (2, 1)
    facts = response.context["rows"][0]["facts"]
    assert [fact.split(": ")[0] for fact in facts] == ["Phase", "Experience", "Cost"]
    assert "One round takes your side 60 hours." in html
    assert 'value="10"' in html


@pytest.mark.parametrize(
    "query",
    [
        "hours=many",
        "hours=-1",
        "hours=99999999999999999999",
        "learners=0",
        "experience=nobody",
        "motive=%00",
        "side=%FF&motive=recruit",
        "hours=" + "9" * 5000,
    ],
)
def test_wrong_answers_are_said_at_the_field_and_all_methods_stay(client, add, query):
    add("methods", slug="one")
    response = client.get(f"/en/methods/?{query}")
    assert response.status_code in (200, 400)
    if response.status_code == 200:
        assert response.context["form"].errors
        assert len(response.context["rows"]) == 1


def test_largest_group_is_not_smaller_than_the_smallest(add):
    method = add("methods", slug="one")
    method.group_min, method.group_max = 20, 10
    with pytest.raises(ValidationError) as error:
        method.full_clean()
    assert "group_max" in error.value.message_dict


def test_sheet_can_be_read_and_taken_as_a_file_in_its_language(client, add):
    add("sheets", "fi", slug="sopimus", title="Sopimus odotuksista")
    html = client.get("/fi/sheets/sopimus/").content.decode()
    assert "School, contact" in html
    response = client.get("/fi/sheets/sopimus/?as=docx")
    assert response["Content-Disposition"] == 'attachment; filename="sopimus.docx"'
    file = Document(BytesIO(response.content))
    assert file.core_properties.title == "Sopimus odotuksista"
    assert file.core_properties.language == "fi"
    texts = [paragraph.text for paragraph in file.paragraphs]
    assert texts[:2] == ["Sopimus odotuksista", "Who takes part"]
    assert "Keep one copy each." in texts
    assert [run.text for run in file.paragraphs[2].runs if run.bold] == ["one copy"]
    cells = [[cell.text for cell in row.cells] for row in file.tables[-1].rows]
    assert cells == [["Outcome", "Seen"], ["1", ""], ["2", ""]]


def test_hostile_text_is_shown_as_text(client, add):
    add("methods", slug="bid", purpose="<script>alert(1)</script>", safety='<p onclick="x()">a</p>')
    html = client.get("/en/methods/bid/").content.decode()
    assert "<script>alert" not in html


@pytest.mark.parametrize(
    "path", ["methods/", "methods/bid/", "obstacles/", "obstacles/o/", "sheets/", "sheets/s/"]
)
def test_pages_in_every_interface_language(client, add, settings, path):
    add("methods", slug="bid")
    add("obstacles", slug="o")
    add("sheets", slug="s")
    for code in settings.INTERFACE_LANGUAGES:
        response = client.get(f"/{code}/{path}")
        assert response.status_code == 200
        assert f'<html lang="{code}" dir="ltr"' in response.content.decode()


def test_feed_of_the_section_names_what_is_public(client, add):
    add("methods", slug="bid")
    add("methods", slug="hidden", live=False)
    feed = client.get("/en/methods/feed/").content.decode()
    assert "/en/methods/bid/" in feed
    assert "/en/methods/hidden/" not in feed
