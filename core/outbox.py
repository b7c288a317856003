"""Work that must happen after a commit, even if the worker is stopped in the middle of it.

`post()` writes a row in the caller's transaction and enqueues a task for it, which commits or rolls
back with it. The task does the work and marks the row done. What a dead worker or an error left is
taken up by `sweep()`, which the periodic process calls. Handlers must be safe to run twice.
"""

import datetime
import logging
import time
from collections.abc import Callable
from contextlib import nullcontext

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django_tasks import task

from core.models import OutboxEntry

logger = logging.getLogger(__name__)
PATIENCE = datetime.timedelta(seconds=30)
LONGEST_WAIT = datetime.timedelta(hours=6)
TURN = datetime.timedelta(minutes=10)  # how long nobody else begins slow work
REMINDED = datetime.timedelta(minutes=5)  # how often the worker is asked for slow work again
LONGEST_SWEEP = 10  # seconds, so that other periodic work has its turn
_handlers: dict[str, Callable[..., None]] = {}
_secret: set[str] = set()
_slow: set[str] = set()


def handler(kind: str, secret: bool = False, slow: bool = False):
    """Registers the function that does work of this kind; its arguments are the payload.

    The payload of `secret` work, such as a mail with a code, is forgotten when the work is done.
    `slow` work, such as asking a service elsewhere, is done outside a transaction, so that nobody waits
    for it: it commits step by step, and repeated it goes on with what is left.
    """

    def register(function: Callable[..., None]):
        _handlers[kind] = function
        if secret:
            _secret.add(kind)
        if slow:
            _slow.add(kind)
        return function

    return register


def post(kind: str, **payload) -> OutboxEntry:
    """Promises work of a registered kind as part of the current transaction.

    `payload` is JSON. Raises `KeyError` for a kind that nobody registered.
    """
    _handlers[kind]
    entry = OutboxEntry.objects.create(kind=kind, payload=payload)
    work.enqueue(entry.pk)
    return entry


def post_later(kind: str, delay: datetime.timedelta, **payload) -> OutboxEntry:
    """Promises work that nobody begins before a delay is over; then the periodic process does it."""
    _handlers[kind]
    return OutboxEntry.objects.create(kind=kind, payload=payload, not_before=timezone.now() + delay)


@transaction.atomic
def post_once(kind: str, **payload) -> None:
    """Promises work unless the same is promised and nobody has begun it; slow work, unless it has not failed.

    Begun work may have read what was there before the current transaction. The row is held until that
    ends, so that whoever begins the work sees what the transaction did.

    Raises `KeyError` for a kind that nobody registered.
    """
    waits = OutboxEntry.objects.filter(kind=kind, payload=payload, done_at=None)
    waits = waits.filter(error="") if kind in _slow else waits.filter(attempts=0)
    if waits.select_for_update(skip_locked=True).first() is None:
        post(kind, **payload)


@task()
def work(entry_id: int) -> None:
    """Does the work of one entry, once, unless another process holds or has done it."""
    waits = OutboxEntry.objects.filter(pk=entry_id, done_at=None)
    waits.update(attempts=F("attempts") + 1)  # committed first: a handler may kill its process
    with transaction.atomic():
        entry = waits.select_for_update(skip_locked=True).first()
        if entry is None:
            return
        if entry.kind not in _slow:
            return attempt(entry, transaction.atomic)
        now = timezone.now()
        if entry.not_before and entry.not_before > now:
            return
        waits.update(not_before=now + TURN)
    attempt(entry, nullcontext)


def attempt(entry: OutboxEntry, around: Callable) -> None:
    """Does the work of an entry inside `around()`, and writes down what became of it."""
    try:
        with around():
            _handlers[entry.kind](**entry.payload)
    except Exception as error:
        logger.exception("outbox: %s %s failed", entry.kind, entry.pk)
        became = {
            "error": f"{type(error).__name__}: {error}"[:2000],
            "not_before": timezone.now() + wait(entry.attempts),
        }
    else:
        became = {"error": "", "done_at": timezone.now()}
        if entry.kind in _secret:
            became["payload"] = {}
    OutboxEntry.objects.filter(pk=entry.pk, done_at=None).update(**became)


def remind(entry_id: int) -> None:
    """Asks the worker for slow work that was left undone, every few minutes."""
    now = timezone.now()
    late = Q(not_before=None) | Q(not_before__lt=now - REMINDED)
    if OutboxEntry.objects.filter(late, pk=entry_id, done_at=None).update(not_before=now):
        work.enqueue(entry_id)


def wait(attempts: int) -> datetime.timedelta:
    """How long to wait after a number of failed attempts: twice as long each time, six hours at most."""
    return min(PATIENCE * 2 ** min(attempts, 20), LONGEST_WAIT)


def waiting(now: datetime.datetime | None = None):
    """Entries that should have been done by now."""
    now = now or timezone.now()
    return OutboxEntry.objects.filter(done_at=None, created_at__lt=now - PATIENCE).filter(
        Q(not_before=None) | Q(not_before__lt=now)
    )


def sweep() -> int:
    """Does what was left undone, and forgets what was done over a week ago; returns how many.

    What does not fit into ten seconds is left to the worker and the next time; slow work is the
    worker's, and only asked for again.
    """
    entries = list(waiting().order_by("pk").values_list("pk", "kind", "attempts")[:500])
    end, done = time.monotonic() + LONGEST_SWEEP, 0
    for entry_id, kind, attempts in entries:
        if time.monotonic() > end:
            break
        if kind in _slow:
            remind(entry_id)
        else:  # what kills this process waits like what fails, so that the rest has its turn
            begun = OutboxEntry.objects.filter(pk=entry_id, done_at=None)
            begun.update(not_before=timezone.now() + wait(attempts))
            work.call(entry_id)
        done += 1
    week_ago = timezone.now() - datetime.timedelta(days=7)
    OutboxEntry.objects.filter(done_at__lt=week_ago).delete()
    return done
