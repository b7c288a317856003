"""Roles: one table, groups derived from it, e-mail as the name to sign in with."""

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Role, RoleAssignment, User
from accounts.permissions import has_role, holders, languages_of
from accounts.services import assign, ensure_group
from tests.factories.accounts import person

pytestmark = pytest.mark.django_db


def test_groups_follow_the_table(site):
    user = person("editor", "fi", "lv")
    assert set(user.groups.values_list("name", flat=True)) == {"Editors (fi)", "Editors (lv)"}
    RoleAssignment.objects.get(user=user, language="fi").delete()
    assert set(user.groups.values_list("name", flat=True)) == {"Editors (lv)"}


def test_a_role_is_held_for_its_language_alone(site):
    reviewer = person("reviewer", "fi")
    assert has_role(reviewer, Role.REVIEWER, "fi")
    assert not has_role(reviewer, Role.REVIEWER, "lv")
    assert not has_role(reviewer, Role.APPROVER, "fi")
    assert list(holders(Role.REVIEWER, "fi")) == [reviewer]


def test_roles_are_read_once_and_again_after_a_change(site, django_assert_num_queries):
    user = User.objects.get(pk=person("editor", "fi", "lv").pk)
    with django_assert_num_queries(1):
        assert languages_of(user, Role.EDITOR) == ["fi", "lv"]
        assert has_role(user, Role.EDITOR, "lv")
    assign(user, Role.REVIEWER, "fi")
    assert has_role(user, Role.REVIEWER, "fi")
    user.roles.filter(language="fi").delete()
    user.refresh_from_db()
    assert languages_of(user, Role.EDITOR) == ["lv"]
    assert not has_role(user, Role.REVIEWER, "fi")


def test_who_left_holds_nothing(site):
    reviewer = person("reviewer", "fi", is_active=False)
    assert not has_role(reviewer, Role.REVIEWER, "fi")
    assert not holders(Role.REVIEWER, "fi").exists()


def test_assigning_twice_is_harmless(site):
    user = person()
    assert assign(user, Role.EDITOR, "fi") == assign(user, Role.EDITOR, "fi")
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleAssignment.objects.create(user=user, role=Role.EDITOR, language="fi")


def test_no_group_may_publish(site):
    for role in Role:
        group = ensure_group(role, "fi", site["fi"])
        codes = group.page_permissions.values_list("permission__codename", flat=True)
        assert not {"publish_page", "unlock_page", "bulk_delete_page"} & set(codes)


def test_one_account_per_address_whatever_the_case(site):
    User.objects.create_user("Name@Example.org", "secret")
    assert User.objects.get().email == "name@example.org"
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user("NAME@example.org", "secret")


def test_editor_signs_in_with_the_address_in_any_case(client, site):
    person("editor", "en", email="editor@example.org")
    response = client.post(
        "/en/account/login/", {"login": "Editor@Example.org", "password": "secret"}, follow=True
    )
    assert response.context["user"].is_authenticated
