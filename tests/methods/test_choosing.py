"""Which method comes first, and why."""

import pytest

from methods.choosing import Answers, Traits, rank, reasons


def traits(number: int, **changes) -> Traits:
    values = {
        "hours": {"school": 20, "company": 8},
        "learners": (8, 24),
        "experience": "once",
        "motives": {"school": ("real_work",), "company": ("recruit",)},
    }
    return Traits(number, **{**values, **changes})


def test_without_answers_methods_stand_in_their_order_without_reasons():
    choices = rank([traits(3), traits(1), traits(2)], Answers())
    assert [choice.number for choice in choices] == [1, 2, 3]
    assert all(choice.reasons == () for choice in choices)


@pytest.mark.parametrize(
    ("hours", "learners", "experience", "against"),
    [
        (20, 8, "once", []),
        (20, 24, "regular", []),
        (19, 8, "once", ["hours"]),
        (20, 7, "once", ["learners"]),
        (20, 25, "once", ["learners"]),
        (20, 8, "none", ["experience"]),
    ],
)
def test_limits_of_what_fits(hours, learners, experience, against):
    answers = Answers("school", (), hours, learners, experience)
    found = [reason.about for reason in reasons(traits(1), answers) if not reason.fits]
    assert found == against


def test_each_side_is_asked_about_its_own_hours_and_motives():
    answers = Answers("company", ("recruit",), hours=8)
    assert all(reason.fits for reason in reasons(traits(1), answers))
    assert not reasons(traits(1), Answers("school", ("recruit",), hours=8))[0].fits


def test_what_fits_more_comes_first_and_nothing_is_hidden():
    answers = Answers("school", ("real_work",), hours=10)
    choices = rank([traits(1), traits(2, hours={"school": 9, "company": 1})], answers)
    assert [choice.number for choice in choices] == [2, 1]
    assert [reason.fits for reason in choices[1].reasons] == [True, False]
