"""What is in review stays as it was submitted, for everyone."""

from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.locks import WorkflowLock


class ReviewLock(WorkflowLock):
    """Wagtail's lock for a text in review, with words that say what the lock really does."""

    def get_message(self, user):
        return format_html(
            "<b>{}</b> {}",
            _("This text is in review."),
            _(
                "Nobody can change it until it is approved or returned. Who submitted it can take it back."
            ),
        )

    def get_locked_by(self, user, can_lock=False):
        return _("In review")

    def get_description(self, user, can_lock=False):
        return _("Nobody can change it until it is approved or returned.")


def lock_for(user, obj):
    """The lock that keeps `user` from changing `obj`, or None. A command without a user passes none."""
    lock = obj.get_lock() if hasattr(obj, "get_lock") else None
    return lock if lock and (user is None or lock.for_user(user)) else None
