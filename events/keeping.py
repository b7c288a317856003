"""How long registrations are kept, and the periodic work around events.

`KEEP_MONTHS` after an event its registrations are deleted; numbers by audience stay. What nobody
confirmed is deleted a week after it was typed.
"""

import datetime

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from core.periodic import every
from events import services
from events.models import AttendanceTotal, EventPage, Registration

KEEP_MONTHS = 6
KEEP_UNCONFIRMED = datetime.timedelta(days=7)
REMIND_BEFORE = datetime.timedelta(hours=26)
State = Registration.State


@every(hours=24)
def forget_registrations() -> None:
    """Deletes what is no longer needed."""
    now = timezone.now()
    Registration.objects.filter(state=State.PENDING, created_at__lt=now - KEEP_UNCONFIRMED).filter(
        Q(mailed_at=None) | Q(mailed_at__lt=now - KEEP_UNCONFIRMED)
    ).delete()
    young = EventPage.objects.filter(ends_at__gt=now - datetime.timedelta(days=KEEP_MONTHS * 30.5))
    old = Registration.objects.exclude(key__in=young.values("translation_key"))
    for key in set(old.values_list("key", flat=True)):
        forget(key)


@transaction.atomic
def forget(key) -> None:
    """Deletes the registrations of an event and keeps their totals."""
    services.hold(key)
    registrations = Registration.objects.filter(key=key)
    for row in count(registrations).values():
        total, _created = AttendanceTotal.objects.get_or_create(key=key, audience=row["audience"])
        total.registered += row["registered"]
        total.attended += row["attended"]
        total.save()
    registrations.delete()


def count(registrations) -> dict:
    """Registered and attended by event and audience: `{(key, audience): row}`."""
    rows = (
        registrations.filter(state=State.REGISTERED)
        .order_by()
        .values("key", "audience")
        .annotate(registered=Count("pk"), attended=Count("pk", filter=Q(attended=True)))
    )
    return {(row["key"], row["audience"]): row for row in rows}


@every(minutes=10)
def give_out_places() -> None:
    """Those who wait get the places that an editor has added."""
    for key in Registration.objects.filter(state=State.WAITING).values_list("key").distinct():
        services.fill_held(key[0])


@every(minutes=10)
def tell_participants() -> None:
    """A reminder the day before, with the link, and a mail if the event is cancelled."""
    now = timezone.now()
    comes = EventPage.objects.live().filter(starts_at__gt=now)
    soon = comes.filter(cancelled=False, starts_at__lt=now + REMIND_BEFORE)
    registered = Registration.objects.filter(state=State.REGISTERED)
    promised = [
        ("reminder", registered.filter(key__in=soon.values("translation_key"))),
        (
            "cancelled",
            Registration.objects.filter(
                state__in=[State.REGISTERED, State.WAITING],
                key__in=comes.filter(cancelled=True).values("translation_key"),
            ),
        ),
    ]
    for occasion, registrations in promised:
        for registration in registrations:
            if occasion not in registration.told:
                services.tell_once(registration, occasion)
