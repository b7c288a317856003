"""Files that editors have sent and not yet made a draft of."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class UploadedText(models.Model):
    """A file between its upload and the draft that is made of it. Kept for a day at most."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=50)
    language = models.CharField(max_length=12)
    name = models.CharField(max_length=255)
    content = models.BinaryField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("uploaded text")

    def __str__(self) -> str:
        return self.name
