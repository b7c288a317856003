"""Opens deals and moves them: the only code that changes the state of one."""

import datetime
import uuid
from collections.abc import Callable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core import outbox
from marketplace.deals import deadlines, places
from marketplace.deals.models import Deal, Proposal, Step
from marketplace.deals.refusals import Refused, Stale
from marketplace.deals.rows import STAY, Move
from marketplace.deals.signals import deal_moved
from marketplace.deals.states import PARTIES, Side, State
from marketplace.deals.table import (
    AGREEING,
    BY_NAME,
    MOVES,
    asked_after,
    awaited,
    changing_after,
    may,
    resume_after,
    target,
)
from organisations.models import Organisation

LONGEST_REASON = 3000
# What must be true for moves that another part makes; without a guard they are refused.
_guards: dict[str, Callable[[Deal], None]] = {}


def guard(move: str):
    """Registers the function that says whether a move with `through` may be made now.

    It gets the locked deal and raises `Refused` where what it stands for is not so.
    """

    def register(function: Callable[[Deal], None]):
        _guards[move] = function
        return function

    return register


@transaction.atomic
def open_deal(
    *,
    title: str,
    provider: Organisation,
    client: Organisation,
    side: Side,
    user: User | None,
    provider_language: str,
    client_language: str,
    token: uuid.UUID,
    service_key: uuid.UUID | None = None,
    need_key: uuid.UUID | None = None,
    **fields,
) -> Deal:
    """Opens a deal with its first step; the same token again gives back the same deal.

    `side` is for whom `user` opens it, and `fields` are others of the model, such as `window`. Raises
    `Refused` for a person who does not act for that side, and where both sides are one organisation.
    """
    provider, client = (one.merged_into or one for one in (provider, client))
    mine = provider if side == Side.PROVIDER else client
    if provider.pk == client.pk:
        raise Refused(_("An organisation cannot make a deal with itself."))
    if user is not None and not Organisation.objects.editable_by(user).filter(pk=mine.pk).exists():
        raise Refused(_("You do not act for this organisation."))
    # Waits for whoever opens one for this organisation right now, with the same token perhaps.
    Organisation.objects.select_for_update(no_key=True).get(pk=mine.pk)
    known = Step.objects.filter(token=token, number=1).select_related("deal").first()
    if known is not None:
        if mine.pk in (known.deal.organisation(known.deal.opened_side).pk,):
            return known.deal
        raise Refused()
    now = timezone.now()
    deal = Deal(
        title=title,
        provider=provider,
        client=client,
        service_key=service_key,
        need_key=need_key,
        provider_language=provider_language,
        client_language=client_language,
        opened_by=user,
        opened_side=side,
        created_at=now,
        version=0,
        **fields,
    )
    record(deal, BY_NAME["open"], side, user, "", token, now)
    return deal


@transaction.atomic
def perform(
    deal: Deal,
    move: str,
    user: User | None = None,
    side: Side | None = None,
    reason: str = "",
    token: uuid.UUID | None = None,
    expected_version: int | None = None,
    at: datetime.datetime | None = None,
) -> Step:
    """Makes a move under a lock, and leaves `deal` as it is afterwards; returns the audit line.

    `side` is needed where a person belongs to both, and for what happens by itself (`Side.SYSTEM`,
    without a user); `at` is now where it is not given. The same `token` again gives back the same step.
    Raises `Stale` where the deal is not at `expected_version`, and `Refused`, with the reason in words, for
    a move that the table does not have here, that is not this person's, that lacks its reason, or that
    another part does not let through.
    """
    row = BY_NAME.get(move)
    if row is None:
        raise Refused()
    locked = held(deal)
    side = acting_side(locked, row, user, side)
    token = token or uuid.uuid4()
    if made := locked.steps.filter(token=token).first():
        if made.move != move or made.side != side:
            raise Stale()
        copy(locked, deal)
        return made
    if expected_version is not None and locked.version != expected_version:
        raise Stale()
    check(locked, row, side)
    reason = reason.replace("\x00", "").strip()[:LONGEST_REASON]
    if row.reason and not reason:
        raise Refused(_("Please give a reason. The other side reads it."))
    if row.through:
        if row.name not in _guards:
            raise Refused()
        _guards[row.name](locked)
    step = record(locked, row, side, user, reason, token, at or timezone.now())
    copy(locked, deal)
    return step


