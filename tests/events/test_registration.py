"""Registering without an account: by mail, once, for as many as there are places."""

import datetime
import threading
import time
from functools import partial
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.core import mail, signing
from django.utils import timezone

from events import keeping, services
from events.models import AttendanceTotal, Desk, EventPage, Registration
from events.querysets import RegistrationQuerySet
from tests.factories.events import RegistrationFactory
from tests.services import at_once

pytestmark = pytest.mark.django_db
REMOTE = "https://meet.example.org/secret-room"
State = Registration.State


@pytest.fixture(autouse=True)
def mails_at_once(monkeypatch):
    """Mails go out as soon as they are promised."""
    from core import outbox
    from events import mail as event_mail

    def post(kind, **payload):
        assert kind in outbox._handlers
        event_mail.send(**payload)

    monkeypatch.setattr(services.outbox, "post", post)


def states() -> list[tuple[str, str]]:
    return list(Registration.objects.order_by("pk").values_list("email", "state"))


def test_visitor_registers_by_a_link_and_withdraws_by_another(
    client, add, register, link, settings
):
    event = add(slug="one", online=True, remote_link=REMOTE, capacity=5)
    response = register(event)
    assert response.status_code == 302
    assert "Look into your mail" in client.get(response["Location"]).content.decode()
    assert not response.cookies
    assert mail.outbox[-1].to == ["guest@example.org"]
    assert mail.outbox[-1].extra_headers["Reply-To"] == settings.CONTACT_EMAIL
    assert REMOTE not in mail.outbox[-1].body
    confirm = link("confirm")
    assert "Confirm my registration" in client.get(confirm).content.decode()
    assert states() == [("guest@example.org", "pending")]
    assert "You are registered" in client.post(confirm).content.decode()
    assert REMOTE in mail.outbox[-1].body
    assert mail.outbox[-1].attachments[0][0] == "one.ics"
    assert "4 of 5 places are free" in client.get("/en/events/one/").content.decode()
    withdraw = link("withdraw")
    assert "Withdraw my registration" in client.get(withdraw).content.decode()
    assert "You have withdrawn" in client.post(withdraw).content.decode()
    assert states() == [("guest@example.org", "withdrawn")]
    number = len(mail.outbox)
    client.post(withdraw)
    client.post(confirm)
    assert states() == [("guest@example.org", "withdrawn")]
    assert len(mail.outbox) == number


def test_sending_twice_registers_once_and_answers_the_same(client, add, register, link):
    event = add()
    answers = [register(event)]
    first = Registration.objects.values().get()
    answers.append(register(event, email="GUEST@example.org"))
    assert Registration.objects.values().get() == first
    client.post(link("confirm"))
    answers.append(register(event, name="Somebody else"))
    assert {answer.status_code for answer in answers} == {302}
    assert len({answer["Location"] for answer in answers}) == 1
    assert states()[0][1] == "registered"
    assert Registration.objects.get().name == "Guest"
    assert len(mail.outbox) == 2  # to confirm, and registered


def test_address_that_is_registered_gets_a_mail_that_says_so(add, register):
    event = add()
    RegistrationFactory(key=event.translation_key, email="guest@example.org")
    register(event)
    assert mail.outbox[-1].subject.startswith("You are registered")


def test_strangers_address_gets_few_mails_and_other_events_do_not_silence_it(
    client, add, register, link, monkeypatch
):
    event, most = add(), services.MAILS_PER_EVENT
    for number in range(most + 2):
        register(event, name=f"Stranger {number}")
    assert len(mail.outbox) == most
    assert f"Stranger {most - 1}" in client.get(link("confirm")).content.decode()
    register(add())
    assert len(mail.outbox) == most + 1
    monkeypatch.setattr(services, "MAILS_PER_HOUR", most + 1)
    register(add())
    assert len(mail.outbox) == most + 1


