"""Which page types are items of the portal, and what they say of themselves.

An app registers its page type here; search, feeds, sitemap, editorial and the home page work on
whatever stands in the registry and never import a content app.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, runtime_checkable

from core.importing import Importer


@dataclass(frozen=True)
class SearchDocument:
    """What an item says to search, in its own language.

    `title`, `summary` and `body` are plain text and weigh in this order. `facets` maps a
    vocabulary's name to codes. `published` is when the item was first public.
    """

    kind: str
    title: str
    summary: str
    body: str
    url: str
    facets: dict[str, list[str]] = field(default_factory=dict)
    published: datetime | None = None
    updated: datetime | None = None


@runtime_checkable
class Searchable(Protocol):
    """A page that search can find."""

    def search_document(self) -> SearchDocument: ...


@dataclass(frozen=True)
class Item:
    """A registered kind of page.

    `section` is the slug of its index page, empty for pages directly under home. `newest(request,
    language, number)` gives the latest of them as rows of a list, for the home page;
    `themes(request, language)` links to the parts of its list, as `{title, count, url}`.
    `mark(facets)` draws the mark of an item and `facts(facets, language)` names its facts, both from
    the codes of its search document. `importer` takes texts of files, where the kind takes any.
    """

    kind: str
    model: type
    section: str
    name: str
    name_plural: str
    newest: Callable[..., list[dict]] | None = None
    themes: Callable[..., list[dict]] = lambda request, language: []
    mark: Callable[[dict[str, list[str]]], str] = lambda facets: ""
    facts: Callable[[dict[str, list[str]], str], list[str]] = lambda facets, language: []
    importer: Importer | None = None


_items: dict[str, Item] = {}


def register(item: Item) -> None:
    """Adds a kind; raises `ValueError` if the kind is taken by another model."""
    known = _items.get(item.kind)
    if known is not None and known.model is not item.model:
        raise ValueError(f"The kind {item.kind!r} is taken by {known.model.__name__}.")
    _items[item.kind] = item


def items() -> list[Item]:
    """All registered kinds, in the order in which they were registered."""
    return list(_items.values())


def item(kind: str) -> Item:
    """The item of a kind; raises `KeyError`."""
    return _items[kind]
