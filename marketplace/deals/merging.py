"""What becomes of deals whose two sides turn out to be one organisation."""

from django.dispatch import receiver
from django.utils.translation import gettext as _

from marketplace.deals.models import Deal
from marketplace.deals.states import OVER
from marketplace.models import Review
from organisations.merging import merging
from organisations.services import Refused


@receiver(merging)
def both_sides_become_one(keep, other, **kwargs):
    """Refuses it while a deal between the two runs; what they wrote of each other counts no more.

    One person could accept and review for both sides otherwise.
    """
    deals = Deal.objects.of_organisation(keep).of_organisation(other)
    running = deals.exclude(state__in=OVER).first()
    if running is not None:
        raise Refused(
            _(
                "These two have a deal with each other that is not over: “%(title)s”. Let it be ended first."
            )
            % {"title": running.title}
        )
    Review.objects.filter(deal__in=deals).update(shown_at=None)
