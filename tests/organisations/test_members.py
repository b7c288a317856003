"""Members work on their organisation on the public site; strangers find nothing there."""

from urllib.parse import urlencode

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Invitation
from organisations import services
from organisations.forms import FIELDS
from organisations.models import Membership, Organisation, OrganisationPage
from tests.factories.organisations import (
    MembershipFactory,
    OrganisationFactory,
    VerificationFactory,
)

pytestmark = pytest.mark.django_db
VALUES = {
    "name": "Saw and Sons",
    "kind": "company",
    "staff": "12",
    "country": "FI",
    "postal_code": "20100",
    "place": "Turku",
    "fields": ["07"],
    "sector": "NACE2.1:C",
    "languages": ["fi"],
    "website": "https://example.org/",
    "contact_email": "office@example.org",
    "sentence": "It builds stairs.",
}


@pytest.fixture(autouse=True)
def invitations(monkeypatch):
    """What the accounts were asked to send, in the place of sending it."""
    sent = []
    monkeypatch.setattr(
        "accounts.services.invite", lambda *args, **kwargs: sent.append((args, kwargs))
    )
    return sent


def at(name: str, school, *args) -> str:
    return reverse(f"organisations:{name}", args=[school.record.key, *args])


def member(school, role: str) -> Membership:
    return school.record.memberships.get(user=getattr(school, role))


def test_a_person_registers_an_organisation_and_owns_it(client, school, sections):
    client.force_login(school.stranger)
    answer = client.post("/fi/account/organisations/new/", VALUES, follow=True)
    assert answer.status_code == 200
    record = Organisation.objects.get(name="Saw and Sons")
    assert (record.region, record.size) == ("FI1C", "small")
    assert record.memberships.get().user == school.stranger
    page = OrganisationPage.objects.get(organisation=record)
    assert (page.live, page.locale.language_code) == (False, "fi")
    assert client.get("/fi/organisations/").context["rows"] == []


@pytest.mark.parametrize(
    "asked, inside",
    [
        ("/fi/services/ask/1/?a=b&c=d", True),
        ("https://example.org/", False),
        ("//example.org/", False),
        ("/\\\\example.org/", False),
        ("javascript:alert(1)", False),
        ("abc", False),
        ("account_profile", False),
    ],
)
def test_who_registers_on_the_way_goes_on_where_they_were_inside_the_portal(
    client, school, sections, asked, inside
):
    client.force_login(school.stranger)
    url = f"/fi/account/organisations/new/?{urlencode({'next': asked})}"
    assert (
        client.post(url, VALUES | {"name": ""}).status_code == 422
    )  # the address of the form stays
    record = client.post(url, VALUES).url
    key = school.stranger.memberships.get().organisation.key
    assert record == (asked if inside else f"/fi/account/organisations/{key}/")


@pytest.mark.parametrize("name", ["!!!", "日本学校", "Ąžuolas & Co.", "<b>" * 50])
def test_any_name_can_be_registered(client, school, sections, name):
    client.force_login(school.stranger)
    for country, code in (("FI", "20100"), ("LV", "LV-5001")):
        sent = VALUES | {"name": name, "country": country, "postal_code": code}
        assert client.post("/fi/account/organisations/new/", sent).status_code == 302
    slugs = OrganisationPage.objects.filter(title=name).values_list("slug", flat=True)
    assert len(set(filter(None, slugs))) == 2


@pytest.mark.parametrize(
    "field, value",
    [
        ("name", "OGRE  wood school"),
        ("name", "x" * 151),
        ("postal_code", "99998"),
        ("country", "ZZ"),
        ("fields", ["77"]),
        ("staff", "-1"),
        ("staff", "9" * 30),
        ("website", "javascript:alert(1)"),
        ("website", "ftp://example.org/"),
        ("contact_email", "nobody"),
        ("sentence", "x" * 221),
    ],
)
def test_a_wrong_value_is_told_at_its_field_and_what_was_typed_stays(client, school, field, value):
    country = {"country": "LV", "postal_code": ""} if field == "name" else {}
    client.force_login(school.stranger)
    answer = client.post(
        "/en/account/organisations/new/", VALUES | country | {"place": "<b>", field: value}
    )
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert "&lt;b&gt;" in answer.content.decode()
    assert Organisation.objects.count() == 1


