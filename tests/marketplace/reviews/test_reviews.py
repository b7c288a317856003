"""Two sides review each other; readers see it when neither can answer in kind."""

import datetime
import html

import pytest
from django.test import Client
from django.utils import timezone

from marketplace.deals.models import Step
from marketplace.deals.refusals import Refused
from marketplace.deals.states import Side
from marketplace.reviews import services
from marketplace.reviews.models import Review
from marketplace.reviews.shown import of_organisation
from moderation import registry
from tests.conftest import make_site
from tests.factories.deals import DealFactory
from tests.factories.organisations import (
    MembershipFactory,
    OrganisationFactory,
    OrganisationIndexPageFactory,
    OrganisationPageFactory,
)

WORDS = {
    "rating": 5,
    "on_time": True,
    "would_again": True,
    "text": "They asked good questions.",
    "language": "lv",
}
FORM = {**WORDS, "rating": "4", "on_time": "yes", "would_again": "no", "do": "review"}


@pytest.fixture
def deal(db):
    return DealFactory(state="accepted", people=True)


def later(deal, days: int) -> None:
    """Lets the result have been accepted that many days earlier."""
    ago = timezone.now() - datetime.timedelta(days=days)
    Step.objects.filter(deal=deal, to_state="accepted").update(at=ago)
    Review.objects.filter(deal=deal).update(shown_at=ago + services.WAIT)


def address(deal) -> str:
    return f"/en/account/deals/{deal.key}/review/"


def test_reviews_are_written_as_long_as_the_deal_waits_for_them_and_not_after_one_is_shown(deal):
    assert services.until(deal) == deal.due_at
    assert deal.due_at - services.accepted_at(deal) >= services.WAIT
    assert deal.remind_at < services.accepted_at(deal) + services.WAIT
    mine = services.write(deal, deal.client_user, WORDS)
    assert mine.shown_at == deal.due_at
    assert services.can_write(deal, Side.PROVIDER)
    Review.objects.update(shown_at=timezone.now())  # a dispute took the time
    assert not services.can_write(deal, Side.PROVIDER)
    with pytest.raises(Refused):
        services.write(deal, deal.provider_user, WORDS)


def test_a_review_is_shown_when_both_are_in_and_the_deal_is_reviewed_then(deal):
    mine = services.write(deal, deal.client_user, WORDS)
    assert not Review.objects.shown().exists()
    deal.refresh_from_db()
    assert (deal.state, deal.awaits) == ("accepted", "provider")
    services.write(deal, deal.client_user, WORDS | {"rating": 2})
    services.write(deal, deal.provider_user, WORDS)
    deal.refresh_from_db()
    assert deal.state == "reviewed"
    assert Review.objects.shown().count() == 2
    mine.refresh_from_db()
    assert (mine.rating, mine.about) == (2, deal.provider)
    with pytest.raises(Refused, match="shown already"):
        services.write(deal, deal.client_user, WORDS | {"rating": 1})


def test_one_review_alone_is_shown_after_14_days_and_nobody_answers_in_kind(deal):
    services.write(deal, deal.client_user, WORDS)
    later(deal, 13)
    assert not Review.objects.shown().exists()
    later(deal, 15)
    assert Review.objects.shown().count() == 1
    for user in (deal.client_user, deal.provider_user):
        with pytest.raises(Refused):
            services.write(deal, user, WORDS | {"rating": 1})


def test_reviews_are_for_the_parties_and_come_after_the_work(client, deal):
    stranger = MembershipFactory().user
    early = DealFactory(state="proposed", people=True)
    for one, user, status in (
        (deal, deal.client_user, 200),
        (deal, stranger, 404),
        (early, early.client_user, 404),
    ):
        client.force_login(user)
        assert client.get(address(one)).status_code == status
        assert client.post(address(one), FORM).status_code == (302 if status == 200 else 404)
    assert Review.objects.get().rating == 4
    with pytest.raises(Refused):
        services.write(deal, stranger, WORDS)


def test_the_other_side_does_not_read_a_review_before_both_are_shown(client, deal):
    services.write(deal, deal.client_user, WORDS)
    client.force_login(deal.provider_user)
    assert WORDS["text"] not in client.get(address(deal)).content.decode()
    assert not Review.objects.visible_to(deal.provider_user).exists()
    assert Review.objects.visible_to(deal.client_user).exists()
    client.post(address(deal), FORM)
    assert WORDS["text"] in client.get(address(deal)).content.decode()


