"""Fields that every app uses: Wagtail's own with our conventions, and links between items."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.fields import RichTextField as WagtailRichTextField
from wagtail.fields import StreamField as WagtailStreamField
from wagtail_localize.fields import SynchronizedField, TranslatableField

from core.text import plain

PAGE_TEXTS = ("title", "slug", "search_description")


def in_languages(texts=(), same=()) -> list:
    """The fields of a page, for its `override_translatable_fields`.

    `texts` are translated, beside those of every page; what is the `same` in every language can be
    changed in the source only.
    """
    return [
        *(TranslatableField(name) for name in (*PAGE_TEXTS, *texts)),
        *(SynchronizedField(name, overridable=False) for name in same),
    ]


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


class ItemsFormField(forms.MultipleChoiceField):
    """Checkboxes of published items; gives the chosen translation keys in their order."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value):
        chosen = super().clean(value)
        return [key for key, _title in self.choices if key in chosen]


class ItemsField(models.JSONField):
    """Links to items of a registered kind, as a list of translation keys.

    The same in every language: declare it so with `in_languages`. `core.items` reads it. An item that
    is not published any more stays in the list and is not shown.
    """

    default_error_messages = {"invalid": _("Choose from the list.")}

    def __init__(self, *args, kind, **kwargs):
        self.kind = kind
        kwargs.setdefault("default", list)
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "kind": self.kind}

    def validate(self, value, model_instance):
        super().validate(value, model_instance)
        if not isinstance(value, list) or not all(isinstance(key, str) for key in value):
            raise ValidationError(self.error_messages["invalid"], code="invalid")

    def formfield(self, **kwargs):
        from core import items  # the registry knows the models that are being defined here

        defaults = {
            "form_class": ItemsFormField,
            "choices": lambda: items.choices(self.kind, get_language()),
            "show_hidden_initial": False,
        }
        # Past JSONField's own method, which would add arguments for a text area of JSON.
        return super(models.JSONField, self).formfield(**{**defaults, **kwargs})
