"""The checklist of a chapter as a file: plain text, or entries of a calendar."""

import datetime

from django import forms
from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from guidelines.presentation import checklist

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


def response(page, request) -> HttpResponse | None:
    """The file that the address asks for; None if it asks for none, or not for a possible one."""
    form = start_form(request)
    with override(page.locale.language_code):
        if not page.checklist:
            return None
        if request.GET.get("as") == "txt":
            return HttpResponse(checklist.text(page), content_type="text/plain; charset=utf-8")
        if form.is_bound and form.is_valid():
            start = form.cleaned_data["start"]
            return HttpResponse(
                checklist.calendar(page, start),
                content_type="text/calendar; charset=utf-8",
                headers={
                    "Content-Disposition": content_disposition_header(
                        True, f"{page.slug}-{start}.ics"
                    )
                },
            )
    return None


def start_form(request) -> StartForm:
    """The form for the first day, filled in where a calendar is asked for."""
    form = StartForm(request.GET if request.GET.get("as") == "ics" else None)
    if form.is_bound and not form.is_valid():
        # A browser's own field for dates would not show what was typed.
        form.fields["start"].widget.input_type = "text"
    return form
