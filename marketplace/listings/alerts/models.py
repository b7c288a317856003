"""Searches that visitors have saved, and what they have been told of."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class How(models.TextChoices):
    """How soon somebody hears of something new."""

    DAILY = "daily", _("Once a day, if there is something new")
    AT_ONCE = "at_once", _("At once")


class AlertQuerySet(models.QuerySet):
    """Saved searches."""

    def active(self):
        """Those whose owner has opened the link of the first mail."""
        return self.exclude(confirmed_at=None)


class Alert(models.Model):
    """A search on a list that somebody saved; `query` is what they chose, in one order.

    It is private: an address, and no name. It goes when its owner stops it, and a week after it was
    typed if nobody confirms it.
    """

    kind = models.CharField(max_length=20)
    query = models.CharField(max_length=2000, blank=True)
    how = models.CharField(max_length=10, choices=How)
    email = models.EmailField(_("e-mail address"))
    language = models.CharField(max_length=12)
    nonce = models.UUIDField(default=uuid4)  # links hold for this one
    created_at = models.DateTimeField(auto_now_add=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    looked_on = models.DateField(null=True, blank=True)  # of the daily ones
    mailed_at = models.DateTimeField(null=True, blank=True)
    mails = models.PositiveSmallIntegerField(default=0)  # caused by forms, without an hour's pause

    objects = AlertQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "query", "how", "email"], name="one_alert_per_search_and_address"
            ),
            models.CheckConstraint(
                condition=Q(email=Lower("email")), name="alert_in_small_letters"
            ),
            models.CheckConstraint(
                condition=Q(how__in=["daily", "at_once"]), name="alert_how_known"
            ),
        ]
        indexes = [models.Index(fields=["kind", "how", "confirmed_at"], name="alert_kind_how")]

    def __str__(self) -> str:
        return f"{self.kind} {self.query}"


class Told(models.Model):
    """What an alert has told its owner of: so that nobody hears of the same thing twice."""

    alert = models.ForeignKey(Alert, on_delete=models.CASCADE, related_name="told")
    item_key = models.UUIDField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["alert", "item_key"], name="told_once_per_alert")
        ]

    def __str__(self) -> str:
        return str(self.item_key)
