"""From exercise to service in six steps, with the capacity windows, to a public page."""

import pytest
from django.core import mail
from django.test import Client
from wagtail.models import WorkflowState

from core.drafts import standing
from editorial import publishing
from editorial import services as review
from editorial.refusals import NotYours
from marketplace.models import CapacityWindow, ServicePage
from marketplace.writing import own, steps
from tests.factories.accounts import person
from tests.factories.marketplace import ServicePageFactory
from tests.factories.organisations import OrganisationFactory
from tests.marketplace.writing.conftest import (
    STEPS,
    TERM,
    Trainer,
    send_need,
    signed_in,
    take_off,
    windows,
)
from tests.stories.conftest import work

pytestmark = pytest.mark.django_db


def html(response) -> str:
    return response.content.decode()


def test_six_steps_make_a_service_that_is_public_when_it_is_approved(trainer, people):
    trainer.fill()
    assert steps.lacking(trainer.draft) == {}
    whole = html(trainer.client.get(trainer.address(6)))
    assert "Translates short texts." in whole
    assert "A reviewer of the portal reads it" in whole
    assert trainer.send().url == f"/en/account/services/{trainer.service.pk}/"
    service = ServicePage.objects.get()
    assert Client().get(service.url_path).status_code == 404
    with pytest.raises(NotYours):
        review.approve(service, people.owner)
    review.approve(service, people.reviewer)
    service = ServicePage.objects.get()
    assert (service.slug, service.deliverables) == (
        "menus-translated",
        "<ul><li>A file</li></ul>",
    )
    assert Client().get(service.url_path).status_code == 200
    assert [one.badges for one in own.services(people.editor)] == [[("published", "Public")]]


def test_a_step_can_be_left_half_done_and_what_is_missing_is_told(trainer):
    trainer.begin()
    assert trainer.save(3, hours="", supervision="", later="1").status_code == 302
    status = html(trainer.client.get(f"/en/account/services/{trainer.service.pk}/"))
    assert "Hours of the learners" in status
    told = trainer.send()
    assert told.status_code == 422
    assert [one["step"].number for one in told.context["lacking"]] == [2, 3, 4, 5]
    assert not WorkflowState.objects.exists()


def test_sending_wants_the_word_of_the_school(trainer):
    trainer.fill()
    told = trainer.send(agreed="")
    assert [one["anchor"] for one in told.context["mistakes"]] == ["id_agreed"]
    assert not WorkflowState.objects.exists()


def test_the_same_form_sent_twice_begins_one_service_and_one_window(trainer):
    token = trainer.client.get("/en/account/services/new/").context["token"]
    for _time in range(2):
        trainer.begin(token=token)
    assert ServicePage.objects.count() == 1
    seen = trainer.client.get(trainer.address(4)).context["seen"]
    for _time in range(2):
        assert trainer.save(4, seen=seen).status_code == 302
    assert CapacityWindow.objects.count() == 1


@pytest.mark.parametrize(
    ("number", "changes", "anchor"),
    [
        (1, {"title": ""}, "id_title"),
        (1, {"organisation": "999999999999999999999"}, "id_organisation"),
        (1, {"programme": "x" * 151}, "id_programme"),
        (2, {"category": "magic"}, "id_category"),
        (3, {"team_largest": "1"}, "id_team_largest"),
        (3, {"hours": "99999999999999999999"}, "id_hours"),
        (3, {"hours": "many"}, "id_hours"),
        (4, windows({**TERM, "ends": "2027-08-01"}), "id_windows-0-ends"),
        (4, windows({**TERM, "hours_a_week": ""}), "id_windows-0-hours_a_week"),
        (4, windows({**TERM, "places": "-1"}), "id_windows-0-places"),
        (4, {"lead_time": "-1"}, "id_lead_time"),
        (5, {"price_model": "fixed"}, "id_price"),
        (5, {"place": ["moon"]}, "id_place"),
    ],
)
def test_bad_input_is_told_at_its_field(trainer, number, changes, anchor):
    trainer.begin()
    response = trainer.save(number, **changes)
    assert response.status_code == 422
    assert [mistake["anchor"] for mistake in response.context["mistakes"]] == [anchor]
    assert f'id="{anchor}"' in html(response) or f'id="{anchor}_0"' in html(response)


