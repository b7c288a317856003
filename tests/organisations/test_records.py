"""The record: names, postal codes, roles, verification, history, merging."""

import datetime
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import ModelLogEntry

from accounts.services import invitation_accepted
from organisations import services
from organisations.changes import changes
from organisations.merging import merge
from organisations.models import Membership, Organisation, Verification
from tests.factories.accounts import UserFactory
from tests.factories.organisations import (
    MembershipFactory,
    NetworkMembershipFactory,
    OrganisationFactory,
    VerificationFactory,
)

pytestmark = pytest.mark.django_db


def test_a_name_is_taken_once_in_a_country_whatever_its_case_and_spaces():
    OrganisationFactory(name="Ķekava Õpikoda", place="Ķekava")
    with pytest.raises(ValidationError) as refused:
        OrganisationFactory.build(name="  ķekava  ÕPIKODA ").full_clean()
    assert refused.value.message_dict["name"] == [
        "“Ķekava Õpikoda” in Ķekava is registered already."
    ]
    with pytest.raises(IntegrityError), transaction.atomic():
        OrganisationFactory(name="ĶEKAVA ÕPIKODA")
    OrganisationFactory(name="Ķekava Õpikoda", country="LT", postal_code="")


def test_narrow_fields_lie_in_the_chosen_fields():
    record = OrganisationFactory.build(fields=["07"], narrow_fields=["072", "101"])
    with pytest.raises(ValidationError) as refused:
        record.full_clean()
    assert refused.value.message_dict == {
        "narrow_fields": ["Not within a chosen field of education: Personal services."]
    }
    record.fields = ["07", "10"]
    record.full_clean()


@pytest.mark.parametrize(
    "country, code, written, region",
    [
        ("LV", "lv5001", "LV-5001", "LV00C"),
        ("GR", "104 31", "10431", "EL30"),
        ("DE", "10115", "10115", "DE30"),
        ("NO", "0150", "0150", ""),
        ("GB", "SW1A 1AA", "SW1A 1AA", ""),
    ],
)
def test_the_postal_code_tells_the_region(country, code, written, region):
    record = OrganisationFactory.build(country=country, postal_code=code)
    record.full_clean()
    record.save()
    assert (record.postal_code, record.region) == (written, region)


@pytest.mark.parametrize("country, code", [("FI", "99998"), ("LV", "12"), ("EE", "<b>")])
def test_a_postal_code_that_does_not_exist_is_refused_at_the_field(country, code):
    with pytest.raises(ValidationError) as refused:
        OrganisationFactory.build(country=country, postal_code=code).full_clean()
    assert list(refused.value.message_dict) == ["postal_code"]


def test_size_follows_from_staff():
    assert OrganisationFactory.build(staff=9).size == "micro"
    assert OrganisationFactory.build(staff=None).size == ""


def test_one_owner_stays():
    owner = MembershipFactory()
    with pytest.raises(services.Refused):
        services.leave(owner)
    with pytest.raises(services.Refused):
        services.change_role(owner, "editor")
    other = MembershipFactory(organisation=owner.organisation)
    services.leave(owner)
    assert list(Membership.objects.all()) == [other]


def test_who_accepts_an_invitation_is_a_member():
    record, person = OrganisationFactory(), UserFactory()
    for purpose in ("organisation:x:owner", f"organisation:{record.pk}:king", "story:1:owner", ""):
        assert services.accepted(person, purpose) is None
    invitation = SimpleNamespace(purpose=f"organisation:{record.pk}:editor")
    invitation_accepted.send(None, invitation=invitation, user=person)
    assert record.memberships.get(user=person).role == "editor"


def test_a_desk_verifies_others_and_nobody_their_own(school):
    def check():
        return Verification(
            organisation=school.record,
            checked=["register"],
            desk="National desk",
            on=datetime.date(2026, 5, 12),
        )

    assert services.verify(check(), school.desk).by == school.desk
    MembershipFactory(organisation=school.record, user=school.desk, role="contact")
    for person in (school.desk, school.owner, school.stranger):
        with pytest.raises(services.Refused):
            services.verify(check(), person)


