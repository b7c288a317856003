"""Reference data with labels in every interface language. Pages keep codes; labels come from here.

`get(scheme)` gives a vocabulary with `codes`, `label()`, `description()` and `choices()`.
`label(scheme, code)` names one code. `choices(scheme)` is for form fields; models use the fields in `vocabularies.fields`.
Where a language is left out, the active one is meant; one without labels reads English.
"""

from collections.abc import Callable
from functools import partial

from vocabularies.vocabulary import SCHEMES, Vocabulary, get

__all__ = ["SCHEMES", "Vocabulary", "choices", "get", "label", "organisation_size"]


def label(scheme: str, code: str, language: str | None = None) -> str:
    """What a code is called; empty where there is no code."""
    return get(scheme).label(code, language) if code else ""


def choices(scheme: str) -> Callable[[], list[tuple[str, str]]]:
    """A callable that gives (code, label) pairs in the language active when it is called."""
    return partial(_choices, scheme)


def _choices(scheme):
    return get(scheme).choices()


def organisation_size(staff: int) -> str:
    """The `organisation_size` code for a number of staff, by Recommendation 2003/361/EC.

    Staff alone decides. Raises ValueError for a negative number.

    >>> organisation_size(9), organisation_size(10), organisation_size(250)
    ('micro', 'small', 'large')
    """
    if staff < 0:
        raise ValueError("The number of staff cannot be negative.")
    limits = {"micro": 10, "small": 50, "medium": 250}
    return next((size for size, limit in limits.items() if staff < limit), "large")
