"""A deal between a Latvian school and a Lithuanian company, and everybody who might want to look in."""

from types import SimpleNamespace

import pytest

from tests.factories import deals, marketplace
from tests.factories.accounts import UserFactory
from tests.factories.organisations import MembershipFactory, OrganisationFactory

LANGUAGES = ("lv", "lt")


@pytest.fixture
def sections(site):
    """Lists of services and needs in both languages."""
    return {
        code: SimpleNamespace(
            services=marketplace.ServiceIndexPageFactory(parent=site[code]),
            needs=marketplace.NeedIndexPageFactory(parent=site[code]),
        )
        for code in LANGUAGES
    }


@pytest.fixture
def school(db):
    return OrganisationFactory(name="Rēzekne Technical School")


@pytest.fixture
def company(db):
    return OrganisationFactory(
        name="Café Lėja", kind="company", country="LT", place="Kaunas", postal_code=""
    )


@pytest.fixture
def people(school, company):
    """Who may look into the room (`provider`, `client`) and who may not."""
    return SimpleNamespace(
        provider=MembershipFactory(organisation=school).user,
        provider_editor=MembershipFactory(organisation=school, role="editor").user,
        client=MembershipFactory(organisation=company).user,
        contact=MembershipFactory(organisation=company, role="contact").user,
        stranger=MembershipFactory().user,
        nobody=UserFactory(),
        desk=deals.mediator(),
    )


@pytest.fixture
def deal(school, company, people):
    """An enquiry of the company."""
    return deals.DealFactory(provider=school, client=company, user=people.client)
