"""Signing in, up and out; forgotten passwords; what strangers do not learn."""

import re

import pytest
from django.core import mail
from django.test import Client

from accounts.models import User
from tests.factories.accounts import UserFactory, person

LOGIN = "/en/account/login/"
CONFIRM = "/en/account/login/code/confirm/"
PROFILE = "/en/account/"


def text(answer) -> str:
    return answer.content.decode()


def link(message) -> str:
    """The path of the link in a mail."""
    return re.search(r"https://portal\.example\.org(/\S+)", message.body)[1]


def code(message) -> str:
    return re.search(r"^    (\S+)$", message.body, re.MULTILINE)[1]


def signed_in_as(client) -> User | None:
    return User.objects.filter(pk=client.session.get("_auth_user_id")).first()


class TestPassword:
    def test_right_one_leads_to_the_account(self, client, member):
        answer = client.post(LOGIN, {"login": "Member@Example.org", "password": "secret"})
        assert answer["Location"] == PROFILE
        assert signed_in_as(client) == member

    def test_those_who_edit_go_to_the_admin(self, client, site):
        person("editor", "en", email="editor@example.org")
        answer = client.post(LOGIN, {"login": "editor@example.org", "password": "secret"})
        assert answer["Location"] == "/admin/"

    def test_next_is_followed_inside_the_portal_only(self, client, member):
        data = {"login": member.email, "password": "secret"}
        inside = client.post(LOGIN, data | {"next": "/en/about/"})
        client.logout()
        outside = client.post(LOGIN, data | {"next": "https://elsewhere.example/"})
        assert (inside["Location"], outside["Location"]) == ("/en/about/", PROFILE)

    @pytest.mark.parametrize(
        ("typed", "field"),
        [
            ({"login": "member@example.org", "password": "wrong"}, "password"),
            ({"login": "nobody@example.org", "password": "wrong"}, "password"),
            ({"login": "member@example.org", "password": ""}, "password"),
            ({"login": "", "password": "secret"}, "login"),
            ({"login": "not an address", "password": "secret"}, "login"),
            ({"login": "<b>x</b>@example.org", "password": "x\x00"}, "login"),
        ],
    )
    def test_mistake_is_told_at_its_field(self, client, member, typed, field):
        answer = client.post(LOGIN, typed)
        assert answer.status_code == 200
        assert list(answer.context["form"].errors) in ([field], ["login", "password"])
        assert f'id="id_{field}_error"' in text(answer)
        assert f'href="#id_{field}"' in text(answer)
        assert "<b>x</b>" not in text(answer)
        assert signed_in_as(client) is None

    def test_stranger_learns_nothing_from_a_wrong_password(self, client, member):
        known, unknown = (
            client.post(LOGIN, {"login": email, "password": "wrong"}).context["form"].errors
            for email in (member.email, "nobody@example.org")
        )
        assert known == unknown

    def test_closed_account_stays_out(self, client, db):
        UserFactory(email="gone@example.org", is_active=False)
        client.post(LOGIN, {"login": "gone@example.org", "password": "secret"})
        assert signed_in_as(client) is None

    def test_endless_tries_are_stopped(self, client, member):
        for _attempt in range(6):
            answer = client.post(LOGIN, {"login": member.email, "password": "wrong"})
        assert "too often" in text(answer)
        client.post(LOGIN, {"login": member.email, "password": "secret"})
        assert signed_in_as(client) is None

    def test_flood_is_answered_with_a_page(self, client, db, settings):
        settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
        answers = [client.post(LOGIN, {}) for _attempt in range(2)]
        assert [answer.status_code for answer in answers] == [200, 429]
        assert "Wait some minutes" in text(answers[1])

    def test_form_of_another_site_is_refused_with_a_page(self, member):
        answer = Client(enforce_csrf_checks=True).post(
            LOGIN, {"login": member.email, "password": "secret"}
        )
        assert answer.status_code == 403
        assert "This form cannot be sent" in text(answer)


