"""Needs of members: written, sent, changed, closed, taken off, and entered by a desk."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import WorkflowState

from editorial import services as review
from editorial.refusals import NotYours
from marketplace.models import NeedDetails, NeedPage
from marketplace.writing import own
from organisations.models import Organisation
from tests.factories.organisations import OrganisationFactory
from tests.marketplace.writing.conftest import ABOUT, NEED, NEW, SECRET, need, send_need, signed_in
from tests.stories.conftest import work

pytestmark = pytest.mark.django_db


def public(page) -> int:
    return Client().get(page.url_path).status_code


def test_a_member_sends_a_need_and_a_reviewer_of_needs_makes_it_public(people):
    client = signed_in(people.client)
    response = send_need(client, organisation=people.company.pk)
    page = need()
    assert response.url == f"/en/account/needs/{page.pk}/"
    assert (page.organisation, page.confidential, page.live) == (people.company, True, False)
    assert "In review since" in client.get(response.url).content.decode()
    assert public(page) == 404
    with pytest.raises(NotYours):
        review.approve(page, people.client)
    review.approve(page, people.reviewer_of_needs)
    assert public(page) == 200
    assert [one.badges for one in own.needs(people.client)] == [[("published", "Public")]]


def test_a_school_posts_a_need_in_the_same_form(people):
    send_need(signed_in(people.editor), organisation=people.school.pk)
    assert need().organisation == people.school


def test_the_same_form_sent_twice_makes_one_need_and_one_organisation(people):
    client = signed_in(people.stranger)
    token = client.get(NEW).context["token"]
    for _time in range(2):
        response = client.post(NEW, {**NEED, **ABOUT, "token": token})
        assert response.status_code == 302
    page = NeedPage.objects.get()
    assert page.organisation == Organisation.objects.get(name="Harbour Canteen")
    assert page.organisation.memberships.get().user == people.stranger
    assert WorkflowState.objects.count() == 1


def test_what_is_not_ones_own_is_not_there(people):
    send_need(signed_in(people.client), organisation=people.company.pk)
    page = need()
    root = f"/en/account/needs/{page.pk}/"
    found = {}
    for name in ("client", "colleague", "contact", "owner", "stranger", "reviewer"):
        client = signed_in(getattr(people, name))
        answers = {client.get(f"{root}{rest}").status_code for rest in ("", "preview/")}
        answers.add(client.post(f"{root}change/", {"act": "take_off", "sure": "1"}).status_code)
        found[name] = answers
    assert found["client"] == found["colleague"] == {200, 302}
    others = [found[name] for name in ("contact", "owner", "stranger", "reviewer")]
    assert others == [{404}] * 4
    assert Client().get(root).status_code == 302


def test_a_need_for_somebody_elses_organisation_is_refused(people):
    response = send_need(signed_in(people.client), organisation=people.school.pk)
    assert response.status_code == 422
    assert not NeedPage.objects.exists()


@pytest.mark.parametrize(
    ("changes", "anchor"),
    [
        ({"title": ""}, "id_title"),
        ({"title": "x" * 121}, "id_title"),
        ({"outcome": "nul\x00"}, "id_outcome"),
        ({"deadline": "2001-01-01"}, "id_deadline"),
        ({"deadline": "tomorrow"}, "id_deadline"),
        ({"budget": "mine"}, "id_budget"),
        ({"place": ["moon"]}, "id_place"),
        ({"details": "x" * 10_001}, "id_details"),
        ({"language": "xx"}, "id_language"),
        ({"organisation": "99999999999999999999"}, "id_organisation"),
    ],
)
def test_bad_input_is_told_at_its_field_and_the_rest_is_kept(people, changes, anchor):
    client = signed_in(people.client)
    response = send_need(client, **{"organisation": people.company.pk, **changes})
    if response.status_code == 400:  # the portal refuses such bytes altogether
        assert "\x00" in str(changes)
        return
    html = response.content.decode()
    assert response.status_code == 422
    assert [mistake["anchor"] for mistake in response.context["mistakes"]] == [anchor]
    assert "The head of the kitchen answers questions." in html
    assert not NeedPage.objects.exists()


def test_a_half_filled_need_is_kept_and_sent_when_it_is_whole(people):
    client = signed_in(people.client)
    send_need(client, organisation=people.company.pk, later="1", deadline="", place=None)
    page = need()
    refused = client.post(f"/en/account/needs/{page.pk}/change/", {"act": "send"}, follow=True)
    assert "Something is missing" in refused.content.decode()
    edit = f"/en/account/needs/{page.pk}/edit/"
    assert send_need(client, edit).status_code == 302
    assert WorkflowState.objects.get().status == "in_progress"


def test_a_change_of_a_public_need_is_reviewed_again_and_the_old_text_stays(people):
    client = signed_in(people.client)
    send_need(client, organisation=people.company.pk)
    page = need()
    review.approve(page, people.reviewer)
    address = page.url_path
    edit = f"/en/account/needs/{page.pk}/edit/"
    response = send_need(client, edit, title="Another title", outcome="Posters instead.")
    page = need()
    assert response.status_code == 302
    assert (page.title, page.url_path, page.live) == (NEED["title"], address, True)
    assert own.needs(people.client)[0].badges == [
        ("published", "Public"),
        ("in_review", "In review"),
    ]
    assert client.get(edit).status_code == 302  # nothing can be changed now
    review.approve(page, people.reviewer)
    assert (need().title, need().url_path) == ("Another title", address)
    unchanged = client.post(f"/en/account/needs/{page.pk}/change/", {"act": "send"}, follow=True)
    assert "Nothing is different" in unchanged.content.decode()


def test_a_second_tab_is_told_and_loses_nothing(people):
    client = signed_in(people.client)
    send_need(client, organisation=people.company.pk, later="1")
    edit = f"/en/account/needs/{need().pk}/edit/"
    seen = client.get(edit).context["seen"]
    client.post(edit, {**NEED, "details": "From the first tab", "seen": seen, "later": "1"})
    told = client.post(edit, {**NEED, "details": "From the second tab", "seen": seen, "later": "1"})
    assert told.status_code == 422
    assert "changed in another window" in told.content.decode()
    assert "From the second tab" in told.content.decode()
    assert NeedDetails.objects.get().text == "From the first tab"


def test_a_met_need_is_closed_stays_to_be_read_and_opens_again(people):
    client = signed_in(people.client)
    send_need(client, organisation=people.company.pk)
    page = need()
    review.approve(page, people.reviewer)
    change = f"/en/account/needs/{page.pk}/change/"
    for _time in range(2):
        client.post(change, {"act": "close"})
    assert (need().closed_on, public(page)) == (timezone.localdate(), 200)
    assert not NeedPage.objects.open().exists()
    client.post(change, {"act": "open"})
    assert NeedPage.objects.open().get() == page
    NeedPage.objects.update(deadline=timezone.localdate() - datetime.timedelta(days=1))
    client.post(change, {"act": "close"})
    told = client.post(change, {"act": "open"}, follow=True)
    assert "The deadline is over" in told.content.decode()
    assert need().closed_on


def test_taking_off_ends_the_review_of_a_change_too(people):
    client = signed_in(people.client)
    send_need(client, organisation=people.company.pk)
    page = need()
    review.approve(page, people.reviewer)
    send_need(client, f"/en/account/needs/{page.pk}/edit/", title="Another title")
    change = f"/en/account/needs/{page.pk}/change/"
    client.post(change, {"act": "take_off"})
    assert need().live
    client.post(change, {"act": "take_off", "sure": "1"})
    assert (need().live, public(page)) == (False, 404)
    assert not WorkflowState.objects.filter(status="in_progress").exists()
    assert ("missing", "Taken off") in own.needs(people.client)[0].badges
    client.post(change, {"act": "send"})
    review.approve(need(), people.reviewer)
    assert need().live


def test_a_draft_is_deleted_with_its_confidential_part(people):
    client = signed_in(people.client)
    send_need(client, organisation=people.company.pk, later="1")
    change = f"/en/account/needs/{need().pk}/change/"
    assert client.post(change, {"act": "delete", "sure": "1"}).url == "/en/account/needs/"
    assert not NeedPage.objects.exists()
    assert not NeedDetails.objects.exists()


class TestDesk:
    ADDRESS = f"{NEW}?for=another"

    def test_enters_a_need_for_an_organisation_that_is_not_here_yet(self, people):
        response = send_need(
            signed_in(people.desk), self.ADDRESS, organisation=people.chamber.pk, **ABOUT
        )
        page = need()
        assert response.status_code == 302
        assert (page.organisation.name, page.entered_by_desk) == ("Harbour Canteen", people.chamber)
        assert not page.organisation.memberships.exists()
        assert signed_in(people.desk).get(response.url).status_code == 200
        review.approve(page, people.reviewer)
        assert public(page) == 200

    def test_uses_the_record_that_there_is(self, people):
        known = OrganisationFactory(name="Harbour Canteen", kind="company", country="LT")
        send_need(signed_in(people.desk), self.ADDRESS, organisation=people.chamber.pk, **ABOUT)
        assert need().organisation == known

    def test_nobody_else_enters_needs_for_others(self, people):
        for name in ("client", "owner", "stranger"):
            client = signed_in(getattr(people, name))
            assert client.get(self.ADDRESS).status_code == 404
            data = {**NEED, **ABOUT, "organisation": people.chamber.pk}
            assert client.post(self.ADDRESS, data).status_code == 404
        assert not NeedPage.objects.exists()


def test_the_list_of_needs_costs_the_same_for_one_and_for_many(
    people, django_assert_max_num_queries
):
    client = signed_in(people.client)
    send_need(client, organisation=people.company.pk)
    with django_assert_max_num_queries(15):
        client.get("/en/account/needs/")
    for _time in range(4):
        send_need(client, organisation=people.company.pk)
    with django_assert_max_num_queries(3):
        assert len(own.needs(people.client)) == 5
    with django_assert_max_num_queries(15):
        assert client.get("/en/account/needs/").status_code == 200


def test_a_form_sent_after_the_sign_in_ran_out_keeps_what_was_typed(people):
    client = signed_in(people.client)
    send_need(client, organisation=people.company.pk, later="1")
    edit = f"/en/account/needs/{need().pk}/edit/"
    client.logout()
    for address in (edit, NEW):
        response = client.post(address, {**NEED, "title": "Typed long ago"})
        assert response.status_code == 422
        assert "Typed long ago" in response.content.decode()
    assert need().title == NEED["title"]


def test_confidential_text_is_read_by_members_only_and_kept_apart(people):
    send_need(signed_in(people.client), organisation=people.company.pk)
    review.approve(need(), people.reviewer)
    work()
    status = f"/en/account/needs/{need().pk}/"
    assert SECRET in signed_in(people.colleague).get(status).content.decode()
    assert NeedDetails.objects.get().updated_by == people.client
