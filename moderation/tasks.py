"""Background work of moderation."""

from core import outbox
from moderation import mail


@outbox.handler("moderation.mail")
def send(case_id: int, to: str, occasion: str) -> None:
    """Sends one mail to somebody who reported a thing or wrote it."""
    mail.send(case_id, to, occasion)


@outbox.handler("moderation.call")
def call(case_id: int, user_id: int, state: str) -> None:
    """Tells one moderator that a case waits."""
    mail.call(case_id, user_id, state)
