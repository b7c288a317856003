"""The one table of the deal: from which state to which, who may, until when, and who hears of it.

Everything else asks this module: `moves.perform` carries a move out, `deadlines` reckons the time-outs,
`mail` writes to whom the table says, `diagram` draws it for the documentation. It reads no database.
"""

from django.utils.translation import gettext_lazy as _

from marketplace.deals.rows import BEGIN, EITHER, RETURN, STAY, Base, Move, Tell, Timeout, Who
from marketplace.deals.states import BOTH, CHANGEABLE, PARTIES, UNAGREED, Side, State, opposite

S, T = State, Timeout
DAYS_FOR_REVIEWS = 14  # then one review is shown alone, and the deal is closed

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
    # A change of what is agreed. What both have accepted counts until both have accepted the change.
    Move(
        "propose_change",
        dict.fromkeys(CHANGEABLE, EITHER),
        STAY,
        _("Propose a change"),
        _("%(who)s proposed a change of the agreement."),
        through="proposals",
    ),
    Move(
        "agree_change",
        dict.fromkeys(CHANGEABLE, (Who.CHANGER, Who.ASKED_ABOUT)),
        STAY,
        _("Accept the change"),
        _("%(who)s accepted the change. Both sides have accepted it now."),
        through="agreements",
        mail_to=(Tell.BOTH,),
    ),
    Move(
        "decline_change",
        dict.fromkeys(CHANGEABLE, (Who.ASKED_ABOUT,)),
        STAY,
        _("Decline the change"),
        _("%(who)s declined the change. What was agreed before still counts."),
        reason=True,
    ),
    Move(
        "withdraw_change",
        dict.fromkeys(CHANGEABLE, (Who.CHANGER,)),
        STAY,
        _("Withdraw the change"),
        _("%(who)s withdrew the change. What was agreed before still counts."),
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
            S.ACCEPTED: T(DAYS_FOR_REVIEWS, remind=(5, 3)),
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
PROPOSING = tuple(move.name for move in MOVES if move.through == "proposals")
AGREEING = tuple(move.name for move in MOVES if move.through == "agreements")

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


def sides(who: tuple[Who, ...], opened: str, moved: str, changing: str = "") -> frozenset[str]:
    """Which sides are meant in a deal that `opened` opened and in which `moved` made the last move.

    A last move of the desk or of a time-out was made by neither party. `changing` is who proposed the
    change that is open, "" where there is none.

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
        Who.CHANGER: changing,
        Who.ASKED_ABOUT: opposite(changing) if changing else "",
    }
    return frozenset(str(means[one]) for one in who) - {""}


def awaited(state: str, opened: str, moved: str, about_change: str = "") -> str:
    """Whose move is awaited: a side, `BOTH`, or "" for nobody's.

    `about_change` is a side that has to say something to an open change, beside what the state waits for.
    """
    found = (sides(AWAITS.get(state, ()), opened, moved) | {about_change}) - {""}
    return BOTH if len(found) > 1 else next(iter(found), "")


def may(move: Move, side: str, state: str, opened: str, moved: str, changing: str = "") -> bool:
    """Whether the table lets a side make a move in this state."""
    return side in sides(move.sources.get(state, ()), opened, moved, changing)


def target(move: Move, state: str, resume_state: str) -> str:
    """Where a move leads from `state`: for those that lead back, where the pause or dispute began."""
    if move.target == STAY:
        return state
    return resume_state if move.target == RETURN else str(move.target)


def changing_after(move: Move, side: str, state: str, changing: str) -> str:
    """Whose change is open once `side` has made a move that led to `state`.

    A change that is not agreed when the work is delivered, disputed or ended is dropped.
    """
    if move.target == STAY:
        return side if move.through == "proposals" else ""
    return changing if state in CHANGEABLE else ""


def asked_after(move: Move, changing: str, asked: str) -> str:
    """Which side has to say something to the change that is open, once a move is made; "" without one.

    A new change asks the other side; what else is done meanwhile leaves it as it was.
    """
    if not changing:
        return ""
    return str(opposite(changing)) if move.target == STAY else asked


def resume_after(move: Move, state: str, resume_state: str) -> str:
    """Where the deal leads back to once a move from `state` is made.

    A dispute about paused work leads back to the work, not to the pause.
    """
    if move.target == STAY:
        return resume_state
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