def test_a_second_tab_is_told_that_the_step_has_changed(trainer):
    trainer.begin()
    seen = trainer.client.get(trainer.address(2)).context["seen"]
    trainer.save(2, seen=seen, result="From the first tab.")
    told = trainer.save(2, seen=seen, result="From the second tab.")
    assert told.status_code == 422
    assert "From the second tab." in html(told)
    assert trainer.draft.result == "From the first tab."


def test_what_is_not_ones_own_is_not_there(trainer, people):
    trainer.fill()
    root = f"/en/account/services/{trainer.service.pk}/"
    found = {}
    for name in ("owner", "editor", "contact", "client", "stranger", "reviewer", "desk"):
        client = signed_in(getattr(people, name))
        answers = {client.get(f"{root}{rest}").status_code for rest in ("", "preview/", "1/")}
        answers.add(client.get(f"{root}windows/").status_code)
        if name not in ("owner", "editor"):
            answers.add(client.post(f"{root}2/", STEPS[2]).status_code)
            answers.add(client.post(f"{root}windows/", windows(TERM)).status_code)
            answers.add(client.post(f"{root}change/", {"act": "send"}).status_code)
        found[name] = answers
    assert found.pop("owner") == found.pop("editor") == {200}
    assert set(map(frozenset, found.values())) == {frozenset({404})}


def test_only_schools_offer_services_and_others_are_told_how(people):
    for user in (people.client, people.stranger, people.contact):
        page = html(signed_in(user).get("/en/account/services/new/"))
        assert "A service needs a school" in page
        assert "?next=%2Fen%2Faccount%2Fservices%2Fnew%2F" in page  # back here, once there is one
    other = OrganisationFactory(name="Another School")
    response = Trainer(people.owner).begin(organisation=other.pk)
    assert response.status_code == 422


def test_windows_change_at_any_time_without_a_review(trainer, people):
    trainer.fill()
    trainer.send()
    page = f"/en/account/services/{trainer.service.pk}/windows/"
    window = CapacityWindow.objects.get()
    kept = {**TERM, "id": window.pk, "places": "3"}
    spring = {**TERM, "starts": "2028-01-10", "ends": "2028-05-30", "note": "Spring"}
    empty = dict.fromkeys(TERM, "") | {"places": "1"}
    response = trainer.client.post(page, windows(kept, spring, initial=1))
    assert response.status_code == 302
    assert list(CapacityWindow.objects.values_list("note", "places")) == [
        ("Autumn", 3),
        ("Spring", 2),
    ]
    second = CapacityWindow.objects.get(note="Spring").pk
    gone = {**spring, "id": second, "DELETE": "on"}
    response = trainer.client.post(page, windows(kept, gone, empty, initial=2))
    assert response.status_code == 302
    assert list(CapacityWindow.objects.values_list("note", flat=True)) == ["Autumn"]
    assert WorkflowState.objects.get().status == "in_progress"


def test_a_window_in_which_orders_are_agreed_stays(trainer):
    trainer.fill()
    CapacityWindow.objects.update(taken=2)
    window = CapacityWindow.objects.get()
    page = f"/en/account/services/{trainer.service.pk}/windows/"
    for changes in ({"places": "1"}, {"DELETE": "on"}):
        response = trainer.client.post(
            page, windows({**TERM, "id": window.pk, **changes}, initial=1)
        )
        assert response.status_code == 422, changes
    stranger = CapacityWindow.objects.create(
        service_key="00000000-0000-4000-8000-000000000001",
        starts="2027-01-01",
        ends="2027-02-01",
        hours_a_week=1,
    )
    forged = windows({**TERM, "id": stranger.pk, "places": "9"}, initial=1)
    trainer.client.post(page, forged)
    stranger.refresh_from_db()
    assert stranger.places == 1
    assert CapacityWindow.objects.get(pk=window.pk).places == 2


