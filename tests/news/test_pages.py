"""News, projects and partners as visitors meet them."""

import datetime
import json
import re
from uuid import UUID

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import Locale
from wagtail.test.utils import WagtailPageTestCase

from home.models import HomePage
from news.models import NewsIndexPage, NewsPage, ProjectIndexPage, ProjectPage
from portal.shipped import contents, projects, texts
from tests.conftest import make_site
from tests.factories import news as factories

pytestmark = pytest.mark.django_db
PROJECTS = contents.SECTIONS["projects"].path
MAKERS = {
    "news": (factories.NewsIndexPageFactory, factories.NewsPageFactory),
    "projects": (factories.ProjectIndexPageFactory, factories.ProjectPageFactory),
}


@pytest.fixture
def add(db):
    """Publishes an item: `add("projects", "fi", slug="x", …)`."""
    homes = make_site(["en", "fi"])
    sections = {
        (section, code): MAKERS[section][0](
            parent=home, locale=home.locale, translation_key=UUID(int=40 + number)
        )
        for number, section in enumerate(MAKERS)
        for code, home in homes.items()
    }

    def make(section: str, code: str = "en", **values):
        parent = sections[section, code]
        return MAKERS[section][1](parent=parent, locale=parent.locale, **values)

    return make


class TestPlaces(WagtailPageTestCase):
    """Where the page types may stand."""

    def test_items_stand_in_their_sections_and_nowhere_else(self):
        for index, item in ((NewsIndexPage, NewsPage), (ProjectIndexPage, ProjectPage)):
            self.assertAllowedParentPageTypes(item, {index})
            self.assertAllowedParentPageTypes(index, {HomePage})
        home = make_site(["en"])["en"]
        self.login()
        for index, item in MAKERS.values():
            section = index(parent=home, locale=home.locale)
            page = item(parent=section, locale=home.locale)
            self.assertPageIsRenderable(page)
            assert self.client.get(f"/admin/pages/{page.pk}/edit/").status_code == 200


def test_news_are_listed_newest_first_with_their_date(client, add):
    day = datetime.datetime(2026, 3, 1, 9, tzinfo=datetime.UTC)
    for number in range(2):
        add(
            "news",
            slug=f"n{number}",
            title=f"N{number}",
            first_published_at=day + datetime.timedelta(days=number),
        )
    rows = client.get("/fi/news/").context["rows"]
    assert [row["title"] for row in rows] == ["N1", "N0"]
    assert rows[0]["facts"] == ["2. maaliskuuta 2026"]
    assert "2 March 2026" in client.get("/en/news/n1/").content.decode()
    assert "/en/news/n1/" in client.get("/en/news/feed/").content.decode()


def test_projects_are_counted_with_partners_and_countries(client, add):
    first = add("projects", slug="p1", title="P1", number="2018-1-FI01", programme="Erasmus+")
    add("projects", "fi", slug="p1", translation_key=first.translation_key, title="P1 fi")
    add("projects", slug="p2", title="P2")
    context = client.get("/en/projects/").context
    # North School takes part in both; the partners without a name are two.
    assert [figure["number"] for figure in context["numbers"]] == [2, 3, 2]
    assert [(place["code"], place["count"]) for place in context["places"]] == [
        ("FI", 2),
        ("LV", 2),
    ]
    html = client.get("/en/projects/p1/").content.decode()
    assert "2018-1-FI01" in html
    assert "North School" in html
    data = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert json.loads(data[0])["member"] == [{"@type": "Organization", "name": "North School"}]


def test_project_that_ends_before_it_begins_is_told_at_the_field(add):
    project = add("projects")
    project.start_date, project.end_date = datetime.date(2020, 2, 1), datetime.date(2020, 1, 1)
    with pytest.raises(ValidationError) as error:
        project.full_clean()
    assert set(error.value.message_dict) == {"end_date"}


def test_hostile_text_is_shown_as_text(client, add):
    nasty = "<script>alert(1)</script>"
    partners = [{"type": "partner", "value": {"name": nasty, "country": "FI", "role": nasty}}]
    add("projects", slug="p", title=nasty, number=nasty, partners=partners)
    add("news", slug="n", title=nasty, in_short=nasty)
    for path in ("projects/", "projects/p/", "news/", "news/n/"):
        assert nasty not in client.get(f"/en/{path}").content.decode()


def test_projects_have_their_place_in_the_loop(client, add):
    add("projects", slug="p")
    html = client.get("/en/projects/").content.decode()
    assert "Step 7 of the loop: Publish the story" in html
    html = client.get("/en/projects/p/").content.decode()
    assert "Step 7 of 9: Publish the story." in html


@pytest.mark.parametrize("section", ["news", "projects"])
def test_items_are_read_in_every_interface_language(client, add, settings, section):
    add(section, slug="s0")
    for code in settings.INTERFACE_LANGUAGES:
        assert client.get(f"/{code}/{section}/s0/").status_code == 200


def test_projects_that_come_with_the_portal_say_the_same_in_each_language(add, settings):
    names = sorted(path.parent.name for path in PROJECTS.glob("*/en.md"))
    assert names == ["prof-in-wbl", "vet-at-work", "vet2b", "vetwork"]
    contents.ensure("projects", "en")
    contents.ensure("projects", "en")
    assert ProjectPage.objects.count() == 4
    for name in names:
        codes = sorted(path.stem for path in PROJECTS.glob(f"{name}/*.md"))
        assert len(codes) >= 3
        for code in codes:
            page = ProjectPage(
                **projects.project(name, texts.facts(PROJECTS / name), *read(name, code)),
                locale=Locale(language_code=code),
            )
            assert page.about
            assert len(page.in_short) <= 220


def read(name: str, code: str):
    from core import markdown

    return markdown.read(PROJECTS / name / f"{code}.md")
