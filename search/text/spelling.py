"""The nearest word: which one needs the fewest corrections of a slip of the finger."""

from collections.abc import Iterable


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

    None if all need more slips than are allowed. Of equally near ones the one with the more alike
    beginning, then the first in the alphabet.

    >>> nearest("imnoe", [("imone", "įmonė"), ("imones", "įmonės"), ("imti", "imti")])
    'įmonė'
    """
    limit = allowed(folded)
    ranked = [
        (slips, -alike(folded, known), word)
        for known, word in candidates
        if (slips := distance(folded, known, limit)) <= limit
    ]
    return min(ranked)[2] if ranked else None


def alike(one: str, other: str) -> int:
    """How many letters two words share at the beginning."""
    return next(
        (place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )
