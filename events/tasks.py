"""Background work of events."""

from core import outbox
from events import keeping, mail  # noqa: F401  (the first registers periodic work)


@outbox.handler("events.mail")
def send_mail(registration_id: int, occasion: str) -> None:
    """Sends one mail about a registration."""
    mail.send(registration_id, occasion)
