"""Who may bring a recommendation from one status to the next."""

from wagtail.models import Page

from accounts.models import Role, User
from accounts.permissions import has_role
from guidelines.models import Status

# Asking others is an editor's work; what speaks for the portal needs a reviewer.
EDITORS_MOVE_TO = {Status.CONSULTED}


def language_of(translation_key) -> str:
    """The language in which a recommendation was first written: its status is kept by its people."""
    return (
        Page.objects.filter(translation_key=translation_key)
        .order_by("pk")
        .values_list("locale__language_code", flat=True)[0]
    )


def can_move(user: User, translation_key, to: str) -> bool:
    """Whether `user` may record that a recommendation has reached a status.

    Reviewers of its source language may record every step, editors of that language the
    consultation. Operators (superusers) may too: an answer must not wait for a missing role.
    """
    if user.is_active and user.is_superuser:
        return True
    language = language_of(translation_key)
    if has_role(user, Role.REVIEWER, language):
        return True
    return to in EDITORS_MOVE_TO and has_role(user, Role.EDITOR, language)
