"""Whose text it is: reviewers of a section or a country, and members of organisations."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import Role, RoleAssignment
from editorial import permissions, publishing, services
from editorial.addresses import timeline_url
from editorial.models import FourEyesTaskState
from editorial.refusals import NotYours
from organisations.models import Membership, OrganisationPage
from tests.editorial.conftest import fresh
from tests.factories.accounts import person
from tests.factories.organisations import OrganisationIndexPageFactory, OrganisationPageFactory

HOME = reverse("wagtailadmin_home")


def text(response) -> str:
    return response.content.decode()


def scoped(role="reviewer", language="en", **scope):
    """A person with a role for a section, a country or both."""
    user = person(role, language)
    user.roles.update(**scope)
    return user


class TestReviewers:
    def test_of_the_section_or_country_see_and_decide_and_others_do_not(
        self, signed_in, people, submitted
    ):
        state = services.held_state(submitted)
        assert (state.section, state.country) == ("stories", submitted.country)
        url = reverse("editorial_review", args=[state.pk])
        inside = [
            scoped(section="stories"),
            scoped(country=submitted.country),
            scoped(section="stories", country=submitted.country),
        ]
        outside = [
            scoped(section="methods"),
            scoped(country="IS"),
            scoped(section="methods", country=submitted.country),
            scoped(section="stories", language="fi"),
            scoped("approver", section="stories"),
        ]
        for user in inside:
            assert submitted.title in text(signed_in(user).get(HOME))
            assert "Approve and publish" in text(signed_in(user).get(url))
            assert submitted.title in text(signed_in(user).get(timeline_url(submitted)))
        for user in outside:
            assert submitted.title not in text(signed_in(user).get(HOME))
            assert signed_in(user).get(url).status_code == 302
            with pytest.raises(NotYours):
                services.approve(submitted, user)
        for user in outside[:-1]:  # the last works in the language too, on translations
            assert submitted.title not in text(signed_in(user).get(timeline_url(submitted)))
        asked = set(permissions.deciders(submitted, state))
        assert asked == {people["reviewer"], *inside}
        services.approve(submitted, inside[2])
        assert fresh(submitted).live

    def test_take_off_only_what_is_in_their_scope(self, people, public):
        for user in (scoped(section="methods"), scoped(country="IS")):
            with pytest.raises(NotYours):
                publishing.withdraw(public, user, "Wrong.")
        publishing.withdraw(public, scoped(section="stories"), "It names a learner.")
        assert not fresh(public).live

    def test_several_scopes_add_up(self, people, submitted):
        user = scoped(section="methods")
        waiting = FourEyesTaskState.objects.waiting_for
        assert not waiting(user).exists()
        RoleAssignment.objects.create(
            user=user, role=Role.REVIEWER, language="en", section="stories"
        )
        assert waiting(user).count() == 1

    def test_approvers_have_scopes_too(self, people, translated):
        services.submit(translated, people["translator"])
        with pytest.raises(NotYours):
            services.approve(translated, scoped("approver", "fi", section="methods"))
        services.approve(translated, scoped("approver", "fi", section="stories"))
        assert fresh(translated).live

    def test_find_elsewhere_only_what_is_for_the_whole_language(self, signed_in, people, submitted):
        user = scoped(section="stories")
        for name in ("editorial_coming", "mistakes:index"):
            assert signed_in(user).get(reverse(name)).status_code == 302, name
            assert signed_in(people["reviewer"]).get(reverse(name)).status_code == 200, name


class TestRolesForm:
    def send(self, client, user, **changed):
        data = {"user": user.pk, "role": "reviewer", "language": "en", "section": "", "country": ""}
        return client.post(reverse("roles:add"), data | changed)

    def test_operators_set_a_section_and_a_country(self, signed_in, people):
        client, user = signed_in(people["admin"]), person()
        assert "Section" in text(client.get(reverse("roles:add")))
        for _click in range(2):
            self.send(client, user, section="stories", country="FI")
        self.send(client, user, section="methods")
        held = user.roles.order_by("section").values_list("section", "country")
        assert list(held) == [("methods", ""), ("stories", "FI")]
        assert "Finland" in text(client.get(reverse("roles:index")))

    def test_refuses_what_makes_no_scope(self, signed_in, people):
        client, user = signed_in(people["admin"]), person()
        for wrong in (
            {"role": "editor", "section": "stories"},
            {"role": "translator", "country": "FI"},
            {"section": "nonsense"},
            {"country": "ZZ"},
        ):
            answer = self.send(client, user, **wrong)
            assert answer.status_code == 200
            assert "w-field__errors" in text(answer) or "Only reviewers" in text(answer), wrong
        assert not user.roles.exists()
        with pytest.raises(IntegrityError), transaction.atomic():
            RoleAssignment.objects.create(
                user=user, role=Role.EDITOR, language="en", section="stories"
            )


class TestOrganisations:
    def test_its_owners_and_editors_write_what_belongs_to_it(self, people, site):
        index = OrganisationIndexPageFactory(parent=site["en"])
        profile, other = (OrganisationPageFactory(parent=index, live=False) for _one in "ab")
        members = {role: person() for role in ("owner", "editor", "contact")}
        for role, user in members.items():
            Membership.objects.create(organisation=profile.organisation, user=user, role=role)
        for role, user in members.items():
            assert permissions.can_submit(user, profile) == (role != "contact")
            assert not permissions.can_submit(user, other)
            assert not permissions.can_edit(user, profile)  # they write on the public site
            with pytest.raises(PermissionDenied):
                services.submit(other, user)
        profile.save_revision(user=members["editor"])
        services.submit(profile, members["editor"])
        state = services.held_state(profile)
        assert state.country == profile.organisation.country
        services.approve(profile, scoped(country=profile.organisation.country))
        assert OrganisationPage.objects.get(pk=profile.pk).live
