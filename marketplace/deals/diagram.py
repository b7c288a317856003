"""The table of the deal as Markdown: tables and a diagram for `docs/features/deals.md`.

`manage.py deals diagram` writes them there; a test fails where the page says something else than the table.
"""

from collections.abc import Iterator
from pathlib import Path

from django.utils import translation

from marketplace.deals.rows import BEGIN, RETURN, STAY, Move, Tell, Timeout, Who
from marketplace.deals.states import OVER, State
from marketplace.deals.table import (
    AWAITS,
    MOVES,
    timeout_of,
)

PAGE = Path("docs/features/deals.md")
BEGINS = "<!-- made by `manage.py deals diagram`: do not change it here -->"
ENDS = "<!-- end of what is made -->"
LEADS = {RETURN: "where it was before", STAY: "stays as it is"}
THROUGH = {
    "proposals": "a new version was saved with it",
    "agreements": "both sides have accepted the same text",
    "reviews": "both reviews are in",
}


def made() -> str:
    """Everything that is made from the table, in English."""
    with translation.override("en"):
        return "\n\n".join([BEGINS, mermaid(), moves(), timeouts(), ENDS])


def page(text: str) -> str:
    """A page with what is made from the table in the place of what was made before."""
    before, rest = text.split(BEGINS)
    return before + made() + rest.split(ENDS)[1]


def mermaid() -> str:
    """The diagram: one arrow for each pair of states, with the names of the moves."""
    arrows: dict[tuple[str, str], list[str]] = {}
    for move in MOVES:
        for source in move.sources:
            for target in targets(move, source):
                arrows.setdefault((source or "[*]", target), []).append(move.name)
    lines = [f"    {source} --> {target}: {', '.join(n)}" for (source, target), n in arrows.items()]
    lines += [f"    {state} --> [*]" for state in OVER]
    return "\n".join(["```mermaid", "stateDiagram-v2", *lines, "```"])


def targets(move: Move, source: str) -> Iterator[str]:
    """Where a move can lead from a state: those that lead back, to wherever it was held."""
    if move.target == STAY:
        yield source
    elif move.target != RETURN:
        yield move.target
    elif source == State.PAUSED:
        yield State.IN_PROGRESS
    else:
        held = next(one for one in MOVES if one.target == State.DISPUTED).sources
        yield from (one for one in held if one != State.PAUSED)


def moves() -> str:
    rows = [
        (
            f"`{move.name}`",
            "; ".join(f"{name(source)}: {people(who)}" for source, who in move.sources.items()),
            LEADS.get(move.target) or name(move.target),
            "yes" if move.reason else "",
            THROUGH.get(move.through, ""),
            ", ".join(Tell(one).label for one in move.mail_to),
        )
        for move in MOVES
    ]
    heads = ("Move", "From, and who may", "To", "Reason", "Only when", "Mail to")
    return table(heads, rows)


def timeouts() -> str:
    rows = []
    for state in State:
        found = timeout_of(state)
        move, timeout = found or (None, None)
        rows.append(
            (
                name(state),
                people(AWAITS.get(state, ())) or "nobody",
                length(timeout) if timeout else "never",
                f"`{move.name}` → {name(move.target)}" if move else "",
                ", ".join(str(days) for days in timeout.remind) if timeout else "",
            )
        )
    heads = ("State", "Waits for", "Times out", "By itself then", "Reminders, working days before")
    return table(heads, rows)


def length(timeout: Timeout) -> str:
    return f"{timeout.days} days {timeout.base.label}"


def name(state: str) -> str:
    return "the beginning" if state == BEGIN else f"`{state}`"


def people(who: tuple[Who, ...]) -> str:
    both = {Who.PROVIDER, Who.CLIENT}
    if both <= set(who):
        rest = [one.label for one in who if one not in both]
        return ", ".join(["either side", *rest])
    return ", ".join(one.label for one in who)


def table(heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [heads, tuple("---" for _head in heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
