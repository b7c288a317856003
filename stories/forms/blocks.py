"""Repeated parts of a story as plain fieldsets: a form for each block, with the block's own rules."""

from copy import deepcopy
from uuid import uuid4

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import StreamBlockValidationError, StructBlock

from core.member_forms import plain
from core.text import without_controls

MOST = 20


class BlockForm(forms.Form):
    """One block of a stream. Left empty it is no block, whatever stood there before."""

    block_id = forms.CharField(required=False, widget=forms.HiddenInput, max_length=36)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.empty_permitted = True

    def has_changed(self) -> bool:
        return any(
            self[name].data not in (None, "") and str(self[name].data).strip()
            for name in self.base_fields
            if name != "block_id"
        )

    @property
    def asked(self) -> list[forms.BoundField]:
        """The fields that a person fills in."""
        return [self[name] for name in self.base_fields if name != "block_id"]


class BlockFormSet(BaseFormSet):
    """The blocks of one stream of the draft."""

    deletion_widget = forms.CheckboxInput

    def add_fields(self, form, index):
        super().add_fields(form, index)
        form.fields["DELETE"].label = _("Leave this out")
        if not self.complete:
            for field in form.fields.values():
                field.required = False

    @property
    def kept(self) -> list[BlockForm]:
        """The forms that are blocks: filled in, and not to be left out."""
        return [
            form
            for form in self.forms
            if form.has_changed() and not form.cleaned_data.get("DELETE")
        ]

    def value(self) -> list[dict]:
        """What the stream field holds after this form; blocks that stood there keep their ids."""
        known = {row["block_id"] for row in self.initial or []}
        blocks = []
        for form in self.kept:
            value = dict(form.cleaned_data)
            value.pop("DELETE", None)
            block_id = value.pop("block_id")
            texts = {k: without_controls(v) if isinstance(v, str) else v for k, v in value.items()}
            blocks.append(
                {
                    "type": self.block_name,
                    "value": texts,
                    "id": block_id if block_id in known else str(uuid4()),
                }
            )
        return blocks

    def check_stream(self, value) -> None:
        """Puts what the stream says of all its blocks together at the field that it is about."""
        try:
            self.stream_block.clean(value)
        except StreamBlockValidationError as error:
            for position, child in error.block_errors.items():
                for name, one in getattr(child, "block_errors", {}).items():
                    if not self.kept[position].has_error(name):
                        self.kept[position].add_error(name, one)
            for one in error.non_block_errors.as_data():
                self._non_form_errors.extend(one.messages)

    @property
    def is_wrong(self) -> bool:
        return bool(self.total_error_count())


def block_formset(field, draft, data, complete: bool, more: bool) -> BlockFormSet:
    """The formset of a stream field of a draft; `more` shows one empty form beyond those needed.

    `complete` asks for everything that a public story must have.
    """
    stream = field.stream_block
    ((name, block),) = stream.child_blocks.items()
    rows = [{**value_of(child), "block_id": child.id} for child in field.value_from_object(draft)]
    made = formset_factory(
        block_form(block),
        formset=BlockFormSet,
        extra=1 if more or not rows else 0,
        can_delete=True,
        max_num=MOST,
        absolute_max=MOST * 2,
        validate_max=True,
    )
    made.complete, made.block_name, made.stream_block, made.noun = (
        complete,
        name,
        stream,
        block.label,
    )
    formset = made(data, prefix=field.name, initial=rows)
    formset.label = capfirst(str(field.verbose_name))
    formset.help_text = field.help_text
    formset.name = field.name
    formset.required = not field.blank
    return formset


def value_of(child) -> dict:
    return {name: child.value.get(name) for name in child.block.child_blocks}


def block_form(block: StructBlock) -> type[BlockForm]:
    """A form with the fields of a block: the same labels, limits and choices."""
    fields = {}
    for name, child in block.child_blocks.items():
        fields[name] = plain(deepcopy(child.field))
        fields[name].label = child.label
    return type("BlockForm", (BlockForm,), fields)
