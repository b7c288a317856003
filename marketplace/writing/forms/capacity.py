"""The weeks of the school's calendar in which an order fits, as rows of a form."""

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseModelFormSet, modelformset_factory
from django.utils.translation import gettext_lazy as _

from core.text import without_controls
from marketplace.listings.capacity import CapacityWindow

MOST = 30
FIELDS = ("starts", "ends", "hours_a_week", "places", "note")


class WindowForm(forms.ModelForm):
    """One window. What is agreed in it already stays."""

    class Meta:
        model = CapacityWindow
        fields = FIELDS

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            kind = {"starts": "date", "ends": "date"}.get(name, "text")
            attributes = {"class": "input"}
            if kind == "date":
                field.widget = forms.DateInput({**attributes, "type": "date"}, format="%Y-%m-%d")
            else:
                if name in ("hours_a_week", "places"):
                    attributes["inputmode"] = "numeric"
                field.widget = forms.TextInput({**field.widget_attrs(field.widget), **attributes})

    def clean_note(self):
        return without_controls(self.cleaned_data["note"])

    def has_changed(self) -> bool:
        """A row in which nobody typed a day is none, though it proposes one order at a time."""
        return super().has_changed() and (
            bool(self.instance.pk) or any(self[name].data for name in FIELDS if name != "places")
        )


class WindowsFormSet(BaseModelFormSet):
    """The windows of one service, and an empty row for a new one."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = _("Remove this window")

    def clean(self):
        super().clean()
        if any(form.instance.taken and self._should_delete_form(form) for form in self.forms):
            raise ValidationError(
                _("Orders are agreed for this time already, so it cannot be removed.")
            )

    @property
    def asked(self) -> list:
        """The fields of all rows, in order."""
        return [form[name] for form in self.forms for name in FIELDS]

    @property
    def messages(self) -> list[str]:
        """What is wrong with rows as a whole."""
        return [
            *self.non_form_errors(),
            *(message for form in self.forms for message in form.non_field_errors()),
        ]


def windows_formset(service_key, data=None) -> WindowsFormSet:
    """The formset of a service's windows, filled with what was sent."""
    windows = CapacityWindow.objects.of(service_key)
    made = modelformset_factory(
        CapacityWindow,
        form=WindowForm,
        formset=WindowsFormSet,
        extra=1,
        can_delete=True,
        max_num=MOST,
        absolute_max=MOST * 2,
        validate_max=True,
    )
    return made(data, queryset=windows, prefix="windows")
