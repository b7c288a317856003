"""Registering without an account: from the form to a place, the waiting list, or out again.

Whoever gives out places holds the event's desk first, so that two people never get the last one.
Nothing here answers differently for an address that is registered already: what there is to say
goes to that address by mail.
"""

import datetime

from django.core import signing
from django.db import transaction
from django.utils import timezone

from core import outbox
from events import places
from events.models import Desk, EventPage, Registration

SALT = "events.registration"
CONFIRM_WITHIN = datetime.timedelta(days=3)
MAIL_AGAIN_AFTER = datetime.timedelta(minutes=10)
MAILS_PER_HOUR = 5  # to one address, for whatever events
State = Registration.State


class LinkExpired(Exception):
    """The link to confirm is older than `CONFIRM_WITHIN`."""


class LinkUnknown(Exception):
    """The link was never made here, or its registration is deleted."""


class Closed(Exception):
    """One cannot register (any more); the argument is a key of `events.places.CLOSED`."""


def event_of(key, language: str) -> EventPage | None:
    """The published event of a translation key, in the best language for a reader."""
    pages = EventPage.objects.live().filter(translation_key=key)
    return pages.best_for(language).select_related("locale").order_by("rank").first()


def hold(key) -> None:
    """Holds the event's desk until the end of the transaction."""
    Desk.objects.get_or_create(key=key)
    Desk.objects.select_for_update().get(key=key)


@transaction.atomic
def register(
    event: EventPage,
    *,
    email: str,
    audience: str,
    language: str,
    name: str = "",
    organisation: str = "",
) -> None:
    """Writes a registration down and promises the mail that confirms it.

    The name of a learner is not kept. An address that is registered keeps what it has, and gets a
    mail that says so. Raises `Closed`.
    """
    now = timezone.now()
    if reason := places.closed(event, now):
        raise Closed(reason)
    key = event.translation_key
    hold(key)
    said = {
        "email": email,
        "audience": audience,
        "language": language,
        "name": "" if audience == "learner" else name,
        "organisation": organisation,
    }
    known = Registration.objects.filter(key=key, email__iexact=email).first()
    registration = known or Registration(key=key)
    if registration.state in (State.PENDING, State.WITHDRAWN):
        for field, value in said.items():
            setattr(registration, field, value)
        registration.state = State.PENDING
        registration.confirmed_at = None
    registration.save()
    if may_mail(registration, now):
        Registration.objects.filter(pk=registration.pk).update(mailed_at=now)
        tell(registration, registration.state)


def may_mail(registration: Registration, now: datetime.datetime) -> bool:
    """Whether an address may get one more mail that anybody can cause by filling in the form."""
    if registration.mailed_at and registration.mailed_at > now - MAIL_AGAIN_AFTER:
        return False
    hour_ago = now - datetime.timedelta(hours=1)
    sent = Registration.objects.filter(email__iexact=registration.email, mailed_at__gt=hour_ago)
    return sent.count() < MAILS_PER_HOUR


def token(registration: Registration) -> str:
    return signing.dumps(registration.pk, salt=SALT)


def read(token: str, max_age: datetime.timedelta | None = None) -> Registration:
    """The registration of a link; raises `LinkExpired` or `LinkUnknown`."""
    try:
        number = signing.loads(token, salt=SALT, max_age=max_age)
    except signing.SignatureExpired as error:
        raise LinkExpired from error
    except signing.BadSignature as error:
        raise LinkUnknown from error
    registration = Registration.objects.filter(pk=number).first()
    if registration is None:
        raise LinkUnknown
    return registration


@transaction.atomic
def confirm(registration: Registration) -> Registration:
    """Gives a place or, where all are taken, one on the waiting list; again, it changes nothing.

    Raises `Closed` when the event has begun, is cancelled or gone.
    """
    hold(registration.key)
    registration = Registration.objects.get(pk=registration.pk)
    if registration.state != State.PENDING:
        return registration
    event = event_of(registration.key, registration.language)
    reason = places.closed(event, timezone.now()) if event else "past"
    if reason and reason != "late":  # who has filled in the form in time may confirm it later
        raise Closed(reason)
    registration.state = State.WAITING
    registration.confirmed_at = timezone.now()
    registration.save()
    fill(event, just_confirmed=registration.pk)
    registration.refresh_from_db()
    if registration.state == State.WAITING:
        tell(registration, State.WAITING)
    return registration


@transaction.atomic
def withdraw(registration: Registration) -> Registration:
    """Takes a registration back; the first on the waiting list gets the place."""
    hold(registration.key)
    registration = Registration.objects.get(pk=registration.pk)
    if registration.state == State.WITHDRAWN:
        return registration
    told = registration.state != State.PENDING
    registration.state = State.WITHDRAWN
    registration.save()
    if told:
        tell(registration, State.WITHDRAWN)
    event = event_of(registration.key, registration.language)
    if event is not None:
        fill(event)
    return registration


def fill(event: EventPage, just_confirmed: int | None = None) -> None:
    """Gives free places to those who wait, the first one first. The desk must be held."""
    if event.cancelled or event.starts_at <= timezone.now():
        return
    waiting = Registration.objects.filter(key=event.translation_key, state=State.WAITING)
    waiting = waiting.order_by("confirmed_at", "pk")
    if event.capacity is not None:
        waiting = waiting[: max(event.capacity - places.taken(event.translation_key), 0)]
    for registration in list(waiting):
        registration.state = State.REGISTERED
        registration.save()
        tell(registration, "registered" if registration.pk == just_confirmed else "moved_up")


@transaction.atomic
def fill_held(key) -> None:
    """The same for an event whose number of places may have grown."""
    hold(key)
    event = event_of(key, "en")
    if event is not None:
        fill(event)


def tell(registration: Registration, occasion: str) -> None:
    outbox.post("events.mail", registration_id=registration.pk, occasion=str(occasion))


@transaction.atomic
def tell_once(registration: Registration, occasion: str) -> None:
    """Promises a mail of which one is enough, such as a reminder."""
    held = Registration.objects.select_for_update().get(pk=registration.pk)
    if occasion not in held.told:
        held.told = [*held.told, occasion]
        held.save(update_fields=["told"])
        tell(held, occasion)


@transaction.atomic
def mark_attendance(key, came: dict[int, bool | None]) -> None:
    """Writes down who of the registered came, by the ids of their registrations."""
    hold(key)
    for registration in Registration.objects.filter(key=key, pk__in=came, state=State.REGISTERED):
        registration.attended = came[registration.pk]
        registration.save(update_fields=["attended"])
