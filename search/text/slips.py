"""The nearest word: which one needs the fewest corrections of a slip of the finger."""

import re
from collections.abc import Iterable

TWICE = re.compile(r"(.)\1")


def allowed(word: str) -> int:
    """How many slips a word of this length may have: one up to five letters, two above."""
    return 1 if len(word) <= 5 else 2


def distance(one: str, other: str, limit: int) -> int:
    """How many letters must be added, left out, changed or swapped; at most `limit` + 1.

    The restricted Damerau-Levenshtein distance (optimal string alignment), row by row, given up as
    soon as a whole row is above the limit.

    >>> distance("imone", "imnoe", 2), distance("skola", "skolas", 2), distance("baum", "raum", 2)
    (1, 1, 1)
    >>> distance("story", "history", 1)
    2
    """
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    before_last: list[int] = []
    last = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and b == one[i - 2]:
                cost = min(cost, before_last[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
        before_last, last = last, row
    return min(last[-1], limit + 1)


def nearest(folded: str, candidates: Iterable[tuple[str, str]]) -> str | None:
    """The word nearest to `folded` among pairs of a folded word and the word as it is written.

    None if all need more slips than are allowed. Of equally near ones the one with the same letters
    in another order, then the one that differs by doubled letters only, by the more alike beginning,
    the first in the alphabet.

    >>> nearest("imnoe", [("imone", "įmonė"), ("imones", "įmonės"), ("imti", "imti")])
    'įmonė'
    >>> nearest("contarto", [(word, word) for word in ("contacto", "contrato")])
    'contrato'
    """
    limit = allowed(folded)
    ranked = [
        (slips, *unlike(folded, known), word)
        for known, word in candidates
        if (slips := distance(folded, known, limit)) <= limit
    ]
    return min(ranked)[-1] if ranked else None


def worth_comparing(folded: str, known: str) -> bool:
    """Whether two words may be near: about as long, and alike at the beginning but for one slip.

    >>> [worth_comparing("abilidad", word) for word in ("habilidad", "abilitado", "utilidad")]
    [True, True, False]
    """
    if abs(len(known) - len(folded)) > allowed(folded):
        return False
    return known[0] in folded[:2] or known[1:3] in (folded[:2], folded[1:3])


def unlike(one: str, other: str) -> tuple[bool, bool, int]:
    """How unlike two words look that are equally many slips apart."""
    moved = sorted(one) == sorted(other)
    doubled = TWICE.sub(r"\1", one) == TWICE.sub(r"\1", other)
    return not moved, not doubled, -alike(one, other)


def alike(one: str, other: str) -> int:
    """How many letters two words share at the beginning."""
    return next(
        (place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )
