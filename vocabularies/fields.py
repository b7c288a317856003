"""Model fields that hold codes of a vocabulary. Forms show labels in the language of the reader.

Migrations record the scheme only, never the list: adding a code needs no migration.
Both fields are the same in every translation: declare them as `SynchronizedField`.
"""

from django import forms
from django.core import checks
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

import vocabularies

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
            "choices": self._form_choices,
            "error_messages": {"invalid_choice": NOT_IN_LIST},
        }
        return super().formfield(**{**defaults, **kwargs})

    def _form_choices(self):
        return [("", _("Choose one")), *vocabularies.get(self.scheme).choices()]


class CodesFormField(forms.MultipleChoiceField):
    """Checkboxes; gives the chosen codes once each, in the order of the list."""

    widget = forms.CheckboxSelectMultiple
    default_error_messages = {"invalid_choice": NOT_IN_LIST}

    def clean(self, value):
        chosen = super().clean(value)
        return [code for code, _label in self.choices if code in chosen]


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
            "choices": vocabularies.choices(self.scheme),
            "show_hidden_initial": False,
        }
        # Past JSONField's own method, which would add arguments for a text area of JSON.
        return super(models.JSONField, self).formfield(**{**defaults, **kwargs})
