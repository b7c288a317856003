"""Who reads the confidential part of a need, and who does not even learn that it is there."""

import datetime

import pytest
from django.utils import timezone

from marketplace.listings.confidential import details_for
from tests.factories.accounts import UserFactory
from tests.factories.marketplace import NeedDetailsFactory
from tests.factories.organisations import (
    MembershipFactory,
    OrganisationFactory,
    VerificationFactory,
)

pytestmark = pytest.mark.django_db
SECRET = "The shop opens in May in the old mill."


@pytest.fixture
def confidential(need):
    """A need with a confidential part, entered by a chamber."""
    desk = OrganisationFactory(kind="chamber")
    page = need(slug="shop", confidential=True, entered_by_desk=desk)
    NeedDetailsFactory(need_key=page.translation_key, text=SECRET)
    return page


def member(organisation, role="editor", verified=False):
    if verified:
        VerificationFactory(organisation=organisation)
    return MembershipFactory(organisation=organisation, role=role).user


def people(need) -> dict:
    """Persons by name, and whether they may read it."""
    school, company = OrganisationFactory, lambda: OrganisationFactory(kind="company")
    late = OrganisationFactory()
    VerificationFactory(
        organisation=late, valid_until=timezone.localdate() - datetime.timedelta(days=1)
    )
    merged = OrganisationFactory(kind="company")
    type(merged).objects.filter(pk=need.organisation_id).update(merged_into=merged)
    return {
        "owner": (member(merged, "owner"), True),
        "contact of the organisation": (member(merged, "contact"), True),
        "the desk": (member(need.entered_by_desk), True),
        "verified school": (member(school(), verified=True), True),
        "contact of a verified school": (member(school(), "contact", verified=True), False),
        "school that was verified once": (MembershipFactory(organisation=late).user, False),
        "unverified school": (member(school()), False),
        "verified company": (member(company(), verified=True), False),
        "another company": (member(company()), False),
        "nobody's member": (UserFactory(), False),
        "closed account": (
            MembershipFactory(organisation=merged, user__is_active=False).user,
            False,
        ),
    }


def test_only_those_read_it_who_have_the_need_or_may_answer_it(client, confidential):
    confidential.refresh_from_db()
    url = f"/en/account/needs/{confidential.translation_key}/details/"
    for name, (user, may) in people(confidential).items():
        confidential.refresh_from_db()
        assert bool(details_for(user, confidential)) is may, name
        client.force_login(user)
        answer = client.get(url)
        if name != "closed account":
            assert answer.status_code == (200 if may else 404), name
        assert (SECRET in answer.content.decode()) is may, name
        client.logout()
    answer = client.get(url)
    assert answer.status_code == 302
    assert details_for(None, confidential) is None


def test_a_draft_is_read_by_its_own_people_only(confidential):
    school = member(OrganisationFactory(), verified=True)
    own = member(confidential.organisation)
    type(confidential).objects.update(live=False)
    confidential.refresh_from_db()
    assert details_for(own, confidential).text == SECRET
    assert details_for(school, confidential) is None
