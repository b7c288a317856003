"""Whether a deal is what its steps make of it: pure reckoning with the table.

Used by the tests and by `manage.py deals verify`, which tells an operator of rows that were changed past the
code, in the database or by a faulty restore.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from marketplace.deals.rows import BEGIN
from marketplace.deals.states import PARTIES, State
from marketplace.deals.table import (
    AGREEING,
    BY_NAME,
    PROPOSING,
    awaited,
    changing_after,
    may,
    resume_after,
    sides,
    target,
)

COMPARED = (
    "state",
    "resume_state",
    "opened_side",
    "moved_side",
    "version",
    "changing",
    "agreed_version",
)


class Line(Protocol):
    """What is asked of an audit line."""

    number: int
    move: str
    from_state: str
    to_state: str
    side: str
    reason: str


@dataclass(frozen=True)
class Standing:
    """How a deal stands after its steps."""

    state: str = BEGIN
    resume_state: str = ""
    opened_side: str = ""
    moved_side: str = ""
    version: int = 0
    changing: str = ""
    proposed: int = 0  # versions of the proposal
    agreed_version: int | None = None


def after(standing: Standing, line: Line) -> Standing:
    """How a deal stands after one more step; raises `ValueError` where the table has no such step."""
    move = BY_NAME.get(line.move)
    if move is None:
        raise ValueError(f"there is no move “{line.move}”")
    if line.number != standing.version + 1:
        raise ValueError(f"step {line.number} follows step {standing.version}")
    if line.from_state != standing.state:
        raise ValueError(f"it begins at “{line.from_state}”, not at “{standing.state}”")
    opened = standing.opened_side or line.side
    if not may(move, line.side, standing.state, opened, standing.moved_side, standing.changing):
        raise ValueError(f"{line.side} may not {line.move} from “{standing.state}”")
    if move.reason and not line.reason:
        raise ValueError("it has no reason")
    leads_to = target(move, standing.state, standing.resume_state)
    if line.to_state != leads_to:
        raise ValueError(f"it leads to “{leads_to}”, not to “{line.to_state}”")
    resume = resume_after(move, standing.state, standing.resume_state)
    changing = changing_after(move, line.side, leads_to, standing.changing)
    proposed = standing.proposed + (line.move in PROPOSING)
    agreed = proposed if line.move in AGREEING else standing.agreed_version
    return Standing(leads_to, resume, opened, line.side, line.number, changing, proposed, agreed)


def standing(lines: Sequence[Line]) -> Standing:
    """How a deal stands after all its steps; raises `ValueError`, naming the step that is wrong."""
    found, agreed = Standing(), False
    for line in lines:
        try:
            found = after(found, line)
        except ValueError as error:
            raise ValueError(f"step {line.number}: {error}") from None
        agreed = agreed or line.move == "agree"
        if found.state == State.IN_PROGRESS and not agreed:
            raise ValueError(f"step {line.number}: the work began without an agreement")
    return found


def faults(deal, lines: Sequence[Line]) -> list[str]:
    """In which ways a deal is not what its steps make of it; [] where it is."""
    if not lines:
        return ["it has no step"]
    try:
        found = standing(lines)
    except ValueError as error:
        return [str(error)]
    wrong = [
        f"{name} is “{getattr(deal, name)}”, by its steps “{getattr(found, name)}”"
        for name in COMPARED
        if getattr(deal, name) != getattr(found, name)
    ]
    if deal.change_asks not in (PARTIES if found.changing else ("",)):
        wrong.append(f"change_asks is “{deal.change_asks}”")
    expected = {awaited(found.state, found.opened_side, found.moved_side, deal.change_asks)}
    if found.state in (State.PROPOSED, State.COUNTER_PROPOSED, State.ACCEPTED):
        expected |= sides(tuple(BY_NAME["agree"].sides), found.opened_side, found.moved_side)
    if found.state == State.ACCEPTED:
        expected.add("")  # after a dispute, when the time for reviews is over
    if deal.awaits not in expected:
        wrong.append(f"awaits is “{deal.awaits}”")
    return wrong
