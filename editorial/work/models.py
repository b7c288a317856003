"""Who has taken on which translation, until when."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords


class Assignment(models.Model):
    """One item in one language is one person's work. It is gone when the translation is public."""

    item = models.UUIDField(_("item"), editable=False)
    language = models.CharField(_("language"), max_length=12, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="assignments",
        verbose_name=_("person"),
    )
    due = models.DateField(_("due on"), null=True, blank=True)
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("assigned by"),
    )
    assigned_at = models.DateTimeField(_("assigned on"), auto_now=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ["due", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "language"], name="one_assignment_per_item_and_language"
            )
        ]

    def __str__(self) -> str:
        return f"{self.item} ({self.language}): {self.person}"
