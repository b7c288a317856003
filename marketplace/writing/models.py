"""What somebody without an account has typed, until the link in their mail is followed."""

import uuid

from django.db import models


class PendingNeed(models.Model):
    """A need as it was sent, with its confidential part; deleted when it is a draft, or after two weeks.

    `values` are the fields as they were typed, by form. `nonce` stands in the newest link.
    """

    submission = models.UUIDField(unique=True)
    nonce = models.UUIDField(default=uuid.uuid4)
    email = models.EmailField()
    language = models.CharField(max_length=12)
    values = models.JSONField()
    created_at = models.DateTimeField(auto_now_add=True)
    mails = models.PositiveSmallIntegerField(default=0)
    mailed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["email", "mailed_at"], name="pending_need_mails")]

    def __str__(self) -> str:
        return str(self.submission)
