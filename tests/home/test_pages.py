"""Home and plain pages: where they stand, what they show in every language, and their pictures."""

import json
import re

import pytest
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils import WagtailPageTestCase
from wagtail.test.utils.form_data import rich_text, streamfield
from wagtail_factories import ImageFactory

from editorial.services import ensure_workflow
from home.models import HomePage, StandardPage
from portal.shipped import SECTIONS
from tests.conftest import make_site
from tests.factories.accounts import person
from tests.factories.forms import page_form
from tests.factories.home import StandardPageFactory
from tests.factories.pages import rewrite
from tests.factories.stories import StoryPageFactory

pytestmark = pytest.mark.django_db


def home_form(**changes) -> dict:
    """What the admin's form sends for a complete home page."""
    way = {"audience": "teacher", "title": "You teach", "text": "Begin here.", "link": "stories/"}
    return page_form(
        {
            "title": "Where school and work join",
            "slug": "en",
            "headline_school": "School on one side.",
            "headline_work": "Work on the other.",
            "headline_join": "Here they join.",
            "lead": "What school and work did together.",
            "loop_intro": "",
            "examples": streamfield([("query", "mentors")]),
            "ways_in": streamfield([("way_in", way)]),
            **changes,
        }
    )


def plain_form(*blocks, **changes) -> dict:
    """What the admin's form sends for a plain page with these blocks."""
    return page_form(
        {
            "title": "About",
            "slug": "about",
            "lead": "What this portal is for.",
            "body": streamfield(blocks or [("text", rich_text("<p>It is for teachers.</p>"))]),
            **changes,
        }
    )


class TestPlaces(WagtailPageTestCase):
    """Where the page types may stand, and that editors can open them."""

    def setUp(self):
        self.home = make_site(["en"])["en"]
        self.about = StandardPageFactory(parent=self.home, locale=self.home.locale, slug="about")

    def test_homes_stand_under_the_root_and_hold_lists_and_plain_pages(self):
        self.assertAllowedParentPageTypes(HomePage, {Page})
        self.assertAllowedSubpageTypes(
            HomePage,
            {StandardPage, *(section[0] for section in SECTIONS)},
        )

    def test_plain_pages_stand_under_a_home_and_hold_nothing(self):
        self.assertAllowedParentPageTypes(StandardPage, {HomePage})
        self.assertAllowedSubpageTypes(StandardPage, set())

    def test_both_are_renderable_editable_and_previewable(self):
        self.login()
        for page, form in ((self.home, home_form()), (self.about, plain_form())):
            self.assertPageIsRenderable(page)
            self.assertPageIsEditable(page, post_data=form)
            self.assertPageIsPreviewable(page, post_data=form)


@pytest.fixture
def homes(db, settings):
    """Homes in all interface languages."""
    return make_site(settings.INTERFACE_LANGUAGES)


@pytest.fixture
def about(homes):
    """A plain page in English and Finnish."""
    english = StandardPageFactory(
        parent=homes["en"], locale=homes["en"].locale, title="About", slug="about"
    )
    StandardPageFactory(
        parent=homes["fi"],
        locale=homes["fi"].locale,
        title="Tietoa",
        slug="tietoa",
        translation_key=english.translation_key,
    )
    return english


def structured(html: str) -> dict[str, dict]:
    """The structured data of a page by type."""
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    return {one["@type"]: one for one in map(json.loads, found)}


def alternates(html: str) -> dict[str, str]:
    """The addresses that a page's head names, by language."""
    return dict(re.findall(r'<link rel="alternate" hreflang="([\w-]+)" href="([^"]+)">', html))


def test_home_opens_in_every_language_and_names_all_versions(client, homes, settings):
    expected = {code: f"http://testserver/{code}/" for code in settings.INTERFACE_LANGUAGES}
    for code in settings.INTERFACE_LANGUAGES:
        html = client.get(f"/{code}/").content.decode()
        assert f'<html lang="{code}" dir="ltr">' in html
        assert f'<link rel="canonical" href="http://testserver/{code}/">' in html
        assert alternates(html) == {**expected, "x-default": expected["en"]}


