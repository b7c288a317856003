import uuid
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, transaction

from marketplace.listings.capacity import (
    CapacityPlace,
    CapacityWindow,
    NoPlaceLeft,
    give_back,
    take,
)
from tests.factories.marketplace import CapacityWindowFactory
from tests.services import at_once

pytestmark = pytest.mark.django_db


def deal():
    return SimpleNamespace(key=uuid.uuid4())


def taken(window) -> int:
    return CapacityWindow.objects.get(pk=window.pk).taken


def test_places_are_taken_until_none_is_left_and_a_place_given_back_can_be_taken_again():
    window = CapacityWindowFactory(places=2)
    first, second, third = deal(), deal(), deal()
    take(window, first)
    take(window, second)
    with pytest.raises(NoPlaceLeft):
        take(window, third)
    assert taken(window) == 2
    give_back(first)
    take(window, third)
    assert taken(window) == 2


def test_a_deal_takes_a_place_once_and_gives_back_only_its_own():
    window, one = CapacityWindowFactory(places=2), deal()
    take(window, one)
    take(window, one)
    assert taken(window) == 1
    give_back(deal())
    assert taken(window) == 1
    give_back(one)
    give_back(one)
    assert taken(window) == 0


def test_a_deal_that_moves_to_another_window_gives_back_the_place_in_the_first():
    early, late, one = CapacityWindowFactory(), CapacityWindowFactory(), deal()
    take(early, one)
    take(late, one)
    assert (taken(early), taken(late)) == (0, 1)


def test_a_window_that_was_deleted_has_no_place():
    window = CapacityWindowFactory()
    CapacityWindow.objects.all().delete()
    with pytest.raises(NoPlaceLeft):
        take(window, deal())


@pytest.mark.parametrize("wrong", [{"taken": 3}, {"places": 0}, {"ends": "2020-01-01"}])
def test_the_database_refuses_windows_that_cannot_be(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        CapacityWindowFactory(**wrong)


@pytest.mark.needs_postgresql
@pytest.mark.django_db(transaction=True)
def test_of_many_deals_at_once_each_place_goes_to_one_and_each_gets_a_true_answer():
    window, answers = CapacityWindowFactory(places=3), []

    def try_to_take() -> None:
        try:
            take(window, deal())
        except NoPlaceLeft:
            answers.append("none")
        else:
            answers.append("taken")

    at_once(*[try_to_take] * 12)
    assert sorted(answers) == ["none"] * 9 + ["taken"] * 3
    assert taken(window) == 3 == CapacityPlace.objects.count()
