"""Who may do what in a room, asked in one place. Who sees it: `Deal.objects.visible_to`."""

from accounts.models import User
from marketplace.deals.models import Deal
from marketplace.deals.states import Side, State
from organisations.models import Organisation

SILENT = (State.DECLINED, State.WITHDRAWN, State.EXPIRED, State.CANCELLED)


def can_write(deal: Deal, side: Side | None) -> bool:
    """Whether a side may write: as long as there is something to talk about, and after a good end."""
    return side is not None and deal.state not in SILENT


def may_ask(user: User, provider: Organisation):
    """The organisations for which a person may ask this provider for a service."""
    return Organisation.objects.editable_by(user).exclude(pk=provider.pk).order_by("name", "pk")


def may_answer(user: User, client: Organisation):
    """The schools for which a person may answer a need of this organisation."""
    return may_ask(user, client).filter(kind="school")