def test_a_verification_holds_until_it_ends_or_is_withdrawn(school):
    VerificationFactory(organisation=school.record, valid_until=datetime.date(2026, 5, 13))
    assert not Verification.objects.current()
    held = VerificationFactory(organisation=school.record)
    assert Organisation.objects.with_verification().get(pk=school.record.pk).is_verified
    services.withdraw(held, "It has moved.", school.desk)
    assert not Verification.objects.current()
    with pytest.raises(services.Refused):
        services.withdraw(held, "Again.", school.desk)


def test_history_tells_who_changed_which_field_from_what_to_what(school):
    services.change(school.record, school.record.version, {"place": "Jelgava", "kind": "company"})
    said = {
        one.field: (one.before, one.after)
        for change in changes(school.record)
        for one in change.differences
        if change.what == "Organisation: Changed"
    }
    assert said["Town"] == ("Ogre", "Jelgava")
    assert said["Kind of organisation"] == ("School or training centre", "Company")


def test_merging_moves_everything_and_loses_nothing(school, add, client):
    keep, other = school.record, OrganisationFactory(name="Ogre Woodschool")
    stays, goes = add(organisation=keep, slug="stays"), add(organisation=other, slug="goes")
    MembershipFactory(organisation=other, user=school.editor, role="owner")
    MembershipFactory(organisation=other, user=school.stranger, role="contact")
    NetworkMembershipFactory(member=other)
    merge(keep, other, school.desk)
    roles = dict(keep.memberships.values_list("user", "role"))
    assert (roles[school.editor.pk], roles[school.stranger.pk]) == ("owner", "contact")
    assert (keep.networks.count(), other.networks.count()) == (1, 0)
    assert not other.memberships.exists()
    other.refresh_from_db()
    assert other.merged_into == keep
    answer = client.get("/en/organisations/goes/", follow=True)
    assert answer.redirect_chain == [("/en/organisations/stays/", 301)]
    assert Redirect.objects.get().redirect_page_id == stays.pk
    goes.refresh_from_db()
    assert not goes.live
    assert ModelLogEntry.objects.get(action="organisations.merge").data["other"] == other.pk
    OrganisationFactory(name="Ogre Woodschool")  # the name is free again
    with pytest.raises(services.Refused):
        merge(other, keep, school.desk)


def test_merging_into_a_record_without_a_profile_moves_the_profile(school, add):
    page = add(slug="moves")
    merge(school.record, page.organisation, school.desk)
    page.refresh_from_db()
    assert (page.organisation, page.live) == (school.record, True)


def test_a_verification_stays_with_the_record_that_was_checked(school):
    check = VerificationFactory(organisation=(other := OrganisationFactory()))
    merge(school.record, other, school.desk)
    check.refresh_from_db()
    assert check.organisation == other
    assert not Organisation.objects.with_verification().get(pk=school.record.pk).is_verified


@pytest.mark.parametrize("own", ["keep", "other"])
def test_nobody_merges_an_organisation_of_their_own(school, own):
    pair = {"keep": school.record, "other": OrganisationFactory()}
    membership = MembershipFactory(organisation=pair[own], user=school.desk, role="contact")
    for person in (school.desk, school.stranger):
        with pytest.raises(services.Refused):
            merge(**pair, by=person)
    membership.delete()
    assert merge(**pair, by=school.desk) == pair["keep"]


def test_merging_that_fails_leaves_both_as_they_were(school, add, monkeypatch):
    other = MembershipFactory().organisation
    monkeypatch.setattr("organisations.merging.move_pages", lambda *args: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        merge(school.record, other, school.desk)
    other.refresh_from_db()
    assert other.merged_into is None
    assert other.memberships.count() == 1
