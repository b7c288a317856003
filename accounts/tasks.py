"""Work of this app that the outbox does."""

from accounts import mail
from core import outbox


@outbox.handler("accounts.mail", secret=True)
def send_mail(**payload) -> None:
    mail.send(**payload)


@outbox.handler("accounts.invitation")
def send_invitation(invitation_id: int) -> None:
    mail.send_invitation(invitation_id)
