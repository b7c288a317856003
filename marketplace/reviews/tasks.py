"""Periodic work of reviews: one that is shown because its time has come is new to readers."""

import datetime

from django.utils import timezone

from core import generation
from core.periodic import every
from marketplace.reviews.models import Review

INTERVAL = datetime.timedelta(hours=1)


@every(minutes=30)
def show_due_reviews():
    """Lets pages be read anew where a review came into sight since the last time, at worst twice."""
    now = timezone.now()
    if Review.objects.filter(shown_at__lte=now, shown_at__gt=now - INTERVAL).exists():
        generation.grow()
