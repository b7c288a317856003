"""A deal begins: somebody asks for a service, a school answers a need."""

import re
import uuid
from html import unescape
from urllib.parse import quote

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from core import outbox
from core.models import OutboxEntry
from marketplace.deals.models import Deal
from marketplace.deals.states import Side, State
from tests.factories import marketplace
from tests.factories.accounts import UserFactory
from tests.factories.organisations import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def service(sections, school):
    return marketplace.ServicePageFactory(parent=sections["lv"].services, organisation=school)


@pytest.fixture
def need(sections, company):
    return marketplace.NeedPageFactory(parent=sections["lt"].needs, organisation=company)


def ask_url(service) -> str:
    return reverse("marketplace:ask", args=[service.translation_key])


def answer_url(need) -> str:
    return reverse("marketplace:answer", args=[need.translation_key])


def typed(organisation, **more) -> dict:
    return {
        "organisation": str(organisation.key),
        "language": "lt",
        "title": "Twelve seats for a café terrace",
        "text": "Mums reikia dvylikos taburečių.",
        "token": str(uuid.uuid4()),
        **more,
    }


def test_a_company_asks_for_a_service(client, service, school, company, people):
    window = marketplace.CapacityWindowFactory(service_key=service.translation_key)
    client.force_login(people.client)
    page = client.get(ask_url(service)).content.decode()
    assert service.title in page
    assert str(window.left) in page
    data = typed(company, window=window.pk, wanted_from="2027-02-01", wanted_until="2027-02-12")
    for _again in range(2):
        answer = client.post(ask_url(service), data)
    deal = Deal.objects.get()
    assert answer.url == reverse("marketplace:deal", args=[deal.key])
    assert (deal.provider, deal.client, deal.state) == (school, company, State.ENQUIRY)
    assert (deal.provider_language, deal.client_language) == ("lv", "lt")
    assert (deal.opened_side, deal.service_key) == (Side.CLIENT, service.translation_key)
    assert deal.window == window
    message = deal.messages.get()
    assert (message.side, message.language) == ("client", "lt")
    assert str(message.wanted_until) == "2027-02-12"
    window.refresh_from_db()
    assert window.taken == 0


def test_a_school_answers_a_need_with_one_of_its_services(
    client, service, need, school, company, people
):
    client.force_login(people.provider)
    assert service.title in client.get(answer_url(need)).content.decode()
    data = typed(school, language="lv", service=str(service.translation_key))
    client.post(answer_url(need), data)
    deal = Deal.objects.get()
    assert (deal.provider, deal.client, deal.opened_side) == (school, company, Side.PROVIDER)
    assert (deal.need_key, deal.service_key) == (need.translation_key, service.translation_key)
    assert (deal.provider_language, deal.client_language) == ("lv", "lt")


def test_only_schools_answer_needs(client, need, people):
    other = MembershipFactory(organisation__kind="company").user
    for person in (people.client, people.contact, people.nobody, other):
        client.force_login(person)
        answer = client.get(answer_url(need))
        assert answer.status_code == 200
        assert b'name="text"' not in answer.content


def test_a_closed_need_is_not_answered(client, need, school, people):
    type(need).objects.update(closed_on=timezone.localdate())
    client.force_login(people.provider)
    assert b'name="text"' not in client.get(answer_url(need)).content
    client.post(answer_url(need), typed(school))
    assert not Deal.objects.exists()


def test_nobody_asks_in_the_name_of_others_or_themselves(client, service, school, company, people):
    client.force_login(people.client)
    stranger = people.stranger.memberships.get().organisation
    for wrong in (stranger, school):
        answer = client.post(ask_url(service), typed(wrong))
        assert answer.status_code == 422
        assert b'id="id_organisation_error"' in answer.content
    client.force_login(people.contact)
    client.post(ask_url(service), typed(company))
    assert not Deal.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"organisation": "\x00"},
        {"language": "xx"},
        {"title": ""},
        {"title": "x" * 151},
        {"text": " \x00 "},
        {"text": "x" * 5001},
        {"wanted_from": "soon"},
        {"wanted_from": "2027-02-02", "wanted_until": "2027-02-01"},
        {"window": "nonsense"},
        {"window": "99999999"},
    ],
)
def test_bad_input_is_told_at_its_field_and_kept(client, service, company, people, wrong):
    marketplace.CapacityWindowFactory(service_key=service.translation_key)
    client.force_login(people.client)
    answer = client.post(ask_url(service), typed(company) | wrong)
    if wrong == {"window": "nonsense"}:  # as if none was chosen
        assert answer.status_code == 302
        return
    name = list(wrong)[-1]
    assert answer.status_code == 422
    assert f'id="id_{name}_error"' in answer.content.decode()
    assert not Deal.objects.exists()


def test_what_was_typed_survives_a_sign_in_that_ran_out(client, service, company):
    answer = client.post(ask_url(service), typed(company))
    assert answer.status_code == 422
    assert "Mums reikia dvylikos" in answer.content.decode()
    assert not Deal.objects.exists()


def test_a_visitor_signs_in_first_and_comes_back(client, service, people):
    answer = client.get(ask_url(service), follow=True)
    way = answer.redirect_chain[-1][0]
    assert "login" in way
    answer = client.post(way, {"login": people.client.email, "password": "secret"})
    assert answer.url == ask_url(service)


def test_a_visitor_makes_an_account_by_mail_and_comes_back(client, service):
    login = client.get(ask_url(service)).url
    signup = re.search(r'href="([^"]*/signup/[^"]*)"', client.get(login).content.decode())
    data = {"email": "new@example.org", "password1": "", "next": ask_url(service)}
    client.post(unescape(signup[1]), data)
    for entry in OutboxEntry.objects.filter(kind="accounts.mail", done_at=None):
        outbox.work.call(entry.pk)
    link = re.search(r"http://testserver(/\S+/confirm/\S+)", mail.outbox[-1].body)
    assert client.post(link[1]).url == ask_url(service)


def test_who_has_no_organisation_is_told_what_to_do(client, service, sections):
    client.force_login(UserFactory())
    page = client.get(ask_url(service)).content.decode()
    assert f"{reverse('organisations:register')}?next={quote(ask_url(service), safe='')}" in page
    assert 'name="text"' not in page


def test_a_listing_that_is_not_public_is_not_found(client, sections, school, people):
    draft = marketplace.ServicePageFactory(
        parent=sections["lv"].services, organisation=school, draft=True
    )
    client.force_login(people.client)
    assert client.get(ask_url(draft)).status_code == 404
    unknown = reverse("marketplace:ask", args=[uuid.uuid4()])
    assert client.get(unknown).status_code == 404
