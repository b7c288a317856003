"""Two versions of a text beside each other: field by field, block by block, words marked."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher

from django.db.models import FileField, Model, TextChoices
from django.utils.formats import localize
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.compare import diff_text
from wagtail.admin.panels import get_edit_handler
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageBlock
from wagtail.models import Page
from wagtail.rich_text import RichText
from wagtail.utils.text import text_from_html

import vocabularies
from editorial.differences import as_read, marked
from vocabularies.fields import CodesField

LINK = re.compile(r"<a\b([^>]*)>(.*?)</a>", re.DOTALL)
TARGET = re.compile(r'\b(href|linktype|id)="([^"]*)"')


class State(TextChoices):
    """What has become of a field or block."""

    SAME = "same", _("Not changed")
    CHANGED = "changed", _("Changed")
    ADDED = "added", _("Added")
    REMOVED = "removed", _("Removed")
    MOVED = "moved", _("In another place")


@dataclass(frozen=True)
class Part:
    """The smallest thing that can be compared: a field, or a field in a block.

    `path` is how Wagtail's comments and wagtail-localize name the place: `steps.<id>.title`.
    """

    path: str
    label: str
    html: SafeString
    state: State


@dataclass(frozen=True)
class Block:
    """A block of a stream, with its number among those that are there now (0 if it was removed)."""

    id: str
    label: str
    number: int
    state: State
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Field:
    """A field with its one part; that of a stream is empty, beside the blocks."""

    name: str
    label: str
    state: State
    parts: tuple[Part, ...] = ()
    blocks: tuple[Block, ...] = field(default=())

    @property
    def is_empty(self) -> bool:
        return not self.blocks and not any(part.html for part in self.parts)


def compare(before, after, request) -> list[Field]:
    """Every field that the form of `after` has, compared with `before`; with None nothing is marked."""
    older = before or after
    handler = after.get_edit_handler() if isinstance(after, Page) else get_edit_handler(type(after))
    bound = handler.get_bound_panel(instance=after, request=request, form=None)
    both = (comparison(older, after) for comparison in bound.get_comparison())
    return [compare_field(one.field, older, after) for one in both if one.is_field]


def compare_field(model_field, older, newer) -> Field:
    label = capfirst(str(model_field.verbose_name))
    values = [model_field.value_from_object(one) for one in (older, newer)]
    same = as_read(values[0]) == as_read(values[1])
    if isinstance(model_field, StreamField):
        found = compare_streams(model_field.name, *values)
        state = State.SAME if all(one.state == State.SAME for one in found) else State.CHANGED
        whole = Part(model_field.name, label, mark_safe(""), State.SAME)
        return Field(model_field.name, label, state, (whole,), found)
    texts = [
        words(model_field, one, value) for one, value in zip((older, newer), values, strict=True)
    ]
    part = compared(model_field.name, label, texts[0], texts[1], same)
    return Field(model_field.name, label, part.state, parts=(part,))


def compared(path: str, label: str, before: str, after: str, same: bool) -> Part:
    """A part with the words marked that came and went."""
    if same:
        return Part(path, label, escape(after), State.SAME)
    if before == after:
        note = gettext("Only the formatting has changed.")
        return Part(path, label, mark_safe(f"{escape(after)} ({note})"), State.CHANGED)  # noqa: S308  (escaped)
    return Part(path, label, marked(diff_text(before, after).to_html()), State.CHANGED)


# ---- Streams ------------------------------------------------------------------------------


def compare_streams(name: str, before, after) -> tuple[Block, ...]:
    """The blocks of `after` in their order, with those that were removed where they stood."""
    old, new = list(before or []), list(after or [])
    twin = twins(old, new)
    still = in_place([twin[index] for index in sorted(twin)])
    rows = [
        block_row(
            name,
            old[twin[index]] if index in twin else None,
            child,
            index + 1,
            twin.get(index) in still,
        )
        for index, child in enumerate(new)
    ]
    positions = {origin: index for index, origin in twin.items()}
    removed = [index for index in range(len(old)) if index not in positions]
    for index in reversed(removed):
        before_it = [positions[one] for one in range(index) if one in positions]
        rows.insert(before_it[-1] + 1 if before_it else 0, removed_row(name, old[index]))
    return tuple(rows)


def twins(old: list, new: list) -> dict[int, int]:
    """For the index of each new block that of the old one it comes from: by id, or else by content."""
    ids = {child.id: index for index, child in enumerate(old) if child.id}
    found = {index: ids[child.id] for index, child in enumerate(new) if child.id in ids}
    left = [index for index in range(len(old)) if index not in set(found.values())]
    for index, child in enumerate(new):
        if index not in found:
            equal = (one for one in left if content(old[one]) == content(child))
            origin = next(equal, None)
            if origin is not None:
                found[index] = origin
                left.remove(origin)
    return found


def content(child):
    return child.block_type, as_read(child.get_prep_value()["value"])


def in_place(origins: list[int]) -> set[int]:
    """Those of the old indexes, given in their new order, that nobody would say were moved.

    >>> sorted(in_place([2, 0, 1]))
    [0, 1]
    """
    matcher = SequenceMatcher(None, sorted(origins), origins, autojunk=False)
    return {
        origins[index]
        for match in matcher.get_matching_blocks()
        for index in range(match.b, match.b + match.size)
    }


def block_row(name: str, older, newer, number: int, still: bool) -> Block:
    parts = tuple(compare_blocks(f"{name}.{newer.id}", older, newer))
    if older is None:
        state = State.ADDED
    elif any(part.state != State.SAME for part in parts):
        state = State.CHANGED
    else:
        state = State.SAME if still else State.MOVED
    return Block(newer.id or "", str(newer.block.label), number, state, parts)


def removed_row(name: str, child) -> Block:
    parts = tuple(
        Part(path, label, escape(text), State.REMOVED)
        for path, label, text, _raw in leaves(child.block, child.value, f"{name}.{child.id}")
        if text
    )
    return Block(child.id or "", str(child.block.label), 0, State.REMOVED, parts)


def compare_blocks(path: str, older, newer) -> Iterator[Part]:
    """The parts of a block, each beside what stood in the same place before."""
    after = list(leaves(newer.block, newer.value, path))
    if older is None:
        yield from (Part(at, label, escape(text), State.ADDED) for at, label, text, _raw in after)
        return
    # Under the new path, so that a block that came back with another id is the same.
    before = {
        at: (label, text, raw) for at, label, text, raw in leaves(older.block, older.value, path)
    }
    for at, label, text, raw in after:
        _label, was, was_raw = before.pop(at, ("", "", ""))
        yield compared(at, label, was, text, as_read(was_raw) == as_read(raw))
    for at, (label, text, _raw) in before.items():
        if text:
            yield replace(compared(at, label, text, "", False), state=State.REMOVED)


def leaves(block, value, path: str, label: str = "") -> Iterator[tuple[str, str, str, object]]:
    """What can be compared in a block: path, label, words, and the value as it is stored."""
    label = label or str(block.label)
    if isinstance(block, blocks.StructBlock):
        if isinstance(block, ImageBlock):  # its value is the image, which knows its words
            value = block.get_prep_value(value) | {"image": value}
        for name, child in block.child_blocks.items():
            yield from leaves(child, value.get(name), f"{path}.{name}", str(child.label))
    elif isinstance(block, blocks.StreamBlock):
        for child in value or []:
            yield from leaves(
                child.block, child.value, f"{path}.{child.id}", str(child.block.label)
            )
    elif isinstance(block, blocks.ListBlock):
        for child in value.bound_blocks if value else []:
            yield from leaves(child.block, child.value, f"{path}.{child.id}", label)
    else:
        yield path, label, block_words(block, value), block.get_prep_value(value)


# ---- Values in words ----------------------------------------------------------------------


def block_words(block, value) -> str:
    """The value of a plain block as people read it."""
    if value in (None, ""):
        return ""
    if isinstance(value, RichText):
        return rich_words(value.source)
    if isinstance(block, blocks.ChoiceBlock | blocks.MultipleChoiceBlock):
        labels = dict(flat(block.field.choices))
        chosen = value if isinstance(value, list | tuple) else [value]
        return ", ".join(str(labels.get(one, one)) for one in chosen)
    return plain(value)


def flat(choices) -> Iterator[tuple]:
    """Choices without their groups."""
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield value, label


def words(model_field, obj, value) -> str:
    """The value of a field as people read it."""
    if value in (None, "", []):
        return ""
    if isinstance(model_field, RichTextField):
        return rich_words(value)
    if isinstance(model_field, CodesField):
        vocabulary = vocabularies.get(model_field.scheme)
        return ", ".join(vocabulary.label(code) for code in vocabulary.codes if code in value)
    if getattr(model_field, "flatchoices", None):
        return str(dict(model_field.flatchoices).get(value, value))
    if model_field.is_relation:
        return named(getattr(obj, model_field.name))
    if isinstance(model_field, FileField):
        return value.name
    return plain(value)


def plain(value) -> str:
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, Model):
        return named(value)
    return value if isinstance(value, str) else str(localize(value))


def named(obj: Model) -> str:
    """An object by its name, with what tells it from another of the same name: its file or number."""
    file = getattr(obj, "file", None)
    return f"{obj} ({file.name.rpartition('/')[2] if file else obj.pk})"


def rich_words(html: str) -> str:
    """Rich text as plain text, with what its links lead to, so that another target is seen.

    >>> rich_words('<p>See <a linktype="page" id="5">this</a></p>')
    'See this (page 5)'
    """
    return text_from_html(LINK.sub(with_target, html))


def with_target(link: re.Match) -> str:
    found = dict(TARGET.findall(link[1]))
    target = found.get("href") or f"{found.get('linktype', '')} {found.get('id', '')}".strip()
    return f"{link[2]} ({target})"