@pytest.mark.parametrize(
    "bad", [{"rating": "6"}, {"text": "\x00"}, {"text": ""}, {"language": "x"}]
)
def test_a_wrong_review_is_said_at_its_field(client, deal, bad):
    client.force_login(deal.client_user)
    response = client.post(address(deal), FORM | bad)
    assert response.status_code == 422
    assert "field-error" in response.content.decode()
    assert not Review.objects.exists()


def test_the_reviewed_side_replies_once(client, deal):
    services.write(deal, deal.client_user, WORDS)
    review = services.write(deal, deal.provider_user, WORDS)
    with pytest.raises(Refused):
        services.reply(review, deal.provider_user, "I reply to myself.", "lv")
    client.force_login(deal.client_user)
    client.post(address(deal), {"do": "reply", "text": "Thank you."})
    review.refresh_from_db()
    assert review.reply == "Thank you."
    with pytest.raises(Refused, match="One reply"):
        services.reply(review, deal.client_user, "And another.", "lt")


def test_figures_are_shown_from_five_reviews_on_in_one_query(db, django_assert_num_queries):
    school, other = OrganisationFactory(), OrganisationFactory()
    for number in range(5):
        if number == 4:
            assert services.summary_for([school])[school.pk] == services.Summary(4)
        deal = DealFactory(provider=school, state="accepted", people=True)
        words = WORDS | {"rating": 3 if number else 5, "on_time": number < 4}
        services.write(deal, deal.client_user, words)
        services.write(deal, deal.provider_user, WORDS)
    with django_assert_num_queries(1):
        found = services.summary_for([school, other])
    assert found[school.pk] == services.Summary(5, 3.4, 80, 100)
    assert found[other.pk] == services.Summary()


def test_reviews_of_a_merged_record_count_for_the_one_that_was_kept(deal):
    kept = OrganisationFactory()
    services.write(deal, deal.client_user, WORDS)
    services.write(deal, deal.provider_user, WORDS)
    deal.provider.merged_into = kept
    deal.provider.save()
    assert services.summary_for([kept])[kept.pk].number == 1
    assert Review.objects.of(kept).count() == 1


@pytest.mark.parametrize("do", ["review", "reply"])
def test_what_was_typed_survives_a_sign_in_that_ran_out(client, deal, do):
    kept = client.post(address(deal), FORM | {"do": do})
    assert kept.status_code == 422
    page = kept.content.decode()
    assert WORDS["text"] in page
    assert f'name="do" value="{do}"' in page
    assert deal.title not in page
    assert not Review.objects.exists()


def test_a_form_from_before_a_new_sign_in_is_shown_again_with_what_was_typed(deal):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(deal.client_user)
    browser.cookies["csrftoken"] = "a" * 32
    kept = browser.post(address(deal), FORM | {"csrfmiddlewaretoken": "b" * 32})
    assert WORDS["text"] in kept.content.decode()
    assert not Review.objects.exists()
    fresh = FORM | {"csrfmiddlewaretoken": browser.cookies["csrftoken"].value}
    assert browser.post(address(deal), fresh).status_code == 302
    assert Review.objects.get().rating == 4


@pytest.fixture
def profile(client):
    """The public page of an organisation, as a visitor reads it."""
    home = make_site(["en"])["en"]
    index = OrganisationIndexPageFactory(parent=home, locale=home.locale)

    def read(record) -> str:
        if not record.pages.exists():
            OrganisationPageFactory(parent=index, locale=home.locale, organisation=record)
        client.logout()
        return html.unescape(client.get(record.pages.get().get_url()).content.decode())

    return read


def test_a_profile_shows_reviews_that_both_sides_have_written(deal, profile):
    services.write(deal, deal.client_user, WORDS)
    assert "Reviews by partners" not in profile(deal.provider)
    services.write(deal, deal.provider_user, WORDS)
    text = profile(deal.provider)
    assert WORDS["text"] in text
    assert deal.client.name in text
    assert "Figures are shown from five reviews on." in text
    review = Review.objects.get(about=deal.provider)
    assert registry.address("review", str(review.pk), "en") in text
    registry.get("review").take_down(str(review.pk), deal.client_user, "")
    assert "Reviews by partners" not in profile(deal.provider)


def test_a_profile_shows_figures_from_five_reviews_on_in_one_query(
    deal, profile, django_assert_num_queries
):
    school = deal.provider
    for number in range(1, 7):
        made = deal if number == 1 else DealFactory(provider=school, state="accepted", people=True)
        services.write(made, made.client_user, WORDS)
        services.write(made, made.provider_user, WORDS)
        assert ("On average" in profile(school)) == (number >= 5)
    assert "On average 5.0 of 5 in 6 reviews; 100 % on time." in profile(school)
    with django_assert_num_queries(1):
        assert len(of_organisation(school, "en")["reviews"]) == 6
