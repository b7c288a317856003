"""Registering without an account: from the form to a place, the waiting list, or out again.

Whoever gives out places holds the event's desk first, so that two people never get the last one.
Nothing here answers differently for an address that is registered already: what there is to say
goes to that address by mail.
"""

import datetime
from uuid import UUID, uuid4

from django.core import signing
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from core import outbox
from events import places
from events.models import Desk, EventPage, Registration

SALT = "events.registration"
CONFIRM_WITHIN = datetime.timedelta(days=3)
MAIL_AGAIN_AFTER = datetime.timedelta(minutes=10)  # when a form says nothing new
AN_HOUR = datetime.timedelta(hours=1)
MAILS_PER_EVENT = 3  # to one address in an hour
MAILS_PER_HOUR = 20  # to one address, for whatever events
State = Registration.State


class LinkExpired(Exception):
    """The link to confirm is older than `CONFIRM_WITHIN`."""


class LinkUnknown(Exception):
    """The link was never made here, or its registration is deleted."""


class LinkReplaced(Exception):
    """The form was sent again since: the newest mail has the link that counts."""


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
    key,
    *,
    email: str,
    audience: str,
    language: str,
    name: str = "",
    organisation: str = "",
) -> None:
    """Writes a registration for an event down and promises the mail that confirms it.

    `key` is the event's translation key. The name of a learner is not kept. What was typed before
    and never confirmed gives way, together with the links to it. An address that is registered
    keeps what it has, and gets a mail that says so. Where no more mails may go to an address,
    nothing changes. Raises `Closed`.
    """
    hold(key)
    now = timezone.now()
    refuse_closed(event_of(key, language), now)
    typed = {
        "audience": audience,
        "language": language,
        "name": "" if audience == "learner" else name,
        "organisation": organisation,
    }
    registration = Registration.objects.filter(key=key, email__iexact=email).first()
    if registration is None:
        registration = Registration(key=key, email=email)
    is_new = registration.can_be_typed_anew and not repeats(registration, typed)
    if not can_mail(registration, now, is_new):
        return
    if is_new:
        for field, value in typed.items():
            setattr(registration, field, value)
        registration.state = State.PENDING
        registration.confirmed_at = None
        registration.nonce = uuid4()
    is_going_on = registration.mailed_at and registration.mailed_at > now - AN_HOUR
    registration.mails = registration.mails + 1 if is_going_on else 1
    registration.mailed_at = now
    if registration.pk is None:
        registration.save()
    else:
        changed = [*typed, "state", "confirmed_at", "nonce"] if is_new else []
        registration.save(update_fields=[*changed, "mails", "mailed_at"])
    tell(registration, registration.state)


def refuse_closed(event: EventPage | None, now: datetime.datetime, but: str = "") -> None:
    """Raises `Closed`, unless the reason is `but`, for an event where one cannot register."""
    reason = places.closed(event, now) if event else "past"
    if reason and reason != but:
        raise Closed(reason)


def repeats(registration: Registration, typed: dict[str, str]) -> bool:
    """Whether a form says what waits to be confirmed already."""
    return registration.can_confirm and all(
        getattr(registration, field) == value for field, value in typed.items()
    )


def can_mail(registration: Registration, now: datetime.datetime, is_new: bool) -> bool:
    """Whether an address may get one more mail that anybody can cause by filling in the form.

    Counted for each event, so that a stranger who types the address for other events does not keep
    its owner from registering for this one.
    """
    known = registration.mailed_at
    if known and not is_new and known > now - MAIL_AGAIN_AFTER:
        return False
    if known and known > now - AN_HOUR and registration.mails >= MAILS_PER_EVENT:
        return False
    recent = Registration.objects.filter(
        email__iexact=registration.email, mailed_at__gt=now - AN_HOUR
    )
    return (recent.aggregate(sent=Sum("mails"))["sent"] or 0) < MAILS_PER_HOUR


def token(registration: Registration, purpose: str) -> str:
    """What stands in a link; it opens `purpose` only, "confirm" or "withdraw"."""
    return signing.dumps([registration.pk, registration.nonce.hex], salt=f"{SALT}.{purpose}")


def read(token: str, purpose: str, max_age: datetime.timedelta | None = None) -> Registration:
    """The registration of a link; raises `LinkExpired`, `LinkUnknown` or `LinkReplaced`."""
    try:
        number, nonce = signing.loads(token, salt=f"{SALT}.{purpose}", max_age=max_age)
    except signing.SignatureExpired as error:
        raise LinkExpired from error
    except signing.BadSignature as error:
        raise LinkUnknown from error
    return found(number, UUID(nonce))


def found(number: int, nonce: UUID) -> Registration:
    """The registration as it is now; raises `LinkUnknown` or, for an old nonce, `LinkReplaced`."""
    registration = Registration.objects.filter(pk=number).first()
    if registration is None:
        raise LinkUnknown
    if registration.nonce != nonce:
        raise LinkReplaced
    return registration


@transaction.atomic
def confirm(registration: Registration) -> Registration:
    """Gives a place or, where all are taken, one on the waiting list; again, it changes nothing.

    Raises `Closed` when the event has begun, is cancelled or gone, `LinkReplaced` or `LinkUnknown`
    when the registration is no longer the one that was read.
    """
    hold(registration.key)
    registration = found(registration.pk, registration.nonce)
    if not registration.can_confirm:
        return registration
    event = event_of(registration.key, registration.language)
    # Who has filled in the form in time may confirm it later.
    refuse_closed(event, timezone.now(), but="late")
    registration.state = State.WAITING
    registration.confirmed_at = timezone.now()
    registration.save(update_fields=["state", "confirmed_at"])
    fill(event, just_confirmed=registration.pk)
    registration.refresh_from_db()
    if registration.state == State.WAITING:
        tell(registration, State.WAITING)
    return registration


@transaction.atomic
def withdraw(registration: Registration) -> Registration:
    """Takes a registration back; the first on the waiting list gets the place.

    Raises `LinkReplaced` or `LinkUnknown` when it is no longer the one that was read.
    """
    hold(registration.key)
    registration = found(registration.pk, registration.nonce)
    if not registration.can_withdraw:
        return registration
    told = registration.state != State.PENDING
    registration.state = State.WITHDRAWN
    registration.save(update_fields=["state"])
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
        waiting = waiting[
            : max(event.capacity - Registration.objects.taken(event.translation_key), 0)
        ]
    for registration in list(waiting):
        registration.state = State.REGISTERED
        registration.save(update_fields=["state"])
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
