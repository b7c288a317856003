"""Plain text out of rich text, and text that any file format takes."""

from html import unescape

from bs4 import BeautifulSoup
from django.utils.html import strip_tags


def without_controls(text: str) -> str:
    r"""Text without the control characters that XML forbids.

    >>> without_controls("who\x0bworked\there")
    'whoworked\there'
    """
    return "".join(letter for letter in text if letter >= " " or letter in "\t\n\r")


def plain(html: str) -> str:
    """Text of a piece of HTML on one line, words kept apart.

    >>> plain("<p>Two&nbsp;dates</p><p>theirs &amp; ours</p>")
    'Two dates theirs & ours'
    """
    return " ".join(unescape(strip_tags(html.replace("<", " <"))).split())


def list_items(html: str) -> list[str]:
    """The items of the lists in a piece of HTML, as plain text.

    >>> list_items("<p>Bring</p><ul><li>boots</li><li><b>a helmet</b></li></ul>")
    ['boots', 'a helmet']
    """
    return [plain(str(item)) for item in BeautifulSoup(html, "html.parser").find_all("li")]
