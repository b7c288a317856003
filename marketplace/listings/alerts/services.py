"""Saving a search, confirming it, stopping it, and finding what is new for it.

Nothing here answers differently for an address that has saved the same search already: what there is
to say goes to that address by mail.
"""

import datetime
from uuid import UUID

from django.core import signing
from django.db import transaction
from django.db.models import Sum
from django.http import QueryDict
from django.utils import timezone

from core import outbox
from marketplace.listings import choosing, listing
from marketplace.listings.alerts.models import Alert, How, Told

SALT = "marketplace.alert"
CONFIRM_WITHIN = datetime.timedelta(days=3)
KEEP_UNCONFIRMED = datetime.timedelta(days=7)
MAIL_AGAIN_AFTER = datetime.timedelta(minutes=10)
AN_HOUR = datetime.timedelta(hours=1)
MAILS_PER_HOUR = 10  # to one address, caused by forms
ALERTS_PER_ADDRESS = 50
MOST = 20  # items in one mail
LONGEST_QUERY = 2000


class LinkExpired(Exception):
    """The link to confirm is older than `CONFIRM_WITHIN`."""


class LinkUnknown(Exception):
    """The link was never made here, or its search is deleted."""


def state_of(kind: str, query: str) -> choosing.State:
    """What is chosen in a saved search; codes that are no more are left out."""
    return choosing.State.read(choosing.KINDS[kind], QueryDict(query))


@transaction.atomic
def save(kind: str, query: str, *, email: str, how: str, language: str) -> None:
    """Writes a search down and promises the mail that confirms it.

    `query` is the query string of the list. An address that has the same already gets a mail that says
    so. Where no more mails may go to an address, nothing changes.
    """
    state = state_of(kind, query)
    chosen = state.query(view="list", closed=False)[:LONGEST_QUERY]
    email, now = email.lower(), timezone.now()
    same = Alert.objects.select_for_update().filter(kind=kind, query=chosen, how=how, email=email)
    alert = same.first()
    if not can_mail(alert, email, now):
        return
    if alert is None:
        if Alert.objects.filter(email=email).count() >= ALERTS_PER_ADDRESS:
            return
        Alert.objects.bulk_create(
            [Alert(kind=kind, query=chosen, how=how, email=email, language=language)],
            ignore_conflicts=True,  # the same form, sent twice at once
        )
        alert = same.get()
    going_on = alert.mailed_at and alert.mailed_at > now - AN_HOUR
    alert.mails = alert.mails + 1 if going_on else 1
    alert.mailed_at = now
    if alert.confirmed_at is None:
        alert.language = language
    alert.save(update_fields=["mails", "mailed_at", "language"])
    outbox.post("marketplace.alert_confirm", alert_id=alert.pk)


def can_mail(alert: Alert | None, email: str, now: datetime.datetime) -> bool:
    """Whether an address may get one more mail that anybody can cause by filling in the form."""
    if alert and alert.mailed_at and alert.mailed_at > now - MAIL_AGAIN_AFTER:
        return False
    recent = Alert.objects.filter(email=email, mailed_at__gt=now - AN_HOUR)
    return (recent.aggregate(sent=Sum("mails"))["sent"] or 0) < MAILS_PER_HOUR


def token(alert: Alert, purpose: str) -> str:
    """What stands in a link; it opens `purpose` only, "confirm" or "stop"."""
    return signing.dumps([alert.pk, alert.nonce.hex], salt=f"{SALT}.{purpose}")


def read(token: str, purpose: str, max_age: datetime.timedelta | None = None) -> Alert:
    """The search of a link; raises `LinkExpired` or `LinkUnknown`."""
    number, nonce = opened(token, purpose, max_age)
    alert = Alert.objects.filter(pk=number, nonce=nonce).first()
    if alert is None:
        raise LinkUnknown
    return alert


def opened(token: str, purpose: str, max_age: datetime.timedelta | None = None):
    """The number and nonce in a link; raises `LinkExpired` or `LinkUnknown`."""
    try:
        number, nonce = signing.loads(token, salt=f"{SALT}.{purpose}", max_age=max_age)
    except signing.SignatureExpired as error:
        raise LinkExpired from error
    except signing.BadSignature as error:
        raise LinkUnknown from error
    return number, UUID(nonce)


