"""What the two sides of a deal write to each other, and the files that they send."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.deals.models import Deal
from marketplace.deals.states import Side
from marketplace.rooms import storage

__all__ = ["Attachment", "Message", "MessageTranslation"]

LONGEST_TEXT = 5000
SPEAKING = (Side.PROVIDER, Side.CLIENT, Side.DESK)


class Message(models.Model):
    """What one side wrote, in its language. A thread is a message with its answers."""

    deal = models.ForeignKey(Deal, on_delete=models.CASCADE, related_name="messages")
    thread = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="answers"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    side = models.CharField(max_length=10, choices=Side)
    language = models.CharField(_("language"), max_length=12)
    text = models.TextField(_("message"), max_length=LONGEST_TEXT)
    wanted_from = models.DateField(_("wanted from"), null=True, blank=True)
    wanted_until = models.DateField(_("wanted until"), null=True, blank=True)
    sent_at = models.DateTimeField(default=timezone.now)
    token = models.UUIDField()
    hidden = models.BooleanField(default=False, editable=False)  # by a moderator's decision

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["sent_at", "pk"]
        indexes = [models.Index(fields=["deal", "thread", "sent_at"], name="messages_of_a_deal")]
        constraints = [
            models.UniqueConstraint(fields=["deal", "token"], name="one_message_per_token"),
            models.CheckConstraint(condition=Q(side__in=SPEAKING), name="message_side_known"),
            models.CheckConstraint(
                condition=Q(wanted_from=None)
                | Q(wanted_until=None)
                | Q(wanted_until__gte=F("wanted_from")),
                name="message_wanted_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deal_id}: {self.text[:50]}"


class MessageTranslation(models.Model):
    """A message as a machine put it into the language of who reads it. The original is what counts."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="translations")
    language = models.CharField(_("language"), max_length=12)
    text = models.TextField(_("translation"))
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("translation of a message")
        verbose_name_plural = _("translations of messages")
        ordering = ["message", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["message", "language"], name="one_translation_per_message_and_language"
            )
        ]

    def __str__(self) -> str:
        return f"{self.message_id}: {self.language}"


class Attachment(models.Model):
    """A file of a message. Its content was checked before it was stored."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="attachments")
    file = models.FileField(storage=storage.private, upload_to=storage.place_of, max_length=250)
    name = models.CharField(_("name"), max_length=150)
    type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("file of a message")
        verbose_name_plural = _("files of messages")
        ordering = ["message", "pk"]

    def __str__(self) -> str:
        return self.name
