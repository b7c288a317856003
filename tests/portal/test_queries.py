"""What a page costs: at most eight queries, whatever the number of items and of languages."""

import datetime
from uuid import UUID, uuid4

import pytest
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page

from core import generation
from guidelines.models import Move, Proceeding
from marketplace.models import Review
from organisations.models import NetworkMembership, Organisation
from search import documents
from stories.models import StoryPage
from tests.conftest import make_site
from tests.factories import copies, events, guidelines, home, marketplace, methods, news
from tests.factories import organisations as schools
from tests.factories.deals import DealFactory
from tests.factories.recommendations import (
    RecommendationIndexPageFactory,
    RecommendationPageFactory,
)
from tests.factories.stories import StoryIndexPageFactory, StoryPageFactory

pytestmark = pytest.mark.django_db
MORE = "bg cs da el es et fr ga hr hu mt nl pl pt ro sk sl sv uk".split()
LIMIT = 8
LIMIT_404 = 12  # three of them for redirects that operators have written
SECTIONS = [
    StoryIndexPageFactory,
    methods.MethodIndexPageFactory,
    methods.ObstacleIndexPageFactory,
    methods.SheetIndexPageFactory,
    guidelines.HandbookPageFactory,
    RecommendationIndexPageFactory,
    schools.OrganisationIndexPageFactory,
    events.EventIndexPageFactory,
    marketplace.ServiceIndexPageFactory,
    marketplace.NeedIndexPageFactory,
    news.NewsIndexPageFactory,
    news.ProjectIndexPageFactory,
    home.GlossaryPageFactory,
]
EVENT = UUID(int=70)
PATHS = [
    "",
    "stories/",
    "stories/?country=LV&field=07",
    "stories/?view=map",
    "stories/one/",
    "stories/one/?as=history",
    "stories/compare/?story=one&story=two",
    "methods/",
    "methods/?side=school&motive=real_work&hours=40&learners=16&experience=once",
    "methods/one/",
    "obstacles/",
    "obstacles/one/",
    "sheets/",
    "sheets/one/",
    "guidelines/",
    "guidelines/?for=company",
    "guidelines/?as=document",
    "guidelines/one/?for=company",
    "recommendations/",
    "recommendations/?theme=assessment&status=adopted",
    "recommendations/one/",
    "recommendations/one/?as=brief",
    "organisations/",
    "organisations/?country=LV",
    "organisations/?view=map",
    "organisations/one/",
    "organisations/net/",
    "services/",
    "services/?service_category=web_design&country=LV",
    "services/?view=map",
    "services/one/",
    "needs/",
    "needs/?need_kind=project",
    "needs/?closed=1",
    "needs/?view=map",
    "needs/one/",
    "events/",
    "events/?past=1",
    "events/one/",
    f"events/registration/{EVENT}/",
    "news/",
    "news/one/",
    "projects/",
    "projects/one/",
    "glossary/",
]


def cost(client, connection, path: str, status: int = 200) -> int:
    """Queries of a request when only navigation and settings are known, from a page without content."""
    client.get(path)
    generation.forget()
    client.get("/en/nothing/")
    with CaptureQueriesContext(connection) as queries:
        response = client.get(path)
    assert response.status_code == status, path
    return len(queries)


@pytest.fixture
def connection(db):
    from django.db import connection

    return connection


