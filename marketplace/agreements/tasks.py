"""Periodic work of agreements: a PDF that a dead worker left unmade is promised again."""

import datetime

from django.db.models import Q
from django.utils import timezone

from core.periodic import every
from marketplace.agreements import documents

RECENT = datetime.timedelta(days=2)


@every(hours=1)
def want_files():
    """Looks at what was drawn or accepted lately; older texts have their files."""
    since = timezone.now() - RECENT
    for model in documents.KINDS.values():
        lately = Q(made_at__gte=since) | Q(signatures__accepted_at__gte=since)
        for document in model.objects.filter(lately).distinct():
            documents.want(document)
