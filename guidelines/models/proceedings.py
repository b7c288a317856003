"""What becomes of a recommendation: one course of events for all its languages."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    """How far a recommendation has come."""

    DRAFT = "draft", _("Draft")
    CONSULTED = "consulted", _("Consulted")
    ADOPTED = "adopted", _("Adopted")
    SENT = "sent", _("Sent")
    ANSWERED = "answered", _("Answered")


# From each status the ones that may follow; `services.move` is the only way from one to the next.
TRANSITIONS: dict[Status, tuple[Status, ...]] = {
    Status.DRAFT: (Status.CONSULTED,),
    Status.CONSULTED: (Status.ADOPTED,),
    Status.ADOPTED: (Status.SENT,),
    Status.SENT: (Status.ANSWERED,),
    Status.ANSWERED: (),
}


class Proceeding(models.Model):
    """Where a recommendation stands; without a row it is a draft.

    It belongs to the item and not to a page, because the status is the same in every language.
    """

    translation_key = models.UUIDField(unique=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    follow_up_on = models.DateField(null=True, blank=True)
    reminded_of = models.DateField(null=True, blank=True)  # the date whose reminder is promised

    class Meta:
        indexes = [models.Index(fields=["follow_up_on"], name="proceeding_follow_up")]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=Status.values), name="proceeding_status_is_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.translation_key}: {self.status}"


class Move(models.Model):
    """A step from one status to the next: when, by whom, for which office."""

    proceeding = models.ForeignKey(Proceeding, on_delete=models.CASCADE, related_name="moves")
    status = models.CharField(max_length=10, choices=Status)
    on = models.DateField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    office = models.CharField(max_length=150)
    note = models.TextField(blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["proceeding", "on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["proceeding", "status"], name="one_move_to_a_status"),
            models.CheckConstraint(
                condition=Q(status__in=Status.values), name="move_status_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.status} {self.on}"


class Answer(models.Model):
    """What the addressee answered, in their words and their language."""

    move = models.OneToOneField(Move, on_delete=models.CASCADE, related_name="answer")
    body = models.CharField(max_length=150)
    text = models.TextField()
    language = models.CharField(max_length=12)
    url = models.URLField(blank=True)

    def __str__(self) -> str:
        return self.body
