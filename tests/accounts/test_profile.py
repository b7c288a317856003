"""One's own profile: names, languages, another address, another password."""

import pytest
from allauth.account.adapter import DefaultAccountAdapter
from django.core.cache import cache
from django.db import IntegrityError
from django.test import Client

from accounts.models import User
from tests.accounts.test_signing_in import link, text
from tests.factories.accounts import UserFactory

URL = "/en/account/"


@pytest.fixture
def client(client, member):
    client.force_login(member)
    return client


def test_names_and_languages_are_saved_in_their_order(client, member):
    data = {
        "first_name": "Jonas",
        "preferred_language": "fi",
        "reads_1": "lt",
        "reads_2": "en",
        "reads_3": "lt",
        "reads_5": "de",
    }
    answer = client.post(URL, data)
    assert answer["Location"] == "/fi/account/"
    member = User.objects.get(pk=member.pk)
    assert (member.first_name, member.language) == ("Jonas", "fi")
    assert member.reading_languages == ["lt", "en", "de"]
    form = client.get("/fi/account/").context["form"]
    assert [field.value() for field in form.reading_fields()] == ["lt", "en", "de", "", ""]


def test_profile_is_saved_whole_or_not_at_all(client, member, monkeypatch):
    def fail(*args, **kwargs):
        raise IntegrityError

    monkeypatch.setattr(User, "save", fail)
    with pytest.raises(IntegrityError):
        client.post(URL, {"first_name": "Jonas", "preferred_language": "fi"})
    assert User.objects.get(pk=member.pk).language == "en"


def test_wrong_language_is_told_and_nothing_is_saved(client, member):
    data = {"first_name": "<b>J</b>" + "x" * 150, "preferred_language": "tlh", "reads_1": "xx"}
    answer = client.post(URL, data)
    assert set(answer.context["form"].errors) == {"first_name", "preferred_language", "reads_1"}
    assert "&lt;b&gt;J" in text(answer)
    member.refresh_from_db()
    assert (member.first_name, member.reading_languages) == ("Ona", [])


def test_nobody_makes_themselves_an_operator(client, member):
    client.post(URL, {"preferred_language": "en", "is_superuser": "1", "email": "x@example.org"})
    member.refresh_from_db()
    assert (member.is_superuser, member.email) == (False, "member@example.org")


class TestAddress:
    URL = "/en/account/email/"

    def change(self, client):
        client.post(self.URL, {"email": "other@example.org", "action_add": "1"})

    def test_new_one_counts_when_it_is_confirmed(self, client, member, sent):
        self.change(client)
        (message,) = sent()
        member.refresh_from_db()
        assert (message.to, member.email) == (["other@example.org"], "member@example.org")
        assert "other@example.org waits" in text(client.get(self.URL))
        client.post(link(message))
        member.refresh_from_db()
        assert member.email == "other@example.org"
        (notice,) = sent()
        assert notice.to == ["member@example.org"]

    def test_address_of_another_account_is_not_taken(self, client, member, sent):
        UserFactory(email="other@example.org")
        self.change(client)
        (message,) = sent()
        client.post(link(message))
        member.refresh_from_db()
        assert member.email == "member@example.org"

    def test_address_that_another_account_gets_in_the_same_moment_is_told(
        self, client, member, sent, monkeypatch
    ):
        self.change(client)
        (message,) = sent()

        def lose(adapter, request, email_address):
            raise IntegrityError

        monkeypatch.setattr(DefaultAccountAdapter, "confirm_email", lose)
        assert "Another account has this address." in text(client.post(link(message), follow=True))

    def test_sign_up_that_was_never_confirmed_gives_way(self, client, member, sent):
        Client().post("/en/account/signup/", {"email": "other@example.org"})
        sent()
        cache.clear()  # one such mail to an address in three minutes
        self.change(client)
        (message,) = sent()
        client.post(link(message))
        member.refresh_from_db()
        assert member.email == "other@example.org"

    def test_address_that_an_operator_sets_replaces_the_old_one(self, member):
        member.email = "new@example.org"
        member.save()
        known = member.emailaddress_set.values_list("email", "verified", "primary")
        assert list(known) == [("new@example.org", True, True)]


def test_password_is_changed_with_the_old_one_only(client, member):
    url = "/en/account/password/change/"
    data = {"password1": "another-42-x", "password2": "another-42-x"}
    answer = client.post(url, data | {"oldpassword": "wrong"})
    assert 'id="id_oldpassword_error"' in text(answer)
    assert client.post(url, data | {"oldpassword": "secret"})["Location"] == URL
    member.refresh_from_db()
    assert member.check_password("another-42-x")
    assert client.get(URL).status_code == 200


@pytest.mark.parametrize("path", ["", "email/", "password/change/", "password/set/"])
def test_only_who_is_signed_in_comes_in(client, path):
    assert client.get(URL + path).status_code in (200, 302)
    client.logout()
    answer = client.get(URL + path)
    assert answer["Location"].startswith("/en/account/login/?next=")
