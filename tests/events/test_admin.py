"""Registrations and totals in the admin: for the organisers' editors, and nobody else."""

import csv

import pytest

from events.models import Registration
from tests.factories.accounts import person
from tests.factories.events import RegistrationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(add):
    event = add(slug="was", past=True, attendance=12)
    add("fi", slug="oli", past=True, attendance=12, translation_key=event.translation_key)
    RegistrationFactory(key=event.translation_key, name="=Guest()", organisation="Saw mill")
    RegistrationFactory(
        key=event.translation_key, audience="learner", name="Real Name", email="l@example.org"
    )
    return event


def rows(response) -> list[list[str]]:
    return list(csv.reader(response.content.decode("utf-8-sig").splitlines()))


def test_only_the_organisers_editors_see_who_is_registered(client, event):
    paths = [f"/admin/events/{event.translation_key}/{end}" for end in ("", "list.csv")]
    for role, language, expected in (
        ("editor", "en", 200),
        ("editor", "fi", 404),
        ("reviewer", "en", 404),
    ):
        client.force_login(person(role, language))
        assert [client.get(path).status_code for path in paths] == [expected] * 2
        shown = "/admin/events/" in client.get("/admin/").content.decode()
        assert shown == (role == "editor")
    client.logout()
    assert [client.get(path).status_code for path in paths] == [302, 302]


def test_organiser_ticks_off_who_came_and_never_meets_a_learners_name(client, event):
    client.force_login(person("editor", "en"))
    path = f"/admin/events/{event.translation_key}/"
    guest = Registration.objects.get(audience="company")
    html = client.get(path).content.decode()
    assert "Saw mill" in html
    assert "Learner 1" in html
    assert "Real Name" not in html
    assert "l@example.org" not in html
    client.post(path, {f"came-{guest.pk}": "yes", "came-999999": "yes", "came-x": "no"})
    client.post(path, {})
    guest.refresh_from_db()
    assert guest.attended is True
    table = rows(client.get(path + "list.csv"))
    assert table[1][0] == "'=Guest()"
    assert table[1][-1] == "Came"
    assert "Real Name" not in str(table)


def test_totals_count_each_event_once_per_year_and_audience(client, event, add):
    Registration.objects.filter(audience="company").update(attended=True)
    add(past=True, audience=["learner"], attendance=30)
    client.force_login(person("reviewer", "en"))
    assert client.get("/admin/events/totals.csv").status_code == 302  # no right: to the dashboard
    client.force_login(person("editor", "fi"))
    table = rows(client.get("/admin/events/totals.csv"))
    assert table[1] == ["2025", "All", "2", "2", "1", "42"]
    assert table[2][2:] == ["1", "0", "0", ""]  # schools
    assert table[3][2:] == ["1", "1", "1", ""]  # companies
    assert table[4][2:] == ["1", "1", "0", ""]  # learners
    assert client.get("/admin/events/").status_code == 200
