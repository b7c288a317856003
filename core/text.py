"""Plain text out of rich text."""

from html import unescape

from django.utils.html import strip_tags


def plain(html: str) -> str:
    """Text of a piece of HTML on one line, words kept apart.

    >>> plain("<p>Two&nbsp;dates</p><p>theirs &amp; ours</p>")
    'Two dates theirs & ours'
    """
    return " ".join(unescape(strip_tags(html.replace("<", " <"))).split())
