"""How long those who reported something are known: until nobody can appeal any more."""

import datetime

from django.db import transaction
from django.utils import timezone

from core.periodic import every
from moderation import services
from moderation.models import Case, CaseEvent, Notice

KEEP = datetime.timedelta(days=214)  # six months of appeals, and one to answer


@every(hours=24)
def forget_reporters() -> None:
    """Deletes names and addresses of notices whose case was decided long ago; what they said stays."""
    old = Case.objects.filter(
        state__in=[Case.State.DECIDED, Case.State.CLOSED], decided_at__lt=timezone.now() - KEEP
    )
    waiting = Notice.objects.filter(case__in=old, forgotten_at=None)
    for number in set(waiting.values_list("case", flat=True)):
        with transaction.atomic():
            case = Case.objects.select_for_update().get(pk=number)
            case.notices.update(name="", email="", user=None, forgotten_at=timezone.now())
            services.record(case, CaseEvent.What.FORGOTTEN)
