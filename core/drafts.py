"""Drafts of pages as those see them who write on the public site: where one stands, what it holds."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext as _
from wagtail.models import WorkflowState


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


def standing(page) -> Standing:
    """Where the latest draft of a page stands; two queries more where it is in a review."""
    state = page.current_workflow_state
    if state is None:
        if page.live and not page.has_unpublished_changes:
            return Standing(Standing.PUBLIC, page.last_published_at)
        return Standing(Standing.DRAFT, page.latest_revision_created_at)
    task = state.current_task_state
    if state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        return Standing(Standing.RETURNED, task and task.finished_at, task.comment if task else "")
    return Standing(Standing.IN_REVIEW, task.started_at if task else state.created_at)


def mark_of(draft, names) -> str:
    """A mark of what a draft holds in some fields; equal for equal content, whatever its ids."""
    data = draft.serializable_data()
    content = json.dumps(
        {name: without_ids(from_stored(data[name])) for name in names},
        sort_keys=True,
        cls=DjangoJSONEncoder,
    )
    return hashlib.sha256(content.encode()).hexdigest()


def from_stored(value):
    """The blocks of a stream, which is stored as text; any other value as it is."""
    if not isinstance(value, str) or not value.startswith("["):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


def without_ids(value):
    """A value without the ids that its blocks get when they are saved."""
    if isinstance(value, list | tuple):
        return [without_ids(one) for one in value]
    if isinstance(value, dict):
        is_block = {"type", "value"} <= value.keys()
        return {key: without_ids(one) for key, one in value.items() if key != "id" or not is_block}
    return value
