"""Ranks stories by what they share with one story, each with its reasons.

A pure module: values in, frozen dataclasses out. A context is what a story is filed under: codes
of vocabularies and keys of items, by the name of the field.
"""

from dataclasses import dataclass
from typing import Final

Context = dict[str, tuple[str, ...]]

# How much one shared value weighs: what was hard and how it was done say more than where.
WEIGHTS: Final = {
    "obstacles": 5,
    "methods": 4,
    "narrow_field": 4,
    "field": 3,
    "work_based_learning": 2,
    "sector": 2,
    "eqf_level": 1,
    "organisation_size": 1,
    "country": 1,
}
MOST_REASONS: Final = 3
# Who shares the first shares the second too, which then says nothing more.
BROADER: Final = {"narrow_field": "field"}


@dataclass(frozen=True)
class Reason:
    """What two stories share: the name of a field, and the value."""

    about: str
    value: str


@dataclass(frozen=True)
class Related:
    """A story by its key, with its score and the reasons, the weightiest first."""

    key: str
    score: int
    reasons: tuple[Reason, ...]


def shared(own: Context, other: Context) -> tuple[Reason, ...]:
    """Everything that two contexts share, the weightiest first."""
    found = [
        Reason(name, value)
        for name in WEIGHTS
        for value in own.get(name, ())
        if value in other.get(name, ())
    ]
    said = {BROADER.get(reason.about) for reason in found}
    return tuple(reason for reason in found if reason.about not in said)


def rank(own: Context, others: dict[str, Context], most: int) -> list[Related]:
    """The `most` stories that share most, best first; equal ones in the order of `others`.

    >>> own = {"field": ("07",), "methods": ("mentoring",), "country": ("LV",)}
    >>> others = {
    ...     "kitchen": {"field": ("10",), "methods": ("mentoring",), "country": ("FI",)},
    ...     "chairs": {"field": ("07",), "methods": ("mentoring",), "country": ("LV",)},
    ...     "ward": {"field": ("09",), "methods": (), "country": ("IT",)},
    ... }
    >>> [(one.key, one.score) for one in rank(own, others, 2)]
    [('chairs', 8), ('kitchen', 4)]
    >>> [reason.about for reason in rank(own, others, 1)[0].reasons]
    ['methods', 'field', 'country']
    """
    found = []
    for key, other in others.items():
        reasons = shared(own, other)
        score = sum(WEIGHTS[reason.about] for reason in reasons)
        if score:
            found.append(Related(key, score, reasons[:MOST_REASONS]))
    return sorted(found, key=lambda one: -one.score)[:most]
