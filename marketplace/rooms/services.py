"""What people do in a room beside moving the deal: begin one, write, send files."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from accounts.models import User
from core import outbox
from core.plaintext import lines_of
from marketplace.deals import moves
from marketplace.deals.models import Deal
from marketplace.deals.refusals import Refused
from marketplace.deals.states import PARTIES, Side, State
from marketplace.deals.table import BY_NAME
from marketplace.rooms.files import MOST_FILES, MOST_OF_A_DEAL, Checked
from marketplace.rooms.models import LONGEST_TEXT, Attachment, Message
from organisations.models import Organisation


@dataclass(frozen=True)
class Beginning:
    """How a deal begins: between whom, about what, and what is written first."""

    title: str
    provider: Organisation
    client: Organisation
    side: Side
    provider_language: str
    client_language: str
    text: str
    service_key: uuid.UUID | None = None
    need_key: uuid.UUID | None = None
    window: object = None
    wanted_from: date | None = None
    wanted_until: date | None = None

    @property
    def language(self) -> str:
        """The language of who writes."""
        return self.provider_language if self.side == Side.PROVIDER else self.client_language


@transaction.atomic
def begin(user: User, token: uuid.UUID, how: Beginning) -> Deal:
    """Opens a deal with its first message; the same token again gives back the same deal.

    Raises `Refused` where `user` does not act for the side, or both sides are one organisation.
    """
    fields = {"window": how.window} if how.window is not None else {}
    deal = moves.open_deal(
        title=how.title,
        provider=how.provider,
        client=how.client,
        side=how.side,
        user=user,
        provider_language=how.provider_language,
        client_language=how.client_language,
        token=token,
        service_key=how.service_key,
        need_key=how.need_key,
        **fields,
    )
    Message.objects.get_or_create(
        deal=deal,
        token=token,
        defaults={
            "author": user,
            "side": how.side,
            "language": how.language,
            "text": lines_of(how.text)[:LONGEST_TEXT],
            "wanted_from": how.wanted_from,
            "wanted_until": how.wanted_until,
        },
    )
    return deal


@transaction.atomic
def say(
    deal: Deal,
    user: User,
    text: str,
    token: uuid.UUID,
    thread: Message | None = None,
    files: Sequence[Checked] = (),
) -> Message:
    """Writes a message, with files; the same token again gives back the same message.

    The first word of who was asked answers the enquiry, and moves the deal on. Raises `Refused` for
    a person who has no part in the deal, and where the room of the deal is full.
    """
    locked = moves.held(deal)
    if known := locked.messages.filter(token=token).first():
        return known
    side = locked.side_of(user)
    if side is None:
        raise Refused()
    if len(files) > MOST_FILES:
        raise Refused(_("Send at most five files with one message."))
    if files and stored(locked) + sum(file.size for file in files) > MOST_OF_A_DEAL:
        raise Refused(_("The files of this deal are 200 MB already. Send a link to the rest."))
    message = Message.objects.create(
        deal=locked,
        thread=(thread.thread or thread) if thread else None,
        author=user,
        side=side,
        language=locked.language(side) if side in PARTIES else user.language,
        text=lines_of(text)[:LONGEST_TEXT],
        token=token,
    )
    store(message, files)
    if answers(locked, side):
        moves.perform(locked, "answer", user, side=side, token=uuid.uuid5(token, "answer"))
        moves.copy(locked, deal)
    else:
        outbox.post("rooms.tell", message_id=message.pk)
    return message


def answers(deal: Deal, side: str) -> bool:
    """Whether a word of this side is the answer that the enquiry waits for."""
    return deal.state == State.ENQUIRY and moves.allows(deal, BY_NAME["answer"], side)


def stored(deal: Deal) -> int:
    """How many bytes the files of a deal take."""
    found = Attachment.objects.filter(message__deal=deal).aggregate(total=Sum("size"))
    return found["total"] or 0


def store(message: Message, files: Sequence[Checked]) -> None:
    """Stores files of a message; where that fails, none of them stays behind."""
    kept: list[Attachment] = []
    try:
        for file in files:
            made = Attachment(
                message=message,
                name=file.name,
                type=file.type,
                size=file.size,
                sha256=file.sha256,
            )
            made.file.save(file.name, ContentFile(file.content), save=False)
            kept.append(made)
            made.save()
    except BaseException:
        for made in kept:
            made.file.storage.delete(made.file.name)
        raise
