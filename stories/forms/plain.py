"""Form fields of models and blocks with the plain widgets of the public site."""

from django import forms
from wagtail.admin.widgets import AdminAutoHeightTextInput

LONGEST = 10_000


def plain(field: forms.Field) -> forms.Field:
    """The field with a widget of the public site; what it accepts stays the same."""
    if isinstance(field, forms.MultipleChoiceField):
        return field
    if isinstance(field, forms.ChoiceField):
        field.widget = forms.Select({"class": "select"})
        field.choices = field.choices  # gives them to the new widget
    elif isinstance(field, forms.DecimalField):
        field.localize = True  # a comma is a comma in most of our languages
        field.widget = forms.TextInput({"class": "input", "inputmode": "decimal"})
        field.widget.is_localized = True
    elif isinstance(field.widget, forms.Textarea | AdminAutoHeightTextInput):
        set_area(field)
    elif isinstance(field, forms.EmailField):
        field.widget = forms.EmailInput({"class": "input", "autocomplete": "email"})
    else:
        field.widget = forms.TextInput(dict(field.widget_attrs(field.widget), **{"class": "input"}))
    return field


def set_area(field: forms.CharField) -> None:
    """A text area of a length that no story needs more of."""
    most = field.max_length or LONGEST
    if field.max_length is None:
        field.max_length = most
        field.validators.append(forms.fields.validators.MaxLengthValidator(most))
    field.widget = forms.Textarea({"class": "input", "rows": 4 if most < LONGEST else 6})
