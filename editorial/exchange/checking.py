"""What a translation that comes from outside must keep of its source."""

import re
from collections import Counter
from html.parser import HTMLParser

from django.utils.translation import gettext as _
from wagtail_localize.strings import StringValue

from editorial.exchange.xliff import ALONE, tags_of

PLACEHOLDER = re.compile(r"%\(\w+\)[sdif]|%[sdif](?!\w)|\{\{\s*\w+\s*\}\}|\{\w*\}")


def mistakes(source: str, text: str, language: str, limit: int | None = None) -> list[str]:
    """What is wrong with a translation, as HTML of inline tags; empty if nothing is.

    `limit` is the number of characters that its field holds.

    >>> mistakes("%(count)s <b>oaks</b>", "<b>tammea</b>", "fi")
    ['It does not have the placeholders of the source: %(count)s']
    """
    found = []
    if Counter(tags_of(source)) != Counter(tags_of(text)) or not Nesting(text).right:
        tags = ", ".join(f"<{tag}>" for tag in tags_of(source)) or _("none")
        found.append(_("It does not have the tags of the source: %(tags)s") % {"tags": tags})
    wanted, written = (Counter(PLACEHOLDER.findall(one)) for one in (source, text))
    if wanted != written:
        names = ", ".join(sorted(wanted | written))
        found.append(
            _("It does not have the placeholders of the source: %(placeholders)s")
            % {"placeholders": names}
        )
    try:
        StringValue.from_translated_html(text)
    except ValueError as error:
        found.append(str(error))
    size = len(text)  # as it is stored: wagtail-localize copies titles into the page like that
    if limit is not None and size > limit:
        found.append(
            _("It has %(size)s characters, and the field holds %(limit)s.")
            % {"size": size, "limit": limit}
        )
    return found


class Nesting(HTMLParser):
    """Whether tags are closed in the order in which they were opened."""

    def __init__(self, text: str):
        super().__init__()
        self.open: list[str] = []
        self.right = True
        self.feed(text)
        self.close()
        self.right = self.right and not self.open

    def handle_starttag(self, tag, attrs):
        if tag not in ALONE:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.right = self.right and tag in ALONE

    def handle_endtag(self, tag):
        if tag not in ALONE:
            self.right = self.right and bool(self.open) and self.open.pop() == tag
