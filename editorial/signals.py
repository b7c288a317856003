"""What follows from a step of the review: notices, and the numbers of translations."""

from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.admin.views.pages import edit
from wagtail.models import Comment, CommentReply, Page, TaskState, WorkflowState
from wagtail.signals import (
    page_published,
    task_approved,
    task_cancelled,
    task_rejected,
    task_submitted,
    workflow_approved,
    workflow_rejected,
    workflow_submitted,
)
from wagtail_localize.models import Translation

from core import outbox, review
from editorial import publishing, services
from editorial.models import FourEyesTaskState
from editorial.notices import events
from editorial.work import assignments


def connect() -> None:
    """Takes the places of Wagtail's own mails, which are sent inside the request and transaction.

    A signal keeps one receiver for each name, so it does not matter which app is ready first.
    About comments the view calls a function by its name.
    """
    edit.send_notification = nothing
    places = [
        (task_submitted, FourEyesTaskState, submitted, "editorial_submitted"),
        (task_submitted, TaskState, nothing, "group_approval_task_submitted_email_notification"),
        (workflow_submitted, WorkflowState, nothing, "workflow_state_submitted_email_notification"),
        (workflow_rejected, WorkflowState, returned, "workflow_state_rejected_email_notification"),
        (workflow_approved, WorkflowState, approved, "workflow_state_approved_email_notification"),
    ]
    for signal, sender, function, name in places:
        signal.disconnect(sender=sender, dispatch_uid=name)
        signal.connect(function, sender=sender, dispatch_uid=name)


def nothing(*args, **kwargs):
    """Stands where Wagtail would send a mail."""


def submitted(instance, **kwargs):
    """Each person who can decide is told."""
    if not instance.rule:
        outbox.post("notices.submitted", state_id=instance.pk)


def returned(instance, **kwargs):
    if instance.requested_by_id:
        outbox.post("notices.decided", state_id=instance.current_task_state.pk)


def approved(instance, user=None, **kwargs):
    state = instance.current_task_state
    if instance.requested_by_id and state and state.finished_by_id:
        outbox.post("notices.decided", state_id=state.pk)


@receiver([task_approved, task_rejected, task_cancelled])
def settled(instance, **kwargs):
    """Nobody is waited for any more."""
    events.settle(instance)


@receiver(post_save, sender=Comment)
def commented(instance, created, raw=False, **kwargs):
    """Those who have to do with a text are told what is said about it."""
    if created and not raw:
        with transaction.atomic():
            outbox.post("notices.comment", comment_id=instance.pk)


@receiver(post_save, sender=CommentReply)
def replied(instance, created, raw=False, **kwargs):
    if created and not raw:
        with transaction.atomic():
            outbox.post("notices.reply", reply_id=instance.pk)


@receiver(page_published)
def translations_follow(instance, **kwargs):
    """New source text becomes work for translators; synchronised fields follow by rule."""
    records = Translation.objects.filter(source__object_id=instance.translation_key)
    if records.exists():
        with transaction.atomic():
            outbox.post("editorial.translations", page_id=instance.pk)


@receiver(post_save)
def taken_when_unlocked(instance, update_fields=None, **kwargs):
    """A translation that was locked takes what its source has got meanwhile."""
    if isinstance(instance, Page) and "locked" in (update_fields or ()) and not instance.locked:
        with transaction.atomic():
            outbox.post("editorial.translations", page_id=instance.pk)


@receiver(review.withdrawn)
def withdrawn_by_rule(page, by, rule, reason="", **kwargs):
    """An app ends a page of its own, by a rule that stands in `publishing.WITHDRAWALS`."""
    publishing.withdraw(page, by, reason or str(publishing.WITHDRAWALS[rule]), rule)


@receiver(review.restored)
def restored_by_rule(page, by, rule, **kwargs):
    """What an app has ended by a rule is public again."""
    publishing.restore(page, by, rule)


@receiver(page_published)
def assignment_ends(instance, **kwargs):
    """What is public and up to date is nobody's work any more."""
    with transaction.atomic():
        assignments.finish(instance)


@receiver(review.submitted)
def sent_by_author(page, by, **kwargs):
    """A member sends what they told on the public site into the same review as everybody's."""
    services.submit(page, by)


@receiver(review.approved)
def approved_by_peer(page, by, revision, **kwargs):
    """A member approves on the public site what another one has sent, by the rules of every review."""
    services.approve_shown(page, by, revision)


@receiver(review.returned)
def returned_by_peer(page, by, revision, comment, **kwargs):
    """Or returns it, saying what has to change."""
    services.return_shown(page, by, revision, comment)
