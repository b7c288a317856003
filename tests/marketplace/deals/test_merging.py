"""Two records that have deals with each other become one."""

import pytest
from django.urls import reverse

from marketplace.deals import moves
from marketplace.deals.models import Deal
from marketplace.deals.states import Side
from marketplace.models import Review
from marketplace.reviews import services as reviews
from organisations.merging import merge
from organisations.services import Refused
from tests.factories.accounts import UserFactory
from tests.factories.deals import DealFactory

pytestmark = pytest.mark.django_db
REVIEW = {"rating": 5, "on_time": True, "would_again": True, "text": "Good.", "language": "lv"}


def test_the_two_sides_of_a_deal_become_one_only_when_it_is_over():
    deal = DealFactory(state="accepted", people=True, title="Twelve stools")
    for person in (deal.client_user, deal.provider_user):
        reviews.write(deal, person, REVIEW)
    desk = UserFactory(is_superuser=True)
    with pytest.raises(Refused, match="Twelve stools"):
        merge(deal.provider, deal.client, desk)
    deal.provider.refresh_from_db()
    assert deal.provider.merged_into is None
    assert Review.objects.shown().count() == 2
    moves.perform(deal, "close", deal.client_user)
    keep = merge(deal.provider, deal.client, desk)
    assert not Review.objects.shown().exists()
    assert not reviews.can_write(Deal.objects.get(pk=deal.pk), Side.CLIENT)
    assert list(Deal.objects.of_organisation(keep)) == [deal]


def test_the_screen_of_the_desk_says_which_deal_has_to_end_first(client):
    deal = DealFactory(title="Twelve stools", client__country="LV")
    client.force_login(UserFactory(is_superuser=True))
    path = reverse("organisation:merge", args=[deal.provider.pk])
    sent = {"other": deal.client.pk, "keep": "this", "compared": "on"}
    assert "Twelve stools" in client.post(path, sent).content.decode()
    deal.client.refresh_from_db()
    assert deal.client.merged_into is None
