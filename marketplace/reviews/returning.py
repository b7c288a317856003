"""A deal comes back from a dispute to where reviews are written: the time for them was not stopped."""

from django.dispatch import receiver
from django.utils import timezone

from marketplace.deals import deadlines, moves
from marketplace.deals.models import Deal
from marketplace.deals.signals import deal_moved
from marketplace.deals.states import State, opposite


@receiver(deal_moved, sender=Deal)
def time_went_on(deal, step, **kwargs):
    """Keeps the day on which a review that is written is shown: until then the other side can write.

    Where it is shown already, nobody is asked for a review any more, and the deal is closed after two working
    days. The mail about the step names the day, so it is the reminder too.
    """
    written = list(deal.reviews.all()) if step.to_state == State.ACCEPTED else []
    if not written:
        return
    first, now = written[0], timezone.now()
    if first.is_shown(now):
        deal.awaits, last = "", deadlines.fair(now, moves.countries(deal))
    else:
        deal.awaits, last = str(opposite(first.side)), first.shown_at
    deal.due_at = min(deal.due_at, last)
    deal.remind_at, deal.reminded_at = None, now
    deal.save(update_fields=["awaits", "due_at", "remind_at", "reminded_at"])
