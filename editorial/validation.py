"""What a draft still lacks before it can be public, named as the editor sees the fields."""

from dataclasses import dataclass

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.fields import StreamField

from editorial.places import label


@dataclass(frozen=True)
class Problem:
    """A field by its label, and what is wrong with it. The label is empty for the whole."""

    label: str
    message: str

    def __str__(self) -> str:
        return f"{self.label}: {self.message}" if self.label else self.message


def problems(obj, *, written_only: bool = False) -> list[Problem]:
    """Everything that keeps `obj` from being public, in the active language; empty if nothing does.

    With `written_only` what a form offers, without asking the database for each relation: for screens.
    """
    found: list[Problem] = []
    unwritten = {
        field.name for field in obj._meta.concrete_fields if not field.editable or field.is_relation
    }
    options = {"exclude": unwritten, "validate_unique": False, "validate_constraints": False}
    try:
        obj.full_clean(**options if written_only else {})
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            place = "" if name == NON_FIELD_ERRORS else label(obj, name)
            found += [Problem(place, message) for message in messages]
    for field in obj._meta.get_fields():
        if isinstance(field, StreamField):
            try:
                field.stream_block.clean(field.value_from_object(obj))
            except ValidationError as error:
                found += flatten(label(obj, field.name), error, field.value_from_object(obj))
    return list(dict.fromkeys(found))


def flatten(path: str, error: ValidationError, value=None) -> list[Problem]:
    """The errors of a block and of the blocks inside it, each with the way to it."""
    found: list[Problem] = []
    if isinstance(error, StreamBlockValidationError | ListBlockValidationError):
        for position, child in error.block_errors.items():
            inner = value[position] if value is not None else None
            found += flatten(f"{path} {position + 1}", child, getattr(inner, "value", None))
        found += [Problem(path, message) for message in whole(error)]
    elif isinstance(error, StructBlockValidationError):
        children = value.block.child_blocks if hasattr(value, "block") else {}
        for name, child in error.block_errors.items():
            title = children[name].label if name in children else name
            found += flatten(f"{path}, {title}", child, value.get(name) if children else None)
        found += [Problem(path, message) for message in whole(error)]
    else:
        found += [Problem(path, message) for message in error.messages]
    return found


def whole(error) -> list[str]:
    """What is wrong with a block as a whole."""
    return [message for one in error.non_block_errors.as_data() for message in one.messages]
