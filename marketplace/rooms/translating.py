"""Messages in the language of the other side, translated by a machine: each once, when somebody asks."""

from django.utils.translation import gettext as _

from core import machine
from core.text import without_controls
from marketplace.deals.models import Deal
from marketplace.deals.refusals import Refused
from marketplace.deals.states import PARTIES
from marketplace.rooms.models import Message, MessageTranslation


def can_translate(deal: Deal, side: str | None, message: Message) -> bool:
    """Whether a party is offered a translation: of what was written in another language than its own."""
    return (
        side in PARTIES
        and message.side != side
        and not message.hidden
        and machine.available(message.language, deal.language(side))
    )


def translate(deal: Deal, side: str | None, message: Message) -> MessageTranslation:
    """The translation into the language of a side; the machine is asked once for each message.

    Raises `Refused`, in words, where there is no machine for it and where it gave no answer.
    """
    language = deal.language(side) if side in PARTIES else ""
    made = message.translations.filter(language=language).first()
    if made is not None and not message.hidden:
        return made
    if not can_translate(deal, side, message):
        raise Refused(_("This message cannot be translated here."))
    lines = message.text.split("\n")
    said = [line for line in lines if line.strip()]
    try:
        found = iter(machine.translate(said, message.language, language))
    except machine.NotTranslated:
        raise Refused(
            _("The machine did not translate this message. Try again later, or ask the other side.")
        ) from None
    text = "\n".join(without_controls(next(found)) if line.strip() else "" for line in lines)
    made, _new = MessageTranslation.objects.get_or_create(
        message=message, language=language, defaults={"text": text}
    )
    return made


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
    rows = MessageTranslation.objects.filter(message__in=asked, language=language)
    return dict(rows.values_list("message", "text"))
