"""Model fields that hold codes of a vocabulary. Forms show labels in the language of the reader.

Migrations record the scheme only, never the list: adding a code needs no migration.
Both are the same in every language: declare them so with `core.fields.in_languages`.
A retired term is not offered for new use; where it is used already it stays valid and is shown.
"""

from functools import partial

from django import forms
from django.core import checks
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

import vocabularies
from vocabularies import retired

NOT_IN_LIST = _("“%(value)s” is not in the list. Choose from the list.")
NOT_A_LIST = _("This must be a list of codes, each of them once.")


class SchemeMixin:
    """Takes and records the scheme, and tells at start about one that does not exist."""

    def __init__(self, *args, scheme, **kwargs):
        self.scheme = scheme
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("choices", None)
        return name, path, args, {**kwargs, "scheme": self.scheme}

    def check(self, **kwargs):
        if self.scheme not in vocabularies.SCHEMES:
            message = f"There is no vocabulary “{self.scheme}”."
            return [checks.Error(message, obj=self, id="vocabularies.E001")]
        return super().check(**kwargs)


class CodeField(SchemeMixin, models.CharField):
    """One code, chosen from a list. `get_<name>_display()` gives its label."""

    default_error_messages = {"invalid_choice": NOT_IN_LIST}

    def __init__(self, *args, scheme, **kwargs):
        kwargs.setdefault("max_length", 32)
        kwargs["choices"] = vocabularies.choices(scheme)
        super().__init__(*args, scheme=scheme, **kwargs)

    def formfield(self, **kwargs):
        defaults = {
            "choices_form_class": partial(CodeFormField, scheme=self.scheme),
            "error_messages": {"invalid_choice": NOT_IN_LIST},
        }
        return super().formfield(**{**defaults, **kwargs})


class KeepsRetired:
    """A widget that goes on showing a retired term where it is chosen already."""

    scheme = ""

    def optgroups(self, name, value, attrs=None):
        vocabulary = vocabularies.get(self.scheme)
        offered = self.choices
        codes = {code for code, _label in offered}
        kept = [code for code in value if code in vocabulary and code not in codes]
        self.choices = [
            *offered,
            *((code, retired_label(vocabulary.label(code))) for code in kept),
        ]
        try:
            return super().optgroups(name, value, attrs)
        finally:
            self.choices = offered  # the form may be shown again in another language


def retired_label(label: str) -> str:
    return gettext("%(term)s (not offered any more)") % {"term": label}


class CodeSelect(KeepsRetired, forms.Select):
    """A list to choose one term from, below the headings of its vocabulary if it has any."""

    def optgroups(self, name, value, attrs=None):
        vocabulary = vocabularies.get(self.scheme)
        groups: list[tuple] = []
        for _heading, options, _index in super().optgroups(name, value, attrs):
            heading = vocabulary.heading(str(options[0]["value"])) or None
            if heading and groups and groups[-1][0] == heading:
                groups[-1][1].extend(options)
            else:
                groups.append((heading, options, len(groups)))
        return groups


class CodeCheckboxes(KeepsRetired, forms.CheckboxSelectMultiple):
    """Checkboxes to choose terms from."""


class CodeFormField(forms.TypedChoiceField):
    """One term; those that are retired are not offered, but taken from who has them."""

    widget = CodeSelect

    def __init__(self, *, scheme, choices=(), **kwargs):
        self.scheme = scheme
        super().__init__(choices=self.offered, **kwargs)
        self.widget.scheme = scheme

    def offered(self):
        return [("", _("Choose one")), *retired.offered(self.scheme)]

    def valid_value(self, value):
        return value in vocabularies.get(self.scheme)


class CodesFormField(forms.MultipleChoiceField):
    """Checkboxes; gives the chosen codes once each, in the order of the list."""

    widget = CodeCheckboxes
    default_error_messages = {"invalid_choice": NOT_IN_LIST}

    def __init__(self, *, scheme, **kwargs):
        self.scheme = scheme
        super().__init__(choices=partial(retired.offered, scheme), **kwargs)
        self.widget.scheme = scheme

    def valid_value(self, value):
        return value in vocabularies.get(self.scheme)

    def clean(self, value):
        chosen = super().clean(value)
        return [code for code in vocabularies.get(self.scheme).codes if code in chosen]


class CodesField(SchemeMixin, models.JSONField):
    """A list of codes, chosen by checkboxes."""

    default_error_messages = {"invalid": NOT_A_LIST, "invalid_choice": NOT_IN_LIST}

    def __init__(self, *args, scheme, **kwargs):
        kwargs.setdefault("default", list)
        super().__init__(*args, scheme=scheme, **kwargs)

    def validate(self, value, model_instance):
        super().validate(value, model_instance)
        if value is None:
            return
        if not isinstance(value, list) or not all(isinstance(code, str) for code in value):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        if len(set(value)) < len(value):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        vocabulary = vocabularies.get(self.scheme)
        unknown = [code for code in value if code not in vocabulary]
        if unknown:
            raise ValidationError(
                self.error_messages["invalid_choice"],
                code="invalid_choice",
                params={"value": ", ".join(unknown)},
            )

    def formfield(self, **kwargs):
        defaults = {
            "form_class": CodesFormField,
            "scheme": self.scheme,
            "show_hidden_initial": False,
        }
        # Past JSONField's own method, which would add arguments for a text area of JSON.
        return super(models.JSONField, self).formfield(**{**defaults, **kwargs})
