"""Background work of deals."""

from core import outbox


@outbox.handler("deals.tell")
def tell(step_id: int) -> None:
    """Promises a mail to each person who hears of a step."""
