"""The checklist of a chapter as a file: plain text, or entries of a calendar."""

from django.http import HttpResponse
from django.utils.translation import override

from guidelines.forms.handbook import StartForm
from guidelines.presentation import checklist


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
                headers={"Content-Disposition": f'attachment; filename="{page.slug}-{start}.ics"'},
            )
    return None


def start_form(request) -> StartForm:
    """The form for the first day, filled in where a calendar is asked for."""
    form = StartForm(request.GET if request.GET.get("as") == "ics" else None)
    if form.is_bound and not form.is_valid():
        # A browser's own field for dates would not show what was typed.
        form.fields["start"].widget.input_type = "text"
    return form
