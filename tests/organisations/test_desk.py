"""The desk's screens: records, history, verification, merging, campaigns."""

import datetime

import pytest
from django.contrib.auth.models import Permission
from django.core import mail
from django.urls import reverse

from core import outbox
from core.models import OutboxEntry
from organisations import campaigns
from organisations.models import Campaign, Organisation, Recipient, Verification
from organisations.services import ensure_desk
from tests.factories.accounts import UserFactory
from tests.factories.organisations import (
    CampaignFactory,
    MembershipFactory,
    OrganisationFactory,
    VerificationFactory,
)
from tests.organisations.test_members import VALUES

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, school):
    client.force_login(school.desk)
    return client


def screens(record, campaign) -> list[str]:
    return [
        reverse("organisation:index"),
        *(reverse(f"organisation:{name}", args=[record.pk]) for name in ("edit", "history")),
        *(reverse(f"organisation:{name}", args=[record.pk]) for name in ("trust", "merge")),
        reverse("networkmembership:add"),
        reverse("campaign:index"),
        reverse("campaign:add"),
        reverse("campaign:receivers", args=[campaign.pk]),
    ]


def test_screens_are_for_the_desk_and_nobody_else(desk, school):
    paths = screens(school.record, CampaignFactory())
    VerificationFactory(organisation=school.record)
    assert [desk.get(path).status_code for path in paths] == [200] * len(paths)
    editor = UserFactory(roles=[("editor", "en")])
    for person in (school.owner, editor):
        desk.force_login(person)
        assert all(desk.get(path).status_code == 302 for path in paths)
        assert desk.post(paths[3], {}).status_code == 302


def test_nobody_deletes_a_record(admin_client, school):
    path = reverse("organisation:delete", args=[school.record.pk])
    assert admin_client.post(path).status_code == 302
    assert Organisation.objects.filter(pk=school.record.pk).exists()


def test_records_are_filtered_by_kind_country_and_trust(desk, school):
    OrganisationFactory(name="Other firm", kind="company")
    VerificationFactory(organisation=school.record)
    for query in ("kind=school", "is_verified=true", "country=LV&q=Ogre+Wood"):
        html = desk.get(reverse("organisation:index") + f"?{query}").content.decode()
        assert "Ogre Wood School" in html
        assert "Other firm" not in html


def test_desk_verifies_and_withdraws(desk, school):
    path = reverse("organisation:trust", args=[school.record.pk])
    wrong = {
        "checked": ["register"],
        "desk": "Desk",
        "on": "2026-05-12",
        "valid_until": "2026-01-01",
    }
    assert "It ends before it begins." in desk.post(path, wrong).content.decode()
    assert "checked" in desk.post(path, {"desk": "Desk", "on": "2026-05-12"}).context["form"].errors
    desk.post(path, wrong | {"valid_until": ""})
    check = Verification.objects.get()
    assert check.by == school.desk
    withdraw = reverse("organisation:withdraw", args=[check.pk])
    desk.post(withdraw, {"reason": " "})
    assert Verification.objects.current().exists()
    desk.post(withdraw, {"reason": "It has moved."})
    assert not Verification.objects.current().exists()
    assert "It has moved." in desk.get(path).content.decode()
    MembershipFactory(organisation=school.record, user=school.desk, role="contact")
    desk.post(path, wrong | {"valid_until": ""})
    assert Verification.objects.count() == 1


def test_desk_is_told_what_somebody_else_saved(desk, school):
    path = reverse("organisation:edit", args=[school.record.pk])
    sent = VALUES | {"name": "Ogre Wood School", "country": "LV", "postal_code": "LV-5001"}
    answer = desk.post(path, sent | {"version": 99})
    assert "Somebody else saved this record after you opened it." in answer.content.decode()
    version = answer.context["form"]["version"].value()
    assert desk.post(path, sent | {"version": version}).status_code == 302
    school.record.refresh_from_db()
    assert school.record.place == "Turku"
    html = desk.get(reverse("organisation:history", args=[school.record.pk])).content.decode()
    assert str(school.desk) in html
    assert "<td>Ogre</td><td>Turku</td>" in html


def test_a_change_of_identity_ends_the_verification_and_is_not_for_members(desk, school):
    check = VerificationFactory(organisation=school.record)
    path = reverse("organisation:edit", args=[school.record.pk])
    form = desk.get(path).context["form"]
    sent = {name: "" if value is None else value for name, value in form.initial.items()}
    own = MembershipFactory(organisation=school.record, user=school.desk, role="contact")
    answer = desk.post(path, sent | {"name": "Another School"})
    assert "You are a member of this organisation." in answer.content.decode()
    own.delete()
    desk.post(path, sent | {"internal_note": "Pays in time."})
    school.record.refresh_from_db()
    assert (school.record.name, school.record.internal_note) == (
        "Ogre Wood School",
        "Pays in time.",
    )
    assert list(Verification.objects.current()) == [check]
    OrganisationFactory(name="Taken School")
    renamed = sent | {"version": school.record.version}
    assert "name" in desk.post(path, renamed | {"name": "TAKEN school"}).context["form"].errors
    assert desk.post(path, renamed | {"name": "Another School"}).status_code == 302
    assert not Verification.objects.current().exists()