def test_who_may_see_and_change_what(client, school, invitations):
    record = school.record
    other = member(school, "editor")
    allowed = {
        "owner": (200, 200, 302, 302),
        "editor": (200, 200, 404, 404),
        "contact": (200, 404, 404, 404),
        "stranger": (404, 404, 404, 404),
        "desk": (200, 404, 404, 404),
    }
    for role, expected in allowed.items():
        client.force_login(getattr(school, role))
        found = (
            client.get(at("record", school)).status_code,
            client.get(at("edit", school)).status_code,
            client.post(
                at("invite", school), {"email": "new@example.org", "role": "contact"}
            ).status_code,
            client.post(at("change_member", school, other.pk), {"role": "editor"}).status_code,
        )
        assert (role, found) == (role, expected)
    (((email, language, by), words),) = invitations
    assert (email, language, by) == ("new@example.org", "en", school.owner)
    assert words["purpose"] == f"organisation:{record.pk}:contact"
    client.logout()
    for name in ("record", "edit"):
        assert client.get(at(name, school)).status_code == 302


def test_a_merged_record_is_gone_for_its_members(client, school):
    OrganisationFactory()
    school.record.merged_into = OrganisationFactory()
    school.record.save()
    client.force_login(school.owner)
    assert client.get(at("record", school)).status_code == 404
    assert school.record.name not in client.get("/en/account/organisations/").content.decode()


def test_members_are_invited_once_changed_and_taken_out(client, school, invitations):
    client.force_login(school.owner)
    answer = client.post(at("invite", school), {"email": school.editor.email, "role": "owner"})
    assert answer.status_code == 422
    assert "This person is a member already." in answer.content.decode()
    assert invitations == []
    contact = member(school, "contact")
    client.post(at("change_member", school, contact.pk), {"role": "king"})
    client.post(at("change_member", school, member(school, "owner").pk), {"role": "contact"})
    assert member(school, "owner").role == "owner"
    client.post(at("change_member", school, contact.pk), {"remove": "yes"})
    assert not Membership.objects.filter(pk=contact.pk).exists()
    stranger = MembershipFactory()
    assert (
        client.post(at("change_member", school, stranger.pk), {"remove": "yes"}).status_code == 404
    )


def test_a_desk_invites_an_owner_where_there_is_none(client, school, invitations):
    client.force_login(school.desk)
    sent = {"email": "new@example.org", "role": "owner"}
    assert client.post(at("invite", school), sent).status_code == 404
    member(school, "owner").delete()
    assert "Invite a member" in client.get(at("record", school)).content.decode()
    assert client.post(at("invite", school), sent).status_code == 302
    assert len(invitations) == 1
    client.force_login(school.editor)
    assert client.post(at("invite", school), sent).status_code == 404


def test_the_last_owner_cannot_leave_and_others_can(client, school):
    client.force_login(school.owner)
    html = client.post(at("leave", school), follow=True).content.decode()
    assert "The last owner cannot go." in html
    client.force_login(school.editor)
    client.post(at("leave", school))
    assert set(school.record.memberships.values_list("role", flat=True)) == {"owner", "contact"}


def test_invitations_of_a_day_are_few_and_end_with_the_owner(client, school, monkeypatch):
    monkeypatch.undo()
    monkeypatch.setattr(services, "MAILS_PER_DAY", 2)
    second = MembershipFactory(organisation=school.record, role="owner")
    client.force_login(school.owner)
    found = [
        client.post(at("invite", school), {"email": f"{name}@example.org", "role": "owner"})
        for name in ("a", "a", "b", "c")
    ]
    assert [answer.status_code for answer in found] == [302, 422, 302, 422]
    assert "Wait until tomorrow." in found[1].content.decode()
    assert "Go on tomorrow." in found[3].content.decode()
    services.change_role(second, "owner")
    assert Invitation.objects.unanswered().count() == 2
    client.post(at("leave", school))
    assert not Invitation.objects.unanswered().exists()


