"""For which languages machine drafts are ordered."""

from django import forms
from django.utils.translation import gettext_lazy as _


class MachineForm(forms.Form):
    """The languages that get machine drafts, of those that were estimated."""

    language = forms.MultipleChoiceField(label=_("Languages"))

    def __init__(self, data, offered):
        super().__init__(data)
        self.fields["language"].choices = [(one.of.code, one.of.name) for one in offered]
