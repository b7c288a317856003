"""The one table of the deal: from which state to which, who may, until when, and who hears of it.

Everything else asks this module: `moves.perform` carries a move out, `deadlines` reckons the time-outs,
`mail` writes to whom the table says, `diagram` draws it for the documentation. It reads no database.
"""

from dataclasses import dataclass, field

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from marketplace.deals.states import BOTH, PARTIES, UNAGREED, Side, State, opposite

BEGIN = ""  # where a deal is before it is opened
RETURN = "return"  # the target of a move that leads back to where a pause or a dispute began


class Who(TextChoices):
    """Whom a row of the table lets make a move; some depend on what happened before."""

    PROVIDER = "provider", "the provider"
    CLIENT = "client", "the client"
    OPENER = "opener", "who opened the deal"
    ASKED = "asked", "who was asked"
    MOVER = "mover", "who made the last move"
    OTHER = "other", "who did not make the last move"
    DESK = "desk", "the desk"
    SYSTEM = "system", "the time-out"


EITHER = (Who.PROVIDER, Who.CLIENT)


class Base(TextChoices):
    """From what a time-out is reckoned, where that is later than the beginning of the state."""

    STATE = "state", "since it is so"
    STARTS = "starts", "after the planned start"
    ENDS = "ends", "after the planned end"


class Tell(TextChoices):
    """Who gets a mail."""

    OTHER = "other", "the other side"
    BOTH = "both", "both sides"
    DESK = "desk", "the desk"


@dataclass(frozen=True)
class Timeout:
    """When a move happens by itself: `days` after `base`, at the end of a working day.

    `remind` says how many working days before that those who are waited for are reminded.
    """

    days: int
    base: Base = Base.STATE
    remind: tuple[int, ...] = ()


@dataclass(frozen=True)
class Move:
    """One row of the table.

    `label` stands on its button and `done` in the audit line, or `by_itself` where the time-out did it;
    `otherwise` warns of that.
    `sources` says for each state in which the move is possible who may make it, `timeouts` in which of
    them it happens by itself. `through` names the part that makes the move when something of its own is
    true (`moves.guard`); there is no button for it, and without that part it is refused.
    """

    name: str
    sources: dict[str, tuple[Who, ...]]
    target: str
    label: object
    done: object
    by_itself: object = ""
    otherwise: object = ""
    reason: bool = False
    timeouts: dict[str, Timeout] = field(default_factory=dict)
    mail_to: tuple[Tell, ...] = (Tell.OTHER,)
    through: str = ""

    @property
    def sides(self) -> tuple[Who, ...]:
        """All who may make it, from whatever state."""
        return tuple(dict.fromkeys(who for row in self.sources.values() for who in row))


S, T = State, Timeout

