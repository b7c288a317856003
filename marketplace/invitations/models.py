"""Who was asked to answer a need."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ProviderInvitation(models.Model):
    """A provider was asked, once, to look at a need that one of its services fits.

    `need_key` and `service_key` are translation keys: they hold for all languages of both.
    """

    need_key = models.UUIDField()
    service_key = models.UUIDField()
    provider = models.ForeignKey(
        "organisations.Organisation",
        on_delete=models.PROTECT,
        related_name="invited_to_needs",
        verbose_name=_("organisation"),
    )
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("invited by"),
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        verbose_name = _("invitation to a need")
        verbose_name_plural = _("invitations to needs")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["need_key", "provider"], name="one_invitation_per_need_and_provider"
            )
        ]

    def __str__(self) -> str:
        return f"{self.provider}: {self.need_key}"
