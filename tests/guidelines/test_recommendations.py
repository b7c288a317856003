"""Recommendations as visitors and editors meet them."""

import datetime
import json
import re
from uuid import uuid4

import pytest
from wagtail.test.utils import WagtailPageTestCase

from core import generation
from guidelines import services
from guidelines.models import Move, Proceeding, RecommendationIndexPage, RecommendationPage
from home.models import HomePage
from tests.factories.accounts import UserFactory
from tests.factories.recommendations import RecommendationPageFactory, recommendation_form
from tests.factories.stories import StoryPageFactory
from tests.guidelines.recommending import add, make_section

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 3, 2)


class TestPlaces(WagtailPageTestCase):
    """Where the page types may stand, and that editors can work on them."""

    def test_recommendations_stand_in_their_section_and_can_be_edited_and_previewed(self):
        self.assertAllowedParentPageTypes(RecommendationPage, {RecommendationIndexPage})
        self.assertAllowedParentPageTypes(RecommendationIndexPage, {HomePage})
        section = make_section(["en"])["en"]
        page = RecommendationPageFactory(parent=section, locale=section.locale)
        self.assertPageIsRenderable(page)
        self.login()
        self.assertPageIsEditable(page, post_data=recommendation_form())
        self.assertPageIsPreviewable(page, post_data=recommendation_form())


@pytest.fixture
def section(db):
    return make_section(["en", "fi", "lt"])


@pytest.fixture
def operator(db):
    return UserFactory(is_superuser=True, is_staff=True, email="private@example.org")


def stand_at(page, status: str) -> None:
    """Records a status without its history, where only the status is of use."""
    proceeding = Proceeding.objects.create(translation_key=page.translation_key, status=status)
    Move.objects.create(proceeding=proceeding, status=status, on=DAY, office="Desk")
    generation.grow()


def data_of(html: str) -> dict:
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    return {block["@type"]: block for block in map(json.loads, blocks)}


def test_page_shows_evidence_with_what_it_shows_and_leads_to_the_story(client, section, operator):
    home = section["fi"].get_parent()
    story = StoryPageFactory(
        parent=home.get_children().get(slug="stories"), locale=home.locale, title="Kolme tilausta"
    )
    evidence = RecommendationPageFactory._meta.declarations["evidence"]
    key = str(story.translation_key)
    page = add(
        section["en"],
        slug="short",
        evidence=[
            *evidence,
            {"type": "story", "value": {"story": key, "shows": "It was signed in time."}},
            {"type": "story", "value": {"story": str(uuid4()), "shows": "It was not."}},
        ],
        dissent="<p>A group of <b>small</b> companies.</p>",
        title="<script>alert(1)</script>",
    )
    services.move(page, "consulted", operator, office="Working group", follow_up_on=tomorrow())
    html = client.get("/en/recommendations/short/").content.decode()
    assert "41.5\u00a0%" in html
    assert "More than half began without one." in html
    assert re.search(r'lang="fi"[^>]*>Kolme tilausta', html)
    assert "The story is not public any more." in html
    assert "<b>small</b>" in html
    assert "<script>alert" not in html
    assert "Working group" in html
    assert "private@example.org" not in html
    assert html.count('course-step--present" aria-current="step"') == 1
    report = data_of(html)["Report"]
    assert report["audience"] == [{"@type": "Audience", "audienceType": "National level"}]
    assert client.get("/en/recommendations/feed/").status_code == 200


def tomorrow() -> datetime.date:
    return datetime.date.today() + datetime.timedelta(days=1)  # noqa: DTZ011


def test_answer_is_shown_in_its_own_language_and_in_that_of_the_page(client, section, operator):
    page = add(section["en"], slug="short", answer_text="We agree.")
    add(section["lt"], slug="trumpa", translation_key=page.translation_key)
    for status in ("consulted", "adopted", "sent"):
        services.move(page, status, operator)
    said = services.Answered("Ministerija", "Pritariame <b>viskam</b>.", "lt")
    services.move(page, "answered", operator, answer=said)
    english = client.get("/en/recommendations/short/").content.decode()
    assert "We agree." in english
    assert '<blockquote class="prose answer" lang="lt" dir="ltr">' in english
    assert "Pritariame &lt;b&gt;viskam&lt;/b&gt;." in english
    lithuanian = client.get("/lt/recommendations/trumpa/").content.decode()
    assert lithuanian.count("<blockquote") == 1
    finnish = client.get("/fi/recommendations/short/").content.decode()
    assert '<article lang="en" dir="ltr">' in finnish


def test_list_is_narrowed_by_theme_addressee_and_status_with_counts(client, section):
    first = add(section["en"], slug="a", theme="mobility", addressees=["national", "company"])
    second = add(section["en"], slug="b", theme="mobility", addressees=["provider"])
    add(section["en"], slug="c", theme="excellence", addressees=["company"])
    add(section["fi"], slug="a-fi", translation_key=first.translation_key, theme="mobility")
    stand_at(second, "sent")

    def slugs(query: str) -> list[str]:
        response = client.get(f"/en/recommendations/?{query}")
        return sorted(row["url"].split("/")[-2] for row in response.context["rows"])

    assert slugs("") == ["a", "b", "c"]
    assert slugs("theme=mobility") == ["a", "b"]
    assert slugs("theme=mobility&addressee=company") == ["a"]
    assert slugs("addressee=provider&addressee=company") == ["a", "b", "c"]
    assert slugs("status=sent") == ["b"]
    assert slugs("status=answered") == []
    assert slugs("status=nonsense&theme=%3Cb%3E&page=x") == ["a", "b", "c"]
    facets = client.get("/en/recommendations/?theme=mobility").context["facets"]
    counts = {
        facet["key"]: {one["value"]: one["count"] for one in facet["options"]} for facet in facets
    }
    assert counts["theme"]["excellence"] == 1
    assert counts["addressee"] == {
        "european": 0,
        "national": 1,
        "regional": 0,
        "provider": 1,
        "company": 1,
    }
    assert counts["status"]["sent"] == counts["status"]["draft"] == 1


def test_search_document_carries_theme_addressee_and_status(section):
    page = add(section["en"], slug="a")
    assert page.search_document().facets == {
        "macro_need": ["assessment"],
        "addressee": ["national"],
        "status": ["draft"],
    }
    stand_at(page, "adopted")
    document = page.search_document()
    assert document.facets["status"] == ["adopted"]
    assert "More than half began without one." in document.body
