"""What changed between two versions of a text, word by word."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

SAME, ADDED, REMOVED = "same", "added", "removed"
WORDS = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True)
class Piece:
    """A stretch of text that is the same, was added or was removed."""

    kind: str
    text: str


def compare(before: str, after: str) -> list[Piece]:
    """The pieces of both texts in reading order; what was removed stands before what came for it.

    >>> [(piece.kind, piece.text) for piece in compare("two weeks", "three weeks")]
    [('removed', 'two'), ('added', 'three'), ('same', ' weeks')]
    """
    old, new = WORDS.findall(before), WORDS.findall(after)
    pieces: list[Piece] = []
    for change, left, left_end, right, right_end in SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        if change == "equal":
            pieces.append(Piece(SAME, "".join(new[right:right_end])))
            continue
        if left_end > left:
            pieces.append(Piece(REMOVED, "".join(old[left:left_end])))
        if right_end > right:
            pieces.append(Piece(ADDED, "".join(new[right:right_end])))
    return pieces


def has_changed(pieces: list[Piece]) -> bool:
    return any(piece.kind != SAME for piece in pieces)