def test_a_public_service_is_changed_by_a_new_review_and_taken_off_at_once(trainer, people):
    trainer.fill()
    trainer.send()
    review.approve(ServicePage.objects.get(), people.reviewer)
    trainer.save(2, result="Changed.")
    assert "You have changed something" in html(
        trainer.client.get(f"/en/account/services/{trainer.service.pk}/")
    )
    trainer.send()
    service = ServicePage.objects.get()
    assert service.result == STEPS[2]["result"]
    review.approve(service, people.reviewer)
    assert ServicePage.objects.get().result == "Changed."
    change = f"/en/account/services/{trainer.service.pk}/change/"
    trainer.client.post(change, {"act": "take_off", "sure": "1"})
    service = ServicePage.objects.get()
    assert (service.live, Client().get(service.url_path).status_code) == (False, 404)
    assert publishing.emergency_of(service) is None
    assert trainer.client.post(change, {"act": "delete", "sure": "1"}).status_code == 302
    assert ServicePage.objects.exists()  # what was public is not deleted


class TestSecondMember:
    @pytest.fixture
    def listed(self, people, sections):
        """The school had a listing approved by a reviewer before."""
        return ServicePageFactory(parent=index(sections), organisation=people.school)

    def approve(self, user, service, client=None):
        client = client or signed_in(user)
        address = f"/en/account/services/{service.pk}/approve/"
        shown = client.get(address)
        if shown.status_code != 200:
            return shown
        return client.post(address, {"revision": shown.context["revision"]})

    def test_approves_later_listings_where_the_operator_allows_it(
        self, trainer, people, listed, settings
    ):
        trainer.fill()
        trainer.send()
        service = trainer.service
        assert self.approve(people.editor, service).status_code == 404  # off by default
        settings.MARKETPLACE_PEER_REVIEW = True
        assert self.approve(people.owner, service).status_code == 302  # never the author
        for name in ("contact", "client", "stranger", "desk", "reviewer"):
            assert self.approve(getattr(people, name), service).status_code == 404
        assert not ServicePage.objects.get(pk=service.pk).live
        assert [one.page.pk for one in own.to_approve(people.editor)] == [service.pk]
        assert own.to_approve(people.owner) == []
        assert self.approve(people.editor, service).url == f"/en/account/services/{service.pk}/"
        service.refresh_from_db()
        assert Client().get(service.url_path).status_code == 200
        assert publishing.stands_behind(service.live_revision).finished_by == people.editor

    def test_not_the_first_listing_of_the_organisation(self, trainer, people, settings):
        settings.MARKETPLACE_PEER_REVIEW = True
        trainer.fill()
        trainer.send()
        assert self.approve(people.editor, trainer.service).status_code == 404
        with pytest.raises(NotYours):
            review.approve(trainer.service, people.editor)

    def test_not_who_had_a_hand_in_the_change(self, trainer, people, listed, settings):
        settings.MARKETPLACE_PEER_REVIEW = True
        trainer.fill()
        colleague = Trainer(people.editor)
        colleague.service = trainer.service
        colleague.save(2, result="The colleague's words.")
        trainer.send()
        self.approve(people.editor, trainer.service)
        with pytest.raises(NotYours):
            review.approve(trainer.service, people.editor)
        assert not ServicePage.objects.get(pk=trainer.service.pk).live

    def test_not_another_text_than_the_one_that_was_shown(self, trainer, people, listed, settings):
        settings.MARKETPLACE_PEER_REVIEW = True
        trainer.fill()
        trainer.send()
        client = signed_in(people.editor)
        address = f"/en/account/services/{trainer.service.pk}/approve/"
        for revision in ("1", "", "x", "9" * 30):
            client.post(address, {"revision": revision})
        assert not ServicePage.objects.get(pk=trainer.service.pk).live

    def test_returns_it_with_a_comment_that_the_author_finds(
        self, trainer, people, listed, settings
    ):
        settings.MARKETPLACE_PEER_REVIEW = True
        trainer.fill()
        trainer.send()
        client, page = signed_in(people.editor), trainer.service
        address = f"/en/account/services/{page.pk}/approve/"
        sent = {"do": "return", "revision": client.get(address).context["revision"]}
        assert client.post(address, sent).status_code == 422
        client.post(address, sent | {"revision": "1", "comment": "Which days?"})
        assert "Which days?" not in html(trainer.client.get(page.author_path))
        for name in ("owner", "contact", "stranger", "reviewer"):
            refused = signed_in(getattr(people, name)).post(address, sent | {"comment": "No."})
            assert refused.status_code in (302, 404)
        assert standing(ServicePage.objects.get(pk=page.pk)).code == "in_review"
        answer = client.post(address, sent | {"comment": "Which days?"})
        assert answer.url == page.author_path
        assert standing(ServicePage.objects.get(pk=page.pk)).code == "returned"
        assert "Which days?" in html(trainer.client.get(page.author_path))
        work()
        (letter,) = [one for one in mail.outbox if "Which days?" in one.body]
        assert letter.to == [people.owner.email]
        assert not ServicePage.objects.get(pk=page.pk).live

    def test_is_told_by_mail_once_and_nobody_else_is(self, trainer, people, listed, settings):
        settings.MARKETPLACE_PEER_REVIEW = True
        trainer.fill()
        trainer.send()
        work()
        work()
        letters = [
            one
            for one in mail.outbox
            if "/account/services/" in one.body and "/approve/" in one.body
        ]
        assert [one.to for one in letters] == [[people.editor.email]]
        assert "Menus translated" not in letters[0].body

    def test_not_after_a_moderator_took_one_off_until_a_reviewer_approved_again(
        self, trainer, people, listed, settings
    ):
        settings.MARKETPLACE_PEER_REVIEW = True
        take_off(listed, person("moderator", "en"))
        trainer.fill()
        trainer.send()
        assert self.approve(people.editor, trainer.service).status_code == 404
        review.approve(trainer.service, people.reviewer)
        trainer.save(2, result="The next version.")
        trainer.send()
        assert self.approve(people.editor, trainer.service).status_code == 302

    def test_approves_a_need_too(self, people, sections, settings):
        settings.MARKETPLACE_PEER_REVIEW = True
        ServicePageFactory(parent=index(sections), organisation=people.company)
        send_need(signed_in(people.client), organisation=people.company.pk)
        page = own.needs(people.client)[0].page
        address = f"/en/account/needs/{page.pk}/approve/"
        client = signed_in(people.colleague)
        shown = client.get(address)
        assert shown.status_code == 200
        client.post(address, {"revision": shown.context["revision"]})
        page.refresh_from_db()
        assert page.live


