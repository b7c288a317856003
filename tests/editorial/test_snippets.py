"""Navigation and footer are reviewed like pages."""

import pytest
from django.urls import reverse

from accounts.models import Role, RoleAssignment
from editorial import conflicts, services
from editorial.publishing import publish_by_rule
from editorial.refusals import NotYours
from home.models import LanguageSettings
from tests.factories.accounts import person
from tests.factories.home import LanguageSettingsFactory


@pytest.fixture
def settings_row(people):
    row = LanguageSettingsFactory(live=False)
    row.save_revision()
    publish_by_rule(row, "shipped")
    return LanguageSettings.objects.get()


def change_note(row, user, note):
    row = LanguageSettings.objects.get(pk=row.pk)
    row.licence_note = note
    row.save_revision(user=user)


def address(row, name="edit"):
    return reverse(row.snippet_viewset.get_url_name(name), args=[row.pk])


def form(note, **extra):
    streams = {f"{name}-count": 0 for name in ("navigation", "footer", "funding")}
    return {"licence_note": note, **streams, **extra}


def note() -> str:
    return LanguageSettings.objects.get().licence_note


def test_second_person_publishes_the_change(people, settings_row):
    change_note(settings_row, people["editor"], "Free to reuse.")
    services.submit(settings_row, people["editor"])
    RoleAssignment.objects.create(user=people["editor"], role=Role.REVIEWER, language="en")
    with pytest.raises(NotYours):
        services.approve(settings_row, people["editor"])
    services.approve(settings_row, people["reviewer"])
    assert note() == "Free to reuse."


def test_who_may_not_change_it_cannot_submit_it(people, settings_row):
    with pytest.raises(NotYours):
        services.submit(settings_row, people["translator"])


@pytest.mark.parametrize("who", ["admin", "editor"])
def test_publishing_saves_a_draft(signed_in, people, settings_row, who):
    signed_in(people[who]).post(
        address(settings_row), form("Around.", **{"action-publish": "1"}), follow=True
    )
    assert note() == ""
    assert LanguageSettings.objects.get().latest_revision.content["licence_note"] == "Around."


def test_submitted_through_the_form_and_locked(signed_in, people, settings_row):
    client = signed_in(people["editor"])
    data = form("Free to reuse.", **{"action-submit": "1"})
    client.post(address(settings_row), data)
    assert services.held_state(settings_row)
    again = client.post(address(settings_row), data, follow=True)
    assert "submitted once" in again.content.decode()
    client.post(address(settings_row), form("Sneaked in."))
    row = LanguageSettings.objects.get()
    assert row.latest_revision.content["licence_note"] == "Free to reuse."
    page = client.get(address(settings_row)).content.decode()
    assert "Take back from review" in page


def test_second_of_two_is_told_and_loses_nothing(signed_in, people, settings_row):
    loaded = settings_row.latest_revision
    late = form(
        "By the editor.",
        loaded_revision_id=loaded.pk,
        loaded_revision_created_at=loaded.created_at.isoformat(),
    )
    change_note(settings_row, people["admin"], "By the operator.")
    client = signed_in(people["editor"])
    for action in ({}, {"action-submit": "1"}):
        page = client.post(address(settings_row), late | action).content.decode()
        assert "Admin has saved a newer version" in page
        assert "By the editor." in page
        stored = LanguageSettings.objects.get()
        assert stored.latest_revision.content["licence_note"] == "By the operator."
        assert not stored.workflow_in_progress
    client.post(address(settings_row), late | {conflicts.CONFIRMED: "yes"})
    stored = LanguageSettings.objects.get()
    assert stored.latest_revision.content["licence_note"] == "By the editor."


def test_review_screen_shows_the_change(signed_in, people, settings_row):
    change_note(settings_row, people["editor"], "Free to reuse.")
    services.submit(settings_row, people["editor"])
    url = reverse("editorial_review", args=[services.held_state(settings_row).pk])
    client = signed_in(people["reviewer"])
    assert "Free to reuse." in client.get(url).content.decode()
    client.post(url, {"decision": "approve"})
    assert note() == "Free to reuse."


def test_comment_of_a_return_stands_at_it(signed_in, people, settings_row):
    change_note(settings_row, people["editor"], "Free.")
    services.submit(settings_row, people["editor"])
    services.return_(settings_row, people["reviewer"], "Say under which licence.")
    page = signed_in(people["editor"]).get(address(settings_row)).content.decode()
    assert "Say under which licence." in page


def test_of_another_language_is_neither_read_nor_changed(people, settings_row, signed_in):
    stranger, own = signed_in(person("editor", "fi")), form("Around.")
    for name in ("edit", "history", "usage"):
        assert stranger.get(address(settings_row, name)).status_code == 404
    assert stranger.post(address(settings_row), own).status_code == 404
    assert settings_row.revisions.count() == 1
    assert signed_in(people["editor"]).get(address(settings_row)).status_code == 200
