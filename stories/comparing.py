"""What two or three stories share and where they differ.

A pure module: values in, a frozen dataclass out. A context is what a story is filed under, as in
`stories.related`.
"""

from dataclasses import dataclass

from stories.related import Context

FEWEST, MOST = 2, 3


@dataclass(frozen=True)
class Comparison:
    """`shared`: by field, the values that all have; `different`: fields in which they differ."""

    shared: dict[str, tuple[str, ...]]
    different: tuple[str, ...]


def compare(contexts: list[Context], names: tuple[str, ...]) -> Comparison:
    """Compares contexts in the fields `names`, in this order. What none has is left out.

    >>> latvia = {"country": ("LV",), "field": ("07",), "methods": ("mentoring", "job dating")}
    >>> finland = {"country": ("FI",), "field": ("07",), "methods": ("mentoring",)}
    >>> compare([latvia, finland], ("country", "field", "methods", "obstacles"))
    Comparison(shared={'field': ('07',), 'methods': ('mentoring',)}, different=('country', 'methods'))
    """
    shared: dict[str, tuple[str, ...]] = {}
    different = []
    for name in names:
        values = [context.get(name, ()) for context in contexts]
        common = tuple(one for one in values[0] if all(one in other for other in values))
        if common:
            shared[name] = common
        if any(set(value) != set(values[0]) for value in values):
            different.append(name)
    return Comparison(shared, tuple(different))