def possible(deal: Deal, user: User | None, side: Side | None = None) -> list[Move]:
    """The moves that a person can make now, in the order of the table; `through` ones have own forms."""
    side = side or deal.side_of(user)
    return [row for row in MOVES if side and allows(deal, row, side)]


def hand_over(deal: Deal, side: Side) -> None:
    """Says that the next move is this party's, where one has done its half.

    Halves there are of proposals, of changes (beside them what the state waits for goes on), and of reviews.
    """
    locked = held(deal)
    halves = (State.PROPOSED, State.COUNTER_PROPOSED, State.ACCEPTED)
    if side not in PARTIES or not (locked.changing or locked.state in halves):
        raise Refused()
    if locked.changing:
        locked.change_asks = str(side)
        locked.awaits = awaited(
            locked.state, locked.opened_side, locked.moved_side, locked.change_asks
        )
    else:
        locked.awaits = str(side)
    locked.save(update_fields=["awaits", "change_asks"])
    copy(locked, deal)


def held(deal: Deal) -> Deal:
    """The deal as it is now, locked until the transaction ends."""
    return Deal.objects.select_for_update(of=("self",)).with_sides().get(pk=deal.pk)


def copy(source: Deal, into: Deal) -> None:
    for one in Deal._meta.concrete_fields:
        setattr(into, one.attname, getattr(source, one.attname))


def allows(deal: Deal, row: Move, side: str) -> bool:
    return may(row, side, deal.state, deal.opened_side, deal.moved_side, deal.changing)


def acting_side(deal: Deal, row: Move, user: User | None, side: Side | None) -> Side:
    """For whom the move is made: asked of the deal, never believed."""
    if user is None:
        if side is None:
            raise Refused()
        return Side(side)
    mine = deal.sides_of(user)
    if side is not None:
        mine = [one for one in mine if one == side]
    if not mine:
        raise Refused(_("You do not act for this organisation."))
    return next((one for one in mine if allows(deal, row, one)), mine[0])


def check(deal: Deal, row: Move, side: Side) -> None:
    """Raises `Refused`, saying what is so instead, for a move that the table does not have here."""
    if allows(deal, row, side):
        return
    state = deal.get_state_display()
    if deal.is_over:
        raise Refused(_("This deal is over. It stands at “%(state)s”.") % {"state": state})
    if deal.state not in row.sources:
        raise Refused(
            _("This is not possible any more, or not yet: the deal stands at “%(state)s”.")
            % {"state": state}
        )
    raise Refused(_("This step is not yours. The deal stands at “%(state)s”.") % {"state": state})


def record(
    deal: Deal, row: Move, side: Side, user: User | None, reason: str, token: uuid.UUID, now
) -> Step:
    """Writes the new state with its audit line, tells the other parts, and promises the mails."""
    from_state = deal.state if deal.pk else ""
    deal.state, deal.resume_state = (
        target(row, from_state, deal.resume_state),
        resume_after(row, from_state, deal.resume_state),
    )
    deal.changing = changing_after(row, side, deal.state, deal.changing)
    deal.moved_side = side
    deal.version += 1
    deal.change_asks = asked_after(row, deal.changing, deal.change_asks)
    deal.awaits = awaited(deal.state, deal.opened_side, side, deal.change_asks)
    if row.name in AGREEING:
        deal.agreed_version = deal.latest_proposal.number
    if row.target != STAY:
        deal.state_since = now
    if row.target != STAY or row.name in AGREEING:
        set_deadline(deal, deal.proposal if deal.pk else None, now)
    deal.save()
    step = Step.objects.create(
        deal=deal,
        number=deal.version,
        move=row.name,
        from_state=from_state,
        to_state=deal.state,
        side=side,
        actor=user,
        reason=reason,
        at=now,
        token=token,
    )
    places.follow(deal, step)
    deal_moved.send(Deal, deal=deal, step=step)
    outbox.post("deals.tell", step_id=step.pk)
    return step


def set_deadline(deal: Deal, proposal: Proposal | None, now) -> None:
    """When the deal times out in its new state, and when somebody is reminded first."""
    planned = (proposal.starts, proposal.ends) if proposal else (None, None)
    deal.due_at = deadlines.due(deal.state, deal.state_since, planned, countries(deal))
    deal.remind_at = deadlines.reminder(deal.state, deal.due_at, now, countries(deal))
    deal.reminded_at = None


def countries(deal: Deal) -> frozenset[str]:
    """The countries on whose public holidays nothing is struck."""
    return frozenset(deal.organisation(side).country for side in PARTIES)
