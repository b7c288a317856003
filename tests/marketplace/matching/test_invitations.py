"""All that fits a need, and the invitation of a provider: once each, ten at most, by those who may."""

import re

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.utils import timezone

from core import outbox
from core.models import OutboxEntry
from marketplace.invitations import mail as invitations
from marketplace.invitations import services
from marketplace.models import NeedPage, ProviderInvitation
from tests.factories.accounts import UserFactory
from tests.factories.marketplace import CapacityWindowFactory
from tests.factories.organisations import MembershipFactory, OrganisationFactory
from tests.marketplace.matching.test_matches import Market

pytestmark = pytest.mark.django_db


@pytest.fixture
def market(site):
    return Market(site)


@pytest.fixture
def author(market):
    return MembershipFactory(organisation=market.need.organisation).user


def address(market, end="") -> str:
    return f"/en/account/needs/{market.need.pk}/matches/{end}"


def invite(client, market, service=None):
    key = str((service or market.service).translation_key)
    return client.post(address(market, "invite/"), {"service": key}, follow=True)


def test_those_whose_need_it_is_see_what_fits_and_nobody_else(market, author, client):
    assert client.get(address(market)).status_code == 302
    client.force_login(MembershipFactory().user)
    assert client.get(address(market)).status_code == 404
    assert client.post(address(market, "invite/")).status_code == 404
    client.force_login(author)
    html = client.get(address(market)).content.decode()
    assert market.service.result in html
    assert "Common language: English" in html
    contact = MembershipFactory(organisation=market.need.organisation, role="contact").user
    client.force_login(contact)
    assert client.get(address(market)).status_code == 404


def test_the_desk_that_entered_a_need_sees_what_fits(market, client):
    desk = OrganisationFactory(name="Chamber", kind="chamber")
    client.force_login(MembershipFactory(organisation=desk).user)
    assert client.get(address(market)).status_code == 404
    NeedPage.objects.filter(pk=market.need.pk).update(entered_by_desk=desk)
    assert client.get(address(market)).status_code == 200


def test_an_invitation_is_one_mail_to_each_owner_and_editor_of_the_provider(market, author, client):
    provider = market.service.organisation
    owner, editor = (
        MembershipFactory(organisation=provider, role=r).user for r in ("owner", "editor")
    )
    MembershipFactory(organisation=provider, role="contact")
    gone = UserFactory(is_active=False)
    MembershipFactory(organisation=provider, user=gone)
    client.force_login(author)
    for _twice in range(2):
        html = invite(client, market).content.decode()
        for entry in OutboxEntry.objects.filter(kind="marketplace.invitation", done_at=None):
            outbox.work.call(entry.pk)
        assert f"{provider.name} was invited." in html
    assert ProviderInvitation.objects.count() == 1
    assert sorted(one.to[0] for one in mail.outbox) == sorted([owner.email, editor.email])
    text = mail.outbox[0].body
    assert market.need.title in text
    assert f"/en/needs/answer/{market.need.translation_key}/" in text
    assert author.email not in text
    assert market.need.organisation.name not in text


def test_no_mail_goes_out_when_the_need_is_closed_or_the_person_has_left_meanwhile(market, author):
    membership = MembershipFactory(organisation=market.service.organisation)
    made = services.invite(market.need, market.service, author)
    assert invitations.send(made.pk, membership.user_id)
    assert not invitations.send(made.pk, author.pk)
    NeedPage.objects.update(closed_on=timezone.localdate())
    assert not invitations.send(made.pk, membership.user_id)
    assert len(mail.outbox) == 1


def test_a_provider_is_invited_once_whatever_is_sent_at_the_same_time(market, author):
    made = services.invite(market.need, market.service, author)
    other = market.add_service(organisation=market.service.organisation)
    assert services.invite(market.need, other, author) == made
    with pytest.raises(IntegrityError):
        ProviderInvitation.objects.create(
            need_key=made.need_key, service_key=made.service_key, provider=made.provider
        )


def test_ten_providers_are_invited_at_most(market, author, client):
    for number in range(services.MOST - 1):
        ProviderInvitation.objects.create(
            need_key=market.need.translation_key,
            service_key=market.service.translation_key,
            provider=OrganisationFactory(name=f"School {number}"),
        )
    client.force_login(author)
    invite(client, market)
    eleventh = market.add_service(organisation__name="Eleventh School")
    html = invite(client, market, eleventh).content.decode()
    assert "That is the most for one need" in html
    assert "Invite Eleventh School" not in html
    assert ProviderInvitation.objects.count() == services.MOST


@pytest.mark.parametrize("change", [{"live": False}, {"closed_on": timezone.localdate()}])
def test_nobody_is_invited_to_a_need_that_is_not_public_or_over(market, author, client, change):
    NeedPage.objects.filter(pk=market.need.pk).update(**change)
    with pytest.raises(PermissionDenied):
        services.invite(market.need, market.service, author)
    client.force_login(author)
    html = client.get(address(market)).content.decode()
    assert "Invite Wood School" not in html


@pytest.mark.parametrize("key", ["", "x", "\0", "9" * 5000, "00000000-0000-0000-0000-000000000000"])
def test_unknown_services_are_told_as_such(market, author, client, key):
    client.force_login(author)
    response = client.post(address(market, "invite/"), {"service": key}, follow=True)
    assert "This service is not public any more." in response.content.decode()
    assert not ProviderInvitation.objects.exists()


def test_the_page_costs_the_same_for_one_and_for_thirty(
    market, author, client, django_assert_max_num_queries
):
    client.force_login(author)
    found = []
    for number in (1, 30):
        client.get(address(market))
        with django_assert_max_num_queries(15) as queries:
            html = client.get(address(market)).content.decode()
        assert len(re.findall("<form[^>]*invite", html)) == min(number, 20)
        found.append(len(queries))
        if number == 1:
            for _one in range(29):
                school = OrganisationFactory()
                page = market.add_service(organisation=school)
                CapacityWindowFactory(service_key=page.translation_key)
    assert found[0] == found[1]
