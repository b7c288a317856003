"""How a deal can stand, who takes part in it, and what happens next in each state, in words.

What leads from one state to another says `table`.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Side(TextChoices):
    """For whom somebody acts in a deal."""

    PROVIDER = "provider", _("Provider")
    CLIENT = "client", _("Client")
    DESK = "desk", _("Desk")
    SYSTEM = "system", _("Portal")


PARTIES = (Side.PROVIDER, Side.CLIENT)
BOTH = "both"  # in `Deal.awaits`, beside the sides


class State(TextChoices):
    """How a deal stands."""

    ENQUIRY = "enquiry", pgettext_lazy("state of a deal", "Enquiry")
    CLARIFYING = "clarifying", pgettext_lazy("state of a deal", "Being clarified")
    PROPOSED = "proposed", pgettext_lazy("state of a deal", "Proposed")
    COUNTER_PROPOSED = "counter_proposed", pgettext_lazy("state of a deal", "Counter-proposed")
    AGREED = "agreed", pgettext_lazy("state of a deal", "Agreed")
    IN_PROGRESS = "in_progress", pgettext_lazy("state of a deal", "In progress")
    PAUSED = "paused", pgettext_lazy("state of a deal", "Paused")
    DELIVERED = "delivered", pgettext_lazy("state of a deal", "Delivered")
    ACCEPTED = "accepted", pgettext_lazy("state of a deal", "Accepted")
    REVIEWED = "reviewed", pgettext_lazy("state of a deal", "Reviewed")
    CLOSED = "closed", pgettext_lazy("state of a deal", "Closed")
    DECLINED = "declined", pgettext_lazy("state of a deal", "Declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("state of a deal", "Withdrawn")
    EXPIRED = "expired", pgettext_lazy("state of a deal", "Expired")
    CANCELLED = "cancelled", pgettext_lazy("state of a deal", "Cancelled")
    DISPUTED = "disputed", pgettext_lazy("state of a deal", "Disputed")
    RESOLVED = "resolved", pgettext_lazy("state of a deal", "Resolved")


OVER = (State.CLOSED, State.DECLINED, State.WITHDRAWN, State.EXPIRED, State.CANCELLED)
UNAGREED = (State.ENQUIRY, State.CLARIFYING, State.PROPOSED, State.COUNTER_PROPOSED)
CHANGEABLE = (State.AGREED, State.IN_PROGRESS, State.PAUSED)  # what is agreed can be changed

# What happens next: as those read it who are waited for, and as the others do.
NEXT: dict[str, tuple[object, object]] = {
    State.ENQUIRY: (
        _("Answer the enquiry, make a proposal at once, or decline."),
        _("The other side answers your enquiry."),
    ),
    State.CLARIFYING: (
        _("Ask what is not clear yet. Then one of you makes a proposal."),
        _("Both sides ask what is not clear yet. Then one of them makes a proposal."),
    ),
    State.PROPOSED: (
        _("Read the proposal. Accept the agreement, propose something else, or decline."),
        _("The other side reads the proposal."),
    ),
    State.COUNTER_PROPOSED: (
        _("Read the new proposal. Accept the agreement, propose something else, or decline."),
        _("The other side reads the new proposal."),
    ),
    State.AGREED: (
        _("Start the work on the day that you have agreed."),
        _("The provider starts the work on the agreed day."),
    ),
    State.IN_PROGRESS: (
        _("Deliver the result by the day that you have agreed."),
        _("The provider delivers the result by the agreed day."),
    ),
    State.PAUSED: (
        _("Go on with the work when the reason for the pause is over."),
        _("The work goes on when the reason for the pause is over."),
    ),
    State.DELIVERED: (
        _("Look at the result. Accept it, or say what is missing."),
        _("The client looks at the result."),
    ),
    State.ACCEPTED: (
        _("Write a review of the other side."),
        _("Both sides write a review."),
    ),
    State.REVIEWED: (
        _("Nothing is left to do. One of you can close the deal."),
        _("Nothing is left to do. One of you can close the deal."),
    ),
    State.DISPUTED: (
        _("Hear both sides and resolve the dispute with a written reason."),
        _("A desk hears both sides and writes what it decides, with the reason."),
    ),
    State.RESOLVED: (
        _("Read what the desk decided. Then go on where the dispute began."),
        _("Both sides read what the desk decided. Then they go on where the dispute began."),
    ),
    State.CLOSED: (_("The deal is closed."), _("The deal is closed.")),
    State.DECLINED: (_("The deal is over: it was declined."),) * 2,
    State.WITHDRAWN: (_("The deal is over: it was withdrawn."),) * 2,
    State.EXPIRED: (_("The deal is over: nothing happened in time."),) * 2,
    State.CANCELLED: (_("The deal is over: it was cancelled."),) * 2,
}

# The same while a change of what is agreed is open.
NEXT_OF_CHANGE = (
    _(
        "Read the change that is proposed. Accept it, or decline it. What both sides have accepted "
        "counts until then."
    ),
    _(
        "The other side reads the change that is proposed. What both sides have accepted counts until "
        "then."
    ),
)


def opposite(side: str) -> str:
    """The other of the two parties.

    >>> str(opposite(Side.CLIENT))
    'provider'
    """
    return Side.CLIENT if side == Side.PROVIDER else Side.PROVIDER
