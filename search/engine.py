"""What an engine of search must do, and which one is used.

An engine finds documents (rows of `SearchDocument`) and ranks them; what the reader sees is then made
from the rows. All engines pass the same tests, `tests/search/test_engine_contract.py`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from search.models import SearchDocument

ENGINES = {"database": "search.database.engine.DatabaseEngine"}

# One sought word in all the forms that it may be found by, the likeliest first.
Forms = tuple[str, ...]


@dataclass(frozen=True)
class Key:
    """Which item, in which language."""

    translation_key: str
    language: str


@dataclass(frozen=True)
class Query:
    """A question to an engine.

    `words` says for each language how each word of the question may stand in its documents. Found is
    what has all words, or, if in the reader's languages nothing has, what has any of them.

    `languages` are those that the reader chose, in their order: an item that is found in several
    counts once, in the first of them. `other_languages` are offered beside, `other_limit` items.
    `kind` narrows the results and `offset`, `limit` cut out a page of them.
    """

    languages: tuple[str, ...]
    words: Mapping[str, tuple[Forms, ...]]
    text: str = ""
    other_languages: tuple[str, ...] = ()
    kind: str = ""
    offset: int = 0
    limit: int = 10
    other_limit: int = 5


@dataclass(frozen=True)
class Hit:
    """A document that was found: its row's id, its language, and how well it fits."""

    document: int
    language: str
    score: float


@dataclass(frozen=True)
class Results:
    """What an engine found.

    `total` counts items in the chosen languages and kind, `kinds` the items of each kind in the
    chosen languages, `languages` the documents of each language in the chosen kind. `offset` is the
    one asked for, or that of the last page if there are fewer. `all_words` is false where only some
    of the words were found.
    """

    hits: tuple[Hit, ...] = ()
    others: tuple[Hit, ...] = ()
    total: int = 0
    offset: int = 0
    all_words: bool = True
    kinds: Mapping[str, int] = field(default_factory=dict)
    languages: Mapping[str, int] = field(default_factory=dict)


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
