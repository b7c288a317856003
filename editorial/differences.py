"""What a change changes for readers, and how it is shown so that everybody notices it."""

import re

from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.blocks import StreamValue

from core.drafts import without_ids

BLOCK_KEY = re.compile(r' data-block-key="[^"]*"')
WORDS = re.compile(r'<span class="(addition|deletion)">(.*?)</span>', re.DOTALL)
TAGS = {"addition": "ins", "deletion": "del"}
HIDDEN = '<span class="w-sr-only" lang="{}">{} </span>'


def as_read(value):
    """A value without what only the editor's form needs: keys, ids, ends of lines, order of choices.

    >>> as_read('<p data-block-key="a1">Glue.</p>') == as_read("<p>Glue.</p>")
    True
    >>> as_read(["mobility", "quality"]) == as_read(["quality", "mobility"])
    True
    """
    if isinstance(value, StreamValue):
        value = [child.get_prep_value() for child in value]
    return tidy(without_ids(value))


def tidy(value):
    if isinstance(value, dict):
        return {key: tidy(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        chosen = all(isinstance(one, str) for one in value)
        return sorted(value) if chosen else [tidy(one) for one in value]
    if isinstance(value, str):
        return BLOCK_KEY.sub("", value).replace("\r\n", "\n").strip()
    return "" if value is None else value


def marked(html: str) -> str:
    """Wagtail's differences, which also say to screen readers what was added and taken out."""
    html = WORDS.sub(
        lambda found: "<{0}>{1}{2}</{0}>".format(TAGS[found[1]], said(found[1]), found[2]), html
    )
    return mark_safe(html)  # noqa: S308  (it was safe, and only tags and our own words were added)


def said(change: str) -> str:
    """What happened to the words that follow, in the language of the screen."""
    return format_html(
        HIDDEN, get_language(), _("Added:") if change == "addition" else _("Taken out:")
    )
