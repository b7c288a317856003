"""What readers of the handbook fill in."""

import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

EARLIEST, LATEST = datetime.date(2000, 1, 1), datetime.date(2100, 12, 31)
WRONG = _("This is not a date. Write year, month and day, as in 2027-01-11.")


class StartForm(forms.Form):
    """The first day, from which the dates of a checklist are counted."""

    start = forms.DateField(
        label=_("First day"),
        help_text=_("The first day of the learners in the company."),
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "input"}),
        error_messages={"required": _("Choose the first day."), "invalid": WRONG},
    )

    def clean_start(self) -> datetime.date:
        day = self.cleaned_data["start"]
        if not EARLIEST <= day <= LATEST:
            raise forms.ValidationError(_("Choose a day between the years 2000 and 2100."))
        return day
