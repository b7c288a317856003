"""What the two sides of a deal say of each other."""

import datetime

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.deals.states import Side
from marketplace.deals.table import DAYS_FOR_REVIEWS
from marketplace.reviews.querysets import ReviewQuerySet

# After the result was accepted, one review is shown alone; the deal waits as long, to the end of that day.
WAIT = datetime.timedelta(days=DAYS_FOR_REVIEWS)
STARS = [
    (5, _("5: very good")),
    (4, _("4: good")),
    (3, _("3: neither good nor bad")),
    (2, _("2: bad")),
    (1, _("1: very bad")),
]


class Review(models.Model):
    """One side's review of the other. Once it is shown, nothing of it changes but the one reply."""

    deal = models.ForeignKey("marketplace.Deal", on_delete=models.PROTECT, related_name="reviews")
    side = models.CharField(
        max_length=8, choices=[(side.value, side.label) for side in (Side.PROVIDER, Side.CLIENT)]
    )
    about = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="reviews"
    )
    rating = models.PositiveSmallIntegerField(
        _("how it went"), choices=STARS, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    on_time = models.BooleanField(_("the other side kept to the dates"))
    would_again = models.BooleanField(_("we would work with them again"))
    text = models.TextField(_("what others should know"), max_length=2000)
    language = models.CharField(_("language"), max_length=12)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    written_at = models.DateTimeField(default=timezone.now)
    shown_at = models.DateTimeField(null=True)  # from when on readers see it; null until both know
    hidden = models.BooleanField(default=False)  # by a moderator's decision
    reply = models.TextField(_("reply"), max_length=1000, blank=True)
    reply_language = models.CharField(max_length=12, blank=True)
    reply_at = models.DateTimeField(null=True)
    reply_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reply_hidden = models.BooleanField(default=False, db_default=False)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review of an organisation")
        verbose_name_plural = _("reviews of organisations")
        ordering = ["-written_at", "-pk"]
        indexes = [models.Index(fields=["about", "shown_at"], name="reviews_of_organisation")]
        constraints = [
            models.UniqueConstraint(fields=["deal", "side"], name="one_review_per_side"),
            models.CheckConstraint(
                condition=Q(rating__gte=1, rating__lte=5), name="review_rating_of_five"
            ),
            models.CheckConstraint(
                condition=Q(side__in=[Side.PROVIDER, Side.CLIENT]), name="review_of_a_party"
            ),
            models.CheckConstraint(
                condition=Q(reply="") | Q(reply_at__isnull=False), name="review_reply_with_its_time"
            ),
        ]

    def is_shown(self, now: datetime.datetime | None = None) -> bool:
        """Whether readers see it, and it can no longer be changed."""
        return self.shown_at is not None and self.shown_at <= (now or timezone.now())
