"""What the worker does about notices, and when."""

from django.db import transaction
from django.utils import timezone
from wagtail.models import Comment, CommentReply

from core import outbox
from core.periodic import every
from editorial.models import FourEyesTaskState
from editorial.notices import digest, events, mail
from editorial.notices.models import Notice


def review(state_id: int) -> FourEyesTaskState | None:
    return (
        FourEyesTaskState.objects.select_related("revision", "workflow_state", "finished_by")
        .filter(pk=state_id)
        .first()
    )


@outbox.handler("notices.submitted")
def submitted(state_id: int) -> None:
    if state := review(state_id):
        events.submitted(state)


@outbox.handler("notices.decided")
def decided(state_id: int) -> None:
    if state := review(state_id):
        events.decided(state)


@outbox.handler("notices.comment")
def comment(comment_id: int) -> None:
    if said := Comment.objects.filter(pk=comment_id).first():
        events.commented(said, said.user, said.text, f"comment:{said.pk}")


@outbox.handler("notices.reply")
def reply(reply_id: int) -> None:
    if said := CommentReply.objects.select_related("comment").filter(pk=reply_id).first():
        events.commented(said.comment, said.user, said.text, f"reply:{said.pk}")


@outbox.handler("notices.assigned")
def assigned(ids: list[int], person_id: int) -> None:
    events.assigned(ids, person_id)


@outbox.handler("notices.mail")
@transaction.atomic
def send_mail(notice_id: int) -> None:
    """The mail about one notice, once. It is the last step: what fails leaves the notice unsent."""
    notice = (
        Notice.objects.select_for_update(of=("self",))
        .select_related("person__wagtail_userprofile", "by", "state__workflow_state")
        .filter(pk=notice_id, mailed_at=None, read_at=None)
        .first()
    )
    if notice is None or not mail.is_wanted(notice):
        return
    notice.mailed_at = timezone.now()
    notice.save(update_fields=["mailed_at"])
    mail.send(notice)


@outbox.handler("notices.digest")
def send_digest(digest_id: int) -> None:
    digest.send(digest_id)


@every(minutes=1)
def promise_digests() -> None:
    digest.promise_due()


@every(hours=1)
def remind_of_due_dates() -> None:
    events.due_soon()


@every(hours=24)
def forget_notices() -> None:
    events.forget()