def index(sections):
    return sections["en"].get_children().get(slug="services").specific


def test_lists_cost_the_same_for_one_and_for_many(people, sections, django_assert_max_num_queries):
    for _time in range(8):
        ServicePageFactory(parent=index(sections), organisation=people.school)
    with django_assert_max_num_queries(3):
        assert len(own.services(people.owner)) == 8
    client = signed_in(people.owner)
    client.get("/en/account/services/")  # what is kept between requests
    with django_assert_max_num_queries(15):
        client.get("/en/account/services/")


def test_bad_addresses_and_forms_are_no_server_errors(trainer):
    trainer.begin()
    root = "/en/account/services/"
    for rest in ("9" * 30 + "/", f"{trainer.service.pk}/7/", f"{trainer.service.pk}/0/"):
        assert trainer.client.get(f"{root}{rest}").status_code == 404
    page = f"{root}{trainer.service.pk}/windows/"
    for data in (
        {},
        {"windows-TOTAL_FORMS": "x"},
        windows(*[TERM] * 3) | {"windows-TOTAL_FORMS": 9**9},
    ):
        assert trainer.client.post(page, data).status_code == 422
    forged = windows({**TERM, "id": "9" * 30}, initial=1)
    assert trainer.client.post(page, forged).status_code == 422
    change = f"{root}{trainer.service.pk}/change/"
    assert trainer.client.post(change, {"act": "close"}).status_code == 302
    assert trainer.client.get(change).status_code == 405


def test_the_page_of_a_service_and_of_a_need_cost_little(
    trainer, people, django_assert_max_num_queries
):
    trainer.fill()
    trainer.send()
    send_need(signed_in(people.client), organisation=people.company.pk)
    for user, address in (
        (people.owner, trainer.service.author_path),
        (people.client, own.needs(people.client)[0].url),
    ):
        client = signed_in(user)
        client.get(address)
        with django_assert_max_num_queries(20):
            client.get(address)
