"""Demonstration deals: each in its state, with a past that fits its days, loaded once."""

import datetime

import pytest
from django.test import override_settings
from django.utils import timezone

from core.models import OutboxEntry
from demo import members, people
from demo.deals import Conversation
from marketplace.agreements import documents
from marketplace.agreements.models import Acceptance, Agreement
from marketplace.deals.models import Deal
from marketplace.deals.states import State
from portal import shipped

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def played(empty):
    with override_settings(CONTENT_LANGUAGES=["en", "de", "lt", "lv"]):
        shipped.ensure_site()
        people.ensure("secret")
        members.ensure("secret")
        for name in Conversation.names():
            assert Conversation(name).load(people.cast())
        yield


def test_every_deal_stands_where_its_file_ends(played):
    assert {name: Conversation(name).deal.state for name in Conversation.names()} == {
        "bicycle-website": State.ACCEPTED,
        "dairy-website": State.CLOSED,
        "joinery-website": State.COUNTER_PROPOSED,
        "linen-website": State.AGREED,
        "loom-handles": State.DISPUTED,
        "loom-wheel": State.IN_PROGRESS,
        "photographs-of-linen": State.ENQUIRY,
    }
    assert all(Conversation(name).load(people.cast()) is None for name in Conversation.names())


def test_what_happened_lies_in_the_past_in_its_order_and_nothing_times_out_today(played):
    now = timezone.now()
    for deal in Deal.objects.all():
        days = [step.at for step in deal.steps.all()]
        assert days == sorted(days)
        assert deal.created_at == days[0]
        assert days[-1] == deal.state_since
        assert deal.due_at is None or deal.due_at > now
        assert all(message.sent_at < now for message in deal.messages.all())
        assert deal.messages.values("language").distinct().count() == min(2, len(days))
    assert not Agreement.objects.filter(made_at__gt=now - datetime.timedelta(hours=12)).exists()
    assert not Acceptance.objects.filter(accepted_at__gt=now).exists()


def test_the_website_was_agreed_by_both_sides_in_latvian_and_lithuanian(played):
    agreement = Conversation("linen-website").deal.agreements.order_by("number").last()
    assert agreement.languages == ["lv", "lt"]
    assert {one.side for one in agreement.signatures.all()} == {"provider", "client"}
    assert Conversation("linen-website").deal.window.taken == 1


def test_reviews_are_shown_where_both_sides_have_written(played):
    shown = {
        name: [review.is_shown() for review in Conversation(name).deal.reviews.all()]
        for name in ("dairy-website", "bicycle-website")
    }
    assert shown == {"dairy-website": [True, True], "bicycle-website": [False]}
    assert Conversation("dairy-website").deal.story_of_deal.language == "lv"


def test_nobody_gets_mail_about_what_is_long_past(played):
    told = OutboxEntry.objects.filter(kind="deals.tell").values_list("payload", flat=True)
    last = {deal.steps.order_by("-number").first().pk for deal in Deal.objects.all()}
    assert {payload["step_id"] for payload in told} == last


def test_the_file_of_each_agreement_is_promised_once_as_it_looks_now(played):
    wanted = [
        (documents.name_of(one), documents.version_of(one)) for one in Agreement.objects.whole()
    ]
    promised = OutboxEntry.objects.filter(kind="core.document", payload__name__startswith="agree")
    assert sorted(wanted) == sorted(
        (entry.payload["name"], entry.payload["version"]) for entry in promised
    )


def test_accounts_of_organisations_see_their_own_deals(played):
    counts = {
        name: Deal.objects.visible_to(members.member(name)).count() for name in members.MEMBERS
    }
    assert counts["school"] == 5
    assert counts["company"] == 4
    assert counts["partner"] == 5
