"""Draws the agreement from the current proposal, and takes what both sides say to it."""

from uuid import UUID

from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.agreements import documents, signing, text
from marketplace.agreements.canonical import canonical, digest
from marketplace.agreements.models import Acceptance, Agreement
from marketplace.deals import moves
from marketplace.deals.models import Deal, Proposal
from marketplace.deals.refusals import Refused
from marketplace.deals.states import PARTIES, Side, State, opposite
from marketplace.listings.models import NeedPage

OPEN = (State.PROPOSED, State.COUNTER_PROPOSED)


def current(deal: Deal) -> Agreement | None:
    """The version that both sides are asked about, else the one that counts; None before any.

    While a change is open it is the one with the change; the one in force is `in_force`.
    """
    return (None if deal.changing else in_force(deal)) or signing.latest(Agreement, deal)


def in_force(deal: Deal) -> Agreement | None:
    """The version that both sides have accepted last; None before the deal is agreed."""
    found = Agreement.objects.filter(deal=deal, proposal__number=deal.agreed_version).whole()
    return found.first() if deal.agreed_version else None


def agreed_versions(deal: Deal) -> list[int]:
    """The versions of the proposal that both sides have accepted, the earlier first; one query."""
    signed = Agreement.objects.filter(deal=deal).annotate(
        sides=Count("signatures__side", distinct=True)
    )
    numbers = signed.filter(sides=len(PARTIES)).order_by("number")
    return list(numbers.values_list("proposal__number", flat=True))


def facts(deal: Deal, proposal: Proposal, number: int) -> text.Facts:
    """What the template needs to know."""

    def party(side: Side) -> text.Party:
        record = deal.organisation(side)
        return text.Party(record.name, record.place, record.country)

    return text.Facts(
        deal_key=str(deal.key),
        number=number,
        title=deal.title,
        proposal=proposal.number,
        drawn=timezone.localdate(),
        provider=party(Side.PROVIDER),
        client=party(Side.CLIENT),
        provider_language=deal.provider_language,
        client_language=deal.client_language,
        written_in=proposal.language,
        scope=proposal.scope,
        learns=proposal.learns,
        starts=proposal.starts,
        ends=proposal.ends,
        price_model=proposal.price_model,
        price_line=proposal.price_line,
        supervision=proposal.supervision,
        insurance=proposal.insurance,
        minors=proposal.minors,
        licence=proposal.licence,
        data=proposal.data,
        conditions=proposal.conditions or {},
        milestones=tuple(
            (milestone.due, milestone.title) for milestone in proposal.milestones.all()
        ),
        kind=kind_of(deal),
    )


def kind_of(deal: Deal) -> str:
    """What the need asks for, as it stands now; "" for a deal without a need."""
    if deal.need_key is None:
        return ""
    needs = NeedPage.objects.filter(translation_key=deal.need_key)
    return needs.values_list("need_kind", flat=True).first() or ""


@transaction.atomic
def draw(deal: Deal) -> Agreement:
    """The agreement on the current proposal; drawn once for each, with the next number.

    Raises `Refused` where there is no proposal.
    """
    deal = moves.held(deal)
    proposal = deal.latest_proposal
    if proposal is None:
        raise Refused(_("There is no proposal yet from which an agreement could be drawn."))
    last = deal.agreements.order_by("-number").first()
    if last is not None and last.proposal_id == proposal.pk:
        return last
    found = facts(deal, proposal, last.number + 1 if last else 1)
    texts = text.draw(found)
    whole = canonical(text.head(found), texts)
    made = Agreement.objects.create(
        deal=deal,
        number=found.number,
        proposal=proposal,
        languages=list(texts),
        texts=texts,
        text=whole,
        sha256=digest(whole),
    )
    documents.want(made)
    return made


def may_accept(deal: Deal, _agreement: Agreement) -> None:
    """Raises `Refused` where the deal is neither at a proposal nor at a change."""
    if deal.state not in OPEN and not deal.changing:
        raise Refused(
            _("This agreement cannot be accepted now: the deal stands at “%(state)s”.")
            % {"state": deal.get_state_display()}
        )


@transaction.atomic
def accept(deal: Deal, user, sha256: str, token: UUID | None = None, name: str = "") -> Acceptance:
    """A person accepts for their side the agreement with this hash; the second side's word agrees the deal.

    `name` is what the person signs with, their own where it is empty. The same side again gives back
    its first acceptance. Raises `Refused`, in words, for an older text, for whoever acts for neither
    party, and where the deal is not at a proposal. The same for a change of what is agreed.
    """
    made, new = signing.sign(current, deal, user, sha256, name or user.get_full_name(), may_accept)
    if not new:
        return made
    agreement = Agreement.objects.whole().get(pk=made.agreement_id)
    if signing.is_signed(agreement):
        move = "agree_change" if moves.held(deal).changing else "agree"
        moves.perform(deal, move, user=user, side=Side(made.side), token=token)
    else:
        moves.hand_over(deal, Side(opposite(made.side)))
    documents.want(agreement)
    return made


@moves.guard("agree")
@moves.guard("agree_change")
def both_have_accepted(deal: Deal) -> None:
    """The deal is agreed only when both sides have accepted the current text."""
    agreement = current(deal)
    if agreement is None or not signing.is_signed(agreement):
        raise Refused(_("Both sides have to accept the same version of the agreement first."))
