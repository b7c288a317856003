"""Background work of invitation campaigns."""

from core import outbox
from organisations import campaigns


@outbox.handler("organisations.invitation")
def send_invitation(recipient_id: int) -> None:
    """One mail to one invited address."""
    campaigns.deliver(recipient_id)