MOVES: tuple[Move, ...] = (
    Move(
        "open",
        {BEGIN: EITHER},
        S.ENQUIRY,
        _("Ask"),
        _("%(who)s opened the deal."),
    ),
    Move(
        "answer",
        {S.ENQUIRY: (Who.ASKED,)},
        S.CLARIFYING,
        _("Answer"),
        _("%(who)s answered the enquiry."),
    ),
    Move(
        "propose",
        {S.ENQUIRY: (Who.ASKED,), S.CLARIFYING: EITHER},
        S.PROPOSED,
        _("Make a proposal"),
        _("%(who)s made a proposal."),
        through="proposals",
    ),
    Move(
        "counter_propose",
        {S.PROPOSED: EITHER, S.COUNTER_PROPOSED: EITHER},
        S.COUNTER_PROPOSED,
        _("Propose something else"),
        _("%(who)s made another proposal."),
        through="proposals",
    ),
    Move(
        "agree",
        {S.PROPOSED: EITHER, S.COUNTER_PROPOSED: EITHER},
        S.AGREED,
        _("Accept the agreement"),
        _("%(who)s accepted the agreement. Both sides have accepted it now."),
        through="agreements",
        mail_to=(Tell.BOTH,),
    ),
    Move(
        "decline",
        {
            S.ENQUIRY: (Who.ASKED,),
            S.CLARIFYING: (Who.ASKED,),
            S.PROPOSED: (Who.OTHER,),
            S.COUNTER_PROPOSED: (Who.OTHER,),
        },
        S.DECLINED,
        _("Decline"),
        _("%(who)s declined."),
        reason=True,
    ),
    Move(
        "withdraw",
        {
            S.ENQUIRY: (Who.OPENER,),
            S.CLARIFYING: (Who.OPENER,),
            S.PROPOSED: (Who.MOVER,),
            S.COUNTER_PROPOSED: (Who.MOVER,),
        },
        S.WITHDRAWN,
        _("Withdraw"),
        _("%(who)s withdrew."),
    ),
    Move(
        "start",
        {S.AGREED: EITHER},
        S.IN_PROGRESS,
        _("Start the work"),
        _("%(who)s started the work."),
    ),
    Move(
        "pause",
        {S.IN_PROGRESS: EITHER},
        S.PAUSED,
        _("Pause the work"),
        _("%(who)s paused the work."),
        reason=True,
    ),
    Move(
        "resume",
        {S.PAUSED: EITHER},
        RETURN,
        _("Go on with the work"),
        _("%(who)s ended the pause."),
    ),
    Move(
        "deliver",
        {S.IN_PROGRESS: (Who.PROVIDER,)},
        S.DELIVERED,
        _("Deliver the result"),
        _("%(who)s delivered the result."),
    ),
    Move(
        "send_back",
        {S.DELIVERED: (Who.CLIENT,)},
        S.IN_PROGRESS,
        _("Say what is missing"),
        _("%(who)s said what is missing from the result."),
        reason=True,
    ),
    Move(
        "accept_delivery",
        {S.DELIVERED: (Who.CLIENT, Who.SYSTEM)},
        S.ACCEPTED,
        _("Accept the result"),
        _("%(who)s accepted the result."),
        by_itself=_("Nobody objected in time. The result counts as accepted."),
        otherwise=_("If nobody objects until then, the result counts as accepted."),
        timeouts={S.DELIVERED: T(14, remind=(5, 3))},
    ),
    Move(
        "review",
        {S.ACCEPTED: EITHER},
        S.REVIEWED,
        _("Review the other side"),
        _("%(who)s wrote a review. Both reviews are in now."),
        through="reviews",
        mail_to=(Tell.BOTH,),
    ),
    Move(
        "close",
        {
            S.ACCEPTED: (Who.SYSTEM,),
            S.REVIEWED: (*EITHER, Who.SYSTEM),
            S.RESOLVED: (Who.DESK, Who.SYSTEM),
        },
        S.CLOSED,
        _("Close the deal"),
        _("%(who)s closed the deal."),
        by_itself=_("The deal was closed, because nothing happened in time."),
        otherwise=_("If nothing happens until then, the deal is closed."),
        timeouts={
            S.ACCEPTED: T(30, remind=(10, 3)),
            S.REVIEWED: T(30),
            S.RESOLVED: T(30, remind=(5, 3)),
        },
    ),
    Move(
        "cancel",
        {
            S.AGREED: EITHER,
            S.IN_PROGRESS: EITHER,
            S.PAUSED: EITHER,
            S.RESOLVED: (Who.DESK,),
        },
        S.CANCELLED,
        _("Cancel the deal"),
        _("%(who)s cancelled the deal."),
        reason=True,
    ),
    Move(
        "dispute",
        {
            S.AGREED: EITHER,
            S.IN_PROGRESS: EITHER,
            S.PAUSED: EITHER,
            S.DELIVERED: EITHER,
            S.ACCEPTED: EITHER,
        },
        S.DISPUTED,
        _("Ask the desk to mediate"),
        _("%(who)s asked the desk to mediate."),
        reason=True,
        mail_to=(Tell.OTHER, Tell.DESK),
    ),
    Move(
        "drop_dispute",
        {S.DISPUTED: (Who.MOVER,)},
        RETURN,
        _("End the dispute"),
        _("%(who)s ended the dispute."),
        mail_to=(Tell.OTHER, Tell.DESK),
    ),
    Move(
        "resolve",
        {S.DISPUTED: (Who.DESK,)},
        S.RESOLVED,
        _("Resolve the dispute"),
        _("%(who)s resolved the dispute."),
        reason=True,
        mail_to=(Tell.BOTH,),
    ),
    Move(
        "take_up",
        {S.RESOLVED: (*EITHER, Who.DESK)},
        RETURN,
        _("Go on where the dispute began"),
        _("%(who)s took the deal up again where the dispute began."),
    ),
    Move(
        "expire",
        dict.fromkeys((*UNAGREED, S.AGREED, S.IN_PROGRESS, S.PAUSED, S.DISPUTED), (Who.SYSTEM,)),
        S.EXPIRED,
        _("Expire"),
        _("The deal expired."),
        by_itself=_("The deal expired, because nothing happened in time."),
        otherwise=_("If nothing happens until then, the deal expires."),
        timeouts={
            S.ENQUIRY: T(14, remind=(5, 3)),
            S.CLARIFYING: T(30, remind=(5, 3)),
            S.PROPOSED: T(21, remind=(5, 3)),
            S.COUNTER_PROPOSED: T(21, remind=(5, 3)),
            S.AGREED: T(14, Base.STARTS, remind=(5, 3)),
            S.IN_PROGRESS: T(60, Base.ENDS, remind=(20, 5, 3)),
            S.PAUSED: T(90, remind=(20, 5, 3)),
            S.DISPUTED: T(90, remind=(60, 20, 5, 3)),
        },
        mail_to=(Tell.BOTH,),
    ),
)
BY_NAME: dict[str, Move] = {move.name: move for move in MOVES}
WITH_REASON = tuple(move.name for move in MOVES if move.reason)

