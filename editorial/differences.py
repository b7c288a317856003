"""What a change changes for readers, and how it is shown so that everybody notices it."""

import re

from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.blocks import StreamValue

BLOCK_KEY = re.compile(r' data-block-key="[^"]*"')
# Words that changed, and whole blocks that came or went.
WORDS = re.compile(r'<span class="(addition|deletion)">(.*?)</span>', re.DOTALL)
BLOCK = re.compile(r'<div class="comparison__child-object (addition|deletion)">')
TAGS = {"addition": "ins", "deletion": "del"}
HIDDEN = '<span class="w-sr-only" lang="{}">{} </span>'
SHOWN = '<strong lang="{}">{}</strong>'


def same_to_readers(before, after) -> bool:
    """Whether no reader could tell two values of a field apart, whatever the editor's form did.

    >>> same_to_readers('<p data-block-key="a1">Glue.</p>', "<p>Glue.</p>")
    True
    >>> same_to_readers(["mobility", "quality"], ["quality", "mobility"])
    True
    >>> same_to_readers("<p>Glue.</p>", "<p>Glue!</p>")
    False
    """
    return as_read(before) == as_read(after)


def as_read(value):
    """A value without what only the editor's form needs: keys, ids, ends of lines, order of choices."""
    if isinstance(value, StreamValue):
        return [as_read(child.get_prep_value()) for child in value]
    if isinstance(value, dict):
        return {key: as_read(one) for key, one in value.items() if key != "id"}
    if isinstance(value, list | tuple):
        chosen = all(isinstance(one, str) for one in value)
        return sorted(value) if chosen else [as_read(one) for one in value]
    if isinstance(value, str):
        return BLOCK_KEY.sub("", value).replace("\r\n", "\n").strip()
    return "" if value is None else value


def marked(html: str) -> str:
    """Wagtail's differences, which also say in text what was added and taken out.

    Words are underlined or struck through, so it is said to screen readers only; blocks have but
    a colour, so everybody can read it.
    """
    html = WORDS.sub(
        lambda found: "<{0}>{1}{2}</{0}>".format(TAGS[found[1]], said(HIDDEN, found[1]), found[2]),
        html,
    )
    html = BLOCK.sub(lambda found: found[0] + said(SHOWN, found[1]), html)
    return mark_safe(html)  # noqa: S308  (it was safe, and only tags and our own words were added)


def said(where: str, change: str) -> str:
    """What happened to the words that follow, in the language of the screen."""
    word = _("Added:") if change == "addition" else _("Taken out:")
    return format_html(where, get_language(), word)