def test_plain_page_opens_in_every_language_its_own_or_said_to_be_another(client, about, settings):
    for code in settings.INTERFACE_LANGUAGES:
        response = client.get(f"/{code}/about/", follow=True)
        html = response.content.decode()
        content = code if code == "fi" else "en"
        assert response.request["PATH_INFO"] == f"/{code}/{'tietoa' if code == 'fi' else 'about'}/"
        assert f'<html lang="{code}" dir="ltr">' in html
        assert f'<article class="article" lang="{content}" dir="ltr">' in html
        assert response.context["is_fallback"] == (code not in ("en", "fi"))
        assert alternates(html) == {
            "en": "http://testserver/en/about/",
            "fi": "http://testserver/fi/tietoa/",
            "x-default": "http://testserver/en/about/",
        }


def test_structured_data_say_what_the_pages_are(client, about):
    home = structured(client.get("/fi/").content.decode())
    assert home["WebSite"]["inLanguage"] == "fi"
    assert home["WebSite"]["potentialAction"]["target"] == (
        "http://testserver/fi/search/?q={search_term_string}"
    )
    plain = structured(client.get("/lt/about/").content.decode())
    assert plain["WebPage"]["inLanguage"] == "en"
    assert plain["WebPage"]["url"] == "http://testserver/en/about/"
    assert [one["name"] for one in plain["BreadcrumbList"]["itemListElement"]][-1] == "About"


def test_home_shows_the_newest_stories_and_where_to_start(client, homes):
    homes["en"].ways_in = [("way_in", {"audience": "teacher", "title": "You teach", "link": "x/"})]
    homes["en"].examples = [("query", "real orders")]
    rewrite(homes["en"])
    index = homes["en"].get_children().get(slug="stories")
    StoryPageFactory(parent=index, locale=index.locale, title="Chairs")
    html = client.get("/en/").content.decode()
    assert "Chairs" in html
    assert '<a href="/en/x/">You teach</a>' in html
    assert 'href="/en/search/?q=real%20orders"' in html


@pytest.fixture
def picture(db):
    return ImageFactory(title="A bench", file__width=1600, file__height=1200)


def with_picture(picture, alt_text: str = "", decorative: bool = False) -> dict:
    value = {"image": picture.pk, "alt_text": alt_text, "decorative": decorative}
    return {"type": "picture", "value": value}


def pictures(html: str) -> list[str]:
    return re.findall(r"<img [^>]*>", html)


def test_pictures_are_webp_of_known_size_and_late(client, site, picture):
    StandardPageFactory(
        parent=site["en"],
        locale=site["en"].locale,
        slug="about",
        body=[with_picture(picture, "A bench at school"), with_picture(picture, decorative=True)],
    )
    told, decorative = pictures(client.get("/en/about/").content.decode())
    for image in (told, decorative):
        assert len(re.findall(r"/media/images/[^ ]+\.webp \d+w", image)) == 3
        assert re.search(r'src="/media/images/[^"]+\.webp"', image)
        assert re.search(r'width="420"', image)
        assert re.search(r'height="280"', image)
        assert 'loading="lazy"' in image
    assert 'alt="A bench at school"' in told
    assert 'alt=""' in decorative


def test_picture_at_the_top_of_a_story_is_not_late(client, index, picture):
    story = StoryPageFactory(
        parent=index(), locale=index().locale, picture=[with_picture(picture, "A bench")]
    )
    [image] = pictures(client.get(story.url_path).content.decode())
    assert 'loading="eager"' in image


@pytest.mark.parametrize(
    ("said", "complete"),
    [
        ({"alt_text": "", "decorative": ""}, False),
        ({"alt_text": "A bench at school", "decorative": ""}, True),
        ({"alt_text": "", "decorative": "on"}, True),
    ],
)
def test_review_waits_for_what_a_picture_shows_or_that_it_is_decorative(
    client, site, picture, said, complete
):
    ensure_workflow(Page.get_first_root_node())
    page = StandardPageFactory(parent=site["en"], locale=site["en"].locale, slug="about")
    client.force_login(person("editor", "en"))
    form = plain_form(("picture", {"image": picture.pk, **said})) | {"action-submit": "1"}
    response = client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form)
    assert page.workflow_in_progress == complete
    assert complete or "body" in response.context["form"].errors
