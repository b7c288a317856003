"""A need without an account: the form, the mail, the link that makes everything in one."""

import datetime

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from wagtail.models import WorkflowState

from accounts.models import User
from core.models import OutboxEntry
from editorial import services as review
from marketplace.models import NeedDetails, NeedPage, PendingNeed
from marketplace.writing import needs
from organisations.models import Organisation
from tests.factories.accounts import UserFactory
from tests.factories.organisations import MembershipFactory, OrganisationFactory
from tests.marketplace.writing.conftest import (
    NEED,
    NEW,
    SECRET,
    link,
    need,
    send_as_visitor,
    signed_in,
)
from tests.stories.conftest import work

pytestmark = pytest.mark.django_db
EMAIL = "cook@example.org"


def data(response) -> dict:
    """What the page behind the link sends."""
    about = response.context["about"]
    return {f"about-{name}": about[name].value() for name in about.fields}


def press(client, address: str, **changes):
    return client.post(address, data(client.get(address)) | changes)


def test_the_link_makes_account_organisation_and_need_in_review_once(people, client):
    response = send_as_visitor(client)
    assert response.url == "/en/account/needs/sent/"
    assert client.get(response.url).status_code == 200
    assert not client.cookies
    assert not User.objects.filter(email=EMAIL).exists()
    address = link()
    shown = client.get(address)
    assert "A printed menu with twelve dishes." in shown.content.decode()
    assert not User.objects.filter(email=EMAIL).exists()  # opening it changes nothing
    sent = press(client, address)
    page, user = need(), User.objects.get(email=EMAIL)
    assert sent.url == f"/en/account/needs/{page.pk}/"
    assert client.get(sent.url).status_code == 200  # signed in by the link
    assert (page.owner, page.organisation.name) == (user, "Harbour Canteen")
    assert page.organisation.memberships.get().user == user
    assert NeedDetails.objects.get().text == SECRET
    assert WorkflowState.objects.get().requested_by == user
    assert not PendingNeed.objects.exists()
    for again in (client.get(address), client.post(address), Client().get(address)):
        assert again.url == sent.url
    assert (
        NeedPage.objects.count() == Organisation.objects.filter(name="Harbour Canteen").count() == 1
    )
    review.approve(page, people.reviewer)
    assert Client().get(page.url_path).status_code == 200


def test_two_clicks_at_once_make_one_need(people, client):
    send_as_visitor(client)
    link()
    pending = PendingNeed.objects.get()
    written = ({**NEED, "deadline": None, "details": ""}, "", False)
    values = {name: written[0][name] for name in ("title", "outcome", "problem", "need_kind")}
    about = {"name": "Harbour Canteen", "kind": "company", "place": "Klaipėda", "country": "LT"}
    follow = lambda: needs.follow(pending, None, "en", lambda user: about, (values, "", False))  # noqa: E731
    assert follow() == follow()
    assert User.objects.filter(email=EMAIL).count() == NeedPage.objects.count() == 1


def test_somebody_with_an_account_signs_in_and_chooses_their_organisation(people, client):
    company = OrganisationFactory(name="Cook and Daughters", kind="company", country="LT")
    MembershipFactory(organisation=company, user=UserFactory(email=EMAIL))
    send_as_visitor(client)
    address = link()
    assert client.get(address).url.startswith("/en/account/login/")
    other = signed_in(people.stranger)
    assert "with another address" in other.get(address).content.decode()
    assert other.post(address).status_code == 200
    assert not NeedPage.objects.exists()
    client = signed_in(User.objects.get(email=EMAIL))
    response = press(client, address, whose=str(company.key))
    assert response.status_code == 302
    assert need().organisation == company
    assert not Organisation.objects.filter(name="Harbour Canteen").exists()


