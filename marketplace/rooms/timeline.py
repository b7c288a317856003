"""What happened in a deal, where it stands and what comes, as rows of a page.

A row is a state on the seam with cards on the side of the school (`provider`), on the side of the company
(`client`), or between them (the desk and the portal). It reads no database.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.dates import day
from marketplace.deals.states import OVER, PARTIES, Side, State
from marketplace.deals.table import timeout_of

PAST, PRESENT, FUTURE = "past", "present", "future"
BETWEEN = "between"
# The way that most deals go; a counter-proposal is a proposal again.
WAY = (
    State.ENQUIRY,
    State.CLARIFYING,
    State.PROPOSED,
    State.AGREED,
    State.IN_PROGRESS,
    State.DELIVERED,
    State.ACCEPTED,
    State.REVIEWED,
    State.CLOSED,
)
OFF_THE_WAY = {State.COUNTER_PROPOSED: State.PROPOSED}
# What is expected of a side in a state that comes.
COMING: dict[str, dict[str, object]] = {
    State.CLARIFYING: {
        Side.PROVIDER: gettext_lazy("Asks what is not clear"),
        Side.CLIENT: gettext_lazy("Asks what is not clear"),
    },
    State.PROPOSED: {
        Side.PROVIDER: gettext_lazy("Proposes, or reads the proposal"),
        Side.CLIENT: gettext_lazy("Proposes, or reads the proposal"),
    },
    State.AGREED: {
        Side.PROVIDER: gettext_lazy("Accepts the agreement"),
        Side.CLIENT: gettext_lazy("Accepts the same agreement"),
    },
    State.IN_PROGRESS: {Side.PROVIDER: gettext_lazy("The learners work")},
    State.DELIVERED: {Side.PROVIDER: gettext_lazy("Delivers the result")},
    State.ACCEPTED: {Side.CLIENT: gettext_lazy("Accepts the result, or says what is missing")},
    State.REVIEWED: {
        Side.PROVIDER: gettext_lazy("Writes a review"),
        Side.CLIENT: gettext_lazy("Writes a review"),
    },
}


@dataclass(frozen=True)
class Card:
    """What one side did, or is expected to do."""

    side: str
    who: str
    title: str
    when: datetime | None = None
    note: str = ""
    said: str = ""  # what a person wrote, and in which language, if that is known
    said_lang: str = ""
    url: str = ""
    url_title: str = ""


@dataclass
class Row:
    """A state on the seam, with what belongs to it."""

    state: str
    label: str
    phase: str
    cards: list[Card] = field(default_factory=list)
    todo: bool = False  # the place of the one thing to do
    todo_side: str = ""

    @property
    def provider(self) -> list[Card]:
        return self._of(Side.PROVIDER)

    @property
    def client(self) -> list[Card]:
        return self._of(Side.CLIENT)

    @property
    def between(self) -> list[Card]:
        return self._of(BETWEEN)

    def _of(self, side: str) -> list[Card]:
        return [card for card in self.cards if card.side == side]


def rows(deal, steps: Sequence, extra: dict[int, list[Card]], proposal, side: str, reader: str):
    """All rows of a deal, from its first step to its end.

    `extra` are cards by the number of the step that they belong to, `proposal` the version that counts or None,
    `side` whose eyes look, `reader` the language of the page.
    """
    found = [past(deal, step, extra.get(step.number, []), reader) for step in steps]
    if found:
        here = found[-1]
        if deal.state not in OVER:
            here.phase, here.todo = PRESENT, True
            here.todo_side = place_of_todo(deal, side)
    return found + [coming(deal, state, proposal, reader) for state in still_to_come(deal)]


def past(deal, step, extra: Iterable[Card], reader: str) -> Row:
    where = step.side if step.side in PARTIES else BETWEEN
    told, others = parted(extra)
    if step.move == "agree" and others:  # each acceptance is told by its own card
        return Row(step.to_state, str(State(step.to_state).label), PAST, others)
    card = Card(
        side=where,
        who=name_of(deal, step.side),
        title=step.sentence,
        when=step.at,
        said=step.shown_reason,
        said_lang=step.reason_language,
    )
    if told:
        card = replace(told, title=card.title, when=card.when)
    return Row(step.to_state, str(State(step.to_state).label), PAST, [card, *others])


def parted(extra: Iterable[Card]) -> tuple[Card | None, list[Card]]:
    """The card that tells the step itself, which has no title of its own, and those beside it."""
    cards = list(extra)
    told = next((card for card in cards if not card.title), None)
    return told, [card for card in cards if card is not told]


def name_of(deal, side: str) -> str:
    """Who a side is, in words."""
    if side in PARTIES:
        return deal.organisation(side).name
    return str(_("The desk") if side == Side.DESK else _("The portal"))


def place_of_todo(deal, side: str) -> str:
    """On whose side the next thing stands: of who is waited for; where both are, on one's own."""
    if deal.awaits in PARTIES:
        return deal.awaits
    if deal.awaits == Side.DESK or not deal.awaits:
        return BETWEEN
    return side if side in PARTIES else BETWEEN


