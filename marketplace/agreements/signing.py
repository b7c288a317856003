"""Both sides accept one exact text: the same way for agreements and evidence."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core.text import without_controls
from marketplace.agreements.models import Signature, SignedText
from marketplace.deals import moves
from marketplace.deals.refusals import Refused
from marketplace.deals.states import PARTIES, Side
from organisations.permissions import role_of


@dataclass(frozen=True)
class Line:
    """A party of a text and its acceptance, if there is one: who, for whom, when."""

    side: str
    organisation: str
    signature: Signature | None

    @property
    def accepted_at(self) -> datetime | None:
        return self.signature.accepted_at if self.signature else None


def lines(document: SignedText) -> list[Line]:
    """The provider's line, then the client's. An accepted line names the organisation as it was then."""
    signed = {signature.side: signature for signature in document.signatures.all()}
    return [
        Line(
            side,
            signed[side].organisation_name
            if side in signed
            else document.deal.organisation(side).name,
            signed.get(side),
        )
        for side in PARTIES
    ]


def is_signed(document: SignedText) -> bool:
    """Whether both sides have accepted this text."""
    return len({signature.side for signature in document.signatures.all()}) == len(PARTIES)


def latest(model, deal) -> SignedText | None:
    """The version with the highest number; of an agreement it may be a change that was declined."""
    return model.objects.filter(deal=deal).whole().order_by("-number").first()


def side_for(deal, user, document: SignedText) -> Side:
    """For which side a person accepts: of both, for the one that has not accepted yet.

    Raises `Refused` for whoever acts for none of the parties.
    """
    mine = [side for side in deal.sides_of(user) if side in PARTIES]
    if not mine:
        raise Refused(_("You do not act for a party of this deal."))
    signed = set(document.signatures.values_list("side", flat=True))
    return next((side for side in mine if side not in signed), mine[0])


@transaction.atomic
def sign(current, deal, user, sha256: str, name: str, may_begin) -> tuple[Signature, bool]:
    """Writes down that a person's side accepts the text with this hash; whether it was new.

    `current(deal)` gives the text that can be accepted, or None.
    Locks the deal, so that of many who accept at once each side has one acceptance, the first. Accepted
    again, the first one is given back. `may_begin(deal, document)` raises `Refused` where nothing can be
    accepted now. Raises `Refused`, in words, for a text that is not the current one.
    """
    deal = moves.held(deal)
    document = current(deal)
    asked = type(document).objects.filter(deal=deal, sha256=sha256).first() if document else None
    if document is None or asked is None:
        raise Refused(_("There is no such text in this deal. Nothing was accepted."))
    if document.sha256 != sha256:
        raise Refused(not_this_one(asked, document) % {"number": document.number})
    side = side_for(deal, user, document)
    made = document.signatures.filter(side=side).first()
    if made is not None:
        return made, False
    may_begin(deal, document)
    name = " ".join(without_controls(name).split())[:150]
    if not name:
        raise Refused(_("Write your name: an agreement says who accepted it."))
    organisation = deal.organisation(side)
    field = document.signatures.field.name
    made = document.signatures.model.objects.create(
        **{field: document},
        side=side,
        user=user,
        name=name,
        role=role_of(user, organisation),
        organisation=organisation,
        organisation_name=organisation.name,
        sha256=document.sha256,
    )
    return made, True


def not_this_one(asked: SignedText, document: SignedText) -> str:
    """Why a text cannot be accepted: it was replaced, or it was a change that nobody pursues any more."""
    if asked.number > document.number:
        return _(
            "This change was declined or withdrawn, so it cannot be accepted any more. Nothing was "
            "accepted. Version %(number)s counts."
        )
    return _(
        "There is a newer version of this text, so this one cannot be accepted any more. "
        "Nothing was accepted. Read version %(number)s."
    )
