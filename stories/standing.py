"""Where a member's story stands: being written, in review, returned, or public."""

from wagtail.models import Comment

from core.drafts import Standing
from core.drafts import standing as draft_of
from stories.steps import step_of


def standing(story) -> Standing:
    """Where a story stands for its author, whose part ends when it is public."""
    return Standing(Standing.PUBLIC, story.first_published_at) if story.live else draft_of(story)


def questions(story) -> dict[int, list[str]]:
    """What editors ask at single fields, by the number of the step that asks for the field."""
    found: dict[int, list[str]] = {}
    for comment in Comment.objects.filter(page_id=story.pk, resolved_at=None).order_by("pk"):
        step = step_of(comment.contentpath.split(".")[0])
        found.setdefault(step.number if step else 1, []).append(comment.text)
    return found