class TestLink:
    def ask(self, client, email, **more):
        return client.post(LOGIN, {"login": email, "password": "wrong", "by_mail": "1", **more})

    def test_link_fills_in_the_code_and_one_click_signs_in(self, client, member, sent):
        answer = self.ask(client, member.email)
        assert answer["Location"] == CONFIRM
        assert mail.outbox == []
        (message,) = sent()
        assert message.to == [member.email]
        page = client.get(link(message), follow=True)
        assert page.context["form"]["code"].value() == code(message)
        assert signed_in_as(client) is None
        client.post(CONFIRM, {"code": code(message)})
        assert signed_in_as(client) == member

    def test_link_remembers_where_one_was_going(self, client, member, sent):
        answer = self.ask(client, member.email, next="/en/about/")
        (message,) = sent()
        page = client.get(link(message), follow=True)
        assert 'name="next" value="/en/about/"' in text(page)
        answer = client.post(CONFIRM, {"code": code(message), "next": "/en/about/"})
        assert answer["Location"] == "/en/about/"

    def test_link_in_another_browser_says_what_to_do(self, client, member, sent):
        self.ask(client, member.email)
        (message,) = sent()
        other = Client()
        page = other.get(link(message), follow=True)
        assert page.request["PATH_INFO"] == LOGIN
        assert "only in the browser" in text(page)

    def test_unknown_address_looks_the_same_and_gets_another_mail(self, client, member, sent):
        known = client.get(self.ask(client, member.email)["Location"])
        other = Client()
        unknown = other.get(self.ask(other, "nobody@example.org")["Location"])
        assert known.status_code == unknown.status_code == 200
        _known, second = sent()
        assert second.to == ["nobody@example.org"]
        assert link(second) == "/en/account/signup/"
        first_page, second_page = (
            re.sub(r'csrfmiddlewaretoken" value="\w+"|(member|nobody)@', "", text(one))
            for one in (known, unknown)
        )
        assert first_page == second_page

    def test_wrong_code_is_told_and_three_are_the_end(self, client, member, sent):
        self.ask(client, member.email)
        (message,) = sent()
        answer = client.post(CONFIRM, {"code": "WRONG"})
        assert "The code is not right" in text(answer)
        for _attempt in range(2):
            client.post(CONFIRM, {"code": "WRONG"})
        client.post(CONFIRM, {"code": code(message)})
        assert signed_in_as(client) is None

    def test_mail_speaks_the_persons_language_as_html_and_text(self, client, member, sent):
        from accounts.services import set_language

        set_language(member, "fi")
        self.ask(client, member.email)
        (message,) = sent()
        html = message.alternatives[0].content
        assert message.extra_headers["Content-Language"] == "fi"
        assert '<html lang="fi"' in html
        assert link(message).startswith("/fi/account/login/link/")
        assert code(message) in html

    def test_mailbox_counts_more_than_a_password_that_was_never_confirmed(self, client, sent, db):
        data = {"email": "new@example.org", "password1": "typed-by-a-stranger"}
        client.post("/en/account/signup/", data)
        sent()
        owner = Client()
        self.ask(owner, "new@example.org")
        (message,) = sent()
        owner.post(CONFIRM, {"code": code(message)})
        assert signed_in_as(owner).email == "new@example.org"
        assert not signed_in_as(owner).has_usable_password()


class TestSigningUp:
    URL = "/fi/account/signup/"

    def test_account_opens_when_its_address_is_confirmed(self, client, sent, db):
        data = {"email": "New@Example.org", "first_name": "Ona", "password1": "long-enough-42"}
        answer = client.post(self.URL, data)
        assert answer["Location"] == "/fi/account/email/sent/"
        assert signed_in_as(client) is None
        (message,) = sent()
        address = link(message)
        assert address.startswith("/fi/")
        assert client.get(address).status_code == 200
        client.post(address)
        user = signed_in_as(client)
        assert (user.email, user.first_name, user.language) == ("new@example.org", "Ona", "fi")

    def test_password_alone_does_not_open_it(self, client, sent, db):
        data = {"email": "new@example.org", "password1": "long-enough-42"}
        client.post(self.URL, data)
        other = Client()
        answer = other.post(LOGIN, {"login": "new@example.org", "password": "long-enough-42"})
        assert answer["Location"] == "/en/account/email/sent/"
        assert signed_in_as(other) is None

    def test_without_a_password_one_signs_in_by_mail(self, client, sent, db):
        client.post(self.URL, {"email": "new@example.org"})
        client.post(link(sent()[0]))
        assert not signed_in_as(client).has_usable_password()

    def test_taken_address_looks_the_same_and_its_owner_hears_of_it(self, client, member, sent):
        answer = client.post(self.URL, {"email": member.email, "first_name": "Other"})
        assert answer["Location"] == "/fi/account/email/sent/"
        (message,) = sent()
        assert message.to == [member.email]
        assert link(message) == "/en/account/login/"
        member.refresh_from_db()
        assert member.first_name == "Ona"

    def test_weak_password_is_told_at_its_field_and_names_are_kept(self, client, db):
        data = {"email": "new@example.org", "first_name": "<i>O</i>", "password1": "12345678"}
        answer = client.post("/en/account/signup/", data)
        assert 'id="id_password1_error"' in text(answer)
        assert "&lt;i&gt;O&lt;/i&gt;" in text(answer)
        assert not User.objects.filter(email="new@example.org").exists()


