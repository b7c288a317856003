"""Background work of invitations to needs."""

from core import outbox
from marketplace.invitations import mail


@outbox.handler("marketplace.invitation")
def send_invitation(invitation_id: int, user_id: int) -> None:
    """One mail to one person of an invited provider."""
    mail.send(invitation_id, user_id)