# Whose move each state waits for.
AWAITS: dict[str, tuple[Who, ...]] = {
    S.ENQUIRY: (Who.ASKED,),
    S.CLARIFYING: EITHER,
    S.PROPOSED: (Who.OTHER,),
    S.COUNTER_PROPOSED: (Who.OTHER,),
    S.AGREED: (Who.PROVIDER,),
    S.IN_PROGRESS: (Who.PROVIDER,),
    S.PAUSED: EITHER,
    S.DELIVERED: (Who.CLIENT,),
    S.ACCEPTED: EITHER,
    S.REVIEWED: (),
    S.DISPUTED: (Who.DESK,),
    S.RESOLVED: EITHER,
}


def sides(who: tuple[Who, ...], opened: str, moved: str) -> frozenset[str]:
    """Which sides are meant in a deal that `opened` opened and in which `moved` made the last move.

    A last move of the desk or of a time-out was made by neither party.

    >>> sorted(sides((Who.ASKED, Who.SYSTEM), Side.CLIENT, Side.CLIENT))
    ['provider', 'system']
    """
    means = {
        Who.PROVIDER: Side.PROVIDER,
        Who.CLIENT: Side.CLIENT,
        Who.DESK: Side.DESK,
        Who.SYSTEM: Side.SYSTEM,
        Who.OPENER: opened,
        Who.ASKED: opposite(opened),
        Who.MOVER: moved if moved in PARTIES else "",
        Who.OTHER: opposite(moved) if moved in PARTIES else "",
    }
    return frozenset(str(means[one]) for one in who) - {""}


def awaited(state: str, opened: str, moved: str) -> str:
    """Whose move is awaited: a side, `BOTH`, or "" for nobody's."""
    found = sides(AWAITS.get(state, ()), opened, moved)
    return BOTH if len(found) > 1 else next(iter(found), "")


def may(move: Move, side: str, state: str, opened: str, moved: str) -> bool:
    """Whether the table lets a side make a move in this state."""
    return side in sides(move.sources.get(state, ()), opened, moved)


def target(move: Move, resume_state: str) -> str:
    """Where a move leads: for those that lead back, where the pause or dispute began."""
    return resume_state if move.target == RETURN else str(move.target)


def resume_after(move: Move, state: str, resume_state: str) -> str:
    """Where the deal leads back to once a move from `state` is made.

    A dispute about paused work leads back to the work, not to the pause.
    """
    if move.target == State.PAUSED or (move.target == State.DISPUTED and state != State.PAUSED):
        return state
    if move.target in (State.DISPUTED, State.RESOLVED):
        return resume_state
    return ""


def timeout_of(state: str) -> tuple[Move, Timeout] | None:
    """What happens by itself in a state, and when; None where it can stay so for ever."""
    for move in MOVES:
        if state in move.timeouts:
            return move, move.timeouts[state]
    return None