def test_desk_merges_a_duplicate(desk, school):
    other = OrganisationFactory(name="Ogre Woodschool")
    path = reverse("organisation:merge", args=[school.record.pk])
    assert (
        "compared" in desk.post(path, {"other": other.pk, "keep": "other"}).context["form"].errors
    )
    sent = {"other": other.pk, "keep": "other", "compared": "on"}
    own = MembershipFactory(organisation=other, user=school.desk, role="contact")
    told = "You may not merge an organisation that you are a member of."
    assert told in desk.post(path, sent).content.decode()
    assert told in desk.get(reverse("organisation:merge", args=[other.pk])).content.decode()
    own.delete()
    desk.post(path, sent)
    school.record.refresh_from_db()
    assert school.record.merged_into == other
    assert other.memberships.count() == 3


def test_campaign_takes_each_address_once_and_names_the_bad_ones(desk, school):
    sent = {"name": "Spring", "language": "fi", "text": "Tule mukaan."}
    answer = desk.post(reverse("campaign:add"), sent | {"addresses": "a@example.org, b@, <script>"})
    assert answer.context["form"].errors["addresses"] == [
        "These are no e-mail addresses: b@, script"
    ]
    assert "a@example.org, b@" in answer.content.decode()
    desk.post(
        reverse("campaign:add"), sent | {"addresses": "A@example.org; a@example.org\nc@example.org"}
    )
    campaign = Campaign.objects.get()
    assert campaign.created_by == school.desk
    assert list(campaign.recipients.values_list("email", flat=True)) == [
        "a@example.org",
        "c@example.org",
    ]


def test_invitations_go_out_once_in_the_language_of_the_campaign(desk, school):
    campaign = CampaignFactory(text="Tule <b>mukaan</b>.")
    declined = Recipient.objects.create(
        campaign=CampaignFactory(), email="no@example.org", state="declined"
    )
    campaigns.add_recipients(campaign, ["yes@example.org", declined.email])
    for _time in range(2):
        desk.post(reverse("campaign:receivers", args=[campaign.pk]))
        for entry in OutboxEntry.objects.filter(done_at=None):
            outbox.work.call(entry.pk)
    (message,) = mail.outbox
    assert message.to == ["yes@example.org"]
    assert message.extra_headers["Content-Language"] == "fi"
    recipient = campaign.recipients.get(email="yes@example.org")
    assert f"/fi/organisations/invitation/{recipient.token}/" in message.body
    assert "Tule &lt;b&gt;mukaan&lt;/b&gt;." in message.alternatives[0].content
    assert recipient.state == "sent"


@pytest.fixture
def recipient(db, sections):
    return Recipient.objects.create(
        campaign=CampaignFactory(created_by=UserFactory()), email="head@example.org", state="sent"
    )


def invited_form(client, recipient) -> tuple[str, dict]:
    path = f"/en/organisations/invitation/{recipient.token}/"
    stamp = client.get(path).context["guard"].stamp
    return path, {"stamp": stamp} | {f"record-{name}": value for name, value in VALUES.items()}


def test_an_invited_organisation_registers_once_without_an_account(client, recipient, monkeypatch):
    asked = []
    monkeypatch.setattr(
        "accounts.services.invite", lambda *args, **words: asked.append((args, words))
    )
    path, sent = invited_form(client, recipient)
    assert "csrftoken" not in client.cookies
    assert [client.post(path, sent).status_code for _time in range(2)] == [302, 200]
    record = Organisation.objects.get()
    recipient.refresh_from_db()
    assert (recipient.state, recipient.organisation) == ("registered", record)
    assert not record.memberships.exists()
    (((email, _language, _by), words),) = asked
    assert (email, words["purpose"]) == ("head@example.org", f"organisation:{record.pk}:owner")
    assert "Your organisation is registered" in client.get(path).content.decode()


def test_an_invited_person_with_an_account_is_the_owner(client, recipient):
    person = UserFactory()
    client.force_login(person)
    client.post(*invited_form(client, recipient))
    assert Organisation.objects.get().memberships.get().user == person


def test_a_form_from_elsewhere_or_with_a_forged_link_does_nothing(client, recipient):
    path, sent = invited_form(client, recipient)
    answer = client.post(path, sent, headers={"Origin": "https://evil.example.org"})
    assert answer.status_code == 422
    assert "Saw and Sons" in answer.content.decode()
    assert client.get(path.replace("invitation/", "invitation/x")).status_code == 404
    assert not Organisation.objects.exists()


def test_a_link_registers_for_half_a_year_and_declines_for_ever(client, recipient, monkeypatch):
    path = f"/en/organisations/invitation/{recipient.token}/"
    monkeypatch.setattr(campaigns, "REGISTER_WITHIN", datetime.timedelta(0))
    assert client.get(path).status_code == 404
    assert client.get(f"{path}decline/").status_code == 200


def test_an_address_declines_without_signing_in(client, recipient):
    path = f"/en/organisations/invitation/{recipient.token}/decline/"
    client.get(path)
    recipient.refresh_from_db()
    assert recipient.state == "sent"
    client.post(path)
    recipient.refresh_from_db()
    assert recipient.state == "declined"
    assert campaigns.send(recipient.campaign) == 0


def test_desk_gets_permissions_of_a_later_release_and_keeps_those_added(db):
    group = ensure_desk()
    lacking = group.permissions.get(codename="add_campaign")
    group.permissions.remove(lacking)
    added = Permission.objects.get(codename="delete_campaign")
    group.permissions.add(added)
    ensure_desk()
    assert {lacking, added} <= set(group.permissions.all())
