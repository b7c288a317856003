"""Items of the registry as lines of lists and as links from one item to another.

Links name an item by its translation key, whatever the language; what the reader gets is the best
version of it for their language.
"""

from uuid import NAMESPACE_URL, UUID, uuid5

from django.db.models import TextField
from django.db.models.functions import Cast

from core import generation, registry
from core.languages import language
from core.serving import reading_address

MOST = 50


def shipped_key(section: str, name: str) -> UUID:
    """The translation key of an item that comes with the portal, by the name of its folder."""
    return uuid5(NAMESPACE_URL, f"portal/{section}/{name}")


def row(page, reader: str, languages: list[str] = ()) -> dict:
    """A page as a line of a list, as `components/result_row.html` takes it."""
    content = language(page.locale.language_code)
    return {
        "key": str(page.translation_key),
        "title": page.title,
        "result": page.summary,
        "url": reading_address(page.url_path, reader),
        "lang": content.code,
        "dir": content.dir,
        "language_name": "" if content.code == reader else content.name,
        "languages": languages,
        "facts": page.row_facts(reader),
        "mark": page.mark,
        "demonstration": getattr(page, "demonstration", False),
    }


def rows(request, kind: str, keys: list[str], reader: str) -> list[dict]:
    """The published items with these translation keys, in this order; one query, kept."""
    if not keys:
        return []

    def build() -> list[dict]:
        pages = registry.item(kind).model.objects.live().filter(translation_key__in=keys)
        found = {
            str(page.translation_key): page
            for page in pages.best_for(reader).select_related("locale")
        }
        return [row(found[key], reader) for key in keys if key in found]

    return generation.kept(request, ("items", kind, tuple(keys), reader), build)


def naming(request, kind: str, field: str, key, reader: str) -> list[dict]:
    """The newest published items of a kind whose `ItemsField` names an item; one query, kept."""

    def build() -> list[dict]:
        pages = registry.item(kind).model.objects.live()
        pages = pages.annotate(named=Cast(field, TextField())).filter(named__contains=str(key))
        pages = pages.best_for(reader).select_related("locale")
        return [
            row(page, reader)
            for page in pages.order_by("rank", "-first_published_at", "-pk")[:MOST]
        ]

    return generation.kept(request, ("naming", kind, field, str(key), reader), build)


def choices(kind: str, reader: str) -> list[tuple[str, str]]:
    """The published items of a kind as key and title, for a form of the admin."""
    pages = registry.item(kind).model.objects.live().best_for(reader)
    return sorted(
        ((str(key), title) for key, title in pages.values_list("translation_key", "title")),
        key=lambda pair: pair[1],
    )