def test_link_confirms_what_was_typed_with_it_and_nothing_else(client, add, register, link):
    event = add()
    register(event, name="The owner", organisation="Our school")
    first = link("confirm")
    html = client.get(first).content.decode()
    assert all(text in html for text in ("The owner", "Our school", "guest@example.org"))
    register(event, name="A stranger")
    for response in (client.get(first), client.post(first)):
        assert response.status_code == 410
        assert "There is a newer mail about this registration." in response.content.decode()
    assert states() == [("guest@example.org", "pending")]
    assert "A stranger" in client.get(link("confirm")).content.decode()
    read = Registration.objects.get()
    register(event, name="The owner")
    with pytest.raises(services.LinkReplaced):  # typed anew between reading and pressing
        services.confirm(read)


def test_link_opens_its_purpose_only_and_no_later_registration(client, add, register, link):
    event = add()
    register(event)
    confirm = link("confirm")
    assert client.post(confirm.replace("confirm", "withdraw")).status_code == 410
    client.post(confirm)
    withdraw = link("withdraw")
    assert client.post(withdraw.replace("withdraw", "confirm")).status_code == 410
    client.post(withdraw)
    register(event)
    client.post(link("confirm"))
    assert client.post(withdraw).status_code == 410
    assert states() == [("guest@example.org", "registered")]


def test_event_that_is_cancelled_while_a_form_waits_takes_nobody(add, register, monkeypatch):
    hold = services.hold

    def cancel_and_hold(key) -> None:
        EventPage.objects.update(cancelled=True)
        hold(key)

    monkeypatch.setattr(services, "hold", cancel_and_hold)
    assert "This event is cancelled." in register(add()).content.decode()
    assert not Registration.objects.exists()


def test_whoever_comes_last_waits_and_moves_up(client, add, register, link):
    event = add(capacity=1)
    register(event, email="a@example.org")
    client.post(link("confirm"))
    first = link("withdraw")
    for email in ("b@example.org", "c@example.org"):
        register(event, email=email)
        assert "waiting list" in client.post(link("confirm")).content.decode()
    assert mail.outbox[-1].subject.startswith("You are on the waiting list")
    client.post(first)
    assert [state for _email, state in states()] == ["withdrawn", "registered", "waiting"]
    assert mail.outbox[-1].to == ["b@example.org"]
    assert mail.outbox[-1].subject.startswith("You have a place now")
    type(event).objects.filter(pk=event.pk).update(capacity=2)
    keeping.give_out_places()
    assert mail.outbox[-1].to == ["c@example.org"]


def test_versions_in_two_languages_share_the_places(client, add, register, link):
    event = add(capacity=1)
    add("fi", translation_key=event.translation_key, capacity=1)
    register(event, email="a@example.org")
    client.post(link("confirm"))
    services.register(
        event.translation_key,
        email="b@example.org",
        audience="company",
        language="fi",
    )
    assert mail.outbox[-1].subject.endswith(services.event_of(event.translation_key, "fi").title)
    found = Registration.objects.get(email="b@example.org")
    assert services.confirm(found).state == State.WAITING


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"email": "no address"}, "email"),
        ({"email": ""}, "email"),
        ({"audience": "king"}, "audience"),
        ({"name": ""}, "name"),
        ({"organisation": "x" * 151}, "organisation"),
        ({"stamp": "forged"}, "__all__"),
        ({"website": "https://spam.example"}, "__all__"),
    ],
)
def test_wrong_answers_are_told_at_the_field_and_stay(add, register, values, field):
    response = register(add(), **{"organisation": "<b>Our school</b>"} | values)
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {field}
    assert "<b>Our school" not in response.content.decode()
    assert not Registration.objects.exists()


def test_form_of_another_site_registers_nobody(client, add):
    url = f"/en/events/registration/{add().translation_key}/"
    data = {"stamp": client.get(url).context["form"].stamp, "email": "a@example.org"}
    data |= {"audience": "company", "name": "Guest"}
    response = client.post(url, data, headers={"Origin": "https://evil.example"})
    assert response.status_code == 422
    assert not Registration.objects.exists()


def test_learners_leave_no_name(add, register):
    register(add(), audience="learner", name="A Learner")
    assert Registration.objects.get().name == ""


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ({"registration_until": datetime.date(2020, 1, 1)}, "The time for registering is over."),
        ({"past": True}, "This event has taken place."),
        ({"cancelled": True}, "This event is cancelled."),
        ({"registration": False}, "One does not register for this event here."),
    ],
)
def test_late_visitor_is_told_why(client, add, values, text):
    url = f"/en/events/registration/{add(**values).translation_key}/"
    assert text in client.get(url).content.decode()
    data = {"email": "a@example.org", "audience": "company", "name": "G"}
    assert text in client.post(url, data).content.decode()
    assert not Registration.objects.exists()


