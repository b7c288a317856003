"""What the tests of writing need: sections with their review, schools and companies, filled-in forms."""

import datetime
import re
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from editorial import services as review
from marketplace.models import NeedPage, ServicePage
from moderation import pages
from moderation import services as moderation
from organisations.services import ensure_desk
from tests.conftest import make_site
from tests.factories.accounts import UserFactory, person
from tests.factories.marketplace import NeedIndexPageFactory, ServiceIndexPageFactory
from tests.factories.organisations import MembershipFactory, OrganisationFactory
from tests.stories.conftest import work

SECRET = "Qwxzvutiny secret: we open in the old mill."
NEW = "/en/account/needs/new/"
NEED = {
    "title": "A menu in two languages",
    "outcome": "A printed menu with twelve dishes.",
    "problem": "Guests do not understand the menu.\n\n- twelve dishes\n- two languages",
    "need_kind": "project",
    "category": "translation",
    "deadline": (timezone.localdate() + datetime.timedelta(days=40)).isoformat(),
    "place": ["remote"],
    "budget": "to_500",
    "languages": ["lt", "en"],
    "supervision": "The head of the kitchen answers questions.",
    "details": SECRET,
    "language": "en",
}
ABOUT = {
    "about-name": "Harbour Canteen",
    "about-kind": "company",
    "about-place": "Klaipėda",
    "about-country": "LT",
}
STEPS = {
    1: {
        "title": "Menus translated",
        "programme": "Translators, second year",
        "learning_outcomes": "- Translates short texts.",
        "skills": "",
        "language": "en",
    },
    2: {
        "result": "Your menu in two languages.",
        "category": "translation",
        "client_gets": "We talk, we translate, you read it.",
        "deliverables": "- A file",
        "past_work": "",
    },
    3: {
        "field": "02",
        "narrow_field": "",
        "eqf_level": "4",
        "team_smallest": "2",
        "team_largest": "4",
        "hours": "40",
        "supervision": "Two trainers of languages.",
        "quality": "A trainer reads every page.",
    },
    4: {"lead_time": "3"},
    5: {
        "place": ["remote"],
        "radius": "",
        "price_model": "free",
        "price": "",
        "price_note": "",
        "languages": ["en", "lt"],
        "result_licence": "",
        "liability": "",
    },
}


@pytest.fixture
def sections(db):
    """Lists of services and needs in English and Finnish, with the review set up."""
    homes = make_site(["en", "fi"])
    review.ensure_workflow(Page.get_first_root_node())
    keys = {}
    for home in homes.values():
        for factory in (ServiceIndexPageFactory, NeedIndexPageFactory):
            made = factory(parent=home, locale=home.locale, **keys.get(factory, {}))
            keys[factory] = {"translation_key": made.translation_key}
    return homes


def member(organisation, role: str = "owner"):
    return MembershipFactory(organisation=organisation, role=role).user


@pytest.fixture
def people(sections):
    """A school with owner, editor and contact, a company with its owner, a desk, a stranger."""
    school, company = OrganisationFactory(), OrganisationFactory(kind="company", country="LT")
    chamber = OrganisationFactory(kind="chamber", name="Chamber of Ogre")
    desk = member(chamber)
    desk.groups.add(ensure_desk())
    reviewer = person("reviewer", "en")
    needs = person("reviewer", "en")
    needs.roles.update(section="needs")
    return SimpleNamespace(
        school=school,
        company=company,
        chamber=chamber,
        owner=member(school),
        editor=member(school, "editor"),
        contact=member(school, "contact"),
        client=member(company),
        colleague=member(company, "editor"),
        desk=desk,
        reviewer=reviewer,
        reviewer_of_needs=needs,
        stranger=UserFactory(),
    )


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def send_need(client, address: str = NEW, **changes):
    """The form of a need as a browser sends it; a value of None is left out."""
    shown = client.get(address)
    data = {**NEED, **changes}
    for name in ("token", "seen"):
        if shown.context.get(name):
            data[name] = shown.context[name]
    return client.post(address, {name: one for name, one in data.items() if one is not None})


def send_as_visitor(client, email: str = "cook@example.org", **changes):
    """The same without an account."""
    guard = client.get(NEW).context["guard"]
    data = {**NEED, **ABOUT, "email": email, "stamp": guard.stamp, "website": "", **changes}
    return client.post(NEW, data)


def link(email: str = "cook@example.org") -> str:
    """The address in the newest mail about a need."""
    work()
    letters = [one for one in mail.outbox if one.to == [email] and "/needs/link/" in one.body]
    return re.search(r"http://testserver(/\S+)", letters[-1].body)[1]


def windows(*rows: dict, initial: int = 0) -> dict:
    data = {"windows-TOTAL_FORMS": len(rows), "windows-INITIAL_FORMS": initial}
    for number, row in enumerate(rows):
        data |= {f"windows-{number}-{name}": value for name, value in row.items()}
    return data


TERM = {
    "starts": "2027-09-01",
    "ends": "2027-12-20",
    "hours_a_week": "6",
    "places": "2",
    "note": "Autumn",
}


class Trainer:
    """A trainer at the six steps, as a browser sends them."""

    def __init__(self, user):
        self.user, self.client, self.root = user, signed_in(user), "/en/account/services/"
        self.service = None

    def begin(self, **changes):
        address = f"{self.root}new/"
        token = self.client.get(address).context["token"]
        school = self.user.memberships.get().organisation_id
        data = STEPS[1] | {"token": token, "organisation": school} | changes
        response = self.client.post(address, data)
        self.service = ServicePage.objects.order_by("pk").last()
        return response

    def address(self, number: int) -> str:
        return f"{self.root}{self.service.pk}/{number}/"

    def save(self, number: int, **changes):
        seen = changes.pop("seen", "") or self.client.get(self.address(number)).context["seen"]
        data = {**STEPS[number], "seen": seen}
        if number == 1:
            data["organisation"] = self.user.memberships.get().organisation_id
        if number == 4:
            data |= windows(TERM)
        return self.client.post(self.address(number), {**data, **changes})

    def fill(self):
        self.begin()
        for number in (2, 3, 4, 5):
            assert self.save(number).status_code == 302, number

    def send(self, **changes):
        data = {"send": "1", "agreed": "on", "no_learner": "on", **changes}
        return self.client.post(self.address(6), data)

    @property
    def draft(self) -> ServicePage:
        return ServicePage.objects.get(pk=self.service.pk).get_latest_revision_as_object()


@pytest.fixture
def trainer(people):
    return Trainer(people.owner)


def need() -> NeedPage:
    return NeedPage.objects.order_by("pk").last()


def take_off(page, moderator):
    """A moderator takes a public listing off the portal, after a notice."""
    about = {"reason": "law", "text": "It copies ours.", "email": "reader@example.org"}
    notice = moderation.notify(uuid4(), pages.KIND, pages.thing(page), "en", **about)
    decision = {"action": "take_down", "ground": "law", "rule": "Copyright", "facts": "A copy."}
    moderation.decide(notice.case_id, moderator, uuid4(), language="en", **decision)
