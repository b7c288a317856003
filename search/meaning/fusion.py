"""How two ranked lists become one: by reciprocal rank.

What stands at place n of a list earns 1 / (60 + n), so that what both lists have comes first, and
neither list's own measure has to be made comparable (Cormack, Clarke, Büttcher: Reciprocal Rank Fusion,
SIGIR 2009). Pure: values in, values out.
"""

from collections.abc import Hashable, Sequence
from itertools import zip_longest
from typing import TypeVar

Item = TypeVar("Item", bound=Hashable)

K = 60
FIRST = 100  # so many of each list are fused; what follows keeps its order
# What has only some of the words decides but between what is about equally near, and else follows: one
# word that a question and a text share says little.
SOME_WORDS = 0.02


def fused(*lists: Sequence[Item], weights: Sequence[float] = (), first: int = FIRST) -> list[Item]:
    """The items of all lists, each once, best first; equals in the order of the lists.

    `weights` say what each list counts, 1 where nothing is said.

    >>> fused(["a", "b", "c"], ["c", "d"])
    ['c', 'a', 'b', 'd']
    >>> fused(["a", "b", "c"], ["c", "d"], weights=[SOME_WORDS])
    ['c', 'd', 'a', 'b']
    """
    points = earned(*lists, weights=weights, first=first)
    best = sorted(points, key=lambda item: -points[item])
    rest = (item for ranked in lists for item in ranked[first:])
    return list(dict.fromkeys([*best, *rest]))


def earned(
    *lists: Sequence[Item], weights: Sequence[float] = (), first: int = FIRST
) -> dict[Item, float]:
    """What the first of each list earn, in the order of the lists."""
    points: dict[Item, float] = {}
    for ranked, weight in zip_longest(lists, weights, fillvalue=1.0):
        for place, item in enumerate(dict.fromkeys(ranked[:first]), start=1):
            points[item] = points.get(item, 0.0) + weight / (K + place)
    return points
