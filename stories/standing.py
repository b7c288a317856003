"""Where a member's story stands: being written, in review, returned, or public."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from django.utils.translation import gettext as _
from wagtail.models import Comment, WorkflowState

from stories.steps import step_of


@dataclass(frozen=True)
class Standing:
    """`code`, since when, and what the editors said when they returned it."""

    DRAFT: ClassVar = "draft"
    IN_REVIEW: ClassVar = "in_review"
    RETURNED: ClassVar = "returned"
    PUBLIC: ClassVar = "public"

    code: str
    since: datetime | None = None
    comment: str = ""

    @property
    def label(self) -> str:
        """The state in a word or two."""
        return {
            self.DRAFT: _("Draft"),
            self.IN_REVIEW: _("In review"),
            self.RETURNED: _("Returned to you"),
            self.PUBLIC: _("Public"),
        }[self.code]

    @property
    def badge(self) -> str:
        """The badge that shows it."""
        return {self.PUBLIC: "published", self.RETURNED: "stale"}.get(self.code, self.code)


def standing(story) -> Standing:
    """Where a story stands; one query more where it is in a review."""
    if story.live:
        return Standing(Standing.PUBLIC, story.first_published_at)
    state = story.current_workflow_state
    if state is None:
        return Standing(Standing.DRAFT, story.latest_revision_created_at)
    task = state.current_task_state
    if state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        return Standing(Standing.RETURNED, task and task.finished_at, task.comment if task else "")
    return Standing(Standing.IN_REVIEW, task.started_at if task else state.created_at)


def questions(story) -> dict[int, list[str]]:
    """What editors ask at single fields, by the number of the step that asks for the field."""
    found: dict[int, list[str]] = {}
    for comment in Comment.objects.filter(page_id=story.pk, resolved_at=None).order_by("pk"):
        step = step_of(comment.contentpath.split(".")[0])
        found.setdefault(step.number if step else 1, []).append(comment.text)
    return found
