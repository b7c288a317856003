"""Numbers of people or organisations as they may be told: never one under five, nor one to be worked out.

0 is told: nobody is in it.
"""

from collections.abc import Sequence

FEWEST = 5


def told(number: int) -> int | None:
    """A number on its own; None where it is hidden.

    >>> told(0), told(4), told(5)
    (0, None, 5)
    """
    return number if number == 0 or number >= FEWEST else None


def parts(numbers: Sequence[int]) -> tuple[int | None, ...]:
    """The parts of a total that may be told too: nobody can subtract and find one that is hidden.

    The smallest other parts are hidden with those under five, until at least two are hidden that are
    five together; or all that are more than 0, and then the total is told by `total` below.

    >>> parts([12, 3, 7, 0]), parts([12, 7, 0, 0]), parts([2, 1, 9, 30])
    ((12, None, None, 0), (12, 7, 0, 0), (None, None, None, 30))
    >>> parts([3, 0])
    (None, 0)
    """
    found = [told(number) for number in numbers]
    while None in found and not is_safe(
        [n for n, one in zip(numbers, found, strict=True) if one is None]
    ):
        rest = [(number, place) for place, number in enumerate(found) if number]
        if not rest:
            break
        found[min(rest)[1]] = None
    return tuple(found)


def is_safe(hidden: list[int]) -> bool:
    """Whether the sum of hidden parts, which anybody can work out, tells none of them."""
    return len(hidden) > 1 and sum(hidden) >= FEWEST


def total(numbers: Sequence[int]) -> int | None:
    """The total of parts, as it is told beside them."""
    return told(sum(numbers))
