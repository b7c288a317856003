"""Which page types are items of the portal, what they say of themselves, and how pages are shown.

An app registers its page types here when it is ready; search, feeds, sitemap, editorial and the home
page work on whatever stands in the registry and never import a content app. Models ask the registry
too, so that they need to know nothing of how they are shown.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.http import HttpResponse

from core.importing import Importer


@dataclass(frozen=True)
class SearchDocument:
    """What an item says to search, in its own language.

    `title`, `summary` and `body` are plain text and weigh in this order. `facets` maps a
    vocabulary's name to codes. `published` is when the item was first public, `starts` the day on
    which it takes place. `town` and `country` (ISO 3166-1) say where it is, as far as it is anywhere;
    `organisation` is the key of the record that it is of.
    """

    kind: str
    title: str
    summary: str
    body: str
    url: str
    facets: dict[str, list[str]] = field(default_factory=dict)
    published: datetime | None = None
    updated: datetime | None = None
    starts: date | None = None
    town: str = ""
    country: str = ""
    organisation: int | None = None

    @classmethod
    def of(
        cls,
        page,
        kind: str,
        texts: Iterable[str],
        facets: dict | None = None,
        summary: str = "",
        **where,
    ) -> "SearchDocument":
        """The document of a page: its texts, of which some may be empty, make up the body."""
        return cls(
            kind=kind,
            title=page.title,
            summary=summary or page.summary,
            body="\n".join(filter(None, texts)),
            url=page.url_path,
            facets=facets or {},
            published=page.first_published_at,
            updated=page.last_published_at,
            **where,
        )


@dataclass(frozen=True)
class Item:
    """A registered kind of page.

    `section` is the slug of its index page, empty for pages directly under home. `newest(request,
    language, number)` gives the latest of them as rows of a list, for the home page;
    `themes(request, language)` links to the parts of its list, as `{title, count, url}`.
    `document(page)` is what it says to search, and `codes(page)` are the codes of that document from
    which `mark(codes)` draws the mark of an item and `facts(codes, language)` names its facts.
    `importer` takes texts of files, where the kind takes any. A kind whose model has an `organisation`
    is listed on the profile of one below the heading `of_organisation`, if it has any. `ask(language)` is
    where a reader who found nothing asks for one, as `{title, url}`, or None.
    `begin(author, token, language, values)`
    gives the draft of a member who begins one elsewhere on the portal, once for each token.
    """

    kind: str
    model: type
    section: str
    name: str
    name_plural: str
    document: Callable[..., SearchDocument]
    codes: Callable[..., dict[str, list[str]]] = lambda page: {}
    newest: Callable[..., list[dict]] | None = None
    themes: Callable[..., list[dict]] = lambda request, language: []
    mark: Callable[[dict[str, list[str]]], str] = lambda facets: ""
    facts: Callable[[dict[str, list[str]], str], list[str]] = lambda facets, language: []
    importer: Importer | None = None
    of_organisation: str = ""
    ask: Callable[[str], dict | None] = lambda language: None
    begin: Callable[..., object] | None = None


@dataclass(frozen=True)
class Presentation:
    """How the pages of a type are shown.

    `context(page, request)` is what the template gets beside the page; `data(page, absolute)` is the
    page as schema.org data; `answer(page, request)` is what an address gets that asks for something
    else than the page itself, such as a file, or None.
    """

    context: Callable[..., dict] = lambda page, request: {}
    data: Callable[..., dict | None] = lambda page, absolute: None
    answer: Callable[..., HttpResponse | None] = lambda page, request: None


@dataclass(frozen=True)
class ProfilePart:
    """What an app adds to the profile of an organisation below its items.

    `shown(record, language)` is what the template gets as `shown`, or None where there is nothing. It is
    kept until something that readers see changes.
    """

    template: str
    shown: Callable[..., dict | None]


_items: dict[str, Item] = {}
_profile_parts: dict[str, ProfilePart] = {}
_presentations: dict[type, Presentation] = {}


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


def sections() -> dict[str, str]:
    """The sections of the portal by their slug, each by the name of what it lists first."""
    found: dict[str, str] = {}
    for item in items():
        if item.section:
            found.setdefault(item.section, item.name_plural)
    return found


def item_of(page) -> Item | None:
    """The item that a page is one of; None for pages that are none."""
    return next((item for item in _items.values() if item.model is type(page)), None)


def add_to_profile(part: ProfilePart) -> None:
    """Adds a part to the profiles of organisations; safe to repeat."""
    _profile_parts[part.template] = part


def profile_parts(record, language: str) -> list[dict]:
    """The parts of a profile that have something to show, as `{template, shown}`."""
    found = [(part.template, part.shown(record, language)) for part in _profile_parts.values()]
    return [{"template": template, "shown": shown} for template, shown in found if shown]


def present(model: type, **functions: Callable) -> None:
    """Says how the pages of a model are shown, by the functions of `Presentation`."""
    _presentations[model] = Presentation(**functions)


def presentation(page) -> Presentation:
    """How a page is shown; the plain page where its app has said nothing."""
    return _presentations.get(type(page), PLAIN)


PLAIN = Presentation()
