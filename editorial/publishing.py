"""The only ways in which anything becomes public.

`publish_reviewed` is Wagtail's `WAGTAIL_FINISH_WORKFLOW_ACTION`: what was reviewed, and nothing else.
`publish_by_rule` is for what no person decides. Wagtail imports this module while its own models
load, so models are imported inside the functions.
"""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

# Rule: in words for the history of the text.
RULES = {
    "shipped": _("Published as a part of the portal as it is installed"),
    "synchronised fields": _("Published with the numbers, codes and dates of the source"),
}
LOG_ACTION = "editorial.publish_by_rule"


def words(data: dict) -> str:
    """The rule by which a text was published, from the data of its entry in the log."""
    rule = data.get("rule", "")
    return str(RULES.get(rule, rule))


@transaction.atomic
def publish_reviewed(workflow_state, user=None) -> None:
    """Publishes the very revision that a second person approved, now or at its scheduled time.

    Raises `NotReviewed` where the workflow ended without such an approval, `ContentChanged` where
    the content is not what was approved, `Incomplete` where something is missing.
    """
    from editorial.models import FourEyesTaskState
    from editorial.refusals import NotReviewed

    review = (
        FourEyesTaskState.objects.filter(
            workflow_state=workflow_state, status=FourEyesTaskState.STATUS_APPROVED
        )
        .order_by("finished_at", "pk")
        .last()
    )
    if review is None or review.finished_by is None:
        raise NotReviewed
    if review.finished_by_id in review.everyone_involved(workflow_state.content_object):
        raise NotReviewed
    review.check_content()
    review.revision.publish(user=user, skip_permission_checks=True)


@transaction.atomic
def publish_by_rule(obj, rule: str, user=None, revision=None) -> None:
    """Publishes the latest revision of `obj`, or a given one, and records which rule did it.

    A review that is running goes on: it is about another revision. Raises `ValueError` for a rule
    that is not in `RULES`.
    """
    from wagtail.actions.publish_page_revision import PublishPageRevisionAction
    from wagtail.actions.publish_revision import PublishRevisionAction
    from wagtail.log_actions import log
    from wagtail.models import Page

    if rule not in RULES:
        raise ValueError(f"There is no rule {rule!r} that publishes.")
    revision = revision or obj.get_latest_revision() or obj.save_revision(user=user)
    action_class = PublishPageRevisionAction if isinstance(obj, Page) else PublishRevisionAction
    action = action_class(revision, user=user, log_action=False)
    # Wagtail cancels the review of what is published; with no state prefetched there is none to it.
    action.object._current_workflow_states = []
    action.execute(skip_permission_checks=True)
    log(instance=obj, action=LOG_ACTION, user=user, data={"rule": rule}, revision=revision)
