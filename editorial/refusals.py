"""Why a step of the review was refused, in words for the person who tried it."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _


class ReviewRefused(PermissionDenied):
    """A step that the rules do not allow; nothing has changed. `str()` gives the reason."""

    message = _("This step is not possible.")
    code = "refused"

    def __init__(self, message=None):
        super().__init__(message or self.message)

    def __str__(self) -> str:
        return str(self.args[0])


class NotYours(ReviewRefused):
    """Somebody else has to take this step."""

    message = _("Somebody else has to decide about this. Nobody approves their own change.")
    code = "not-yours"


class AlreadyDecided(ReviewRefused):
    """The review has ended, for example by a double click or by somebody faster."""

    message = _("This has been decided already. Nothing was changed by your click.")
    code = "decided"


class TakenBack(AlreadyDecided):
    """The review has ended without a decision; perhaps another one has begun."""

    message = _(
        "This was taken back from review before you decided. Nothing was changed by your click."
    )
    code = "taken-back"


class ContentChanged(ReviewRefused):
    """What would go public is not what was submitted."""

    message = _(
        "The text has changed since it was submitted, so it was not published. "
        "The review has begun again with the text as it is now."
    )
    code = "changed"


class CommentMissing(ReviewRefused):
    """A return must say what to do."""

    message = _("Write what has to change. The author finds your words at the text.")
    code = "comment"


class ReasonMissing(ReviewRefused):
    """A text is taken off with a reason or not at all."""

    message = _("Write why it is taken off.")
    code = "reason"


class Incomplete(ReviewRefused):
    """Something that a public text must have is missing; `problems` says what."""

    message = _("Something is missing. Return it, so that it can be completed.")
    code = "incomplete"

    def __init__(self, message=None, problems=()):
        super().__init__(message)
        self.problems = list(problems)


class NotReviewed(ReviewRefused):
    """Nobody but the finished review of this portal publishes."""

    message = _("Only an approved review publishes.")
    code = "not-reviewed"
