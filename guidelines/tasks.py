"""Periodic and background work of this app."""

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from accounts.models import Role
from accounts.permissions import holders
from core import outbox
from core.periodic import every
from guidelines import mail
from guidelines.briefs import want_briefs
from guidelines.models import Proceeding, RecommendationPage
from guidelines.permissions import language_of
from guidelines.printing import want_handbooks


@every(hours=1)
def remind_of_follow_ups() -> None:
    """Promises one mail a person for every follow-up whose day has come."""
    due = Proceeding.objects.filter(follow_up_on__lte=timezone.localdate()).filter(
        Q(reminded_of=None) | ~Q(reminded_of=F("follow_up_on"))
    )
    for key in due.values_list("pk", flat=True):
        with transaction.atomic():
            proceeding = due.select_for_update(skip_locked=True).filter(pk=key).first()
            if proceeding is None:
                continue
            for user_id in receivers(proceeding):
                outbox.post(
                    "guidelines.follow_up",
                    proceeding_id=proceeding.pk,
                    user_id=user_id,
                    day=proceeding.follow_up_on.isoformat(),
                )
            proceeding.reminded_of = proceeding.follow_up_on
            proceeding.save(update_fields=["reminded_of"])


def receivers(proceeding: Proceeding) -> list[int]:
    """Who recorded the last move, or the editors of the source language where they have left."""
    pages = RecommendationPage.objects.filter(translation_key=proceeding.translation_key, live=True)
    if not pages.exists():
        return []
    last = proceeding.moves.select_related("by").last()
    if last and last.by and last.by.is_active:
        return [last.by.pk]
    people = holders(Role.EDITOR, language_of(proceeding.translation_key))
    return list(people.values_list("pk", flat=True))


@outbox.handler("guidelines.follow_up")
def send_follow_up(proceeding_id: int, user_id: int, day: str) -> None:
    mail.follow_up(proceeding_id, user_id, day)


@outbox.handler("guidelines.briefs")
def promise_briefs(keys: list[str]) -> None:
    """After the commit of a change, so that what is read for it is kept by the right generation."""
    want_briefs(keys)


@every(hours=1)
def keep_briefs() -> None:
    """Promises what no signal has told of, such as another title of a story in the evidence."""
    want_briefs()


@outbox.handler("guidelines.handbooks")
def promise_handbooks() -> None:
    """After the commit of a change, as `promise_briefs`."""
    want_handbooks()


@every(hours=1)
def keep_handbooks() -> None:
    """Promises what a dead worker left."""
    want_handbooks()