@transaction.atomic
def confirm(alert: Alert) -> None:
    """Begins to look: only what is published from now on is new. Again, it changes nothing.

    The same search at another pace gives way; what its owner was told of stays told.
    """
    held = Alert.objects.select_for_update().filter(pk=alert.pk, nonce=alert.nonce).first()
    if held is None or held.confirmed_at:
        return
    now = timezone.now()
    held.confirmed_at, held.looked_on = now, timezone.localdate()
    others = Alert.objects.active().filter(kind=held.kind, query=held.query, email=held.email)
    for other in others.exclude(pk=held.pk).select_for_update():
        held.confirmed_at = min(held.confirmed_at, other.confirmed_at)
        told = [Told(alert=held, item_key=one.item_key) for one in other.told.all()]
        Told.objects.bulk_create(told, ignore_conflicts=True)
        other.delete()
    held.save(update_fields=["confirmed_at", "looked_on"])


def stop(number: int, nonce: UUID) -> None:
    """Forgets a search with its address; one that is gone already is no error."""
    Alert.objects.filter(pk=number, nonce=nonce).delete()


@transaction.atomic
def take_news(alert_id: int) -> tuple[Alert, list[int], int] | None:
    """What is new for a search: its pages, at most `MOST`, and how many there are in all.

    All of it counts as told from now on, whichever search of the same address finds it again. None
    where the search is gone or there is nothing new. Call it in the transaction that sends the mail.
    """
    email = Alert.objects.active().filter(pk=alert_id).values_list("email", flat=True).first()
    if email is None:
        return None
    # All searches of the address, in one order: two of them never tell of the same thing.
    held = list(Alert.objects.select_for_update().filter(email=email).order_by("pk"))
    alert = next((one for one in held if one.pk == alert_id and one.confirmed_at), None)
    found = new_entries(alert) if alert else []
    if not found:
        return None
    told = [Told(alert=alert, item_key=one.key) for one in found]
    Told.objects.bulk_create(told, ignore_conflicts=True)
    return alert, [one.page for one in found[:MOST]], len(found)


def new_entries(alert: Alert) -> list[choosing.Entry]:
    """What fits a search, was never public before it was confirmed, and was not told yet."""
    kind, state = choosing.KINDS[alert.kind], state_of(alert.kind, alert.query)
    fitting = [one for one in listing.directory(None, kind, alert.language) if state.takes(one)]
    if not fitting:
        return []
    recent = kind.model.objects.published().filter(first_published_at__gt=alert.confirmed_at)
    recent = set(map(str, recent.values_list("translation_key", flat=True)))
    older = kind.model.objects.filter(
        translation_key__in=recent, first_published_at__lte=alert.confirmed_at
    )
    told = Told.objects.filter(alert__email=alert.email, item_key__in=recent)
    known = {str(key) for key in older.values_list("translation_key", flat=True)}
    known |= {str(key) for key in told.values_list("item_key", flat=True)}
    return [one for one in fitting if one.key in recent and one.key not in known]


def look_at_once(kind: str, key: str) -> None:
    """Promises a mail to everybody who wants to hear at once of what was just published."""
    alerts = Alert.objects.active().filter(kind=kind, how=How.AT_ONCE)
    for alert in alerts.iterator(chunk_size=500):
        entries = listing.directory(None, choosing.KINDS[kind], alert.language)
        state = state_of(alert.kind, alert.query)
        if any(one.key == key and state.takes(one) for one in entries):
            outbox.post_once("marketplace.alert_news", alert_id=alert.pk)


def look_daily(today: datetime.date) -> None:
    """Promises the day's mail to each daily search, once whatever runs it."""
    due = Alert.objects.active().filter(how=How.DAILY, looked_on__lt=today)
    for number in list(due.values_list("pk", flat=True)):
        with transaction.atomic():
            if due.filter(pk=number).update(looked_on=today):
                outbox.post("marketplace.alert_news", alert_id=number)


def forget_unconfirmed() -> None:
    """Deletes what nobody confirmed within a week."""
    limit = timezone.now() - KEEP_UNCONFIRMED
    Alert.objects.filter(confirmed_at=None, created_at__lt=limit).exclude(
        mailed_at__gt=limit
    ).delete()
