"""The daily mail: everything until a full hour on the receiver's own clock."""

import datetime
import zoneinfo

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core import outbox
from editorial.notices import choices, mail
from editorial.notices.models import Digest, Notice

DAY = datetime.timedelta(days=1)


def last_strike(now: datetime.datetime, zone: zoneinfo.ZoneInfo, hour: int) -> datetime.datetime:
    """The latest moment, not after `now`, at which the clocks of a zone struck an hour.

    An hour that the clocks leave out in spring strikes at the change; one that they show twice in
    autumn strikes the first time.

    >>> rome = zoneinfo.ZoneInfo("Europe/Rome")
    >>> last_strike(datetime.datetime(2026, 3, 29, 12, tzinfo=datetime.UTC), rome, 2).isoformat()
    '2026-03-29T01:00:00+00:00'
    """
    today = now.astimezone(zone).date()
    for day in (today, today - DAY):
        # Compared in UTC: within one zone Python compares what the clocks show.
        moment = datetime.datetime.combine(day, datetime.time(hour), zone).astimezone(datetime.UTC)
        if moment <= now:
            break
    return moment


def promise_due(now: datetime.datetime | None = None) -> None:
    """Promises a mail to everybody whose hour has struck since something came; safe to repeat."""
    now = now or timezone.now()
    waiting = Notice.objects.waiting_for_a_digest()
    people = User.objects.filter(pk__in=waiting.values("person"), is_active=True)
    for person in people.select_related("wagtail_userprofile", "digest_hour"):
        until = last_strike(now, choices.zone(person), choices.hour(person))
        if waiting.filter(person=person, created_at__lt=until).exists():
            with transaction.atomic():
                digest, made = Digest.objects.get_or_create(person=person, until=until)
                if made:
                    outbox.post("notices.digest", digest_id=digest.pk)


@transaction.atomic
def send(digest_id: int) -> bool:
    """Sends a digest once; False where it was sent, or nothing in it is of use any more.

    The mail is the last step: what fails before or in it leaves everything as it was.
    """
    digest = (
        Digest.objects.select_for_update(of=("self",))
        .select_related("person__wagtail_userprofile")
        .filter(pk=digest_id, done_at=None)
        .first()
    )
    if digest is None:
        return False
    now = timezone.now()
    digest.done_at = now
    digest.save(update_fields=["done_at"])
    waiting = Notice.objects.waiting_for_a_digest().filter(
        person=digest.person, created_at__lt=digest.until
    )
    held = list(waiting.select_related("state", "by", "state__workflow_state").order_by("pk"))
    Notice.objects.filter(pk__in=[one.pk for one in held]).update(mailed_at=now)
    for one in held:
        one.person = digest.person
    held = [one for one in held if mail.is_wanted(one)]
    if held:
        mail.send_digest(digest.person, held, digest.pk)
    return bool(held)
