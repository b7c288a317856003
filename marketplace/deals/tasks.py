"""Background work of deals."""

from core import outbox
from marketplace.deals import mail, proposals, timeouts  # noqa: F401  (they register themselves)
from marketplace.deals.models import Step


@outbox.handler("deals.tell")
def tell(step_id: int) -> None:
    """Promises a mail to each person who hears of a step."""
    step = Step.objects.select_related("deal").get(pk=step_id)
    for person in mail.told(step).values_list("pk", flat=True):
        outbox.post("deals.mail", step_id=step_id, user_id=person)


@outbox.handler("deals.mail")
def send_mail(step_id: int, user_id: int) -> None:
    """Sends one mail about a step."""
    mail.send_step(step_id, user_id)


@outbox.handler("deals.remind")
def remind(deal_id: int, version: int, due: str) -> None:
    """Promises a reminder to each person who is waited for."""
    deal = mail.waiting(deal_id, due)
    if deal is None:
        return
    for person in mail.reminded(deal).values_list("pk", flat=True):
        outbox.post("deals.reminder", deal_id=deal_id, version=version, due=due, user_id=person)


@outbox.handler("deals.reminder")
def send_reminder(deal_id: int, version: int, due: str, user_id: int) -> None:
    """Sends one reminder."""
    mail.send_reminder(deal_id, version, user_id, due)
