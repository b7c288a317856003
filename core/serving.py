"""Finds the page of an address, in the reader's language or in the best other one.

`/lt/stories/<slug of any version>/` means the item, whatever version its slug belongs to: the
Lithuanian version where it is public, or else the best other version, by an order that is fixed for
each interface language so that whole pages can be cached. `?read=fi` asks for another version.
"""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page

from core.languages import reading_order


@dataclass(frozen=True)
class Version:
    """A public version of an item: its page's id, language, and address."""

    page_id: int
    language: str
    url: str


@dataclass(frozen=True)
class Found:
    """What an address leads to: a page, or another address."""

    page: Page | None
    redirect: str | None
    versions: tuple[Version, ...]


def address(version: Version, interface: str) -> str:
    """Where a version is read with the menus of another language."""
    if version.language == interface:
        return version.url
    return f"/{interface}/{version.url.split('/', 2)[2]}"


def find(path: str, interface: str, read: str = "") -> Found | None:
    """The page at `path` (without the language) for a reader of `interface`; None if there is none.

    Two queries at most, whatever the number of languages.
    """
    parts = [part for part in path.split("/") if part]
    tail = "/".join(parts)
    slug = parts[-1] if parts else interface
    addresses = {
        f"/{code}/{tail}/" if tail else f"/{code}/": code for code in settings.CONTENT_LANGUAGES
    }
    named = Page.objects.filter(url_path__in=list(addresses), live=True)
    named = named.filter(slug=slug) if parts else named.filter(url_path=f"/{interface}/")
    rows = list(
        Page.objects.filter(translation_key__in=named.values("translation_key"), live=True)
        .values_list("pk", "url_path", "translation_key", "locale__language_code", "content_type")
        .order_by("pk")
    )
    if not rows:
        return None
    order = reading_order(interface, tuple(settings.CONTENT_LANGUAGES))
    at = {row[1]: row for row in rows}
    # The address in the reader's own language wins; then the language that the reader knows best.
    hit = next(
        (
            at[one]
            for one in sorted(addresses, key=lambda a: order.index(addresses[a]))
            if one in at
        ),
        None,
    )
    if hit is None:
        return None
    versions = {
        row[3]: Version(row[0], row[3], row[1])
        for row in rows
        if row[2] == hit[2] and row[3] in order
    }
    ordered = tuple(versions[code] for code in order if code in versions)
    types = {row[0]: row[4] for row in rows}
    own = versions.get(interface)
    chosen = versions.get(read) or own or ordered[0]
    if own and chosen is own and hit[1] != own.url:
        return Found(None, own.url, ordered)
    if not own and not read and hit[1] != chosen.url:
        return Found(None, address(chosen, interface), ordered)
    model = ContentType.objects.get_for_id(types[chosen.page_id]).model_class()
    return Found(model.objects.select_related("locale").get(pk=chosen.page_id), None, ordered)