def test_the_name_of_somebody_elses_organisation_is_not_taken(people, client):
    OrganisationFactory(name="Harbour Canteen", kind="company", country="LT")
    send_as_visitor(client)
    address = link()
    refused = press(client, address)
    assert refused.status_code == 422
    assert [one["anchor"] for one in refused.context["mistakes"]] == ["id_about-name"]
    assert not User.objects.filter(email=EMAIL).exists()
    assert not NeedPage.objects.exists()
    response = press(client, address, **{"about-name": "Harbour Canteen South"})
    assert response.status_code == 302
    assert need().organisation.name == "Harbour Canteen South"


def test_typed_text_survives_mistakes_and_a_form_that_was_open_too_long(people, client):
    wrong = send_as_visitor(client, email="nobody", outcome="", **{"about-place": ""})
    anchors = [mistake["anchor"] for mistake in wrong.context["mistakes"]]
    assert anchors == ["id_outcome", "id_about-place", "id_email"]
    old = send_as_visitor(client, stamp="forged")
    assert old.status_code == 422
    for html in (wrong.content.decode(), old.content.decode()):
        assert SECRET in html
        assert "A menu in two languages" in html
    assert not PendingNeed.objects.exists()
    elsewhere = client.post(NEW, {}, headers={"Sec-Fetch-Site": "cross-site"})
    assert elsewhere.status_code == 422


def test_sent_twice_mails_once_and_a_corrected_address_gets_the_only_link_that_works(
    people, client
):
    stamp = client.get(NEW).context["guard"].stamp
    for _time in range(2):
        send_as_visitor(client, stamp=stamp)
    old = link()
    assert len(mail.outbox) == PendingNeed.objects.count() == 1
    send_as_visitor(client, stamp=stamp, email="right@example.org", title="Corrected")
    assert client.get(old).status_code == 410
    assert "Corrected" in client.get(link("right@example.org")).content.decode()
    assert PendingNeed.objects.count() == 1


def test_an_address_is_not_flooded(people, client):
    answers = [send_as_visitor(client).status_code for _time in range(needs.MAILS_PER_HOUR + 1)]
    assert answers == [302] * needs.MAILS_PER_HOUR + [422]
    work()
    assert len(mail.outbox) == PendingNeed.objects.count() == needs.MAILS_PER_HOUR


def test_what_nobody_follows_is_deleted_after_two_weeks(people, client):
    send_as_visitor(client)
    address = link()
    PendingNeed.objects.update(created_at=timezone.now() - needs.KEPT + datetime.timedelta(hours=1))
    assert needs.forget_old() == 0
    PendingNeed.objects.update(created_at=timezone.now() - needs.KEPT)
    assert needs.forget_old() == 1
    assert client.get(address).status_code == 410
    assert client.get("/en/account/needs/link/forged/").status_code == 410


def test_a_deadline_that_passed_meanwhile_leaves_a_draft_and_loses_nothing(people, client):
    send_as_visitor(client)
    address = link()
    pending = PendingNeed.objects.get()
    pending.values["need"]["deadline"] = ["2001-01-01"]
    pending.save()
    response = press(client, address)
    assert response.status_code == 302
    assert (need().outcome, need().live) == ("A printed menu with twelve dishes.", False)
    assert not WorkflowState.objects.exists()
    assert NeedDetails.objects.get().text == SECRET


def test_nothing_that_was_typed_stands_in_mail_or_outbox(people, client, caplog):
    send_as_visitor(client)
    address = link()
    press(client, address)
    work()
    review.approve(need(), people.reviewer)
    work()
    (letter,) = [one for one in mail.outbox if one.to == [EMAIL] and "/needs/link/" in one.body]
    whole = letter.body + letter.alternatives[0][0] + letter.subject
    for text in (SECRET, NEED["title"], NEED["outcome"], "Harbour Canteen"):
        assert text not in whole
    for place in (
        *(str(entry.payload) for entry in OutboxEntry.objects.all()),
        *(one.body for one in mail.outbox),
        caplog.text,
    ):
        assert "Qwxzvutiny" not in place
