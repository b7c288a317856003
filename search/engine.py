"""What an engine of search must do, and which one is used.

An engine finds documents (rows of `SearchDocument`) and ranks them; what the reader sees is then made
from the rows. All engines pass the same tests, `tests/search/test_engine_contract.py`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Literal, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

if TYPE_CHECKING:
    import numpy as np

    from search.models import SearchDocument

ENGINES = {
    "database": "search.database.engine.DatabaseEngine",
    "elasticsearch": "search.elastic.fallback.SteadyEngine",
}

# Best by words and meaning; newest by when it was first public; nearest to the place of the question.
Sort = Literal["best", "newest", "nearest"]

DEEPEST = 10_000  # results that can be paged through

# One sought word in all the forms that it may be found by, the likeliest first.
Forms = tuple[str, ...]


@dataclass(frozen=True)
class Key:
    """Which item, in which language."""

    translation_key: str
    language: str


@dataclass(frozen=True)
class Near:
    """A place in degrees (WGS 84), and how far around it, in kilometres, along the ground."""

    latitude: float
    longitude: float
    kilometres: float


@dataclass(frozen=True)
class Query:
    """A question to an engine.

    `words` says for each language how each word of the question may stand in its documents. Found is
    what has all words, or, if in the reader's languages nothing has, what has any of them.

    `languages` are those that the reader chose, in their order: an item that is found in several
    counts once, in the first of them. `other_languages` are offered beside, `other_limit` items.

    `filters` names the facets that narrow the results and the codes that were chosen of each: codes
    of one facet add up. `since` and `until` (both included) narrow by day: of an event its first,
    of all else that on which it was first public. `near` narrows by place. `offset` and `limit` cut
    out a page. `counted` are the facets whose codes are to be counted.

    Found beside is what lies nearest to `vector`, the question's in the space of `search.meaning.space`.
    """

    languages: tuple[str, ...]
    words: Mapping[str, tuple[Forms, ...]]
    text: str = ""
    other_languages: tuple[str, ...] = ()
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    since: date | None = None
    until: date | None = None
    near: "Near | None" = None
    sort: Sort = "best"
    counted: tuple[str, ...] = ()
    offset: int = 0
    limit: int = 10
    other_limit: int = 5
    vector: "np.ndarray | None" = field(default=None, compare=False)


@dataclass(frozen=True)
class Hit:
    """A document that was found: its row's id, its language, and how well it fits.

    `by_meaning` says that it does not have the words, but is near to them in meaning.
    """

    document: int
    language: str
    score: float
    by_meaning: bool = False


@dataclass(frozen=True)
class Results:
    """What an engine found.

    `total` counts the items in the chosen languages that pass all filters, and `languages` the
    documents of each language that do. `facets` counts, for each facet and code, the items that
    would be found if it were the only code chosen of its facet. `without` counts, for each filter,
    those that are found in addition if it is left out; dates are called `date`, a place `place`.
    `offset` is the one asked for, or that of the last page if there are fewer. `all_words` is false
    where only some of the words were found, `by_words` where none was, and all is by meaning. `simpler`
    is true where another engine than the chosen one answered.
    """

    hits: tuple[Hit, ...] = ()
    others: tuple[Hit, ...] = ()
    total: int = 0
    offset: int = 0
    all_words: bool = True
    by_words: bool = True
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    without: Mapping[str, int] = field(default_factory=dict)
    languages: Mapping[str, int] = field(default_factory=dict)
    simpler: bool = False


class Engine(Protocol):
    """Finds documents. Every method is safe to call twice."""

    def index(self, documents: Iterable["SearchDocument"]) -> None:
        """Takes in documents as their rows are now."""

    def remove(self, keys: Iterable[Key]) -> None:
        """Forgets documents; unknown ones are no error."""

    def search(self, query: Query) -> Results:
        """Finds and ranks. Never raises for anything that a reader typed."""

    def spelling(self, words: Sequence[str], language: str) -> dict[str, str]:
        """For those of the words that no document of the language has, the nearest that one has."""

    def repair(self) -> int:
        """Makes the engine's own index equal to the rows; returns how much had to be changed."""


def engine() -> Engine:
    """The engine of the setting `SEARCH_ENGINE`: a name of ours, or the path of a class."""
    name = getattr(settings, "SEARCH_ENGINE", "database")
    return _engine(ENGINES.get(name, name))


@cache
def _engine(path: str) -> Engine:
    return import_string(path)()
