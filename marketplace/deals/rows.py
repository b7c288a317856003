"""What a row of the table of the deal consists of: moves, who makes them, and time-outs."""

from dataclasses import dataclass, field

from django.db.models import TextChoices

BEGIN = ""  # where a deal is before it is opened
RETURN = "return"  # the target of a move that leads back to where a pause or a dispute began
STAY = "stay"  # the target of a move that leaves the deal in its state


class Who(TextChoices):
    """Whom a row of the table lets make a move; some depend on what happened before."""

    PROVIDER = "provider", "the provider"
    CLIENT = "client", "the client"
    OPENER = "opener", "who opened the deal"
    ASKED = "asked", "who was asked"
    MOVER = "mover", "who made the last move"
    OTHER = "other", "who did not make the last move"
    CHANGER = "changer", "who proposed the open change"
    ASKED_ABOUT = "asked_about", "who is asked about the open change"
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
