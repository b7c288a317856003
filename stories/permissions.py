"""Who may do what with a story and its reports outside the admin."""

from accounts.models import Role
from accounts.permissions import has_role, languages_of
from core.drafts import Standing
from stories.standing import standing
from stories.tried import State, TriedToo


def can_write(user, story) -> bool:
    """Whether `user` may change the draft now: it is theirs, not public, and in no review."""
    return (
        user.is_active
        and story.is_written_by(user)
        and standing(story).code in (Standing.DRAFT, Standing.RETURNED)
    )


def can_change_report(user, report: TriedToo) -> bool:
    """Whether `user` may write or send again a report of theirs: until it is public."""
    return report.author_id == user.pk and report.state != State.PUBLISHED


def can_moderate(user, report: TriedToo) -> bool:
    """A reviewer of the language decides, never about a report of their own."""
    return has_role(user, Role.REVIEWER, report.language) and report.author_id != user.pk


def moderated_languages(user) -> list[str]:
    """The languages whose reports a person may read and decide about."""
    return languages_of(user, Role.REVIEWER)
