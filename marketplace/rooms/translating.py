"""Messages in the language of the other side, translated by a machine: each once, when somebody asks."""

from collections.abc import Iterable
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from core import machine
from core.anonymous import too_many_of
from core.text import without_controls
from marketplace.deals.models import Deal
from marketplace.deals.refusals import Refused
from marketplace.deals.states import PARTIES
from marketplace.rooms.models import Message, MessageTranslation

MOST = 40  # messages for which one person asks the machine in an hour
HOUR = 3600
CLAIM = timedelta(minutes=1)  # longer than anybody waits: after it whoever asked is gone


def translatable(deal: Deal, side: str | None, messages: Iterable[Message]) -> set[int]:
    """Of which messages a party is offered a translation: those of others in another language than its own.

    The machine is asked once for each language whether it knows it.
    """
    if side not in PARTIES:
        return set()
    others = [one for one in messages if one.side != side and not one.hidden]
    target = deal.language(side)
    known = {code for code in {one.language for one in others} if machine.available(code, target)}
    return {one.pk for one in others if one.language in known}


def translate(deal: Deal, user, message: Message) -> None:
    """Makes the translation into the language of a person's side; the machine is asked once for each message.

    Raises `Refused`, in words, where there is no machine for it, where it gave no answer in time, and
    where somebody asks too often.
    """
    side = deal.side_of(user)
    language = deal.language(side) if side in PARTIES else ""
    row = message.translations.filter(language=language).first()
    if row is not None and row.text and not message.hidden:
        return
    if not translatable(deal, side, [message]):
        raise Refused(_("This message cannot be translated here."))
    claim = claimed(message, language)
    if claim is None:
        raise Refused(_("This message is being translated. Load the page again in a moment."))
    try:
        claim.text = text_of(message, language, user)
        claim.save(update_fields=["text"])
    finally:
        message.translations.filter(pk=claim.pk, text="").delete()


def claimed(message: Message, language: str) -> MessageTranslation | None:
    """The row of a translation, empty until it is made: whoever made it asks the machine, and nobody else.

    One that was left behind, by a process that died, goes to the next who asks.
    """
    row, new = MessageTranslation.objects.get_or_create(
        message=message, language=language, defaults={"text": ""}
    )
    if new:
        return row
    now = timezone.now()
    left = message.translations.filter(pk=row.pk, text="", made_at__lt=now - CLAIM)
    return row if left.update(made_at=now) else None


def text_of(message: Message, language: str, user) -> str:
    """What the machine makes of a message, line by line."""
    if too_many_of(user, "message-translate", MOST, HOUR):
        raise Refused(_("You had many messages translated. Try again in an hour."))
    lines = message.text.split("\n")
    said = [line for line in lines if line.strip()]
    try:
        found = iter(machine.translate(said, message.language, language))
    except machine.NotTranslated:
        raise Refused(
            _("The machine did not translate this message. Try again later, or ask the other side.")
        ) from None
    return "\n".join(without_controls(next(found)) if line.strip() else "" for line in lines)


def translations(deal: Deal, side: str | None, messages: list[Message]) -> dict[int, str]:
    """What was translated into the language of a party, by message; no query where nothing can be."""
    if side not in PARTIES:
        return {}
    language = deal.language(side)
    asked = [
        one.pk
        for one in messages
        if one.side != side and one.language != language and not one.hidden
    ]
    if not asked:
        return {}
    rows = MessageTranslation.objects.filter(message__in=asked, language=language).exclude(text="")
    return dict(rows.values_list("message", "text"))
