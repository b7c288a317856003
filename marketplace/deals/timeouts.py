"""What happens by itself: reminders, and moves whose time has come. The periodic process does it.

A process that stood still for days strikes nothing unannounced. Where the last reminder would have come too
late, those who are waited for get it now, and two working days more. Until a time-out is struck, a move
that comes late counts.
"""

import datetime
import logging
import uuid

from django.db import transaction
from django.utils import timezone

from core import outbox
from core.periodic import every
from marketplace.deals import deadlines, moves
from marketplace.deals.models import Deal
from marketplace.deals.states import Side
from marketplace.deals.table import timeout_of

logger = logging.getLogger(__name__)
MOST = 500  # at a time, so that other periodic work has its turn


@every(minutes=10)
def run(now: datetime.datetime | None = None) -> int:
    """Reminds of what is due soon and strikes what is due; returns how many deals it touched."""
    now = now or timezone.now()
    done = 0
    for act, waiting in (
        (remind, Deal.objects.filter(remind_at__lte=now).order_by("remind_at", "pk")),
        (strike, Deal.objects.filter(due_at__lte=now).order_by("due_at", "pk")),
    ):
        for pk in list(waiting.values_list("pk", flat=True)[:MOST]):
            try:
                done += act(pk, now)
            except Exception:
                logger.exception("time-out of deal %s failed", pk)  # the next one has its turn
    return done


@transaction.atomic
def remind(pk: int, now: datetime.datetime) -> bool:
    """Promises one reminder; False where there is none to give any more."""
    deal = moves.held(Deal(pk=pk))
    if deal.remind_at is None or deal.remind_at > now or deal.due_at is None:
        return False
    tell(deal, now)
    return True


@transaction.atomic
def strike(pk: int, now: datetime.datetime) -> bool:
    """Makes the move of a time-out, or reminds first where nobody was; False where nothing is due."""
    deal = moves.held(Deal(pk=pk))
    found = timeout_of(deal.state)
    if deal.due_at is None or deal.due_at > now or found is None:
        return False
    move, timeout = found
    if timeout.remind and deal.reminded_at is None:
        tell(deal, now)
        return True
    token = uuid.uuid5(deal.key, f"time-out {deal.version}")
    moves.perform(
        deal, move.name, side=Side.SYSTEM, token=token, expected_version=deal.version, at=now
    )
    return True


def tell(deal: Deal, now: datetime.datetime) -> None:
    """Promises the reminder, and sees to it that there is time to do something about it."""
    countries = moves.countries(deal)
    deal.due_at = max(deal.due_at, deadlines.fair(now, countries))
    deal.reminded_at = now
    deal.remind_at = deadlines.reminder(deal.state, deal.due_at, now, countries)
    deal.save(update_fields=["due_at", "reminded_at", "remind_at"])
    outbox.post("deals.remind", deal_id=deal.pk, version=deal.version, due=deal.due_at.isoformat())
