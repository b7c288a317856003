"""The smallest valid organisations, members, checks and profiles."""

import datetime

import factory
from factory.django import DjangoModelFactory

from organisations.models import (
    Campaign,
    Membership,
    NetworkMembership,
    Organisation,
    OrganisationIndexPage,
    OrganisationPage,
    Verification,
)
from tests.factories.accounts import UserFactory
from tests.factories.pages import PageFactory


class OrganisationFactory(DjangoModelFactory):
    name = factory.Sequence(lambda n: f"Wood School {n}")
    kind = "school"
    staff = 64
    country = "LV"
    postal_code = "LV-5001"
    place = "Ogre"
    fields = ["07"]
    languages = ["lv", "en"]

    class Meta:
        model = Organisation


class MembershipFactory(DjangoModelFactory):
    organisation = factory.SubFactory(OrganisationFactory)
    user = factory.SubFactory(UserFactory)
    role = "owner"

    class Meta:
        model = Membership


class NetworkMembershipFactory(DjangoModelFactory):
    network = factory.SubFactory(OrganisationFactory, kind="network")
    member = factory.SubFactory(OrganisationFactory)

    class Meta:
        model = NetworkMembership


class VerificationFactory(DjangoModelFactory):
    organisation = factory.SubFactory(OrganisationFactory)
    checked = ["register", "contact"]
    desk = "National desk"
    on = datetime.date(2026, 5, 12)
    note = "Telephoned twice."

    class Meta:
        model = Verification


class CampaignFactory(DjangoModelFactory):
    name = "Spring"
    language = "fi"
    text = "Tule mukaan."

    class Meta:
        model = Campaign


class OrganisationIndexPageFactory(PageFactory):
    title = "Organisations"
    slug = "organisations"

    class Meta:
        model = OrganisationIndexPage


class OrganisationPageFactory(PageFactory):
    title = factory.Sequence(lambda n: f"Wood School {n}")
    slug = factory.Sequence(lambda n: f"wood-school-{n}")
    organisation = factory.SubFactory(OrganisationFactory)
    sentence = "It trains joiners together with eleven workshops."
    offers = "<ul><li>A workshop with 20 benches.</li></ul>"
    looks_for = "<p>Companies that build with wood.</p>"

    class Meta:
        model = OrganisationPage