def test_link_to_confirm_works_for_three_days(client, add, register, link, monkeypatch):
    register(add())
    confirm = link("confirm")
    later = timezone.now() + services.CONFIRM_WITHIN + datetime.timedelta(minutes=1)
    monkeypatch.setattr(signing.time, "time", lambda: later.timestamp())
    response = client.post(confirm)
    assert response.status_code == 410
    assert "older than three days" in response.content.decode()
    assert states()[0][1] == "pending"


def test_unknown_links_and_events_are_told(client, add, register, link):
    register(add())
    broken = client.get(link("confirm")[:-3] + "/")
    assert broken.status_code == 410
    assert "no registration behind this link" in broken.content.decode()
    withdraw = link("confirm").replace("confirm", "withdraw")
    Registration.objects.all().delete()
    assert client.get(withdraw).status_code == 410
    assert client.get(f"/en/events/registration/{uuid4()}/").status_code == 404


def test_participants_are_reminded_once_and_told_when_it_is_cancelled(add, monkeypatch):
    event = add(online=True, remote_link=REMOTE)
    RegistrationFactory(key=event.translation_key)
    keeping.tell_participants()
    assert not mail.outbox
    now = event.starts_at - datetime.timedelta(hours=20)
    monkeypatch.setattr(keeping.timezone, "now", lambda: now)
    for _run in range(2):
        keeping.tell_participants()
    assert [one.subject.split(":")[0] for one in mail.outbox] == ["It begins soon"]
    assert REMOTE in mail.outbox[0].body
    type(event).objects.update(cancelled=True)
    for _run in range(2):
        keeping.tell_participants()
    assert [one.subject.split(":")[0] for one in mail.outbox][1:] == ["Cancelled"]


def test_registrations_are_deleted_after_half_a_year_and_totals_stay(add):
    old, young = add(past=True), add()
    for event in (old, young):
        RegistrationFactory(key=event.translation_key, attended=True)
        RegistrationFactory(key=event.translation_key, audience="learner", name="")
    for _run in range(2):
        keeping.forget_registrations()
    assert set(Registration.objects.values_list("key", flat=True)) == {young.translation_key}
    assert set(AttendanceTotal.objects.values_list("audience", "registered", "attended")) == {
        ("company", 1, 1),
        ("learner", 1, 0),
    }


@pytest.mark.needs_postgresql
def test_two_who_take_the_last_place_at_once_do_not_both_get_it(db, monkeypatch):
    """Both count the places before either has taken one, unless one waits for the other."""
    key, both, found = uuid4(), [], []
    soon = timezone.now() + datetime.timedelta(days=1)
    event = SimpleNamespace(
        translation_key=key,
        capacity=1,
        cancelled=False,
        starts_at=soon,
        ends_at=soon,
        registration=True,
        registration_until=None,
    )
    monkeypatch.setattr(services, "event_of", lambda key, language: event)
    monkeypatch.setattr(services, "tell", lambda registration, occasion: None)
    counted, start = RegistrationQuerySet.taken, threading.Barrier(2, timeout=10)

    def slowly(registrations, key) -> int:
        number = counted(registrations, key)
        time.sleep(0.2)
        return number

    monkeypatch.setattr(RegistrationQuerySet, "taken", slowly)

    def register_both() -> None:
        Desk.objects.create(key=key)
        values = {"key": key, "state": State.PENDING, "confirmed_at": None}
        both.extend(RegistrationFactory(**values) for _two in range(2))

    def confirm(registration) -> None:
        start.wait()
        services.confirm(registration)

    def look_and_clear() -> None:
        rows = Registration.objects.filter(key=key)
        found.extend(sorted(rows.values_list("state", flat=True)))
        rows.delete()
        Desk.objects.filter(key=key).delete()

    at_once(register_both)
    at_once(*(partial(confirm, registration) for registration in both))
    at_once(look_and_clear)
    assert found == ["registered", "waiting"]
