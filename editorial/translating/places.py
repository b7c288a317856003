"""Where a string stands: what its field is called, how long it may be, whether it has lines."""

from dataclasses import dataclass

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField

from editorial.places import field_label

# What stands inside another item of a stream, and Wagtail calls by its column only.
LABELS = {"slug": _("Address (slug)"), "search_description": _("Description for search engines")}


@dataclass(frozen=True)
class Place:
    """`limit` is the number of characters that the field holds; None where it has no such bound."""

    label: str
    limit: int | None = None
    lines: bool = True


def place_of(model, context) -> Place:
    """The place of a string in an item of `model`, by its wagtail-localize context."""
    path = (context.field_path or context.path).split(".")
    label = str(LABELS.get(path[0]) or field_label(model, context))
    try:
        field = model._meta.get_field(path[0])
    except FieldDoesNotExist:
        return Place(label)
    if isinstance(field, StreamField):
        return in_stream(label, field.stream_block, path[1:])
    lines = isinstance(field, models.TextField | RichTextField)
    return Place(label, getattr(field, "max_length", None), lines)


def in_stream(label: str, block, path: list[str]) -> Place:
    """The same inside a stream, following the names of its blocks."""
    for name in path:
        if isinstance(block, blocks.ListBlock):
            inner = block.child_block
        else:
            inner = getattr(block, "child_blocks", {}).get(name)
        if inner is None:
            break
        block = inner
    lines = not isinstance(block, blocks.CharBlock | blocks.URLBlock | blocks.EmailBlock)
    return Place(label, getattr(getattr(block, "field", None), "max_length", None), lines)
