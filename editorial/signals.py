"""What follows from a step of the review: mails, and the numbers of translations."""

from django.db import transaction
from django.dispatch import receiver
from wagtail.admin.views.pages import edit
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import (
    page_published,
    task_submitted,
    workflow_approved,
    workflow_rejected,
    workflow_submitted,
)
from wagtail_localize.models import Translation

from core import outbox, review
from editorial import assignments, permissions, publishing, services
from editorial.models import FourEyesTaskState


def connect() -> None:
    """Takes the places of Wagtail's own mails, which are sent inside the request and transaction.

    A signal keeps one receiver for each name, so it does not matter which app is ready first.
    About comments there is no signal: the view calls a function by its name.
    """
    edit.send_notification = commented
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


def nothing(**kwargs):
    """Stands where Wagtail would send a mail."""


def submitted(instance, **kwargs):
    """Each person who can decide gets a mail."""
    if instance.rule:
        return
    obj = instance.workflow_state.content_object
    for person in permissions.deciders(obj, instance.everyone_involved(obj)):
        post("submitted", instance, person.pk)


def returned(instance, **kwargs):
    if instance.requested_by_id:
        post("returned", instance.current_task_state, instance.requested_by_id)


def approved(instance, user=None, **kwargs):
    state = instance.current_task_state
    if instance.requested_by_id and state and state.finished_by_id:
        post("approved", instance.current_task_state, instance.requested_by_id)


def commented(recipient_users, notification, extra_context):
    """Each person who follows the comments of a page gets a mail; their words are kept for it."""
    changes = {
        name: [{"text": comment.text} for comment in extra_context[name]]
        for name in ("new_comments", "resolved_comments", "deleted_comments")
    }
    changes["replied_comments"] = [
        {
            "comment": {"text": thread["comment"].text},
            "replies": [{"text": reply.text} for reply in thread["replies"]],
        }
        for thread in extra_context["replied_comments"]
    ]
    with transaction.atomic():
        for person in recipient_users:
            outbox.post(
                "editorial.comments",
                page_id=extra_context["page"].pk,
                editor_id=extra_context["editor"].pk,
                user_id=person.pk,
                changes=changes,
            )


def post(occasion: str, state: TaskState, user_id: int) -> None:
    outbox.post("editorial.mail", occasion=occasion, state_id=state.pk, user_id=user_id)


@receiver(page_published)
def translations_follow(instance, **kwargs):
    """New source text becomes work for translators; synchronised fields follow by rule."""
    records = Translation.objects.filter(source__object_id=instance.translation_key)
    if records.exists():
        with transaction.atomic():
            outbox.post("editorial.translations", page_id=instance.pk)


@receiver(review.withdrawn)
def withdrawn_by_rule(page, by, rule, **kwargs):
    """An app ends a page of its own, by a rule that stands in `publishing.WITHDRAWALS`."""
    publishing.withdraw(page, by, str(publishing.WITHDRAWALS[rule]), rule)


@receiver(page_published)
def assignment_ends(instance, **kwargs):
    """What is public and up to date is nobody's work any more."""
    with transaction.atomic():
        assignments.finish(instance)


@receiver(review.submitted)
def sent_by_author(page, by, **kwargs):
    """A member sends what they told on the public site into the same review as everybody's."""
    services.submit(page, by)
