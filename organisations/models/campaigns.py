"""Invitations by mail: organisations register themselves through a signed link."""

from django.conf import settings
from django.core import signing
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from organisations.models.records import Organisation

SALT = "organisations.invitation"


class Campaign(models.Model):
    """A text that is sent to a list of addresses in one language."""

    name = models.CharField(
        _("name"), max_length=100, help_text=_("For yourselves. Receivers do not see it.")
    )
    language = models.CharField(_("language"), max_length=12)
    text = models.TextField(
        _("text"),
        max_length=3000,
        help_text=_(
            "Who writes, and why it is worth their time. The links to register and to decline are "
            "added below it."
        ),
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        verbose_name = _("invitation campaign")
        verbose_name_plural = _("invitation campaigns")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.name


class Recipient(models.Model):
    """An address of a campaign, and what came of it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting to be sent")
        SENT = "sent", _("Sent")
        REGISTERED = "registered", _("Registered")
        DECLINED = "declined", _("Declined")

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="recipients")
    email = models.EmailField(_("e-mail address"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    changed_at = models.DateTimeField(_("since"), auto_now=True)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("receiver")
        verbose_name_plural = _("receivers")
        ordering = ["email"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "email"], name="one_invitation_per_address_and_campaign"
            ),
            models.CheckConstraint(
                condition=Q(email=models.functions.Lower("email")),
                name="invitation_in_small_letters",
            ),
        ]

    def __str__(self) -> str:
        return self.email

    @property
    def token(self) -> str:
        """The signed part of this receiver's links."""
        return signing.dumps(self.pk, salt=SALT)
