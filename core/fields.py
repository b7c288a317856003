"""Fields that every app uses instead of Wagtail's own."""

from django import forms
from wagtail.fields import RichTextField as WagtailRichTextField
from wagtail.fields import StreamField as WagtailStreamField

from core.text import plain


class StreamField(WagtailStreamField):
    """Wagtail's StreamField without block definitions in migrations: blocks change freely."""

    def __init__(self, block_types=(), use_json_field=None, block_lookup=None, **kwargs):
        super().__init__(block_types, use_json_field, block_lookup, **kwargs)

    def deconstruct(self):
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [], kwargs


class RichTextFormField(forms.CharField):
    """Rich text that is empty when no word is in it: the editor leaves an empty paragraph behind."""

    def to_python(self, value):
        value = super().to_python(value)
        return value if plain(value) else ""


class RichTextField(WagtailRichTextField):
    """Wagtail's RichTextField, empty without words, so that a required one must have some."""

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": RichTextFormField, **kwargs})

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "wagtail.fields.RichTextField", args, kwargs
