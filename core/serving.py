"""Finds the page of an address, in the reader's language or in the best other one.

`/lt/stories/<slug of any version>/` means the item, whatever version its slug belongs to: the
Lithuanian version where it is public, or else the best other version, by an order that is fixed for
each interface language so that whole pages can be cached. `?read=fi` asks for another version.
"""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Value
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from core.languages import reading_order

# For a page: the language of the original that has changed since the page was translated, or none.
# The app that knows about translations puts its expression here.
changed_original = Value(None, output_field=CharField())


@dataclass(frozen=True)
class Version:
    """A public version of an item: its page's id, language, and address.

    `changed_original` is the language of the original that has changed since this was translated.
    """

    page_id: int
    language: str
    url: str
    changed_original: str | None = None


@dataclass(frozen=True)
class Found:
    """What an address leads to: a page, or another address."""

    page: Page | None
    redirect: str | None
    versions: tuple[Version, ...]


def address(url: str, interface: str) -> str:
    """The address of a page with the menus of a language.

    >>> address("/fi/stories/saha/", "lt")
    '/lt/stories/saha/'
    """
    return f"/{interface}/{url.split('/', 2)[2]}"


def reading_address(url: str, interface: str) -> str:
    """The same, asking for this very version where it is not in the language of the menus.

    >>> reading_address("/fi/stories/saha/", "lt"), reading_address("/lt/stories/", "lt")
    ('/lt/stories/saha/?read=fi', '/lt/stories/')
    """
    language = url.split("/", 2)[1]
    return address(url, interface) + ("" if language == interface else f"?read={language}")


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
        .values_list(
            "pk",
            "url_path",
            "translation_key",
            "locale__language_code",
            "content_type",
            changed_original,
        )
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
        row[3]: Version(row[0], row[3], row[1], row[5])
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
        return Found(None, address(chosen.url, interface), ordered)
    model = ContentType.objects.get_for_id(types[chosen.page_id]).model_class()
    page = model.objects.select_related(*model.shown_with).get(pk=chosen.page_id)
    return Found(page, None, ordered)


def moved(path: str, interface: str) -> str | None:
    """Where the page is now whose version in any language had this address; None if none had.

    Two queries at most, whatever the number of languages.
    """
    order = reading_order(interface, tuple(settings.CONTENT_LANGUAGES))
    old = {f"/{code}/{path.strip('/')}": rank for rank, code in enumerate(order)}
    keys = dict(
        Redirect.objects.filter(old_path__in=old, redirect_page__isnull=False).values_list(
            "old_path", "redirect_page__translation_key"
        )
    )
    if not keys:
        return None
    versions = dict(
        Page.objects.filter(translation_key=keys[min(keys, key=old.get)], live=True).values_list(
            "locale__language_code", "url_path"
        )
    )
    best = next((versions[code] for code in order if code in versions), None)
    return best and address(best, interface)