def test_owners_see_withdraw_and_repeat_open_invitations(client, school, monkeypatch):
    monkeypatch.undo()
    merged = OrganisationFactory(merged_into=school.record)
    other = OrganisationFactory()
    to = {
        name: services.send_invitation(record, f"{name}@example.org", role, None, "fi")
        or Invitation.objects.get(email=f"{name}@example.org")
        for name, record, role in (
            ("a", school.record, "editor"),
            ("b", merged, "owner"),
            ("c", other, "owner"),
        )
    }
    Invitation.objects.update(expires_at=timezone.now())  # sent two weeks ago
    for role, shown in (("owner", 2), ("editor", 0), ("desk", 0)):
        client.force_login(getattr(school, role))
        html = client.get(at("record", school)).content.decode()
        assert html.count("Expired") == shown
        for one in to.values():
            path = at("change_invitation", school, one.pk)
            allowed = role == "owner" and one.email != "c@example.org"
            assert client.post(path, {}).status_code == (302 if allowed else 404)
    sent = dict(Invitation.objects.unanswered().values_list("email", "purpose"))
    assert sent["b@example.org"] == f"organisation:{school.record.pk}:owner"
    assert {one.language for one in Invitation.objects.all()} == {"fi"}
    client.force_login(school.owner)
    path = at("change_invitation", school, to["a"].pk)
    assert "Wait until tomorrow." in client.post(path, follow=True).content.decode()
    client.post(path, {"withdraw": "yes"})
    assert "a@example.org" not in client.get(at("record", school)).content.decode()
    for data in ({}, {"withdraw": "yes"}):
        assert "not open any more" in client.post(path, data, follow=True).content.decode()
    again = client.post(at("invite", school), {"email": "a@example.org", "role": "editor"})
    assert "Wait until tomorrow." in again.content.decode()


def test_of_two_owners_one_stays_whatever_was_read_before(school):
    stale = member(school, "editor")
    services.change_role(member(school, "editor"), "owner")
    services.leave(member(school, "owner"))
    with pytest.raises(services.Refused):
        services.leave(stale)
    assert member(school, "editor").role == "owner"
    services.leave(gone := member(school, "contact"))
    gone.pk = 10**6
    for end in (services.leave, lambda one: services.change_role(one, "editor")):
        with pytest.raises(services.Refused):
            end(gone)


def test_an_invitation_to_a_merged_record_leads_to_the_one_that_was_kept(school):
    opened = Organisation.objects.get(pk=school.record.pk)
    school.record.merged_into = kept = OrganisationFactory()
    school.record.save()
    assert services.join(opened, school.stranger, "editor").organisation == kept


def test_nobody_registers_organisations_without_end(client, school, sections, monkeypatch):
    monkeypatch.setattr(services, "REGISTERED_PER_DAY", 1)
    client.force_login(school.stranger)
    answers = [
        client.post("/fi/account/organisations/new/", VALUES | {"name": name})
        for name in ("Saw", "Plane")
    ]
    assert [answer.status_code for answer in answers] == [302, 422]
    assert school.stranger.memberships.count() == 1


def test_two_people_who_change_one_record_lose_nothing(client, school):
    client.force_login(school.editor)
    opened = client.get(at("edit", school)).context["form"].initial
    values = {name: opened[name] for name in FIELDS} | {"version": opened["version"]}
    values = {name: value for name, value in values.items() if value is not None}
    services.change(school.record, school.record.version, {"place": "Jelgava", "staff": 70})
    answer = client.post(at("edit", school), values | {"place": "Ikšķile"})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Saved by somebody else: Jelgava" in html
    assert "Saved by somebody else: 70" in html
    assert 'value="Ikšķile"' in html
    school.record.refresh_from_db()
    assert school.record.place == "Jelgava"
    again = answer.context["form"]["version"].value()
    client.post(at("edit", school), values | {"place": "Ikšķile", "version": again})
    school.record.refresh_from_db()
    assert school.record.place == "Ikšķile"
    places = list(school.record.history.values_list("place", flat=True))
    assert places == ["Ikšķile", "Jelgava", "Ogre"]
    assert school.record.history.first().history_user == school.editor


def test_a_check_ends_where_members_make_it_another_organisation(school):
    verification = VerificationFactory(organisation=school.record)
    kept = services.change(school.record, school.record.version, {"place": "Jelgava"})
    verification.refresh_from_db()
    assert verification.withdrawn_on is None
    services.change(kept, kept.version, {"name": "Somebody else"})
    verification.refresh_from_db()
    assert verification.withdrawn_on
    assert "changed after the check" in verification.withdrawal_reason
