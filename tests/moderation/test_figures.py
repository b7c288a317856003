"""What was reported and decided is told by year, never a number under five."""

import re
from dataclasses import replace
from uuid import uuid4

import pytest

from moderation import services
from moderation.links import Party
from tests.moderation.sending import decide, notice

pytestmark = pytest.mark.django_db


def report(thing, number: int, by=None, **decision):
    for _one in range(number):
        case = notice(replace(thing, key=f"{uuid4()}/fi")).case
        if by:
            decide(case, by, **decision)


def cells(client) -> list[str]:
    table = client.get("/en/report/figures/").content.decode().split("<tbody>")[1]
    return re.findall(r"<td[^>]*>([^<]*)</td>", table)


def test_says_that_nothing_was_reported_yet(client, site):
    page = client.get("/en/report/figures/").content.decode()
    assert "Nothing was reported yet." in page
    assert "<table" not in page


def test_hides_small_numbers_and_those_that_would_tell_them(client, thing, moderators):
    report(thing, 12, moderators[0], action="none", ground="", rule="")
    report(thing, 6, moderators[0], action="change")
    report(thing, 2, moderators[0], action="change")
    report(thing, 1)
    assert cells(client) == ["21", "20", "12", "8", "0", "0", "0"]
    case = notice(replace(thing, key=f"{uuid4()}/fi")).case
    case.authors.clear()
    decide(case, moderators[0], action="none", ground="", rule="")
    services.appeal(uuid4(), Party(case, notice=case.notices.get()), "lt", "Žiūrėkite.")
    assert cells(client) == ["22", "21", "13", "8", "0", "0", "0"]
    decide(case, moderators[1], action="none", ground="", rule="")
    assert cells(client) == ["22", "21", "13", "8", "0", "0", "–"]
