"""An invitation from the admin to the account, and what ends it."""

import datetime
from urllib.parse import quote

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import services
from accounts.models import Invitation, User
from core.models import OutboxEntry
from tests.accounts.test_signing_in import link, signed_in_as, text
from tests.factories.accounts import UserFactory


@pytest.fixture
def operator(db):
    return User.objects.create_superuser("admin@example.org", "secret", first_name="Admin")


@pytest.fixture
def invitation(operator):
    return services.invite(
        "Guest@Example.org", "fi", operator, "/fi/stories/", "organisation:12:editor"
    )


@pytest.fixture
def accepted():
    """What other apps hear of acceptances."""
    heard = []

    def hear(invitation, user, **kwargs):
        heard.append((invitation.purpose, user.email))

    services.invitation_accepted.connect(hear)
    yield heard
    services.invitation_accepted.disconnect(hear)


def test_guest_accepts_and_has_an_account(client, invitation, accepted, sent):
    (message,) = sent()
    assert message.to == ["guest@example.org"]
    assert message.extra_headers["Content-Language"] == "fi"
    path = link(message)
    assert client.get(path).status_code == 200
    assert invitation.state == "pending"
    answer = client.post(path, {"first_name": "Aino", "password": ""})
    assert answer["Location"] == "/fi/stories/"
    user = signed_in_as(client)
    assert (user.email, user.first_name, user.language) == ("guest@example.org", "Aino", "fi")
    assert user.emailaddress_set.get().verified
    assert accepted == [("organisation:12:editor", "guest@example.org")]
    invitation.refresh_from_db()
    assert (invitation.state, invitation.accepted_by) == ("accepted", user)
    assert client.post(path, {}).status_code == 410
    assert len(accepted) == 1


def test_owner_of_an_account_signs_in_and_joins(client, invitation, accepted, sent):
    owner = UserFactory(email="guest@example.org")
    (message,) = sent()
    answer = client.post(link(message), {})
    assert answer["Location"] == f"/fi/account/login/?next={quote(link(message))}"
    assert accepted == []
    client.force_login(owner)
    assert "first_name" not in text(client.get(link(message)))
    client.post(link(message), {})
    assert accepted == [("organisation:12:editor", "guest@example.org")]
    assert User.objects.filter(email="guest@example.org").count() == 1


def test_somebody_else_cannot_accept(client, invitation, member, accepted, sent):
    (message,) = sent()
    client.force_login(member)
    answer = client.post(link(message), {"first_name": "Other"})
    assert answer.status_code == 200
    assert 'name="next"' in text(answer)
    assert accepted == []
    with pytest.raises(services.AddressTaken):
        services.accept(invitation, member)


def test_weak_password_is_told_at_its_field(client, invitation, sent):
    (message,) = sent()
    answer = client.post(link(message), {"first_name": "Aino", "password": "guest@example.org"})
    assert 'id="id_password_error"' in text(answer)
    assert not User.objects.filter(email="guest@example.org").exists()


def expire(one):
    Invitation.objects.update(expires_at=timezone.now() - datetime.timedelta(minutes=1))


@pytest.mark.parametrize("end", [services.withdraw, expire])
def test_closed_invitation_says_so_and_opens_nothing(client, invitation, sent, end):
    (message,) = sent()
    end(invitation)
    assert client.get(link(message)).status_code == 410
    assert client.post(link(message), {}).status_code == 410
    assert signed_in_as(client) is None
    with pytest.raises(services.NotOpen):
        services.accept(invitation)


def test_link_that_nobody_signed_is_no_invitation(client, invitation):
    token = services.invitation_token(invitation)
    for broken in (token[:-1], "x", f"9{token}"):
        assert client.get(f"/en/account/invitation/{broken}/").status_code == 404


def test_withdrawn_invitation_is_not_sent(invitation, sent):
    services.withdraw(invitation)
    assert sent() == []


def test_second_invitation_renews_the_first(invitation, operator, sent):
    expire(invitation)
    again = services.invite("guest@example.org", "lt", operator, "", invitation.purpose)
    assert (again.pk, again.state, again.language) == (invitation.pk, "pending", "lt")
    other = services.invite("guest@example.org", "lt", operator)
    assert other.pk != invitation.pk
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.create(
            email="GUEST@example.org", language="lt", expires_at=timezone.now()
        )


class TestOperator:
    LIST = "/admin/invitations/"

    @pytest.fixture
    def client(self, client, operator):
        client.force_login(operator)
        return client

    def test_invites_and_sees_the_state(self, client, operator):
        client.post(f"{self.LIST}new/", {"email": "Guest@example.org", "language": "lt"})
        one = Invitation.objects.get()
        assert (one.email, one.invited_by, one.purpose) == ("guest@example.org", operator, "")
        assert "Waiting for an answer" in text(client.get(self.LIST))

    def test_is_told_of_an_account(self, client, member):
        answer = client.post(f"{self.LIST}new/", {"email": member.email, "language": "lt"})
        assert "exists already" in text(answer)
        assert not Invitation.objects.exists()

    def test_sends_again_and_withdraws(self, client, invitation):
        url = f"{self.LIST}edit/{invitation.pk}/"
        client.post(url, {"action": "send"})
        assert OutboxEntry.objects.filter(kind="accounts.invitation").count() == 2
        client.post(url, {"action": "withdraw"})
        invitation.refresh_from_db()
        assert invitation.state == "withdrawn"
        assert "not open any more" in text(client.post(url, {"action": "send"}))

    def test_members_have_no_list(self, client, member):
        client.force_login(member)
        assert client.get(self.LIST, follow=True).status_code == 403


@pytest.mark.parametrize("name", ["Win at evil.example/prize", "a@example.org", "Ann\nBerg"])
def test_a_letter_carries_no_address_that_stands_in_a_name(operator, sent, name):
    operator.first_name = name
    operator.save()
    services.invite("guest@example.org", "en", operator)
    (message,) = sent()
    says_who = "Ann Berg invites you" in message.body
    assert says_who == ("Ann" in name)
    assert name not in message.body
