"""Periodic work of imports."""

import datetime

from django.utils import timezone

from core.periodic import every
from imports.models import UploadedText

KEPT = datetime.timedelta(days=1)


@every(hours=1)
def forget_uploads() -> None:
    """Removes files of which nobody made a draft within a day."""
    UploadedText.objects.filter(created_at__lt=timezone.now() - KEPT).delete()
