"""What a place in a text is called: a field, or a part of a block in it."""

from django.core.exceptions import FieldDoesNotExist
from django.utils.text import capfirst
from wagtail.fields import StreamField


def label(model, name: str) -> str:
    """The name of a field as forms show it."""
    try:
        return capfirst(str(model._meta.get_field(name).verbose_name))
    except (FieldDoesNotExist, AttributeError):
        return name


def field_label(model, context) -> str:
    """A string's place as its translator sees it: `Steps: What was done`."""
    name, *inside = (context.field_path or context.path).split(".")
    block = stream_block(model, name) if context.field_path else None
    labels = []
    for part in inside:
        block = getattr(block, "child_blocks", {}).get(part)
        if block is None:
            break
        labels.append(str(block.label))
    return joined(label(model, name), labels[-1] if len(labels) > 1 else "")


def in_one_line(model, path: str) -> str:
    """The place of a comment in the same words: its path names blocks by their ids.

    Where several kinds of blocks have such a part and call it differently, the field alone is named.
    """
    name, *inside = path.split(".")
    kinds = getattr(stream_block(model, name), "child_blocks", {}).values()
    parts = [getattr(kind, "child_blocks", {}).get(inside[1]) for kind in kinds if inside[1:]]
    labels = {str(part.label) for part in parts if part is not None}
    return joined(label(model, name), labels.pop() if len(labels) == 1 else "")


def stream_block(model, name: str):
    """The block of a stream field; None for every other field."""
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    return field.stream_block if isinstance(field, StreamField) else None


def joined(first: str, last: str) -> str:
    return f"{first}: {last}" if last else first
