"""Writing a page in steps on the public site: which step asks for what, and what a draft lacks."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from wagtail.fields import StreamField


@dataclass(frozen=True)
class Step:
    """A step: its number from 1, what it is called, a sentence on it, and its fields in order."""

    number: int
    title: str
    text: str
    fields: tuple[str, ...]


def step_of(steps: Sequence[Step], name: str) -> Step | None:
    """The step that asks for a field of the page; None for a field that no step asks for."""
    return next((one for one in steps if name in one.fields), None)


def missing(draft) -> list[str]:
    """The names of the fields that keep a draft from being public: what the review asks of it."""
    names: list[str] = []
    try:
        draft.full_clean()
    except ValidationError as error:
        names += error.message_dict
    for field in draft._meta.get_fields():
        if isinstance(field, StreamField) and field.name not in names:
            try:
                field.stream_block.clean(field.value_from_object(draft))
            except ValidationError:
                names.append(field.name)
    return names


def labels(draft, steps: Sequence[Step], names: Iterable[str]) -> dict[str, str]:
    """Those of the named fields that some step asks for, in their order, as forms call them."""
    names = set(names)
    return {
        name: capfirst(str(draft._meta.get_field(name).verbose_name))
        for one in steps
        for name in one.fields
        if name in names
    }


def overview(steps: Sequence[Step], lacks: dict[str, str], url: Callable[[int], str]) -> list[dict]:
    """The steps with their addresses and what each still lacks: `{step, url, lacks}`."""
    return [
        {
            "step": one,
            "url": url(one.number),
            "lacks": [lacks[name] for name in one.fields if name in lacks],
        }
        for one in steps
    ]


def links(steps: Sequence[Step], url: Callable[[int], str] | None) -> list[dict]:
    """The steps as `components/form_steps.html` takes them; without `url` nothing is written yet."""
    return [
        {"number": one.number, "title": one.title, "url": url(one.number) if url else ""}
        for one in steps
    ]
