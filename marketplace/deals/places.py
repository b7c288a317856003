"""The place that a deal takes in the timetable of the school: from the agreement on."""

from django.utils.translation import gettext as _

from marketplace.deals.models import Deal, Step
from marketplace.deals.refusals import Refused
from marketplace.deals.states import OVER
from marketplace.listings import capacity


def follow(deal: Deal, step: Step) -> None:
    """Takes the place with the agreement; gives it back where a deal is over before the work began.

    Raises `Refused` where all places of the chosen window are taken: then nothing is agreed.
    """
    if step.move == "agree" and deal.window_id:
        try:
            capacity.take(deal.window, deal)
        except capacity.NoPlaceLeft:
            raise Refused(
                _(
                    "No place is left in the chosen time: other orders have taken them. Choose "
                    "another time, and propose it."
                )
            ) from None
    elif step.to_state in OVER and not deal.steps.filter(move="start").exists():
        capacity.give_back(deal)