class Portal:
    """Every section in some languages, with one item of each kind and what its page can show."""

    def __init__(self, codes: list[str]):
        self.homes = make_site(codes)
        self.sections = {}
        for factory in SECTIONS:
            key = uuid4()
            for code, parent in self.homes.items():
                section = parent.get_children().filter(slug=factory.slug).first()
                made = section or factory(parent=parent, locale=parent.locale, translation_key=key)
                self.sections[made.slug, code] = made.specific
        self.items = self.publish()
        for item in self.items:
            others = [self.sections[self.section_of(item), code] for code in codes[1:]]
            copies.translate(item, others)

    def add(self, factory, section: str, slug: str = "one", **values) -> Page:
        parent = self.sections[section, "en"]
        return factory(parent=parent, locale=parent.locale, slug=slug, **values)

    def publish(self) -> list[Page]:
        """The items in English. They name each other wherever they can."""
        obstacle = self.add(methods.ObstaclePageFactory, "obstacles")
        against = {"obstacles": [str(obstacle.translation_key)]}
        sheet = self.add(methods.SheetPageFactory, "sheets")
        method = self.add(methods.MethodPageFactory, "methods", **against)
        used = {"methods": [str(method.translation_key)]}
        words = {"terms": ["apprenticeship"]}
        network, school = (schools.OrganisationFactory(kind=kind) for kind in ("network", "school"))
        schools.NetworkMembershipFactory(network=network, member=school)
        schools.VerificationFactory(organisation=school)
        self.review(school, 5)
        told = against | used | words | {"organisation": school}
        story, other = (
            self.add(StoryPageFactory, "stories", slug, **told) for slug in ("one", "two")
        )
        proof = {
            "type": "story",
            "value": {"story": str(story.translation_key), "shows": "It works."},
        }
        recommendation = self.add(RecommendationPageFactory, "recommendations", evidence=[proof])
        self.move([recommendation.translation_key])
        return [
            obstacle,
            sheet,
            method,
            story,
            other,
            recommendation,
            self.add(
                guidelines.ChapterPageFactory,
                "guidelines",
                audiences=["company"],
                stories=[str(story.translation_key)],
                sheets=[str(sheet.translation_key)],
                **used,
            ),
            self.add(schools.OrganisationPageFactory, "organisations", organisation=school),
            self.add(schools.OrganisationPageFactory, "organisations", "net", organisation=network),
            self.add(
                events.EventPageFactory, "events", translation_key=EVENT, capacity=5, series="A"
            ),
            self.add(events.EventPageFactory, "events", "was", past=True, series="A"),
            self.service(school, used),
            self.need(network),
            self.add(news.NewsPageFactory, "news"),
            self.add(news.ProjectPageFactory, "projects"),
        ]

    def service(self, school, used: dict) -> Page:
        """A service with times; repeated, others are similar to it."""
        page = self.add(marketplace.ServicePageFactory, "services", organisation=school, **used)
        for places in (1, 2):
            marketplace.CapacityWindowFactory(service_key=page.translation_key, places=places)
        return page

    def review(self, school, number: int) -> None:
        """Reviews that readers see."""
        for _one in range(number):
            Review.objects.create(
                deal=DealFactory(provider=school),
                side="client",
                about=school,
                rating=5,
                on_time=True,
                would_again=True,
                text="They kept their word.",
                language="lt",
                shown_at=timezone.now(),
            )

    def need(self, desk) -> Page:
        known = {
            "entered_by_desk": desk,
            "organisation": schools.OrganisationFactory(kind="company"),
        }
        return self.add(marketplace.NeedPageFactory, "needs", confidential=True, **known)

    def section_of(self, item: Page) -> str:
        return item.url_path.split("/")[2]

    def move(self, keys: list[UUID]) -> None:
        """Recommendations that have been adopted."""
        made = Proceeding.objects.bulk_create(
            Proceeding(translation_key=key, status="adopted") for key in keys
        )
        day = datetime.date(2026, 3, 2)
        Move.objects.bulk_create(
            Move(proceeding=one, status=status, on=day, office="Desk")
            for one in made
            for status in ("consulted", "adopted")
        )

    def translate(self, codes: list[str]) -> None:
        """All of it in further languages."""
        homes = make_site(["en", *codes])
        for (slug, code), section in list(self.sections.items()):
            if code == "en" and slug != "stories":
                copies.translate(section, [homes[one] for one in codes])
        for item in self.items:
            parents = [f"/{code}/{self.section_of(item)}/" for code in codes]
            copies.translate(item, list(Page.objects.filter(url_path__in=parents)))

    def repeat(self, number: int) -> None:
        """So many more of each item, in its languages."""
        names = [f"school {position}" for position in range(number)]
        records = Organisation.objects.bulk_create(
            schools.OrganisationFactory.build(name=name, folded_name=name) for name in names
        )
        network = Organisation.objects.get(kind="network")
        NetworkMembership.objects.bulk_create(
            NetworkMembership(network=network, member=one) for one in records
        )
        self.review(
            Organisation.objects.get(pages__slug="one", pages__locale__language_code="en"), number
        )
        for item in self.items:
            keys = [uuid4() for _number in range(number)]
            changes = {}
            if hasattr(item, "organisation"):
                if item.slug == "net":
                    continue
                changes = {"organisation_id": [one.pk for one in records]}
            if self.section_of(item) == "recommendations":
                self.move(keys)
            for code in ("en", "fi"):
                copies.repeat(item, self.sections[self.section_of(item), code], keys, **changes)


def test_every_page_costs_the_same_in_two_and_many_languages_with_one_and_thirty_items(
    client, connection, settings
):
    portal = Portal(["en", "fi"])

    def costs() -> dict[str, int]:
        return {path: cost(client, connection, f"/en/{path}") for path in PATHS}

    one = costs()
    assert max(one.values()) <= LIMIT, one
    settings.CONTENT_LANGUAGES = ["en", "fi", "it", "lt", "lv", *MORE]
    portal.translate(settings.CONTENT_LANGUAGES[2:])
    assert costs() == one
    portal.repeat(29)
    assert costs() == one


def test_cost_of_an_address_without_a_page_is_equal_for_one_and_thirty_near_ones(
    client, connection
):
    homes = make_site(["en"])
    parent = homes["en"].get_children().get(slug="stories")
    story = StoryPageFactory(parent=parent, locale=parent.locale)
    documents.write([story])
    one = cost(client, connection, "/en/stories/real-oders-today/?utm=1", 404)
    copies.repeat(story, parent, [uuid4() for _number in range(29)])
    documents.write(StoryPage.objects.all())
    assert cost(client, connection, "/en/stories/real-oders-today/?utm=1", 404) == one
    assert one <= LIMIT_404
