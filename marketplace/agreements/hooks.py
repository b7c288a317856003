"""What agreements do when a deal moves or a story is sent into review."""

from django.dispatch import receiver

from core import review
from marketplace.agreements import services, story
from marketplace.agreements import tasks as _tasks  # noqa: F401  (they register themselves)
from marketplace.deals.signals import deal_moved
from marketplace.deals.table import PROPOSING


@receiver(deal_moved)
def draw_anew(deal, step, **kwargs):
    """Every proposal makes a new version of the agreement, which both sides are asked for."""
    if step.move in PROPOSING:
        services.draw(deal)


@receiver(review.submitted)
def ask_both_sides(page, **kwargs):
    """A story of a deal goes into review only when both sides have approved what it says now."""
    story.check_approved(page)