class TestForgottenPassword:
    URL = "/en/account/password/reset/"

    def test_link_leads_to_a_new_password(self, client, member, sent):
        assert client.post(self.URL, {"email": member.email}).status_code == 302
        (message,) = sent()
        form = client.get(link(message), follow=True)
        path = form.request["PATH_INFO"]
        different = client.post(path, {"password1": "another-42-x", "password2": "else-42-xyz"})
        assert 'id="id_password2_error"' in text(different)
        client.post(path, {"password1": "another-42-x", "password2": "another-42-x"})
        member.refresh_from_db()
        assert member.check_password("another-42-x")
        (notice,) = sent()
        assert notice.to == [member.email]
        assert "not valid any more" in text(client.get(link(message), follow=True))

    def test_unknown_address_looks_the_same(self, client, member, sent):
        answers = [client.post(self.URL, {"email": e}) for e in (member.email, "no@example.org")]
        assert len({(a.status_code, a["Location"]) for a in answers}) == 1
        assert [m.to for m in sent()] == [[member.email], ["no@example.org"]]


class TestAdmin:
    def test_its_form_signs_nobody_in(self, client, site):
        person("editor", "en", email="editor@example.org")
        data = {"username": "editor@example.org", "password": "secret"}
        answer = client.post("/admin/login/", data)
        assert answer["Location"] == "/en/account/login/?next=/admin/"
        assert signed_in_as(client) is None

    def test_visitor_comes_back_to_where_they_wanted(self, client, site):
        person("editor", "en", email="editor@example.org")
        answer = client.get("/admin/reports/", follow=True)
        assert answer.request["PATH_INFO"] == LOGIN
        data = {"login": "editor@example.org", "password": "secret", "next": "/admin/reports/"}
        assert client.post(LOGIN, data)["Location"] == "/admin/reports/"

    def test_account_with_nothing_to_edit_is_told_so(self, client, member):
        client.force_login(member)
        answer = client.get("/admin/", follow=True)
        assert answer.status_code == 403
        assert [url for url, _status in answer.redirect_chain][1:] == ["/en/account/no-access/"]
        assert "has nothing to edit" in text(answer)

    def test_next_of_the_login_stays_inside(self, client, db):
        answer = client.get("/admin/login/?next=https://elsewhere.example/")
        assert answer["Location"] == "/en/account/login/?next=/admin/"

    def test_forgotten_passwords_are_ours(self, client, db):
        answer = client.get("/admin/password_reset/confirm/x/y/")
        assert answer["Location"] == "/en/account/password/reset/"


def test_signing_out_asks_first(client, member):
    client.force_login(member)
    assert client.get("/en/account/logout/").status_code == 200
    assert signed_in_as(client) == member
    answer = client.post("/en/account/logout/", follow=True)
    assert signed_in_as(client) is None
    assert "You are signed out" in text(answer)


@pytest.mark.parametrize("path", [LOGIN, "/en/account/signup/", "/en/account/password/reset/"])
def test_pages_of_an_account_are_kept_by_nobody(client, db, path):
    answer = client.get(path)
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in text(answer)


def test_public_pages_lead_to_the_account_without_a_cookie(client, site):
    for path in ("/en/", "/en/stories/", "/fi/search/?q=x", "/en/nothing/"):
        answer = client.get(path)
        assert not answer.cookies
    assert 'href="/en/account/"' in text(client.get("/en/stories/"))
    assert client.get(PROFILE)["Location"] == f"{LOGIN}?next={PROFILE}"
