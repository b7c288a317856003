"""Who has a translation, until when."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.models import Role
from accounts.permissions import holders
from editorial.filters import FilterForm, kinds
from editorial.models import Assignment
from editorial.work import coming

DAYS = {
    "7": _("In the next 7 days"),
    "30": _("In the next 30 days"),
    "90": _("In the next 90 days"),
}


def texts() -> list[tuple]:
    """Every kind of item and of reviewed snippet, as choices."""
    named = [(one._meta.label_lower, one._meta.verbose_name_plural) for one in coming.snippets()]
    return [*kinds(), *((label, capfirst(name)) for label, name in named)]


class ComingFilters(FilterForm):
    """What happens to which texts until when."""

    what = forms.ChoiceField(
        label=_("What happens"), required=False, choices=[("", _("All")), *coming.WHAT.items()]
    )
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=texts)
    days = forms.ChoiceField(
        label=_("When"), required=False, choices=[("", _("At any time")), *DAYS.items()]
    )
    field_order = ["what", "kind", "language", "days"]

    def wanted(self, codes: list[str]) -> coming.Wanted:
        """What is asked for, in those of the languages that are chosen."""
        chosen = {name: self.chosen(name) for name in ("what", "kind", "days")}
        return coming.Wanted(
            [code for code in codes if self.chosen("language") in ("", code)], **chosen
        )


class DueField(forms.DateField):
    """The day until when a translation is to be done: today or later, or the day `was` that it has."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    was = None

    def __init__(self, **options):
        super().__init__(label=_("Due on"), required=False, **options)

    def validate(self, value):
        super().validate(value)
        if value and value < timezone.localdate() and value != self.was:
            raise ValidationError(_("Choose today or a later day."))


class TakeForm(forms.Form):
    """The item and the language that somebody takes on."""

    item = forms.UUIDField()
    language = forms.CharField(max_length=12)


class AssignmentForm(forms.Form):
    """Another person or another day. `seen` is who had it when the form was opened."""

    person = forms.ModelChoiceField(label=_("Who translates it"), queryset=None, empty_label=None)
    due = DueField(help_text=_("Left empty, it has no day."))
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)

    def __init__(self, data, assignment: Assignment):
        initial = {
            "person": assignment.person_id,
            "due": assignment.due,
            "seen": assignment.person_id,
        }
        super().__init__(data, initial=initial)
        self.fields["due"].was = assignment.due
        self.fields["person"].queryset = holders(Role.TRANSLATOR, assignment.language).order_by(
            "first_name", "last_name", "email"
        )
