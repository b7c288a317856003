"""Background work of rooms: who was not there hears that something was written."""

from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from core import outbox
from marketplace.deals import mail
from marketplace.deals.models import Deal
from marketplace.deals.querysets import MEDIATED
from marketplace.deals.states import PARTIES, Side
from marketplace.rooms.models import Message


def readers(message: Message):
    """Who hears of a message: the other sides, and a desk while it mediates; never its author."""
    sides = [side for side in PARTIES if side != message.side]
    if message.deal.state in MEDIATED and message.side != Side.DESK:
        sides.append(Side.DESK)
    return mail.people_of(message.deal, *sides).exclude(pk=message.author_id)


def found(message_id: int) -> Message:
    message = Message.objects.get(pk=message_id)
    message.deal = Deal.objects.with_sides().get(pk=message.deal_id)
    return message


@outbox.handler("rooms.tell")
def tell(message_id: int) -> None:
    """Promises a mail to each person who hears of a message."""
    for person in readers(found(message_id)).values_list("pk", flat=True):
        outbox.post("rooms.mail", message_id=message_id, user_id=person)


@outbox.handler("rooms.mail")
def send_mail(message_id: int, user_id: int) -> None:
    """Sends one mail: that there is a message, and nothing of what it says."""
    message = found(message_id)
    person: User | None = readers(message).filter(pk=user_id).first()
    if person is None:
        return
    with translation.override(person.language):
        who = (
            message.deal.organisation(message.side).name
            if message.side in PARTIES
            else _("The desk")
        )
        content = {
            "heading": _("New message"),
            "text": _("%(who)s has written a message.") % {"who": who},
        }
        mail.send(message.deal, person, content, f"deal-message-{message.pk}-{person.pk}")