def still_to_come(deal) -> list[str]:
    """The states that follow when all goes well; none for a deal that is over.

    A deal that is held goes on after the state to which it returns: that one has been already.
    """
    if deal.state in OVER:
        return []
    here = OFF_THE_WAY.get(deal.state, deal.state)
    if here in WAY:
        return list(WAY[WAY.index(here) + 1 :])
    back = OFF_THE_WAY.get(deal.resume_state, deal.resume_state)
    return list(WAY[WAY.index(back) + 1 :]) if back in WAY else []


def coming(deal, state: str, proposal, reader: str) -> Row:
    cards = [
        Card(
            side=side,
            who=name_of(deal, side),
            title=str(text),
            note=by_when(state, proposal, reader),
        )
        for side, text in COMING.get(state, {}).items()
    ]
    return Row(state, str(State(state).label), FUTURE, cards)


def by_when(state: str, proposal, reader: str) -> str:
    """When it is expected: by the plan, or counted from the state before."""
    if state == State.IN_PROGRESS and proposal:
        return _("from %(date)s") % {"date": day(proposal.starts, reader)}
    if state == State.DELIVERED and proposal:
        return _("by %(date)s") % {"date": day(proposal.ends, reader)}
    if state == State.ACCEPTED:
        _move, timeout = timeout_of(State.DELIVERED)
        return ngettext(
            "within %(number)s day, then it counts as accepted",
            "within %(number)s days, then it counts as accepted",
            timeout.days,
        ) % {"number": timeout.days}
    if state == State.REVIEWED:
        return str(_("Shown when both are written, or after 14 days"))
    return ""


def happens_then(state: str) -> str:
    """What happens by itself where nobody does anything in time; "" where nothing does."""
    found = timeout_of(state)
    if found is None:
        return ""
    then = {
        "expire": _("Then the deal expires."),
        "accept_delivery": _("Then the result counts as accepted."),
        "close": _("Then the deal is closed."),
    }
    return str(then.get(found[0].name, ""))


# Which move is offered first: of those that a side can make now.
FIRST = (
    "answer",
    "agree",
    "propose",
    "start",
    "deliver",
    "accept_delivery",
    "review",
    "resume",
    "agree_change",  # for who is asked about it, before all others
    "resolve",
    "take_up",
    "close",
)
# Ways out and halts: they stand below, apart from what leads on.
LEAVING = (
    "decline",
    "withdraw",
    "pause",
    "cancel",
    "dispute",
    "drop_dispute",
)


@dataclass(frozen=True)
class Choices:
    """The moves that a side can make: the one to do, others beside it, and the ways out."""

    first: object | None
    beside: tuple
    leaving: tuple


def choices(possible: Iterable, deal, side: str | None) -> Choices:
    """Sorts what is possible. Nothing is first for a side that is not waited for."""
    awaited, asked = deal.is_awaited(side), bool(side) and side == deal.change_asks
    offered = {move.name: move for move in possible}
    if not asked and side != deal.changing:
        offered.pop("agree_change", None)  # this side has accepted it already
    leaving = tuple(offered.pop(name) for name in LEAVING if name in offered)
    order = ("agree_change", *FIRST) if asked else FIRST
    first = next((offered[name] for name in order if name in offered), None) if awaited else None
    beside = tuple(move for move in offered.values() if move is not first)
    return Choices(first, beside, leaving)


def waiting_for(deal, side: str) -> str:
    """Whom the deal waits for, in a few words, as a side reads it."""
    if deal.is_awaited(side):
        return str(_("Your turn"))
    if deal.awaits in PARTIES:
        return _("Waiting for %(who)s") % {"who": deal.organisation(deal.awaits).name}
    if deal.awaits == Side.DESK:
        return str(_("Waiting for the desk"))
    if deal.awaits:
        return str(_("Waiting for both sides"))
    return ""
