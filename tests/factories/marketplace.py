"""The smallest valid services and needs, with their sections, windows and confidential parts."""

import datetime

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory
from wagtail.test.utils.form_data import rich_text

from marketplace.models import (
    CapacityWindow,
    NeedDetails,
    NeedIndexPage,
    NeedPage,
    ServiceIndexPage,
    ServicePage,
)
from tests.factories.forms import page_form
from tests.factories.organisations import OrganisationFactory
from tests.factories.pages import PageFactory

IN_TIME = timezone.localdate() + datetime.timedelta(days=60)


class ServiceIndexPageFactory(PageFactory):
    title = "Services"
    slug = "services"

    class Meta:
        model = ServiceIndexPage


class NeedIndexPageFactory(PageFactory):
    title = "Needs"
    slug = "needs"

    class Meta:
        model = NeedIndexPage


class ServicePageFactory(PageFactory):
    title = factory.Sequence(lambda n: f"Web design {n}")
    slug = factory.Sequence(lambda n: f"web-design-{n}")
    result = "A web site with five pages that your own people can change."
    client_gets = "<p>We talk for an hour, then you see a draft every week.</p>"
    deliverables = "<ul><li>Five pages.</li><li>A short manual.</li></ul>"
    programme = "Web developer, second year"
    learning_outcomes = "<ul><li>Plans a site with a client.</li></ul>"
    skills = "<p>HTML, accessibility, talking with a client.</p>"
    supervision = "Two trainers of the computer department."
    quality = "<p>A trainer checks every page with a screen reader.</p>"
    liability = "The school answers for what its learners hand over."
    organisation = factory.SubFactory(OrganisationFactory)
    category = "web_design"
    field = "06"
    eqf_level = "4"
    team_smallest = 2
    team_largest = 4
    hours = 120
    lead_time = 6
    place = ["school", "remote"]
    price_model = "materials"
    languages = ["lv", "en"]
    result_licence = "CC-BY-4.0"
    first_published_at = factory.Sequence(
        lambda n: timezone.now() - datetime.timedelta(days=1000 - n % 1000)
    )
    last_published_at = factory.SelfAttribute("first_published_at")

    class Meta:
        model = ServicePage

    class Params:
        draft = factory.Trait(live=False, first_published_at=None)


class NeedPageFactory(PageFactory):
    title = factory.Sequence(lambda n: f"A shop on the web {n}")
    slug = factory.Sequence(lambda n: f"a-shop-on-the-web-{n}")
    outcome = "A small shop on the web where forty things can be ordered."
    problem = "<p>Orders come by telephone and are lost.</p>"
    supervision = "The owner of the bakery answers questions every Friday."
    requirements = "Experience with shops on the web."
    organisation = factory.SubFactory(
        OrganisationFactory, kind="company", country="LT", place="Kaunas", postal_code=""
    )
    need_kind = "project"
    category = "web_design"
    field = "06"
    place = ["remote"]
    budget = "to_500"
    deadline = IN_TIME
    languages = ["lt", "en"]
    first_published_at = factory.Sequence(
        lambda n: timezone.now() - datetime.timedelta(days=1000 - n % 1000)
    )
    last_published_at = factory.SelfAttribute("first_published_at")

    class Meta:
        model = NeedPage

    class Params:
        draft = factory.Trait(live=False, first_published_at=None)


class CapacityWindowFactory(DjangoModelFactory):
    service_key = factory.Faker("uuid4")
    starts = factory.LazyFunction(lambda: timezone.localdate() + datetime.timedelta(days=14))
    ends = factory.LazyFunction(lambda: timezone.localdate() + datetime.timedelta(days=104))
    hours_a_week = 8
    places = 2
    note = "Spring term, Wednesdays."

    class Meta:
        model = CapacityWindow


class NeedDetailsFactory(DjangoModelFactory):
    need_key = factory.Faker("uuid4")
    text = "The shop opens in May in the old mill."

    class Meta:
        model = NeedDetails


SERVICE = ServicePageFactory._meta.declarations
NEED = NeedPageFactory._meta.declarations


def service_form(**changes) -> dict:
    """What the admin's form sends for a complete service, but its organisation."""
    rich = ("client_gets", "deliverables", "learning_outcomes", "skills", "quality")
    same = (
        *("result", "programme", "supervision", "liability", "category", "field", "eqf_level"),
        *("team_smallest", "team_largest", "hours", "lead_time", "place", "price_model"),
        *("languages", "result_licence"),
    )
    return page_form(
        {
            **{name: SERVICE[name] for name in same},
            **{name: rich_text(SERVICE[name]) for name in rich},
            "past_work": rich_text(""),
            "narrow_field": "",
            "radius": "",
            "price": "",
            "price_note": "",
            **changes,
        }
    )


def need_form(**changes) -> dict:
    """What the admin's form sends for a complete need, but its organisation."""
    same = (
        *("outcome", "supervision", "requirements", "need_kind", "category", "field", "place"),
        *("budget", "languages"),
    )
    return page_form(
        {
            **{name: NEED[name] for name in same},
            "problem": rich_text(NEED["problem"]),
            "entered_by_desk": "",
            "deadline": IN_TIME.isoformat(),
            "starts": "",
            "radius": "",
            "hours": "",
            "closed_on": "",
            **changes,
        }
    )
