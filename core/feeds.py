"""An Atom feed for every section and language, and what all feeds of items share."""

from uuid import UUID, uuid5

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import Http404
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import get_language
from wagtail.models import Page

from core import registry
from core.page_context import absolute
from core.text import without_controls

ENTRIES = 30


class ItemsFeed(Feed):
    """What makes a feed of items valid (RFC 4287): an author, and entries whose ids are addresses."""

    feed_type = Atom1Feed
    item_guid_is_permalink = False

    def author_name(self):
        return settings.SITE_NAME


def entry_id(item: UUID, language: str) -> str:
    """The same for an item in a language, wherever it moves."""
    return uuid5(item, language).urn


def described(text: str) -> str:
    """Plain text as the HTML that Django calls it."""
    return escape(without_controls(text))


class SectionFeed(ItemsFeed):
    """The newest items of one section in one language."""

    def get_object(self, request, section):
        items = [item for item in registry.items() if item.section == section]
        index = Page.objects.filter(url_path=f"/{get_language()}/{section}/", live=True).first()
        if not items or index is None:
            raise Http404
        return items[0], index, get_language()

    def title(self, found):
        return found[1].title

    def subtitle(self, found):
        return found[1].specific.summary

    def link(self, found):
        return absolute(found[1].url_path)

    def feed_url(self, found):
        return absolute(f"{found[1].url_path}feed/")

    def items(self, found):
        item, _index, code = found
        return (
            item.model.objects.live()
            .filter(locale__language_code=code)
            .order_by("-first_published_at", "-pk")[:ENTRIES]
        )

    def item_title(self, page):
        return without_controls(page.title)

    def item_description(self, page):
        return described(page.summary)

    def item_link(self, page):
        return absolute(page.url_path)

    def item_guid(self, page):
        return entry_id(page.translation_key, get_language())

    def item_pubdate(self, page):
        return page.first_published_at

    def item_updateddate(self, page):
        return page.last_published_at


section = SectionFeed()
